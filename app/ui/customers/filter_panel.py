"""The filter builder: its lines, the ready filters, and the same as text."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from app.domain import filters
from app.domain.dates import Relative
from app.domain.filters import Condition, Filter, Id, Me, Operator, Or
from app.errors import Refused
from app.i18n import Message, tr
from app.ui.customers.filter_parts import Fields, GroupPart
from app.ui.customers.filter_values import Offers
from app.ui.theme import follow, tokens
from app.ui.widgets.button import Button
from app.ui.widgets.field import Field as LabelledField
from app.ui.widgets.field import LineEdit
from app.ui.widgets.layout import STRETCH, Box, col, hold, row
from app.ui.widgets.menu import Menu
from app.ui.widgets.surface import Scroll, Surface
from app.ui.widgets.text import Label, muted

_TALLEST: Final = 312
_PAUSE: Final = 250  # milliseconds of quiet before typed text is read


def presets() -> Sequence[tuple[Message, Filter]]:
    """What people ask most often."""
    silent = Condition("last_contact", Operator.LT, (Relative(-30, "d"),))
    never = Condition("last_contact", Operator.EMPTY)
    return (
        (Message("My customers"), Condition("owner", Operator.EQ, (Me(),))),
        (Message("Not contacted for 30 days"), Or((silent, never))),
        (Message("Nobody looks after them"), Condition("owner", Operator.EMPTY)),
        (Message("Added this week"), Condition("created", Operator.GE, (Relative(-7, "d"),))),
        (Message("Being won back"), Condition("stage", Operator.EQ, ("winning_back",))),
    )


class FilterPanel(Surface):
    """Builds a filter; every complete change counts at once. What it says is also a text."""

    changed = Signal(str)  # the filter as text
    save_asked = Signal()
    closed = Signal()

    def __init__(self, fields: Fields, today: Offers) -> None:
        super().__init__("card", "filter_panel")
        self._fields, self._offers = fields, today
        self.group = GroupPart(fields, today)
        self.text = LineEdit(
            tr("Filter as text"), placeholder="stage = keeping and last_contact < -30d"
        )
        self.text.setObjectName("filter_text")
        self._text_field = LabelledField(tr("As text"), self.text)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._menu = Menu(self, tr("Ready filters"))
        self._ready = Button(tr("Ready filters"), trail="chevron-down", size="small")
        self._ready.setObjectName("presets")
        self._clear = Button(tr("Clear"), "quiet", size="small")
        self._clear.setObjectName("clear_filter")
        save = Button(tr("Save as view"), glyph="star", size="small")
        save.setObjectName("save_view")
        close = Button("", "quiet", glyph="x", size="small", name=tr("Close the filter"))
        close.setObjectName("close_filter")
        self._lines: Box = col(self.group, STRETCH)
        self._scroll = Scroll(hold(self._lines), "filter_lines")
        self._scroll.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setLayout(
            col(
                row(Label(tr("Filter"), "title"), muted(tr("Changes show at once.")), STRETCH,
                    self._ready, save, self._clear, close),
                self._scroll,
                self._text_field,
                gap=10,
                margins=16,
            )
        )  # fmt: skip
        self._watch()
        self.text.textEdited.connect(self._pause.start)
        self.text.returnPressed.connect(self._read)
        self._pause.timeout.connect(self._read)
        self._ready.clicked.connect(self._open_menu)
        self._clear.clicked.connect(self.clear)
        save.clicked.connect(self.save_asked)
        close.clicked.connect(self.closed)
        follow(self.fit)

    def fit(self) -> None:
        """As high as the lines need, but never so high that the list has no room."""
        lines = self._lines
        # boxes to tick flow: how high they are depends on how wide the panel is
        needed = (
            lines.totalHeightForWidth(self._scroll.width())
            if lines.hasHeightForWidth()
            else lines.totalSizeHint().height()
        )
        self._scroll.setFixedHeight(min(needed, tokens().px(_TALLEST)))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self.fit)  # when the scroll area has its new width too

    def set_offers(self, offers: Offers) -> None:
        """What can be chosen is known now."""
        self._offers = offers
        shown = self.text.text()
        before = self.group
        self.group = GroupPart(self._fields, offers)
        self._lines.replaceWidget(before, self.group)
        before.hide()
        before.deleteLater()
        self._watch()
        self.show_text(shown)

    def _watch(self) -> None:
        self.group.changed.connect(self._built)
        self.group.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.group and event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return super().eventFilter(watched, event)

    def show_text(self, text: str) -> None:
        """Show this filter; a text that cannot be read keeps its place, with the reason."""
        self.text.setText(text)
        item = self._parsed(text)
        if item is not None or not text.strip():
            self.group.show_filter(item)

    def wrong(self) -> str:
        """The sentence under the text."""
        return self._text_field.wrong()

    def start(self) -> None:
        """Opened: there is always a line to begin with."""
        if self.group.is_empty():
            self.group.add_line()
        else:
            self.group.begin()

    def clear(self) -> None:
        """No filter."""
        self.show_text("")
        self.changed.emit("")

    def _parsed(self, text: str) -> Filter | None:
        self._text_field.set_wrong("")
        if not text.strip():
            return None
        try:
            return filters.parse(text, self._fields)
        except Refused as refused:
            self._text_field.set_wrong(str(refused))
            return None

    def _built(self) -> None:
        item = self.group.filter()
        text = filters.to_text(self._named(item)) if item is not None else ""
        self._text_field.set_wrong("")
        if text != self.text.text():
            self.text.setText(text)
            self.changed.emit(text)

    def _named(self, item: Filter) -> Filter:
        """Staff by name where the name is enough, so that the text can be read."""
        match item:
            case Condition(values=(Id(value=one),)):
                staff = self._offers.everybody()
                name = staff.get(one, "")
                single = list(staff.values()).count(name) == 1
                return Condition(item.field, item.operator, (name,)) if name and single else item
            case filters.And() | Or():
                return type(item)(tuple(self._named(one) for one in item.items))
            case _:
                return item

    def _read(self) -> None:
        self._pause.stop()
        text = self.text.text()
        item = self._parsed(text)
        if item is None and text.strip():
            return
        self.group.show_filter(item)
        self.changed.emit(text.strip())

    def _open_menu(self) -> None:
        self._menu.empty()
        for title, item in presets():
            self._menu.put(str(title), _Preset(self, filters.to_text(item)))
        self._menu.open_under(self._ready)

    def use(self, text: str) -> None:
        """Show this filter and ask for it."""
        self.show_text(text)
        self.changed.emit(text)


class _Preset:
    """Chooses a ready filter; no lambda, which would keep the panel alive."""

    def __init__(self, panel: FilterPanel, text: str) -> None:
        self._panel, self._text = panel, text

    def __call__(self) -> None:
        self._panel.use(self._text)
