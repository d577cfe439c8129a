from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.customer import CustomerDraft
from app.domain.lists import ListQuery
from app.domain.vocabulary import Role
from app.i18n import Message
from app.ui.history import screen as module
from app.ui.history.screen import UndoDialog


@pytest.fixture
def history(program, qtbot):
    for name in ("华信科技", "国强建材", "晨星貿易"):
        program.services.editing.add(program.actor, CustomerDraft(name))
    program.shell.navigate("history")
    made = program.shell.front()
    qtbot.waitUntil(lambda: made.model.rowCount() == 4)
    return made


def titles(history) -> list[str]:
    rows = range(history.model.rowCount())
    return [history.model.index(row, 0).data() for row in rows]


def names(program) -> list[str]:
    ids = program.services.customers.ids(program.actor, ListQuery())
    rows = program.services.customers.rows(program.actor, ids)
    return [row.name for row in rows if row is not None]


def test_the_newest_change_comes_first(history):
    assert titles(history)[0] == "Add customer 晨星貿易"
    assert titles(history)[-1] == "Add staff member 李娜"


def test_a_new_change_appears_by_itself(history, program, qtbot):
    program.services.editing.add(program.actor, CustomerDraft("新来的"))
    qtbot.waitUntil(lambda: titles(history)[0] == "Add customer 新来的")


def test_what_is_typed_narrows_the_list(history, qtbot):
    history.search.setText("国强")
    qtbot.waitUntil(lambda: titles(history) == ["Add customer 国强建材"])
    history.search.clear()
    qtbot.waitUntil(lambda: history.model.rowCount() == 4)


def test_without_a_match_it_says_so(history, qtbot):
    history.search.setText("没有这个")
    qtbot.waitUntil(history.empty.isVisible)


def test_the_latest_is_undone_at_once(history, program, qtbot):
    history.table.go_to(history.model.row_id(0))
    history.undo_button.click()
    qtbot.waitUntil(lambda: sorted(names(program)) == sorted(["华信科技", "国强建材"]))


def test_an_older_one_is_undone_after_a_question(history, program, qtbot):
    history.table.go_to(history.model.row_id(2))
    history.undo_button.click()
    dialog = program.application.window.findChild(UndoDialog)
    assert "华信科技" in dialog.windowTitle()
    assert len(names(program)) == 3
    dialog.do_button.click()
    qtbot.waitUntil(lambda: "华信科技" not in names(program))


def test_what_is_undone_cannot_be_undone_again(history, program, qtbot):
    first = history.model.row_id(0)
    program.services.history.undo(program.actor, first)
    qtbot.waitUntil(lambda: titles(history)[0].startswith("Undo:"))
    history.table.go_to(first)
    assert not history.undo_button.isEnabled()
    assert history.undo_button.toolTip() != ""


def test_the_undo_itself_can_be_taken_back(history, program, qtbot):
    program.services.history.undo(program.actor, history.model.row_id(0))
    qtbot.waitUntil(lambda: titles(history)[0].startswith("Undo:"))
    history.table.go_to(history.model.row_id(0))
    assert history.undo_button.text() == "Redo"
    history.undo_button.click()
    qtbot.waitUntil(lambda: "晨星貿易" in names(program))


def test_older_changes_come_as_one_scrolls(program, qtbot, monkeypatch):
    monkeypatch.setattr(module, "PAGE", 30)
    for number in range(70):
        program.services.editing.add(program.actor, CustomerDraft(f"客户{number}"))
    program.shell.navigate("history")
    history = program.shell.front()
    qtbot.waitUntil(lambda: history.model.rowCount() >= 30)
    assert history.model.rowCount() < 71
    bar = history.table.verticalScrollBar()

    def down() -> bool:
        bar.setValue(bar.maximum())
        return history.model.rowCount() == 71

    qtbot.waitUntil(down)
    assert len(set(titles(history))) == 71


def test_a_salesperson_sees_only_the_own_changes(history, program, qtbot):
    other = program.services.staff.add(program.actor, "周凯", Role.SALESPERSON)
    program.application.work_as(other)
    program.shell.navigate("history")
    made = program.shell.front()
    qtbot.waitUntil(lambda: made.empty.isVisible())
    actor = replace(program.actor)
    program.services.editing.add(actor, CustomerDraft("我的客户"))
    qtbot.waitUntil(lambda: titles(made) == ["Add customer 我的客户"])


def test_enter_asks_for_the_undo_of_the_row(history, program, qtbot):
    history.table.setFocus()
    history.table.go_to(history.model.row_id(1))
    QTest.keyClick(history.table, Qt.Key.Key_Return)
    assert program.application.window.findChild(UndoDialog) is not None
    program.application.window.findChild(UndoDialog).close()


def test_titles_are_found_in_the_language_they_are_read_in(history, program, qtbot):
    entry = program.services.history.page(program.actor, limit=1)[0]
    words = str(entry.title).split()[0]
    found = program.services.history.page(program.actor, text=words.upper(), limit=2)
    assert [one.id for one in found] == [entry.id, entry.id - 1]


def test_what_an_older_undo_kept_is_said_and_listed(history, program, qtbot):
    draft = CustomerDraft("晨星貿易")
    (customer,) = program.services.customers.ids(program.actor, ListQuery(search="晨星"))
    later = replace(draft, region="上海")
    editing = program.services.editing
    editing.save(program.actor, int(customer), draft, later)
    changed = program.services.history.last(program.actor)
    editing.save(program.actor, int(customer), later, replace(later, region="成都"))
    qtbot.waitUntil(lambda: history.model.rowCount() == 6)
    history.table.go_to(changed.id)
    history.undo_button.click()
    program.application.window.findChild(UndoDialog).do_button.click()
    qtbot.waitUntil(lambda: "1 value was changed again later" in program.shell.strip.text())


def test_a_redo_is_taken_back_as_an_undo(history, program, qtbot):
    service, actor = program.services.history, program.actor
    added = history.model.row_id(0)
    redone = service.undo(actor, service.undo(actor, added).change_set_id)
    assert str(redone.title) == "Redo: Add customer 晨星貿易"
    qtbot.waitUntil(lambda: titles(history)[0] == "Redo: Add customer 晨星貿易")
    history.table.go_to(redone.change_set_id)
    assert history.undo_button.text() == "Undo"
    history.undo_button.click()
    qtbot.waitUntil(lambda: "晨星貿易" not in names(program))
    assert service.page(actor, limit=1)[0].title == Message(
        "Undo: {what}", params={"what": Message("Add customer {name}", params={"name": "晨星貿易"})}
    )


def test_the_question_names_the_act_that_would_be_done_again(history, program, qtbot):
    service, actor = program.services.history, program.actor
    undone = service.undo(actor, history.model.row_id(1))
    program.services.editing.add(actor, CustomerDraft("新来的"))
    qtbot.waitUntil(lambda: titles(history)[0] == "Add customer 新来的")
    history.table.go_to(undone.change_set_id)
    history.undo_button.click()
    dialog = program.application.window.findChild(UndoDialog)
    assert dialog.windowTitle() == "Redo “Add customer 国强建材”?"
    dialog.close()
