"""When a line says that something is due: once, or again and again (see quick_add)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from app.domain import numerals, quick_unclear, repeat_words, when
from app.domain.quick_add_words import (
    AS_FROM,
    AS_LONG,
    FROM,
    LEAD,
    REMINDERS,
    TIMES,
    UNTIL,
    lead,
)
from app.domain.quick_follow import PROMISE
from app.domain.quick_line import Line, SpanKind
from app.domain.quick_words import DATE, REPEAT
from app.domain.recurrence import (
    Freq,
    Recurrence,
    Workdays,
    monthly_on,
    store,
    weekly,
    yearly_on,
)
from app.domain.reminders import MORNING, Alarm
from app.domain.repeat_found import Repeat
from app.domain.repeat_words import first_day
from app.domain.when_days import Clue, Hour, at
from app.errors import Refused
from app.i18n import Message

_BLANK: Final = "\ue005"
_HOUR_HEAD: Final = re.compile(r"^\s*$|[,;，。]\s*$|(?<!this)\s$|(?:我|得|要|于|在)$")
_ATTRIBUTE: Final = re.compile(r"\s?的(?=\w)")
_AROUND: Final = re.compile(r"(?<!\w)(?:around|roughly|approximately|not|or) (?:the )?$")
_ABOUT: Final = re.compile(r"(?<!\w)(?:about|re|regarding|for|of) (?:the )?$|(?:关于|确认|讨论)$")
_TOGETHER: Final = re.compile(r"\s?(?:和|与|及|、|以及|,? and|&)\s?")
_DAY_OF_IT: Final = {
    Freq.WEEKLY: re.compile(
        r"(?:周|星期|礼拜)[一二三四五六日天]|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
    ),
    Freq.MONTHLY: re.compile(r"[0-9]{1,2}(?:[号日]|st|nd|rd|th)(?! of)"),
    Freq.YEARLY: re.compile(r".*(?:[0-9]|月)"),
}
"""How the day of what repeats is said apart from it."""
_NEAR: Final = 4
_AT: Final = re.compile(r"at|@")
_PART_OF_DAY: Final = re.compile(r"[^0-9一二两三四五六七八九十]*(?<!noon)(?<!midday)(?<!中午)")
_BY_THEN: Final = re.compile(r"\s?(?:之|以)?前(?![台天面进提景后期往来端两几三一二十者程卫])")
_OF_DATE: Final = re.compile(r"\s?的(?=\w)")


@dataclass(frozen=True, slots=True)
class Due:
    """Fields as in QuickAdd."""

    due: date | datetime
    deadline: bool = False
    rule: str = ""
    alarms: tuple[Alarm, ...] = ()


def due_of(line: Line, calendar: Workdays) -> Due | Message:
    """When it is due, marking what says so; or why that cannot be said."""
    leads = _leads(line)
    repeats = repeat_words.find_in(line.text, line.now)
    found = _repeating(line, repeats, calendar) if repeats else _once(line, calendar)
    if isinstance(found, Message):
        return line.as_typed(found)
    return Due(found.due, found.deadline, found.rule, (*found.alarms, *leads))


def rule_in(typed: str, now: datetime, calendar: Workdays) -> str | Message:
    """The recurrence text of words that say nothing but how often; or why they do not."""
    found = due_of(Line.of(typed, now), calendar)
    if isinstance(found, Message):
        return found
    if not found.rule:
        return Message(
            "This says no repetition. Write for example {example}.",
            params={
                "example": Message("every other Friday"),
            },
        )
    return found.rule


def _leads(line: Line) -> list[Alarm]:
    found = [(one, alarm) for one in LEAD.finditer(line.text) if (alarm := lead(one))]
    for one, _ in found:
        line.mark(SpanKind.LEAD, *one.span(), DATE)
    return [alarm for _, alarm in found]


def _once(line: Line, calendar: Workdays) -> Due | Message:
    if wrong := quick_unclear.impossible(line.text, line.now):
        return wrong
    if placed := _in_month(line, calendar):
        return placed
    clues = when.find_in(line.text, line.now)
    coming = [one for one in clues if _is_coming(one, line.now)]
    if not clues:
        bare = _bare_hour(line)
        if isinstance(bare, Message):
            return bare
        coming = bare
    if not coming:
        return quick_unclear.problem(line.text, line.now, clues)
    return _chosen(line, coming)


def _chosen(line: Line, coming: Sequence[Clue]) -> Due | Message:
    chosen = _meant(line.text, coming)
    if chosen is None:
        return _more_than_one(line.text, coming)
    if found := _AROUND.search(line.text[: chosen.start]):
        return quick_unclear.unsure(line.text[found.start() : chosen.end])
    if wrong := quick_unclear.in_range(line.text, line.now, chosen):
        return wrong
    for same in coming:
        if same.value == chosen.value:
            _mark_day(line, same)
    return Due(chosen.value, chosen.deadline)


def _in_month(line: Line, calendar: Workdays) -> Due | Message | None:
    """本月最后一个工作日, "the first Monday of next month": a day that only the month has."""
    found = repeat_words.in_month(line.text, line.now.date())
    if found is None:
        return None
    if isinstance(found.rule, Message):
        return found.rule
    day = first_day(found.rule, found.first, calendar)
    if day is None or day < line.now.date():
        return quick_unclear.over(line.text[found.start : found.end])
    line.mark(SpanKind.WHEN, found.start, found.end, DATE)
    deadline = _by_then(line, found.end)
    hour = when.hour_beside(line.text, Clue(found.start, found.end, day), when.hours_in(line.text))
    if hour is None:
        return Due(day, deadline)
    line.mark(SpanKind.WHEN, hour.start, hour.end, DATE)
    return Due(at(day, hour.minutes, line.now), deadline)


def _is_coming(clue: Clue, now: datetime) -> bool:
    if isinstance(clue.value, datetime):
        return clue.value > now
    return clue.value >= now.date()


def _mark_day(line: Line, chosen: Clue) -> None:
    belongs = _OF_DATE.match(line.text, chosen.end)
    end = belongs.end() if belongs else _end_of_hours(line.text, chosen)
    line.mark(SpanKind.WHEN, chosen.start, end, DATE)


def _end_of_hours(text: str, chosen: Clue) -> int:
    """3点到5点: where the hours end; it is due at the first."""
    if isinstance(chosen.value, datetime) and (to := when.RANGE.match(text, chosen.end)):
        ends = [one.end for one in when.hours_in(text) if one.start == to.end()]
        return ends[0] if ends else chosen.end
    return chosen.end


def _bare_hour(line: Line) -> list[Clue] | Message:
    """3点 and "at 3" without a day: the next such hour. 下午 alone is that of today, or over."""
    for hour in when.hours_in(line.text):
        said = line.text[hour.start : hour.end]
        if not (_AT.match(said) or _HOUR_HEAD.search(line.text[: hour.start])):
            continue
        value = when.next_hour(hour, line.now)
        if _PART_OF_DAY.fullmatch(said) and value.date() > line.now.date():
            return quick_unclear.over(said)
        deadline = bool(_BY_THEN.match(line.text, hour.end))
        return [Clue(hour.start, hour.end, value, deadline)]
    return []


def _meant(text: str, days: Sequence[Clue]) -> Clue | None:
    """The one day that is meant; None if it could be another."""
    if len(days) == 1:
        return days[0]
    if len({one.value for one in days}) == 1:
        return days[0]
    for words in (REMINDERS, PROMISE):
        if (found := words.search(text)) and (near := _nearest(found, days)):
            return near
    own = [one for one in days if not _belongs(text, one)]
    return own[0] if len(own) == 1 else None


def _nearest(found: re.Match[str], days: Sequence[Clue]) -> Clue | None:
    """The day beside the words that say that it is a reminder or a promise."""
    for day in days:
        if 0 <= day.start - found.end() <= _NEAR or 0 <= found.start() - day.end <= _NEAR:
            return day
    return None


def _belongs(text: str, day: Clue) -> bool:
    """Does a day belong to a thing: 周五的会议, about Friday?"""
    return bool(_ATTRIBUTE.match(text, day.end) or _ABOUT.search(text[: day.start]))


def _more_than_one(text: str, days: Sequence[Clue]) -> Message:
    first, second = (quick_unclear.bare(text[one.start : one.end]) for one in days[:2])
    return Message(
        "Two times are said: “{first}” and “{second}”. Write only the one to be reminded at.",
        params={"first": first, "second": second},
    )


def _repeating(line: Line, repeats: Sequence[Repeat], calendar: Workdays) -> Due | Message:
    repeat = repeats[0]
    if isinstance(repeat.rule, Message):
        return repeat.rule
    if len(repeats) > 1 and _TOGETHER.fullmatch(line.text, repeat.end, repeats[1].start):
        return Message(
            "“{first}” and “{second}” cannot be one reminder. Write two lines.",
            params={
                "first": line.text[repeat.start : repeat.end],
                "second": line.text[repeats[1].start : repeats[1].end],
            },
        )
    if wrong := quick_unclear.impossible(_without(line.text, repeat), line.now):
        return wrong
    line.mark(SpanKind.REPEAT, repeat.start, repeat.end, REPEAT)
    deadline = _by_then(line, repeat.end)
    minutes = _hour_of(line, repeat)
    start, until = _bound(line, FROM, AS_FROM), _bound(line, UNTIL, AS_LONG)
    count = _count(line)
    named = _with_day(line, repeat.rule)
    if other := _other_day(line):
        return other
    try:
        rule = replace(named, until=until, count=count)
    except Refused as refused:
        return refused.message
    alarms = (Alarm(days=repeat.lead, clock=MORNING),) if repeat.lead else ()
    due = _first(line, rule, minutes, start, calendar)
    if due is None:
        said = line.said(repeat.start, repeat.end)
        return Message("“{text}” does not come any more.", params={"text": said})
    return Due(due, deadline, store(rule), alarms)


def _with_day(line: Line, rule: Recurrence) -> Recurrence:
    """Weekly … on Monday, monthly … on the 5th: with the day that stands elsewhere in the line."""
    if not rule.names_no_day:
        return rule
    for clue in when.find_in(line.text, line.now):
        said = quick_unclear.bare(line.text[clue.start : clue.end])
        if (
            _DAY_OF_IT[rule.freq].match(said)
            and _is_coming(clue, line.now)
            and not _belongs(line.text, clue)
        ):
            hour = [one for one in when.hours_in(line.text) if one.end == clue.end]
            end = hour[0].start if hour and isinstance(clue.value, datetime) else clue.end
            line.mark(SpanKind.REPEAT, clue.start, end, REPEAT)
            return _on_day(rule, clue.value)
    return rule


def _on_day(rule: Recurrence, day: date) -> Recurrence:
    """A rule that names no day, on this one."""
    if rule.freq is Freq.WEEKLY:
        return weekly([day.weekday()], rule.interval)
    if rule.freq is Freq.MONTHLY:
        return monthly_on(day.day, rule.interval)
    return yearly_on(day.month, day.day, rule.interval)


def _first(
    line: Line, rule: Recurrence, minutes: int | None, start: date | None, calendar: Workdays
) -> date | datetime | None:
    """When it is for the first time; None if it never is."""
    today = line.now.date()
    day = first_day(rule, max(start or today, today), calendar)
    if minutes is None or day is None:
        return day
    if at(day, minutes, line.now) <= line.now:
        day = first_day(rule, day + timedelta(days=1), calendar)
    return day and at(day, minutes, line.now)


def _by_then(line: Line, place: int) -> bool:
    """每月10号前: is it a deadline?"""
    found = _BY_THEN.match(line.text, place)
    if found:
        line.mark(SpanKind.REPEAT, *found.span(), REPEAT)
    return found is not None


def _without(text: str, repeat: Repeat) -> str:
    return text[: repeat.start] + REPEAT * (repeat.end - repeat.start) + text[repeat.end :]


def _hour_of(line: Line, repeat: Repeat) -> int | None:
    """Minutes after midnight: of the time beside, else of one that can be no other thing."""
    hours = when.hours_in(line.text)
    beside = Clue(repeat.start, repeat.end, line.now.date())
    sure = (one for one in hours if one.alone or _AT.match(line.text, one.start))
    hour: Hour | None = when.hour_beside(line.text, beside, hours) or next(sure, None)
    if hour is None:
        return None
    line.mark(SpanKind.WHEN, hour.start, hour.end, DATE)
    return hour.minutes


def _bound(line: Line, word: re.Pattern[str], after: re.Pattern[str]) -> date | None:
    """The day with which it begins or ends, where that is said."""
    for found in word.finditer(line.text):
        blank = line.text[: found.start()] + _BLANK * len(found[0]) + line.text[found.end() :]
        loose = after.sub(lambda one: _BLANK * len(one[0]), blank)
        for clue in when.find_in(loose, line.now):
            if clue.start - found.end() in {0, 1}:
                behind = after.match(line.text, clue.end)
                line.mark(
                    SpanKind.REPEAT, found.start(), behind.end() if behind else clue.end, REPEAT
                )
                return clue.value.date() if isinstance(clue.value, datetime) else clue.value
    return None


def _count(line: Line) -> int | None:
    found = TIMES.search(line.text)
    number = numerals.value(found[1] or found[2]) if found else None
    if found is None or not number:
        return None
    line.mark(SpanKind.REPEAT, *found.span(), REPEAT)
    return number


def _other_day(line: Line) -> Message | None:
    """A time besides what repeats could be meant as its first, or as something else."""
    for one in when.find_in(line.text, line.now):
        said = line.text[one.start : one.end].strip()
        if isinstance(one.value, datetime) and one.value.date() <= _tomorrow(line):
            return Message(
                "“{text}” is one time too many. Write a line for each.", params={"text": said}
            )
        if _is_coming(one, line.now) and not _belongs(line.text, one):
            return Message(
                "“{text}” besides what repeats: is it the first time? Then write “from” before it.",
                params={"text": said},
            )
    return None


def _tomorrow(line: Line) -> date:
    return line.now.date() + timedelta(days=1)
