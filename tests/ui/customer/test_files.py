import os
import struct
import zlib
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QColor, QDesktopServices, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QFileDialog, QLabel

from app.errors import Cancelled
from app.i18n import Message
from app.services.attachments import LARGEST
from app.ui.customer.file_adding import add_files
from app.ui.customer.file_preview import LARGEST_EDGE
from app.ui.customer.files import FilesCard
from app.ui.widgets.avatar import IconView
from app.ui.widgets.text import Elided
from tests import factories
from tests.ui.customer.cards import entry, show_card

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def customer(db, stage):
    return factories.customer(db, stage.actor)


@pytest.fixture
def outside(tmp_path):
    """A folder of the user's own."""
    made = tmp_path / "outside"
    made.mkdir()
    return made


@pytest.fixture
def keep(stage, customer, outside):
    def add(name, content=b"content"):
        source = outside / name
        source.write_bytes(content)
        return stage.services.attachments.add(stage.actor, customer, source)

    return add


@pytest.fixture
def card(stage, customer):
    return show_card(stage, FilesCard, customer)


class Opener(QObject):
    """Stands for the programs of this computer."""

    def __init__(self):
        super().__init__()
        self.paths = []

    @Slot(QUrl)
    def take(self, url):
        self.paths.append(Path(url.toLocalFile()))


@pytest.fixture
def opener(qapp):
    made = Opener()
    QDesktopServices.setUrlHandler("file", made, "take")
    yield made
    QDesktopServices.unsetUrlHandler("file")


def picture(path, width=40, height=30, form="PNG"):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#3B5BDB"))
    assert image.save(str(path), form)
    return path.read_bytes()


def huge_png(edge):
    """A few bytes that say they are a picture of edge × edge pixels."""

    def chunk(kind, body):
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", edge, edge, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(100_000)))
        + chunk(b"IEND", b"")
    )


def held(stage, customer):
    return stage.services.attachments.of_customer(stage.actor, customer)


def file_of(card, name):
    return next(one for one in card.page.files if one.name == name)


def drop(card, *paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(one)) for one in paths])
    at, actions = card.rect().center(), Qt.DropAction.CopyAction
    enter = QDragEnterEvent(at, actions, mime, LEFT, Qt.KeyboardModifier.NoModifier)
    card.dragEnterEvent(enter)
    taken = enter.isAccepted() and card._over
    card.dropEvent(QDropEvent(QPointF(at), actions, mime, LEFT, Qt.KeyboardModifier.NoModifier))
    return taken


def test_a_dropped_file_is_kept_and_undo_takes_it_off(stage, customer, card, outside):
    source = outside / "2026 年度供货合同.pdf"
    source.write_bytes(b"%PDF")
    assert drop(card, source)
    stage.until(lambda: len(card.lines()) == 1)
    (line,) = card.lines()
    assert line.findChild(Elided).text() == "2026 年度供货合同.pdf"
    assert line.findChild(IconView)._glyph == "file-text"
    assert line.findChildren(QLabel)[0].text() == "11-22"
    assert not card._over
    stage.until(lambda: stage.said() == ["2026 年度供货合同.pdf was added."])
    stage.undo_last()
    stage.until(lambda: not card.lines())
    assert source.read_bytes() == b"%PDF"


def test_several_files_are_added_and_what_cannot_be_is_said(stage, customer, card, outside):
    for name in ("a.txt", "b.txt"):
        (outside / name).write_text(name)
    (outside / "folder").mkdir()
    drop(card, outside / "a.txt", outside / "folder", outside / "b.txt")
    stage.until(lambda: len(card.lines()) == 2)
    stage.until(lambda: stage.messages)
    assert stage.said() == [
        "2 of 3 files were added. folder is not there or is not a file. Nothing was added."
    ]
    stage.undo_last()
    stage.until(lambda: not card.lines())


def test_what_was_copied_before_somebody_stops_it_is_added_and_undone_together(
    stage, customer, outside
):
    for name in ("a.txt", "b.txt", "c.txt"):
        (outside / name).write_text(name)

    def progress(_done, _total):
        if held_copies(stage) == 2:
            raise Cancelled(Message("Stopped."))

    sources = [outside / name for name in ("a.txt", "b.txt", "c.txt")]
    made = add_files(stage.services, stage.actor, customer, sources, progress)
    assert made.stopped
    assert {one.name for one in held(stage, customer)} == set(made.names) == {"a.txt", "b.txt"}
    stage.services.history.undo(stage.actor, made.change_set_id)
    assert held(stage, customer) == []


def held_copies(stage):
    folder = stage.services.workspace.attachments
    return sum(one.is_file() and one.suffix != ".part" for one in folder.rglob("*"))


def test_a_file_that_vanished_is_said_and_nothing_is_added(stage, customer, card, outside):
    card.add_files([outside / "gone.pdf"])
    stage.until(lambda: stage.messages)
    stage.until(
        lambda: stage.said() == ["gone.pdf is not there or is not a file. Nothing was added."]
    )
    assert held(stage, customer) == []


def test_a_file_that_is_too_large_is_said_before_it_is_copied(stage, customer, card, outside):
    source = outside / "film.mp4"
    with source.open("wb") as stream:
        stream.truncate(2 * LARGEST)
    card.add_files([source])
    stage.until(lambda: stage.messages)
    assert "200 MB" in stage.said()[0]
    assert held(stage, customer) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_said(stage, customer, card, outside):
    source = outside / "secret.pdf"
    source.write_bytes(b"x")
    source.chmod(0)
    card.add_files([source])
    stage.until(lambda: stage.messages)
    assert "secret.pdf" in stage.said()[0]


def test_a_path_that_the_system_refuses_is_said(stage, customer, card, outside):
    card.add_files([outside / ("x" * 300)])
    stage.until(lambda: stage.messages)
    assert "cannot be read" in stage.said()[0]
    assert stage.failures == []


def test_files_are_chosen_in_the_systems_dialog(stage, card, outside, monkeypatch, qtbot):
    source = outside / "a.txt"
    source.write_text("a")
    monkeypatch.setattr(
        QFileDialog, "getOpenFileNames", lambda *_words: ([str(source)], "every file")
    )
    qtbot.mouseClick(card.add, LEFT)
    stage.until(lambda: len(card.lines()) == 1)


def test_leaving_the_systems_dialog_adds_nothing(stage, card, monkeypatch, qtbot):
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_words: ([], ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: ("", ""))
    qtbot.mouseClick(card.add, LEFT)
    stage.settle()
    assert stage.messages == []


def test_a_copy_goes_where_the_systems_dialog_says(stage, keep, card, outside, monkeypatch):
    key = keep("a.txt", b"kept")
    stage.until(lambda: card.line(key))
    target = outside / "b.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(target), ""))
    card.ask_copy(file_of(card, "a.txt"))
    stage.until(lambda: stage.messages)
    assert target.read_bytes() == b"kept"
    stage.until(lambda: stage.said() == [f"A copy is at {target}."])


def test_adding_can_be_stopped_and_nothing_half_is_kept(stage, customer, card, outside, tmp_path):
    source = outside / "big.bin"
    with source.open("wb") as stream:
        stream.truncate(LARGEST)
    card.add_files([source])
    (task,) = stage.tasks.running()
    assert str(task.title) == "Adding big.bin"
    task.cancel()
    stage.settle()
    assert held(stage, customer) == []
    assert not list((tmp_path / "attachments").glob("*.part"))


def test_a_name_in_markup_is_shown_as_it_is(keep, stage, customer):
    keep("<b>x</b>.txt".replace("/", "-"))
    card = show_card(stage, FilesCard, customer)
    assert card.lines()[0].findChild(Elided).text() == "<b>x<-b>.txt"


def test_opening_shows_a_copy_and_leaves_what_is_kept_alone(
    stage, customer, keep, card, opener, qtbot
):
    key = keep("合同.pdf", b"%PDF original")
    stage.until(lambda: card.line(key))
    line = card.line(key)
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    stage.until(lambda: opener.paths)
    (path,) = opener.paths
    assert path.name == "合同.pdf"
    assert path.read_bytes() == b"%PDF original"
    assert path != file_of(card, "合同.pdf").path
    assert not path.stat().st_mode & 0o222
    card.choose(key)
    stage.until(lambda: len(opener.paths) == 2)


def test_copies_that_were_opened_go_with_the_card(stage, customer, keep, opener):
    key = keep("a.txt")
    card = show_card(stage, FilesCard, customer)
    card.choose(key)
    stage.until(lambda: opener.paths)
    folder = card._opened._folder
    assert opener.paths[0].exists()
    assert folder.autoRemove()
    folder.remove()
    assert not opener.paths[0].exists()


def test_where_no_program_opens_it_that_is_said(stage, keep, card, monkeypatch):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    key = keep("a.xyz")
    stage.until(lambda: card.line(key))
    card.choose(key)
    stage.until(lambda: stage.messages)
    assert stage.said()[0].startswith("No program on this computer opens a.xyz")


def test_a_program_is_not_run(stage, keep, card, opener):
    key = keep("invoice.pdf.EXE")
    stage.until(lambda: card.line(key))
    card.choose(key)
    assert "is a program" in stage.said()[0]
    stage.settle()
    assert opener.paths == []


def test_a_file_whose_content_is_gone_is_said(stage, keep, card, opener):
    key = keep("a.txt")
    stage.until(lambda: card.line(key))
    file_of(card, "a.txt").path.unlink()
    card.choose(key)
    stage.until(lambda: stage.failures)
    assert "a.txt cannot be opened" in str(stage.failures[0])


@pytest.mark.parametrize(
    ("name", "form"), [("a.png", "PNG"), ("b.JPG", "JPEG"), ("c.bmp", "BMP"), ("d.webp", "WEBP")]
)
def test_a_picture_is_shown_here(stage, keep, card, outside, name, form):
    key = keep(name, picture(outside / "made", form=form))
    stage.until(lambda: card.line(key))
    card.choose(key)
    dialog = stage.dialog("file_preview")
    stage.until(dialog.is_shown)
    assert (dialog.picture.picture_size().width(), dialog.picture.picture_size().height()) == (
        40,
        30,
    )
    dialog.reject()
    stage.until(lambda: stage.no_dialog("file_preview"))


def test_a_large_picture_is_made_smaller_while_it_is_read(stage, keep, card, outside):
    key = keep("wide.jpg", picture(outside / "made", 3 * LARGEST_EDGE, 300, "JPEG"))
    stage.until(lambda: card.line(key))
    card.choose(key)
    dialog = stage.dialog("file_preview")
    stage.until(dialog.is_shown)
    assert dialog.picture.picture_size().width() == LARGEST_EDGE
    dialog.reject()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (huge_png(60_000), "too large"),
        (b"no picture", "no picture"),
        (b"", "no picture"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "no picture"),
        (huge_png(60_000)[:20], "no picture"),
    ],
)
def test_what_is_no_picture_or_one_too_large_is_said_in_the_preview(
    stage, keep, card, content, said
):
    key = keep("a.png", content)
    stage.until(lambda: card.line(key))
    card.choose(key)
    dialog = stage.dialog("file_preview")
    stage.until(lambda: said in dialog.fault._words.text())
    assert not dialog.is_shown()
    assert stage.failures == []
    dialog.reject()


def test_from_the_preview_it_is_opened_outside(stage, keep, card, outside, opener):
    key = keep("a.png", picture(outside / "made"))
    stage.until(lambda: card.line(key))
    card.choose(key)
    dialog = stage.dialog("file_preview")
    stage.until(dialog.is_shown)
    dialog.findChild(type(dialog.leave_button), "open").click()
    stage.until(lambda: opener.paths)
    dialog.reject()


def test_a_file_is_renamed_and_keeps_its_ending(stage, customer, keep, card, qtbot):
    key = keep("scan0001.pdf")
    stage.until(lambda: card.line(key))
    card.fill_menu(key)
    entry(card, "Rename").trigger()
    editor = card.editor
    assert editor.name.selectedText() == "scan0001"
    editor.name.setText("合同 2026")
    qtbot.keyClick(editor.name, Qt.Key.Key_Return)
    stage.until(lambda: card.editor is None)
    assert held(stage, customer)[0].name == "合同 2026.pdf"
    stage.undo_last()
    assert held(stage, customer)[0].name == "scan0001.pdf"


@pytest.mark.parametrize("typed", ["", "a/b", "a\\b"])
def test_a_name_that_cannot_be_is_refused_at_its_field(stage, customer, keep, card, qtbot, typed):
    key = keep("a.pdf")
    stage.until(lambda: card.line(key))
    card.rename(file_of(card, "a.pdf"))
    card.editor.name.setText(typed)
    qtbot.keyClick(card.editor.name, Qt.Key.Key_Return)
    assert card.editor._field.wrong()
    assert held(stage, customer)[0].name == "a.pdf"


def test_a_deleted_file_comes_back_with_undo(stage, customer, keep, card, qtbot):
    key = keep("a.pdf", b"precious")
    stage.until(lambda: card.line(key))
    card.line(key).setFocus()
    qtbot.keyClick(card.line(key), Qt.Key.Key_Delete)
    stage.until(lambda: not card.lines())
    stage.until(lambda: stage.said() == ["a.pdf was deleted."])
    stage.undo_last()
    stage.until(lambda: card.lines())
    assert file_of(card, "a.pdf").path.read_bytes() == b"precious"


def test_a_copy_is_saved_whole_over_what_is_there(stage, keep, card, outside):
    key = keep("a.pdf", b"new")
    stage.until(lambda: card.line(key))
    target = outside / "other name.pdf"
    target.write_bytes(b"something longer that was there")
    card.save_copy(file_of(card, "a.pdf"), target)
    stage.until(lambda: stage.messages)
    assert target.read_bytes() == b"new"
    assert sorted(one.name for one in outside.iterdir()) == ["a.pdf", "other name.pdf"]


def test_a_copy_that_cannot_be_written_is_said(stage, keep, card, outside):
    key = keep("a.pdf")
    stage.until(lambda: card.line(key))
    card.save_copy(file_of(card, "a.pdf"), outside / "no folder" / "a.pdf")
    stage.until(lambda: stage.failures)
    assert "a.pdf could not be written" in str(stage.failures[0])


def test_the_menu_offers_a_preview_for_pictures_alone(stage, keep, card):
    text, image = keep("a.txt"), keep("b.png")
    stage.until(lambda: len(card.lines()) == 2)
    offered = {}
    for key in (text, image):
        card._open_menu(key, card.mapToGlobal(QPoint(0, 0)))
        offered[key] = [one.text() for one in card.menu.actions() if one.text()]
        card.menu.hide()
    assert offered[text] == ["Open", "Save a copy as…", "Rename", "Delete"]
    assert offered[image] == ["Preview", *offered[text]]


def test_without_files_one_sentence_says_where_they_go(card):
    assert card._empty.isVisible()
