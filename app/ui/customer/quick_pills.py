"""Pills of what was understood, each with a small menu in which it is put right."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from app.domain.interactions import LABELS, Channel, Direction, Step
from app.i18n import tr
from app.ui.customer.quick_draft import Corrections, Date, Due, Reading, Slot
from app.ui.customer.quick_words import (
    RATINGS,
    Offers,
    PillWords,
    minutes_words,
    pills_of,
    rating_words,
)
from app.ui.theme import follow, tokens
from app.ui.when import day_name
from app.ui.widgets.flow import FlowBox
from app.ui.widgets.layout import col
from app.ui.widgets.menu import Menu, Popover
from app.ui.widgets.month_grid import MonthGrid
from app.ui.widgets.pill import PILL, paint_pill, pill_width
from app.ui.widgets.text import caption

if TYPE_CHECKING:
    from app.services.products import ProductRow

_MINUTES: Final = (5, 10, 15, 20, 30, 45, 60, 90)
_MANY_PRODUCTS: Final = 20


class PillButton(QPushButton):
    """A pill that opens its menu with a click or Enter; Delete takes it away."""

    removed = Signal()

    def __init__(self, pill: PillWords) -> None:
        super().__init__()
        self.pill = pill
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_pill(pill)
        follow(self.retheme)

    def show_pill(self, pill: PillWords) -> None:
        """Say something else."""
        self.pill = pill
        self.setObjectName(f"pill_{pill.slot}{'_' if pill.key else ''}{pill.key}")
        self.setText(pill.words)
        self.setAccessibleName(pill.words)
        self.setAccessibleDescription(tr("Enter changes it, Delete takes it away."))
        self.setToolTip(tr("Click to change or remove"))
        self.retheme()

    def retheme(self) -> None:
        """Take over sizes and colours."""
        self.setFixedSize(self.sizeHint())
        self.update()

    @override
    def sizeHint(self) -> QSize:
        # room for the ring around the pill
        mark = self.pill.glyph or None
        return QSize(pill_width(self.pill.words, mark) + 4, tokens().px(PILL) + 4)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.click()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        area = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        paint_pill(painter, area, self.pill.words, self.pill.kind, self.pill.glyph or None)
        if self.hasFocus() or self.underMouse() or self.isDown():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            tone = "focus" if self.hasFocus() else "border_strong"
            painter.setPen(QPen(tok.colour(tone), 2 if self.hasFocus() else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = area.adjusted(-1, -1, 1, 1)
            painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)


class Pills(FlowBox):
    """The pills of a line and what puts them right; `corrected` carries the new corrections."""

    corrected = Signal(object)

    def __init__(self, tail: QWidget) -> None:
        """`tail` stands behind the pills, in their flow: there is little room in a small window."""
        super().__init__(gap=4, name="pills")
        self.setAccessibleName(tr("Will be logged as"))
        self._lead, self._tail = caption(tr("Will be logged as")), tail
        for one in (self._lead, self._tail):
            one.setParent(self)
        self._reading: Reading | None = None
        self._corrections = Corrections()
        self._offers = Offers()
        self._shown: list[PillWords] = []
        self._menu = Menu(self, tr("Change what is logged"))
        self._products: list[Menu] = []
        self._month: MonthGrid | None = None
        self._panel: Popover | None = None
        self._picked_for = ("", False)
        self._more = PillButton(PillWords(Slot.CHANNEL, tr("Add"), "plain", "plus"))
        self._more.setParent(self)
        self._more.setObjectName("pill_more")
        self._more.setAccessibleDescription(tr("Adds what the line does not say."))
        self._more.setToolTip(tr("Add what the line does not say"))
        self._more.clicked.connect(self._open_more)

    def show_reading(self, reading: Reading, corrections: Corrections, offers: Offers) -> None:
        """Show what a line says; pills that say the same stay as they are."""
        self._reading, self._corrections, self._offers = reading, corrections, offers
        wanted = pills_of(reading, offers)
        if wanted == self._shown:
            return
        held = {(one.pill.slot, one.pill.key): one for one in self.buttons()}
        buttons = [self._button(pill, held.get((pill.slot, pill.key))) for pill in wanted]
        self._shown = wanted
        self.set_items([self._lead, *buttons, self._more, self._tail])
        self._take_room()

    def _take_room(self) -> None:
        """As many lines as the pills need: in a small window the timeline gives way, not they."""
        self.setMinimumHeight(self.flow.heightForWidth(self.width()))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._take_room()

    def buttons(self) -> list[PillButton]:
        """The pills, without the one that adds."""
        found = (self.flow.itemAt(place) for place in range(self.flow.count()))
        widgets = (one.widget() for one in found if one is not None)
        return [one for one in widgets if isinstance(one, PillButton) and one is not self._more]

    def _button(self, pill: PillWords, held: PillButton | None) -> PillButton:
        if held is not None:
            if held.pill != pill:
                held.show_pill(pill)
            return held
        made = PillButton(pill)
        made.clicked.connect(self._clicked)
        made.removed.connect(self._taken_away)
        return made

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, PillButton):
            self.open_menu(button)

    def _taken_away(self) -> None:
        button = self.sender()
        if isinstance(button, PillButton):
            self.remove(button.pill)

    # ---- putting right

    def set_value(self, slot: Slot, value: Any) -> None:
        """Log this value, whatever the line says."""
        self.corrected.emit(self._corrections.with_value(slot, value))

    def remove(self, pill: PillWords) -> None:
        """Do not log what this pill says; its words stay text."""
        made = self._corrections
        if pill.slot is Slot.DUE:
            self.corrected.emit(made.with_date(pill.key, None))
        elif pill.slot is Slot.PRODUCT:
            self.corrected.emit(made.with_product(int(pill.key)))
        elif self._reading is not None:
            self.corrected.emit(made.without(pill.slot, self._reading.said.get(pill.slot, "")))

    def set_date(self, key: str, wanted: Date) -> None:
        """Follow up on another day; "" for a follow-up that the line does not say."""
        self.corrected.emit(self._corrections.with_date(key, wanted))

    def open_menu(self, button: PillButton) -> None:
        """What this pill may say instead."""
        self._fill(button.pill)
        self._menu.open_under(button)

    def _fill(self, pill: PillWords) -> None:
        menu, reading = self._menu, self._reading
        menu.empty()
        if reading is None:
            return
        fill: dict[Slot, Callable[[], None]] = {
            Slot.CHANNEL: partial(self._offer_channels, reading),
            Slot.PERSON: partial(self._offer_people, reading),
            Slot.RATING: partial(self._offer_ratings, reading),
            Slot.MINUTES: partial(self._offer_minutes, reading),
            Slot.STEP: partial(self._offer_steps, reading),
            Slot.DUE: partial(self._offer_dates, pill.key, _due_of(reading, pill.key)),
        }
        if pill.slot in fill:
            fill[pill.slot]()
        if pill.slot is not Slot.CHANNEL or Slot.CHANNEL in reading.said:
            if menu.actions():
                menu.addSeparator()
            menu.put(tr("Remove"), partial(self.remove, pill), glyph="x", key="Del")

    def _open_more(self) -> None:
        menu, reading = self._menu, self._reading
        menu.empty()
        if reading is None:
            return
        shown = {one.slot for one in self._shown}
        offers: list[tuple[Slot, str, str, Callable[[], None]]] = [
            (Slot.PERSON, tr("Contact"), "user-round", partial(self._offer_people, reading)),
            (Slot.RATING, tr("Rating"), "smile", partial(self._offer_ratings, reading)),
            (Slot.MINUTES, tr("Minutes"), "clock", partial(self._offer_minutes, reading)),
            (Slot.STEP, tr("Purchase step"), "target", partial(self._offer_steps, reading)),
        ]
        for slot, words, glyph, offer in offers:
            if slot not in shown and (slot is not Slot.PERSON or self._offers.people):
                menu.put(f"{words}…", partial(self._open_other, offer), glyph=glyph)
        if Slot.UNHAPPY not in shown:
            unhappy = partial(self.set_value, Slot.UNHAPPY, value=True)
            menu.put(tr("Sounds unhappy"), unhappy, glyph="frown")
        if self._offers.products:
            products = partial(self._open_other, partial(self._offer_products, reading))
            menu.put(f"{tr('Product')}…", products, glyph="package")
        dates = partial(self._open_other, partial(self._offer_dates, "", None))
        menu.put(f"{tr('Follow-up')}…", dates, glyph="calendar-check")
        menu.open_under(self._more)

    def _open_other(self, offer: Callable[[], None]) -> None:
        self._menu.empty()
        offer()
        self._menu.open_under(self._more)

    def _offer_channels(self, reading: Reading) -> None:
        for channel in Channel:
            value = (channel, None if channel is not reading.channel else reading.direction)
            chosen = channel is reading.channel and not reading.only_follow_up
            do = partial(self.set_value, Slot.CHANNEL, value)
            self._menu.put_choice(str(LABELS[channel]), do, chosen=chosen)
        self._menu.addSeparator()
        for direction in Direction:
            chosen = direction is reading.direction and not reading.only_follow_up
            do = partial(self.set_value, Slot.CHANNEL, (reading.channel, direction))
            self._menu.put_choice(str(LABELS[direction]), do, chosen=chosen)

    def _offer_people(self, reading: Reading) -> None:
        for one, name in self._offers.people.items():
            do = partial(self.set_value, Slot.PERSON, one)
            self._menu.put_choice(name, do, chosen=one == reading.person_id)

    def _offer_ratings(self, reading: Reading) -> None:
        for rating in sorted(RATINGS, reverse=True):
            do = partial(self.set_value, Slot.RATING, rating)
            self._menu.put_choice(rating_words(rating), do, chosen=rating == reading.rating)

    def _offer_minutes(self, reading: Reading) -> None:
        for minutes in _MINUTES:
            do = partial(self.set_value, Slot.MINUTES, minutes)
            self._menu.put_choice(minutes_words(minutes), do, chosen=minutes == reading.minutes)

    def _offer_steps(self, reading: Reading) -> None:
        for step in Step:
            do = partial(self.set_value, Slot.STEP, step)
            self._menu.put_choice(str(LABELS[step]), do, chosen=step is reading.step)

    def _offer_products(self, reading: Reading) -> None:
        products = self._offers.products
        groups: dict[str, list[ProductRow]] = {}
        for one in products:
            groups.setdefault(one.category or tr("Other"), []).append(one)
        for before in self._products:
            before.deleteLater()
        self._products = []
        for name, rows in groups.items():
            menu = self._menu
            if len(products) > _MANY_PRODUCTS:
                menu = Menu(self, name)
                menu.setTitle(name)
                self._menu.addMenu(menu)
                self._products.append(menu)
            for one in rows:
                do = partial(self._put_product, one.id)
                menu.put_choice(one.name, do, chosen=one.id in reading.product_ids)

    def _put_product(self, product_id: int) -> None:
        self.corrected.emit(self._corrections.with_product(product_id))

    def _offer_dates(self, key: str, due: Due | None) -> None:
        today = self._offers.today
        deadline = due.deadline if due else False
        days = [today + timedelta(days=ahead) for ahead in (0, 1, 2)]
        days += [today + timedelta(days=7 - today.weekday()), today + timedelta(days=7)]
        for day in dict.fromkeys(sorted(days)):
            do = partial(self.set_date, key, (_at_day(due, day), deadline))
            chosen = due is not None and due.day == day
            self._menu.put_choice(day_name(day, today), do, chosen=chosen)
        other = partial(self._open_month, key, deadline=deadline, start=due.day if due else today)
        self._menu.put(tr("Another day…"), other, glyph="calendar")
        if due is not None:
            self._menu.addSeparator()
            until = partial(self.set_date, key, (due.due, not due.deadline))
            self._menu.put_choice(tr("To be done before"), until, chosen=due.deadline)

    def _open_month(self, key: str, *, deadline: bool, start: date) -> None:
        if self._month is None or self._panel is None:
            self._month = MonthGrid(self._offers.today)
            self._month.picked.connect(self._picked)
            self._panel = Popover(self, col(self._month), "follow_up_month")
        self._picked_for = (key, deadline)
        self._month.go_to(start)
        self._panel.open_under(self._more)
        self._month.setFocus(Qt.FocusReason.PopupFocusReason)

    def _picked(self, day: date) -> None:
        if self._panel is not None:
            self._panel.close()
        key, deadline = self._picked_for
        due = _due_of(self._reading, key) if self._reading else None
        self.set_date(key, (_at_day(due, day), deadline))


def _due_of(reading: Reading, key: str) -> Due | None:
    return next((one for one in reading.dues if one.words == key), None)


def _at_day(due: Due | None, day: date) -> date | datetime:
    """That day, at the hour that was said."""
    if due is None or not isinstance(due.due, datetime):
        return day
    return datetime.combine(day, due.due.timetz())
