"""Which people of a customer are named in a line (folded text)."""

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.script import fold, is_han
from app.domain.surnames import DOUBLE_SURNAMES


@dataclass(frozen=True, slots=True)
class Person:
    """A contact of the customer: id, name as stored, and title (总经理, Buyer; may be empty)."""

    id: int
    name: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """text[start:end] names the person."""

    start: int
    end: int
    id: int


# 陈总共, 陈工作: the first letters of other words
HONORIFIC: Final = (
    "总经理|副总|总监|总(?![共是数价额部体结之算量工务站])|经理|先生|女士|小姐"
    "|太太|师傅|老师|主任|厂长"
    "|老板娘|老板|董事长|董(?!事会)|工(?![作厂人程具地])|科长|处长|部长|局长|主管"
    "|会计|店长|医生|院长|校长|教授|律师"
    "|秘书|助理|队长|组长|大姐|大哥|哥|姐(?!妹)|姨|叔(?!叔)"
)
_BEFORE_GIVEN: Final = (
    r"(?:^|(?<=[\s,;:.。、!?(])|(?<=电话)|(?<=微信)|(?<=邮件)|(?<=拜访)|(?<=打给)"
    r"|(?<=[跟和与给找见请问约]))"
)
# Where a Latin word begins and ends: Chinese is written on without a space.
_OTHER: Final = r"[^\W\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_BEGIN: Final = rf"(?<!{_OTHER})"
_END: Final = rf"(?!{_OTHER})"
_TITLED: Final = rf"{_BEGIN}(?:mr|mrs|ms|miss|mister|dr|madam)\.? {{name}}{_END}"
# Given names that are words as well: only where somebody is spoken to, or acts.
_COMMON: Final = (
    "will may mark bill grace rose art frank hope joy rich pat sue drew chase grant dean guy april "
    "june august summer faith dawn rob jack miles max ray cash price an so he long can you men in "
    "do no page ivy ruby pearl amber iris olive jade crystal violet lily daisy angel"
)
_WORDS: Final = frozenset(_COMMON.split())
_INTRODUCED: Final = (
    r"(?:(?<=with )|(?<=from )|(?<=to )|(?<=call )|(?<=called )|(?<=visit )|(?<=visited )|(?<=met )"
    r"|(?<=phoned )|(?<=phone )|(?<=rang )|(?<=ring )|(?<=email )|(?<=emailed )|(?<=e-mailed )"
    r"|(?<=wechat )|(?<=remind )"
    r"|(?<=send )|(?<=sent )|(?<=give )|(?<=show )|(?<=promised )|(?<=told )|(?<=gave )|(?<=back )"
    r"|(?<=saw )|(?<=texted )"
    r"|(?<=电话)|(?<=微信)|(?<=邮件)|(?<=拜访)|(?<=打给)|(?<=[跟和与给找见请约]))"
)
_ACTS: Final = (
    r"(?= (?:called|phoned|rang|emailed|e-mailed|wrote|visited|came|said|says|asked"
    r"|asks|wants|complained|promised|agreed|needs|rated|ordered|sounds|sounded"
    r"|(?:(?:was|is) )?(?:so |very )?(?:angry|upset|unhappy|happy))\b|:)"
)


def mentions(text: str, people: Sequence[Person]) -> list[Mention]:
    """Who is named where, in order of place; a name that two people may have names nobody."""
    candidates: dict[tuple[int, int], dict[int, str]] = {}
    titles = {person.id: fold(person.title) for person in people}
    for person in people:
        for pattern in _patterns(fold(person.name)):
            for found in pattern.finditer(text):
                if found[0]:
                    candidates.setdefault(found.span(), {})[person.id] = found[0]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(candidates, key=lambda span: (span[0] - span[1], span[0])):
        if all(end <= other[0] or other[1] <= start for other in kept):
            kept.append((start, end))
    return [
        Mention(*span, one)
        for span in sorted(kept)
        if (one := _only(candidates[span], titles)) is not None
    ]


def _only(ids: dict[int, str], titles: dict[int, str]) -> int | None:
    """The one person meant: the only one, or the only one whose title is what they are called."""
    if len(ids) == 1:
        return next(iter(ids))
    named = [
        one for one, said in ids.items() if said[1:] and titles[one] and said[1:] in titles[one]
    ]
    return named[0] if len(named) == 1 else None


_TITLE_BEHIND: Final = re.compile(rf"(?:{HONORIFIC})$")
_NICKNAME: Final = re.compile(r"^[老小阿](?=.$)")


def without_title(name: str) -> str:
    """A folded name as it is stored: 陈 of 陈总, 王 of 小王."""
    bare = _TITLE_BEHIND.sub("", name) or name
    return _NICKNAME.sub("", bare)


@functools.lru_cache(maxsize=512)
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    """What a folded name may be called; kept, as the same few are asked for at every key."""
    han = "".join(char for char in name if is_han(char))
    latin = [word for word in re.split(r"[\s,./()]+", name) if word and not is_han(word[0])]
    return (*(_chinese(han) if han else ()), *(_latin(latin) if latin else ()))


def _chinese(name: str) -> Iterator[re.Pattern[str]]:
    surname = name[:2] if name[:2] in DOUBLE_SURNAMES else name[:1]
    given = name[len(surname) :]
    if len(name) > 1:
        yield re.compile(re.escape(name))
    if re.fullmatch(HONORIFIC, given) or not given:  # stored as 赵师傅
        yield re.compile(re.escape(surname) + f"(?:{HONORIFIC})")
        return
    yield re.compile(re.escape(surname) + f"(?:{HONORIFIC})")
    yield re.compile(rf"{re.escape(name)}(?:{HONORIFIC})")
    yield re.compile(
        rf"(?<![大老小])[老小]{re.escape(surname)}(?!{re.escape(given)})(?=[\s,:说问要来打的]|$)"
    )
    if len(given) > 1:
        yield re.compile(_BEFORE_GIVEN + re.escape(given) + f"(?:{HONORIFIC})?")


def _latin(words: Sequence[str]) -> Iterator[re.Pattern[str]]:
    end = rf"(?:{HONORIFIC})?{_END}(?!['’]s)"
    if len(words) > 1:
        yield re.compile(_BEGIN + re.escape(" ".join(words)) + end)
    for word in words:
        yield re.compile(_TITLED.format(name=re.escape(word)))
    given = re.escape(words[0])
    if len(words[0]) < 2:
        return
    if words[0] in _WORDS:
        yield re.compile(_INTRODUCED + given + end)
        yield re.compile(rf"(?<=[,:;] ){given}(?=\s*(?:[,:;]|$))")
        yield re.compile(rf"^{given}{_END}{_ACTS}")
    else:
        yield re.compile(_BEGIN + given + end)
