"""Changing a person at the customer, and how to reach them, in its place."""

from collections.abc import Hashable
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain import birthdays
from app.domain.customer import ContactDraft, PointDraft
from app.domain.field_words import birthday_words
from app.domain.vocabulary import LABELS, ContactRole, Influence, PointKind
from app.i18n import Message, tr
from app.ui.customer.editor import Editor
from app.ui.customer.people import Person
from app.ui.widgets.button import Button
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.field import Field, LineEdit
from app.ui.widgets.layout import STRETCH, Box, Item, col, row, row_top
from app.ui.widgets.point_line import PointLine
from app.ui.widgets.text import caption

OWN: Final = "own"
"""Key of the editor of the points that belong to no contact."""


class ContactEditor(Editor):
    """A contact with its points, or without a contact the customer's own points.

    `before` is how it was when the editor was opened.
    """

    keep_asked = Signal()
    points_typed = Signal()
    theirs_asked = Signal()

    def __init__(
        self, before: Person, key: Hashable, region: str, hint: QWidget | None = None
    ) -> None:
        """`hint` stands below the points."""
        super().__init__("contact_editor", key)
        self.before, self._region = before, region
        contact = before.contact or ContactDraft("")
        self._birthday_was = contact.birthday
        self._birthday_shown = birthday_words(contact.birthday)
        self._make_fields(contact)
        self.points: list[PointLine] = []
        self._point_box: Box = col(gap=6)
        self._add_point = Button(tr("Contact point"), "accent", glyph="plus", size="small")
        self._add_point.setObjectName("add_point")
        self._add_point.clicked.connect(self._new_point)
        self.name_field = Field(tr("Name of the contact"), self.name)
        self.birthday_field = Field(tr("Birthday"), self.birthday)
        fields: list[Item] = []
        if before.contact is not None:
            fields = [
                row_top((self.name_field, 3), (Field(tr("Title"), self.title), 2)),
                # as wide as their entries need: at a large zoom both just fit
                row_top(Field(tr("Role"), self.role), Field(tr("Influence"), self.influence)),
                self.birthday_field,
                Field(tr("What to mind"), self.note),
            ]
        self._mine = Button(tr("Keep mine"), size="small")
        self._theirs = Button(tr("Take theirs"), size="small")
        self._mine.setObjectName("keep_mine")
        self._theirs.setObjectName("take_theirs")
        self._mine.clicked.connect(self.keep_asked)
        self._theirs.clicked.connect(self.theirs_asked)
        for button in (self._theirs, self._mine):
            button.hide()
            self.choices.put(button)
        for point in before.points or (PointDraft(PointKind.PHONE, ""),):
            self._put_point(point)
        self.arrange(
            *fields,
            row(caption(tr("Phone, e-mail, WeChat …")), STRETCH, self._add_point),
            self._point_box,
            hint,
        )

    def _make_fields(self, contact: ContactDraft) -> None:
        none: list[tuple[str, Any]] = [(tr("Not known"), "")]
        roles = [*none, *((str(LABELS[one]), one) for one in ContactRole)]
        weights = [*none, *((str(LABELS[one]), one) for one in Influence)]
        self.name = LineEdit(tr("Name of the contact"))
        self.title = LineEdit(tr("Title of the contact"))
        self.role = ComboBox(tr("Role of the contact"), roles)
        self.influence = ComboBox(tr("Influence of the contact"), weights)
        self.birthday = LineEdit(
            tr("Birthday of the contact"), placeholder=tr("1980-03-15, or by the lunar calendar")
        )
        self.note = LineEdit(tr("What to mind"), placeholder=tr("For example: mornings only"))
        for edit, name in (
            (self.name, "contact_name"),
            (self.title, "contact_title"),
            (self.role, "contact_role"),
            (self.influence, "contact_influence"),
            (self.birthday, "contact_birthday"),
            (self.note, "contact_note"),
        ):
            edit.setObjectName(name)
        self.name.setText(contact.name)
        self.title.setText(contact.title)
        self.role.set_value(contact.role or "")
        self.influence.set_value(contact.influence or "")
        self.birthday.setText(self._birthday_shown)
        self.note.setText(contact.note)
        self.birthday.editingFinished.connect(self._check_birthday)

    # ---- points

    def _put_point(self, point: PointDraft) -> PointLine:
        line = PointLine(point, self._region)
        self.points.append(line)
        self._point_box.addWidget(line)
        line.removed.connect(self._drop_point)
        line.changed.connect(self.points_typed)
        return line

    def _new_point(self) -> None:
        empty = [one for one in self.points if one.draft() is None]
        line = empty[-1] if empty else self._put_point(PointDraft(PointKind.PHONE, ""))
        line.show()
        line.value.setFocus()
        self.grown.emit()

    def _drop_point(self, line: PointLine) -> None:
        self.points.remove(line)
        self._add_point.setFocus()
        line.hide()
        line.deleteLater()
        self.points_typed.emit()

    def new_points(self) -> tuple[PointDraft, ...]:
        """What is typed and was not there before."""
        before = {(one.kind, one.raw) for one in self.before.points}
        return tuple(one for one in self.typed().points if (one.kind, one.raw) not in before)

    # ---- what is typed

    @override
    def start(self) -> None:
        if self.before.contact is not None:
            self.name.setFocus()
        else:
            self.points[0].value.setFocus()

    def typed(self) -> Person:
        """What is typed, without empty points; the birthday stays where it cannot be read."""
        points = tuple(one for one in (line.draft() for line in self.points) if one is not None)
        contact = self.before.contact
        if contact is None:
            return Person(None, points)
        role, influence = self.role.value(), self.influence.value()
        return Person(
            replace(
                contact,
                name=" ".join(self.name.text().split()),
                title=self.title.text().strip(),
                role=ContactRole(role) if role else None,
                influence=Influence(influence) if influence else None,
                birthday=self._birthday() or "",
                note=self.note.text().strip(),
            ),
            points,
        )

    def _birthday(self) -> str | None:
        """The birthday as it is stored; None when what is typed is none."""
        words = self.birthday.text().strip()
        if words == self._birthday_shown.strip():
            return self._birthday_was
        if not words:
            return ""
        found = birthdays.parse(words)
        return birthdays.store(found) if found is not None else None

    def _check_birthday(self) -> None:
        wrong = ""
        if self._birthday() is None:
            why = birthdays.explain(self.birthday.text())
            wrong = str(why) if why else tr("This is not read as a day.")
        self.birthday_field.set_wrong(wrong)

    @override
    def is_changed(self) -> bool:
        return self._birthday() is None or self.typed() != self.before

    # ---- what is wrong

    def find_wrong(self) -> bool:
        """Say at the fields what nothing but this editor can know; whether there is anything."""
        if self.before.contact is None:
            return False
        self._check_birthday()
        if not self.name.text().strip():
            self.name_field.set_wrong(tr("The name is missing."))
            self.name.setFocus()
        elif self.birthday_field.wrong():
            self.birthday.setFocus()
        return bool(self.name_field.wrong() or self.birthday_field.wrong())

    def show_point_problems(self, found: dict[PointDraft, Message]) -> None:
        """Say at each contact point what is wrong with it."""
        first: PointLine | None = None
        for line in self.points:
            draft = line.draft()
            problem = found.get(draft) if draft is not None else None
            line.set_wrong(str(problem) if problem else "")
            first = first or (line if problem else None)
        if first is not None:
            first.value.setFocus()

    def ask_whose(self, theirs: Person | None) -> None:
        """Somebody else saved something else meanwhile: theirs or mine."""
        words = _said(theirs) if theirs else tr("Removed")
        self.say(tr("Somebody else changed this meanwhile: {theirs}", theirs=words))
        for button in (self._mine, self._theirs):
            button.show()
        self.save.hide()
        self._mine.setFocus()


def _said(one: Person) -> str:
    """A person in one line: for a choice between two."""
    points = [point.raw for point in one.points]
    contact = one.contact
    if contact is None:
        return " · ".join(points)
    labels = [str(LABELS[value]) for value in (contact.role, contact.influence) if value]
    parts = (contact.name, contact.title, *labels, birthday_words(contact.birthday), contact.note)
    return " · ".join(filter(None, (*parts, *points)))
