"""HTML reduced to the text a reader sees: nothing is run, nothing is fetched.

Mails are the only source, and they may be hostile: the document is gone through once, from its
first to its last sign, whatever it holds, and nothing refers back.
"""

import re
from html import unescape
from typing import Final

_LARGEST: Final = 8_000_000  # characters looked at
_DEEPEST_QUOTE: Final = 10
_TAG: Final = re.compile(
    r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40})((?:[^<>\"']|\"[^\"]{0,20000}\"|'[^']{0,20000}')*)>"
)
_ATTRIBUTE: Final = re.compile(
    r"""\b(href|alt|class|type|cite)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I
)
_INLINE_DATA: Final = re.compile(r"data:[a-zA-Z0-9/+.;=-]{0,80},[A-Za-z0-9+/=%]+")
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_INVISIBLE: Final = re.compile("[\u00ad\u200b\u2060\ufeff]")
_LINK: Final = re.compile(r"(?:https?|ftp|mailto|tel):", re.I)

_UNSEEN: Final = frozenset({"script", "style", "title", "template", "noframes", "iframe", "xml"})
_PARAGRAPHS: Final = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "blockquote", "pre", "table"}
)
_LINES: Final = frozenset(
    {"div", "tr", "li", "dd", "dt", "hr", "section", "article", "header", "footer", "address"}
    | {"center", "form", "fieldset", "figure", "main", "nav", "tbody", "thead", "body", "caption"}
)
_CELLS: Final = frozenset({"td", "th"})


def plain_text(html: str) -> str:
    """The words of a document, lines as a reader sees them.

    Links stand as their text with the address in pointed brackets behind; pictures as their
    description in square ones; what is quoted has "> " in front of every line.
    """
    page = _Page()
    for text, tag in _tokens(_INLINE_DATA.sub("data:", html[:_LARGEST])):
        page.add(text)
        if tag is not None:
            page.turn(tag)
    return page.text()


def _tokens(html: str) -> "list[tuple[str, re.Match[str] | None]]":
    """The document as text and the tag behind it; comments and unseen parts are left out."""
    found: list[tuple[str, re.Match[str] | None]] = []
    place, start = 0, 0
    while (opening := html.find("<", place)) >= 0:
        tag = _TAG.match(html, opening)
        end = tag.end() if tag is not None else _passed(html, opening)
        if end == opening:  # a sign in the text: 3 < 5
            place = opening + 1
            continue
        found.append((html[start:opening], tag))
        if tag is not None and not tag[1] and tag[2].lower() in _UNSEEN:
            end = _behind(html, tag[2], end)
        place = start = end
    found.append((html[start:], None))
    return found


def _passed(html: str, opening: int) -> int:
    """Where a comment, a declaration or a broken tag that opens here ends; `opening` if none."""
    if html.startswith("<!--", opening):
        end = html.find("-->", opening + 4)
        return len(html) if end < 0 else end + 3
    if (
        html[opening + 1 : opening + 2] in {"!", "?", "/"}
        or html[opening + 1 : opening + 2].isalpha()
    ):
        end = html.find(">", opening, opening + 4_000)
        return opening if end < 0 else end + 1
    return opening


def _behind(html: str, name: str, place: int) -> int:
    """Behind the end tag of an unseen part; everything is unseen if it has none."""
    closing = re.compile(rf"</{re.escape(name)}[^>]{{0,200}}>", re.I).search(html, place)
    return len(html) if closing is None else closing.end()


class _Page:
    """Text as it grows, line by line."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quoted = 0
        self._kept = 0  # how many <pre> are open: their spaces count
        self._blank: str | None = None  # the blank line that belongs before what comes next
        self._link = ""
        self._link_from = 0

    def add(self, raw: str) -> None:
        text = _INVISIBLE.sub("", unescape(raw)).replace("\xa0", " ") if raw else ""
        if self._kept:
            first, *others = re.split(r"\r\n?|\n", text)
            self._line.append(first)
            for line in others:
                self._end_line()
                self._line.append(line)
            return
        text = _SPACE.sub(" ", text)
        if text.startswith(" ") and (not self._line or self._line[-1].endswith((" ", "\t"))):
            text = text[1:]
        if text:
            self._line.append(text)

    def turn(self, tag: re.Match[str]) -> None:
        """Do what a tag asks for."""
        name, closing = tag[2].lower(), bool(tag[1])
        if name == "br":
            self._end_line(empty_too=True)
        elif name in _CELLS:
            if closing:
                self._line.append("\t")
        elif name == "a":
            self._turn_link(tag[3], closing=closing)
        elif name == "img":
            self._add_picture(tag[3])
        elif name in _PARAGRAPHS or name in _LINES:
            self._turn_block(name, tag[3], closing=closing)

    def text(self) -> str:
        self._end_line()
        lines = [line.rstrip() for line in self._lines]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")

    def _turn_block(self, name: str, attributes: str, *, closing: bool) -> None:
        self._end_line()
        if name == "blockquote":
            self._open_paragraph()
            self._quoted = max(0, self._quoted + (-1 if closing else 1))
        elif name == "pre":
            self._kept = max(0, self._kept + (-1 if closing else 1))
        if name == "li" and not closing:
            self._line.append("- ")
        # Outlook makes a paragraph of every line, without a space between them.
        plain = "msonormal" in attributes.lower() or (closing and name == "p")
        if name in _PARAGRAPHS and not plain:
            self._open_paragraph()

    def _open_paragraph(self) -> None:
        if self._blank is None and self._lines and self._lines[-1].strip("> "):
            self._blank = self._quotes()

    def _quotes(self) -> str:
        return "> " * min(self._quoted, _DEEPEST_QUOTE)

    def _end_line(self, *, empty_too: bool = False) -> None:
        line = "".join(self._line).strip("\t").rstrip()
        self._line = []
        self._link_from = 0
        if not line.strip() and not empty_too and not self._kept:
            return
        if self._blank is not None and line.strip():
            self._lines.append(self._blank)
        self._blank = None
        self._lines.append(self._quotes() + line)

    def _turn_link(self, attributes: str, *, closing: bool) -> None:
        if self._link:
            shown = "".join(self._line[self._link_from :]).strip()
            address = self._link.removeprefix("mailto:").removeprefix("tel:")
            if address.rstrip("/") not in {
                shown.rstrip("/"),
                f"http://{shown}",
                f"https://{shown}",
            }:
                self._line.append(f" <{address}>" if shown else f"<{address}>")
        self._link = ""
        if not closing:
            address = _attributes(attributes).get("href", "").strip()
            self._link = _SPACE.sub("", address) if _LINK.match(address) else ""
            self._link_from = len(self._line)

    def _add_picture(self, attributes: str) -> None:
        description = _attributes(attributes).get("alt", "").strip()
        if description:
            self.add(f"[{description}]")


def _attributes(text: str) -> dict[str, str]:
    return {
        name.lower(): _INVISIBLE.sub("", unescape(one or two or three))
        for name, one, two, three in _ATTRIBUTE.findall(text)
    }
