from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.alike import alike_key, core
from app.domain.likeness import ALIKE, Why, edits, keys, of_firms, of_people, shares_key

PAIRS = Path(__file__).with_name("alike_pairs.txt")
COMPARED = {"firm": of_firms, "person": of_people}


def _pairs():
    for line in PAIRS.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, verdict, ours, theirs = line.split("|")
            yield kind, verdict == "same", ours, theirs


def _found(kind, ours, theirs):
    return shares_key(ours, theirs) and COMPARED[kind](ours, theirs).value >= ALIKE


@pytest.mark.parametrize(("kind", "precision", "recall"), [("firm", 0.98, 0.97), ("person", 1, 1)])
def test_labelled_names_are_told_apart(kind, precision, recall):
    pairs = [(same, _found(kind, a, b)) for one, same, a, b in _pairs() if one == kind]
    both = sum(same and found for same, found in pairs)
    assert both / sum(found for _, found in pairs) >= precision
    assert both / sum(same for same, _ in pairs) >= recall


def test_there_are_enough_labelled_names_of_every_kind():
    pairs = list(_pairs())
    assert len(pairs) >= 150
    assert len(set(pairs)) == len(pairs)
    for kind in COMPARED:
        assert {same for one, same, _, _ in pairs if one == kind} == {True, False}


def test_likeness_is_the_same_either_way_round():
    for kind, _, ours, theirs in _pairs():
        forth, back = COMPARED[kind](ours, theirs), COMPARED[kind](theirs, ours)
        assert (forth.value, forth.why) == (back.value, back.why), (ours, theirs)
        assert shares_key(ours, theirs) == shares_key(theirs, ours)


@pytest.mark.parametrize(
    ("ours", "theirs", "why"),
    [
        ("华信科技", "華信科技", Why.SAME),
        ("华信科技", "华信科技有限公司", Why.FORM),
        ("上海华信科技", "北京华信科技", Why.PLACE),
        ("华信", "华信科技", Why.SHORTER),
        ("华信科技", "华信网络", Why.TRADE),
        ("华信科技", "华鑫科技", Why.SOUND),
        ("Smith Jones Foods", "Jones Smith Foods", Why.ORDER),
        ("Microsoft", "Mircosoft", Why.SPELLING),
        ("华信", "美的", Why.NOTHING),
    ],
)
def test_the_reason_says_in_what_firms_are_alike(ours, theirs, why):
    assert of_firms(ours, theirs).why is why


def test_what_sounds_alike_is_named():
    found = of_firms("上海华信科技有限公司", "华鑫科技")
    assert (found.ours, found.theirs) == ("华信", "华鑫")


def test_a_firm_of_another_city_is_never_as_sure_as_one_of_the_same():
    same = of_firms("上海华信科技有限公司", "华信科技（上海）").value
    assert of_firms("上海华信科技有限公司", "北京华信科技有限公司").value < same
    assert of_firms("上海华信科技有限公司", "北京华信贸易有限公司").value < ALIKE


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("上海华信科技有限公司", "华信科技"),
        ("華信科技（上海）股份有限公司", "华信科技"),
        ("浙江省义乌市好邻居超市", "好邻居超市"),
        ("西门子(中国)有限公司", "西门子"),
        ("Shanghai Huaxin Technology Co., Ltd.", "huaxin technology"),
        ("Müller GmbH & Co. KG", "muller"),
        ("金华明", "金华明"),
        ("高雄飞", "高雄飞"),
        ("北京饭店", "北京饭店"),
        ("有限公司", "有限"),
    ],
)
def test_the_core_is_without_place_and_form(name, left):
    assert core(name) == left


@given(st.text(max_size=40))
def test_every_text_has_a_key_that_fits_and_is_like_itself(name):
    key = alike_key(name)
    assert len(key) <= 70
    assert "\x00" not in key
    key.encode()
    if key:
        assert shares_key(name, name)
        assert key in keys(name)


@given(st.text(max_size=12), st.text(max_size=12))
def test_anything_can_be_compared(ours, theirs):
    for compared in COMPARED.values():
        assert 0 <= compared(ours, theirs).value <= 1


def test_edits_count_a_swap_as_one():
    assert [edits("smith", other) for other in ("smith", "simth", "smit", "smyth", "")] == [
        0, 1, 1, 1, 5,
    ]  # fmt: skip
