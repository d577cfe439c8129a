"""The form for one customer: new or changed, checked at the field, never losing what was typed."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from app.domain.customer import CustomerDraft
from app.domain.field_words import field_name
from app.errors import NotFound, Refused, UserError
from app.i18n import Message, tr
from app.services.customer_editing import EditConflict, FieldConflict, tidy
from app.services.customers import CustomerRecord
from app.ui.context import Context
from app.ui.customers.conflict_dialog import ConflictDialog
from app.ui.customers.filter_values import Offers
from app.ui.customers.form_fields import FormFields, names_of
from app.ui.customers.merging import changed, merged
from app.ui.theme import tokens
from app.ui.widgets.duplicate_hint import DuplicateHint
from app.ui.widgets.hanging import HangingScroll
from app.ui.widgets.leave_dialog import TypingDialog
from app.ui.widgets.message_strip import Action, MessageStrip

TELLING = ("name", "points", "tax_id", "region")
"""Fields by which a customer is known again."""
AREAS = frozenset({"customer", "contact", "contact_point", "tag", "customer_tag"})


class CustomerForm(TypingDialog):
    """Ctrl+Enter saves. What somebody else saves meanwhile is noticed at once and merged."""

    saved = Signal(int)  # id

    def __init__(
        self,
        parent: QWidget,
        context: Context,
        offers: Offers,
        record: CustomerRecord | None = None,
    ) -> None:
        title = tr("New customer") if record is None else record.draft.name
        super().__init__(parent, title, "customer_form")
        self._context, self._record = context, record
        self.do_button.setDefault(False)
        self.do_button.setToolTip("Ctrl+Enter")
        self.strip = MessageStrip()
        self.fields = FormFields(context, record.id if record else None)
        self.fields.setAutoFillBackground(False)
        self.fields.set_offers(offers)
        self._scroll = HangingScroll(self.fields, "form_scroll")
        self.hint = DuplicateHint(context, record.id if record else None)
        self.put(self.strip, (self._scroll, 1), self.hint)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.submit)
        before = record.draft if record else CustomerDraft("", owner_id=context.actor.id)
        myself = {("owner_id", context.actor.id or 0): context.actor.name}
        self._fill(before, names_of(record) if record else myself)
        context.changes.changed.connect(self._changed)
        self.fields.changed.connect(self._looked_again)
        self.fields.changed.connect(self._look_for_others)
        self.fields.name.setFocus()

    @override
    def retheme(self) -> None:
        super().retheme()
        tok, room = tokens(), self.screen().availableGeometry()
        self.setMinimumSize(min(tok.px(680), room.width()), min(tok.px(480), room.height()))

    @override
    def fit(self) -> None:
        """As high as its window allows."""
        tok, room = tokens(), self.screen().availableGeometry()
        high = max(self._window.height() - tok.px(80), self.minimumHeight())
        self.resize(self.minimumWidth(), min(tok.px(800), high, room.height() - tok.px(48)))

    # ---- what is typed

    def _fill(self, draft: CustomerDraft, names: dict[tuple[str, int], str]) -> None:
        self._before = draft
        self.fields.fill(draft, names)
        # a field can show a value in another form than it was stored in: that is no change
        self._shown = tidy(self.fields.draft())

    def typed(self) -> CustomerDraft:
        """What would be saved: as it was, with what was changed here."""
        now = tidy(self.fields.draft())
        mine = changed(self._shown, now)
        return replace(self._before, **{name: getattr(now, name) for name in mine})

    @override
    def is_changed(self) -> bool:
        return bool(changed(self._shown, tidy(self.fields.draft())) or self.fields.loose_ends())

    def _look_for_others(self) -> None:
        """See whether somebody like this is here, once something was typed that says so."""
        now = self.fields.draft()
        if any(getattr(now, name) != getattr(self._shown, name) for name in TELLING):
            self.hint.look_for(now)
        else:
            self.hint.clear()

    # ---- saving

    @override
    def submit(self) -> None:
        if self._saving:
            return
        typed = self.typed()
        found = {
            **self._context.services.editing.problems(typed, self._before),
            **self.fields.loose_ends(),
        }
        if found:
            self._show_problems(found)
        else:
            self._save(typed)

    def _show_problems(self, found: Mapping[str, Message]) -> None:
        self.strip.say(_another_look(), "warn")
        first = self.fields.show_problems(found)
        if first is not None:
            self._scroll.ensureWidgetVisible(first, 0, tokens().px(64))

    def _looked_again(self) -> None:
        """What was wrong was corrected: the strip says no more that it is."""
        if self.strip.text() == _another_look() and not self.fields.says_wrong():
            self.strip.dismiss()

    def _save(self, typed: CustomerDraft) -> None:
        self._wait(saving=True)
        services, actor, record, before = (
            self._context.services, self._context.actor, self._record, self._before,
        )  # fmt: skip

        def work() -> tuple[int, int | None]:
            if record is None:
                made = services.editing.add(actor, typed)
            else:
                made = record.id
                services.editing.save(actor, made, before, typed)
                if typed == before:
                    return made, None
            last = services.history.last(actor)
            return made, last.id if last else None

        self._context.tasks.run(
            self, work, self._done, self._failed, title=Message("Saving"), lane="write"
        )

    def _done(self, outcome: tuple[int, int | None]) -> None:
        made, change_set = outcome
        self._wait(saving=False)
        name = self.typed().name
        if change_set is not None:
            words = (
                Message("{name} was added.", params={"name": name})
                if self._record is None
                else Message("{name} was saved.", params={"name": name})
            )
            self._context.show_message(words, change_set)
        self.strip.dismiss()
        self.saved.emit(made)
        self.stop_asking()
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self._wait(saving=False)
        match error:
            case Refused(fields=fields) if fields:
                self._show_problems(fields)
            case EditConflict():
                self._ask(error.fields, error.theirs)
            case NotFound():
                words = tr("{reason} What you typed is still here: copy what you need.",
                           reason=str(error))  # fmt: skip
                self.strip.say(words, "danger")
            case UserError():
                self.strip.say(str(error), "danger")
            case _:
                self._context.tasks.failed.emit(error)

    # ---- somebody else

    def _changed(self, areas: frozenset[str]) -> None:
        record = self._record
        if record is None or self._saving or not areas & AREAS:
            return
        customers, actor = self._context.services.customers, self._context.actor
        customer_id = record.id
        self._context.tasks.run(
            self, lambda: customers.get(actor, customer_id), self._noticed, self._gone
        )

    def _noticed(self, theirs: CustomerRecord) -> None:
        fields = changed(self._before, theirs.draft)
        if self._saving or self._discarded or not fields:
            return
        kind = theirs.draft.kind
        names = tr(", ").join(dict.fromkeys(str(field_name(one, kind)) for one in fields))
        words = tr("Somebody else changed this customer just now: {fields}.", fields=names)
        self.strip.say(words, "warn", Action(tr("Take over"), _Reload(self, theirs)))

    def _gone(self, error: BaseException) -> None:
        if isinstance(error, NotFound):
            self.strip.say(tr("This customer was deleted by somebody else just now."), "warn")
        else:
            self._context.tasks.failed.emit(error)

    def reload(self, theirs: CustomerRecord) -> None:
        """Take over what was saved; where I typed something else, ask."""
        mine = self.typed()
        both = set(changed(self._before, mine)) & set(changed(self._before, theirs.draft))
        conflicts = [
            FieldConflict(
                name,
                getattr(self._before, name),
                getattr(theirs.draft, name),
                getattr(mine, name),
            )
            for name in sorted(both)
            if getattr(theirs.draft, name) != getattr(mine, name)
        ]
        if conflicts:
            self._ask_and(conflicts, theirs, self._merge)
        else:
            self._merge(theirs, ())

    def _ask(self, conflicts: Collection[FieldConflict], theirs: CustomerRecord) -> None:
        self._ask_and(conflicts, theirs, self._merge_and_save)

    def _ask_and(
        self,
        conflicts: Collection[FieldConflict],
        theirs: CustomerRecord,
        then: Callable[[CustomerRecord, Collection[str]], None],
    ) -> None:
        names = {**self.fields.names(), **names_of(theirs)}
        dialog = ConflictDialog(self, tuple(conflicts), names)
        dialog.chosen.connect(_Chosen(theirs, then))
        dialog.open()

    def _merge(self, theirs: CustomerRecord, keep_mine: Collection[str]) -> None:
        """The form goes on from what they saved, with what was typed here on top of it."""
        result = merged(self._before, theirs.draft, self.typed(), keep_mine)
        names = {**self.fields.names(), **names_of(theirs)}
        self._record = theirs
        self._fill(theirs.draft, names)
        self.fields.fill(result, names)

    def _merge_and_save(self, theirs: CustomerRecord, keep_mine: Collection[str]) -> None:
        self._merge(theirs, keep_mine)
        self.submit()

    @override
    def _inputs(self) -> list[QLineEdit | QPlainTextEdit]:
        """Nothing is kept behind the user's back: leaving asks."""
        return []


def _another_look() -> str:
    return tr("Some fields need another look. Nothing was saved yet.")


class _Reload:
    """The action of the notice; no lambda, which would keep the form alive."""

    def __init__(self, form: CustomerForm, theirs: CustomerRecord) -> None:
        self._form, self._theirs = form, theirs

    def __call__(self) -> None:
        self._form.reload(self._theirs)


class _Chosen:
    """Hands the choice of a conflict dialog on."""

    def __init__(
        self,
        theirs: CustomerRecord,
        then: Callable[[CustomerRecord, Collection[str]], None],
    ) -> None:
        self._theirs, self._then = theirs, then

    def __call__(self, keep_mine: Collection[str]) -> None:
        self._then(self._theirs, keep_mine)


def open_form(
    parent: QWidget, context: Context, offers: Offers, record: CustomerRecord | None = None
) -> CustomerForm:
    """Open the form over the window that `parent` belongs to."""
    form = CustomerForm(parent, context, offers, record)
    form.setWindowModality(Qt.WindowModality.WindowModal)
    form.open()
    return form
