"""What opens under a field while one types: values to choose from. The field keeps the focus."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.ui.theme import CONTROL, RADIUS, RADIUS_SMALL, follow, tokens
from app.ui.widgets.field import LineEdit
from app.ui.widgets.floating import corner, let_through

_VALUE: Final = int(Qt.ItemDataRole.UserRole)
_ROWS: Final = 8
Suggestion = tuple[str, Any]


class _Entries(QStyledItemDelegate):
    """One line of words."""

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(tokens().px(80), tokens().px(CONTROL))

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        tok, area = tokens(), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tok.colour("hover"))
            painter.drawRoundedRect(
                area.adjusted(4, 1, -4, -1), tok.px(RADIUS_SMALL), tok.px(RADIUS_SMALL)
            )
        painter.setFont(tok.font(13))
        painter.setPen(tok.colour("text"))
        inner = area.adjusted(tok.px(12), 0, -tok.px(12), 0)
        words = painter.fontMetrics().elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, int(inner.width())
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()


class SuggestionList(QWidget):
    """A list that floats under a field and never takes the focus from it."""

    picked = Signal(str, object)  # words and value

    def __init__(self, field: QLineEdit) -> None:
        # Named by its window flags a tool tip: the one kind of window that takes no focus.
        super().__init__(field, Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        let_through(self)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setObjectName("suggestions")
        self._field = field
        self.list = QListWidget()
        self.list.setAccessibleName(field.accessibleName())
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setItemDelegate(_Entries(self))
        self.list.setUniformItemSizes(True)
        self.list.setMinimumHeight(1)  # a list asks for more room than one entry takes
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.viewport().setAutoFillBackground(False)
        self.list.itemClicked.connect(self._clicked)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 4, 1, 4)
        outer.addWidget(self.list)
        follow(self.update)

    def offer(self, entries: Sequence[Suggestion]) -> None:
        """Show these under the field; nothing hides the list."""
        self._fill(entries)
        if not entries:
            self.hide()
            return
        tok = tokens()
        rows = min(len(entries), _ROWS)
        self.resize(self._field.width(), rows * tok.px(CONTROL) + 10)
        self.move(self._place())
        self.show()

    def _fill(self, entries: Sequence[Suggestion]) -> None:
        self.list.clear()
        for words, value in entries:
            item = QListWidgetItem(words)
            item.setData(_VALUE, value)
            self.list.addItem(item)

    def entries(self) -> list[str]:
        """The words on offer."""
        return [self.list.item(row).text() for row in range(self.list.count())]

    def _place(self) -> QPoint:
        below = self._field.mapToGlobal(QPoint(0, self._field.height() + 4))
        room = self._field.screen().availableGeometry()
        if below.y() + self.height() > room.bottom():
            return self._field.mapToGlobal(QPoint(0, -self.height() - 4))
        return below

    def step(self, by: int) -> None:
        """Go to the next entry or the one before."""
        count = self.list.count()
        if count:
            # up from nowhere is the last one
            at = self.list.currentRow() if by > 0 else max(0, self.list.currentRow())
            self.list.setCurrentRow((at + by) % count)

    def take(self) -> bool:
        """Pick the current entry; False when there is none."""
        item = self.list.currentItem()
        if self.isHidden() or item is None:
            return False
        self._clicked(item)
        return True

    def _clicked(self, item: QListWidgetItem) -> None:
        words, value = item.text(), item.data(_VALUE)
        self.hide()
        self.picked.emit(words, value)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tok.colour("border_strong"), 1))
        painter.setBrush(tok.colour("raised"))
        body = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(body, corner(RADIUS), corner(RADIUS))


class SuggestingEdit(LineEdit):
    """A line that offers values while one types; subclasses say which.

    Up and Down choose, Enter and Tab take, Escape closes the list (and only that). While an
    input method composes a word nothing is asked: half-typed pinyin is not what is meant.
    """

    def __init__(self, name: str, *, placeholder: str = "", glyph: str | None = None) -> None:
        super().__init__(name, placeholder=placeholder, glyph=glyph)
        self._list: SuggestionList | None = None
        self.textEdited.connect(self.ask)

    @property
    def suggestions(self) -> SuggestionList:
        """The list, made when it is first needed: a window each is not cheap."""
        if self._list is None:
            self._list = SuggestionList(self)
            self._list.picked.connect(self.take_value)
        return self._list

    def is_offering(self) -> bool:
        """Whether the list is open."""
        return self._list is not None and not self._list.isHidden()

    def ask(self, typed: str) -> None:
        """Offer what fits; called at every change that the user makes."""
        raise NotImplementedError

    def take_value(self, words: str, value: Any) -> None:
        """An entry was chosen."""
        raise NotImplementedError

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not self._steer(event.key()):
            super().keyPressEvent(event)

    def _steer(self, key: int) -> bool:
        """Whether the key was meant for the list; before the dialog sees it."""
        if not self.is_offering():
            if key == Qt.Key.Key_Down:
                self.ask(self.text())
            return key == Qt.Key.Key_Down
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.suggestions.step(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key == Qt.Key.Key_Escape:
            self.suggestions.hide()
            return True
        return key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.suggestions.take()

    def _hide(self) -> None:
        if self._list is not None:
            self._list.hide()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._hide()
        super().focusOutEvent(event)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        if self.is_offering():
            self.suggestions.take()
        return super().focusNextPrevChild(next)


class KnownEdit(SuggestingEdit):
    """Free text, with values that are in use already on offer."""

    def __init__(self, name: str, *, placeholder: str = "") -> None:
        super().__init__(name, placeholder=placeholder)
        self._known: tuple[str, ...] = ()

    def set_known(self, values: Sequence[str]) -> None:
        """The values to offer, the most used first."""
        self._known = tuple(values)

    @override
    def ask(self, typed: str) -> None:
        self.suggestions.offer([(one, one) for one in fitting(typed, self._known)])

    @override
    def take_value(self, words: str, value: Any) -> None:
        self.setText(words)


def fitting(typed: str, known: Sequence[str], but: Sequence[str] = ()) -> list[str]:
    """Up to eight of the known values that contain what was typed, those that begin so first."""
    wanted = typed.strip().casefold()
    free = [one for one in known if one not in but and one.casefold() != wanted]
    begins = [one for one in free if one.casefold().startswith(wanted)]
    inside = [one for one in free if wanted in one.casefold() and one not in begins]
    return [*begins, *inside][:_ROWS]


Search = Callable[[str, Callable[[Sequence[Suggestion]], None]], None]


class ChoiceEdit(SuggestingEdit):
    """Chooses one record by searching for it while typing.

    `search(typed, answer)` looks in the background and calls `answer` with words and ids.
    Answers to what is no longer in the field are dropped. Text without a choice counts as wrong.
    """

    chosen = Signal()

    def __init__(self, name: str, search: Search, *, placeholder: str = "") -> None:
        super().__init__(name, placeholder=placeholder, glyph="search")
        self._search = search
        self._value: int | None = None
        self._words = ""
        self.clearable()
        self.textChanged.connect(self._text_changed)

    def value(self) -> int | None:
        """Id of the chosen record."""
        return self._value

    def unresolved(self) -> bool:
        """Whether there is text that names no record."""
        return self._value is None and bool(self.text().strip())

    def set_value(self, value: int | None, words: str) -> None:
        """Choose a record and show its name."""
        self._value, self._words = value, words
        self.setText(words)
        if not self.hasFocus():
            self.setCursorPosition(0)  # a long name is read from its beginning
        self.chosen.emit()

    @override
    def ask(self, typed: str) -> None:
        if typed.strip():
            self._search(typed, partial(self.show_answer, typed))
        else:
            self._hide()

    def show_answer(self, typed: str, entries: Sequence[Suggestion]) -> None:
        """Offer what was found, if it is still what is asked for."""
        if typed == self.text() and self.hasFocus():
            self.suggestions.offer(entries)

    @override
    def take_value(self, words: str, value: Any) -> None:
        self.set_value(int(value), words)

    def _text_changed(self, text: str) -> None:
        if self._value is not None and text != self._words:
            self._value = None
            self.chosen.emit()
