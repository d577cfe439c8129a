"""Where one goes: the areas, the saved views of the customers, and who is at work."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy
from typing_extensions import override

from app.domain.vocabulary import LABELS, Actor
from app.i18n import number, tr
from app.services.views import View
from app.ui import icons
from app.ui.areas import Area
from app.ui.theme import MEDIUM, NAVIGATION, RADIUS, SEMI, SIDE_BAR, Kind, Tokens, follow, tokens
from app.ui.widgets.avatar import paint_avatar
from app.ui.widgets.cells import elide
from app.ui.widgets.layout import STRETCH, Box, col, hold, row
from app.ui.widgets.logo import Logo
from app.ui.widgets.menu import Menu
from app.ui.widgets.pill import badge_size, paint_badge
from app.ui.widgets.surface import Line, Scroll, Surface
from app.ui.widgets.text import Label, caption

_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter
_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_MANY: Final = 1000
VIEWS_AREA: Final = "customers"


class _Painted(QAbstractButton):
    """A line of the side bar: hover, press, chosen and focus."""

    def __init__(self, words: str, name: str, height: int) -> None:
        super().__init__()
        self._height = height
        self.setText(words)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self.retheme)

    def retheme(self) -> None:
        """Take over the height."""
        self.setFixedHeight(tokens().px(self._height))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        tok = tokens()
        words = QFontMetrics(tok.font(13, SEMI)).horizontalAdvance(self.text())
        return QSize(words + tok.px(56), tok.px(self._height))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(tokens().px(60), tokens().px(self._height))

    def paint_ground(self, painter: QPainter, tok: Tokens, *, chosen: bool) -> None:
        """The rounded shape under the line, and the ring of the focus."""
        ground = "accent_soft" if chosen else None
        if self.isDown():
            ground = "press"
        elif self.underMouse() and not chosen:
            ground = "hover"
        body = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        if ground:
            painter.setBrush(tok.colour(ground))
            painter.drawRoundedRect(body, tok.px(RADIUS), tok.px(RADIUS))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(tok.colour("focus"), 2))
            painter.drawRoundedRect(body.adjusted(1, 1, -1, -1), tok.px(RADIUS), tok.px(RADIUS))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.focusNextPrevChild(step > 0)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class NavItem(_Painted):
    """An area or a saved view."""

    def __init__(self, glyph: str, words: str, name: str) -> None:
        super().__init__(words, name, NAVIGATION)
        self._glyph = glyph
        self._count = 0
        self._kind: Kind = "plain"
        self.setCheckable(True)

    def set_count(self, count: int, kind: Kind = "plain") -> None:
        """How much waits there; nothing is shown for none."""
        self._count, self._kind = count, kind
        words = self.text()
        self.setAccessibleName(f"{words}, {number(count)}" if count else words)
        self.update()

    def count(self) -> int:
        """How much waits there."""
        return self._count

    @override
    def nextCheckState(self) -> None:
        """The window says what is chosen, not the click."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter, tok, chosen=self.isChecked())
        tone = "accent_ink" if self.isChecked() else "muted"
        size = tok.px(18)
        at = QPointF(tok.px(10), (self.height() - size) / 2)
        icons.paint(painter, at, self._glyph, tone, size)
        painter.setFont(tok.font(13, SEMI if self.isChecked() else MEDIUM))
        painter.setPen(tok.colour(tone))
        area = self.rect().adjusted(tok.px(40), 0, -tok.px(8), 0)
        if self._count:
            area.setRight(area.right() - self._paint_count(painter, tok))
            painter.setFont(tok.font(13, SEMI if self.isChecked() else MEDIUM))
            painter.setPen(tok.colour(tone))
        words = elide(painter, self.text(), area.width())
        self.setToolTip("" if words == self.text() else self.text())
        painter.drawText(area, _MIDDLE, words)

    def _paint_count(self, painter: QPainter, tok: Tokens) -> int:
        """The count at the right end; gives the room that it takes."""
        words = number(self._count) if self._count < _MANY else f"{_MANY - 1}+"
        size = badge_size(words)
        left, top = self.width() - size.width() - tok.px(8), (self.height() - size.height()) / 2
        paint_badge(painter, QRectF(left, top, size.width(), size.height()), words, self._kind)
        return size.width() + tok.px(8)


class ActorButton(_Painted):
    """Who is at work; opens the menu to change that."""

    def __init__(self, actor: Actor) -> None:
        super().__init__(actor.name, "actor", 48)
        self._role = str(LABELS[actor.role])
        self.show_name(actor.name)

    def show_name(self, name: str) -> None:
        """They have another name now."""
        self.setText(name)
        self.setAccessibleName(tr("At work: {name}, {role}", name=name, role=self._role))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter, tok, chosen=False)
        edge, left = tok.px(32), tok.px(8)
        avatar = QRectF(left, (self.height() - edge) / 2, edge, edge)
        paint_avatar(painter, avatar, self.text(), "circle")
        area = self.rect().adjusted(left + edge + tok.px(8), 0, -tok.px(32), 0)
        middle, line = area.center().y(), tok.px(17)
        painter.setFont(tok.font(13, MEDIUM))
        painter.setPen(tok.colour("text"))
        area.setTop(middle - line + 1)
        area.setHeight(line)
        painter.drawText(area, _MIDDLE, elide(painter, self.text(), area.width()))
        painter.setFont(tok.font(11, MEDIUM))
        painter.setPen(tok.colour("muted"))
        area.translate(0, line)
        painter.drawText(area, _MIDDLE, elide(painter, self._role, area.width()))
        size = tok.px(16)
        at = QPointF(self.width() - size - tok.px(8), (self.height() - size) / 2)
        icons.paint(painter, at, "chevron-down", "icon", size)


class SideBar(Surface):
    """Announces where the user wants to go; the window says what is chosen."""

    went = Signal(str, object)  # area, target

    def __init__(self, areas: Sequence[Area], actor: Actor) -> None:
        super().__init__("side", "side_bar")
        self._items: dict[str, NavItem] = {}
        self._views: dict[int, tuple[NavItem, View]] = {}
        self.actor_button = ActorButton(actor)
        self.actor_menu = Menu(self, tr("Who is at work"))
        self._view_list: Box = col(gap=2)
        self._caption = hold(row(caption(tr("Saved views")), margins=(10, 20, 0, 4)))
        top = [self._item(area) for area in areas if area.place == "top"]
        foot = [self._item(area) for area in areas if area.place == "foot"]
        self._lower = hold(col(self._caption, self._view_list, STRETCH, gap=0))
        self.setLayout(
            col(
                row(Logo(), Label(tr("Shuke"), "title"), STRETCH, gap=10, margins=(8, 0, 0, 0)),
                16,
                col(*top, gap=2),
                (Scroll(self._lower, "saved_views"), 1),
                col(*foot, gap=2),
                8,
                Line(),
                8,
                self.actor_button,
                gap=0,
                margins=(12, 18, 12, 10),
            )
        )
        self.set_views(())
        follow(self.retheme)

    def retheme(self) -> None:
        """As wide as it is meant to be, and wider where a language has longer words."""
        tok = tokens()
        needed = max(item.sizeHint().width() for item in self._items.values()) + tok.px(24)
        self.setFixedWidth(max(tok.px(SIDE_BAR), needed))

    def _item(self, area: Area) -> NavItem:
        made = NavItem(area.glyph, str(area.title), f"go_{area.name}")
        made.setToolTip(area.keys)
        made.clicked.connect(self._go)
        self._items[area.name] = made
        return made

    def set_count(self, area: str, count: int, kind: Kind = "plain") -> None:
        """Show beside an area how much waits there."""
        if area in self._items:
            self._items[area].set_count(count, kind)

    def count(self, area: str) -> int:
        """How much it says waits there."""
        return self._items[area].count() if area in self._items else 0

    def set_views(self, views: Sequence[View]) -> None:
        """Show these saved views under the areas."""
        for item, _ in self._views.values():
            self._view_list.removeWidget(item)
            item.hide()
            item.deleteLater()
        self._views = {}
        for view in views:
            item = NavItem("star", view.name, f"view_{view.id}")
            item.clicked.connect(self._go)
            self._views[view.id] = (item, view)
            self._view_list.put(item)
        self._caption.setVisible(bool(views))

    def set_current(self, area: str, view_id: int | None = None) -> None:
        """Show where the user is: a view, or the area."""
        chosen_view = view_id if view_id in self._views else None
        for name, item in self._items.items():
            item.setChecked(name == area and chosen_view is None)
        for one, (item, _) in self._views.items():
            item.setChecked(area == VIEWS_AREA and one == chosen_view)

    def _go(self) -> None:
        sender = self.sender()
        for name, item in self._items.items():
            if item is sender:
                self.went.emit(name, None)
        for item, view in list(self._views.values()):
            if item is sender:
                self.went.emit(VIEWS_AREA, view)
