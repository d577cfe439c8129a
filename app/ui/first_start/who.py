"""Who is at work: the first director names herself, everybody else chooses."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from app.domain.vocabulary import LABELS, SYSTEM, Role
from app.errors import UserError
from app.i18n import tr
from app.services.staff import StaffService
from app.ui.first_start.frame import StartFrame
from app.ui.tasks import Tasks
from app.ui.theme import follow, tokens
from app.ui.widgets.button import Button
from app.ui.widgets.choice_card import CardGrid, ChoiceCard
from app.ui.widgets.field import Field, LineEdit
from app.ui.widgets.layout import STRETCH, col, hold, row
from app.ui.widgets.surface import Scroll, card

_SEEN: Final = 5  # rows of people shown without scrolling
_GAP: Final = 12  # of the grid of cards
_BAR: Final = 12  # between the cards and the scroll bar


_RANKS: Final = tuple(reversed(Role))


def _rank(person: tuple[int, str, Role]) -> tuple[int, str]:
    return _RANKS.index(person[2]), person[1]


class _People(Scroll):
    """As high as the rows of cards that are shown without scrolling."""

    def __init__(self, cards: Sequence[ChoiceCard]) -> None:
        rows = (len(cards) + 1) // 2
        beside = _BAR if rows > _SEEN else 0
        content = hold(col(CardGrid(cards), STRETCH, margins=(0, 0, beside, 0)))
        super().__init__(content, "staff_list")
        self._card, self._rows = cards[0], min(rows, _SEEN)
        follow(self.fit)

    def fit(self) -> None:
        """Take over the height."""
        card, gap = self._card.sizeHint().height(), tokens().px(_GAP)
        self.setFixedHeight(self._rows * (card + gap) - gap)


class WhoPage(StartFrame):
    """Announces the staff member who is at work from now on."""

    chosen = Signal(int)

    def __init__(self, staff: StaffService, tasks: Tasks) -> None:
        people = staff.choices()
        words = (
            tr("Changes carry your name. You can change this in the side bar at any time.")
            if people
            else tr("You look after everything here; colleagues are added in Settings.")
        )
        super().__init__(tr("Who are you?"), words, "who")
        self._staff, self._tasks = staff, tasks
        self._people = people
        self._group = QButtonGroup(self)
        self.name = LineEdit(tr("Your name"))
        self.name.setObjectName("name")
        self._field = Field(tr("Your name"), self.name)
        self.go = Button(tr("Begin"), "primary")
        self.go.setObjectName("begin")
        self.put(self._list() if people else card(self._field), row(STRETCH, self.go))
        self.entered.connect(self.go.click)
        self.go.clicked.connect(self._begin)
        # when all stand in the page: it remembers whom the window is to give the cursor
        (self._group.checkedButton() or self.name).setFocus()

    def _list(self) -> QWidget:
        cards = []
        for one, name, role in sorted(self._people, key=_rank):
            made = ChoiceCard(None, name, str(LABELS[role]), f"staff_{one}")
            self._group.addButton(made, one)
            cards.append(made)
        cards[0].setChecked(True)
        return _People(cards)

    def choose(self, staff_id: int) -> None:
        """Mark somebody in the list."""
        self._group.button(staff_id).setChecked(True)

    def _begin(self) -> None:
        if self._people:
            self.chosen.emit(self._group.checkedId())
            return
        name = self.name.text()
        self.go.setEnabled(False)
        self._tasks.run(
            self,
            lambda: self._staff.add(SYSTEM, name, Role.DIRECTOR),
            self.chosen.emit,
            self._failed,
            lane="write",
        )

    def _failed(self, error: BaseException) -> None:
        self.go.setEnabled(True)
        if isinstance(error, UserError):
            self._field.set_wrong(str(error))
            self.name.setFocus()
        else:
            self._tasks.failed.emit(error)
