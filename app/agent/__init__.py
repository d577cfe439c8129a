"""What goes on while no window is open: what is due is shown, and what was done with it noted."""
