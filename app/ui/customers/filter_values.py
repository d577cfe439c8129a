"""What a value of a filter is given with: a line, a choice, a day, so many days ago."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.dates import Relative, Unit
from app.domain.filters import Id, Me, Value
from app.domain.vocabulary import LABELS, Actor
from app.i18n import tr
from app.services.registry import Services
from app.ui.customers.filter_words import CHOICES, Mode
from app.ui.widgets.check import CheckBox
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.date_field import DateEdit
from app.ui.widgets.field import LineEdit
from app.ui.widgets.flow import FlowBox
from app.ui.widgets.layout import STRETCH, fix, row
from app.ui.widgets.suggest import KnownEdit

_MOST_AGO = 9_999
Values = tuple[Value, ...]


@dataclass(frozen=True)
class Offers:
    """What can be chosen: active staff by id, those who left, values in use by field."""

    today: date
    staff: Mapping[int, str] = field(default_factory=dict)
    known: Mapping[str, Sequence[str]] = field(default_factory=dict)
    left: Mapping[int, str] = field(default_factory=dict)

    def everybody(self) -> dict[int, str]:
        """Who may be asked for: the active ones, then those whose customers are still theirs."""
        return {**self.staff, **self.left}


def read_offers(services: Services, actor: Actor) -> Offers:
    """Who and what can be chosen now; for the background."""
    staff = {one: name for one, name, _ in services.staff.choices()}
    left = {one: name for one, name in services.staff.names().items() if one not in staff}
    return Offers(services.clock.today(), staff, services.customers.known(actor), left)


class ValueEdit(QWidget):
    """An input for the values of one condition."""

    changed = Signal()

    def values(self) -> Values | None:
        """The values; None while something is missing."""
        return ()

    def set_values(self, values: Values) -> None:
        """Show these."""


class TextValue(ValueEdit):
    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__()
        self.edit = KnownEdit(name, placeholder=tr("Value"))
        self.edit.setObjectName("value")
        self.edit.set_known(known)
        self.edit.textChanged.connect(self.changed)
        self.setLayout(row((self.edit, 1)))
        self.setFocusProxy(self.edit)

    @override
    def values(self) -> Values | None:
        text = self.edit.text().strip()
        return (text,) if text else None

    @override
    def set_values(self, values: Values) -> None:
        self.edit.setText(str(values[0]) if values else "")


class OneValue(ValueEdit):
    """One of a few."""

    def __init__(self, name: str, entries: Sequence[tuple[str, Value]]) -> None:
        super().__init__()
        self._entries = list(entries)
        places = [(words, place) for place, (words, _) in enumerate(entries)]
        self.edit = ComboBox(name, places, tr("Choose"))
        self.edit.setObjectName("value")
        self.edit.setCurrentIndex(-1)
        self.edit.currentIndexChanged.connect(self.changed)
        self.setLayout(row(self.edit, STRETCH))
        self.setFocusProxy(self.edit)

    @override
    def values(self) -> Values | None:
        place = self.edit.currentIndex()
        return (self._entries[place][1],) if place >= 0 else None

    @override
    def set_values(self, values: Values) -> None:
        held = [value for _, value in self._entries]
        if values and values[0] not in held:
            self._entries.append((str(values[0]), values[0]))
            self.edit.addItem(str(values[0]), len(held))
            held.append(values[0])
        self.edit.setCurrentIndex(held.index(values[0]) if values else -1)


class ManyValues(ValueEdit):
    """Some of a few."""

    def __init__(self, entries: Sequence[tuple[str, Value]]) -> None:
        super().__init__()
        self._boxes = [(CheckBox(words), value) for words, value in entries]
        for place, (box, _) in enumerate(self._boxes):
            box.setObjectName(f"value_{place}")
            box.toggled.connect(self.changed)
        self.setLayout(row((FlowBox(*(box for box, _ in self._boxes), gap=12), 1)))
        if self._boxes:
            self.setFocusProxy(self._boxes[0][0])

    @override
    def values(self) -> Values | None:
        return tuple(value for box, value in self._boxes if box.isChecked()) or None

    @override
    def set_values(self, values: Values) -> None:
        for box, value in self._boxes:
            box.setChecked(value in values)


class DayValue(ValueEdit):
    def __init__(self, name: str, today: date) -> None:
        super().__init__()
        self.edit = DateEdit(name, today)
        self.edit.setObjectName("value")
        fix(self.edit, width=168)
        self.edit.textChanged.connect(self.changed)
        self.setLayout(row(self.edit, STRETCH))
        self.setFocusProxy(self.edit)

    @override
    def values(self) -> Values | None:
        day = self.edit.value()
        return (day,) if day else None

    @override
    def set_values(self, values: Values) -> None:
        self.edit.set_value(values[0] if values and isinstance(values[0], date) else None)


class AgoValue(ValueEdit):
    """So many days, weeks, months or years ago."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.edit = LineEdit(name)
        self.edit.setObjectName("value")
        self.edit.setValidator(QIntValidator(1, _MOST_AGO, self.edit))
        fix(self.edit, width=72)
        units: list[tuple[str, Unit]] = [
            (tr("days"), "d"),
            (tr("weeks"), "w"),
            (tr("months"), "m"),
            (tr("years"), "y"),
        ]
        self.unit = ComboBox(tr("Unit"), units)
        self.unit.setObjectName("unit")
        self.edit.textChanged.connect(self.changed)
        self.unit.currentIndexChanged.connect(self.changed)
        self.setLayout(row(self.edit, self.unit, STRETCH))
        self.setFocusProxy(self.edit)

    @override
    def values(self) -> Values | None:
        if not self.edit.hasAcceptableInput():
            return None
        return (Relative(-int(self.edit.text()), self.unit.value()),)

    @override
    def set_values(self, values: Values) -> None:
        value = values[0] if values else None
        if isinstance(value, Relative):
            self.unit.set_value(value.unit)
            self.edit.setText(str(abs(value.amount)))


class NoValue(ValueEdit):
    """For what needs none."""

    def __init__(self) -> None:
        super().__init__()
        self.setLayout(row(STRETCH))


def value_edit(name: str, field_name: str, mode: Mode, offers: Offers) -> ValueEdit:
    """The input for this field and this way of asking; `name` is the accessible name."""
    match mode:
        case "text":
            return TextValue(name, offers.known.get(field_name, ()))
        case "many":
            return ManyValues(_choices(field_name))
        case "day":
            return DayValue(name, offers.today)
        case "ago":
            return AgoValue(name)
        case "none":
            return NoValue()
        case _:
            return OneValue(name, _entries(field_name, mode, offers))


def _entries(field_name: str, mode: Mode, offers: Offers) -> list[tuple[str, Value]]:
    if mode == "staff":
        return [(tr("me"), Me()), *((words, Id(one)) for one, words in offers.everybody().items())]
    if mode == "yes":
        return [(tr("yes"), True), (tr("no"), False)]
    return _choices(field_name)


def _choices(field_name: str) -> list[tuple[str, Value]]:
    return [(str(LABELS[one]), one.value) for one in CHOICES[field_name]]
