"""Every real workbook against what two other libraries read in it; docs/real_files.md says why.

The expected figures hold the first five rows and six columns of every sheet from its first cell.
"""

import json
import re
from datetime import date, datetime

import pytest

from app.errors import Refused
from app.exchange.reading import open_table
from app.exchange.tables import NO_HEADER, CellError

ROWS, COLUMNS = 5, 6


@pytest.fixture(scope="module")
def expected(shared_data):
    return json.loads((shared_data / "xlsx" / "expected_xlsx.json").read_text("utf-8"))["files"]


def as_expected(cell):
    """A cell of ours in the words of the expected figures."""
    match cell:
        case None:
            return ""
        case CellError():
            return cell.code
        case datetime() | date():
            return cell.isoformat()
        case _:
            return cell


def as_ours(cell):
    """Spans of time are written as days there, and as hours here."""
    found = isinstance(cell, str) and re.fullmatch(r"(?:(\d+) days?, )?(\d+):(\d\d:\d\d)", cell)
    if found and found[1]:
        return f"{int(found[1]) * 24 + int(found[2])}:{found[3]}"
    return cell


def ours(table):
    """The first rows as the expected figures have them: from the first column in use on."""
    rows = [[as_expected(cell) for cell in row.cells] for row in table.rows]
    start = min(next(at for at, cell in enumerate(row) if cell != "") for row in rows)
    return [row[start : start + COLUMNS] for row in rows], len(table.columns) - start


def sheets(expected):
    """File, sheet and what was expected of it, of every sheet that could be opened."""
    for name, read_by in expected.items():
        for title, sheet in read_by.get("calamine", {}).items():
            if isinstance(sheet, dict) and sheet.get("type") == "WorkSheet":
                yield name, title, sheet


REFUSED = {
    "calamine_pass_protected.xlsx": "password",
    "poi_poc-xmlbomb-empty.xlsx": "damaged",
    "calamine_empty_sheet.xlsx": "no sheet with anything",
}
# Cells merged downwards hold for every row they span; the library gives only the first one.
MERGED = {
    ("", "B3", "C3", "", "E3", ""): ["A1", "B3", "C3", "", "E3", "F1"],
    ("", "B4", "", "", "E4", ""): ["A1", "B4", "C3", "", "E4", "F1"],
}


def test_every_sheet_holds_what_was_expected(shared_data, expected):
    seen = 0
    for name, title, sheet in sheets(expected):
        path = shared_data / "xlsx" / name
        if not sheet["rows"]:
            with pytest.raises(Refused, match="is empty"):
                open_table(path, sheet=title)
            continue
        found, width = ours(open_table(path, sheet=title, header_row=NO_HEADER))
        wanted = [[as_ours(cell) for cell in row] for row in sheet["rows"]]
        wanted = [MERGED.get(tuple(row), row) for row in wanted if any(one != "" for one in row)]
        if name != "calamine_errors.xlsx":
            assert (name, title, found[: len(wanted)]) == (name, title, wanted)
            assert (name, title, width) == (name, title, sheet["shape"][1])
        seen += 1
    assert seen == 32


def test_error_cells_are_what_openpyxl_says(shared_data, expected):
    path = shared_data / "xlsx" / "calamine_errors.xlsx"
    wanted = expected[path.name]["openpyxl"]["Feuil1"]["rows"]
    assert ours(open_table(path, header_row=NO_HEADER))[0][:ROWS] == wanted


def test_sheets_are_hidden_where_they_were_expected_to_be(shared_data, expected):
    for name in {name for name, _, _ in sheets(expected)} - set(REFUSED):
        table = open_table(shared_data / "xlsx" / name)
        wanted = {title: sheet for one, title, sheet in sheets(expected) if one == name}
        assert {one.name for one in table.sheets} == set(wanted)
        for one in table.sheets:
            assert one.hidden == (wanted[one.name]["state"] != "Visible")


@pytest.mark.parametrize("name", REFUSED)
def test_files_that_cannot_be_read_say_why(shared_data, name):
    with pytest.raises(Refused, match=REFUSED[name]) as caught:
        open_table(shared_data / "xlsx" / name)
    assert name in str(caught.value)


def test_every_file_is_expected_and_every_expected_one_is_there(shared_data, expected):
    found = {path.name for path in (shared_data / "xlsx").iterdir() if path.suffix != ".json"}
    assert found == set(expected)


@pytest.mark.parametrize(
    ("name", "columns", "rows", "column", "total"),
    [
        ("catering_dish_profit.xls", ("菜品ID", "菜品名", "盈利"), 10, 2, 37_535),
        ("catering_sale.xls", ("日期", "销量"), 201, 1, 2_755.2147 * 200),
        ("consumption_data.xls", ("Id", "R", "F", "M"), 940, 3, 1_061.6834 * 940),
    ],
)
def test_chinese_tables_of_excel_add_up_to_the_published_figures(
    shared_data, name, columns, rows, column, total
):
    table = open_table(shared_data / "chinese" / name)
    read = list(table.rows)
    assert (table.columns, len(read)) == (columns, rows)
    figures = [row.cells[column] for row in read if row.cells[column] is not None]
    assert sum(figures) == pytest.approx(total, abs=0.05)


def test_the_days_and_the_blank_cell_of_a_table_of_sales(shared_data):
    rows = list(open_table(shared_data / "chinese" / "catering_sale.xls").rows)
    assert {type(row.cells[0]) for row in rows} == {date}
    assert sum(row.cells[1] is None for row in rows) == 1
