"""Choosing a customer while typing its name."""

from collections.abc import Callable, Sequence

from app.i18n import tr
from app.ui.context import Context
from app.ui.widgets.suggest import ChoiceEdit, Suggestion


class CustomerEdit(ChoiceEdit):
    """One customer or none, searched for in the background among those the actor may see."""

    def __init__(self, context: Context, name: str, whose: int | None = None) -> None:
        """`whose` is the customer whose link it is: no customer is linked with itself."""
        super().__init__(name, self._look, placeholder=tr("Type a name"))
        self._context = context
        self._whose = whose

    def _look(self, typed: str, answer: Callable[[Sequence[Suggestion]], None]) -> None:
        customers, actor = self._context.services.customers, self._context.actor

        def came(found: list[tuple[int, str]]) -> None:
            answer([(name, one) for one, name in found if one != self._whose])

        self._context.tasks.run(self, lambda: customers.choices(actor, typed), came)
