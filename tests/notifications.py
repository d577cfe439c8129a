"""Fixtures: a session bus, and on it a real server of notifications."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from time import monotonic, sleep

import pytest

from tests.dunst import DunstServer

PATIENCE = 30


@pytest.fixture(scope="session")
def bus_address() -> Iterator[str]:
    """A session bus of this run's own, on which nothing can be started by asking for it."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("there is no dbus-daemon here")
    environment = {**os.environ, "XDG_DATA_DIRS": "/nowhere", "XDG_DATA_HOME": "/nowhere"}
    running = subprocess.Popen(
        [daemon, "--session", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        text=True,
    )
    assert running.stdout is not None
    yield running.stdout.readline().strip()
    running.terminate()
    running.wait()
    running.stdout.close()


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """An X server that nobody sees."""
    server = shutil.which("Xvfb")
    if server is None:
        pytest.skip("there is no Xvfb here")
    read, write = os.pipe()
    running = subprocess.Popen(
        [server, "-displayfd", str(write), "-screen", "0", "800x600x24"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as answer:
        number = answer.readline().strip()
    yield f":{number}"
    running.terminate()
    running.wait()


@pytest.fixture
def dunst(bus_address, display, tmp_path, until) -> Iterator[DunstServer]:
    """dunst, running, with nothing shown."""
    if shutil.which("dunst") is None:
        pytest.skip("there is no dunst here")
    server = DunstServer(bus_address, display, tmp_path, until)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def until() -> Callable[[Callable[[], bool]], None]:
    """Waits until something holds that another program brings about."""

    def wait(holds: Callable[[], bool]) -> None:
        end = monotonic() + PATIENCE
        while not holds():
            assert monotonic() < end, "it never came about"
            sleep(0.02)

    return wait
