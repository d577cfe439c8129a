"""What files call the kinds, stages and grades of customers, and what kind a name suggests."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from app.domain.script import fold, is_han
from app.domain.vocabulary import LABELS, Grade, Kind, Stage
from app.exchange.looks import is_company
from app.i18n import Message, tr

_WORDS: Final[Mapping[str, Mapping[StrEnum, str]]] = {
    "kind": {
        Kind.PERSON: "person|individual|private|consumer|个人|个人客户|自然人|散客|零售客户|私人",
        Kind.COMPANY: (
            "company|organisation|organization|business|corporate|firm|enterprise|"
            "公司|企业|单位|机构|企业客户|公司客户|法人|集团|团体"
        ),
        Kind.INTERMEDIARY: (
            "intermediary|distributor|dealer|reseller|agent|broker|partner|"
            "中间商|经销商|代理商|分销商|渠道商|代理|经销|中介|合作伙伴"
        ),
    },
    "stage": {
        Stage.ACQUIRING: (
            "acquiring|lead|prospect|potential|new|获取|获取中|潜在|潜在客户|意向|意向客户|线索|"
            "新客户|未成交|开发|开发中|跟进中"
        ),
        Stage.KEEPING: (
            "keeping|customer|active|维护|维护中|老客户|已成交|成交|成交客户|正式客户|合作中|活跃"
        ),
        Stage.GROWING: "growing|growth|增长|增长中|成长|重点发展|扩大",
        Stage.WINNING_BACK: (
            "winning back|win back|winback|at risk|挽留|挽回|挽留中|挽回中|沉睡|沉睡客户|有流失风险"
        ),
        Stage.LOST: "lost|churned|inactive|former|closed|流失|已流失|流失客户|失效|停止合作|无效",
    },
    "grade": {
        Grade.A: "a|a级|a类|甲|grade a|重要|重点|重点客户|重要客户|vip",
        Grade.B: "b|b级|b类|乙|grade b|一般|一般客户|普通|普通客户",
        Grade.C: "c|c级|c类|丙|grade c|次要|小客户",
    },
}
_UNKNOWN: Final = {
    "kind": Message("“{text}” is no kind of customer. There are: {known}."),
    "stage": Message("“{text}” is no lifecycle stage. There are: {known}."),
    "grade": Message("“{text}” is no grade. There are: {known}."),
}
_TOTALS: Final = frozenset({"合计", "总计", "共计", "小计", "grand total", "subtotal"})
_FIGURE: Final = re.compile(r"[¥￥$]?[-+]?[0-9][0-9,.]*[人位家户个条元%]?")
_LONGEST_CHINESE: Final = 3
_COMPOUND: Final = frozenset(
    [
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "东方",
        "司徒",
        "慕容",
        "皇甫",
        "尉迟",
        "公孙",
        "令狐",
        "长孙",
        "宇文",
        "夏侯",
        "南宫",
        "端木",
        "轩辕",
        "独孤",
    ]
)

_VALUES: Final = {
    field: {fold(word): value for value, words in entries.items() for word in words.split("|")}
    for field, entries in _WORDS.items()
}


def understood(field: str, text: str) -> str | None:
    """The value of kind, stage or grade that a word stands for; None for an unknown word."""
    folded = " ".join(fold(text).split())
    found = _VALUES[field].get(folded)
    if found is None:
        shown = {fold(str(LABELS[value])): value for value in _WORDS[field]}
        found = shown.get(folded)
    return found.value if found is not None else None


def unknown(field: str, text: str) -> Message:
    """Why a word of kind, stage or grade cannot be used."""
    known = tr(", ").join(str(LABELS[value]) for value in _WORDS[field])
    return _UNKNOWN[field].filled(text=text[:40], known=known)


def guessed_kind(name: str, *, person: bool | None) -> Kind:
    """What kind of customer a name is; `person` is what the column's title says about it."""
    if is_company(name):
        return Kind.COMPANY
    if person is not None:
        return Kind.PERSON if person else Kind.COMPANY
    if name and all(map(is_han, name)):
        short = len(name) <= _LONGEST_CHINESE
        compound = len(name) == _LONGEST_CHINESE + 1 and fold(name[:2]) in _COMPOUND
        return Kind.PERSON if short or compound else Kind.COMPANY
    return Kind.PERSON if "@" in name else Kind.COMPANY


def is_total(texts: Sequence[str]) -> bool:
    """Whether the filled cells of a row say that it is a total, and else hold figures only."""
    if not texts or fold(texts[0]).rstrip(": ") not in _TOTALS:
        return False
    return all(_FIGURE.fullmatch(text) for text in texts[1:])
