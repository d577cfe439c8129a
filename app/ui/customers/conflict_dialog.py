"""Somebody saved other values meanwhile: theirs or mine, field by field."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from app.domain.field_words import FIELD_NAMES
from app.i18n import tr
from app.services.customer_editing import FieldConflict
from app.ui.customers.merging import TOGETHER
from app.ui.theme import tokens
from app.ui.widgets.button import Button
from app.ui.widgets.check import Radio
from app.ui.widgets.customer_values import value_words
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.hanging import HangingScroll
from app.ui.widgets.layout import STRETCH, Item, col, hold, row_top
from app.ui.widgets.surface import Line
from app.ui.widgets.text import Label, muted

_LONGEST = 400


class ConflictDialog(Dialog):
    """Nothing was saved yet. What is chosen here is saved; going back keeps all that was typed."""

    chosen = Signal(object)  # frozenset of the fields in which mine is kept

    def __init__(
        self,
        parent: QWidget,
        conflicts: Sequence[FieldConflict],
        names: Mapping[tuple[str, int], str],
    ) -> None:
        super().__init__(
            parent,
            tr("Somebody else changed this customer"),
            "conflict",
            do=tr("Save this"),
            leave=tr("Back to the form"),
            words=tr("Choose which values to keep. Everything else you typed stays."),
        )
        self._mine: dict[str, Radio] = {}
        self._groups: list[QButtonGroup] = []
        parts: list[Item] = []
        for one in _joined(conflicts):
            parts += [self._part(one, names), Line()]
        self.put((HangingScroll(hold(col(*parts[:-1], STRETCH, gap=12)), "conflicts"), 1))
        theirs = Button(tr("Take all of theirs"))
        theirs.setObjectName("theirs")
        theirs.clicked.connect(self._take_theirs)
        self.left_buttons.put(theirs)

    @override
    def retheme(self) -> None:
        super().retheme()
        self.setMinimumSize(tokens().px(560), tokens().px(360))

    def _part(self, one: FieldConflict, names: Mapping[tuple[str, int], str]) -> Item:
        title = str(FIELD_NAMES[one.field])
        group = QButtonGroup(self)
        theirs = Radio(tr("Theirs"), tr("{field}: theirs", field=title))
        mine = Radio(tr("Mine"), tr("{field}: mine", field=title))
        theirs.setObjectName(f"theirs_{one.field}")
        mine.setObjectName(f"mine_{one.field}")
        group.addButton(theirs)
        group.addButton(mine)
        mine.setChecked(True)
        widest = max(theirs.sizeHint().width(), mine.sizeHint().width())
        theirs.setMinimumWidth(widest)
        mine.setMinimumWidth(widest)
        self._groups.append(group)
        self._mine[one.field] = mine
        values = (
            (theirs, value_words(one.field, one.theirs, names)),
            (mine, value_words(one.field, one.mine, names)),
        )
        before = tr("Before: {value}", value=value_words(one.field, one.before, names)[:_LONGEST])
        lines = [
            row_top(radio, (col(Label(text[:_LONGEST]).wrapped(), margins=(0, 3, 0, 0)), 1), gap=12)
            for radio, text in values
        ]
        return col(Label(title, "strong"), muted(before).wrapped(), *lines, gap=4)

    def _take_theirs(self) -> None:
        self.chosen.emit(frozenset())
        self.accept()

    @override
    def submit(self) -> None:
        kept = {field for field, mine in self._mine.items() if mine.isChecked()}
        self.chosen.emit(frozenset(kept))
        self.accept()

    @override
    def _inputs(self) -> list[QLineEdit | QPlainTextEdit]:
        return []


def _joined(conflicts: Sequence[FieldConflict]) -> list[FieldConflict]:
    """Contacts and contact points are one choice: the first of them stands for both."""
    found: list[FieldConflict] = []
    for one in conflicts:
        if one.field in TOGETHER and any(other.field in TOGETHER for other in found):
            continue
        found.append(one)
    return found
