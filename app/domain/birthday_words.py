"""What is written where a birthday is asked for, in English and Chinese; it need not exist.

`app.domain.birthdays.parse` is what the program calls: it says what is read, and how.
"""

import re
from typing import Final, NamedTuple

from app.domain import dates
from app.domain.dates import LONGEST, Order
from app.domain.script import fold
from app.i18n import Message

_ROC_OFFSET: Final = 1911

# The patterns are for folded text: small letters, simplified characters, half width, one space.
_LUNAR_MARK: Final = re.compile(
    r"[(\[]?\s*(?:[农阴旧夏古]历|[农阴](?=\s*[)\]])"
    r"|\b(?:chinese )?lunar\b(?: (?:calendar|date|birthday)\b)?)\s*[)\]]?\s*[:,]?"
)
_SOLAR_MARK: Final = re.compile(
    r"[(\[]?\s*(?:[公阳新西国]历|[公西]元|[公阳](?=\s*[)\]])"
    r"|\bsolar\b(?: (?:calendar|date|birthday)\b)?)\s*[)\]]?\s*[:,]?"
)
_SAID_IN_LUNAR_ONLY: Final = re.compile("[正冬腊闰初廿卅]")
_TH: Final = "(?:st|nd|rd|th)?"
_COMPACT: Final = re.compile("([0-9]{4})([0-9]{2})([0-9]{2})")
_MONTH_THEN_DAY: Final = re.compile(
    r"(?:(?P<roc>(?:中华)?民国)?\s?"
    r"(?P<year>[0-9]{2,4}|[〇零○一二三四五六七八九]{2,4})(?:\s?[-./,年]|\s)\s?)?"
    r"(?P<leap>闰|leap\b)?\s?(?:month\s)?"
    rf"(?P<month>[正冬腊]|十[一二]?|[一二三四五六七八九]|[0-9]{{1,2}}{_TH})"
    r"(?P<joint>\s?月份?\s?|l?\s?[-./]\s?|\+|(?:\smonth)?,?\s(?:day\s)?)"
    r"(?P<day>初?[一二三四五六七八九]|初?十|十[一二三四五六七八九]"
    rf"|(?:[二三]十|[廿卅])[一二三四五六七八九]?|初?[0-9]{{1,2}}{_TH})\s?(?P<end>[日号]|day)?"
)
_DAY_OF_MONTH: Final = re.compile(
    rf"(?P<day>[0-9]{{1,2}}{_TH}) day of (?:the )?(?P<leap>leap )?"
    rf"(?P<month>[0-9]{{1,2}}{_TH}) month(?P<joint>)(?:,? (?:of )?(?P<year>[0-9]{{4}})(?P<roc>)?)?"
)
_VCARD: Final = re.compile("--([0-9]{2})([0-9]{2})")
_FIGURES: Final = re.compile(r"([0-9]{1,2})\s?([-/.月])\s?([0-9]{1,2})\s?[日号]?")
_NAME_FIRST: Final = re.compile(rf"(?P<name>[a-z]+)[\s.\-/]*(?P<day>[0-9]{{1,2}}){_TH}")
_NAME_LAST: Final = re.compile(rf"(?P<day>[0-9]{{1,2}}){_TH}[\s.\-/]*(?:of )?(?P<name>[a-z]+)\.?")
_DIGITS: Final = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_LONG_FORM: Final = str.maketrans(
    {"初": None, "正": "一", "冬": "十一", "腊": "十二", "廿": "二十", "卅": "三十"}
)


class Written(NamedTuple):
    """Fields as in Birthday; the day need not exist."""

    month: int
    day: int
    year: int | None = None
    leap: bool = False
    lunar: bool = False


def read(text: str, order: Order) -> Written | Message:
    """What is written, or why that cannot be said; `order` is that of solar figures."""
    shown = text.strip()[:40]
    plain, said_lunar, said_solar = _without_marks(text)
    found: Written | Message | None
    if said_lunar and said_solar:
        found = None
    elif said_lunar:
        found = _read_lunar(plain, shown)
    else:
        found = _read_worded(plain, shown, sure=said_solar) or _read_solar(plain, shown, order)
    return found or Message(
        "“{text}” could not be read as a birthday: write it like 1980-03-15, 3-15 or lunar 8-15.",
        params={"text": shown},
    )


def _without_marks(text: str) -> tuple[str, bool, bool]:
    """Folded, less the words for a calendar; is it said to be lunar, and solar?"""
    plain = fold(text) if len(text) <= LONGEST else ""
    plain, lunar = _LUNAR_MARK.subn(" ", " ".join(plain.split()))
    plain, solar = _SOLAR_MARK.subn(" ", plain)
    said_lunar = bool(lunar) or bool(_SAID_IN_LUNAR_ONLY.search(plain))
    return " ".join(plain.split()), said_lunar, bool(solar)


def _read_lunar(plain: str, shown: str) -> Written | Message | None:
    pattern = _DAY_OF_MONTH if " of " in plain else _MONTH_THEN_DAY
    found = pattern.fullmatch(_COMPACT.sub(r"\1-\2-\3", plain))
    return _month_and_day(found, shown, lunar=True) if found else None


def _month_and_day(found: re.Match[str], shown: str, *, lunar: bool) -> Written | Message:
    parts = found.groupdict("")
    leap = bool(parts["leap"]) or parts["joint"][:1] in {"l", "+"}
    year: int | None = None
    if figures := parts["year"].translate(_DIGITS):
        if len(figures) == 2 and not parts["roc"]:
            return Message("Write the year of “{text}” with four digits.", params={"text": shown})
        republic = bool(parts["roc"]) or len(figures) == 3
        year = int(figures) + (_ROC_OFFSET if republic else 0)
    return Written(figure(parts["month"]), figure(parts["day"]), year, leap, lunar)


def _read_worded(plain: str, shown: str, *, sure: bool) -> Written | Message | None:
    """三月十五日 and the like; without 日 it can be lunar too, unless `sure` that it is solar."""
    found = _MONTH_THEN_DAY.fullmatch(plain)
    if not found or (found["month"] + found["day"]).isascii():
        return None
    if sure or found["end"]:
        return _month_and_day(found, shown, lunar=False)
    return Message(
        "“{text}” can be solar or lunar: write “solar” or “lunar” before it.",
        params={"text": shown},
    )


def _read_solar(plain: str, shown: str, order: Order) -> Written | Message | None:
    if found := _VCARD.fullmatch(plain):
        return Written(int(found[1]), int(found[2]))
    if found := _FIGURES.fullmatch(plain):
        return _in_order(found, shown, order)
    if found := _NAME_FIRST.fullmatch(plain) or _NAME_LAST.fullmatch(plain):
        month = dates.parse(f"1 {found['name']} 2000")
        return Written(month.month, int(found["day"])) if month else None
    day = dates.parse(plain, order=order) or dates.parse(plain)
    if day:
        return Written(day.month, day.day, day.year)
    if len(re.findall("[0-9]+|[a-z]+", plain)) != 3:
        return None
    problem = dates.problem(plain)
    return problem and problem.filled(**{**problem.params, "text": shown})


def _in_order(found: re.Match[str], shown: str, order: Order) -> Written | Message:
    first, second = int(found[1]), int(found[3])
    turned = Written(second, first)
    straight = Written(first, second)
    if found[2] == "月":
        return straight
    if first > 12 >= second:
        return turned
    if second > 12 or first == second:
        return straight
    if order == "auto":
        return Message(
            "“{text}” can be {first} or {second}: say whether the day or the month comes first.",
            params={
                "text": shown,
                "first": f"{first:02}-{second:02}",
                "second": f"{second:02}-{first:02}",
            },
        )
    return turned if order == "dmy" else straight


def figure(word: str) -> int:
    """1 to 39 in Chinese or in figures: 初三, 十五, 廿三, 腊, 15th."""
    word = word.translate(_LONG_FORM).rstrip("stndrh")
    tens, ten, units = word.rpartition("十")
    value = int(units.translate(_DIGITS) or 0)
    return value + 10 * int(tens.translate(_DIGITS) or 1) if ten else value
