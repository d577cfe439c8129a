"""Festivals said in words, in folded text: 中秋节, 除夕, Mid-Autumn Festival, Christmas.

The next to come is meant, today included; 今年, 明年 and a year say which.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app.domain import festivals, repeat_every
from app.domain.repeat_every import Every
from app.domain.when_days import Rule

_NAMES: Final = {
    "new_year": ("元旦节?", "new year['’]?s day"),
    "new_years_eve": (
        "除夕|大年三十|年三十(?!号)",
        r"(?:chinese|lunar) new year['’]?s eve",
    ),
    "spring_festival": (
        "春节(?!联欢)|大年初一|农历新年|过年那天",
        "spring festival|(?:chinese|lunar) new year(?!['’]?s eve)",
    ),
    "lantern": ("元宵节|元宵(?=[前后])|上元节", "lantern festival"),
    "valentine": ("情人节", r"valentine['’]?s(?: day)?|valentine day"),
    "womens_day": ("妇女节|三八节|女神节", r"(?:international )?women['’]?s day"),
    "easter": ("复活节", "easter(?! monday)(?: sunday)?"),
    "qingming": ("清明节?", "qingming(?: festival)?|tomb[- ]sweeping day"),
    "labour_day": ("劳动节|五一节?(?=[前后放那当]|节)", r"labou?r day|may day"),
    "mothers_day": ("母亲节", r"mother['’]?s['’]? day"),
    "childrens_day": ("儿童节|六一节", r"children['’]?s['’]? day"),
    "dragon_boat": ("端午节?|端阳节", "dragon[- ]boat(?: festival)?"),
    "fathers_day": ("父亲节", r"father['’]?s['’]? day"),
    "qixi": ("七夕节?", "qixi(?: festival)?"),
    "teachers_day": ("教师节", r"teachers?['’]?s?['’]? day"),
    "mid_autumn": ("中秋节?(?!月饼)|中秋节|八月节", "mid-?autumn(?: festival| day)?|moon festival"),
    "national_day": ("国庆节?|十一(?=[前后]|长假|黄金周)", "(?:chinese )?national day"),
    "double_ninth": ("重阳节?", "double ninth(?: festival)?|chongyang(?: festival)?"),
    "thanksgiving": ("感恩节", "thanksgiving(?: day)?"),
    "winter_solstice": ("冬至节?", "winter solstice|dongzhi"),
    "christmas": ("圣诞节?(?!树|卡|老人|礼)", "christmas(?: day)?(?! (?:eve|tree|cards?|party|gifts?))|xmas"),
}  # fmt: skip
_PATTERN: Final = re.compile(
    "(?:"
    + "|".join(
        rf"(?P<{key}>(?:(?<!\w)(?:{english})(?![\w'’]))|(?:(?:(?P<{key}_year>20[0-9]{{2}}|今|明)年的?)?"
        rf"(?<![国春])(?:{chinese})(?:当天|那天)?))"
        for key, (chinese, english) in _NAMES.items()
    )
    + ")"
)
_EVERY: Final = {
    "new_year": repeat_every.years(1, 1, 1),
    "spring_festival": repeat_every.lunar_years(1, 1),
    "new_years_eve": repeat_every.lunar_years(12, 30),
    "lantern": repeat_every.lunar_years(1, 15),
    "valentine": repeat_every.years(1, 2, 14),
    "womens_day": repeat_every.years(1, 3, 8),
    "labour_day": repeat_every.years(1, 5, 1),
    "mothers_day": repeat_every.years_weekday(5, 2, 6),
    "childrens_day": repeat_every.years(1, 6, 1),
    "dragon_boat": repeat_every.lunar_years(5, 5),
    "fathers_day": repeat_every.years_weekday(6, 3, 6),
    "qixi": repeat_every.lunar_years(7, 7),
    "teachers_day": repeat_every.years(1, 9, 10),
    "mid_autumn": repeat_every.lunar_years(8, 15),
    "national_day": repeat_every.years(1, 10, 1),
    "double_ninth": repeat_every.lunar_years(9, 9),
    "thanksgiving": repeat_every.years_weekday(11, 4, 3),
    "christmas": repeat_every.years(1, 12, 25),
}


@dataclass(frozen=True, slots=True)
class Feast:
    """text[start:end] names the festival `key`."""

    start: int
    end: int
    key: str

    @property
    def every(self) -> Every | None:
        """Its day every year; None for those that no rule can say (Easter, solar terms)."""
        return _EVERY.get(self.key)


def find_in(text: str) -> list[Feast]:
    """Every festival that folded text names."""
    return [Feast(*found.span(), _key(found)) for found in _PATTERN.finditer(text)]


def _key(found: re.Match[str]) -> str:
    return next(key for key in _NAMES if found[key] is not None)


def _meaning(found: re.Match[str], now: datetime) -> date | None:
    key, today = _key(found), now.date()
    said = found[f"{key}_year"]
    if said is None:
        return festivals.next_on(key, today)
    year = {"今": today.year, "明": today.year + 1}.get(said) or int(said)
    # the year in which it begins: 今年除夕 is the eve of the year that comes
    return festivals.on(key, year + 1 if key == "new_years_eve" else year)


RULES: Final = (Rule(_PATTERN, _meaning),)
