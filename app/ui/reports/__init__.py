"""One screen for every report."""
