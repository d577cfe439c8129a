"""The notification centre: what was shown and waits, and the log of what was shown."""
