"""Selects of customers: the fields that filters and orders may name, and the ordered list."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import aliased

from app.domain.filters import Field, FieldKind
from app.domain.vocabulary import Grade, Kind, PointKind, Stage
from app.models import ContactPoint, Customer, CustomerTag, Staff, Tag

KINDS: Final[dict[str, tuple[str, ...]]] = {
    Kind.PERSON: ("个人", "個人"),
    Kind.COMPANY: ("公司", "企业", "企業"),
    Kind.INTERMEDIARY: ("中间商", "中間商"),
}
STAGES: Final[dict[str, tuple[str, ...]]] = {
    Stage.ACQUIRING: ("获取", "獲取"),
    Stage.KEEPING: ("维护", "維護"),
    Stage.GROWING: ("增长", "增長"),
    Stage.WINNING_BACK: ("挽留", "挽回"),
    Stage.LOST: ("流失", "已流失"),
}
GRADES: Final[dict[str, tuple[str, ...]]] = dict.fromkeys(Grade, ())

FIELDS: Final[Mapping[str, Field]] = MappingProxyType(
    {
        field.name: field
        for field in (
            Field("name", FieldKind.TEXT, aliases=("名称", "姓名", "名稱")),
            Field("kind", FieldKind.CHOICE, KINDS, ("类型", "類型")),
            Field("stage", FieldKind.CHOICE, STAGES, ("阶段", "階段")),
            Field("grade", FieldKind.CHOICE, GRADES, ("等级", "等級")),
            Field("owner", FieldKind.REFERENCE, aliases=("负责人", "負責人")),
            Field("code", FieldKind.TEXT, aliases=("编号", "編號")),
            Field("source", FieldKind.TEXT, aliases=("来源", "來源")),
            Field("region", FieldKind.TEXT, aliases=("地区", "地區")),
            Field("address", FieldKind.TEXT, aliases=("地址",)),
            Field("tax_id", FieldKind.TEXT, aliases=("税号", "稅號", "统一编号")),
            Field("notes", FieldKind.TEXT, aliases=("备注", "備註")),
            Field("other_names", FieldKind.TEXT, aliases=("别名", "別名")),
            Field("tag", FieldKind.TAGS, aliases=("tags", "标签", "標籤")),
            Field("since", FieldKind.DATE, aliases=("成交日期", "成為客戶")),
            Field("last_contact", FieldKind.DATE, aliases=("最近联系", "最近聯絡")),
            Field("created", FieldKind.DATE, aliases=("创建日期", "建立日期")),
            Field("sample", FieldKind.FLAG, aliases=("示例",)),
        )
    }
)
"""Every field of the customer list that a filter may name."""

COLUMNS: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "name": Customer.sort_key,
        "kind": Customer.kind,
        "stage": case(
            {stage.value: place for place, stage in enumerate(Stage)}, value=Customer.stage
        ),
        "grade": Customer.grade,
        "code": Customer.code,
        "source": Customer.source,
        "region": Customer.region,
        "address": Customer.address,
        "tax_id": Customer.tax_id,
        "notes": func.nullif(func.substr(Customer.notes, 1, 60), ""),
        "other_names": func.nullif(Customer.other_names, ""),
        "since": Customer.since,
        "last_contact": Customer.last_contact,
        "created": Customer.created_at,
    }
)
"""Columns that the list can be ordered by, those of other tables apart."""


def _first_point(kind: PointKind) -> Any:
    return (
        select(ContactPoint.raw)
        .where(ContactPoint.customer_id == Customer.id, ContactPoint.kind == kind.value)
        .order_by(ContactPoint.position, ContactPoint.id)
        .limit(1)
        .scalar_subquery()
    )


def _first_tag() -> Any:
    return (
        select(func.min(Tag.name))
        .join(CustomerTag, CustomerTag.tag_id == Tag.id)
        .where(CustomerTag.customer_id == Customer.id)
        .scalar_subquery()
    )


_ELSEWHERE: Final[Mapping[str, Callable[[], Any]]] = MappingProxyType(
    {
        "phone": lambda: _first_point(PointKind.PHONE),
        "email": lambda: _first_point(PointKind.EMAIL),
        "tags": _first_tag,
    }
)


def ordered(query: Select[Any], sort: str) -> Select[Any]:
    """`query` on Customer in the order that `sort` names: a key, with `-` for descending."""
    descending = sort.startswith("-")
    key = sort.removeprefix("-")
    if key == "owner":
        owner = aliased(Staff)
        query = query.outerjoin(owner, owner.id == Customer.owner_id)
        column: Any = func.coalesce(owner.name, "")
    elif key in _ELSEWHERE:
        column = _ELSEWHERE[key]()
    else:
        column = COLUMNS.get(key, Customer.sort_key)
    first = column.desc().nulls_last() if descending else column.asc().nulls_last()
    if column is Customer.sort_key:
        # never null: a plain order, which the index gives
        first = column.desc() if descending else column.asc()
    last = Customer.id.desc() if descending else Customer.id.asc()
    return query.order_by(first, last)


def ids() -> Select[tuple[int]]:
    """Ids of the customers that the session's actor sees."""
    return select(Customer.id)
