from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import i18n
from app.domain.dates import Relative
from app.domain.filters import (
    MOST_CONDITIONS,
    OPERATORS,
    And,
    Condition,
    Field,
    FieldKind,
    Filter,
    Id,
    Me,
    Not,
    Operator,
    Or,
    Value,
    parse,
    to_text,
)
from app.errors import Refused

FIELDS: Mapping[str, Field] = {
    item.name: item
    for item in (
        Field("name", FieldKind.TEXT, aliases=("名称", "名稱")),
        Field(
            "stage",
            FieldKind.CHOICE,
            {"acquiring": ("获取",), "keeping": ("维护", "維護"), "winning_back": ("挽留",)},
            ("阶段", "階段"),
        ),
        Field("last_contact", FieldKind.DATE, aliases=("最近联系",)),
        Field("turnover", FieldKind.NUMBER, aliases=("营业额",)),
        Field("shared", FieldKind.FLAG, aliases=("共享",)),
        Field("owner", FieldKind.REFERENCE, aliases=("负责人",)),
        Field("tags", FieldKind.TAGS, aliases=("标签",)),
    )
}
KEEPING = Condition("stage", Operator.EQ, ("keeping",))
MINE = Condition("owner", Operator.EQ, (Me(),))
SHARED = Condition("shared", Operator.EQ, (True,))
EARLY = Condition("last_contact", Operator.LT, (date(2026, 2, 8),))
SILENT = Condition("last_contact", Operator.LT, (Relative(-30, "d"),))


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("stage = keeping and last_contact < -30d", And((KEEPING, SILENT))),
        ("阶段 ＝ 维护 且 最近联系 ＜ 30天前", And((KEEPING, SILENT))),
        ("階段=維護 並且 負責人=我", None),
        ("阶段 是 维护 并且 负责人 是 我", And((KEEPING, MINE))),
        ("Stage is KEEPING", KEEPING),
        ("stage is not keeping", Condition("stage", Operator.NE, ("keeping",))),
        ("stage=keeping or owner=me and shared", Or((KEEPING, And((MINE, SHARED))))),
        ("(stage=keeping or owner=me) and shared", And((Or((KEEPING, MINE)), SHARED))),
        ("（阶段＝维护 或 负责人＝我） 且 共享", And((Or((KEEPING, MINE)), SHARED))),
        ("not shared and owner=me", And((Not(SHARED), MINE))),
        ("not (shared or owner=me)", Not(Or((SHARED, MINE)))),
        ("非 共享", Not(SHARED)),
        ("not not shared", Not(Not(SHARED))),
        ("shared = 是", SHARED),
        ("shared = no", Condition("shared", Operator.EQ, (False,))),
        ("stage in (keeping, 挽留)", Condition("stage", Operator.IN, ("keeping", "winning_back"))),
        ("阶段 属于 （维护、挽留）", Condition("stage", Operator.IN, ("keeping", "winning_back"))),
        ("stage not in (keeping)", Not(Condition("stage", Operator.IN, ("keeping",)))),
        ("stage is in (keeping)", Condition("stage", Operator.IN, ("keeping",))),
        ("name contains 科技", Condition("name", Operator.CONTAINS, ("科技",))),
        ("名称 不包含 “（集团）”", Not(Condition("name", Operator.CONTAINS, ("（集团）",)))),
        ("name starts with Ann", Condition("name", Operator.STARTS, ("Ann",))),
        ("name not starts Ann", Not(Condition("name", Operator.STARTS, ("Ann",)))),
        ("name = O'Neil", Condition("name", Operator.EQ, ("O'Neil",))),
        ("name = 'a b'", Condition("name", Operator.EQ, ("a b",))),
        (r'name = "say \"hi\"\n\\"', Condition("name", Operator.EQ, ('say "hi"\n\\',))),
        ("name = 「and」", Condition("name", Operator.EQ, ("and",))),
        ("name = me", Condition("name", Operator.EQ, ("me",))),
        ("name = 2026-02-28", Condition("name", Operator.EQ, ("2026-02-28",))),
        ("name is empty", Condition("name", Operator.EMPTY)),
        ('name = ""', Condition("name", Operator.EMPTY)),
        ('stage != ""', Condition("stage", Operator.NOT_EMPTY)),
        ("owner is not empty", Condition("owner", Operator.NOT_EMPTY)),
        ("负责人 不为空", Condition("owner", Operator.NOT_EMPTY)),
        ("owner in (me, 王伟, #12)", Condition("owner", Operator.IN, (Me(), "王伟", Id(12)))),
        ('owner = "me"', Condition("owner", Operator.EQ, ("me",))),
        ("owner = ＃12", Condition("owner", Operator.EQ, (Id(12),))),
        ('owner = "#12"', Condition("owner", Operator.EQ, ("#12",))),
        ("last_contact >= 2026/2/8", Condition("last_contact", Operator.GE, (date(2026, 2, 8),))),
        ("最近联系≤今天", Condition("last_contact", Operator.LE, (Relative(0, "d"),))),
        (
            "“最近联系” 早于 2026年2月8日",
            Condition("last_contact", Operator.LT, (date(2026, 2, 8),)),
        ),
        ('"Last contact" > +2w', Condition("last_contact", Operator.GT, (Relative(2, "w"),))),
        ("turnover > 1500.50", Condition("turnover", Operator.GT, (Decimal("1500.5"),))),
        ("营业额 至少 ５万", Condition("turnover", Operator.GE, (Decimal(50_000),))),
        ("turnover<>-3", Condition("turnover", Operator.NE, (Decimal(-3),))),
        ("tags = vip", Condition("tags", Operator.EQ, ("vip",))),
    ],
)
def test_a_filter_is_read(text: str, meaning: Filter | None) -> None:
    if meaning is None:
        with pytest.raises(Refused, match="no field"):
            parse(text, FIELDS)
        return
    assert parse(text, FIELDS) == meaning
    assert parse(to_text(meaning), FIELDS) == meaning


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("阶段＝维护 且 最近联系＜30天前", "stage = keeping and last_contact < -30d"),
        ("shared or stage=keeping and owner=me",
         "shared = yes or (stage = keeping and owner = me)"),
        ("名称 包含 「王 伟」", 'name contains "王 伟"'),
        ("名称 = 王伟", "name = 王伟"),
        ("turnover in (5万,2.50)", "turnover in (50000, 2.50)"),
        ("last_contact < 昨天", "last_contact < -1d"),
        ("not(name = '')", "not name is empty"),
        ("name = 'or'", 'name = "or"'),
        ("name = 'a\tb'", r'name = "a\tb"'),
    ],
)  # fmt: skip
def test_the_canonical_text_is_english_and_short(text: str, canonical: str) -> None:
    assert to_text(parse(text, FIELDS)) == canonical


@pytest.mark.parametrize(
    ("text", "position", "said"),
    [
        ("stgae = keeping", 1, "no field “stgae”. Did you mean “stage”?"),
        ("阶断 = 维护", 1, "Did you mean “阶段”?"),
        ("xyzzy = 1", 1, "The fields are: name, stage, last_contact"),
        ("shared and stage = keping", 20, "Did you mean “keeping”?"),
        ("stage = 42", 9, "The values are: acquiring, keeping, winning_back."),
        ("stage < keeping", 7, "“<” does not suit “stage”. Possible are: =, !=, in, is empty"),
        ("last_contact contains 3", 14, "does not suit"),
        ("shared is empty", 8, "does not suit"),
        ("name", 5, "after “name” one of these is expected: =, !=, contains"),
        ("name keeping", 6, "one of these is expected"),
        ("name not keeping", 6, "one of these is expected"),
        ("stage =", 8, "a value is expected"),
        ("stage = and", 9, "a value is expected"),
        ("stage = = keeping", 9, "a value is expected"),
        (
            "stage = keeping last_contact < -3d",
            17,
            "“and” or “or” is expected before “last_contact”",
        ),
        ("turnover > 1,000", 13, "“and” or “or” is expected before “,”"),
        ("and", 1, "name of a field is expected"),
        ("shared and", 11, "name of a field is expected"),
        ("= 3", 1, "name of a field is expected"),
        ("(shared", 1, "this bracket is never closed"),
        ("shared)", 7, "this bracket was never opened"),
        ("stage in keeping", 10, "“(” is expected"),
        ("stage in (keeping", 18, "“,” or “)” is expected"),
        ("stage in ()", 11, "a value is expected"),
        ('stage in ("")', 11, "nothing between the quotation marks"),
        ('name contains ""', 15, "nothing between the quotation marks"),
        ('name = "abc', 8, "is never closed"),
        ("name = “abc", 8, "is never closed"),
        ("name ! 3", 6, "has no meaning here"),
        ("name = a”", 9, "has no meaning here"),
        ("last_contact < 2026-02-30", 16, "2026-02 has 28 days"),
        ("last_contact < 8/2/2026", 16, "can be 2026-02-08 or 2026-08-02"),
        ("last_contact < soon", 16, "not a date"),
        ("last_contact < -999y", 16, "not a date"),
        ('last_contact < " "', 16, "a date such as"),
        ("turnover > lots", 12, "not a number"),
        ("turnover > 1e5", 12, "not a number"),
        ("turnover > NaN", 12, "not a number"),
        ("turnover > 99999999999999999亿", 12, "not a number"),
        ("shared = maybe", 10, "either yes or no"),
        ("name = a\0b", 9, "cannot be searched for"),
        ("name = \ud800", 8, "cannot be searched for"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, position: int, said: str) -> None:
    i18n.use("en")
    with pytest.raises(Refused) as refused:
        parse(text, FIELDS)
    message = str(refused.value)
    assert message.startswith(f"At character {position}: ")
    assert said in message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        (" \n\u3000", "empty"),
        ("(" * 10_000, "brackets in one another"),
        ("(" * 5_000 + "shared" + ")" * 5_000, "brackets in one another"),
        ("not " * 4_000 + "shared", "brackets in one another"),
        ("!" * 10_000, "no meaning here"),
        ('"' * 9_999, "is never closed"),
        ("x" * 20_001, "too long"),
        (" or ".join(["shared"] * (MOST_CONDITIONS + 1)), "more than 500 conditions"),
        (f"name in ({','.join('a' * 1001)})", "more than 1000 values"),
        ("z" * 19_000 + " = 1", "no field"),
        ("name = " + "'" * 10_000, "“and” or “or” is expected"),
    ],
)
def test_evil_input_gets_a_sentence(text: str, said: str) -> None:
    i18n.use("en")
    with pytest.raises(Refused) as refused:
        parse(text, FIELDS)
    assert said in str(refused.value)
    assert len(str(refused.value)) < 300


def test_the_deepest_filter_allowed_is_read_and_written() -> None:
    text = "not " * 29 + "(shared or owner = me)"
    assert to_text(parse(text, FIELDS)) == text.replace("shared", "shared = yes")


TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12
) | st.sampled_from(
    ["and", "或", "me", "我", "#12", "a b", 'a"b', "a\\", "-30d", "'", "ＡＮＤ", " x "]
)
RELATIVES = st.builds(
    Relative, st.integers(-200, 200).filter(bool), st.sampled_from(["d", "w", "m", "y"])
) | st.just(Relative(0, "d"))
VALUES: Mapping[FieldKind, st.SearchStrategy[Value]] = {
    FieldKind.TEXT: TEXTS,
    FieldKind.TAGS: TEXTS,
    FieldKind.CHOICE: st.sampled_from(list(FIELDS["stage"].choices)),
    FieldKind.DATE: st.dates(date(1800, 1, 1), date(2199, 12, 31)) | RELATIVES,
    FieldKind.NUMBER: st.decimals(-(10**17), 10**17, allow_nan=False, places=4),
    FieldKind.FLAG: st.booleans(),
    FieldKind.REFERENCE: TEXTS | st.just(Me()) | st.builds(Id, st.integers(0, 10**17)),
}


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    item = draw(st.sampled_from(list(FIELDS.values())))
    operator = draw(st.sampled_from(sorted(OPERATORS[item.kind])))
    if operator in {Operator.EMPTY, Operator.NOT_EMPTY}:
        return Condition(item.name, operator)
    parts = operator in {Operator.CONTAINS, Operator.STARTS}
    value = TEXTS if parts else VALUES[item.kind]
    most = 4 if operator is Operator.IN else 1
    return Condition(item.name, operator, tuple(draw(st.lists(value, min_size=1, max_size=most))))


def grown(items: st.SearchStrategy[Filter]) -> st.SearchStrategy[Filter]:
    several = st.lists(items, min_size=2, max_size=3).map(tuple)
    return st.builds(Not, items) | st.builds(And, several) | st.builds(Or, several)


@given(st.recursive(conditions(), grown, max_leaves=12))
def test_every_filter_reads_back_from_its_text(item: Filter) -> None:
    text = to_text(item)
    assert parse(text, FIELDS) == item
    assert to_text(parse(text, FIELDS)) == text


PIECES = st.sampled_from(
    ["name", "阶段", "shared", "owner", "last_contact", "turnover", "=", "!=", "<", "in", "(", ")",
     ",", "and", "或", "not", "is", "empty", "contains", "me", "维护", "-30d", "3", '"x y"', "“",
     "\\", "#1"]
)  # fmt: skip


def read(text: str) -> Filter | str:
    try:
        return parse(text, FIELDS)
    except Refused as refused:
        return str(refused)


@given(st.lists(PIECES, max_size=15).map(" ".join) | st.text(max_size=60))
def test_any_text_is_a_filter_or_gets_a_sentence(text: str) -> None:
    result = read(text)
    assert result
    if not isinstance(result, str):
        assert parse(to_text(result), FIELDS) == result
