"""Small makers of records for tests, with sensible defaults."""

from app.db.database import Database
from app.domain.customer import CustomerDraft
from app.domain.vocabulary import SYSTEM, Actor, Role
from app.services.customer_editing import CustomerEditing
from app.services.staff import StaffService


def staff(db: Database, name: str = "李娜", role: Role = Role.MANAGER, team="") -> Actor:
    """A staff member, as the actor they are in the window "w"."""
    service = StaffService(db)
    return service.actor(service.add(SYSTEM, name, role, team), window="w")


def customer(db: Database, actor: Actor, name: str = "华信科技有限公司", **fields) -> int:
    """A customer of the actor; returns its id."""
    return CustomerEditing(db).add(actor, CustomerDraft(name, **fields))


def director(db: Database) -> Actor:
    """The one director of this database, made at the first call."""
    service = StaffService(db)
    found = [one for one, _, role in service.choices() if role is Role.DIRECTOR]
    if found:
        return service.actor(found[0], window="w")
    return staff(db, "老板", Role.DIRECTOR)
