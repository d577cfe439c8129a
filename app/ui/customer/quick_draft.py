"""What a typed line will be logged as: what was understood of it, and what was corrected by hand.

A correction outlives further typing. What was taken away comes back only when other words say it,
and the words that said it stay in the text; a value that was changed keeps its words out of it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from app.domain.interactions import Channel, Direction, Step
from app.domain.promises import Firmness
from app.domain.quick_log import Part, PartKind, Person, Understood, understand
from app.domain.quick_summary import stripped, without
from app.services.interactions import InteractionDraft
from app.services.promises import PromiseDraft

# What may stand beside a follow-up without anything being said: who promised, whom to remind.
_LEAD: Final = re.compile(
    r"(?:答应|承诺|保证|提醒我?|记得|别忘了?|勿忘|待办|下一步|我们?|已经?|了|要|会|再|客户|对方"
    r"|promis(?:e|es|ed)|agreed|remind|remember|don['’]t forget|follow[- ]?up|to-?do|please"
    r"|i['’]ll|we['’]ll|i|we|me|us|to|on|at|by|before|and|will|the|him|her|them"
    r"|[\s,，、;；:：.。!！-])+",
    re.IGNORECASE,
)


class Slot(StrEnum):
    """What a pill stands for; several follow-ups have several pills."""

    CHANNEL = "channel"
    PERSON = "person"
    RATING = "rating"
    MINUTES = "minutes"
    UNHAPPY = "unhappy"
    STEP = "step"
    PRODUCT = "product"
    DUE = "due"


_PARTS: Final = {
    PartKind.CHANNEL: Slot.CHANNEL,
    PartKind.PERSON: Slot.PERSON,
    PartKind.RATING: Slot.RATING,
    PartKind.MINUTES: Slot.MINUTES,
    PartKind.UNHAPPY: Slot.UNHAPPY,
    PartKind.STEP: Slot.STEP,
}


@dataclass(frozen=True, slots=True)
class Due:
    """A follow-up: `words` are those of its date in the line, "" for one that was added."""

    words: str
    due: date | datetime
    deadline: bool
    text: str
    promised: bool = False

    @property
    def day(self) -> date:
        """The day, where the user sits."""
        return self.due.date() if isinstance(self.due, datetime) else self.due

    def draft(self, otherwise: str) -> PromiseDraft:
        """As it is written; `otherwise` is what to write where nothing says what to do."""
        due = self.due.astimezone() if isinstance(self.due, datetime) else self.due
        firm = Firmness.FIRM if self.promised else Firmness.INTENDED
        return PromiseDraft(self.text or otherwise, due, firm=firm, deadline=self.deadline)


Date = tuple[date | datetime, bool]
"""A day or a moment, and whether it is the last one."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """What somebody changed by hand. Nothing in it is changed: a new one is made.

    Attributes:
        values: what holds instead of what is understood, by slot.
        removed: the words that do not mean it, by slot.
        dates: other dates of follow-ups, by the words of the date; None takes it away.
        added: the date of a follow-up that the line does not say.
        product_ids: the products it was about.
        call: that something was said, although the line is only a follow-up.
    """

    values: Mapping[Slot, Any] = field(default_factory=dict)
    removed: Mapping[Slot, str] = field(default_factory=dict)
    dates: Mapping[str, Date | None] = field(default_factory=dict)
    added: Date | None = None
    product_ids: tuple[int, ...] = ()
    call: bool = False

    def with_value(self, slot: Slot, value: Any) -> "Corrections":
        """This value holds."""
        removed = {one: words for one, words in self.removed.items() if one is not slot}
        return replace(
            self,
            values={**self.values, slot: value},
            removed=removed,
            call=self.call or slot is Slot.CHANNEL,
        )

    def without(self, slot: Slot, words: str) -> "Corrections":
        """What is understood from these words is wrong."""
        values = {one: value for one, value in self.values.items() if one is not slot}
        return replace(self, values=values, removed={**self.removed, slot: words})

    def with_date(self, words: str, wanted: Date | None) -> "Corrections":
        """Another date, or none, for a follow-up; "" for the one that was added."""
        if not words:
            return replace(self, added=wanted)
        return replace(self, dates={**self.dates, words: wanted})

    def with_product(self, product_id: int) -> "Corrections":
        """With a product, or without it if it was there."""
        kept = tuple(one for one in self.product_ids if one != product_id)
        more = () if len(kept) < len(self.product_ids) else (product_id,)
        return replace(self, product_ids=(*kept, *more))


NONE: Final = Corrections()


@dataclass(frozen=True, slots=True)
class Reading:
    """What will be logged. `said` holds the words of the line behind each value."""

    line: str
    summary: str
    channel: Channel
    direction: Direction
    person_id: int | None
    rating: int | None
    minutes: int | None
    unhappy: bool
    step: Step | None
    product_ids: tuple[int, ...]
    dues: tuple[Due, ...]
    only_follow_up: bool
    said: Mapping[Slot, str]

    def interaction(self, at: datetime) -> InteractionDraft:
        """As the service logs it; `at` is when it began."""
        return InteractionDraft(
            self.channel,
            self.direction,
            at,
            self.summary,
            self.person_id,
            self.minutes,
            self.step,
            self.rating,
            self.unhappy,
            self.product_ids,
            tuple(one.draft(self.summary or self.line.strip()) for one in self.dues),
        )

    def promises(self) -> list[PromiseDraft]:
        """What is to be done, where nothing else is said."""
        return [
            replace(one.draft(self.summary or self.line.strip()), contact_id=self.person_id)
            for one in self.dues
        ]


def read(
    line: str, now: datetime, people: Sequence[Person], corrections: Corrections = NONE
) -> Reading:
    """What `line` says as typed at `now` (local, with zone) of one customer with these contacts."""
    # what is to be done ends where its line does, as at a stop; every character keeps its place
    found = understand(line.replace("\n", ";"), now, people)
    said = _said(line, found.parts)
    wrong = {slot for slot, words in corrections.removed.items() if said.get(slot, words) == words}
    meant = {slot: words for slot, words in said.items() if slot not in wrong}
    values = {slot: value for slot, value in _values(found).items() if slot in meant}
    values |= corrections.values
    known = {one.id for one in people}
    person = values.get(Slot.PERSON)
    rest = wrong | (corrections.values.keys() & {Slot.PERSON})
    cuts = [
        (part.start, part.end)
        for part in found.parts
        if part.cut and _PARTS.get(part.kind) not in rest
    ]
    dues = _dues(line, found, corrections)
    channel, direction = values.get(Slot.CHANNEL, (Channel.PHONE, None))
    told = values.keys() - {Slot.PERSON} or corrections.product_ids or corrections.call
    return Reading(
        line=line,
        summary=without(line, cuts) if "\n" not in line else _lines_without(line, cuts),
        channel=channel,
        direction=direction or _usual(channel),
        person_id=person if person in known else None,
        rating=values.get(Slot.RATING),
        minutes=values.get(Slot.MINUTES),
        unhappy=bool(values.get(Slot.UNHAPPY, False)),
        step=values.get(Slot.STEP),
        product_ids=corrections.product_ids,
        dues=dues,
        only_follow_up=bool(dues) and not told and _is_only_follow_up(line, found),
        said=said,
    )


def _usual(channel: Channel) -> Direction:
    return Direction.IN if channel in {Channel.WEB, Channel.COUNTER} else Direction.OUT


def _said(line: str, parts: Sequence[Part]) -> dict[Slot, str]:
    said: dict[Slot, str] = {}
    for part in parts:
        slot = _PARTS.get(part.kind)
        if slot is not None:
            said[slot] = f"{said.get(slot, '')}{line[part.start : part.end]}"
    return said


def _values(found: Understood) -> dict[Slot, Any]:
    held = {
        Slot.CHANNEL: (found.channel, found.direction) if found.channel else None,
        Slot.PERSON: found.person_id,
        Slot.RATING: found.rating,
        Slot.MINUTES: found.minutes,
        Slot.UNHAPPY: found.unhappy or None,
        Slot.STEP: found.step,
    }
    return {slot: value for slot, value in held.items() if value is not None}


def _dues(line: str, found: Understood, corrections: Corrections) -> tuple[Due, ...]:
    spans = [line[one.start : one.end] for one in found.parts if one.kind is PartKind.DUE]
    exact = len(spans) == len(found.follow_ups)
    dues: list[Due] = []
    for place, one in enumerate(found.follow_ups):
        words = spans[place] if exact else str(place)
        wanted = corrections.dates.get(words, (one.due, one.deadline))
        if wanted is not None:
            dues.append(Due(words, *wanted, one.text, one.promised))
    if corrections.added is not None:
        dues.append(Due("", *corrections.added, ""))
    return tuple(dues)


def _is_only_follow_up(line: str, found: Understood) -> bool:
    """Whether nothing of the line was said, but only what is to be done and when."""
    cuts = [(one.start, one.end) for one in found.parts if one.kind is PartKind.DUE]
    rest = without(line, cuts)
    for one in found.follow_ups:
        for word in [one.text] if one.text in rest else one.text.split():
            rest = rest.replace(word, " ", 1)
    return not stripped(rest) or _LEAD.fullmatch(rest) is not None


def _lines_without(line: str, cuts: Sequence[tuple[int, int]]) -> str:
    """As `without`, for each line by itself: the breaks that somebody typed stay."""
    kept, begin = [], 0
    for one in line.split("\n"):
        end = begin + len(one)
        within = [
            (max(start, begin) - begin, min(stop, end) - begin)
            for start, stop in cuts
            if start < end and stop > begin
        ]
        kept.append(without(one, within))
        begin = end + 1
    return "\n".join(kept).strip("\n")
