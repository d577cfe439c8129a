from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.services.timeline import InteractionEntry
from app.ui.imports.screen import DONE, DRY, MAP, ImportScreen
from tests import factories

TALKS = ["客户名称", "联系人", "跟进时间", "跟进方式", "跟进内容", "展位"]


@pytest.fixture
def customer(stage):
    return factories.customer(stage.services.database, stage.actor, "华信科技")


@pytest.fixture
def told(stage, customer):
    def read():
        page = stage.services.pages.load(stage.actor, customer)
        entries = [one for one in page.timeline.entries if isinstance(one, InteractionEntry)]
        return [(one.at.astimezone().strftime("%Y-%m-%d %H:%M"), one.summary) for one in entries]

    return read


def reach(stage, screen, step):
    stage.until(lambda: screen.step() == step and stage.tasks.idle())


def check(stage, screen):
    screen.forward()
    stage.until(lambda: screen.plan is not None and stage.tasks.idle())


def test_a_file_of_what_was_said_is_known_as_such_and_comes_in(
    stage, screen, write, told, verdicts
):
    path = write(
        TALKS,
        ["华信科技", "陈雅琳", "2025-03-01 14:30", "来电", "询价", "B12"],
        ["没有", "", "2025-03-01", "电话", "第一次", ""],
    )
    screen.open(path)
    reach(stage, screen, MAP)
    page = screen.mapping_page
    assert page.rows_are.into() == "interactions"
    assert page.rows_are.isVisible()
    assert [box.value() for box in page.fields] == [
        "name", "contact_name", "at", "channel", "summary", "line"
    ]  # fmt: skip
    check(stage, screen)
    assert [one[1:3] for one in verdicts()] == [
        ("New", "华信科技, 陈雅琳"), ("Refused", "没有")
    ]  # fmt: skip
    assert "询价" in verdicts()[0][3]
    assert screen.next_button.text() == "Import 1 interaction"
    screen.next_button.click()
    reach(stage, screen, DONE)
    assert told() == [("2025-03-01 14:30", "询价\n展位: B12")]
    stage.until(lambda: stage.said() == ["1 interaction imported"])
    stage.undo_last()
    assert told() == []


def test_rows_without_customer_and_date_get_those_that_are_chosen(
    stage, screen, write, told, customer, qtbot
):
    screen.open(write(["评论内容"], ["很好吃"], ["太咸了"]))
    reach(stage, screen, MAP)
    rows_are = screen.mapping_page.rows_are
    assert not rows_are.isVisible()
    rows_are.kind.setFocus()
    QTest.keyClick(rows_are.kind, Qt.Key.Key_Right)
    stage.until(lambda: rows_are.isVisible() and stage.tasks.idle())
    assert [box.value() for box in screen.mapping_page.fields] == ["summary"]
    check(stage, screen)
    assert screen.plan.counts.refused == 2
    screen.back()
    rows_are.customer.setFocus()
    QTest.keyClicks(rows_are.customer, "huaxin")
    stage.until(rows_are.customer.is_offering)
    QTest.keyClick(rows_are.customer, Qt.Key.Key_Down)
    QTest.keyClick(rows_are.customer, Qt.Key.Key_Return)
    stage.until(lambda: rows_are.customer.value() == customer and stage.tasks.idle())
    assert rows_are.customer.text() == "华信科技"
    rows_are.day.setText("2025-03-05")
    screen.forward()
    stage.until(lambda: screen.plan.options.day == date(2025, 3, 5) and stage.tasks.idle())
    assert screen.plan.counts.created == 2
    screen.forward()
    reach(stage, screen, DONE)
    assert sorted(told()) == [("2025-03-05 00:00", "太咸了"), ("2025-03-05 00:00", "很好吃")]


def test_missing_customers_are_added_only_when_asked(stage, screen, write, customer):
    screen.open(write(TALKS, ["没有", "", "2025-03-01", "电话", "第一次", ""]))
    reach(stage, screen, MAP)
    check(stage, screen)
    assert not screen.next_button.isEnabled()
    screen.back()
    screen.mapping_page.rows_are.missing.set_value("create")
    screen.forward()
    stage.until(lambda: screen.plan.counts.created == 1 and stage.tasks.idle())
    assert screen.dry_page.tiles[0].accessibleName().endswith("and 1 customer")


def test_what_is_chosen_stays_when_the_customer_is_chosen_afterwards(
    stage, screen, write, customer
):
    screen.open(write(["A", "内容"], ["x", "y"]))
    reach(stage, screen, MAP)
    screen.mapping_page.rows_are.kind.set_current(1)
    stage.settle()
    screen.mapping_page.choose(0, "product")
    screen.mapping_page.rows_are.customer.set_value(customer, "华信科技")
    stage.settle()
    assert [box.value() for box in screen.mapping_page.fields] == ["product", "summary"]
    assert screen.mapping_page.rows_are.customer.value() == customer


def test_the_same_file_again_brings_nothing_new(stage, screen, write, told):
    path = write(TALKS, ["华信科技", "", "2025-03-01", "微信", "询价", ""])
    for _ in range(2):
        screen.open(path)
        reach(stage, screen, MAP)
        check(stage, screen)
        if screen.next_button.isEnabled():
            screen.forward()
            reach(stage, screen, DONE)
    assert screen.step() == DRY
    assert screen.plan.counts.skipped == 1
    assert screen.dry_page.aside.duplicates.isVisible()
    assert len(told()) == 1


def test_a_second_column_is_kept_as_a_line_of_its_own(stage, screen, write):
    screen.open(write(["客户名称", "备注", "展位", "司机"], ["甲", "一", "B1", "老王"]))
    reach(stage, screen, MAP)
    check(stage, screen)
    for column in (2, 3):
        screen.dry_page.aside.left_out.noted.emit(column)
        stage.settle()
    entry = screen.plan.entries([0])[0]
    assert entry.draft.notes == "一"
    assert entry.draft.lines == ("展位: B1", "司机: 老王")


def test_the_wizard_comes_back_as_it_was_left(stage, screen, write, customer):
    screen.open(write(TALKS, ["", "", "", "电话", "回访", ""]))
    reach(stage, screen, MAP)
    screen.mapping_page.rows_are.customer.set_value(customer, "华信科技")
    stage.settle()
    screen.mapping_page.rows_are.day.set_value(date(2025, 3, 5))
    other = ImportScreen(stage.context)
    stage.show(other)
    other.restore(screen.state())
    reach(stage, other, MAP)
    rows_are = other.mapping_page.rows_are
    assert (rows_are.into(), rows_are.customer.value()) == ("interactions", customer)
    assert rows_are.customer.text() == "华信科技"
    assert rows_are.day.value() == date(2025, 3, 5)
