"""Workbooks of Excel 97 to 2003 and older, made record by record."""

import struct
from datetime import date, datetime

import pytest

from app.errors import Refused
from app.exchange.reading import open_table
from tests.exchange.outlook_files import ole
from tests.exchange.xls_files import (
    CLOCK,
    DAY,
    EXCEL_95,
    HOURS,
    MOMENT,
    PERCENT,
    error,
    figure,
    formula,
    half_float,
    label,
    merged,
    old_label,
    record,
    shared,
    sheet,
    size,
    small,
    smalls,
    stream,
    text,
    truth,
    xls,
)  # fmt: skip

HEADER = label(0, 0, "客户名称") + label(0, 1, "电话")
LEAP = 60  # the day in 1900 that there never was


@pytest.fixture
def opened(tmp_path):
    def opened(content, name="list.xls", **how):
        path = tmp_path / name
        path.write_bytes(content)
        return open_table(path, **how)

    return opened


def cells(table):
    return [row.cells for row in table.rows]


def values(opened, *made, **more):
    """What the cells of one column are read as, below a title."""
    table = opened(xls(sheet(label(0, 0, "Name") + b"".join(made)), **more), header_row=1)
    return [row.cells[0] for row in table.rows]


def test_every_kind_of_cell_is_read(opened):
    made = [
        shared(1, 0, 1), label(2, 0, "甲公司"), figure(3, 0, 13812345678), small(4, 0, 7),
        small(5, 0, 150, hundredth=True), half_float(6, 0, 2.5), truth(7, 0, True),
        formula(8, 0, 2.5), formula(9, 0, False), formula(10, 0, "text"),
        formula(11, 0, "later", between=record(0x04BC, bytes(10))), figure(12, 0, -0.125),
    ]  # fmt: skip
    found = values(opened, *made, shared_texts=("one", "张伟"))
    assert found == [
        "张伟", "甲公司", 13812345678, 7, 1.5, 2.5, True, 2.5, False, "text", "later", -0.125,
    ]  # fmt: skip
    assert [type(one) for one in found[2:4]] == [int, int]


def test_figures_side_by_side_in_one_record(opened):
    table = opened(xls(sheet(HEADER + label(0, 2, "E") + smalls(1, 0, [1, 2, 3]))))
    assert cells(table) == [(1, 2, 3)]


@pytest.mark.parametrize(
    ("value", "of", "shown"),
    [
        (46085, DAY, date(2026, 3, 4)),
        (46085, MOMENT, date(2026, 3, 4)),
        (46085.6458333333, MOMENT, datetime(2026, 3, 4, 15, 30)),
        (0.3958333333, CLOCK, "09:30:00"),
        (10.6320601852, HOURS, "255:10:10"),
        (1, DAY, date(1900, 1, 1)),
        (LEAP - 1, DAY, date(1900, 2, 28)),
        (LEAP + 1, DAY, date(1900, 3, 1)),
        (2_958_465, DAY, date(9999, 12, 31)),
        (2_958_466, DAY, 2_958_466),
        (-1, DAY, -1),
        (0.25, PERCENT, 0.25),
        (46085, 99, 46085),
    ],
)
def test_dates_and_times_are_told_by_their_format(opened, value, of, shown):
    assert values(opened, figure(1, 0, value, of)) == [shown]


def test_days_are_counted_from_1904_where_the_file_says_so(opened):
    assert values(opened, figure(1, 0, 0, DAY), figure(2, 0, 44621, DAY), from_1904=True) == [
        date(1904, 1, 1),
        date(2026, 3, 2),
    ]


@pytest.mark.parametrize(
    ("own_format", "is_date"),
    [
        ('yyyy"年"m"月"d"日"', True),
        ("[$-804]yyyy/m/d;@", True),
        ("dd.mm.yyyy", True),
        ('0.00" days"', False),
        ("[Red]0.00", False),
        ("#,##0.00\\ \\d", False),
        ("General", False),
        ("0.00E+00", False),
        ("_-* #,##0_-", False),
    ],
)
def test_the_workbooks_own_formats_are_understood(opened, own_format, is_date):
    (found,) = values(opened, figure(1, 0, 46085, PERCENT), own_format=own_format)
    assert found == (date(2026, 3, 4) if is_date else 46085)


def test_error_cells_are_reported_where_they_stand(opened):
    made = [error(n, 0, code) for n, code in enumerate((0, 7, 15, 23, 29, 36, 42), start=1)]
    found = values(opened, *made, formula(8, 0, b"\x17"))
    assert [one.code for one in found] == [
        "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#REF!",
    ]  # fmt: skip


def test_titles_merged_cells_and_blank_rows_above_the_header(opened):
    made = label(0, 0, "2026年客户名单") + label(2, 0, "客户名称") + label(2, 1, "电话")
    made += label(3, 0, "甲") + figure(3, 1, 13812345678) + figure(4, 1, 13900001111)
    table = opened(xls(sheet(made + merged((0, 0, 0, 1), (3, 4, 0, 0)))))
    assert (table.header_row, table.columns) == (3, ("客户名称", "电话"))
    assert cells(table) == [("甲", 13812345678), ("甲", 13900001111)]


def test_visible_sheets_come_first_and_charts_are_none(opened):
    content = xls(
        sheet(label(0, 0, "Name") + label(1, 0, "old"), "旧", 1),
        sheet(label(0, 0, "Name") + label(1, 0, "very"), "Kept", 2),
        sheet(b"", "Empty"),
        sheet(size(2, 1) + label(0, 0, "Name") + label(1, 0, "new"), "新"),
    )
    table = opened(content)
    assert [(one.name, one.hidden) for one in table.sheets] == [
        ("Empty", False), ("新", False), ("旧", True), ("Kept", True),
    ]  # fmt: skip
    assert (table.sheet, table.sheets[1].rows, cells(table)) == ("新", 2, [("new",)])
    assert cells(opened(content, sheet="旧")) == [("old",)]
    with pytest.raises(Refused, match="Empty, 新, 旧, Kept"):
        opened(content, sheet="x")


def test_a_chart_on_a_sheet_is_passed_over(opened):
    chart = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x20, 0, 0, 0, 0))
    chart += label(9, 9, "axis") + record(0x0A)
    assert cells(opened(xls(sheet(HEADER + chart + label(1, 0, "甲"))))) == [("甲", None)]


def test_cells_in_any_order_are_sorted_by_row(opened):
    made = label(2, 0, "乙") + label(1, 1, "2") + label(1, 0, "甲") + HEADER
    assert cells(opened(xls(sheet(made)))) == [("甲", "2"), ("乙", None)]


def test_a_long_text_runs_on_in_the_next_record_in_another_width(opened):
    first, second = "a" * 100, "客户" * 50
    head = struct.pack("<II", 2, 2) + struct.pack("<HB", 200, 0) + first.encode()
    rest = b"\x01" + second.encode("utf-16-le") + text("last")
    more = record(0xFC, head) + record(0x3C, rest)
    table = opened(xls(sheet(label(0, 0, "Name") + shared(1, 0, 0) + shared(2, 0, 1)), more=more))
    assert cells(table) == [(first + second,), ("last",)]


def test_rich_text_and_phonetic_marks_are_passed_over(opened):
    rich = struct.pack("<HBHI", 2, 1 | 4 | 8, 1, 6) + "张伟".encode("utf-16-le") + bytes(4 + 6)
    more = record(0xFC, struct.pack("<II", 2, 2) + rich + text("next"))
    table = opened(xls(sheet(label(0, 0, "Name") + shared(1, 0, 0) + shared(2, 0, 1)), more=more))
    assert cells(table) == [("张伟",), ("next",)]


def test_emoji_are_read_and_half_a_character_is_marked(opened):
    assert values(opened, label(1, 0, "王😀"), label(2, 0, "王\ud83d")) == ["王😀", "王�"]


def test_excel_95_is_read_in_its_code_page(opened):
    made = old_label(0, 0, "客户名称", "gbk") + old_label(1, 0, "王伟", "gbk")
    content = ole({"Book": stream(("客户", 0, made), version=EXCEL_95)})
    table = opened(content)
    assert (table.sheet, table.columns, cells(table)) == ("客户", ("客户名称",), [("王伟",)])


def test_records_without_a_container_are_read(opened):
    content = stream(sheet(HEADER + label(1, 0, "甲")))
    assert cells(opened(content)) == [("甲", None)]


@pytest.mark.parametrize("name", ["list.xlsx", "list.csv", "list"])
def test_an_xls_under_a_wrong_name_is_read_as_what_it_is(opened, name):
    assert cells(opened(xls(sheet(HEADER + label(1, 0, "甲"))), name)) == [("甲", None)]


def test_a_password_is_named_as_the_reason(opened):
    content = xls(sheet(HEADER + label(1, 0, "甲")), more=record(0x2F, bytes(54)))
    with pytest.raises(Refused, match="password"):
        opened(content)


def test_what_is_no_workbook_is_refused(opened):
    with pytest.raises(Refused, match="no workbook"):
        opened(ole({"WordDocument": bytes(5000)}), "letter.xls")
    with pytest.raises(Refused, match="no workbook"):
        opened(ole({"Book": b"\x09\x02\x06\x00" + bytes(4096)}))
    with pytest.raises(Refused, match="older than Excel 5"):
        opened(b"\x09\x02\x06\x00" + bytes(4096))
    with pytest.raises(Refused, match="anything"):
        opened(xls(sheet(b"")))
    with pytest.raises(Refused, match="no rows below"):
        opened(xls(sheet(HEADER)))


def test_a_wrong_size_of_the_sheet_costs_no_memory(opened):
    wrong = record(0x0200, struct.pack("<IIHHH", 0, 0x7FFFFFFF, 0, 0xFFFF, 0))
    table = opened(xls(sheet(wrong + HEADER + label(1, 0, "甲"))))
    assert (table.sheets[0].rows, cells(table)) == (None, [("甲", None)])


def test_the_last_corner_of_a_sheet_is_within_reach(opened):
    table = opened(xls(sheet(HEADER + label(1, 0, "甲") + label(65_535, 255, "far off"))))
    assert (table.expected_rows, len(table.columns)) == (65_535, 256)
    assert [row.number for row in table.rows] == [2, 65_536]
