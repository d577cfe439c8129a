import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.script import fold, fold_with_positions, is_han, plain, simplify, spellings


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("張三", "张三"),
        ("國際貿易", "国际贸易"),
        ("乾隆", "干隆"),
        ("José Ångström", "jose angstrom"),
        ("Straße", "strasse"),
        ("Łódź Ørsted Đặng Æsir", "lodz orsted dang aesir"),
        ("Ｊｏｈｎ　１３８", "john 138"),
        ("ﬁ ㈱ ①", "fi (株) 1"),
        ("ｶﾞ か\u3099", "ガ が"),
        ("٣٤", "34"),
        ("İstanbul ı", "istanbul i"),
        ("ёлка", "елка"),
        ("a\0b\tc\u200bd\ufeff", "ab cd"),
        ("\ud800x", "x"),
        ("", ""),
    ],
)
def test_fold_keeps_what_two_spellings_have_in_common(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_simplifying_keeps_every_character_in_its_place(text: str) -> None:
    assert len(simplify(text)) == len(text)


@given(st.text(alphabet="Zhāng Sān José ﬁ張三丰ｶﾞか\u3099\u0301\u200d👩1️⃣각ᄀ\u1161\u11a8 \t"))
def test_every_folded_character_knows_where_it_came_from(text: str) -> None:
    folded, positions = fold_with_positions(text)
    assert len(positions) == len(folded)
    assert all(0 <= start < end <= len(text) for start, end in positions)
    assert positions == sorted(positions)


@given(st.text(alphabet="Zhang San José 張三丰华信（）-，"))
def test_positions_belong_to_the_folded_text(text: str) -> None:
    assert fold_with_positions(text)[0] == fold(text)


def test_plain_leaves_traditional_characters() -> None:
    assert plain("Ａ張") == "a張"


def test_chinese_characters_are_told_from_others() -> None:
    assert [char for char in "张𠮷〇々aか한1，" if is_han(char)] == ["张", "𠮷", "〇", "々"]


def test_a_text_is_spelled_in_both_writings():
    assert spellings("sample") == ["sample"]
    assert {"样品", "樣品"} <= set(spellings("样品"))
    assert {"报价单", "報價單"} <= set(spellings("報價單"))
    assert {"发票", "發票", "髮票"} <= set(spellings("发票"))
    assert len(spellings("发发发发发发发发")) == 16
    assert spellings("") == [""]
