"""Reminders and calendar files: written once or kept up to date, and taken in after a look."""

from datetime import timedelta
from pathlib import Path
from typing import Final

import numpy as np
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QWidget
from typing_extensions import override

from app.config import Machine, load, machine_file, save
from app.i18n import Message, ntr, tr
from app.services.calendar_exchange import CalendarExport, Days
from app.services.calendar_import import FATES, CalendarImport, Fate, ImportedEntry
from app.ui.calendar_words import columns
from app.ui.context import Context
from app.ui.table_model import Ids, ListModel, RowSource
from app.ui.theme import Kind, tokens
from app.ui.widgets.button import Button
from app.ui.widgets.check import Radio
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.layout import STRETCH, Box, col, hold, row
from app.ui.widgets.message_strip import MessageStrip
from app.ui.widgets.pill import Pill
from app.ui.widgets.surface import Line
from app.ui.widgets.table import BigTable
from app.ui.widgets.text import Elided, caption, muted

_ENDING: Final = ".ics"
_ROW: Final = 44
_SPANS: Final[tuple[tuple[int | None, Message], ...]] = (
    (None, Message("All that is still to be done")),
    (30, Message("The next 30 days, also what is done")),
    (365, Message("The next 12 months, also what is done")),
)


def export_calendar(owner: QWidget, context: Context) -> None:
    """Ask what to write as a calendar file, or which file to keep up to date."""
    CalendarExportDialog(owner, context).open()


def import_calendar(owner: QWidget, context: Context, path: Path | None = None) -> None:
    """Ask for a calendar file (unless it is known), look at it and show what would happen."""
    if path is None:
        found, _ = QFileDialog.getOpenFileName(
            owner, tr("Import a calendar"), str(Path.home()), tr("Calendars (*.ics)")
        )
        if not found:
            return
        path = Path(found)
    file = path
    exchange, actor = context.services.calendar_files, context.actor

    def came(found: CalendarImport) -> None:
        CalendarImportDialog(owner, context, file, found).open()

    context.tasks.run_long(
        owner,
        lambda progress: exchange.look(actor, file, progress),
        came,
        title=Message("Reading {file}", params={"file": file.name}),
    )


class CalendarExportDialog(Dialog):
    """Which reminders are written; the file is asked for afterwards."""

    def __init__(self, owner: QWidget, context: Context) -> None:
        super().__init__(
            owner,
            tr("Reminders as a calendar file"),
            "calendar_export",
            do=tr("Choose where…"),
            words=tr(
                "Outlook, Google, Apple and telephones read it. Customers you may not see are"
                " not named."
            ),
        )
        self._owner, self._context = owner, context
        self._group = QButtonGroup(self)
        choices: Box = col(caption(tr("Which reminders")), gap=6)
        for place, (_, words) in enumerate(_SPANS):
            radio = Radio(str(words), f"{tr('Which reminders')}: {words}")
            radio.setObjectName(f"span_{place}")
            radio.setChecked(place == 0)
            self._group.addButton(radio, place)
            choices.put(radio)
        self.kept = Elided("", "small", "muted")
        self.kept.setObjectName("kept_file")
        self.keep_button = Button(tr("Choose a file…"), glyph="calendar", size="small")
        self.keep_button.setObjectName("keep")
        self.keep_button.clicked.connect(self._ask_kept)
        self.stop_button = Button(tr("Stop"), size="small")
        self.stop_button.setObjectName("stop_keeping")
        self.stop_button.setAccessibleName(tr("Stop keeping the file up to date"))
        self.stop_button.clicked.connect(self.stop_keeping)
        explained = muted(
            tr(
                "A file that is written anew whenever a reminder changes. Calendar programs on"
                " this computer can subscribe to it, others where its folder is shared."
            )
        ).wrapped()
        self.put(
            choices,
            Line(),
            caption(tr("Kept up to date")),
            explained,
            row((self.kept, 1), self.stop_button, self.keep_button),
        )
        self._show_kept()

    def days(self) -> Days | None:
        """The days that are chosen; None for all that is open."""
        length = _SPANS[self._group.checkedId()][0]
        if length is None:
            return None
        today = self._context.services.clock.today()
        return Days(today, today + timedelta(days=length))

    def choose(self, place: int) -> None:
        """Choose as a click would."""
        self._group.button(place).click()

    @override
    def submit(self) -> None:
        target = self._ask_file()
        if target is not None:
            self.export_to(target)
            self.accept()

    def export_to(self, target: Path) -> None:
        """Write what was chosen, in the background."""
        file, context, days = _named(target), self._context, self.days()
        exchange, actor = context.services.calendar_files, context.actor
        context.tasks.run(
            self._owner,
            lambda: exchange.export(actor, file, days),
            _Say(context),
            title=Message("Writing {file}", params={"file": file.name}),
        )

    def _ask_file(self) -> Path | None:
        name = f"{tr('Reminders')} {self._context.services.clock.today()}{_ENDING}"
        found, _ = QFileDialog.getSaveFileName(
            self, self.windowTitle(), str(Path.home() / name), tr("Calendars (*.ics)")
        )
        return Path(found) if found else None

    # ---- the file that is kept up to date

    def _ask_kept(self) -> None:
        found = self._ask_file()
        if found is not None:
            self.keep_up_to_date(found)

    def keep_up_to_date(self, target: Path) -> None:
        """Write this file now, and whenever a reminder changes."""
        file, context = _named(target), self._context
        self._remember(file)
        keeper, actor = context.services.calendar_keeper, context.actor
        said = Message("{file} is kept up to date from now on.", params={"file": str(file)})
        context.tasks.run(
            self,
            lambda: keeper.refresh_if_needed(actor),
            lambda _written: context.show_message(said),
            self._not_kept,
        )

    def stop_keeping(self) -> None:
        """Leave the file as it is from now on."""
        self._remember(None)

    def _not_kept(self, error: BaseException) -> None:
        self._remember(None)
        self._context.tasks.failed.emit(error)

    def _remember(self, file: Path | None) -> None:
        workspace = self._context.services.workspace
        save(load(Machine, machine_file()).with_calendar_file(workspace, file), machine_file())
        self._show_kept()

    def _show_kept(self) -> None:
        file = load(Machine, machine_file()).calendar_file(self._context.services.workspace)
        self.kept.set_text(str(file) if file else tr("No file is kept up to date."))
        self.stop_button.setVisible(file is not None)
        self.keep_button.set_words(tr("Another file…") if file else tr("Choose a file…"))


class CalendarImportDialog(Dialog):
    """What would happen to every entry; the button does it."""

    def __init__(self, owner: QWidget, context: Context, path: Path, found: CalendarImport) -> None:
        self._wanted = found.count(Fate.NEW) + found.count(Fate.CHANGED)
        super().__init__(
            owner,
            tr("Import {file}", file=path.name),
            "calendar_import",
            do=ntr("Import {count} reminder", "Import {count} reminders", self._wanted)
            if self._wanted
            else "",
            leave="" if self._wanted else tr("Close"),
            words=tr(
                "Each entry becomes a reminder of yours. Importing the file again changes nothing,"
                " and Undo takes all of it back."
            ),
        )
        self._owner, self._context, self._path = owner, context, path
        self._entries = found.entries
        self.model: ListModel[ImportedEntry] = ListModel(
            columns(), RowSource(self._rows), parent=self
        )
        self.table = BigTable(self.model, "calendar_entries", row_height=_ROW, grows="said")
        self.table.setAccessibleName(tr("What happens to each entry"))
        self.model.set_ids(np.arange(len(found.entries), dtype=np.int64))
        strip = MessageStrip()
        counts: Box = row(gap=8)
        for fate, kind in _COUNTED:
            counts.put(Pill(f"{FATES[fate]}: {found.count(fate)}", kind))
        counts.put(STRETCH)
        self.put(strip, hold(counts, "counts"), (self.table, 1))
        if found.notes:
            strip.say(" ".join(map(str, found.notes)), "warn")

    def _rows(self, ids: Ids) -> list[ImportedEntry | None]:
        return [self._entries[one] for one in ids.tolist()]

    @override
    def retheme(self) -> None:
        super().retheme()
        self.setMinimumSize(tokens().px(640), tokens().px(400))

    @override
    def fit(self) -> None:
        """Room for some entries, as the window it lies over allows."""
        over = self._owner.window().height() - tokens().px(64)
        height = max(self.minimumHeight(), min(tokens().px(600), over))
        self.resize(tokens().px(820), height)

    @override
    def submit(self) -> None:
        context, path = self._context, self._path
        exchange, actor = context.services.calendar_files, context.actor
        context.tasks.run_long(
            self._owner,
            lambda progress: exchange.run(actor, path, progress),
            _SayImported(context),
            title=Message("Importing {file}", params={"file": path.name}),
            lane="write",
        )
        self.accept()


_COUNTED: Final[tuple[tuple[Fate, Kind], ...]] = (
    (Fate.NEW, "good"),
    (Fate.CHANGED, "info"),
    (Fate.THERE, "plain"),
    (Fate.LEFT_OUT, "warn"),
)


class _Say:
    """Says in the window what was written, when the dialog is long gone."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def __call__(self, outcome: CalendarExport) -> None:
        self._context.show_message(
            Message(
                "{count} reminder written to {file}.",
                "{count} reminders written to {file}.",
                {"count": outcome.entries, "file": str(outcome.path)},
            )
        )


class _SayImported:
    """Says what was imported, with the way back."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def __call__(self, found: CalendarImport) -> None:
        count = found.count(Fate.NEW) + found.count(Fate.CHANGED)
        self._context.show_message(
            Message("{count} reminder imported.", "{count} reminders imported.", {"count": count}),
            found.change_set_id,
        )


def _named(target: Path) -> Path:
    right = target.suffix.lower() == _ENDING
    return target if right else target.with_name(target.name + _ENDING)
