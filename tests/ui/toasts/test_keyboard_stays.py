"""In a real window under a window manager: a popup comes while somebody types."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
WORDS = "the customer asked whether the samples left on Friday"
TYPED_INTO = """
import sys
from datetime import UTC, datetime, timedelta
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit
app = QApplication([])
from app.domain.reminders import Notice, ReminderKind
from app.ui.theme import theme
from app.ui.toasts.stack import Surroundings, ToastStack
theme().apply("light", zoom=1.0, motion=True)
now = datetime.now(UTC)
line = QLineEdit()
line.setWindowTitle("typed into")
line.resize(500, 40)
line.show()
stack = ToastStack(Surroundings(lambda: now, lambda day: day + timedelta(1), lambda: line.screen()))
seen = []
def typed(text):
    if len(text) in (5, 15, 25, 35):
        one = Notice(len(text), now, ReminderKind.NOTE, "call", now)
        stack.show_notices([one])
        seen.append(len(stack.notices()))
    if text.endswith("y"):
        QTimer.singleShot(400, tell)
def tell():
    print(line.text())
    print(seen, stack.isVisible(), line.isActiveWindow(), line.hasFocus(), stack.isActiveWindow())
    app.quit()
line.textEdited.connect(typed)
ready = QTimer()
ready.setInterval(50)
def look():
    if line.isActiveWindow() and line.hasFocus():
        ready.stop()
        print("ready", flush=True)
ready.timeout.connect(look)
ready.start()
QTimer.singleShot(60000, app.quit)
app.exec()
"""


@pytest.fixture
def desktop():
    """An X server with a window manager."""
    needed = [shutil.which(one) for one in ("Xvfb", "openbox", "xdotool")]
    if None in needed:
        pytest.skip("Xvfb, openbox and xdotool are needed for this")
    read, write = os.pipe()
    server = subprocess.Popen(
        [needed[0], "-displayfd", str(write), "-screen", "0", "1280x800x24"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as answer:
        display = f":{answer.readline().strip()}"
    manager = subprocess.Popen(
        [needed[1]], env={**os.environ, "DISPLAY": display}, stderr=subprocess.DEVNULL
    )
    yield display
    for one in (manager, server):
        one.terminate()
        one.wait()


def test_who_types_goes_on_typing_while_popups_come(desktop, tmp_path):
    env = {**os.environ, "DISPLAY": desktop, "QT_QPA_PLATFORM": "xcb", "HOME": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", TYPED_INTO],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as window:
        if window.stdout.readline().strip() != "ready":
            said = window.communicate(timeout=60)[1]
            if "could not load the qt platform plugin" in said.lower():
                pytest.skip("Qt cannot open a window here")
            pytest.fail(said)
        subprocess.run(["xdotool", "type", "--delay", "30", WORDS], env=env, check=True, timeout=60)
        said, problems = window.communicate(timeout=90)
    text, told = said.strip().split("\n")
    assert text == WORDS, problems
    assert told == "[1, 2, 3, 4] True True True False"
