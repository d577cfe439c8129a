"""How Chinese characters are read, toneless, with every reading that is alive.

`readings` is a dictionary look-up once a character has been met: pypinyin itself costs 140 µs a
name and reads 曾 as ceng. Its character table is read straight from its data file (18 ms, at the
first Chinese character; importing the package costs 190 ms). ü is written v, as it is typed.
"""

import functools
import json
import unicodedata
from typing import Final

from app.domain import pinyin_tables
from app.domain.library_data import library_text
from app.domain.script import plain, simplify

Readings = tuple[str, ...]

MAX_READINGS: Final = 3
MAX_PERSON: Final = 4


def load() -> None:
    """Read the tables now, which takes some 25 ms, and not at the first character looked up."""
    _living()
    _dictionary()


def readings(char: str) -> Readings:
    """The toneless readings of one character, the usual one first; () for what is not Chinese."""
    return _READINGS[char]


def typed(char: str) -> Readings:
    """The readings as they are typed: as `readings`, and those with ü with u too (绿: lv, lu)."""
    return _TYPED[char]


def of_name(name: str) -> tuple[Readings, ...]:
    """For each character of `plain(name)` its readings as typed, the one meant here first.

    A person's name may begin with a surname read otherwise than the character alone (单 shan,
    尉迟 yuchi); it has at most MAX_PERSON characters, so a firm (种德堂药业) is not taken for one.
    Some words are read otherwise, too (重庆 chongqing). The other readings follow.
    """
    return of_plain(plain(name))


def of_plain(text: str) -> tuple[Readings, ...]:
    """As `of_name` for a text that has gone through `plain` already."""
    found = [_TYPED[char] for char in text]
    if max(map(len, found), default=0) > 1:
        _prefer_in_context(simplify(text), found)
    return tuple(found)


def _prefer_in_context(text: str, found: list[Readings]) -> None:
    """Put first what the surname at the start and the words inside ask for."""
    words = _words()
    first = next((at for at, options in enumerate(found) if options), 0)
    leading = found[first : first + MAX_PERSON + 1]
    person = len(leading) <= MAX_PERSON or not all(leading)
    if person and text[first] in words:
        found[first] = _preferring(words[text[first]][0], found[first])
    for at in range(len(text) - 1):
        pair = text[at : at + 2]
        if pair in words and (pair not in _compounds() or at == first):
            found[at] = _preferring(words[pair][0], found[at])
            found[at + 1] = _preferring(words[pair][1], found[at + 1])


def _preferring(reading: str, options: Readings) -> Readings:
    if options[:1] == (reading,):
        return options
    return (reading, *(option for option in options if option != reading))


class _Readings(dict[str, Readings]):
    """Readings by character, found when a character is first met."""

    def __missing__(self, char: str) -> Readings:
        found = _lookup(char) if len(char) == 1 and not char.isascii() else ()
        self[char] = found
        return found


class _Typed(dict[str, Readings]):
    """As `_Readings`, with u beside v."""

    def __missing__(self, char: str) -> Readings:
        found = _READINGS[char]
        both = [*found, *(reading.replace("v", "u") for reading in found if "v" in reading)]
        self[char] = tuple(dict.fromkeys(both))
        return self[char]


_READINGS: Final = _Readings()
_TYPED: Final = _Typed()


def _lookup(char: str) -> Readings:
    """Own readings and, for a traditional character, those of the simplified one it folds to."""
    own = _own(char)
    simple = simplify(char)
    if simple == char:
        return own
    both = (*own, *_own(simple)) if _row(char) else (*_own(simple), *own[:1])
    return tuple(dict.fromkeys(both))[:MAX_READINGS]


def _own(char: str) -> Readings:
    living = _living().get(char)
    if living:
        return living
    listed = _dictionary().get(str(ord(char)), "")
    found = tuple(dict.fromkeys(filter(None, map(_toneless, listed.split(",")))))
    # The 3,755 common characters have their further living readings in the table; of a rare one
    # nobody is sure, so two count.
    return found[: 1 if _row(char) == 1 else 2]


def _row(char: str) -> int:
    """Level in GB 2312: 1 common, 2 less so, 0 not simplified or rare."""
    try:
        lead = char.encode("gb2312")[0]
    except UnicodeEncodeError:
        return 0
    return 1 if lead <= 0xD7 else 2


def _toneless(reading: str) -> str:
    """Without tone marks: lǜ is lv, ńg is ng, ê̄ is e."""
    decomposed = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(char for char in decomposed if "a" <= char <= "z")


def _table(text: str) -> dict[str, Readings]:
    """Entries such as 长chang,zhang."""
    found: dict[str, Readings] = {}
    for entry in text.split():
        letters = entry.lstrip("".join(char for char in entry if not char.isascii()))
        found[entry.removesuffix(letters)] = tuple(letters.split(","))
    return found


@functools.cache
def _living() -> dict[str, Readings]:
    return _table(pinyin_tables.LIVING)


@functools.cache
def _compounds() -> dict[str, Readings]:
    return _table(pinyin_tables.COMPOUND_SURNAMES)


@functools.cache
def _words() -> dict[str, Readings]:
    """What context asks for: one character (a surname, at the start) or two (a word)."""
    return _table(pinyin_tables.SURNAMES) | _table(pinyin_tables.WORDS) | _compounds()


@functools.cache
def _dictionary() -> dict[str, str]:
    """Code point to readings with tone marks, separated by commas."""
    found: dict[str, str] = json.loads(library_text("pypinyin", "pinyin_dict.json"))
    return found
