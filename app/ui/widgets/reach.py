"""Calling and writing: by the program that does it on this computer, or else by the clipboard."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from app.domain import phones
from app.domain.customer import PointDraft
from app.domain.vocabulary import PointKind
from app.i18n import Message
from app.ui.context import Context


def reach(context: Context, point: PointDraft) -> None:
    """Call the phone, or begin a mail; where no program does that, copy what is needed."""
    url = QUrl(f"mailto:{point.raw.strip()}")
    if point.kind is PointKind.PHONE:
        url = QUrl(f"tel:{phones.parse(point.raw, context.settings.region).normalised}")
    if not QDesktopServices.openUrl(url):
        QGuiApplication.clipboard().setText(point.raw)
        words = Message(
            "No program on this computer does that. {text} was copied instead.",
            params={"text": point.raw},
        )
        context.show_message(words, None, "info")
