"""Calendar files taken in: every entry becomes a reminder, or says why not."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Final

from sqlalchemy import or_, select

from app.db.database import Database
from app.db.scope import ActorSession, WriteSession
from app.domain.reminders import load_alarms, usual_alarms
from app.domain.vocabulary import Actor
from app.domain.working_time import Calendar, WorkingCalendar, usual
from app.errors import Refused
from app.exchange.calendar_entries import CalendarFile, Entry
from app.exchange.calendar_files import read_calendar
from app.i18n import Message
from app.models import Reminder
from app.queries.reminders import mine
from app.services import reminder_writing as writing
from app.services.calendar_entries import (
    Understood,
    advanced,
    as_drafts,
    is_after_done,
    own_series,
)
from app.services.calendar_names import workspace_name
from app.services.reminder_writing import Assignee, ReminderDraft, due_of

Progress = Callable[[int, int], None]
_AT_ONCE: Final = 500


class Fate(StrEnum):
    """What becomes of an entry."""

    NEW = "new"
    CHANGED = "changed"
    THERE = "there"
    LEFT_OUT = "left_out"


FATES: Final[Mapping[Fate, Message]] = MappingProxyType(
    {
        Fate.NEW: Message("New"),
        Fate.CHANGED: Message("Changed"),
        Fate.THERE: Message("Already there"),
        Fate.LEFT_OUT: Message("Left out"),
    }
)


@dataclass(frozen=True, slots=True)
class ImportedEntry:
    """A line of the dry run. `reason` says why it is left out; `due` None if that is not known."""

    fate: Fate
    text: str
    due: date | datetime | None = None
    rule: str = ""
    reason: Message | None = None
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarImport:
    """What an import does, or did: `change_set_id` takes it back, None where nothing was written.

    `notes` are about the file as a whole.
    """

    name: str
    entries: tuple[ImportedEntry, ...]
    notes: tuple[Message, ...] = ()
    change_set_id: int | None = None

    def count(self, fate: Fate) -> int:
        """How many entries this becomes of."""
        return Counter(one.fate for one in self.entries)[fate]


@dataclass(frozen=True, slots=True)
class _Planned:
    """An entry and, where something is to be written, what and over which reminder."""

    shown: ImportedEntry
    draft: ReminderDraft | None = None
    over: int | None = None


class CalendarImporter:
    def __init__(self, db: Database, calendar: Calendar = usual) -> None:
        self._db = db
        self._calendar = calendar

    def look(self, actor: Actor, path: Path, progress: Progress | None = None) -> CalendarImport:
        """What an import would do; nothing is written. Raises Refused if it is no calendar."""
        found = read_calendar(path, progress=progress)
        calendar = self._calendar()
        with self._db.read(actor) as session:
            planned = self._plan(session, found, calendar)
        return _outcome(found, planned, None)

    def run(self, actor: Actor, path: Path, progress: Progress | None = None) -> CalendarImport:
        """Make reminders of the entries, in one change set; importing again changes nothing.

        A reminder that came from the file before is changed as its entry was, as long as it is
        open; one that was written here is left as it is. Raises Refused, Unavailable.
        """
        found = read_calendar(path, progress=progress)
        calendar = self._calendar()
        with self._db.read(actor) as session:
            planned = self._plan(session, found, calendar)
        if not any(one.draft for one in planned):
            return _outcome(found, planned, None)
        title = Message("Import a calendar: {file}", params={"file": path.name})
        with self._db.write(actor, title) as session:
            # somebody may have imported it meanwhile
            planned = self._plan(session, found, calendar)
            _write(session, planned, calendar)
            return _outcome(found, planned, session.change_set_id)

    def _plan(
        self, session: ActorSession, found: CalendarFile, calendar: WorkingCalendar
    ) -> list[_Planned]:
        today = self._db.clock.today()
        asked = [(one, _understood(one, today, calendar)) for one in found.entries]
        held = _held(session, [one.uid for _, some in asked for one in _drafts(some)])
        workspace = workspace_name(session)
        ours = _ours(session, found.entries, workspace)
        planned: list[_Planned] = []
        for entry, some in asked:
            if own_series(entry.uid, workspace) in ours:
                shown = ImportedEntry(Fate.THERE, entry.text, entry.start)
                planned.append(_Planned(shown))
            elif isinstance(some, Message):
                shown = ImportedEntry(Fate.LEFT_OUT, entry.text, entry.start, reason=some)
                planned.append(_Planned(shown))
            else:
                planned += [_fated(one, held.get(one.uid), calendar) for one in some]
        return planned


def _understood(entry: Entry, today: date, calendar: WorkingCalendar) -> list[Understood] | Message:
    try:
        return as_drafts(entry, today, calendar)
    except Refused as refusal:
        return refusal.message


def _drafts(some: list[Understood] | Message) -> Iterable[Understood]:
    return () if isinstance(some, Message) else some


def _held(session: ActorSession, uids: list[str]) -> Mapping[str, Reminder]:
    """The actor's newest reminder of each name, whatever became of it."""
    found: dict[str, Reminder] = {}
    for start in range(0, len(uids), _AT_ONCE):
        some = uids[start : start + _AT_ONCE]
        query = select(Reminder).where(Reminder.uid.in_(some), mine(session.actor))
        found |= {one.uid: one for one in session.scalars(query.order_by(Reminder.id))}
    return found


def _ours(session: ActorSession, entries: Iterable[Entry], workspace: str) -> frozenset[int | None]:
    """Those of the series named in a file that are here."""
    wanted = sorted({own for one in entries if (own := own_series(one.uid, workspace))})
    found: set[int | None] = set()
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        query = select(Reminder.id, Reminder.series_id).where(
            or_(Reminder.id.in_(some), Reminder.series_id.in_(some))
        )
        for one, series in session.execute(query):
            found |= {one, series}
    return frozenset(found & set(wanted))


def _fated(one: Understood, held: Reminder | None, calendar: WorkingCalendar) -> _Planned:
    draft = one.draft
    if held is None:
        fate, over = Fate.NEW, None
    elif held.closed_at is None and not _is_same(draft, held, calendar):
        fate, over = Fate.CHANGED, held.id
    else:
        fate, over = Fate.THERE, None
    shown = ImportedEntry(fate, draft.text, draft.due, draft.rule, notes=one.notes)
    return _Planned(shown, None if fate is Fate.THERE else draft, over)


def _is_same(draft: ReminderDraft, held: Reminder, calendar: WorkingCalendar) -> bool:
    """Whether a file says what is here; a series may have gone on here in the meantime."""
    alarms = usual_alarms(draft.due) if draft.alarms is None else draft.alarms
    if (draft.text, draft.about, alarms) != (held.text, held.about, load_alarms(held.alarms)):
        return False
    now = advanced(draft, held.due_on, calendar) if held.series_id is not None else draft
    due = due_of(held.due_on, held.due_at)
    if held.series_id is not None and is_after_done(held.rule):
        return is_after_done(draft.rule)
    return (now.due, now.rule) == (due, held.rule)


def _write(session: WriteSession, planned: Iterable[_Planned], calendar: WorkingCalendar) -> None:
    new: list[ReminderDraft] = []
    for one in planned:
        if one.draft is None:
            continue
        if one.over is None:
            whose = Assignee(staff_id=session.actor.id)
            new.append(writing.checked(session, replace(one.draft, assignee=whose), calendar))
        else:
            _change(session, one.over, one.draft)
    if new:
        writing.insert(session, new)
    session.flush()


def _change(session: WriteSession, reminder_id: int, draft: ReminderDraft) -> None:
    """What the file says of it; customer, kind and whose it is stay as they are here."""
    held = session.get(Reminder, reminder_id)
    if held is None:
        return
    before = writing.as_draft(held)
    wanted = replace(
        before,
        text=draft.text,
        about=draft.about,
        due=draft.due,
        rule=draft.rule,
        alarms=draft.alarms,
    )
    for name, value in writing.columns(session, wanted).items():
        setattr(held, name, value)
    held.snoozed_until = None


def _outcome(
    found: CalendarFile, planned: Iterable[_Planned], change_set_id: int | None
) -> CalendarImport:
    return CalendarImport(
        found.name,
        (*(one.shown for one in planned), *_unread(found)),
        found.notes,
        change_set_id,
    )


def _unread(found: CalendarFile) -> Iterator[ImportedEntry]:
    for one in found.problems:
        yield ImportedEntry(Fate.LEFT_OUT, one.text, reason=one.reason)
