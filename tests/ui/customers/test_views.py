import pytest

from app.domain.lists import ListQuery
from app.services.views import View
from app.ui.widgets.table import ShownColumn
from tests import factories


@pytest.fixture
def filtered(stage, screen, names):
    screen.narrowing.panel.use("stage = keeping")
    screen.table.show_columns([ShownColumn("name", 200), ShownColumn("code", 90)])
    stage.until(lambda: names() == ["张三"])
    return screen


def save(stage, screen, name, shared=False):
    screen.views.save_as()
    dialog = stage.dialog("view_dialog")
    dialog.edit.setText(name)
    dialog.shared.setChecked(shared)
    dialog.submit()
    stage.until(lambda: stage.no_dialog("view_dialog") and stage.messages)
    stage.settle()
    (view,) = stage.services.views.all(stage.actor)
    return view


def test_what_is_shown_is_saved_as_a_view(stage, filtered):
    view = save(stage, filtered, " Due  now ", shared=True)
    assert view == View(view.id, "Due now", ListQuery("stage = keeping"), ("name", "code"), True)
    assert "Due now" in stage.said()[-1]


def test_a_view_without_a_name_is_not_saved(stage, filtered):
    filtered.views.save_as()
    dialog = stage.dialog("view_dialog")
    dialog.submit()
    assert dialog.isVisible()
    assert dialog._field.wrong() == "Give the view a name."
    dialog.reject()


def test_a_view_brings_filter_order_and_columns(stage, screen, names):
    view = View(5, "W", ListQuery("grade in (A, C)", "-name"), ("name", "grade"), shared=False)
    screen.show_target(view)
    stage.until(lambda: names() == ["张三", "Anna Garcia"])
    assert [one.key for one in screen.table.shown_columns()] == ["name", "grade"]
    assert screen.table.header.sorted_by() == ("name", True)
    assert screen.narrowing.bar.isVisible()


def test_changes_to_an_open_view_can_be_kept(stage, filtered, names):
    save(stage, filtered, "W")
    assert not filtered.shown().differs()
    filtered.narrowing.panel.use("grade = A")
    stage.until(lambda: names() == ["张三"])
    assert filtered.shown().differs()
    filtered.views.keep_changes()
    stage.until(lambda: not filtered.shown().differs())
    stage.settle()
    (view,) = stage.services.views.all(stage.actor)
    assert (view.name, view.query.filter) == ("W", "grade = A")


def test_a_view_is_renamed_and_shared(stage, filtered):
    save(stage, filtered, "W")
    filtered.views.rename()
    dialog = stage.dialog("view_dialog")
    assert dialog.edit.text() == "W"
    dialog.edit.setText("Wednesday")
    dialog.shared.setChecked(True)
    dialog.submit()
    stage.until(lambda: stage.services.views.all(stage.actor)[0].name == "Wednesday")
    assert stage.services.views.all(stage.actor)[0].shared
    stage.settle()


def test_a_deleted_view_comes_back_with_undo(stage, filtered):
    save(stage, filtered, "W")
    filtered.views.delete()
    stage.until(lambda: not stage.services.views.all(stage.actor))
    stage.settle()
    assert filtered.shown().view is None
    stage.undo_last()
    assert [one.name for one in stage.services.views.all(stage.actor)] == ["W"]
    stage.settle()


def test_only_a_manager_may_share(stage, db, people):
    from app.domain.vocabulary import Role
    from app.ui.customers.screen import CustomersScreen

    stage.actor = factories.staff(db, "孙敏", Role.SALESPERSON)
    screen = CustomersScreen(stage.context)
    stage.show(screen)
    screen.views.save_as()
    dialog = stage.dialog("view_dialog")
    assert not dialog.shared.isEnabled()
    assert dialog.shared.toolTip()
    dialog.reject()
    stage.settle()
