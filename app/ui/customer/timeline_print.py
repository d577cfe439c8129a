"""The timeline on paper: what is shown, to the last entry, as PDF."""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from app.i18n import Message, tr
from app.services.timeline import Entry
from app.ui import printing
from app.ui.context import Context
from app.ui.customer.entry_words import describe, has_hour
from app.ui.customer.taking import offered_file
from app.ui.when import exact_moment


def ask_file(parent: QWidget, name: str) -> Path | None:
    """Where the PDF is to be written; None when nothing was chosen."""
    offered = str(offered_file(name, ".pdf"))
    found, _ = QFileDialog.getSaveFileName(
        parent, tr("Print the timeline"), offered, tr("PDF (*.pdf)")
    )
    if not found:
        return None
    path = Path(found)
    return path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")


def write(
    parent: QWidget,
    context: Context,
    name: str,
    load: Callable[[], Iterable[Entry]],
    target: Path,
) -> None:
    """Write what `load` reads, in the background, and say so."""
    now = context.services.clock.now()

    def work() -> None:
        entries = [_row(one, now) for one in load()]
        printed = tr("Timeline, printed {moment}", moment=exact_moment(now))
        values = {"name": name, "printed": printed, "entries": entries, "empty": tr("empty")}
        printing.write_pdf(printing.page("timeline.html", values), name, target)

    def done(_result: None) -> None:
        context.show_message(
            Message("The timeline was written to {file}.", params={"file": str(target)})
        )

    title = Message("Writing {file}", params={"file": target.name})
    context.tasks.run(parent, work, done, title=title)


def _when(at: datetime) -> str:
    here = at.astimezone()
    return f"{here:%Y-%m-%d %H:%M}" if has_hour(at) else f"{here:%Y-%m-%d}"


def _row(entry: Entry, now: datetime) -> dict[str, Any]:
    shown = describe(entry, now)
    rating = tr("rated {rating} of 5", rating=shown.face) if shown.face else ""
    pills = (words for words, _, _ in shown.pills)
    under = " · ".join(part for part in (shown.under, rating, *pills) if part)
    return {
        # on paper "today" would not hold tomorrow
        "when": _when(entry.at),
        "title": shown.title,
        "under": under,
        "lines": shown.body.splitlines(),
        "changes": shown.changes,
    }
