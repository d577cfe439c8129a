"""Paper: a page of HTML from a template, as PDF or on a printer."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from app.errors import Unavailable
from app.i18n import Message, tr
from app.ui import fonts

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES: Final = Path(__file__).resolve().parent.parent.parent / "resources" / "templates"
_MARGIN: Final = 15  # millimetres
_DPI: Final = 300
_POINTS: Final = 9.5


@cache
def _environment() -> "Environment":
    # imported when something is printed: the start need not wait for it
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    made.globals["tr"] = tr
    return made


def page(template: str, values: Mapping[str, Any]) -> str:
    """HTML of a template of resources/templates, with these values in it, all escaped."""
    return _environment().get_template(template).render(values)


def write_pdf(html: str, title: str, target: Path) -> None:
    """Write a document as PDF, A4; its text can be searched and copied.

    Takes time with its length: call it in the background. Raises Unavailable when the file cannot
    be written; one that was there is then as it was.
    """
    draft = target.with_name(f".{target.name}.part")
    try:
        draft.touch()
        writer = QPdfWriter(str(draft))
        writer.setTitle(title)
        writer.setCreator("Shuke")
        writer.setResolution(_DPI)
        writer.setPageLayout(_layout())
        document = _document(html)
        document.documentLayout().setPaintDevice(writer)
        document.setPageSize(QSizeF(writer.width(), writer.height()))
        document.print_(writer)
        del writer
        draft.replace(target)
    except OSError as error:
        raise Unavailable(
            Message(
                "{file} could not be written: {reason}. Choose another place.",
                params={"file": target.name, "reason": error.strerror or str(error)},
            )
        ) from error
    finally:
        draft.unlink(missing_ok=True)


def _layout() -> QPageLayout:
    margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    return QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4),
        QPageLayout.Orientation.Portrait,
        margins,
        QPageLayout.Unit.Millimeter,
    )


def _document(html: str) -> QTextDocument:
    # Not the font of the screen: of figures of one width, and of Chinese in the system's face, the
    # text could not be found again or copied out of the file.
    font = QFont([fonts.LATIN, fonts.BUNDLED_CHINESE])
    font.setPointSizeF(_POINTS)
    # signs between figures in another shape are lost to whoever copies them
    font.setFeature(QFont.Tag("calt"), 0)
    made = QTextDocument()
    made.setDefaultFont(font)
    made.setHtml(html)
    return made
