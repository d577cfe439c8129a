"""What is shown when something fails: a sentence when the user can act, else a report.

Nothing personal goes into the report or the log: of an exception only its type, its place in
the program and a message from which quoted values, figures and non-Latin words are taken out.
"""

import faulthandler
import logging
import platform
import re
import sys
import threading
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Final

import PySide6
from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    QUrl,
    Signal,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from app.errors import Damaged, UserError
from app.i18n import tr
from app.ui.widgets.button import Button
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.field import TextArea
from app.ui.widgets.message_strip import Action, MessageStrip

_LOG: Final = logging.getLogger("shuke")
_QT_LOG: Final = logging.getLogger("qt")
LOG_FILE: Final = "shuke.log"
FAULT_FILE: Final = "faults.log"
_LEVELS: Final = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_PERSONAL: Final = (
    (re.compile(r"\[(SQL|parameters):.*", re.DOTALL), r"[\1 left out]"),
    (re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|“[^”\n]*”"), "'…'"),
    (re.compile(r"\S+@\S+"), "…"),
    (re.compile(r"\d[\d\s.-]{3,}"), "… "),
    (re.compile(r"[^\x00-\x7F…]+"), "…"),
)


def scrub(text: str) -> str:
    """A message without what may be personal: values in quotes, addresses, figures, SQL."""
    for pattern, instead in _PERSONAL:
        text = pattern.sub(instead, text)
    return text.replace(str(Path.home()), "~").strip()


def report_of(error: BaseException) -> str:
    """The crash report: versions, where it happened, what kind of error; nothing personal."""
    lines = [
        f"Python {platform.python_version()}, PySide6 {PySide6.__version__}, {platform.platform()}",
        "",
    ]
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        lines += [_frame(frame) for frame in traceback.extract_tb(at.__traceback__)]
        lines += [f"{type(at).__module__}.{type(at).__qualname__}: {scrub(str(at))}", ""]
        at = at.__cause__ or at.__context__
    return "\n".join(lines).rstrip()


def _frame(frame: traceback.FrameSummary) -> str:
    parts = Path(frame.filename).parts
    return f"  {'/'.join(parts[-3:])}:{frame.lineno} in {frame.name}"


class CrashDialog(Dialog):
    """Says that it was our mistake, and gives a report to send."""

    def __init__(self, parent: QWidget, report: str, log_folder: Path) -> None:
        super().__init__(
            parent,
            tr("Something went wrong in Shuke"),
            "crash",
            do="",
            leave=tr("Close"),
            words=tr(
                "Your data is as it was before this step, and you can go on working. The report "
                "below names places in the program and no customer data; please send it to us."
            ),
        )
        self._log_folder = log_folder
        self.setWindowModality(Qt.WindowModality.NonModal)
        self.report = TextArea(tr("Error report"), lines=10)
        self.report.setReadOnly(True)
        self.report.setPlainText(report)
        self.put(self.report)
        copy = Button(tr("Copy report"), glyph="copy")
        copy.setObjectName("copy")
        copy.clicked.connect(self.copy)
        folder = Button(tr("Open log folder"), "quiet", glyph="folder-open")
        folder.setObjectName("folder")
        folder.clicked.connect(self.open_folder)
        self.left_buttons.put(copy)
        self.left_buttons.put(folder)

    def add(self, report: str) -> None:
        """Another failure while it is open."""
        self.report.appendPlainText(f"\n{report}")

    def copy(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self.report.text())

    def open_folder(self) -> None:
        """Show the folder with the log."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log_folder)))


class SentenceDialog(Dialog):
    """A sentence for the user, where no message strip can show it."""

    def __init__(self, parent: QWidget, sentence: str) -> None:
        super().__init__(
            parent, tr("This did not work"), "sentence", do="", leave=tr("Close"), words=sentence
        )
        self.setWindowModality(Qt.WindowModality.NonModal)


class ErrorDesk(QObject):
    """Every failure that nobody handled arrives here, from any thread, and is shown once."""

    _arrived = Signal(object)

    def __init__(self, log_folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log_folder = log_folder
        self._strip: MessageStrip | None = None
        self._window: QWidget | None = None
        self._to_backups: Callable[[], None] | None = None
        self._crash: CrashDialog | None = None
        self._arrived.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def attach(
        self, window: QWidget, strip: MessageStrip, to_backups: Callable[[], None] | None = None
    ) -> None:
        """Show failures in this window from now on; `detach` before it goes.

        `to_backups` leads to where a damaged workspace is restored.
        """
        self._window, self._strip, self._to_backups = window, strip, to_backups

    def detach(self) -> None:
        """The window goes away."""
        self._window = self._strip = self._to_backups = None

    @Slot(object)
    def report(self, error: BaseException) -> None:
        """Show a failure; safe to call on any thread."""
        if not isinstance(error, UserError):
            _LOG.error("%s", report_of(error))
        self._arrived.emit(error)

    @Slot(object)
    def _show(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            helps = self._to_backups if isinstance(error, Damaged) else None
            self._show_sentence(str(error), Action(tr("Restore…"), helps) if helps else None)
        else:
            self._show_crash(report_of(error))

    def _parent(self) -> QWidget | None:
        return self._window or QApplication.activeWindow()

    def _show_sentence(self, sentence: str, action: Action | None) -> None:
        if self._strip is not None and self._strip.window().isVisible():
            self._strip.say(sentence, "danger", action)
        elif (parent := self._parent()) is not None:
            SentenceDialog(parent, sentence).show()
        else:
            _LOG.error("no window to show: %s", scrub(sentence))

    def _show_crash(self, report: str) -> None:
        parent = self._parent()
        if self._crash is not None:
            self._crash.add(report)
        elif parent is not None:
            self._crash = CrashDialog(parent, report, self._log_folder)
            self._crash.destroyed.connect(self._crash_closed)
            self._crash.show()

    @Slot()
    def _crash_closed(self) -> None:
        self._crash = None


class Hooks:
    """The hooks of Python and Qt that lead to an ErrorDesk, until they are taken back."""

    def __init__(self, desk: ErrorDesk, log_folder: Path) -> None:
        self._desk = desk
        log_folder.mkdir(parents=True, exist_ok=True)
        self._handler = RotatingFileHandler(
            log_folder / LOG_FILE, maxBytes=1_000_000, backupCount=3, encoding="utf-8"
        )
        self._handler.setFormatter(
            logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s")
        )
        logging.getLogger().addHandler(self._handler)
        self._faults = (log_folder / FAULT_FILE).open("a", encoding="utf-8")
        self._had_faults = faulthandler.is_enabled()
        faulthandler.enable(self._faults)
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._escaped
        threading.excepthook = self._escaped_in_thread
        self._qt_before = qInstallMessageHandler(self._qt_said)

    def take_back(self) -> None:
        """As it was before; for the end of the program and of a test."""
        sys.excepthook, threading.excepthook = self._before
        qInstallMessageHandler(self._qt_before)
        faulthandler.disable()
        if self._had_faults:
            faulthandler.enable()
        self._faults.close()
        logging.getLogger().removeHandler(self._handler)
        self._handler.close()

    def _escaped(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error, trace)
        else:
            self._desk.report(error)

    def _escaped_in_thread(self, told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None:
            self._desk.report(told.exc_value)

    def _qt_said(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        _QT_LOG.log(_LEVELS[kind], "%s: %s", context.category or "", scrub(text))

    @override
    def __repr__(self) -> str:
        return f"Hooks({self._handler.baseFilename})"


def install(app: QApplication, log_folder: Path) -> tuple[ErrorDesk, Hooks]:
    """Lead everything that escapes to a desk. Connect `tasks.failed` to `desk.report`."""
    desk = ErrorDesk(log_folder, app)
    return desk, Hooks(desk, log_folder)
