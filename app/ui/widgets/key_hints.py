"""The keys that work here, where the hand needs them."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QWidget
from typing_extensions import override

from app.i18n import tr
from app.ui.widgets.layout import STRETCH, fix, row
from app.ui.widgets.pill import KeyCap
from app.ui.widgets.text import muted

Hint = tuple[Sequence[str], str]


class KeyHints(QWidget):
    """Key caps with what they do; as many as there is room for, and `?` for all of them."""

    def __init__(self, hints: Sequence[Hint]) -> None:
        super().__init__()
        self.setObjectName("key_hints")
        self._groups: list[list[QWidget]] = []
        items: list[QWidget | int] = []
        for caps, words in hints:
            group: list[QWidget] = [*(KeyCap(one) for one in caps), muted(words)]
            self._groups.append(group)
            items += [*group, 10]
        self._last = [KeyCap("?"), muted(tr("All keys"))]
        self._line = row(*items, STRETCH, *self._last, gap=4, margins=(12, 0, 12, 0))
        self._line.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setLayout(self._line)
        fix(self, height=40)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - sum(one.sizeHint().width() + 8 for one in self._last) - 24
        for group in self._groups:
            room -= sum(one.sizeHint().width() + 4 for one in group) + 10
            for one in group:
                one.setVisible(room >= 0)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.height())
