import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app import i18n
from app.domain.customer import ContactDraft, PointDraft
from app.domain.vocabulary import PointKind, Role
from app.ui.recycle_bin.screen import RecycleBinScreen
from app.ui.theme import theme
from tests import factories
from tests.ui.screens import make_stage


@pytest.fixture
def stage(qtbot, db, tmp_path):
    i18n.use("en")
    theme().apply("light", zoom=1.0, motion=False)
    made = make_stage(qtbot, db, tmp_path, factories.director(db))
    yield made
    made.tasks.shut_down()


@pytest.fixture
def deleted(db, stage):
    parts = {
        "contacts": (ContactDraft("陈雅琳"),),
        "points": (PointDraft(PointKind.PHONE, "138 1234 5678", 0),),
        "tags": ("VIP",),
    }
    ids = [factories.customer(db, stage.actor, name, **parts) for name in ("张三", "Grace")]
    drafts = [stage.services.customers.get(stage.actor, one) for one in ids]
    for one in ids:
        stage.services.editing.delete(stage.actor, one)
    return drafts


@pytest.fixture
def screen(stage, deleted):
    made = RecycleBinScreen(stage.context)
    stage.show(made)
    stage.until(lambda: len(made.model.ids) == 2 and made.model.row_at(1) is not None)
    return made


def test_what_was_deleted_last_stands_first_with_who_did_it(screen):
    rows = [screen.model.row_at(place) for place in range(2)]
    assert [row.name for row in rows] == ["Grace", "张三"]
    assert {row.deleted_by for row in rows} == {"老板"}
    assert screen.subtitle() == "2 deleted customers"


def test_restoring_brings_back_everything_that_hung_on_it(stage, screen, deleted, qtbot):
    screen.table.go_to(deleted[0].id)
    screen.restore_button.click()
    stage.until(lambda: len(screen.model.ids) == 1)
    assert stage.services.customers.get(stage.actor, deleted[0].id) == deleted[0]
    stage.until(lambda: stage.said() == ["Restore 1 customer"])
    stage.undo_last()
    stage.until(lambda: len(screen.model.ids) == 2)


def test_enter_restores_the_current_row(stage, screen, deleted, qtbot):
    screen.table.go_to(deleted[1].id)
    qtbot.keyClick(screen.table, Qt.Key.Key_Return)
    stage.until(lambda: list(screen.model.ids) == [deleted[0].id])


def test_purging_asks_says_that_it_is_final_and_needs_the_box(stage, screen, deleted):
    screen.table.selection.choose_all()
    screen.purge_button.click()
    dialog = stage.dialog("purge")
    words = " ".join(one.text() for one in dialog.findChildren(object) if hasattr(one, "text"))
    assert "2 customers" in words
    assert "cannot be undone" in words
    stage.until(dialog.leave_button.hasFocus)
    dialog.submit()
    assert dialog.isVisible()
    assert not dialog.do_button.isEnabled()
    dialog.sure.click()
    dialog.findChild(QPushButton, "do").click()
    stage.until(lambda: len(screen.model.ids) == 0)
    assert screen.empty.isVisible()
    stage.until(lambda: stage.messages)
    assert stage.messages[-1][1] is None
    assert list(stage.services.bin.ids(stage.actor)) == []


def test_a_salesperson_may_restore_but_not_purge(stage, db):
    seller = factories.staff(db, "孙敏", Role.SALESPERSON)
    one = factories.customer(db, seller, "我的客户")
    stage.services.editing.delete(seller, one)
    stage.actor = seller
    screen = RecycleBinScreen(stage.context)
    stage.show(screen)
    stage.until(lambda: list(screen.model.ids) == [one])
    screen.table.selection.choose_all()
    assert screen.restore_button.isEnabled()
    assert not screen.purge_button.isEnabled()
    assert screen.purge_button.toolTip()
    screen.ask_purge()
    assert stage.no_dialog("purge")


def test_an_empty_bin_says_what_it_is_for(stage):
    screen = RecycleBinScreen(stage.context)
    stage.show(screen)
    stage.until(screen.empty.isVisible)
    assert screen.subtitle() == "0 deleted customers"


def test_what_is_deleted_elsewhere_appears(stage, screen, db):
    one = factories.customer(db, stage.actor, "Bob")
    stage.services.editing.delete(stage.actor, one)
    stage.until(lambda: len(screen.model.ids) == 3)
