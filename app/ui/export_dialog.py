"""Writing a list of customers to a file: what, with which columns, in which format."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QButtonGroup, QFileDialog
from typing_extensions import override

from app.domain.lists import ListQuery
from app.i18n import Message, ntr, tr
from app.services.exports import ExportOutcome
from app.ui.context import Context
from app.ui.screen import Screen
from app.ui.table_model import Ids
from app.ui.widgets.check import Radio
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.layout import Box, col, row
from app.ui.widgets.text import Elided, caption

_FORMATS: Final = (
    (".xlsx", Message("Excel workbook"), Message("Text, dates and numbers as such, with a filter")),
    (".csv", Message("Text file (CSV)"), Message("For other programs; opens in Excel as well")),
)


@dataclass(frozen=True)
class ExportedList:
    """What stands on screen: the query, its columns, how many customers, and who is chosen."""

    query: ListQuery
    columns: tuple[str, ...]
    count: int
    chosen: Ids


class ExportDialog(Dialog):
    """Asks what to write; the file is asked for afterwards."""

    def __init__(self, screen: Screen, context: Context, shown: ExportedList) -> None:
        super().__init__(
            screen,
            tr("Export customers"),
            "export",
            do=tr("Choose where…"),
            words=tr(
                "The file can be edited and imported again: customers are recognised by their id."
            ),
        )
        self._screen, self._context, self._shown = screen, context, shown
        several = len(shown.chosen) > 1
        self.rows = _Choice(
            tr("Customers"),
            "rows",
            [
                ("all", ntr("The whole list: {count}", "The whole list: {count}", shown.count), ""),
                (
                    "chosen",
                    ntr("Only the {count} chosen", "Only the {count} chosen", len(shown.chosen)),
                    "",
                ),
            ][: 2 if several else 1],
            "chosen" if several else "all",
        )
        self.columns = _Choice(
            tr("Columns"),
            "columns",
            [
                ("shown", tr("As the list shows them"), tr("and the id before them")),
                ("every", tr("Everything about a customer"), tr("best for importing again")),
            ],
            "shown",
        )
        self.format = _Choice(
            tr("File"), "format", [(end, str(a), str(b)) for end, a, b in _FORMATS], ".xlsx"
        )
        self.put(self.rows.box, self.columns.box, self.format.box)

    @override
    def submit(self) -> None:
        ending = self.format.value()
        today = self._context.services.clock.today()
        name = f"{tr('Customers')} {today}{ending}"
        found, _ = QFileDialog.getSaveFileName(
            self, tr("Export customers"), str(Path.home() / name), f"*{ending}"
        )
        if found:
            self.export_to(Path(found))
            self.accept()

    def export_to(self, target: Path) -> None:
        """Write what was chosen, in the background."""
        if target.suffix.lower() != self.format.value():
            target = target.with_name(target.name + self.format.value())
        shown, context = self._shown, self._context
        columns = shown.columns if self.columns.value() == "shown" else None
        ids = shown.chosen if self.rows.value() == "chosen" else None
        exports, actor = context.services.exports, context.actor
        context.tasks.run_long(
            self._screen,
            lambda progress: exports.customers(actor, target, shown.query, columns, ids, progress),
            _Say(context),
            title=Message("Writing {file}", params={"file": target.name}),
        )


class _Say:
    """Says in the window what was written, when the dialog is long gone."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def __call__(self, outcome: ExportOutcome) -> None:
        notices = " ".join(map(str, outcome.notices))
        params = {"count": outcome.rows, "file": str(outcome.path), "notices": notices}
        self._context.show_message(
            Message(
                "{count} customer written to {file}. {notices}",
                "{count} customers written to {file}. {notices}",
                params,
            )
            if notices
            else Message(
                "{count} customer written to {file}.",
                "{count} customers written to {file}.",
                {"count": outcome.rows, "file": str(outcome.path)},
            )
        )


class _Choice:
    """A heading and one of several below it."""

    def __init__(
        self, title: str, name: str, options: Sequence[tuple[str, str, str]], current: str
    ) -> None:
        self._values = [value for value, _, _ in options]
        self._group = QButtonGroup()
        self.box: Box = col(caption(title), gap=6)
        for place, (value, words, under) in enumerate(options):
            radio = Radio(words, f"{title}: {words}")
            radio.setObjectName(f"{name}_{value.removeprefix('.')}")
            radio.setChecked(value == current)
            self._group.addButton(radio, place)
            self.box.put(row(radio, (Elided(under, "small", "muted"), 1), gap=8))

    def value(self) -> str:
        """What is chosen."""
        return self._values[self._group.checkedId()]

    def choose(self, value: str) -> None:
        """Choose as a click would."""
        self._group.button(self._values.index(value)).click()
