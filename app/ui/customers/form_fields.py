"""The inputs of the customer form: filled from a draft, read into a draft, told what is wrong."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from app.domain import tax_ids
from app.domain.customer import CustomerDraft
from app.domain.vocabulary import LABELS, Grade, Kind, Stage
from app.i18n import Message, tr
from app.services.customers import CustomerRecord
from app.ui.context import Context
from app.ui.customers.filter_values import Offers
from app.ui.customers.people_edit import PeopleEdit
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.customer_edit import CustomerEdit
from app.ui.widgets.date_field import DateEdit
from app.ui.widgets.field import Field, LineEdit, TextArea
from app.ui.widgets.layout import STRETCH, Item, col, row, row_top
from app.ui.widgets.segmented import SegmentedControl
from app.ui.widgets.suggest import KnownEdit
from app.ui.widgets.surface import Line
from app.ui.widgets.tag_edit import TagEdit
from app.ui.widgets.text import Label

_KINDS: Final = tuple(Kind)


class FormFields(QWidget):
    """Everything that can be set on a customer."""

    changed = Signal()

    def __init__(self, context: Context, whose: int | None = None) -> None:
        """`whose` is the customer that is changed; None for a new one."""
        super().__init__()
        today = context.services.clock.today()
        self.kind = SegmentedControl([str(LABELS[one]) for one in _KINDS], tr("Kind"))
        self.name = LineEdit(tr("Name"))
        self.other_names = TagEdit(tr("Other names"), tr("Short name, former name …"))
        self.code = LineEdit(tr("Code"))
        self.tax_id = LineEdit(tr("Tax id"))
        self.stage = ComboBox(tr("Stage"), [(str(LABELS[one]), one) for one in Stage])
        grades: list[tuple[str, Any]] = [(str(LABELS[one]), one) for one in Grade]
        self.grade = ComboBox(tr("Grade"), [(tr("No grade"), ""), *grades])
        self.owner = ComboBox(tr("Owner"), placeholder=tr("Myself"))
        self.source = KnownEdit(tr("Source"))
        self.region = KnownEdit(tr("Region"))
        self.address = LineEdit(tr("Address"))
        self.parent_choice = CustomerEdit(context, tr("Belongs to"), whose)
        self.referred_by = CustomerEdit(context, tr("Referred by"), whose)
        self.since = DateEdit(tr("Customer since"), today)
        self.last_contact = DateEdit(tr("Last contact"), today)
        self.tags = TagEdit(tr("Tags"), tr("Add a tag, Enter"))
        self.people = PeopleEdit(context.settings.region)
        self.notes = TextArea(tr("Notes"), lines=4)
        self._shown = CustomerDraft("")  # keeps what is edited elsewhere
        self._fields = self._make_fields()
        self._arrange()
        self._connect()

    def _make_fields(self) -> dict[str, Field]:
        named: tuple[tuple[str, QWidget, str], ...] = (
            ("kind", self.kind, tr("Kind")),
            ("name", self.name, tr("Name")),
            ("other_names", self.other_names, tr("Other names")),
            ("code", self.code, tr("Code")),
            ("tax_id", self.tax_id, tr("Tax id")),
            ("stage", self.stage, tr("Stage")),
            ("grade", self.grade, tr("Grade")),
            ("owner_id", self.owner, tr("Owner")),
            ("source", self.source, tr("Source")),
            ("region", self.region, tr("Region")),
            ("address", self.address, tr("Address")),
            ("parent_id", self.parent_choice, tr("Belongs to")),
            ("referred_by_id", self.referred_by, tr("Referred by")),
            ("since", self.since, tr("Customer since")),
            ("last_contact", self.last_contact, tr("Last contact")),
            ("tags", self.tags, tr("Tags")),
            ("notes", self.notes, tr("Notes")),
        )
        made = {}
        for name, entry, title in named:
            if not entry.objectName():
                entry.setObjectName(name)
            made[name] = Field(title, entry)
        return made

    def _arrange(self) -> None:
        def pair(left: str, right: str) -> Item:
            return row_top((self._fields[left], 1), (self._fields[right], 1), gap=16)

        self.setLayout(
            col(
                row(self._fields["kind"], STRETCH),
                self._fields["name"],
                self._fields["other_names"],
                pair("stage", "grade"),
                pair("owner_id", "source"),
                self._fields["tags"],
                Line(),
                Label(tr("Contacts and contact points"), "title"),
                self.people,
                Line(),
                Label(tr("More"), "title"),
                pair("region", "address"),
                pair("code", "tax_id"),
                pair("parent_id", "referred_by_id"),
                pair("since", "last_contact"),
                self._fields["notes"],
                STRETCH,
                gap=12,
            )
        )

    def _connect(self) -> None:
        lines = (self.name, self.code, self.tax_id, self.source, self.region, self.address,
                 self.since, self.last_contact, self.parent_choice, self.referred_by)  # fmt: skip
        for line in lines:
            line.textChanged.connect(self.changed)
        for box in (self.stage, self.grade, self.owner):
            box.currentIndexChanged.connect(self.changed)
        for part in (self.tags, self.other_names, self.people):
            part.changed.connect(self.changed)
        for entry in (self.tags.entry, self.other_names.entry):
            entry.textChanged.connect(self.changed)
        self.kind.chosen.connect(self.changed)
        self.notes.textChanged.connect(self.changed)
        self.tax_id.editingFinished.connect(self._check_tax_id)
        self.since.editingFinished.connect(self._check_days)
        self.last_contact.editingFinished.connect(self._check_days)

    # ---- filled and read

    def set_offers(self, offers: Offers) -> None:
        """Who and what can be chosen."""
        chosen = self.owner.value()
        self.owner.set_entries([(name, one) for one, name in offers.staff.items()])
        if chosen is None:
            self.owner.setCurrentIndex(-1)
        self.source.set_known(offers.known.get("source", ()))
        self.region.set_known(offers.known.get("region", ()))
        self.tags.set_known(offers.known.get("tag", ()))

    def fill(self, draft: CustomerDraft, names: Mapping[tuple[str, int], str]) -> None:
        """Show a draft; `names` are those of the owner and of the customers it points to."""
        self._shown = draft
        self.kind.set_current(_KINDS.index(draft.kind))
        self.name.setText(draft.name)
        self.other_names.set_tags(draft.other_names)
        self.code.setText(draft.code)
        self.tax_id.setText(draft.tax_id)
        self.stage.set_value(draft.stage)
        self.grade.set_value(draft.grade or "")
        self._show_owner(draft.owner_id, names)
        self.source.setText(draft.source)
        self.region.setText(draft.region)
        self.address.setText(draft.address)
        links = (
            ("parent_id", self.parent_choice, draft.parent_id),
            ("referred_by_id", self.referred_by, draft.referred_by_id),
        )
        for field, edit, value in links:
            edit.set_value(value, names.get((field, value), "") if value is not None else "")
        self.since.set_value(draft.since)
        self.last_contact.set_value(draft.last_contact)
        self.tags.set_tags(draft.tags)
        self.people.show_people(draft.contacts, draft.points)
        self.notes.setPlainText(draft.notes)

    def _show_owner(self, owner: int | None, names: Mapping[tuple[str, int], str]) -> None:
        self.owner.set_value(owner)
        if owner is not None and self.owner.currentIndex() < 0:
            # left the business meanwhile: still the owner until somebody else is chosen
            self.owner.addItem(names.get(("owner_id", owner), f"#{owner}"), owner)
            self.owner.set_value(owner)

    def draft(self) -> CustomerDraft:
        """What is typed."""
        contacts, points = self.people.drafts()
        return replace(
            self._shown,
            name=self.name.text(),
            kind=_KINDS[self.kind.current()],
            other_names=self.other_names.tags(),
            code=self.code.text(),
            grade=Grade(self.grade.value()) if self.grade.value() else None,
            owner_id=self.owner.value(),
            stage=Stage(self.stage.value()),  # Qt hands back plain text
            source=self.source.text(),
            referred_by_id=self.referred_by.value(),
            parent_id=self.parent_choice.value(),
            region=self.region.text(),
            address=self.address.text(),
            tax_id=self.tax_id.text(),
            notes=self.notes.text(),
            since=self.since.value(),
            last_contact=self.last_contact.value(),
            tags=self.tags.tags(),
            contacts=contacts,
            points=points,
        )

    def names(self) -> dict[tuple[str, int], str]:
        """Words for the ids in the draft."""
        links = (
            ("parent_id", self.parent_choice.value(), self.parent_choice.text()),
            ("referred_by_id", self.referred_by.value(), self.referred_by.text()),
        )
        found = {(field, one): text for field, one, text in links if one is not None}
        for place in range(self.owner.count()):
            found["owner_id", self.owner.itemData(place)] = self.owner.itemText(place)
        return found

    # ---- what is wrong

    def loose_ends(self) -> dict[str, Message]:
        """Typed text that stands for nothing: no day, no customer."""
        found: dict[str, Message] = {}
        days = (("since", self.since), ("last_contact", self.last_contact))
        for field, edit in days:
            if problem := edit.problem():
                found[field] = problem
        choices = (("parent_id", self.parent_choice), ("referred_by_id", self.referred_by))
        for field, choice in choices:
            if choice.unresolved():
                found[field] = Message("Choose a customer from the list, or empty the field.")
        return found

    def show_problems(self, problems: Mapping[str, Message]) -> QWidget | None:
        """Say what is wrong at each field and go to the first, which is returned."""
        wrong: list[QWidget] = []
        for name, field in self._fields.items():
            problem = problems.get(name)
            field.set_wrong(str(problem) if problem else "")
            if problem:
                wrong.append(field.entry)
        wrong.extend(line.entry for line in self.people.show_problems(problems))
        if not wrong:
            return None
        first = min(wrong, key=self._place)
        first.setFocus()
        return first

    def _place(self, entry: QWidget) -> tuple[int, int]:
        at = entry.mapTo(self, QPoint())
        return at.y(), at.x()

    def problem(self, name: str) -> str:
        """What is said to be wrong at a field."""
        return self._fields[name].wrong()

    def says_wrong(self) -> bool:
        """Whether something is said to be wrong at a field."""
        said = any(field.wrong() for field in self._fields.values())
        return said or self.people.says_wrong()

    def _check_tax_id(self) -> None:
        text = self.tax_id.text().strip()
        found = tax_ids.problem(text) if text else None
        self._fields["tax_id"].set_wrong(str(found) if found else "")

    def _check_days(self) -> None:
        for name, edit in (("since", self.since), ("last_contact", self.last_contact)):
            problem = edit.problem()
            self._fields[name].set_wrong(str(problem) if problem else "")


def names_of(record: CustomerRecord) -> dict[tuple[str, int], str]:
    """Words for the ids in a record's draft."""
    draft = record.draft
    found = (
        ("owner_id", draft.owner_id, record.owner),
        ("parent_id", draft.parent_id, record.parent),
        ("referred_by_id", draft.referred_by_id, record.referred_by),
    )
    return {(field, one): text for field, one, text in found if one is not None}
