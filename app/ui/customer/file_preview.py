"""Looking at a picture without another program."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QStackedWidget, QWidget
from typing_extensions import override

from app.errors import Refused, Unavailable
from app.i18n import Message, tr
from app.ui.context import Context
from app.ui.theme import tokens
from app.ui.widgets.button import Button
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.empty import EmptyState

MOST_PIXELS: Final = 64_000_000
"""Of a picture before it is scaled: 256 MB while it is decoded."""
LARGEST_EDGE: Final = 2400
"""A picture is kept no larger than this: what a window shows at once."""
FORMATS: Final = frozenset({b"png", b"jpeg", b"jpg", b"gif", b"webp", b"bmp"})
_NOT_ONE: Final = Message("This is no picture that can be shown here. Open it instead.")


def read_picture(path: Path, edge: int = LARGEST_EDGE) -> QImage:
    """The picture in a file, at most `edge` pixels wide and high, turned as it was taken.

    Its size is looked at before anything is decoded, so that a small file which says that it is
    enormous takes no memory. Raises Refused (no picture, too large), Unavailable (cannot be read).
    Called on a worker.
    """
    try:
        with path.open("rb"):
            pass
    except OSError as error:
        reason = error.strerror or str(error)
        raise Unavailable(
            Message("This file cannot be read: {reason}.", params={"reason": reason})
        ) from error
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    # the name says nothing: only these formats are decoded, whatever else Qt could read
    if reader.format().data() not in FORMATS:
        raise Refused(_NOT_ONE)
    size = reader.size()
    if not size.isValid() or size.isEmpty():
        raise Refused(_NOT_ONE)
    if size.width() * size.height() > MOST_PIXELS:
        raise Refused(
            Message(
                "This picture is too large to be shown here: {width} × {height} pixels. "
                "Open it instead.",
                params={"width": size.width(), "height": size.height()},
            )
        )
    if max(size.width(), size.height()) > edge:
        reader.setScaledSize(size.scaled(edge, edge, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise Refused(_NOT_ONE)
    return image


class PictureView(QWidget):
    """A picture as large as there is room, never larger than it is."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("picture")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._picture = QPixmap()

    def show_image(self, image: QImage) -> None:
        """Show this one."""
        self._picture = QPixmap.fromImage(image)
        self.updateGeometry()
        self.update()

    def picture_size(self) -> QSize:
        """Pixels of what is shown."""
        return self._picture.size()

    @override
    def sizeHint(self) -> QSize:
        return QSize(tokens().px(640), tokens().px(480))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(tokens().px(240), tokens().px(180))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self._picture.size()
        if size.width() > self.width() or size.height() > self.height():
            size = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        area = QRectF(left, top, size.width(), size.height())
        painter.drawPixmap(area, self._picture, QRectF(self._picture.rect()))


class PreviewDialog(Dialog):
    """Scales with the window; Escape closes it."""

    open_asked = Signal()
    save_asked = Signal()

    def __init__(self, parent: QWidget, context: Context, name: str, path: Path) -> None:
        super().__init__(parent, name, "file_preview", do="", leave=tr("Close"))
        self.setSizeGripEnabled(True)
        self.picture = PictureView(name)
        self.fault = EmptyState("image", tr("Loading the picture…"), "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.fault)
        self._stack.addWidget(self.picture)
        self.put((self._stack, 1))
        for words, glyph, asked, key in (
            (tr("Open"), "external-link", self.open_asked, "open"),
            (tr("Save a copy as…"), "download", self.save_asked, "save_copy"),
        ):
            button = Button(words, glyph=glyph)
            button.setObjectName(key)
            button.clicked.connect(asked)
            self.left_buttons.put(button)
        self.leave_button.setDefault(True)
        self._context = context
        context.tasks.run(self, lambda: read_picture(path), self._came, self._failed)

    def is_shown(self) -> bool:
        """Whether the picture is there."""
        return self._stack.currentWidget() is self.picture

    def _came(self, image: QImage) -> None:
        self.picture.show_image(image)
        self._stack.setCurrentWidget(self.picture)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Refused | Unavailable):
            self.fault.set_words(tr("No preview"), str(error))
        else:
            self._context.tasks.failed.emit(error)

    @override
    def fit(self) -> None:
        """Most of its window, so that something can be seen."""
        room = self.screen().availableGeometry()
        wide = min(int(self._window.width() * 0.8), room.width())
        high = min(int(self._window.height() * 0.85), room.height())
        self.resize(max(wide, self.minimumWidth()), max(high, tokens().px(320)))

    @override
    def _inputs(self) -> list[QLineEdit | QPlainTextEdit]:
        return []
