"""What the words for repetitions share. A rule is a pattern over folded text and what it means."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from app.domain.recurrence import Freq, Recurrence, Way, Weekday, monthly_on
from app.errors import Refused
from app.i18n import Message


@dataclass(frozen=True, slots=True)
class Repeat:
    """text[start:end] says what repeats, or a `Message` why it cannot be said which days.

    `lead` days before it calls.
    """

    start: int
    end: int
    rule: Recurrence | Message
    lead: int = 0


Meaning = Callable[[re.Match[str]], Recurrence | Message | None]


@dataclass(frozen=True, slots=True)
class RepeatRule:
    """`meaning` gives None where the words mean no repetition after all."""

    pattern: re.Pattern[str]
    meaning: Meaning

    def found(self, text: str) -> Iterator[Repeat]:
        for found in self.pattern.finditer(text):
            try:
                rule = self.meaning(found)
            except Refused as refused:
                rule = refused.message
            if rule is not None:
                yield Repeat(found.start(), found.end(), rule)


def no_such(said: str) -> Message:
    return Message("“{text}” does not exist.", params={"text": said.strip()})


def not_said(said: str) -> Message:
    return Message("“{text}” cannot repeat like that yet.", params={"text": said.strip()})


def monthly(interval: int, days: Iterable[int] = ()) -> Recurrence:
    """Every so many months on these days, -1 being the last; none means that of the first."""
    chosen = sorted(set(days), key=lambda one: (one < 0, one))
    if len(chosen) == 1:
        return monthly_on(chosen[0], interval)
    return Recurrence(Freq.MONTHLY, interval, by_month_day=tuple(chosen))


def quarterly(*, end: bool) -> Recurrence:
    """On the first or the last day of the quarter."""
    return Recurrence(
        Freq.YEARLY, by_month=_quarter_months(end=end), by_month_day=(-1 if end else 1,)
    )


def workday_of_quarter(place: int) -> Recurrence:
    """On the n-th working day of the quarter's first month, or its last one counted back."""
    return Recurrence(
        Freq.MONTHLY, by_month=_quarter_months(end=place < 0), way=Way.WORKDAY, workday=place
    )


def _quarter_months(*, end: bool) -> tuple[int, ...]:
    return (3, 6, 9, 12) if end else (1, 4, 7, 10)


def yearly_nth(month: int, place: int, weekday: int) -> Recurrence:
    """On the n-th such weekday (Monday is 0) of a month of the year."""
    return Recurrence(Freq.YEARLY, by_month=(month,), by_day=(Weekday(weekday, place),))
