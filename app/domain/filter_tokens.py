"""The words and marks of the filter language (see `app.domain.filters`)."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

from app.errors import Refused
from app.i18n import Message

Kind = Literal["word", "quoted", "operator", "(", ")", ",", "end"]

LONGEST: Final = 20_000

_MARKS: Final = r"\s()（）=＝!！<>＜＞≠≤≥,，、\"“”「」"
_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<operator>[!！][=＝]|[<＜][>＞]|[<＜][=＝]|[>＞][=＝]|[=＝]{1,2}|[<＜>＞≠≤≥])"
    r"|(?P<open>[(（])|(?P<close>[)）])|(?P<comma>[,，、])"
    r"|(?P<quoted>\"(?:[^\"\\]|\\.)*\"|“(?:[^”\\]|\\.)*”|「(?:[^」\\]|\\.)*」|'(?:[^'\\]|\\.)*')"
    rf"|(?P<word>[^{_MARKS}'][^{_MARKS}]*)",
    re.DOTALL,
)
_KINDS: dict[str, Kind] = {
    "operator": "operator", "open": "(", "close": ")", "comma": ",",
    "quoted": "quoted", "word": "word",
}  # fmt: skip
_SAFE_WORD = re.compile(r"[\w.\-/@+:%&*][\w.\-/@+:%&*#']*")
_UNUSABLE = re.compile("[\0\ud800-\udfff]")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_SYMBOLS = {"==": "=", "<>": "!=", "≠": "!=", "≤": "<=", "≥": ">="}

_SPELLINGS = {
    "and": ("且", "并且", "並且", "而且", "&&"),
    "or": ("或", "或者", "||"),
    "not": ("非",),
    "in": ("属于", "屬於"),
    "not in": ("不属于", "不屬於"),
    "contains": ("包含",),
    "not contains": ("不包含",),
    "starts": ("开头是", "開頭是", "开头为", "開頭為"),
    "with": (),
    "is": (),
    "empty": ("空",),
    "is empty": ("为空", "為空"),
    "is not empty": ("不为空", "不為空"),
    "me": ("我", "本人"),
    "=": ("是", "等于", "等於"),
    "!=": ("不是", "不等于", "不等於"),
    "<": ("小于", "小於", "早于", "早於"),
    "<=": ("至多", "不晚于", "不晚於"),
    ">": ("大于", "大於", "晚于", "晚於"),
    ">=": ("至少", "不早于", "不早於"),
}


def fold(text: str) -> str:
    """The form in which names of fields, values and keywords are compared."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


_KEYWORDS = {
    fold(spelling): keyword
    for keyword, spellings in _SPELLINGS.items()
    for spelling in (keyword, *spellings)
}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text: `text` without quotes and escapes, `at` counted from 1.

    `keyword` is what a bare word or an operator stands for, in its English spelling, else empty.
    """

    kind: Kind
    text: str
    at: int
    keyword: str = ""

    def shown(self) -> str:
        """Short enough for a message."""
        return shorten(self.text)


def shorten(text: str) -> str:
    """`text` as it is quoted in a message."""
    return text if len(text) <= 40 else f"{text[:39]}…"


def refuse(at: int, what: Message) -> Refused:
    """The error for what is wrong at the character `at`, counted from 1."""
    return Refused(
        Message("At character {position}: {what}", params={"position": at, "what": what})
    )


def tokenise(text: str) -> list[Token]:
    """Cut `text` into tokens, the last of kind "end". Raises Refused."""
    _refuse_unusable(text)
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        found = _TOKEN.match(text, position)
        if not found:
            raise _unknown_mark(text[position], position + 1)
        if found.lastgroup and found.lastgroup != "space":
            tokens.append(_token(_KINDS[found.lastgroup], found[0], position + 1))
        position = found.end()
    return [*tokens, Token("end", "", len(text) + 1)]


def quote(text: str) -> str:
    """`text` as a value: bare if that reads back as the same text, else in quotation marks."""
    if _SAFE_WORD.fullmatch(text) and fold(text) not in _KEYWORDS:
        return text
    return f'"{text.translate(_ESCAPES)}"'


def _token(kind: Kind, text: str, at: int) -> Token:
    if kind == "quoted":
        plain = re.sub(
            r"\\(.)", lambda found: _ESCAPED.get(found[1], found[1]), text[1:-1], flags=re.DOTALL
        )
        return Token(kind, plain, at)
    if kind == "operator":
        symbol = unicodedata.normalize("NFKC", text)
        return Token(kind, text, at, _SYMBOLS.get(symbol, symbol))
    return Token(kind, text, at, _KEYWORDS.get(fold(text), "") if kind == "word" else "")


def _refuse_unusable(text: str) -> None:
    if len(text) > LONGEST:
        raise Refused(
            Message(
                "The filter is too long: at most {limit} characters.", params={"limit": LONGEST}
            )
        )
    unusable = _UNUSABLE.search(text)
    if unusable:
        raise refuse(
            unusable.start() + 1, Message("there is a character that cannot be searched for.")
        )


def _unknown_mark(mark: str, at: int) -> Refused:
    if mark in "\"'“「":
        return refuse(
            at, Message("the quotation mark {mark} is never closed.", params={"mark": mark})
        )
    return refuse(
        at,
        Message(
            "“{mark}” has no meaning here: put text in quotation marks.", params={"mark": mark}
        ),
    )
