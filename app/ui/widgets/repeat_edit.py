"""How often something repeats: usual choices for its day, or words."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain import lunar, recurrence
from app.domain.quick_due import rule_in
from app.domain.recurrence import Freq, Recurrence
from app.domain.working_time import WorkingCalendar
from app.errors import Refused
from app.i18n import Message, tr
from app.ui.when import day_name
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.field import LineEdit
from app.ui.widgets.layout import col
from app.ui.widgets.text import muted

_NEVER: Final = ""
_WORDS: Final = "words"
_SHOWN: Final = 3


class RepeatEdit(QWidget):
    """A recurrence text or "". Under it stands when it comes next."""

    changed = Signal()

    def __init__(self, name: str, now: datetime, calendar: WorkingCalendar) -> None:
        """`now` is the local time, without a zone."""
        super().__init__()
        self._now, self._calendar = now, calendar
        self._day = now.date()
        self._own = ""  # what it was, where that is none of the usual ones
        self.choice = ComboBox(name)
        self.choice.setObjectName("repeat_choice")
        self.words = LineEdit(
            tr("How often, in words"),
            placeholder=tr("every other Friday, last workday of every month"),
        )
        self.words.setObjectName("repeat_words")
        self.words.hide()
        self._next = muted().wrapped()
        self._next.setObjectName("repeat_next")
        self.setFocusProxy(self.choice)
        self.setLayout(col(self.choice, self.words, self._next, gap=4))
        self._offer()
        self.choice.currentIndexChanged.connect(self._chosen)
        self.words.textChanged.connect(self._say)
        self._say()

    # ---- what it says

    def value(self) -> str:
        """The recurrence text, "" for once or for words that say none."""
        chosen = str(self.choice.value() or _NEVER)
        if chosen != _WORDS:
            return chosen
        found = self._read()
        return found if isinstance(found, str) else ""

    def set_value(self, rule: str) -> None:
        """Show this recurrence."""
        self._own = rule
        self._offer()
        self.choice.set_value(rule)
        self._say()

    def set_day(self, day: date) -> None:
        """The day from which it counts: the usual choices are of this day."""
        if day != self._day:
            self._day = day
            self._own = self.value() or self._own
            self._offer()
            self._say()

    def problem(self) -> Message | None:
        """Why the words say no repetition."""
        if self.choice.value() != _WORDS or not self.words.text().strip():
            return None
        found = self._read()
        return found if isinstance(found, Message) else None

    def next_words(self) -> str:
        """What is said under it."""
        return self._next.text()

    # ---- within

    def _read(self) -> str | Message:
        return rule_in(self.words.text(), self._now, self._calendar)

    def _offer(self) -> None:
        rules = {recurrence.store(one): one for one in _usual(self._day)}
        if self._own and self._own not in rules:
            rules[self._own] = recurrence.parse(self._own)
        entries = [(recurrence.describe(rule), text) for text, rule in rules.items()]
        self.choice.set_entries(
            [(tr("Does not repeat"), _NEVER), *entries, (tr("Say it in words…"), _WORDS)]
        )

    def _chosen(self) -> None:
        in_words = self.choice.value() == _WORDS
        if in_words and self.words.isHidden():
            self.words.show()
            self.words.setFocus()
        self.words.setVisible(in_words)
        self._say()

    def _say(self) -> None:
        problem = self.problem()
        self._next.setText(str(problem) if problem else self._coming())
        self._next.set_tone("warn_ink" if problem else "muted")
        self._next.setVisible(bool(self._next.text()))
        self.changed.emit()

    def _coming(self) -> str:
        text = self.value()
        if not text:
            return ""
        rule = recurrence.parse(text)
        words = recurrence.describe(rule) if self.choice.value() == _WORDS else ""
        days = ", ".join(day_name(one, self._now.date()) for one in self._days(rule))
        coming = tr("Then: {days}", days=days) if days else ""
        return tr(" · ").join(one for one in (words, coming) if one)

    def _days(self, rule: Recurrence) -> Iterator[date]:
        start = self._day
        for _ in range(_SHOWN):
            try:
                found = recurrence.following(rule, start, start, self._calendar)
            except Refused:
                return
            if found is None:
                return
            start = found.due.date() if isinstance(found.due, datetime) else found.due
            rule = found.rule
            yield start


def _usual(day: date) -> Iterator[Recurrence]:
    """What is often wanted of something on this day."""
    yield recurrence.daily()
    yield recurrence.weekly(range(5))
    yield recurrence.weekly([day.weekday()])
    yield recurrence.weekly([day.weekday()], 2)
    yield recurrence.monthly_on(day.day)
    yield recurrence.monthly_nth((day.day - 1) // 7 + 1, day.weekday())
    yield recurrence.workday_of_month(-1)
    yield recurrence.yearly_on(day.month, day.day)
    if lunar.FIRST_DAY <= day <= lunar.LAST_DAY:
        moon = lunar.from_solar(day)
        yield recurrence.lunar_yearly(moon.month, moon.day, leap=moon.leap)
    yield recurrence.after_done(30, Freq.DAILY)
