"""dunst as tests use it: what it shows, and what somebody does there."""

import json
import os
import subprocess

CONFIGURATION = """
[global]
    dmenu = {menu}
    browser = /bin/true
    notification_limit = 20
    sort = no
    markup = {markup}
[urgency_low]
    timeout = 0
[urgency_normal]
    timeout = 0
[urgency_critical]
    timeout = 0
    format = "urgent: %s"
"""
# dunst writes the lines of its menu, and acts on the one that comes back
MENU = """#!/bin/sh
grep -F -m 1 -f {wanted}
"""


class DunstServer:
    def __init__(self, bus, display, folder, until):
        self._folder, self._until = folder, until
        self._environment = {
            **os.environ, "DBUS_SESSION_BUS_ADDRESS": bus, "DISPLAY": display,
            "HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "config"),
        }  # fmt: skip
        self._environment.pop("WAYLAND_DISPLAY", None)
        self._wanted = folder / "wanted.txt"
        self._menu = menu = folder / "menu.sh"
        menu.write_text(MENU.format(wanted=self._wanted))
        menu.chmod(0o755)
        self._running = None

    @property
    def environment(self):
        """For programs that shall find this server."""
        return dict(self._environment)

    def start(self, markup="full"):
        """Begin; `markup="no"` is a server that shows texts as they are."""
        configuration = CONFIGURATION.format(menu=self._menu, markup=markup)
        (self._folder / "dunstrc").write_text(configuration)
        self._running = subprocess.Popen(
            ["dunst", "-conf", str(self._folder / "dunstrc")],
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._until(lambda: self.control("is-paused").strip() == "false")

    def stop(self):
        self._running.terminate()
        self._running.wait()

    def control(self, *command):
        done = subprocess.run(
            ["dunstctl", *command],
            env=self._environment, capture_output=True, text=True, check=False, timeout=30,
        )  # fmt: skip
        return done.stdout

    def shown(self):
        """How many notifications are on the screen or wait for room."""
        counts = self.control("count")
        return sum(int(line.split(":")[1]) for line in counts.splitlines() if "History" not in line)

    def click(self):
        """Click on the newest notification itself."""
        self.control("action", "0")

    def press(self, words):
        """Press the button that says so."""
        self._wanted.write_text(words)
        self.control("context")

    def dismiss(self):
        self.control("close")

    def history(self):
        """What was shown and is gone, newest first: summary, body, and the message made of both."""
        data = json.loads(self.control("history"))["data"][0]
        keys = ("summary", "body", "message")
        return [{key: one[key]["data"] for key in keys} for one in data]
