"""Saved views: a filter, an order and columns under a name, in the side bar."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select

from app.db import journal
from app.db.database import Database
from app.domain import filters
from app.domain.lists import ListQuery
from app.domain.vocabulary import Actor
from app.errors import Forbidden, NotFound, Refused
from app.i18n import Message
from app.models import SavedView
from app.queries.customers import FIELDS

GONE = Message("This view is no longer there. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class View:
    """`columns` are column keys in order, empty for the usual ones; `shared`: everybody's."""

    id: int
    name: str
    query: ListQuery
    columns: tuple[str, ...]
    shared: bool


class ViewService:
    def __init__(self, db: Database) -> None:
        self._db = db

    def all(self, actor: Actor, area: str = "customers") -> list[View]:
        """The actor's own and everybody's views, in their order."""
        query = (
            select(SavedView)
            .where(
                SavedView.area == area,
                or_(SavedView.staff_id.is_(None), SavedView.staff_id == actor.id),
            )
            .order_by(SavedView.position, SavedView.id)
        )
        with self._db.read(actor) as session:
            return [_view(one) for one in session.scalars(query)]

    def named(self, actor: Actor, name: str, area: str = "customers") -> View:
        """The view with this name. Raises NotFound."""
        for view in self.all(actor, area):
            if view.name == name:
                return view
        raise NotFound(Message("There is no view called {name}.", params={"name": name}))

    def save(
        self,
        actor: Actor,
        name: str,
        query: ListQuery,
        columns: tuple[str, ...] = (),
        *,
        shared: bool = False,
        view_id: int | None = None,
        area: str = "customers",
    ) -> int:
        """Add a view, or with `view_id` change one; returns its id."""
        clean = " ".join(name.split())
        if not clean:
            raise Refused(
                Message("Give the view a name."), {"name": Message("The name is missing.")}
            )
        if query.filter.strip():
            filters.parse(query.filter, FIELDS)
        with self._db.write(actor, Message("Save view {name}", params={"name": clean})) as session:
            if view_id is None:
                last = session.scalar(select(func.max(SavedView.position)))
                one = SavedView(area=area, position=(last or 0) + 1)
                session.add(one)
            else:
                found = session.get(SavedView, view_id)
                one = _own(found, actor)
            one.name, one.filter, one.sort = clean, query.filter, query.sort
            one.columns = ",".join(columns)
            one.staff_id = None if shared else actor.id
            session.flush()
            return one.id

    def delete(self, actor: Actor, view_id: int) -> None:
        with self._db.write(actor, Message("Delete a view")) as session:
            journal.delete(session, _own(session.get(SavedView, view_id), actor))


def _own(found: SavedView | None, actor: Actor) -> SavedView:
    if found is None:
        raise NotFound(GONE)
    if found.staff_id not in (None, actor.id) or (found.staff_id is None and not actor.sees_all):
        raise Forbidden(Message("This view belongs to somebody else. Save it under a new name."))
    return found


def _view(one: SavedView) -> View:
    return View(
        one.id,
        one.name,
        ListQuery(one.filter, one.sort or "name"),
        tuple(one.columns.split(",")) if one.columns else (),
        one.staff_id is None,
    )
