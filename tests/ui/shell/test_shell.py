import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea

from app.domain.lists import ListQuery
from app.domain.vocabulary import Role
from app.i18n import Message
from app.ui.qt_words import QtWords
from app.ui.shell.keys import key_caps
from app.ui.shell.sheet import ShortcutSheet
from app.ui.widgets.pill import KeyCap


def test_the_side_bar_leads_to_every_area_and_shows_where_one_is(program):
    for area in program.shell._areas.values():
        if area.place == "nowhere":
            continue
        item = program.shell.side_bar._items[area.name]
        item.click()
        assert program.shell.current == area.name
        assert item.isChecked()
        assert program.shell.header.title() == str(area.title)


def test_the_side_bar_shows_to_which_area_a_place_without_an_item_belongs(program):
    program.shell.navigate("import")
    assert program.shell.current == "import"
    assert program.shell.side_bar._items["customers"].isChecked()


def test_saved_views_are_under_the_areas_as_soon_as_they_are_saved(program, qtbot):
    program.services.views.save(program.actor, "重点客户", ListQuery("grade = A"))
    qtbot.waitUntil(lambda: len(program.shell.side_bar._views) == 1)
    item, view = next(iter(program.shell.side_bar._views.values()))
    assert item.text() == "重点客户"
    assert view.query.filter == "grade = A"


def test_a_saved_view_shows_the_customers_list(program, qtbot):
    program.services.views.save(program.actor, "重点客户", ListQuery("grade = A"))
    qtbot.waitUntil(lambda: len(program.shell.side_bar._views) == 1)
    program.shell.navigate("settings")
    item, _ = next(iter(program.shell.side_bar._views.values()))
    item.click()
    assert program.shell.current == "customers"
    assert item.isChecked()
    kept = program.shell.state()
    program.shell.front().show_all()
    qtbot.waitUntil(lambda: not item.isChecked())
    assert program.shell.side_bar._items["customers"].isChecked()
    program.shell.front().restore(kept["screens"]["customers"])
    qtbot.waitUntil(item.isChecked)


def test_keys_lead_to_the_areas(program, qtbot):
    program.application.window.activateWindow()
    program.shell.navigate("history")
    QTest.keyClick(program.shell.front(), Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert program.shell.current == "settings"


def test_the_menu_names_who_may_be_at_work(program, qtbot):
    other = program.services.staff.add(program.actor, "周凯", Role.SALESPERSON)
    program.shell.open_actor_menu()
    menu = program.shell.side_bar.actor_menu
    named = {action.text(): action for action in menu.actions()}
    with qtbot.waitSignal(program.shell.actor_chosen) as chosen:
        named["周凯"].trigger()
    assert chosen.args == [other]
    assert program.actor.name == "周凯"


def test_the_sheet_shows_every_key_of_every_command(program):
    program.shell.navigate("history")
    sheet = ShortcutSheet(program.shell, program.shell.commands())
    shown = {cap.text() for cap in sheet.findChildren(KeyCap)}
    wanted = {
        key_caps(key)
        for command in program.shell.commands()
        for key in command.keys.split(", ")
        if key
    }
    assert wanted <= shown
    sheet.close()


def test_the_keys_on_the_sheet_end_where_its_button_ends(program, qtbot):
    program.application.window.resize(1440, 1200)
    sheet = ShortcutSheet(program.shell, program.shell.commands())
    sheet.open()
    qtbot.waitUntil(sheet.isVisible)

    def right(one):
        return one.mapTo(sheet, one.rect().topRight()).x()

    assert max(map(right, sheet.findChildren(KeyCap))) == right(sheet.leave_button)
    sheet.close()


def test_the_sheet_is_read_to_its_end_with_keys(program, qtbot):
    program.shell.window().resize(960, 600)
    sheet = ShortcutSheet(program.shell, program.shell.commands())
    sheet.open()
    bar = sheet.findChild(QScrollArea, "sheet_keys").verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    qtbot.waitUntil(lambda: sheet.focusWidget() is sheet.leave_button)
    qtbot.keyClick(sheet.leave_button, Qt.Key.Key_Down)
    assert bar.value() > 0
    qtbot.keyClick(sheet.leave_button, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    sheet.close()


def test_a_key_is_written_as_people_know_it():
    assert key_caps("Ctrl++, Ctrl+=") == "Ctrl +"
    assert key_caps("Ctrl+Shift+Z") == "Ctrl Shift Z"
    assert key_caps("Up, Down") == "↑"


@pytest.mark.parametrize("language", ["zh_CN", "zh_TW"])
def test_what_stands_on_a_key_is_not_written_out_in_chinese(language, qapp):
    words = QtWords(qapp)
    words.use(language)
    assert [key_caps(keys) for keys in ("Shift+Up", "Return", "Del", "Ctrl++")] == [
        "Shift ↑",
        "↵",
        "Del",
        "Ctrl +",
    ]
    words.use("en")


def test_long_work_shows_its_progress_and_can_be_stopped(program, qtbot):
    stopped = []

    def work(progress) -> None:
        while True:
            progress(1, 10)

    program.application.tasks.run_long(
        program.shell, work, stopped.append, stopped.append, title=Message("Counting")
    )
    status = program.shell.work_status
    qtbot.waitUntil(status.isVisible)
    status.rows()[0].stop.click()
    qtbot.waitUntil(lambda: bool(stopped))
    qtbot.waitUntil(lambda: not status.isVisible())


def test_what_a_screen_shows_itself_is_not_shown_twice(program, qtbot):
    program.shell.navigate("customers")
    stopped = []

    def work(progress) -> None:
        while True:
            progress(1, 10)

    tasks, status = program.application.tasks, program.shell.work_status
    task = tasks.run_long(
        program.shell, work, stopped.append, stopped.append, title=Message("Counting")
    )
    task.show_in(program.shell.front())
    tasks.run_long(program.shell, work, stopped.append, stopped.append, title=Message("Other"))
    qtbot.waitUntil(status.isVisible)
    assert [str(line.task.title) for line in status.rows()] == ["Other"]
    program.shell.navigate("history")
    qtbot.waitUntil(lambda: len(status.rows()) == 2)
    program.shell.navigate("customers")
    qtbot.waitUntil(lambda: len(status.rows()) == 1)
    for one in tasks.running():
        one.cancel()
    qtbot.waitUntil(lambda: not status.isVisible())


def test_what_is_done_in_a_moment_shows_no_progress(program, qtbot):
    done = []
    program.application.tasks.run(program.shell, lambda: 1, done.append, title=Message("Quick"))
    qtbot.waitUntil(lambda: bool(done))
    assert not program.shell.work_status.isVisible()
