"""Where the parts of a timeline entry stand: worked out once for a width, then only painted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetrics, QTextCharFormat, QTextLayout, QTextOption

from app.i18n import tr
from app.services.timeline import (
    ChangeEntry,
    Entry,
    FileEntry,
    InteractionEntry,
    NoteEntry,
    PromiseEntry,
)
from app.ui.customer.entry_words import PillWords, Shown
from app.ui.theme import MEDIUM, REGULAR, SEMI, Tokens, tokens
from app.ui.widgets.pill import PILL, pill_width

# at zoom 1
SIDE: Final = 4
DISC: Final = 32
EDGE: Final = SIDE + DISC + 12
ABOVE: Final = 6
BELOW: Final = 10
LINE: Final = 24
CHANGE: Final = 28
BUTTON: Final = 28
FOLD: Final = 12
"""So many lines of a text, or fields of a change, are shown before "more"."""
_GAP: Final = 8
_UNDER_HEAD: Final = 30
_LETTER: Final = 6.6
_READ: Final = 6_000
"""Characters that twelve lines never hold more of; the rest need not be laid out."""
_BREAK: Final = "\N{LINE SEPARATOR}"

HeadPart = tuple[str, QRectF]
"""Part ("title", "under", "face" or a pill's place as figures) and where it stands."""


def action_words(name: str) -> str:
    """What a button in an entry says."""
    return {"done": tr("Done"), "move": tr("Reschedule"), "edit": tr("Edit")}[name]


@dataclass(slots=True)
class Laid:
    """Places within an entry, from its upper left corner, in pixels."""

    width: int
    height: int
    head: Sequence[HeadPart]
    when: QRectF
    body: QTextLayout | None
    body_at: QPointF
    changes: Sequence[QRectF]
    more: QRectF | None
    """The words "Show all" or "Show less" where there is something to fold."""
    folded: bool
    buttons: Sequence[tuple[str, QRectF]]


def lay_out(shown: Shown, width: int, *, whole: bool, found: str = "") -> Laid:
    """Work out an entry for a width; `whole` shows what is folded otherwise.

    `found` is what was searched for: it is marked in the text.
    """
    tok = tokens()
    left, right = tok.px(EDGE), width - tok.px(SIDE + 4)
    when = _when(shown, tok, right)
    head, lines = _head(shown, tok, left, right, when)
    top = float(tok.px(ABOVE + _UNDER_HEAD) + (lines - 1) * tok.px(LINE))
    text, body_at, folded = None, QPointF(left, top), False
    if shown.body:
        text, below, cut = _body(shown.body, tok, right - left, whole=whole, found=found)
        top, folded = top + below, cut
    changes: list[QRectF] = []
    if shown.changes:
        kept = shown.changes if whole else shown.changes[:FOLD]
        folded = folded or len(kept) < len(shown.changes)
        for _ in kept:
            changes.append(QRectF(left, top, right - left, tok.px(CHANGE)))
            top += tok.px(CHANGE)
    more = None
    if folded or whole:
        words = QFontMetrics(tok.font(12, MEDIUM)).horizontalAdvance(more_words(folded=folded))
        more = QRectF(left, top, words + 2, tok.px(20))
        top += tok.px(22)
    buttons = _buttons(shown, tok, left, top + tok.px(6))
    if buttons:
        top += tok.px(BUTTON + 6)
    least = tok.px(ABOVE + DISC)
    height = max(least, round(top)) + tok.px(BELOW)
    return Laid(width, height, head, when, text, body_at, changes, more, folded, buttons)


def more_words(*, folded: bool) -> str:
    """What unfolds an entry, or folds it again."""
    return tr("Show all") if folded else tr("Show less")


def guesses(entries: Sequence[Entry], width: int) -> list[int]:
    """About how high entries will be, without laying them out: close enough for a scroll bar."""
    tok = tokens()
    line, change, button = tok.px(18), tok.px(CHANGE), tok.px(BUTTON + 6)
    least, head = tok.px(ABOVE + DISC + BELOW), tok.px(ABOVE + _UNDER_HEAD + BELOW)
    letters = max(1.0, (width - tok.px(EDGE + SIDE + 4)) / (_LETTER * tok.zoom))
    found: list[int] = []
    for one in entries:
        height = head
        match one:
            case InteractionEntry(summary=text) | FileEntry(name=text):
                height += line * _lines(text, letters)
            case PromiseEntry(text=text):
                height += line * _lines(text, letters) + (button if one.closed_at is None else 0)
            case NoteEntry(text=text):
                height += line * _lines(text, letters)
            case ChangeEntry(fields=fields):
                height += change * min(FOLD, len(fields))
        found.append(max(least, height))
    return found


def _lines(text: str, letters: float) -> int:
    """How many lines of so many letters a text takes; a Chinese character is as wide as two."""
    if not text:
        return 0
    read = text[:_READ]
    wide = 0 if read.isascii() else (len(read.encode("utf-8", "replace")) - len(read)) // 2
    return min(FOLD, 1 + int((len(read) + wide) / letters) + read.count("\n"))


def _when(shown: Shown, tok: Tokens, right: int) -> QRectF:
    width = QFontMetrics(tok.font(12)).horizontalAdvance(shown.when) + 2
    return QRectF(right - width, tok.px(ABOVE), width, tok.px(DISC))


def _head(
    shown: Shown, tok: Tokens, left: int, right: int, when: QRectF
) -> tuple[list[HeadPart], int]:
    """The parts of the head line, in as many lines as they need; the time keeps its corner."""
    placed: list[HeadPart] = []
    x, line, gap = float(left), 0, tok.px(_GAP)
    height = tok.px(PILL)
    for part, width, shrinks in _parts(shown, tok):
        end = (when.left() - gap) if line == 0 else right
        if x > left and x + width > end and not (shrinks and end - x > tok.px(80)):
            x, line = float(left), line + 1
            end = right
        taken = min(width, max(tok.px(24), end - x))
        middle = tok.px(ABOVE) + tok.px(DISC) / 2 + line * tok.px(LINE)
        placed.append((part, QRectF(x, middle - height / 2, taken, height)))
        x += taken + gap
    return placed, line + 1


def _parts(shown: Shown, tok: Tokens) -> Iterator[tuple[str, float, bool]]:
    """Name and width of every part of the head, and whether it may end in dots."""
    yield "title", QFontMetrics(tok.font(13, SEMI)).horizontalAdvance(shown.title) + 1, True
    if shown.under:
        yield "under", QFontMetrics(tok.font(12)).horizontalAdvance(shown.under) + 1, True
    if shown.face is not None:
        figure = QFontMetrics(tok.font(12, MEDIUM)).horizontalAdvance(str(shown.face))
        yield "face", tok.px(16 + 4) + figure + 1, False
    for place, pill in enumerate(shown.pills):
        yield str(place), _pill_width(pill), True


def _pill_width(pill: PillWords) -> int:
    return pill_width(pill[0], pill[2])


def _body(
    text: str, tok: Tokens, width: int, *, whole: bool, found: str
) -> tuple[QTextLayout, float, bool]:
    """The text in lines, their height, and whether lines are left out."""
    read = text if whole else text[:_READ]
    layout = QTextLayout("\n".join(read.splitlines()).replace("\n", _BREAK), _font(tok))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    if found:
        layout.setFormats(_marks(layout.text(), found, tok))
    layout.beginLayout()
    height, count, cut = 0.0, 0, False
    while (line := layout.createLine()).isValid():
        if count == FOLD and not whole:
            cut = True
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        height += max(line.height(), tok.px(18))
        count += 1
    layout.endLayout()
    return layout, height, cut


def _font(tok: Tokens) -> QFont:
    return tok.font(13, REGULAR)


def _marks(text: str, found: str, tok: Tokens) -> list[QTextLayout.FormatRange]:
    """Every place where what was searched for stands."""
    style = QTextCharFormat()
    style.setBackground(tok.colour("accent_soft"))
    style.setForeground(tok.colour("accent_ink"))
    low, wanted = text.casefold(), found.casefold()
    if len(low) != len(text):  # letters that grow when folded would shift the marks
        low, wanted = text.lower(), found.lower()
    marks: list[QTextLayout.FormatRange] = []
    at = low.find(wanted)
    while at >= 0 and len(marks) < 100:
        mark = QTextLayout.FormatRange()
        mark.start, mark.length, mark.format = at, len(wanted), style
        marks.append(mark)
        at = low.find(wanted, at + len(wanted))
    return marks


def _buttons(shown: Shown, tok: Tokens, left: int, top: float) -> list[tuple[str, QRectF]]:
    metrics, x = QFontMetrics(tok.font(12, MEDIUM)), float(left)
    made: list[tuple[str, QRectF]] = []
    for name in shown.actions:
        glyph = tok.px(16 + 6) if name == "done" else 0
        width = metrics.horizontalAdvance(action_words(name)) + glyph + 2 * tok.px(10)
        made.append((name, QRectF(x, top, width, tok.px(BUTTON))))
        x += width + tok.px(_GAP)
    return made
