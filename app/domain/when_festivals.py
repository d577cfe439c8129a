"""Festivals said in words, in folded text: 中秋节, 除夕, Mid-Autumn Festival, Christmas.

The next to come is meant, today included; 今年, 明年 and a year say which.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app.domain import festivals
from app.domain.recurrence import Recurrence, lunar_yearly, yearly_on
from app.domain.repeat_found import yearly_nth
from app.domain.surnames import SURNAMES
from app.domain.when_days import Rule

_NAMES: Final = {
    "new_year": ("元旦节?", "new year['’]?s day"),
    "new_years_eve": (
        "除夕|(?:[农旧阴]历)?大?年三十(?!号)",
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
    "christmas_eve": ("平安夜|圣诞前夜", "christmas eve"),
    "last_of_year": ("跨年夜", r"(?<!chinese )(?<!lunar )new year['’]?s eve"),
    "christmas": (
        "圣诞节?(?!树|卡|老人|礼)",
        "christmas(?: day)?(?! (?:eve|tree|cards?|party))|xmas",
    ),
}  # fmt: skip
_EVES: Final = {"christmas_eve": (12, 24), "last_of_year": (12, 31)}
"""Days that are no festivals to greet at, but are called like one: month and day."""
_PATTERN: Final = re.compile(
    "(?:"
    + "|".join(
        rf"(?P<{key}>(?:(?<!\w)(?:{english})(?![\w'’]))|(?:(?:(?P<{key}_year>20[0-9]{{2}}|今"
        rf"|明)年的?)?"
        rf"(?<![{SURNAMES}])(?:{chinese})(?:当天|那天)?))"
        for key, (chinese, english) in _NAMES.items()
    )
    + ")"
)
_RULES: Final = {
    "new_year": yearly_on(1, 1),
    "spring_festival": lunar_yearly(1, 1),
    "new_years_eve": lunar_yearly(12, 30),
    "lantern": lunar_yearly(1, 15),
    "valentine": yearly_on(2, 14),
    "womens_day": yearly_on(3, 8),
    "labour_day": yearly_on(5, 1),
    "mothers_day": yearly_nth(5, 2, 6),
    "childrens_day": yearly_on(6, 1),
    "dragon_boat": lunar_yearly(5, 5),
    "fathers_day": yearly_nth(6, 3, 6),
    "qixi": lunar_yearly(7, 7),
    "teachers_day": yearly_on(9, 10),
    "mid_autumn": lunar_yearly(8, 15),
    "national_day": yearly_on(10, 1),
    "double_ninth": lunar_yearly(9, 9),
    "thanksgiving": yearly_nth(11, 4, 3),
    "christmas": yearly_on(12, 25),
    **{key: yearly_on(*day) for key, day in _EVES.items()},
}


@dataclass(frozen=True, slots=True)
class Feast:
    """text[start:end] names the festival `key`."""

    start: int
    end: int
    key: str

    @property
    def rule(self) -> Recurrence | None:
        """Its day every year; None for those that no rule can say (Easter, solar terms)."""
        return _RULES.get(self.key)


def find_in(text: str) -> list[Feast]:
    """Every festival that folded text names."""
    return [Feast(*found.span(), _key(found)) for found in _PATTERN.finditer(text)]


def _key(found: re.Match[str]) -> str:
    return next(key for key in _NAMES if found[key] is not None)


def _meaning(found: re.Match[str], now: datetime) -> date | None:
    key, today = _key(found), now.date()
    said = found[f"{key}_year"]
    if key in _EVES:
        day = date(today.year, *_EVES[key])
        return day if day >= today else day.replace(year=today.year + 1)
    if said is None:
        return festivals.next_on(key, today)
    year = {"今": today.year, "明": today.year + 1}.get(said) or int(said)
    # the year in which it begins: 今年除夕 is the eve of the year that comes
    return festivals.on(key, year + 1 if key == "new_years_eve" else year)


RULES: Final = (Rule(_PATTERN, _meaning),)
