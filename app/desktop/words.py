"""What notifications say of reminders, in the language in use."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from app.desktop.notifier import Answer, Bubble
from app.domain.reminders import LABELS, Notice
from app.i18n import locale_code, ntr, tr

MOST_ALONE: Final = 3
"""So many reminders have a notification each; more that come at once share one."""
_NAMED: Final = 5
_NEAR: Final = 6  # days


def bubble(notice: Notice, now: datetime) -> Bubble:
    """The notification of one reminder: what is to be done; for whom and when; more about it."""
    first = tr(" · ").join(part for part in (notice.customer, due_words(notice, now)) if part)
    return Bubble(
        notice.text or str(LABELS[notice.kind]),
        "\n".join(part for part in (first, notice.about) if part),
        (
            (Answer.OPEN, tr("Open")),
            (Answer.DONE, tr("Done")),
            (Answer.SNOOZE, tr("In 10 minutes")),
        ),
        urgent=notice.late,
    )


def digest(notices: Sequence[Notice], now: datetime) -> Bubble:
    """One notification for many reminders, those that are due first named first."""
    late = sum(one.late for one in notices)
    title = ntr("{count} reminder", "{count} reminders", len(notices))
    if late:
        title = tr(
            "{reminders}, {late}", reminders=title, late=ntr("{count} late", "{count} late", late)
        )
    first = sorted(notices, key=_order)[:_NAMED]
    lines = [_line(one, now) for one in first]
    if len(notices) > len(first):
        rest = len(notices) - len(first)
        lines.append(ntr("and {count} more", "and {count} more", rest))
    return Bubble(title, "\n".join(lines), ((Answer.OPEN, tr("Open")),), urgent=late > 0)


def _order(one: Notice) -> tuple[date, datetime, int]:
    moment = one.due if isinstance(one.due, datetime) else one.at
    return (_day(one.due), moment, one.reminder_id)


def _line(one: Notice, now: datetime) -> str:
    words = one.text or str(LABELS[one.kind])
    return tr(" · ").join(part for part in (words, one.customer, due_words(one, now)) if part)


def due_words(notice: Notice, now: datetime) -> str:
    """When it is due, seen from now: today 15:00, since yesterday, Friday, 3 Dec."""
    today = now.astimezone().date()
    day = _day(notice.due)
    clock = f"{notice.due.astimezone():%H:%M}" if isinstance(notice.due, datetime) else ""
    away = (day - today).days
    if away in _DAYS:
        said = {0: tr("today"), 1: tr("tomorrow"), -1: tr("yesterday")}[away]
    else:
        said = _date(day, today)
    when = f"{said} {clock}".rstrip()
    return tr("due since {when}", when=when) if notice.late else tr("due {when}", when=when)


_DAYS: Final = (-1, 0, 1)


def _date(day: date, today: date) -> str:
    # who starts without need of it is spared the time that Babel takes
    from babel.dates import format_date, format_skeleton

    if 0 < (day - today).days <= _NEAR:
        return str(format_date(day, "EEEE", locale=locale_code()))
    skeleton = "MMMd" if day.year == today.year else "yMMMd"
    return str(format_skeleton(skeleton, day, locale=locale_code()))


def _day(due: date | datetime) -> date:
    return due.astimezone().date() if isinstance(due, datetime) else due
