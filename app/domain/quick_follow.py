"""What a line says is to be done, and until when (folded text with marks, see quick_words).

A date alone is no follow-up: people also write of last Monday's delivery. It becomes one where

- a promise comes before it in the clause (答应, 承诺, promised, agreed to);
- a reminder stands in the clause (提醒我, 记得, remind me, remember to);
- coming back to the customer stands beside it (回电, 跟进, 约, call back, follow up, appointment);
- a Chinese verb of ours follows it at once (下周二寄样品), nobody else being its subject;
- an English clause begins with an order (send the quote tomorrow, call Grace tomorrow 9am);
- it is a deadline, and the clause tells nothing past (wants a quote by Monday).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.quick_words import DATE, PERSON, VALUE

_MARK: Final = PERSON + DATE + VALUE
_HARD: Final = re.compile(r"[,;。!?:](?![0-9])|\.(?=\s|$)")
_SOMEBODY: Final = re.compile(rf"\s*{PERSON}+ ?")
_DONE: Final = r"(?!\s?(?:了(?!解)|过|说|的|率|函|书|表|单|记录|没|不|显示))"
PROMISE: Final = re.compile(
    rf"(?<![不没未再])(?:我们?|我方|我司)?(?:已经?)?(?:答应|承诺|保证"
    rf"|应允)(?:了)?(?:他们?|她|客户|对方|{PERSON}+)?(?![的书函金期])"
    rf"|(?<!\w)(?<!not )(?<!never )(?:i |we |i['’]ve |we['’]ve )?(?:promis(?:e|es|ed"
    rf"|ing)|agreed|committed)"
    rf"(?: (?:to|that|him|her|them|the customer|we['’]ll|we['’]d|i['’]ll|i['’]d"
    rf"|we will|i will|{PERSON}+)(?!\w))*(?!\w)"
)
REMIND: Final = re.compile(
    r"(?:提醒(?:我|一下)?(?:要|去)?|记得(?!清)|别忘了?|勿忘|待办[:]?|要记着)"
    r"|(?<!\w)(?:remind (?:me|us)|remember|don['’]t forget|to-?do)(?!\w)"
)
_BACK: Final = re.compile(
    r"(?<![请让等])(?:再?(?:回电|回拨|回复|回访|回话|跟进|复查)|再(?:打|联系|约|谈|聊|沟通|来|去)"
    r"|预约|约(?!定俗|等|合|占|束|[0-9]|为))"
    rf"(?:电话)?{_DONE}"
    rf"|(?<!\w)(?:call(?:ing)? (?:(?:him|her|them|{PERSON}+) )?back|call again"
    rf"|ring (?:(?:him|her|them|{PERSON}+) )?back|phone back|callback"
    r"|get back to|try(?: again)?|follow[- ]?up|check back|check in"
    r"|appointment|meeting|touch base|remind)(?!\w)"
)
_OURS: Final = (
    r"(?:我们?|再|要|会|去|先|必须|务必|记得|尽快|安排|准备|负责|联系|帮忙|统一|\s)*"
    rf"(?:[给跟向帮为和与]{PERSON}*(?:他们?|她|客户|对方)?)?"
    r"(?:寄|发(?![现生烧])|送|打(?:电话|款|样)|打给|报(?:价|个?价)|拜访|上门|回(?:电"
    r"|复|访|话|款)|联系|确认|安排|出(?:样|货|图|报价)|补|交(?:货|付|样|图)"
    r"|付|带|拿|开(?:票|发票|会)|对(?:账|帐)|通知|催|收款|谈|签|约|见(?!了|过|到)|给"
    r"|提供|准备|处理|解决|答复)"
)
_DATE_VERB: Final = re.compile(rf"{DATE}+{_OURS}(?!.{{0,3}}(?:过的?|了(?!解)))")
_OTHERS: Final = re.compile(
    rf"(?:[他她]们?|客户|对方|厂家|物流|供应商|公司|说|讲|(?:没有?|不|未)[^\s]{{0,4}}"
    rf"|{PERSON}说?)\s?$"
)
_ORDER: Final = re.compile(
    r"\s*(?:(?:please|must|need to|needs to|have to|i will|we will|i['’]ll|we['’]ll|will|to) )?"
    r"(?:send|ship|post|mail|bring|quote|check|confirm|arrange|prepare|chase|deliver"
    r"|order|book|schedule|invoice"
    r"|provide|return|refund|see|text|give|meet|update|pay|collect|pick up|contact"
    r"|come)(?!\w)(?!ed)"
)
_OTHERS_WILL: Final = re.compile(r" (?:will|must|need|has|have|to|wants?)(?!\w)")
_OWN_CALL: Final = re.compile(
    r"\s*(?:(?:please|must|need to|i['’]ll|we['’]ll|will) )?"
    rf"(?:call|ring|phone|e-?mail|visit|wechat|meet)(?: (?:{PERSON}+|him|her|them|the customer))?"
    rf"(?:\s?{DATE}| (?:about|re|regarding|with|for|to|and) .*? {DATE}+\s*$)"
)
_DATE_CALL: Final = re.compile(
    rf"{DATE}+\s?(?:call|ring|phone|e-?mail|visit|send|wechat|meet)(?!\w)"
)
_OVER: Final = re.compile(
    r"已|过了|[完到]了|之前就|没|未|不|无需|(?<!\w)(?:not|never|already|was"
    r"|were|had|been|arrived|came|last)(?!\w)|n['’]t(?!\w)"
)
_CANCELLED: Final = re.compile(r"取消|推迟|(?<!\w)(?:was|were|cancel\w*|postponed|not)(?!\w)")
_BESIDE: Final = 8
_AHEAD: Final = 30
"""At most so many characters lie between a word of coming back and a date before or behind it."""


@dataclass(frozen=True, slots=True)
class Task:
    """text[start:end] says what to do, at text[date] (its place among the dates).

    `word` is what says that it is one, and is left out of what to do; empty if there is none.
    `promised` if it says that it was promised.
    """

    start: int
    end: int
    date: int
    word: tuple[int, int]
    promised: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A date of today or later: its place in the text and in the list of dates.

    `today` ones, without an hour, are marked PAST: they may tell of what has been (今天拜访陈总).
    """

    start: int
    end: int
    date: int
    deadline: bool
    today: bool


Finder = Callable[[str, int, int, Sequence[Day]], Task | None]


def tasks(text: str, days: Sequence[Day]) -> list[Task]:
    """At most one of each clause, in order of place."""
    found: list[Task] = []
    for start, end in clauses(text):
        within = [day for day in days if start <= day.start and day.end <= end]
        if not within:
            continue
        attempts = (finder(text, start, end, within) for finder in _FINDERS)
        if task := next((one for one in attempts if one), None):
            found.append(task)
    return found


def clauses(text: str) -> list[tuple[int, int]]:
    """The stretches between commas, stops and the like."""
    places, start = [], 0
    for found in _HARD.finditer(text):
        places.append((start, found.start()))
        start = found.end()
    return [*places, (start, len(text))]


def _promise(text: str, start: int, end: int, days: Sequence[Day]) -> Task | None:
    for found in PROMISE.finditer(text, start, end):
        for day in days:
            if day.start >= found.end():
                first = _subject(text, start, found)
                word = found.span() if first == found.start() else (first, first)
                return Task(first, end, day.date, word, promised=True)
    return None


def _subject(text: str, start: int, found: re.Match[str]) -> int:
    """Where it is said who promised, if it was somebody else: that stays in what is to be done."""
    begin = found.start()
    apart = text[begin - 1 : begin] == " " and not text[begin].isascii()  # 微信 吴敏 答应: ours
    if not apart and _SOMEBODY.fullmatch(text, start, begin):
        return start + len(text[start:begin]) - len(text[start:begin].lstrip())
    segment = _segment_start(text, start, begin)
    return segment if text[segment:begin].strip() else begin


def _remind(text: str, start: int, end: int, days: Sequence[Day]) -> Task | None:
    for found in REMIND.finditer(text, start, end):
        day = days[0]
        first = min(day.start, found.start())
        return Task(first, end, day.date, found.span())
    return None


def _back(text: str, start: int, end: int, days: Sequence[Day]) -> Task | None:
    if _CANCELLED.search(text, start, end):
        return None
    for found in _BACK.finditer(text, start, end):
        for day in days:
            if 0 <= day.start - found.end() <= _AHEAD:
                return Task(found.start(), end, day.date, (found.start(), found.start()))
            if 0 <= found.start() - day.end <= _BESIDE and not _of_others(text, start, day.start):
                return Task(day.start, end, day.date, (day.start, day.start))
    return None


def _date_verb(text: str, start: int, end: int, days: Sequence[Day]) -> Task | None:
    for day in days:
        if _of_others(text, start, day.start):
            continue
        if _DATE_VERB.match(text, day.start, end) or _DATE_CALL.match(text, day.start, end):
            return Task(day.start, end, day.date, (day.start, day.start))
    return None


def _of_others(text: str, start: int, place: int) -> bool:
    return bool(_OTHERS.search(text[start:place])) and not text[start:place].endswith(" ")


def _order(text: str, start: int, end: int, days: Sequence[Day]) -> Task | None:
    behind = max(start, _after_marks(text, start, days[0].start))
    if text[behind - 1 : behind] == PERSON and _OTHERS_WILL.match(text, behind, end):
        return None
    orders = ((_ORDER, start), (_OWN_CALL, start), (_ORDER, behind))
    first = next((place for order, place in orders if order.match(text, place, end)), None)
    return None if first is None else Task(first, end, days[0].date, (first, first))


def _deadline(text: str, start: int, end: int, days: Sequence[Day]) -> Task | None:
    for day in days:
        if day.deadline and not _OVER.search(text, _segment_start(text, start, day.start), end):
            begin = max(start, _after_marks(text, start, day.start))
            segment = _segment_start(text, begin, day.start)
            rest = text[day.end : end].strip(_MARK + " ")
            first = segment if rest and not text[segment : day.start].strip().isascii() else begin
            if rest and segment == day.start and not rest.isascii():
                first = segment
            return Task(first, end, day.date, (first, first))
    return None


def _after_marks(text: str, start: int, end: int) -> int:
    """Where the last person, rating or minutes before `end` is over."""
    places = (text.rfind(mark, start, end) for mark in (PERSON, VALUE))
    return max(places) + 1


def _segment_start(text: str, start: int, end: int) -> int:
    """Where the stretch without spaces begins in which `end` lies; for English the whole clause."""
    begin = _after_marks(text, start, end) or start
    begin = max(begin, start)
    if text[begin:end].isascii():
        return begin if text[begin:end].strip() else end
    return max(begin, text.rfind(" ", begin, end) + 1)


_FINDERS: Final[tuple[Finder, ...]] = (_promise, _remind, _back, _date_verb, _order, _deadline)
