"""Values of calendar files: days and moments, spans of time, rules of repetition.

Whatever cannot be read raises Unreadable, whose message is the reason to show beside the entry.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final

from typing_extensions import override

from app.exchange.calendar_lines import Line
from app.exchange.calendar_zones import Zones
from app.i18n import Message

YEARS: Final = range(1800, 2200)

_DAY_OR_MOMENT: Final = re.compile(
    r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})"
    r"(?:[T ]([0-9]{2}):?([0-9]{2})(?::?([0-9]{2})(?:[.,][0-9]+)?)?"
    r"\s*(Z|[+-][0-9]{2}:?[0-9]{2})?)?",
    re.I,
)
_SPAN: Final = re.compile(
    r"([+-]?)P(?:([0-9]{1,5})W)?(?:([0-9]{1,6})D)?"
    r"(?:T(?:([0-9]{1,7})H)?(?:([0-9]{1,8})M)?(?:([0-9]{1,9})S)?)?",
    re.I,
)
_WEEKDAY: Final = r"(?:MO|TU|WE|TH|FR|SA|SU)"
_SIGNED: Final = r"[+-]?[0-9]{1,3}"
_LIST: Final = rf"{_SIGNED}(?:,{_SIGNED})*"
_PARTS: Final[Mapping[str, re.Pattern[str]]] = {
    "FREQ": re.compile(r"DAILY|WEEKLY|MONTHLY|YEARLY"),
    "INTERVAL": re.compile(r"0*[1-9][0-9]{0,3}"),
    "COUNT": re.compile(r"0*[1-9][0-9]{0,5}"),
    "UNTIL": _DAY_OR_MOMENT,
    "BYMONTH": re.compile(r"[0-9]{1,2}(?:,[0-9]{1,2})*|[0-9]{1,2}L"),
    "BYMONTHDAY": re.compile(_LIST),
    "BYYEARDAY": re.compile(_LIST),
    "BYWEEKNO": re.compile(_LIST),
    "BYSETPOS": re.compile(_LIST),
    "BYDAY": re.compile(rf"(?:[+-]?[0-9]{{1,2}})?{_WEEKDAY}(?:,(?:[+-]?[0-9]{{1,2}})?{_WEEKDAY})*"),
    "WKST": re.compile(_WEEKDAY),
    "RSCALE": re.compile(r"CHINESE|GREGORIAN"),
    "SKIP": re.compile(r"OMIT|BACKWARD|FORWARD"),
}
_MOST: Final = {"BYMONTH": 12, "BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYSETPOS": 366}
_OFTEN: Final = frozenset({"HOURLY", "MINUTELY", "SECONDLY"})
_CLOCK: Final = ("BYHOUR", "BYMINUTE", "BYSECOND")


class Unreadable(ValueError):
    """A value that cannot be read."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.msgid)
        self.message = message

    @override
    def __str__(self) -> str:
        return str(self.message)


def day_or_moment(text: str, zone: tzinfo | None = None) -> date | datetime:
    """What 20261122, 20261122T093000 or 20261122T093000Z says.

    A moment that names no zone has that of `zone`, or none. Raises Unreadable.
    """
    found = _DAY_OR_MOMENT.fullmatch(text.strip())
    try:
        return _made(found, zone) if found is not None else _refuse(text)
    except (ValueError, OverflowError) as error:
        raise Unreadable(_no_date(text)) from error


def _made(found: re.Match[str], zone: tzinfo | None) -> date | datetime:
    year, month, day, hour, minute, second, mark = found.groups()
    on = date(int(year), int(month), int(day))
    if on.year not in YEARS:
        _refuse(found[0])
    if hour is None:
        return on
    if int(hour) == 24:  # midnight, as some programs end a day
        on, hour = on + timedelta(days=1), "0"
    clock = time(int(hour), int(minute), min(int(second or 0), 59))
    return datetime.combine(on, clock, _marked(mark) if mark else zone)


def _marked(mark: str) -> tzinfo:
    if mark in "Zz":
        return UTC
    shift = timedelta(hours=int(mark[1:3]), minutes=int(mark[-2:]))
    return timezone(-shift if mark[0] == "-" else shift)


def _refuse(text: str) -> date:
    raise Unreadable(_no_date(text))


def _no_date(text: str) -> Message:
    return Message("“{text}” is no date that exists.", params={"text": text.strip()[:40]})


def when(line: Line, zones: Zones, floating: tzinfo | None) -> list[date | datetime]:
    """The days or moments of a property, in the zone it names.

    `floating` is the zone of moments that name none; None leaves them without. Raises Unreadable.
    """
    name = line.params.get("TZID", "")
    zone = zones.named(name) if name else floating
    # a day, or a moment that says its zone itself, needs none
    if name and zone is None and re.search(r"T[0-9:]+\s*(?:,|$)", line.value):
        raise Unreadable(
            Message(
                "The time zone “{name}” is not known, and the file does not explain it.",
                params={"name": name[:60]},
            )
        )
    values = (one.partition("/")[0] for one in line.value.split(","))
    return [day_or_moment(one, zone) for one in values if one.strip()]


def span(text: str) -> timedelta:
    """What -PT15M or P1DT2H says. Raises Unreadable."""
    found = _SPAN.fullmatch(text.strip())
    if found is None or not any(found.groups()[1:]):
        raise Unreadable(
            Message("“{text}” is no span of time.", params={"text": text.strip()[:40]})
        )
    sign, weeks, days, hours, minutes, seconds = found.groups()
    made = timedelta(
        weeks=int(weeks or 0),
        days=int(days or 0),
        hours=int(hours or 0),
        minutes=int(minutes or 0),
        seconds=int(seconds or 0),
    )
    return -made if sign == "-" else made


def rule(text: str, start: date | datetime) -> str:
    """An RRULE in capitals, FREQ first, its end of the kind of `start`. Raises Unreadable.

    What only repeats the start's own time of day is left out, and so is what is not of RFC 5545.
    """
    parts = _split(text)
    frequency = parts.get("FREQ", "")
    if frequency in _OFTEN:
        raise Unreadable(Message("It repeats several times a day, and a reminder cannot."))
    for name in _CLOCK:
        if name in parts and not _is_own_clock(name, parts.pop(name), start):
            raise Unreadable(Message("It repeats at several times of a day."))
    kept = {name: value for name, value in parts.items() if name in _PARTS}
    wrong = next((name for name, value in kept.items() if not _is_right(name, value)), None)
    if "FREQ" not in kept or wrong is not None or {"COUNT", "UNTIL"} <= set(kept):
        raise Unreadable(
            Message("It repeats by a rule that makes no sense: {rule}.", params={"rule": text[:80]})
        )
    if kept.get("RSCALE") == "GREGORIAN":
        del kept["RSCALE"]
    if "RSCALE" not in kept:
        kept.pop("SKIP", None)
    if "UNTIL" in kept:
        kept["UNTIL"] = _until(kept["UNTIL"], start)
    return ";".join(f"{name}={kept[name]}" for name in sorted(kept, key=lambda one: one != "FREQ"))


def _split(text: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in text.strip().upper().split(";") if part.strip())
    return {name.strip(): value.replace(" ", "") for name, _, value in pairs}


def _is_own_clock(name: str, value: str, start: date | datetime) -> bool:
    if not isinstance(start, datetime):
        return value.isdecimal()
    own = dict(zip(_CLOCK, (start.hour, start.minute, start.second), strict=True))
    return value.isdecimal() and int(value) == own[name]


def _is_right(name: str, value: str) -> bool:
    if _PARTS[name].fullmatch(value) is None:
        return False
    return name not in _MOST or all(
        1 <= abs(int(one.removesuffix("L"))) <= _MOST[name] for one in value.split(",")
    )


def _until(text: str, start: date | datetime) -> str:
    """The end as RFC 5545 wants it: a day for days, UTC for moments that have a zone."""
    last = day_or_moment(text)
    if not isinstance(start, datetime):
        return f"{last:%Y%m%d}"
    if not isinstance(last, datetime):
        last = datetime.combine(last, time(23, 59, 59))
    if start.tzinfo is None:
        return f"{last:%Y%m%dT%H%M%S}"
    aware = last if last.tzinfo is not None else last.replace(tzinfo=start.tzinfo)
    return f"{aware.astimezone(UTC):%Y%m%dT%H%M%SZ}"
