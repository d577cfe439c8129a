"""Texts with places to be filled, as users write them (Jinja2), and nothing more.

A text may fill in names that are offered, choose by `if`, and pass a name through a few filters.
It may not loop, call, compute, or reach into a value: what it says is all there, so it takes no
longer than it is long, whoever wrote it. The sandbox of Jinja2 stands behind that.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from typing_extensions import override

from app.i18n import Message

if TYPE_CHECKING:
    from jinja2 import Environment, Template, nodes

LONGEST: Final = 8_000
"""Characters of a text with its places, and of the text that comes of it."""

_DEEPEST: Final = 40
_FILTERS: Final = frozenset(
    {"upper", "lower", "title", "capitalize", "trim", "default", "d", "length", "truncate"}
)
_TESTS: Final = frozenset(
    {"defined", "undefined", "none", "eq", "ne", "equalto", "gt", "ge", "lt", "le", "odd", "even"}
)
_ALLOWED: Final = frozenset(
    {
        "Template", "Output", "TemplateData", "Name", "Const", "If", "CondExpr", "Compare",
        "Operand", "And", "Or", "Not", "Concat", "Filter", "Test", "Keyword",
    }
)  # fmt: skip
_WORDS: Final[Mapping[str, Message]] = {
    "For": Message("Line {line}: a text cannot loop. Take the “for” out."),
    "Getattr": Message(
        "Line {line}: “{what}” reaches into a value, which a text may not. Use one of the names "
        "offered."
    ),
    "Getitem": Message(
        "Line {line}: “{what}” reaches into a value, which a text may not. Use one of the names "
        "offered."
    ),
    "Call": Message("Line {line}: a text cannot call “{what}”."),
    "Filter": Message("Line {line}: there is no filter “{what}” for a text."),
    "Test": Message("Line {line}: there is no test “{what}” for a text."),
}
_OTHER: Final = Message("Line {line}: this is not allowed in a text. Fill in names, or use “if”.")
_IF: Final = re.compile(r"\{%[-+]?\s*if\b")
_END_IF: Final = re.compile(r"\{%[-+]?\s*endif\b")
_BLANKS: Final = re.compile(r"\n[ \t]*(?:\n[ \t]*){2,}")


class BadText(ValueError):
    """A text that cannot be filled: `message` says why, `line` where (from 1)."""

    def __init__(self, message: Message, line: int) -> None:
        super().__init__(message.msgid)
        self.message = message
        self.line = line

    @override
    def __str__(self) -> str:
        return str(self.message)


def problem(body: str, names: Iterable[str]) -> BadText | None:
    """What is wrong with a text that may use these names; None if it can be filled."""
    try:
        _check(body, frozenset(names))
    except BadText as bad:
        return bad
    return None


def filled(body: str, values: Mapping[str, object]) -> str:
    """The text with `values` in its places; more than one blank line in a row becomes one.

    Values are taken as they are: a text that stands in one is not filled again. Raises BadText.
    """
    _check(body, frozenset(values))
    try:
        text = _limited(_compiled(body).generate(dict(values)))
    except BadText:
        raise
    except (TypeError, ValueError) as error:  # two values that cannot be compared
        raise BadText(Message("The text cannot be filled with these values."), 1) from error
    return _BLANKS.sub("\n\n", text).strip()


def _limited(parts: Iterable[str]) -> str:
    found: list[str] = []
    length = 0
    for part in parts:
        length += len(part)
        if length > LONGEST:
            raise BadText(_too_long(), 1)
        found.append(part)
    return "".join(found)


def _too_long() -> Message:
    return Message("This is longer than {most} characters. Shorten it.", params={"most": LONGEST})


@lru_cache(maxsize=1)
def _sandbox() -> "Environment":
    # imported when the first text is filled: the start need not wait for it
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    made = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, cache_size=0, keep_trailing_newline=False
    )
    made.globals.clear()
    return made


@lru_cache(maxsize=256)
def _compiled(body: str) -> "Template":
    return _sandbox().from_string(body)


@lru_cache(maxsize=256)
def _used(body: str) -> Mapping[str, int]:
    """The names that a text uses, each with the line where it does first. Raises BadText."""
    if len(body) > LONGEST:
        raise BadText(_too_long(), 1)
    from jinja2 import TemplateSyntaxError

    try:
        tree = _sandbox().parse(body)
    except TemplateSyntaxError as error:
        raise _not_understood(body, error.lineno) from error
    except RecursionError as error:
        raise BadText(_deep(), 1) from error
    used: dict[str, int] = {}
    for node in _walk(tree, 0):
        kind = type(node).__name__
        if not _is_allowed(node):
            params = {"line": node.lineno, "what": _what(node)}
            raise BadText(_WORDS.get(kind, _OTHER).filled(**params), node.lineno)
        if kind == "Name":
            used.setdefault(str(getattr(node, "name", "")), node.lineno)
    return used


def _walk(node: "nodes.Node", depth: int) -> Iterator["nodes.Node"]:
    if depth > _DEEPEST:
        raise BadText(_deep(), node.lineno)
    yield node
    for inner in node.iter_child_nodes():
        yield from _walk(inner, depth + 1)


def _deep() -> Message:
    return Message("The text is nested too deeply. Make it simpler.")


def _is_allowed(node: "nodes.Node") -> bool:
    kind = type(node).__name__
    if kind in {"Filter", "Test"}:
        known = _FILTERS if kind == "Filter" else _TESTS
        return getattr(node, "name", "") in known
    if kind == "Name":
        return getattr(node, "ctx", "") == "load"
    return kind in _ALLOWED


def _what(node: "nodes.Node") -> str:
    """The word of the user that is not allowed."""
    named: Any = getattr(node, "attr", None) or getattr(node, "name", None)
    if isinstance(named, str):
        return f".{named}" if hasattr(node, "attr") else named
    inner = getattr(node, "node", None) if named is None else getattr(node, "arg", None)
    return _what(inner) if inner is not None and hasattr(inner, "lineno") else ""


def _not_understood(body: str, line: int) -> BadText:
    lines = body.split("\n")
    shown = lines[line - 1].strip()[:60] if 0 < line <= len(lines) else ""
    opened = next((sign for sign in ("{{", "{%", "{#") if _unclosed(body, sign)), None)
    if opened is None and len(_IF.findall(body)) > len(_END_IF.findall(body)):
        opened = "{% if %}"
    if opened is not None:
        return BadText(
            Message(
                "Line {line}: “{sign}” is opened and not closed.",
                params={"line": line, "sign": opened},
            ),
            line,
        )
    return BadText(
        Message("Line {line}: “{text}” is not understood.", params={"line": line, "text": shown}),
        line,
    )


def _unclosed(body: str, sign: str) -> bool:
    return body.count(sign) > body.count({"{{": "}}", "{%": "%}", "{#": "#}"}[sign])


def _check(body: str, names: frozenset[str]) -> None:
    for name, line in _used(body).items():
        if name not in names:
            raise BadText(_unknown(name, line, names), line)
    try:
        _compiled(body)
    except (SyntaxError, RecursionError, AssertionError) as error:
        # Jinja2 checks some things only when it compiles
        raise _not_understood(body, getattr(error, "lineno", None) or 1) from error


def _unknown(name: str, line: int, names: frozenset[str]) -> Message:
    near = difflib.get_close_matches(name, sorted(names), 1)
    if near:
        return Message(
            "Line {line}: there is no “{name}” here. Did you mean “{near}”?",
            params={"line": line, "name": name, "near": near[0]},
        )
    return Message(
        "Line {line}: there is no “{name}” here. There are: {names}.",
        params={"line": line, "name": name, "names": ", ".join(sorted(names))},
    )
