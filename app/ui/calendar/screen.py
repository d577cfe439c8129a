"""The calendar: a month or a week with the lines of the chosen day, or the agenda."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from app.domain.dates import Relative
from app.i18n import Message, tr
from app.services.calendar import A_DAY, COUNTED, Span
from app.services.due import ReminderLine
from app.services.reminders import ReminderDraft
from app.services.today import choices
from app.ui.calendar import words
from app.ui.calendar.day_panel import DayPanel
from app.ui.calendar.grid import CalendarGrid
from app.ui.calendar.keys import commands
from app.ui.changes import WhileShown
from app.ui.commands import Command
from app.ui.context import Context
from app.ui.reminder_acts import ReminderActs
from app.ui.reminder_dialog import open_reminder
from app.ui.reminder_lines import WHOSE_WORDS
from app.ui.screen import Screen, State, Target
from app.ui.theme import follow, tokens
from app.ui.widgets.button import Button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.key_hints import KeyHints
from app.ui.widgets.layout import col, fix, row
from app.ui.widgets.line_list import LineList
from app.ui.widgets.segmented import SegmentedControl
from app.ui.widgets.surface import Line, Surface

MONTH, WEEK, AGENDA = 0, 1, 2
AREAS: Final = frozenset({"reminder", "promise", "customer", "staff", "working_day"})
AGENDA_DAYS: Final = 30
_A_DAY: Final = {MONTH: A_DAY, WEEK: 20, AGENDA: COUNTED}
"""So many lines of a day are read."""
_SHOWN: Final = 42
PANEL: Final = 330
_ROOM: Final = 860
"""Narrower than this, the panel of the day makes room."""


class CalendarScreen(Screen):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("calendar")
        self._context, self._me = context, context.actor.id
        self._day = context.services.clock.today()
        self._span: Span | None = None
        self._whole: Span | None = None  # all of the chosen day, where the span has only its first
        self._edition = 0
        self._offers = choices(context.actor)
        self.acts = ReminderActs(context, self)
        self.whose = SegmentedControl(
            [str(WHOSE_WORDS[one]) for one in self._offers], tr("Whose work")
        )
        self.whose.setObjectName("whose")
        self.form = SegmentedControl([tr("Month"), tr("Week"), tr("Agenda")], tr("What is shown"))
        self.form.setObjectName("form")
        self._make_buttons()
        self.grid = CalendarGrid()
        self.panel = DayPanel()
        self.agenda = LineList("agenda", tr("Agenda"))
        self.empty = EmptyState(
            "calendar-days",
            tr("Nothing is planned for these days"),
            tr("What you plan, promise or are reminded of appears here."),
        )
        self._arrange()
        self._connect()
        follow(self._fit)
        self.reload()

    def _make_buttons(self) -> None:
        self.back_button = Button("", glyph="chevron-left", name=tr("Further back"))
        self.back_button.setObjectName("back")
        self.today_button = Button(tr("Today"))
        self.today_button.setObjectName("go_to_today")
        self.on_button = Button("", glyph="chevron-right", name=tr("Further on"))
        self.on_button.setObjectName("on")
        self.new_button = Button(tr("New reminder"), "primary", glyph="plus", key="N")
        self.new_button.setObjectName("new_reminder")
        offered = (self.whose,) if len(self._offers) > 1 else ()
        if not offered:
            self.whose.setParent(self)
            self.whose.hide()
        self._actions: tuple[QWidget, ...] = (
            *offered, self.form, self.back_button, self.today_button, self.on_button,
            self.new_button,
        )  # fmt: skip

    def _arrange(self) -> None:
        days = Surface("card", "calendar_card")
        hints = KeyHints(
            (
                (("↑", "↓", "←", "→"), tr("Choose a day")),
                (("↵",), tr("Its lines")),
                (("PgUp", "PgDn"), tr("Further")),
                (("T",), tr("Today")),
                (("M",), tr("Another day")),
            )
        )
        days.setLayout(col((self.grid, 1), Line(), hints, gap=0, margins=1))
        listed = Surface("card", "agenda_card")
        self._agenda_stack = QStackedWidget()
        self._agenda_stack.addWidget(self.agenda)
        self._agenda_stack.addWidget(self.empty)
        listed.setLayout(col((self._agenda_stack, 1), gap=0, margins=8))
        self._stack = QStackedWidget()
        self._stack.addWidget(days)
        self._stack.addWidget(listed)
        fix(self.panel, width=PANEL)
        self.setLayout(row((self._stack, 1), self.panel, gap=16))

    def _connect(self) -> None:
        self.whose.chosen.connect(self._chosen_anew)
        self.form.chosen.connect(self._chosen_anew)
        self.back_button.clicked.connect(partial(self.turn, -1))
        self.on_button.clicked.connect(partial(self.turn, 1))
        self.today_button.clicked.connect(self.go_today)
        self.new_button.clicked.connect(self.new)
        self.panel.new_wanted.connect(self.new)
        grid = self.grid
        grid.day_chosen.connect(self.show_day)
        grid.page_wanted.connect(self.turn)
        grid.entered.connect(self._enter_day)
        grid.dropped.connect(self._drop_one)
        grid.opened.connect(self._open_key)
        grid.new_wanted.connect(self._new_on)
        for one in (self.panel.list, self.agenda):
            one.asked.connect(self._asked)
            one.menu_asked.connect(self._open_menu)
        self.panel.list.back.connect(self.grid.setFocus)
        self.panel.list.left_above.connect(self.grid.setFocus)
        self.agenda.dropped.connect(self._drop)
        WhileShown(self, self._context.changes, self._changed)

    # ---- what the window shows

    @override
    def title(self) -> Message:
        return Message("Calendar")

    @override
    def subtitle(self) -> str:
        return words.month_words(self._day)

    @override
    def header_actions(self) -> Sequence[QWidget]:
        return self._actions

    @override
    def commands(self) -> Sequence[Command]:
        return commands(self)

    @override
    def focus_search(self) -> None:
        (self.agenda if self.form.current() == AGENDA else self.grid).setFocus()

    @override
    def show_target(self, target: Target) -> None:
        if isinstance(target, str):
            self.show_day(date.fromisoformat(target))

    @override
    def state(self) -> State:
        whose = self._offers[self.whose.current()].value
        return {"form": self.form.current(), "whose": whose, "day": self._day.isoformat()}

    @override
    def restore(self, state: State) -> None:
        found = [n for n, one in enumerate(self._offers) if one.value == state.get("whose")]
        if found:
            self.whose.set_current(found[0])
        self.form.set_current(int(state.get("form", MONTH)))

    # ---- which days

    def day(self) -> date:
        """The chosen day."""
        return self._day

    def span(self) -> Span | None:
        """What is shown; None before anything was read."""
        return self._span

    def show_form(self, form: int) -> None:
        """Show a month, a week or the agenda."""
        self.form.set_current(form)
        self.focus_search()

    def show_day(self, day: date) -> None:
        """Choose a day; other days are read when it is not among those shown."""
        before, self._day = self._day, day
        self._whole = None
        self.grid.mark(day)
        if self.form.current() == AGENDA or self._first() != self._first_of(before):
            self.reload()
        else:
            self._show()
        self.header_changed.emit()

    def go_today(self) -> None:
        """Choose the present day."""
        self.show_day(self._context.services.clock.today())
        self.focus_search()

    def turn(self, step: int) -> None:
        """The month, week or stretch of the agenda before or after."""
        form = self.form.current()
        units = {MONTH: Relative(step, "m"), WEEK: Relative(step, "w")}
        far = timedelta(days=AGENDA_DAYS * step)
        self.show_day(units[form].on(self._day) if form in units else self._day + far)

    def _first(self) -> date:
        return self._first_of(self._day)

    def _first_of(self, day: date) -> date:
        if self.form.current() == AGENDA:
            return day
        first = day.replace(day=1) if self.form.current() == MONTH else day
        return first - timedelta(days=first.weekday())

    def _days(self) -> int:
        return {MONTH: _SHOWN, WEEK: 7, AGENDA: AGENDA_DAYS}[self.form.current()]

    # ---- reading

    def _chosen_anew(self, _place: int) -> None:
        agenda = self.form.current() == AGENDA
        self._stack.setCurrentIndex(1 if agenda else 0)
        self._fit()
        self._whole = None
        self.reload()

    def _changed(self, areas: frozenset[str]) -> None:
        if areas & AREAS:
            self.reload()

    def reload(self) -> None:
        """Read the days anew, in the background."""
        self._edition += 1
        first = self._first()
        self._read(first, first + timedelta(days=self._days() - 1), self._arrived)

    def _read(self, first: date, last: date, arrived: Callable[[int, Span], None]) -> None:
        service, actor = self._context.services.calendars, self._context.actor
        whose = self._offers[self.whose.current()]
        a_day = _A_DAY[self.form.current()]
        self._context.tasks.run(
            self,
            partial(service.load, actor, first, last, whose, a_day),
            partial(arrived, self._edition),
        )

    def _arrived(self, edition: int, span: Span) -> None:
        if edition == self._edition:
            self._span, self._whole = span, None
            self._show()

    def _whole_arrived(self, edition: int, span: Span) -> None:
        if edition == self._edition and span.first == self._day:
            self._whole = span
            self._show_day(span)

    # ---- showing

    def _show(self) -> None:
        span = self._span
        if span is None:
            return
        if self.form.current() == AGENDA:
            rows = words.agenda_rows(span, self._me)
            self.agenda.set_rows(rows)
            self._agenda_stack.setCurrentWidget(self.agenda if rows else self.empty)
            return
        month = self._day.month if self.form.current() == MONTH else None
        self.grid.set_cells(words.cells(span, month), self._day, span.today)
        self._show_day(span)
        shown = sum(one.due_on == self._day for one in span.lines)
        if span.counts.get(self._day, 0) > shown:
            self._read(self._day, self._day, self._whole_arrived)

    def _show_day(self, span: Span) -> None:
        title, under = words.day_head(span.calendar, self._day)
        self.panel.show_day(title, under, words.day_rows(span, self._day, self._me))

    def _fit(self) -> None:
        roomy = self.width() >= tokens().px(_ROOM)
        self.panel.setVisible(roomy and self.form.current() != AGENDA)
        words = tr("New reminder") if roomy else ""
        if self.new_button.text() != words:
            self.new_button.setText(words)
            self.new_button.setToolTip("" if words else tr("New reminder"))
            self.new_button.retheme()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # ---- doing

    def _list(self) -> LineList:
        return self.agenda if self.form.current() == AGENDA else self.panel.list

    def _line(self, key: object) -> ReminderLine | None:
        spans = (one for one in (self._whole, self._span) if one is not None)
        return next((one for span in spans for one in span.lines if one.id == key), None)

    def chosen(self) -> list[ReminderLine]:
        """The lines that keys work on."""
        found = (self._line(one.key) for one in self._list().chosen())
        return [one for one in found if one is not None]

    def anything_chosen(self) -> bool:
        """Whether there is a line to do something with."""
        return bool(self._list().chosen())

    def do_chosen(self, action: str) -> None:
        """Do something with the chosen lines."""
        lines = self.chosen()
        if not lines:
            self._say_later()
            return
        at = self._list().place_of(lines[0].id)
        self.acts.do(action, lines, self._list().viewport().mapToGlobal(at))

    def _say_later(self) -> None:
        self._context.show_message(
            Message("This comes again later. Deal with the one before first."), kind="plain"
        )

    def _asked(self, action: str, key: object) -> None:
        line = self._line(key)
        if line is None:
            self._say_later()
        else:
            at = self._list().place_of(key)
            self.acts.do(action, [line], self._list().viewport().mapToGlobal(at))

    def _open_menu(self, key: object, at: QPoint) -> None:
        line = self._line(key)
        lines = self.chosen() if self._list().chosen_count() else [line] if line else []
        if lines:
            self.acts.open_menu(lines, at)

    def _open_key(self, key: object) -> None:
        line = self._line(key)
        if line is not None:
            self.acts.open(line)

    def _enter_day(self) -> None:
        if not self.panel.isVisible():  # no room for it: the agenda begins with the day
            self.show_form(AGENDA)
        elif self.panel.list.lines():
            self.panel.list.setFocus()

    def _drop_one(self, key: object, day: date) -> None:
        self._drop([key], day)

    def _drop(self, keys: Sequence[object], day: date) -> None:
        lines = [line for key in keys if (line := self._line(key)) is not None]
        if lines:
            self.acts.move(lines, day)
        else:
            self._say_later()

    def new(self) -> None:
        """Write something down for the chosen day."""
        self._new_on(self._day)

    def _new_on(self, day: date) -> None:
        open_reminder(self, self._context, draft=ReminderDraft("", day))


def make(context: Context) -> CalendarScreen:
    """The screen of the area "calendar"."""
    return CalendarScreen(context)
