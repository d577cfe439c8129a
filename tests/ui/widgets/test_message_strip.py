import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QCursor

from app.ui.theme import theme, tokens
from app.ui.widgets.layout import STRETCH, col
from app.ui.widgets.message_strip import HEIGHT, STAYS, Action, MessageStrip
from app.ui.widgets.surface import Surface


@pytest.fixture
def page(qtbot):
    theme().apply("light", zoom=1.0, motion=False)
    made = Surface("page")
    qtbot.addWidget(made)
    made.resize(500, 300)
    yield made
    theme().apply("light", zoom=1.0, motion=True)


@pytest.fixture
def strip(page):
    made = MessageStrip()
    page.setLayout(col(made, STRETCH))
    page.show()
    return made


def button(strip, name):
    return next(one for one in strip.children() if one.objectName() == name)


def test_it_takes_no_room_until_it_says_something(strip):
    assert strip.isHidden()
    strip.say("Saved.")
    assert strip.isVisible()
    assert strip.text() == "Saved."
    assert strip.accessibleName() == "Saved."


def test_the_action_is_done_once_and_closes_it(strip, qtbot):
    done = []
    strip.say("312 customers were moved.", action=Action("Undo", lambda: done.append(1)))
    qtbot.mouseClick(button(strip, "message_action"), Qt.MouseButton.LeftButton)
    assert done == [1]
    assert strip.isHidden()


def test_escape_on_its_buttons_closes_it(strip, qtbot):
    strip.say("Saved.")
    with qtbot.waitSignal(strip.closed):
        qtbot.keyClick(button(strip, "message_close"), Qt.Key.Key_Escape)
    assert strip.text() == ""


def test_a_new_message_takes_the_place_of_the_old_and_its_action(strip, qtbot):
    done = []
    strip.say("First", action=Action("Undo", lambda: done.append(1)))
    strip.say("Second")
    assert strip.text() == "Second"
    assert button(strip, "message_action").isHidden()


def test_good_news_goes_by_itself_and_bad_news_stays(strip):
    strip.say("Saved.")
    assert strip._timer.remainingTime() > STAYS / 2
    strip.say("The disk is full.", "danger")
    assert not strip._timer.isActive()


def test_it_slides_in_when_motion_is_on(strip, qtbot):
    theme().apply(motion=True)
    strip.say("Saved.")
    assert strip.maximumHeight() < HEIGHT
    qtbot.waitUntil(lambda: strip.height() >= tokens().px(HEIGHT) - 4)


def test_long_words_break_into_lines_and_none_is_cut(strip, page):
    page.resize(360, 300)
    strip.say("A rather long sentence that needs several lines here. " * 3)
    page.layout().activate()
    words = strip._words
    assert words.height() >= words.heightForWidth(words.width())


class Painted(QObject):
    """Which part of a widget was painted."""

    def __init__(self, widget):
        super().__init__(widget)
        self.area = QRect()
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            self.area |= event.region().boundingRect()
        return False


def test_the_whole_ground_takes_the_colour_of_the_next_message(strip, qtbot):
    painted = Painted(strip)
    strip.say("The file is not there.", "warn")
    qtbot.waitUntil(lambda: painted.area == strip.rect())
    painted.area = QRect()
    strip.say("The file was added...")
    qtbot.waitUntil(lambda: not painted.area.isEmpty())
    assert painted.area == strip.rect()


def test_it_does_not_go_while_the_mouse_is_on_its_way(strip, page):
    strip.say("Saved.")
    page.layout().activate()
    for place in (QPoint(5, 200), QPoint(40, 220)):
        QCursor.setPos(page.mapToGlobal(place))
        strip._time_is_up()
        assert strip.isVisible()
    strip._time_is_up()
    assert strip.isHidden()
