"""A session bus with a real server of notifications."""

from tests.notifications import bus_address, display, dunst, until

__all__ = ["bus_address", "display", "dunst", "until"]
