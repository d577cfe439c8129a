import re
from pathlib import Path

import pytest

from app.reports.registry import REPORTS

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "figures.md"


def section(name):
    """The lines of the page about one report."""
    text = PAGE.read_text(encoding="utf-8")
    return text.split(f"\n## {name}\n")[1].split("\n## ")[0]


def listed(text, header):
    """The first cells of the table with this header, with their second ones."""
    table = text.split(f"| {header} |")[1].split("\n\n")[0]
    return dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", table, re.MULTILINE))


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS.keys())
def test_the_page_lists_exactly_what_is_printed(report, runner, manager, customers):
    data = runner.load(report, manager).data
    figures = {name: one.unit for name, one in report.figures(data).items()}
    assert listed(section(report.name), "figure") == figures
    tables = {
        table.name: ", ".join(f"`{column.key}`" for column in table.columns)
        for table in report.tables(data)
    }
    assert listed(section(report.name), "table") == tables


def test_every_report_has_a_section_and_no_other_is_there():
    headings = re.findall(r"^## (\w+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == list(REPORTS)
