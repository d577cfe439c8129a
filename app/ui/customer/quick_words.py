"""The words on the pills of the quick log: what was understood, in the language in use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from app.domain.interactions import LABELS, Channel, Direction
from app.i18n import ntr, tr
from app.services.products import ProductRow
from app.ui.channels import CHANNEL_GLYPHS
from app.ui.customer.quick_draft import Due, Reading, Slot
from app.ui.theme import Kind
from app.ui.when import day_name

RATINGS: Final[Mapping[int, tuple[Kind, str]]] = {
    1: ("danger", "angry"),
    2: ("danger", "frown"),
    3: ("warn", "meh"),
    4: ("good", "smile"),
    5: ("good", "laugh"),
}
_LONGEST: Final = 32


@dataclass(frozen=True, slots=True)
class PillWords:
    """What a pill shows. `key` tells the pills of several follow-ups apart."""

    slot: Slot
    words: str
    kind: Kind = "plain"
    glyph: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Offers:
    """What can be chosen: contacts by id, products, and which day it is."""

    people: Mapping[int, str] = field(default_factory=dict)
    products: Sequence[ProductRow] = ()
    today: date = date.min


def due_words(due: Due, today: date) -> str:
    """When something is to be followed up, and what."""
    when = day_name(due.day, today)
    if isinstance(due.due, datetime):
        when = f"{when} {due.due:%H:%M}"
    what = due.text if len(due.text) <= _LONGEST else f"{due.text[:_LONGEST]}…"
    if due.deadline:
        return (
            tr("Before {day}: {what}", day=when, what=what)
            if what
            else tr("Follow-up before {day}", day=when)
        )
    if what:
        return tr("{day}: {what}", day=when, what=what)
    return tr("Follow-up {day}", day=when)


def channel_words(channel: Channel, direction: Direction) -> str:
    """Phone · Outgoing."""
    return f"{LABELS[channel]} · {LABELS[direction]}"


def rating_words(rating: int) -> str:
    """How satisfied somebody was."""
    return tr("satisfied {rating}/5", rating=rating)


def minutes_words(minutes: int) -> str:
    """How long it took."""
    return ntr("{count} minute", "{count} minutes", minutes)


def pills_of(reading: Reading, offers: Offers) -> list[PillWords]:
    """The pills of a line, in the order in which they are shown."""
    if reading.only_follow_up:
        first = PillWords(Slot.CHANNEL, tr("Follow-up only"), "plain", "calendar-check")
    else:
        words = channel_words(reading.channel, reading.direction)
        first = PillWords(Slot.CHANNEL, words, "plain", CHANNEL_GLYPHS[reading.channel])
    pills = [first]
    if reading.person_id is not None:
        name = offers.people.get(reading.person_id, "")
        pills.append(PillWords(Slot.PERSON, name, "plain", "user-round"))
    if reading.rating is not None:
        kind, glyph = RATINGS[reading.rating]
        pills.append(PillWords(Slot.RATING, rating_words(reading.rating), kind, glyph))
    if reading.minutes is not None:
        pills.append(PillWords(Slot.MINUTES, minutes_words(reading.minutes), "plain", "clock"))
    if reading.unhappy:
        pills.append(PillWords(Slot.UNHAPPY, tr("sounds unhappy"), "danger", "frown"))
    if reading.step is not None:
        pills.append(PillWords(Slot.STEP, str(LABELS[reading.step]), "calm", "target"))
    names = {one.id: one.name for one in offers.products}
    pills += [
        PillWords(Slot.PRODUCT, names[one], "plain", "package", str(one))
        for one in reading.product_ids
        if one in names
    ]
    pills += [
        PillWords(Slot.DUE, due_words(one, offers.today), "info", "calendar-check", one.words)
        for one in reading.dues
    ]
    return pills
