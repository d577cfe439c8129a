"""Chinese words for what repeats, in folded text."""

import re
from typing import Final

from app.domain import numerals
from app.domain.numerals import CHINESE, NUMBER
from app.domain.recurrence import (
    Freq,
    Recurrence,
    after_done,
    daily,
    monthly_nth,
    weekly,
    workday_of_month,
)
from app.domain.repeat_found import (
    RepeatRule,
    monthly,
    no_such,
    not_said,
    quarterly,
    workday_of_quarter,
)
from app.i18n import Message

_DAYS: Final = {char: place for place, char in enumerate("一二三四五六日")} | {"天": 6, "末": 5}
_WEEK: Final = r"(?:周|星期|礼拜)"
_DAY: Final = "[一二三四五六日天]"
_AND: Final = r"\s?[、,和及与跟]?\s?"
_TIMES: Final = r"(?:[次遍趟]|回(?![访电复款话收拨购]))"
_ONCE: Final = rf"(?:一{_TIMES})?"
_MANY: Final = rf"(?!一{_TIMES})[0-9{CHINESE}]+"
_NO_COUNT: Final = rf"(?![0-9一二两三四五六七八九十]*(?:{_TIMES}|[个年期刊报](?!月)))"
_WEEKDAYS: Final = rf"({_WEEK}?{_DAY}(?:{_AND}{_WEEK}?{_DAY})*)(?!{_TIMES}|[个天](?!气))"
_RANGE: Final = rf"{_WEEK}({_DAY})\s?[到至\-~]\s?{_WEEK}?({_DAY})"
_PLACE: Final = rf"(?:(最后|末尾|首)(?:的?一)?|第({NUMBER})|(?:倒数)第({NUMBER}))\s?个?\s?"
_MONTHS: Final = (
    rf"(?:每个?月份?|每\s?({NUMBER})\s?个月|(隔月|每隔一?个?月)|(每个?季度?)|(每半年)|逢月)"
    r"(?!刊|报|薪|租|供|饼)的?\s?"
)


def _interval(found: re.Match[str], start: int) -> int | None:
    """Of a match of _MONTHS whose groups begin at `start`."""
    number, other, quarter, half = (found[start + place] for place in range(4))
    if number:
        return numerals.value(number)
    return 2 if other else 3 if quarter else 6 if half else 1


def _daily(found: re.Match[str]) -> Recurrence | Message | None:
    if not found[1]:
        return daily()
    count = numerals.value(found[1])
    return daily(count) if count else no_such(found[0])


def _other_day(_: re.Match[str]) -> Recurrence:
    return daily(2)


def _half_month(_: re.Match[str]) -> Recurrence:
    return daily(15)


def _workdays(_: re.Match[str]) -> Recurrence:
    return weekly(range(5))


def _weekly(found: re.Match[str]) -> Recurrence | Message | None:
    number, other, days = found.groups()
    count = 2 if other else numerals.value(number) if number else 1
    if not count:
        return no_such(found[0])
    return weekly(_chosen(days), count)


def _chosen(days: str | None) -> list[int]:
    plain = re.sub(r"周|星期|礼拜", "", days or "")
    return [_DAYS[char] for char in plain if char in _DAYS]


def _week_range(found: re.Match[str]) -> Recurrence | Message:
    first, last = (_DAYS[found[1] or found[3]], _DAYS[found[2] or found[4]])
    if first >= last:
        return no_such(found[0])
    return weekly(range(first, last + 1))


def _several(found: re.Match[str]) -> Message:
    unit = re.sub(r"^(?:每隔|隔)", "", found[0])
    return Message(
        "“{text}” can mean two things. Say {example} instead.",
        params={"text": found[0], "example": f"每{unit}"},
    )


def _too_often(found: re.Match[str]) -> Message:
    return Message(
        "“{text}”: a reminder repeats once a day at most, on days that you say.",
        params={"text": found[0]},
    )


def _no_week(found: re.Match[str]) -> Message:
    return no_such(found[0])


def _monthly(found: re.Match[str]) -> Recurrence | Message | None:
    count = _interval(found, 1)
    if not count:
        return no_such(found[0])
    return monthly(count)


def _month_days(found: re.Match[str]) -> Recurrence | Message | None:
    count = _interval(found, 1)
    days = [numerals.value(one) for one in re.findall(NUMBER, found[5])]
    good = [day for day in days if day and day <= 31]
    if not count or len(good) < len(days):
        return no_such(found[0])
    return monthly(count, good)


def _month_end(found: re.Match[str]) -> Recurrence | Message:
    count = _interval(found, 1)
    end = found[5] != "初" and not found[5].startswith("第")
    if not count:
        return no_such(found[0])
    return quarterly(end=end) if found[3] else monthly(count, [-1 if end else 1])


def _month_place(found: re.Match[str]) -> Recurrence | Message | None:
    count = _interval(found, 1)
    last, number, back, what = found.groups()[4:8]
    place = (1 if last == "首" else -1) if last else numerals.value(number or back or "")
    if not count or not place:
        return no_such(found[0])
    place = -place if back else place
    if what in {"工作日", "上班日"}:
        return workday_of_quarter(place) if found[3] else workday_of_month(place, count)
    if found[3]:
        return not_said(found[0])
    if what in {"天", "日"}:
        return monthly(count, [place])
    return monthly_nth(place, _DAYS[what[-1]], count)


_FREQUENCIES: Final = {
    "天": Freq.DAILY, "日": Freq.DAILY, "周": Freq.WEEKLY, "期": Freq.WEEKLY, "拜": Freq.WEEKLY,
    "月": Freq.MONTHLY, "年": Freq.YEARLY,
}  # fmt: skip


def _after(found: re.Match[str]) -> Recurrence | Message:
    count = numerals.value(found[1])
    if not count:
        return no_such(found[0])
    return after_done(count, _FREQUENCIES[found[2][-1]])


_DONE: Final = (
    r"(?:拜访|回访|走访|联系|沟通|见面|面谈|跟进|送货|发货|到货|交货|收货|付款|收款|下单|购买"
    r"|成交|安装|培训|维修"
    r"|保养|体检|检查|开会|完成|做完|办完|对账|打电话|通话|寄样|送样)"
)
_EACH: Final = r"(?:每次|每回|上次|最后一次|最近一次)"
_AFTER: Final = rf"{_EACH}?{_DONE}(?:之|以)?后\s?"
_UNIT: Final = r"(天|日|个?周|个?星期|个?礼拜|个月|年)"

RULES: Final = (
    RepeatRule(
        re.compile(
            rf"(?:{_AFTER}每隔?|{_EACH}{_DONE}(?:之"
            rf"|以)?后\s?(?:的?第)?)\s?({NUMBER})\s?{_UNIT}(?:之|以)?后?"
        ),
        _after,
    ),
    RepeatRule(
        re.compile(
            rf"(?:每\s?({NUMBER})\s?[天日](?!之?内|里)|每一?[天日](?![气然])"
            rf"|(?<![今明后昨前周每期拜一])天天(?!气)){_ONCE}"
        ),
        _daily,
    ),
    RepeatRule(re.compile(r"隔[天日](?!阂)|每隔一[天日]"), _other_day),
    RepeatRule(
        re.compile(r"每一?个?(?:工作日|上班日)|(?:工作日|上班日)(?:的)?每[天日]"), _workdays
    ),
    RepeatRule(re.compile(r"每半个?月"), _half_month),
    RepeatRule(
        re.compile(
            rf"(?:每一?个?{_WEEK}|每\s?({NUMBER})\s?个?{_WEEK}|(隔{_WEEK}|每隔一?个?{_WEEK})"
            rf"|每?逢(?={_WEEK}{_DAY}))"
            rf"(?![年期刊报八九七0-9])的?\s?{_WEEKDAYS}{_NO_COUNT}"
        ),
        _weekly,
    ),
    RepeatRule(
        re.compile(
            rf"(?:每一?个?{_WEEK}|每\s?({NUMBER})\s?个?{_WEEK}|(隔{_WEEK}|每隔一?个?{_WEEK}))"
            rf"(?![年期刊报八九七0-9])(?:(的?\s?{_WEEK}?末)?{_NO_COUNT}|一{_TIMES})"
        ),
        _weekly,
    ),
    RepeatRule(
        re.compile(rf"每个?{_WEEK}({_DAY})\s?[到至\-~]\s?{_WEEK}?({_DAY})|{_RANGE}每[天日]"),
        _week_range,
    ),
    RepeatRule(
        re.compile(
            rf"(?:每隔|隔)\s?(?!一|半|[1１](?![0-9]))(?:{NUMBER})\s?(?:[天日]|个?{_WEEK}|个?月|年)"
        ),
        _several,
    ),
    RepeatRule(
        re.compile(
            rf"每个?(?:天|日|周|星期|礼拜|月|年){_MANY}{_TIMES}|每隔?\s?(?:{NUMBER}"
            rf"|半)?\s?个?(?:小时|钟头|分钟|刻钟)"
            rf"|一(?:天|周|个月){_MANY}{_TIMES}"
        ),
        _too_often,
    ),
    RepeatRule(re.compile(rf"每个?{_WEEK}(?:[七八九]|[089])"), _no_week),
    RepeatRule(re.compile(rf"{_MONTHS}{_ONCE}"), _monthly),
    RepeatRule(
        re.compile(
            _MONTHS
            + rf"((?<![0-9])(?:{NUMBER})\s?[日号]?(?:{_AND}(?:{NUMBER})\s?[日号]?)*(?<=[日号]))"
        ),
        _month_days,
    ),
    RepeatRule(re.compile(_MONTHS + r"月?(底|末(?!尾)|初|第一[天日]|最后一[天日])"), _month_end),
    RepeatRule(
        re.compile(_MONTHS + _PLACE + rf"(工作日|上班日|天|日|{_WEEK}{_DAY}|{_WEEK}末)"),
        _month_place,
    ),
)
YEARS: Final = re.compile(rf"每一?年(?:一{_TIMES}|的)?|每\s?({NUMBER})\s?年的?|(每隔一年|隔年)的?")


def year_interval(found: re.Match[str]) -> int | None:
    """Of a match of YEARS."""
    return 2 if found[2] else numerals.value(found[1]) if found[1] else 1
