"""A recurrence in plain words, in the language in use."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from app.domain import lunar
from app.domain.recurrence_rule import Freq, Recurrence, Way, Weekday
from app.domain.recurrence_text import store
from app.i18n import language, locale_code, ntr, tr

_WEEKDAYS: Final = tuple(Weekday(day) for day in range(5))
_IN_EVERY_MONTH: Final = 28
_LEAP_YEAR: Final = 2000


def describe(rule: Recurrence) -> str:
    """As people say it: “Every month on the last working day”, “Every year on lunar 8/15”."""
    words = _WORDS[rule.way](rule)
    if rule.until is not None:
        return tr("{rule}, until {date}", rule=words, date=_date(rule.until))
    if rule.count is not None:
        return ntr(
            "{rule}, {count} time in all", "{rule}, {count} times in all", rule.count, rule=words
        )
    return words


# ---- by kind


def _by_rule(rule: Recurrence) -> str:
    if _is_every_weekday(rule):
        return tr("Every day from Monday to Friday")
    days = _days(rule)
    if days is None:
        plain = store(rule)
        return tr("{every}, by the rule {rule}", every=_every(rule), rule=plain)
    if not days:
        return _every(rule)
    return tr("{every} on {days}", every=_every(rule), days=days)


def _by_moon(rule: Recurrence) -> str:
    month, day = rule.by_month[0], rule.by_month_day[0]
    chinese = language() in {"zh_CN", "zh_TW"}
    words = lunar.words(month, day, leap=rule.leap) if chinese else f"{month}/{day}"
    if rule.leap:
        return tr("Every year on lunar {day} of the leap month", day=words)
    return tr("Every year on lunar {day}", day=words)


def _by_work(rule: Recurrence) -> str:
    days = _workday(rule.workday)
    if rule.by_month:
        days = tr("{day} of {months}", day=days, months=_months(rule.by_month))
    return tr("{every} on {days}", every=_every(rule), days=days)


def _after_done(rule: Recurrence) -> str:
    count = rule.interval
    match rule.freq:
        case Freq.DAILY:
            return ntr(
                "{count} day after it was last done", "{count} days after it was last done", count
            )
        case Freq.WEEKLY:
            return ntr(
                "{count} week after it was last done", "{count} weeks after it was last done", count
            )
        case Freq.MONTHLY:
            return ntr(
                "{count} month after it was last done",
                "{count} months after it was last done",
                count,
            )
        case Freq.YEARLY:
            return ntr(
                "{count} year after it was last done", "{count} years after it was last done", count
            )


_WORDS: Final[dict[Way, Callable[[Recurrence], str]]] = {
    Way.RULE: _by_rule,
    Way.LUNAR: _by_moon,
    Way.WORKDAY: _by_work,
    Way.AFTER_DONE: _after_done,
}


# ---- how often


def _every(rule: Recurrence) -> str:
    count = rule.interval
    match rule.freq:
        case Freq.DAILY:
            return tr("Every day") if count == 1 else _every_days(count)
        case Freq.WEEKLY:
            return tr("Every week") if count == 1 else _every_weeks(count)
        case Freq.MONTHLY:
            return tr("Every month") if count == 1 else _every_months(count)
        case Freq.YEARLY:
            return tr("Every year") if count == 1 else _every_years(count)


def _every_days(count: int) -> str:
    return ntr("Every {count} day", "Every {count} days", count)


def _every_weeks(count: int) -> str:
    return ntr("Every {count} week", "Every {count} weeks", count)


def _every_months(count: int) -> str:
    return ntr("Every {count} month", "Every {count} months", count)


def _every_years(count: int) -> str:
    return ntr("Every {count} year", "Every {count} years", count)


# ---- on which days


def _is_every_weekday(rule: Recurrence) -> bool:
    often = rule.freq in {Freq.DAILY, Freq.WEEKLY} and rule.interval == 1
    others = rule.by_month or rule.by_month_day or rule.by_set_pos
    return often and rule.by_day == _WEEKDAYS and not others


def _days(rule: Recurrence) -> str | None:
    """The days in words, "" where none are named, None where there are no words for them."""
    if rule.by_week_no or rule.by_year_day or (rule.by_day and rule.by_month_day):
        return None
    if rule.by_set_pos:
        days = _set_pos(rule)
    elif rule.by_day:
        days = _joined([_weekday(one) for one in rule.by_day])
    elif rule.by_month_day:
        return _month_days(rule)
    else:
        return _months(rule.by_month)
    if days is None or not rule.by_month:
        return days
    return tr("{day} of {months}", day=days, months=_months(rule.by_month))


def _set_pos(rule: Recurrence) -> str | None:
    if rule.freq is not Freq.MONTHLY or len(rule.by_set_pos) != 1:
        return None
    place, days = rule.by_set_pos[0], rule.by_month_day
    if days and place == -1 and days == tuple(range(_IN_EVERY_MONTH, days[-1] + 1)):
        return tr("day {day}, or the last day", day=days[-1])
    if len(rule.by_day) == 1 and not days and not rule.by_day[0].place:
        return _weekday(Weekday(rule.by_day[0].day, place))
    return None


def _month_days(rule: Recurrence) -> str:
    if len(rule.by_month) == 1 and min(rule.by_month_day) > 0:
        return _joined([_day_of_year(rule.by_month[0], day) for day in rule.by_month_day])
    days = _joined([_month_day(day) for day in sorted(rule.by_month_day, key=_from_start)])
    if not rule.by_month:
        return days
    return tr("{day} of {months}", day=days, months=_months(rule.by_month))


def _from_start(day: int) -> int:
    return day if day > 0 else 100 + day


def _month_day(day: int) -> str:
    if day > 0:
        return tr("day {day}", day=day)
    if day == -1:
        return tr("the last day")
    return tr("day {day} from the end", day=-day)


def _workday(place: int) -> str:
    match place:
        case 1:
            return tr("the first working day")
        case -1:
            return tr("the last working day")
        case -2:
            return tr("the last working day but one")
    if place > 0:
        return tr("working day {place}", place=place)
    return tr("working day {place} from the end", place=-place)


def _weekday(one: Weekday) -> str:
    name = _day_name(one.day)
    match one.place:
        case 0:
            return name
        case 1:
            return tr("the first {weekday}", weekday=name)
        case 2:
            return tr("the second {weekday}", weekday=name)
        case 3:
            return tr("the third {weekday}", weekday=name)
        case 4:
            return tr("the fourth {weekday}", weekday=name)
        case -1:
            return tr("the last {weekday}", weekday=name)
    if one.place > 0:
        return tr("{weekday} number {place}", weekday=name, place=one.place)
    return tr("{weekday} number {place} from the end", weekday=name, place=-one.place)


# ---- names from Babel, which takes time to load


def _joined(words: Sequence[str]) -> str:
    from babel.lists import format_list

    return str(format_list(words, locale=locale_code()))


def _day_name(day: int) -> str:
    from babel.dates import get_day_names

    return str(get_day_names("wide", locale=locale_code())[day])


def _months(months: Sequence[int]) -> str:
    from babel.dates import get_month_names

    names = get_month_names("wide", context="stand-alone", locale=locale_code())
    return _joined([str(names[month]) for month in months]) if months else ""


def _day_of_year(month: int, day: int) -> str:
    from babel.dates import format_skeleton

    return str(format_skeleton("MMMMd", date(_LEAP_YEAR, month, day), locale=_locale()))


def _date(day: date) -> str:
    from babel.dates import format_date

    return str(format_date(day, "long", locale=_locale()))


def _locale() -> str:
    # as everywhere in the program the day comes first in English
    return {"en": "en_GB"}.get(locale_code(), locale_code())
