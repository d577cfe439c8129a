"""Reports: load frozen data, draw it, tabulate it."""
