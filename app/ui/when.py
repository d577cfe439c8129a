"""Days and moments in the words that lists and panels use."""

from datetime import date, datetime
from typing import Final

from app.i18n import Message, locale_code, ntr, tr

WEEK_DAYS: Final = (
    Message("Mon"), Message("Tue"), Message("Wed"), Message("Thu"), Message("Fri"),
    Message("Sat"), Message("Sun"),
)  # fmt: skip
"""The days of the week, in the order of `date.weekday()`."""
_NEAR: Final = 30


def day_words(day: date | None, today: date) -> str:
    """A past day as people say it: today, yesterday, 3 days ago; from a month on the date."""
    if day is None:
        return ""
    ago = (today - day).days
    if ago == 0:
        return tr("Today")
    if ago == 1:
        return tr("Yesterday")
    if 1 < ago <= _NEAR:
        return ntr("{count} day ago", "{count} days ago", ago)
    if ago == -1:
        return tr("Tomorrow")
    return day.isoformat()


def exact_moment(at: datetime) -> str:
    """Date and time where the user sits, as the language writes them."""
    # a start without this need not spend the time that Babel takes
    from babel.dates import format_datetime

    return str(format_datetime(at.astimezone(), "medium", locale=locale_code()))


def moment_words(at: datetime, now: datetime) -> str:
    """A past moment where the user sits: minutes and hours of today, else the day."""
    here, present = at.astimezone(), now.astimezone()
    if here.date() != present.date():
        return day_words(here.date(), present.date())
    minutes = int((present - here).total_seconds() // 60)
    if minutes < 1:
        return tr("Just now")
    if minutes < 60:
        return ntr("{count} minute ago", "{count} minutes ago", minutes)
    return tr("Today {time}", time=f"{here:%H:%M}")


def day_name(day: date, today: date) -> str:
    """A day to come: 11-23 Mon; with the year where it is another one."""
    form = "%m-%d" if day.year == today.year else "%Y-%m-%d"
    return f"{day:{form}} {WEEK_DAYS[day.weekday()]}"


def due_name(due: date | datetime, today: date) -> str:
    """A day or moment to come: Today 15:00, Tomorrow, 11-27 Fri 09:30."""
    here = due.astimezone() if isinstance(due, datetime) else due
    day = here.date() if isinstance(here, datetime) else here
    near = {0: tr("Today"), 1: tr("Tomorrow")}
    name = near.get((day - today).days) or day_name(day, today)
    return f"{name} {here:%H:%M}" if isinstance(here, datetime) else name
