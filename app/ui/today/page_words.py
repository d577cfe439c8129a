"""What the page says: heads of its groups, days of the strip, what was achieved."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from app.domain.reminders import CELEBRATED, ReminderKind
from app.i18n import Message, ntr, number, tr
from app.services.due import MANY, MOST, ReminderLine
from app.services.today import DayCounts, Section, Today
from app.ui.day_words import long_day, lunar_date, lunar_day, next_note, notes_of
from app.ui.reminder_lines import due_day_words, line_of
from app.ui.today.week_strip import StripDay
from app.ui.when import WEEK_DAYS
from app.ui.widgets.line_paint import Head, Row

if TYPE_CHECKING:
    from app.ui.theme import Kind

HEADS: Final[Mapping[Section, Message]] = MappingProxyType(
    {
        Section.LATE: Message("Late"),
        Section.DUE: Message("Due today"),
        Section.PROMISED: Message("Promises coming due"),
        Section.CELEBRATED: Message("To celebrate"),
        Section.SILENT: Message("Silent"),
        Section.WAITING: Message("Waiting for me"),
        Section.AHEAD: Message("The week ahead"),
    }
)
NOW: Final = frozenset(
    {Section.LATE, Section.DUE, Section.CELEBRATED, Section.SILENT, Section.WAITING}
)
"""What has to be dealt with before the day is done."""


def rows(page: Today, me: int | None) -> list[Row]:
    """Heads and lines of the page."""
    made: list[Row] = []
    for section, lines in page.sections:
        made.append(_head(page, section, lines))
        made += [line_of(one, page.now, me) for one in lines]
    return made


def _head(page: Today, section: Section, lines: Sequence[ReminderLine]) -> Head:
    kind: Kind = "danger" if section is Section.LATE else "plain"
    count = page.counts.late if section is Section.LATE else len(lines)
    note = (
        tr("the first {count} are shown", count=number(len(lines)))
        if len(lines) >= MOST and count != len(lines)
        else ""
    )
    if page.day != page.today:
        return Head(long_day(page.day), number(len(lines)), note=note)
    return Head(str(HEADS[section]), counted(max(count, len(lines))), kind, note)


def counted(count: int) -> str:
    """A figure that is counted up to MANY."""
    return f"{number(MANY)}+" if count >= MANY else number(count)


def is_all_done(page: Today) -> bool:
    """Whether nothing is left of the present day."""
    return page.day == page.today and not any(section in NOW for section, _ in page.sections)


def head_line(today: date) -> str:
    """The day, its lunar date, and what is celebrated next."""
    parts = (long_day(today), lunar_date(today), next_note(today))
    return " · ".join(part for part in parts if part)


def strip_days(page: Today) -> list[StripDay]:
    """The days of the strip in words."""
    return [_strip_day(page, one) for one in page.week]


def _strip_day(page: Today, one: DayCounts) -> StripDay:
    day, off = one.day, not page.calendar.is_workday(one.day)
    weekday = str(WEEK_DAYS[day.weekday()])
    present = day == page.today
    pairs = (
        ("bell", one.reminders), ("handshake", one.promises), ("cake", one.celebrations),
    )  # fmt: skip
    counts = tuple((glyph, count) for glyph, count in pairs if count)
    ended = page.counts.ended
    if present and not counts and ended:
        counts = (("check", ended),)
    notes = notes_of(day)
    rest = tr("Day off") if off else tr("Nothing planned")
    name = tr("Today {weekday}", weekday=weekday) if present else weekday
    spoken = ", ".join((long_day(day), lunar_date(day), *notes, _spoken_counts(one)))
    return StripDay(day, name, lunar_day(day), notes[0] if notes else "", counts, rest, off, spoken)


def _spoken_counts(one: DayCounts) -> str:
    total = one.reminders + one.promises + one.celebrations
    return ntr("{count} thing to do", "{count} things to do", total)


def achieved(done: Mapping[ReminderKind, int]) -> list[str]:
    """What was done today, in words, by what it is."""
    promises = done.get(ReminderKind.PROMISE, 0)
    celebrated = sum(done.get(kind, 0) for kind in CELEBRATED)
    calls = done.get(ReminderKind.SILENCE, 0) + done.get(ReminderKind.THANKS, 0)
    rest = sum(done.values()) - promises - celebrated - calls
    words = (
        (rest, ntr("{count} reminder done", "{count} reminders done", rest)),
        (promises, ntr("{count} promise kept", "{count} promises kept", promises)),
        (celebrated, ntr("{count} congratulation", "{count} congratulations", celebrated)),
        (calls, ntr("{count} customer called", "{count} customers called", calls)),
    )
    return [said for count, said in words if count]


def welcome() -> tuple[str, str]:
    """What is said where there is no customer yet."""
    return (
        tr("Nothing to do yet"),
        tr("Promises, reminders and birthdays of your customers appear here on their day."),
    )


def free_day() -> tuple[str, str]:
    """What is said of another day without lines."""
    return (
        tr("Nothing planned for this day"),
        tr("What you plan, promise or are reminded of appears here."),
    )


def next_words(page: Today) -> str:
    """What comes first after today."""
    if page.next is None:
        return tr("Nothing is late, nothing is due, and nothing is planned.")
    when = due_day_words(page.next, page.today)
    return tr(
        "Nothing is late, nothing is due. Next: {when}, {what}.", when=when, what=page.next.text
    )
