"""Staff and teams: who may be at work here."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.db.database import Database
from app.db.scope import ActorSession, WriteSession
from app.domain import filters
from app.domain.customer import SHORT, too_long
from app.domain.names import sort_key
from app.domain.script import fold
from app.domain.vocabulary import SYSTEM, Actor, Origin, Role
from app.errors import Forbidden, NotFound, Refused
from app.i18n import Message
from app.models import Customer, SavedView, Staff, Team
from app.queries.customers import FIELDS


@dataclass(frozen=True, slots=True)
class StaffMember:
    id: int
    name: str
    role: Role
    team_id: int | None
    team: str
    active: bool
    stand_in: str
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
        stand_in = aliased(Staff)
        query = (
            select(
                Staff.id,
                Staff.name,
                Staff.role,
                Staff.team_id,
                func.coalesce(Team.name, ""),
                Staff.active,
                func.coalesce(stand_in.name, ""),
                func.coalesce(owned.c.customers, 0),
            )
            .outerjoin(Team, Team.id == Staff.team_id)
            .outerjoin(stand_in, stand_in.id == Staff.stand_in_id)
            .outerjoin(owned, owned.c.owner_id == Staff.id)
        )
        with self._db.read(actor) as session:
            people = [
                StaffMember(one, name, Role(role), *rest)
                for one, name, role, *rest in session.execute(query)
            ]
        return sorted(people, key=lambda one: (not one.active, sort_key(one.name)))

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

    def may_change(self, actor: Actor) -> bool:
        """Whether the actor may add staff and change them."""
        with self._db.read(actor) as session:
            return in_charge(session, actor)

    def add(self, actor: Actor, name: str, role: Role, team: str = "") -> int:
        """Add a staff member; returns the id. Raises Refused, Forbidden.

        The very first one may be added by anybody.
        """
        title = Message("Add staff member {name}", params={"name": _clean(name)})
        with self._db.write(actor, title) as session:
            if session.scalar(select(func.count(Staff.id))):
                _require_in_charge(session, actor)
            made = Staff(name=_checked(session, name, None), role=role.value)
            made.team_id = _team_id(session, team)
            session.add(made)
            session.flush()
            return made.id

    def save(
        self, actor: Actor, staff_id: int, *, name: str, role: Role, team: str, stand_in: str
    ) -> None:
        """Change name, role and team; the team is made where there is none of that name.

        `stand_in` is the name of who is reminded after them of what they promised, "" for nobody.
        Raises Refused (the name is in use, or nobody would be left who manages), NotFound,
        Forbidden.
        """
        title = Message("Change staff member {name}", params={"name": _clean(name)})
        with self._db.write(actor, title) as session:
            _require_in_charge(session, actor)
            found = _get(session, staff_id)
            before, found.name = found.name, _checked(session, name, staff_id)
            _rename_in_views(session, before, found.name)
            found.role, found.team_id = role.value, _team_id(session, team)
            found.stand_in_id = _stand_in_id(session, stand_in, staff_id)
            session.flush()
            require_one_who_manages(session, "role")

    def deactivate(self, actor: Actor, staff_id: int) -> None:
        """Note that somebody has left: what they did and their customers stay theirs.

        Raises Refused (it is the actor, or nobody would be left who manages), NotFound, Forbidden.
        """
        self._set_active(actor, staff_id, Message("Deactivate a staff member"), active=False)

    def reactivate(self, actor: Actor, staff_id: int) -> None:
        """Note that somebody is back. Raises NotFound, Forbidden."""
        self._set_active(actor, staff_id, Message("Reactivate a staff member"), active=True)

    def _set_active(self, actor: Actor, staff_id: int, title: Message, *, active: bool) -> None:
        with self._db.write(actor, title) as session:
            _require_in_charge(session, actor)
            found = _get(session, staff_id)
            if found.id == actor.id and not active:
                raise Refused(
                    Message(
                        "You are at work as {name} yourself. Change who is at work first.",
                        params={"name": found.name},
                    )
                )
            found.active = active
            session.flush()
            require_one_who_manages(session, "name")


def require_one_who_manages(session: WriteSession, field: str = "") -> None:
    """Raise Refused where staff are active and none of them is a manager or director.

    `field` is named as the one to change. The rows that decide are locked, so that two who
    demote each other at the same time do not both succeed.
    """
    active = select(Staff.id).where(Staff.active)
    managing = active.where(Staff.role.in_((Role.MANAGER, Role.DIRECTOR))).with_for_update()
    if not session.scalars(managing).all() and session.scalar(active.limit(1)) is not None:
        message = Message("At least one active manager or director is needed. Nothing was changed.")
        raise Refused(message, {field: message} if field else {})


def in_charge(session: ActorSession, actor: Actor) -> bool:
    """Whether the actor may change the staff: the director, and where none is, every manager."""
    if actor.role is not Role.MANAGER:
        return actor.role is Role.DIRECTOR
    director = select(Staff.id).where(Staff.active, Staff.role == Role.DIRECTOR).limit(1)
    return session.scalar(director) is None


def _require_in_charge(session: WriteSession, actor: Actor) -> None:
    if not in_charge(session, actor):
        raise Forbidden(Message("Only the director may change staff. Nothing was changed."))


def _get(session: WriteSession, staff_id: int) -> Staff:
    found = session.get(Staff, staff_id)
    if found is None:
        raise NotFound(Message("This staff member is no longer there. Choose another."))
    return found


def _clean(name: str) -> str:
    return " ".join(name.split())


def _checked(session: WriteSession, name: str, staff_id: int | None) -> str:
    """The name as it is stored. Raises Refused with what is wrong with it."""
    clean, key = _clean(name), fold(_clean(name))
    others = select(Staff.name).where(Staff.id != (staff_id or 0))
    problem: Message | None = None
    if not clean:
        problem = Message("The name is missing.")
    elif len(clean) > SHORT:
        problem = too_long()
    elif any(fold(one) == key for one in session.scalars(others)):
        problem = Message("There is a staff member of this name already.")
    if problem is not None:
        raise Refused(
            Message("Some fields need another look. Nothing was saved yet."), {"name": problem}
        )
    return clean


def _stand_in_id(session: WriteSession, name: str, staff_id: int) -> int | None:
    if not name.strip():
        return None
    found = session.scalar(
        select(Staff.id).where(Staff.name == _clean(name), Staff.active.is_(True))
    )
    if found is None or found == staff_id:
        raise Refused(
            Message("Some fields need another look. Nothing was saved yet."),
            {"stand_in": Message("Choose a colleague from the list.")},
        )
    return int(found)


def _rename_in_views(session: WriteSession, before: str, after: str) -> None:
    """Saved views that ask for somebody by name go on finding their customers."""
    if before == after:
        return
    naming = select(SavedView).where(SavedView.filter.contains(before, autoescape=True))
    for view in session.scalars(naming):
        asked = filters.parse(view.filter, FIELDS)
        now = filters.renamed(asked, "owner", before, after)
        if now != asked:
            view.filter = filters.to_text(now)


def _team_id(session: WriteSession, name: str) -> int | None:
    """Id of the team of this name, however it is spelt; made where there is none."""
    clean = _clean(name)
    if not clean:
        return None
    if len(clean) > SHORT:
        raise Refused(
            Message("Some fields need another look. Nothing was saved yet."), {"team": too_long()}
        )
    for one, known in session.execute(select(Team.id, Team.name).order_by(Team.id)):
        if fold(known) == fold(clean):
            return int(one)
    made = Team(name=clean)
    session.add(made)
    session.flush()
    return made.id
