"""docs/filters.md says what the filter language does."""

import re
from datetime import date
from pathlib import Path

import pytest

from app.domain.filters import OPERATORS, parse
from app.domain.vocabulary import Actor, Role
from app.queries.customers import FIELDS
from app.queries.filters import condition

PAGE = (Path(__file__).resolve().parent.parent.parent / "docs" / "filters.md").read_text("utf-8")
EXAMPLES = [
    *re.findall(r"^\| `([^`]+)` \| (?:that|of|last|never|added|whose|with)", PAGE, re.MULTILINE),
    *re.findall(r"--where \"(.+)\"$", PAGE, re.MULTILINE),
    *re.findall(r"^    (owner .+)$", PAGE, re.MULTILINE),
    *re.findall(r"`(阶段[^`]+)`", PAGE),
    *re.findall(r"So `([^`]+)`", PAGE),
]


def table(heading):
    """Rows of the table below a heading, without its header."""
    part = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\|(.+)\|$", part, re.MULTILINE)[2:]
    return [[cell.strip() for cell in row.split("|")] for row in rows]


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_example_is_a_filter_that_can_be_asked(text):
    me = Actor(1, "李娜", Role.MANAGER)
    assert condition(parse(text, FIELDS), me, date(2026, 11, 22)) is not None


def test_the_page_has_examples():
    assert len(EXAMPLES) == 17


def test_the_page_lists_every_field_with_its_other_names():
    listed = {row[0].strip("`"): tuple(row[2].split(", ")) for row in table("Fields")}
    assert listed == {name: field.aliases for name, field in FIELDS.items()}


def test_the_page_lists_every_value_of_a_choice():
    for name, holds, _ in table("Fields"):
        for value, others in FIELDS[name.strip("`")].choices.items():
            assert value in holds
            assert not others or others[0] in holds


def test_the_page_lists_every_operator():
    used = {operator.value for field in FIELDS.values() for operator in OPERATORS[field.kind]}
    listed = {
        one.removesuffix(" (…, …)")
        for row in table("Operators")
        for one in re.findall(r"`([^`]+)`", row[0])
    }
    assert listed == used | {"not in"}


@pytest.mark.parametrize("text", ["today", "-30d", "+2w", "-3m", "-1y", "30天前", "2026-02-28"])
def test_every_form_of_a_day_is_read(text):
    assert text in PAGE
    parse(f"since > {text}", FIELDS)


@pytest.mark.parametrize("word", ["是", "不是", "等于", "不等于"])
def test_operators_have_their_chinese_spellings(word):
    assert word in PAGE
    parse(f"来源 {word} 展会", FIELDS)


@pytest.mark.parametrize("word", ["早于", "至多", "晚于", "至少"])
def test_days_are_compared_in_chinese(word):
    assert word in PAGE
    parse(f"成交日期 {word} 2026-02-28", FIELDS)
