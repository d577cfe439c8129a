"""Making the environment: venv, packages from a lock file with hashes, compiled catalogues."""

import importlib.util
import os
import subprocess
import sys

from tools.environment import (
    FOLDER,
    PYTHON,
    ROOT,
    Profile,
    installed_line,
    interpreter_line,
    read_stamp,
    say,
    write_stamp,
)
from tools.native import install_packages

PROBE = "import sys, pip; sys.exit(sys.version_info < (3, 11))"


def install(profile: Profile) -> None:
    """Install what the profile's lock names.

    An environment that has the developers' tools keeps them, and up to date.
    """
    if any(line.startswith(f"installed {Profile.DEVELOPMENT.value}") for line in read_stamp()):
        profile = Profile.DEVELOPMENT
    if not _is_usable():
        _make_environment()
    _install_packages(profile)
    present = set(Profile) if profile is Profile.DEVELOPMENT else {profile}
    write_stamp({interpreter_line(), *(installed_line(one) for one in present)})


def compile_catalogues() -> None:
    """Compile the translations, so that the program can show them."""
    _run([str(PYTHON), "-m", "tools.catalogues", "compile"], "The translations were not compiled.")


def _is_usable() -> bool:
    """Whether .venv works, and with the Python it was made with."""
    if not PYTHON.exists():
        return False
    stamp = read_stamp()
    if stamp and interpreter_line() not in stamp:
        return False
    return subprocess.run([PYTHON, "-c", PROBE], capture_output=True, check=False).returncode == 0


def _make_environment() -> None:
    if not all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
        _install_venv_module()
    say(f"Making the environment in {FOLDER} with Python {sys.version.split()[0]} …")
    _run(
        [sys.executable, "-m", "venv", "--clear", str(FOLDER)],
        f"The environment could not be made. Remove the folder {FOLDER} and try again.",
    )


def _install_venv_module() -> None:
    version = ".".join(map(str, sys.version_info[:2]))
    if os.path.realpath(sys.executable) == f"/usr/bin/python{version}":
        install_packages([f"python{version}-venv"], f"Python {version} here has no module venv.")
        importlib.invalidate_caches()
        return
    sys.exit(
        f"{sys.executable} comes without the modules venv and ensurepip. Install a complete"
        " Python 3.11 or newer and start this with it."
    )


def _install_packages(profile: Profile) -> None:
    say(f"Installing the packages of {profile.value}; the first time takes a minute or two …")
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    _run(
        [
            *(str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", *quiet),
            *("--require-hashes", "--no-deps", "-r", str(ROOT / profile.value)),
        ],
        "The packages could not be installed; pip says above why. It uses the package index that"
        " is configured for it (see: python3 -m pip config list). What was there is still there;"
        " the next start tries again.",
    )


def _run(command: list[str], failure: str) -> None:
    """Run it with its output on standard error; end with the sentence when it fails."""
    done = subprocess.run(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False
    )
    if done.returncode:
        sys.exit(f"\n{failure}")
