"""Days off and make-up workdays by country and year, from kept libraries.

Mainland China is from chinesecalendar: what the State Council announces every November, for the
year to come: which days around the holidays are off, and which weekends are worked for that (调休).
Of a year not announced yet only the days are known that the law fixes. Other countries are from
holidays. Both libraries are loaded when they are asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import Any, Final

from app.domain.working_time import DayKind, SpecialDay
from app.i18n import Message, language

CHINA: Final = "CN"
# The first year of its rest days that two libraries agree on.
_ANNOUNCED_SINCE: Final = 2004
_NAMES: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "New Year's Day": Message("New Year's Day"),
        "Spring Festival": Message("Spring Festival"),
        "Tomb-sweeping Day": Message("Qingming"),
        "Labour Day": Message("Labour Day"),
        "Dragon Boat Festival": Message("Dragon Boat Festival"),
        "Mid-autumn Festival": Message("Mid-Autumn Festival"),
        "National Day": Message("National Day"),
        "Anti-Fascist 70th Day": Message("Victory Day"),
    }
)
_LANGUAGES: Final = {"en": ("en_US",), "zh_CN": ("zh_CN",), "zh_TW": ("zh_TW", "zh_HK", "zh_CN")}


class Coverage(Enum):
    """How much of a year the libraries know."""

    ANNOUNCED = "announced"
    """The days are published as they are."""
    LAW_ONLY = "law_only"
    """Mainland China before the notice: no make-up workday is known yet."""
    COMPUTED = "computed"
    """Worked out from the law, later than the libraries were made: days may be added or moved."""
    UNKNOWN = "unknown"


COVERAGE: Final[Mapping[Coverage, Message]] = MappingProxyType(
    {
        Coverage.ANNOUNCED: Message("All days off and make-up workdays of {year} are known."),
        Coverage.LAW_ONLY: Message(
            "For {year} only the days off that the law fixes are known. The State Council "
            "announces in November which weekends are worked and which days around a holiday are "
            "off: fill the year again with a newer program, or add those days by hand."
        ),
        Coverage.COMPUTED: Message(
            "The days off of {year} are worked out from the law as it is. A government may still "
            "move or add some: look at them once they are announced."
        ),
        Coverage.UNKNOWN: Message(
            "No days off are known for {year} in this country. Add them by hand."
        ),
    }
)
"""In words; `{year}` is to be filled."""


@dataclass(frozen=True, slots=True)
class PublicHolidays:
    """The exceptions of a year. `by_region` says that states or regions have days of their own."""

    coverage: Coverage
    days: Mapping[date, SpecialDay]
    by_region: bool = False


_NOTHING: Final = PublicHolidays(Coverage.UNKNOWN, MappingProxyType({}))


def in_year(country: str, year: int) -> PublicHolidays:
    """What is known of a year, names in the language in use; `country` as in ISO 3166."""
    if country == CHINA and _ANNOUNCED_SINCE <= year <= announced_until():
        return _announced(year)
    return _by_law(country, year)


def make_up_days_known(country: str, year: int) -> bool:
    """Whether the days of `in_year` are all there are, make-up workdays included."""
    return country != CHINA or year <= announced_until()


def announced_until() -> int:
    """The last year whose Chinese days off are known: that for which the libraries were made."""
    from chinese_calendar import constants

    return int(max(constants.holidays).year)


def _coverage(country: str, year: int) -> Coverage:
    if not make_up_days_known(country, year):
        return Coverage.LAW_ONLY
    return Coverage.ANNOUNCED if year <= announced_until() else Coverage.COMPUTED


def _announced(year: int) -> PublicHolidays:
    from chinese_calendar import constants

    kinds = ((DayKind.OFF, constants.holidays), (DayKind.WORK, constants.workdays))
    days = {
        day: SpecialDay(kind, str(_NAMES.get(name, name)))
        for kind, listed in kinds
        for day, name in listed.items()
        if day.year == year
    }
    return PublicHolidays(Coverage.ANNOUNCED, MappingProxyType(dict(sorted(days.items()))))


def _by_law(country: str, year: int) -> PublicHolidays:
    import holidays

    try:
        known = holidays.country_holidays(country)
        if not known.start_year <= year <= known.end_year:
            return _NOTHING
        found: Any = holidays.country_holidays(
            country,
            years=year,
            language=_language(known.supported_languages),
            # which day makes up for a holiday on a Sunday, in China the notice says
            observed=make_up_days_known(country, year),
        )
    except NotImplementedError:
        return _NOTHING
    days = {day: SpecialDay(DayKind.OFF, str(name)) for day, name in found.items()}
    worked = [day for day in found.weekend_workdays if day.year == year]
    days |= {day: SpecialDay(DayKind.WORK, str(Message("Make-up workday"))) for day in worked}
    return PublicHolidays(
        _coverage(country, year),
        MappingProxyType(dict(sorted(days.items()))),
        bool(known.subdivisions),
    )


def _language(supported: tuple[str, ...]) -> str | None:
    """The nearest of what the library has; None is the country's own."""
    wanted = _LANGUAGES.get(language(), _LANGUAGES["en"])
    return next((one for one in (*wanted, "en_US") if one in supported), None)
