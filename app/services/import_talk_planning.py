"""The dry run of a file whose rows are interactions: whose each is, and whether it is new."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select
from typing_extensions import override

from app.db.scope import ActorSession
from app.domain.names import sort_key
from app.errors import Refused
from app.i18n import Message
from app.models import Customer
from app.services.import_changes import Current, Links
from app.services.import_drafts import Candidate, Draft, Problem, folded
from app.services.import_matching import Match
from app.services.import_plan import Entry, ImportOptions, ImportPlan, Verdict
from app.services.import_planning import Planner
from app.services.import_rows import RowReader
from app.services.import_words import guessed_kind

NOT_SAID: Final = Message("The row names no customer. Say under which one such rows go.")
NOT_HERE: Final = Message(
    "There is no customer “{name}”. Import the customers first, or have missing ones added."
)
HIDDEN: Final = Message("The customer is one of {owner}, whom you may not see.")


class TalkPlanner(Planner):
    """Fills a plan whose rows are interactions; of customers it changes nothing.

    Raises:
        Refused: the customer of rows that name none is not there, or there are several.
    """

    def __init__(
        self, plan: ImportPlan, reader: RowReader, everybody: ActorSession, own: ActorSession
    ) -> None:
        super().__init__(plan, reader, everybody, own)
        options = plan.options
        self._makes_missing = options.missing == "create"
        self._default, self._default_name = _default(own, options)
        self._default_draft: Draft | None = None
        if self._default_name and not self._default:
            kind = guessed_kind(self._default_name, person=None)
            self._default_draft = Draft(self._default_name, kind.value)

    @override
    def _home_of(self, one: Candidate, match: Match | None) -> int:
        return self._default if one.draft is None else super()._home_of(one, match)

    @override
    def _current(self, matches: Sequence[Match | None]) -> dict[int, Current]:
        return {}

    @override
    def _entry(
        self,
        one: Candidate,
        match: Match | None,
        named: dict[str, int],
        existing: dict[int, Current],
    ) -> Entry:
        if one.problems:
            return self._refused(one, *one.problems)
        if one.draft is None:
            return self._at_default(one)
        if match is not None:
            return self._at_match(one, one.draft, match)
        earlier = self._earlier(one.draft, None)
        home = self._additions.home(earlier.row) if earlier is not None else 0
        if home:
            return self._written(one, home, one.draft.name)
        return self._at_missing(one, one.draft, named)

    def _at_default(self, one: Candidate) -> Entry:
        if self._default:
            return self._written(one, self._default, self._default_name)
        if self._default_draft is None:
            return self._refused(one, Problem("", NOT_SAID))
        earlier = self._earlier(self._default_draft, None)
        home = self._additions.home(earlier.row) if earlier is not None else 0
        entry = (
            self._written(one, home, self._default_name)
            if home
            else self._made_by(one, self._default_draft)
        )
        self._default, self._default_draft = entry.home, None
        return entry

    def _at_match(self, one: Candidate, draft: Draft, match: Match) -> Entry:
        if not match.visible:
            reason = HIDDEN.filled(owner=match.owner or "–")
            return self._refused(one, Problem(self._reader.title(match.key), reason))
        if not match.sure and draft.name:
            return self._refused(one, self._strange_id(draft, match))
        return self._written(one, match.customer_id, match.name)

    def _at_missing(self, one: Candidate, draft: Draft, named: dict[str, int]) -> Entry:
        if not self._makes_missing or not draft.name:
            called = draft.name or draft.code or draft.tax_id or str(draft.id)
            return self._refused(
                one, Problem(self._reader.title("name"), NOT_HERE.filled(name=called))
            )
        clash = self._clash(draft, 0)
        if clash is not None:
            return self._refused(one, clash)
        draft, links = self._linked(draft, named, updates=False)
        return self._made_by(one, draft)._replace(links=links)

    def _made_by(self, one: Candidate, draft: Draft) -> Entry:
        """The interaction with which its customer is made."""
        assert one.talk is not None
        home = -(self._plan.counts.customers + 1)
        entry = Entry(
            one.number,
            Verdict.NEW,
            draft.name,
            draft,
            Links(),
            notices=one.notices,
            home=home,
            makes=True,
        )
        return self._talks.told(entry, one.talk)

    def _written(self, one: Candidate, home: int, name: str) -> Entry:
        """The interaction at a customer, unless it is on record there."""
        assert one.talk is not None
        entry = Entry(one.number, Verdict.NEW, name, one.draft, notices=one.notices, home=home)
        if self._rule == "create":
            return self._talks.told(entry, one.talk)
        entry = self._talks.put(entry, one.talk)
        if entry.talk is not None:
            return entry
        match = Match("talk", str(one.talk.day), home, name=name)
        return entry._replace(verdict=Verdict.DUPLICATE, match=match)


def _default(own: ActorSession, options: ImportOptions) -> tuple[int, str]:
    """Id and name of the customer of rows that name none; id 0 for one that is to be made."""
    if options.customer_id is not None:
        name = own.scalar(select(Customer.name).where(Customer.id == options.customer_id))
        if name is None:
            raise Refused(_nobody(str(options.customer_id)))
        return options.customer_id, name
    wanted = " ".join(options.customer.split())
    if not wanted:
        return 0, ""
    rows = own.execute(
        select(Customer.id, Customer.name, Customer.code).where(
            (Customer.sort_key == sort_key(wanted)) | (Customer.code == wanted)
        )
    ).all()
    found = [(one, name) for one, name, code in rows if code == wanted] or [
        (one, name) for one, name, _ in rows if folded(name) == folded(wanted)
    ]
    if len(found) > 1:
        params = {"name": wanted, "count": len(found)}
        raise Refused(
            Message(
                "There are {count} customers called “{name}”. Say which one by its code. "
                "Nothing was changed.",
                params=params,
            )
        )
    if not found and options.missing == "refuse":
        raise Refused(_nobody(wanted))
    return (found[0][0], found[0][1]) if found else (0, wanted)


def _nobody(name: str) -> Message:
    return Message("There is no customer “{name}”. Nothing was changed.", params={"name": name})
