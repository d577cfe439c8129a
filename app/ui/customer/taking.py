"""All of a customer taken away: as a workbook, on paper, as a card for the phone."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, NamedTuple

from PySide6.QtWidgets import QFileDialog, QWidget

from app.exchange.workbook_writer import Part
from app.i18n import Message, tr
from app.ui import printing
from app.ui.context import Context
from app.ui.when import exact_moment


def ask_and_take(parent: QWidget, context: Context, customer: tuple[int, str], ending: str) -> None:
    """Ask where to, then write the customer (id and name) in the background."""
    customer_id, name = customer
    offered = str(offered_file(name, ending))
    found, _ = QFileDialog.getSaveFileName(parent, tr("Export the customer"), offered, f"*{ending}")
    if found:
        target = Path(found)
        if target.suffix.lower() != ending:
            target = target.with_name(target.name + ending)
        take(parent, context, customer_id, target)


def offered_file(name: str, ending: str) -> Path:
    """Where something of this customer is offered to be saved."""
    allowed = (" " if char in '\\/:*?"<>|' or not char.isprintable() else char for char in name)
    return Path.home() / f"{''.join(allowed).strip() or tr('Customer')}{ending}"


def take(parent: QWidget, context: Context, customer_id: int, target: Path) -> None:
    """Write all of a customer to a file, by its ending, and say so."""
    files, actor = context.services.whole_files, context.actor
    clock = context.services.clock

    def work() -> None:
        if target.suffix.lower() != ".pdf":
            files.write(actor, customer_id, target)
            return
        name, sheets = files.sheets(actor, customer_id)
        printed = tr("Printed {moment}", moment=exact_moment(clock.now()))
        values = {"name": name, "printed": printed, "parts": [_part(one) for one in sheets]}
        printing.write_pdf(printing.page("customer.html", values), name, target)
        files.record(actor, target)

    def done(_result: None) -> None:
        context.show_message(
            Message("The customer was written to {file}.", params={"file": str(target)})
        )

    title = Message("Writing {file}", params={"file": target.name})
    context.tasks.run(parent, work, done, title=title)


_LONG: Final = 24  # characters from which a column needs more room than its share


class _Cell(NamedTuple):
    words: str
    moment: bool


def _part(sheet: Part) -> dict[str, Any]:
    """The columns that hold anything, and the rows as words."""
    # a moment on two lines is read as two things
    kept = [
        [_Cell(_words(cell), isinstance(cell, datetime)) for cell in cells] for cells in sheet.rows
    ]
    places = range(len(sheet.columns))
    used = [place for place in places if any(cells[place].words for cells in kept)]
    longest = [max(len(cells[place].words) for cells in kept) for place in used]
    return {
        "title": sheet.title,
        # what was said takes the room, not the names of the columns beside it
        "longest": longest.index(max(longest)) if max(longest, default=0) > _LONG else None,
        "titles": [sheet.columns[place].title for place in used],
        "rows": [[cells[place] for place in used] for cells in kept],
    }


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, Decimal):
        return f"{value:,f}"
    return value.isoformat() if isinstance(value, date) else str(value)
