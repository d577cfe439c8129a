"""Names that may mean the same firm or person, though they are written differently.

Two steps, as a million names cannot be compared with one another. `alike_key` is one short text
that names which people would call the same mostly share: it is stored, indexed and looked up.
`app.domain.likeness` then looks at two names and says how alike they are, and in what.

A firm's name is place, brand, trade and form: 上海 华信 科技 有限公司. The key is the brand as it
is read, its syllables in the order of the alphabet, and the class of the trade; place and form are
left out. Readings are toneless, and what people from the south do not tell apart is one (zh z, ch
c, sh s, ng n, l n). Latin words keep their first letter and which consonants follow, so wrong,
doubled and transposed letters mostly leave them as they are.
"""

import functools
import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from app.domain import alike_words as words
from app.domain.pinyin import readings
from app.domain.script import HAN, plain, simplify

LONGEST: Final = 120
"""Characters of a name that are looked at."""
LONGEST_KEY: Final = 60
"""Characters of a key, without the class of the trade."""
CLASS_MARK: Final = "\t"
"""Stands before the class of the trade in a key; below every character of a brand."""
_CACHED: Final = 20_000

_BRACKETS: Final = re.compile(r"[(\[{<【〔〈《「『]([^)\]}>】〕〉》」』]*)[)\]}>】〕〉》」』]?")
_NOT_WORD: Final = re.compile(r"[\W_]+")
_LATIN: Final = re.compile(r"[a-z0-9]")
_ANY_HAN: Final = re.compile(f"[{HAN}]")
_PIECES: Final = re.compile(rf"[{HAN}]|[^\W_{HAN}]+")


def _any_of(several: Iterable[str]) -> str:
    return "|".join(sorted(set(several), key=len, reverse=True))


def _classes() -> dict[str, str]:
    """Each word for a trade with its class."""
    found: dict[str, str] = {}
    name = ""
    for word in words.TRADES.split():
        if word.endswith(":"):
            name = word.removesuffix(":")
        else:
            found[word] = name
    return found


_CLASSES: Final = _classes()
_TRADES: Final = [word for word in _CLASSES if not word.isascii()]
_FORMS: Final = words.FORMS.split()
_TITLES: Final = words.TITLES.split()
_LATIN_FORMS: Final = frozenset(words.LATIN_FORMS.split())
_LATIN_PLACES: Final = frozenset(words.LATIN_PLACES.split())
_LATIN_TITLES: Final = frozenset(words.LATIN_TITLES.split())
_UNIT: Final = "(?:特别行政区|自治区|自治州|自治县|省|市|新区|区|县)?"
_KNOWN_PLACE: Final = rf"(?:{_any_of(words.PLACES.split())}){_UNIT}"
# a county or a town that is not in the list; a 市 that ends 城市, 超市 or begins 市场 is none
_OTHER_PLACE: Final = rf"[{HAN}]{{2,3}}(?:(?<![城都超门夜股上])市(?![场政])|县|镇|自治州)"
_PLACE: Final = re.compile(rf"(?:{_KNOWN_PLACE}|{_OTHER_PLACE})+")
_PLACE_AT_END: Final = re.compile(rf"(?:{_KNOWN_PLACE})+$")
_TRADE: Final = re.compile(_any_of(_TRADES))
_TAIL: Final = re.compile(_any_of([*_TRADES, *_FORMS]))
_FORM_AT_FRONT: Final = frozenset("株有财社")
_FIRST_FORM: Final = re.compile("株式会社|有限会社|财团法人|社团法人")
_FORM_WORDS: Final = re.compile(_any_of(_FORMS))
# a trade that holds a form's word, such as 饭店, stays whole
_FORM_OR_TRADE: Final = re.compile(f"({_any_of(_TRADES)})|(?:{_any_of(_FORMS)})")
_TITLE_ENDS: Final = frozenset(one[-1] for one in _TITLES)
_LONGEST_PERSON: Final = 6
"""Characters of a person's name with a title."""
_TITLE: Final = re.compile(rf"(?<=[{HAN}])(?:{_any_of(_TITLES)})$")

_SYLLABLE: Final = _any_of(
    [
        initial.replace("-", "") + final
        for initial, *finals in map(str.split, words.SYLLABLES.strip().splitlines())
        for final in finals
    ]
)
_PINYIN: Final = re.compile(rf"(?:{_SYLLABLE})+")
_ONE_SYLLABLE: Final = re.compile(_SYLLABLE)
_SOUTHERN: Final = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("v", "u"))
_MOST_SYLLABLES: Final = 3
"""Of a Latin word that is taken for pinyin."""


class Parts(NamedTuple):
    """A name taken apart: folded, without spaces between Chinese characters.

    `trade` is what is written, `trade_class` what it comes to. `tail` is all after the brand that
    is no place and no form.
    """

    whole: str
    place: str
    brand: str
    trade: str
    trade_class: str
    tail: str


@functools.lru_cache(maxsize=_CACHED)
def parts(name: str) -> Parts:
    """A firm's or a person's name taken apart."""
    text = simplify(plain(name[:LONGEST]))
    return _latin(text) if _is_latin(text) else _chinese(text)


def core(name: str) -> str:
    """The name without its place and its legal form: 上海华信科技有限公司 is 华信科技."""
    found = parts(name)
    return f"{found.brand}{'' if _ANY_HAN.search(found.brand) else ' '}{found.tail}".strip()


def alike_key(name: str) -> str:
    """What names that may be the same mostly share; empty for a name without letters."""
    text = simplify(plain(name[:LONGEST]))
    if _is_latin(text):
        found = _latin(text)
        brand, trade_class = found.brand, found.trade_class
    else:
        cut = _cut(text)
        brand, trade_class = cut.brand, _class_of(cut.tail) if cut.tail else ""
    heard = sounds(brand)
    # an initial, which is written or not, does not count beside words
    key = " ".join(sorted([one for one in heard if len(one) > 1] or heard))[:LONGEST_KEY]
    return f"{key}{CLASS_MARK}{trade_class}" if key and trade_class else key


def _is_latin(text: str) -> bool:
    return text.isascii() or _ANY_HAN.search(text) is None


def sounds(text: str) -> list[str]:
    """The syllables and words of a folded text as they are compared, in order."""
    if _LATIN.search(text) is None:
        return text.translate(_SYLLABLES).split()
    found: list[str] = []
    for piece in _PIECES.findall(text):
        if _LATIN.search(piece):
            found += _latin_sounds(piece)
        else:
            found += piece.translate(_SYLLABLES).split()
    return found


def spelt(text: str) -> str:
    """A folded text as it is read, without tones, in order and without spaces."""
    return "".join(
        (readings(piece) or (piece,))[0] if len(piece) == 1 else piece
        for piece in _PIECES.findall(text)
    )


def untitled(name: str) -> str:
    """A person's name, folded and without 先生 or Mr."""
    text = simplify(plain(name[:LONGEST])).replace(".", " ")
    if _ANY_HAN.search(text):
        return _TITLE.sub("", _NOT_WORD.sub("", text))
    return " ".join(word for word in _NOT_WORD.split(text) if word not in _LATIN_TITLES)


class _Syllables(dict[int, str]):
    """For `str.translate`: each character as it is read, between spaces."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        read = readings(char)
        self[code] = f" {_southern(read[0])} " if read else f" {char} " if char.isalnum() else " "
        return self[code]


_SYLLABLES: Final = _Syllables()


def _southern(syllable: str) -> str:
    for old, new in _SOUTHERN:
        syllable = syllable.replace(old, new)
    return "n" + syllable[1:] if syllable[0] == "l" else syllable


@functools.lru_cache(maxsize=_CACHED)
def _latin_sounds(word: str) -> tuple[str, ...]:
    """Pinyin as its syllables; any other word as its first letter and its other consonants."""
    if len(word) > 3 and _PINYIN.fullmatch(word):
        found = _ONE_SYLLABLE.findall(word)
        if len(found) <= _MOST_SYLLABLES and "".join(found) == word:
            return tuple(_southern(one) for one in found)
    if len(word) <= 3 or word[0].isdecimal():
        return (word,)
    word = word.replace("ph", "f").replace("mps", "ms").translate(_ALIKE_LETTERS)
    return (word[0] + "".join(sorted(set(word[1:].translate(_WEAK)) - {word[0]})),)


# what is written one way or another
_ALIKE_LETTERS: Final = str.maketrans("kqzvd", "ccsft")
# vowels, and what is written or not
_WEAK: Final = str.maketrans("", "", "aeiouyhw")


class _Cut(NamedTuple):
    """A Chinese name cut into what stands one after the other; `inside` stood in brackets."""

    whole: str
    inside: str
    place: str
    brand: str
    tail: str


def _cut(text: str) -> _Cut:
    inside = ""
    if not text.isalnum():
        text, inside = _without_brackets(text)
        text = _NOT_WORD.sub("", text)
    rest = _FIRST_FORM.sub("", text, count=1) if text[:1] in _FORM_AT_FRONT else text
    place, rest = _placed(rest)
    if len(rest) <= _LONGEST_PERSON and rest[-1:] in _TITLE_ENDS:
        rest = _TITLE.sub("", rest)
    at = _TAIL.search(rest, 1)
    if at is not None and at.start() == 1 and _TAIL.match(rest):
        at = _TAIL.search(rest, 2)  # 电子科技: the first word is the brand
    brand, tail = (rest, "") if at is None else (rest[: at.start()], rest[at.start() :])
    if len(brand) > 3 or not place:
        end = _PLACE_AT_END.search(brand, 2)
        if end is not None:
            brand, place = brand[: end.start()], place + end[0]
    return _Cut(text, inside, place, brand, tail)


def _class_of(tail: str) -> str:
    trade = _TRADE.search(tail)
    return _CLASSES[trade[0]] if trade else ""


def _chinese(text: str) -> Parts:
    whole, inside, place, brand, tail = _cut(text)
    if tail:
        within = _PLACE.search(tail, 1)
        if within is not None:
            place += within[0]
            tail = tail[: within.start()] + tail[within.end() :]
    trade = _TRADE.search(tail)
    return Parts(
        whole + inside,
        _bare(place + inside),
        brand,
        trade[0] if trade else "",
        _CLASSES[trade[0]] if trade else "",
        _FORM_OR_TRADE.sub(r"\1", tail),
    )


def _without_brackets(text: str) -> tuple[str, str]:
    """The text without what stands in brackets, and what of that is a place or a branch."""
    if _BRACKETS.search(text) is None:
        return text, ""
    inside = "".join(_NOT_WORD.sub("", one) for one in _BRACKETS.findall(text))
    rest = _BRACKETS.sub("", text)
    return (rest, _FORM_WORDS.sub("", inside)) if _NOT_WORD.sub("", rest) else (inside, "")


def _placed(text: str) -> tuple[str, str]:
    """The place at the front, and the rest, which is not left without a brand."""
    found = _PLACE.match(text)
    if found is None:
        return "", text
    rest = text[found.end() :]
    at = _TAIL.match(rest)
    if len(rest) < 2 or (at is not None and _all_common(rest)):
        return "", text
    return found[0], rest


def _all_common(rest: str) -> bool:
    """Whether nothing but trades and forms is left: 北京 银行 is a name of its own."""
    return not _TAIL.sub("", rest)


_UNITS: Final = re.compile(r"特别行政区|自治区|自治州|自治县|壮族|回族|维吾尔|新区|[省市区县]")


def _bare(place: str) -> str:
    return _UNITS.sub("", place) if len(place) > 2 else place


_JOINED: Final = re.compile(r"[.'’`]|(?<=\b\w)/(?=\w\b)")  # B.V., A/S, O'Neill


def is_place(brand: str) -> bool:
    """Whether a brand is but a place: 上海 of 上海电子公司."""
    return _PLACE.fullmatch(brand) is not None


def _latin_trade(word: str) -> str:
    return _CLASSES.get(word) or _CLASSES.get(word.removesuffix("s"), "")


def _latin(text: str) -> Parts:
    text, inside = _without_brackets(_JOINED.sub("", text))
    every = [word for word in _NOT_WORD.split(text) if word]
    place = [word for word in _NOT_WORD.split(inside) if word in _LATIN_PLACES]
    own: list[str] = []
    tail: list[str] = []
    for word in every:
        if word in _LATIN_FORMS or word in _LATIN_TITLES:
            continue
        if word in _LATIN_PLACES:
            place.append(word)
        elif own and _latin_trade(word):
            tail.append(word)
        else:
            own.append(word)
    if not own:
        own, place = [*place, *tail] or every, []
        tail = []
    trade = tail[0] if tail else ""
    return Parts(
        " ".join(every), " ".join(place), " ".join(own), trade,
        _latin_trade(trade) if trade else "", " ".join(tail),
    )  # fmt: skip
