"""Reminders as entries of a calendar file, and entries as reminders."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Final

from app.domain.lunar import FIRST_DAY, LAST_DAY, from_solar
from app.domain.recurrence import (
    Freq,
    Recurrence,
    Way,
    Weekday,
    Workdays,
    anchored,
    following,
    from_rfc,
    parse,
    store,
    to_rfc,
)
from app.domain.reminders import LONGEST_LEAD, MOST_ALARMS, Alarm, load_alarms, local_moment
from app.errors import Refused
from app.exchange.calendar_entries import Entry, Repeat, Trigger
from app.exchange.calendar_zones import here
from app.i18n import Message
from app.models import Reminder
from app.services.reminder_writing import ReminderDraft, due_of

_DAY: Final = 24 * 60
_MOON: Final = "RSCALE=CHINESE"
_OWN_UID: Final = re.compile(r"reminder-([0-9]{1,18})@([0-9a-f]{12})\.shuke")
_DAY_PARTS: Final = (
    "by_month", "by_month_day", "by_year_day", "by_week_no", "by_day", "by_set_pos", "workday",
)  # fmt: skip
MOST_DAYS: Final = 40
"""Days named one by one that become reminders each; of more, the entry is refused."""


# ---- out


def uid_of(one: Reminder, workspace: str) -> str:
    """The name of a reminder in calendar files: the one it came with, or one of its own.

    All occurrences of a series have the same. `workspace` tells ours from those of another one.
    """
    return one.uid or f"reminder-{one.series_id or one.id}@{workspace}.shuke"


def own_series(uid: str, workspace: str) -> int | None:
    """The first id of the series that `uid_of` named so in this workspace; None for any other."""
    found = _OWN_UID.fullmatch(uid)
    return int(found[1]) if found is not None and found[2] == workspace else None


def as_entry(one: Reminder, customer: str, workspace: str, calendar: Workdays) -> Entry:
    """A reminder as other programs show it; `customer` is "" for one that must not be named."""
    due = due_of(one.due_on, one.due_at)
    repeat = _repeat(one.rule, due, calendar)
    return Entry(
        uid=uid_of(one, workspace),
        text=f"{one.text} ({customer})" if customer else one.text,
        start=_zoned(due) if repeat is not None else due,
        about=one.about,
        repeat=repeat,
        alarms=tuple(_trigger(alarm, due) for alarm in load_alarms(one.alarms)),
        done=one.closed_at is not None,
    )


def _repeat(rule: str, due: date | datetime, calendar: Workdays) -> Repeat | None:
    if not rule:
        return None
    said = to_rfc(parse(rule), due, calendar)
    dates = tuple(_zoned(one) for one in said.dates)
    return Repeat(said.rrule, dates, own=said.own) if said.rrule or dates or said.own else None


def _zoned(due: date | datetime) -> date | datetime:
    """What comes again does so by the clock on the wall here, also when summer time begins.

    Without a name of the zone it is a time of day wherever one is.
    """
    if not isinstance(due, datetime):
        return due
    zone = here()
    return due.astimezone().replace(tzinfo=None) if zone is None else due.astimezone(zone)


def _trigger(alarm: Alarm, due: date | datetime) -> Trigger:
    if isinstance(due, datetime):
        if alarm.clock is None:
            return Trigger(timedelta(minutes=alarm.minutes))
        return Trigger(due - alarm.at(due))
    at = alarm.at(due).astimezone()
    midnight = datetime.combine(due, time())
    return Trigger(midnight - at.replace(tzinfo=None))


# ---- in


@dataclass(frozen=True, slots=True)
class Understood:
    """A reminder made of an entry; `notes` say what of it could not be kept."""

    draft: ReminderDraft
    notes: tuple[Message, ...] = ()

    @property
    def uid(self) -> str:
        """Its name in calendar files."""
        return self.draft.uid


def as_drafts(one: Entry, today: date, calendar: Workdays) -> list[Understood]:
    """The reminders that an entry asks for from `today` on. Raises Refused with the reason.

    Mostly one, which repeats as the entry does. An entry with single days named gives one for
    each of them.
    """
    if one.cancelled:
        raise Refused(Message("It was cancelled."))
    if one.done:
        raise Refused(Message("It is done."))
    start = _local(one.start)
    made = _draft(one, start)
    repeat = one.repeat
    if repeat is None:
        return [_single(made, today)]
    if not repeat.rule and not repeat.own:
        return _one_by_one(one, made, today)
    return [_series(one.start, made, repeat, today, calendar)]


def _single(made: ReminderDraft, today: date) -> Understood:
    if _day(made.due) < today:
        raise Refused(Message("It is over."))
    return Understood(made)


def _series(
    start: date | datetime, made: ReminderDraft, repeat: Repeat, today: date, calendar: Workdays
) -> Understood:
    said = _with_lunar_day(repeat.rule, made.due)
    read = from_rfc(said, made.due, repeat.own)
    notes = []
    if _is_elsewhere(start):
        read = _days_here(read, start, made.due)
        notes.append(
            Message("It repeats by the clock of another time zone. Here it does by the clock here.")
        )
    due, rule = _present(read, made.due, today, calendar)
    left_out = [day for day in repeat.not_on if _day(_local(day)) >= today]
    if left_out:
        notes.append(
            Message(
                "{count} day is left out of it. Skip the reminder when that day comes.",
                "{count} days are left out of it. Skip the reminder when these days come.",
                {"count": len(left_out)},
            )
        )
    more = [day for day in repeat.more_on if _day(_local(day)) >= today]
    if more and not repeat.own:
        notes.append(
            Message(
                "{count} single day besides the rule is not imported.",
                "{count} single days besides the rule are not imported.",
                {"count": len(more)},
            )
        )
    return Understood(replace(made, due=due, rule=rule), tuple(notes))


def advanced(draft: ReminderDraft, until: date, calendar: Workdays) -> ReminderDraft:
    """As the series stands when it has come to its first occurrence from `until` on."""
    if not draft.rule or _day(draft.due) >= until:
        return draft
    rule = parse(draft.rule)
    found = following(rule, draft.due, until - timedelta(days=1), calendar)
    return draft if found is None else replace(draft, due=found.due, rule=store(found.rule))


def is_after_done(rule: str) -> bool:
    """Whether the next occurrence hangs on when the last one was done."""
    return bool(rule) and parse(rule).way is Way.AFTER_DONE


def _is_elsewhere(start: date | datetime) -> bool:
    """Whether a start is by a clock that shows another time than the one here."""
    if not isinstance(start, datetime) or start.tzinfo is None:
        return False
    return start.utcoffset() != start.astimezone().utcoffset()


def _days_here(rule: Recurrence, start: date | datetime, due: date | datetime) -> Recurrence:
    """The rule by days here, where it is another day already, or still. Raises Refused."""
    there = start.date() if isinstance(start, datetime) else start
    shift = (_day(due) - there).days
    named = {name for name in _DAY_PARTS if getattr(rule, name)}
    if not shift or not named:
        return rule
    if rule.freq is not Freq.WEEKLY or named != {"by_day"}:
        raise Refused(Message("It repeats by days of a time zone where it is another day."))
    days = sorted((one.day + shift) % 7 for one in rule.by_day)
    return replace(rule, by_day=tuple(Weekday(day) for day in days))


def _present(
    rule: Recurrence, due: date | datetime, today: date, calendar: Workdays
) -> tuple[date | datetime, str]:
    """The occurrence of today or the next to come, and the rule as it stands then.

    "" for the last occurrence: it does not come again.
    """
    if _day(due) < today:
        due, rule = _coming(rule, due, today, calendar)
    comes_again = rule.count != 1 and following(rule, due, _day(due), calendar) is not None
    return due, store(anchored(rule, due)) if comes_again else ""


def _coming(
    rule: Recurrence, due: date | datetime, today: date, calendar: Workdays
) -> tuple[date | datetime, Recurrence]:
    if rule.way is Way.AFTER_DONE:
        return _today_at(due, today) if isinstance(due, datetime) else today, rule
    found = following(rule, due, today - timedelta(days=1), calendar)
    if found is None:
        raise Refused(Message("It is over."))
    return found.due, found.rule


def _today_at(due: datetime, today: date) -> datetime:
    return local_moment(today, due.astimezone().time())


def _with_lunar_day(rule: str, due: date | datetime) -> str:
    """An RRULE of the Chinese calendar (RFC 7529) with its day, which it may leave to its start."""
    day = _day(due)
    if _MOON not in rule or "BYMONTHDAY" in rule or not FIRST_DAY <= day <= LAST_DAY:
        return rule
    lunar = from_solar(day)
    kept = [part for part in rule.split(";") if not part.startswith("BYMONTH=")]
    leap = "L" if lunar.leap else ""
    return ";".join([*kept, f"BYMONTH={lunar.month}{leap}", f"BYMONTHDAY={lunar.day}"])


def _one_by_one(one: Entry, made: ReminderDraft, today: date) -> list[Understood]:
    assert one.repeat is not None
    gone = {_local(day) for day in one.repeat.not_on}
    days = sorted({made.due, *map(_local, one.repeat.more_on)} - gone, key=_ordered)
    coming = [day for day in days if _day(day) >= today]
    if not coming:
        raise Refused(Message("It is over."))
    if len(coming) > MOST_DAYS:
        raise Refused(
            Message(
                "It names {count} days one by one. At most {most} are imported.",
                params={"count": len(coming), "most": MOST_DAYS},
            )
        )
    if len(days) == 1:
        return [Understood(replace(made, due=days[0]))]
    return [
        Understood(replace(made, due=day, uid=f"{one.uid}/{_day(day):%Y%m%d}")) for day in coming
    ]


def _draft(one: Entry, start: date | datetime) -> ReminderDraft:
    text = one.text or one.about.partition("\n")[0]
    place = [str(Message("Place: {place}", params={"place": one.place}))] if one.place else []
    about = one.about if one.text else one.about.partition("\n")[2]
    return ReminderDraft(
        text=" ".join(text.split())[:500],
        due=start,
        about="\n".join([*place, about]).strip(),
        alarms=tuple(_alarms(one.alarms, start)) or None,
        uid=one.uid,
    )


def _alarms(triggers: Iterable[Trigger], start: date | datetime) -> list[Alarm]:
    found = (_alarm(one, start) for one in triggers)
    return list(islice(dict.fromkeys(one for one in found if one is not None), MOST_ALARMS))


def _alarm(trigger: Trigger, start: date | datetime) -> Alarm | None:
    """An alarm as a reminder has it; None for one after the beginning, or a year ahead."""
    if isinstance(start, datetime):
        lead = start - trigger.at if trigger.at is not None else trigger.lead or timedelta()
        minutes = round(lead.total_seconds() / 60)
        return Alarm(minutes) if 0 <= minutes <= LONGEST_LEAD * _DAY else None
    midnight = datetime.combine(start, time())
    if trigger.at is not None:
        at = trigger.at.astimezone().replace(tzinfo=None)
    else:
        at = midnight - (trigger.lead or timedelta())
    days = (start - at.date()).days
    if not 0 <= days <= LONGEST_LEAD:
        return None
    return Alarm(days=days, clock=at.time().replace(second=0, microsecond=0))


def _local(due: date | datetime) -> date | datetime:
    """A moment without a zone is that time of day here."""
    if isinstance(due, datetime) and due.tzinfo is None:
        return local_moment(due.date(), due.time())
    return due


def _day(due: date | datetime) -> date:
    return due.astimezone().date() if isinstance(due, datetime) else due


def _ordered(due: date | datetime) -> datetime:
    return due if isinstance(due, datetime) else local_moment(due, time())
