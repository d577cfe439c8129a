"""Today: what is late, due, promised, celebrated, silent and waiting, each one key from done."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.lists import ListQuery
from app.domain.reminders import Whose
from app.i18n import Message, number, tr
from app.services.due import ReminderLine
from app.services.today import MANY_SILENT, SILENT_AFTER, Today, choices
from app.ui.changes import WhileShown
from app.ui.commands import Command
from app.ui.context import Context
from app.ui.reminder_acts import ReminderActs
from app.ui.reminder_lines import WHOSE_WORDS, due_day_words, whom_words
from app.ui.screen import Screen, State, Target
from app.ui.theme import follow, tokens
from app.ui.today import page_words
from app.ui.today.aside import AsideCard, AsideRow
from app.ui.today.keys import commands
from app.ui.today.list_card import ListCard
from app.ui.today.week_strip import WeekStrip
from app.ui.widgets.layout import col, fix, hold, row
from app.ui.widgets.meter import Meter
from app.ui.widgets.quick_add import QuickAddField
from app.ui.widgets.segmented import SegmentedControl
from app.ui.widgets.text import muted

AREAS: Final = frozenset({"reminder", "promise", "customer", "staff", "working_day"})
MINUTE: Final = 60_000  # milliseconds
ASIDE: Final = 344
QUICK: Final = 320
QUICK_NARROW: Final = 240
_ROOM: Final = 900
"""Narrower than this, the cards at the right make room for the lines."""


class TodayScreen(Screen):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("today")
        self._context = context
        self._me = context.actor.id
        self._page: Today | None = None
        self._day: date | None = None  # None: the present day, whichever that is
        self._edition = self._total = 0
        self._ahead = False  # what is ahead is shown although today is done
        self._lines: dict[int, ReminderLine] = {}
        self._offers = choices(context.actor)
        self.acts = ReminderActs(context, self)
        self.whose = SegmentedControl(
            [str(WHOSE_WORDS[one]) for one in self._offers], tr("Whose work")
        )
        self.whose.setObjectName("whose")
        self._done = muted("", "body")
        self._done.setObjectName("done_words")
        self.meter = Meter(tr("Done"), ((0, "good_solid"),), height=6)
        self.strip = WeekStrip()
        self.card = ListCard()
        self.list = self.card.list
        self.celebrations = AsideCard("celebrations", tr("Birthdays and festivals"))
        self.silent = AsideCard("silent", tr("Silent customers"), tr("All silent customers"))
        self._aside = hold(col(self.celebrations, (self.silent, 1), gap=12), "aside")
        fix(self._aside, width=ASIDE)
        self.setLayout(col(self.strip, (row((self.card, 1), self._aside, gap=16), 1), gap=12))
        self._progress = hold(row(self._done, fix(self.meter, width=96), gap=8), "progress")
        offered = (self.whose,) if len(self._offers) > 1 else ()
        if not offered:
            self.whose.setParent(self)
            self.whose.hide()
        self.quick_add = QuickAddField(context, "N")
        self._actions: tuple[QWidget, ...] = (*offered, self._progress, self.quick_add)
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE)
        self._connect()
        follow(self._fit)
        self.reload()

    def _connect(self) -> None:
        self.whose.chosen.connect(self._ask_anew)
        self.strip.chosen.connect(self.show_day)
        self.strip.left_below.connect(self.focus_search)
        self.list.asked.connect(self._asked)
        self.list.menu_asked.connect(self._open_menu)
        self.list.left_above.connect(self.strip.setFocus)
        self.card.bulk_asked.connect(self.do_chosen)
        self.card.done_page.action.clicked.connect(self._go_on)
        self.celebrations.opened.connect(self._open_customer)
        self.silent.opened.connect(self._open_customer)
        self.silent.more_wanted.connect(self._all_silent)
        self.quick_add.left.connect(self.focus_search)
        self._minute.timeout.connect(self._minute_passed)
        self._minute.start()
        WhileShown(self, self._context.changes, self._changed)

    # ---- what the window shows

    @override
    def title(self) -> Message:
        return Message("Today")

    @override
    def subtitle(self) -> str:
        page = self._page
        today = page.today if page is not None else self._context.services.clock.today()
        return page_words.head_line(today)

    @override
    def header_actions(self) -> Sequence[QWidget]:
        return self._actions

    @override
    def commands(self) -> Sequence[Command]:
        return commands(self)

    @override
    def focus_search(self) -> None:
        self.card.begin().setFocus()

    @override
    def asked_for(self) -> None:
        if self._day is not None:
            self.show_day(None)

    @override
    def show_target(self, target: Target) -> None:
        if isinstance(target, int):
            self.list.go_to(target)

    @override
    def state(self) -> State:
        line = self.list.current()
        return {"whose": self._whose().value, "current": line.key if line else None}

    @override
    def restore(self, state: State) -> None:
        wanted = str(state.get("whose", ""))
        found = [place for place, one in enumerate(self._offers) if one.value == wanted]
        if found:
            self.whose.set_current(found[0])

    # ---- reading

    def page(self) -> Today | None:
        """What is shown; None before anything was read."""
        return self._page

    def _whose(self) -> Whose:
        return self._offers[self.whose.current()]

    def _ask_anew(self, _place: int) -> None:
        self._ahead = False
        self.reload()

    def show_day(self, day: date | None) -> None:
        """Look at a day of the week; None is the present one."""
        self._day = None if day == self._context.services.clock.today() else day
        self._ahead = False
        self.reload()

    def show_ahead(self) -> None:
        """Show what comes, although today is done."""
        self._ahead = True
        if self._page is not None:
            self._show(self._page)
        self.focus_search()

    def reload(self) -> None:
        """Read it anew, in the background."""
        self._edition += 1
        service, actor = self._context.services.today, self._context.actor
        self._context.tasks.run(
            self,
            partial(service.load, actor, self._day, self._whose()),
            partial(self._arrived, self._edition),
        )

    def _changed(self, areas: frozenset[str]) -> None:
        if areas & AREAS:
            self.reload()

    def _minute_passed(self) -> None:
        if self.isVisible():
            self.reload()

    def _arrived(self, edition: int, page: Today) -> None:
        if edition == self._edition:
            self._show(page)

    # ---- showing

    def _show(self, page: Today) -> None:
        before, self._page = self._page, page
        if before is not None and before.today != page.today:
            self._day = None
        self._lines = {one.id: one for _, lines in page.sections for one in lines}
        if not page.sections or (page_words.is_all_done(page) and not self._ahead):
            self._show_none(page)
        else:
            self.card.show_rows(page_words.rows(page, self._me))
        self._show_progress(page)
        self.strip.set_days(page_words.strip_days(page), page.day)
        self._show_aside(page)
        if before is None or before.today != page.today:
            self.header_changed.emit()
        if before is None and (self.window().focusWidget() in (None, self, self.list)):
            self.focus_search()

    def _show_none(self, page: Today) -> None:
        if not page.has_customers:
            title, words = page_words.welcome()
            self.card.show_done(title, words, (), tr("Go to the customers"))
            self.card.done_page.action.set_glyph("users")
            return
        self.card.done_page.action.set_glyph("calendar-days")
        if page.day != page.today:
            title, words = page_words.free_day()
            self.card.show_done(title, words, (), tr("Open the calendar"))
        else:
            done = page_words.achieved(page.achieved)
            title = tr("Everything for today is done") if done else tr("Nothing to do today")
            go_on = tr("See the week ahead") if page.sections else tr("Open the calendar")
            self.card.show_done(title, page_words.next_words(page), done, go_on)

    def _go_on(self) -> None:
        page = self._page
        if page is None or not page.has_customers:
            self._context.navigate("customers")
        elif page.sections:
            self.show_ahead()
        else:
            self._context.navigate("calendar")

    def _show_progress(self, page: Today) -> None:
        counts = page.counts
        total = counts.ended + counts.late + counts.today
        self._total = total
        self._fit()
        words = tr("Done {done} / {total}", done=number(counts.ended), total=number(total))
        self._done.setText(words)
        share = counts.ended / total if total else 0.0
        self.meter.set_parts(words, ((share, "good_solid"), (1 - share, "press")))

    def _show_aside(self, page: Today) -> None:
        self.celebrations.fill(
            [_celebration(one, page.today) for one in page.celebrations],
            "",
            tr("Nobody to congratulate this week"),
        )
        silent = [
            AsideRow(
                one.id, one.name, one.contact, tr("{count} days", count=one.days),
                tr("usually {count}", count=one.usual) if one.usual else "",
            )
            for one in page.silent
        ]  # fmt: skip
        many = page.silent_count
        count = f"{MANY_SILENT - 1}+" if many >= MANY_SILENT else number(many)
        none = tr("Nobody has been silent for too long")
        self.silent.fill(silent, count, none if page.has_customers else tr("No customers yet"))

    def _fit(self) -> None:
        tok = tokens()
        roomy = self.width() >= tok.px(_ROOM)
        self._aside.setVisible(roomy)
        self.quick_add.setFixedWidth(tok.px(QUICK if roomy else QUICK_NARROW))
        self._progress.setVisible(roomy and self._total > 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # ---- doing

    def chosen(self) -> list[ReminderLine]:
        """The lines that keys work on: the chosen ones, or the current one."""
        found = (self._lines.get(int(str(one.key))) for one in self.list.chosen())
        return [one for one in found if one is not None]

    def anything_chosen(self) -> bool:
        """Whether there is a line to do something with."""
        return bool(self.list.chosen())

    def do_chosen(self, action: str) -> None:
        """Do something with the chosen lines: done, snooze, skip, move, delete, open."""
        self._do(action, self.chosen())

    def _asked(self, action: str, key: object) -> None:
        line = self._lines.get(int(str(key)))
        if line is not None:
            self._do(action, [line])

    def _do(self, action: str, lines: Sequence[ReminderLine]) -> None:
        if lines:
            self.acts.do(action, lines, self._menu_place(lines[0]))

    def _menu_place(self, line: ReminderLine) -> QPoint:
        button = self.list.part_area(line.id, "snooze")
        at = button.bottomLeft().toPoint() if not button.isNull() else self.list.place_of(line.id)
        return self.list.viewport().mapToGlobal(at)

    def _open_menu(self, key: object, at: QPoint) -> None:
        line = self._lines.get(int(str(key)))
        lines = self.chosen() if self.list.chosen_count() else [line] if line else []
        if lines:
            self.acts.open_menu(lines, at)

    def _open_customer(self, customer_id: int) -> None:
        self._context.navigate("customer", customer_id)

    def _all_silent(self) -> None:
        words = f"last_contact < -{SILENT_AFTER}d"
        self._context.navigate("customers", ListQuery(filter=words))


def _celebration(line: ReminderLine, today: date) -> AsideRow:
    when = due_day_words(line, today)
    present = line.due_on == today
    return AsideRow(
        line.customer_id if line.customer else None,
        line.contact or line.customer or line.text,
        line.text if line.customer else whom_words(line),
        note="" if present else when,
        pill=tr("Today") if present else "",
        glyph="cake" if present else "",
        avatar=True,
    )


def make(context: Context) -> TodayScreen:
    """The screen of the area "today"."""
    return TodayScreen(context)
