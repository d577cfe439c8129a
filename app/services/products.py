"""What we sell: a plain list of names and categories."""

from dataclasses import dataclass

from sqlalchemy import select

from app.db import journal
from app.db.database import Database
from app.domain.customer import SHORT, too_long
from app.domain.script import fold
from app.domain.vocabulary import Actor
from app.errors import NotFound, Refused
from app.i18n import Message
from app.models import Product


@dataclass(frozen=True, slots=True)
class ProductRow:
    id: int
    name: str
    category: str


class ProductService:
    def __init__(self, db: Database) -> None:
        self._db = db

    def all(self, actor: Actor) -> list[ProductRow]:
        """Every product: by category, in the order of names."""
        query = select(Product.id, Product.name, Product.category).order_by(
            Product.category, Product.sort_key, Product.id
        )
        with self._db.read(actor) as session:
            return [ProductRow(*row) for row in session.execute(query)]

    def add(self, actor: Actor, name: str, category: str = "") -> int:
        """Add a product; returns its id. Raises Refused."""
        clean = self._checked(actor, name, None)
        title = Message("Add product {name}", params={"name": clean})
        with self._db.write(actor, title) as session:
            made = Product(name=clean, category=" ".join(category.split()))
            session.add(made)
            session.flush()
            return made.id

    def save(self, actor: Actor, product_id: int, name: str, category: str) -> None:
        """Change name and category. Raises Refused, NotFound."""
        clean = self._checked(actor, name, product_id)
        title = Message("Change product {name}", params={"name": clean})
        with self._db.write(actor, title) as session:
            one = session.get(Product, product_id)
            if one is None:
                raise NotFound(Message("This product is no longer there. Nothing was changed."))
            one.name, one.category = clean, " ".join(category.split())

    def delete(self, actor: Actor, product_id: int) -> None:
        """Take a product off the list; what was said about it stays."""
        with self._db.write(actor, Message("Delete a product")) as session:
            one = session.get(Product, product_id)
            if one is None:
                raise NotFound(Message("This product is no longer there. Nothing was changed."))
            journal.delete(session, one)

    def _checked(self, actor: Actor, name: str, product_id: int | None) -> str:
        clean = " ".join(name.split())
        problem: Message | None = None
        if not clean:
            problem = Message("The name is missing.")
        elif len(clean) > SHORT:
            problem = too_long()
        elif any(fold(one.name) == fold(clean) and one.id != product_id for one in self.all(actor)):
            problem = Message("There is a product of this name already.")
        if problem is not None:
            raise Refused(
                Message("Some fields need another look. Nothing was saved yet."), {"name": problem}
            )
        return clean
