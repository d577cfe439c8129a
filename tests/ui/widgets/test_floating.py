"""Menus where nothing composes windows, and where something does."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.ui.theme import theme
from app.ui.widgets.button import Button
from app.ui.widgets.floating import composed, corner
from app.ui.widgets.menu import Menu

ROOT = Path(__file__).parents[3]
LOOK = """
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
app = QApplication([])
from app.ui.theme import theme, tokens
theme().apply("light", zoom=1.0)
from app.ui.widgets.button import Button
from app.ui.widgets.menu import Menu
button = Button("More")
button.show()
menu = Menu(button, "More")
menu.put("Copy", button.close)
menu.open_under(button)
while not menu.isVisible():
    app.processEvents()
clear = menu.testAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
print(clear, menu.grab().toImage().pixelColor(0, 0) == tokens().colour("border"))
"""


@pytest.fixture
def display():
    """An X server on which nothing composes windows."""
    server = shutil.which("Xvfb")
    if server is None:
        pytest.skip("there is no Xvfb here")
    read, write = os.pipe()
    running = subprocess.Popen(
        [server, "-displayfd", str(write), "-screen", "0", "640x480x24"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as answer:
        number = answer.readline().strip()
    yield f":{number}"
    running.terminate()
    running.wait()


def test_where_nothing_composes_windows_menus_are_square_and_opaque(display, tmp_path):
    made = subprocess.run(
        [sys.executable, "-c", LOOK],
        cwd=ROOT,
        env={**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if "could not load the Qt platform plugin" in made.stderr.lower():
        pytest.skip("Qt cannot open a window here")
    assert made.stdout.split() == ["False", "True"], made.stderr


def test_elsewhere_they_are_round(qtbot):
    theme().apply("light", zoom=1.0)
    button = Button("More")
    qtbot.addWidget(button)
    assert composed()
    assert corner(8) == 8
    assert Menu(button).testAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
