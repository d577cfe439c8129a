from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from app.domain.customer import ContactDraft, PointDraft
from app.domain.vocabulary import Grade, Kind, PointKind, Role, Stage
from app.ui.customers.screen import CustomersScreen
from tests import factories
from tests.databases import CLOCK

TODAY = CLOCK.today()
TAX_ID = "91350100M000100Y43"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def new(stage, screen):
    stage.until(lambda: len(screen.narrowing.offers().staff) == 2)
    screen.doing.new()
    return stage.dialog("customer_form")


@pytest.fixture
def edit(stage, screen, people):
    def open_for(name):
        stage.until(lambda: len(screen.narrowing.offers().staff) == 2)
        screen.doing.edit(people[name])
        return stage.dialog("customer_form")

    return open_for


def leave(stage, form):
    form.stop_asking()
    form.reject()
    stage.settle()


def pick_from(stage, qtbot, edit, typed, words):
    edit.setFocus()
    edit.setText(typed)
    edit.textEdited.emit(typed)
    stage.until(lambda: words in edit.suggestions.entries())
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    while edit.suggestions.list.currentItem().text() != words:
        qtbot.keyClick(edit, Qt.Key.Key_Down)
    qtbot.keyClick(edit, Qt.Key.Key_Return)


def get(stage, customer_id):
    return stage.services.customers.get(stage.actor, customer_id)


def test_everything_that_is_typed_is_saved(stage, screen, new, people, qtbot, team):
    fields = new.fields
    fields.kind.set_current(0)
    fields.name.setText("  Nora   Klein ")
    fields.other_names.add("诺拉")
    fields.code.setText("C-99")
    fields.tax_id.setText(TAX_ID.lower())
    fields.grade.set_value(Grade.B)
    fields.stage.set_value(Stage.GROWING)
    fields.owner.set_value(team.id)
    fields.source.setText("展会")
    fields.region.setText("Berlin")
    fields.address.setText("Alexanderplatz 1")
    pick_from(stage, qtbot, fields.parent_choice, "hxkj", "华信科技有限公司")
    pick_from(stage, qtbot, fields.referred_by, "grace", "Grace Miller")
    fields.since.setText("28 Feb 2024")
    fields.last_contact.setText("昨天")
    qtbot.keyClicks(fields.tags.entry, "new,new")
    fields.notes.setPlainText("two\nlines")
    fields.people._new_contact()
    fields.people.contacts[0].name.setText("Kai")
    fields.people.contacts[0].title.setText("CEO")
    fields.people._new_point()
    fields.people.points[0].value.setText("138 0000 1111")
    fields.people._new_point()
    fields.people.points[1].kind.set_value(PointKind.EMAIL)
    fields.people.points[1].value.setText("nora@example.com")
    fields.people.points[1].whose.setCurrentIndex(0)
    qtbot.keyClick(new, Qt.Key.Key_Return, CTRL)
    stage.until(lambda: stage.no_dialog("customer_form"))
    stage.until(lambda: stage.said() == ["Nora Klein was added."])
    made = screen.table.current_id
    stage.until(lambda: made() not in people.values())
    draft = get(stage, made()).draft
    assert draft == replace(
        draft,
        name="Nora Klein",
        kind=Kind.PERSON,
        other_names=("诺拉",),
        code="C-99",
        grade=Grade.B,
        owner_id=team.id,
        stage=Stage.GROWING,
        source="展会",
        referred_by_id=people["Grace Miller"],
        parent_id=people["华信科技有限公司"],
        region="Berlin",
        address="Alexanderplatz 1",
        tax_id=TAX_ID,
        notes="two\nlines",
        since=date(2024, 2, 28),
        last_contact=TODAY - timedelta(days=1),
        tags=("new",),
    )
    assert [(one.name, one.title) for one in draft.contacts] == [("Kai", "CEO")]
    assert [(one.kind, one.raw, one.contact) for one in draft.points] == [
        (PointKind.PHONE, "138 0000 1111", 0),
        (PointKind.EMAIL, "nora@example.com", None),
    ]
    stage.undo_last()
    stage.until(lambda: made() in people.values() or made() is None)
    stage.settle()


def test_a_form_shows_what_is_saved_and_leaves_it_alone(stage, edit, people, qtbot):
    before = get(stage, people["华信科技有限公司"])
    form = edit("华信科技有限公司")
    assert form.typed() == before.draft
    assert not form.is_changed()
    qtbot.keyClick(form, Qt.Key.Key_Return, CTRL)
    stage.until(lambda: stage.no_dialog("customer_form"))
    assert get(stage, people["华信科技有限公司"]) == before
    assert stage.messages == []


def test_values_that_a_line_cannot_show_are_kept(stage, edit, people, screen):
    services, one = stage.services, people["华信科技有限公司"]
    before = get(stage, one).draft
    strange = replace(before, address="first\r\nsecond line", notes="a\r\nb\u2028c")
    services.editing.save(stage.actor, one, before, strange)
    form = edit("华信科技有限公司")
    form.fields.code.setText("C-1")
    form.submit()
    stage.until(lambda: stage.no_dialog("customer_form"))
    after = get(stage, one).draft
    assert (after.code, after.address, after.notes) == ("C-1", strange.address, strange.notes)


def test_what_is_wrong_is_said_at_every_field_and_the_first_has_the_focus(stage, new):
    fields = new.fields
    fields.tax_id.setText("123")
    fields.since.setText("2026-02-30")
    fields.parent_choice.setText("somebody")
    fields.people._new_point()
    fields.people.points[0].value.setText("12")
    new.submit()
    assert fields.problem("name") == "The name is missing."
    assert fields.problem("tax_id")
    assert "2026-02-30" in fields.problem("since")
    assert "from the list" in fields.problem("parent_id")
    assert fields.people.points[0].wrong()
    assert fields.name.hasFocus()
    assert new.strip.text().endswith("Nothing was saved yet.")
    assert fields.tax_id.text() == "123"
    leave(stage, new)


def test_a_mistake_is_forgotten_with_the_words_it_was_about(stage, new):
    fields = new.fields
    point = fields.people.points[0]
    point.value.setText("12")
    new.submit()
    assert fields.problem("name")
    assert point.wrong()
    fields.name.setText("N")
    assert new.strip.text()
    point.value.setText("1")
    assert not fields.problem("name")
    assert not point.wrong()
    assert new.strip.text() == ""
    leave(stage, new)


def test_the_form_stands_inside_its_window(stage, new):
    middle = stage.window.frameGeometry().center().y()
    assert new.frameGeometry().center().y() == pytest.approx(middle, abs=48)


def test_tab_goes_through_the_lines_as_they_stand(stage, new):
    people = new.fields.people
    people._new_contact()
    people._new_contact()
    stage.until(people.contacts[1].title.isVisible)
    people.contacts[0].name.setFocus()
    seen = []
    for _ in range(10):
        seen.append(new.focusWidget())
        new.focusNextChild()
    first, second, point = *people.contacts, people.points[0]
    assert seen == [
        *(first.name, first.title, first.remove_button),
        *(second.name, second.title, second.remove_button),
        *(people._add_point, point.kind, point.value, point.whose),
    ]
    leave(stage, new)


def test_a_wrong_value_is_said_on_leaving_its_field(stage, new):
    fields = new.fields
    fields.tax_id.setText("123")
    fields.tax_id.editingFinished.emit()
    assert fields.problem("tax_id")
    fields.tax_id.setText(TAX_ID)
    fields.tax_id.editingFinished.emit()
    assert not fields.problem("tax_id")
    fields.people._new_point()
    point = fields.people.points[0]
    point.value.setText("not a number")
    point.value.editingFinished.emit()
    assert point.wrong()
    point.kind.set_value(PointKind.WECHAT)
    assert not point.wrong()
    leave(stage, new)


def test_a_code_in_use_is_refused_naming_whose_it_is_and_keeping_what_was_typed(stage, new):
    new.fields.name.setText("Somebody")
    new.fields.code.setText("C-7")
    new.submit()
    stage.until(lambda: new.fields.problem("code"))
    assert new.fields.problem("code") == "Grace Miller has this already."
    assert new.fields.code.hasFocus()
    assert new.fields.name.text() == "Somebody"
    assert new.do_button.isEnabled()
    leave(stage, new)


def test_a_code_of_a_customer_one_may_not_see_names_only_its_owner(stage, db, people):
    stage.actor = factories.staff(db, "孙敏", Role.SALESPERSON)
    screen = CustomersScreen(stage.context)
    stage.show(screen)
    screen.doing.new()
    form = stage.dialog("customer_form")
    form.fields.name.setText("Somebody")
    form.fields.code.setText("C-7")
    form.submit()
    stage.until(lambda: form.fields.problem("code"))
    assert "Grace" not in form.fields.problem("code")
    assert "老板" in form.fields.problem("code")
    leave(stage, form)


def test_escape_leaves_at_once_when_nothing_was_typed(stage, new, qtbot):
    qtbot.keyClick(new, Qt.Key.Key_Escape)
    stage.until(lambda: stage.no_dialog("customer_form"))


def test_escape_asks_when_something_was_typed_and_keeps_it(stage, new, qtbot):
    new.fields.name.setText("Half typed")
    qtbot.keyClick(new, Qt.Key.Key_Escape)
    asked = stage.dialog("leave")
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    stage.until(lambda: stage.no_dialog("leave"))
    assert new.isVisible()
    assert new.fields.name.text() == "Half typed"
    new.close()
    asked = stage.dialog("leave")
    asked.do_button.click()
    stage.until(lambda: stage.no_dialog("customer_form"))


def test_text_that_is_no_customer_counts_as_typed(stage, edit):
    form = edit("张三")
    form.fields.parent_choice.setText("Gr")
    assert form.is_changed()
    leave(stage, form)


def save_elsewhere(stage, people, name, **values):
    before = get(stage, people[name]).draft
    stage.services.editing.save(stage.actor, people[name], before, replace(before, **values))


def test_what_somebody_else_saved_is_noticed_and_taken_over(stage, edit, people):
    form = edit("张三")
    form.fields.region.setText("Berlin")
    save_elsewhere(stage, people, "张三", source="官网")
    stage.until(lambda: "Source" in form.strip.text())
    form.strip._button.click()
    assert form.fields.source.text() == "官网"
    assert form.fields.region.text() == "Berlin"
    form.submit()
    stage.until(lambda: stage.no_dialog("customer_form"))
    after = get(stage, people["张三"]).draft
    assert (after.region, after.source) == ("Berlin", "官网")


def test_a_conflict_shows_theirs_and_mine_and_saves_the_choice(stage, edit, people):
    form = edit("张三")
    form.fields.region.setText("Berlin")
    form.fields.source.setText("展会")
    form.fields.code.setText("C-3")
    save_elsewhere(stage, people, "张三", region="上海市", source="官网")
    form.submit()
    dialog = stage.dialog("conflict")
    dialog.findChild(object, "theirs_region").click()
    dialog.findChild(object, "mine_source").click()
    dialog.submit()
    stage.until(lambda: stage.no_dialog("customer_form"))
    after = get(stage, people["张三"]).draft
    assert (after.region, after.source, after.code) == ("上海市", "展会", "C-3")


def test_going_back_from_a_conflict_keeps_what_was_typed(stage, edit, people):
    form = edit("张三")
    form.fields.region.setText("Berlin")
    save_elsewhere(stage, people, "张三", region="上海市")
    form.submit()
    dialog = stage.dialog("conflict")
    dialog.reject()
    stage.until(lambda: stage.no_dialog("conflict"))
    assert form.fields.region.text() == "Berlin"
    assert get(stage, people["张三"]).draft.region == "上海市"
    leave(stage, form)


def test_a_contact_added_elsewhere_is_not_lost_when_a_phone_is_changed_here(stage, edit, people):
    name = "华信科技有限公司"
    form = edit(name)
    form.fields.people.points[0].value.setText("139 0000 0000")
    contacts = (*get(stage, people[name]).draft.contacts, ContactDraft("Kai"))
    save_elsewhere(stage, people, name, contacts=contacts)
    form.submit()
    dialog = stage.dialog("conflict")
    dialog.findChild(object, "theirs").click()
    stage.until(lambda: stage.no_dialog("customer_form"))
    after = get(stage, people[name]).draft
    assert [one.name for one in after.contacts] == ["陈雅琳", "Kai"]
    assert [one.raw for one in after.points] == ["138 1234 5678"]


def test_a_customer_deleted_elsewhere_leaves_what_was_typed_on_screen(stage, edit, people):
    form = edit("张三")
    form.fields.region.setText("Berlin")
    stage.services.editing.delete(stage.actor, people["张三"])
    stage.until(lambda: "deleted" in form.strip.text())
    form.submit()
    stage.until(lambda: "still here" in form.strip.text())
    assert form.fields.region.text() == "Berlin"
    leave(stage, form)


def test_contacts_are_taken_off_and_their_points_stay_with_the_customer(stage, edit, people):
    form = edit("华信科技有限公司")
    form.fields.people._drop_contact(form.fields.people.contacts[0])
    form.submit()
    stage.until(lambda: stage.no_dialog("customer_form"))
    after = get(stage, people["华信科技有限公司"]).draft
    assert after.contacts == ()
    assert after.points == (PointDraft(PointKind.PHONE, "138 1234 5678", None, after.points[0].id),)


def test_known_values_are_offered_while_typing(stage, screen, people, edit, qtbot):
    save_elsewhere(stage, people, "李思远", source="转介绍")
    stage.until(lambda: "转介绍" in screen.narrowing.offers().known.get("source", ()))
    form = edit("张三")
    form.fields.source.setFocus()
    form.fields.source.setText("介")
    form.fields.source.textEdited.emit("介")
    assert form.fields.source.suggestions.entries() == ["转介绍"]
    qtbot.keyClick(form.fields.source, Qt.Key.Key_Escape)
    assert form.isVisible()
    assert form.fields.source.suggestions.isHidden()
    leave(stage, form)


def test_a_customer_is_not_offered_as_its_own_link(stage, screen, people, edit, qtbot):
    form = edit("国强建材")
    field = form.fields.parent_choice
    field.setText("建材")
    field.textEdited.emit("建材")
    stage.settle()
    assert "国强建材" not in field.suggestions.entries()
    leave(stage, form)
