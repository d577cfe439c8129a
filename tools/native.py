"""Libraries of the system that Qt needs on Linux: tried, installed where allowed, or named."""

import ctypes
import os
import shutil
import subprocess
import sys

from tools.display import has_display
from tools.environment import FOLDER, say

# file to load: Debian package that holds it
OFFSCREEN = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
}
WINDOW = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-shape.so.0": "libxcb-shape0",
}
PLUGINS = "lib/python*/site-packages/PySide6/Qt/plugins/platforms"


def ensure_libraries() -> None:
    """End with a sentence and a command, unless everything Qt loads here can be loaded."""
    if sys.platform != "linux":
        return
    window = has_display()
    if missing := missing_libraries(OFFSCREEN | (WINDOW if window else {})):
        install_packages(list(missing.values()), f"Qt needs {', '.join(missing)}.")
    plugin = "libqxcb.so" if window else "libqoffscreen.so"
    for path in FOLDER.glob(f"{PLUGINS}/{plugin}"):
        if problem := _problem(str(path)):
            sys.exit(f"Qt cannot start: {problem}\nInstall the package that holds this file.")


def missing_libraries(wanted: dict[str, str]) -> dict[str, str]:
    """Those of `wanted` that do not load."""
    return {name: package for name, package in wanted.items() if _problem(name)}


def install_packages(packages: list[str], why: str) -> None:
    """Install Debian packages where this may be done; otherwise end with the exact command."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if shutil.which("apt-get") is None:
        sys.exit(
            f"{why}\nInstall what holds this with your system's package manager"
            f" (on Debian: {' '.join(packages)}), then start again."
        )
    if os.geteuid() != 0:
        sys.exit(
            f"{why}\nInstall it with this command, then start again:\n\n  sudo {' '.join(command)}"
        )
    say(f"{why} Installing {' '.join(packages)} …")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # an outdated list of packages is no reason to stop: the second step tells
    codes = [
        subprocess.run(
            step, env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False
        ).returncode
        for step in (["apt-get", "update", "-qq"], [*command, "-qq"])
    ]
    if codes[-1]:
        sys.exit(f"\napt-get says above why it failed. {why}")


def _problem(library: str) -> str:
    """What the system says when it loads the library; nothing when it can."""
    try:
        ctypes.CDLL(library)
    except OSError as error:
        return str(error)
    return ""
