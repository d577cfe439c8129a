"""Taking a file in: choose it, say what its columns are, see what would happen, do it."""
