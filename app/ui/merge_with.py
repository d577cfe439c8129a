"""Asks with which customer another one is to be merged."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.i18n import tr
from app.ui.context import Context
from app.ui.merge_dialog import Merged, open_merge
from app.ui.widgets.customer_edit import CustomerEdit
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.field import Field


class MergeWithDialog(Dialog):
    """The customer is found by typing; both are shown side by side afterwards."""

    def __init__(
        self,
        owner: QWidget,
        context: Context,
        customer_id: int,
        name: str,
        merged: Merged | None = None,
    ) -> None:
        super().__init__(
            owner,
            tr("Merge with another customer"),
            "merge_with",
            do=tr("Compare the two"),
            about=str(customer_id),
            words=tr(
                "Find the other record of {name}. Nothing changes before you have seen both"
                " side by side.",
                name=name,
            ),
        )
        self._owner, self._context, self._merged = owner, context, merged
        self._customer_id = customer_id
        self.other = CustomerEdit(context, tr("Other customer"), customer_id)
        self.other.setObjectName("other")
        self.other.chosen.connect(self._show_choice)
        self.put(Field(tr("Other customer"), self.other))
        self._show_choice()

    def _show_choice(self) -> None:
        self.do_button.setEnabled(self.other.value() is not None)

    @override
    def submit(self) -> None:
        other = self.other.value()
        if other is None:
            return
        self.accept()
        open_merge(self._owner, self._context, self._customer_id, other, self._merged)
