"""What we sell: a plain list; Enter changes the current line, Del takes it away."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override

from app.errors import Refused
from app.i18n import Message, tr
from app.services.products import ProductRow
from app.ui.context import Context
from app.ui.settings.section import Section
from app.ui.table_model import Column, Ids, ListModel, RowSource
from app.ui.widgets.button import Button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.field import Field, LineEdit
from app.ui.widgets.layout import col, fix, hold, row
from app.ui.widgets.suggest import KnownEdit
from app.ui.widgets.table import BigTable, ShownColumn

_ROW: Final = 36
_HEIGHT: Final = 250
_COLUMNS: Final = (
    Column[ProductRow]("name", Message("Product"), lambda r: r.name, sortable=False),
    Column[ProductRow](
        "category", Message("Category"), lambda r: r.category, width=220, sortable=False
    ),
)


class ProductTable(BigTable):
    """Answers Del as well."""

    def __init__(self, model: ListModel[ProductRow], section: "ProductSection") -> None:
        super().__init__(model, "product_list", row_height=_ROW)
        self._section = section

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self._section.delete()
        else:
            super().keyPressEvent(event)


class ProductSection(Section):
    """The list, and beneath it what is added or changed."""

    def __init__(self, context: Context) -> None:
        super().__init__(tr("Products"), "products")
        self._context = context
        self._rows: dict[int, ProductRow] = {}
        self._changing: int | None = None
        self._model = ListModel[ProductRow](_COLUMNS, RowSource(self._fetch), context.tasks, self)
        self.table = ProductTable(self._model, self)
        self.table.setAccessibleName(tr("Products"))
        self.table.show_columns([ShownColumn(one.key, one.width) for one in _COLUMNS])
        empty = EmptyState(
            "package", tr("No products yet"), tr("Name what you sell, to note who is interested.")
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(empty)
        fix(self._stack, height=_HEIGHT)
        self.name = LineEdit(tr("Name of the product"))
        self.name.setObjectName("product_name")
        self.category = KnownEdit(tr("Category"))
        self.category.setObjectName("product_category")
        self.add = Button(tr("Add product"), glyph="plus")
        self.add.setObjectName("add_product")
        self.leave = Button(tr("Cancel"), "quiet")
        self.leave.setObjectName("leave_product")
        self.remove = Button(tr("Delete"), "danger", glyph="trash-2")
        self.remove.setObjectName("delete_product")
        self._field = Field(tr("Name of the product"), self.name)
        buttons = hold(col(20, row(self.add, self.leave, self.remove, gap=8), gap=0))
        form = row((self._field, 2), (Field(tr("Category"), self.category), 1), buttons, gap=12)
        self.put(self._stack, form)
        self.table.opened.connect(self.change)
        self.add.clicked.connect(self.save)
        self.leave.clicked.connect(self._begin)
        self.remove.clicked.connect(self.delete)
        self.name.returnPressed.connect(self.save)
        self.category.returnPressed.connect(self.save)
        context.changes.changed.connect(self._changed)
        self._begin()
        self.refresh()

    def _fetch(self, ids: Ids) -> Sequence[ProductRow | None]:
        return [self._rows.get(one) for one in ids.tolist()]

    def _changed(self, areas: frozenset[str]) -> None:
        if "product" in areas:
            self.refresh()

    def refresh(self) -> None:
        """Ask for the products again."""
        products, actor = self._context.services.products, self._context.actor
        self._context.tasks.run(self, lambda: products.all(actor), self._show)

    def _show(self, rows: list[ProductRow]) -> None:
        self._rows = {one.id: one for one in rows}
        self._model.set_ids(np.array(list(self._rows), dtype=np.int64))
        self._stack.setCurrentIndex(0 if rows else 1)
        self.category.set_known(list(dict.fromkeys(one.category for one in rows if one.category)))
        if self._changing is not None and self._changing not in self._rows:
            self._begin()

    def _begin(self) -> None:
        """Nothing is being changed: the fields add."""
        self._changing = None
        self.name.clear()
        self.category.clear()
        self.add.setText(tr("Add product"))
        self.leave.hide()
        self.remove.hide()

    def change(self, product_id: int) -> None:
        """Put a product into the fields."""
        held = self._rows.get(product_id)
        if held is None:
            return
        self._changing = product_id
        self.name.setText(held.name)
        self.category.setText(held.category)
        self.add.setText(tr("Save"))
        self.leave.show()
        self.remove.show()
        self.name.setFocus()
        self.name.selectAll()

    def save(self) -> None:
        """Add what is typed, or save what is being changed."""
        name, category, changing = self.name.text(), self.category.text(), self._changing
        products, actor = self._context.services.products, self._context.actor

        def work() -> None:
            if changing is None:
                products.add(actor, name, category)
            else:
                products.save(actor, changing, name, category)

        self.add.setEnabled(False)
        self._context.tasks.run(self, work, self._saved, self._failed, lane="write")

    def _saved(self, _result: None) -> None:
        self.add.setEnabled(True)
        self._field.set_wrong("")
        self._begin()
        self.name.setFocus()

    def _failed(self, error: BaseException) -> None:
        self.add.setEnabled(True)
        if isinstance(error, Refused):
            self._field.set_wrong(str(error.fields.get("name", error.message)))
        else:
            self._context.tasks.failed.emit(error)

    def delete(self) -> None:
        """Take the product away that is being changed, or else the current one."""
        chosen = self._changing if self._changing is not None else self.table.current_id()
        if chosen is None:
            return
        products, actor = self._context.services.products, self._context.actor
        history = self._context.services.history

        def work() -> int | None:
            products.delete(actor, chosen)
            last = history.last(actor)
            return last.id if last else None

        def done(change_set: int | None) -> None:
            self._context.show_message(Message("The product was deleted."), change_set)

        self._context.tasks.run(self, work, done, lane="write")
