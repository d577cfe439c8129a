"""The row with the titles is found wherever it stands, and not where there is none."""

import pytest

from app.exchange.headers import find_header
from app.exchange.tables import Row


def found(*rows):
    width = max(map(len, rows))
    numbered = [Row(number, tuple(row)) for number, row in enumerate(rows, start=1)]
    return find_header(numbered, width)


@pytest.mark.parametrize(
    ("rows", "number"),
    [
        ([("姓名", "电话"), ("王伟", "13812345678")], 1),
        ([("2026客户名单", None), (None, None), ("姓名", "电话"), ("王伟", "13812345678")], 3),
        ([("制表：李娜", "2026-01-02"), ("客户名称", "地址"), ("甲公司", "北京")], 2),
        ([("王伟", "13812345678"), ("李娜", "13900001111")], 0),
        ([(1, 2), (3, 4)], 0),
        ([("Foo", "Bar"), ("2026-01-02", 5), ("2026-01-03", 6)], 1),
        ([("Name", 2024, 2025, 2026), ("Ann", 1, 2, 3)], 1),
        ([("客户", "产品", 2024, 2025), ("甲", "乙", 1, 2)], 1),
        ([("北京", "是"), ("上海", "是"), ("北京", "否"), ("广州", "是")], 0),
    ],
)
def test_header_row(rows, number):
    assert found(*rows).row == number


def test_without_a_header_columns_are_letters():
    assert found(("王伟", "13812345678"), ("李娜", "13900001111")).columns == ("A", "B")


def test_titles_are_tidied_counted_and_never_missing():
    header = found(
        ("姓名\n(必填)", "电话", "电话", None), ("王伟", "13812345678", "13900001111", "x")
    )
    assert header.columns == ("姓名 (必填)", "电话", "电话 (2)", "D")
