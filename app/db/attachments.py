"""Files kept by content: written and synced before the commit that names them."""

import hashlib
import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

from app.config import Workspace
from app.errors import Unavailable
from app.i18n import Message


def keep(
    workspace: Workspace, source: Path, progress: Callable[[int, int], None] | None = None
) -> str:
    """Copy a file into the workspace; returns its SHA-256, which is its name there.

    `progress(bytes, of_bytes)` may raise to stop; nothing is then kept.
    """
    partial = workspace.attachments / f"{uuid.uuid4().hex}.part"
    try:
        digest = _copy(source, partial, progress)
        target = path_of(workspace, digest)
        if target.exists():
            partial.unlink()
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            partial.replace(target)
    except OSError as error:
        raise Unavailable(
            Message(
                "The file {name} could not be kept: {reason}. Nothing was changed.",
                params={"name": source.name, "reason": error.strerror or str(error)},
            )
        ) from error
    finally:
        partial.unlink(missing_ok=True)
    return digest


def _copy(source: Path, target: Path, progress: Callable[[int, int], None] | None) -> str:
    """Copy and sync; returns the digest of what was copied, whatever becomes of the source."""
    target.parent.mkdir(parents=True, exist_ok=True)
    total, found = source.stat().st_size, hashlib.sha256()
    with source.open("rb") as reader, target.open("wb") as writer:
        while block := reader.read(1 << 20):
            writer.write(block)
            found.update(block)
            if progress is not None:
                progress(writer.tell(), total)
        writer.flush()
        os.fsync(writer.fileno())
    return found.hexdigest()


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
