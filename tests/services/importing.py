"""What tests of importing share: files written row by row, and what is on record afterwards."""

import csv
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import func, select

from app.db.ids import id_set
from app.domain.vocabulary import SYSTEM
from app.models import Contact, Customer, Interaction, InteractionProduct, Product, Staff


class Told(NamedTuple):
    """An interaction on record; `at` as local wall clock time."""

    customer: str
    at: datetime
    summary: str
    channel: str
    direction: str
    author: str | None
    contact: str | None
    minutes: int | None
    rating: int | None
    step: str | None
    unhappy: bool
    products: tuple[str, ...]


def told(db) -> list[Told]:
    """Every interaction, the oldest first, of one time in the order in which it was written."""
    query = (
        select(Interaction, Customer.name, Staff.name, Contact.name)
        .join(Customer, Customer.id == Interaction.customer_id)
        .outerjoin(Staff, Staff.id == Interaction.staff_id)
        .outerjoin(Contact, Contact.id == Interaction.contact_id)
        .order_by(Interaction.at, Interaction.id)
    )
    with db.read(SYSTEM) as session:
        rows = session.execute(query).all()
        ids = [one.id for one, *_ in rows]
        products: dict[int, list[str]] = {one: [] for one in ids}
        if ids:
            links = session.execute(
                select(InteractionProduct.interaction_id, Product.name)
                .join(Product, Product.id == InteractionProduct.product_id)
                .where(InteractionProduct.interaction_id.in_(id_set(session, ids)))
                .order_by(InteractionProduct.id)
            )
            for one, name in links:
                products[one].append(name)
        return [
            Told(
                customer, local(one.at), one.summary, one.channel, one.direction, author, contact,
                one.minutes, one.rating, one.step, one.unhappy, tuple(products[one.id]),
            )
            for one, customer, author, contact in rows
        ]  # fmt: skip


def only_told(db) -> Told:
    """The one interaction there is."""
    (found,) = told(db)
    return found


def local(moment: datetime) -> datetime:
    """As a clock on the wall shows it."""
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone().replace(tzinfo=None)


def state(db) -> dict[str, object]:
    """How much there is of everything that such files write, and the last contacts."""
    with db.read(SYSTEM) as session:
        counts = {
            model.__name__: session.scalar(select(func.count(model.id)))
            for model in (Customer, Contact, Interaction, InteractionProduct, Staff, Product)
        }
        last = session.execute(select(Customer.id, Customer.last_contact, Customer.owner_id))
        return {**counts, "last": sorted(map(tuple, last))}


def write_csv(path, *rows, encoding="utf-8"):
    with path.open("w", newline="", encoding=encoding) as stream:
        csv.writer(stream).writerows(rows)
    return path
