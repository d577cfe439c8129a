"""Windows for tests, and the watch over what a test leaves behind."""

import gc
import random
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partialmethod
from pathlib import Path
from time import sleep
from typing import Final

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from typing_extensions import override

from app import bootstrap, i18n
from app.config import HOME, Workspace
from app.domain.vocabulary import SYSTEM, Actor, Role
from app.services.registry import Services
from app.services.workspaces import WorkspaceService
from app.ui.application import Application, Start
from app.ui.main_window import MainWindow
from app.ui.shell.own_window import OwnWindow
from app.ui.shell.shell import Shell
from app.ui.tasks import Task
from app.ui.theme import theme
from app.ui.toasts.stack import ToastStack
from tests.databases import CLOCK

PATIENCE: Final = 60_000  # milliseconds


def _windows() -> set[int]:
    return {id(widget) for widget in QApplication.topLevelWidgets() if isValid(widget)}


def _settle() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QCoreApplication.processEvents()


def _let_go_of_the_mouse() -> None:
    """A press without its release, and every double click of Qt's tests, leaves a button down."""
    for button in Qt.MouseButton:
        if button & QGuiApplication.mouseButtons():
            somewhere = QWindow()
            somewhere.resize(10, 10)
            QTest.mouseRelease(somewhere, button)


def _left(windows: set[int], threads: set[threading.Thread]) -> list[str]:
    app = QApplication.instance()
    return [
        *(
            f"window {widget!r}"
            for widget in QApplication.topLevelWidgets()
            if isValid(widget) and id(widget) not in windows
        ),
        *(f"thread {one.name}" for one in threading.enumerate() if one not in threads),
        *(f"timer {timer!r}" for timer in app.findChildren(QTimer) if timer.isActive()),
    ]


@pytest.fixture
def qtbot(qtbot, monkeypatch) -> QtBot:
    """Waits as long as a busy machine needs: how fast the program is, the benchmark says."""
    for name in ("waitUntil", "waitSignal", "waitExposed"):
        patient = partialmethod(getattr(QtBot, name), timeout=PATIENCE)
        monkeypatch.setattr(QtBot, name, patient)
    return qtbot


@pytest.fixture(autouse=True)
def late(request, monkeypatch) -> None:
    """With `--late`, work in the background takes its time, another one for each piece."""
    most = request.config.getoption("late")
    if not most:
        return
    perform = Task.perform

    def perform_late(task: Task[object]) -> None:
        sleep(random.random() * most)
        perform(task)
        sleep(random.random() * most)

    monkeypatch.setattr(Task, "perform", perform_late)


@pytest.fixture(autouse=True)
def nothing_is_left(qapp) -> Iterator[None]:
    """Whatever a test leaves behind, a window, a thread or a running timer, fails it.

    Of the mouse it is let go.
    """
    windows, threads = _windows(), set(threading.enumerate())
    # as in the program (app.ui.garbage): a widget must never be collected on a worker thread
    gc.disable()
    yield
    gc.collect(1)
    gc.enable()
    _let_go_of_the_mouse()
    _settle()
    if _left(windows, threads):
        gc.collect()
        _settle()
    assert _left(windows, threads) == []


@dataclass
class Program:
    """The program as a test sees it: open, with a director at work."""

    application: Application
    workspace: Workspace

    @property
    def shell(self) -> Shell:
        assert self.application.shell is not None
        return self.application.shell

    @property
    def services(self) -> Services:
        return self.shell.context.services

    @property
    def actor(self) -> Actor:
        return self.shell.context.actor


@pytest.fixture
def machine(tmp_path, monkeypatch, qapp) -> Iterator[Path]:
    """What this machine remembers, in a folder of the test; look and language as at first."""
    monkeypatch.setenv(HOME, str(tmp_path / "machine"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("app.ui.application.system_language", lambda: "en")
    i18n.use("en")
    theme().apply("light", zoom=1.0, motion=False)
    yield tmp_path / "machine"
    i18n.use("en")
    theme().apply("light", zoom=1.0, motion=False)


@pytest.fixture
def workspace(tmp_path, sqlite_template) -> Workspace:
    """An empty workspace."""
    made = Workspace(tmp_path / "workspace")
    made.folder.mkdir()
    shutil.copyfile(sqlite_template, made.database)
    return made


class StrayWindows(QObject):
    """Notes parts of a page that were shown before the page had them: each is a window by then.

    It takes the keyboard from the window that the user works in, for as long as it is there.
    """

    MEANT = (MainWindow, OwnWindow, QDialog, ToastStack)

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and self._is_stray(watched):
            self.seen.append(f"{type(watched).__name__} {watched.objectName()}")
        return False

    def _is_stray(self, watched: QObject) -> bool:
        return (
            isinstance(watched, QWidget)
            and watched.parent() is None
            and not isinstance(watched, self.MEANT)
        )


@pytest.fixture
def application(qapp, machine) -> Iterator[Application]:
    """The program before it has opened anything; no part of it may open a window of its own."""
    strays = StrayWindows()
    qapp.installEventFilter(strays)
    made = Application(qapp, WorkspaceService(CLOCK), bootstrap.make_reports)
    yield made
    made.window.close()
    made.window.deleteLater()
    made.deleteLater()
    qapp.removeEventFilter(strays)
    assert strays.seen == []


@pytest.fixture
def program(application, workspace) -> Program:
    """The program with an open workspace and its director at work."""
    service = WorkspaceService(CLOCK)
    opened = service.open(workspace)
    director = opened.services.staff.add(SYSTEM, "李娜", Role.DIRECTOR)
    service.remember(workspace, director)
    opened.close()
    application.begin(Start(workspace))
    return Program(application, workspace)
