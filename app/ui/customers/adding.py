"""A new customer from anywhere: the empty form over whatever is shown."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.ui.context import Context
from app.ui.customers.filter_values import Offers, read_offers
from app.ui.customers.form import open_form


class Adding(QObject):
    """Opens the form over a window as soon as it is known what can be chosen in it."""

    saved = Signal(int)  # id of the customer

    def __init__(self, context: Context, over: QWidget) -> None:
        super().__init__(over)
        self._context, self._over = context, over
        self._asked = False

    def begin(self) -> None:
        """Ask what can be chosen, and open; asked twice, it opens once."""
        if self._asked:
            return
        self._asked = True
        services, actor = self._context.services, self._context.actor
        self._context.tasks.run(
            self, lambda: read_offers(services, actor), self._open, self._failed
        )

    def _open(self, offers: Offers) -> None:
        self._asked = False
        open_form(self._over, self._context, offers).saved.connect(self.saved)

    def _failed(self, error: BaseException) -> None:
        self._asked = False
        self._context.tasks.failed.emit(error)
