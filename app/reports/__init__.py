"""Reports: load plain data, draw it, tabulate it, write it to workbooks."""
