"""Above the list: the chips of the filter in use, and the builder when it is open."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.context import Context
from app.ui.customers.filter_bar import FilterBar
from app.ui.customers.filter_panel import FilterPanel
from app.ui.customers.filter_values import Offers, read_offers
from app.ui.widgets.layout import col


class Narrowing(QWidget):
    """Takes no room while there is no filter and the builder is closed."""

    changed = Signal(str)  # the filter as text
    closed = Signal()
    save_asked = Signal()
    view_menu_asked = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._fields = context.services.customers.fields
        self._offers = Offers(context.services.clock.today())
        self._panel: FilterPanel | None = None
        self._text = ""
        self.bar = FilterBar(self._fields)
        self._box = col(self.bar, gap=12)
        self.setLayout(self._box)
        self.bar.changed.connect(self._bar_changed)
        self.bar.edit_asked.connect(self.open)
        self.bar.save_asked.connect(self.save_asked)
        self.bar.view_menu_asked.connect(self.view_menu_asked)
        self.load_offers()

    @property
    def panel(self) -> FilterPanel:
        """The builder, made when it is first needed."""
        if self._panel is None:
            self._panel = FilterPanel(self._fields, self._offers)
            self._panel.hide()
            self._panel.show_text(self._text)
            self._panel.changed.connect(self.changed)
            self._panel.save_asked.connect(self.save_asked)
            self._panel.closed.connect(self.close_panel)
            self._box.addWidget(self._panel)
        return self._panel

    def is_open(self) -> bool:
        """Whether the builder is open."""
        return self._panel is not None and not self._panel.isHidden()

    def open(self) -> None:
        """Open the builder with the cursor in its first line."""
        self.panel.show()
        self.panel.start()
        self._settle()

    def close_panel(self) -> None:
        """Close the builder; the filter stays."""
        if self._panel is not None:
            self._panel.hide()
        self._settle()
        self.closed.emit()

    def show_filter(self, text: str, view: str, *, differs: bool) -> None:
        """Show this filter and the name of the view it is from."""
        self.bar.show_filter(text, view, differs=differs)
        if self._panel is not None and text != self._text and text != self._panel.text.text():
            self._panel.show_text(text)
        self._text = text
        self._settle()

    def load_offers(self) -> None:
        """Ask in the background who and what can be chosen."""
        services, actor = self._context.services, self._context.actor
        self._context.tasks.run(self, lambda: read_offers(services, actor), self._came)

    def offers(self) -> Offers:
        """Who and what can be chosen, as far as it is known."""
        return self._offers

    def _came(self, offers: Offers) -> None:
        if offers == self._offers:
            return
        self._offers = offers
        self.bar.set_staff(offers.everybody())
        if self._panel is not None and not self._in_panel():
            self._panel.set_offers(offers)

    def _in_panel(self) -> bool:
        """Whether somebody is at work in the builder."""
        focused = QApplication.focusWidget()
        return self._panel is not None and focused is not None and self._panel.isAncestorOf(focused)

    def _bar_changed(self, text: str) -> None:
        if self._panel is not None:
            self._panel.show_text(text)
        self.changed.emit(text)
        self.closed.emit()  # the chip that had the cursor is gone

    def _settle(self) -> None:
        self.bar.set_alone(alone=not self.is_open())
        self.setVisible(not self.bar.isHidden() or self.is_open())
