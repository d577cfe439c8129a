"""What a reminder made by a rule says, in the language in use."""

from collections.abc import Mapping
from datetime import date

from app.domain import birthdays, festivals, rules
from app.domain.birthdays import Birthday
from app.domain.reminders import ReminderKind
from app.domain.rules import RuleDraft
from app.domain.vocabulary import Kind
from app.i18n import Message, locale_code, tr, unfilled
from app.services.rule_candidates import Candidate


class Words:
    """The words of a rule, filled for one customer after the other.

    `field` is what the date of an anniversary is called, "" for the day one became a customer.
    """

    def __init__(self, draft: RuleDraft, field: str, today: date) -> None:
        self._draft, self._field, self._today = draft, field, today
        self._days: dict[date, str] = {}
        self._own = draft.text.strip()

    def text(self, one: Candidate) -> str:
        """What is to be done."""
        words = self._own or unfilled(self._usual(one))
        return rules.filled(words, self._values(one))

    def about(self, one: Candidate) -> str:
        """What more there is to know."""
        born = _birthday(one)
        if born is None:
            return ""
        age = birthdays.age_on(born, one.day)
        told = birthdays.describe(born)
        return tr("Turns {age} · {birthday}", age=age, birthday=told) if age else told

    def _usual(self, one: Candidate) -> Message:
        kind = self._draft.kind
        if kind is ReminderKind.BIRTHDAY and one.contact_id is None and one.kind is not Kind.PERSON:
            return rules.FOUNDED
        if kind is ReminderKind.ANNIVERSARY and not self._field and self._draft.params.yearly:
            return rules.SINCE
        if kind in (ReminderKind.SILENCE, ReminderKind.CARE) and one.spoken is None:
            return rules.NEVER_SPOKEN
        return rules.TEXTS[kind]

    def _values(self, one: Candidate) -> Mapping[str, object]:
        born = _birthday(one)
        age = birthdays.age_on(born, one.day) if born else None
        return {
            "customer": one.customer,
            "contact": one.contact or one.customer,
            "day": self._day(one.day),
            "age": "" if age is None else age,
            "birthday": birthdays.describe(born) if born else "",
            "festival": str(festivals.FESTIVALS[one.festival].name) if one.festival else "",
            "days": (self._today - one.spoken).days if one.spoken else "",
            "field": self._field or tr("Customer since"),
            "years": one.day.year - one.since.year if one.since else "",
        }

    def _day(self, day: date) -> str:
        if day not in self._days:
            from babel.dates import format_skeleton

            self._days[day] = str(format_skeleton("MMMEd", day, locale=locale_code()))
        return self._days[day]


def _birthday(one: Candidate) -> Birthday | None:
    return birthdays.load(one.birthday) if one.birthday else None
