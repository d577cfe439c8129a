"""Every building block once, in every state: the page to compare new widgets with.

Drawn by the screenshots tool; the words are examples and stay untranslated.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.theme import RADIUS_SMALL, Kind, tokens
from app.ui.widgets.avatar import Avatar, Disc, Sized, face
from app.ui.widgets.button import Button, ButtonKind, Chip, State
from app.ui.widgets.check import CheckBox, Radio
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.field import Field, LineEdit, SearchField, TextArea
from app.ui.widgets.layout import STRETCH, Box, Item, col, fix, hold, pair, row, row_top
from app.ui.widgets.message_strip import Action, MessageStrip
from app.ui.widgets.meter import Meter, Ring, Spark
from app.ui.widgets.pill import Badge, KeyCap, Pill, RiskPill
from app.ui.widgets.segmented import SegmentedControl
from app.ui.widgets.steps import Steps
from app.ui.widgets.surface import Surface, card
from app.ui.widgets.text import Elided, Label, caption, muted
from app.ui.widgets.tile import Tile

_STAGES: Final[tuple[tuple[str, Kind], ...]] = (
    ("获取", "calm"),
    ("维护", "info"),
    ("增长", "good"),
    ("挽留", "warn"),
    ("严重", "danger"),
    ("已流失", "plain"),
)


class Posed(Button):
    """A button that shows one state whatever the mouse does."""

    def __init__(self, words: str, kind: ButtonKind, glyph: str, state: str) -> None:
        super().__init__(words, kind, glyph=glyph)
        self._pose = state
        self.setEnabled(state != "disabled")

    @override
    def state(self) -> State:
        poses: dict[str, State] = {"hover": "hover", "press": "press", "disabled": "disabled"}
        return poses.get(self._pose, "rest")

    @override
    def hasFocus(self) -> bool:
        return self._pose == "focus"


class Swatch(Sized):
    """A colour of the token table."""

    def __init__(self, token: str) -> None:
        super().__init__(32)
        self._token = token

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tok.colour("border_strong"), 1))
        painter.setBrush(tok.colour(self._token))
        body = self.rect().adjusted(0, 0, -1, -1)
        painter.drawRoundedRect(body, tok.px(RADIUS_SMALL), tok.px(RADIUS_SMALL))


class HexLabel(Label):
    """The value of a token in the theme in use."""

    def __init__(self, token: str) -> None:
        self._token = token
        super().__init__("", "caption", "muted")

    @override
    def retheme(self) -> None:
        self.setText(tokens().hex(self._token))
        super().retheme()


def _states(words: str, kind: ButtonKind, glyph: str) -> Box:
    poses = ("rest", "hover", "press", "focus", "disabled")
    return row(*(Posed(words, kind, glyph, pose) for pose in poses), STRETCH)


def _buttons() -> Surface:
    return card(
        Label("按钮：平常、悬停、按下、焦点、停用", "title"),
        _states("新建", "primary", "plus"),
        _states("筛选", "plain", "filter"),
        _states("退回", "danger", "undo-2"),
        row(
            Button("已兑现", "good", glyph="check", size="small"),
            Button("改期", size="small"),
            Button("添加", "accent", glyph="plus", size="small"),
            Button("接受", "primary", glyph="check", key="A"),
            Button(glyph="ellipsis", name="更多"),
            Button("取消", "quiet"),
            STRETCH,
        ),
    )


def _fields() -> Surface:
    wrong = Field("电话", LineEdit("电话"))
    wrong.set_wrong("号码太短，少了两位。")
    ticked, some = CheckBox("已勾选"), CheckBox("部分")
    ticked.setChecked(True)
    some.setTristate(True)
    some.setCheckState(some.checkState().PartiallyChecked)
    chosen = Radio("个人")
    chosen.setChecked(True)
    disabled = LineEdit("停用", placeholder="停用")
    disabled.setEnabled(False)
    search = SearchField("搜索", "搜索姓名、公司…", "Ctrl K")
    stage = ComboBox("阶段", [("维护", "k"), ("增长", "g")])
    return card(
        Label("输入", "title"),
        row_top((LineEdit("平常", placeholder="平常，提示语"), 1), (disabled, 1)),
        row(fix(search, width=240), Chip("等级：金牌", glyph="funnel"), STRETCH),
        row(SegmentedControl([("全部", 86), ("沟通", 51), ("承诺", 9)], "条目"), stage, STRETCH),
        row(ticked, some, CheckBox("未勾选"), chosen, Radio("公司"), STRETCH, gap=12),
        wrong,
        TextArea("备注", placeholder="备注…", lines=2),
    )


def _pills() -> Surface:
    return card(
        Label("标签与徽章", "title"),
        row(*(Pill(words, kind, "dot") for words, kind in _STAGES), STRETCH),
        row(
            Pill("还有 3 天", "info", "clock"),
            Pill("晚 2 天", "danger"),
            Pill("农历十五", "calm", "moon"),
            Pill("金牌", "warn", "star"),
            Badge(9, "danger"),
            KeyCap("Ctrl K"),
            STRETCH,
        ),
        row(
            RiskPill("风险 1 类", "连跌三月，现不满", "danger", filled=True),
            RiskPill("风险 2 类", "连跌三月，仍满意", "warn"),
            STRETCH,
        ),
        row(
            RiskPill("风险 3 类", "三月内有下降", "info"),
            RiskPill("风险 4 类", "一直不满", "plain"),
            STRETCH,
        ),
    )


def _marks() -> Surface:
    spark = Spark("满意度", (4.3, 4.4, 4.0, 3.6, 3.2), low=2.6, high=4.6, kind="warn", floor=3)
    return card(
        Label("头像、心情、刻度", "title"),
        row(
            Avatar("陈雅琳", 20),
            Avatar("陈雅琳", 32),
            Avatar("陈雅琳", 48),
            Avatar("国强建材", 32, "square"),
            Avatar("Grace Miller"),
            Avatar("David Lee"),
            STRETCH,
            gap=12,
        ),
        row(
            *(face(score, 24) for score in (5, 4, 3, 2, 1)),
            Disc("phone"),
            Disc("handshake", "info"),
            Disc("message-square-warning", "danger"),
            STRETCH,
            gap=12,
        ),
        row(
            Ring(0.86, "86", "86 %", "good"),
            Ring(0.62, "62", "62 %", "warn"),
            spark,
            STRETCH,
            gap=16,
        ),
        Meter("85 %", ((0.85, "danger_solid"),), height=6, marks=(0.5, 0.75, 0.9), total=1),
        Steps(("选文件", "对应列", "检查", "完成"), 2),
    )


def _named(name: str, made: QWidget) -> Box:
    return row(muted(name).wide(88), made, STRETCH, gap=12)


def _type() -> Surface:
    return card(
        Label("字号", "title"),
        _named("20 半粗", Label("接收王磊的客户", "page")),
        _named("15 半粗", Label("已知信息", "title")),
        _named("13 半粗", Label("国强建材有限公司", "strong")),
        _named("13", Label("正文、单元格、输入")),
        _named("12 次要", muted("说明、时间、来源")),
        _named("11 中等", caption("列标题、分组标题")),
        _named("24 半粗", Label("1,204 · 78.4%", "figure")),
        fix(Elided("放不下的一行字会以省略号结尾，全文见提示", "small", "muted"), width=200),
        gap=8,
    )


def _swatches(names: Sequence[str]) -> Box:
    def one(token: str) -> Item:
        words = pair(Label(token, "small_strong"), HexLabel(token))
        return row(Swatch(token), words, STRETCH, gap=8), 1

    return row(*(one(token) for token in names))


def _colours() -> Surface:
    return card(
        Label("色彩", "title"),
        _swatches(("bg", "surface", "raised")),
        _swatches(("text", "muted", "accent")),
        _swatches(("danger_ink", "warn_ink", "good_ink")),
        _swatches(("info_ink", "calm_ink", "plain_ink")),
        STRETCH,
    )


def gallery() -> Surface:
    """The page of all components."""
    good, bad = MessageStrip(), MessageStrip()
    good.say("已把 312 位客户转给周凯。", action=Action("撤销", good.dismiss))
    bad.say("磁盘已满，什么都没有改。腾出空间后再试。", "danger")
    empty = Surface("card")
    action = Button("导入表格", "primary", glyph="file-up")
    state = EmptyState("inbox", "还没有客户", "导入一份表格，或先写下第一位。", action)
    empty.setLayout(col((state, 1)))
    page = Surface("page", "gallery")
    head = col(
        Label("组件", "page"),
        muted("同一张表里的颜色、字号和间距；新控件先与这一页对照", "body"),
        gap=2,
    )
    tile = Tile("留存率，12 个月", "78.4%", "95% 区间 76.9 – 79.8")
    columns = row(
        (hold(col(_buttons(), _fields(), (hold(col(good, bad, STRETCH)), 1), gap=12)), 5),
        (hold(col(_pills(), _marks(), (_colours(), 1), gap=12)), 4),
        (hold(col(_type(), tile, (empty, 1), gap=12)), 3),
        gap=12,
    )
    page.setLayout(col(head, (columns, 1), gap=12, margins=(24, 20, 24, 20)))
    return page
