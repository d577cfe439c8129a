import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QScrollArea

from app.domain import filters
from app.ui.customers.filter_bar import FilterChip
from app.ui.customers.filter_panel import presets
from app.ui.customers.filter_parts import LinePart, TextPart
from app.ui.widgets.button import Button


@pytest.fixture
def panel(stage, screen):
    stage.until(lambda: len(screen.narrowing.offers().staff) == 2)
    screen.toggle_filter()
    return screen.narrowing.panel


def type_filter(qtbot, panel, text):
    panel.text.setText(text)
    panel.text.textEdited.emit(text)
    qtbot.keyClick(panel.text, Qt.Key.Key_Return)


def line(panel, place=0):
    return panel.findChildren(LinePart)[place]


def test_a_line_is_built_of_field_asking_and_value_and_shows_at_once(stage, panel, screen, names):
    built = line(panel)
    built.field.set_value("stage")
    built.value.edit.setCurrentIndex(1)
    stage.until(lambda: names() == ["张三"])
    assert panel.text.text() == "stage = keeping"
    assert screen.subtitle() == "1 of 6 customers"


def test_silence_is_asked_in_days_ago(stage, panel, names):
    built = line(panel)
    built.field.set_value("last_contact")
    built.value.edit.setText("30")
    stage.until(lambda: names() == ["国强建材"])
    assert panel.text.text() == "last_contact < -30d"


def test_who_has_left_can_still_be_asked_for(stage, screen, names, team):
    stage.services.staff.deactivate(stage.actor, team.id)
    stage.until(lambda: list(screen.narrowing.offers().left.values()) == ["周凯"])
    screen.toggle_filter()
    built = line(screen.narrowing.panel)
    built.field.set_value("owner")
    places = [built.value.edit.itemText(one) for one in range(built.value.edit.count())]
    built.value.edit.setCurrentIndex(places.index("周凯"))
    stage.until(lambda: names() == ["国强建材"])
    assert "周凯" not in screen.narrowing.offers().staff.values()


def test_an_owner_is_chosen_by_name(stage, panel, names):
    built = line(panel)
    built.field.set_value("owner")
    places = [built.value.edit.itemText(one) for one in range(built.value.edit.count())]
    assert places[0] == "me"
    built.value.edit.setCurrentIndex(places.index("周凯"))
    stage.until(lambda: names() == ["国强建材"])
    assert panel.text.text() == "owner = 周凯"


def test_groups_join_the_other_way(stage, panel, screen, names):
    panel.findChild(Button, "add_group").click()
    first, second = panel.findChildren(LinePart)
    first.field.set_value("kind")
    first.value.edit.setCurrentIndex(0)
    second.field.set_value("grade")
    second.value.edit.setCurrentIndex(0)
    stage.until(lambda: names() == ["张三"])
    group = second.parentWidget()
    group.adders.itemAt(0).widget().click()
    third = panel.findChildren(LinePart)[-1]
    third.field.set_value("grade")
    third.value.edit.setCurrentIndex(2)
    stage.until(lambda: names() == ["Anna Garcia", "张三"])
    assert panel.text.text() == "kind = person and (grade = A or grade = C)"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("阶段 ＝ 维护", ["张三"]),
        ("tag = vip or tag = VIP", ["华信科技有限公司"]),
        ("not kind = person and owner = me", ["华信科技有限公司"]),
        ("grade in (A, C)", ["Anna Garcia", "张三"]),
        ("last_contact is empty and not (grade = A or grade = C)", ["李思远"]),
    ],
)
def test_a_text_is_read_and_shown_as_lines(stage, panel, qtbot, names, text, found):
    type_filter(qtbot, panel, text)
    stage.until(lambda: names() == found)
    said = panel.group.filter()
    assert filters.parse(filters.to_text(said), panel._fields) == filters.parse(text, panel._fields)


def test_what_has_no_line_stands_as_text_and_can_be_taken_off(stage, panel, qtbot, names):
    type_filter(qtbot, panel, "kind = person and not (grade = A or grade = C)")
    stage.until(lambda: names() == ["Grace Miller", "李思远"])
    (part,) = panel.findChildren(TextPart)
    part.findChild(Button, "remove").click()
    stage.until(lambda: len(names()) == 4)
    assert panel.text.text() == "kind = person"


def test_a_mistyped_text_says_where_and_what_was_meant_and_the_list_stays(
    stage, panel, qtbot, names
):
    type_filter(qtbot, panel, "stge = keeping")
    assert "there is no field “stge”. Did you mean “stage”?" in panel.wrong()
    assert panel.text.property("wrong") is True
    stage.settle()
    assert len(names()) == 6
    type_filter(qtbot, panel, "stage = keeping")
    assert panel.wrong() == ""
    stage.until(lambda: names() == ["张三"])


def test_chips_say_the_filter_and_take_conditions_off(stage, panel, screen, qtbot, names):
    panel.use("stage in (keeping, growing) and last_contact < -1d")
    stage.until(lambda: names() == ["华信科技有限公司"])
    assert screen.narrowing.bar.chips() == [
        "Stage: Keeping / Growing",
        "Last contact is longer ago than 1 day",
    ]
    chip = screen.narrowing.bar.findChildren(FilterChip)[1]
    at = QPoint(chip.width() - 8, chip.height() // 2)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=at)
    stage.until(lambda: len(names()) == 2)
    assert panel.text.text() == "stage in (keeping, growing)"
    chip = screen.narrowing.bar.findChildren(FilterChip)[0]
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    stage.until(lambda: len(names()) == 6)
    assert screen.narrowing.bar.isHidden()


@pytest.mark.parametrize("place", range(len(presets())))
def test_every_ready_filter_can_be_used(stage, panel, screen, place):
    text = filters.to_text(presets()[place][1])
    panel.use(text)
    stage.until(lambda: screen.card.listing.complete)
    assert screen.card.listing.query.filter == text
    assert panel.wrong() == ""
    assert panel.group.filter() == presets()[place][1]


def test_not_contacted_for_30_days_counts_those_never_contacted(stage, panel, names):
    panel.use(filters.to_text(presets()[1][1]))
    stage.until(lambda: sorted(names()) == sorted(["国强建材", "张三", "李思远", "Anna Garcia"]))


def test_every_field_has_a_line_for_every_way_of_asking(panel):
    built = line(panel)
    for place in range(built.field.count()):
        built.field.setCurrentIndex(place)
        for way in range(built.asking.count()):
            built.asking.setCurrentIndex(way)
            assert built.value.accessibleName() is not None


def test_the_panel_is_as_high_as_its_lines_and_scrolls_only_when_they_are_too_many(stage, panel):
    panel.use("stage in (keeping, growing) and (last_contact < -30d or last_contact is empty)")
    bar = panel.findChild(QScrollArea, "filter_lines").verticalScrollBar()
    stage.until(lambda: len(panel.findChildren(LinePart)) == 3)
    stage.settle()
    bottom = panel.group.adders.geometry().bottom()
    assert bar.maximum() == 0
    assert panel.group.height() - bottom <= 2
    for _ in range(8):
        panel.group.add_line()
    stage.until(lambda: bar.maximum() > 0)


def test_a_filter_is_kept_with_the_state(stage, panel, screen, names):
    panel.use("stage = keeping")
    stage.until(lambda: names() == ["张三"])
    assert screen.state()["filter"] == "stage = keeping"
    screen.narrowing.bar.changed.emit("")
    stage.until(lambda: len(names()) == 6)
    screen.restore({"filter": "stage = keeping"})
    stage.until(lambda: names() == ["张三"])
    assert panel.text.text() == "stage = keeping"


def test_tab_goes_through_the_lines_as_they_stand(stage, panel, screen, qtbot):
    first = line(panel)
    first.field.set_value("stage")
    panel.findChild(Button, "add_condition").click()
    second = line(panel, 1)
    stage.until(second.isVisible)
    asked = [first.field, first.asking, first.value.edit, first.findChild(Button, "remove")]
    asked += [second.field, second.asking, second.value.edit, second.findChild(Button, "remove")]
    asked += [panel.findChild(Button, "add_condition"), panel.findChild(Button, "add_group")]
    first.field.setFocus()
    for expected in [*asked, panel.text]:
        assert screen.window().focusWidget() is expected
        qtbot.keyClick(screen.window().focusWidget(), Qt.Key.Key_Tab)


def test_the_cursor_stays_among_the_lines_when_one_is_taken_off(panel, screen):
    panel.findChild(Button, "add_condition").click()
    first, second = panel.findChildren(LinePart)
    first.findChild(Button, "remove").click()
    assert screen.window().focusWidget() is second.field
    second.findChild(Button, "remove").click()
    assert screen.window().focusWidget() is panel.findChild(Button, "add_condition")


def test_a_filter_opened_again_has_the_cursor_on_its_first_line(panel, screen):
    screen.toggle_filter()
    screen.toggle_filter()
    assert screen.window().focusWidget() is line(panel).field


def test_what_the_builder_offers_stands_beside_the_chips_only_while_it_is_closed(
    stage, panel, screen, names
):
    panel.use("stage = keeping")
    stage.until(lambda: names() == ["张三"])
    bar = screen.narrowing.bar
    assert bar.chips() == ["Stage: Keeping"]
    assert _offered(bar) == []
    screen.narrowing.close_panel()
    assert _offered(bar) == ["save_view", "clear_chips"]
    screen.narrowing.open()
    assert _offered(bar) == []


def _offered(bar):
    buttons = [one for one in bar.findChildren(Button) if not isinstance(one, FilterChip)]
    return [one.objectName() for one in buttons if not one.isHidden()]
