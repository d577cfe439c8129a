import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtWidgets import QScrollBar, QWidget

from app.ui.theme import theme
from app.ui.widgets.hanging import HangingScroll
from app.ui.widgets.layout import col, hold, row


@pytest.fixture
def content(qapp):
    theme().apply("light", zoom=1.0)
    return QWidget()


@pytest.fixture
def scroll(content):
    return HangingScroll(content, "page")


@pytest.fixture
def inner(scroll):
    """What holds the page and ends where it ends."""
    return hold(col((scroll, 1)))


@pytest.fixture
def window(qtbot, inner):
    made = hold(row((inner, 1), margins=24))
    qtbot.addWidget(made)
    made.resize(300, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


def _fill(content, height):
    content.setMinimumHeight(height)
    QCoreApplication.sendPostedEvents()
    QCoreApplication.processEvents()


def _edges(widget, window):
    left = widget.mapTo(window, QPoint(0, 0)).x()
    return left, left + widget.width()


def test_the_bar_stands_in_the_margin_and_the_page_keeps_its_width(window, scroll, content):
    _fill(content, 100)
    assert not scroll.bar.isVisible()
    before = _edges(content, window)
    _fill(content, 900)
    assert scroll.bar.isVisible()
    assert _edges(content, window) == before == (24, 276)
    first, last = _edges(scroll.bar, window)
    assert 276 <= first < last <= 300
    _fill(content, 100)
    assert not scroll.bar.isVisible()


def test_the_bar_moves_the_page_and_the_page_the_bar(window, scroll, content):
    _fill(content, 900)
    scroll.bar.setValue(120)
    assert content.y() == -120
    scroll.ensureVisible(0, 890)
    assert scroll.bar.value() == scroll.verticalScrollBar().value() == scroll.bar.maximum()


def test_the_bar_goes_with_the_page_when_what_holds_it_moves(window, scroll, content, inner):
    _fill(content, 900)
    inner.setFixedSize(inner.size())
    before = scroll.bar.y()
    window.layout().setContentsMargins(24, 64, 24, 24)
    _fill(content, 900)
    assert scroll.bar.y() == before + 40
    assert scroll.bar.height() == scroll.height()


def test_the_bar_is_gone_with_the_page(window, scroll, content, inner):
    _fill(content, 900)
    inner.hide()
    assert not scroll.bar.isVisible()
    inner.show()
    assert scroll.bar.isVisible()
    scroll.deleteLater()
    QCoreApplication.sendPostedEvents(scroll, QEvent.Type.DeferredDelete)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    options = Qt.FindChildOption.FindChildrenRecursively
    assert window.findChildren(QScrollBar, "page_bar", options) == []
