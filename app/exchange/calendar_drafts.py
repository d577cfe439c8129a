"""One component of a calendar file as an entry."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from app.exchange.calendar_entries import Entry, Repeat, Trigger
from app.exchange.calendar_lines import Component, Line
from app.exchange.calendar_values import Unreadable, day_or_moment, rule, span, when
from app.exchange.calendar_zones import Zones
from app.exchange.vcard_values import unescaped
from app.i18n import Message

OWN_RULE: Final = "X-SHUKE-RULE"
_MOST_DAYS: Final = 10_000  # of RDATE or EXDATE in an entry
_MOST_ALARMS: Final = 20


class Draft:
    """The properties of a component by name, in the order of the file."""

    def __init__(self, one: Component, encoding: str) -> None:
        self.name = one.name
        self._lines: dict[str, list[Line]] = {}
        for line in one.lines(encoding):
            self._lines.setdefault(line.name, []).append(line)
        self.alarms = [
            Draft(part, encoding) for part in one.parts[:_MOST_ALARMS] if part.name == "VALARM"
        ]

    def line(self, name: str) -> Line | None:
        return self._lines[name][0] if name in self._lines else None

    def all(self, name: str) -> list[Line]:
        return self._lines.get(name, [])

    def text(self, name: str) -> str:
        line = self.line(name)
        return "" if line is None else unescaped(line.value).replace("\r", "").strip()

    def names(self) -> frozenset[str]:
        return frozenset(self._lines)


def read_entry(draft: Draft, zones: Zones, floating: tzinfo | None) -> Entry:
    """The entry of a VEVENT or VTODO; `floating` is the zone of times that name none.

    Raises Unreadable with the reason.
    """
    line = _start_line(draft)
    start = _day_if_all_day(first_of(line, zones, floating), draft)
    if draft.names() & {"RRULE", "RDATE"} and floating is not None:
        start = _in_zone(start, line, floating)
    end = _end(draft, zones, floating, start)
    status = draft.text("STATUS").upper()
    entry = Entry(
        uid=draft.text("UID"),
        text=draft.text("SUMMARY"),
        start=start,
        task=draft.name == "VTODO",
        about=draft.text("DESCRIPTION"),
        place=draft.text("LOCATION"),
        repeat=_repeat(draft, zones, floating, start),
        alarms=tuple(_triggers(draft.alarms, start, end)),
        done=status == "COMPLETED" or bool(draft.text("COMPLETED")),
        cancelled=status == "CANCELLED",
        changed=_changed(draft),
    )
    if not entry.text and not entry.about:
        raise Unreadable(Message("It says nothing: it has neither a title nor a description."))
    return entry if entry.uid else replace(entry, uid=_made_uid(entry))


def _start_line(draft: Draft) -> Line:
    names = ("DUE", "DTSTART") if draft.name == "VTODO" else ("DTSTART",)
    for name in names:
        if (line := draft.line(name)) is not None:
            return line
    raise Unreadable(Message("It has no date."))


def first_of(line: Line, zones: Zones, floating: tzinfo | None) -> date | datetime:
    """The day or moment of a property that has one. Raises Unreadable."""
    found = when(line, zones, floating)
    if not found:
        raise Unreadable(Message("It has no date."))
    return found[0]


def _day_if_all_day(start: date | datetime, draft: Draft) -> date | datetime:
    mark = draft.text("X-MICROSOFT-CDO-ALLDAYEVENT").upper() == "TRUE"
    return start.date() if mark and isinstance(start, datetime) else start


def _in_zone(start: date | datetime, line: Line, zone: tzinfo) -> date | datetime:
    """A start that is written in UTC, in the calendar's zone: it repeats by the clock there."""
    if isinstance(start, datetime) and start.tzinfo is UTC and "TZID" not in line.params:
        return start.astimezone(zone)
    return start


def _end(
    draft: Draft, zones: Zones, floating: tzinfo | None, start: date | datetime
) -> date | datetime:
    line = draft.line("DTEND")
    if line is not None and (found := when(line, zones, floating)):
        return found[0]
    if lasts := draft.text("DURATION"):
        return start + span(lasts)
    return start


def _changed(draft: Draft) -> datetime | None:
    text = draft.text("LAST-MODIFIED")
    try:
        found = day_or_moment(text, UTC) if text else None
    except Unreadable:
        return None  # nothing hangs on it but which of two is newer
    return found if isinstance(found, datetime) else None


def _repeat(
    draft: Draft, zones: Zones, floating: tzinfo | None, start: date | datetime
) -> Repeat | None:
    rules = draft.all("RRULE")
    if len(rules) > 1 or draft.line("EXRULE") is not None:
        raise Unreadable(Message("It repeats by several rules at once."))
    made = Repeat(
        rule(rules[0].value, start) if rules else "",
        _days(draft.all("RDATE"), zones, floating, start),
        _days(draft.all("EXDATE"), zones, floating, start),
        draft.text(OWN_RULE),
    )
    return made if made.rule or made.more_on or made.own else None


def _days(
    lines: Iterable[Line], zones: Zones, floating: tzinfo | None, start: date | datetime
) -> tuple[date | datetime, ...]:
    found: list[date | datetime] = []
    for line in lines:
        found += when(line, zones, floating)
        if len(found) > _MOST_DAYS:
            raise Unreadable(
                Message("It names more than {count} days one by one.", params={"count": _MOST_DAYS})
            )
    return tuple(alike(found, start))


def alike(days: Iterable[date | datetime], start: date | datetime) -> Iterator[date | datetime]:
    """The days as days or as moments, as the start is; in its zone."""
    for one in days:
        if not isinstance(start, datetime):
            yield one.date() if isinstance(one, datetime) else one
        elif not isinstance(one, datetime):
            yield datetime.combine(one, start.timetz())
        elif start.tzinfo is None or one.tzinfo is None:
            yield one.replace(tzinfo=start.tzinfo)
        else:
            yield one.astimezone(start.tzinfo)


def _triggers(
    alarms: Iterable[Draft], start: date | datetime, end: date | datetime
) -> Iterator[Trigger]:
    """When it calls; an alarm that cannot be read is none, the entry itself is sound."""
    for alarm in alarms:
        line = alarm.line("TRIGGER")
        if line is None or alarm.text("ACTION").upper() == "NONE":
            continue
        try:
            yield _trigger(line, start, end)
        except Unreadable:
            continue


def _trigger(line: Line, start: date | datetime, end: date | datetime) -> Trigger:
    if "P" not in line.value.upper():
        at = day_or_moment(line.value, UTC)
        if not isinstance(at, datetime):
            raise Unreadable(Message("It has no date."))
        return Trigger(at=at)
    lead = -span(line.value)
    if line.params.get("RELATED", "").upper() == "END":
        lead -= _between(start, end)
    return Trigger(lead=lead)


def _between(start: date | datetime, end: date | datetime) -> timedelta:
    begin, until = (
        one.replace(tzinfo=None) if isinstance(one, datetime) else datetime.combine(one, time())
        for one in (start, end)
    )
    return until - begin


def stamp(moment: date | datetime) -> str:
    """A day or a moment as the format writes it, the same for equal ones."""
    if not isinstance(moment, datetime):
        return f"{moment:%Y%m%d}"
    if moment.tzinfo is None:
        return f"{moment:%Y%m%dT%H%M%S}"
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _made_uid(entry: Entry) -> str:
    rule_text = entry.repeat.rule if entry.repeat else ""
    said = "\n".join((entry.text, stamp(entry.start), rule_text, entry.about))
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:32] + "@no-uid"
