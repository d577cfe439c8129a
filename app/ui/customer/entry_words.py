"""What the timeline says about an entry: one description that is painted, read and printed."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QLocale

from app.domain import interactions
from app.domain.interactions import Direction
from app.domain.promises import LABELS as STATES
from app.domain.promises import Firmness, PromiseState
from app.i18n import language, locale_code, ntr, tr
from app.services.timeline import (
    ChangeEntry,
    Entry,
    EntryKind,
    FileEntry,
    InteractionEntry,
    NoteEntry,
    PromiseEntry,
)
from app.ui.channels import talk_glyph
from app.ui.customer.file_words import glyph_of, size_words
from app.ui.theme import Kind as Tone

Key = tuple[EntryKind, int]
PillWords = tuple[str, Tone, str | None]
"""Words, colour, and "dot", an icon or None."""

_NEAR: Final = 30


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A field's name, and its values in words; "" was, or is, empty."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry in words. `face` is a rating of 1 to 5; `actions` name what can be done in place."""

    key: Key
    glyph: str
    tone: Tone
    title: str
    under: str
    when: str
    body: str = ""
    face: int | None = None
    pills: tuple[PillWords, ...] = ()
    changes: tuple[ChangeLine, ...] = ()
    actions: tuple[str, ...] = ()

    def spoken(self) -> str:
        """All of it in one sentence, to be read aloud."""
        rating = tr("rated {rating} of 5", rating=self.face) if self.face else ""
        pills = (words for words, _, _ in self.pills)
        changes = (change_words(one) for one in self.changes)
        parts = (self.title, self.when, self.under, rating, *pills, self.body, *changes)
        return ", ".join(part for part in parts if part)

    def plain(self) -> str:
        """All of it as lines of text, to be pasted elsewhere."""
        rating = tr("rated {rating} of 5", rating=self.face) if self.face else ""
        pills = (words for words, _, _ in self.pills)
        head = (self.title, self.when, self.under, rating, *pills)
        lines = (" · ".join(part for part in head if part), self.body)
        return "\n".join(part for part in (*lines, *map(change_words, self.changes)) if part)


def key_of(entry: Entry) -> Key:
    """What an entry is told by from one reading to the next."""
    return entry.kind, entry.id


def change_words(line: ChangeLine) -> str:
    """A change in plain text: "Stage: Keeping → Growing"."""
    empty = tr("empty")
    return f"{line.field}: {line.before or empty} → {line.after or empty}"


def describe(entry: Entry, now: datetime) -> Shown:
    """The entry in words, as seen at this moment."""
    match entry:
        case InteractionEntry():
            return _interaction(entry, now)
        case PromiseEntry():
            return _promise(entry, now)
        case NoteEntry():
            return _note(entry, now)
        case FileEntry():
            return _file(entry, now)
        case ChangeEntry():
            return _change(entry, now)


def _interaction(one: InteractionEntry, now: datetime) -> Shown:
    glyph = talk_glyph(one.channel, one.direction)
    ends = (one.staff, one.contact)
    if one.direction is Direction.IN:
        ends = (one.contact, one.staff)
    who = " → ".join(end for end in ends if end)
    minutes = "" if one.minutes is None else ntr("{count} min", "{count} min", one.minutes)
    pills: list[PillWords] = []
    if one.unhappy:
        pills.append((tr("Sounds unhappy"), "warn", "frown"))
    if one.step:
        pills.append((str(interactions.LABELS[one.step]), "plain", "dot"))
    pills += [(name, "plain", "package") for name in one.products]
    return Shown(
        key_of(one),
        glyph,
        "plain",
        str(interactions.LABELS[one.channel]),
        " · ".join(part for part in (who, minutes) if part),
        stamp(one.at, now),
        one.summary,
        one.rating,
        tuple(pills),
    )


def _note(one: NoteEntry, now: datetime) -> Shown:
    return Shown(
        key_of(one), "sticky-note", "plain", tr("Note"), one.staff, stamp(one.at, now), one.text
    )


_ENDS: Final[dict[PromiseState, tuple[Tone, str]]] = {
    PromiseState.KEPT: ("good", "check"),
    PromiseState.BROKEN: ("danger", "x"),
    PromiseState.RELEASED: ("plain", "minus"),
}


def _promise(one: PromiseEntry, now: datetime) -> Shown:
    firm = one.firm is Firmness.FIRM
    ended = _ENDS.get(one.state)
    tone: Tone = "danger" if is_late(one, now) else "info"
    pills: list[PillWords] = [
        (_ended(one), *ended) if ended is not None else (due_words(one, now), tone, "clock")
    ]
    if one.moves:
        moved = ntr("moved {count} time", "moved {count} times", one.moves)
        pills.append((moved, "plain", "calendar-clock"))
    return Shown(
        key_of(one),
        "handshake" if firm else "calendar-check",
        "plain" if ended is not None else tone,
        tr("Promise") if firm else tr("Follow-up"),
        " → ".join(end for end in (one.staff, one.contact) if end),
        stamp(one.at, now),
        "\n".join(part for part in (one.text, one.reason) if part),
        None,
        tuple(pills),
        (),
        () if ended is not None else ("done", "move", "edit"),
    )


def _ended(one: PromiseEntry) -> str:
    words = str(STATES[one.state])
    if one.closed_at is None:
        return words
    return f"{words} {one.closed_at.astimezone().date().isoformat()}"


def is_late(one: PromiseEntry, now: datetime) -> bool:
    """Whether it should have been done by now."""
    if one.closed_at is not None:
        return False
    if one.due_at is not None:
        return one.due_at < now
    return one.due_on < now.astimezone().date()


def due_words(one: PromiseEntry, now: datetime) -> str:
    """How long there is until it is due: in 3 days, today 15:00, 2 days late."""
    left = (one.due_on - now.astimezone().date()).days
    time = f"{one.due_at.astimezone():%H:%M}" if one.due_at is not None else ""
    if left < 0:
        return ntr("{count} day late", "{count} days late", -left)
    if left == 0:
        return tr("Today {time}", time=time) if time else tr("Today")
    if left == 1:
        return tr("Tomorrow {time}", time=time) if time else tr("Tomorrow")
    if left <= _NEAR:
        return ntr("in {count} day", "in {count} days", left)
    return one.due_on.isoformat()


def _file(one: FileEntry, now: datetime) -> Shown:
    under = " · ".join(part for part in (one.staff, size_words(one.size)) if part)
    return Shown(
        key_of(one), glyph_of(one.name), "plain", tr("File"), under, stamp(one.at, now), one.name
    )


def _change(one: ChangeEntry, now: datetime) -> Shown:
    lines = tuple(
        ChangeLine(change.name, change.words(change.before), change.words(change.after))
        for change in one.fields
        if change.name
    )
    owner_only = [line.field for line in one.fields] == ["owner_id"]
    return Shown(
        key_of(one),
        "arrow-left-right" if owner_only else "pencil",
        "plain",
        tr("Handed over") if owner_only else tr("Changed"),
        one.staff,
        stamp(one.at, now),
        changes=lines,
    )


def has_hour(at: datetime) -> bool:
    """Whether more is known than the day: what came from elsewhere without an hour has midnight."""
    return at.astimezone().time() != time()


def stamp(at: datetime, now: datetime) -> str:
    """When it was: today with the time, this year with the weekday, else the date."""
    here, present = at.astimezone(), now.astimezone()
    if here.date() == present.date():
        return tr("Today {time}", time=f"{here:%H:%M}")
    if here.year == present.year:
        day = f"{here:%m-%d} {_weekday(here.date(), language())}"
        return f"{day} {here:%H:%M}" if has_hour(at) else day
    return here.date().isoformat()


@lru_cache(maxsize=512)
def _weekday(day: date, _language: str) -> str:
    return QLocale(locale_code()).dayName(day.isoweekday(), QLocale.FormatType.ShortFormat)
