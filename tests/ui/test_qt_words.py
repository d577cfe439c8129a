import pytest
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit

from app import i18n
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


def test_every_word_of_the_dialog_for_files_is_translated(words, qtbot, tmp_path):
    i18n.use("zh_CN")
    words.use("zh_CN")
    dialog = QFileDialog(None, "", str(tmp_path))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    dialog.show()
    said = [one.text() for one in dialog.findChildren(QLabel)]
    assert all(said)
    assert not any(one.isascii() for one in said)
    assert QCoreApplication.translate("QAbstractFileIconProvider", "Folder") == "文件夹"
    assert QCoreApplication.translate("QFileDialog", "no such text") == "no such text"
    i18n.use("en")
