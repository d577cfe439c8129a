"""Dates as people write them in tables, and dates relative to today.

A text is read only if it has one meaning: 8/2/2026 has two until `guess_order` or the user has
settled whether days or months come first. Days are those of the calendar, without time zones:
of a date with a time the written date is taken. Serial numbers of spreadsheets are not text and
are turned into dates where files are read. Republic of China years (民國115年, 115/2/8) are
Gregorian years less 1911.
"""

import calendar
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from typing_extensions import override

from app.domain import times
from app.i18n import Message

Order = Literal["auto", "dmy", "mdy", "ymd"]
Unit = Literal["d", "w", "m", "y"]

EARLIEST_YEAR: Final = 1800
LATEST_YEAR: Final = 2199
LONGEST: Final = 80
_ROC_OFFSET = 1911
_YEARS_AHEAD = 20  # a two-digit year is at most so far in the future
_ORDERS: tuple[Order, ...] = ("dmy", "mdy", "ymd")

_WEEKDAY = re.compile(
    r"\(?(?:星期|周|週|礼拜|禮拜)[一二三四五六日天]\)?|\([一二三四五六日]\)"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:[0-9]{6})?")
_TRIPLE = re.compile(
    r"((?:中華|中华)?民[國国])?\s*([0-9]{1,4})\s*(?:([-/.])\s*([0-9]{1,2})\s*\3|年\s*([0-9]{1,2})\s*月"
    r"|\s([0-9]{1,2})\s)\s*([0-9]{1,4})\s*[日号號]?"
)
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTH_NAMES = {
    **{name.lower(): number for number, name in enumerate(_MONTHS, start=1)},
    **{name[:3].lower(): number for number, name in enumerate(_MONTHS, start=1)},
    "sept": 9,
}
_NAME_FIRST = re.compile(
    r"([A-Z]+)[\s.\-/]*([0-9]{1,2})(?:st|nd|rd|th)?[\s,.\-/]+([0-9]{2,4})", re.I
)
_DAY_FIRST = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th)?[\s.\-/]*(?:of\s+)?([A-Z]+)[\s,.\-/]+([0-9]{2,4})", re.I
)
_YEAR_FIRST = re.compile(r"([0-9]{4})[\s.\-/]+([A-Z]+)[\s.\-/]+([0-9]{1,2})", re.I)

_SHORT_YEAR = re.compile(
    r"[0-9]{1,2}[-/.年\s][0-9]{1,2}[-/.月\s][0-9]{1,2}[日号號]?|[0-9]{1,2}[\s-][A-Z]+[\s-][0-9]{2}",
    re.IGNORECASE,
)

_RELATIVE = re.compile(
    r"([+-])\s?([0-9]{1,5})\s?(d|w|m|y)(?:(?<=d)ays?|(?<=w)eeks?|(?<=m)onths?|(?<=y)ears?)?"
)
_RELATIVE_CHINESE = re.compile(
    r"([0-9]{1,5})\s?(天|日|周|週|星期|个月|個月|月|年)(?:以|之)?(前|后|後)"
)
_UNITS: dict[str, Unit] = {
    "d": "d", "w": "w", "m": "m", "y": "y",
    "天": "d", "日": "d", "周": "w", "週": "w", "星期": "w",
    "个月": "m", "個月": "m", "月": "m", "年": "y",
}  # fmt: skip
_DAY_WORDS = {
    "today": 0, "yesterday": -1, "tomorrow": 1,
    "今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2,
    "明天": 1, "明日": 1, "后天": 2, "後天": 2,
}  # fmt: skip
_MOST: dict[str, int] = {"d": 73_000, "w": 10_400, "m": 2_400, "y": 200}


@dataclass(frozen=True, slots=True)
class _Reading:
    """One meaning a text may have; the day need not exist."""

    year: int
    month: int
    day: int

    def exists(self) -> bool:
        return (
            EARLIEST_YEAR <= self.year <= LATEST_YEAR
            and 1 <= self.month <= 12
            and 1 <= self.day <= calendar.monthrange(self.year, self.month)[1]
        )


@dataclass(frozen=True, slots=True)
class Relative:
    """A day counted from today: `amount` days, weeks, months or years, negative for the past."""

    amount: int
    unit: Unit

    def on(self, today: date) -> date:
        """The day meant; a month too short gives its last day (31 March less a month)."""
        if self.unit in {"d", "w"}:
            days = self.amount * (7 if self.unit == "w" else 1)
            ordinal = today.toordinal() + days
            return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))
        months = self.amount * (12 if self.unit == "y" else 1)
        year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
        if not date.min.year <= year <= date.max.year:
            return date.min if months < 0 else date.max
        return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))

    @override
    def __str__(self) -> str:
        return f"{self.amount:+d}{self.unit}" if self.amount else "today"


def parse(text: str, today: date | None = None, order: Order = "auto") -> date | None:
    """The day `text` means, or None if it means none or more than one.

    `order` says how 8/2/2026 and 8/2/26 are meant. Years of two digits are read only with an
    order, and as the one from 79 years before `today` to 20 after; "8-Feb-26" needs no order.
    """
    found = {reading for reading in _readings(text, today, order) if reading.exists()}
    if len(found) != 1:
        return None
    reading = found.pop()
    return date(reading.year, reading.month, reading.day)


def problem(text: str, today: date | None = None, order: Order = "auto") -> Message | None:
    """Why `parse` gives None, for the field; None if it does not, or `text` is blank."""
    if not text.strip() or parse(text, today, order):
        return None
    shown = text.strip()[:40]
    readings = list(dict.fromkeys(_readings(text, today, order)))
    possible = [reading for reading in readings if reading.exists()]
    if possible:
        return Message(
            "“{text}” can be {first} or {second}: say whether the day or the month comes first.",
            params={"text": shown, "first": _iso(possible[0]), "second": _iso(possible[1])},
        )
    if readings:
        return _impossible(readings, shown, order)
    if _has_short_year(text):
        return Message("Write the year of “{text}” with four digits.", params={"text": shown})
    return Message("“{text}” is not a date: write it like 2026-02-28.", params={"text": shown})


def ask_for_order(problem: Message) -> bool:
    """Whether it would be a date once the order of its figures was said."""
    return problem.msgid.startswith("“{text}” can be {first} or {second}:")


def guess_order(samples: Iterable[str]) -> Order:
    """The one order in which all dates of a column exist; "auto" if that is none or several."""
    possible = set(_ORDERS)
    today = date(2000, 1, 1)  # only completes short years, on which the order does not depend
    for sample in samples:
        fitting = {order for order in _ORDERS if parse(sample, today, order)}
        if fitting:
            possible &= fitting
    return possible.pop() if len(possible) == 1 else "auto"


def read_relative(text: str) -> Relative | None:
    """Read "-30d", "+2w", "-3m", "-1y", "today", "yesterday", "30天前"; None for anything else.

    At most 200 years away.
    """
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).strip().lower().replace("−", "-")
    if plain in _DAY_WORDS:
        return Relative(_DAY_WORDS[plain], "d")
    if found := _RELATIVE.fullmatch(plain):
        sign, figure, unit = found[1], found[2], _UNITS[found[3]]
    elif found := _RELATIVE_CHINESE.fullmatch(plain):
        sign, figure, unit = "-" if found[3] == "前" else "+", found[1], _UNITS[found[2]]
    else:
        return None
    amount = int(sign + figure)
    if abs(amount) > _MOST[unit]:
        return None
    return Relative(amount, unit) if amount else Relative(0, "d")


def parse_relative(text: str, today: date) -> date | None:
    """The day that a text of `read_relative` means today; None if it is none of its forms."""
    relative = read_relative(text)
    return relative.on(today) if relative else None


def _clean(text: str) -> str:
    """In half width, without time of day and day of the week; empty if too long to be a date."""
    if len(text) > LONGEST:
        return ""
    plain = unicodedata.normalize("NFKC", text).strip()
    return _WEEKDAY.sub(" ", times.without(plain)).strip(" ,")


def _readings(text: str, today: date | None, order: Order) -> list[_Reading]:
    plain = _clean(text)
    if found := _COMPACT.fullmatch(plain):
        return [_Reading(int(found[1]), int(found[2]), int(found[3]))]
    if found := _TRIPLE.fullmatch(plain):
        return _from_figures(found, today, order)
    return _from_month_name(plain, today)


def _from_figures(found: re.Match[str], today: date | None, order: Order) -> list[_Reading]:
    first, last = found[2], found[7]
    middle = found[4] or found[5] or found[6]
    republic = bool(found[1]) or len(first) == 3
    if republic or len(first) == 4:
        year = int(first) + (_ROC_OFFSET if republic else 0)
        return [_Reading(year, int(middle), int(last))] if len(last) <= 2 else []
    orders: tuple[Order, ...] = (order,)
    if order == "auto":
        orders = ("dmy", "mdy") if len(last) == 4 else ()
    if found[5]:  # 年月日 says the order, but not the century
        orders = ("ymd",) if order == "ymd" else ()
    readings = (_in_order(each, (first, middle, last), today) for each in orders)
    return [reading for reading in readings if reading]


def _in_order(order: Order, figures: tuple[str, str, str], today: date | None) -> _Reading | None:
    by_name = dict(zip(order, figures, strict=True))
    year = _full_year(by_name["y"], today)
    if year is None or len(by_name["d"]) > 2:
        return None
    return _Reading(year, int(by_name["m"]), int(by_name["d"]))


def _from_month_name(plain: str, today: date | None) -> list[_Reading]:
    """8 Feb 2026, Feb 8th, 2026, 2026-Feb-08, 8-Feb-26."""
    if found := _NAME_FIRST.fullmatch(plain):
        name, day, year_text = found.groups()
    elif found := _DAY_FIRST.fullmatch(plain):
        day, name, year_text = found.groups()
    elif found := _YEAR_FIRST.fullmatch(plain):
        year_text, name, day = found.groups()
    else:
        return []
    year, month = _full_year(year_text, today), _MONTH_NAMES.get(name.lower())
    return [_Reading(year, month, int(day))] if year is not None and month else []


def _full_year(figures: str, today: date | None) -> int | None:
    if len(figures) == 4:
        return int(figures)
    if len(figures) != 2 or today is None:
        return None
    year = today.year - today.year % 100 + int(figures)
    if year > today.year + _YEARS_AHEAD:
        return year - 100
    return year + 100 if year <= today.year + _YEARS_AHEAD - 100 else year


def _impossible(readings: list[_Reading], shown: str, order: Order) -> Message:
    first = readings[0]
    if not EARLIEST_YEAR <= first.year <= LATEST_YEAR:
        return Message(
            "The year {year} of “{text}” cannot be right.",
            params={"year": first.year, "text": shown},
        )
    if len(readings) == 1 and 1 <= first.month <= 12:
        return Message(
            "There is no “{text}”: {year}-{month:02} has {count} day.",
            "There is no “{text}”: {year}-{month:02} has {count} days.",
            {
                "text": shown,
                "year": first.year,
                "month": first.month,
                "count": calendar.monthrange(first.year, first.month)[1],
            },
        )
    if first.day <= 12 and order == "dmy":
        return Message("“{text}” is not in the order day, month, year.", params={"text": shown})
    if first.day <= 12 and order == "mdy":
        return Message("“{text}” is not in the order month, day, year.", params={"text": shown})
    return Message("There is no such day as “{text}”.", params={"text": shown})


def _has_short_year(text: str) -> bool:
    return bool(_SHORT_YEAR.fullmatch(_clean(text)))


def _iso(reading: _Reading) -> str:
    return f"{reading.year}-{reading.month:02}-{reading.day:02}"
