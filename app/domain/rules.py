"""Rules that make reminders: what they need to know, on which days they act, what they say.

Two sorts of rules:

- Of a day of the customer's own (birthday, festival, anniversary): the reminder is due on the day
  itself and calls ahead of it. It is made when it first calls; a day that passed while no program
  ran is made up for GRACE days, and what nobody did is withdrawn PASSED days after the day.
- Counted from the last real contact, or from the calendar (silence, care plan, thank-you call): the
  reminder is due when it is made. What was missed is looked for LOOK_BACK days back, and one person
  gets at most so many of a rule on one day: the longest waiting first, the others the next days.

What a reminder was made for is its occasion: a day, what else tells it apart, and for whom. With
the rule it is there once, whatever happens to the reminder or to the rule, and other rules of the
same kind leave it alone.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from app.domain.interactions import Channel
from app.domain.reminders import LONGEST_LEAD, Alarm, ReminderKind
from app.domain.vocabulary import Grade, Role, Stage
from app.i18n import Message

GRACE: Final = 3
"""Days after its day for which a birthday is still made, when no program ran on it."""
PASSED: Final = 7
"""Days after its day when a birthday nobody saw to is withdrawn."""
LOOK_BACK: Final = 30
"""Days back in which silences and the like are looked for that nobody was reminded of."""
LONGEST_BREAK: Final = 14
"""Days off in a row over which a call is moved to the workday before."""
MOST_DAYS: Final = 3_650
MOST_MONTHS: Final = 24
MOST_A_DAY: Final = 200
MORNING: Final = time(9)
SINCE_FIELD: Final = "since"
"""Source of an anniversary: the day one became a customer."""

IsWorkday = Callable[[date], bool]


class Whose(StrEnum):
    """Whose birthdays."""

    BOTH = "both"
    CUSTOMERS = "customers"
    CONTACTS = "contacts"


KINDS: Final = (
    ReminderKind.BIRTHDAY,
    ReminderKind.FESTIVAL,
    ReminderKind.SILENCE,
    ReminderKind.ANNIVERSARY,
    ReminderKind.CARE,
    ReminderKind.THANKS,
)
"""The kinds of reminders that rules make, in the order in which they are offered."""
COUNTED: Final = frozenset({ReminderKind.SILENCE, ReminderKind.CARE, ReminderKind.THANKS})
"""Rules that are counted from a contact or the calendar: due when made, so many a day."""

WHOSE: Final[Mapping[Whose, Message]] = MappingProxyType(
    {
        Whose.BOTH: Message("Customers and contacts"),
        Whose.CUSTOMERS: Message("Customers only"),
        Whose.CONTACTS: Message("Contacts only"),
    }
)
NAMES: Final[Mapping[ReminderKind, Message]] = MappingProxyType(
    {
        ReminderKind.BIRTHDAY: Message("Birthdays"),
        ReminderKind.FESTIVAL: Message("Festivals"),
        ReminderKind.SILENCE: Message("Silent customers"),
        ReminderKind.ANNIVERSARY: Message("Anniversaries and dates"),
        ReminderKind.CARE: Message("Care plan"),
        ReminderKind.THANKS: Message("Thank-you calls"),
    }
)
TEXTS: Final[Mapping[ReminderKind, Message]] = MappingProxyType(
    {
        ReminderKind.BIRTHDAY: Message("Wish {contact} a happy birthday"),
        ReminderKind.FESTIVAL: Message("{festival}: greet {contact}"),
        ReminderKind.SILENCE: Message("Get in touch with {contact}: silent for {days} days"),
        ReminderKind.ANNIVERSARY: Message("{field} of {customer}: {day}"),
        ReminderKind.CARE: Message("Look after {contact}: last contact {days} days ago"),
        ReminderKind.THANKS: Message("Call {contact} and say thank you"),
    }
)
"""What a reminder says unless the rule has words of its own."""
NEVER_SPOKEN: Final = Message("Get in touch with {contact}: no contact yet")
FOUNDED: Final = Message("Congratulate {customer}: founded on this day")
SINCE: Final = Message("{customer} has been a customer for {years} years")

PLACES: Final[Mapping[ReminderKind, tuple[str, ...]]] = MappingProxyType(
    {
        ReminderKind.BIRTHDAY: ("customer", "contact", "day", "age", "birthday"),
        ReminderKind.FESTIVAL: ("customer", "contact", "day", "festival"),
        ReminderKind.SILENCE: ("customer", "contact", "day", "days"),
        ReminderKind.ANNIVERSARY: ("customer", "contact", "day", "field", "years"),
        ReminderKind.CARE: ("customer", "contact", "day", "days"),
        ReminderKind.THANKS: ("customer", "contact", "day", "days"),
    }
)
"""What stands in curly brackets in the words of a rule, and is filled for every customer."""

_PLACE: Final = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class RuleParams:
    """What the kinds need to know; a kind ignores what is another's.

    `whose`: birthdays of whom. `festivals`: keys of domain.festivals; `wished`: only for customers
    who wish greetings then. `days`: how long a customer may be silent, or how often it is looked
    after; `by_grade` and `by_stage` say otherwise, and of several the shortest holds. `source`:
    "since", "created" or "field_12", the custom field with this id; `yearly`: every year, or once
    on its date. `channel`: how a customer is looked after. `months` and `place`: every so many
    months, on the n-th workday (-1: the last). `most`: reminders for one person on one day.
    `workdays`: what would call on a day off calls on the workday before.
    """

    whose: Whose = Whose.BOTH
    festivals: tuple[str, ...] = ()
    wished: bool = False
    days: int = 90
    by_grade: Mapping[Grade, int] = field(default_factory=dict)
    by_stage: Mapping[Stage, int] = field(default_factory=dict)
    source: str = SINCE_FIELD
    yearly: bool = True
    channel: Channel | None = None
    months: int = 3
    place: int = 1
    most: int = 5
    workdays: bool = False

    def allowed(self, grade: Grade | None, stage: Stage) -> int:
        """After how many days without contact a customer counts as silent."""
        said = (self.by_grade.get(grade) if grade else None, self.by_stage.get(stage))
        return min((one for one in said if one is not None), default=self.days)


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """A rule as somebody writes it; `name` and `text` "" are the usual ones of its kind.

    `filter` is a segment in the filter language, "" for all. `alarms` are counted from the day,
    none: in the morning `lead_days` ahead, and in the morning of the day. It reminds `staff_id`, or
    whoever has `role`, or else whoever looks after the customer.
    """

    kind: ReminderKind
    params: RuleParams = RuleParams()
    name: str = ""
    text: str = ""
    filter: str = ""
    lead_days: int = 0
    alarms: tuple[Alarm, ...] = ()
    staff_id: int | None = None
    role: Role | None = None
    active: bool = True

    @property
    def shown_name(self) -> str:
        """In the language in use, where nobody gave it a name."""
        return self.name or str(NAMES[self.kind])


# --- as they are stored ------------------------------------------------------------


def store_params(params: RuleParams) -> dict[str, Any]:
    """As plain values for JSON; what is as usual is left out."""
    usual = RuleParams()
    return {
        one.name: _plain(getattr(params, one.name))
        for one in fields(RuleParams)
        if getattr(params, one.name) != getattr(usual, one.name)
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key.value): int(days) for key, days in value.items()}
    return list(value) if isinstance(value, tuple) else value


def load_params(stored: Mapping[str, Any] | None) -> RuleParams:
    """What `store_params` wrote. ValueError for what it did not write."""
    held = dict(stored or {})
    readers: dict[str, Callable[[Any], Any]] = {
        "whose": Whose,
        "festivals": tuple,
        "by_grade": lambda found: {Grade(key): int(days) for key, days in found.items()},
        "by_stage": lambda found: {Stage(key): int(days) for key, days in found.items()},
        "channel": lambda found: Channel(found) if found else None,
    }
    known = asdict(RuleParams())
    if unknown := set(held) - set(known):
        raise ValueError(f"a rule has no {sorted(unknown)}")
    return RuleParams(**{key: readers.get(key, _same)(value) for key, value in held.items()})


def _same(value: Any) -> Any:
    return value


# --- what is wrong -----------------------------------------------------------------


def problems(draft: RuleDraft, festivals: Iterable[str]) -> dict[str, Message]:
    """What is wrong with a draft, by field; `festivals` are the keys there are."""
    params = draft.params
    found: dict[str, Message] = {}
    if not 0 <= draft.lead_days <= LONGEST_LEAD:
        found["lead_days"] = Message("From 0 to {most} days ahead.", params={"most": LONGEST_LEAD})
    unknown = [one for one in _PLACE.findall(draft.text) if one not in PLACES[draft.kind]]
    if unknown:
        known = ", ".join(f"{{{one}}}" for one in PLACES[draft.kind])
        found["text"] = Message(
            "There is nothing to put in place of {unknown}. Possible are: {known}.",
            params={"unknown": f"{{{unknown[0]}}}", "known": known},
        )
    if draft.kind is ReminderKind.FESTIVAL:
        if not params.festivals:
            found["festivals"] = Message("Choose at least one festival.")
        elif not set(params.festivals) <= set(festivals):
            found["festivals"] = Message("This festival is not known. Choose another.")
    return found | _wrong_numbers(draft.kind, params)


def _wrong_numbers(kind: ReminderKind, params: RuleParams) -> dict[str, Message]:
    found: dict[str, Message] = {}
    days = (params.days, *params.by_grade.values(), *params.by_stage.values())
    if kind in (ReminderKind.SILENCE, ReminderKind.CARE) and not all(
        1 <= one <= MOST_DAYS for one in days
    ):
        found["days"] = Message("From 1 to {most} days.", params={"most": MOST_DAYS})
    if kind is ReminderKind.THANKS and not 1 <= params.months <= MOST_MONTHS:
        found["months"] = Message("From 1 to {most} months.", params={"most": MOST_MONTHS})
    if kind is ReminderKind.THANKS and (not params.place or not -15 <= params.place <= 15):
        found["place"] = Message("From the first to the fifteenth workday, or from the last.")
    if kind in COUNTED and not 1 <= params.most <= MOST_A_DAY:
        found["most"] = Message("From 1 to {most} a day.", params={"most": MOST_A_DAY})
    return found


def filled(text: str, values: Mapping[str, object]) -> str:
    """The words with what stands in curly brackets filled in."""
    return _PLACE.sub(lambda found: str(values.get(found[1], found[0])), text)


# --- days --------------------------------------------------------------------------


def workday_before(day: date, is_workday: IsWorkday) -> date:
    """The day itself if it is worked, else the last workday before; itself if none is near."""
    for back in range(LONGEST_BREAK + 1):
        if is_workday(day - timedelta(days=back)):
            return day - timedelta(days=back)
    return day


def workday_from(day: date, is_workday: IsWorkday) -> date:
    """The day itself if it is worked, else the next workday; itself if none is near."""
    for ahead in range(LONGEST_BREAK + 1):
        if is_workday(day + timedelta(days=ahead)):
            return day + timedelta(days=ahead)
    return day


def calls_of(draft: RuleDraft, day: date, is_workday: IsWorkday) -> tuple[Alarm, ...]:
    """When a reminder for a day of the customer's own calls, counted from that day."""
    wanted = draft.alarms or (Alarm(days=draft.lead_days, clock=MORNING), Alarm(clock=MORNING))
    moved = (
        {_on_workday(one, day, is_workday) for one in wanted}
        if draft.params.workdays
        else (set(wanted))
    )
    return tuple(sorted(moved, key=lambda one: (-one.days, one.clock or MORNING)))


def _on_workday(alarm: Alarm, day: date, is_workday: IsWorkday) -> Alarm:
    asked = day - timedelta(days=alarm.days)
    moved = workday_before(asked, is_workday)
    return Alarm(days=(day - moved).days, clock=alarm.clock or MORNING)


def first_call(draft: RuleDraft, day: date, is_workday: IsWorkday) -> date:
    """The day on which a reminder for this day is made: that of its first call."""
    if draft.kind in COUNTED:
        asked = day - timedelta(days=draft.lead_days)
        return workday_before(asked, is_workday) if draft.params.workdays else asked
    return day - timedelta(days=max(one.days for one in calls_of(draft, day, is_workday)))


def days_to_see_to(draft: RuleDraft, today: date, is_workday: IsWorkday) -> list[date]:
    """The days whose reminders are to be there by `today`, the earliest first.

    Reminders for most of them were made on earlier days.
    """
    back = look_back(draft)
    ahead = max((one.days for one in draft.alarms), default=draft.lead_days) + LONGEST_BREAK
    days = [today + timedelta(days=step) for step in range(-back, ahead + 1)]
    return [day for day in days if first_call(draft, day, is_workday) <= today]


def look_back(draft: RuleDraft) -> int:
    """How many days back what was missed is made up."""
    match draft.kind:
        case ReminderKind.CARE:
            return min(LOOK_BACK, draft.params.days - 1)
        case ReminderKind.SILENCE:
            return LOOK_BACK
        case ReminderKind.ANNIVERSARY if not draft.params.yearly:
            return LOOK_BACK
        case _:
            return GRACE


def thanks_round(params: RuleParams, day: date) -> date:
    """The first of the month with which the round of thank-you calls begins that `day` is in.

    Rounds begin every `months` months, counted from January 2000.
    """
    month = (day.year - 2000) * 12 + day.month - 1
    years, rest = divmod(month - month % params.months, 12)
    return date(2000 + years, rest + 1, 1)


def nth_workday(first: date, place: int, is_workday: IsWorkday) -> date:
    """Of the month that begins with `first`: 1 is its first workday, -1 the last.

    The nearest if it has not so many.
    """
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    days = [first + timedelta(days=step) for step in range((after - first).days)]
    worked = [one for one in days if is_workday(one)] or days
    return worked[min(place, len(worked)) - 1] if place > 0 else worked[max(place, -len(worked))]


def returns(since: date, day: date) -> bool:
    """Whether a date of an earlier year comes again on `day`; 29 February on the 28th."""
    if day.year <= since.year:
        return False
    leap = (since.month, since.day) == (2, 29)
    own = date(day.year, 3, 1) - timedelta(days=1) if leap else since.replace(year=day.year)
    return own == day


def field_id(source: str) -> int | None:
    """The custom field that the date of an anniversary is in; None where it is another's."""
    return int(source.removeprefix("field_")) if source.startswith("field_") else None


# --- what is offered ---------------------------------------------------------------


def usual_rules() -> Sequence[RuleDraft]:
    """What a small business expects: birthdays and silences are on, the others are offered."""
    return (
        RuleDraft(ReminderKind.BIRTHDAY, lead_days=3),
        RuleDraft(
            ReminderKind.SILENCE,
            RuleParams(
                days=90,
                by_grade={Grade.A: 30, Grade.B: 60},
                by_stage={Stage.WINNING_BACK: 14},
                workdays=True,
            ),
        ),
        RuleDraft(
            ReminderKind.FESTIVAL,
            RuleParams(festivals=("spring_festival", "dragon_boat", "mid_autumn"), workdays=True),
            filter="grade = A",
            lead_days=7,
            active=False,
        ),
        RuleDraft(ReminderKind.ANNIVERSARY, lead_days=7, active=False),
        RuleDraft(
            ReminderKind.CARE,
            RuleParams(days=30, channel=Channel.VISIT, workdays=True),
            filter="grade = A and stage in (keeping, growing)",
            active=False,
        ),
        RuleDraft(ReminderKind.THANKS, filter="grade = A", active=False),
    )
