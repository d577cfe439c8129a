"""Backups: the last good one, making one, checking, going back."""

from datetime import datetime
from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import QFileDialog
from typing_extensions import override

from app.i18n import Message, ntr, tr
from app.services.backups import BackupInfo
from app.ui.context import Context
from app.ui.settings.section import Section
from app.ui.tasks import Progress
from app.ui.when import exact_moment
from app.ui.widgets.button import Button
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.flow import FlowBox
from app.ui.widgets.layout import STRETCH, Box, col, hold, row
from app.ui.widgets.text import Label, muted

_SHOWN: Final = 8
_MEGABYTE: Final = 1_000_000


class RestoreDialog(Dialog):
    """Asks before the workspace goes back to a backup."""

    def __init__(self, section: "BackupSection", backup: BackupInfo) -> None:
        super().__init__(
            section,
            tr("Go back to {date}?", date=exact_moment(backup.at)),
            "restore",
            do=tr("Restore"),
            words=tr(
                "The workspace becomes what it was then. What was done since is not lost: the "
                "present file is kept beside it in the folder. The program opens it again."
            ),
        )
        self._section, self._folder = section, backup.folder

    @override
    def submit(self) -> None:
        self.accept()
        self._section.restore(self._folder)


class _RestoreButton(Button):
    """Goes back to its backup."""

    def __init__(self, section: "BackupSection", backup: BackupInfo) -> None:
        super().__init__(tr("Restore…"), "quiet", size="small", glyph="rotate-ccw")
        self.setAccessibleName(tr("Restore the backup of {date}", date=exact_moment(backup.at)))
        self._section, self._backup = section, backup
        self.clicked.connect(self._ask)

    def _ask(self) -> None:
        RestoreDialog(self._section, self._backup).open()


class BackupSection(Section):
    """Everything here runs in the background."""

    def __init__(self, context: Context) -> None:
        super().__init__(tr("Backups"), "backups")
        self._context = context
        self._last = Label("", "medium").wrapped()
        self._note = muted().wrapped()
        self._note.hide()
        self._lines: Box = col(gap=4)
        self._held = hold(col())
        self._lines.put(self._held)
        self.make = _button(tr("Back up now"), "make", "save")
        self.copy = _button(tr("Save a copy as…"), "copy", "file-down")
        self.check = _button(tr("Check the workspace"), "check", "shield-check")
        self.other = _button(tr("Restore from a file…"), "other", "file-up")
        self.put(self._last, self._note, self._lines)
        self.put(FlowBox(self.make, self.check, self.copy, self.other, gap=8))
        self.make.clicked.connect(self.make_now)
        self.copy.clicked.connect(self._ask_copy)
        self.check.clicked.connect(self.check_now)
        self.other.clicked.connect(self._ask_other)
        possible = context.services.backups.possible
        for button in (self.make, self.copy, self.other):
            button.setVisible(possible)
        if possible:
            self.refresh()
        else:
            self._last.setText(tr("This workspace is on a server, which keeps its own backups."))

    # ---- what there is

    def refresh(self) -> None:
        """Look at the backups again."""
        self._context.tasks.run(self, self._context.services.backups.all, self._show)

    def _show(self, backups: list[BackupInfo]) -> None:
        if backups:
            last = backups[0]
            words = tr(
                "Last good backup: {date}, {size}", date=exact_moment(last.at), size=size(last)
            )
        else:
            words = tr("There is no backup yet. One is made every day the program is used.")
        self._last.setText(words)
        shown = backups[:_SHOWN]
        lines = col(*(hold(_line(self, one)) for one in shown), gap=2)
        self._lines.removeWidget(self._held)
        self._held.hide()
        self._held.deleteLater()
        self._held = hold(lines)
        self._lines.put(self._held)
        self._held.setVisible(bool(backups))

    # ---- doing

    def make_now(self) -> None:
        """Make a checked backup."""
        service = self._context.services.backups
        self._run(self.make, service.make, self._made, Message("Making a backup"))

    def _made(self, backup: BackupInfo) -> None:
        self._context.show_message(
            Message("Backed up and checked: {size}.", params={"size": size(backup)})
        )
        self.refresh()

    def _ask_copy(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Save a copy as…"), str(Path.home() / "shuke.db")
        )
        if chosen:
            self.copy_to(Path(chosen))

    def copy_to(self, target: Path) -> None:
        """Copy the database to a file."""
        service = self._context.services.backups

        def work(progress: Progress) -> Path:
            service.make_to(target, progress)
            return target

        self._run(self.copy, work, self._copied, Message("Saving a copy"))

    def _copied(self, target: Path) -> None:
        self._context.show_message(
            Message("Saved a checked copy as {file}.", params={"file": target.name})
        )

    def check_now(self) -> None:
        """Look for anything that is wrong."""
        service = self._context.services.backups
        self._run(self.check, service.check, self._checked, Message("Checking the workspace"))

    def _checked(self, findings: list[Any]) -> None:
        if not findings:
            self._note.hide()
            self._context.show_message(Message("The workspace is sound: nothing is wrong."))
            return
        lines = [f"{one.where}: {one.what} ({one.count})" for one in findings]
        self._note.setText("\n".join(lines))
        self._note.show()
        self._context.show_message(
            Message(
                "The check found {count} problem. Restore the last good backup, or keep working "
                "and ask for help with the list in Settings.",
                "The check found {count} problems. Restore the last good backup, or keep working "
                "and ask for help with the list in Settings.",
                {"count": len(findings)},
            ),
            kind="danger",
        )

    def _ask_other(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("Restore from a file…"), str(Path.home()), "*.db"
        )
        if chosen:
            file = Path(chosen)
            at = datetime.fromtimestamp(file.stat().st_mtime).astimezone()
            RestoreDialog(self, BackupInfo(file, at, file.stat().st_size)).open()

    def restore(self, source: Path) -> None:
        """Go back to a backup; the window opens the workspace again."""
        self._context.restore_backup(source)

    def _run(self, button: Button, work: Any, done: Any, title: Message) -> None:
        button.setEnabled(False)

        def finished(result: Any) -> None:
            button.setEnabled(True)
            done(result)

        def failed(error: BaseException) -> None:
            button.setEnabled(True)
            self._context.tasks.failed.emit(error)

        self._context.tasks.run_long(self, work, finished, failed, title=title)


def _line(section: BackupSection, backup: BackupInfo) -> Box:
    return row(
        Label(exact_moment(backup.at)),
        muted(size(backup)),
        STRETCH,
        _RestoreButton(section, backup),
        gap=12,
    )


def _button(words: str, name: str, glyph: str) -> Button:
    made = Button(words, glyph=glyph)
    made.setObjectName(f"backup_{name}")
    return made


def size(backup: BackupInfo) -> str:
    """How large it is."""
    megabytes = max(1, round(backup.size / _MEGABYTE))
    return ntr("{count} MB", "{count} MB", megabytes)
