"""What goes on while no window is open: reminders that are due are shown, and told what was done."""
