"""What the lines of the profile are about: a field of the customer, or one that managers added."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from typing_extensions import override

from app.domain.custom_fields import NO, YES, FieldKind
from app.domain.field_words import field_name, stored_words
from app.domain.vocabulary import LABELS, Actor, Grade, Kind, Stage
from app.errors import Conflict
from app.i18n import Message, tr
from app.services.custom_fields import CustomValueRow, FieldRow, ValueConflict, field_key
from app.services.customer_editing import EditConflict, tidy
from app.services.customer_page import CustomerPage
from app.services.earlier_values import EarlierValue, restored
from app.services.registry import Services
from app.ui.context import Context
from app.ui.customer.profile_editors import (
    BirthdayEditor,
    ChoiceEditor,
    CustomerEditor,
    DayEditor,
    Editor,
    KeptDayEditor,
    LineEditor,
    NotesEditor,
    OwnerEditor,
    WordsEditor,
)
from app.ui.widgets.customer_edit import CustomerEdit
from app.ui.widgets.customer_values import value_words

FIELDS: Final = (
    "name", "other_names", "kind", "code", "grade", "stage", "owner_id", "source",
    "referred_by_id", "parent_id", "region", "address", "tax_id", "since", "last_contact",
    "birthday", "tags", "notes",
)  # fmt: skip
"""The customer's own fields in their order; people, ways to reach them and facts have cards."""

_UNSEEN: Final = Message("A customer whom you may not see")
_LINKED: Final = ("parent_id", "referred_by_id")


class Subject:
    """One thing that is known of a customer, and how it is changed. `key` names it."""

    key = ""
    linked = False

    def title(self, page: CustomerPage) -> Message:
        """What it is called."""
        raise NotImplementedError

    def value(self, page: CustomerPage) -> Any:
        """What it holds."""
        raise NotImplementedError

    def words(self, page: CustomerPage) -> str:
        """What it holds, to read; "" for nothing."""
        raise NotImplementedError

    def target(self, page: CustomerPage) -> int | None:
        """The customer that it names, where it may be seen."""
        value = self.value(page) if self.linked else None
        return value if isinstance(value, int) and self.words(page) != str(_UNSEEN) else None

    def editor(self, context: Context, page: CustomerPage) -> Editor:
        """What changes it, filled."""
        raise NotImplementedError

    def save(
        self, services: Services, actor: Actor, page: CustomerPage, value: Any
    ) -> CustomerPage:
        """Write it; `page` is what the editing began with. Gives the page with what is kept now.

        Raises UserError.
        """
        raise NotImplementedError

    def theirs(self, page: CustomerPage, conflict: Conflict) -> CustomerPage:
        """The page as somebody else saved it meanwhile."""
        raise NotImplementedError

    def earlier_words(self, one: EarlierValue) -> str:
        """What it held before, to read; "" for nothing."""
        raise NotImplementedError

    def put_back(
        self, services: Services, actor: Actor, page: CustomerPage, one: EarlierValue
    ) -> None:
        """Write what it held before. Raises UserError."""
        raise NotImplementedError


class OwnSubject(Subject):
    """A field of CustomerDraft."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.linked = key in _LINKED

    @override
    def title(self, page: CustomerPage) -> Message:
        return field_name(self.key, page.record.draft.kind)

    @override
    def value(self, page: CustomerPage) -> Any:
        return getattr(page.record.draft, self.key)

    @override
    def words(self, page: CustomerPage) -> str:
        value = self.value(page)
        if value in (None, "", ()):
            return ""
        names = _names(page)
        if self.linked and (self.key, value) not in names:
            return str(_UNSEEN)
        return value_words(self.key, value, names)

    @override
    def editor(self, context: Context, page: CustomerPage) -> Editor:
        return _EDITORS[self.key](context, page, str(self.title(page)))

    @override
    def save(
        self, services: Services, actor: Actor, page: CustomerPage, value: Any
    ) -> CustomerPage:
        before = page.record.draft
        typed = replace(before, **{self.key: value})
        services.editing.save(actor, page.record.id, before, typed)
        return replace(page, record=replace(page.record, draft=tidy(typed)))

    @override
    def theirs(self, page: CustomerPage, conflict: Conflict) -> CustomerPage:
        assert isinstance(conflict, EditConflict)
        return replace(page, record=conflict.theirs)

    @override
    def earlier_words(self, one: EarlierValue) -> str:
        return stored_words(self.key, one.shown)

    @override
    def put_back(
        self, services: Services, actor: Actor, page: CustomerPage, one: EarlierValue
    ) -> None:
        before = page.record.draft
        typed = restored(before, {self.key: one.stored})
        services.editing.save(actor, page.record.id, before, typed)


class AddedSubject(Subject):
    """A field that managers added."""

    def __init__(self, field: FieldRow) -> None:
        self.field = field
        self.key = field_key(field.id)

    @override
    def title(self, page: CustomerPage) -> Message:
        return Message("{name}", params={"name": self.field.name})

    @override
    def value(self, page: CustomerPage) -> str:
        row = self._row(page)
        return row.value if row else ""

    @override
    def words(self, page: CustomerPage) -> str:
        row = self._row(page)
        return row.words if row else ""

    def _row(self, page: CustomerPage) -> CustomValueRow | None:
        return next((one for one in page.custom if one.field.id == self.field.id), None)

    @override
    def editor(self, context: Context, page: CustomerPage) -> Editor:
        title, kept = self.field.name, self.value(page)
        match self.field.kind:
            case FieldKind.DATE:
                return KeptDayEditor(title, kept, context.services.clock.today())
            case FieldKind.CHOICE:
                choices = [(one, one) for one in self.field.choices]
                return ChoiceEditor(title, [(tr("No choice"), ""), *choices], kept)
            case FieldKind.YES_NO:
                answers = [(tr("Not known"), ""), (tr("Yes"), YES), (tr("No"), NO)]
                return ChoiceEditor(title, answers, kept)
            case _:
                return LineEditor(title, self.words(page))

    @override
    def save(
        self, services: Services, actor: Actor, page: CustomerPage, value: Any
    ) -> CustomerPage:
        before, typed = self.value(page), str(value)
        kept = services.fields.set(actor, page.record.id, self.field.id, before, typed)
        return self._with(page, kept)

    def _with(self, page: CustomerPage, value: str) -> CustomerPage:
        others = [one for one in page.custom if one.field.id != self.field.id]
        return replace(page, custom=(*others, CustomValueRow(self.field, value)))

    @override
    def theirs(self, page: CustomerPage, conflict: Conflict) -> CustomerPage:
        assert isinstance(conflict, ValueConflict)
        return self._with(page, conflict.theirs)

    @override
    def earlier_words(self, one: EarlierValue) -> str:
        return self.field.words(one.stored or "")

    @override
    def put_back(
        self, services: Services, actor: Actor, page: CustomerPage, one: EarlierValue
    ) -> None:
        before, kept = self.value(page), one.stored or ""
        if before != kept:
            services.fields.put_back(actor, page.record.id, self.field.id, before, kept)


def _names(page: CustomerPage) -> Mapping[tuple[str, int], str]:
    draft, record = page.record.draft, page.record
    found = (
        ("owner_id", draft.owner_id, record.owner),
        ("parent_id", draft.parent_id, record.parent),
        ("referred_by_id", draft.referred_by_id, record.referred_by),
    )
    return {(key, one): name for key, one, name in found if one is not None and name}


# ---- the inputs of the customer's own fields

_Make = Callable[[Context, CustomerPage, str], Editor]


def _text(key: str, known: str = "") -> _Make:
    def make(_context: Context, page: CustomerPage, title: str) -> Editor:
        return LineEditor(title, getattr(page.record.draft, key), known)

    return make


def _day(key: str) -> _Make:
    def make(context: Context, page: CustomerPage, title: str) -> Editor:
        return DayEditor(title, getattr(page.record.draft, key), context.services.clock.today())

    return make


def _kind(_context: Context, page: CustomerPage, title: str) -> Editor:
    return ChoiceEditor(title, [(str(LABELS[one]), one) for one in Kind], page.record.draft.kind)


def _stage(_context: Context, page: CustomerPage, title: str) -> Editor:
    return ChoiceEditor(title, [(str(LABELS[one]), one) for one in Stage], page.record.draft.stage)


def _grade(_context: Context, page: CustomerPage, title: str) -> Editor:
    grades: list[tuple[str, Any]] = [(str(LABELS[one]), one) for one in Grade]
    return ChoiceEditor(title, [(tr("No grade"), None), *grades], page.record.draft.grade)


def _owner(_context: Context, page: CustomerPage, title: str) -> Editor:
    return OwnerEditor(title, page.record.draft.owner_id, page.record.owner)


def _parent(context: Context, page: CustomerPage, title: str) -> Editor:
    draft = page.record.draft
    edit = CustomerEdit(context, title, page.record.id)
    return CustomerEditor(edit, draft.parent_id, page.record.parent)


def _referred_by(context: Context, page: CustomerPage, title: str) -> Editor:
    draft, name = page.record.draft, page.record.referred_by
    edit = CustomerEdit(context, title, page.record.id)
    return CustomerEditor(edit, draft.referred_by_id, name)


def _other_names(_context: Context, page: CustomerPage, title: str) -> Editor:
    return WordsEditor(title, page.record.draft.other_names, tr("Short name, former name …"))


def _tags(_context: Context, page: CustomerPage, title: str) -> Editor:
    return WordsEditor(title, page.record.draft.tags, tr("Add a tag, Enter"), "tag")


def _birthday(_context: Context, page: CustomerPage, title: str) -> Editor:
    return BirthdayEditor(title, page.record.draft.birthday)


def _notes(_context: Context, page: CustomerPage, title: str) -> Editor:
    return NotesEditor(title, page.record.draft.notes)


_EDITORS: Final[dict[str, _Make]] = {
    "name": _text("name"),
    "other_names": _other_names,
    "kind": _kind,
    "code": _text("code"),
    "grade": _grade,
    "stage": _stage,
    "owner_id": _owner,
    "source": _text("source", "source"),
    "referred_by_id": _referred_by,
    "parent_id": _parent,
    "region": _text("region", "region"),
    "address": _text("address"),
    "tax_id": _text("tax_id"),
    "since": _day("since"),
    "last_contact": _day("last_contact"),
    "birthday": _birthday,
    "tags": _tags,
    "notes": _notes,
}
