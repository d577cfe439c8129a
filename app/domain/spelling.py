"""How a name is spelled out in letters: zhangsan and zs for 张三, johnsmith, oneil for O'Neil.

A name is a row of units. A unit is a Chinese character, with its readings, or a Latin word, which
spells itself; white space and symbols between them do not count (张 三, 华信（北京）). A group is a
row of units that nothing without a spelling (kana, Hangul …) interrupts. A group that is one Latin
word has no spelling of its own: the word is found as a word.

A stretch runs from any unit of a group to its end, spelled in full or, in groups with Chinese
characters, by initials (Latin words whole: TCL集团 is tcljt); from the start of a group also the
first unit in full and the others by initials (张三丰: zhangsf). A last Latin word alone is no
stretch. A stretch has at most LETTERS letters, and its first VARIED units with several readings
take any of them, later ones the usual one, so that the number of stretches stays bounded.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Final

from app.domain.pinyin import Readings, of_plain
from app.domain.script import UNSPACED, plain, simplify

LETTERS: Final = 24
VARIED: Final = 2
UNITS: Final = 48
# A letter or digit of an unspaced script (the ranges hold punctuation, too); such a one, or a word.
SIGN: Final = re.compile(rf"(?!\W)[{UNSPACED}]")
WORD: Final = re.compile(rf"(?!\W)[{UNSPACED}]|[^\W_{UNSPACED}]+")


@dataclass(frozen=True, slots=True)
class Unit:
    """`full` and `initials` are what may be typed for it; start and end are where it stands."""

    full: Readings
    initials: Readings
    start: int
    end: int
    han: bool


Group = tuple[Unit, ...]


def units(text: str) -> list[Unit | None]:
    """What a text is made of, in order; None for what has no spelling in letters."""
    text = plain(text)
    simple = simplify(text)
    read = of_plain(text)
    return [_unit(match, read[match.start()]) for match in islice(WORD.finditer(simple), UNITS)]


def groups(text: str) -> list[Group]:
    """The groups of a text that have a spelling; positions are those in `plain(text)`."""
    rows = groupby(units(text), key=lambda unit: unit is not None)
    found = [tuple(unit for unit in row if unit is not None) for _, row in rows]
    return [group for group in found if len(group) > 1 or (group and group[0].han)]


def _unit(match: re.Match[str], options: Readings) -> Unit | None:
    """None for kana, Hangul and the like, and a character nobody can read."""
    word, (start, end) = match[0], match.span()
    if options:
        return Unit(options, _INITIALS[options], start, end, han=True)
    if SIGN.match(word):
        return None
    return Unit((word[:LETTERS],), (word[:LETTERS],), start, end, han=False)


def stretches(text: str, simple: str) -> list[str]:
    """Every spelled stretch of a text, each once; given as `plain` and `simplify` leave it."""
    read = of_plain(text)
    found: dict[str, None] = {}
    if all(read):
        # Nearly every Chinese name: one group of characters, no need to take it apart.
        full = list(read[:UNITS])
        found.update(dict.fromkeys(_ways(full, [_INITIALS[one] for one in full])))
    elif simple.isascii():
        words = WORD.findall(simple)[:UNITS]
        return list(dict.fromkeys(["".join(words[at:])[:LETTERS] for at in range(len(words) - 1)]))
    else:
        for group in groups(text):
            full = [unit.full for unit in group]
            initials = [unit.initials for unit in group] if _has_han(group) else []
            found.update(dict.fromkeys(_ways(full, initials, last=group[-1].han)))
    return list(found)


def whole_spellings(text: str) -> list[str]:
    """A whole name in full and by initials, if there is anything Chinese in it; plain text."""
    read = of_plain(text)
    if all(read):
        full = list(read[:UNITS])
        initials = [_INITIALS[one] for one in full]
    else:
        spelt = [unit for unit in units(text) if unit is not None]
        full = [unit.full for unit in spelt]
        initials = [unit.initials for unit in spelt]
    return [*spelled(full), *spelled(initials)] if any(read) else []


def _ways(
    full: Sequence[Readings], initials: Sequence[Readings], *, last: bool = True
) -> Iterator[str]:
    """The stretches of a group; `last`: its last unit alone is one."""
    yield from _endings(full, len(full) if last else len(full) - 1)
    # The initial of the last unit alone is the beginning of its full spelling.
    yield from _endings(initials, len(initials) - 1)
    if len(initials) > 2:
        yield from spelled([full[0], *initials[1:]])


def _endings(options: Sequence[Readings], count: int) -> Iterator[str]:
    """The spellings of the stretches from each of the first `count` units to the end."""
    settled = "".join([choices[0] for choices in options])
    varied = max((at for at, choices in enumerate(options) if len(choices) > 1), default=-1)
    offset = 0
    for at in range(count):
        if at > varied:
            yield settled[offset : offset + LETTERS]
        else:
            yield from spelled(options[at:])
        offset += len(options[at][0])


class _Initials(dict[Readings, Readings]):
    """The first letters of readings, each once."""

    def __missing__(self, readings: Readings) -> Readings:
        self[readings] = tuple(dict.fromkeys(reading[0] for reading in readings))
        return self[readings]


_INITIALS: Final = _Initials()


def spelled(options: Sequence[Readings]) -> list[str]:
    """All spellings of a stretch, the usual one first."""
    made = [""]
    varied = VARIED
    for choices in options[:LETTERS]:
        if len(choices) == 1 or varied == 0:
            made = [text + choices[0] for text in made]
        else:
            varied -= 1
            made = [text + choice for text in made for choice in choices]
        if len(made[0]) >= LETTERS and all(len(text) >= LETTERS for text in made):
            break
    return [text[:LETTERS] for text in made]


def _has_han(group: Group) -> bool:
    return any(unit.han for unit in group)


def spans(text: str, typed: str) -> Iterator[tuple[int, int]]:
    """Where in `plain(text)` a stretch begins with the letters typed: the units they reach."""
    typed = typed[:LETTERS]
    for group in groups(text):
        han = _has_han(group)
        full = [unit.full for unit in group]
        initials = [unit.initials for unit in group]
        for at in range(len(group)):
            ways = [full]
            if at + 1 == len(group) and not group[at].han:
                ways = []
            elif han:
                ways += [initials, [full[0], *initials[1:]]] if at == 0 else [initials]
            for way in ways:
                last = _reach(way, at, typed, VARIED)
                if last is not None:
                    yield group[at].start, group[last].end
                    break


def _reach(options: Sequence[Readings], at: int, typed: str, varied: int) -> int | None:
    """Index of the unit at which the letters typed are used up; None if they do not fit."""
    if at == len(options):
        return None
    choices = options[at]
    if len(choices) > 1:
        choices = choices if varied else choices[:1]
        varied = max(varied - 1, 0)
    for choice in choices:
        if choice.startswith(typed):
            return at
        if typed.startswith(choice):
            last = _reach(options, at + 1, typed[len(choice) :], varied)
            if last is not None:
                return last
    return None
