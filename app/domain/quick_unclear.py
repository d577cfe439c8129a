"""Why a line says no day: what is missing, over, impossible or could be two (folded text)."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Final

from app.domain import numerals, when, when_lunar
from app.domain.when_days import Clue, existing
from app.i18n import Message

_VAGUE: Final = re.compile(
    rf"过?(?:几|[{numerals.CHINESE}]?[两三四五六七八九][{numerals.CHINESE}]|[一]?两三|好几|若干"
    rf"|多少)\s?个?(?:天|日|周|星期|礼拜|月|年|小时|分钟)(?:之|以)?后?"
    r"|过(?:段|阵|些|会|一段|一阵|一会)(?:儿|时间|日子|天)?|改[天日]|回头|有空|有时间|抽空|尽快"
    r"|尽早|近期|近日|最近|不久|稍后|晚点|迟点"
    r"|待会儿?|等会儿?|一会儿?|以后|之后|将来|节后|节前|年后|年前|下次|下回|月中|中旬|[上下]旬"
    r"|找时间|到时候?|随时|某天|某日"
    r"|(?<!\w)(?:soon|later|some ?time|some ?day|asap|as soon as possible|one day"
    r"|one of these days|one of those days"
    r"|at some point|when (?:possible|i can|there is time)|in a few \w+|in some \w+"
    r"|in several \w+|a few \w+ (?:later|from now)"
    r"|next time|in a while|shortly|eventually|mid[- ]\w+|around [a-z]+day|whenever|now and then"
    r"|from time to time|regularly|often)(?!\w)"
)
_THIS_PART: Final = re.compile(r"(?<!\w)this (?:morning|afternoon|evening)(?!\w)")
_AFTER: Final = re.compile(r"\s?(?:(?:之|以)?后(?![台面天])|起(?!草)|前后|左右)")
_FIGURES: Final = re.compile(r"(?<![\w.:/-])([0-9]{1,2})[/.-]([0-9]{1,2})(?![\w:/-])")
_ISO: Final = re.compile(
    r"(?<![\w/-])(20[0-9]{2})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?![0-9])"
)
_CHINESE_DAY: Final = re.compile(
    rf"(?<![0-9{numerals.CHINESE}])({numerals.NUMBER})\s?月(?:份)?\s?({numerals.NUMBER})\s?[日号]"
)
_MAYBE_LUNAR: Final = re.compile(
    r"(?<![0-9一二三四五六七八九十])(?:十[一二]?"
    r"|[一二三四五六七八九])月(?:[二三]?十[一二三四五六七八九]?"
    r"|[一二三四五六七八九])(?![日号一二三四五六七八九十个天])"
)
_MONTHS: Final = {
    name: place
    for place, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_MONTH: Final = rf"({'|'.join(_MONTHS)})[a-z]*\.?"
_ENGLISH_DAY: Final = re.compile(
    rf"(?<![\w:/-])([0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}(?!\w)"
    rf"|(?<!\w){_MONTH} ([0-9]{{1,2}})(?:st|nd|rd|th)?(?![\w:])"
)
_NO_DAY: Final = re.compile(
    r"(?:下?个?月|^|\s|每月)(?:3[2-9]|[4-9][0-9])[日号]|(?:周|星期|礼拜)(?:[七八九]"
    r"|[89])(?![0-9天个])"
    r"|(?<!\w)(?:the )?(?:3[2-9]|[4-9][0-9])(?:st|nd|rd|th)(?!\w)(?= of|$)"
)
_NO_HOUR: Final = re.compile(
    r"(?<![0-9第.:])(?:2[5-9]|[3-9][0-9])\s?(?:点(?!心|评|击)|时(?!间|候))(?:半|[0-9]{1,2}分?)?"
    r"|(?<![\w:.])(?:2[4-9]|[3-9][0-9]):[0-9]{2}(?![0-9:])"
    r"|(?<![\w:.])[0-9]{1,2}:[6-9][0-9](?![0-9:])"
    r"|(?<![\w:.])(?:1[3-9]|2[0-9]|0)(?::[0-9]{2})? ?(?:am|pm|a\.m\.|p\.m\.)(?!\w)"
    r"|[0-9]{1,2}点[6-9][0-9]分?|(?:上午|早上)(?:1[3-9]|2[0-9])(?:点|:)"
)


def problem(text: str, now: datetime, past: Sequence[Clue]) -> Message:
    """Why folded text says no day to come; `past` are the days that it says."""
    for finder in _FINDERS:
        if found := finder(text, now, past):
            return found
    return Message(
        "When? Add a day or a time, such as {one}, {two} or {three}.",
        params={
            "one": Message("tomorrow"),
            "two": Message("Friday 3pm"),
            "three": Message("every Monday"),
        },
    )  # fmt: skip


def _no_hour(text: str) -> Message | None:
    """A time of day that there is not."""
    found = _NO_HOUR.search(text)
    return _nothing(found[0]) if found else None


def _nothing(said: str) -> Message:
    return Message("There is no {text}. Check the date or the time.", params={"text": bare(said)})


def bare(said: str) -> str:
    """Without the words that lead to a day: on Friday, the 5th."""
    return re.sub(r"^(?:on |at |by )?(?:the )?", "", said.strip())


def impossible(text: str, now: datetime) -> Message | None:
    """A day or time of day that there is not, wherever it stands."""
    if found := _NO_DAY.search(text):
        return _nothing(found[0])
    if hour := _no_hour(text):
        return hour
    if lunar := _lunar(text, now):
        return lunar
    for said, exists in _days_said(text, now):
        if not exists:
            return _nothing(said)
    return None


def _days_said(text: str, now: datetime) -> Iterator[tuple[str, bool]]:
    """Days with their month, and whether there is such a day in any year."""
    lunar = [(one.start, one.end) for one in when_lunar.find_in(text, now.date())]
    for found in _ISO.finditer(text):
        yield found[0], existing(int(found[1]), int(found[2]), int(found[3])) is not None
    for found in _CHINESE_DAY.finditer(text):
        if not any(start <= found.start() < end for start, end in lunar):
            yield found[0], _exists(numerals.value(found[1]), numerals.value(found[2]))
    for found in _ENGLISH_DAY.finditer(text):
        day, name = (found[1], found[2]) if found[1] else (found[4], found[3])
        yield found[0], _exists(_MONTHS[name], int(day))


def _exists(month: int | None, day: int | None) -> bool:
    return existing(2000, month or 0, day or 0) is not None


def _lunar(text: str, now: datetime) -> Message | None:
    found = (one.problem() for one in when_lunar.find_in(text, now.date()))
    return next((one for one in found if one), None)


def _two(text: str, _: datetime, __: Sequence[Clue]) -> Message | None:
    found = _FIGURES.search(text)
    if not found:
        return None
    first, second = int(found[1]), int(found[2])
    turns = [turn for turn in ((first, second), (second, first)) if _exists(*turn)]
    if len(turns) < 2:
        return None if turns else _nothing(found[0])
    return Message(
        "“{text}” can be {first} or {second}: say whether the day or the month comes first.",
        params={
            "text": found[0],
            "first": f"{turns[0][0]:02}-{turns[0][1]:02}",
            "second": f"{turns[1][0]:02}-{turns[1][1]:02}",
        },
    )


def in_range(text: str, now: datetime, chosen: Clue | None) -> Message | None:
    """Days that are a range (周一到周五), if `chosen` is one of its ends or there is none."""
    for first, second in pairwise(when.days_in(text, now)):
        if not when.RANGE.fullmatch(text, first.end, second.start):
            continue
        if chosen is None or chosen.start < second.end <= chosen.end + second.end - second.start:
            return Message(
                "“{text}” is more than one day. Write the one on which to be reminded.",
                params={"text": text[first.start : second.end]},
            )
    return None


def _ranges(text: str, now: datetime, _: Sequence[Clue]) -> Message | None:
    return in_range(text, now, None)


def _disagreeing(text: str, now: datetime, _: Sequence[Clue]) -> Message | None:
    days = when.days_in(text, now)
    for first, second in pairwise(days):
        if when.same_day_said(text, first, second) and first.value != second.value:
            return Message(
                "“{first}” and “{second}” are not the same day.",
                params={
                    "first": text[first.start : first.end],
                    "second": text[second.start : second.end],
                },
            )
    return None


def _maybe_lunar(text: str, _: datetime, __: Sequence[Clue]) -> Message | None:
    found = _MAYBE_LUNAR.search(text)
    if not found:
        return None
    return Message(
        "“{text}” can be solar or lunar: write “solar” or “lunar” before it.",
        params={"text": found[0]},
    )


def _over(text: str, _: datetime, past: Sequence[Clue]) -> Message | None:
    if past:
        return over(text[past[0].start : past[0].end])
    found = _THIS_PART.search(text)
    return over(found[0]) if found else None


def over(said: str) -> Message:
    """What was said has been."""
    return Message("“{text}” is over. Write a time to come.", params={"text": bare(said)})


def _after(text: str, now: datetime, _: Sequence[Clue]) -> Message | None:
    for day in when.days_in(text, now):
        after = _AFTER.match(text, day.end)
        if after or re.search(r"(?<!\w)(?:after|around|about|not) (?:the )?$", text[: day.start]):
            return unsure(text[day.start : after.end() if after else day.end])
    return None


def _vague(text: str, _: datetime, __: Sequence[Clue]) -> Message | None:
    found = _VAGUE.search(text)
    return unsure(found[0]) if found else None


def unsure(said: str) -> Message:
    """What was said is no certain day."""
    return Message(
        "“{text}” is no certain day. Say which, for example {one} or {two}.",
        params={"text": said.strip(), "one": Message("tomorrow"), "two": Message("Friday 3pm")},
    )


_FINDERS: Final = (
    _two, _ranges, _disagreeing, _maybe_lunar, _over, _after, _vague,
)  # fmt: skip
