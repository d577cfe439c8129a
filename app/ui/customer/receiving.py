"""Takes what is dropped on a customer's page or pasted into its line: mails, chats, pictures."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QMimeData, QObject
from PySide6.QtGui import QDropEvent, QImage, QImageWriter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.exchange.chat import read_chat
from app.i18n import Message
from app.services.incoming import ChatText, Incoming, MailBytes, Picture, Source
from app.ui.context import Context
from app.ui.customer.incoming import IncomingDialog
from app.ui.customer.quick_log import QuickLog

_MAIL: Final = "message/rfc822"
_AT_ONCE: Final = 20_000
"""So many characters are looked at without a wait; a longer text is, in the background."""
_DRAGS: Final = (QEvent.Type.DragEnter, QEvent.Type.DragMove)
_NOTHING: Final = Message("There is nothing in this that can be kept.")
Sources = Callable[[], Sequence[Source]]


class Receiving(QObject):
    """Watches a page for what is dropped, and the quick log for what is pasted.

    What is read belongs to the customer whose page it was dropped on, also if another is shown
    when it has been read: then it is said, and nothing is kept.
    """

    def __init__(self, page: QWidget, context: Context, quick_log: QuickLog) -> None:
        super().__init__(page)
        self._page, self._context, self._quick_log = page, context, quick_log
        page.setAcceptDrops(True)
        page.installEventFilter(self)
        quick_log.pasted.connect(self.take)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QDropEvent) or not _is_taken(event.mimeData()):
            return False
        if event.type() in _DRAGS:
            event.acceptProposedAction()
            return True
        if event.type() == QEvent.Type.Drop:
            event.acceptProposedAction()
            self.take(event.mimeData())
            return True
        return False

    def take(self, source: QMimeData) -> None:
        """Take what was pasted or dropped; words that are nothing more go into the line."""
        paths = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
        if paths:
            self._read(lambda: paths)
        elif source.hasFormat(_MAIL):
            mail = MailBytes(bytes(source.data(_MAIL).data()))
            self._read(lambda: [mail])
        elif source.hasImage() and not source.hasText():
            # taken out here, written as a file in the background: a large one takes a while
            self._read(partial(_pictures, QImage(source.imageData()), self._context))
        elif source.hasText():
            self._take_text(source.text())

    def _take_text(self, text: str) -> None:
        now = self._context.services.clock.now().astimezone()
        if "\n" not in text:
            self._quick_log.insert(text)
        elif len(text) > _AT_ONCE:
            asked = partial(read_chat, text, now=now)
            self._context.tasks.run(
                self, lambda: asked() is not None, partial(self._looked_at, text)
            )
        else:
            self._looked_at(text, is_chat=read_chat(text, now=now) is not None)

    def _looked_at(self, text: str, is_chat: bool) -> None:  # noqa: FBT001 - an outcome
        if is_chat:
            self._read(lambda: [ChatText(text)])
        else:
            self._quick_log.insert(text)

    def _read(self, sources: Sources) -> None:
        customer_id = self._quick_log.customer_id
        service, actor = self._context.services.incoming, self._context.actor
        if customer_id is None:
            return
        asked = customer_id

        def came(incoming: Incoming) -> None:
            if asked == self._quick_log.customer_id:
                self._show(asked, incoming)

        self._context.tasks.run(
            self,
            lambda: service.prepare(actor, asked, sources()),
            came,
            title=Message("Reading what was dropped"),
        )

    def _show(self, customer_id: int, incoming: Incoming) -> None:
        if incoming.entries or incoming.files:
            IncomingDialog(self._page, self._context, customer_id, incoming).open()
            return
        said = next(iter(incoming.unread), _NOTHING)
        self._context.show_message(said, None, "warn")


def _is_taken(source: QMimeData) -> bool:
    local = any(url.isLocalFile() for url in source.urls())
    return local or source.hasFormat(_MAIL) or source.hasImage() or source.hasText()


def _pictures(image: QImage, context: Context) -> list[Source]:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if image.isNull() or not QImageWriter(buffer, b"PNG").write(image):
        return []
    return [Picture(bytes(buffer.data().data()), context.services.clock.now())]
