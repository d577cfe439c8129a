"""Files kept by content: written and synced before the commit that names them."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from app.config import Workspace
from app.errors import Unavailable
from app.i18n import Message


def keep(workspace: Workspace, source: Path) -> str:
    """Copy a file into the workspace; returns its SHA-256, which is its name there."""
    try:
        digest = _digest(source)
        target = path_of(workspace, digest)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            partial = target.with_suffix(".part")
            with source.open("rb") as reader, partial.open("wb") as writer:
                while block := reader.read(1 << 20):
                    writer.write(block)
                writer.flush()
                os.fsync(writer.fileno())
            partial.replace(target)
    except OSError as error:
        raise Unavailable(
            Message(
                "The file {name} could not be kept: {reason}. Nothing was changed.",
                params={"name": source.name, "reason": error.strerror or str(error)},
            )
        ) from error
    return digest


def path_of(workspace: Workspace, digest: str) -> Path:
    """Where the file with this SHA-256 is kept."""
    return workspace.attachments / digest[:2] / digest


def faulty(workspace: Workspace) -> Iterator[Path]:
    """Kept files whose content is not what their name says."""
    if workspace.attachments.is_dir():
        for file in sorted(workspace.attachments.glob("??/*")):
            if file.suffix != ".part" and _digest(file) != file.name:
                yield file


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
