"""What can be changed for many customers at once, and the inputs for the new value."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.vocabulary import LABELS, Grade, Kind, Stage
from app.i18n import Message, tr
from app.services.bulk import AddTag, Change, Delete, RemoveTag, SetField
from app.ui.customers.filter_values import Offers
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.date_field import DateEdit
from app.ui.widgets.layout import STRETCH, fix, row
from app.ui.widgets.suggest import KnownEdit

FIELDS: Final[Mapping[str, Message]] = {
    "owner": Message("Owner"),
    "grade": Message("Grade"),
    "stage": Message("Stage"),
    "tag": Message("Add a tag"),
    "untag": Message("Take off a tag"),
    "kind": Message("Kind"),
    "source": Message("Source"),
    "region": Message("Region"),
    "address": Message("Address"),
    "since": Message("Customer since"),
    "last_contact": Message("Last contact"),
}
"""Names of what can be changed, in the order in which it is offered."""
_CHOICES: Final = {"grade": Grade, "stage": Stage, "kind": Kind}
_DAYS: Final = ("since", "last_contact")


class NewValue(QWidget):
    """An input for the new value of one field; `is_typed`: it changes with every key."""

    changed = Signal()
    is_typed = False

    def change(self) -> Change | None:
        """The change it asks for; None while nothing is offers."""
        return None


class _Chosen(NewValue):
    def __init__(self, name: str, entries: Sequence[tuple[str, Any]]) -> None:
        super().__init__()
        self._name = name
        self._values = [value for _, value in entries]
        places = [(words, place) for place, (words, _) in enumerate(entries)]
        self.edit = ComboBox(tr("New value"), places, tr("Choose"))
        self.edit.setObjectName("new_value")
        self.edit.setCurrentIndex(-1)
        self.edit.currentIndexChanged.connect(self.changed)
        self.setLayout(row((self.edit, 1)))
        self.setFocusProxy(self.edit)

    @override
    def change(self) -> Change | None:
        place = self.edit.currentIndex()
        return SetField(self._name, self._values[place]) if place >= 0 else None


class _Typed(NewValue):
    is_typed = True

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__()
        self._name = name
        tag = name in ("tag", "untag")
        hint = tr("Tag") if tag else tr("Leave it empty to take the value away")
        self.edit = KnownEdit(tr("New value"), placeholder=hint)
        self.edit.setObjectName("new_value")
        self.edit.set_known(known)
        self.edit.textChanged.connect(self.changed)
        self.setLayout(row((self.edit, 1)))
        self.setFocusProxy(self.edit)

    @override
    def change(self) -> Change | None:
        text = " ".join(self.edit.text().split())
        if self._name == "tag":
            return AddTag(text) if text else None
        if self._name == "untag":
            return RemoveTag(text) if text else None
        return SetField(self._name, text)


class _Day(NewValue):
    def __init__(self, name: str, today: date) -> None:
        super().__init__()
        self._name = name
        self.edit = DateEdit(tr("New value"), today)
        self.edit.setObjectName("new_value")
        fix(self.edit, width=176)
        self.edit.textChanged.connect(self.changed)
        self.setLayout(row(self.edit, STRETCH))
        self.setFocusProxy(self.edit)

    @override
    def change(self) -> Change | None:
        day = self.edit.value()
        if day is None and self.edit.text().strip():
            return None
        return SetField(self._name, day)


class _Nothing(NewValue):
    """Deleting needs no value."""

    @override
    def change(self) -> Change | None:
        return Delete()


def new_value(name: str, offers: Offers) -> NewValue:
    """The input for a key of FIELDS, or "delete"."""
    if name == "delete":
        return _Nothing()
    if name == "owner":
        return _Chosen(name, [(words, one) for one, words in offers.staff.items()])
    if name in _CHOICES:
        entries: list[tuple[str, Any]] = [(str(LABELS[one]), one.value) for one in _CHOICES[name]]
        none = [(tr("No grade"), None)] if name == "grade" else []
        return _Chosen(name, [*entries, *none])
    if name in _DAYS:
        return _Day(name, offers.today)
    return _Typed(name, offers.known.get({"untag": "tag"}.get(name, name), ()))
