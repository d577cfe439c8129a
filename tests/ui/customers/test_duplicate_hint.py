import pytest
from PySide6.QtCore import Qt

from app.ui.widgets.button import Button


@pytest.fixture
def new(stage, screen):
    stage.until(lambda: len(screen.narrowing.offers().staff) == 2)
    screen.doing.new()
    made = stage.dialog("customer_form")
    yield made
    if not stage.no_dialog("customer_form"):
        made.stop_asking()
        made.reject()
    stage.settle()


@pytest.fixture
def edit(stage, screen, people):
    opened = []

    def open_for(name):
        stage.until(lambda: len(screen.narrowing.offers().staff) == 2)
        screen.doing.edit(people[name])
        opened.append(stage.dialog("customer_form"))
        return opened[-1]

    yield open_for
    for made in opened:
        made.stop_asking()
        made.reject()
    stage.settle()


def _buttons(hint):
    return [one for one in hint.findChildren(Button, "open_duplicate") if not one.isHidden()]


def test_a_phone_that_is_here_already_is_said_while_typing(stage, new, qtbot):
    line = new.fields.people.points[0].value
    line.setFocus()
    qtbot.keyClicks(line, "13812345678")
    stage.until(lambda: new.hint.text() != "")
    assert new.hint.text() == "华信科技有限公司 (老板) · Same phone: 13812345678"
    assert new.hint.isVisible()
    assert new.hint.text() in new.hint.accessibleName()
    assert line.hasFocus()
    assert new.do_button.isEnabled()


def test_a_name_like_one_that_is_here_is_said_and_goes_with_what_was_typed(stage, new):
    new.fields.name.setText("华鑫科技")
    stage.until(lambda: "华信科技有限公司" in new.hint.text())
    assert "Sounds the same: 华鑫 / 华信" in new.hint.text()
    new.fields.name.setText("别的公司")
    stage.until(lambda: new.hint.text() == "")
    assert new.hint.isHidden()


def test_it_opens_who_is_here_in_another_window_and_keeps_what_is_typed(stage, new, people):
    new.fields.name.setText("华信科技")
    stage.until(lambda: _buttons(new.hint))
    asked = []
    new.hint.open_asked.connect(asked.append)
    (button,) = _buttons(new.hint)
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert button.accessibleName() == "Open 华信科技有限公司"
    button.click()
    assert asked == [people["华信科技有限公司"]]
    assert new.fields.name.text() == "华信科技"
    assert new.isVisible()


def test_a_form_says_nothing_before_anything_is_typed(stage, edit):
    form = edit("华信科技有限公司")
    stage.settle()
    assert form.hint.text() == ""
    form.fields.name.setText("华信科技有限公司2")
    form.fields.name.setText("华信科技")
    stage.settle()
    assert form.hint.text() == ""  # it is not its own duplicate


def test_the_hint_never_keeps_from_saving(stage, new, people):
    new.fields.name.setText("华信科技")
    stage.until(lambda: new.hint.text() != "")
    new.submit()
    stage.until(lambda: stage.no_dialog("customer_form"))
    assert stage.said() == ["华信科技 was added."]
    stage.settle()
