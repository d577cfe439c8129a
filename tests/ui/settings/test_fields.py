"""Managers define fields in the settings."""

import pytest
from PySide6.QtCore import Qt

from app import i18n
from app.domain.custom_fields import FieldDraft, FieldKind
from app.domain.customer import CustomerDraft
from app.domain.vocabulary import Role
from app.ui.settings.field_dialog import _KINDS, DeleteFieldDialog, FieldDialog
from app.ui.settings.screen import SettingsScreen
from app.ui.widgets.text import Elided
from tests import factories
from tests.ui.screens import make_stage


@pytest.fixture
def stage(qtbot, db, tmp_path):
    made = make_stage(qtbot, db, tmp_path, factories.director(db))
    yield made
    made.tasks.shut_down()


@pytest.fixture
def section(program, qtbot):
    for name in ("门店数", "开户行", "账号"):
        program.services.fields.add(program.actor, FieldDraft(name))
    program.shell.navigate("settings")
    qtbot.waitUntil(program.application.tasks.idle)
    return program.shell.front().fields


@pytest.fixture
def names(program):
    return lambda: [one.name for one in program.services.fields.all(program.actor)]


def dialog(program, kind):
    return program.application.window.findChild(kind)


def test_a_choice_is_added_with_its_choices(section, program, names, qtbot):
    section.add.click()
    form = dialog(program, FieldDialog)
    form.name.setText("等级")
    assert not form.choices.isVisible()
    form.kind.setCurrentIndex(_KINDS.index(FieldKind.CHOICE))
    assert form.choices.isVisible()
    form.choices.setPlainText("高\n低")
    form.do_button.click()
    qtbot.waitUntil(lambda: len(section.lines()) == 4)
    added = program.services.fields.all(program.actor)[-1]
    assert (added.name, added.kind, added.choices) == ("等级", FieldKind.CHOICE, ("高", "低"))


def test_choices_are_listed_as_the_language_lists_them(section, program, qtbot):
    draft = FieldDraft("等级", FieldKind.CHOICE, choices=("高", "低"))
    i18n.use("zh_CN")
    program.services.fields.add(program.actor, draft)
    qtbot.waitUntil(lambda: len(section.lines()) == 4)
    words = [one.text() for one in section.lines()[-1].findChildren(Elided)]
    assert words == ["等级", "单选 · 高、低"]


def test_what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost(section, program, qtbot):
    section.add.click()
    form = dialog(program, FieldDialog)
    form.name.setText("开户行")
    form.heading.setText("开票信息")
    form.do_button.click()
    qtbot.waitUntil(lambda: "already" in form._entries["name"].wrong())
    assert form.heading.text() == "开票信息"
    form.reject()


def test_one_button_adds_the_invoice_details(section, program, names, qtbot):
    section.invoice.click()
    qtbot.waitUntil(lambda: len(section.lines()) == 9)
    assert len(names()) == 9
    qtbot.waitUntil(program.application.tasks.idle)
    section.invoice.click()
    qtbot.waitUntil(lambda: "all there already" in program.shell.strip.text())
    assert len(names()) == 9


def test_a_field_moves_by_button_and_by_key_and_the_keyboard_goes_with_it(stage, qtbot):
    service, actor = stage.services.fields, stage.actor
    for name in ("门店数", "开户行", "账号"):
        service.add(actor, FieldDraft(name))
    section = stage.show(SettingsScreen(stage.context)).fields
    section.lines()[0].down.setFocus()
    qtbot.keyClick(section.lines()[0].down, Qt.Key.Key_Return)
    stage.until(lambda: section.lines()[1].field.name == "门店数")
    stage.until(lambda: section.lines()[1].down.hasFocus())
    qtbot.keyClick(section.lines()[1].down, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    stage.until(lambda: section.lines()[2].field.name == "门店数")
    assert [one.name for one in service.all(actor)] == ["开户行", "账号", "门店数"]
    assert not section.lines()[2].down.isEnabled()
    assert section.lines()[2].up.hasFocus()


def test_a_field_is_renamed(section, program, names, qtbot):
    qtbot.keyClick(section.lines()[1].edit, Qt.Key.Key_F2)
    form = dialog(program, FieldDialog)
    assert form.name.text() == "开户行"
    form.name.setText("开户银行")
    form.do_button.click()
    qtbot.waitUntil(lambda: names()[1] == "开户银行")
    qtbot.waitUntil(lambda: section.lines()[1].field.name == "开户银行")


def test_a_field_that_nobody_uses_goes_at_once_with_undo(section, program, names, qtbot):
    section.lines()[0].remove.click()
    qtbot.waitUntil(lambda: len(section.lines()) == 2)
    assert dialog(program, DeleteFieldDialog) is None
    qtbot.waitUntil(lambda: "deleted" in program.shell.strip.text())


def test_before_a_field_in_use_goes_it_is_said_how_many_hold_a_value(
    section, program, names, qtbot
):
    customer = program.services.editing.add(program.actor, CustomerDraft("华信科技"))
    field = section.lines()[1].field
    program.services.fields.set(program.actor, customer, field.id, "", "工商银行")
    qtbot.keyClick(section.lines()[1].edit, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: dialog(program, DeleteFieldDialog) is not None)
    asked = dialog(program, DeleteFieldDialog)
    assert len(names()) == 3
    asked.do_button.click()
    qtbot.waitUntil(lambda: names() == ["门店数", "账号"])


def test_who_is_no_manager_reads_the_fields_only(program, qtbot):
    program.services.fields.add(program.actor, FieldDraft("门店数"))
    other = program.services.staff.add(program.actor, "周凯", Role.SALESPERSON)
    program.application.work_as(other)
    program.shell.navigate("settings")
    section = program.shell.front().fields
    qtbot.waitUntil(lambda: len(section.lines()) == 1)
    assert not section.add.isVisible()
    assert not any(one.isVisible() for one in section.lines()[0].buttons())
