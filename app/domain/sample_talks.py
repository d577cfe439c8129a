"""What sample customers and the staff said to each other, and what was learned from it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from app.domain.facts import FactKind
from app.domain.interactions import Channel, Direction, Step
from app.domain.sample_draw import Draw, Weighted
from app.domain.sample_parties import Culture

TALKS: Final = 3
"""Interactions of every customer with whom there was any contact."""
_SPREAD: Final = 45.0  # days between two talks, on average
_CHANNELS: Final = Weighted.of(
    (
        (Channel.PHONE, 46),
        (Channel.WECHAT, 22),
        (Channel.VISIT, 12),
        (Channel.EMAIL, 13),
        (Channel.COUNTER, 4),
        (Channel.WEB, 2),
        (Channel.LETTER, 1),
    )
)
_RATINGS: Final = Weighted.of(((None, 62), (5, 12), (4, 15), (3, 7), (2, 3), (1, 1)))
_STEPS: Final = Weighted.of(
    ((None, 70), (Step.OBSERVE, 6), (Step.INTEREST, 9), (Step.COMPARE, 8), (Step.TRUST, 4),
     (Step.ACT, 3))
)  # fmt: skip
_MINUTES: Final = {Channel.PHONE: 6.0, Channel.VISIT: 45.0, Channel.COUNTER: 12.0}
_CHINESE: Final = (
    "问了下季度的价格，要含税报价",
    "对交期满意，下月再订一批",
    "样品收到了，等采购比价",
    "催上批货的发票",
    "说包装箱有压痕，要求以后加护角",
    "确认了送货时间，门卫已登记车牌",
    "想先看样品再定旺季的量",
    "账期到了，答应周五前付款",
    "换了采购负责人，约了下周拜访",
    "问有没有更厚的规格",
    "月底盘点，暂不进货",
    "转介绍了一位同行，留了电话",
    "对账无误，尾款已安排",
    "展会上见过，要一份目录",
    "抱怨电话没人接，已道歉",
    "新店开业，要一批展示样",
)
_TAIWAN: Final = (
    "詢問下一季的價格，請提供含稅報價",
    "樣品已收到，等主管確認",
    "催上一批的發票",
    "外箱有壓痕，請之後加護角",
    "確認到貨時間，警衛已登記車牌",
    "月結對帳無誤，下週匯款",
    "想了解新規格，請寄型錄",
    "抱怨電話沒人接，已致歉",
    "農曆年前要備一次大貨",
    "介紹了一位同業，留了手機",
)
_ENGLISH: Final = (
    "Asked for a quote including freight",
    "Samples arrived, waiting for purchasing to compare",
    "Wants the invoice for the last order",
    "Two cartons were dented; asked for edge protection",
    "Confirmed the delivery slot with the dock",
    "Payment is due, promised by Friday",
    "New buyer introduced, visit planned for next week",
    "Asked whether a thicker size is available",
    "Stock-taking this month, no orders",
    "Referred a colleague and left a number",
    "Complained that nobody answers the phone; apologised",
    "Happy with the lead time, will order again",
)
_LINES: Final = {
    Culture.MAINLAND: _CHINESE,
    Culture.TAIWAN: _TAIWAN,
    Culture.HONG_KONG: _TAIWAN,
    Culture.AMERICA: _ENGLISH,
}
_CHINESE_FACTS: Final = (
    (FactKind.NEED, "每月抛光砖约 1,200 片，旺季加倍"),
    (FactKind.NEED, "要一份按项目编号分开的发货单"),
    (FactKind.CONSTRAINT, "周五下午不收货；仓库限高 2.4 米"),
    (FactKind.CONSTRAINT, "货车下雨天进不了仓库"),
    (FactKind.EXPECTATION, "破损当天给答复，不要先问责任"),
    (FactKind.EXPECTATION, "交期有变要提前一天说"),
    (FactKind.PREFERENCE, "打电话，不发语音"),
    (FactKind.PREFERENCE, "报价要含税含运费，分开列"),
)
_TAIWAN_FACTS: Final = (
    (FactKind.CONSTRAINT, "下午四點後不收貨"),
    (FactKind.EXPECTATION, "外箱有壓痕就退貨"),
    (FactKind.PREFERENCE, "請打手機，公司電話常沒人接"),
    (FactKind.NEED, "農曆年前固定備一次大貨"),
)
_ENGLISH_FACTS: Final = (
    (FactKind.CONSTRAINT, "The dock is closed on Fridays"),
    (FactKind.EXPECTATION, "Wants an answer about damage the same day"),
    (FactKind.PREFERENCE, "E-mail first; calls only when urgent"),
    (FactKind.NEED, "Certificates of origin with each shipment"),
)
_FACTS: Final = {
    Culture.MAINLAND: _CHINESE_FACTS,
    Culture.TAIWAN: _TAIWAN_FACTS,
    Culture.HONG_KONG: _TAIWAN_FACTS,
    Culture.AMERICA: _ENGLISH_FACTS,
}


@dataclass(frozen=True, slots=True)
class SampleTalk:
    """An interaction; `contact` is the place among the customer's contacts."""

    channel: Channel
    direction: Direction
    at: datetime
    minutes: int | None
    summary: str
    step: Step | None
    rating: int | None
    contact: int | None


@dataclass(frozen=True, slots=True)
class SampleFact:
    kind: FactKind
    text: str
    heard_on: date


def talks(
    draw: Draw, culture: Culture, first: date, last: date | None, contacts: int
) -> tuple[SampleTalk, ...]:
    """TALKS of them, the last on the day of the last contact; none where there was no contact."""
    found: list[SampleTalk] = []
    day = last
    while day is not None and len(found) < TALKS:
        found.append(_talk(draw, culture, day, contacts))
        day = max(first, day - timedelta(days=1 + int(draw.waiting(_SPREAD))))
    return tuple(reversed(found))


def _talk(draw: Draw, culture: Culture, day: date, contacts: int) -> SampleTalk:
    channel = draw.weighted(_CHANNELS)
    mean = _MINUTES.get(channel)
    # nine to six o'clock in Shanghai
    moment = time(1 + draw.below(9), draw.below(60), tzinfo=UTC)
    return SampleTalk(
        channel,
        Direction.IN if draw.chance(0.35) else Direction.OUT,
        datetime.combine(day, moment),
        None if mean is None else 1 + int(draw.waiting(mean)) % 120,
        draw.pick(_LINES[culture]),
        draw.weighted(_STEPS),
        draw.weighted(_RATINGS),
        draw.below(contacts) if contacts else None,
    )


def facts(draw: Draw, culture: Culture, told: tuple[SampleTalk, ...]) -> tuple[SampleFact, ...]:
    """One or two of what was said that is worth keeping, of every third customer or so."""
    if not told or not draw.chance(0.4):
        return ()
    drawn = dict.fromkeys(draw.pick(_FACTS[culture]) for _ in range(1 + draw.below(3)))
    heard = draw.pick(told).at.date()
    return tuple(SampleFact(kind, text, heard) for kind, text in drawn)
