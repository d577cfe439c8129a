"""Writing the list of promises to a file as it is shown."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog

from app.i18n import Message, tr
from app.services.exports import ExportOutcome
from app.ui.context import Context
from app.ui.screen import Screen
from app.ui.table_model import Ids

_FORMATS: Final = "Excel (*.xlsx);;CSV (*.csv)"


def ask_file(screen: Screen, context: Context, ids: Ids, keys: Sequence[str]) -> None:
    """Ask where to, and write these promises with these columns."""
    name = f"{tr('Promises')} {context.services.clock.today()}.xlsx"
    found, kind = QFileDialog.getSaveFileName(
        screen, tr("Export promises"), str(Path.home() / name), _FORMATS
    )
    if not found:
        return
    target = Path(found)
    if target.suffix.lower() not in (".xlsx", ".csv"):
        target = target.with_name(target.name + (".csv" if "csv" in kind else ".xlsx"))
    export_to(screen, context, target, ids, keys)


def export_to(
    screen: Screen, context: Context, target: Path, ids: Ids, keys: Sequence[str]
) -> None:
    """Write them in the background and say so."""
    exports, actor = context.services.promise_exports, context.actor

    def say(outcome: ExportOutcome) -> None:
        params = {"count": outcome.rows, "file": str(outcome.path)}
        context.show_message(
            Message(
                "{count} promise written to {file}.", "{count} promises written to {file}.", params
            )
        )

    context.tasks.run_long(
        screen,
        lambda progress: exports.write(actor, target, ids.tolist(), keys, progress),
        say,
        title=Message("Writing {file}", params={"file": target.name}),
    )
