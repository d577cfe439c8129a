"""Two customers side by side in a dialog."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from app import i18n
from app.domain.custom_fields import FieldDraft
from app.domain.customer import ContactDraft, CustomerDraft, PointDraft
from app.domain.vocabulary import PointKind
from app.services.merge_comparison import Take
from app.ui.merge_dialog import open_merge
from app.ui.screen import Screen
from app.ui.theme import theme
from tests import factories
from tests.ui.screens import make_stage

WANG = {
    "contacts": (ContactDraft("王伟"),),
    "points": (PointDraft(PointKind.PHONE, "13812345678", 0),),
}


@pytest.fixture
def stage(qtbot, db, tmp_path):
    i18n.use("en")
    theme().apply("light", zoom=1.0, motion=False)
    made = make_stage(qtbot, db, tmp_path, factories.director(db))
    yield made
    made.tasks.shut_down()


@pytest.fixture
def pair(db, stage):
    first = {"region": "上海", "source": "展会", "notes": "只收现金", **WANG}
    second = {"region": "深圳", "address": "科技园 1 号", "notes": "周三休息", **WANG}
    return (
        factories.customer(db, stage.actor, "华信科技", **first),
        factories.customer(db, stage.actor, "华信科技有限公司", **second),
    )


@pytest.fixture
def merged():
    return []


@pytest.fixture
def opened(stage, merged):
    def open_for(first, second):
        screen = Screen()
        stage.show(screen)
        open_merge(screen, stage.context, first, second, merged.append)
        return stage.dialog("merge")

    return open_for


def option(dialog, key, take):
    return next(one for one in dialog.rows if one.key == key).options[take]


def draft(stage, one):
    return stage.services.customers.get(stage.actor, one).draft


def submit(stage, dialog):
    dialog.do_button.click()
    stage.until(lambda: stage.no_dialog("merge"))
    stage.settle()


def test_the_proposal_is_merged_with_one_key_and_can_be_taken_back(stage, opened, pair, merged):
    dialog = opened(*pair)
    assert dialog.do_button.text() == "Merge into 华信科技"
    assert dialog.do_button.isDefault()
    assert dialog.moving.text() == "Moves from 华信科技有限公司: 1 contact, 1 contact point."
    submit(stage, dialog)
    after = draft(stage, pair[0])
    assert (after.region, after.address) == ("上海", "科技园 1 号")
    assert (after.notes, len(after.contacts)) == ("只收现金\n\n周三休息", 1)
    assert merged == [pair[0]]
    assert stage.said() == ["华信科技有限公司 has become part of 华信科技."]
    stage.undo_last()
    assert draft(stage, pair[1]).region == "深圳"
    stage.settle()


def test_only_what_differs_can_be_chosen_and_the_rest_stands_below(opened, pair):
    dialog = opened(*pair)
    assert [one.key for one in dialog.rows][:5] == ["name", "source", "region", "address", "notes"]
    assert dialog.rows[-1].key.startswith("contact:")
    assert set(dialog.rows[0].options) == {Take.FIRST, Take.SECOND}
    assert option(dialog, "source", Take.SECOND).text() == "empty"


def test_a_value_is_chosen_with_the_mouse(stage, opened, pair, qtbot):
    dialog = opened(*pair)
    qtbot.mouseClick(option(dialog, "region", Take.SECOND), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(option(dialog, "notes", Take.SECOND), Qt.MouseButton.LeftButton)
    submit(stage, dialog)
    after = draft(stage, pair[0])
    assert (after.region, after.notes, after.source) == ("深圳", "周三休息", "展会")


def test_a_value_is_chosen_with_arrows(stage, opened, pair, qtbot):
    dialog = opened(*pair)
    first = option(dialog, "name", Take.FIRST)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert dialog.takes()["name"] is Take.SECOND
    second = option(dialog, "name", Take.SECOND)
    qtbot.keyClick(second, Qt.Key.Key_Down)
    assert dialog.takes()["source"] is Take.FIRST
    below = dialog.focusWidget()
    assert below is option(dialog, "source", Take.FIRST)
    qtbot.keyClick(below, Qt.Key.Key_Up)
    assert dialog.focusWidget() is second
    submit(stage, dialog)
    assert draft(stage, pair[0]).name == "华信科技有限公司"


def test_the_other_one_may_stay_and_what_was_chosen_by_hand_is_still_chosen(
    stage, opened, pair, merged, qtbot
):
    dialog = opened(*pair)
    qtbot.mouseClick(option(dialog, "region", Take.FIRST), Qt.MouseButton.LeftButton)
    person = dialog.rows[-1].key
    qtbot.mouseClick(option(dialog, person, Take.BOTH), Qt.MouseButton.LeftButton)
    dialog.swap_button.click()
    assert dialog.cards[pair[1]].isChecked()
    assert dialog.do_button.text() == "Merge into 华信科技有限公司"
    takes = dialog.takes()
    assert (takes["name"], takes["region"]) == (Take.SECOND, Take.FIRST)
    submit(stage, dialog)
    after = draft(stage, pair[1])
    assert (after.name, after.region, len(after.contacts)) == ("华信科技有限公司", "上海", 2)
    assert merged == [pair[1]]


def test_a_card_is_clicked_to_let_that_one_stay(opened, pair, qtbot):
    dialog = opened(*pair)
    qtbot.mouseClick(dialog.cards[pair[1]], Qt.MouseButton.LeftButton)
    assert dialog.kept_id == pair[1]
    assert dialog.takes()["name"] is Take.SECOND


def test_one_person_is_one_person_whichever_stays(stage, opened, pair):
    dialog = opened(*pair)
    dialog.swap()
    submit(stage, dialog)
    assert len(draft(stage, pair[1]).contacts) == 1


def test_what_somebody_changed_meanwhile_is_shown_before_anything_is_merged(
    stage, opened, pair, qtbot
):
    dialog = opened(*pair)
    qtbot.mouseClick(option(dialog, "source", Take.SECOND), Qt.MouseButton.LeftButton)
    before = draft(stage, pair[1])
    fields = {name: getattr(before, name) for name in CustomerDraft.__dataclass_fields__}
    changed = CustomerDraft(**{**fields, "region": "广州"})
    stage.services.editing.save(stage.actor, pair[1], before, changed)
    dialog.do_button.click()
    stage.until(lambda: stage.dialog("merge") is not dialog)
    again = stage.dialog("merge")
    assert option(again, "region", Take.SECOND).text() == "广州"
    assert again.takes()["source"] is Take.SECOND
    assert stage.services.customers.count(stage.actor) == 2
    submit(stage, again)
    assert stage.services.customers.count(stage.actor) == 1


def test_nothing_to_choose_is_said(stage, db, opened):
    one = factories.customer(db, stage.actor, "甲")
    dialog = opened(one, factories.customer(db, stage.actor, "甲"))
    assert dialog.rows == []
    assert dialog.moving.text() == "甲 has nothing that needs to move."
    submit(stage, dialog)
    assert stage.services.customers.count(stage.actor) == 1


def test_very_many_fields_do_not_make_it_higher_than_the_window(stage, db, opened, pair):
    for place in range(40):
        field = stage.services.fields.add(stage.actor, FieldDraft(f"字段 {place}"))
        for one in pair:
            stage.services.fields.set(stage.actor, one, field, "", f"{one} {place}")
    dialog = opened(*pair)
    assert len(dialog.rows) == 46
    assert dialog.height() <= max(dialog.minimumHeight(), dialog.parentWidget().height())


def test_over_a_small_dialog_it_is_as_high_as_over_the_window_below(stage, db, opened, pair):
    wanted = opened(*pair).height()
    stage.dialog("merge").reject()
    stage.settle()
    small = QDialog(stage.window)
    small.resize(300, 200)
    small.show()
    open_merge(small, stage.context, *pair)
    stage.until(lambda: stage.dialog("merge").height() == wanted)
    stage.dialog("merge").reject()
    small.close()


def test_what_may_not_be_merged_is_said(stage, db, pair, opened):
    under = factories.customer(db, stage.actor, "分公司", parent_id=pair[0])
    screen = Screen()
    stage.show(screen)
    open_merge(screen, stage.context, pair[0], under)
    stage.until(lambda: stage.failures)
    assert "分公司 belongs to 华信科技" in str(stage.failures[0])
