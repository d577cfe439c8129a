"""Staff and teams: who may be at work here."""

from dataclasses import dataclass

from sqlalchemy import func, select

from app.db.database import Database
from app.domain.vocabulary import SYSTEM, Actor, Origin, Role
from app.errors import Forbidden, NotFound, Refused
from app.i18n import Message
from app.models import Customer, Staff, Team


@dataclass(frozen=True, slots=True)
class StaffMember:
    id: int
    name: str
    role: Role
    team_id: int | None
    team: str
    active: bool
    customers: int


class StaffService:
    def __init__(self, db: Database) -> None:
        self._db = db

    def all(self, actor: Actor) -> list[StaffMember]:
        """Everybody, active ones first, by name; with how many customers they own."""
        owned = (
            select(Customer.owner_id, func.count().label("customers"))
            .group_by(Customer.owner_id)
            .subquery()
        )
        query = (
            select(
                Staff.id,
                Staff.name,
                Staff.role,
                Staff.team_id,
                func.coalesce(Team.name, ""),
                Staff.active,
                func.coalesce(owned.c.customers, 0),
            )
            .outerjoin(Team, Team.id == Staff.team_id)
            .outerjoin(owned, owned.c.owner_id == Staff.id)
            .order_by(Staff.active.desc(), Staff.name)
        )
        with self._db.read(actor) as session:
            return [
                StaffMember(one, name, Role(role), *rest)
                for one, name, role, *rest in session.execute(query)
            ]

    def names(self) -> dict[int, str]:
        """Name of every staff member by id, those who left included."""
        with self._db.read(SYSTEM) as session:
            return dict(session.execute(select(Staff.id, Staff.name)).all())

    def choices(self) -> list[tuple[int, str, Role]]:
        """Who can be at work: id, name and role of the active ones, by name."""
        query = select(Staff.id, Staff.name, Staff.role).where(Staff.active).order_by(Staff.name)
        with self._db.read(SYSTEM) as session:
            return [(one, name, Role(role)) for one, name, role in session.execute(query)]

    def actor(self, staff_id: int, *, origin: Origin = Origin.SCREEN, window: str = "") -> Actor:
        """The actor that this staff member is. Raises NotFound."""
        with self._db.read(SYSTEM) as session:
            found = session.get(Staff, staff_id)
            if found is None or not found.active:
                raise NotFound(Message("This staff member is no longer there. Choose another."))
            return Actor(found.id, found.name, Role(found.role), found.team_id, origin, window)

    def actor_named(self, name: str, origin: Origin) -> Actor:
        """The actor with this name; with an empty name the first manager or director."""
        query = select(Staff.id).where(Staff.active).order_by(Staff.id)
        if name:
            query = query.where(Staff.name == name)
        else:
            query = query.where(Staff.role.in_((Role.MANAGER, Role.DIRECTOR)))
        with self._db.read(SYSTEM) as session:
            found = session.scalars(query.limit(1)).first()
        if found is None and name:
            raise NotFound(
                Message("There is no staff member called {name}.", params={"name": name})
            )
        if found is None:
            return Actor(None, SYSTEM.name, Role.DIRECTOR, origin=origin)
        return self.actor(found, origin=origin)

    def add(self, actor: Actor, name: str, role: Role, team_id: int | None = None) -> int:
        """Add a staff member; returns the id. Only a director may, but for the very first one."""
        clean = " ".join(name.split())
        if not clean:
            raise Refused(
                Message("Write the name first."), {"name": Message("The name is missing.")}
            )
        with self._db.write(actor, Message("Add staff member {name}", params={"name": clean})) as s:
            if actor.role is not Role.DIRECTOR and s.scalar(select(func.count(Staff.id))):
                raise Forbidden(Message("Only the director may add staff. Nothing was changed."))
            made = Staff(name=clean, role=role.value, team_id=team_id)
            s.add(made)
            s.flush()
            return made.id

    def add_team(self, actor: Actor, name: str) -> int:
        with self._db.write(actor, Message("Add team {name}", params={"name": name})) as session:
            made = Team(name=" ".join(name.split()))
            session.add(made)
            session.flush()
            return made.id

    def change(
        self, actor: Actor, staff_id: int, *, name: str, role: Role, team_id: int | None
    ) -> None:
        if actor.role is not Role.DIRECTOR:
            raise Forbidden(Message("Only the director may change staff. Nothing was changed."))
        title = Message("Change staff member {name}", params={"name": name})
        with self._db.write(actor, title) as session:
            found = session.get(Staff, staff_id)
            if found is None:
                raise NotFound(Message("This staff member is no longer there. Choose another."))
            found.name, found.role, found.team_id = name, role.value, team_id
