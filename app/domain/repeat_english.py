"""English words for what repeats, in folded text."""

import re
from typing import Final

from app.domain import numerals, repeat_every
from app.domain.repeat_every import DayTest, Every
from app.domain.repeat_found import RepeatRule, no_such, not_said
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
_COUNTED: Final = rf"(?:every|each) (?:(other|second)|({_NUMBER}))"
_PLACES: Final = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1,
    "second last": -2, "second-last": -2, "second to last": -2, "penultimate": -2,
}  # fmt: skip
_PLACE: Final = (
    r"(second[- ](?:to[- ])?last|penultimate|first|second|third|fourth|fifth|last"
    r"|[0-9]{1,2}(?:st|nd|rd|th))"
)
_WORKDAY: Final = r"(?:work(?:ing)?|business) ?days?|weekdays?"
_WHAT: Final = rf"(day|{_WORKDAY}|{_DAY})"
_OF_MONTH: Final = r"(?: of| in)? (?:every|each) month"
_THE_MONTH: Final = r" (?:of|in) (?:the|each|every) month"
_MONTHS: Final = (
    rf"(?:(?:every|each) month|monthly|(?:every|each) (?:(other)|({_NUMBER})) months?"
    r"|(every quarter|each quarter|quarterly)|(every half[- ]year|half-?yearly|twice a year))"
)


def _count(other: str | None, number: str | None) -> int:
    if other:
        return 2
    if number in {"couple of", None}:
        return 2 if number else 1
    return numerals.value(number or "") or 0


def _daily(found: re.Match[str], _: DayTest) -> Every | Message:
    count = _count(found[1], found[2])
    return repeat_every.days(count) if count else no_such(found[0])


def _workdays(_: re.Match[str], is_workday: DayTest) -> Every:
    return repeat_every.workdays(is_workday)


def _weekends(_: re.Match[str], __: DayTest) -> Every:
    return repeat_every.weeks(1, [5])


def _chosen(days: str | None) -> list[int]:
    return [_NAMES[one[:3]] for one in re.findall(_DAY, days or "")]


def _on_days(found: re.Match[str], _: DayTest) -> Every:
    return repeat_every.weeks(1, _chosen(found[1]))


def _other_days(found: re.Match[str], _: DayTest) -> Every:
    return repeat_every.weeks(2, _chosen(found[1]))


def _weekly(found: re.Match[str], _: DayTest) -> Every | Message:
    other, number, fortnight, days = found.groups()
    count = 2 if fortnight else _count(other, number)
    return repeat_every.weeks(count, _chosen(days)) if count else no_such(found[0])


def _week_range(found: re.Match[str], _: DayTest) -> Every | Message:
    first, last = (_NAMES[one[:3]] for one in found.groups())
    return repeat_every.weeks(1, range(first, last + 1)) if first < last else no_such(found[0])


def _two_meanings(found: re.Match[str], _: DayTest) -> Message:
    return Message(
        "“{text}” can mean two things. Say {example} instead.",
        params={
            "text": found[0],
            "example": f"every other {found[2]}" if found[1] == "second" else
            f"the {found[1]} {found[2]} of every month",
        },
    )


def _too_often(found: re.Match[str], _: DayTest) -> Message:
    return Message(
        "“{text}”: a reminder repeats once a day at most, on days that you say.",
        params={"text": found[0]},
    )


def _interval(found: re.Match[str], start: int) -> int:
    other, number, quarter, half = (found[start + place] for place in range(4))
    return 3 if quarter else 6 if half else _count(other, number)


def _monthly(found: re.Match[str], _: DayTest) -> Every | Message:
    count = _interval(found, 1)
    return repeat_every.months(count) if count else no_such(found[0])


def _month_days(found: re.Match[str], _: DayTest) -> Every | Message:
    count = _interval(found, 1)
    return _days(found[0], count, found[5])


def _days_first(found: re.Match[str], _: DayTest) -> Every | Message:
    return _days(found[0], 1, found[1])


def _days(said: str, count: int, figures: str) -> Every | Message:
    days = [int(one) for one in re.findall(r"[0-9]+", figures)]
    if not count or any(not 1 <= day <= 31 for day in days):
        return no_such(said)
    return repeat_every.months(count, days)


def _place_of(word: str) -> int:
    return _PLACES.get(word.replace("-", " ")) or int(word.rstrip("stndrh"))


def _month_place(found: re.Match[str], is_workday: DayTest) -> Every | Message:
    return _placed(found[0], _interval(found, 1), found[5], found[6], is_workday)


def _place_first(found: re.Match[str], is_workday: DayTest) -> Every | Message:
    return _placed(found[0], 1, found[1], found[2], is_workday)


def _placed(
    said: str, count: int, place_word: str, what: str, is_workday: DayTest
) -> Every | Message:
    place = _place_of(place_word)
    if not count or not place:
        return no_such(said)
    if count == 3 and "quarter" in said:
        return _of_quarter(said, place, what)
    if re.fullmatch(_WORKDAY, what):
        if count > 1:
            return not_said(said)
        return no_such(said) if abs(place) > 20 else repeat_every.months_workday(place, is_workday)
    if what == "day":
        return no_such(said) if abs(place) > 31 else repeat_every.months(count, [place])
    return no_such(said) if abs(place) > 5 else repeat_every.months_weekday(
        count, place, _NAMES[what[:3]]
    )


def _of_quarter(said: str, place: int, what: str) -> Every | Message:
    if what == "day" and place in {1, -1}:
        return repeat_every.quarters(end=place < 0)
    return not_said(said)


def _quarter_end(found: re.Match[str], _: DayTest) -> Every:
    return repeat_every.quarters(end=found[1] not in {"first day", "start", "beginning"})


def _month_end(found: re.Match[str], _: DayTest) -> Every:
    return repeat_every.months(1, [-1 if found[1] == "end" else 1])


def _after(found: re.Match[str], _: DayTest) -> Every | Message:
    count = numerals.value(found[1])
    if not count:
        return no_such(found[0])
    if found[2].startswith("m"):
        return Message("“{text}”: say how many days after, please.", params={"text": found[0]})
    return repeat_every.after_done(count * (7 if found[2].startswith("w") else 1))


_DONE: Final = r"(?:visit|call|contact|meeting|delivery|order|payment|purchase|service|time)"
_AGO: Final = rf"({numerals.ENGLISH_NUMBER}) (days?|weeks?|months?) after"
_ORDINALS: Final = (
    r"((?:the )?[0-9]{1,2}(?:st|nd|rd|th)(?:(?:, and |, | and | & )(?:the )?[0-9]{1,2}(?:st|nd|rd|th))*)"
)

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
            rf"(?<!\w){_AGO} (?:(?:each|every|(?:the |my |our )?last) {_DONE}|it (?:was|is|has been) (?:last )?done"
            rf"|(?:it was )?last done|completion){_END}"
        ),
        _after,
    ),
    RepeatRule(
        re.compile(
            rf"(?<!\w)(?:(?:every|each) (?:(other)|({_NUMBER})) days?|(?:every|each) (?:single )?day|daily"
            rf"|(?:every|each)(?= (?:morning|noon|afternoon|evening|night))){_END}"
        ),
        _daily,
    ),
    RepeatRule(re.compile(rf"(?<!\w)(?:(?:every|each) (?:{_WORKDAY})|on weekdays){_END}"), _workdays),
    RepeatRule(re.compile(rf"(?<!\w)(?:(?:every|each) weekend|on weekends){_END}"), _weekends),
    RepeatRule(
        re.compile(rf"(?<!\w)(?:on )?(?:every|each) ({_LIST}){_END}"),
        _on_days,
    ),
    RepeatRule(
        re.compile(rf"(?<!\w)(?:on )?({_FULL_DAYS}(?:(?:, and |, | and |/| & ){_FULL_DAYS})*){_END}"),
        _on_days,
    ),
    RepeatRule(re.compile(rf"(?<!\w)(?:on )?(?:every|each) other ({_LIST}){_END}"), _other_days),
    RepeatRule(
        re.compile(
            rf"(?<!\w)(?:(?:every|each) week|weekly|(?:every|each) (?:(other|second)|({_NUMBER})) weeks?"
            rf"|(every fortnight|each fortnight|fortnightly|bi-?weekly))(?:,? on ({_LIST}))?{_END}"
        ),
        _weekly,
    ),
    RepeatRule(
        re.compile(rf"(?<!\w)(?:every|each) ({_DAY}) ?(?:-|–|to|through) ?({_DAY}){_END}"), _week_range
    ),
    RepeatRule(
        re.compile(rf"(?<!\w)every (second|third|fourth|fifth) ({_DAY}){_END}(?!{_THE_MONTH})"), _two_meanings
    ),
    RepeatRule(
        re.compile(
            r"(?<!\w)(?:every (?:[a-z0-9]+ )?(?:hours?|minutes?|mins?)|hourly"
            r"|(?:once|twice|(?:[0-9]|two|three|four) times) (?:a|every|each|per) (?:day|week|month))(?!\w)"
        ),
        _too_often,
    ),
    RepeatRule(re.compile(rf"(?<!\w){_MONTHS}{_END}"), _monthly),
    RepeatRule(re.compile(rf"(?<!\w){_MONTHS},? on {_ORDINALS}{_END}"), _month_days),
    RepeatRule(re.compile(rf"(?<!\w)(?:on )?{_ORDINALS}{_OF_MONTH}{_END}"), _days_first),
    RepeatRule(
        re.compile(rf"(?<!\w)every ([0-9]{{1,2}}(?:st|nd|rd|th))(?:{_THE_MONTH})?{_END}(?! \w+day)"),
        _days_first,
    ),
    RepeatRule(
        re.compile(rf"(?<!\w){_MONTHS},? on (?:the )?{_PLACE} {_WHAT}{_END}"), _month_place
    ),
    RepeatRule(
        re.compile(rf"(?<!\w)(?:on )?(?:the )?{_PLACE} {_WHAT}(?: of| in) (?:every|each) month{_END}"),
        _place_first,
    ),
    RepeatRule(re.compile(rf"(?<!\w)every {_PLACE} {_WHAT}{_THE_MONTH}{_END}"), _place_first),
    RepeatRule(re.compile(rf"(?<!\w)every (first|last) {_WHAT}{_END}"), _place_first),
    RepeatRule(
        re.compile(
            r"(?<!\w)(?:at |on )?(?:the )?(end|start|beginning|last day|first day) of (?:every|each) quarter(?!\w)"
        ),
        _quarter_end,
    ),
    RepeatRule(
        re.compile(r"(?<!\w)(?:at )?(?:the )?(end|start|beginning) of (?:every|each) month(?!\w)"), _month_end
    ),
)
YEARS: Final = re.compile(
    rf"(?<!\w)(?:(?:every|each) year|yearly|annually|every (?:(other)|({_NUMBER})) years?){_END}"
)
EVERY: Final = re.compile(r"(?<!\w)(?:every|each) (?:year on )?")


def year_interval(found: re.Match[str]) -> int:
    """Of a match of YEARS."""
    return _count(found[1], found[2])
