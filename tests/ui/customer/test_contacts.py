from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel

from app.domain import birthdays
from app.domain.birthdays import Birthday
from app.domain.customer import ContactDraft, PointDraft
from app.domain.vocabulary import ContactRole, Influence, PointKind
from app.ui.customer.contact_edit import OWN
from app.ui.customer.contacts import SOON, ContactsCard
from app.ui.customer.line import LineButton
from app.ui.widgets.surface import Scroll
from app.ui.widgets.text import Elided
from tests import factories
from tests.databases import CLOCK
from tests.ui.customer.cards import entry, show_card

TODAY = CLOCK.today()
PEOPLE = (
    ContactDraft("陈国强", "总经理", role=ContactRole.DECIDES),
    ContactDraft("吴敏", "采购"),
    ContactDraft("赵师傅", "仓库收货", note="只在上午接"),
)
POINTS = (
    PointDraft(PointKind.EMAIL, "info@guoqiang.example"),
    PointDraft(PointKind.PHONE, "13858012246", 0),
    PointDraft(PointKind.PHONE, "13967120083", 1),
    PointDraft(PointKind.WECHAT, "wumin-gq", 1),
    PointDraft(PointKind.PHONE, "0571-88221034", 2),
)


@pytest.fixture
def make(db, stage):
    return lambda contacts=PEOPLE, points=POINTS: factories.customer(
        db, stage.actor, contacts=contacts, points=points
    )


@pytest.fixture
def customer(make):
    return make()


@pytest.fixture
def card(stage, customer):
    return show_card(stage, ContactsCard, customer)


def draft(stage, customer):
    return stage.services.customers.get(stage.actor, customer).draft


def key_of(card, name):
    return next(one.id for one in card.page.record.draft.contacts if one.name == name)


def words(line):
    shown = (*line.findChildren(QLabel), *line.findChildren(Elided))
    return [one.text() for one in shown if one.text()]


def edit(card, name):
    card.choose(key_of(card, name))
    return card.editor


def save(stage, card, qtbot):
    qtbot.keyClick(card.editor.name, Qt.Key.Key_Return)
    stage.until(lambda: card.editor is None)


def as_somebody_else(stage, customer, **values):
    """Another window changes the first contact."""
    before = draft(stage, customer)
    first = replace(before.contacts[0], **values)
    after = replace(before, contacts=(first, *before.contacts[1:]))
    stage.services.editing.save(stage.actor, customer, before, after)


def test_people_are_shown_with_what_they_do_and_how_to_reach_them(card):
    assert set(words(card.line(key_of(card, "陈国强")))) == {
        "陈国强",
        "总经理 · Decides",
        "138 5801 2246",
    }
    assert "WeChat wumin-gq" in words(card.line(key_of(card, "吴敏")))
    assert "只在上午接" in words(card.line(key_of(card, "赵师傅")))
    assert card.count.text() == "3"


def test_the_weight_of_a_word_stands_on_the_line(stage, make):
    who = ContactDraft("陈国强", "总经理", role=ContactRole.DECIDES, influence=Influence.HIGH)
    (line,) = show_card(stage, ContactsCard, make((who,), ())).lines()
    assert "总经理 · Decides · Great influence" in words(line)
    assert "Great influence" in line.accessibleName()


def test_the_customers_own_points_come_first(card):
    first = card.lines()[0]
    assert first.accessibleName() == "E-mail: info@guoqiang.example"


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "· today"), (1, "· tomorrow"), (3, "· in 3 days"), (SOON, f"· in {SOON} days")],
)
def test_a_near_birthday_says_when_it_is(stage, make, days, said):
    day = TODAY + timedelta(days=days)
    stored = birthdays.store(Birthday(day.month, day.day))
    customer = make(contacts=(replace(PEOPLE[0], birthday=stored),))
    card = show_card(stage, ContactsCard, customer)
    shown = words(card.line(key_of(card, "陈国强")))
    assert said in shown
    assert birthdays.describe(Birthday(day.month, day.day)) in shown


def test_a_birthday_far_away_says_only_the_day(stage, make):
    day = TODAY + timedelta(days=SOON + 1)
    stored = birthdays.store(Birthday(day.month, day.day))
    card = show_card(stage, ContactsCard, make(contacts=(replace(PEOPLE[0], birthday=stored),)))
    shown = words(card.line(key_of(card, "陈国强")))
    assert not any(one.startswith("·") for one in shown)


def test_a_birthday_that_an_import_left_unreadable_is_shown_as_it_is(stage, make):
    card = show_card(stage, ContactsCard, make(contacts=(replace(PEOPLE[0], birthday="in May"),)))
    assert "in May" in words(card.line(key_of(card, "陈国强")))


def test_without_anybody_one_sentence_says_so(stage, make):
    card = show_card(stage, ContactsCard, make(contacts=(), points=()))
    assert card._empty.isVisible()


def test_everything_about_a_person_is_changed_in_place(stage, customer, card, qtbot):
    line = card.line(key_of(card, "陈国强"))
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    editor = card.editor
    assert editor.name.hasFocus()
    editor.name.setText("  陈  国强 ")
    editor.title.setText("董事长")
    editor.role.set_value(ContactRole.PAYS)
    editor.influence.set_value(Influence.HIGH)
    editor.birthday.setText("农历十月十五")
    editor.note.setText("mornings only")
    editor._new_point()
    editor.points[-1].kind.set_value(PointKind.WECHAT)
    qtbot.keyClicks(editor.points[-1].value, "chen-gq")
    qtbot.keyClick(editor.points[-1].value, Qt.Key.Key_Return)
    stage.until(lambda: card.editor is None)
    now = draft(stage, customer)
    first = now.contacts[0]
    assert (first.name, first.title, first.role, first.influence, first.birthday, first.note) == (
        "陈 国强",
        "董事长",
        ContactRole.PAYS,
        Influence.HIGH,
        "L--10-15",
        "mornings only",
    )
    assert [one.raw for one in now.points if one.contact == 0] == ["13858012246", "chen-gq"]
    assert now.contacts[1:] == tuple(
        replace(one, id=now.contacts[at].id) for at, one in enumerate(PEOPLE) if at
    )
    stage.undo_last()
    assert draft(stage, customer).contacts[0].title == "总经理"


def test_a_birthday_is_kept_as_it_is_when_nobody_touches_it(stage, make, qtbot):
    customer = make(contacts=(replace(PEOPLE[0], birthday="L1974-04+03"),))
    card = show_card(stage, ContactsCard, customer)
    edit(card, "陈国强").title.setText("CEO")
    save(stage, card, qtbot)
    assert draft(stage, customer).contacts[0].birthday == "L1974-04+03"


def test_an_impossible_birthday_is_explained_at_its_field(stage, customer, card, qtbot):
    editor = edit(card, "陈国强")
    editor.birthday.setText("2023-02-30")
    qtbot.keyClick(editor.birthday, Qt.Key.Key_Return)
    assert editor.birthday_field.wrong() == "There is no day 30 in month 2 of 2023."
    assert card.editor is editor
    assert draft(stage, customer).contacts[0].birthday == ""


def test_what_is_no_day_at_all_is_said_too(card, qtbot):
    editor = edit(card, "陈国强")
    editor.birthday.setText("???")
    qtbot.keyClick(editor.birthday, Qt.Key.Key_Return)
    assert editor.birthday_field.wrong()
    assert card.editor is editor


def test_a_person_needs_a_name(card, qtbot):
    editor = edit(card, "陈国强")
    editor.name.setText(" ")
    qtbot.keyClick(editor.name, Qt.Key.Key_Return)
    assert editor.name_field.wrong() == "The name is missing."
    assert editor.name.hasFocus()


def test_a_wrong_number_is_said_at_its_line(stage, customer, card, qtbot):
    editor = edit(card, "吴敏")
    editor.points[0].value.setText("12")
    qtbot.keyClick(editor.name, Qt.Key.Key_Return)
    assert editor.points[0].wrong()
    assert not editor.points[1].wrong()
    assert editor.points[0].value.hasFocus()
    assert draft(stage, customer).points[2].raw == "13967120083"


def test_a_person_is_added(stage, customer, card, qtbot):
    card.start()
    assert card.menu.activeAction().text() == "Contact"
    card.menu.activeAction().trigger()
    card.menu.hide()
    qtbot.keyClicks(card.editor.name, "Kai")
    qtbot.keyClicks(card.editor.points[0].value, "13900001111")
    save(stage, card, qtbot)
    now = draft(stage, customer)
    assert [one.name for one in now.contacts] == ["陈国强", "吴敏", "赵师傅", "Kai"]
    assert now.points[-1].raw == "13900001111"
    assert now.points[-1].contact == 3


def test_a_point_of_the_customer_itself_is_added_beside_the_others(stage, customer, card, qtbot):
    card.add_point()
    editor = card.editor
    assert [one.value.text() for one in editor.points] == ["info@guoqiang.example"]
    editor._new_point()
    qtbot.keyClicks(editor.points[1].value, "057188221000")
    qtbot.keyClick(editor.points[1].value, Qt.Key.Key_Return)
    stage.until(lambda: card.editor is None)
    own = [one.raw for one in draft(stage, customer).points if one.contact is None]
    assert own == ["info@guoqiang.example", "057188221000"]


def test_one_point_is_taken_off(stage, customer, card, qtbot):
    editor = edit(card, "吴敏")
    editor.points[1].remove_button.click()
    save(stage, card, qtbot)
    raws = [one.raw for one in draft(stage, customer).points]
    assert "wumin-gq" not in raws
    assert len(raws) == len(POINTS) - 1


def test_a_person_is_removed_with_its_points_and_undo_brings_both_back(
    stage, customer, card, qtbot
):
    key = key_of(card, "吴敏")
    card.line(key).setFocus()
    qtbot.keyClick(card.line(key), Qt.Key.Key_Delete)
    stage.until(lambda: card.line(key) is None)
    now = draft(stage, customer)
    assert [one.name for one in now.contacts] == ["陈国强", "赵师傅"]
    assert [(one.raw, one.contact) for one in now.points] == [
        ("info@guoqiang.example", None),
        ("13858012246", 0),
        ("0571-88221034", 1),
    ]
    stage.until(lambda: stage.said() == ["吴敏 was removed."])
    stage.undo_last()
    again = draft(stage, customer)
    assert {one.name for one in again.contacts} == {"陈国强", "吴敏", "赵师傅"}
    assert len(again.points) == len(POINTS)


def test_two_people_who_change_different_things_do_not_disturb_one_another(
    stage, customer, card, qtbot
):
    editor = edit(card, "陈国强")
    editor.note.setText("mine")
    as_somebody_else(stage, customer, title="theirs")
    stage.settle()
    save(stage, card, qtbot)
    first = draft(stage, customer).contacts[0]
    assert (first.title, first.note) == ("theirs", "mine")


@pytest.mark.parametrize(("button", "kept"), [("keep_mine", "mine"), ("take_theirs", "theirs")])
def test_the_same_thing_changed_by_two_people_is_asked_about(
    stage, customer, card, qtbot, button, kept
):
    editor = edit(card, "陈国强")
    editor.title.setText("mine")
    as_somebody_else(stage, customer, title="theirs")
    stage.until(lambda: card.page.record.draft.contacts[0].title == "theirs")
    qtbot.keyClick(editor.name, Qt.Key.Key_Return)
    assert "theirs" in editor.problem()
    assert draft(stage, customer).contacts[0].title == "theirs"
    editor.findChild(type(editor.save), button).click()
    stage.until(lambda: card.editor is None)
    stage.until(lambda: draft(stage, customer).contacts[0].title == kept)


def test_a_change_that_the_page_has_not_heard_of_is_put_together_as_well(
    stage, customer, card, qtbot
):
    editor = edit(card, "陈国强")
    editor.note.setText("mine")
    stage.changes.changed.disconnect(card.host.load)  # the news has not come yet
    as_somebody_else(stage, customer, title="theirs")
    save(stage, card, qtbot)
    first = draft(stage, customer).contacts[0]
    assert (first.title, first.note) == ("theirs", "mine")


def test_somebody_removed_by_others_comes_back_when_mine_is_kept(stage, customer, card, qtbot):
    editor = edit(card, "吴敏")
    editor.title.setText("采购经理")
    before = draft(stage, customer)
    other = tuple(replace(one, contact=None) for one in before.points if one.contact is None)
    stage.services.editing.save(
        stage.actor, customer, before, replace(before, contacts=(), points=other)
    )
    stage.until(lambda: not card.page.record.draft.contacts)
    qtbot.keyClick(editor.name, Qt.Key.Key_Return)
    assert "Removed" in editor.problem()
    editor._mine.click()
    stage.until(lambda: card.editor is None)
    now = draft(stage, customer)
    assert [(one.name, one.title) for one in now.contacts] == [("吴敏", "采购经理")]
    assert [one.raw for one in now.points if one.contact == 0] == ["13967120083", "wumin-gq"]


def test_the_menu_calls_writes_copies_edits_and_removes(stage, card):
    card._open_menu(key_of(card, "吴敏"), card.mapToGlobal(QPoint(0, 0)))
    shown = [one.text() for one in card.menu.actions() if one.text()]
    assert shown == [
        "Call 139 6712 0083",
        "Copy 139 6712 0083",
        "Copy wumin-gq",
        "Edit",
        "Earlier values",
        "Remove",
    ]
    entry(card, "Copy wumin").trigger()
    card.menu.hide()
    assert QGuiApplication.clipboard().text() == "wumin-gq"


# ---- earlier values


def labels(dialog):
    return [one.text() for one in dialog.findChildren(QLabel)]


def test_the_earlier_values_of_a_contact_are_reached_by_keyboard_and_put_back(
    stage, card, customer, qtbot
):
    before = draft(stage, customer)
    chen = replace(before.contacts[0], title="董事长", role=ContactRole.PAYS)
    people = (chen, *before.contacts[1:])
    stage.services.editing.save(
        stage.actor, customer, before, replace(before, contacts=people, points=before.points[:1])
    )
    stage.until(lambda: card.page.record.draft.contacts[0].title == "董事长")
    line = card.line(key_of(card, "陈国强"))
    line.setFocus()
    press_menu_key(line)
    qtbot.waitUntil(card.menu.isVisible)
    entry(card, "Earlier values").trigger()
    card.menu.hide()
    dialog = stage.dialog("field_history")
    stage.until(lambda: len(dialog.buttons) == 3)
    names = {one.accessibleName() for one in dialog.buttons}
    assert names == {
        "Put back Title: 总经理",
        "Put back Role: Decides",
        "Put back Contact points: 13858012246",
    }
    assert "TITLE" in [one.upper() for one in labels(dialog)]
    numbers = next(one for one in dialog.buttons if "13858" in one.accessibleName())
    numbers.setFocus()
    qtbot.keyClick(numbers, Qt.Key.Key_Space)
    stage.until(lambda: stage.messages)
    now = draft(stage, customer)
    assert [(one.raw, one.contact) for one in now.points][-1] == ("13858012246", 0)
    assert now.contacts[0].title == "董事长"
    stage.undo_last()
    assert len(draft(stage, customer).points) == 1


def test_earlier_ways_to_reach_the_customer_itself_are_told_when_there_is_none_left(
    stage, card, customer
):
    before = draft(stage, customer)
    stage.services.editing.save(
        stage.actor, customer, before, replace(before, points=before.points[1:])
    )
    stage.until(lambda: len(card.page.record.draft.points) == len(POINTS) - 1)
    card.start()
    entry(card, "Earlier contact points").trigger()
    card.menu.hide()
    dialog = stage.dialog("field_history")
    stage.until(lambda: dialog.buttons)
    dialog.buttons[0].click()
    stage.until(lambda: stage.messages)
    own = [one.raw for one in draft(stage, customer).points if one.contact is None]
    assert own == ["info@guoqiang.example"]


def test_an_earlier_role_is_put_back_and_what_is_there_already_is_said(stage, card, customer):
    before = draft(stage, customer)
    for role in (None, ContactRole.DECIDES):
        now = draft(stage, customer)
        chen = replace(now.contacts[0], role=role)
        people = (chen, *now.contacts[1:])
        stage.services.editing.save(stage.actor, customer, now, replace(now, contacts=people))
    stage.until(lambda: card.page.record.draft.contacts[0].role is ContactRole.DECIDES)
    card.show_history(before.contacts[0].id)
    dialog = stage.dialog("field_history")
    stage.until(lambda: len(dialog.buttons) == 2)
    dialog.buttons[1].click()
    stage.until(lambda: not dialog.strip.isHidden())
    assert draft(stage, customer) == before
    dialog.buttons[0].click()
    stage.until(lambda: stage.messages)
    assert draft(stage, customer).contacts[0].role is None


def press_menu_key(line):
    at = line.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, line.mapToGlobal(at))
    QApplication.sendEvent(line, event)


def test_calling_goes_to_the_first_number(stage, card, qtbot, monkeypatch):
    called = []
    monkeypatch.setattr("app.ui.customer.contacts.reach", lambda _context, one: called.append(one))
    line = card.line(key_of(card, "吴敏"))
    line.setFocus()
    button = line.findChild(LineButton, "reach_phone")
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert [one.raw for one in called] == ["13967120083"]
    assert card.editor is None  # the click was for the button


def test_a_point_of_the_customer_is_removed_alone(stage, customer, card, qtbot):
    line = card.lines()[0]
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    stage.until(lambda: len(draft(stage, customer).points) == len(POINTS) - 1)
    assert len(draft(stage, customer).contacts) == len(PEOPLE)


def test_leaving_the_own_points_puts_the_keyboard_on_the_first_of_them(card, qtbot):
    card.choose(OWN)
    qtbot.keyClick(card.editor.points[0].value, Qt.Key.Key_Escape)
    assert card.lines()[0].hasFocus()


def test_everything_can_be_reached_with_tab(card):
    editor = edit(card, "陈国强")
    reached = {
        one.accessibleName()
        for one in editor.findChildren(type(editor.name))
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    assert {"Name of the contact", "Birthday of the contact", "What to mind"} <= reached


def test_saving_stays_in_sight_while_contact_points_are_added(stage, card, customer, qtbot):
    scroll = card.host.findChild(Scroll)
    card.choose(draft(stage, customer).contacts[0].id)
    editor = card.editor
    for number in range(14):
        editor._new_point()
        editor.points[-1].value.setText(f"1380000{number:04}")
    stage.until(lambda: editor.height() > scroll.viewport().height())

    def in_sight():
        at = editor.save.mapTo(scroll.viewport(), editor.save.rect().bottomLeft())
        return 0 < at.y() < scroll.viewport().height()

    stage.until(in_sight)
