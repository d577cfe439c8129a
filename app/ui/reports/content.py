"""What a report says: tiles and charts, or its tables."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QGridLayout, QWidget

from app.i18n import number, tr
from app.reports.base import Chart, Figure, share_text
from app.reports.runner import Loaded
from app.ui.reports.chart_view import ChartView, Drawer
from app.ui.reports.table_view import ReportTable
from app.ui.tasks import Tasks
from app.ui.theme import follow, tokens
from app.ui.widgets.layout import col, hold, row
from app.ui.widgets.surface import Surface
from app.ui.widgets.text import Label, muted
from app.ui.widgets.tile import Tile


class TwoColumns(QGridLayout):
    """Cards, two a row, of one height in each row."""

    def __init__(self, cards: Sequence[QWidget]) -> None:
        super().__init__()
        for place, one in enumerate(cards):
            self.addWidget(one, place // 2, place % 2)
            self.setRowStretch(place // 2, 1)
        self.setColumnStretch(0, 1)
        self.setColumnStretch(1, 1)
        follow(self.retheme)

    def retheme(self) -> None:
        """Take over the zoom."""
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(tokens().px(12))


class ChartCard(Surface):
    """The question, the definition and the picture."""

    def __init__(self, chart: Chart, tasks: Tasks, drawer: Drawer) -> None:
        super().__init__("card", f"chart_{chart.name}")
        self.view = ChartView(tasks, drawer)
        self.setLayout(
            col(
                Label(str(chart.title), "title"),
                muted(str(chart.subtitle)),
                8,
                (self.view, 1),
                gap=2,
                margins=16,
            )
        )
        self._chart = chart

    def begin(self) -> None:
        """Draw it."""
        self.view.show_chart(self._chart)


class ChartsPage(QWidget):
    """Tiles over charts."""

    def __init__(self, loaded: Loaded[Any], tasks: Tasks, drawer: Drawer) -> None:
        super().__init__()
        self.setObjectName("charts")
        report = loaded.report
        figures, labels = report.figures(loaded.data), report.labels()
        shown = [name for name in report.headline if name in figures]
        tiles = [_tile(str(labels[name]), figures[name]) for name in shown]
        self.cards = [ChartCard(one, tasks, drawer) for one in report.charts(loaded.data)]
        tile_row = row(*((tile, 1) for tile in tiles), gap=12) if tiles else None
        self.setLayout(col(tile_row, (hold(TwoColumns(self.cards)), 1), gap=12))

    def begin(self) -> None:
        """Draw the charts; call it when the page has its place."""
        for card in self.cards:
            card.begin()


class TablesPage(QWidget):
    """The same as tables."""

    def __init__(self, loaded: Loaded[Any]) -> None:
        super().__init__()
        self.setObjectName("tables")
        tables = [ReportTable(one) for one in loaded.report.tables(loaded.data)]
        columns = [_column(column) for column in (tables[::2], tables[1::2]) if column]
        self.setLayout(row(*((column, 1) for column in columns), gap=12))


def _column(tables: Sequence[ReportTable]) -> QWidget:
    """One under the other; the last takes the rest, so that columns end on one line."""
    tables[-1].take_rest()
    return hold(col(*tables[:-1], (tables[-1], 1), gap=12))


def _tile(name: str, figure: Figure) -> Tile:
    return Tile(name, _value(figure), _note(figure))


def _value(figure: Figure) -> str:
    if figure.value is None:
        return "—"
    if figure.unit == "share":
        return share_text(figure.value)
    whole = float(figure.value).is_integer()
    return number(int(figure.value) if whole else round(figure.value, 2))


def _note(figure: Figure) -> str:
    if figure.low is not None and figure.high is not None:
        low, high = (share_text(v) if figure.unit == "share" else number(round(v, 2))
                     for v in (figure.low, figure.high))  # fmt: skip
        return tr("95 % interval {low} to {high}, n = {n}", low=low, high=high, n=number(figure.n))
    if figure.value is not None and figure.unit == "customers" and 0 < figure.value < figure.n:
        return tr("{share} of {n}", share=share_text(figure.value / figure.n), n=number(figure.n))
    return tr("counted, n = {n}", n=number(figure.n))
