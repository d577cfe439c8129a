import pytest
from PySide6.QtCore import Qt

from app.domain.lists import ListQuery
from app.domain.vocabulary import Grade


def rows(stage, dialog):
    def read():
        return [dialog.model.row_at(place) for place in range(len(dialog.model.ids))]

    stage.until(lambda: None not in read())
    return read()


def drafts(stage):
    ids = stage.services.customers.ids(stage.actor, ListQuery()).tolist()
    return [stage.services.customers.get(stage.actor, one) for one in ids]


@pytest.fixture
def bulk(stage, screen, pick):
    def open_for(field, *chosen):
        stage.until(lambda: len(screen.narrowing.offers().staff) == 2)
        if chosen:
            pick(*chosen)
        else:
            screen.table.selection.choose_all()
        screen.card.foot.button(field).click()
        return stage.dialog("bulk")

    return open_for


def choose(stage, dialog, words):
    edit = dialog.value.edit
    places = [edit.itemText(one) for one in range(edit.count())]
    edit.setCurrentIndex(places.index(words))
    stage.until(lambda: dialog.preview() is not None)


def test_the_preview_shows_exactly_the_rows_and_values_that_change(stage, bulk, people):
    before = drafts(stage)
    dialog = bulk("owner")
    choose(stage, dialog, "周凯")
    shown = {(row.id, row.before, row.after) for row in rows(stage, dialog)}
    others = [one for name, one in people.items() if name != "国强建材"]
    assert shown == {(one, "老板", "周凯") for one in others}
    assert (dialog.preview().unchanged, dialog.preview().hidden) == (1, 0)
    assert dialog.do_button.text() == "Change 5 customers"
    dialog.submit()
    stage.until(lambda: stage.no_dialog("bulk"))
    after = drafts(stage)
    changed = {new.id for old, new in zip(before, after, strict=True) if old != new}
    assert changed == set(others)
    assert {one.owner for one in after} == {"周凯"}
    stage.until(lambda: stage.said() == ["Reassign 5 customers"])
    stage.undo_last()
    assert drafts(stage) == before
    stage.settle()


def test_a_tag_is_added_to_those_without_it(stage, bulk, people, db):
    dialog = bulk("tag")
    dialog.value.edit.setText("VIP")
    stage.until(lambda: dialog.preview() is not None and len(dialog.preview().changed) == 5)
    assert people["华信科技有限公司"] not in dialog.model.ids
    dialog.submit()
    stage.until(lambda: stage.no_dialog("bulk"))
    assert all("VIP" in one.draft.tags for one in drafts(stage))
    stage.settle()


def test_a_grade_can_be_taken_away(stage, bulk, people):
    dialog = bulk("grade", "张三", "Anna Garcia", "李思远")
    choose(stage, dialog, "No grade")
    assert {(row.name, row.before, row.after) for row in rows(stage, dialog)} == {
        ("张三", str(Grade.A), ""),
        ("Anna Garcia", str(Grade.C), ""),
    }
    assert dialog.preview().unchanged == 1
    dialog.reject()
    stage.settle()


def test_nothing_to_change_cannot_be_applied(stage, bulk):
    dialog = bulk("grade", "李思远")
    choose(stage, dialog, "No grade")
    assert not dialog.do_button.isEnabled()
    dialog.submit()
    assert dialog.isVisible()
    dialog.reject()
    stage.settle()


def test_other_fields_are_typed_and_can_be_emptied(stage, bulk, people):
    dialog = bulk("more", "李思远", "张三")
    dialog.field.set_value("region")
    dialog.value.edit.setText("上海市")
    stage.until(lambda: dialog.preview() is not None and len(dialog.preview().changed) == 2)
    dialog.submit()
    stage.until(lambda: stage.no_dialog("bulk"))
    assert stage.services.customers.get(stage.actor, people["张三"]).draft.region == "上海市"
    dialog = bulk("more", "李思远", "张三")
    dialog.field.set_value("region")
    stage.until(lambda: dialog.preview() is not None and len(dialog.preview().changed) == 2)
    assert rows(stage, dialog)[0].after == ""
    dialog.reject()
    stage.settle()


def test_one_customer_is_deleted_at_once_with_undo(stage, screen, names, pick, people):
    pick("张三")
    row = names().index("张三")
    screen.doing.delete()
    stage.until(lambda: "张三" not in names())
    # the next one is at hand, not the first of the list
    stage.until(lambda: screen.table.currentIndex().row() == min(row, len(names()) - 1) > 0)
    stage.until(lambda: stage.said() == ["Delete 1 customer"])
    stage.undo_last()
    stage.until(lambda: "张三" in names())


def test_several_are_deleted_only_after_they_were_shown(stage, screen, names, pick, qtbot):
    pick("张三", "李思远")
    screen.doing.delete()
    dialog = stage.dialog("bulk")
    stage.until(lambda: dialog.preview() is not None)
    assert sorted(row.name for row in rows(stage, dialog)) == sorted(["张三", "李思远"])
    assert dialog.leave_button.hasFocus()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    stage.until(lambda: stage.no_dialog("bulk"))
    assert len(names()) == 6
    screen.doing.delete()
    dialog = stage.dialog("bulk")
    stage.until(lambda: dialog.do_button.isEnabled())
    dialog.submit()
    stage.until(lambda: len(names()) == 4)
    stage.undo_last()
    stage.until(lambda: len(names()) == 6)


def test_the_buttons_stand_there_only_for_a_selection(stage, screen, qtbot):
    stage.settle()
    screen.table.selection.clear()
    stage.until(lambda: not screen.card.foot.button("owner").isVisible())
    screen.table.selection.choose_all()
    stage.until(screen.card.foot.button("owner").isVisible)
    assert screen.card.foot.words() == "Selected 6 / 6"


def test_after_several_were_deleted_what_followed_them_is_at_hand(stage, screen, names):
    stage.until(lambda: len(names()) == 6)
    follows = names()[3]
    screen.table.go_to(screen.card.model.row_id(2))
    screen.table.selection.choose_range(1, 2)
    screen.doing.delete()
    dialog = stage.dialog("bulk")
    stage.until(lambda: dialog.do_button.isEnabled())
    dialog.submit()
    stage.until(lambda: len(names()) == 4)
    stage.until(lambda: screen.table.currentIndex().row() == 1)
    stage.until(lambda: names()[1] == follows)


def test_exactly_two_can_be_merged(stage, screen, pick, people):
    foot = screen.card.foot
    pick("张三")
    stage.until(foot.button("owner").isVisible)
    assert not foot.button("merge").isVisible()
    pick("张三", "Anna Garcia")
    stage.until(foot.button("merge").isVisible)
    foot.button("merge").click()
    dialog = stage.dialog("merge")
    assert set(dialog.cards) == {people["张三"], people["Anna Garcia"]}
    dialog.reject()
    pick("张三", "Anna Garcia", "李思远")
    stage.until(lambda: not foot.button("merge").isVisible())
    stage.settle()
