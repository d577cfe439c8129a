"""The refused rows of a file, written out to be mended."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.exchange.writing import Written
from app.i18n import Message, tr
from app.services.import_plan import ImportPlan
from app.ui.context import Context


def ask_target(parent: QWidget, file: Path) -> Path | None:
    """Ask where they go: beside the file, unless the user chooses otherwise."""
    name = tr("{file} refused rows", file=file.stem)
    found, _ = QFileDialog.getSaveFileName(
        parent,
        tr("Save the refused rows"),
        str(file.with_name(f"{name}.xlsx")),
        "*.xlsx *.csv",
    )
    return Path(found) if found else None


def save(parent: QWidget, context: Context, plan: ImportPlan, target: Path) -> None:
    """Write them with their reasons, and say so."""
    imports = context.services.imports

    def done(written: Written) -> None:
        context.show_message(
            Message(
                "{count} refused row is in {file}. Mend it and import it again.",
                "{count} refused rows are in {file}. Mend them and import them again.",
                {"count": written.rows, "file": target.name},
            )
        )

    context.tasks.run(
        parent,
        lambda: imports.write_rejected(plan, target),
        done,
        title=Message("Writing the refused rows"),
    )
