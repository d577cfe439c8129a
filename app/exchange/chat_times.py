"""The times that WeChat puts beside messages: 15:04, 昨天 15:04, 星期五 下午3:04, 11-20 15:04:33.

They look back: Friday is the one just past, a day without a year the latest that there was.
"""

import re
from calendar import isleap
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CHINESE_DAYS: Final = "一二三四五六日"
_DAYS_BACK: Final = {
    "今天": 0, "昨天": 1, "前天": 2, "今日": 0, "昨日": 1, "today": 0, "yesterday": 1
}  # fmt: skip

_MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_WEEKDAY: Final = (
    r"(?:(?:星期|周|週|礼拜|禮拜)[一二三四五六日天]"
    r"|(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?)"
)
_DATE: Final = (
    r"(?:(?P<year>[0-9]{4})\s?[-/.年]\s?(?P<month>[0-9]{1,2})\s?[-/.月]\s?(?P<day>[0-9]{1,2})\s?[日号號]?"
    r"|(?P<first>[0-9]{1,2})/(?P<second>[0-9]{1,2})/(?P<last>[0-9]{4}|[0-9]{2})"
    r"|(?P<only_month>[0-9]{1,2})\s?[-/月]\s?(?P<only_day>[0-9]{1,2})\s?[日号號]?"
    rf"|(?P<name_before>{_MONTH})\s(?P<named_day>[0-9]{{1,2}})(?:,?\s(?P<named_year>[0-9]{{4}}))?"
    rf"|(?P<day_before>[0-9]{{1,2}})\s(?P<name_after>{_MONTH})(?:,?\s(?P<after_year>[0-9]{{4}}))?)"
)
_TIME: Final = (
    r"(?P<part>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|[AP]M)?\s?"
    r"(?P<hour>[0-9]{1,2})[:：](?P<minute>[0-9]{2})(?:[:：](?P<second_of>[0-9]{2}))?"
    r"(?:\s?(?P<half>[AP]\.?M\.?))?"
)
_WHEN: Final = (
    rf"(?:(?P<back>{'|'.join(_DAYS_BACK)})|(?:(?P<weekday>{_WEEKDAY}),?\s?)?{_DATE}"
    rf"(?:,?\s?[(（]?{_WEEKDAY}[)）]?)?|(?P<weekday_only>{_WEEKDAY}))"
)
STAMP: Final = rf"(?:{_WHEN}(?:,?\s{{0,3}}(?:at\s)?{_TIME})?|{_TIME.replace('?P<', '?P<alone_')})"
_STAMP: Final = re.compile(STAMP, re.I)
_AFTERNOON: Final = frozenset({"下午", "傍晚", "晚上", "夜里", "pm"})
_MORNING: Final = frozenset({"凌晨", "清晨", "早上", "早晨", "上午", "am"})


@dataclass(frozen=True, slots=True)
class Stamp:
    """What stands beside a message. `dated` if a day is written, even one that has two meanings."""

    day: date | None
    time: time | None
    dated: bool

    def at(self, now: datetime, below: date | None = None) -> datetime | date | None:
        """The moment or day meant; a time alone is of the day `below` which it stands, or today's.

        None where that cannot be: a time alone that today has yet to see.
        """
        day = self.day if self.dated else below
        if self.time is None:
            return day
        if day is None and not self.dated and self.time <= now.time():
            day = now.date()
        return None if day is None else datetime.combine(day, self.time, now.tzinfo)


def read_stamp(text: str, now: datetime) -> Stamp | None:
    """The stamp that is all of the text; None if it is something else or no time at all."""
    found = _STAMP.fullmatch(text.strip())
    if found is None:
        return None
    parts = {name: value for name, value in found.groupdict().items() if value is not None}
    try:
        moment = _time(parts)
        day = _day(parts, now.date())
    except ValueError:  # the 31st of November, half past 25
        return None
    return Stamp(day, moment, dated=not any(name.startswith("alone_") for name in parts))


def _time(parts: dict[str, str]) -> time | None:
    parts = {name.removeprefix("alone_"): value for name, value in parts.items()}
    if "hour" not in parts:
        return None
    hour = int(parts["hour"])
    part = parts.get("part", parts.get("half", "")).lower().replace(".", "")
    if part in _AFTERNOON and hour < 12:
        hour += 12
    elif part in _MORNING and hour == 12:
        hour = 0
    elif part == "中午" and hour < 3:
        hour += 12
    return time(hour, int(parts["minute"]), int(parts.get("second_of", 0)))


def _day(parts: dict[str, str], today: date) -> date | None:
    if "back" in parts:
        return today - timedelta(days=_DAYS_BACK[parts["back"].lower()])
    if "weekday_only" in parts:
        return today - timedelta(days=(today.weekday() - _weekday(parts["weekday_only"])) % 7 or 7)
    if "year" in parts:
        return date(int(parts["year"]), int(parts["month"]), int(parts["day"]))
    if "first" in parts:
        return _either_order(int(parts["first"]), int(parts["second"]), int(parts["last"]))
    if "only_month" in parts:
        return _latest(int(parts["only_month"]), int(parts["only_day"]), today)
    name = parts.get("name_before", parts.get("name_after"))
    if name is None:
        return None
    day = int(parts.get("named_day", parts.get("day_before", "")))
    month = _MONTHS.index(name[:3].lower()) + 1
    year = parts.get("named_year", parts.get("after_year"))
    return _latest(month, day, today) if year is None else date(int(year), month, day)


def _weekday(text: str) -> int:
    """Monday is 0."""
    last = "日" if text[-1] == "天" else text[-1]
    if last in _CHINESE_DAYS:
        return _CHINESE_DAYS.index(last)
    return _DAYS.index(text[:3].lower())


def _either_order(first: int, second: int, year: int) -> date | None:
    """11/20/2026 has one meaning and 11/12/2026 two: then there is no day."""
    year += 2000 if year < 100 else 0
    if first <= 12 and second <= 12 and first != second:
        return None
    month, day = (first, second) if first <= 12 else (second, first)
    return date(year, month, day)


def _latest(month: int, day: int, today: date) -> date:
    """The day and month as it last was; a day ahead is let pass, as clocks differ."""
    year = today.year
    if (month, day) == (2, 29):
        while not isleap(year) or date(year, 2, 29) > today:
            year -= 1
        return date(year, 2, 29)
    found = date(year, month, day)
    return found if found <= today + timedelta(days=1) else date(year - 1, month, day)
