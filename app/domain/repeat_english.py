"""English words for what repeats, in folded text."""

import re
from typing import Final

from app.domain import numerals
from app.domain.recurrence import (
    Freq,
    Recurrence,
    after_done,
    daily,
    monthly_nth,
    weekly,
    workday_of_month,
)
from app.domain.repeat_found import (
    RepeatRule,
    monthly,
    no_such,
    not_said,
    quarterly,
    workday_of_quarter,
)
from app.i18n import Message

_NAMES: Final = {
    name: place for place, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
}
_DAY: Final = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)s?"
)
_FULL_DAYS: Final = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days"
_LIST: Final = rf"{_DAY}(?:(?:, and |, | and |/| & | ?\+ ?){_DAY})*"
_END: Final = r"(?![\w'’])"
_NUMBER: Final = (
    r"(?:[0-9]{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|couple of)"
)
_EVERY_NTH: Final = {"other": 2, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
_NTH: Final = f"({'|'.join(_EVERY_NTH)})"
_PLACES: Final = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5,
    "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "last": -1,
    "second last": -2, "second-last": -2, "second to last": -2, "penultimate": -2,
}  # fmt: skip
_PLACE: Final = (
    r"(second[- ](?:to[- ])?last|penultimate|first|second|third|fourth|fifth|sixth|seventh|eighth"
    r"|ninth|tenth|last"
    r"|[0-9]{1,2}(?:st|nd|rd|th))"
)
_WORKDAY: Final = r"(?:work(?:ing)?|business) ?days?|weekdays?"
_WHAT: Final = rf"(day|{_WORKDAY}|{_DAY})"
_OF_MONTH: Final = r"(?: of| in)? (?:every|each) month"
_THE_MONTH: Final = r" (?:of|in) (?:the|each|every) month"
_MONTHS: Final = (
    rf"(?:(?:every|each) month|monthly|once a month|(?:every|each) (?:{_NTH}|({_NUMBER})) months?"
    r"|(every quarter|each quarter|quarterly)|(every half[- ]year|half-?yearly|twice a year))"
)


def _count(other: str | None, number: str | None) -> int:
    if other:
        return _EVERY_NTH[other]
    if number in {"couple of", None}:
        return 2 if number else 1
    return numerals.value(number or "") or 0


def _daily(found: re.Match[str]) -> Recurrence | Message:
    count = _count(found[1], found[2])
    return daily(count) if count else no_such(found[0])


def _workdays(_: re.Match[str]) -> Recurrence:
    return weekly(range(5))


def _weekends(_: re.Match[str]) -> Recurrence:
    return weekly([5])


def _chosen(days: str | None) -> list[int]:
    return [_NAMES[one[:3]] for one in re.findall(_DAY, days or "")]


def _on_days(found: re.Match[str]) -> Recurrence:
    return weekly(_chosen(found[1]))


def _other_days(found: re.Match[str]) -> Recurrence:
    return weekly(_chosen(found[1]), 2)


def _weekly(found: re.Match[str]) -> Recurrence | Message:
    other, number, fortnight, days = found.groups()
    count = 2 if fortnight else _count(other, number)
    return weekly(_chosen(days), count) if count else no_such(found[0])


def _week_range(found: re.Match[str]) -> Recurrence | Message:
    first, last = (_NAMES[one[:3]] for one in found.groups())
    return weekly(range(first, last + 1)) if first < last else no_such(found[0])


def _two_meanings(found: re.Match[str]) -> Message:
    return Message(
        "“{text}” can mean two things. Say {example} instead.",
        params={
            "text": found[0],
            "example": f"every other {found[2].title()}"
            if found[1] == "second"
            else f"the {found[1]} {found[2].title()} of every month",
        },
    )


def _too_often(found: re.Match[str]) -> Message:
    return Message(
        "“{text}”: a reminder repeats once a day at most, on days that you say.",
        params={"text": found[0]},
    )


def _interval(found: re.Match[str], start: int) -> int:
    other, number, quarter, half = (found[start + place] for place in range(4))
    return 3 if quarter else 6 if half else _count(other, number)


def _monthly(found: re.Match[str]) -> Recurrence | Message:
    count = _interval(found, 1)
    return monthly(count) if count else no_such(found[0])


def _month_days(found: re.Match[str]) -> Recurrence | Message:
    count = _interval(found, 1)
    return _days(found[0], count, found[5])


def _days_first(found: re.Match[str]) -> Recurrence | Message:
    return _days(found[0], 1, found[1])


def _days(said: str, count: int, figures: str) -> Recurrence | Message:
    days = [int(one) for one in re.findall(r"[0-9]+", figures)]
    if not count or any(not 1 <= day <= 31 for day in days):
        return no_such(said)
    return monthly(count, days)


def _place_of(word: str) -> int:
    return _PLACES.get(word.replace("-", " ")) or int(word.rstrip("stndrh"))


def _month_place(found: re.Match[str]) -> Recurrence | Message:
    return _placed(found[0], _interval(found, 1), found[5], found[6])


def _place_first(found: re.Match[str]) -> Recurrence | Message:
    return _placed(found[0], 1, found[1], found[2])


def _placed(said: str, count: int, place_word: str, what: str) -> Recurrence | Message:
    place = _place_of(place_word)
    if not count or not place:
        return no_such(said)
    quarter = "quarter" in said
    if re.fullmatch(_WORKDAY, what):
        return workday_of_quarter(place) if quarter else workday_of_month(place, count)
    if quarter:
        return quarterly(end=place < 0) if what == "day" and abs(place) == 1 else not_said(said)
    if what == "day":
        return monthly(count, [place])
    return monthly_nth(place, _NAMES[what[:3]], count)


def _quarter_end(found: re.Match[str]) -> Recurrence:
    return quarterly(end=found[1] not in {"first day", "start", "beginning"})


def _month_end(found: re.Match[str]) -> Recurrence:
    return monthly(1, [-1 if found[1] in {"end", "last"} else 1])


_FREQUENCIES: Final = {"d": Freq.DAILY, "w": Freq.WEEKLY, "m": Freq.MONTHLY}


def _after(found: re.Match[str]) -> Recurrence | Message:
    count = numerals.value(found[1])
    if not count:
        return no_such(found[0])
    return after_done(count, _FREQUENCIES[found[2][0]])


_DONE: Final = r"(?:visit|call|contact|meeting|delivery|order|payment|purchase|service|time)"
_AGO: Final = rf"({numerals.ENGLISH_NUMBER}) (days?|weeks?|months?) after"
_ORDINAL: Final = r"(?:the )?[0-9]{1,2}(?:st|nd|rd|th)"
_ORDINALS: Final = rf"({_ORDINAL}(?:(?:, and |, | and | & ){_ORDINAL})*)"

RULES: Final = (
    RepeatRule(
        re.compile(
            rf"(?<!\w)every {_AGO} (?:(?:the|my|our|an?|each|every) )?(?:last )?"
            rf"(?:{_DONE}|it (?:was|is|has been) (?:last )?done){_END}"
        ),
        _after,
    ),
    RepeatRule(
        re.compile(
            rf"(?<!\w){_AGO} (?:(?:each|every|(?:the |my |our )?last) {_DONE}|it (?:was|is"
            rf"|has been) (?:last )?done"
            rf"|(?:it was )?last done|completion){_END}"
        ),
        _after,
    ),
    RepeatRule(
        re.compile(
            rf"(?<!\w)(?:(?:every|each) (?:{_NTH}|({_NUMBER})) days?|(?:every"
            rf"|each) (?:single )?day|daily|once a day"
            rf"|(?:every|each)(?= (?:morning|noon|afternoon|evening|night))){_END}"
        ),
        _daily,
    ),
    RepeatRule(
        re.compile(rf"(?<!\w)(?:(?:every|each) (?:{_WORKDAY})|on weekdays){_END}"), _workdays
    ),
    RepeatRule(re.compile(rf"(?<!\w)(?:(?:every|each) weekend|on weekends){_END}"), _weekends),
    RepeatRule(
        re.compile(rf"(?<!\w)(?:on )?(?:every|each) ({_LIST}){_END}"),
        _on_days,
    ),
    RepeatRule(
        re.compile(
            rf"(?<!\w)(?:on )?({_FULL_DAYS}(?:(?:, and |, | and |/| & ){_FULL_DAYS})*){_END}"
        ),
        _on_days,
    ),
    RepeatRule(re.compile(rf"(?<!\w)(?:on )?(?:every|each) other ({_LIST}){_END}"), _other_days),
    RepeatRule(
        re.compile(
            rf"(?<!\w)(?:(?:every|each) week|weekly|once a week|(?:every|each) (?:{_NTH}"
            rf"|({_NUMBER})) weeks?"
            rf"|(every fortnight|each fortnight|fortnightly|bi-?weekly))(?:,? on ({_LIST}))?{_END}"
        ),
        _weekly,
    ),
    RepeatRule(
        re.compile(rf"(?<!\w)(?:every|each) ({_DAY}) ?(?:-|–|to|through) ?({_DAY}){_END}"),
        _week_range,
    ),
    RepeatRule(
        re.compile(rf"(?<!\w)every (second|third|fourth|fifth) ({_DAY}){_END}(?!{_THE_MONTH})"),
        _two_meanings,
    ),
    RepeatRule(
        re.compile(
            r"(?<!\w)(?:every (?:[a-z0-9]+ )?(?:hours?|minutes?|mins?)|hourly"
            r"|(?:twice|(?:[0-9]|two|three|four) times) (?:a|every|each|per) (?:day|week"
            r"|month))(?!\w)"
        ),
        _too_often,
    ),
    RepeatRule(re.compile(rf"(?<!\w){_MONTHS}{_END}"), _monthly),
    RepeatRule(re.compile(rf"(?<!\w){_MONTHS},? on {_ORDINALS}{_END}"), _month_days),
    RepeatRule(re.compile(rf"(?<!\w)(?:on )?{_ORDINALS}{_OF_MONTH}{_END}"), _days_first),
    RepeatRule(
        re.compile(
            rf"(?<!\w)every ([0-9]{{1,2}}(?:st|nd|rd|th))(?:{_THE_MONTH})?{_END}(?! \w+day)"
        ),
        _days_first,
    ),
    RepeatRule(re.compile(rf"(?<!\w){_MONTHS},? on (?:the )?{_PLACE} {_WHAT}{_END}"), _month_place),
    RepeatRule(
        re.compile(
            rf"(?<!\w)(?:on )?(?:the )?{_PLACE} {_WHAT}(?: of| in) (?:every|each) month{_END}"
        ),
        _place_first,
    ),
    RepeatRule(re.compile(rf"(?<!\w)every {_PLACE} {_WHAT}{_THE_MONTH}{_END}"), _place_first),
    RepeatRule(re.compile(rf"(?<!\w)every (first|last) {_WHAT}{_END}"), _place_first),
    RepeatRule(
        re.compile(
            r"(?<!\w)(?:at |on )?(?:the )?(end|start|beginning|last day|first day) of (?:every"
            r"|each) quarter(?!\w)"
        ),
        _quarter_end,
    ),
    RepeatRule(
        re.compile(
            r"(?<!\w)(?:at |on )?(?:the )?(end|start|beginning|first|last) of (?:every"
            r"|each) month(?!\w)"
        ),
        _month_end,
    ),
)
YEARS: Final = re.compile(
    rf"(?<!\w)(?:(?:every|each) year|yearly|annually|once a year|every (?:{_NTH}"
    rf"|({_NUMBER})) years?){_END}"
)
EVERY: Final = re.compile(r"(?<!\w)(?:every|each) (?:year on )?")


def year_interval(found: re.Match[str]) -> int:
    """Of a match of YEARS."""
    return _count(found[1], found[2])
