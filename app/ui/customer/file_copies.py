"""Copies of kept files: to look at with another program, or to keep elsewhere."""

import tempfile
from pathlib import Path

from PySide6.QtCore import QTemporaryDir, QUrl
from PySide6.QtGui import QDesktopServices

from app.domain.vocabulary import Actor
from app.errors import Unavailable
from app.i18n import Message
from app.services.attachments import AttachmentService


class OpenedCopies:
    """Copies that are open in other programs; they go when the window does."""

    def __init__(self) -> None:
        self._folder: QTemporaryDir | None = None
        self._count = 0

    def next_folder(self) -> Path:
        """A folder for one copy. Raises Unavailable where nothing can be written."""
        if self._folder is None:
            self._folder = QTemporaryDir(f"{tempfile.gettempdir()}/shuke-XXXXXX")
        if not self._folder.isValid():
            reason, self._folder = self._folder.errorString(), None
            raise Unavailable(
                Message("The file cannot be opened: {reason}.", params={"reason": reason})
            )
        self._count += 1
        return Path(self._folder.path()) / str(self._count)


def copy_to_read(files: AttachmentService, actor: Actor, file_id: int, folder: Path) -> Path:
    """A copy that cannot be written: what is changed in it would not come back here.

    Called on a worker. Raises NotFound, Unavailable.
    """
    made = files.copy_to(actor, file_id, folder)
    made.chmod(0o400)
    return made


def show_outside(path: Path) -> bool:
    """Open with the program of this computer; False where there is none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def save_copy(files: AttachmentService, actor: Actor, file_id: int, target: Path) -> None:
    """Put a copy at `target`, whole or not at all; what is there is replaced.

    Called on a worker. Raises NotFound, Unavailable.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=".shuke-", dir=target.parent) as folder:
            files.copy_to(actor, file_id, Path(folder)).replace(target)
    except OSError as error:
        raise Unavailable(
            Message(
                "{name} could not be written: {reason}. Choose another folder.",
                params={"name": target.name, "reason": error.strerror or str(error)},
            )
        ) from error
