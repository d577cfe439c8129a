"""Changes of a customer's fields, its tags and added fields, as the timeline tells them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.db.ids import id_set
from app.db.images import has_more_than
from app.db.scope import ActorSession
from app.domain.vocabulary import Kind
from app.errors import NotFound
from app.i18n import Message
from app.models import Change, ChangeSet, Customer, Staff
from app.services import custom_fields
from app.services.custom_fields import field_id_of
from app.services.earlier_values import linked_acts
from app.services.timeline_entries import ChangeEntry, FieldChange

_NAMED: Final[Mapping[str, Any]] = {
    "owner_id": Staff,
    "parent_id": Customer,
    "referred_by_id": Customer,
}
_FOLLOWS: Final = "last_contact"
_Values = tuple[Any, Any]
_Told = Iterable[Mapping[str, _Values]]


@dataclass(frozen=True, slots=True)
class Images:
    """The fields of one change set as they were stored before and after it."""

    before: Mapping[str, Any]
    after: Mapping[str, Any]


class Changes:
    """The change sets that changed one customer."""

    def __init__(self, session: ActorSession, customer_id: int) -> None:
        self._session = session
        self._customer_id = customer_id
        self._own = and_(
            Change.table_name == Customer.__tablename__,
            Change.row_id == customer_id,
            Change.action == "update",
        )
        self._linked = linked_acts(session, customer_id)

    def count(self) -> int:
        """How many there are."""
        query = select(func.count(ChangeSet.id)).where(self._these())
        return self._session.scalar(query) or 0

    def page(self, narrowed: Sequence[ColumnElement[bool]], most: int) -> list[ChangeEntry]:
        """The newest ones for which these conditions on ChangeSet hold."""
        found = self._session.execute(
            select(ChangeSet.id, ChangeSet.at, ChangeSet.actor_name)
            .where(self._these(), *narrowed)
            .order_by(ChangeSet.at.desc(), ChangeSet.id.desc())
            .limit(most)
        ).all()
        told = self._told([row.id for row in found])
        customer = self._session.get_one(Customer, self._customer_id)
        names = self._names(told.values())
        added = custom_fields.rows(self._session, _added(told.values()))

        def said(field: str, stored: Any) -> Any:
            return names.get((field, stored), "") if field in _NAMED and stored else stored

        return [
            ChangeEntry(
                set_id,
                at,
                staff,
                tuple(
                    FieldChange(
                        field,
                        said(field, before),
                        said(field, after),
                        Kind(customer.kind),
                        added.get(field_id_of(field) or 0),
                    )
                    for field, (before, after) in told[set_id].items()
                ),
            )
            for set_id, at, staff in found
        ]

    def images(self, change_set_id: int) -> Images:
        """What one of them changed. Raises NotFound."""
        told = self._told([change_set_id])[change_set_id]
        if not told:
            raise NotFound(Message("This change is no longer there. Nothing was changed."))
        return Images(
            {field: before for field, (before, _) in told.items()},
            {field: after for field, (_, after) in told.items()},
        )

    def _these(self) -> ColumnElement[bool]:
        """The condition on ChangeSet: it changed more than the day of the last contact.

        That follows from what stands on the timeline anyway.
        """
        more = has_more_than(self._session, Change.after, _FOLLOWS)
        own = ChangeSet.id.in_(select(Change.change_set_id).where(self._own, more))
        if not self._linked:
            return own
        return or_(own, ChangeSet.id.in_(id_set(self._session, self._linked)))

    def _told(self, ids: Sequence[int]) -> dict[int, dict[str, _Values]]:
        """Fields with their values before and after, as stored, by change set."""
        told: dict[int, dict[str, _Values]] = {one: {} for one in ids}
        changes = self._session.execute(
            select(Change.change_set_id, Change.before, Change.after)
            .where(self._own, Change.change_set_id.in_(id_set(self._session, ids)))
            .order_by(Change.id)
        )
        for set_id, before, after in changes:
            for field in after or {}:
                if field != _FOLLOWS:
                    first, _ = told[set_id].get(field, ((before or {}).get(field), None))
                    told[set_id][field] = (first, after[field])
        for one in ids:
            if one in self._linked:
                told[one] |= self._linked[one].changed
        return told

    def _names(self, told: _Told) -> Mapping[tuple[str, int], str]:
        """Names for the ids among these values, as far as the actor may see them."""
        found: dict[tuple[str, int], str] = {}
        for field, model in _NAMED.items():
            ids = {one for changed in told for one in changed.get(field, ()) if one is not None}
            if ids:
                rows = self._session.execute(select(model.id, model.name).where(model.id.in_(ids)))
                found |= {(field, row_id): name for row_id, name in rows}
        return found


def _added(told: _Told) -> set[int]:
    found = {field_id_of(field) for changed in told for field in changed}
    return {one for one in found if one is not None}
