"""Workbooks as other programs write them, and damaged ones."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from app.errors import Refused
from app.exchange.reading import open_table
from app.exchange.tables import CellError

HEADER = ["客户名称", "负责人", "电话"]


def saved(folder, book, name="book.xlsx"):
    path = folder / name
    book.save(path)
    return path


def filled(*rows, title="客户"):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return book


def repacked(path, part, change):
    """The same package with one part's bytes changed."""
    result = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(result, "w", 8) as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, change(data) if name == part else data)
    path.write_bytes(result.getvalue())
    return path


def cells(table):
    return [row.cells for row in table.rows]


def test_values_keep_their_kinds(tmp_path):
    moment = datetime(2026, 3, 4, 15, 30)
    row = ["张伟", 13812345678, "007", 2.5, True, date(2026, 3, 4), moment, None]
    titles = ["姓名", "电话", "编号", "金额", "会员", "日期", "时间", "备注"]
    table = open_table(saved(tmp_path, filled(titles, row)))
    assert cells(table) == [tuple(row)]
    assert [type(cell) for cell in cells(table)[0]][:3] == [str, int, str]


def test_a_merged_title_and_blank_rows_above_the_header_are_passed_over(tmp_path):
    book = filled(["2026年客户名单", None, None], [], HEADER, ["甲", "王", "13812345678"])
    book.active.merge_cells("A1:C1")
    table = open_table(saved(tmp_path, book))
    assert (table.header_row, list(table.columns)) == (3, HEADER)
    assert [row.number for row in table.rows] == [4]


def test_a_header_of_two_rows_is_named_by_the_lower_one(tmp_path):
    book = filled(
        ["公司", "联系人", None], [None, "姓名", "电话"], ["甲公司", "王伟", "13812345678"]
    )
    book.active.merge_cells("A1:A2")
    book.active.merge_cells("B1:C1")
    table = open_table(saved(tmp_path, book))
    assert (table.header_row, table.columns) == (2, ("公司", "姓名", "电话"))


def test_an_owner_merged_downwards_holds_for_every_row(tmp_path):
    book = filled(
        HEADER, ["甲", "王", "1"], ["乙", None, "2"], ["丙", None, "3"], ["丁", None, "4"]
    )
    book.active.merge_cells("B2:B4")
    assert [row[1] for row in cells(open_table(saved(tmp_path, book)))] == ["王", "王", "王", None]


def test_a_header_that_comes_again_is_no_entry(tmp_path):
    book = filled(HEADER, ["甲", "王", "13812345678"], HEADER, ["乙", "王", "13900001111"])
    rows = list(open_table(saved(tmp_path, book)).rows)
    assert [row.number for row in rows if row.problem] == [3]


def test_numbers_and_dates_kept_as_text_stay_what_was_typed(tmp_path):
    typed = ["013812345678", "1,234.50", "2026年3月4日", "04/03/2026", "4.3.26", "1e5"]
    book = filled(["姓名", "电话", "金额", "生日", "日期", "时间", "编号"], ["甲", *typed])
    assert cells(open_table(saved(tmp_path, book))) == [("甲", *typed)]


def test_a_formula_is_what_it_came_to_or_nothing_where_nobody_worked_it_out(tmp_path):
    path = saved(tmp_path, filled(HEADER, ["甲", "=1+1", "13812345678"]))
    assert cells(open_table(path)) == [("甲", None, "13812345678")]
    part = "xl/worksheets/sheet1.xml"
    repacked(path, part, lambda data: data.replace(b"<v />", b"<v>2</v>", 1))
    assert cells(open_table(path)) == [("甲", 2, "13812345678")]


def test_declared_entities_are_not_resolved(tmp_path):
    path = saved(tmp_path, filled(HEADER, ["甲", "王", "1"]))
    bomb = b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 1000 + b'"><!ENTITY b "' + b"&a;" * 1000 + b'">]>'

    def change(data):
        return bomb + data.replace("甲".encode(), b"&b;" * 1000)

    repacked(path, "xl/worksheets/sheet1.xml", change)
    with pytest.raises(Refused, match="damaged"):
        list(open_table(path).rows)


def test_the_last_row_of_a_sheet_is_within_reach(tmp_path):
    book = filled(HEADER, ["甲", "王", "1"])
    book.active["A1048576"] = "乙"
    table = open_table(saved(tmp_path, book))
    assert (table.expected_rows, [row.number for row in table.rows]) == (1_048_575, [2, 1_048_576])


def test_visible_sheets_come_before_hidden_ones(tmp_path):
    book = filled(["Name"], ["hidden"], title="Old")
    book.active.sheet_state = "hidden"
    book.create_sheet("Empty")
    book.create_sheet("New").append(["Name"])
    book["New"].append(["visible"])
    book.active = 2
    path = saved(tmp_path, book)
    table = open_table(path)
    assert (table.sheet, [one.name for one in table.sheets]) == ("New", ["Empty", "New", "Old"])
    assert cells(open_table(path, sheet="Old")) == [("hidden",)]
    with pytest.raises(Refused, match="Empty, New, Old"):
        open_table(path, sheet="Nowhere")


def test_error_cells_are_reported_where_they_stand(tmp_path):
    book = filled(["Name", "Phone"], ["Ann", "=NA()"])
    path = repacked(
        saved(tmp_path, book),
        "xl/worksheets/sheet1.xml",
        lambda data: data.replace(
            b'<c r="B2"><f>NA()</f><v /></c>', b'<c r="B2" t="e"><f>NA()</f><v>#N/A</v></c>'
        ),
    )
    assert cells(open_table(path)) == [("Ann", CellError("#N/A"))]


def test_the_seven_errors_of_a_real_workbook(shared_data):
    table = open_table(shared_data / "xlsx" / "calamine_errors.xlsx")
    found = [row[0].code for row in cells(table)]
    assert found == ["#DIV/0!", "#NAME?", "#VALUE!", "#NULL!", "#REF!", "#NUM!", "#N/A"]


def test_real_merged_ranges(shared_data):
    path = shared_data / "xlsx" / "calamine_merged_range.xlsx"
    table = open_table(path, sheet="Sheet1")
    assert table.columns == ("A1", "B1", "C1", "C1 (2)", "E1", "F1", "G1", "H1")
    assert [row.number for row in table.rows] == [3, 4]
    assert cells(table)[0] == ("A3", "B3", "C3", None, "E3", "F3", "G3", "H3")


def test_real_workbook_with_hidden_sheets_and_a_chart(shared_data):
    table = open_table(shared_data / "xlsx" / "calamine_any_sheets.xlsx")
    assert [(one.name, one.hidden) for one in table.sheets] == [
        ("Visible", False),
        ("Hidden", True),
        ("VeryHidden", True),
    ]
    assert (table.header_row, table.columns) == (0, ("A", "B"))
    assert cells(table)[0] == (1, 2)


@pytest.mark.parametrize(
    ("name", "column", "first"),
    [
        ("calamine_date_1904.xlsx", 0, date(2021, 1, 1)),
        ("sheetjs_1904.xlsx", 1, date(1904, 1, 2)),
        ("sheetjs_1900.xlsx", 1, date(1900, 1, 1)),
        ("calamine_date_iso.xlsx", 0, date(2021, 1, 1)),
    ],
)
def test_dates_of_either_epoch(shared_data, name, column, first):
    assert cells(open_table(shared_data / "xlsx" / name))[0][column] == first


@pytest.mark.parametrize(
    ("name", "row", "first"),
    [("calamine_header-row.xlsx", 9, 10), ("calamine_temperature-in-middle.xlsx", 4, 5)],
)
def test_headers_further_down_and_to_the_right(shared_data, name, row, first):
    table = open_table(shared_data / "xlsx" / name)
    assert (table.header_row, next(iter(table.rows)).number) == (row, first)


def test_every_real_workbook_is_read_or_refused_with_a_sentence(shared_data):
    refused = {
        "calamine_empty_sheet.xlsx",
        "calamine_pass_protected.xlsx",
        "poi_poc-xmlbomb-empty.xlsx",
    }
    for path in sorted((shared_data / "xlsx").glob("*.xlsx")):
        if path.name in refused:
            with pytest.raises(Refused, match=path.name):
                open_table(path)
        else:
            assert list(open_table(path).rows)


def test_a_password_is_named_as_the_reason(shared_data):
    with pytest.raises(Refused, match="password"):
        open_table(shared_data / "xlsx" / "calamine_pass_protected.xlsx")


@pytest.mark.parametrize("name", ["list.csv", "list.xls", "list"])
def test_a_workbook_under_a_wrong_name_is_read_as_what_it_is(tmp_path, name):
    path = saved(tmp_path, filled(HEADER, ["甲", "王", "1"]))
    assert cells(open_table(path.rename(tmp_path / name))) == [("甲", "王", "1")]


def test_text_called_a_workbook_is_read(tmp_path):
    path = tmp_path / "export.xls"
    path.write_bytes("客户名称\t电话\n甲\t13812345678\n".encode("gb18030"))
    assert cells(open_table(path)) == [("甲", "13812345678")]


@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
def test_a_truncated_workbook_is_refused(tmp_path, share):
    path = saved(tmp_path, filled(HEADER, ["甲", "王", "1"]))
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(Refused, match="damaged"):
        open_table(path)


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    path = saved(tmp_path, filled(HEADER, ["甲", "王", "1"]))
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package,
        package.open("xl/media/bomb.bin", "w", force_zip64=True) as member,
    ):
        for _ in range(300):
            member.write(bytes(1 << 20))
    with pytest.raises(Refused, match="GB"):
        open_table(path)


def test_a_part_larger_than_it_says_is_refused(tmp_path):
    path = saved(tmp_path, filled(HEADER, *[["甲", "王", str(n)] for n in range(500)]))
    with zipfile.ZipFile(path) as package:
        size = package.getinfo("xl/worksheets/sheet1.xml").file_size.to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (100).to_bytes(4, "little")))
    with pytest.raises(Refused, match="damaged"):
        open_table(path)


def test_a_cell_in_the_last_corner_does_not_fill_the_memory(tmp_path):
    book = filled(HEADER, ["甲", "王", "1"])
    book.active["XFD1048576"] = "far off"
    with pytest.raises(Refused, match="16384 columns by 1048576 rows"):
        open_table(saved(tmp_path, book))


def test_formatted_empty_cells_far_off_do_not_matter(tmp_path):
    book = filled(HEADER, ["甲", "王", "1"])
    book.active["XFD1048576"].number_format = "0.00"
    assert len(cells(open_table(saved(tmp_path, book)))) == 1


def test_as_many_columns_as_a_sheet_may_have_are_read(tmp_path):
    columns = 16_384
    book = filled([f"Column {n}" for n in range(columns)], *[range(columns)] * 3)
    table = open_table(saved(tmp_path, book))
    assert (table.header_row, len(table.columns)) == (1, columns)
    assert [len(row) for row in cells(table)] == [columns] * 3


def test_a_table_far_to_the_right_is_found(tmp_path):
    book = filled()
    for at, (title, value) in enumerate(zip(HEADER, ["甲", "王", "13812345678"], strict=True)):
        book.active.cell(7, 400 + at, title)
        book.active.cell(8, 400 + at, value)
    table = open_table(saved(tmp_path, book))
    assert (table.header_row, list(table.columns[399:])) == (7, HEADER)


def test_a_header_only_and_an_empty_workbook_are_refused(tmp_path):
    with pytest.raises(Refused, match="no rows below"):
        open_table(saved(tmp_path, filled(HEADER)))
    with pytest.raises(Refused, match="anything"):
        open_table(saved(tmp_path, filled()))
