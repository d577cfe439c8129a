"""Merging two customers: as it is proposed, long values, nothing to choose, very much to choose."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtWidgets import QApplication

from app.domain.custom_fields import FieldKind
from app.services.custom_fields import FieldRow
from app.services.merge_comparison import ComparedField, Comparison, SamePerson, Take
from app.ui.merge_dialog import MergeDialog
from app.ui.merge_with import MergeWithDialog
from tools.scenes.stage import Scene, Stage

if TYPE_CHECKING:
    from app.ui.customers.screen import CustomersScreen

_LONG: Final = (
    "深圳市南山区科技园南区高新南一道飞亚达大厦 1801 室（收货请走北门，下午两点以后；"
    "周三盘点不收货，需要提前一天和仓库主管电话确认）"
)
_OTHER: Final = "Room 1801, Feiyada Building, Gaoxin South 1st Road, Nanshan District, Shenzhen"
Shape = Callable[[Comparison], Comparison]


def _listed(stage: Stage) -> "CustomersScreen":
    stage.go("customers")
    screen = cast("CustomersScreen", stage.shell.front())
    screen.narrowing.close_panel()
    screen.show_all()
    stage.settle()
    return screen


def _pair(stage: Stage) -> None:
    screen = _listed(stage)
    screen.table.selection.choose_range(0, 1)
    stage.settle()


def _merge(stage: Stage) -> None:
    _pair(stage)
    stage.do("customers.merge")


def _with(stage: Stage) -> None:
    screen = _listed(stage)
    ids = screen.card.model.ids
    MergeWithDialog(screen, stage.shell.context, int(ids[0]), "华信科技有限公司").open()
    stage.settle()


def _shaped(shape: Shape, stage: Stage) -> None:
    """Two customers of the list, with other values than they have."""
    screen, context = _listed(stage), stage.shell.context
    first, second = (int(one) for one in screen.card.model.ids[:2])
    held = context.services.merging.compare(context.actor, first, second)
    MergeDialog(screen, context, shape(held)).open()
    stage.settle()
    QApplication.processEvents()


def _long(held: Comparison) -> Comparison:
    known = {"address": (_LONG, _OTHER), "notes": (f"{_LONG}\n{_LONG}", _OTHER * 3)}
    fields = tuple(
        replace(one, first=known[one.key][0], second=known[one.key][1], take=Take.FIRST)
        if one.key in known
        else one
        for one in held.fields
    )
    first = replace(held.first, name=f"{held.first.name}（原深圳市华信网络科技有限公司南山分公司）")
    people = (
        SamePerson(-1, -2, "王伟", "138 1234 5678"),
        SamePerson(-3, -4, "Alexandra von Hohenberg", ""),
    )
    return replace(held, first=first, fields=fields, people=people)


def _alike(held: Comparison) -> Comparison:
    fields = tuple(replace(one, second=one.first, settled=False) for one in held.fields)
    second = replace(held.second, counts=dict.fromkeys(held.second.counts, 0))
    return replace(held, second=second, fields=fields, people=())


def _forty(held: Comparison) -> Comparison:
    added = tuple(
        ComparedField(
            f"custom:{-place}",
            f"{place}-甲",
            f"{place}-乙" if place % 5 else None,
            added=FieldRow(-place, f"自定义字段 {place}", FieldKind.TEXT, "", ()),
        )
        for place in range(1, 41)
    )
    return replace(held, fields=(*held.fields, *added))


SCENES: Final = (
    Scene("customers_pair", _pair),
    Scene("merge", _merge),
    Scene("merge_with", _with),
    Scene("merge_long", partial(_shaped, _long)),
    Scene("merge_alike", partial(_shaped, _alike)),
    Scene("merge_forty", partial(_shaped, _forty)),
)
