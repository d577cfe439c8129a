"""The files of a customer."""

from collections.abc import Hashable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFileDialog
from typing_extensions import override

from app.errors import UserError
from app.i18n import Message, tr
from app.services.attachments import FileRow
from app.services.customer_page import CustomerPage
from app.ui.context import Context
from app.ui.customer import file_copies
from app.ui.customer.editor import Editor
from app.ui.customer.file_adding import Added, add_files
from app.ui.customer.file_preview import PreviewDialog
from app.ui.customer.file_rename import RenameEditor
from app.ui.customer.file_words import glyph_of, is_picture, is_program, short_day, size_words
from app.ui.customer.line import ActiveLine
from app.ui.customer.line_card import LineCard, Part
from app.ui.theme import RADIUS_CARD, tokens
from app.ui.when import exact_moment
from app.ui.widgets.avatar import IconView
from app.ui.widgets.layout import row
from app.ui.widgets.text import Elided, muted


class FilesCard(LineCard):
    """The newest first; files can be dropped on it."""

    gap = 8
    add_words = Message("Add a file")

    def __init__(self, context: Context) -> None:
        self._over = False
        super().__init__(
            context,
            "files",
            tr("Files"),
            tr("Contracts, drawings, photos: drop them here."),
        )
        self._opened = file_copies.OpenedCopies()
        self.setAcceptDrops(True)

    # ---- what is shown

    @override
    def parts(self, page: CustomerPage) -> Sequence[Part]:
        self.show_count(len(page.files))
        today = self.context.services.clock.today()
        return [Part(one.id, (one, today), partial(self._line, one)) for one in page.files]

    def _line(self, file: FileRow) -> ActiveLine:
        day = short_day(file.at.astimezone().date(), self.context.services.clock.today())
        line = ActiveLine(file.id, file.name)
        about = " · ".join(filter(None, (size_words(file.size), file.staff, exact_moment(file.at))))
        line.setAccessibleDescription(about)
        line.setToolTip(f"{file.name}\n{about}")
        name = Elided(file.name)
        name.setProperty("typed", True)  # noqa: FBT003 - Qt's property
        when = muted(day)
        line.arrange(row(IconView(glyph_of(file.name)), (name, 1), when, gap=8))
        line.yield_place(when)
        return line

    # ---- adding

    @override
    def start(self) -> None:
        """Ask for files."""
        if self.page is None:
            return
        found, _ = QFileDialog.getOpenFileNames(self, tr("Add files"), str(Path.home()))
        self.add_files([Path(one) for one in found])

    def add_files(self, sources: Sequence[Path]) -> None:
        """Keep copies of these, one after the other; it can be stopped between and within them."""
        if self.page is None or not sources:
            return
        name = sources[0].name
        title = (
            Message("Adding {name}", params={"name": name})
            if len(sources) == 1
            else Message("Adding {count} files", params={"count": len(sources)})
        )
        work = partial(
            add_files, self.context.services, self.context.actor, self.page.record.id, sources
        )
        self.context.tasks.run_long(self, work, self._added, title=title, lane="write")

    def _added(self, outcome: Added) -> None:
        words, kind = outcome.words()
        self.context.show_message(words, outcome.change_set_id, kind)

    # ---- what is done

    def _file(self, key: Hashable) -> FileRow | None:
        files = self.page.files if self.page else ()
        return next((one for one in files if one.id == key), None)

    @override
    def choose(self, key: Hashable) -> None:
        file = self._file(key)
        if file is None:
            return
        if is_picture(file.name):
            self.preview(file)
        else:
            self.open_file(file)

    @override
    def fill_menu(self, key: Hashable) -> None:
        file = self._file(key)
        if file is None:
            return
        put = self.menu.put
        if is_picture(file.name):
            put(tr("Preview"), partial(self.preview, file), glyph="eye")
        put(tr("Open"), partial(self.open_file, file), glyph="external-link")
        put(tr("Save a copy as…"), partial(self.ask_copy, file), glyph="download")
        put(tr("Rename"), partial(self.rename, file), glyph="pencil")
        self.menu.addSeparator()
        put(tr("Delete"), partial(self.delete, key), glyph="trash-2", key="Del")

    def preview(self, file: FileRow) -> None:
        """Show a picture."""
        dialog = PreviewDialog(self, self.context, file.name, file.path)
        dialog.open_asked.connect(partial(self.open_file, file))
        dialog.save_asked.connect(partial(self.ask_copy, file))
        dialog.open()

    def open_file(self, file: FileRow) -> None:
        """Open a copy with the program of this computer."""
        if is_program(file.name):
            words = Message(
                "{name} is a program and is not run from here. Save a copy if you trust it.",
                params={"name": file.name},
            )
            self.context.show_message(words, None, "warn")
            return
        try:
            folder = self._opened.next_folder()
        except UserError as error:
            self.context.tasks.failed.emit(error)
            return
        files, actor = self.context.services.attachments, self.context.actor
        work = partial(file_copies.copy_to_read, files, actor, file.id, folder)
        title = Message("Opening {name}", params={"name": file.name})
        self.context.tasks.run(self, work, self._copied, title=title)

    def _copied(self, path: Path) -> None:
        if file_copies.show_outside(path):
            return
        words = Message(
            "No program on this computer opens {name}. Save a copy of it instead.",
            params={"name": path.name},
        )
        self.context.show_message(words, None, "warn")

    def ask_copy(self, file: FileRow) -> None:
        """Ask where to keep a copy."""
        found, _ = QFileDialog.getSaveFileName(
            self, tr("Save a copy as"), str(Path.home() / file.name)
        )
        if found:
            self.save_copy(file, Path(found))

    def save_copy(self, file: FileRow, target: Path) -> None:
        """Put a copy there."""
        files, actor = self.context.services.attachments, self.context.actor
        work = partial(file_copies.save_copy, files, actor, file.id, target)
        title = Message("Writing {file}", params={"file": target.name})
        self.context.tasks.run(self, work, partial(self._saved_copy, target), title=title)

    def _saved_copy(self, target: Path, _nothing: object = None) -> None:
        words = Message("A copy is at {file}.", params={"file": str(target)})
        self.context.show_message(words)

    def rename(self, file: FileRow) -> None:
        """Begin to give it another name."""
        self.edit(RenameEditor(file))

    @override
    def save_editor(self, editor: Editor) -> None:
        if not isinstance(editor, RenameEditor):
            return
        if not editor.is_changed():
            self.close_editor(editor)
        elif not editor.find_wrong():
            editor.wait(saving=True)
            files, actor = self.context.services.attachments, self.context.actor
            name = editor.typed()
            self.write(
                partial(files.rename, actor, editor.file_id, name),
                Message("The file is now called {name}.", params={"name": name}),
                partial(self._renamed, editor),
                partial(self._refused, editor),
            )

    def _renamed(self, editor: RenameEditor) -> None:
        if self.is_open(editor):
            editor.wait(saving=False)
            self.finish(editor)

    def _refused(self, editor: RenameEditor, error: BaseException) -> None:
        if self.is_open(editor) and isinstance(error, UserError):
            editor.wait(saving=False)
            editor.say(str(error))
        else:
            self.context.tasks.failed.emit(error)

    @override
    def delete(self, key: Hashable) -> None:
        file = self._file(key)
        if file is not None:
            files, actor = self.context.services.attachments, self.context.actor
            words = Message("{name} was deleted.", params={"name": file.name})
            self.write(partial(files.delete, actor, file.id), words)

    # ---- dropping

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.page is not None and paths_of(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._show_over(over=True)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_over(over=False)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._show_over(over=False)
        found = paths_of(event.mimeData())
        if found:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.add_files(found)

    def _show_over(self, *, over: bool) -> None:
        self._over = over
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._over:
            return
        painter, tok = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tok.colour("focus"), 2, Qt.PenStyle.DashLine))
        painter.setBrush(tok.colour("accent_soft"))
        body = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(body, tok.px(RADIUS_CARD), tok.px(RADIUS_CARD))


def paths_of(held: QMimeData) -> list[Path]:
    """The local files that are dragged; folders too, of which it is said that they cannot be."""
    return [Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()]
