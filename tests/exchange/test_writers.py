"""What is written can be opened by others, and read back it is the same."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import Cancelled, Refused, Unavailable
from app.exchange.delimited_writer import write_csv
from app.exchange.protection import protect, unprotect
from app.exchange.reading import open_table
from app.exchange.workbook_writer import MOST_ROWS, Part, write_sheets, write_workbook
from app.exchange.writing import Column
from app.i18n import Message

COLUMNS = [
    Column("Name"),
    Column("Visits", "number"),
    Column("Turnover", "money"),
    Column("Since", "date"),
    Column("Last contact", "moment"),
]
ROWS = [
    ["=1+1", 5, Decimal("12.50"), date(2026, 3, 4), datetime(2026, 3, 4, 15, 30)],
    ["王伟 <b>&", None, -3.25, None, None],
]
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
NUMBERS = st.one_of(
    st.integers(-(10**14), 10**14), st.floats(allow_nan=False, allow_infinity=False)
)
DATES = st.dates(date(1900, 3, 1), date(9999, 12, 31))
MOMENTS = st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 30))
ROUNDS = settings(max_examples=60, deadline=None)


def back(path):
    return list(open_table(path, header_row=1).rows)


def test_a_workbook_looks_and_holds_as_asked(tmp_path):
    path = tmp_path / "list.xlsx"
    written = write_workbook(path, "客户 [1/2]", COLUMNS, ROWS)
    sheet = openpyxl.load_workbook(path).active
    assert (written.rows, written.sheets, written.notices) == (2, 1, ())
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:E3")
    assert [cell.value for cell in sheet[1]] == [column.title for column in COLUMNS]
    assert all(cell.font.bold for cell in sheet[1])
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["A2"].quotePrefix) == (
        "=1+1",
        "s",
        True,
    )
    assert (sheet["B2"].value, sheet["C2"].value, sheet["C2"].number_format) == (
        5,
        12.5,
        "#,##0.00",
    )
    assert (sheet["D2"].is_date, sheet["E2"].value) == (True, datetime(2026, 3, 4, 15, 30))
    assert sheet.column_dimensions["A"].width == 18
    assert sheet.title == "客户  1 2"


@ROUNDS
@given(rows=st.lists(st.tuples(TEXT, NUMBERS, DATES, MOMENTS), min_size=1, max_size=8))
def test_a_workbook_read_back_is_the_same(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("book") / "list.xlsx"
    columns = [Column("a"), Column("b", "number"), Column("c", "date"), Column("d", "moment")]
    write_workbook(path, "x", columns, rows)
    for row, (text, number, day, moment) in zip(back(path), rows, strict=True):
        assert row.cells[0] == (text or None)
        assert row.cells[1:3] == (number, day)
        seen = row.cells[3]
        exact = seen if isinstance(seen, datetime) else datetime.combine(seen, datetime.min.time())
        assert abs(exact - moment) <= timedelta(milliseconds=1)


@ROUNDS
@given(rows=st.lists(st.tuples(TEXT, NUMBERS, DATES), min_size=1, max_size=8))
def test_delimited_text_read_back_is_the_same(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("text") / "list.csv"
    write_csv(path, [Column("a"), Column("b", "number"), Column("c", "date")], rows)
    for row, (text, number, day) in zip(back(path), rows, strict=True):
        assert row.problem is None
        assert row.cells[0] == (text or None)
        assert type(number)(row.cells[1]) == number
        assert row.cells[2] == day.isoformat()


@given(text=st.text(st.sampled_from("'=+-@\t\r\n＝0 9a.,"), max_size=6))
def test_protection_is_taken_back_exactly(text):
    assert unprotect(protect(text)) == text


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(A1)", "-2+3+cmd|' /C calc'!A0", "+86-138", "\t=1", "＝1"]
)
def test_what_would_run_as_a_formula_gets_an_apostrophe(tmp_path, text):
    path = tmp_path / "list.csv"
    write_csv(path, [Column("a"), Column("b")], [[text, "x"]])
    assert f"'{text}" in path.read_bytes().decode("utf-8-sig")
    assert back(path)[0].cells[0] == text


@pytest.mark.parametrize("text", ["+8613812345678", "-5", "+86 138 1234 5678", "-12.50", "O'Neil"])
def test_phones_and_figures_are_left_alone(tmp_path, text):
    path = tmp_path / "list.csv"
    write_csv(path, [Column("a"), Column("b")], [[text, "x"]])
    assert path.read_bytes() == f"\ufeffa,b\r\n{text},x\r\n".encode()


def test_what_a_spreadsheet_cannot_hold_as_a_number_or_date_is_text(tmp_path):
    path = tmp_path / "list.xlsx"
    row = [110101199003078515, float("inf"), date(1890, 5, 1), "a\x01b_x0041_\ud800"]
    write_workbook(path, "x", [Column(title) for title in "abcd"], [row])
    expected = ("110101199003078515", "inf", "1890-05-01", "a\x01b_x0041_�")
    assert back(path)[0].cells == expected


def test_a_text_longer_than_a_cell_is_cut_and_said(tmp_path):
    path = tmp_path / "list.xlsx"
    written = write_workbook(path, "x", [Column("a"), Column("b")], [["x", "长" * 40_000]])
    assert "B2" in str(written.notices[0])
    assert back(path)[0].cells[1] == "长" * 32_767


def test_rows_beyond_a_sheet_go_on_in_the_next(tmp_path):
    path = tmp_path / "list.xlsx"
    rows = ((number,) for number in range(MOST_ROWS + 1))
    assert write_workbook(path, "客户", [Column("n", "number")], rows).sheets == 2
    table = open_table(path, sheet="客户 (2)")
    assert [row.cells[0] for row in table.rows] == [MOST_ROWS - 1, MOST_ROWS]


def test_several_lists_stand_in_one_workbook(tmp_path):
    path = tmp_path / "file.xlsx"
    parts = [Part("Orders", [Column("a")], [["x"]]), Part("orders", [Column("b")], [])]
    assert write_sheets(path, parts).sheets == 2
    assert openpyxl.load_workbook(path).sheetnames == ["Orders", "orders (2)"]


def interrupted():
    yield ["one"]
    raise Cancelled(Message("Stopped."))


@pytest.mark.parametrize("name", ["list.xlsx", "list.csv"])
def test_a_stopped_export_leaves_the_old_file_and_nothing_else(tmp_path, name):
    path = tmp_path / name
    path.write_text("as it was")
    with pytest.raises(Cancelled):
        write(path, interrupted())
    assert path.read_text() == "as it was"
    assert list(tmp_path.iterdir()) == [path]


def write(path, rows):
    if path.suffix == ".csv":
        return write_csv(path, [Column("a")], rows)
    return write_workbook(path, "x", [Column("a")], rows)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_a_sentence(tmp_path, monkeypatch):
    import os

    full = os.open("/dev/full", os.O_WRONLY)
    named = str(tmp_path / ".list.part")
    Path(named).touch()
    monkeypatch.setattr("tempfile.mkstemp", lambda **_: (full, named))
    path = tmp_path / "list.xlsx"
    path.write_text("as it was")
    with pytest.raises(Unavailable, match="no room"):
        write(path, [["x" * 1000]] * 5000)
    assert path.read_text() == "as it was"


def test_a_missing_folder_a_folder_and_no_column_are_sentences(tmp_path):
    with pytest.raises(Unavailable, match="does not exist"):
        write(tmp_path / "gone" / "list.csv", [])
    with pytest.raises(Unavailable, match="is a folder"):
        write(tmp_path, [])
    with pytest.raises(Refused, match="no column"):
        write_csv(tmp_path / "list.csv", [], [])


def test_an_empty_list_is_a_file_with_its_header(tmp_path):
    write(tmp_path / "list.csv", [])
    assert (tmp_path / "list.csv").read_bytes() == b"\xef\xbb\xbfa\r\n"
    assert write(tmp_path / "list.xlsx", []).rows == 0
