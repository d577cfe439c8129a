import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.names import MAX_SORT_KEY, initials, is_invisible, sort_key

IN_ORDER = [
    "9号仓库",
    "12 Months",
    "艾丽",
    "Alice",
    "Émile",
    "客户2",
    "客户10",
    "李四",
    "單雄信",
    "王伟",
    "曾国藩",
    "Zhang",
    "张",
    "章二",
    "Zhang San",
    "张三",
    "张三丰",
    "Иван",
    "😀",
]


def test_chinese_names_stand_among_latin_ones_by_pinyin() -> None:
    shuffled = random.Random(7).sample(IN_ORDER, len(IN_ORDER))
    assert sorted(shuffled, key=sort_key) == IN_ORDER


def test_width_case_accents_and_symbols_do_not_count() -> None:
    assert sort_key("“ＡＢＣ”") == sort_key("abc")
    assert sort_key("José") == sort_key("JOSE")
    assert sort_key("張三") == sort_key("张三")


def test_namesakes_in_sound_stand_together_by_their_characters() -> None:
    assert sorted(["李勤", "李琴", "李勤", "李琴"], key=sort_key) == [
        "李勤",
        "李勤",
        "李琴",
        "李琴",
    ]


def test_a_name_without_letters_comes_last() -> None:
    assert sort_key("") > sort_key("張")
    assert sort_key("!!!") > sort_key("さくら")


@given(st.text(max_size=400))
def test_no_sort_key_is_longer_than_its_column(name: str) -> None:
    assert 0 < len(sort_key(name)) <= MAX_SORT_KEY


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_numbers_sort_by_value(one: int, other: int) -> None:
    assert (sort_key(f"No {one}") < sort_key(f"No {other}")) == (one < other)


@pytest.mark.parametrize(
    ("name", "badge"),
    [
        ("张三", "张"),
        ("張三", "張"),
        ("(北京)华信", "北"),
        ("👨‍👩‍👧 王", "王"),
        ("王 John", "王"),
        ("김철수", "김"),
        ("John Smith", "JS"),
        ("john ronald smith", "JR"),
        ("Madonna", "M"),
        ("ßeta", "S"),
        ("3M Company", "3C"),
        ("Иван Петров", "ИП"),
        ("", "?"),
        ("   ", "?"),
        ("😀", "?"),
    ],
)
def test_a_badge_is_one_character_or_two_capitals(name: str, badge: str) -> None:
    assert initials(name) == badge


@given(st.text())
def test_every_name_has_a_badge(name: str) -> None:
    assert 1 <= len(initials(name)) <= 2


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "\ufeff\u3000", "\u200e\u200f\t"])
def test_a_name_of_which_nothing_is_seen_is_none(name):
    assert is_invisible(name)


@pytest.mark.parametrize("name", ["王", " a ", "👍", "שלום", "-", "\u200bx"])
def test_a_name_of_which_anything_is_seen_is_one(name):
    assert not is_invisible(name)
