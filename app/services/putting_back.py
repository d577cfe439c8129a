"""Earlier values of a customer: told, and what a change replaced written again."""

from collections.abc import Sequence

from app.db.database import Database
from app.db.scope import ActorSession, WriteSession
from app.domain.field_words import field_name
from app.domain.vocabulary import Actor
from app.errors import Conflict, Refused
from app.i18n import Message, tr
from app.models import Customer
from app.services import custom_fields
from app.services.custom_fields import FieldRow, ValueConflict, field_id_of
from app.services.customer_editing import CustomerEditing, EditConflict
from app.services.customers import not_there, record
from app.services.earlier_values import (
    EarlierValue,
    earlier_of_contact,
    earlier_values,
    restored,
)
from app.services.timeline_changes import Changes


class EarlierValueService:
    """`editing` checks what is written back as it checks what is typed."""

    def __init__(self, db: Database, editing: CustomerEditing) -> None:
        self._db = db
        self._editing = editing

    def of_field(self, actor: Actor, customer_id: int, field: str) -> tuple[EarlierValue, ...]:
        """Every value a field of the customer had before, the latest first.

        `field` is one of CustomerDraft ("points": those of the customer itself), or the key of one
        that managers added. Raises NotFound.
        """
        with self._db.read(actor) as session:
            _check_seen(session, customer_id)
            return earlier_values(session, customer_id, field)

    def of_contact(
        self, actor: Actor, customer_id: int, contact_id: int
    ) -> tuple[EarlierValue, ...]:
        """The same of all fields of a contact and of how to reach it. Raises NotFound."""
        with self._db.read(actor) as session:
            _check_seen(session, customer_id)
            return earlier_of_contact(session, customer_id, contact_id)

    def put_change_back(self, actor: Actor, customer_id: int, change_set_id: int) -> int:
        """Write what a change set replaced on this customer; returns the new change set.

        Raises Conflict when other values were written since, Refused when those stand there
        already or cannot stand there any more, NotFound.
        """
        with self._db.read(actor) as session:
            _check_seen(session, customer_id)
            held = Changes(session, customer_id).images(change_set_id)
            now = record(session, customer_id).draft
            ids = {key: one for key in held.after if (one := field_id_of(key)) is not None}
            fields = custom_fields.rows(session, ids.values())
        before, typed = restored(now, held.after), restored(now, held.before)
        clean = self._editing.checked(typed, before) if typed != before else before
        title = Message("Put back earlier values of {name}", params={"name": now.name})
        with self._db.write(actor, title) as session:
            try:
                self._editing.put(session, customer_id, before, clean)
            except EditConflict as error:
                names = [str(field_name(one.field, now.kind)) for one in error.fields]
                raise _since(names) from error
            for key, field_id in ids.items():
                images = held.after[key] or "", held.before[key] or ""
                _keep(session, customer_id, fields[field_id], *images)
            session.flush()
            if session.change_set_id is None:
                raise Refused(Message("The earlier value is there already. Nothing was changed."))
            return session.change_set_id


def _keep(
    session: WriteSession, customer_id: int, field: FieldRow, before: str, wanted: str
) -> None:
    try:
        custom_fields.keep(session, customer_id, field.id, before, wanted)
    except ValueConflict as error:
        raise _since([field.name]) from error


def _since(names: Sequence[str]) -> Conflict:
    params = {"fields": tr(", ").join(names)}
    return Conflict(Message("{fields}: changed again since. Nothing was put back.", params=params))


def _check_seen(session: ActorSession, customer_id: int) -> None:
    if session.get(Customer, customer_id) is None:
        raise not_there(session, customer_id)
