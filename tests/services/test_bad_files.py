"""Files that are no list, or a bad one: a sentence, and the customers as they were."""

import zipfile

import openpyxl
import pytest

from app.domain.lists import ListQuery
from app.errors import Refused
from app.services.customers import CustomerService
from app.services.imports import ImportService
from tests import factories
from tests.exchange.ods_files import made, ods, row, table
from tests.exchange.xls_files import error, label, record, sheet, xls

HEADER = "客户名称,手机,成交日期,备注\n"
SOUND = "乙公司,13900001111,,\n"
XLS = label(0, 0, "客户名称") + label(0, 1, "手机") + label(2, 0, "乙公司")


@pytest.fixture
def boss(db):
    return factories.staff(db)


@pytest.fixture
def service(db):
    return ImportService(db)


def names(db, actor):
    customers = CustomerService(db)
    found = customers.ids(actor, ListQuery())
    return sorted(customers.get(actor, int(one)).draft.name for one in found)


def bomb(path):
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package,
        package.open("content.xml", "w", force_zip64=True) as member,
    ):
        for _ in range(300):
            member.write(bytes(1 << 20))


def workbook(path, *rows):
    book = openpyxl.Workbook()
    for cells in rows:
        book.active.append(cells)
    book.save(path)


REFUSED = {
    "zero bytes.csv": b"",
    "zero bytes.xls": b"",
    "zero bytes.ods": b"",
    "zeros.csv": bytes(5000),
    "zeros.xls": bytes(5000),
    "picture.csv": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "picture.xls": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "page.xls": b"<html><table><tr><td>Name</td></tr></table></html>",
    "header.csv": HEADER.encode(),
    "header.xls": xls(sheet(label(0, 0, "客户名称") + label(0, 1, "手机"))),
    "password.xls": xls(sheet(XLS), more=record(0x2F, bytes(54))),
    "cut off.xls": xls(sheet(XLS))[:2000],
    "cut off.ods": lambda path: path.write_bytes(
        ods(path, table(row("客户名称"), row("甲"))).read_bytes()[:300]
    ),
    "zip bomb.ods": bomb,
    "xml bomb.ods": lambda path: ods(
        path, table(row("Name"), row("&b;")), before='<!DOCTYPE x [<!ENTITY b "甲">]>'
    ),
    "far off.ods": lambda path: ods(
        path,
        table(
            row("客户名称", "手机"),
            row("甲公司", '<table:table-cell table:number-columns-repeated="16381"/>', "x"),
            row(None, times=1_048_573),
            row("x"),
        ),
    ),
    "too wide.csv": b",".join([b"a"] * 16_385) + b"\n" + b",".join([b"1"] * 16_385),
    "open quote.csv": (HEADER + '"甲公司,138\n' + SOUND * 3).encode(),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_list_is_refused_by_name_and_nothing_changes(db, boss, service, tmp_path, name):
    path, content = tmp_path / name, REFUSED[name]
    if callable(content):
        content(path)
    else:
        path.write_bytes(content)
    with pytest.raises(Refused, match=name):
        service.run(boss, path)
    assert names(db, boss) == []


ROWS = {
    "nul.csv": ((HEADER + "甲\0,,,\n" + SOUND).encode(), 2, "客户名称"),
    "surrogate.csv": (HEADER.encode() + b"\xed\xa0\x80,,,\n" + SOUND.encode(), 2, "客户名称"),
    "surrogate 16.csv": (
        (HEADER + "甲\ud83d,,,\n" + SOUND).encode("utf-16", "surrogatepass"), 2, "客户名称"
    ),
    "ten megabytes.csv": ((HEADER + f"甲,,,{'x' * 10_000_000}\n" + SOUND).encode(), 2, "备注"),
    "mixed.csv": (
        (HEADER + SOUND).encode() + "甲,,,王伟\n".encode("gb18030"), 3, "客户名称"
    ),
    "two headers.csv": ((HEADER + SOUND + HEADER).encode(), 3, "titles"),
    "no such day.csv": ((HEADER + "甲,,2026-02-30,\n" + SOUND).encode(), 2, "成交日期"),
    "no such month.csv": ((HEADER + "甲,,2026-13-01,\n" + SOUND).encode(), 2, "成交日期"),
    "too many cells.csv": ((HEADER + "甲,1,2,3,4\n" + SOUND * 2).encode(), 2, "5 cells"),
    "error.xls": (xls(sheet(XLS + label(1, 0, "甲") + error(1, 1, 42))), 2, "手机"),
    "nul.xls": (xls(sheet(XLS + label(1, 0, "甲\0"))), 2, "客户名称"),
    "ten megabytes.ods": (
        lambda path: ods(
            path,
            table(row("客户名称", "备注"), row("甲", "x" * 10_000_000), row("乙公司", "")),
        ),
        2,
        "备注",
    ),
    "error.ods": (
        lambda path: ods(
            path,
            table(
                row("客户名称", "手机"),
                row("甲", made("string", "<text:p>#N/A</text:p>", 'calcext:value-type="error"')),
                row("乙公司", ""),
            ),
        ),
        2,
        "手机",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_a_bad_row_is_refused_by_row_and_column_and_the_others_are_taken(
    db, boss, service, tmp_path, name
):
    content, number, says = ROWS[name]
    path = tmp_path / name
    if callable(content):
        content(path)
    else:
        path.write_bytes(content)
    done = service.run(boss, path)
    assert [one.row for one in done.errors] == [number]
    assert says in f"{done.errors[0].column} {done.errors[0].reason}"
    assert names(db, boss) == ["乙公司"]


def test_fifty_numbers_in_a_cell_are_kept_and_emoji_and_arabic_names_as_typed(
    db, boss, service, tmp_path
):
    path = tmp_path / "list.csv"
    phones = ";".join(f"138123456{n:02}" for n in range(50))
    path.write_text(HEADER + f'😀🎉,"{phones}",,\nشركة النور,13900001111,,\n', "utf-8")
    assert service.run(boss, path).created == 2
    assert names(db, boss) == sorted(["😀🎉", "شركة النور"])
    customers = CustomerService(db)
    drafts = [customers.get(boss, int(one)).draft for one in customers.ids(boss, ListQuery())]
    assert sorted(len(draft.points) for draft in drafts) == [1, 50]


def test_garbled_text_is_warned_of_and_kept_as_it_is(db, boss, service, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(HEADER + "锟斤拷公司,13812345678,,\n" + SOUND, "utf-8")
    done = service.run(boss, path)
    assert "Row 2" in str(done.warnings[0])
    assert names(db, boss) == sorted(["锟斤拷公司", "乙公司"])


def test_as_many_columns_as_there_may_be_are_taken_in(db, boss, service, tmp_path):
    path = tmp_path / "wide.xlsx"
    workbook(path, ["客户名称", *[f"c{n}" for n in range(16_383)]], ["甲公司", *range(16_383)])
    assert service.run(boss, path).created == 1


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("catering_sale.xls", 201),
        ("catering_dish_profit.xls", 10),
        ("consumption_data.xls", 940),
        ("seed004_mojibake_in_the_wild.txt", 20),
    ],
)
def test_real_tables_without_customers_are_refused_row_by_row(
    db, boss, service, shared_data, name, rows
):
    done = service.run(boss, shared_data / "chinese" / name)
    assert (done.rows, done.refused, done.change_set) == (rows, rows, None)
    assert {str(one.reason)[:40] for one in done.errors} == {
        "No column says who the customer is. Choo"
    }
    assert names(db, boss) == []
