"""How the figures of a report are worked out."""

from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.i18n import tr
from app.reports.base import Report
from app.ui.theme import tokens
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.layout import STRETCH, col, fix, hold
from app.ui.widgets.surface import Scroll
from app.ui.widgets.text import Label, muted


class DefinitionsDialog(Dialog):
    """Term, formula and where it is laid down."""

    def __init__(self, parent: QWidget, report: Report[Any]) -> None:
        super().__init__(
            parent, tr("How it is worked out"), "definitions", do="", leave=tr("Close")
        )
        lines = [
            hold(
                col(
                    Label(str(one.term), "medium").wrapped(),
                    Label(str(one.formula)).wrapped(),
                    muted(str(one.source)).wrapped(),
                    gap=2,
                )
            )
            for one in report.definitions()
        ]
        page = hold(col(*lines, STRETCH, gap=14))
        self.put(fix(Scroll(page, "definition_list"), height=388))

    @override
    def retheme(self) -> None:
        super().retheme()
        self.setMinimumWidth(tokens().px(600))
