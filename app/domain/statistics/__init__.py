"""Statistics: plain numbers in and out, each with its published source."""
