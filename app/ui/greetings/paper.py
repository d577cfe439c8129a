"""Greetings on paper: each on a page of its own, as PDF."""

from collections.abc import Sequence
from pathlib import Path

from app.i18n import tr
from app.services.greetings import HandedOut
from app.ui import printing
from app.ui.greetings.words import under, whom


def write_greetings(greetings: Sequence[HandedOut], target: Path) -> None:
    """Write them; call it in the background. Raises Unavailable."""
    rows = [
        {"whom": whom(one.line), "under": under(one.line), "lines": one.text.splitlines()}
        for one in greetings
    ]
    page = printing.page("greetings.html", {"greetings": rows})
    printing.write_pdf(page, tr("Greetings"), target)
