"""The checks of the screenshots find what they are there to find."""

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import i18n
from app.ui.theme import theme
from app.ui.widgets.button import Button
from app.ui.widgets.layout import col
from app.ui.widgets.surface import Scroll
from app.ui.widgets.text import Elided, Label
from tools.layout_check import faults

MSGIDS = frozenset({"Recycle bin", "A"})


@pytest.fixture
def page(qtbot):
    theme().apply("light", zoom=1.0, motion=False)
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(300, 200)
    yield made
    i18n.use("en")


def kinds(page) -> list[str]:
    page.show()
    return sorted({one.kind for one in faults(page, page.grab().toImage(), MSGIDS)})


def test_a_sound_page_has_no_fault(page):
    page.setLayout(col(Label("Recycle bin"), Button("Do it"), Elided("free text " * 40)))
    assert kinds(page) == []


def test_words_that_are_cut_off_are_found(page):
    label = Label("a label with many words in it")
    label.setFixedWidth(30)
    page.setLayout(col(label))
    assert kinds(page) == ["cut off"]


def test_lines_that_are_cut_off_are_found(page):
    label = Label("several words " * 20).wrapped()
    label.setFixedSize(100, 20)
    page.setLayout(col(label))
    assert kinds(page) == ["cut off"]


def test_a_button_too_small_for_its_words_is_found_unless_it_offers_the_whole(page):
    button = Button("a button with many words")
    button.setFixedWidth(40)
    page.setLayout(col(button))
    assert kinds(page) == ["cut off"]
    button.setToolTip(button.text())
    assert kinds(page) == []


def test_widgets_on_top_of_each_other_are_found(page):
    QVBoxLayout(page)
    for _ in range(2):
        part = QWidget(page)
        part.setGeometry(10, 10, 50, 50)
    assert kinds(page) == ["overlapping"]


def test_what_leaves_its_parent_is_found(page):
    QVBoxLayout(page)
    QWidget(page).setGeometry(280, 10, 50, 50)
    assert kinds(page) == ["outside its parent"]


@pytest.mark.parametrize(("width", "found"), [(200, []), (600, ["outside its parent"])])
def test_a_page_too_wide_to_be_seen_whole_is_found(page, width, found):
    inner = QWidget()
    inner.setMinimumWidth(width)
    page.setLayout(col(Scroll(inner)))
    assert kinds(page) == found


def test_what_lies_over_others_on_purpose_is_no_fault(page):
    QVBoxLayout(page)
    for _ in range(2):
        part = QWidget(page)
        part.setGeometry(10, 10, 50, 50)
        part.setProperty("overlay", True)
    assert kinds(page) == []


def test_english_in_another_language_is_found(page):
    page.setLayout(col(Label("Recycle bin"), Label("Some name"), Label("A")))
    i18n.use("pseudo")
    assert kinds(page) == ["untranslated"]


def test_what_users_typed_needs_no_translation(page):
    typed = Label("Recycle bin")
    typed.setProperty("typed", True)
    page.setLayout(col(typed))
    i18n.use("pseudo")
    assert kinds(page) == []


def test_faint_words_are_found(page):
    page.setLayout(col(Label("hardly to be seen", tone="border_strong")))
    assert kinds(page) == ["hard to read"]
