"""Conversations copied out of WeChat as text, in every form in which its programs give them.

Messages stand under a line with who and when ("张三 2026/11/20 15:04", "张三  15:04" below a line
of dashes with the day, "张三 昨天 15:04") or with who alone ("张三:"), then with times on lines of
their own between them. A text is a conversation only if enough of it says so; what is merely like
one (a list of dates, a form with "地址:") is none.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from app.exchange.chat_times import STAMP, Stamp, read_stamp
from app.exchange.header_words import is_known

_LONGEST_NAME: Final = 60
_LONGEST_LINE: Final = 120  # of one with a name and a time
_MOST_BEFORE: Final = 3  # lines above the first message that need no explanation

_HEADED: Final = re.compile(rf"(?P<who>\S.*?)(?P<gap>\s+)(?P<when>{STAMP})\s*", re.I)
_COLON: Final = re.compile(r"\s*(?P<who>\S.*?)\s?[:：]\s*")
_RULED: Final = re.compile(r"\s*[-—―─_=]{2,}\s*(?P<when>[^-—―─_=].*?)\s*[-—―─_=]{2,}\s*")
_NO_NAME: Final = re.compile(
    r".*[,，。;；!！?？、|:：/\\\t(（“\"']$|https?:|.*[0-9]{4}[-/年][0-9]{1,2}[-/月]|[\s!-@\[-`{-~]*$",
    re.I,
)
_ANNOUNCED: Final = re.compile(
    r".*聊天(?:记录|記錄|紀錄)如下.*|.*\bchat history\b.*(?:WeChat|Weixin|below|follow).*"
    r"|.*(?:WeChat|Weixin)\b.*\bchat history\b.*",
    re.I,
)
# The commonest surnames; with two or three characters behind, a name and hardly anything else.
_SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁余叶蒋杜苏魏吕丁沈姚卢傅钟姜崔谭廖范汪陆贾韦"
    "張劉陳楊黃趙吳孫馬羅鄭謝許鄧馮韓蕭葉蔣蘇呂盧鍾譚陸賈韋"
)
_PERSON: Final = re.compile(r"(?P<surname>[一-鿿])[一-鿿]{1,2}")
_PEOPLE: Final = frozenset({"客户", "客戶", "顾客", "顧客", "customer", "client"})
_NO_PEOPLE: Final = frozenset(
    {"问", "答", "問", "q", "a", "question", "answer", "from", "to", "cc", "date", "subject"}
)


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message. `at` is a moment, a day if only that is known, or None; in `now`'s time zone.

    `text` is as written, over several lines if it was; placeholders such as [图片] stay in it.
    """

    name: str
    at: datetime | date | None
    text: str


@dataclass(frozen=True, slots=True)
class Chat:
    """A conversation, in the order in which it was copied.

    `before` is the text above the first message ("…的聊天记录如下"), "" if there is none.
    """

    messages: tuple[ChatMessage, ...]
    before: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the text and what it could be: the head of a message, or a time on its own."""

    text: str
    name: str = ""
    stamp: Stamp | None = None
    wide: bool = False  # two spaces between name and time, as the phone's mails have
    ruled: bool = False  # between dashes

    @property
    def blank(self) -> bool:
        return not self.text.strip()


@dataclass(slots=True)
class _Open:
    """A message that is still being read."""

    name: str
    at: datetime | date | None
    lines: list[str] = field(default_factory=list)

    def empty(self) -> bool:
        return not any(line.strip() for line in self.lines)


def read_chat(text: str, *, now: datetime) -> Chat | None:
    """The conversation in a text; None if the text is anything else, never a guess.

    Nothing of the text is lost but the times themselves and blank lines around messages. `now` is
    when the text was copied: 昨天 and Friday count from it, and every time gets its zone. Where
    times stand between messages only, a message has the time above it.
    """
    lines = [_line(one, now) for one in re.split(r"\r\n?|\n", text)]
    for heads in (_stamped(lines), _with_colons(lines)):
        if heads and _begins_well(lines, heads):
            chat = _read(lines, heads, now)
            if sum(bool(message.text) for message in chat.messages) * 2 >= len(chat.messages):
                return chat
    return None


def _line(text: str, now: datetime) -> _Line:
    if len(text) > _LONGEST_LINE or not text.strip():
        return _Line(text)
    ruled = _RULED.fullmatch(text)
    alone = read_stamp(text if ruled is None else ruled["when"], now)
    if alone is not None:
        return _Line(text, stamp=alone, ruled=ruled is not None)
    headed = _HEADED.fullmatch(text)
    if headed is not None and _is_name(headed["who"]):
        stamp = read_stamp(headed["when"], now)
        if stamp is not None and stamp.time is not None:
            return _Line(text, headed["who"].strip(), stamp, wide=len(headed["gap"]) > 1)
    colon = _COLON.fullmatch(text)
    if colon is not None and _is_name(colon["who"]):
        return _Line(text, colon["who"].strip())
    return _Line(text)


def _is_name(text: str) -> bool:
    return len(text) <= _LONGEST_NAME and _NO_NAME.match(text) is None


def _stamped(lines: Sequence[_Line]) -> list[int]:
    """Where messages begin, if their heads have times; nothing if that is not certain."""
    dated = _set_apart(
        lines, [place for place, line in enumerate(lines) if line.name and _dated(line)]
    )
    names = {lines[place].name for place in dated}
    last = dated[-1] if dated else -1
    timed = [
        place
        for place, line in enumerate(lines)
        if line.name and line.stamp is not None and not line.stamp.dated
        if line.wide or line.name in names or (place > last and _after_blank(lines, place))
    ]
    heads = sorted([*dated, *timed])
    above = lines[: heads[0]] if heads else []
    certain = (
        len(dated) >= 2
        or any((line.ruled and _dated(line)) or _announces(line) for line in above)
        or any(lines[place].name in names for place in timed)
        or _are_people([lines[place].name for place in heads])
    )
    return heads if certain else []


def _set_apart(lines: Sequence[_Line], heads: list[int]) -> list[int]:
    """Without "we meet on 2026/11/20 15:04" in a message, where heads have blank lines above.

    Where they have none, every line that could be a head is one.
    """
    apart = [place for place in heads if _after_blank(lines, place)]
    if len(apart) < 2 or len(apart) * 2 < len(heads):
        return heads
    names = {lines[place].name for place in apart}
    return [place for place in heads if place in apart or lines[place].name in names]


def _with_colons(lines: Sequence[_Line]) -> list[int]:
    """Where messages begin, if their heads are names with a colon; nothing if not certain."""
    heads = _set_apart(
        lines, [place for place, line in enumerate(lines) if line.name and line.stamp is None]
    )
    names = [lines[place].name for place in heads]
    if any(map(_is_label, names)):
        return []
    begins = set(heads)
    timed = any(
        _is_time_alone(line) and _next_head(lines, place) in begins
        for place, line in enumerate(lines)
    )
    return heads if _are_people(names) or (timed and len(heads) >= 2) else []


def _is_label(name: str) -> bool:
    """Whether a form or a list of questions has this before a colon."""
    name = name.lower()
    return name in _NO_PEOPLE or (name not in _PEOPLE and is_known(name))


def _is_time_alone(line: _Line) -> bool:
    return not line.name and line.stamp is not None and line.stamp.time is not None


def _announces(line: _Line) -> bool:
    return _ANNOUNCED.fullmatch(line.text[:_LONGEST_LINE]) is not None


def _dated(line: _Line) -> bool:
    return line.stamp is not None and line.stamp.dated


def _after_blank(lines: Sequence[_Line], place: int) -> bool:
    above = lines[place - 1] if place else None
    return above is None or above.blank or (above.stamp is not None and not above.name)


def _are_people(names: Sequence[str]) -> bool:
    """Whether names alone tell a conversation: somebody speaks again, or all are people's names."""
    if len(names) >= 3 and Counter(names).most_common(1)[0][1] > 1:
        return len(set(names)) > 1
    found = [_PERSON.fullmatch(name) for name in names]
    return len(names) >= 2 and all(one is not None and one["surname"] in _SURNAMES for one in found)


def _begins_well(lines: Sequence[_Line], heads: Sequence[int]) -> bool:
    """Whether what stands above the first message is little, or announces a conversation."""
    above = [line for line in lines[: heads[0]] if not line.blank and line.stamp is None]
    announced = any(map(_announces, above))
    certain = _dated(lines[heads[0]])
    return announced or len(above) <= (_MOST_BEFORE if certain else 0)


def _read(lines: Sequence[_Line], heads: Iterable[int], now: datetime) -> Chat:
    begins = set(heads)
    above, found = _Open("", None), list[_Open]()
    current = above
    day: date | None = None
    between: datetime | date | None = None
    for place, line in enumerate(lines):
        if place in begins:
            at = between if line.stamp is None else line.stamp.at(now, day)
            current = _Open(line.name, at)
            found.append(current)
        elif line.stamp is not None and _stands_between(lines, place, begins, current):
            between = line.stamp.at(now, day)
            day = between.date() if isinstance(between, datetime) else between
        else:
            current.lines.append(line.text)
    messages = [ChatMessage(one.name, one.at, _trimmed(one.lines)) for one in found]
    return Chat(tuple(messages), _trimmed(above.lines))


def _stands_between(lines: Sequence[_Line], place: int, begins: set[int], current: _Open) -> bool:
    """Whether a time on a line of its own is the program's, and not what somebody wrote."""
    line = lines[place]
    if line.name or (current.name and current.empty()):
        return False
    following = _next_head(lines, place)
    if following not in begins:
        return False
    alone = _is_time_alone(line) and _after_blank(lines, place)
    return line.ruled or (alone and not _dated(lines[following]))


def _next_head(lines: Sequence[_Line], place: int) -> int:
    """The next line that is not blank; past the end if there is none."""
    place += 1
    while place < len(lines) and lines[place].blank:
        place += 1
    return place


def _trimmed(lines: list[str]) -> str:
    """The lines without blank ones at either end."""
    first, last = 0, len(lines)
    while first < last and not lines[first].strip():
        first += 1
    while last > first and not lines[last - 1].strip():
        last -= 1
    return "\n".join(lines[first:last])
