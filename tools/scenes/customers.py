"""Customers: list, details, filter, form, bulk changes, views; the recycle bin."""

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtWidgets import QApplication, QDialog

from app.services.bulk import Delete
from app.ui.customers.screen import CustomersScreen
from tools.scenes.stage import Scene, Stage

if TYPE_CHECKING:
    from app.ui.customers.bulk_dialog import BulkDialog
    from app.ui.customers.form import CustomerForm
    from app.ui.recycle_bin.screen import RecycleBinScreen

_FILTER: Final = "stage in (keeping, growing) and (last_contact < -30d or last_contact is empty)"


def _screen(stage: Stage) -> CustomersScreen:
    """The list, without what an earlier scene left in it."""
    stage.go("customers")
    screen = cast("CustomersScreen", stage.shell.front())
    screen.narrowing.close_panel()
    screen.show_all()
    stage.settle()
    screen.table.go_to(screen.card.model.row_id(0))
    screen.table.scrollToTop()
    stage.settle()
    return screen


def _dialog(name: str) -> QDialog:
    top = QApplication.topLevelWidgets()
    found = [one for one in top if isinstance(one, QDialog) and one.objectName() == name]
    return next(one for one in found if one.isVisible())


def _list(stage: Stage) -> None:
    stage.go("customers")


def _search(stage: Stage) -> None:
    _screen(stage).search.setText("zh")
    stage.settle()


def _nothing(stage: Stage) -> None:
    _screen(stage).search.setText("xyzxyz")
    stage.settle()


def _filter(stage: Stage) -> None:
    screen = _screen(stage)
    screen.narrowing.panel.use(_FILTER)
    screen.narrowing.open()
    stage.settle()


def _filter_wrong(stage: Stage) -> None:
    screen = _screen(stage)
    screen.narrowing.open()
    screen.narrowing.panel.show_text("stge = keeping")
    stage.settle()


def _chips(stage: Stage) -> None:
    screen = _screen(stage)
    screen.narrowing.panel.use(_FILTER)
    screen.table.selection.choose_all()
    stage.settle()


def _view(stage: Stage) -> None:
    _screen(stage)
    stage.do("customers.save_view")


def _form(stage: Stage) -> None:
    _screen(stage)
    stage.do("customers.edit")


def _new(stage: Stage) -> None:
    _screen(stage)
    stage.do("customers.new")


def _alike(stage: Stage) -> None:
    """A new customer who may be here already: by a phone, and by the name."""
    screen = _screen(stage)
    held = screen.card.model.row_at(3)
    name = held.name if held else "华信科技"
    stage.do("customers.new")
    form = cast("CustomerForm", _dialog("customer_form"))
    form.fields.name.setText(name)
    people = [one for one in (screen.card.model.row_at(place) for place in range(40)) if one]
    phone = next((one.phone for one in people if one.phone), "138 1234 5678")
    form.fields.people.points[0].value.setText(phone)
    stage.settle()
    form.stop_asking()


def _duplicates(stage: Stage) -> None:
    _screen(stage)
    stage.do("customers.duplicates")


def _wrong(stage: Stage) -> None:
    _screen(stage)
    stage.do("customers.edit")
    form = cast("CustomerForm", _dialog("customer_form"))
    form.fields.name.clear()
    form.fields.since.setText("2026-02-30")
    form.submit()
    form.stop_asking()
    stage.settle()


def _bulk(stage: Stage) -> None:
    screen = _screen(stage)
    screen.table.selection.choose_range(0, 40)
    screen.doing.bulk("stage")
    stage.settle()
    dialog = cast("BulkDialog", _dialog("bulk"))
    dialog.field.set_value("grade")
    dialog.value.findChildren(type(dialog.field))[0].setCurrentIndex(0)
    stage.settle()


def _delete(stage: Stage) -> None:
    screen = _screen(stage)
    screen.table.selection.choose_range(0, 8)
    stage.do("customers.delete")


def _bin(stage: Stage) -> None:
    stage.go("recycle_bin")


def _bin_filled(stage: Stage) -> None:
    """Some customers are deleted for the picture and brought back after it, by the next scene."""
    context = stage.shell.context
    screen = _screen(stage)
    services, actor = context.services, context.actor
    if not len(services.bin.ids(actor)):
        first, second, third, *others = screen.card.model.ids[:8].tolist()
        services.merging.merge(actor, first, second)
        services.merging.merge(actor, first, third)
        services.bulk.apply(actor, others, Delete())
    stage.go("recycle_bin")
    held = cast("RecycleBinScreen", stage.shell.front())
    held.table.selection.choose_range(0, 2)
    stage.settle()


def _purge(stage: Stage) -> None:
    _bin_filled(stage)
    stage.do("bin.purge")


SCENES: Final = (
    Scene("customers", _list),
    Scene("customers_one", _list, "one"),
    Scene("customers_empty", _list, "empty"),
    Scene("customers_search", _search),
    Scene("customers_nothing", _nothing),
    Scene("customers_filter", _filter),
    Scene("customers_filter_wrong", _filter_wrong),
    Scene("customers_chips", _chips),
    Scene("customers_view", _view),
    Scene("customer_form", _form),
    Scene("customer_new", _new),
    Scene("customer_alike", _alike),
    Scene("customer_wrong", _wrong),
    Scene("customers_duplicates", _duplicates),
    Scene("customers_no_duplicates", _duplicates, "one"),
    Scene("customers_bulk", _bulk),
    Scene("customers_deleted", _delete),
    Scene("recycle_bin", _bin_filled),
    Scene("recycle_bin_purge", _purge),
    Scene("recycle_bin_empty", _bin, "empty"),
)
