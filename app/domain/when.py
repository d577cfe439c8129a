"""Dates and times said in words, inside a text, counted from now: English and Chinese.

Rules where words have more than one meaning:

- "Friday", 周五 is the next one to come, today excluded; 下周五, "next Friday" that of the next
  calendar week (Monday to Sunday), 本周五, "this Friday" that of this one, even if past;
  上周五 that of the last calendar week, but "last Friday" the one just past.
- 下周, "next week" is its Monday; 下个月, "next month" its first day; 本周内, "end of the week" the
  Friday (the Sunday once that is past); 月底 the last day, 月初 the next first; 周末 the Saturday.
- A day and month without a year is the next to come, unless it lies at most 60 days back: then it
  is past. 29 February is that of the next leap year. 5号 is the next fifth.
- 11-23 is month and day if both have two digits; 11/23 if only one order exists, so 4/12 is not
  understood, but 4/12前 is month and day as the Chinese write it.
- An hour without morning or afternoon: 1 to 6 are in the afternoon, others as written, and so are
  those with a leading zero. It needs a day beside it, or two digits and minutes (15:30).
- A part of the day without an hour is the hour at which it begins to be used: morning 9, noon 12,
  afternoon 14, 傍晚 17, evening 19. 下午 alone is today's, and only while that is still to come.
- An hour without a day is the next such hour.
- In N hours and minutes is a moment, in N days and longer a date. 半个月 are 15 days.
- A weekday beside a date has to agree with it.
- Days of the lunar calendar and festivals: see when_lunar, when_festivals.
- 中秋节前三天, "3 days before 5 May" count from a day.

Not understood, so that nothing wrong is promised: what does not exist (31 November), what repeats
(every Monday, 每周一), ranges (周一到周五), what begins (since, 从, 起) or comes after (after
Monday, 周一后), vague amounts (几天后, 两三天后), 周一 before a measure word (下周三个人).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from app.domain import numerals, when_chinese, when_english, when_festivals, when_lunar
from app.domain.folded import read
from app.domain.when_days import Clue, Hour, after_months, at, longest_first

RULES: Final = (
    *when_chinese.RULES,
    *when_english.RULES,
    *when_lunar.RULES,
    *when_festivals.RULES,
)


@dataclass(frozen=True, slots=True)
class When:
    """text[start:end] says `value`; `deadline` if it says "by then" (前, by, within).

    A moment has the time zone of the `now` it was counted from, or none like it.
    """

    start: int
    end: int
    value: date | datetime
    deadline: bool = False


_TO_HOUR: Final = re.compile(r"\s?,?\s?(?:的|在|于|at|around|about|@)?\s?")
_TO_DAY: Final = re.compile(r"\s?,?\s?(?:on\s)?")
_YEARS: Final = range(2, 8900)  # within which nothing that can be said leaves the calendar
_WEEKDAY: Final = re.compile(r"(?:周|星期|礼拜)[一二三四五六日天]|[a-z]+")
_TO_SAME: Final = re.compile(r"\s?[,(]?\s?")
_BEFORE_DEADLINE: Final = re.compile(
    r"(?:(?<!\w)(?:(?:due |latest )?by|before|(?:no|not) later than|due(?: on)?)\s(?:the\s)?"
    r"|(?:最晚|最迟|不晚于|截止到?|截至|赶在)\s?(?:到\s?)?)$"
)
_BEFORE: Final = re.compile(r"(?<!\w)(?:on|at|for)\s(?:the\s)?$")
_WITHIN: Final = re.compile(r"within\b|.*内$")
_AFTER_DEADLINE: Final = re.compile(
    r"\s?(?:(?:之|以)?前(?![天台面进提景后期往来端两几三一二十者程卫])|(?:之|以)?内(?![容部蒙存外])|为止|下班(?:之|以)?前"
    r"|at the latest|latest(?!\w))"
)
_BEFORE_NONE: Final = re.compile(
    r"(?<!\w)(?:since|until|till|after|every|each|from|between|black|good|casual|not)\s"
    r"(?:the\s|early\s)?$|between [^,;]{1,16} and\s$|(?:每个?|从|自从?|除了?|逢)\s?$"
)
_AFTER_NONE: Final = re.compile(
    r"\s?(?:(?:之|以)?后(?![台面天])|起(?!草)|开始|前后|左右)|['’]s\b|\)?\s(?:or|and) every"
)
RANGE: Final = re.compile(r"\s?(?:到|至|-|–|~|to|through|thru|till|until)\s?")


def find(text: str, now: datetime) -> tuple[When, ...]:
    """What of the first LONGEST characters says a day or a moment, in order of place.

    `now` is the user's local time, with a time zone or without; spans do not overlap.
    """
    folded = read(text)
    placed: list[When] = []
    for clue in find_in(folded.text, now):
        start, end = folded.typed(clue.start, clue.end)
        if not placed or placed[-1].end <= start:
            placed.append(When(start, end, clue.value, clue.deadline))
    return tuple(placed)


def find_in(text: str, now: datetime) -> list[Clue]:
    """As `find`, over folded text and with places in it."""
    if now.year not in _YEARS:
        return []
    days = [_moved(text, day) for day in _same_days(text, days_in(text, now))]
    hours = hours_in(text)
    joined = list(_joined(text, days, hours, now))
    framed = [clue for one in longest_first(joined) if (clue := _framed(text, one))]
    return _without_ranges(text, longest_first(framed))


def days_in(text: str, now: datetime) -> list[Clue]:
    """Every day and span of time in folded text, whatever stands around it."""
    return longest_first(clue for rule in RULES for clue in rule.clues(text, now))


def same_day_said(text: str, first: Clue, second: Clue) -> bool:
    """Do two clues stand beside each other of which one is the name of a weekday?"""
    if not _TO_SAME.fullmatch(text, first.end, second.start):
        return False
    named = [bool(_WEEKDAY.fullmatch(text, one.start, one.end)) for one in (first, second)]
    return named[0] != named[1]


def _same_days(text: str, days: Sequence[Clue]) -> Iterator[Clue]:
    """A weekday and a date beside each other are one day, or none if they disagree."""
    waiting: Clue | None = None
    for day in days:
        if waiting and same_day_said(text, waiting, day):
            dated = day if _WEEKDAY.fullmatch(text, waiting.start, waiting.end) else waiting
            end = day.end + int(text[day.end : day.end + 1] == ")")
            agree = waiting.value.weekday() == day.value.weekday()
            waiting = Clue(waiting.start, end, dated.value) if agree else None
            continue
        if waiting:
            yield waiting
        waiting = day
    if waiting:
        yield waiting


_BEFORE_MOVED: Final = re.compile(
    rf"(?<!\w)(?:on )?(?:the (day)|({numerals.ENGLISH_NUMBER}) (days?|weeks?|months?)) "
    r"(before|after) (?:the )?$"
)
_AFTER_MOVED: Final = re.compile(
    rf"\s?(?:的|之)?(前|后)第?\s?({numerals.NUMBER})\s?(天|日(?!前)|周|个?星期|个?礼拜|个月)(?![内前])"
)


def _moved(text: str, day: Clue) -> Clue:
    """The day counted from this one, where the words around it say so."""
    if isinstance(day.value, datetime):
        return day
    if found := _AFTER_MOVED.match(text, day.end):
        sign, amount, unit = found.groups()
        moved = _counted(day.value, numerals.value(amount), unit, -1 if sign == "前" else 1)
        return Clue(day.start, found.end(), moved) if moved else day
    if found := _BEFORE_MOVED.search(text, max(0, day.start - 30), day.start):
        one, amount, unit, way = found.groups()
        number = 1 if one else numerals.value(amount)
        moved = _counted(day.value, number, one or unit, -1 if way == "before" else 1)
        return Clue(found.start(), day.end, moved) if moved else day
    return day


def _counted(day: date, number: int | None, unit: str, sign: int) -> date | None:
    if not number:
        return None
    try:
        if unit.endswith("月") or unit.startswith("month"):
            return after_months(day, sign * number)
        weeks = unit[-1] in "周期拜" or unit.startswith("week")
        return day + timedelta(days=sign * number * (7 if weeks else 1))
    except (OverflowError, ValueError):  # beyond the calendar
        return None


def hours_in(text: str) -> list[Hour]:
    """Every time of day in folded text, in order of place; of two that overlap the longer one."""
    found = [*when_chinese.hours(text), *when_english.hours(text)]
    kept: list[Hour] = []
    for hour in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if all(hour.end <= other.start or other.end <= hour.start for other in kept):
            kept.append(hour)
    return sorted(kept, key=lambda one: one.start)


def _joined(
    text: str, days: Sequence[Clue], hours: Sequence[Hour], now: datetime
) -> Iterator[Clue]:
    """Days with the hour beside them, hours that mean something alone, days left over."""
    left = list(hours)
    for day in days:
        hour = None if isinstance(day.value, datetime) else hour_beside(text, day, left)
        if hour is None:
            yield day
            continue
        left.remove(hour)
        start, end = min(day.start, hour.start), max(day.end, hour.end)
        yield Clue(start, end, at(day.value, hour.minutes, now))
    for hour in left:
        if hour.alone:
            yield Clue(hour.start, hour.end, next_hour(hour, now))
    for hour in [*when_english.parts_of_today(text), *when_chinese.parts_of_today(text)]:
        value = at(now.date(), hour.minutes, now)
        if value > now:
            yield Clue(hour.start, hour.end, value)


def hour_beside(text: str, day: Clue, hours: Sequence[Hour]) -> Hour | None:
    """The time of day that belongs to a day: right behind it, or right before if it is sure."""
    for hour in hours:
        if hour.start >= day.end and _TO_HOUR.fullmatch(text, day.end, hour.start):
            return hour
    for hour in hours:
        # 三点 周五 may be three points; 3pm, 下午三点, at 3 and noon are hours
        sure = hour.alone or text[hour.start] in "@abcdefghijklmnopqrstuvwxyz"
        if sure and hour.end <= day.start and _TO_DAY.fullmatch(text, hour.end, day.start):
            return hour
    return None


def next_hour(hour: Hour, now: datetime) -> datetime:
    """The next such time of day, later than `now`."""
    value = at(now.date(), hour.minutes, now)
    return value if value > now else value + timedelta(days=1)


def _framed(text: str, clue: Clue) -> Clue | None:
    """With the words around that make it a deadline; None if they make it no date."""
    before = text[max(0, clue.start - 20) : clue.start]
    if _BEFORE_NONE.search(before) or _AFTER_NONE.match(text, clue.end):
        return None
    if _WITHIN.match(text, clue.start, clue.end):
        clue = replace(clue, deadline=True)
    if found := _BEFORE_DEADLINE.search(before):
        clue = replace(clue, start=clue.start - len(found[0]), deadline=True)
    elif found := _BEFORE.search(before):
        clue = replace(clue, start=clue.start - len(found[0]))
    if found := _AFTER_DEADLINE.match(text, clue.end):
        clue = replace(clue, end=found.end(), deadline=True)
    return clue


def _without_ranges(text: str, clues: Sequence[Clue]) -> list[Clue]:
    ends = {
        place
        for place in range(1, len(clues))
        if RANGE.fullmatch(text, clues[place - 1].end, clues[place].start)
    }
    return [clue for place, clue in enumerate(clues) if place not in ends and place + 1 not in ends]
