"""Popups of our own: they come over every window and never take the keyboard away."""
