"""What files call the channels, directions and purchase steps of interactions, and ratings."""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final, TypeVar

from app.domain.interactions import HIGHEST_RATING, LABELS, LOWEST_RATING, Channel, Direction, Step
from app.domain.script import fold

_IN: Final = Direction.IN
_OUT: Final = Direction.OUT
_CHANNELS: Final[tuple[tuple[Channel, Direction | None, str], ...]] = (
    (Channel.PHONE, None, "phone|call|phone call|telephone|tel|mobile|hotline|电话|通话|手机|热线"),
    (Channel.PHONE, _IN, "incoming call|inbound call|inbound|来电|呼入|电话呼入|客户来电|热线来电"),
    (
        Channel.PHONE,
        _OUT,
        (
            "outgoing call|outbound call|outbound|cold call|去电|致电|呼出|电话呼出|打电话|"
            "电话回访|电话拜访|电访|电话跟进|回访"
        ),
    ),
    (
        Channel.VISIT,
        None,
        (
            "visit|meeting|in person|face to face|face-to-face|onsite|on site|site visit|"
            "appointment|面谈|会面|见面|会议|面访|当面"
        ),
    ),
    (Channel.VISIT, _OUT, "客户拜访|拜访|上门|上门拜访|走访|实地拜访|登门"),
    (Channel.VISIT, _IN, "来访|到访|客户来访|来厂|来公司"),
    (Channel.EMAIL, None, "email|e-mail|e mail|邮件|电子邮件|邮箱|电邮"),
    (Channel.WECHAT, None, "wechat|we chat|weixin|wecom|微信|企业微信|企微|微信沟通|微信聊天"),
    (Channel.LETTER, None, "letter|post|postal|postal mail|信件|信函|书信|邮寄|函件"),
    (Channel.LETTER, _IN, "来信|来函"),
    (
        Channel.WEB,
        None,
        (
            "web|website|web site|web form|online|internet|form|portal|网站|网页|在线|网上|官网|"
            "线上|网络|表单|小程序|在线客服|网店"
        ),
    ),
    (
        Channel.COUNTER,
        None,
        (
            "counter|store|in store|in-store|shop|walk-in|walk in|branch|front desk|门店|柜台|到店|"
            "店面|前台|营业厅|现场"
        ),
    ),
)
_DIRECTIONS: Final[tuple[tuple[Direction, str], ...]] = (
    (_IN, "in|incoming|inbound|received|from customer|呼入|来电|接入|客户主动|进|入|收|收到"),
    (_OUT, "out|outgoing|outbound|sent|to customer|呼出|去电|外呼|主动联系|我方主动|出|发|发出"),
)
_STEPS: Final[tuple[tuple[Step, str], ...]] = (
    (Step.OBSERVE, "observe|observing|aware|awareness|观察|了解|注意|认知"),
    (Step.INTEREST, "interest|interested|兴趣|感兴趣|有兴趣|有意向|意向"),
    (Step.COMPARE, "compare|comparing|consider|consideration|evaluation|比较|对比|考虑|比价"),
    (Step.TRUST, "trust|trusting|decision|信任|认可|确信"),
    (Step.ACT, "act|acting|action|purchase|bought|order|ordered|行动|购买|成交|下单|签约"),
)
_YES: Final = frozenset(
    [
        "yes",
        "y",
        "true",
        "1",
        "x",
        "√",
        "✓",
        "✔",
        "是",
        "有",
        "不满",
        "不高兴",
        "生气",
        "unhappy",
        "angry",
    ]
)
_NO: Final = frozenset(["no", "n", "false", "0", "-", "否", "无", "没有", "满意", "ok"])
_RATING: Final = re.compile(
    r"([1-5一二三四五])(?:\.0+)?\s*(?:分|星|级|颗星|[★⭐]|stars?|/\s*5|out of 5)?", re.I
)
_STARS: Final = re.compile(r"([★⭐]{1,5})[☆]*")
_FIGURES: Final = "〇一二三四五"
_RATING_WORDS: Final[dict[str, int]] = {
    "非常满意": 5, "很满意": 5, "十分满意": 5, "好评": 5, "很好": 5,
    "very satisfied": 5, "excellent": 5, "very good": 5,
    "满意": 4, "比较满意": 4, "较满意": 4, "好": 4, "较好": 4, "satisfied": 4, "good": 4,
    "一般": 3, "还行": 3, "中评": 3, "基本满意": 3, "neutral": 3, "average": 3, "fair": 3,
    "不满意": 2, "不太满意": 2, "较差": 2, "差": 2, "dissatisfied": 2, "unsatisfied": 2, "poor": 2,
    "非常不满意": 1, "很不满意": 1, "差评": 1, "很差": 1,
    "very dissatisfied": 1, "very unsatisfied": 1, "very poor": 1, "terrible": 1,
}  # fmt: skip
_CLOCK: Final = re.compile(r"(?:([0-9]{1,3})[:：])?([0-9]{1,4})[:：]([0-5][0-9])")
_BARE: Final = re.compile(r"[0-9]{1,5}(?:\.[0-9]+)?")
_N: Final = r"([0-9]{1,5}(?:[.,][0-9]+)?|半)\s*"
_SPAN: Final = re.compile(
    rf"(?:{_N}(?:h|hours?|hrs?|个?小时|个?小時|个?钟头|时|時))?\s*"
    rf"(?:{_N}(?:m|mins?|minutes?|分钟|分鐘|分|'|′))?\s*"
    rf"(?:{_N}(?:s|secs?|seconds?|秒钟?|秒鐘|\"|″))?",
    re.I,
)
_SECONDS: Final = {"h": 3600, "m": 60, "s": 1}

E = TypeVar("E", bound=StrEnum)


def _plain(text: str) -> str:
    return " ".join(fold(text).split())


def _values(entries: Iterable[tuple[E, str]]) -> dict[str, E]:
    return {_plain(word): value for value, words in entries for word in words.split("|")}


_CHANNEL_VALUES: Final = {
    _plain(word): (channel, direction)
    for channel, direction, words in _CHANNELS
    for word in words.split("|")
}
_HEAD: Final = 30
_IN_TEXT: Final = re.compile(
    "("
    + "|".join(
        re.escape(word) + (r"\b" if word.isascii() else "")
        for word in sorted(_CHANNEL_VALUES, key=len, reverse=True)
        if word not in {"in", "form", "post", "线上", "现场"}
    )
    + ")"
)
_DIRECTION_VALUES: Final = _values(_DIRECTIONS)
_STEP_VALUES: Final = _values(_STEPS)


def _labelled(kind: type[E], text: str) -> E | None:
    """The value whose label in today's language is this."""
    return next((one for one in kind if _plain(str(LABELS[one])) == text), None)


def channel(text: str) -> tuple[Channel | None, Direction | None]:
    """The channel a word stands for, and the direction that it says by the way."""
    folded = _plain(text)
    found = _CHANNEL_VALUES.get(folded)
    return found if found is not None else (_labelled(Channel, folded), None)


def channel_in(text: str) -> Channel | None:
    """The channel with whose name a text begins: 微信聊天：… is no call."""
    head = _plain(text[:_HEAD])
    found = _IN_TEXT.match(head)
    return _CHANNEL_VALUES[found[1]][0] if found is not None else None


def direction(text: str) -> Direction | None:
    """Who began; None for an unknown word."""
    folded = _plain(text)
    return _DIRECTION_VALUES.get(folded) or _labelled(Direction, folded)


def step(text: str) -> Step | None:
    """The purchase step; None for an unknown word."""
    folded = _plain(text)
    return _STEP_VALUES.get(folded) or _labelled(Step, folded)


def rating(text: str) -> int | None:
    """A rating from 1 to 5 in figures, stars or words; None for anything else."""
    plain = _plain(text)
    figures = _RATING.fullmatch(plain)
    if figures is not None:
        return int(figures[1]) if figures[1].isascii() else _FIGURES.index(figures[1])
    stars = _STARS.fullmatch(plain)
    found = len(stars[1]) if stars is not None else _RATING_WORDS.get(plain)
    return found if found in range(LOWEST_RATING, HIGHEST_RATING + 1) else None


def unhappy(text: str) -> bool | None:
    """Whether a tick was set; None for an unknown word."""
    plain = _plain(text)
    return True if plain in _YES else False if plain in _NO else None


def minutes(text: str, unit: str = "m") -> int | None:
    """How long it took, in minutes begun: 12, 12 min, 1.5 h, 12分30秒, 0:12:30, 12:30.

    `unit` is that of a bare number: h, m or s.
    """
    plain = text.strip()
    clock = _CLOCK.fullmatch(plain)
    if clock is not None:
        hours, whole, rest = (int(part or 0) for part in clock.groups())
        return _begun(hours * 3600 + whole * 60 + rest)
    if _BARE.fullmatch(plain) is not None:
        return _begun(float(plain) * _SECONDS[unit])
    found = _SPAN.fullmatch(plain)
    if found is None or not any(found.groups()):
        return None
    parts = zip(found.groups(), _SECONDS.values(), strict=True)
    return _begun(sum(_amount(part) * seconds for part, seconds in parts if part))


def unit(title: str) -> str:
    """In which unit bare numbers stand below this title, as `minutes` takes it."""
    plain = fold(title)
    if "sec" in plain or "秒" in plain:
        return "s"
    return "h" if "hour" in plain or "小时" in plain else "m"


def _amount(text: str) -> float:
    return 0.5 if text == "半" else float(text.replace(",", "."))


def _begun(seconds: float) -> int:
    return -(-round(seconds) // 60)
