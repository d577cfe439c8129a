"""What the desktop around the program offers: notifications, starting by itself, other programs."""
