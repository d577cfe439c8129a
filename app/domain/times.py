"""The time of day beside a date: 14:30, 2:30 PM, 下午2点半, T14:30:22Z."""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final

_EARLY: Final = frozenset({"凌晨", "清晨", "早上", "早晨", "上午", "am"})
_LATE: Final = frozenset({"下午", "傍晚", "pm"})
_NIGHT: Final = frozenset({"晚上", "夜里", "夜裡", "深夜", "半夜", "午夜"})
_MIDDAY: Final = "中午"
_WORDS: Final = "|".join(sorted((_EARLY | _LATE | _NIGHT | {_MIDDAY}) - {"am", "pm"}))
_TIME: Final = re.compile(
    rf"(?P<part>{_WORDS}|[AP]\.?M\.?)?\s*"
    r"(?<![0-9])(?P<hour>[01]?[0-9]|2[0-4])\s*(?:[:：]|[时時点點])\s*"
    r"(?:(?P<half>半)|(?P<minute>[0-5]?[0-9])\s*分?)?"
    r"(?:\s*(?:[:：]|(?<=分))\s*(?P<second>[0-5]?[0-9])(?:[.,][0-9]{1,9})?\s*秒?)?"
    r"\s*(?P<after>[AP]\.?M\.?)?"
    r"\s*(?P<zone>Z|(?:UTC|GMT)(?:[+-](?:0?[0-9]|1[0-4])(?::?[0-5][0-9])?)?"
    r"|[+-](?:0[0-9]|1[0-4])(?::?[0-5][0-9])?)?\s*$",
    re.I,
)
_LED: Final = re.compile(rf"(?:(?<=[0-9])T|\s+|(?<=[日号號])){_TIME.pattern}", re.I)
_COMPACT: Final = re.compile(r"[0-9]{8}([01][0-9]|2[0-3])([0-5][0-9])([0-5][0-9])")
_OFFSET: Final = re.compile(r"([+-])([0-9]{1,2}):?([0-9]{2})?$")
_NOON: Final = 12
_NIGHTFALL: Final = 5  # 晚上5点 is in the evening, 夜里4点 in the morning
_DAY: Final = 24 * 60 * 60
_LONGEST: Final = 80


def at_end(text: str) -> time | None:
    """The time with which the text ends, aware where it names its zone; None if there is none."""
    plain = unicodedata.normalize("NFKC", text[-_LONGEST:]).strip()
    figures = _COMPACT.fullmatch(plain)
    if figures is not None:
        hour, minute, second = map(int, figures.groups())
        return time(hour, minute, second)
    found = _TIME.search(plain)
    if found is None:
        return None
    hour = _hour(int(found["hour"]), (found["part"] or found["after"] or "").lower())
    minute = 30 if found["half"] else int(found["minute"] or 0)
    if not 0 <= hour < 24:
        return None
    return time(hour, minute, int(found["second"] or 0), tzinfo=_zone(found["zone"]))


def without(text: str) -> str:
    """The text without the time with which it ends, where one stands apart from what is before."""
    return _LED.sub("", text)


def of_share(share: float) -> time:
    """The time of day when so much of a day has passed, from 0 to below 1."""
    minutes, seconds = divmod(round(share * _DAY) % _DAY, 60)
    return time(minutes // 60, minutes % 60, seconds)


def moment(day: date, clock: time | None) -> datetime:
    """The moment, in UTC, of a local day and the time said with it; without one its midnight."""
    return datetime.combine(day, clock or time()).astimezone(UTC)


def _hour(hour: int, part: str) -> int:
    part = part.replace(".", "")
    late = part in _LATE or (part in _NIGHT and hour >= _NIGHTFALL)
    if late and hour < _NOON:
        return hour + _NOON
    if part in _EARLY | _NIGHT and hour == _NOON:
        return 0
    if part == _MIDDAY and hour < 3:
        return hour + _NOON
    return hour


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    found = _OFFSET.search(text)
    if found is None:
        return UTC
    offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(-offset if found[1] == "-" else offset)
