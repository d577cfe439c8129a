import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit

from app.ui.qt_words import QtWords


@pytest.fixture
def words(qapp):
    owner = QObject()
    made = QtWords(owner)
    yield made
    made.use("en")
    owner.deleteLater()


def menu_of_a_field(qtbot) -> str:
    field = QLineEdit()
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    said = " ".join(one.text() for one in menu.actions())
    menu.deleteLater()
    return said


@pytest.mark.parametrize(("language", "copy"), [("zh_CN", "复制"), ("zh_TW", "複製")])
def test_the_menu_of_a_text_field_speaks_the_language_of_the_program(words, qtbot, language, copy):
    words.use(language)
    assert copy in menu_of_a_field(qtbot)
    words.use("en")
    assert "Copy" in menu_of_a_field(qtbot)
