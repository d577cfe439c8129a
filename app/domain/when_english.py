"""English words for days and hours, and dates in figures, in folded text."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from app.domain import numerals
from app.domain.numerals import ENGLISH_NUMBER
from app.domain.quick_words import REPEAT
from app.domain.when_days import (
    Hour,
    Rule,
    after_months,
    coming,
    existing,
    guessed_hour,
    in_months,
    moment,
    month_end,
    week_end,
    weekday_in,
    without_year,
)

_NEAR: Final = {
    "day before yesterday": -2, "yesterday": -1, "today": 0, "tomorrow": 1, "tmrw": 1, "tmr": 1,
    "day after tomorrow": 2,
}  # fmt: skip
_NEAR_DAY: Final = re.compile(
    r"\b(?:the )?(day before yesterday|day after tomorrow|yesterday|today|tomorrow|tmrw|tmr)"
    r"\b(?!['’]s)"
)
_WEEKDAYS: Final = {
    name: place for place, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
}
_DAY_NAME: Final = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)"
)
# "he sat down", "in the sun", "to wed": the short names need company
_WEEKDAY: Final = re.compile(
    rf"(?<![\w'’])(?:(next|this|coming|last|past) )?(?:week (?:on )?)?({_DAY_NAME})(?![\w'’])"
    rf"(?:(?: of)? (next|this|last) week(?!['’\w]))?"
)
_LONE_SHORT: Final = frozenset({"sat", "sun", "wed"})
_COMPANY_BEFORE: Final = re.compile(r"(?:\b(?:on|by|before|up|back|again|try) |^|[,;.(] ?)$")
_COMPANY_AFTER: Final = re.compile(r",? (?:at |@ ?)?[0-9]|,? (?:morning|afternoon|evening)|$")
_NEXT: Final = re.compile(r"(?<!\w)next (week|month)(?![\w'’])")
_WEEK_AFTER: Final = re.compile(r"(?<!\w)(?:the )?week after next(?![\w'’])")
_END_OF: Final = re.compile(
    r"(?<!\w)(?:the )?end of (?:the |this )?(next )?(day|week|month|year)(?![\w'’])"
)
_SHORT_END: Final = re.compile(r"(?<!\w)(?:eod|cob|close of business)(?!\w)")
_MONTHS: Final = {
    name: place
    for place, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_MONTH: Final = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR: Final = r"(?:,? (20[0-9]{2})(?!\w))?"
_DAY_FIRST: Final = re.compile(
    rf"(?<![\w.:/-])(?:the )?([0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -]{_MONTH}\.?(?!\w){_YEAR}"
)
_MONTH_FIRST: Final = re.compile(
    rf"(?<!\w){_MONTH}\.? (?:the )?([0-9]{{1,2}})(st|nd|rd|th)?(?![\w:%/]|\.[0-9]){_YEAR}"
)
_MAY_COMPANY: Final = re.compile(rf"(?:(?:on|by|before|due|next|this) |{REPEAT} ?)$")
_ORDINAL: Final = re.compile(
    r"(?:(?<=on )|(?<=by )|(?<=before ))the ([0-9]{1,2})(?:st|nd|rd|th)(?!\w)(?! (?:floor|street))"
)
_ISO: Final = re.compile(
    r"(?<![\w./-])(20[0-9]{2})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?![0-9/-]|\.[0-9])"
)
# 10-20 boxes, 3-5 days, SO-1108 are no dates: two digits each, and nothing counted after them
_FIGURES: Final = re.compile(
    r"(?<![\w.:/#×x~-])([01]?[0-9])(?:-(?=[0-9]{2})|/)([0-3]?[0-9])(?![0-9%/:×x~-]|\.[0-9])"
    r"(?! ?(?:am|pm|a\.m|p\.m|[天周块个片件箱元人万千吨台套张只瓶包盒度分次页米寸]|kg|pcs|mm|cm"
    r"|min\b|[a-z]+s\b))"
)
_BEFORE: Final = re.compile(r"^\s?(?:日|号|之前|以前|前(?![台面后]))")
_IN: Final = re.compile(
    rf"(?<!\w)(?:in|within|in the next|within the next) (half )?({ENGLISH_NUMBER}) "
    r"(half[ -])?(days?|weeks?|fortnight|months?|years?|hours?|hrs?|minutes?|mins?)"
    r"(?:['’]? time)?(?!\w)"
)
_FROM_NOW: Final = re.compile(
    rf"(?<!\w)({ENGLISH_NUMBER}) (days?|weeks?|months?|hours?|minutes?) from (?:now|today)(?!\w)"
)
_AGO: Final = re.compile(rf"(?<!\w)({ENGLISH_NUMBER}) (days?|weeks?|months?|years?) ago(?!\w)")
_UNITS: Final = {"d": 1, "w": 7, "f": 14}
_MINUTES: Final = {"h": 60, "m": 1}


def _near(found: re.Match[str], now: datetime) -> date:
    return now.date() + timedelta(days=_NEAR[found[1]])


def _weekday(found: re.Match[str], now: datetime) -> date | None:
    which, name, week = found[1], found[2], found[3]
    weekday = _WEEKDAYS[name[:3]]
    if name in _LONE_SHORT and not (which or week) and not _has_company(found):
        return None
    said = which if which != "coming" else None
    if week:
        said = week if said is None else "both"
    if said is None:
        ahead = found.string[found.start() : found.start(2)]
        return None if "week" in ahead else coming(now.date(), weekday)
    if said in {"last", "past"} and not week:
        return coming(now.date(), weekday) - timedelta(days=7 if weekday != now.weekday() else 14)
    weeks = {"next": 1, "this": 0, "last": -1}.get(said)
    return None if weeks is None else weekday_in(now.date(), weekday, weeks)


def _has_company(found: re.Match[str]) -> bool:
    before, after = found.string[: found.start()], found.string[found.end() :]
    return bool(_COMPANY_BEFORE.search(before) and _COMPANY_AFTER.match(after))


def _next(found: re.Match[str], now: datetime) -> date:
    if found[1] == "week":
        return weekday_in(now.date(), 0, 1)
    return date(*in_months(now.date(), 1), 1)


def _week_after(_: re.Match[str], now: datetime) -> date:
    return weekday_in(now.date(), 0, 2)


def _end_of(found: re.Match[str], now: datetime) -> date | None:
    today, away, unit = now.date(), int(bool(found[1])), found[2]
    if unit == "day":
        return None if away else today
    if unit == "week":
        return week_end(today, away)
    if unit == "month":
        return month_end(*in_months(today, away))
    return date(today.year + away, 12, 31)


def _today(_: re.Match[str], now: datetime) -> date:
    return now.date()


def _of(year: str | None, month: str, day: str, now: datetime) -> date | None:
    number = _MONTHS[month[:3]]
    if year:
        return existing(int(year), number, int(day))
    return without_year(number, int(day), now.date())


def _day_first(found: re.Match[str], now: datetime) -> date | None:
    return _of(found[3], found[2], found[1], now)


def _month_first(found: re.Match[str], now: datetime) -> date | None:
    month, day, ordinal, year = found.groups()
    if month in {"may", "mar", "march"} and not ordinal and not year:
        before = found.string[: found.start()]
        if not _MAY_COMPANY.search(before):  # "we may 5", "march 3"
            return None
    return _of(year, month, day, now)


def _ordinal(found: re.Match[str], now: datetime) -> date | None:
    days = (existing(*in_months(now.date(), months), int(found[1])) for months in range(3))
    return next((day for day in days if day and day >= now.date()), None)


def _iso(found: re.Match[str], _: datetime) -> date | None:
    return existing(int(found[1]), int(found[3]), int(found[4]))


def _figures(found: re.Match[str], now: datetime) -> date | None:
    first, second = int(found[1]), int(found[2])
    after = found.string[found.end() :]
    month_day = without_year(first, second, now.date())
    if "-" in found[0] or _BEFORE.match(after):
        return month_day
    day_month = without_year(second, first, now.date())
    if month_day and day_month and month_day != day_month:
        return None  # 4/12 has two meanings
    return None if second <= 5 else month_day or day_month  # 5/5 is a rating


def _counted(amount: str, unit: str, now: datetime, sign: int = 1) -> date | datetime | None:
    number = numerals.value(amount)
    if not number:
        return None
    if unit.startswith("mo"):
        return after_months(now.date(), sign * number)
    if unit[0] in _UNITS:
        return now.date() + timedelta(days=sign * number * _UNITS[unit[0]])
    if unit[0] == "y":
        return after_months(now.date(), sign * number * 12)
    return moment(now, sign * number * _MINUTES[unit[0]])


def _in(found: re.Match[str], now: datetime) -> date | datetime | None:
    if not (found[1] or found[3]):
        return _counted(found[2], found[4], now)
    return moment(now, 30) if found[4].startswith("h") and found[2] in {"a", "an"} else None


def _from_now(found: re.Match[str], now: datetime) -> date | datetime | None:
    return _counted(found[1], found[2], now)


def _ago(found: re.Match[str], now: datetime) -> date | datetime | None:
    return _counted(found[1], found[2], now, -1)


RULES: Final = (
    Rule(_NEAR_DAY, _near),
    Rule(_WEEKDAY, _weekday),
    Rule(_NEXT, _next),
    Rule(_WEEK_AFTER, _week_after),
    Rule(_END_OF, _end_of),
    Rule(_SHORT_END, _today),
    Rule(_DAY_FIRST, _day_first),
    Rule(_MONTH_FIRST, _month_first),
    Rule(_ORDINAL, _ordinal),
    Rule(_ISO, _iso),
    Rule(_FIGURES, _figures),
    Rule(_IN, _in),
    Rule(_FROM_NOW, _from_now),
    Rule(_AGO, _ago),
)

_PARTS: Final = {
    "morning": 9,
    "noon": 12,
    "midday": 12,
    "afternoon": 14,
    "evening": 19,
    "night": 19,
}
_CLOCK: Final = re.compile(
    r"(?<![\w.:/-])(?:(morning|afternoon|evening|night),? )?(?:at |around |@ ?)?(?<![\w.:/-])"
    r"([0-9]{1,2})(?::([0-5][0-9]))? ?(am|pm|a\.m\.?|p\.m\.?)(?!\w)"
)
_FIGURES_CLOCK: Final = re.compile(
    r"(?<![\w.:/-])(?:(morning|afternoon|evening|night),? )?(at |around |@ ?)?(?<![\w.:/-])"
    r"([0-9]{1,2}):([0-5][0-9])(?![\w:%])(?: ?(?:h|hrs|hours)\b)?"
)
_AT: Final = re.compile(
    r"(?<!\w)(?:(morning|afternoon|evening|night),? )?(?:at |@ ?)([0-9]{1,2})(?: o['’]clock)?"
    r"(?![\w:%/$€£-]|\.[0-9])(?:(?: in the)? (morning|afternoon|evening)\b)?"
)
_FROM_TO: Final = re.compile(
    r"(?<![\w.:/-])(?:at |from )?([0-9]{1,2})(?::([0-5][0-9]))? ?(am|pm)? ?(?:-|–|to|till|until) ?"
    r"([0-9]{1,2})(?::[0-5][0-9])? ?(am|pm)(?!\w)"
)
_HALF: Final = re.compile(rf"(?<!\w)(?:at )?(half|quarter) past ({ENGLISH_NUMBER})(?!\w)")
_PART_ALONE: Final = re.compile(
    r"(?<!\w)(?:in the |at )?(morning|noon|midday|afternoon|evening|night)(?![\w'’])"
    r"(?!,? (?:at |@|[0-9]))"
)
_THIS: Final = re.compile(
    r"(?<!\w)(?:this (morning|afternoon|evening)|tonight)(?![\w'’])(?!,? (?:at |@))"
)


def hours(text: str) -> Iterator[Hour]:
    """Times of day; a part of the day without an hour stands for the hour of _PARTS."""
    for found in _CLOCK.finditer(text):
        hour = int(found[2])
        if 1 <= hour <= 12:
            hour = hour % 12 + (12 if found[4][0] == "p" else 0)
            yield Hour(found.start(), found.end(), hour * 60 + int(found[3] or 0), alone=True)
    for found in _FIGURES_CLOCK.finditer(text):
        of_day = _of_part(found[1], found[3])
        if of_day is not None:
            alone = bool(found[2]) or len(found[3]) == 2
            yield Hour(found.start(), found.end(), of_day * 60 + int(found[4]), alone)
    yield from _ranges(text)
    for pattern in (_AT, _HALF):
        for found in pattern.finditer(text):
            yield from _plain_hour(found)
    for found in _PART_ALONE.finditer(text):
        yield Hour(found.start(), found.end(), _PARTS[found[1]] * 60, alone=False)


def _ranges(text: str) -> Iterator[Hour]:
    """10-11am: the hour at which it begins."""
    for found in _FROM_TO.finditer(text):
        begin = _beginning(found)
        if begin is not None:
            yield Hour(found.start(), found.end(), begin * 60 + int(found[2] or 0), alone=True)


def _beginning(found: re.Match[str]) -> int | None:
    """The hour of 24 at which 10-11am, 2 to 3pm, 11-1pm begin."""
    first, last = int(found[1]), int(found[4])
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return None
    half = found[3] or ("am" if found[5] == "pm" and first % 12 > last % 12 else found[5])
    return first % 12 + (12 if half == "pm" else 0)


def _plain_hour(found: re.Match[str]) -> Iterator[Hour]:
    hour: int | None
    if found.re is _HALF:
        said, minute = numerals.value(found[2]), 30 if found[1] == "half" else 15
        hour = guessed_hour(said) if said and said <= 12 else None
    else:
        hour, minute = _of_part(found[1] or found[3], found[2]), 0
    if hour is not None:
        yield Hour(found.start(), found.end(), hour * 60 + minute, alone=False)


def _of_part(part: str | None, written: str) -> int | None:
    hour = int(written)
    if hour > 24 or (part == "morning" and hour > 12):
        return None
    if part in {"afternoon", "evening", "night"}:
        return hour + 12 if hour < 12 else hour
    if part == "morning" or written.startswith("0"):
        return hour
    return guessed_hour(hour)


def parts_of_today(text: str) -> Iterator[Hour]:
    """This afternoon, tonight."""
    for found in _THIS.finditer(text):
        yield Hour(found.start(), found.end(), _PARTS[found[1] or "evening"] * 60, alone=True)
