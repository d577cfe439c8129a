"""The interactions of a dry run: whose they are, and which are on record already."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import func, select

from app.db.ids import id_set
from app.db.scope import ActorSession
from app.models import Interaction
from app.services.import_changes import TO_BE_MADE
from app.services.import_drafts import folded, several
from app.services.import_plan import Entry, ImportPlan
from app.services.import_staff import StaffNames
from app.services.import_talk_writing import products
from app.services.import_talks import Talk

_TOGETHER: Final = re.compile(r"\s*[、；;|/&+]\s*")
_NOBODY: Final = (None, TO_BE_MADE)
_AT_ONCE: Final = 500


class TalkBook:
    """Which interactions are on record, and which the file has brought so far.

    The same text at the same time is the same interaction. A file may well have it twice, as two
    complaints of one day may read alike; what is on record once is left out once.

    Args:
        everybody: a session that sees all customers.
        staff: who of us there are.
        title: says what the file calls the column of a field.
    """

    def __init__(
        self, everybody: ActorSession, staff: StaffNames, title: Callable[[str], str]
    ) -> None:
        self._everybody = everybody
        self._staff = staff
        self._title = title
        self._products = products(everybody)
        self._on_record: Counter[int] = Counter()
        self._looked_up: set[int] = set()

    def look_up(self, talks: Iterable[tuple[int, Talk]]) -> None:
        """Find out what is on record of these, by customer."""
        wanted = {(home, talk.at) for home, talk in talks if home > 0}
        new = [one for one in wanted if hash(one) not in self._looked_up]
        self._looked_up.update(map(hash, new))
        for start in range(0, len(new), _AT_ONCE):
            some = set(new[start : start + _AT_ONCE])
            rows = self._everybody.execute(
                select(
                    Interaction.customer_id,
                    Interaction.at,
                    Interaction.summary,
                    Interaction.rating,
                    func.count(Interaction.id),
                )
                .where(
                    Interaction.customer_id.in_(id_set(self._everybody, {one for one, _ in some})),
                    Interaction.at.in_({at for _, at in some}),
                )
                .group_by(
                    Interaction.customer_id,
                    Interaction.at,
                    Interaction.summary,
                    Interaction.rating,
                )
            )
            for home, at, summary, rating, count in rows:
                if (home, at) in some:
                    self._on_record[_key(home, at, summary, rating)] += count

    def put(self, entry: Entry, talk: Talk | None) -> Entry:
        """The entry with its interaction, unless that is on record for its customer."""
        if talk is None:
            return entry
        told = self.told(entry, talk)
        assert told.talk is not None
        key = _key(entry.home, talk.at, told.talk.summary, talk.rating)
        if self._on_record[key] > 0:
            self._on_record[key] -= 1
            return entry
        return told

    def told(self, entry: Entry, talk: Talk) -> Entry:
        """The entry with its interaction, and who of us it was.

        Names of staff and products that are unknown stay in the text.
        """
        author, all_said = self._author(talk.author)
        lines = [talk.summary] if talk.summary else []
        if not all_said:
            lines.append(f"{self._title('author')}: {talk.author}")
        known: list[str] = []
        for name in talk.products:
            found = [part for part in (name, *several(name)) if folded(part) in self._products]
            known += found
            if not found:
                lines.append(f"{self._title('product')}: {name}")
        talk = talk._replace(summary="\n".join(lines), products=tuple(known))
        return entry._replace(talk=talk, author_id=author)

    def _author(self, name: str) -> tuple[int | None, bool]:
        """Who of us it was, and whether that says all that the name does.

        Of several in one cell it is the first whom we know; together they are nobody new.
        """
        found = self._staff.find(name) if name else None
        if found == TO_BE_MADE or (name and found is None):
            parts = _TOGETHER.split(name)
            known = [one for part in parts if (one := self._staff.find(part)) not in _NOBODY]
            if len(parts) > 1:
                return (known[0] if known else None), False
        return found, not name or found is not None

    def note(self, entry: Entry, plan: ImportPlan) -> None:
        """The entry is written."""
        talk = entry.talk
        if talk is None:
            return
        plan.counts.talks += 1
        if entry.author_id == TO_BE_MADE:
            self._staff.will_be_written(talk.author)
        if entry.home < 0:
            place = -entry.home - 1
            plan.last_days[place] = max(talk.day, plan.last_days.get(place, talk.day))


def _key(home: int, at: datetime, summary: str, rating: int | None) -> int:
    """What is the same in the same interaction; where nothing was said, the rating says it."""
    return hash((home, at, summary or rating))
