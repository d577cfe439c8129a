"""What reminders look like and say wherever they are shown: popups, the notification centre."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from app.domain.reminders import Notice, ReminderKind
from app.i18n import ntr, tr
from app.ui.theme import Kind
from app.ui.when import WEEK_DAYS

GLYPHS: Final[Mapping[ReminderKind, str]] = {
    ReminderKind.NOTE: "bell",
    ReminderKind.PROMISE: "handshake",
    ReminderKind.BIRTHDAY: "cake",
    ReminderKind.FESTIVAL: "party-popper",
    ReminderKind.SILENCE: "hourglass",
    ReminderKind.ANNIVERSARY: "calendar-heart",
    ReminderKind.CARE: "repeat",
    ReminderKind.THANKS: "message-square-heart",
}
_CELEBRATED: Final = (ReminderKind.BIRTHDAY, ReminderKind.FESTIVAL, ReminderKind.ANNIVERSARY)
_WEEK: Final = 7
_HALF_A_DAY: Final = timedelta(hours=12)
_NAMED: Final = 3  # of many
_GRACE: Final = timedelta(minutes=5)
"""Whoever is called at the moment is not late yet when the popup stands there."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A reminder in words. `late` is how late it is, empty for what is in time.

    Attributes:
        glyph: icon of its kind.
        kind: colour of the icon's disc.
        title: what is to be done.
        words: for whom and when, and on a second line what more there is to know.
        late: how late it is, empty for what is in time.
    """

    glyph: str
    kind: Kind
    title: str
    words: str
    late: str = ""


def shown(notice: Notice, now: datetime) -> Shown:
    """What a popup says of a reminder at `now` (aware)."""
    late = late_words(notice, now)
    first = (notice.customer, "" if late else due_words(notice.due, now))
    lines = (" · ".join(part for part in first if part), notice.about)
    return Shown(
        GLYPHS[notice.kind],
        "danger" if late else _kind(notice),
        notice.text or tr("Reminder"),
        "\n".join(line for line in lines if line),
        late,
    )


def _kind(notice: Notice) -> Kind:
    if notice.kind in _CELEBRATED:
        return "calm"
    return "info" if notice.kind is ReminderKind.PROMISE else "plain"


def late_words(notice: Notice, now: datetime) -> str:
    """How long ago it was due, in days, hours or minutes; "" for what is not late."""
    due, here = notice.due, now.astimezone()
    if not notice.late:
        return ""
    if isinstance(due, datetime) and here - due < _HALF_A_DAY:
        return _hours_late(here - due)
    day = due.astimezone().date() if isinstance(due, datetime) else due
    days = (here.date() - day).days
    return ntr("{count} day late", "{count} days late", days) if days > 0 else ""


def _hours_late(passed: timedelta) -> str:
    if passed < _GRACE:
        return ""
    minutes = int(passed.total_seconds() // 60)
    if minutes < 60:
        return ntr("{count} minute late", "{count} minutes late", minutes)
    return ntr("{count} hour late", "{count} hours late", minutes // 60)


def due_words(due: date | datetime, now: datetime) -> str:
    """The day that something is due, and its time if it has one: Today 16:00, Mon, 11-30."""
    here = due.astimezone() if isinstance(due, datetime) else None
    day = here.date() if here is not None else due
    words = near_day(day, now.astimezone().date())
    return f"{words} {here:%H:%M}" if here is not None else words


def near_day(day: date, today: date) -> str:
    """A day near today as people say it: Today, Tomorrow, Yesterday, Mon; else 11-30."""
    ahead = (day - today).days
    if ahead in (-1, 0, 1):
        return (tr("Yesterday"), tr("Today"), tr("Tomorrow"))[ahead + 1]
    if 1 < ahead < _WEEK:
        return str(WEEK_DAYS[day.weekday()])
    return f"{day:%m-%d}" if day.year == today.year else day.isoformat()


def until_words(until: datetime, now: datetime) -> str:
    """When something that was put off comes back: 15:51, Mon 09:00, 12-01 09:00."""
    here, today = until.astimezone(), now.astimezone().date()
    ahead = (here.date() - today).days
    if ahead == 0:
        return f"{here:%H:%M}"
    if 0 < ahead < _WEEK:
        return f"{WEEK_DAYS[here.weekday()]} {here:%H:%M}"
    return f"{near_day(here.date(), today)} {here:%H:%M}"


def called_words(at: datetime, now: datetime) -> str:
    """When it called: Just now, 15:35, Yesterday 15:35, 11-20 15:35."""
    here, present = at.astimezone(), now.astimezone()
    if here.date() != present.date():
        return f"{near_day(here.date(), present.date())} {here:%H:%M}"
    return tr("Just now") if present - here < timedelta(minutes=1) else f"{here:%H:%M}"


def digest_words(away: Sequence[Notice]) -> str:
    """The first of many, by name."""
    return " · ".join(list(dict.fromkeys(one.text for one in away))[:_NAMED])


def since_words(notices: Sequence[Notice], now: datetime) -> str:
    """When those that are not in sight called: earlier today, or since which day."""
    oldest = min(one.at for one in notices).astimezone().date()
    today = now.astimezone().date()
    if oldest == today:
        return tr("earlier today")
    return tr("since {day}", day=near_day(oldest, today))
