import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication

from app.ui.theme import theme, tokens
from app.ui.widgets.button import Button, Chip, button_paint
from app.ui.widgets.layout import row
from app.ui.widgets.surface import Surface

KINDS = ("primary", "plain", "quiet", "accent", "danger", "good")


@pytest.fixture(autouse=True)
def light(qapp):
    theme().apply("light", zoom=1.0)
    yield
    theme().apply("light", zoom=1.0)


@pytest.fixture
def page(qtbot):
    made = Surface("card")
    made.setLayout(row(margins=24))
    qtbot.addWidget(made)
    return made


def colours(button) -> set[str]:
    picture = button.grab().toImage()
    return {
        picture.pixelColor(x, y).name().upper()
        for x in range(picture.width())
        for y in range(picture.height())
    }


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_button_is_pressed_from_the_keyboard(page, qtbot, key):
    button = Button("Save", "primary")
    page.layout().addWidget(button)
    page.show()
    button.setFocus()
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, key)


def test_focus_shows_a_ring(page, qtbot):
    button = Button("Save", "danger")
    page.layout().addWidget(button)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.setFocus()
    ring = tokens().hex("focus")
    assert ring not in colours(button)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: ring in colours(button))


def test_hover_and_press_change_the_ground(page, qtbot):
    button = Button("Save", "primary")
    page.layout().addWidget(button)
    page.show()
    assert tokens().hex("accent") in colours(button)
    QApplication.sendEvent(button, QEnterEvent(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5)))
    assert button.state() == "hover"
    assert tokens().hex("accent_hover") in colours(button)
    qtbot.mousePress(button, Qt.MouseButton.LeftButton)
    assert button.state() == "press"
    assert tokens().hex("accent_press") in colours(button)


def test_every_kind_has_every_state_from_the_token_table():
    for kind in KINDS:
        for state in ("rest", "hover", "press", "disabled"):
            paint = button_paint(kind, state)
            for token in (paint.ground, paint.edge, paint.ink, paint.mark):
                assert token is None or token in tokens().palette


def test_words_that_do_something_begin_at_the_edge_and_are_underlined_under_the_mouse(page):
    button = Button("Restore", "accent")
    page.layout().addWidget(button)
    button.setFixedWidth(300)
    page.show()
    rest = button.grab().toImage()
    ink = [x for x in range(300) for y in range(rest.height()) if _is_ink(rest, x, y)]
    assert min(ink) <= 6
    QApplication.sendEvent(button, QEnterEvent(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5)))
    assert button.grab().toImage() != rest


def _is_ink(image, x, y) -> bool:
    colour = image.pixelColor(x, y)
    return colour.alpha() > 0 and colour.blue() - colour.red() > 60


def test_the_size_hint_is_a_floor(page):
    button = Button("A rather long caption", glyph="plus", trail="chevron-down", key="Ctrl K")
    assert button.minimumSizeHint() == button.sizeHint()
    words = button.fontMetrics().horizontalAdvance(button.text())
    assert button.sizeHint().width() > words + 16 + 14


def test_an_icon_alone_has_a_name_and_says_it_as_tooltip(page):
    button = Button(glyph="ellipsis", name="More")
    assert (button.accessibleName(), button.toolTip()) == ("More", "More")


def test_a_button_follows_zoom_and_theme(page, qtbot):
    button = Button("Save", "primary")
    page.layout().addWidget(button)
    page.show()
    theme().apply("dark", zoom=1.4)
    assert button.height() == 45
    assert tokens().hex("accent") in colours(button)
    assert button.styleSheet() == ""


def test_a_chip_is_taken_off_by_a_click(page, qtbot):
    chip = Chip("Grade: gold")
    page.layout().addWidget(chip)
    page.show()
    with qtbot.waitSignal(chip.clicked):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)


def test_a_second_enter_does_not_press_the_next_button_while_the_first_is_at_work(page, qtbot):
    first, second = Button("Back up"), Button("Restore")
    page.layout().addWidget(first)
    page.layout().addWidget(second)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    first.setEnabled(False)
    assert not second.hasFocus()
    first.setEnabled(True)
    assert first.hasFocus()


def test_whoever_went_on_meanwhile_keeps_the_keyboard(page, qtbot):
    first, second = Button("Back up"), Button("Restore")
    page.layout().addWidget(first)
    page.layout().addWidget(second)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    first.setEnabled(False)
    second.setFocus()
    first.setEnabled(True)
    assert second.hasFocus()
