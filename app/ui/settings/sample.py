"""The sample customers, as long as there are any: taken out in one step."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.i18n import Message, ntr, tr
from app.services.sample import SampleResult, SampleService
from app.ui.context import Context
from app.ui.settings.section import Section, setting
from app.ui.widgets.button import Button

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class SampleSection(Section):
    """Hidden when there is no sample."""

    gone = Signal()  # it was taken out, and the keyboard with it

    def __init__(self, context: Context) -> None:
        super().__init__(tr("Sample"), "sample")
        self._context = context
        self._service = SampleService(context.services.database)
        self.remove = Button("", "danger", glyph="trash-2")
        self.remove.setObjectName("remove_sample")
        self.put(
            setting(
                tr("Invented customers"),
                tr("Removes them and what came with them; your own stay. It can be undone."),
                self.remove,
            )
        )
        self.hide()
        self.remove.clicked.connect(self.remove_now)
        context.changes.changed.connect(self._changed)
        self.refresh()

    def _changed(self, areas: frozenset[str]) -> None:
        if "customer" in areas:
            self.refresh()

    def refresh(self) -> None:
        """Count again."""
        actor = self._context.actor
        self._context.tasks.run(self, lambda: self._service.count(actor), self._show)

    def _show(self, count: int) -> None:
        # asked before it hides: Qt hands the keyboard to whatever comes first in the window
        at: QWidget | None = self.window().focusWidget()
        lost = self.isVisible() and not count and (at is None or self.isAncestorOf(at))
        self.setVisible(count > 0)
        self.remove.setEnabled(True)
        self.remove.set_words(ntr("Remove {count} customer", "Remove {count} customers", count))
        if lost:
            self.gone.emit()

    def remove_now(self) -> None:
        """Take them out."""
        actor = self._context.actor
        self.remove.setEnabled(False)
        self._context.tasks.run(
            self,
            lambda: self._service.remove(actor),
            self._removed,
            title=Message("Removing the sample"),
            lane="write",
        )

    def _removed(self, result: SampleResult) -> None:
        self._context.show_message(result.title, undo=result.change_set_id)
