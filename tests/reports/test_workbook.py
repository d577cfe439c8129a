import re
import shutil
import subprocess
import zipfile
from datetime import date

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from app import i18n
from app.errors import Unavailable
from app.reports.as_json import as_json
from app.reports.base import Month, Period
from app.reports.customers import CustomersReport
from app.reports.workbook import HEADER_ROW, write_workbook
from app.reports.workbook_cells import storable
from app.ui.tokens import LIGHT

REPORT = CustomersReport()
SHEETS = {
    "by_stage": "By stage",
    "by_owner": "By owner",
    "by_source": "By source",
    "by_month": "By month",
}


@pytest.fixture
def loaded(runner, manager, customers):
    return runner.load(REPORT, manager)


@pytest.fixture
def file(loaded, tmp_path):
    path = tmp_path / "customers.xlsx"
    write_workbook(path, loaded, LIGHT)
    return path


def key(cell):
    """What stands in a cell of the sheet, or of the report's table, for comparison."""
    if isinstance(cell, Month):
        return cell.key
    return f"{cell:%Y-%m}" if isinstance(cell, date) else str(cell)


def as_read(sheet, columns):
    """The rows of a table's sheet and its total, as machines name the values."""
    rows = sheet[HEADER_ROW:-1]
    return [row[:columns] for row in rows], sheet[-1][1]


def test_every_table_and_total_is_what_json_says(file, loaded):
    book = CalamineWorkbook.from_path(str(file))
    told = as_json(loaded)
    shown = {table.name: table.rows for table in REPORT.tables(loaded.data)}
    for name, title in SHEETS.items():
        table = told["tables"][name]
        rows, total = as_read(book.get_sheet_by_name(title).to_python(), len(table["columns"]))
        assert [key(row[0]) for row in rows] == [key(row[0]) for row in shown[name]]
        figures = [figure for row in rows for figure in row[1:]]
        assert figures == pytest.approx([figure for row in table["rows"] for figure in row[1:]])
        assert total == told["figures"]["customers"]["value"] == sum(row[1] for row in rows)


def test_the_summary_shows_every_figure_of_json(file, loaded):
    rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_name("Summary").to_python()
    shown = {row[0]: (row[1], row[4]) for row in rows}
    for name, figure in as_json(loaded)["figures"].items():
        assert shown[str(REPORT.labels()[name])] == (figure["value"], figure["n"])


def test_totals_are_formulas_that_carry_their_value(file):
    formulas = openpyxl.load_workbook(file)
    values = openpyxl.load_workbook(file, data_only=True)
    for title in SHEETS.values():
        last = formulas[title].max_row
        assert formulas[title].cell(last, 2).value.startswith("=SUBTOTAL(109,t_by_")
        assert values[title].cell(last, 2).value == 6
    assert formulas["Summary"]["B7"].value == "='By stage'!B9"
    assert values["Summary"]["B7"].value == 6


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
@pytest.mark.timeout(180)
def test_libreoffice_works_out_the_same_totals(file, tmp_path):
    bare = tmp_path / "bare.xlsx"
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(bare, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            target.writestr(entry, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", content))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path)]
    done = subprocess.run([*command, str(bare)], capture_output=True, check=False, timeout=150)
    assert done.returncode == 0, done.stderr
    book = CalamineWorkbook.from_path(str(tmp_path / "bare.ods"))
    for title in SHEETS.values():
        rows = book.get_sheet_by_name(title).to_python()
        assert next(row[1] for row in rows if row[0] == "Total") == 6


def test_tables_are_real_tables_with_a_native_chart_each(file):
    book = openpyxl.load_workbook(file)
    for name, title in SHEETS.items():
        sheet = book[title]
        table = sheet.tables[f"t_{name}"]
        assert table.ref.endswith(str(sheet.max_row))
        assert table.totalsRowCount == 1
        assert [column.name for column in table.tableColumns] == [
            cell.value for cell in sheet[HEADER_ROW] if cell.value
        ]
        (chart,) = sheet._charts
        assert chart.series[0].val.numRef.f.startswith(f"'{title}'!$B$4:")


def test_charts_carry_the_values_they_show(file):
    with zipfile.ZipFile(file) as package:
        chart = package.read("xl/charts/chart1.xml").decode()
    cached = re.search(r"<(?:c:)?numCache>.*?</(?:c:)?numCache>", chart).group()
    assert re.findall(r"<(?:c:)?v>(.*?)</(?:c:)?v>", cached) == ["1", "3", "1", "0", "1"]
    assert "Winning back" in chart


def test_a_source_that_looks_like_a_formula_is_only_text(file):
    sheet = openpyxl.load_workbook(file)["By source"]
    (cell,) = [row[0] for row in sheet.iter_rows() if row[0].value == "=1+1"]
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_text_that_xml_cannot_hold_is_escaped():
    assert storable("a\x07b\ud800_x0041_\n") == "a_x0007_b\ufffd_x005F_x0041_\n"
    assert len(storable("长" * 40_000)) == 32_767


def test_sheets_are_set_up_for_a4_across_and_definitions_say_how(file):
    book = openpyxl.load_workbook(file)
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.page_setup.fitToWidth == 1
    header = [cell.value for cell in book["Definitions"][HEADER_ROW]]
    assert header == ["Term", "Formula", "Source", "Period", "Filter", "Cases (n)"]
    assert book["Definitions"].max_row == HEADER_ROW + len(REPORT.definitions())


def test_a_report_of_nothing_is_a_workbook_too(runner, manager, tmp_path):
    path = tmp_path / "empty.xlsx"
    write_workbook(path, runner.load(REPORT, manager), LIGHT)
    book = CalamineWorkbook.from_path(str(path))
    assert book.get_sheet_by_name("By month").to_python()[-1][0] == "Nothing to show yet"


def test_titles_are_in_the_language_in_use(runner, manager, customers, tmp_path):
    i18n.use(i18n.PSEUDO)
    path = tmp_path / "pseudo.xlsx"
    write_workbook(path, runner.load(REPORT, manager, Period(date(2026, 8, 1))), LIGHT)
    book = openpyxl.load_workbook(path, data_only=True)
    assert book.worksheets[1]["A1"].value.startswith("⟦By stage")
    assert book.worksheets[1].cell(book.worksheets[1].max_row, 2).value == 5


def test_a_folder_that_is_not_there_is_said_and_nothing_is_left(loaded, tmp_path):
    with pytest.raises(Unavailable):
        write_workbook(tmp_path / "nowhere" / "a.xlsx", loaded, LIGHT)
    assert list(tmp_path.glob("*.xlsx")) == []
