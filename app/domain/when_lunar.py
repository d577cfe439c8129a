"""Days of the Chinese calendar said in words, in folded text: 农历八月十五, 腊月廿三, lunar 8-15.

Without a year the next to come is meant, today included. 八月十五 alone is not understood: it can
be the fifteenth of August; 初, 廿 and the names 正月, 冬月, 腊月 are said of lunar days only.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app.domain import birthdays
from app.domain.birthday_words import figure
from app.domain.birthdays import Birthday, NoSuchBirthday
from app.domain.lunar import LAST_YEAR, LunarDate, leap_month, month_length, to_solar
from app.domain.when_days import Rule
from app.i18n import Message

_MARK: Final = r"(?:[农阴旧夏古]历|农历的)\s?"
_MONTH: Final = r"(正|冬|腊|十[一二]?|[一二三四五六七八九]|[0-9]{1,2})"
_DAY: Final = (
    r"(初[一二三四五六七八九十]|初?[0-9]{1,2}|[二廿卅三]?十[一二三四五六七八九]?"
    r"|[廿卅][一二三四五六七八九]?|[一二三四五六七八九])"
)
_YEAR: Final = r"(?:(20[0-9]{2}|今|明)年\s?(?:的\s?)?)?"
_COUNTED: Final = (
    r"(?!\s?[个块箱片件吨台套张车份瓶包盒单批次手楼厂级期步])(?![初]?一?(?:定|律|般|起|直|中|期))"
)
_MARKED: Final = re.compile(
    rf"{_YEAR}{_MARK}(?:(20[0-9]{{2}}|今|明)年\s?)?(闰)?{_MONTH}(?:\s?月\s?|\s?[-/.]\s?){_DAY}"
    r"(?:\s?[日号])?(?![0-9])"
)
_PLAIN: Final = re.compile(
    rf"{_YEAR}(?<![0-9一二三四五六七八九十几上下个])()(闰)?"
    r"(?:(正|冬|腊)月\s?" + _DAY + r"|(十[一二]?|[一二三四五六七八九])月\s?"
    rf"(初[一二三四五六七八九十]|廿[一二三四五六七八九]?)(?!五金|一定)){_COUNTED}"
)
_LABA: Final = re.compile(
    r"腊八节|(?<!\w)腊八(?=[前后当那给送喝熬\s,]|$)|(?<!\w)laba festival(?!\w)"
)
_ENGLISH: Final = re.compile(
    r"(?<!\w)(?:on )?(?:the )?lunar (?:(20[0-9]{2})[-/ ])?(leap )?(?:month )?([0-9]{1,2})"
    r"(?:[-/.]|,? day )([0-9]{1,2})(?![\w/-])"
)
_ORDINALS: Final = {
    name: place
    for place, name in enumerate(
        (
            "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
            "tenth", "eleventh", "twelfth",
        ),
        1,
    )
}  # fmt: skip
_OF_MONTH: Final = re.compile(
    r"(?<!\w)(?:on )?(?:the )?([0-9]{1,2})(?:st|nd|rd|th)?(?: day)? of (?:the )?(leap )?"
    rf"([0-9]{{1,2}}(?:st|nd|rd|th)|{'|'.join(_ORDINALS)}) lunar month(?!\w)"
)


@dataclass(frozen=True, slots=True)
class LunarDay:
    """text[start:end] says this day of the lunar calendar; `year` only where it is said."""

    start: int
    end: int
    month: int
    day: int
    leap: bool
    year: int | None

    def problem(self) -> Message | None:
        """Why there is no such day; None if there is one."""
        try:
            self._birthday()
        except NoSuchBirthday as impossible:
            return impossible.message
        return None

    def next_on(self, today: date) -> date | None:
        """The day of the year said, else the next to come; None if there is none.

        Of a leap month the next that comes, even years from now.
        """
        if self.problem():
            return None
        if self.year is not None:
            return to_solar(LunarDate(self.year, self.month, self.day, self.leap))
        if not self.leap:
            return birthdays.next_on(self._birthday(), today)
        years = range(today.year - 1, LAST_YEAR + 1)
        days = (_in_leap_month(year, self.month, self.day) for year in years)
        return next((day for day in days if day and day >= today), None)

    def _birthday(self) -> Birthday:
        return Birthday(self.month, self.day, self.year, self.leap, lunar=True)


def find_in(text: str, today: date) -> list[LunarDay]:
    """Every lunar day that folded text says, those that do not exist too."""
    found = [_marked(one, today) for one in _MARKED.finditer(text)]
    found += [_plain(one, today) for one in _PLAIN.finditer(text)]
    found += [_english(one) for one in _ENGLISH.finditer(text)]
    found += [LunarDay(*one.span(), 12, 8, leap=False, year=None) for one in _LABA.finditer(text)]
    return found + [_of_month(one) for one in _OF_MONTH.finditer(text)]


def _in_leap_month(year: int, month: int, day: int) -> date | None:
    if leap_month(year) != month or day > month_length(year, month, leap=True):
        return None
    return to_solar(LunarDate(year, month, day, leap=True))


def _marked(found: re.Match[str], today: date) -> LunarDay:
    before, year, leap, month, day = found.groups()
    return _made(found, month, day, leap, _year(before or year, today))


def _plain(found: re.Match[str], today: date) -> LunarDay:
    year, _, leap, month, day, other, other_day = found.groups()
    return _made(found, month or other, day or other_day, leap, _year(year, today))


def _english(found: re.Match[str]) -> LunarDay:
    year, leap, month, day = found.groups()
    return _made(found, month, day, leap, int(year) if year else None)


def _of_month(found: re.Match[str]) -> LunarDay:
    day, leap, month = found.groups()
    number = _ORDINALS.get(month)
    return _made(found, str(number) if number else month.rstrip("stndrh"), day, leap, None)


def _made(
    found: re.Match[str], month: str, day: str, leap: str | None, year: int | None
) -> LunarDay:
    return LunarDay(*found.span(), figure(month), figure(day), bool(leap), year)


def _year(said: str | None, today: date) -> int | None:
    if said is None:
        return None
    return {"今": today.year, "明": today.year + 1}.get(said) or int(said)


def _meaning(found: re.Match[str], now: datetime) -> date | None:
    if found.re is _LABA:
        return LunarDay(*found.span(), 12, 8, leap=False, year=None).next_on(now.date())
    made = {_PLAIN: _plain, _MARKED: _marked}.get(found.re)
    if made is not None:
        return made(found, now.date()).next_on(now.date())
    return (_english(found) if found.re is _ENGLISH else _of_month(found)).next_on(now.date())


RULES: Final = tuple(
    Rule(pattern, _meaning) for pattern in (_MARKED, _PLAIN, _LABA, _ENGLISH, _OF_MONTH)
)
