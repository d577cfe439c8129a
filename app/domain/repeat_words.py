"""Repetitions said in words, in folded text: 每周一, 每月最后一个工作日, every other Friday.

- 每隔一天, 隔周 and "every other" are every second one. 每隔两天 is not understood: some mean every
  two days by it and some every three. Nor is "every second Friday", every other one or the second
  of the month.
- Without a day of its own ("every two weeks", 每月) it begins with the first day that is said, else
  today.
- What is said to come so long after something was done (拜访后每30天) is counted from when it was
  last done.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from app.domain import (
    numerals,
    repeat_chinese,
    repeat_english,
    when,
    when_festivals,
    when_lunar,
)
from app.domain.quick_words import REPEAT
from app.domain.recurrence import (
    Freq,
    Recurrence,
    Way,
    Workdays,
    lunar_yearly,
    next_after,
    yearly_on,
)
from app.domain.repeat_found import Repeat, no_such, not_said
from app.domain.script import HAN
from app.domain.when_days import in_months
from app.i18n import Message

_TO_DAY: Final = re.compile(r"\s?(?:的|在|于)?\s?(?:(?<!\w)on )?(?:the )?")
_FROM_DAY: Final = re.compile(r"\s?,?\s?")
_DATED: Final = re.compile(
    r"[0-9月]|底|末|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
)
_FEAST: Final = re.compile(rf"(?:[{HAN}]{{1,4}}节(?![约目省奏假])|生日)")
_MONTH_END: Final = re.compile(r"月[底末]")
_LEAD: Final = re.compile(rf"(?:的)?(?:提)?前\s?({numerals.NUMBER})\s?(天|日|周|个?星期|个?礼拜)")
_LEAD_BEFORE: Final = re.compile(
    rf"(?<!\w)(?:on )?(?:the day|({numerals.ENGLISH_NUMBER}) (days?|weeks?)) before (?:the )?$"
)


@dataclass(frozen=True, slots=True)
class _Head:
    """Every year: text[start:end]; `sure` if it says so without a day beside it."""

    start: int
    end: int
    interval: int | None
    sure: bool


def find_in(text: str, now: datetime) -> list[Repeat]:
    """What of folded text repeats, in order of place; a longer one wins over those within."""
    found = [
        *_yearly(text, now),
        *(one for rule in repeat_chinese.RULES for one in rule.found(text)),
        *(one for rule in repeat_english.RULES for one in rule.found(text)),
    ]
    kept: list[Repeat] = []
    for one in sorted(found, key=lambda each: (each.start - each.end, each.start)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _heads(text: str) -> Iterator[_Head]:
    for found in repeat_chinese.YEARS.finditer(text):
        yield _Head(*found.span(), repeat_chinese.year_interval(found), sure=True)
    for found in repeat_english.YEARS.finditer(text):
        yield _Head(*found.span(), repeat_english.year_interval(found), sure=True)
    for found in repeat_english.EVERY.finditer(text):
        yield _Head(*found.span(), 1, sure=False)


def _yearly(text: str, now: datetime) -> Iterator[Repeat]:
    heads = list(_heads(text))
    blank = text
    for head in heads:
        blank = blank[: head.start] + REPEAT * (head.end - head.start) + blank[head.end :]
    days = list(_days(blank, now)) if heads else []
    for head in heads:
        if not head.interval:
            yield Repeat(head.start, head.end, no_such(text[head.start : head.end]))
            continue
        beside = [joined for one in days if (joined := _joined(blank, head, one))]
        if beside:
            yield max(beside, key=lambda one: one.end - one.start)
        elif head.sure and (feast := _FEAST.match(text, head.end)):
            when_is = Message("“{text}”: which day is that? Write it.", params={"text": feast[0]})
            yield Repeat(head.start, feast.end(), when_is)
        elif head.sure:
            yield Repeat(head.start, head.end, Recurrence(Freq.YEARLY, head.interval))


def _joined(blank: str, head: _Head, one: Repeat) -> Repeat | None:
    """The day with the words for every year, if it stands beside them."""
    rule = one.rule
    if isinstance(rule, Recurrence) and (head.interval or 1) > 1:
        lunar = rule.way is Way.LUNAR
        rule = not_said(blank[one.start : one.end]) if lunar else _rarely(rule, head)
    if one.start >= head.end and _TO_DAY.fullmatch(blank, head.end, one.start):
        lead = _LEAD.match(blank, one.end)
        days = _lead_days(lead)
        return replace(
            one, start=head.start, end=lead.end() if lead and days else one.end, lead=days,
            rule=rule,
        )  # fmt: skip
    if days := _lead_before(blank, head, one):
        return replace(one, start=head.start, lead=days, rule=rule)
    if head.sure and one.end <= head.start and _FROM_DAY.fullmatch(blank, one.end, head.start):
        return replace(one, end=head.end, rule=rule)
    return None


def _rarely(rule: Recurrence, head: _Head) -> Recurrence:
    return replace(rule, interval=head.interval or 1)


def _lead_before(blank: str, head: _Head, one: Repeat) -> int:
    """Every year 3 days before Christmas: so many; 0 if nothing like it stands between."""
    found = _LEAD_BEFORE.search(blank, head.end, max(head.end, one.start))
    if found is None or blank[head.end : found.start()].strip():
        return 0
    amount = numerals.value(found[1] or "a") or 0
    return amount * (7 if (found[2] or "").startswith("w") else 1)


def _lead_days(found: re.Match[str] | None) -> int:
    amount = numerals.value(found[1]) if found else None
    return amount * (7 if found and found[2][-1] in "周期拜" else 1) if amount else 0


def _days(blank: str, now: datetime) -> Iterator[Repeat]:
    """The days that every year has, solar and lunar, and festivals."""
    for day in when_lunar.find_in(blank, now.date()):
        problem = day.problem()
        rule = problem or lunar_yearly(day.month, day.day, leap=day.leap)
        yield Repeat(day.start, day.end, rule)
    for feast in when_festivals.find_in(blank):
        said = blank[feast.start : feast.end]
        yield Repeat(feast.start, feast.end, feast.rule or not_said(said))
    for clue in when.days_in(blank, now):
        if _DATED.search(blank, clue.start, clue.end) and not isinstance(clue.value, datetime):
            end = _MONTH_END.search(blank, clue.start, clue.end)
            day_of_month = -1 if end else clue.value.day
            yield Repeat(clue.start, clue.end, yearly_on(clue.value.month, day_of_month))


def first_day(rule: Recurrence, start: date, calendar: Workdays) -> date | None:
    """The first day from `start` on; what is counted from when it was done begins that much later.

    Every other Friday begins with any Friday.
    """
    if rule.way is Way.AFTER_DONE:
        found = next_after(rule, start, start, calendar)
    elif rule.names_no_day or rule.freq is Freq.DAILY:
        found = start if rule.until is None or start <= rule.until else None
    else:
        before = start - timedelta(days=1)
        found = next_after(replace(rule, interval=1, count=None), before, before, calendar)
    return found.date() if isinstance(found, datetime) else found


_IN_MONTH: Final = re.compile(r"(本|这个?|下个?)月份?的?(?=最后|第|倒数|首个)")
_IN_ENGLISH_MONTH: Final = re.compile(r" (?:of|in) (the|this|next) month(?!\w)")


@dataclass(frozen=True, slots=True)
class InMonth:
    """text[start:end] says a day of one month by its place: `rule` from `first` on."""

    start: int
    end: int
    rule: Recurrence | Message
    first: date


def in_month(text: str, today: date) -> InMonth | None:
    """本月最后一个工作日, the first Monday of next month: read as if every month were meant."""
    return _in_chinese_month(text, today) or _in_english_month(text, today)


def _in_chinese_month(text: str, today: date) -> InMonth | None:
    found = _IN_MONTH.search(text)
    if found is None:
        return None
    head = "每月"
    read, moved = head + text[found.end() :], found.end() - len(head)
    repeats = (one for rule in repeat_chinese.RULES for one in rule.found(read))
    whole = [one for one in repeats if one.start == 0 and one.end > len(head)]
    if not whole:
        return None
    longest = max(whole, key=lambda one: one.end)
    first = date(*in_months(today, int(found[1].startswith("下"))), 1)
    return InMonth(found.start(), longest.end + moved, longest.rule, first)


def _in_english_month(text: str, today: date) -> InMonth | None:
    found = _IN_ENGLISH_MONTH.search(text)
    if found is None:
        return None
    read = text[: found.start()] + " of every month"
    repeats = (one for rule in repeat_english.RULES for one in rule.found(read))
    whole = [one for one in repeats if one.end == len(read) and one.start < found.start()]
    if not whole:
        return None
    longest = min(whole, key=lambda one: one.start)
    first = date(*in_months(today, int(found[1] == "next")), 1)
    return InMonth(longest.start, found.end(), longest.rule, first)
