"""Workbooks of LibreOffice and other programs that write OpenDocument."""

from datetime import date, datetime

import pytest

from app.errors import Refused
from app.exchange.reading import open_table
from app.exchange.tables import CellError
from tests.exchange.ods_files import cell, kept, made, ods, row, table

HEADER = row("客户名称", "电话")
RUBY = "<text:ruby-base>王</text:ruby-base><text:ruby-text>wáng</text:ruby-text>"
RUBY = f"<text:p><text:ruby>{RUBY}</text:ruby></text:p>"


@pytest.fixture
def opened(tmp_path):
    def opened(*sheets, **more):
        return open_table(ods(tmp_path / "list.ods", *sheets, **more))

    return opened


def cells(table):
    return [row.cells for row in table.rows]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (cell("张伟"), "张伟"),
        (cell(13812345678), 13812345678),
        (cell(2.5), 2.5),
        (cell(True), True),
        (kept("percentage", "0.25", "25%"), 0.25),
        (kept("currency", "12.5", "¥12.50", 'office:currency="CNY"'), 12.5),
        (kept("date", "2026-03-04", "04/03/26"), date(2026, 3, 4)),
        (kept("date", "2026-03-04T00:00:00", "04/03/26"), date(2026, 3, 4)),
        (kept("date", "2026-03-04T15:30:00.5", "x"), datetime(2026, 3, 4, 15, 30, 0, 500_000)),
        (kept("date", "2026-02-30", "30/02/26"), "30/02/26"),
        (kept("date", "-0044-03-15", "Ides"), "Ides"),
        (kept("time", "PT09H30M00S", "9:30"), "09:30:00"),
        (kept("time", "PT255H10M10S", "255:10"), "255:10:10"),
        (kept("time", "soon", "soon"), "soon"),
        (kept("float", "NaN", "?"), "?"),
        (kept("float", "much", "much"), "much"),
        (made("string", "<text:p>shown</text:p>", 'office:string-value="kept"'), "kept"),
    ],
)
def test_every_kind_of_value_is_read(opened, written, found):
    assert cells(opened(table(HEADER, row("甲", written)))) == [("甲", found)]


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ("<text:p>one</text:p><text:p>two</text:p>", "one\ntwo"),
        ("<text:p>a<text:s text:c='3'/>b</text:p>", "a   b"),
        ("<text:p>\n  a\n  b</text:p>", "a b"),
        ("<text:p>a<text:tab/>b<text:line-break/>c</text:p>", "a\tb\nc"),
        ("<text:p><text:span>bold</text:span> <text:a>link</text:a></text:p>", "bold link"),
        ("<office:annotation><text:p>a remark</text:p></office:annotation><text:p>x</text:p>", "x"),
        ("<draw:frame><text:p>a picture</text:p></draw:frame><text:p>x</text:p>", "x"),
        (
            RUBY,
            "王",
        ),
        ("<text:p>R&amp;D &#x1F600;</text:p>", "R&D 😀"),
    ],
)
def test_text_is_what_the_cell_shows(opened, inside, found):
    assert cells(opened(table(HEADER, row("甲", made("string", inside))))) == [("甲", found)]


@pytest.mark.parametrize(
    "attributes",
    ['calcext:value-type="error" office:string-value=""', 'table:formula="of:=NA()"'],
)
def test_error_cells_are_reported_where_they_stand(opened, attributes):
    wrong = made("string", "<text:p>#N/A</text:p>", attributes)
    typed = made("string", "<text:p>#N/A</text:p>")
    assert cells(opened(table(HEADER, row(wrong, typed)))) == [(CellError("#N/A"), "#N/A")]


def test_errors_of_older_programs_that_call_them_figures(opened):
    wrong = kept("float", "0", "#DIV/0!", 'table:formula="of:=1/0"')
    other = made("string", "<text:p>Err:502</text:p>", 'table:formula="of:=X"')
    assert cells(opened(table(HEADER, row(wrong, other)))) == [
        (CellError("#DIV/0!"), CellError("Err:502"))
    ]


def test_titles_merged_cells_and_blank_rows_above_the_header(opened):
    title = made("string", "<text:p>名单</text:p>", 'table:number-columns-spanned="2"')
    owner = made("string", "<text:p>王</text:p>", 'table:number-rows-spanned="2"')
    covered = "<table:covered-table-cell/>"
    made_of = [row(title, covered), row(None, times=3), HEADER, row("甲", owner)]
    found = opened(table(*made_of, row("乙", covered), row("丙", None)))
    assert (found.header_row, found.columns) == (5, ("客户名称", "电话"))
    assert cells(found) == [("甲", "王"), ("乙", "王"), ("丙", None)]


def test_what_lies_under_a_merged_cell_is_not_read(opened):
    wide = made("string", "<text:p>甲</text:p>", 'table:number-columns-spanned="2"')
    under = "<table:covered-table-cell office:value-type='string'><text:p>x</text:p>"
    assert cells(opened(table(HEADER, row(wide, under + "</table:covered-table-cell>")))) == [
        ("甲", None)
    ]


def test_visible_sheets_come_first_and_copies_of_other_files_are_none(opened):
    found = opened(
        table(row("Name"), row("old"), name="旧", style="ta2"),
        table(row("Name"), row("new"), name="新"),
        table(row("a"), row("b"), name="'file:///other.ods'#$Sheet1", style="ta_extref"),
    )
    assert [(one.name, one.rows, one.hidden) for one in found.sheets] == [
        ("新", 2, False), ("旧", 2, True),
    ]  # fmt: skip
    assert (found.sheet, cells(found)) == ("新", [("new",)])


def test_rows_that_repeat_come_as_often_and_are_numbered(opened):
    found = opened(table(HEADER, row("甲", "1", times=3), row(None, times=5), row("乙", "2")))
    assert [(one.number, one.cells[0]) for one in found.rows] == [
        (2, "甲"), (3, "甲"), (4, "甲"), (10, "乙"),
    ]  # fmt: skip
    assert list(found.rows) == list(found.rows)


def test_cells_that_repeat_stand_side_by_side(opened):
    twice = '<table:table-cell table:number-columns-repeated="2" office:value-type="float" '
    found = opened(table(row("A b", "B c", "C d"), row(f'{twice}office:value="7"/>', "x")))
    assert cells(found) == [(7, 7, "x")]


def test_a_sheet_ends_in_a_million_blank_rows_and_columns(opened):
    blank = '<table:table-cell table:number-columns-repeated="16384" table:style-name="ce1"/>'
    found = opened(table(HEADER, row("甲", "1", blank), row(blank, times=1_048_574)))
    assert (found.sheets[0].rows, cells(found)) == (2, [("甲", "1")])


def test_rows_in_groups_and_headings_that_repeat_on_every_page(opened):
    heading = f"<table:table-header-rows>{HEADER}</table:table-header-rows>"
    group = f"<table:table-row-group>{row('甲', '1')}</table:table-row-group>"
    assert cells(opened(table(heading, group))) == [("甲", "1")]


def test_changes_that_were_tracked_are_no_cells(opened):
    tracked = "<table:tracked-changes><table:deletion><table:table-cell><text:p>x</text:p>"
    tracked += "</table:table-cell></table:deletion></table:tracked-changes>"
    links = "<table:dde-links><table:dde-link>" + table(row("z"), name="z")
    links += "</table:dde-link></table:dde-links>"
    found = opened(tracked, table(HEADER, row("甲", "1")), links)
    assert ([one.name for one in found.sheets], cells(found)) == (["Sheet1"], [("甲", "1")])


@pytest.mark.parametrize("name", ["list.xlsx", "list.csv", "list"])
def test_an_ods_under_a_wrong_name_is_read_as_what_it_is(tmp_path, name):
    assert cells(open_table(ods(tmp_path / name, table(HEADER, row("甲", "1"))))) == [("甲", "1")]


# --- bad input

MANY = 'table:number-columns-repeated="16384" office:value-type="float" office:value="1"'


@pytest.mark.parametrize(
    "rows",
    [
        [row(f"<table:table-cell {MANY}/>", times=1_048_576)],
        [row(f"<table:table-cell {MANY}/>") for _ in range(20_000)],
        [row("x"), row(None, times=1_048_575), row("x", times=1_048_576)],
        [row("<table:table-cell table:number-columns-repeated='99999'/>", "x")],
        [row(f"<table:table-cell {MANY.replace('16384', '999999999')}/>")],
    ],
    ids=["block", "rows", "beyond the last", "far right", "a billion"],
)
def test_cells_that_repeat_without_end_do_not_fill_the_memory(opened, rows):
    with pytest.raises(Refused, match="too many to load"):
        opened(table(HEADER, *rows))


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
    ],
)
def test_declared_entities_are_not_resolved(opened, before):
    with pytest.raises(Refused, match="damaged"):
        opened(table(HEADER, row("甲", "1")), before=before)


@pytest.mark.parametrize(
    "inside",
    [
        "<text:p>" + "<text:s text:c='999999999'/>" * 50 + "</text:p>",
        "<text:p>" + "x" * 20_000_000 + "</text:p>",
        "<text:p>xyz</text:p>" * 250_001,
    ],
    ids=["spaces", "letters", "paragraphs"],
)
def test_a_cell_without_end_is_cut_where_no_field_holds_it(opened, inside):
    ((_, huge),) = cells(opened(table(HEADER, row("甲", made("string", inside)))))
    assert len(huge) == 1_000_001


def test_a_tag_without_end_is_not_waited_for(opened):
    endless = [f'{table(HEADER)}<table:table table:name="', *["x" * (1 << 20)] * 40]
    with pytest.raises(Refused, match="damaged"):
        opened(endless, more=[("filler", b"".join(n.to_bytes(4, "big") for n in range(200_000)))])


@pytest.mark.parametrize(
    "wrong",
    [
        "<table:table-row>",
        row("<table:table-cell table:number-columns-repeated='x'/>"),
        "<a>" * 100_000,
        "\x01",
        "&nbsp;",
    ],
    ids=["not closed", "no number", "deep", "control", "entity"],
)
def test_what_is_no_sound_xml_is_refused(opened, wrong):
    with pytest.raises(Refused, match="damaged"):
        opened(table(HEADER, row("甲", "1"), wrong))


def test_tables_within_tables_are_refused(opened):
    with pytest.raises(Refused, match="damaged"):
        opened(table(HEADER, table(row("x"))))


def test_a_password_is_named_as_the_reason(opened):
    manifest = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    with pytest.raises(Refused, match="password"):
        opened(table(HEADER), more=[("META-INF/manifest.xml", manifest)])
    with pytest.raises(Refused, match="password"):
        opened(table(HEADER), more=[("encrypted-package", b"x")])


def test_a_letter_is_no_spreadsheet(opened):
    with pytest.raises(Refused, match="no spreadsheet"):
        opened(table(HEADER), kind="application/vnd.oasis.opendocument.text")


def test_a_header_only_and_an_empty_workbook_are_refused(opened):
    with pytest.raises(Refused, match="no rows below"):
        opened(table(HEADER))
    with pytest.raises(Refused, match="anything"):
        opened(table(row(None)))
    with pytest.raises(Refused, match="anything"):
        opened()


def test_a_full_disk_is_a_sentence(tmp_path, monkeypatch):
    path = ods(tmp_path / "list.ods", table(HEADER, row("甲", "1")))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(Refused, match="no room"):
        open_table(path)
