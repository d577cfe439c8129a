"""What a day is: its number in the lunar calendar, the festival or solar term that falls on it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from app.domain import festivals, lunar, solar_terms
from app.i18n import language, locale_code, tr
from app.ui.reminder_words import near_day

_AHEAD: Final = 7


def is_chinese() -> bool:
    """Whether the language in use is Chinese."""
    return language() in {"zh_CN", "zh_TW"}


def lunar_day(day: date) -> str:
    """The day of the lunar month in a word or figures; on the first the month; "" if not known."""
    if not lunar.FIRST_DAY <= day <= lunar.LAST_DAY:
        return ""
    found = lunar.from_solar(day)
    if is_chinese():
        if found.day > 1:
            return lunar.day_word(found.day)
        return lunar.words(found.month, found.day, leap=found.leap)[:-2]
    return f"{found.month}/{found.day}{'+' if found.leap else ''}"


def lunar_date(day: date) -> str:
    """Month and day in the lunar calendar, in words; "" if not known."""
    if not lunar.FIRST_DAY <= day <= lunar.LAST_DAY:
        return ""
    found = lunar.from_solar(day)
    if is_chinese():
        return tr("Lunar {words}", words=lunar.words(found.month, found.day, leap=found.leap))
    if found.leap:
        return tr("Lunar leap month {month}, day {day}", month=found.month, day=found.day)
    return tr("Lunar month {month}, day {day}", month=found.month, day=found.day)


def long_day(day: date) -> str:
    """Weekday, day and month as the language writes them."""
    from babel.dates import format_date, format_skeleton

    locale = {"en": "en_GB"}.get(locale_code(), locale_code())
    return tr(
        "{weekday} {day}",
        weekday=format_date(day, "EEEE", locale=locale),
        day=format_skeleton("MMMMd", day, locale=locale),
    )


def notes_of(day: date) -> Sequence[str]:
    """Festivals and the solar term of a day, the festival first."""
    named = [str(one.name) for _, one in festivals.between(day, day)]
    term = solar_terms.name_of(day)
    return list(dict.fromkeys([*named, *([str(term)] if term is not None else [])]))


def next_note(today: date) -> str:
    """The next festival or solar term within a week, and when it is; "" without one."""
    for ahead in range(_AHEAD):
        day = today + timedelta(days=ahead)
        notes = notes_of(day)
        if notes:
            return tr("{day}: {name}", day=near_day(day, today), name=notes[0])
    return ""
