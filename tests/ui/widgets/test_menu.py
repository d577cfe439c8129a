import gc
import weakref

import pytest
from PySide6.QtCore import Qt

from app.ui.theme import theme
from app.ui.widgets.button import Button
from app.ui.widgets.layout import col
from app.ui.widgets.menu import Menu, Popover
from app.ui.widgets.surface import Surface
from app.ui.widgets.text import Label

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)


class Page(Surface):
    def __init__(self) -> None:
        super().__init__("page")
        self.done = []
        self.button = Button("More")
        self.setLayout(col(self.button))
        self.menu = Menu(self, "More")
        self.menu.put("Copy", self.copy, glyph="copy", key="Ctrl+C")

    def copy(self) -> None:
        self.done.append("copy")


@pytest.fixture
def page(qtbot):
    theme().apply("light", zoom=1.0)
    made = Page()
    qtbot.addWidget(made)
    made.show()
    return made


def test_an_entry_is_chosen_by_keyboard(page, qtbot):
    page.menu.open_under(page.button)
    qtbot.keyClick(page.menu, Qt.Key.Key_Down)
    qtbot.keyClick(page.menu, Qt.Key.Key_Return)
    assert page.done == ["copy"]


def test_a_menu_does_not_keep_its_page_alive(qapp):
    page = Page()
    gone = weakref.ref(page)
    del page
    gc.collect()
    assert gone() is None


def test_icons_of_entries_follow_the_theme(page):
    action = page.menu.actions()[0]
    before = action.icon().cacheKey()
    theme().apply("dark")
    assert action.icon().cacheKey() != before
    theme().apply("light")


def test_an_emptied_menu_can_be_filled_again(page):
    page.menu.empty()
    page.menu.put_choice("Dark", page.copy, chosen=True)
    theme().apply("light")
    assert [action.text() for action in page.menu.actions()] == ["Dark"]


def test_escape_closes_a_popover(page, qtbot):
    panel = Popover(page, col(Label("Words"), margins=12), "panel")
    panel.open_under(page.button)
    assert panel.isVisible()
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
