"""One screen for every report: kept figures at once, fresh ones when they are ready."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget
from typing_extensions import override

from app.i18n import Message, tr
from app.reports.base import EVER, Period, Report
from app.reports.registry import REPORTS
from app.reports.runner import Loaded
from app.ui.changes import WhileShown
from app.ui.commands import Command
from app.ui.context import Context
from app.ui.reports.chart_view import Drawer
from app.ui.reports.content import ChartsPage, TablesPage
from app.ui.reports.definitions import DefinitionsDialog
from app.ui.reports.periods import periods
from app.ui.screen import Screen, State, Target
from app.ui.tokens import LIGHT
from app.ui.when import moment_words
from app.ui.widgets.button import Button
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.layout import STRETCH, col, hold, row
from app.ui.widgets.segmented import SegmentedControl
from app.ui.widgets.surface import Scroll, card
from app.ui.widgets.text import muted


class ReportsScreen(Screen):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("reports")
        self._context = context
        self._reports = context.reports()
        self._drawer = Drawer()
        self._report: Report[Any] = next(iter(REPORTS.values()))
        self._loaded: Loaded[Any] | None = None
        self._edition = 0
        self._stale = True
        self.which = SegmentedControl([str(one.title) for one in REPORTS.values()], tr("Report"))
        self.form = SegmentedControl([tr("Charts"), tr("Tables")], tr("Shown as"))
        self.form.setObjectName("form")
        self._periods = {key: period for key, _, period in self._known_periods()}
        self.period = ComboBox(
            tr("Period"), [(str(words), key) for key, words, _ in self._known_periods()]
        )
        self.period.setObjectName("period")
        self.among = ComboBox(tr("Customers"))
        self.among.setObjectName("among")
        self.explain = Button(tr("How it is worked out"), "quiet", glyph="info", size="small")
        self.explain.setObjectName("explain")
        self.export = Button(tr("Export to Excel"), glyph="file-spreadsheet", key="Ctrl E")
        self.export.setObjectName("export")
        self._as_of = muted()
        self.stack = QStackedWidget()
        self._put_together()
        self._connect()
        self._offer_views()

    def _known_periods(self) -> Sequence[tuple[str, Message, Period]]:
        return periods(self._context.services.clock.today())

    def _put_together(self) -> None:
        self.empty = card(
            (EmptyState(
                "chart-column",
                tr("No customers yet"),
                tr("Figures appear with the first customer."),
            ), 1)
        )  # fmt: skip
        self._charts = Scroll(QWidget(), "charts_page")
        self._tables = Scroll(QWidget(), "tables_page")
        for page in (self._charts, self._tables, self.empty):
            self.stack.addWidget(page)
        bar = row(self.period, self.among, self.explain, STRETCH, self._as_of, gap=8)
        self.setLayout(col(hold(bar, "report_bar"), (self.stack, 1), gap=12))
        # the first figures may take a moment; the bar keeps its place
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(0)

    def _connect(self) -> None:
        self._refresh.timeout.connect(self.load)
        self.which.chosen.connect(self._choose_report)
        self.form.chosen.connect(self._show_form)
        self.period.currentIndexChanged.connect(self._ask_again)
        self.among.currentIndexChanged.connect(self._ask_again)
        self.explain.clicked.connect(self.show_definitions)
        self.export.clicked.connect(self._ask_file)
        WhileShown(self, self._context.changes, self._changed)

    # ---- what the window shows

    @override
    def title(self) -> Message:
        return Message("Reports")

    @override
    def subtitle(self) -> str:
        return str(self._report.title)

    @override
    def header_actions(self) -> Sequence[QWidget]:
        return (self.which, self.form, self.export)

    @override
    def commands(self) -> Sequence[Command]:
        group = Message("Reports")
        return (
            Command("reports.export", Message("Export the report to Excel"), group, "Ctrl+E",
                    "file-spreadsheet", self._ask_file, self._is_loaded),
            Command("reports.explain", Message("How the figures are worked out"), group, "",
                    "info", self.show_definitions),
        )  # fmt: skip

    @override
    def focus_search(self) -> None:
        self.period.setFocus()

    @override
    def show_target(self, target: Target) -> None:
        if isinstance(target, str) and target in REPORTS:
            self.which.set_current(list(REPORTS).index(target))

    @override
    def state(self) -> State:
        return {
            "report": self._report.name,
            "form": self.form.current(),
            "period": self.period.value(),
            "among": self.among.currentText() if self.among.currentIndex() > 0 else "",
        }

    @override
    def restore(self, state: State) -> None:
        self.show_target(str(state.get("report", "")))
        self.form.set_current(int(state.get("form", 0)))
        if state.get("period") in self._periods:
            self.period.set_value(state["period"])
        place = self.among.findText(str(state.get("among", "")))
        self.among.setCurrentIndex(max(0, place))

    # ---- asking

    def _is_loaded(self) -> bool:
        return self._loaded is not None

    def _offer_views(self) -> None:
        views = self._context.services.views.all(self._context.actor)
        entries = [(tr("All customers"), "")]
        entries += [(view.name, view.query.filter) for view in views if view.query.filter]
        self.among.set_entries(entries)

    def _choose_report(self, place: int) -> None:
        self._report = list(REPORTS.values())[place]
        self.header_changed.emit()
        self._ask_again()

    def _ask_again(self) -> None:
        self._stale = True
        if self.isVisible():
            self._refresh.start()

    def _changed(self, areas: frozenset[str]) -> None:
        if "saved_view" in areas:
            self._offer_views()
        if areas - {"saved_view", "kept_report"}:
            self._ask_again()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._refresh.start()

    def load(self) -> None:
        """Show what is kept for this question, then what is true now."""
        self._stale = False
        self._edition += 1
        reports, actor, report = self._reports, self._context.actor, self._report
        period = self._periods.get(self.period.value(), EVER)
        filter_text = self.among.value() or ""
        self._context.tasks.run(
            self,
            lambda: reports.kept(report, actor, period, filter_text),
            partial(self._kept, self._edition, period, filter_text),
        )

    def _kept(
        self, edition: int, period: Period, filter_text: str, kept: Loaded[Any] | None
    ) -> None:
        if edition != self._edition:
            return
        if kept is not None:
            self._show(kept)
            if kept.fresh:
                return
        reports, actor, report = self._reports, self._context.actor, self._report
        self._context.tasks.run(
            self,
            lambda: reports.load(report, actor, period, filter_text),
            partial(self._arrived, edition),
            title=Message("Working out the report"),
        )

    def _arrived(self, edition: int, loaded: Loaded[Any]) -> None:
        if edition == self._edition:
            self._show(loaded)

    # ---- showing

    def _show(self, loaded: Loaded[Any]) -> None:
        self._loaded = loaded
        now = self._context.services.clock.now()
        self._as_of.setText(tr("As of: {moment}", moment=moment_words(loaded.at, now)))
        charts = ChartsPage(loaded, self._context.tasks, self._drawer)
        _exchange(self._charts, charts)
        _exchange(self._tables, TablesPage(loaded))
        self._show_form()
        # when the layout has given the charts their place
        QTimer.singleShot(0, charts, charts.begin)

    def _show_form(self) -> None:
        loaded = self._loaded
        if loaded is not None and not _says_anything(loaded):
            self.stack.setCurrentWidget(self.empty)
        else:
            self.stack.setCurrentWidget(self._tables if self.form.current() else self._charts)

    def show_definitions(self) -> None:
        """Say how every figure is worked out."""
        DefinitionsDialog(self, self._report).open()

    # ---- to a file

    def _ask_file(self) -> None:
        if self._loaded is None:
            return
        name = f"{self._report.title} {self._context.services.clock.today()}.xlsx"
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Export to Excel"), str(Path.home() / name), "*.xlsx"
        )
        if chosen:
            self.export_to(Path(chosen))

    def export_to(self, path: Path) -> None:
        """Write what is shown as a workbook."""
        loaded = self._loaded
        if loaded is None:
            return

        def write() -> Path:
            from app.reports.workbook import write_workbook

            write_workbook(path, loaded, LIGHT)
            return path

        self._context.tasks.run(self, write, self._exported, title=Message("Writing the workbook"))

    def _exported(self, path: Path) -> None:
        self._context.show_message(Message("Written: {path}", params={"path": str(path)}))


def _says_anything(loaded: Loaded[Any]) -> bool:
    return any(figure.value for figure in loaded.report.figures(loaded.data).values())


def _exchange(page: Scroll, content: QWidget) -> None:
    before = page.takeWidget()
    page.setWidget(content)
    content.setAutoFillBackground(False)
    if before is not None:
        before.deleteLater()
