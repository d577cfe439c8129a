"""Changing one value: Enter saves, Escape leaves, Tab saves and goes on; conflicts are settled."""

from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from app.domain.field_words import FIELD_NAMES
from app.errors import Conflict, Refused, UserError
from app.i18n import Message, tr
from app.services.custom_fields import ValueConflict
from app.services.customer_editing import EditConflict
from app.services.customer_page import CustomerPage
from app.ui.context import Context
from app.ui.customer.profile_editors import ChoiceEditor, NotesEditor, Offers
from app.ui.customer.profile_subjects import Subject
from app.ui.widgets.button import Button
from app.ui.widgets.duplicate_hint import DuplicateHint
from app.ui.widgets.field import Field
from app.ui.widgets.layout import STRETCH, col, hold, row
from app.ui.widgets.text import Label

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TELLING: Final = ("name", "tax_id")
_TABS: Final = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}


class Editing(QWidget):
    """The input for one value of one customer. It knows what it began with."""

    left = Signal()
    saved = Signal(object, object, str)  # this, the page as it is now, and the value in words
    moved = Signal(int)  # it is being saved, and the keyboard goes on or back; 0: it stays

    def __init__(self, context: Context, subject: Subject, page: CustomerPage) -> None:
        super().__init__()
        self._context, self._subject, self._page = context, subject, page
        self.saving = False
        title = str(subject.title(page))
        self._title = title
        self._editor = subject.editor(context, page)
        self._began_with = self._editor.value()
        self._field = Field(title, self._editor.entry)
        self._editor.entry.setObjectName(subject.key)
        self._editor.keys.installEventFilter(self)
        self._conflict = self._make_conflict()
        self.hint = self._make_hint()
        lines = isinstance(self._editor, NotesEditor)
        self.save = Button(tr("Save"), size="small", key="Ctrl ↵" if lines else "↵")
        self.save.setObjectName("save")
        self.save.clicked.connect(self._save)
        self.cancel = Button(tr("Cancel"), "quiet", size="small", key="Esc")
        self.cancel.setObjectName("cancel")
        self.cancel.clicked.connect(self.leave)
        self._buttons = hold(row(self.save, self.cancel, STRETCH, gap=8))
        parts = (self._field, self._conflict, self._buttons, self.hint)
        self.setLayout(col(*parts, gap=6, margins=(0, 4, 0, 8)))
        if isinstance(self._editor, NotesEditor):
            self._editor.area.finished.connect(self._save)
        if isinstance(self._editor, ChoiceEditor):
            self._editor.box.picked.connect(self._save)
        if self._editor.wants_offers:
            self._ask_offers()

    def _make_conflict(self) -> QWidget:
        self._theirs = Label("", "small", "warn_ink").wrapped()
        self._theirs.setObjectName("theirs_words")
        self.take_theirs = Button(tr("Take theirs"), size="small")
        self.take_theirs.setObjectName("take_theirs")
        self.take_theirs.clicked.connect(self.leave)
        self.keep_mine = Button(tr("Save mine"), size="small")
        self.keep_mine.setObjectName("keep_mine")
        self.keep_mine.clicked.connect(self._save)
        made = hold(col(self._theirs, row(self.take_theirs, self.keep_mine, STRETCH), gap=6))
        made.hide()
        return made

    def _make_hint(self) -> DuplicateHint | None:
        """Says who else is called so, where the value is one by which customers are known."""
        if self._subject.key not in _TELLING or not isinstance(self._editor.entry, QLineEdit):
            return None
        self._editor.entry.textChanged.connect(self._look_for_others)
        return DuplicateHint(self._context, self._page.record.id)

    def _look_for_others(self) -> None:
        if self.hint is None:
            return
        if self.is_changed():
            draft = self._page.record.draft
            typed = {"points": (), self._subject.key: self._editor.value()}
            self.hint.look_for(replace(draft, **typed))
        else:
            self.hint.clear()

    @property
    def customer_id(self) -> int:
        """Whose value it is."""
        return self._page.record.id

    def start(self) -> None:
        """Put the keyboard into it; while it is being saved, beside it."""
        if self.saving:
            self.setFocus()
        else:
            self._editor.start()

    def has_keys(self) -> bool:
        """Whether the keyboard is here."""
        return _holds(self, self.window().focusWidget())

    def is_changed(self) -> bool:
        """Whether anything was typed that is not saved."""
        return self._editor.problem() is not None or self._editor.value() != self._began_with

    def problem(self) -> str:
        """What is said to be wrong."""
        return self._field.wrong()

    # ---- what can be chosen

    def _ask_offers(self) -> None:
        services, actor = self._context.services, self._context.actor

        def look() -> Offers:
            staff = {one: name for one, name, _ in services.staff.choices()}
            return Offers(staff, services.customers.known(actor))

        self._context.tasks.run(self, look, self._editor.offer)

    # ---- saving and leaving

    def submit(self, step: int) -> None:
        """Save in passing; the keyboard stays (0), or goes on (1) or back (-1) at once.

        What somebody else saved meanwhile is not passed over: it waits for its answer.
        """
        if self._conflict.isHidden():
            self._submit(step)

    def _save(self) -> None:
        self._submit(0)

    def _submit(self, step: int) -> None:
        if self.saving:
            return
        problem = self._editor.problem()
        if problem is not None:
            self._say(str(problem))
            return
        if not self.is_changed():
            self.moved.emit(step)
            self.left.emit()
            return
        self._say("")
        self._wait(saving=True)
        self._write()
        self.moved.emit(step)

    def leave(self) -> None:
        """Give up what was typed."""
        if not self.saving:
            self.left.emit()

    def _wait(self, *, saving: bool) -> None:
        self.saving = saving
        if saving and self.has_keys():
            self.setFocus()  # else the keyboard would leave with the input that is switched off
        for part in (self._editor.entry, self.save, self.cancel, self.keep_mine, self.take_theirs):
            part.setEnabled(not saving)

    def _write(self) -> None:
        services, actor = self._context.services, self._context.actor
        subject, page, value = self._subject, self._page, self._editor.value()

        def work() -> tuple[CustomerPage, int | None]:
            before = services.history.last(actor)
            kept = subject.save(services, actor, page, value)
            now = services.history.last(actor)
            return kept, now.id if now is not None and now != before else None

        self._context.tasks.run(
            self, work, self._done, self._failed, title=Message("Saving"), lane="write"
        )

    def _done(self, outcome: tuple[CustomerPage, int | None]) -> None:
        page, change_set = outcome
        if change_set is not None:
            field = self._subject.title(self._page)
            params: dict[str, Any] = {"name": self._page.record.draft.name, "field": field}
            self._context.show_message(Message("{name}: {field} saved.", params=params), change_set)
        self.saving = False
        self.saved.emit(self, page, self._editor.words())

    def _failed(self, error: BaseException) -> None:
        had_keys = self.has_keys()
        self._wait(saving=False)
        match error:
            case EditConflict() | ValueConflict():
                self._settle(error)
            case Refused(fields=fields) if fields:
                self._say(self._refusal(error))
            case UserError():
                self._say(str(error))
            case _:
                self._context.tasks.failed.emit(error)
        if had_keys:
            self.start()

    def _refusal(self, error: Refused) -> str:
        key = self._subject.key
        for name in (key, "value"):
            if name in error.fields:
                return str(error.fields[name])
        name, problem = next(iter(error.fields.items()))
        field = FIELD_NAMES.get(name.partition(".")[0], Message("Another field"))
        return tr("{field}: {problem}", field=str(field), problem=str(problem))

    def _say(self, problem: str) -> None:
        self._field.set_wrong(problem)

    # ---- somebody else

    def _settle(self, conflict: Conflict) -> None:
        """Show theirs beside mine; saving once more keeps mine."""
        self._page = self._subject.theirs(self._page, conflict)
        words = self._subject.words(self._page) or tr("empty")
        self._theirs.setText(tr("Somebody else saved meanwhile: {value}", value=words))
        self._conflict.show()
        self._buttons.hide()

    # ---- keys

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        """Whether the key was meant for us rather than for the input."""
        key = Qt.Key(event.key())
        if key in _TABS and self._conflict.isHidden():
            self._editor.settle()
            self.submit(_TABS[key])
            return True
        if key == Qt.Key.Key_Escape and not self._editor.needs_escape():
            self.leave()
            return True
        if key in _ENTER and not event.modifiers() and not self._editor.needs_enter():
            self._save()
            return True
        return False


def _holds(widget: QWidget, focus: QWidget | None) -> bool:
    return focus is not None and (focus is widget or widget.isAncestorOf(focus))
