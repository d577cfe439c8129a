"""Writer of .ics (RFC 5545), which Outlook, Google, Apple and telephones import and subscribe to.

What repeats at a time of day is written in its zone, described in the file; a single moment in UTC.
A rule that RFC 5545 has no words for stands in a line of our own, and its days one by one beside
it, so that every program shows the right ones.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from app.exchange.calendar_drafts import OWN_RULE
from app.exchange.calendar_entries import Entry, Repeat, Trigger
from app.exchange.content_lines import folded
from app.exchange.vcard_values import CONTROLS, escaped
from app.exchange.writing import Written, replacing

_PRODUCT: Final = "-//Shuke//Shuke//EN"
_ZONE_YEARS: Final = 12  # of which the changes of the clock are described
_HOUR: Final = timedelta(hours=1)


def write_calendar(path: Path, entries: Iterable[Entry], *, name: str, made: datetime) -> Written:
    """Write entries into one file; `rows` of the answer counts them.

    Args:
        path: the file; one that is there stays as it was until the new one is whole.
        entries: their `uid` is the same at each writing, so that other programs know them again.
        name: of the calendar, as other programs show it.
        made: aware; the time of writing, for entries that do not say when they changed.

    Raises:
        Unavailable: the file cannot be written.
    """
    kept = list(entries)
    with replacing(path) as stream:
        for line in _lines(kept, name, made):
            stream.write(folded(line))
    return Written(len(kept))


def _lines(entries: list[Entry], name: str, made: datetime) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:{_PRODUCT}"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    if name.strip():
        yield f"X-WR-CALNAME:{escaped(name)}"
    for zone, first in _zones(entries).items():
        yield from _zone_lines(zone, first)
    for one in entries:
        yield from _entry_lines(one, made)
    yield "END:VCALENDAR"


def _entry_lines(one: Entry, made: datetime) -> Iterator[str]:
    component = "VTODO" if one.task else "VEVENT"
    yield f"BEGIN:{component}"
    yield f"UID:{CONTROLS.sub('', one.uid)}"
    yield f"DTSTAMP:{_utc(one.changed or made)}"
    if one.changed is not None:
        yield f"LAST-MODIFIED:{_utc(one.changed)}"
    yield _moment("DUE" if one.task else "DTSTART", one.start, one.repeat)
    yield f"SUMMARY:{escaped(one.text)}"
    if one.about.strip():
        yield f"DESCRIPTION:{escaped(one.about)}"
    if one.place.strip():
        yield f"LOCATION:{escaped(one.place)}"
    if one.repeat is not None:
        yield from _repeat_lines(one.repeat)
    yield from _status_lines(one)
    for alarm in one.alarms:
        yield from _alarm_lines(alarm, one)
    yield f"END:{component}"


def _status_lines(one: Entry) -> Iterator[str]:
    if one.cancelled:
        yield "STATUS:CANCELLED"
    elif one.task:
        yield f"STATUS:{'COMPLETED' if one.done else 'NEEDS-ACTION'}"
    if not one.task:
        yield "TRANSP:TRANSPARENT"  # it is no appointment: the time stays free
        if not isinstance(one.start, datetime):
            yield "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"


def _repeat_lines(repeat: Repeat) -> Iterator[str]:
    if repeat.rule:
        yield f"RRULE:{CONTROLS.sub('', repeat.rule)}"
    if repeat.own:
        yield f"{OWN_RULE}:{escaped(repeat.own)}"
    for one in repeat.more_on:
        yield _moment("RDATE", one, repeat)
    for one in repeat.not_on:
        yield _moment("EXDATE", one, repeat)


def _alarm_lines(alarm: Trigger, one: Entry) -> Iterator[str]:
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{escaped(one.text)}"
    if alarm.at is not None:
        yield f"TRIGGER;VALUE=DATE-TIME:{_utc(alarm.at)}"
    else:
        related = ";RELATED=END" if one.task else ""  # a task has no start, only its end
        yield f"TRIGGER{related}:{_span(-(alarm.lead or timedelta()))}"
    yield "END:VALARM"


def _moment(name: str, when: date | datetime, repeat: Repeat | None) -> str:
    if not isinstance(when, datetime):
        return f"{name};VALUE=DATE:{when:%Y%m%d}"
    if when.tzinfo is None:
        return f"{name}:{when:%Y%m%dT%H%M%S}"
    if repeat is not None and isinstance(when.tzinfo, ZoneInfo) and when.tzinfo.key != "UTC":
        return f"{name};TZID={when.tzinfo.key}:{when:%Y%m%dT%H%M%S}"
    return f"{name}:{_utc(when)}"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _span(length: timedelta) -> str:
    seconds = int(length.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    days, seconds = divmod(seconds, 86_400)
    hours, seconds = divmod(seconds, 3_600)
    minutes, seconds = divmod(seconds, 60)
    day = f"{days}D" if days else ""
    clock = "".join(
        f"{value}{letter}"
        for value, letter in ((hours, "H"), (minutes, "M"), (seconds, "S"))
        if value
    )
    if not day and not clock:
        return "PT0S"
    return f"{sign}P{day}{'T' if clock else ''}{clock}"


def _zones(entries: Iterable[Entry]) -> Mapping[ZoneInfo, datetime]:
    """The zones that are named, each with the first moment for which it is."""
    found: dict[ZoneInfo, datetime] = {}
    for one in entries:
        start = one.start
        if one.repeat is None or not isinstance(start, datetime):
            continue
        zone = start.tzinfo
        if isinstance(zone, ZoneInfo) and zone.key != "UTC":
            found[zone] = min(found.get(zone, start), start)
    return found


def _zone_lines(zone: ZoneInfo, first: datetime) -> Iterator[str]:
    """A description of a zone: what holds at first, and every change of the clock after that."""
    begin = datetime(first.year, 1, 1, tzinfo=UTC)
    yield "BEGIN:VTIMEZONE"
    yield f"TZID:{zone.key}"
    before = begin.astimezone(zone)
    yield from _observance(zone, begin, before.utcoffset() or timedelta())
    for change in _changes(zone, begin, begin.replace(year=begin.year + _ZONE_YEARS)):
        offset = (change - _HOUR).astimezone(zone).utcoffset() or timedelta()
        yield from _observance(zone, change, offset)
    yield "END:VTIMEZONE"


def _observance(zone: ZoneInfo, at: datetime, before: timedelta) -> Iterator[str]:
    here = at.astimezone(zone)
    kind = "DAYLIGHT" if here.dst() else "STANDARD"
    yield f"BEGIN:{kind}"
    # in the time that held until then
    yield f"DTSTART:{(at + before).replace(tzinfo=None):%Y%m%dT%H%M%S}"
    yield f"TZOFFSETFROM:{_offset(before)}"
    yield f"TZOFFSETTO:{_offset(here.utcoffset() or timedelta())}"
    yield f"TZNAME:{here.tzname()}"
    yield f"END:{kind}"


def _changes(zone: tzinfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """The moments from `begin` to `end`, in UTC, at which the clock of a zone is put."""
    day = begin
    while day < end:
        following = day + timedelta(days=1)
        if day.astimezone(zone).utcoffset() != following.astimezone(zone).utcoffset():
            yield _change(zone, day, following)
        day = following


def _change(zone: tzinfo, low: datetime, high: datetime) -> datetime:
    """The first moment, to the minute, at which the clock goes as at `high`."""
    after = high.astimezone(zone).utcoffset()
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) / 2
        middle = middle.replace(second=0, microsecond=0)
        if middle.astimezone(zone).utcoffset() == after:
            high = middle
        else:
            low = middle
    return high


def _offset(shift: timedelta) -> str:
    minutes = round(shift.total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"
