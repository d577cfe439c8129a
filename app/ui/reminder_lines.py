"""A reminder as a line of a list: what, for whom, when, in the language in use."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final

from app.domain.reminders import LABELS, ReminderKind, Whose
from app.domain.vocabulary import LABELS as ROLE_LABELS
from app.i18n import Message, ntr, tr
from app.services.due import ReminderLine
from app.ui.channels import CHANNEL_GLYPHS
from app.ui.reminder_words import GLYPHS, near_day, until_words
from app.ui.theme import Kind
from app.ui.when import exact_moment
from app.ui.widgets.line_paint import Line

WHOSE_WORDS: Final[Mapping[Whose, Message]] = MappingProxyType(
    {
        Whose.MINE: Message("Mine"),
        Whose.TEAM: Message("My team"),
        Whose.ALL: Message("Everybody"),
    }
)
_SOON: Final = timedelta(hours=1)
_GRACE: Final = timedelta(minutes=5)


def glyph_of(line: ReminderLine) -> str:
    """The icon of what it is; of a plain reminder that of its channel."""
    if line.kind is ReminderKind.NOTE and line.channel is not None:
        return CHANNEL_GLYPHS[line.channel]
    return GLYPHS[line.kind]


def line_of(line: ReminderLine, now: datetime, me: int | None, *, on_its_day: bool = False) -> Line:
    """The line that a list paints; `me` is who looks: the others' are named.

    `on_its_day`: it stands under its day, which need not be said again.
    """
    when, kind = when_words(line, now)
    if on_its_day and (line.due_on > now.astimezone().date() or line.closed_at is not None):
        when = time_words(line)
    over = line.closed_at is not None
    return Line(
        line.id,
        glyph_of(line),
        line.text or str(LABELS[line.kind]),
        whom_words(line, me),
        when,
        "plain" if over else kind,
        over,
        _marks(line, now),
        _tip(line),
    )


def whom_words(line: ReminderLine, me: int | None = None) -> str:
    """Customer, contact, what it is, and whose work where it is another's."""
    parts = [line.customer, line.contact]
    if line.kind is ReminderKind.PROMISE:
        parts.append(str(LABELS[line.kind]))
    if line.role is not None:
        parts.append(str(ROLE_LABELS[line.role]))
    elif line.whose and line.whose_id != me:
        parts.append(line.whose)
    return " · ".join(part for part in parts if part) or line.about


def when_words(line: ReminderLine, now: datetime) -> tuple[str, Kind]:
    """When, and how urgent that is."""
    here = now.astimezone()
    today = here.date()
    if is_put_off(line, now) and line.snoozed_until is not None:
        return until_words(line.snoozed_until, now), "plain"
    behind = (today - line.due_on).days
    if behind > 0:
        return ntr("{count} day late", "{count} days late", behind), "danger"
    if behind < 0:
        return _by(line, _with_time(near_day(line.due_on, today), line)), "plain"
    if not isinstance(line.due, datetime):
        return time_words(line), "plain"
    left = line.due.astimezone() - here
    kind: Kind = "danger" if left < -_GRACE else "warn" if left < _SOON else "plain"
    return time_words(line), kind


def time_words(line: ReminderLine) -> str:
    """When on its day."""
    if isinstance(line.due, datetime):
        return _by(line, f"{line.due.astimezone():%H:%M}")
    return tr("Until tonight") if line.deadline else tr("All day")


def due_day_words(line: ReminderLine, today: date) -> str:
    """The day, and the time where there is one: Today 16:00, Mon, 11-30."""
    return _with_time(near_day(line.due_on, today), line)


def is_put_off(line: ReminderLine, now: datetime) -> bool:
    """Whether it is to be quiet still."""
    return line.closed_at is None and line.snoozed_until is not None and line.snoozed_until > now


def _with_time(day: str, line: ReminderLine) -> str:
    if isinstance(line.due, datetime):
        return f"{day} {line.due.astimezone():%H:%M}"
    return day


def _by(line: ReminderLine, words: str) -> str:
    return tr("by {when}", when=words) if line.deadline else words


def _marks(line: ReminderLine, now: datetime) -> tuple[str, ...]:
    repeats = ("repeat",) if line.rule and line.kind is not ReminderKind.CARE else ()
    return (*repeats, *(("alarm-clock",) if is_put_off(line, now) else ()))


def _tip(line: ReminderLine) -> str:
    due = line.due
    when = exact_moment(due) if isinstance(due, datetime) else due.isoformat()
    parts = [line.text, whom_words(line), line.about, when]
    return "\n".join(dict.fromkeys(part for part in parts if part))
