"""What was shown and waits, dealt with by one key; and what was shown earlier, as a log."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import numpy as np
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from typing_extensions import override

from app.domain.reminders import Notice
from app.i18n import Message, ntr, number, tr
from app.services.due import Shown
from app.ui.answers import OPENED, Answers
from app.ui.changes import WhileShown
from app.ui.commands import Command
from app.ui.context import Context
from app.ui.notifications.columns import log_columns, waiting_columns
from app.ui.screen import Screen, State, Target
from app.ui.table_model import Ids, ListModel, RowSource
from app.ui.watcher import first_workday
from app.ui.widgets.button import Button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.layout import STRETCH, col, fix, hold, row
from app.ui.widgets.menu import Menu
from app.ui.widgets.segmented import SegmentedControl
from app.ui.widgets.snooze_dialog import SnoozeDialog
from app.ui.widgets.snooze_menu import SnoozeMenu
from app.ui.widgets.surface import Line, Surface
from app.ui.widgets.table import BigTable
from app.ui.widgets.text import muted

AREAS: Final = frozenset({"reminder", "promise", "customer", "delivery"})
WAITING, LOG = 0, 1


class NotificationsScreen(Screen):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("notifications")
        self._context = context
        self._clock = context.services.clock
        self._waiting: dict[int, Notice] = {}
        self._log: dict[int, Shown] = {}
        self._loaded = self._focus_due = False
        self._edition = 0
        self._target: int | None = None
        services = context.services
        self.answers = Answers(services.reminders, services.due, context.actor, context.tasks, self)
        self.model: ListModel[Notice] = ListModel(
            waiting_columns(self._clock.now), RowSource(self._waiting_rows), parent=self
        )
        self.log_model: ListModel[Shown] = ListModel(
            log_columns(self._clock.now), RowSource(self._log_rows), parent=self
        )
        self.table = BigTable(self.model, "waiting_list")
        self.table.setAccessibleName(tr("Notifications that wait"))
        self.log = BigTable(self.log_model, "shown_list")
        self.log.setAccessibleName(tr("Notifications shown earlier"))
        self._make_buttons()
        self._menu = Menu(self, tr("Notification"))
        self.snooze_menu = SnoozeMenu(self, self._snooze)
        self._arrange()
        self._connect()
        self.reload()

    def _make_buttons(self) -> None:
        self.part = SegmentedControl([tr("Waiting"), tr("Earlier")], tr("Which notifications"))
        self.part.setObjectName("part")
        self.snooze_all_button = Button(tr("Snooze all"), glyph="alarm-clock")
        self.snooze_all_button.setObjectName("snooze_all")
        self.all_button = Button(tr("All done"), glyph="check-check")
        self.all_button.setObjectName("all_done")
        self.open_button = Button(tr("Open"), key="↵", size="small")
        self.open_button.setObjectName("open")
        self.done_button = Button(tr("Done"), "good", key="D", size="small")
        self.done_button.setObjectName("done")
        self.snooze_button = Button(tr("Snooze"), key="S", size="small")
        self.snooze_button.setObjectName("snooze")
        self._count = muted()
        self._count.setObjectName("count")
        self.empty = EmptyState(
            "bell",
            tr("Nothing waits for you"),
            tr("Reminders stand here from the moment they call until they are dealt with."),
        )
        self.empty_log = EmptyState(
            "bell",
            tr("Nothing was shown yet"),
            tr("This log says when and where every reminder was shown, and what was done with it."),
        )

    def _arrange(self) -> None:
        foot = row(
            self._count,
            STRETCH,
            self.open_button,
            self.done_button,
            self.snooze_button,
            gap=8,
            margins=(16, 0, 12, 0),
        )
        self._list = hold(col((self.table, 1), Line(), fix(hold(foot, "foot"), height=44), gap=0))
        self._stack = QStackedWidget()
        self._log_page = hold(col((self.log, 1), gap=0, margins=(0, 0, 0, 12)))
        for one in (self._list, self.empty, self._log_page, self.empty_log):
            self._stack.addWidget(one)
        ground = Surface("card", "notifications_card")
        ground.setLayout(col((self._stack, 1), gap=0, margins=1))
        self.setLayout(col((ground, 1)))

    def _connect(self) -> None:
        self.part.chosen.connect(self._show_part)
        self.table.opened.connect(self.open_one)
        self.table.menu_asked.connect(self._open_menu)
        self.table.selection.changed.connect(self._show_count)
        self.log.opened.connect(self._open_logged)
        self.open_button.clicked.connect(self.open_chosen)
        self.done_button.clicked.connect(self.done_chosen)
        self.snooze_button.clicked.connect(self.snooze_chosen)
        self.all_button.clicked.connect(self.done_all)
        self.snooze_all_button.clicked.connect(self.snooze_all)
        self.answers.written.connect(self._say)
        self.answers.failed.connect(self.reload)
        WhileShown(self, self._context.changes, self._changed)

    # ---- the lists

    def reload(self) -> None:
        """Ask anew what waits, and what was shown."""
        self._edition += 1
        edition, actor, due = self._edition, self._context.actor, self._context.services.due

        def came(found: tuple[list[Notice], list[Shown]]) -> None:
            if edition == self._edition:
                self._show(*found)

        self._context.tasks.run(self, lambda: (due.waiting(actor), due.shown(actor)), came)

    def _show(self, waiting: list[Notice], log: list[Shown]) -> None:
        self._loaded = True
        self._waiting = {one.reminder_id: one for one in waiting}
        # a line of the log has no number of its own: one reminder is shown more than once
        self._log = dict(enumerate(log))
        place = max(0, self.table.currentIndex().row())
        _set(self.model, self._waiting)
        _set(self.log_model, self._log)
        self.part.set_segments([(tr("Waiting"), len(waiting)), tr("Earlier")])
        if self._target is not None and self.table.go_to(self._target):
            self._target = None
        elif self.table.current_id() is None and waiting:
            # what was current is dealt with: the next one is where it was
            self.table.go_to(waiting[min(place, len(waiting) - 1)].reminder_id)
        self._show_part()
        if self._focus_due:
            self.focus_search()

    def _show_part(self, _part: int = 0) -> None:
        if self.part.current() == LOG:
            shown = self._log_page if self._log else self.empty_log
        else:
            shown = self._list if self._waiting else self.empty
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self._stack.isAncestorOf(focus)
        self._stack.setCurrentWidget(shown)
        if had_focus:
            self.focus_search()
        self._show_count()
        self.header_changed.emit()

    def _show_count(self) -> None:
        chosen, total = self.table.selection.count(), len(self._waiting)
        self._count.setText(
            tr("Selected {chosen} / {total}", chosen=number(chosen), total=number(total))
        )
        for button in (self.open_button, self.done_button, self.snooze_button):
            button.setEnabled(chosen > 0)
        self.open_button.setEnabled(chosen == 1)
        for button in (self.all_button, self.snooze_all_button):
            button.setVisible(self._is_waiting_shown())
            button.setEnabled(total > 0)
            button.setToolTip("" if total else tr("Nothing waits for you"))

    def _waiting_rows(self, ids: Ids) -> list[Notice | None]:
        return [self._waiting.get(int(one)) for one in ids]

    def _log_rows(self, ids: Ids) -> list[Shown | None]:
        return [self._log.get(int(one)) for one in ids]

    def _changed(self, areas: frozenset[str]) -> None:
        if areas & AREAS:
            self.reload()

    # ---- what one does here

    def anything_chosen(self) -> bool:
        """Whether there is something to deal with."""
        return self._is_waiting_shown() and self.table.selection.count() > 0

    def anything_waits(self) -> bool:
        """Whether there is anything at all."""
        return self._is_waiting_shown() and bool(self._waiting)

    def _is_waiting_shown(self) -> bool:
        return self.part.current() == WAITING

    def _chosen(self) -> list[int]:
        return [int(one) for one in self.table.selection.ids()]

    def open_chosen(self) -> None:
        """Open what the chosen line is about."""
        chosen = self._chosen()
        if chosen:
            self.open_one(chosen[0])

    def open_one(self, reminder_id: int) -> None:
        """Open the customer of a reminder."""
        notice = self._waiting.get(reminder_id)
        if notice is None:
            return
        self.answers.note([reminder_id], OPENED)
        self._go(notice.customer_id, notice.customer)

    def _open_logged(self, place: int) -> None:
        line = self._log.get(place)
        if line is not None:
            self._go(line.customer_id, line.customer)

    def _go(self, customer_id: int | None, customer: str) -> None:
        if customer_id is not None and customer:
            self._context.navigate("customer", customer_id)
        else:
            self._context.show_message(
                Message("This reminder stands alone: there is no customer to open."), kind="plain"
            )

    def done_chosen(self) -> None:
        """The chosen ones are done."""
        if self.anything_chosen():
            self._end(self._chosen())

    def done_all(self) -> None:
        """Everything that waits is done."""
        if self._waiting:
            self._end(list(self._waiting))

    def _end(self, ids: list[int]) -> None:
        self.answers.done(ids)
        self._take_out(ids)

    def snooze_until(self, ids: list[int], until: datetime) -> None:
        """Be quiet about these until then."""
        self.answers.snooze(ids, until)
        self._take_out(ids)

    def _take_out(self, ids: list[int]) -> None:
        """At once: the next key is for the next line, however long the writing takes."""
        gone = set(ids)
        left = [one for one in self._waiting.values() if one.reminder_id not in gone]
        self._edition += 1  # what is on its way does not know of it
        self._show(left, list(self._log.values()))

    def snooze_chosen(self) -> None:
        """Offer how long to put off the chosen ones."""
        if self.anything_chosen():
            self._offer_snooze(self.snooze_button)

    def snooze_all(self) -> None:
        """Offer how long to put off everything that waits."""
        self.table.selection.choose_all()
        if self._waiting:
            self._offer_snooze(self.snooze_all_button)

    def _offer_snooze(self, under: QWidget) -> None:
        now = self._clock.now()
        calendar = self._context.services.calendar()
        self.snooze_menu.fill(now, first_workday(calendar, now.astimezone().date()))
        if under is self.snooze_button:
            self.snooze_menu.open_over(under)
        else:
            self.snooze_menu.open_under(under)

    def _snooze(self, until: datetime | None) -> None:
        chosen = self._chosen()
        if until is not None:
            self.snooze_until(chosen, until)
            return
        one = self._waiting.get(chosen[0]) if len(chosen) == 1 else None
        words = one.text if one else ntr("{count} reminder", "{count} reminders", len(chosen))
        SnoozeDialog(self, self._clock.now, _SnoozeLater(self, chosen), words).open()

    def _say(self, words: Message, change_set_id: int | None) -> None:
        self._context.show_message(words, change_set_id)

    def _open_menu(self, at: QPoint) -> None:
        if not self.anything_chosen():
            return
        self._menu.empty()
        self._menu.put(tr("Open"), self.open_chosen, glyph="arrow-right")
        self._menu.put(tr("Done"), self.done_chosen, glyph="check", tone="good_ink")
        self._menu.put(tr("Snooze…"), self.snooze_chosen, glyph="alarm-clock")
        self._menu.popup(at)

    # ---- what the window asks

    @override
    def title(self) -> Message:
        return Message("Notifications")

    @override
    def subtitle(self) -> str:
        if not self._loaded:
            return tr("Loading…")
        return ntr("{count} waits for you", "{count} wait for you", len(self._waiting))

    @override
    def header_actions(self) -> Sequence[QWidget]:
        return (self.part, self.snooze_all_button, self.all_button)

    @override
    def commands(self) -> Sequence[Command]:
        group = Message("Notifications")
        chosen = self.anything_chosen
        return (
            Command("notifications.open", Message("Open the customer"), group, "Return",
                    "arrow-right"),
            Command("notifications.done", Message("The chosen ones are done"), group, "D",
                    "check", self.done_chosen, chosen),
            Command("notifications.snooze", Message("Put off the chosen ones"), group, "S",
                    "alarm-clock", self.snooze_chosen, chosen),
            Command("notifications.all_done", Message("Everything is done"), group, "Shift+D",
                    "check-check", self.done_all, self.anything_waits),
            Command("notifications.back", Message("Back to where you were"), group, "Esc",
                    "undo-2", self.leave_wanted.emit),
        )  # fmt: skip

    @override
    def show_target(self, target: Target) -> None:
        if isinstance(target, int):
            self.part.set_current(WAITING)
            if not self.table.go_to(target):
                self._target = target

    @override
    def focus_search(self) -> None:
        self._focus_due = not self._loaded
        in_log = self.part.current() == LOG
        first = (self.log if self._log else self.part) if in_log else self.table
        (first if in_log or self._waiting else self.part).setFocus()

    @override
    def state(self) -> State:
        return {"part": self.part.current()}

    @override
    def restore(self, state: State) -> None:
        self.part.set_current(int(state.get("part", WAITING)))


class _SnoozeLater:
    """What the dialog does when a time was typed."""

    def __init__(self, screen: NotificationsScreen, ids: list[int]) -> None:
        self._screen, self._ids = screen, ids

    def __call__(self, until: datetime) -> None:
        self._screen.snooze_until(self._ids, until)


def _set(
    model: ListModel[Notice] | ListModel[Shown], rows: dict[int, Notice] | dict[int, Shown]
) -> None:
    ids = np.fromiter(rows, dtype=np.int64, count=len(rows))
    if np.array_equal(ids, model.ids):
        model.update_all()
    else:
        model.set_ids(ids)


def make(context: Context) -> NotificationsScreen:
    """The screen of the area "notifications"."""
    return NotificationsScreen(context)
