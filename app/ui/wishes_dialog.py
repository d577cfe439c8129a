"""On which occasions a customer is greeted."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.greetings import EVERY, OCCASIONS
from app.i18n import Message, tr
from app.ui.context import Context
from app.ui.theme import tokens
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.hanging import HangingScroll
from app.ui.widgets.layout import STRETCH, Box, Item, col, hold, row
from app.ui.widgets.segmented import SegmentedControl
from app.ui.widgets.surface import Line
from app.ui.widgets.text import Label, muted

_WANTED: Final = (None, True, False)
"""As usual, yes, no: in the order of the parts."""


def open_wishes(owner: QWidget, context: Context, customer_id: int, name: str) -> None:
    """Read a customer's wishes in the background, and show them over the window of `owner`."""
    service, actor = context.services.greetings, context.actor

    def work() -> tuple[Mapping[str, bool], frozenset[str]]:
        return service.wishes(actor, customer_id), service.usual(actor, customer_id)

    def came(found: tuple[Mapping[str, bool], frozenset[str]]) -> None:
        WishesDialog(owner, context, (customer_id, name), *found).open()

    context.tasks.run(owner, work, came)


class WishesDialog(Dialog):
    """Yes or no for all greetings, and for each occasion; or as usual."""

    def __init__(
        self,
        owner: QWidget,
        context: Context,
        customer: tuple[int, str],
        wishes: Mapping[str, bool],
        usual: frozenset[str],
    ) -> None:
        self._customer_id, self._name = customer
        super().__init__(
            owner,
            tr("Greetings for {name}", name=self._name),
            "wishes",
            do=tr("Save"),
            about=str(self._customer_id),
        )
        self._owner, self._context = owner, context
        self._began = dict(wishes)
        self.choices: dict[str, SegmentedControl] = {}
        all_of_them = self._row(EVERY, tr("All greetings"), "", wishes)
        rows: Box = col(gap=8)
        for key, title in OCCASIONS.items():
            words = tr("usually greeted") if key in usual else tr("usually not greeted")
            rows.put(self._row(key, str(title), words, wishes))
        rows.put(STRETCH)
        self._page = hold(rows, "occasions")
        self.put(all_of_them, Line(), (HangingScroll(self._page, "wishes_scroll"), 1))
        self.retheme()

    def _row(self, key: str, title: str, words: str, wishes: Mapping[str, bool]) -> Item:
        choice = SegmentedControl(
            [tr("As usual"), tr("Yes"), tr("No")], title, _WANTED.index(wishes.get(key))
        )
        choice.setObjectName(f"wish_{key}")
        self.choices[key] = choice
        return row(Label(title, "medium"), muted(words), STRETCH, choice, gap=12)

    @override
    def retheme(self) -> None:
        super().retheme()
        self.setMinimumSize(tokens().px(520), tokens().px(360))

    @override
    def fit(self) -> None:
        """As high as the window below allows."""
        over = self._owner.window().height() - tokens().px(64)
        self.resize(tokens().px(560), max(self.minimumHeight(), min(tokens().px(680), over)))

    def wanted(self) -> dict[str, bool]:
        """What is chosen and is not as usual."""
        found = {key: _WANTED[one.current()] for key, one in self.choices.items()}
        return {key: one for key, one in found.items() if one is not None}

    @override
    def submit(self) -> None:
        wanted = self.wanted()
        if wanted == self._began:
            self.accept()
            return
        service, actor = self._context.services.greetings, self._context.actor
        self._context.tasks.run(
            self,
            partial(service.wish_all, actor, self._customer_id, wanted),
            self._saved,
            lane="write",
        )

    def _saved(self, change_set: int | None) -> None:
        said = Message("The greetings for {name} were saved.", params={"name": self._name})
        self._context.show_message(said, change_set)
        self.accept()
