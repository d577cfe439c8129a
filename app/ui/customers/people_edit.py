"""Contacts and contact points in the form: lines that can be added and taken off."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.customer import ContactDraft, PointDraft
from app.domain.vocabulary import PointKind
from app.i18n import Message, tr
from app.ui.theme import tokens
from app.ui.widgets.button import Button
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.field import LineEdit
from app.ui.widgets.layout import STRETCH, Box, col, row
from app.ui.widgets.point_line import EditLine, PointLine
from app.ui.widgets.text import caption

_KEYS: Final = count(1)
_OWN: Final = 0  # stands for the customer in the list of whose a contact point is


class ContactLine(EditLine):
    def __init__(self, contact: ContactDraft) -> None:
        self.name = LineEdit(tr("Name of the contact"), placeholder=tr("Name of the contact"))
        super().__init__(self.name, tr("Take off this contact"))
        self.key = next(_KEYS)
        self._contact = contact
        self.title = LineEdit(tr("Title of the contact"), placeholder=tr("Title"))
        self.name.setObjectName("contact_name")
        self.title.setObjectName("contact_title")
        self.name.setText(contact.name)
        self.title.setText(contact.title)
        self.listen(self.name, self.title)
        self.arrange((self.name, 3), (self.title, 2))

    def draft(self) -> ContactDraft | None:
        """The contact; None while the line is empty."""
        name, title = self.name.text().strip(), self.title.text().strip()
        return replace(self._contact, name=name, title=title) if name or title else None


class OwnedPointLine(PointLine):
    """Beside it stands whose it is."""

    def __init__(self, point: PointDraft, region: str) -> None:
        self.whose = ComboBox(tr("Whose contact point"))
        self.whose.setObjectName("point_whose")
        self.whose.setMaximumWidth(tokens().px(208))
        super().__init__(point, region, self.whose)
        self.whose.currentIndexChanged.connect(self.changed)

    def offer(self, people: Sequence[tuple[str, int]]) -> None:
        """Whose it may be."""
        before = self.whose.value()
        entries = [(tr("The customer"), _OWN), *people]
        self.whose.blockSignals(True)  # noqa: FBT003 - Qt's form
        self.whose.set_entries(entries)
        self.whose.set_value(before if before in [key for _, key in entries] else _OWN)
        self.whose.blockSignals(False)  # noqa: FBT003 - Qt's form


class PeopleEdit(QWidget):
    """Both lists. Empty lines count for nothing."""

    changed = Signal()

    def __init__(self, region: str) -> None:
        super().__init__()
        self._region = region
        self.contacts: list[ContactLine] = []
        self.points: list[OwnedPointLine] = []
        self._contact_box: Box = col(gap=6)
        self._point_box: Box = col(gap=6)
        self._add_contact = Button(tr("Contact"), "accent", glyph="plus", size="small")
        self._add_point = Button(tr("Contact point"), "accent", glyph="plus", size="small")
        self._add_contact.setObjectName("add_contact")
        self._add_point.setObjectName("add_point")
        self._add_contact.clicked.connect(self._new_contact)
        self._add_point.clicked.connect(self._new_point)
        self.setLayout(
            col(
                row(caption(tr("Contacts")), STRETCH, self._add_contact),
                self._contact_box,
                row(caption(tr("Phone, e-mail, WeChat …")), STRETCH, self._add_point),
                self._point_box,
                gap=8,
            )
        )

    def show_people(self, contacts: Sequence[ContactDraft], points: Sequence[PointDraft]) -> None:
        """Show these."""
        for line in (*self.contacts, *self.points):
            line.hide()
            line.deleteLater()
        self.contacts, self.points = [], []
        for contact in contacts:
            self._put_contact(contact)
        self._offer()
        for point in points:
            line = self._put_point(point)
            if point.contact is not None:
                line.whose.set_value(self.contacts[point.contact].key)
        if not contacts and not points:  # what nearly everybody types next
            self._put_point(PointDraft(PointKind.PHONE, ""))

    def drafts(self) -> tuple[tuple[ContactDraft, ...], tuple[PointDraft, ...]]:
        """What is typed, without the empty lines."""
        kept = self._kept_contacts()
        places = {line.key: place for place, (line, _) in enumerate(kept)}
        points = [line.draft(places.get(line.whose.value())) for line in self.points]
        return tuple(one for _, one in kept), tuple(one for one in points if one is not None)

    def _kept_contacts(self) -> list[tuple[ContactLine, ContactDraft]]:
        drafts = [(line, line.draft()) for line in self.contacts]
        return [(line, one) for line, one in drafts if one is not None]

    def show_problems(self, problems: Mapping[str, Message]) -> list[EditLine]:
        """Say what is wrong at each line, by "contacts.0" and "points.2"; those lines."""
        contacts: list[EditLine] = [line for line, _ in self._kept_contacts()]
        points: list[EditLine] = [one for one in self.points if one.value.text().strip()]
        wrong: list[EditLine] = []
        for name, lines in (("contacts", contacts), ("points", points)):
            for place, line in enumerate(lines):
                problem = problems.get(f"{name}.{place}")
                line.set_wrong(str(problem) if problem else "")
                if problem:
                    wrong.append(line)
        return wrong

    def says_wrong(self) -> bool:
        """Whether something is said to be wrong at a line."""
        return any(one.wrong() for one in (*self.contacts, *self.points))

    def _put_contact(self, contact: ContactDraft) -> ContactLine:
        line = ContactLine(contact)
        self.contacts.append(line)
        self._contact_box.addWidget(line)
        line.name.textChanged.connect(self._offer)
        line.changed.connect(self.changed)
        line.removed.connect(self._drop_contact)
        return line

    def _put_point(self, point: PointDraft) -> OwnedPointLine:
        line = OwnedPointLine(point, self._region)
        self.points.append(line)
        self._point_box.addWidget(line)
        line.offer(self._people())
        line.changed.connect(self.changed)
        line.removed.connect(self._drop_point)
        return line

    def _new_contact(self) -> None:
        self._put_contact(ContactDraft("")).name.setFocus()
        self._offer()

    def _new_point(self) -> None:
        empty = [one for one in self.points if not one.value.text().strip()]
        line = empty[-1] if empty else self._put_point(PointDraft(PointKind.PHONE, ""))
        if self.contacts:
            line.whose.set_value(self.contacts[-1].key)
        line.value.setFocus()

    def _drop_contact(self, line: ContactLine) -> None:
        self.contacts.remove(line)
        line.hide()
        line.deleteLater()
        self._offer()
        self.changed.emit()

    def _drop_point(self, line: OwnedPointLine) -> None:
        self.points.remove(line)
        line.hide()
        line.deleteLater()
        self.changed.emit()

    def _people(self) -> list[tuple[str, int]]:
        named = ((line.name.text().strip(), line.key) for line in self.contacts)
        return [(name or tr("Contact without a name"), key) for name, key in named]

    def _offer(self) -> None:
        people = self._people()
        for line in self.points:
            line.offer(people)
