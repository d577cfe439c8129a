"""What the calendar says: cells, lines of a day, the agenda."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from app.domain.reminders import CELEBRATED
from app.domain.working_time import DayKind, WorkingCalendar
from app.i18n import locale_code, ntr, number, tr
from app.services.calendar import COUNTED, Coming, Span
from app.services.due import ReminderLine
from app.ui.calendar.cells import DayCell, Entry
from app.ui.day_words import long_day, lunar_date, lunar_day, notes_of
from app.ui.reminder_lines import glyph_of, line_of, whom_words
from app.ui.reminder_words import near_day
from app.ui.theme import Kind
from app.ui.widgets.line_paint import Head, Line, Row

Held = ReminderLine | Coming
ComingKey = tuple[int, date]
_WEEK: Final = 7


def by_day(span: Span) -> dict[date, list[Held]]:
    """What is due, day by day; on a day what is written down before what comes again."""
    found: dict[date, list[Held]] = {}
    for line in sorted(span.lines, key=lambda one: one.closed_at is not None):
        found.setdefault(line.due_on, []).append(line)
    for coming in span.coming:
        found.setdefault(coming.day, []).append(coming)
    return found


def key_of(held: Held) -> object:
    """The name of a line: the reminder's id, with the day for a later occurrence."""
    return held.id if isinstance(held, ReminderLine) else (held.line.id, held.day)


def cells(span: Span, month: int | None) -> list[DayCell]:
    """The cells of a span; `month` is the one looked at, None for all of it."""
    held = by_day(span)
    days = (span.last - span.first).days + 1
    return [_cell(span, span.first + timedelta(days=ahead), held, month) for ahead in range(days)]


def _cell(span: Span, day: date, held: Mapping[date, Sequence[Held]], month: int | None) -> DayCell:
    lines = held.get(day, ())
    coming = sum(isinstance(one, Coming) for one in lines)
    count = max(span.counts.get(day, 0), len(lines) - coming) + coming
    special = mark_of(span.calendar, day)
    notes = notes_of(day)
    spoken = (
        long_day(day), lunar_date(day), *notes, _rest(span.calendar, day),
        ntr("{count} line", "{count} lines", count),
    )  # fmt: skip
    return DayCell(
        day,
        number_of(day, span.first),
        lunar_day(day),
        " · ".join(notes),
        special,
        not span.calendar.is_workday(day),
        month is None or day.month == month,
        tuple(_entry(one, span.today) for one in lines),
        count,
        ", ".join(part for part in spoken if part),
        count >= COUNTED,
    )


def number_of(day: date, first: date) -> str:
    """The number of a day, with the month where another one begins."""
    if day.day != 1 and day != first:
        return str(day.day)
    from babel.dates import format_skeleton

    return str(format_skeleton("MMMd", day, locale=locale_code()))


def mark_of(calendar: WorkingCalendar, day: date) -> str:
    """Off or worked instead, for the days that are not as their weekday says."""
    special = calendar.special.get(day)
    if special is None:
        return ""
    return tr("Off") if special.kind is DayKind.OFF else tr("Work")


def _rest(calendar: WorkingCalendar, day: date) -> str:
    special = calendar.special.get(day)
    if special is not None and special.name:
        return special.name
    return "" if calendar.is_workday(day) else tr("Day off")


def _entry(held: Held, today: date) -> Entry:
    line = held if isinstance(held, ReminderLine) else held.line
    due = held.due
    return Entry(
        key_of(held),
        glyph_of(line),
        line.text,
        line.customer or line.contact,
        f"{due.astimezone():%H:%M}" if isinstance(due, datetime) else "",
        _kind(held, today),
        isinstance(held, ReminderLine) and held.closed_at is not None,
        isinstance(held, Coming),
    )


def _kind(held: Held, today: date) -> Kind:
    if isinstance(held, Coming) or held.closed_at is not None:
        return "plain"
    if held.due_on < today:
        return "danger"
    return "calm" if held.kind in CELEBRATED else "plain"


def row_of(held: Held, now: datetime, me: int | None) -> Line:
    """A line of the day's list, or of the agenda."""
    if isinstance(held, ReminderLine):
        return line_of(held, now, me, on_its_day=True)
    due = held.due
    when = f"{due.astimezone():%H:%M}" if isinstance(due, datetime) else tr("All day")
    return Line(
        key_of(held),
        glyph_of(held.line),
        held.line.text,
        whom_words(held.line, me),
        when,
        marks=("repeat",),
        tip=tr("Comes again on this day. It is written down when the one before is done."),
        fixed=True,
    )


def day_rows(span: Span, day: date, me: int | None) -> list[Row]:
    """The lines of one day."""
    return [row_of(one, span.now, me) for one in by_day(span).get(day, ())]


def agenda_rows(span: Span, me: int | None) -> list[Row]:
    """Day by day what is due; days with nothing are left out."""
    made: list[Row] = []
    for day, lines in sorted(by_day(span).items()):
        made.append(_day_head(span, day, len(lines)))
        made += [row_of(one, span.now, me) for one in lines]
    return made


def _day_head(span: Span, day: date, shown: int) -> Head:
    near = near_day(day, span.today)
    name = long_day(day)
    ahead = (day - span.today).days
    words = f"{near} · {name}" if -1 <= ahead <= 1 else name
    notes = (*notes_of(day), _rest(span.calendar, day))
    count = max(shown, span.counts.get(day, 0))
    late = day < span.today and any(
        one.closed_at is None for one in span.lines if one.due_on == day
    )
    kind: Kind = "danger" if late else "plain"
    return Head(words, number(count), kind, " · ".join(note for note in notes if note), day)


def day_head(calendar: WorkingCalendar, day: date) -> tuple[str, str]:
    """The day in words, and what it is."""
    parts = (lunar_date(day), *notes_of(day), _rest(calendar, day))
    return long_day(day), " · ".join(part for part in parts if part)


def month_words(day: date) -> str:
    """Month and year as the language writes them."""
    from babel.dates import format_skeleton

    return str(format_skeleton("yMMMM", day, locale=locale_code()))
