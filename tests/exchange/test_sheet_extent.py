"""The block of a sheet's cells is found before it is loaded, however the cells are written."""

import pytest

from app.exchange.sheet_extent import Extent, exact_extent, quick_extent

SHEET = '<worksheet xmlns:x="y"><sheetData>{}</sheetData></worksheet>'


def quick(cells):
    return quick_extent(cells.encode())


def exact(cells):
    return exact_extent([SHEET.format(cells).encode()])


def cell(place, name="c", value="<v>1</v>"):
    return f'<{name} r="{place}">{value}</{name}>'


@pytest.mark.parametrize(
    ("places", "extent"),
    [
        (["A1"], Extent(1, 1, 1, 1)),
        (["B3", "C2"], Extent(2, 3, 2, 3)),
        (["A1", "XFD1048576", "B2"], Extent(1, 1_048_576, 1, 16_384)),
        (["A1", "AA10", "Z9"], Extent(1, 10, 1, 27)),
    ],
)
def test_the_block_around_all_cells(places, extent):
    cells = "".join(map(cell, places))
    assert (quick(f'<row r="1">{cells}</row>'), exact(f'<row r="1">{cells}</row>')) == (
        extent,
        extent,
    )


@pytest.mark.parametrize(
    "cells",
    [
        "<c><v>1</v></c>",
        "<c r='A1'><v>1</v></c>",
        '<c  r = "A1"/>',
        '<c\nr="A1"/>',
        cell("a1"),
        cell("A10000000"),
        cell("ABCD1"),
        cell("A1B"),
        cell("1"),
        cell("A"),
        f"{cell('A1')}<c><v>1</v></c>",
        '<is><t>what is r="B2" here</t></is>',
        '<c s="1" t="s"/>',
    ],
)
def test_what_is_written_otherwise_is_not_guessed_at(cells):
    assert quick(cells) is None


def test_prefixes_and_other_attributes_are_usual():
    assert quick(cell("B2", "x:c") + '<c s="3" r="D4" t="n"/>') == Extent(2, 4, 2, 4)
    assert quick('<cols><col r="1"/></cols>') == Extent()


@pytest.mark.parametrize(
    ("cells", "extent"),
    [
        ('<row r="3"><c><v>1</v></c><c><v>1</v></c></row>', Extent(3, 3, 1, 2)),
        ("<row><c/></row><row><c/><c><is/></c></row>", Extent(2, 2, 2, 2)),
        (f"<row>{cell('A1')}{cell('XFD9', value='')}</row>", Extent(1, 1, 1, 1)),
        ('<row r="2"><c r="C2"><v>1</v></c><c><v>1</v></c></row>', Extent(2, 2, 3, 4)),
        ("", Extent()),
    ],
)
def test_only_cells_that_hold_something_count_exactly(cells, extent):
    assert exact(cells) == extent


@pytest.mark.parametrize(
    "cells",
    [cell("A9999999"), cell("XFE1"), cell("A0"), cell("1A"), "<row r='x'/>", "<a>", "&b;"],
)
def test_cells_that_there_cannot_be_are_an_error(cells):
    with pytest.raises(ValueError, match=r"cell|invalid literal|XML"):
        exact(f"<row>{cells}</row>")
