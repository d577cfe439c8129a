"""What one does with lines of reminders: done, put off, left out, moved, deleted, opened."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from app.domain.promises import PromiseState
from app.domain.reminders import LABELS as OUTCOMES
from app.domain.reminders import Outcome
from app.errors import Refused
from app.i18n import Message, ntr, tr
from app.services.due import ReminderLine
from app.services.reminders import Written
from app.ui.context import Context
from app.ui.reminder_lines import due_day_words, whom_words
from app.ui.reminder_words import due_words, until_words
from app.ui.widgets.menu import Menu
from app.ui.widgets.snooze_menu import SnoozeMenu

if TYPE_CHECKING:
    from app.ui.due_words import Due

# The dialogs are imported when they are asked for: what they read days with takes time that the
# first page of the program need not spend.

Lines = Sequence[ReminderLine]
_Offer = tuple[str, Callable[[], object], str, str]
"""Words, what is done, icon, key."""


class ReminderActs(QObject):
    """Writes in the background and says it with its undo. Several lines are shown beforehand."""

    written = Signal()

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(owner)
        self._context, self._owner = context, owner
        self._clock = context.services.clock
        self._snoozing: Lines = ()
        self.menu = Menu(owner, tr("What to do with this line"))
        self.snooze_menu = SnoozeMenu(owner, self._until_chosen)

    def do(self, action: str, lines: Lines, at: QPoint) -> None:
        """One of: open, edit, done, snooze, skip, move, delete. A menu opens at this point."""
        match action:
            case "open":
                self.open(lines[0])
            case "edit":
                self.edit(lines[0])
            case "done":
                self.done(lines)
            case "snooze":
                self.snooze(lines, at)
            case "skip":
                self.skip(lines)
            case "move":
                self.ask_move(lines)
            case "delete":
                self.delete(lines)

    # ---- each of them

    def open(self, line: ReminderLine) -> None:
        """The page of the customer it is about; of what stands alone, itself."""
        if line.customer_id is not None and line.customer:
            self._context.navigate("customer", line.customer_id)
        else:
            self.edit(line)

    def edit(self, line: ReminderLine) -> None:
        """What is written down of it: text, day, repetition, whose work."""
        if line.promise_id is not None:
            from app.ui.promise_dialog import open_promise

            open_promise(
                self._owner,
                self._context,
                promise_id=line.promise_id,
                customer_id=line.customer_id,
            )
        else:
            from app.ui.reminder_dialog import open_reminder

            open_reminder(self._owner, self._context, reminder_id=line.id)

    def done(self, lines: Lines) -> None:
        """They are done."""
        self._end(lines, Outcome.DONE)

    def skip(self, lines: Lines) -> None:
        """They are left out this time; a promise cannot be."""
        if any(one.promise_id is not None for one in _open(lines)):
            words = Message("A promise cannot be skipped. Keep it, move it, or say how it ended.")
            self._context.show_message(words, kind="warn")
        else:
            self._end(lines, Outcome.SKIPPED)

    def end_promises(self, lines: Lines, state: PromiseState) -> None:
        """They were not kept, or are not asked for any more: it is asked why."""
        ids = [one.promise_id for one in _open(lines) if one.promise_id is not None]
        if ids:
            from app.ui.promise_dialogs import PromiseEnd

            PromiseEnd(self._owner, self._context, ids, state).open()

    def snooze(self, lines: Lines, at: QPoint) -> None:
        """Ask until when, at this point of the screen."""
        wanted = _open(lines)
        if not wanted:
            return
        self._snoozing = wanted
        now = self._clock.now()
        self.snooze_menu.fill(now, self._next_workday(now.astimezone().date()))
        self.snooze_menu.popup(at)

    def ask_move(self, lines: Lines, to: date | None = None) -> None:
        """Ask for the day to which they go."""
        wanted = _open(lines)
        if wanted:
            from app.ui.move_dialog import MoveDialog

            move = partial(self._moved, wanted)
            MoveDialog(self._owner, self._clock.now, wanted, move, to).open()

    def move(self, lines: Lines, day: date) -> None:
        """Put them on another day; of a promise it is asked why."""
        wanted = [one for one in _open(lines) if one.due_on != day]
        if any(one.promise_id is not None for one in wanted):
            self.ask_move(wanted, day)
        elif wanted:
            self._moved(wanted, day, "")

    def delete(self, lines: Lines) -> None:
        """Put them into the recycle bin."""
        ids = [one.id for one in lines]
        service, actor = self._context.services.reminders, self._context.actor
        words = Message("1 reminder is deleted.", "{count} reminders are deleted.",
                        {"count": len(ids)})  # fmt: skip
        self._shown_before(
            lines,
            ntr("Delete {count} reminder?", "Delete {count} reminders?", len(ids)),
            tr("Delete"),
            lambda _line: tr("In the recycle bin"),
            partial(self._write, partial(service.delete, actor, ids), words),
        )

    # ---- how

    def _end(self, lines: Lines, outcome: Outcome) -> None:
        wanted = _open(lines)
        if not wanted:
            return
        done = outcome is Outcome.DONE
        service, actor = self._context.services.reminders, self._context.actor
        write = service.done if done else service.skip
        ids = [one.id for one in wanted]
        self._shown_before(
            wanted,
            ntr("{count} line is done?", "{count} lines are done?", len(ids))
            if done
            else ntr("Skip {count} line?", "Skip {count} lines?", len(ids)),
            tr("Done") if done else tr("Skip"),
            lambda _line: str(OUTCOMES[outcome]),
            partial(self._write, partial(write, actor, ids), _ended_words(wanted, done=done)),
        )

    def _until_chosen(self, until: datetime | None) -> None:
        lines = self._snoozing
        if until is None:
            from app.ui.widgets.snooze_dialog import SnoozeDialog

            words = lines[0].text if len(lines) == 1 else _many(lines)
            put_off = partial(self._put_off, lines)
            SnoozeDialog(self._owner, self._clock.now, put_off, words).open()
        else:
            self._put_off(lines, until)

    def _put_off(self, lines: Lines, until: datetime) -> None:
        service, actor = self._context.services.reminders, self._context.actor
        ids, back = [one.id for one in lines], until_words(until, self._clock.now())
        words = Message(
            "Put off until {when}.", "{count} reminders are put off until {when}.",
            {"count": len(ids), "when": back},
        )  # fmt: skip
        self._shown_before(
            lines,
            ntr("Put off {count} line?", "Put off {count} lines?", len(ids)),
            tr("Snooze"),
            lambda _line: back,
            partial(self._write, partial(service.snooze, actor, ids, until), words),
        )

    def _moved(self, lines: Lines, due: "Due", why: str) -> None:
        from app.ui.move_dialog import moved_to

        now, count = self._clock.now(), len(lines)
        words = Message(
            "Moved to {when}.", "{count} lines are moved to {when}.",
            {"count": count, "when": due_words(moved_to(lines[0], due), now)},
        )  # fmt: skip
        self._shown_before(
            lines,
            ntr("Move {count} line?", "Move {count} lines?", count),
            tr("Give another day"),
            lambda line: due_words(moved_to(line, due), now),
            partial(self._write, partial(self._move_all, lines, due, why), words),
        )

    def _move_all(self, lines: Lines, due: "Due", why: str) -> Written:
        from app.ui.move_dialog import moved_to

        service, actor = self._context.services.reminders, self._context.actor
        return service.move_all(actor, {one.id: moved_to(one, due) for one in lines}, why)

    def _shown_before(
        self,
        lines: Lines,
        title: str,
        button: str,
        after: Callable[[ReminderLine], str],
        do: Callable[[], object],
    ) -> None:
        """Several are listed first; of one everybody sees what happens."""
        if len(lines) < 2:
            do()
            return
        from app.ui.reminder_preview import Planned, PreviewDialog

        today, me = self._clock.now().astimezone().date(), self._context.actor.id
        planned = [
            Planned(one.text, whom_words(one, me), due_day_words(one, today), after(one))
            for one in lines
        ]
        PreviewDialog(self._owner, title, button, planned, do).open()

    def _write(self, work: Callable[[], Written], words: Message) -> None:
        self._context.tasks.run(self, work, partial(self._was_written, words), lane="write")

    def _was_written(self, words: Message, written: Written) -> None:
        if written.ids:
            self._context.show_message(words, written.change_set_id)
        else:
            gone = Message("Somebody else has dealt with it already.")
            self._context.show_message(gone, kind="plain")
        self.written.emit()

    def _next_workday(self, day: date) -> date:
        try:
            return self._context.services.calendar().next_workday(day)
        except Refused:
            return day + timedelta(days=1)

    # ---- all of it, in a menu

    def _offers(self, lines: Lines, at: QPoint) -> list[_Offer]:
        promised = all(one.promise_id is not None for one in _open(lines))
        skip = (tr("Skip"), partial(self.skip, lines), "skip-forward", "X")
        return [
            (tr("Done"), partial(self.done, lines), "check", "D"),
            (tr("Snooze…"), partial(self.snooze, lines, at), "alarm-clock", "S"),
            *(self._ends(lines) if promised else [skip]),
            (tr("Another day…"), partial(self.ask_move, lines), "calendar-clock", "M"),
        ]

    def _ends(self, lines: Lines) -> list[_Offer]:
        broken, released = PromiseState.BROKEN, PromiseState.RELEASED
        return [
            (tr("Not kept…"), partial(self.end_promises, lines, broken), "x", ""),
            (tr("Released…"), partial(self.end_promises, lines, released), "unlink", ""),
        ]

    def open_menu(self, lines: Lines, at: QPoint) -> None:
        """What can be done with these lines, with the keys."""
        menu = self.menu
        menu.empty()
        if len(lines) == 1 and lines[0].customer:
            menu.put(tr("Open"), partial(self.open, lines[0]), glyph="user", key="Return")
        if _open(lines):
            for words, do, glyph, key in self._offers(lines, at):
                menu.put(words, do, glyph=glyph, key=key)
            if len(lines) == 1:
                menu.put(tr("Change…"), partial(self.edit, lines[0]), glyph="pencil", key="E")
            menu.addSeparator()
        menu.put(tr("Delete"), partial(self.delete, lines), glyph="trash-2", key="Del")
        menu.popup(at)


def _open(lines: Lines) -> list[ReminderLine]:
    """Those that are not over."""
    return [one for one in lines if one.closed_at is None]


def _many(lines: Lines) -> str:
    return ntr("{count} line", "{count} lines", len(lines))


def _ended_words(lines: Lines, *, done: bool) -> Message:
    params = {"count": len(lines), "what": lines[0].text}
    if done:
        return Message("“{what}” is done.", "{count} lines are done.", params)
    return Message("“{what}” is skipped this time.", "{count} lines are skipped this time.", params)
