"""Paper: what belongs together stands on one page."""

import shutil
import subprocess

import pytest

from app.ui import printing

ROW = ("甲", "something that was said")
MOST = 60  # rows: more than stand on one page


def pages_of(path) -> list[list[str]]:
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext is not installed: the text of the PDF was not read back")
    done = subprocess.run(
        [tool, "-layout", str(path), "-"], capture_output=True, text=True, check=True
    )
    pages = done.stdout.split("\f")[:-1]
    return [[line.strip() for line in page.splitlines() if line.strip()] for page in pages]


def part(title, rows):
    cells = [[{"words": word, "moment": False} for word in row] for row in rows]
    return {"title": title, "longest": None, "titles": ["Name", "Said"], "rows": cells}


def written(folder, rows):
    parts = [part("First", [ROW] * rows), part("Second", [("乙", "the other")])]
    html = printing.page("customer.html", {"name": "国强", "printed": "", "parts": parts})
    target = folder / "a.pdf"
    printing.write_pdf(html, "国强", target)
    return pages_of(target)


@pytest.mark.parametrize("rows", range(MOST - 24, MOST))
def test_a_heading_stands_on_the_page_of_what_follows_it(qapp, tmp_path, rows):
    pages = written(tmp_path, rows)
    (at,) = [page for page in pages if "Second" in page]
    place = at.index("Second")
    assert at[place + 1].split() == ["Name", "Said"]
    assert "the other" in at[place + 2]


def test_a_heading_that_has_room_begins_no_page(qapp, tmp_path):
    assert len(written(tmp_path, 5)) == 1


def test_in_the_timeline_a_moment_stays_on_one_line(qapp, tmp_path):
    moments = [f"2026-0{month}-24 05:5{month}" for month in range(1, 10)]
    entries = [
        {"when": one, "title": "拜访", "under": "李娜", "lines": ["x " * 80], "changes": []}
        for one in moments
    ]
    values = {"name": "国强", "printed": "", "entries": entries, "empty": "empty"}
    target = tmp_path / "a.pdf"
    printing.write_pdf(printing.page("timeline.html", values), "国强", target)
    lines = [line for page in pages_of(target) for line in page]
    assert [one for one in moments if not any(line.startswith(one) for line in lines)] == []


def test_what_goes_on_over_pages_says_there_again_what_it_is_and_no_page_is_empty(qapp, tmp_path):
    pages = written(tmp_path, 3 * MOST)
    assert len(pages) > 3
    assert [page[0] for page in pages[1:-1]] == ["First"] * (len(pages) - 2)
    rows = [line for page in pages for line in page if "something that was said" in line]
    assert len(rows) == 3 * MOST
