"""The large workspace: made once for its size, seed and shape, and kept."""

import ctypes
import hashlib
import mmap
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from app import i18n
from app.clock import Clock
from app.config import Settings, Workspace, save
from app.db.workspace import close_workspace, open_workspace
from app.domain.vocabulary import SYSTEM
from app.services.backups import BackupService
from app.services.sample import SampleService

ROOT = Path(__file__).resolve().parent.parent.parent
SEED = 7
# What the workspace's file depends on: its tables, what is drawn, what is searched.
SHAPE = (
    "app/migrations/versions/*.py",
    "app/domain/sample*.py",
    "app/domain/search_text.py",
    "app/domain/spelling.py",
    "app/domain/pinyin*.py",
    "app/services/sample_tables.py",
)


def folder(keep: Path | None) -> Path:
    return keep or ROOT / "build" / "benchmarks"


def workspace(customers: int, keep: Path | None) -> Workspace:
    """The large workspace, generated if there is none of this shape yet."""
    made = Workspace(folder(keep) / f"{customers}-{SEED}-{_shape()}")
    if not (made.folder / "whole").exists():
        shutil.rmtree(made.folder, ignore_errors=True)
        made.folder.mkdir(parents=True)
        _generate(made, customers)
        (made.folder / "whole").touch()
    return made


def made_at(made: Workspace) -> datetime:
    """When it was made: its reminders are due from then on."""
    return datetime.fromtimestamp((made.folder / "whole").stat().st_mtime, UTC)


def copy(original: Workspace, keep: Path | None) -> Workspace:
    """Another one to write to."""
    target = Workspace(folder(keep) / f"scratch-{os.getpid()}")
    shutil.rmtree(target.folder, ignore_errors=True)
    target.folder.mkdir(parents=True)
    shutil.copyfile(original.database, target.database)
    shutil.copyfile(original.settings, target.settings)
    return target


@contextmanager
def held(made: Workspace) -> Iterator[None]:
    """Keep the file in memory, so that the figures are those of the program and not of the disk.

    A machine does that by itself with a file in use; one that is short of memory, or thrifty with
    it, takes it away again between two measurements.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    with made.database.open("r+b") as stream, mmap.mmap(stream.fileno(), 0) as pages:
        first = ctypes.c_char.from_buffer(pages)
        try:
            libc.mlock(ctypes.byref(first), ctypes.c_size_t(len(pages)))
            yield
        finally:
            del first


def _generate(made: Workspace, customers: int) -> None:
    i18n.use("zh_CN")
    save(Settings(language="zh_CN", theme="light"), made.settings)
    database = open_workspace(made, Clock(), create=True).database

    def tell(done: int, total: int) -> None:
        sys.stderr.write(f"\rmaking the workspace: {done:,} of {total:,} customers")

    SampleService(database).generate(SYSTEM, customers, SEED, tell)
    sys.stderr.write("\n")
    # or the window would begin with making today's backup while it is measured
    BackupService(made, database, Clock()).make()
    close_workspace(made, database)


def _shape() -> str:
    digest = hashlib.sha256()
    for pattern in SHAPE:
        for file in sorted(ROOT.glob(pattern)):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
