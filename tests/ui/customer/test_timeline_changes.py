"""What can be done with an entry of the timeline, by mouse and by keys, and the way back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from app.domain.customer import ContactDraft
from app.domain.interactions import Channel, Direction, Step
from app.domain.promises import Firmness
from app.domain.vocabulary import Stage
from app.services.notes import NoteDraft
from app.services.promises import PromiseDraft
from app.services.timeline import EntryKind
from app.ui.customer import timeline_print
from app.ui.customer.entry_edit import read_time
from app.ui.customer.field_history import FieldHistory
from app.ui.customer.profile_subjects import OwnSubject
from app.ui.customer.remembered import RememberedField
from tests import factories
from tests.databases import CLOCK
from tests.ui.customer.timelines import bodies, click_part, log, point_of, show_timeline

TODAY = CLOCK.today()
DAY = timedelta(days=1)


@pytest.fixture
def customer(db, stage):
    contacts = (ContactDraft("陈国强"), ContactDraft("吴敏"))
    return factories.customer(db, stage.actor, "国强建材", contacts=contacts, region="杭州")


def draft_of(at, customer):
    return at.services.customers.get(at.actor, customer).draft


def follow_up(text, due, **more):
    return PromiseDraft(text, due, firm=Firmness.INTENDED, **more)


def change(at, customer, **fields):
    before = draft_of(at, customer)
    at.services.editing.save(at.actor, customer, before, replace(before, **fields))


def choose(stage, card, place=0):
    card.view.setFocus()
    card.view.set_current(place)
    stage.until(card.view.hasFocus)


def menu_of(card, place=0):
    card.doing.open_menu(card.view.entries()[place], card.mapToGlobal(QPoint(20, 20)))
    found = {one.text(): one for one in card.doing.menu.actions()}
    card.doing.menu.close()
    return found


# ---- interactions


def test_enter_edits_everything_about_a_call(qtbot, stage, customer):
    contact = draft_of(stage, customer).contacts[1].id
    product = stage.services.products.add(stage.actor, "抛釉砖")
    made = log(stage, customer, "before")
    card = show_timeline(stage, customer)
    choose(stage, card)
    qtbot.keyClick(card.view, Qt.Key.Key_Return)
    form = stage.dialog("interaction_edit")
    form.channel.set_value(Channel.VISIT)
    form.direction.set_value(Direction.IN)
    form.contact.set_value(contact)
    form.day.setText("2026-11-20")
    form.time.setText("9:05")
    form.minutes.setText("12")
    form.summary.setPlainText("after")
    form.rating.set_value(4)
    form.step.set_value(Step.TRUST)
    form.unhappy.setChecked(True)
    form.products.add("抛釉砖")
    qtbot.mouseClick(form.do_button, Qt.MouseButton.LeftButton)
    stage.until(lambda: bodies(card) == ["after"])
    held = stage.services.interactions.get(stage.actor, made)
    assert (held.channel, held.direction, held.contact_id) == ("visit", "in", contact)
    assert f"{held.at.astimezone():%Y-%m-%d %H:%M}" == "2026-11-20 09:05"
    assert (held.minutes, held.rating, held.step, held.unhappy) == (12, 4, Step.TRUST, True)
    assert held.product_ids == (product,)
    stage.until(lambda: stage.said() == ["The entry was changed."])
    stage.undo_last()
    stage.until(lambda: bodies(card) == ["before"])


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_saved(qtbot, stage, customer):
    made = log(stage, customer, "call")
    before = stage.services.interactions.get(stage.actor, made)
    card = show_timeline(stage, customer)
    card.doing.edit(card.view.entries()[0])
    form = stage.dialog("interaction_edit")
    form.day.setText("2099-01-01")
    form.submit()
    assert "future" in form.fields["at"].wrong()
    form.day.setText("no day")
    form.time.setText("25:00")
    form.minutes.setText("many")
    form.products.add("nowhere on the list")
    form.submit()
    wrong = {name for name, field in form.fields.items() if field.wrong()}
    assert wrong == {"at", "time", "minutes", "product_ids"}
    assert stage.services.interactions.get(stage.actor, made) == before
    form._discard()


def test_saving_without_a_change_writes_nothing(stage, customer):
    log(stage, customer, "call", 3 * DAY)
    card = show_timeline(stage, customer)
    newest = stage.services.history.newest()
    card.doing.edit(card.view.entries()[0])
    form = stage.dialog("interaction_edit")
    form.submit()
    stage.until(lambda: stage.no_dialog("interaction_edit"))
    stage.settle()
    assert stage.services.history.newest() == newest
    assert stage.messages == []


def test_leaving_with_something_typed_asks_first(qtbot, stage, customer):
    log(stage, customer, "call")
    card = show_timeline(stage, customer)
    card.doing.edit(card.view.entries()[0])
    form = stage.dialog("interaction_edit")
    form.summary.setPlainText("typed")
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    asked = stage.dialog("leave")
    asked.reject()
    assert form.isVisible()
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    stage.dialog("leave").accept()
    stage.until(lambda: stage.no_dialog("interaction_edit"))
    stage.settle()
    assert bodies(card) == ["call"]


def test_a_product_that_is_off_the_list_stays_with_what_was_said(stage, customer):
    product = stage.services.products.add(stage.actor, "抛釉砖")
    made = log(stage, customer, "call", product_ids=(product,))
    stage.services.products.delete(stage.actor, product)
    card = show_timeline(stage, customer)
    card.doing.edit(card.view.entries()[0])
    form = stage.dialog("interaction_edit")
    form.summary.setPlainText("changed")
    form.submit()
    stage.until(lambda: bodies(card) == ["changed"])
    assert stage.services.interactions.get(stage.actor, made).product_ids == (product,)


def test_delete_takes_an_entry_away_and_undo_brings_it_back(qtbot, stage, customer):
    log(stage, customer, "first")
    log(stage, customer, "second", DAY)
    card = show_timeline(stage, customer)
    choose(stage, card, 0)
    qtbot.keyClick(card.view, Qt.Key.Key_Delete)
    stage.until(lambda: bodies(card) == ["second"])
    assert card.view.current() is card.view.entries()[0]
    stage.undo_last()
    stage.until(lambda: bodies(card) == ["first", "second"])


def test_an_entry_that_somebody_else_deleted_is_told_and_not_found(qtbot, stage, customer):
    made = log(stage, customer, "call")
    card = show_timeline(stage, customer)
    entry = card.view.entries()[0]
    stage.services.interactions.delete(stage.actor, made)
    card.doing.delete(entry)
    stage.until(lambda: stage.messages)
    stage.until(lambda: stage.said() == ["This entry is no longer there. Nothing was changed."])


# ---- notes


def test_space_marks_a_follow_up_as_done_and_undo_takes_that_back(qtbot, stage, customer):
    stage.services.promises.make(stage.actor, customer, follow_up("寄样品", TODAY))
    card = show_timeline(stage, customer)
    choose(stage, card)
    qtbot.keyClick(card.view, Qt.Key.Key_Space)
    stage.until(lambda: card.view.entries()[0].closed_at is not None)
    assert card.view.shown(0).actions == ()
    stage.undo_last()
    stage.until(lambda: card.view.entries()[0].closed_at is None)


def test_the_buttons_of_a_follow_up_can_be_clicked(qtbot, stage, customer):
    stage.services.promises.make(stage.actor, customer, follow_up("寄样品", TODAY))
    card = show_timeline(stage, customer)
    click_part(qtbot, card, 0, "move")
    stage.settle()
    form = stage.dialog("promise_edit")
    form.day.setText((TODAY + 7 * DAY).isoformat())
    form.submit()
    stage.until(lambda: card.view.entries()[0].due_on == TODAY + 7 * DAY)
    click_part(qtbot, card, 0, "done")
    stage.until(lambda: card.view.entries()[0].closed_at is not None)


def test_a_button_that_is_left_before_the_mouse_is_released_does_nothing(qtbot, stage, customer):
    stage.services.promises.make(stage.actor, customer, follow_up("寄样品", TODAY))
    card = show_timeline(stage, customer)
    view, newest = card.view, stage.services.history.newest()

    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(view.viewport(), left, pos=point_of(view, 0, "done"))
    qtbot.mouseRelease(view.viewport(), left, pos=view.viewport().rect().bottomRight())
    stage.settle()
    assert stage.services.history.newest() == newest


def test_a_promise_keeps_its_time_when_only_its_words_change(stage, customer):
    due = CLOCK.now() + DAY
    stage.services.promises.make(stage.actor, customer, follow_up("call back", due, deadline=True))
    card = show_timeline(stage, customer)
    card.doing.edit(card.view.entries()[0])
    stage.settle()
    form = stage.dialog("promise_edit")
    form.text.setPlainText("call back soon")
    form.submit()
    stage.until(lambda: bodies(card) == ["call back soon"])
    entry = card.view.entries()[0]
    assert (entry.due_at, entry.deadline) == (due, True)


def test_an_empty_promise_without_a_day_is_told(stage, customer):
    stage.services.promises.make(stage.actor, customer, follow_up("寄样品", TODAY))
    card = show_timeline(stage, customer)
    card.doing.edit(card.view.entries()[0])
    stage.settle()
    form = stage.dialog("promise_edit")
    form.text.setPlainText("  ")
    form.day.setText("")
    form.time.setText("25:20")
    form.submit()
    wrong = {name for name, field in form.fields.items() if field.wrong()}
    assert wrong == {"text", "due_on", "due_at"}
    form._discard()


@pytest.mark.parametrize(
    ("typed", "read"),
    [("15:20", "15:20"), ("9:05", "09:05"), ("1520", "15:20"), ("１５：２０", "15:20"),
     ("25:00", None), ("12:60", None), ("soon", None), ("", None)],
)  # fmt: skip
def test_times_are_read_as_people_write_them(typed, read):
    found = read_time(typed)
    assert (found and f"{found:%H:%M}") == read


# ---- changes


def test_the_earlier_value_of_a_change_is_put_back(stage, customer):
    change(stage, customer, region="上海", stage=Stage.LOST)
    card = show_timeline(stage, customer)
    menu_of(card)["Put the earlier value back"].trigger()
    stage.until(lambda: draft_of(stage, customer).region == "杭州")
    assert draft_of(stage, customer).stage is Stage.ACQUIRING
    stage.until(lambda: stage.said() == ["The earlier value is back."])
    stage.undo_last()
    assert draft_of(stage, customer).region == "上海"


def test_a_field_changed_again_since_is_named_and_nothing_is_put_back(stage, customer):
    change(stage, customer, region="上海")
    change(stage, customer, region="苏州")
    card = show_timeline(stage, customer)
    card.doing.put_back(card.view.entries()[1])
    stage.until(lambda: stage.messages)
    stage.until(lambda: stage.said() == ["Region: changed again since. Nothing was put back."])
    assert draft_of(stage, customer).region == "苏州"


def test_putting_back_what_is_there_already_writes_nothing(stage, customer):
    change(stage, customer, region="上海")
    change(stage, customer, region="杭州")
    card = show_timeline(stage, customer)
    newest = stage.services.history.newest()
    card.doing.put_back(card.view.entries()[1])
    stage.until(lambda: stage.messages)
    assert stage.messages[0][1] is None
    assert stage.services.history.newest() == newest


def test_a_change_is_neither_edited_nor_deleted(qtbot, stage, customer):
    change(stage, customer, region="上海")
    card = show_timeline(stage, customer)
    choose(stage, card)
    newest = stage.services.history.newest()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_Space):
        qtbot.keyClick(card.view, key)
    stage.settle()
    assert stage.services.history.newest() == newest
    assert len(stage.messages) == 2
    assert "Delete" not in menu_of(card)


# ---- copying, files


def test_an_entry_is_copied_as_text(qtbot, stage, customer):
    log(stage, customer, "想先看样品", minutes=8, rating=4)
    card = show_timeline(stage, customer)
    choose(stage, card)
    qtbot.keyClick(card.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert "8 min" in copied
    assert copied.endswith("\n想先看样品")


def test_a_file_is_asked_to_be_opened(qtbot, stage, customer, tmp_path):
    source = tmp_path / "合同.pdf"
    source.write_bytes(b"%PDF")
    stage.services.attachments.add(stage.actor, customer, source)
    card = show_timeline(stage, customer)
    with qtbot.waitSignal(card.file_asked) as asked:
        menu_of(card)["Open"].trigger()
    assert asked.args[0].name == "合同.pdf"


def test_the_menu_offers_what_fits_the_entry(stage, customer):
    stage.services.promises.make(stage.actor, customer, follow_up("寄样品", TODAY))
    card = show_timeline(stage, customer)
    assert list(menu_of(card)) == [
        "Kept", "Give it another date", "Not kept", "Released", "Edit", "Copy the text", "Delete",
    ]  # fmt: skip


# ---- one field


def history(stage, card, field):
    FieldHistory(card, stage.context, card.page, RememberedField(OwnSubject(field))).open()
    dialog = stage.dialog("field_history")
    stage.settle()
    return dialog


def test_the_earlier_values_of_a_field_are_told_and_put_back(qtbot, stage, customer):
    change(stage, customer, region="上海")
    change(stage, customer, region="苏州")
    card = show_timeline(stage, customer)
    dialog = history(stage, card, "region")
    names = [one.accessibleName() for one in dialog.buttons]
    assert names == ["Put back 上海", "Put back 杭州"]
    qtbot.mouseClick(dialog.buttons[1], Qt.MouseButton.LeftButton)
    stage.until(lambda: draft_of(stage, customer).region == "杭州")
    stage.until(lambda: stage.no_dialog("field_history"))


def test_a_field_that_was_never_changed_says_so(stage, customer):
    card = show_timeline(stage, customer)
    dialog = history(stage, card, "stage")
    assert dialog.buttons == []
    dialog.reject()


def test_a_field_changed_meanwhile_is_not_overwritten_from_its_history(stage, customer):
    change(stage, customer, region="上海")
    card = show_timeline(stage, customer)
    dialog = history(stage, card, "region")
    change(stage, customer, region="苏州")
    dialog.buttons[0].click()
    stage.until(lambda: not dialog.strip.isHidden())
    assert draft_of(stage, customer).region == "苏州"
    dialog.reject()


# ---- paper


def test_what_is_shown_is_printed_to_the_last_entry(stage, customer, tmp_path, monkeypatch):
    for place in range(3):
        log(stage, customer, f"call {place}", place * DAY)
    stage.services.notes.add(stage.actor, customer, NoteDraft("note"))
    card = show_timeline(stage, customer)
    card.kinds.set_current(1)
    stage.until(lambda: len(card.view.entries()) == 3)
    target = tmp_path / "timeline.pdf"
    monkeypatch.setattr(timeline_print, "ask_file", lambda _parent, _name: target)
    card.print_shown()
    stage.until(lambda: stage.messages)
    assert target.read_bytes().startswith(b"%PDF")
    assert {one.kind for one in card.view.entries()} == {EntryKind.INTERACTION}
