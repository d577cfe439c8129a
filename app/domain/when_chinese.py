"""Chinese words for days and hours, in folded (simplified, half-width) text."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from app.domain import numerals
from app.domain.numerals import NUMBER
from app.domain.when_days import (
    SATURDAY,
    SUNDAY,
    Hour,
    Rule,
    after_months,
    coming,
    existing,
    guessed_hour,
    in_months,
    moment,
    month_end,
    week_end,
    weekday_in,
    without_year,
)

_NEAR: Final = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "昨": -1, "今天": 0, "今日": 0, "今": 0,
    "明天": 1, "明日": 1, "明": 1, "后天": 2, "大后天": 3, "大大后天": 4,
}  # fmt: skip
# 说明天气, 发明天线, 以后天冷 and the like hold no day.
_NEAR_DAY: Final = re.compile(
    r"大大后天|大后天|大前天|今天|今日(?!头条)|明天(?![气花窗然才线])|明日|昨天|昨日"
    r"|(?<![以之然今最周月年天日时先])后天(?![气天冷热性])|(?<![以之周月年天日])前天(?![天线气])"
    r"|今(?=[早晚])(?!早已)|(?<![证表声透发聪])明(?=[早晚])(?![早晚][就已点到期于])|昨(?=晚)"
)
_WEEKS: Final = {"上上": -2, "上": -1, "本": 0, "这": 0, "": 0, "下": 1, "下下": 2}
_WEEKDAYS: Final = {char: place for place, char in enumerate("一二三四五六日")} | {
    "天": SUNDAY,
    "末": SATURDAY,
}
_NOT_A_DAY: Final = (
    r"(?!(?<=一)[共直定律起般样些切批旦方次鸣]|(?<=[一二三四五六])"
    r"(?:[个次箱块片件吨台套张车份瓶包盒单万千百年人倍]|天(?!气))|(?<=日)[均报期常用本]"
    r"|(?<=末)[尾端]"
    r"|(?<=[六五])[福金])"
)
_WEEKDAY: Final = re.compile(
    rf"(?<![每一两二三四五六七八九十几半第0-9])((?:(?:上上|下下|上|下|本|这)个?)?)"
    rf"(?:周|星期|礼拜)([一二三四五六日天末]){_NOT_A_DAY}"
)
_WEEK: Final = re.compile(
    r"(下下|下|本|这)个?(?:周|星期|礼拜)(?![年期转末刊])(?:(?=(?:之|以)?(内)(?!容)))?"
)
_MONTHS: Final = {"上": -1, "本": 0, "这": 0, "": 0, "下": 1, "下下": 2}
_MONTH_PART: Final = re.compile(
    rf"(?:(?:(下下|上|下|本|这)个?)|(?<![0-9])({NUMBER}))?月([底末初])(?!线)"
)
_NEXT_MONTH: Final = re.compile(rf"下个?月(?!\s?{NUMBER}\s?[日号]|[初底末中上下份薪])")
_YEAR_END: Final = re.compile(r"(今|明|本)?年(?:底|末)")
_DATE: Final = re.compile(
    rf"(?:(20[0-9]{{2}}|今|明)年\s?)?(?<![0-9{numerals.CHINESE}几第])({NUMBER})\s?月(?:份)?\s?"
    rf"({NUMBER})(?:\s?[日号](?![内线])|(?<=[0-9])(?![0-9%]|\s?[天块个片件箱元人万吨台套张]))"
)
_DAY_OF_MONTH: Final = re.compile(rf"(上|下|本|这)个?月\s?({NUMBER})\s?[日号]")
_DAY_ALONE: Final = re.compile(
    r"(?:^|(?<=[\s,;:.。、!?约等到在说应]))([0-9]{1,2})号"
    r"(?=\s*(?:$|[\s,;.。!?]|(?:之|以)?前|[上下]午|早上|晚上|[0-9]{1,2}[点:]|交|寄|发货|送|回|给"
    r"|再|打|付|见))"
)
_DURATION: Final = re.compile(
    rf"(?<![0-9第前近\-~—到至几.{numerals.CHINESE}期超错迟])(?:(?:再?过|还有)(?!期))?"
    rf"({NUMBER}|半)\s?(?:(天|日(?!前)|周|星期|个星期|个?礼拜|年)|(个月))(?:之|以)?"
    r"(后(?![台门面])|内(?![容部])|前(?![台面]))"
)
_DAYS: Final = {"天": 1, "日": 1, "周": 7, "星期": 7, "个星期": 7, "礼拜": 7, "个礼拜": 7}
_SPAN: Final = re.compile(
    rf"(?<![0-9第前近\-~—到至几.{numerals.CHINESE}])({NUMBER}|半)\s?(?:个(半)?)?\s?"
    r"(小时|钟头|分钟|刻钟)(?:之|以)?(后(?![台门面])|内(?![容部])|前(?![台面]))"
)
_PASSING: Final = re.compile(
    rf"(?<![经超错通度期难])(?:再过|过)\s?({NUMBER}|半)\s?个?\s?(小时|钟头|分钟|刻钟|天|周|星期"
    rf"|礼拜|月)"
    r"(?!\s?(?:之|以)?[后前内]|了|的|期)"
)
_UNIT_MINUTES: Final = {"小时": 60, "钟头": 60, "分钟": 1, "刻钟": 15}


def _near(found: re.Match[str], now: datetime) -> date:
    return now.date() + timedelta(days=_NEAR[found[0]])


def _weekday(found: re.Match[str], now: datetime) -> date:
    which, weekday = found[1].removesuffix("个"), _WEEKDAYS[found[2]]
    return weekday_in(now.date(), weekday, _WEEKS[which]) if which else coming(now.date(), weekday)


def _week(found: re.Match[str], now: datetime) -> date | None:
    weeks = _WEEKS[found[1]]
    if found[2]:
        return week_end(now.date(), weeks)
    return weekday_in(now.date(), 0, weeks) if weeks else None


def _month_part(found: re.Match[str], now: datetime) -> date | None:
    today, start = now.date(), found[3] == "初"
    if found[2]:
        month = numerals.value(found[2])
        first = without_year(month, 1, today) if month else None
        if first is None:
            return None
        return first if start else month_end(first.year, first.month)
    away = _MONTHS[found[1] or ""] + int(start and not found[1] and today.day > 1)
    year, month = in_months(today, away)
    return date(year, month, 1) if start else month_end(year, month)


def _next_month(_: re.Match[str], now: datetime) -> date:
    return date(*in_months(now.date(), 1), 1)


def _year_end(found: re.Match[str], now: datetime) -> date:
    return date(now.year + int(found[1] == "明"), 12, 31)


def _date(found: re.Match[str], now: datetime) -> date | None:
    month, day = numerals.value(found[2]), numerals.value(found[3])
    if not month or not day:
        return None
    if not found[1]:
        return without_year(month, day, now.date())
    said = {"今": now.year, "明": now.year + 1}
    return existing(said[found[1]] if found[1] in said else int(found[1]), month, day)


def _day_of_month(found: re.Match[str], now: datetime) -> date | None:
    day = numerals.value(found[2])
    return existing(*in_months(now.date(), _MONTHS[found[1]]), day) if day else None


def _day_alone(found: re.Match[str], now: datetime) -> date | None:
    """The next month that has such a day and in which it is still to come."""
    today = now.date()
    days = (existing(*in_months(today, months), int(found[1])) for months in range(3))
    return next((day for day in days if day and day >= today), None)


def _duration(found: re.Match[str], now: datetime) -> date | None:
    sign, today = -1 if found[4] == "前" else 1, now.date()
    half = found[1] == "半"
    if half and (found[3] or found[2] == "年"):
        return today + timedelta(days=15 * sign) if found[3] else after_months(today, 6 * sign)
    amount = numerals.value(found[1])
    if not amount:
        return None
    if found[3] or found[2] == "年":
        return after_months(today, sign * amount * (1 if found[3] else 12))
    return today + timedelta(days=sign * amount * _DAYS[found[2]])


def _span(found: re.Match[str], now: datetime) -> datetime | None:
    sign, unit = -1 if found[4] == "前" else 1, _UNIT_MINUTES[found[3]]
    if found[1] == "半":
        return moment(now, sign * unit // 2) if unit == 60 else None
    amount = numerals.value(found[1])
    if not amount:
        return None
    return moment(now, sign * (amount * unit + (unit // 2 if found[2] else 0)))


def _passing(found: re.Match[str], now: datetime) -> date | datetime | None:
    amount, unit = found[1], found[2]
    if minutes := _UNIT_MINUTES.get(unit):
        return moment(
            now, minutes // 2 if amount == "半" else (numerals.value(amount) or 0) * minutes
        )
    number = numerals.value(amount)
    if not number:
        return None
    if unit == "月":
        return after_months(now.date(), number)
    return now.date() + timedelta(days=number * (1 if unit == "天" else 7))


RULES: Final = (
    Rule(_NEAR_DAY, _near),
    Rule(_WEEKDAY, _weekday),
    Rule(_WEEK, _week),
    Rule(_MONTH_PART, _month_part),
    Rule(_NEXT_MONTH, _next_month),
    Rule(_YEAR_END, _year_end),
    Rule(_DATE, _date),
    Rule(_DAY_OF_MONTH, _day_of_month),
    Rule(_DAY_ALONE, _day_alone),
    Rule(_DURATION, _duration),
    Rule(_SPAN, _span),
    Rule(_PASSING, _passing),
)

_MORNING: Final = frozenset({"早上", "早晨", "清晨", "上午", "早", "一早"})
_AFTERNOON: Final = frozenset({"下午", "午后", "傍晚"})
_PARTS: Final = {
    "凌晨": 1, "清晨": 9, "早上": 9, "早晨": 9, "上午": 9, "一早": 9, "早": 9, "中午": 12,
    "午后": 14, "下午": 14, "傍晚": 17, "晚上": 19, "夜里": 19, "晚": 19,
}  # fmt: skip
"""The hour that a part of the day means when none is said."""
_PART: Final = (
    r"凌晨|清晨|早上|早晨|上午|一早|中午|午后|下午|傍晚|晚上|夜里"
    r"|(?<=[今明昨])[早晚](?![点已就])"
)
_CLOCK: Final = re.compile(
    rf"({_PART})?\s?(?:(?<![0-9第.:期周拜{numerals.CHINESE}])|(?<=周[一二三四五六日天])"
    rf"|(?<=[期拜][一二三四五六日天])|(?<![0-9第.:])(?=[0-9]))(?:({NUMBER})\s?(?:点(?![心评击])"
    rf"|时(?![代候间常]))"
    rf"(?:(半|一刻|三刻)|\s?过?({NUMBER})分?(?![折%倍])|整|钟)?(?!要求|建议|意见|问题|原因)"
    r"|([0-9]{1,2}):([0-5][0-9])(?![0-9:]))"
)
# 下午3-5点, 3到5点: the hour at which it begins
_FROM_TO: Final = re.compile(
    rf"({_PART})?\s?(?<![0-9第.:\-~])({NUMBER})\s?(?:-|~|到"
    rf"|至)\s?{NUMBER}\s?点(?![心评击])(?!要求|建议|意见|问题|原因)"
)
_PART_ALONE: Final = re.compile(rf"(?:{_PART})(?!\s?(?:[0-9]|{NUMBER}\s?点))")
_UNTIL: Final = re.compile(r"\s?(?:之|以)?前(?![提面后台])")
_PAST: Final = {"半": 30, "一刻": 15, "三刻": 45}


def hours(text: str) -> Iterator[Hour]:
    """Times of day; a part of the day without an hour stands for the hour of _PARTS."""
    for found in _CLOCK.finditer(text):
        said = numerals.value(found[2] or found[5])
        hour = None if said is None else _of_part(found[1], said, found[5] or "")
        minute = _minute(found)
        if hour is not None and minute is not None and minute < 60:
            # 1:30 may be a ratio, 三点 three points; 09:30, 下午三点 and 三点前 are hours.
            alone = (
                bool(found[1]) or len(found[5] or "") == 2 or bool(_UNTIL.match(text, found.end()))
            )
            yield Hour(found.start(), found.end(), hour * 60 + minute, alone)
    for found in _PART_ALONE.finditer(text):
        yield Hour(found.start(), found.end(), _PARTS[found[0]] * 60, alone=False)
    for found in _FROM_TO.finditer(text):
        said = numerals.value(found[2])
        begin = None if said is None else _of_part(found[1], said, "")
        if begin is not None:
            yield Hour(found.start(), found.end(), begin * 60, alone=bool(found[1]))


def _minute(found: re.Match[str]) -> int | None:
    if found[3]:
        return _PAST[found[3]]
    return numerals.value(found[4] or found[6] or "0")


def _of_part(part: str | None, hour: int, written: str) -> int | None:
    """The hour of 24; None if there is no such one in that part of the day."""
    if hour > 24 or (hour > 12 and part in _MORNING):
        return None
    if part is None:
        return hour if written.startswith("0") else guessed_hour(hour)
    if part == "凌晨":
        return hour % 12 if hour <= 12 else None
    if part in _MORNING or hour > 12:
        return hour
    if part == "中午":
        return hour + 12 if hour < 3 else hour
    if part in _AFTERNOON:
        return hour + 12 if hour < 12 else hour
    if hour == 12:
        return 24  # midnight at the end of that day
    return hour + 12 if hour >= 5 else None


_LATER_TODAY: Final = re.compile(
    r"(?<![天日早周一二三四五六])(?:下午|傍晚|晚上|中午)(?!\s?[0-9一二三四五六七八九十]|茶|饭|班"
    r"|好)"
)


def parts_of_today(text: str) -> Iterator[Hour]:
    """下午 with neither day nor hour."""
    for found in _LATER_TODAY.finditer(text):
        yield Hour(found.start(), found.end(), _PARTS[found[0]] * 60, alone=True)
