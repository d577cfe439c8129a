"""Delimited text of every encoding and shape that businesses have."""

import pytest

from app.errors import Refused
from app.exchange.encodings import candidates, look_through
from app.exchange.reading import open_table
from app.exchange.tables import NO_HEADER

SIMPLIFIED = (
    "客户名称,手机,备注\r\n北京宏达科技有限公司,13812345678,老客户\r\n张伟,13900001111,喜欢红酒\r\n"
)
TRADITIONAL = (
    "客戶名稱,手機,備註\r\n臺北宏達科技有限公司,0912345678,老客戶\r\n張偉,0987654321,喜歡紅酒\r\n"
)


def written(folder, content, name="list.csv"):
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8-sig"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "big5hkscs"),
        (SIMPLIFIED, "utf-16", "utf-16-le"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        ("Name,City\r\nJosé Pérez,Málaga\r\nZoë Müller,Köln\r\n", "cp1252", "cp1252"),
    ],
)
def test_every_encoding_reads_as_it_was_written(tmp_path, text, encoding, found):
    table = open_table(written(tmp_path, text.encode(encoding)))
    assert table.encoding == found
    lines = [line.split(",") for line in text.strip().split("\r\n")]
    assert list(table.columns) == lines[0]
    assert [list(row.cells) for row in table.rows] == lines[1:]


@pytest.mark.parametrize(
    ("text", "codec"), [("姓名\n王伟\n", "gb18030"), ("姓名\n陳怡君\n", "big5")]
)
def test_one_short_name_is_enough_to_tell_gb18030_from_big5(tmp_path, text, codec):
    assert next(iter(open_table(written(tmp_path, text.encode(codec))).rows)).cells == (
        text.split()[1],
    )


def test_chinese_in_the_last_line_of_a_long_latin_file_decides(tmp_path):
    text = "Name,Phone\n" + "Smith,0201234567\n" * 200_000 + "王小明,13812345678\n"
    path = written(tmp_path, text.encode("gb18030"))
    table = open_table(path)
    assert table.encoding == "gb18030"
    last = list(table.rows)[-1]
    assert (last.number, last.cells[0]) == (200_002, "王小明")


def test_candidates_offer_the_likely_encoding_first_with_a_telling_line(tmp_path):
    text = "Name,City\r\nAnn,Paris\r\n王伟,北京\r\n"
    found = candidates(written(tmp_path, text.encode("gb18030")))
    assert (found[0].encoding, found[0].sample) == ("gb18030", "王伟,北京")


def test_the_chosen_encoding_is_used_and_an_unknown_one_refused(tmp_path):
    path = written(tmp_path, SIMPLIFIED.encode("gb18030"))
    assert open_table(path, encoding="gbk").columns[0] == "客户名称"
    with pytest.raises(Refused, match="klingon"):
        open_table(path, encoding="klingon")


def test_a_row_in_another_encoding_is_refused_alone(tmp_path):
    good = "姓名,城市\n" + "".join(f"客户{number},上海\n" for number in range(50))
    path = written(
        tmp_path, good.encode() + "王伟,北京\n".encode("gb18030") + "李娜,广州\n".encode()
    )
    rows = list(open_table(path).rows)
    assert [row.number for row in rows if row.problem] == [52]
    assert rows[-1].cells == ("李娜", "广州")
    "".join(map(str, rows[-2].cells)).encode()  # no lone surrogates are handed on


def test_a_short_list_with_one_row_in_another_encoding_is_no_other_encoding(tmp_path):
    good = "客户名称,手机\n" + "".join(f"客户{n},1381234{n:04}\n" for n in range(9))
    table = open_table(written(tmp_path, good.encode() + "王伟,北京\n".encode("gb18030")))
    assert table.encoding == "utf-8"
    assert [row.number for row in table.rows if row.problem] == [11]


def test_a_stray_nul_is_damage_and_no_other_encoding(tmp_path):
    table = open_table(written(tmp_path, "客户名称,手机\n甲\0,1381\n乙,139\n".encode()))
    assert table.encoding == "utf-8"
    assert "客户名称" in str(next(iter(table.rows)).problem)


@pytest.mark.parametrize("rows", [("客户名称,电话", 2), ("客户名称 , 电话", 2), (",", None)])
def test_a_header_that_comes_again_is_no_entry(tmp_path, rows):
    again, problem_at = rows
    text = f"客户名称,电话\n{again}\n甲,13812345678\n"
    table = open_table(written(tmp_path, text.encode()))
    assert [row.number for row in table.rows if row.problem] == ([problem_at] if problem_at else [])


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_every_separator_is_found(tmp_path, sign):
    rows = [["Name", "Phone", "Note"], ["Ann", "02012345678", "likes a, b"], ["Bob", "123", "x; y"]]
    text = "\n".join(sign.join(f'"{cell}"' for cell in row) for row in rows)
    table = open_table(written(tmp_path, text.encode()))
    assert list(table.columns) == rows[0]
    assert [list(row.cells) for row in table.rows] == rows[1:]


def test_the_separator_line_of_excel_is_obeyed_and_not_a_row(tmp_path):
    table = open_table(written(tmp_path, b"sep=;\r\nName;Phone\r\nAnn, B;0201234567\r\n"))
    assert table.columns == ("Name", "Phone")
    assert [(row.number, row.cells) for row in table.rows] == [(2, ("Ann, B", "0201234567"))]


def test_line_breaks_in_quotes_stay_and_rows_count_as_in_a_spreadsheet(tmp_path):
    table = open_table(written(tmp_path, b'Name,Note\r\nAnn,"one\r\ntwo"\r\n\r\nBob,x\r\n'))
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, ("Ann", "one\r\ntwo")),
        (4, ("Bob", "x")),
    ]


def test_rows_may_be_run_through_twice(tmp_path):
    table = open_table(written(tmp_path, SIMPLIFIED.encode()))
    assert list(table.rows) == list(table.rows)


def test_short_rows_are_filled_and_long_ones_refused_with_a_reason(tmp_path):
    text = b"Name,Phone,City\nAnn\nBob,0201234567,Rome,12,extra\nCid,0207654321,Oslo\n"
    short, long, fine = open_table(written(tmp_path, text)).rows
    assert (short.cells, short.problem) == (("Ann", None, None), None)
    assert "5 cells" in str(long.problem)
    assert (fine.number, fine.cells) == (4, ("Cid", "0207654321", "Oslo"))


def test_columns_without_a_title_are_kept_under_their_letter(tmp_path):
    table = open_table(written(tmp_path, b"Name,Phone\nAnn,0201234567,x\nBob,0207654321,y\n"))
    assert table.columns == ("Name", "Phone", "C")
    assert [row.cells[2] for row in table.rows] == ["x", "y"]


def test_a_quotation_mark_never_closed_names_its_row(tmp_path):
    text = "Name,Note\n" + "Ann,x\n" * 300 + '"Bob,y\n' + "Cid,z\n" * 50
    table = open_table(written(tmp_path, text.encode()))
    with pytest.raises(Refused, match="row 302"):
        list(table.rows)


def test_nul_bytes_and_huge_cells_are_refused_row_by_row(tmp_path):
    text = b"Name,Note\nAnn,a\0b\nBob," + b"x" * 10_000_000 + b"\nCid,fine\n"
    nul, huge, fine = open_table(written(tmp_path, text)).rows
    assert "NUL" in str(nul.problem)
    assert "1000000" in str(huge.problem)
    assert fine.problem is None


def test_garbled_text_is_warned_of_and_left_as_it_is(shared_data):
    path = shared_data / "chinese" / "seed004_mojibake_in_the_wild.txt"
    table = open_table(path)
    assert "25" in str(table.warnings[0])
    assert any("┯欣" in str(cell) for row in table.rows for cell in row.cells)


def test_sound_chinese_is_not_called_garbled(shared_data):
    assert open_table(shared_data / "chinese" / "waimai_10k.csv").warnings == ()


def test_eleven_thousand_reviews_are_read(shared_data):
    table = open_table(shared_data / "chinese" / "waimai_10k.csv")
    assert table.columns == ("label", "review")
    rows = list(table.rows)
    assert len(rows) == 11_987
    assert sum(row.cells[0] == "1" for row in rows) == 4_000
    assert not any(row.problem for row in rows)


def test_the_same_reviews_in_gb18030_are_the_same(shared_data, tmp_path):
    source = shared_data / "chinese" / "waimai_10k.csv"
    path = written(tmp_path, source.read_text("utf-8").encode("gb18030"))
    assert list(open_table(path).rows) == list(open_table(source).rows)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "nothing in it"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\n\n , \n", "empty"),
        (b"Name,Phone,E-mail\n", "no rows below"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (b"<!DOCTYPE html><html></html>", "HTML"),
        (bytes(range(32)) * 40, "not a table"),
        (b"\0" * 5000, "not a table"),
    ],
)
def test_what_is_no_table_is_refused_with_its_name(tmp_path, content, reason):
    with pytest.raises(Refused, match=reason) as caught:
        list(open_table(written(tmp_path, content)).rows)
    assert "list.csv" in str(caught.value)


def test_a_file_that_is_gone_a_folder_or_forbidden_is_a_sentence(tmp_path):
    with pytest.raises(Refused, match="not there"):
        open_table(tmp_path / "gone.csv")
    with pytest.raises(Refused, match="folder"):
        open_table(tmp_path)
    table = open_table(written(tmp_path, SIMPLIFIED.encode()))
    table.path.unlink()
    with pytest.raises(Refused, match="not there"):
        list(table.rows)


def test_the_user_may_say_which_row_is_the_header(tmp_path):
    path = written(tmp_path, b"a,b\nName,Phone\nAnn,0201234567\n")
    assert open_table(path, header_row=2).columns == ("Name", "Phone")
    without = open_table(path, header_row=NO_HEADER)
    assert without.columns == ("A", "B")
    assert len(list(without.rows)) == 3


def test_lines_are_counted_for_the_progress_bar(tmp_path):
    path = written(tmp_path, SIMPLIFIED.encode())
    assert look_through(path).lines >= 3
