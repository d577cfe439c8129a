"""How alike two names are, between 0 and 1, and in what: firms by their parts, people as a whole.

A likeness is a hint and no verdict. Of firms it is the product of three: how alike the brands are,
how alike what they do, and whether they are in one place. The factors and the threshold were
chosen on the pairs of tests/domain/alike_pairs.txt; a test says how well they do.
"""

import re
from enum import Enum
from typing import Final, NamedTuple

from app.domain.alike import CLASS_MARK, Parts, alike_key, is_place, parts, sounds, spelt, untitled

ALIKE: Final = 0.68
"""From here on two names are worth a look."""

_SOUND: Final = 0.9  # 华信, 华鑫
_SOUTHERN: Final = 0.78  # 华信, 华星
_ORDER: Final = 0.97  # Smith John, John Smith
_TRADE_WITHIN: Final = 0.9  # 电子, 电子科技
_NO_TRADE: Final = 0.85  # 华信, 华信科技
_TRADE_OF_CLASS: Final = 0.72  # 科技, 网络
_OTHER_TRADE: Final = 0.4
_NO_PLACE: Final = 0.97
_OTHER_PLACE: Final = 0.75
_PERSON_SOUND: Final = 0.6  # 张伟, 章炜
_PERSON_PINYIN: Final = 0.75  # 张伟, Zhang Wei
_LEAST_SPELLING: Final = 0.8
_DOUBLED: Final = re.compile(r"([a-z])\1")
_NUMERALS: Final = frozenset("0123456789零〇一二三四五六七八九十百千两东西南北")


class Why(Enum):
    """In what two names are alike."""

    SAME = "same"
    FORM = "form"
    PLACE = "place"
    SHORTER = "shorter"
    TRADE = "trade"
    ORDER = "order"
    SOUND = "sound"
    SPELLING = "spelling"
    NOTHING = "nothing"


class Likeness(NamedTuple):
    """`ours` and `theirs` are what sounds or reads alike; empty where all of it does."""

    value: float
    why: Why
    ours: str = ""
    theirs: str = ""


UNLIKE: Final = Likeness(0.0, Why.NOTHING)


def shares_key(ours: str, theirs: str) -> bool:
    """Whether looking up one name by its keys finds the other."""
    first, second = alike_key(ours), alike_key(theirs)
    if not first or not second:
        return False
    return first == second or second in keys(ours) or first in keys(theirs)


def keys(name: str) -> tuple[str, ...]:
    """The keys under which names like this one stand: its own, and that of its brand alone.

    Names with the same brand and some trade stand under others when this one has no trade: their
    keys begin with this one's and CLASS_MARK. None for a name without letters.
    """
    own = alike_key(name)
    brand = own.partition(CLASS_MARK)[0]
    return tuple(dict.fromkeys(key for key in (own, brand) if key))


def of_firms(ours: str, theirs: str) -> Likeness:
    """How alike two names are as those of firms."""
    first, second = parts(ours), parts(theirs)
    if not first.brand or not second.brand:
        return UNLIKE
    if first.whole == second.whole:
        return Likeness(1.0, Why.SAME)
    brand = _brands(first.brand, second.brand)
    trade, place = _trades(first, second), _places(first.place, second.place)
    value = brand.value * trade * place
    return Likeness(value, _reason(brand, trade, place), brand.ours, brand.theirs)


def _reason(brand: Likeness, trade: float, place: float) -> Why:
    """What is most worth saying: a brand that only sounds alike, then the trade, then the place."""
    if brand.why is not Why.SAME:
        return brand.why
    if trade < _NO_TRADE:
        return Why.TRADE
    if place == _OTHER_PLACE:
        return Why.PLACE
    return Why.SHORTER if trade < 1 else Why.FORM


def _brands(ours: str, theirs: str) -> Likeness:
    if ours == theirs or ours.replace(" ", "") == theirs.replace(" ", ""):
        return Likeness(1.0, Why.SAME)
    if spelt(ours) == spelt(theirs):
        return Likeness(_SOUND, Why.SOUND, ours, theirs)
    if ours.isascii() and theirs.isascii():
        return _latin_brands(ours, theirs)
    if sounds(ours) == sounds(theirs):
        return Likeness(_SOUTHERN, Why.SOUND, ours, theirs)
    return _spelling(ours, theirs)


def _latin_brands(ours: str, theirs: str) -> Likeness:
    if sorted(ours.split()) == sorted(theirs.split()):
        return Likeness(_ORDER, Why.ORDER)
    return _spelling(ours, theirs)


def _spelling(ours: str, theirs: str) -> Likeness:
    """By edits; where figures or numerals differ, they are two of a kind and not the same."""
    if _figures(ours) != _figures(theirs):
        return UNLIKE
    if _is_word_more(ours, theirs):
        return UNLIKE
    value = _nearness(ours, theirs)
    # Han characters are few and each says much; Latin letters are many
    least = _LEAST_SPELLING if ours.isascii() else 0.7
    return Likeness(value, Why.SPELLING, ours, theirs) if value >= least else UNLIKE


def _nearness(ours: str, theirs: str) -> float:
    """By edits; a letter that is doubled or not counts for little."""
    first, second = _DOUBLED.sub(r"\1", ours), _DOUBLED.sub(r"\1", theirs)
    if first == second:
        return _SOUND
    return 1 - edits(first, second) / max(len(first), len(second))


def _is_word_more(ours: str, theirs: str) -> bool:
    """Whether one has a word or a character that the other lacks, all else being the same."""
    if ours.isascii() and theirs.isascii():
        return len(ours.split()) != len(theirs.split())
    return len(ours) != len(theirs) and (ours in theirs or theirs in ours)


def _figures(text: str) -> list[str]:
    return [char for char in text if char in _NUMERALS]


def _trades(first: Parts, second: Parts) -> float:
    ours, theirs = first.tail, second.tail
    if ours == theirs:
        return 1.0
    if not ours or not theirs:
        return _NO_TRADE
    if is_place(first.brand):
        return _OTHER_TRADE  # it is the trade that tells 上海电子 from 上海网络
    if first.trade_class == second.trade_class != "":
        if ours.isascii() != theirs.isascii():
            return 1.0  # two languages: Technology, 科技
        return _TRADE_WITHIN if _within(ours, theirs) else _TRADE_OF_CLASS
    return _OTHER_TRADE


def _within(ours: str, theirs: str) -> bool:
    return ours in theirs or theirs in ours


def _places(ours: str, theirs: str) -> float:
    if ours == theirs:
        return 1.0
    if not ours or not theirs or ours == "中国" or theirs == "中国":
        return _NO_PLACE
    first, second = spelt(ours).replace(" ", ""), spelt(theirs).replace(" ", "")
    if _within(first, second):
        return 1.0
    # of a place in another writing it is not known whether it is another: 香港, hk
    return _OTHER_PLACE if ours.isascii() == theirs.isascii() else _NO_PLACE


# --- people


def of_people(ours: str, theirs: str) -> Likeness:
    """How alike two names are as those of people. Millions share one: see services/duplicates."""
    first, second = untitled(ours), untitled(theirs)
    if not first or not second:
        return UNLIKE
    if first == second or first.replace(" ", "") == second.replace(" ", ""):
        return Likeness(1.0, Why.SAME)
    if first.isascii() != second.isascii():
        return _across(first, second)
    return _latin_people(first, second) if first.isascii() else _chinese_people(first, second)


def _across(first: str, second: str) -> Likeness:
    """张伟 and Zhang Wei, or Wei Zhang."""
    latin, other = (first, second) if first.isascii() else (second, first)
    words = latin.split()
    read = spelt(other)
    if read in ("".join(words), "".join([*words[-1:], *words[:-1]])):
        return Likeness(_PERSON_PINYIN, Why.SOUND, first, second)
    return UNLIKE


def _chinese_people(first: str, second: str) -> Likeness:
    if spelt(first) == spelt(second):
        return Likeness(_PERSON_SOUND, Why.SOUND, first, second)
    if len(first) == len(second) and sorted(first) == sorted(second) and len(first) > 3:
        return Likeness(0.8, Why.SPELLING, first, second)
    return UNLIKE


def _latin_people(first: str, second: str) -> Likeness:
    ours, theirs = sorted(first.split(), key=sounds), sorted(second.split(), key=sounds)
    if sorted(ours) == sorted(theirs):
        return Likeness(_ORDER, Why.ORDER)
    if [one for one in ours if len(one) > 1] == [one for one in theirs if len(one) > 1]:
        return Likeness(0.9 if _initials_agree(ours, theirs) else 0.4, Why.SPELLING, first, second)
    if len(ours) != len(theirs) or any(map(_is_other_word, ours, theirs)):
        return UNLIKE
    one, other = " ".join(ours), " ".join(theirs)
    value = _nearness(one, other)
    return Likeness(value, Why.SPELLING, first, second) if value >= _LEAST_SPELLING else UNLIKE


def _is_other_word(ours: str, theirs: str) -> bool:
    """Joan is no John: of a short word one letter may be too many or swapped, but not another."""
    if ours == theirs:
        return False
    few = edits(ours, theirs)
    if len(ours) == len(theirs) <= 5:
        return sorted(ours) != sorted(theirs)
    return few > max(1, min(len(ours), len(theirs)) // 4)


def _initials_agree(ours: list[str], theirs: list[str]) -> bool:
    """Whether the initials beside the words are the same, or only one of both has any."""
    first = [one for one in ours if len(one) == 1]
    second = [one for one in theirs if len(one) == 1]
    return first == second or not first or not second


# --- edits


def edits(ours: str, theirs: str) -> int:
    """Characters added, left out, exchanged or swapped with their neighbour.

    The restricted Damerau-Levenshtein distance (Boytsov 2011).
    """
    before: list[int] = []
    last = list(range(len(theirs) + 1))
    for at, char in enumerate(ours, 1):
        now = [at]
        for place, other in enumerate(theirs, 1):
            cost = min(last[place] + 1, now[-1] + 1, last[place - 1] + (char != other))
            if at > 1 and place > 1 and char == theirs[place - 2] and ours[at - 2] == other:
                cost = min(cost, before[place - 2] + 1)
            now.append(cost)
        before, last = last, now
    return last[-1]
