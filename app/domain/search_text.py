"""What a search finds: the definition that the index on every database must agree with.

A customer is a set of `SearchText`s, each of a class: names and code (NAME), contacts' names
(PERSON), contact points (POINT), everything else (NOTE). `matches(query, texts)` is the oracle:
every word of the query must match one of the texts, no matter which.

The index stores `SearchText.tokens()`: one row of tokens per text, or `stream(texts)` for several
texts of a class, in `chunks` where long. It asks for what `parse` makes of the query: each
`Word` has alternatives, each of which is a phrase of tokens, of which the last may be a prefix,
and the classes where it counts. Nothing else takes part; both sides see the same tokens.

What matches what (both sides folded: width, case, accents, traditional and simplified):

==================== ============================================================================
typed                matches
==================== ============================================================================
三, 华信科技          the characters in this order, within one text; symbols between do not count
smi, 360             the beginning of a word; a.b@c: the words in this order, the last begun
zhangs, zs, hx       NAME, PERSON: pinyin or initials from any character on (app.domain.spelling)
johnsm, oneil        NAME, PERSON: words joined over spaces and symbols, from any word on
smithgmail           POINT: words joined over symbols
1234, 138-00         POINT: three or more digits anywhere in a phone number; one or two at its start
王wei                both parts, wherever
a b                  both words, wherever
*"!? and emoji       nothing: they are not searched (`Query.empty` when nothing else is there)
==================== ============================================================================

Tokens are of two kinds that cannot be mistaken for each other. Running text gives its words and
characters in order. Spellings, joined words and phone numbers follow, each headed by MARK, a
letter that folding never leaves, so no phrase runs into them. Tokens hold letters and digits
only; the tokeniser must leave them alone (SQLite: unicode61 with remove_diacritics 0).
"""

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import groupby, islice
from typing import Final

from app.domain.script import UNSPACED, fold, fold_with_positions, plain, simplify
from app.domain.spelling import LETTERS, SIGN, UNITS, WORD, spans, stretches, whole_spellings

MARK: Final = "ø"
# Before the digits of a whole phone number; MARK alone is before those of its endings.
START: Final = MARK * 2
PHONE: Final = "phone"

CHUNK: Final = 250
OVERLAP: Final = 31
MAX_TOKEN: Final = 64
MAX_TYPED: Final = 2_000
MAX_WORDS: Final = 8
MAX_PARTS: Final = 16
MIN_DIGITS: Final = 3
_MAX_NUMBERS: Final = 4
_MAX_NUMBER: Final = 32

_SEPARATORS: Final = re.compile(r"[\s,;|、。]+")
_NUMBER: Final = re.compile(r"[0-9](?:[\s().\-‐-―]{0,3}[0-9])*")
_NO_DIGIT: Final = re.compile(r"\D")
_LETTER: Final = rf"[^\W_{UNSPACED}]"


class SearchClass(IntEnum):
    """Where a text stands with a customer, in the order in which hits rank."""

    NAME = 0
    PERSON = 1
    POINT = 2
    NOTE = 3


EVERYWHERE: Final = frozenset(SearchClass)
SPELLED: Final = frozenset({SearchClass.NAME, SearchClass.PERSON, SearchClass.POINT})
POINTS: Final = frozenset({SearchClass.POINT})


# --- what the index stores ------------------------------------------------------------------


def tokens(text: str) -> list[str]:
    """Words, and characters of unspaced scripts one by one, folded, in order."""
    return [word[:MAX_TOKEN] for word in WORD.findall(fold(text))]


def name_tokens(text: str) -> list[str]:
    """The tokens of a name, then its spellings."""
    text = plain(text)
    simple = simplify(text)
    found = [word[:MAX_TOKEN] for word in WORD.findall(simple)]
    found.extend([MARK + letters for letters in stretches(text, simple)])
    return found


def point_tokens(kind: str, raw: str, normalised: str = "") -> list[str]:
    """The tokens of a contact point, then its joined words; of a phone, its numbers and endings."""
    found = tokens(raw)
    if kind != PHONE:
        joined = (MARK + letters for letters in _joined(raw))
        return [*found, *joined]
    whole = numbers(raw, normalised)
    found.extend([START + number for number in whole])
    endings = {
        MARK + number[at : at + LETTERS]: None
        for number in whole
        # The endings of a number are among those of a longer one that ends with it.
        if not any(other.endswith(number) for other in whole if other is not number)
        for at in range(len(number) - MIN_DIGITS + 1)
    }
    return [*found, *endings]


def numbers(raw: str, normalised: str = "") -> list[str]:
    """The digits of the numbers in a phone field: as typed, with country code, and without +86.

    `normalised` is E.164 with or without ";ext=…"; the extension is found through `raw`.
    """
    full = normalised.partition(";")[0]
    typed = [_NO_DIGIT.sub("", match[0]) for match in _NUMBER.finditer(fold(raw))]
    digits = _NO_DIGIT.sub("", fold(full))
    national = [digits[2:]] if full.startswith("+86") else []
    found = dict.fromkeys(filter(None, [*national, digits, *typed[:_MAX_NUMBERS]]))
    return [number[:_MAX_NUMBER] for number in found]


def head_tokens(name: str) -> list[str]:
    """What a whole name may be typed as, for ranking: itself, its pinyin, its initials; no spaces.

    `Query.whole` equal to one of them is an exact hit, at the beginning of one a prefix hit. They
    order hits and do not make one: what is found must match the words, too.
    """
    text = plain(name)
    whole = _squeezed(simplify(text))
    found = {whole: None} if whole else {}
    if not text.isascii():
        found.update(dict.fromkeys(whole_spellings(text)))
    return list(found)


def _squeezed(folded: str) -> str:
    return "".join(WORD.findall(folded))[:LETTERS]


def _joined(raw: str) -> list[str]:
    """Words joined over the symbols between them, from each on but the last: a.b@c is abc, bc."""
    found: dict[str, None] = {}
    for piece in fold(raw).split()[:MAX_PARTS]:
        for signs, run in groupby(WORD.findall(piece)[:UNITS], _is_sign):
            words = list(run)
            if not signs and len(words) > 1:
                found.update(
                    dict.fromkeys("".join(words[at:])[:LETTERS] for at in range(len(words) - 1))
                )
    return list(found)


def chunks(found: Sequence[str], size: int = CHUNK, overlap: int = OVERLAP) -> list[list[str]]:
    """Windows over the tokens of a long text; no phrase of `overlap` + 1 tokens is torn apart."""
    starts = range(0, max(len(found) - overlap, 1), size - overlap)
    return [list(found[start : start + size]) for start in starts]


@dataclass(frozen=True, slots=True)
class SearchText:
    """One text by which a customer is found; `kind` and `normalised` are those of a point."""

    search_class: SearchClass
    text: str
    kind: str = ""
    normalised: str = ""

    @classmethod
    def name(cls, text: str) -> "SearchText":
        return cls(SearchClass.NAME, text)

    @classmethod
    def person(cls, text: str) -> "SearchText":
        return cls(SearchClass.PERSON, text)

    @classmethod
    def point(cls, kind: str, raw: str, normalised: str = "") -> "SearchText":
        return cls(SearchClass.POINT, raw, kind, normalised)

    @classmethod
    def note(cls, text: str) -> "SearchText":
        return cls(SearchClass.NOTE, text)

    def tokens(self) -> list[str]:
        """What the index stores for it."""
        if self.search_class is SearchClass.NOTE:
            return tokens(self.text)
        if self.search_class is SearchClass.POINT:
            return point_tokens(self.kind, self.text, self.normalised)
        return name_tokens(self.text)


def stream(texts: Iterable[Sequence[str]]) -> list[str]:
    """The tokens of several texts of one class as one row; no phrase runs from text to text."""
    found: list[str] = []
    for text in texts:
        if found:
            found.append(MARK)
        found.extend(text)
    return found


# --- what the index is asked ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Alternative:
    """These tokens one after the other in a text of these classes; the last one may go on."""

    tokens: tuple[str, ...]
    prefix: bool
    classes: frozenset[SearchClass]


@dataclass(frozen=True, slots=True)
class Word:
    """One thing typed, `signs` (a phrase of characters) or words; any alternative will do."""

    parts: tuple[str, ...]
    signs: bool

    @property
    def letters(self) -> str:
        """What is looked for among spellings, joined words and endings; "" if nothing is."""
        return "" if self.signs or self.opening else "".join(self.parts)[:LETTERS]

    @property
    def opening(self) -> str:
        """One or two digits, looked for at the start of a phone number only; else ""."""
        digits = "" if self.signs else "".join(self.parts)
        return digits if digits.isdecimal() and len(digits) < MIN_DIGITS else ""

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """Running text first, then what is headed by MARK."""
        literal = Alternative(self.parts, prefix=not self.signs, classes=EVERYWHERE)
        if self.opening:
            return (literal, Alternative((START + self.opening,), prefix=True, classes=POINTS))
        if self.letters:
            return (literal, Alternative((MARK + self.letters,), prefix=True, classes=SPELLED))
        return (literal,)


@dataclass(frozen=True, slots=True)
class Query:
    """All words must match; `whole` is the query as a whole name (see `head_tokens`)."""

    words: tuple[Word, ...]
    whole: str

    @property
    def empty(self) -> bool:
        """Nothing to search for: the caller shows what it shows without a query."""
        return not self.words


@functools.lru_cache(maxsize=64)
def parse(typed: str) -> Query:
    """What somebody typed. Bounded: of a long text the first words and characters count."""
    folded = fold(typed[:MAX_TYPED])
    found: list[Word] = []
    with_words = [piece for piece in _SEPARATORS.split(folded) if WORD.search(piece)]
    for piece in with_words[:MAX_WORDS]:
        found.extend(_words(piece[:MAX_TOKEN]))
    return Query(tuple(dict.fromkeys(found[:MAX_PARTS])), _squeezed(folded))


def _words(piece: str) -> Iterator[Word]:
    """Split where signs and words meet: 王wei is two."""
    for signs, run in groupby(WORD.findall(piece), _is_sign):
        yield Word(tuple(islice(run, OVERLAP + 1)), signs)


def _is_sign(part: str) -> bool:
    return SIGN.match(part) is not None


# --- the oracle -----------------------------------------------------------------------------


def matches(query: Query, texts: Iterable[SearchText]) -> bool:
    """Is a customer with these texts found? Worked out on the texts themselves, without tokens."""
    texts = tuple(texts)
    return not query.empty and all(
        any(_found(word, text) for text in texts) for word in query.words
    )


def _found(word: Word, text: SearchText) -> bool:
    if _pattern(word).search(fold(text.text)):
        return True
    if text.search_class is SearchClass.POINT:
        return _in_point(word, text)
    if not word.letters or text.search_class is SearchClass.NOTE:
        return False
    return any(True for _ in spans(text.text, word.letters))


def _in_point(word: Word, text: SearchText) -> bool:
    if text.kind != PHONE:
        return bool(word.letters) and any(
            joined.startswith(word.letters) for joined in _joined(text.text)
        )
    found = numbers(text.text, text.normalised)
    if word.opening:
        return any(number.startswith(word.opening) for number in found)
    return bool(word.letters) and any(word.letters in number for number in found)


@functools.lru_cache(maxsize=64)
def _pattern(word: Word) -> re.Pattern[str]:
    """The word in running text: signs in order, or whole words in order and the last begun."""
    parts = map(re.escape, word.parts)
    if word.signs:
        return re.compile(r"[\W_]*".join(parts))
    return re.compile(rf"(?<!{_LETTER})" + r"[\W_]+".join(parts))


# --- what is marked on screen ---------------------------------------------------------------


def marks(query: Query, text: SearchText | str) -> list[tuple[int, int]]:
    """The ranges of the text as typed that the query found, in order and apart; str: a name."""
    shown = SearchText.name(text) if isinstance(text, str) else text
    folded, positions = fold_with_positions(shown.text)
    found = {span for word in query.words for span in _spans(word, shown, folded)}
    ranges = sorted(
        (positions[start][0], positions[end - 1][1])
        for start, end in found
        if start < end <= len(positions)
    )
    return _merged(ranges)


def _spans(word: Word, text: SearchText, folded: str) -> Iterator[tuple[int, int]]:
    """Ranges of the folded text."""
    yield from (match.span() for match in _pattern(word).finditer(folded))
    if not word.letters or text.search_class is SearchClass.NOTE:
        return
    if text.search_class is SearchClass.POINT:
        yield from (match.span() for match in _scattered(word, text.kind).finditer(folded))
    else:
        yield from spans(text.text, word.letters)


@functools.lru_cache(maxsize=64)
def _scattered(word: Word, kind: str) -> re.Pattern[str]:
    """The letters of the word with symbols between, at the beginning of a word or in a number."""
    if kind == PHONE:
        return re.compile(r"[\s().\-‐-―]{0,3}".join(word.letters))
    return re.compile(rf"(?<!{_LETTER})" + r"(?:[^\w\s]|_)*".join(map(re.escape, word.letters)))


def _merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in ranges:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
