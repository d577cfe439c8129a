"""One line to be reminded of, understood while one types: 明天下午3点给王伟打电话."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QResizeEvent
from typing_extensions import override

from app.domain.quick_added import AddKind, QuickAdd, Unclear
from app.domain.working_time import WorkingCalendar, usual
from app.i18n import Message, tr
from app.services.finding import Named
from app.ui.context import Context
from app.ui.theme import tokens
from app.ui.widgets.field import LineEdit
from app.ui.widgets.pill import KeyCap
from app.ui.widgets.quick_add_drafts import promise_draft, reminder_draft, said
from app.ui.widgets.quick_add_panel import QuickAddPanel
from app.ui.widgets.quick_add_words import marks_of, named_words, who_mark

if TYPE_CHECKING:
    from app.ui.widgets.suggest import Suggestion

_UNSAVED: Final = "quick_add"
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class QuickAddField(LineEdit):
    """Shows under itself what it understood; Enter saves it, with Undo in the message strip.

    Where a name may mean several customers, Up and Down and Enter choose. Escape closes what is
    open, then leaves (`left`). What is typed stays until it is saved, in every field of the window
    and until the program ends; what could not be saved comes back. Ctrl+Enter opens the dialog
    with what was understood.

    Args:
        context: what screens are given.
        key: the key that leads here, shown at the end while it is empty.
        whose: the customer whose page it stands on: it is theirs where the line names nobody.
    """

    added = Signal(int)  # change set
    left = Signal()

    def __init__(self, context: Context, key: str = "", whose: Named | None = None) -> None:
        self._cap = KeyCap(key) if key else None
        super().__init__(
            tr("Add a reminder"),
            placeholder=tr("Call Grace tomorrow at 3pm…"),
            glyph="plus",
        )
        self.setObjectName("quick_add")
        self._context, self._whose = context, whose
        self._panel: QuickAddPanel | None = None
        self._reading: QuickAdd | Unclear | None = None
        self._who = ""
        self._found: list[Named] | None = []
        self._picked: dict[str, Named | None] = {}  # whom somebody chose for a name
        self._calendar = usual()  # until that of the workspace has come
        self._enter_waits = False
        self._note = ""
        if self._cap:
            self._cap.setParent(self)
            self._cap.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.textChanged.connect(self._typed)
        self.setText(str(context.unsaved.get(_UNSAVED, "")))

    # ---- what it says

    @property
    def reading(self) -> QuickAdd | Unclear | None:
        """What was understood of the line; None where it is empty."""
        return self._reading

    @property
    def panel(self) -> QuickAddPanel:
        """What opens under the field, made when it is first needed."""
        if self._panel is None:
            self._panel = QuickAddPanel(self)
            self._panel.picked.connect(self._pick)
        return self._panel

    def chosen(self) -> Named | None:
        """For whom it will be saved, as far as that is known."""
        if not self._who:
            return self._whose
        if self._who in self._picked:
            return self._picked[self._who]
        return self._found[0] if self._found is not None and len(self._found) == 1 else None

    def _to_choose(self) -> list[Named]:
        several = self._found is not None and len(self._found) > 1
        return list(self._found or ()) if several and self._who not in self._picked else []

    def _typed(self, text: str) -> None:
        self._context.unsaved[_UNSAVED] = text
        self._note, self._enter_waits = "", False
        if self._cap:
            self._cap.setVisible(not text)
        if not text.strip():
            self._reading, self._who, self._found = None, "", []
            self._picked = {}
            self._close()
            return
        self._read(text)

    def _read(self, text: str) -> None:
        if not text.strip():
            return
        # its many words take time that the start need not spend
        from app.domain.quick_add import understand

        now = self._context.services.clock.now().astimezone().replace(tzinfo=None)
        self._reading = understand(text, now, self._calendar)
        self._look_up(self._reading.who)
        self._show()

    def _calendar_came(self, calendar: WorkingCalendar) -> None:
        if calendar != self._calendar:
            self._calendar = calendar
            self._read(self.text())

    def _look_up(self, who: str) -> None:
        if who == self._who:
            return
        self._who, self._found = who, None if who else []
        if who:
            find, actor = self._context.services.find, self._context.actor
            self._context.tasks.run(self, lambda: find.named(actor, who), partial(self._came, who))

    def _came(self, who: str, found: list[Named]) -> None:
        if who != self._who:
            return
        self._found = found
        if self._enter_waits:
            self._enter_waits = False
            self.submit()
        self._show()

    def _show(self) -> None:
        reading = self._reading
        if reading is None or not self.hasFocus():
            return
        today = self._context.services.clock.today()
        alone = self._who in self._picked and self._picked[self._who] is None
        who = None if alone else who_mark(self._who, self._found, self.chosen())
        marks = marks_of(reading, who, today)
        note = self._note or self._advice(reading)
        wrong = bool(self._note) or isinstance(reading, Unclear)
        entries: list[Suggestion] = [(named_words(one), one) for one in self._to_choose()]
        if entries:
            entries.append((tr("Without a customer"), None))
        self.panel.show_marks(marks, note, entries, wrong=wrong)
        spoken = ", ".join([*self.panel.words(), note])
        self.setAccessibleDescription(spoken)

    def _advice(self, reading: QuickAdd | Unclear) -> str:
        if isinstance(reading, Unclear):
            return str(reading.problem)
        if missing := self._missing(reading):
            return str(missing)
        if self._who and self._found is not None and self.chosen() is None:
            return tr("Enter saves it without a customer, Ctrl+Enter shows everything.")
        return tr("Enter saves it, Ctrl+Enter shows everything.")

    def _missing(self, reading: QuickAdd) -> Message | None:
        if not reading.text:
            return Message("What is to be done then? Write it beside the time.")
        if self._to_choose():
            return Message("Choose with ↑ and ↓ whom it is about, or write the whole name.")
        unknown = self._found is not None and self.chosen() is None
        if reading.kind is AddKind.PROMISE and reading.rule:
            return Message("A promise is kept once: leave out how often, or write a reminder.")
        if reading.kind is AddKind.PROMISE and unknown:
            return Message("A promise needs its customer: write to whom it was made.")
        return None

    # ---- saving

    def submit(self) -> None:
        """Save what was understood; what is missing is said instead."""
        reading = self._reading
        if not isinstance(reading, QuickAdd):
            self._say(str(reading.problem) if reading else "")
        elif self._found is None:
            self._enter_waits = True
        elif missing := self._missing(reading):
            self._say(str(missing))
        else:
            self._save(reading, self.chosen())

    def _say(self, words: str) -> None:
        self._note = words
        self._show()

    def _save(self, reading: QuickAdd, chosen: Named | None) -> None:
        typed, services, actor = self.text(), self._context.services, self._context.actor
        today = services.clock.today()
        promise = reading.kind is AddKind.PROMISE

        def work() -> int | None:
            if promise and chosen is not None:
                draft = promise_draft(reading, chosen, today)
                return services.promises.make(actor, chosen.customer_id, draft).change_set_id
            note = reminder_draft(reading, chosen, today)
            return services.reminders.add(actor, note).change_set_id

        words = said(reading)

        def done(change_set_id: int | None) -> None:
            self._context.show_message(words, change_set_id)
            self.added.emit(change_set_id or 0)

        self.clear()
        self._context.tasks.run(self, work, done, partial(self._give_back, typed), lane="write")

    def _give_back(self, typed: str, error: BaseException) -> None:
        since = self.text()
        self.setText(f"{typed} {since}" if since else typed)
        self._context.tasks.failed.emit(error)

    def open_dialog(self) -> None:
        """Everything about it, as far as it was understood; saved there, the line goes."""
        from app.ui.promise_dialog import open_promise
        from app.ui.reminder_dialog import open_reminder

        reading, chosen = self._reading, self.chosen()
        today = self._context.services.clock.today()
        if reading is None:
            open_reminder(self, self._context, then=self.clear)
        elif reading.kind is AddKind.PROMISE:
            open_promise(
                self, self._context, then=self.clear,
                customer_id=chosen.customer_id if chosen else None,
                draft=promise_draft(reading, chosen, today),
            )  # fmt: skip
        else:
            draft = reminder_draft(reading, chosen, today)
            open_reminder(self, self._context, draft=draft, then=self.clear)

    # ---- keys

    def _pick(self, _words: str, one: Named | None) -> None:
        self._picked[self._who], self._note = one, ""
        self._show()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in _ENTER and control:
            self.open_dialog()
        elif event.key() in _ENTER:
            if not self._take():
                self.submit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._to_choose():
            self.panel.step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _take(self) -> bool:
        return self._panel is not None and bool(self._to_choose()) and self._panel.take()

    def _leave(self) -> None:
        if self._panel is not None and not self._panel.isHidden():
            self._close()
        else:
            self.left.emit()

    def _close(self) -> None:
        if self._panel is not None:
            self._panel.hide()

    # ---- what Qt asks

    @override
    def room_at_the_end(self) -> int:
        return 32 if self._cap else 0

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._cap:
            right = self.width() - self._cap.width() - tokens().px(6)
            self._cap.move(right, (self.height() - self._cap.height()) // 2)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        kept = str(self._context.unsaved.get(_UNSAVED, ""))
        if kept != self.text():
            self.setText(kept)
        self._context.tasks.run(self, self._context.services.calendar, self._calendar_came)
        self._show()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._close()
        super().focusOutEvent(event)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._close()
        super().hideEvent(event)
