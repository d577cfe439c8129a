"""Reader of .ics: events and tasks as Outlook, Google, Apple and others write them.

An entry that cannot be read is a problem with its reason, the others are sound. What each program
has of its own is understood:

- an all-day event of Outlook that is written as moments from midnight to midnight is a day;
- zones under the names of Windows, or under long names that end in one of the IANA's, are these;
- X-WR-TIMEZONE, the zone of the calendar, is that of times without a zone, and of repeating ones
  written in UTC, which else would move by an hour in summer;
- an occurrence that was moved (RECURRENCE-ID) leaves its day free and becomes an entry of its own;
- an entry without a UID gets one made of what it says, the same each time;
- Apple's alarms that only switch off its own are none.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from app.errors import Refused
from app.exchange.calendar_drafts import Draft, alike, first_of, read_entry, stamp
from app.exchange.calendar_entries import CalendarFile, Entry, Problem
from app.exchange.calendar_lines import Component, read_components
from app.exchange.calendar_values import Unreadable
from app.exchange.calendar_zones import Zones
from app.exchange.encodings import (
    UTF_8,
    UTF_8_BOM,
    UTF_16_BE,
    UTF_16_LE,
    look_through,
    of_bytes,
    wanted_codec,
)
from app.exchange.vcard_values import unescaped
from app.i18n import Message

ENDINGS: Final = frozenset({".ics", ".ical", ".ifb", ".icalendar"})
MOST_ENTRIES: Final = 100_000
_WORDS_SHOWN: Final = 80
_SAMPLE: Final = 1 << 18
_ENTRIES: Final = frozenset({"VEVENT", "VTODO"})

Progress = Callable[[int, int], None]


def is_calendar(path: Path, head: bytes) -> bool:
    """Whether a file is read as a calendar: by its first line, else by its name."""
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start[:15].upper() == b"BEGIN:VCALENDAR" or path.suffix.lower() in ENDINGS


def read_calendar(
    path: Path, *, encoding: str | None = None, progress: Progress | None = None
) -> CalendarFile:
    """The events and tasks of a .ics file.

    Args:
        path: the file.
        encoding: found out if None.
        progress: called with entries read and to read; may raise to stop.

    Raises:
        Refused: the file cannot be read, or is no calendar.
    """
    found = wanted_codec(path, encoding) or _encoding(path)
    seen = _survey(path, found)
    if not seen.calendars or seen.values.get("VERSION", "").startswith("1."):
        raise Refused(_no_calendar(path, seen))
    reader = _Reader(seen)
    for number, one in enumerate(_entries(path, found), start=1):
        if number > MOST_ENTRIES:
            break
        reader.take(number, one)
        if progress is not None and number % 500 == 0:
            progress(number, seen.entries)
    return CalendarFile(
        seen.values.get("X-WR-CALNAME", ""),
        tuple(reader.finished()),
        tuple(sorted(reader.problems, key=lambda one: one.number)),
        tuple(_notes(seen)),
    )


def _no_calendar(path: Path, seen: "_Seen") -> Message:
    params = {"file": path.name}
    if seen.calendars:
        return Message(
            "“{file}” is a calendar of the old form vCalendar 1.0. Export it as iCalendar (.ics) "
            "and import that file.",
            params=params,
        )
    return Message(
        "“{file}” has no calendar in it: it does not begin with BEGIN:VCALENDAR. Export the "
        "calendar again and import that file.",
        params=params,
    )


@dataclass(slots=True)
class _Seen:
    """What a first look through the whole file found: zones may be defined at its end."""

    encoding: str
    values: dict[str, str] = field(default_factory=dict)
    zones: list[Component] = field(default_factory=list)
    entries: int = 0
    calendars: int = 0
    whole: bool = True

    def take(self, one: Component) -> None:
        if one.name == "VCALENDAR":
            self.calendars += 1
            self.whole = self.whole and one.ended
            for line in one.lines(self.encoding):
                self.values.setdefault(line.name, unescaped(line.value).strip())
        elif one.name == "VTIMEZONE":
            self.zones.append(one)
        elif one.name in _ENTRIES:
            self.entries += 1


def _survey(path: Path, encoding: str) -> _Seen:
    seen = _Seen(_own(encoding))
    for one in read_components(path, encoding):
        seen.take(one)
    return seen


def _encoding(path: Path) -> str:
    """The encoding of the file; lines folded inside a character are put together before that."""
    found = look_through(path).encoding
    if found in (UTF_8, UTF_8_BOM, UTF_16_LE, UTF_16_BE):
        return found
    sample = bytearray()
    for one in read_components(path, found):
        sample += b"\n".join(raw for raw in one.raw if not raw.isascii())
        if len(sample) > _SAMPLE:
            break
    return of_bytes(bytes(sample))


def _own(encoding: str) -> str:
    """The encoding of lines: those of UTF-16 come as UTF-8."""
    return UTF_8 if encoding in (UTF_16_LE, UTF_16_BE) else encoding


def _entries(path: Path, encoding: str) -> Iterator[Component]:
    return (one for one in read_components(path, encoding) if one.name in _ENTRIES)


def _notes(seen: _Seen) -> Iterator[Message]:
    if not seen.whole:
        yield Message("The file breaks off before its end. What came before that was read.")
    if seen.entries > MOST_ENTRIES:
        yield Message(
            "The file has {count} entries. Only the first {most} were read.",
            params={"count": seen.entries, "most": MOST_ENTRIES},
        )
    zone = seen.values.get("X-WR-TIMEZONE", "")
    if zone and Zones(seen.zones, seen.encoding).named(zone) is None:
        yield Message(
            "The calendar's time zone “{name}” is not known. Times without a zone are taken as "
            "they stand.",
            params={"name": zone[:60]},
        )


class _Reader:
    """Makes entries of components, and puts together what belongs to one series."""

    def __init__(self, seen: _Seen) -> None:
        self._encoding = seen.encoding
        self._zones = Zones(seen.zones, seen.encoding)
        self._zone = self._zones.named(seen.values.get("X-WR-TIMEZONE", "")) or None
        self._cancelled = seen.values.get("METHOD", "").upper() == "CANCEL"
        self._whole: dict[str, tuple[int, Entry]] = {}
        self._moved: dict[tuple[str, str], tuple[int, date | datetime, Entry]] = {}
        self.problems: list[Problem] = []

    def take(self, number: int, one: Component) -> None:
        """Read one entry; what is wrong with it is noted."""
        draft = Draft(one, self._encoding)
        text = draft.text("SUMMARY")
        if not one.ended:
            reason = Message("It breaks off in the middle.")
            self.problems.append(Problem(number, text[:_WORDS_SHOWN], reason))
            return
        try:
            entry = read_entry(draft, self._zones, self._zone)
            self._keep(replace(entry, cancelled=entry.cancelled or self._cancelled), draft)
        except Unreadable as error:
            self.problems.append(Problem(number, text[:_WORDS_SHOWN], error.message))

    def _keep(self, entry: Entry, draft: Draft) -> None:
        version = int(number) if (number := draft.text("SEQUENCE")[:9]).isdecimal() else 0
        line = draft.line("RECURRENCE-ID")
        if line is None:
            held = self._whole.get(entry.uid)
            if held is None or held[0] <= version:
                self._whole[entry.uid] = (version, entry)
            return
        if line.params.get("RANGE", "").upper() == "THISANDFUTURE":
            raise Unreadable(
                Message("It moves all later days of a series. Change the series here instead.")
            )
        instead = first_of(line, self._zones, self._zone)
        key = (entry.uid, stamp(instead))
        earlier = self._moved.get(key)
        if earlier is None or earlier[0] <= version:
            self._moved[key] = (version, instead, entry)

    def finished(self) -> Iterator[Entry]:
        """The entries; occurrences that were moved stand for themselves, after all others."""
        left_out: dict[str, list[date | datetime]] = {}
        single = []
        for (uid, mark), (_, instead, entry) in self._moved.items():
            left_out.setdefault(uid, []).append(instead)
            if not entry.cancelled:
                single.append(replace(entry, uid=f"{uid}/{mark}", repeat=None))
        for uid, (_, entry) in self._whole.items():
            yield _without(entry, left_out.get(uid, ()))
        yield from single


def _without(entry: Entry, days: Iterable[date | datetime]) -> Entry:
    if entry.repeat is None or not days:
        return entry
    gone = alike(days, entry.start)
    return replace(entry, repeat=replace(entry.repeat, not_on=(*entry.repeat.not_on, *gone)))
