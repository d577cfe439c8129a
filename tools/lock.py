"""The lock files: exact versions with hashes, for every system and Python that Shuke runs on."""

import subprocess

from tools.environment import ROOT, Profile

HEADER = "# Made from pyproject.toml by: python3 tools/dev.py lock\n"
RESOLVER = [
    *("-m", "uv", "--quiet", "--system-certs", "--no-config", "pip", "compile", "pyproject.toml"),
    *("--generate-hashes", "--no-header", "--no-annotate"),
    # one version of a package for all systems and Pythons: what was tested is what is installed
    *("--universal", "--python-version", "3.11", "--fork-strategy", "fewest"),
]


def write_locks(python: str, *options: str) -> int:
    """Versions stay as they are unless pyproject.toml, or the option --upgrade, asks for others.

    The developers' lock comes first: its tools may hold back what the program needs as well, and
    both must name the same versions.
    """
    return _write(python, Profile.DEVELOPMENT, "--group", "dev", *options) or _write(
        python, Profile.RUN, "--constraints", Profile.DEVELOPMENT.value, *options
    )


def _write(python: str, profile: Profile, *options: str) -> int:
    command = [python, *RESOLVER, *options, "--output-file", profile.value]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
    if done.returncode == 0:
        lock = ROOT / profile.value
        with lock.open("r+", encoding="utf-8", newline="\n") as file:
            pins = file.read()
            file.seek(0)
            file.write(HEADER + pins)
    return done.returncode
