"""Workbooks cut off or changed anywhere are read or refused, soon and in little memory.

Reading them takes place in this process: if one could end it, the test run would end with it.
"""

import io
import random
import resource
import zipfile
from datetime import date

import openpyxl
import pytest

from app.errors import Refused
from app.exchange.reading import open_table
from tests.exchange.ods_files import cell, kept, made, ods, row, table
from tests.exchange.outlook_files import ole
from tests.exchange.xls_files import (
    DAY,
    error,
    figure,
    formula,
    label,
    merged,
    shared,
    sheet,
    size,
    small,
    smalls,
    stream,
    xls,
)

XML = (b"", b"9999999", b"<", b">", b'"', b"&", b"\xff", b"<table:table>", b"</table:table>")
MB = 1024 * 1024
HEADER = label(0, 0, "客户名称") + label(0, 1, "电话") + label(0, 2, "日期")
ROWS = b"".join(
    shared(n, 0, n - 1) + figure(n, 1, 13812340000 + n) + figure(n, 2, 46000 + n, DAY)
    for n in range(1, 40)
)
ODD = smalls(40, 0, [1, 2, 3]) + small(41, 0, 5) + formula(42, 0, "x") + error(43, 0, 42)
CELLS = size(44, 3) + HEADER + ROWS + ODD + merged((50, 52, 0, 1))
TEXTS = [f"客户{n}" for n in range(39)]
STREAM = stream(sheet(CELLS, "客户"), sheet(label(0, 0, "old"), "旧", 1), shared_texts=TEXTS)


def outcome(path, content):
    """What is said about the file; nothing where it is read. Anything else fails the test."""
    path.write_bytes(content)
    said = path.name
    try:
        table = open_table(path)
        for _ in table.rows:
            pass
    except Refused as refused:
        said = str(refused)
    assert path.name in said
    return "" if said == path.name else said


def peak():
    """The most memory that this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@pytest.fixture(scope="module")
def ods_bytes(tmp_path_factory):
    day = kept("date", "2026-03-04", "04/03/26")
    wide = made("string", "<text:p>王</text:p>", 'table:number-rows-spanned="2"')
    rows = [row(f"客户{n}", 13812340000 + n, day, wide if n == 3 else "x") for n in range(50)]
    path = tmp_path_factory.mktemp("ods") / "list.ods"
    return ods(path, table(row("客户名称", "电话", "日期", "负责人"), *rows)).read_bytes()


def test_the_workbooks_damaged_here_are_sound(tmp_path, ods_bytes):
    path = tmp_path / "list.xls"
    assert not outcome(path, ole({"Workbook": STREAM}))
    assert not outcome(path, STREAM)
    assert not outcome(path, ods_bytes)


@pytest.mark.parametrize("name", ["list.xls", "list.ods"])
def test_cut_off_anywhere_they_are_refused(tmp_path, ods_bytes, name):
    whole = ods_bytes if name == "list.ods" else ole({"Workbook": STREAM})
    for length in {*range(8, len(whole) - 512, 61), len(whole) // 2}:
        assert outcome(tmp_path / name, whole[:length])


def test_records_cut_off_anywhere_are_refused(tmp_path):
    alone = stream(sheet(CELLS, "客户"), shared_texts=TEXTS)
    for length in range(6, len(alone), 7):
        assert outcome(tmp_path / "list.xls", alone[:length])


@pytest.mark.parametrize("seed", range(4))
def test_with_bytes_changed_they_are_read_or_refused_in_little_memory(tmp_path, ods_bytes, seed):
    dice = random.Random(seed)
    before = peak()
    for whole, name in (
        (ole({"Workbook": STREAM}), "list.xls"),
        (STREAM, "list.xls"),
        (ods_bytes, "list.ods"),
    ):
        for _ in range(60):
            content = bytearray(whole)
            for _ in range(dice.choice((1, 1, 2, 8, 50))):
                content[dice.randrange(len(content))] = dice.choice(
                    (0, 1, 0x7F, 0x80, 0xFF, dice.randrange(256))
                )
            outcome(tmp_path / name, bytes(content))
    assert peak() - before < 100


@pytest.mark.parametrize("seed", range(4))
def test_with_the_container_changed_they_are_read_or_refused_in_little_memory(tmp_path, seed):
    dice = random.Random(seed)
    whole = ole({"Workbook": STREAM})
    before = peak()
    for _ in range(100):
        content = bytearray(whole)
        # the header, the table of sectors and the directory say how large everything is
        start = dice.choice((24, len(whole) - 512, len(whole) - 1024))
        for _ in range(dice.choice((1, 2, 4))):
            place = start + dice.randrange(0, 488, 4)
            number = dice.choice((0, 1, 2, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFE, dice.randrange(100)))
            content[place : place + 4] = number.to_bytes(4, "little")
        outcome(tmp_path / "list.xls", bytes(content))
    assert peak() - before < 100


@pytest.mark.parametrize("seed", range(4))
def test_with_the_xml_changed_they_are_read_or_refused_in_little_memory(tmp_path, ods_bytes, seed):
    dice = random.Random(seed)
    source = tmp_path / "sound.ods"
    source.write_bytes(ods_bytes)
    with zipfile.ZipFile(source) as package:
        content = package.read("content.xml")
    before = peak()
    for _ in range(60):
        changed = bytearray(content)
        for _ in range(dice.choice((1, 2, 5))):
            place = dice.randrange(len(changed))
            changed[place : place + dice.choice((0, 1, 9))] = dice.choice(
                (
                    b"",
                    b"9999999",
                    b"<",
                    b">",
                    b'"',
                    b"&",
                    b"\xff",
                    b"<table:table>",
                    b"</table:table>",
                )
            )
        target = tmp_path / "list.ods"
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("content.xml", bytes(changed))
        outcome(target, target.read_bytes())
    assert peak() - before < 100


@pytest.fixture(scope="module")
def xlsx_parts(tmp_path_factory):
    book = openpyxl.Workbook()
    for cells in [["客户名称", "电话", "日期"], *[["客户", 1381234, date(2026, 1, 1)]] * 30]:
        book.active.append(cells)
    book.active.merge_cells("A40:B42")
    path = tmp_path_factory.mktemp("xlsx") / "list.xlsx"
    book.save(path)
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    "place", [b"A9999999", b"A99999999999", b"XFD2", b"ZZZZ2", b"C99999", b"XFD1048576", b"-1"]
)
def test_one_wrong_place_of_a_cell_does_not_end_the_process(tmp_path, xlsx_parts, place):
    part = "xl/worksheets/sheet1.xml"
    changed = xlsx_parts[part].replace(b'r="A5"', b'r="' + place + b'"')
    before = peak()
    outcome(tmp_path / "list.xlsx", packed(xlsx_parts | {part: changed}))
    assert peak() - before < 300


@pytest.mark.parametrize("seed", range(4))
def test_an_xlsx_with_its_xml_changed_is_read_or_refused(tmp_path, xlsx_parts, seed):
    dice = random.Random(seed)
    names = [name for name in xlsx_parts if name.startswith("xl/") and "theme" not in name]
    before = peak()
    for _ in range(60):
        name = dice.choice(names)
        changed = bytearray(xlsx_parts[name])
        figures = [at for at, sign in enumerate(changed) if chr(sign).isdigit()]
        for _ in range(dice.choice((1, 2, 5))):
            place = dice.choice(figures) if figures else dice.randrange(len(changed))
            changed[place : place + dice.choice((0, 1, 9))] = dice.choice((*XML, b"XFD999999"))
        outcome(tmp_path / "list.xlsx", packed(xlsx_parts | {name: bytes(changed)}))
    assert peak() - before < 300


def test_a_stream_said_to_be_larger_than_the_file_is_not_read(tmp_path):
    whole = bytearray(ole({"Workbook": STREAM}))
    entry = whole.find("Workbook".encode("utf-16-le"))
    whole[entry + 120 : entry + 124] = (0x7FFFFFF0).to_bytes(4, "little")
    before = peak()
    assert "damaged" in outcome(tmp_path / "list.xls", bytes(whole))
    assert peak() - before < 50


def test_merged_cells_beyond_the_sheet_do_no_harm(tmp_path):
    wrong = merged(*[(0, 65_535, 0, 65_535)] * 500, (9, 2, 9, 2), (70_000 & 0xFFFF, 1, 5, 1))
    assert not outcome(tmp_path / "list.xls", xls(sheet(CELLS + wrong), shared_texts=TEXTS))


def test_real_workbooks_with_bytes_changed(shared_data, tmp_path):
    dice = random.Random(1)
    before = peak()
    for path in sorted(shared_data.glob("*/*.xls")) + sorted(shared_data.glob("*/*.ods")):
        whole = path.read_bytes()
        for _ in range(12):
            content = bytearray(whole)
            for _ in range(dice.choice((1, 5, 50))):
                content[dice.randrange(len(content))] = dice.randrange(256)
            outcome(tmp_path / path.name, bytes(content))
        outcome(tmp_path / path.name, whole[: dice.randrange(1, len(whole))])
    assert peak() - before < 100


def test_a_cell_of_ten_megabytes_is_read_as_it_is(tmp_path):
    path = ods(tmp_path / "list.ods", table(row("Name", "Note"), row("甲", cell("x" * 10 * MB))))
    assert not outcome(path, path.read_bytes())
