"""Everything that is kept of one customer, as a workbook, or as cards for an address book."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from app.config import Workspace
from app.db.database import Database
from app.db.scope import ActorSession
from app.domain import amounts, custom_fields, interactions
from app.domain.custom_fields import FieldKind
from app.domain.customer import CustomerDraft
from app.domain.facts import FACT_LABELS
from app.domain.field_words import birthday_words, field_name
from app.domain.vocabulary import LABELS, Actor, Kind, PointKind
from app.errors import Refused
from app.exchange.vcard_writer import Card, write_vcards
from app.exchange.workbook_writer import Part, write_sheets
from app.exchange.writing import Column, Value, Written
from app.i18n import Message, tr
from app.services import timeline
from app.services.attachments import files
from app.services.custom_fields import CustomValueRow, values
from app.services.customers import CustomerRecord, record
from app.services.exports import record_export
from app.services.facts import facts
from app.services.linked import belonging, parent, referred, referrer
from app.services.timeline import (
    ChangeEntry,
    Entry,
    InteractionEntry,
    NoteEntry,
)
from app.services.whole_file_due import due_parts

ENDINGS: Final = (".xlsx", ".vcf")


class WholeFileService:
    def __init__(self, workspace: Workspace, db: Database) -> None:
        self._workspace = workspace
        self._db = db

    def write(self, actor: Actor, customer_id: int, target: Path) -> Written:
        """Write the customer to a .xlsx or .vcf file, by its ending.

        The workbook holds all of it, a sheet a kind; the .vcf a card for the customer and one for
        every contact.

        Raises:
            Refused: another ending. NotFound: the customer is gone or may not be seen.
            Unavailable: the file cannot be written; one that was there is as it was.
        """
        ending = target.suffix.lower()
        if ending not in ENDINGS:
            raise Refused(
                Message(
                    "A customer is written as .xlsx or .vcf. “{file}” ends otherwise.",
                    params={"file": target.name},
                )
            )
        with self._db.read(actor) as session:
            held = record(session, customer_id)
            if ending == ".vcf":
                written = write_vcards(target, cards(held.draft))
            else:
                written = write_sheets(target, self._sheets(session, held))
        self.record(actor, target)
        return written

    def sheets(self, actor: Actor, customer_id: int) -> tuple[str, list[Part]]:
        """The customer's name and what the workbook would hold: to be put on paper."""
        with self._db.read(actor) as session:
            held = record(session, customer_id)
            return held.draft.name, self._sheets(session, held)

    def record(self, actor: Actor, target: Path) -> None:
        """Keep that the customer left the workspace as this file."""
        record_export(self._db, actor, "customer", 1, target)

    def _sheets(self, session: ActorSession, held: CustomerRecord) -> list[Part]:
        known = facts(session, held.id)
        kept = files(session, self._workspace, held.id)
        story = list(_story(session, held.id))
        return [
            Part(tr("Customer"), _columns(tr("Field"), tr("Value")), _profile(held)),
            _added(values(session, held.id)),
            _linked(session, held.id),
            *_people(held.draft),
            Part(
                tr("Facts"),
                (
                    *_columns(tr("Kind"), tr("Fact"), tr("Source"), tr("Told to")),
                    Column(tr("On"), "date"),
                    Column(tr("Confirmed on"), "date"),
                    Column(tr("Outdated")),
                ),
                [
                    (
                        str(FACT_LABELS[one.kind]),
                        one.text,
                        one.source,
                        one.staff,
                        one.heard_on,
                        one.confirmed_on,
                        tr("yes") if one.outdated else "",
                    )
                    for one in known
                ],
            ),
            *_said(story),
            *due_parts(session, held.id),
            Part(
                tr("Files"),
                (
                    Column(tr("Added"), "moment"),
                    *_columns(tr("By"), tr("File")),
                    Column(tr("Bytes"), "number"),
                ),
                [(_local(one.at), one.staff, one.name, one.size) for one in kept],
            ),
            _changes(story),
        ]


def cards(draft: CustomerDraft) -> Iterator[Card]:
    """A card for the customer, then one for every contact, at its firm."""
    firm = "" if draft.kind is Kind.PERSON else draft.name
    yield _card(draft, None, draft.name, firm, "", draft.birthday)
    for place, one in enumerate(draft.contacts):
        yield _card(draft, place, one.name, draft.name, one.title, one.birthday)


def _card(
    draft: CustomerDraft, contact: int | None, name: str, firm: str, title: str, birthday: str
) -> Card:
    own: dict[PointKind, list[str]] = {kind: [] for kind in PointKind}
    for point in draft.points:
        if point.contact == contact:
            own[point.kind].append(point.raw)
    note = draft.notes if contact is None else draft.contacts[contact].note
    # address books know the solar calendar only, and want the year: another day is told in words
    solar = birthday[:4].isdigit()
    said = _told_birthday(birthday, draft.kind if contact is None else Kind.PERSON)
    address = own[PointKind.ADDRESS] or ([draft.address] if contact is None else [])
    return Card(
        name,
        organisation=firm,
        title=title,
        phones=tuple(own[PointKind.PHONE]),
        emails=tuple(own[PointKind.EMAIL]),
        address="\n".join(address),
        note="\n".join(filter(None, (note, "" if solar else said))),
        birthday=birthday if solar else None,
        url="".join(own[PointKind.WEBSITE][:1]),
        wechat="".join(own[PointKind.WECHAT][:1]),
    )


def _told_birthday(birthday: str, kind: Kind) -> str:
    if not birthday:
        return ""
    title = str(field_name("birthday", kind))
    return tr("{field}: {value}", field=title, value=birthday_words(birthday))


def _columns(*titles: str) -> tuple[Column, ...]:
    return tuple(Column(title) for title in titles)


def _local(at: Any) -> Any:
    return at.astimezone() if at is not None else None


def _profile(held: CustomerRecord) -> list[Sequence[Value]]:
    draft = held.draft
    lines: list[tuple[str, Value]] = [
        (tr("Name"), draft.name),
        (tr("Kind"), str(LABELS[draft.kind])),
        (tr("Other names"), " · ".join(draft.other_names)),
        (tr("Code"), draft.code),
        (tr("Grade"), str(LABELS[draft.grade]) if draft.grade else ""),
        (tr("Stage"), str(LABELS[draft.stage])),
        (tr("Owner"), held.owner),
        (tr("Source"), draft.source),
        (tr("Referred by"), held.referred_by),
        (tr("Belongs to"), held.parent),
        (tr("Region"), draft.region),
        (tr("Address"), draft.address),
        (tr("Tax id"), draft.tax_id),
        (tr("Tags"), " · ".join(draft.tags)),
        (str(field_name("birthday", draft.kind)), birthday_words(draft.birthday)),
        (tr("Customer since"), draft.since),
        (tr("Last contact"), draft.last_contact),
        (tr("Notes"), draft.notes),
    ]
    return [(name, value) for name, value in lines if value not in ("", None)]


def _added(held: Sequence[CustomValueRow]) -> Part:
    """Fields that managers added. An amount of money has columns of its own: it has a currency."""
    columns = (
        *_columns(tr("Heading"), tr("Field"), tr("Value")),
        Column(tr("Amount"), "money"),
        Column(tr("Currency"), width=10),
    )
    return Part(tr("Other fields"), columns, [_added_row(one) for one in held if one.value])


def _added_row(one: CustomValueRow) -> Sequence[Value]:
    field, value = one.field, custom_fields.value(one.field.kind, one.value)
    head = (field.heading, field.name)
    if field.kind is FieldKind.MONEY and (found := amounts.amount(one.value)):
        return (*head, None, found[1], found[0])
    return (*head, one.value if value is None else value, None, None)


def _linked(session: ActorSession, customer_id: int) -> Part:
    """Who stands above the customer and who below it, as its page lists them."""
    found = (
        (tr("Belongs to"), parent(session, customer_id)),
        (tr("Referred by"), referrer(session, customer_id)),
        (tr("Belonging to it"), belonging(session, customer_id)),
        (tr("Referred by it"), referred(session, customer_id)),
    )
    rows = [
        (how, one.name, one.code, str(LABELS[one.kind])) for how, linked in found for one in linked
    ]
    columns = _columns(tr("Relation"), tr("Customer"), tr("Code"), tr("Kind"))
    return Part(tr("Related customers"), columns, rows)


def _people(draft: CustomerDraft) -> Sequence[Part]:
    people = [
        (
            one.name,
            one.title,
            str(LABELS[one.role]) if one.role else "",
            str(LABELS[one.influence]) if one.influence else "",
            birthday_words(one.birthday),
            one.note,
        )
        for one in draft.contacts
    ]
    points = [
        (
            str(LABELS[one.kind]),
            one.raw,
            draft.contacts[one.contact].name if one.contact is not None else draft.name,
        )
        for one in draft.points
    ]
    titles = (
        tr("Contact"),
        tr("Title"),
        tr("Role"),
        tr("Influence"),
        tr("Birthday"),
        tr("To mind"),
    )
    return (
        Part(tr("Contacts"), _columns(*titles), people),
        Part(tr("Contact points"), _columns(tr("Kind"), tr("Contact point"), tr("Whose")), points),
    )


def _story(session: ActorSession, customer_id: int) -> Iterator[Entry]:
    page = timeline.page(session, customer_id)
    while True:
        yield from page.entries
        if page.last is None:
            return
        page = timeline.page(session, customer_id, after=page.last)


def _said(story: Sequence[Entry]) -> Sequence[Part]:
    talks = [
        (
            _local(one.at),
            str(interactions.LABELS[one.channel]),
            str(interactions.LABELS[one.direction]),
            one.staff,
            one.contact,
            one.minutes,
            one.summary,
            one.rating,
            tr("yes") if one.unhappy else "",
            str(interactions.LABELS[one.step]) if one.step else "",
            " · ".join(one.products),
        )
        for one in story
        if isinstance(one, InteractionEntry)
    ]
    notes = [(_local(one.at), one.staff, one.text) for one in story if isinstance(one, NoteEntry)]
    return (
        Part(
            tr("Interactions"),
            (
                Column(tr("When"), "moment"),
                *_columns(tr("Channel"), tr("Direction"), tr("Who of us"), tr("With whom")),
                Column(tr("Minutes"), "number"),
                Column(tr("Summary"), width=60),
                Column(tr("Rating"), "number"),
                *_columns(tr("Sounds unhappy"), tr("Step"), tr("Products")),
            ),
            talks,
        ),
        Part(
            tr("Notes"),
            (
                Column(tr("Written"), "moment"),
                Column(tr("By")),
                Column(tr("Note"), width=60),
            ),
            notes,
        ),
    )


def _changes(story: Sequence[Entry]) -> Part:
    rows = [
        (
            _local(one.at),
            one.staff,
            change.name,
            change.words(change.before),
            change.words(change.after),
        )
        for one in story
        if isinstance(one, ChangeEntry)
        for change in one.fields
        if change.name
    ]
    columns = (Column(tr("When"), "moment"),)
    titles = (tr("By"), tr("Field"), tr("Before"), tr("After"))
    return Part(tr("Changes"), (*columns, *_columns(*titles)), rows)
