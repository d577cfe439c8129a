"""Greetings: at what, to whom, once a year for each occasion.

An occasion is a key that is stored: birthday, anniversary (so many years a customer), founding (of
a company), or that of a festival. EVERY stands for all of them where a customer's wish is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from app.domain import birthdays, festivals
from app.domain.birthdays import Birthday
from app.domain.lunar import FIRST_DAY, LAST_DAY, from_solar
from app.i18n import Message

BIRTHDAY: Final = "birthday"
ANNIVERSARY: Final = "anniversary"
FOUNDING: Final = "founding"
EVERY: Final = "all"

PERSONAL: Final[Mapping[str, Message]] = MappingProxyType(
    {
        BIRTHDAY: Message("Birthday"),
        ANNIVERSARY: Message("Customer anniversary"),
        FOUNDING: Message("Company anniversary"),
    }
)
"""Occasions that each customer has on a day of their own."""

OCCASIONS: Final[Mapping[str, Message]] = MappingProxyType(
    {**PERSONAL, **{key: one.name for key, one in festivals.FESTIVALS.items()}}
)

_USUAL_CHINESE: Final = ("new_year", "spring_festival", "dragon_boat", "mid_autumn")
_USUAL_WESTERN: Final = ("new_year", "christmas")

NAMES: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "salutation": Message("The first line: Dear Ms Miller,"),
        "name": Message("How they are called: Ms Miller"),
        "contact": Message("The person's name as it is kept"),
        "customer": Message("The customer's name"),
        "sender": Message("Your name"),
        "line": Message("What you add for this customer; may be empty"),
        "years": Message("How many years: with an anniversary; else 0"),
        "zodiac": Message("The animal of the lunar year"),
        "date": Message("The day of the occasion"),
    }
)
"""What a template may fill in."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether somebody is greeted; `reason` says why not, where the customer wished it so.

    Without a reason it is only not usual to greet them then.
    """

    greet: bool
    reason: Message | None = None


def verdict(choices: Mapping[str, bool], occasion: str, language: str) -> Verdict:
    """Whether a customer with these wishes is greeted on an occasion.

    Without a wish: on their own days, and at the festivals usual in the language of the letter.
    """
    if choices.get(occasion) is True:
        return Verdict(greet=True)
    if choices.get(EVERY) is False:
        return Verdict(greet=False, reason=Message("Wants no greetings"))
    if choices.get(occasion) is False:
        return Verdict(greet=False, reason=Message("Wants no greetings on this occasion"))
    return Verdict(greet=occasion in PERSONAL or EVERY in choices or occasion in usual(language))


def usual(language: str) -> frozenset[str]:
    """The festivals at which customers are greeted who said nothing about it."""
    return frozenset(_USUAL_CHINESE if language.startswith("zh") else _USUAL_WESTERN)


def festivals_on(day: date) -> list[str]:
    """The keys of the festivals of a day."""
    return [one.key for _, one in festivals.between(day, day)]


def is_kept(birthday: Birthday, day: date) -> bool:
    """Whether a birthday is kept on a day."""
    try:
        return birthdays.next_on(birthday, day) == day
    except ValueError:
        return False  # the lunar calendar is not known so far


def years_since(first: date, day: date) -> int | None:
    """How many years after `first` a day is, if it is the same day of the year and not the first.

    29 February is kept on 28 February in common years.
    """
    same = Birthday(first.month, first.day)
    years = day.year - first.year
    return years if years > 0 and is_kept(same, day) else None


def year_of(day: date, birthday: Birthday | None = None) -> int:
    """The year for which a greeting of this day counts.

    A lunar birthday may come twice in a solar year: it counts for the lunar one.
    """
    if birthday is not None and birthday.lunar:
        return from_solar(day).year
    return day.year


def zodiac(day: date) -> int:
    """Which of the twelve animals, from 0 for the rat, greetings of a day speak of.

    It is that of the lunar year that begins within a month, else of the present one.
    """
    coming = day + timedelta(days=30)
    later = coming if FIRST_DAY <= coming <= LAST_DAY else day
    return (from_solar(later).year - 4) % 12


class How(StrEnum):
    """What was done with a greeting."""

    COPIED = "copied"
    PRINTED = "printed"
    LEFT_OUT = "left_out"
