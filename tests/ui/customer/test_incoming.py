import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication

from app.domain.customer import ContactDraft
from app.services.incoming import US
from app.services.timeline import InteractionEntry
from app.ui.customer.screen import CustomerScreen
from app.ui.widgets.check import CheckBox
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.text import Elided
from tests import factories
from tests.services.test_incoming import CHAT, mail


@pytest.fixture
def customer(stage, db):
    contacts = (ContactDraft("陈国强"), ContactDraft("吴敏"))
    return factories.customer(db, stage.actor, "国强建材", contacts=contacts)


@pytest.fixture
def screen(stage, customer):
    made = CustomerScreen(stage.context)
    stage.show(made)
    made.show_target(customer)
    stage.until(lambda: made.quick_log._page is not None)
    return made


@pytest.fixture
def on_record(stage, customer):
    def read():
        found = stage.services.pages.load(stage.actor, customer).timeline.entries
        return [one for one in found if isinstance(one, InteractionEntry)]

    return read


def text(words):
    made = QMimeData()
    made.setText(words)
    return made


def files(*paths):
    made = QMimeData()
    made.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return made


def drop(screen, source):
    """As Qt does when something is let go over the page."""
    where, buttons, keys = QPointF(20, 20), Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    enter = QDragEnterEvent(where.toPoint(), Qt.DropAction.CopyAction, source, buttons, keys)
    QApplication.sendEvent(screen, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(
        screen, QDropEvent(where, Qt.DropAction.CopyAction, source, buttons, keys)
    )


def test_words_are_pasted_as_words(screen):
    screen.quick_log.line.insertFromMimeData(text("问价格"))
    screen.quick_log.line.insertFromMimeData(text("\n两行"))
    assert screen.quick_log.line.text() == "问价格\n两行"


def test_a_pasted_chat_is_shown_and_then_put_on_record(stage, screen, on_record):
    screen.quick_log.line.insertFromMimeData(text(CHAT))
    dialog = stage.dialog("incoming")
    assert screen.quick_log.line.text() == ""
    assert [one.text() for one in dialog.findChildren(CheckBox)] == [
        "WeChat · 2026-11-20 15:04 · 陈国强",
        "WeChat · 2026-11-21 09:10 · 陈国强",
    ]
    dialog.submit()
    stage.until(lambda: stage.messages)
    stage.until(lambda: stage.said() == ["Logged 2 entries"])
    assert [one.contact for one in on_record()] == ["陈国强", "陈国强"]
    stage.undo_last()
    assert on_record() == []


def test_a_line_is_not_left_out_only_to_say_that_there_is_one_more(stage, screen):
    talk = "陈国强 2026/11/20 15:04\n一\n老板 2026/11/20 15:06\n二\n"
    more = "陈国强 2026/11/20 15:08\n三\n"
    for chat, shown in ((talk + more, 3), (talk + more + more.replace("三", "四"), 2)):
        screen.quick_log.line.insertFromMimeData(text(chat))
        dialog = stage.dialog("incoming")
        lines = [one.text() for one in dialog.findChildren(Elided)]
        said = [one for one in "一二三四" if any(line.endswith(one) for line in lines)]
        assert len(said) == shown
        dialog.reject()
        stage.until(lambda: stage.no_dialog("incoming"))


def test_unknown_names_are_assigned_before_saving(stage, screen, on_record):
    chat = CHAT.replace("陈国强", "小确幸").replace("老板", "熟客小店")
    screen.quick_log.line.insertFromMimeData(text(chat))
    dialog = stage.dialog("incoming")
    first, second = dialog.findChildren(ComboBox)
    assert first.value() is None
    first.set_value(next(iter(dialog._incoming.people)))
    second.set_value(US)
    dialog.submit()
    stage.until(lambda: stage.messages)
    assert {one.contact for one in on_record()} == {"陈国强"}


def test_dropped_mails_are_put_on_record_and_the_same_again_is_not_ticked(
    stage, screen, on_record, tmp_path
):
    path = tmp_path / "a.eml"
    path.write_bytes(mail().as_bytes())
    drop(screen, files(path))
    stage.dialog("incoming").submit()
    stage.until(lambda: stage.messages)
    assert len(on_record()) == 1
    stage.until(lambda: stage.no_dialog("incoming"))
    drop(screen, files(path))
    dialog = stage.dialog("incoming")
    (tick,) = dialog.findChildren(CheckBox)
    assert not tick.isChecked()
    assert not dialog.do_button.isEnabled()
    tick.setChecked(True)
    dialog.submit()
    stage.until(lambda: len(on_record()) == 2)
    stage.until(lambda: stage.no_dialog("incoming"))


def test_what_is_not_ticked_is_left_out(stage, screen, on_record):
    screen.quick_log.line.insertFromMimeData(text(CHAT))
    dialog = stage.dialog("incoming")
    dialog.findChildren(CheckBox)[0].setChecked(False)
    dialog.submit()
    stage.until(lambda: stage.messages)
    assert [one.summary for one in on_record()] == ["陈国强 09:10: 好的"]


def test_leaving_keeps_nothing(stage, screen, on_record):
    screen.quick_log.line.insertFromMimeData(text(CHAT))
    stage.dialog("incoming").reject()
    assert on_record() == []


def test_a_pasted_picture_becomes_a_file(stage, screen, customer):
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    source = QMimeData()
    source.setImageData(picture)
    screen.quick_log.line.insertFromMimeData(source)
    stage.dialog("incoming").submit()
    stage.until(lambda: stage.messages)
    (file,) = stage.services.attachments.of_customer(stage.actor, customer)
    assert QImage(str(file.path), "PNG").size() == picture.size()


def test_a_mail_dragged_out_of_a_mail_program_needs_no_file(stage, screen, on_record):
    source = QMimeData()
    source.setData("message/rfc822", mail().as_bytes())
    drop(screen, source)
    stage.dialog("incoming").submit()
    stage.until(lambda: stage.messages)
    assert [one.contact for one in on_record()] == ["陈国强"]


def test_what_cannot_be_read_is_said_in_a_sentence(stage, screen, tmp_path):
    drop(screen, files(tmp_path / "gone.eml"))
    stage.until(lambda: stage.messages)
    assert stage.messages[-1][2] == "warn"
    assert stage.no_dialog("incoming")


def test_what_went_wrong_while_keeping_is_said_in_the_dialog(stage, screen, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("x")
    drop(screen, files(path))
    dialog = stage.dialog("incoming")
    path.unlink()
    dialog.submit()
    stage.until(lambda: dialog._wrong.isVisible())
    assert dialog.do_button.isEnabled()
    dialog.reject()


def test_a_long_text_is_looked_at_in_the_background(stage, screen):
    words = "第一行\n" + "满意的客户 " * 8_000
    screen.quick_log.line.insertFromMimeData(text(words))
    stage.until(lambda: screen.quick_log.line.text() == words)


def test_a_file_has_the_size_that_the_page_will_say(stage, screen, tmp_path):
    small = tmp_path / "报价单.txt"
    small.write_bytes(b"x" * 15)
    drop(screen, files(small))
    dialog = stage.dialog("incoming")
    assert [one.text() for one in dialog.findChildren(CheckBox)] == ["报价单.txt · 15 B"]
    dialog.reject()
    stage.until(lambda: stage.no_dialog("incoming"))
