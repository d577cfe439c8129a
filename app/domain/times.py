"""The time of day beside a date: 14:30, 2:30 PM, 下午2点半, T14:30:22Z."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final

_TIME: Final = re.compile(
    r"(?P<part>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|[AP]\.?M\.?)?\s*"
    r"(?P<hour>[0-9]{1,2})\s*(?:[:：]|[时時点點])\s*"
    r"(?:(?P<half>半)|(?P<minute>[0-5]?[0-9])\s*分?)?"
    r"(?:\s*(?:[:：]|(?<=分))\s*(?P<second>[0-5]?[0-9])(?:[.,][0-9]{1,9})?\s*秒?)?"
    r"\s*(?P<after>[AP]\.?M\.?)?\s*(?P<zone>Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?\s*$",
    re.I,
)
_AFTERNOON: Final = frozenset({"下午", "傍晚", "晚上", "夜里", "pm"})
_MORNING: Final = frozenset({"凌晨", "清晨", "早上", "早晨", "上午", "am"})
_NOON: Final = 12


def at_end(text: str) -> time | None:
    """The time with which the text ends, aware where it names its zone; None if there is none."""
    found = _TIME.search(text)
    if found is None:
        return None
    hour = _hour(int(found["hour"]), (found["part"] or found["after"] or "").lower())
    minute = 30 if found["half"] else int(found["minute"] or 0)
    if not 0 <= hour < 24:
        return None
    return time(hour, minute, int(found["second"] or 0), tzinfo=_zone(found["zone"]))


def moment(day: date, clock: time | None) -> datetime:
    """The moment, in UTC, of a local day and the time said with it; without one its midnight."""
    return datetime.combine(day, clock or time()).astimezone(UTC)


def _hour(hour: int, part: str) -> int:
    part = part.replace(".", "")
    if part in _AFTERNOON and hour < _NOON:
        return hour + _NOON
    if part in _MORNING and hour == _NOON:
        return 0
    if part == "中午" and hour < 3:
        return hour + _NOON
    return hour


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text[0] not in "+-":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)
