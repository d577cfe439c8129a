"""The working calendar of the firm: its exceptions are in the workspace, its week in the settings.

Days off and make-up workdays are kept by country; the firm's own days (`country` "") come before
those of the country, and filling a year never touches them. Nothing is filled unasked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select

from app.config import Settings, Workspace, load
from app.db import bulk, journal
from app.db.database import Announcement, Database
from app.db.scope import ActorSession, WriteSession
from app.domain import public_holidays
from app.domain.customer import SHORT, too_long
from app.domain.public_holidays import Coverage, PublicHolidays
from app.domain.vocabulary import SYSTEM, Actor
from app.domain.working_hours import (
    USUAL_WEEK,
    QuietHours,
    Week,
    read_quiet,
    read_week,
)
from app.domain.working_time import USUAL, DayKind, SpecialDay, WorkingCalendar
from app.errors import Forbidden, NotFound, Refused
from app.i18n import Message
from app.models import WorkingDay

OWN: Final = ""
"""In place of a country: the firm's own days."""
YEARS: Final = range(1990, 2101)
KEPT_FOR: Final = timedelta(minutes=1)
"""So long what another program changes may stay unnoticed."""


@dataclass(frozen=True, slots=True)
class WorkingDayRow:
    """A day that is not as its week says. `own` says that it is the firm's, not the country's."""

    id: int
    day: date
    kind: DayKind
    name: str
    own: bool


@dataclass(frozen=True, slots=True)
class WorkingYear:
    """The exceptions of a year in order, and what the kept library knows of it.

    `missing` days of the library are not there or otherwise, `obsolete` ones of the country are
    not in the library.
    """

    year: int
    country: str
    days: tuple[WorkingDayRow, ...]
    coverage: Coverage
    by_region: bool
    missing: int
    obsolete: int


@dataclass(frozen=True, slots=True)
class Filled:
    """What filling a year did; `change_set_id` None says that all was there already."""

    added: int
    changed: int
    removed: int
    change_set_id: int | None


@dataclass(frozen=True, slots=True)
class _Kept:
    calendar: WorkingCalendar
    written: int
    settings: tuple[int, int]
    until: datetime


class WorkingDayService:
    def __init__(self, db: Database, workspace: Workspace) -> None:
        self._db, self._workspace = db, workspace
        self._kept: _Kept | None = None
        self._written = 0
        db.on_change(self._changed)

    # ---- the calendar

    def calendar(self) -> WorkingCalendar:
        """The working calendar as it is now; kept in memory until something of it changes."""
        kept, written, settings = self._kept, self._written, self._settings_stamp()
        now = self._db.clock.now()
        if kept and (kept.written, kept.settings) == (written, settings) and now < kept.until:
            return kept.calendar
        found = self._read()
        self._kept = _Kept(found, written, settings, now + KEPT_FOR)
        return found

    def country(self) -> str:
        """The country whose days off are kept, as in ISO 3166."""
        settings = self._settings()
        return settings.holiday_country or settings.region

    def _changed(self, announcement: Announcement) -> None:
        if WorkingDay.__tablename__ in announcement.areas:
            self._written += 1

    def _settings_stamp(self) -> tuple[int, int]:
        try:
            found = self._workspace.settings.stat()
        except OSError:
            return (0, 0)  # none yet: the usual ones
        return (found.st_mtime_ns, found.st_size)

    def _settings(self) -> Settings:
        return load(Settings, self._workspace.settings)

    def _read(self) -> WorkingCalendar:
        settings, country = self._settings(), self.country()
        with self._db.read(SYSTEM) as session:
            rows = _rows(session, country)
        special = {one.day: SpecialDay(DayKind(one.kind), one.name) for one in _ruling(rows)}
        return WorkingCalendar(
            _week(settings.working_week), special, _known(special, country),
            _quiet(settings.quiet_hours),
        )  # fmt: skip

    # ---- the table of a year

    def year(self, actor: Actor, year: int) -> WorkingYear:
        """The exceptions of a year, with what the library knows. Raises Refused."""
        _check_year(year)
        country = self.country()
        known = public_holidays.in_year(country, year)
        with self._db.read(actor) as session:
            rows = _rows(session, country, year)
        theirs = {one.day: one for one in rows if one.country != OWN}
        days = tuple(
            WorkingDayRow(one.id, one.day, DayKind(one.kind), one.name, one.country == OWN)
            for one in _ruling(rows)
        )
        missing = sum(not _same(theirs.get(day), special) for day, special in known.days.items())
        obsolete = len(theirs.keys() - known.days.keys()) if known.days else 0
        return WorkingYear(year, country, days, known.coverage, known.by_region, missing, obsolete)

    def fill(self, actor: Actor, year: int) -> Filled:
        """Make a year's days those of the kept library; the firm's own stay. One change set.

        Raises Refused if the library knows nothing of the year, Forbidden.
        """
        _check_role(actor)
        _check_year(year)
        country = self.country()
        known = public_holidays.in_year(country, year)
        if not known.days:
            raise Refused(
                Message(
                    "No days off are known for {year} in this country. Add them by hand.",
                    params={"year": str(year)},
                )
            )
        title = Message("Fill the days off of {year}", params={"year": str(year)})
        with self._db.write(actor, title) as session:
            added, changed, removed = _fill(session, country, year, known)
            return Filled(added, changed, removed, session.change_set_id)

    def add(self, actor: Actor, day: date | None, kind: DayKind, name: str) -> int:
        """Add a day of the firm's own; returns its id. Raises Refused, Forbidden."""
        _check_role(actor)
        with self._db.write(actor, Message("Add a day to the calendar")) as session:
            when, clean = self._checked(session, day, name, None)
            made = WorkingDay(day=when, country=OWN, kind=kind.value, name=clean)
            session.add(made)
            session.flush()
            return made.id

    def save(self, actor: Actor, day_id: int, day: date | None, kind: DayKind, name: str) -> None:
        """Change a day, which makes it the firm's own. Raises Refused, Forbidden, NotFound."""
        _check_role(actor)
        with self._db.write(actor, Message("Change a day of the calendar")) as session:
            one = _held(session, day_id)
            when, clean = self._checked(session, day, name, one.day)
            if (one.day, one.kind, one.name) != (when, kind.value, clean):
                one.day, one.kind, one.name, one.country = when, kind.value, clean, OWN

    def delete(self, actor: Actor, day_id: int) -> None:
        """Take a day off the table: it is as its week says, or as its country has it.

        Raises Forbidden, NotFound.
        """
        _check_role(actor)
        with self._db.write(actor, Message("Delete a day of the calendar")) as session:
            journal.delete(session, _held(session, day_id))

    def _checked(
        self, session: ActorSession, day: date | None, name: str, before: date | None
    ) -> tuple[date, str]:
        """Day and name, as they are kept; `before` is the day it was so far."""
        clean = " ".join(name.split())
        problems: dict[str, Message] = {}
        if len(clean) > SHORT:
            problems["name"] = too_long()
        if day is None:
            problems["day"] = Message("Which day is it?")
        elif day.year not in YEARS:
            problems["day"] = _no_such_year()
        elif day != before and any(
            one.day == day for one in _rows(session, self.country(), day.year)
        ):
            problems["day"] = Message("This day is in the table already. Change it there.")
        if problems or day is None:
            raise Refused(
                Message("Some fields need another look. Nothing was saved yet."), problems
            )
        return day, clean


# ---- rows


def _rows(session: ActorSession, country: str, year: int | None = None) -> list[WorkingDay]:
    """The rows of a country and the firm's own, of one year or all, the firm's own first."""
    query = select(WorkingDay).where(WorkingDay.country.in_((OWN, country)))
    if year is not None:
        query = query.where(WorkingDay.day.between(date(year, 1, 1), date(year, 12, 31)))
    return list(session.scalars(query.order_by(WorkingDay.day, WorkingDay.country)))


def _ruling(rows: Iterable[WorkingDay]) -> Iterable[WorkingDay]:
    """One for each day, in order: the firm's own before that of the country."""
    found: dict[date, WorkingDay] = {}
    for one in rows:
        found.setdefault(one.day, one)
    return found.values()


def _same(one: WorkingDay | None, special: SpecialDay) -> bool:
    return one is not None and one.kind == special.kind.value


def _fill(
    session: WriteSession, country: str, year: int, known: PublicHolidays
) -> tuple[int, int, int]:
    """How many days were added, changed and removed."""
    theirs = {one.day: one for one in _rows(session, country, year) if one.country == country}
    changed = 0
    for day, special in known.days.items():
        one = theirs.get(day)
        if one is not None and not _same(one, special):
            one.kind, one.name = special.kind.value, special.name
            changed += 1
    gone = [one for day, one in theirs.items() if day not in known.days]
    for one in gone:
        journal.delete(session, one)
    session.flush()
    new = [
        {"day": day, "country": country, "kind": special.kind.value, "name": special.name}
        for day, special in known.days.items()
        if day not in theirs
    ]
    bulk.insert_rows(session, WorkingDay, new)
    return len(new), changed, len(gone)


def _held(session: ActorSession, day_id: int) -> WorkingDay:
    one = session.get(WorkingDay, day_id)
    if one is None:
        raise NotFound(Message("This day is no longer in the table. Nothing was changed."))
    return one


# ---- what is known, what is typed


def _known(special: Mapping[date, SpecialDay], country: str) -> frozenset[int]:
    """The years somebody has seen to: with make-up workdays, where the country has them."""
    years = {day.year for day in special}
    worked = {day.year for day, one in special.items() if one.kind is DayKind.WORK}
    return frozenset(
        year
        for year in years
        if year in worked or public_holidays.make_up_days_known(country, year)
    )


def _week(text: str) -> Week:
    # what cannot be read keeps its default, as everything in the settings does
    try:
        return read_week(text)
    except Refused:
        return USUAL_WEEK


def _quiet(text: str) -> QuietHours | None:
    try:
        return read_quiet(text)
    except Refused:
        return USUAL.quiet


def _check_year(year: int) -> None:
    if year not in YEARS:
        raise Refused(_no_such_year())


def _no_such_year() -> Message:
    params = {"first": str(YEARS[0]), "last": str(YEARS[-1])}
    return Message("The calendar goes from {first} to {last}.", params=params)


def _check_role(actor: Actor) -> None:
    if not actor.sees_all:
        raise Forbidden(Message("Only managers change the working calendar."))
