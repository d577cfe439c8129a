"""The dry run: reads, checks and matches every row, and decides what becomes of it."""

from collections.abc import Iterable, Sequence
from typing import Final

from app.db.scope import ActorSession
from app.domain.vocabulary import Kind
from app.i18n import Message
from app.services.customer_editing import taken
from app.services.import_adding import Additions
from app.services.import_alike import Alike, LookAlikes
from app.services.import_changes import (
    TO_BE_MADE,
    Changes,
    Current,
    Links,
    Rule,
    Shown,
    changes,
    current,
)
from app.services.import_drafts import Candidate, Draft, Point, Problem, Progress, folded
from app.services.import_matching import Match, Matcher, reachable, shares_lines
from app.services.import_plan import Entry, ImportPlan, Verdict
from app.services.import_rows import RowReader
from app.services.import_staff import StaffNames
from app.services.import_talking import TalkBook

_UNIQUE: Final = ("code", "tax_id")
_SURE: Final = ("id", *_UNIQUE)
_AT: Final = "\t"
_NO_LINKS: Final = Links()


class Planner:
    """Fills a plan, a block of rows at a time.

    Args:
        plan: the plan to fill.
        reader: reads rows of this file.
        everybody: a session that sees all customers.
        own: a session of the actor.
    """

    def __init__(
        self, plan: ImportPlan, reader: RowReader, everybody: ActorSession, own: ActorSession
    ) -> None:
        self._plan = plan
        self._reader = reader
        self._own = own
        self._matcher = Matcher(everybody, own)
        self._rule = plan.options.duplicates
        self._compares = plan.options.into == "customers"
        self._staff = StaffNames(everybody, own)
        self._talks = TalkBook(everybody, self._staff, reader.title)
        self._additions = Additions()
        self._look_alikes = LookAlikes(everybody, own)
        self._alike: dict[int, Alike] = {}
        # hash of (key, value) → number of the row that has it first
        self._first: dict[int, int] = {}
        self._apart: set[int] = set()
        self._matched: dict[int, int] = {}
        self._waiting: dict[str, str] = {}

    def read(self, blocks: Iterable[Sequence[Candidate]], progress: Progress) -> None:
        """Go through the whole file. What `progress` raises ends it; the plan is then useless."""
        expected = self._plan.table.expected_rows
        done = 0
        for block in blocks:
            self._add(block)
            done += len(block)
            progress(min(done, expected), expected)
        self._plan.companies = tuple(
            name for key, name in self._waiting.items() if hash(key) not in self._plan.names
        )
        self._plan.staff = self._staff.newcomers()
        progress(expected, expected)

    def _add(self, block: Sequence[Candidate]) -> None:
        drafts = [one.draft for one in block]
        matches = self._matcher.match(drafts)
        named = self._matcher.named(
            name
            for draft in drafts
            if draft is not None
            for name in (draft.parent, draft.referred_by)
            if name
        )
        existing = self._current(matches)
        self._alike = self._look_alikes.find(
            [
                (one.number, one.draft)
                for one, match in zip(block, matches, strict=True)
                if match is None and one.draft is not None and self._compares
            ]
        )
        self._talks.look_up(
            (self._home_of(one, match), one.talk)
            for one, match in zip(block, matches, strict=True)
            if one.talk is not None
        )
        entries: list[Entry] = []
        for one, match in zip(block, matches, strict=True):
            entry = self._entry(one, match, named, existing)
            self._keep(entry)
            entries.append(entry)
        self._plan.spool.append(entries)

    def _home_of(self, _one: Candidate, match: Match | None) -> int:
        """The customer there is already to whom a row's interaction belongs; 0 for none."""
        return 0 if match is None else match.customer_id

    def _current(self, matches: Sequence[Match | None]) -> dict[int, Current]:
        if self._rule not in ("update", "fill"):
            return {}
        ids = {one.customer_id for one in matches if one is not None and one.visible}
        return current(self._own, ids)

    # --- one row

    def _entry(
        self,
        one: Candidate,
        match: Match | None,
        named: dict[str, int],
        existing: dict[int, Current],
    ) -> Entry:
        if one.draft is None:
            return self._refused(one, *one.problems)
        draft, links = self._linked(one.draft, named, updates=match is not None)
        one = one._replace(draft=draft)
        if match is not None and not match.sure and self._rule != "create":
            return self._refused(one, self._strange_id(draft, match))
        earlier = self._earlier(draft, match)
        if earlier is not None:
            return self._repeated(one, links, earlier)
        if match is None or self._rule == "create":
            return self._new(one, links)
        if self._rule == "skip" or match.customer_id not in existing:
            return _made(one, Verdict.DUPLICATE, links, match)
        return self._updated(one, links, match, existing[match.customer_id])

    def _refused(self, one: Candidate, *problems: Problem) -> Entry:
        shown = one.draft.name if one.draft is not None else one.shown
        return Entry(one.number, Verdict.REFUSED, shown, one.draft, problems=problems)

    def _linked(self, draft: Draft, named: dict[str, int], *, updates: bool) -> tuple[Draft, Links]:
        """The ids of whom the row names; a referrer nobody knows is kept as a note."""
        if not (draft.owner or draft.parent or draft.referred_by):
            return draft, _NO_LINKS
        draft, owner = self._owned(draft)
        parent = referrer = None
        name = folded(draft.name)
        if draft.parent and folded(draft.parent) != name:
            parent = named.get(folded(draft.parent), TO_BE_MADE)
        if draft.referred_by and folded(draft.referred_by) != name:
            referrer = named.get(folded(draft.referred_by), TO_BE_MADE)
        if referrer == TO_BE_MADE and updates:
            referrer = None
            line = f"{self._reader.title('referred_by')}: {draft.referred_by}"
            draft = draft._replace(lines=(*draft.lines, line))
        return draft, Links(owner, parent, referrer)

    def _owned(self, draft: Draft) -> tuple[Draft, int | None]:
        """The owner's id. Somebody unknown becomes staff, or a note where that may not be."""
        if not any(map(str.isalpha, draft.owner)):
            return draft, None
        found = self._staff.find(draft.owner)
        if found is not None:
            return draft, found
        line = f"{self._reader.title('owner')}: {draft.owner}"
        return draft._replace(lines=(*draft.lines, line)), None

    def _strange_id(self, draft: Draft, match: Match) -> Problem:
        params = {"id": draft.id, "name": match.name}
        column = self._reader.title("id")
        if match.name:
            return Problem(
                column,
                Message(
                    "Number {id} is {name} here, with whom this row has nothing else in common. Is "
                    "the file from another workspace? Leave the column with the ids out then.",
                    params=params,
                ),
            )
        return Problem(
            column,
            Message("Number {id} is a customer whom you may not see.", params={"id": draft.id}),
        )

    def _earlier(self, draft: Draft, match: Match | None) -> Match | None:
        """The row of the file that this one repeats, if there is one."""
        if match is not None and self._rule != "create":
            row = self._matched.get(match.customer_id)
            return match._replace(row=row) if row is not None else None
        for key, value in _keys(draft):
            row = self._first.get(hash((key, value)))
            if row is not None and not (key == "name" and self._is_other(draft, row)):
                return Match(key, _shown_value(draft, key, value), row=row, name=draft.name)
        return None

    def _is_other(self, draft: Draft, row: int) -> bool:
        """Whether two people of one name are told apart: both can be reached, by nothing alike."""
        person = (draft.kind or draft.guessed) == Kind.PERSON
        return person and reachable(draft) and row in self._apart

    def _repeated(self, one: Candidate, links: Links, earlier: Match) -> Entry:
        if self._rule != "create":
            return self._added(one, links, earlier)
        if earlier.key in _UNIQUE:
            reason = Message("Row {row} has this already.", params={"row": earlier.row})
            return self._refused(one, Problem(self._reader.title(earlier.key), reason))
        return self._new(one, links)

    def _added(self, one: Candidate, links: Links, earlier: Match) -> Entry:
        """A row that repeats another one: what it adds to it, or nothing."""
        assert one.draft is not None
        home = self._additions.home(earlier.row)
        entry = _made(one, Verdict.DUPLICATE, links, earlier)
        if not home or not earlier.visible:
            return entry
        named = self._first.get(hash(("name", folded(one.draft.name))))
        same = earlier.key in _SURE or earlier.customer_id > 0 or named == earlier.row
        found = self._additions.changes(home, one.draft) if same else Changes()
        entry = self._talks.put(entry._replace(home=home, changes=found), one.talk)
        if entry.talk is None and not found.shown:
            return entry
        return entry._replace(verdict=Verdict.UPDATE, changes=_with_talk(entry))

    def _new(self, one: Candidate, links: Links) -> Entry:
        assert one.draft is not None
        clash = self._clash(one.draft, 0)
        if clash is not None:
            return self._refused(one, clash)
        alike = self._alike.get(one.number)
        if alike is not None and self._plan.options.alike == "skip":
            return _made(one, Verdict.DUPLICATE, links, None)._replace(alike=alike)
        entry = _made(one, Verdict.NEW, links, None)._replace(alike=alike)
        home = -(self._plan.counts.customers + 1)
        return self._talks.put(entry._replace(home=home, makes=True), one.talk)

    def _updated(self, one: Candidate, links: Links, match: Match, held: Current) -> Entry:
        assert one.draft is not None
        rule: Rule = "fill" if self._rule == "fill" else "update"
        found = changes(one.draft, links, held, rule)
        self._additions.held(match.customer_id, held)
        clash = self._clash(one.draft, match.customer_id)
        if clash is not None:
            return self._refused(one, clash)
        entry = _made(one, Verdict.DUPLICATE, links, match)
        entry = entry._replace(home=match.customer_id, changes=found)
        entry = self._talks.put(entry, one.talk)
        if entry.talk is None and not found.shown:
            return entry
        return entry._replace(verdict=Verdict.UPDATE, changes=_with_talk(entry))

    def _clash(self, draft: Draft, customer_id: int) -> Problem | None:
        """A code or tax id of the row that belongs to another customer."""
        for key in _UNIQUE:
            known = self._matcher.holder(key, getattr(draft, key))
            if known is not None and known.id != customer_id:
                reason = taken(seen_name=known.name if known.visible else "", owner=known.owner)
                return Problem(self._reader.title(key), reason)
        return None

    # --- what the plan keeps of it

    def _keep(self, entry: Entry) -> None:
        plan, counts = self._plan, self._plan.counts
        if entry.alike is not None:
            plan.alike.append(len(plan.verdicts))
            counts.alike += 1
        plan.verdicts.append(entry.verdict)
        match entry.verdict:
            case Verdict.NEW:
                self._note(entry)
                counts.created += 1
                counts.customers += entry.makes
            case Verdict.UPDATE:
                self._note(entry)
                counts.updated += 1
                counts.fields += len(entry.changes.shown)
            case Verdict.DUPLICATE:
                counts.skipped += 1
            case Verdict.REFUSED:
                counts.refused += 1
                plan.errors += [(entry.number, problem) for problem in entry.problems]

    def _note(self, entry: Entry) -> None:
        """Remember a row that will be written: later ones may repeat it, or belong to it."""
        self._talks.note(entry, self._plan)
        draft = entry.draft
        if draft is None:
            return
        self._additions.note(entry.number, entry.home, draft)
        for key in _keys(draft):
            self._first.setdefault(hash(key), entry.number)
        if (draft.kind or draft.guessed) == Kind.PERSON and reachable(draft):
            self._apart.add(entry.number)
        if entry.home > 0:
            self._matched.setdefault(entry.home, entry.number)
            self._plan.changed.append(entry.home)
        elif entry.makes:
            self._plan.names.setdefault(hash(folded(draft.name)), self._plan.counts.customers)
        if entry.links.owner_id == TO_BE_MADE:
            self._staff.will_be_written(draft.owner)
        if entry.links.parent_id == TO_BE_MADE:
            self._waiting[folded(draft.parent)] = draft.parent


def _made(one: Candidate, verdict: Verdict, links: Links, match: Match | None) -> Entry:
    assert one.draft is not None
    return Entry(one.number, verdict, one.draft.name, one.draft, links, match, notices=one.notices)


def _with_talk(entry: Entry) -> Changes:
    """The changes with the interaction among what is shown of them."""
    if entry.talk is None:
        return entry.changes
    shown = Shown("summary", "", entry.talk.summary or str(entry.talk.day))
    return entry.changes._replace(shown=(*entry.changes.shown, shown))


def _keys(draft: Draft) -> list[tuple[str, str]]:
    """What a row is compared with other rows by, the surest first."""
    found = [(key, value) for key in _UNIQUE if (value := getattr(draft, key))]
    found += [
        (point.kind, _line(draft, point))
        for kind in ("phone", "email")
        for point in draft.points
        if point.kind == kind and point.normalised
    ]
    if draft.name:  # an interaction may name its customer by a number only
        found.append(("name", folded(draft.name)))
    return found


def _line(draft: Draft, point: Point) -> str:
    """What a number is compared by: of a line that colleagues share, with who is at it."""
    shared = shares_lines(draft, point)
    return f"{point.normalised}{_AT}{folded(draft.name)}" if shared else point.normalised


def _shown_value(draft: Draft, key: str, value: str) -> str:
    if key == "name":
        return draft.name
    value = value.partition(_AT)[0]
    return next(
        (one.raw for one in draft.points if (one.kind, one.normalised) == (key, value)), value
    )
