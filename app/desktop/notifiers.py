"""Which notifications there are on this system."""

import sys

from app.desktop.notifier import Heard, Nothing, Notifier


def system_notifier(heard: Heard, platform: str = sys.platform) -> Notifier:
    """Those of this system: on Linux by D-Bus; on Windows and macOS toasts are shown instead."""
    if platform == "linux":
        from app.desktop.linux_dbus import LinuxDBus

        return LinuxDBus(heard)
    return Nothing()
