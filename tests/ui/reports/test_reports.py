from collections import Counter
from datetime import date

import pytest
from openpyxl import load_workbook

from app.domain.customer import CustomerDraft
from app.domain.lists import ListQuery
from app.domain.vocabulary import Stage
from app.reports.base import Period
from app.ui.reports.chart_view import ChartView
from app.ui.reports.periods import periods
from app.ui.reports.table_view import ROW, ReportTable
from app.ui.widgets.tile import Tile


@pytest.fixture
def filled(program):
    for number in range(6):
        stage = Stage.KEEPING if number % 2 else Stage.GROWING
        program.services.editing.add(
            program.actor, CustomerDraft(f"客户{number}", stage=stage, source="展会")
        )
    return program


@pytest.fixture
def reports(filled, qtbot):
    filled.shell.navigate("reports")
    made = filled.shell.front()
    qtbot.waitUntil(
        lambda: made._loaded is not None and filled.application.tasks.idle(),
        timeout=30_000,  # the first chart of a process reads every font
    )
    return made


def figures(reports) -> list[str]:
    return [tile.accessibleName() for tile in reports.stack.currentWidget().findChildren(Tile)]


def test_figures_and_charts_are_shown(reports, qtbot):
    assert any(words.startswith("Customers: 6") for words in figures(reports))
    charts = reports.stack.currentWidget().findChildren(ChartView)
    assert len(charts) == 4
    qtbot.waitUntil(lambda: all(chart.is_drawn() for chart in charts))


def test_a_chart_is_drawn_in_the_colours_of_the_theme(reports, qtbot, program):
    chart = reports.stack.currentWidget().findChildren(ChartView)[0]
    qtbot.waitUntil(chart.is_drawn)
    assert chart._image.pixelColor(2, 2).name().upper() == "#FFFFFF"
    {one.name: one for one in program.shell.commands()}["theme.dark"].do()
    qtbot.waitUntil(lambda: chart.is_drawn() and chart._image.pixelColor(2, 2).lightness() < 60)


def test_a_chart_shows_the_theme_that_was_chosen_on_another_page(reports, qtbot, program):
    chart = reports.stack.currentWidget().findChildren(ChartView)[0]
    qtbot.waitUntil(chart.is_drawn)
    program.shell.navigate("settings")
    {one.name: one for one in program.shell.commands()}["theme.dark"].do()
    program.shell.navigate("reports")
    qtbot.waitUntil(lambda: chart.is_drawn() and chart._image.pixelColor(2, 2).lightness() < 60)


def test_the_same_figures_stand_in_tables(reports):
    reports.form.set_current(1)
    tables = reports.stack.currentWidget().findChildren(ReportTable)
    by_stage = next(one for one in tables if one.objectName() == "table_by_stage")
    cells = {
        by_stage.model.index(row, 0).data(): by_stage.model.index(row, 1).data()
        for row in range(by_stage.model.rowCount())
    }
    assert cells["Keeping"] == cells["Growing"] == "3"


def test_the_tables_fill_the_page_and_end_on_one_line(reports, filled, qtbot):
    filled.application.window.resize(1440, 900)
    reports.form.set_current(1)
    page = reports.stack.currentWidget()
    last = [page.findChild(ReportTable, f"table_{name}") for name in ("by_source", "by_month")]

    def end(card):
        return card.mapTo(page, card.rect().bottomLeft()).y()

    qtbot.waitUntil(lambda: [end(one) for one in last] == [page.height() - 1] * 2)
    for one in last:  # rows are in sight, and none is scrolled away while there is room
        bar = one.list.verticalScrollBar()
        assert one.list.viewport().height() >= ROW
        assert bar.maximum() == 0
    assert page.verticalScrollBar().maximum() == 0


def test_a_new_customer_changes_the_figures_by_itself(reports, filled, qtbot):
    filled.services.editing.add(filled.actor, CustomerDraft("新来的"))
    qtbot.waitUntil(lambda: any(words.startswith("Customers: 7") for words in figures(reports)))


def test_a_saved_view_narrows_the_figures(reports, filled, qtbot):
    filled.services.views.save(filled.actor, "Growing ones", ListQuery("stage = growing"))
    qtbot.waitUntil(lambda: reports.among.count() == 2)
    reports.among.setCurrentIndex(1)
    qtbot.waitUntil(lambda: any(words.startswith("Customers: 3") for words in figures(reports)))


def test_the_workbook_says_what_the_screen_says(reports, tmp_path, qtbot, filled):
    path = tmp_path / "report.xlsx"
    reports.export_to(path)
    qtbot.waitUntil(lambda: "report.xlsx" in filled.shell.strip.text(), timeout=20_000)
    cells = Counter(
        cell.value
        for sheet in load_workbook(path, data_only=True)
        for line in sheet.iter_rows()
        for cell in line
    )
    assert cells[6] > 0


def test_without_customers_it_says_what_will_be_here(program, qtbot):
    program.shell.navigate("reports")
    made = program.shell.front()
    qtbot.waitUntil(lambda: made._loaded is not None)
    assert made.stack.currentWidget() is made.empty


def test_the_definitions_are_one_click_away(reports, filled):
    reports.explain.click()
    dialog = filled.application.window.findChild(object, "definitions")
    assert dialog is not None
    dialog.close()


def test_periods_are_whole_months_and_years():
    known = {key: period for key, _, period in periods(date(2026, 3, 31))}
    assert known["last_month"] == Period(date(2026, 2, 1), date(2026, 2, 28))
    assert known["last_year"] == Period(date(2025, 1, 1), date(2025, 12, 31))
    assert known["twelve_months"] == Period(date(2025, 3, 1), None)
