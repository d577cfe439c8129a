"""What we sell: a plain list of names and categories."""

from collections.abc import Callable, Sequence
from typing import Final

from typing_extensions import override

from app.i18n import Message, tr
from app.services.products import ProductRow
from app.ui.context import Context
from app.ui.settings.list_section import ListSection, ListWords
from app.ui.table_model import Column
from app.ui.widgets.field import Field, LineEdit
from app.ui.widgets.suggest import KnownEdit

_COLUMNS: Final = (
    Column[ProductRow]("name", Message("Product"), lambda r: r.name, sortable=False),
    Column[ProductRow](
        "category", Message("Category"), lambda r: r.category, width=220, sortable=False
    ),
)


class ProductSection(ListSection[ProductRow]):
    """Products are added, changed and deleted."""

    table_name = "product"

    def __init__(self, context: Context) -> None:
        self.name = LineEdit(tr("Name of the product"))
        self.name.setObjectName("product_name")
        self.category = KnownEdit(tr("Category"))
        self.category.setObjectName("product_category")
        words = ListWords(
            tr("Products"),
            "products",
            tr("Add product"),
            (
                "package",
                tr("No products yet"),
                tr("Name what you sell, to note who is interested."),
            ),
        )
        fields = {
            "name": (Field(tr("Name of the product"), self.name), 2),
            "category": (Field(tr("Category"), self.category), 1),
        }
        super().__init__(context, words, _COLUMNS, fields)
        self.remove.set_words(tr("Delete"))
        self.remove.set_glyph("trash-2")
        self.name.returnPressed.connect(self.save)
        self.category.returnPressed.connect(self.save)
        self._begin()
        self.refresh()

    @override
    def reader(self) -> Callable[[], Sequence[ProductRow]]:
        products, actor = self._context.services.products, self._context.actor
        return lambda: products.all(actor)

    @override
    def came(self, lines: Sequence[ProductRow]) -> None:
        self.category.set_known(list(dict.fromkeys(one.category for one in lines if one.category)))

    @override
    def fill(self, line: ProductRow | None) -> None:
        self.name.setText(line.name if line else "")
        self.category.setText(line.category if line else "")
        self.name.selectAll()

    @override
    def writer(self, changing: int | None) -> tuple[Callable[[], object], Message | None]:
        name, category = self.name.text(), self.category.text()
        products, actor = self._context.services.products, self._context.actor
        if changing is None:
            return lambda: products.add(actor, name, category), None
        return lambda: products.save(actor, changing, name, category), None

    @override
    def take(self, line: ProductRow) -> tuple[Callable[[], object], Message]:
        products, actor, chosen = self._context.services.products, self._context.actor, line.id
        return lambda: products.delete(actor, chosen), Message("The product was deleted.")
