"""Files that are empty, missing, foreign or half written: said, never taken for a new workspace."""

import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite

from app.config import Settings, Workspace, save
from app.db import backup, in_use, restoring
from app.db.check import check
from app.db.workspace import close_workspace, open_workspace
from app.errors import Damaged, NotFound, Unavailable, UserError
from app.services.workspaces import WorkspaceService
from tests import databases, factories

CLOCK = databases.CLOCK


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace in use until a moment ago, with one customer and one backup."""
    made = Workspace(tmp_path / "熟客 workspace")
    opened = WorkspaceService(CLOCK).create(made)
    factories.customer(opened.services.database, factories.director(opened.services.database))
    opened.services.backups.make()
    opened.close()
    return made


def customers(workspace: Workspace) -> int:
    database = open_workspace(workspace, CLOCK).database
    try:
        assert check(workspace, database) == []
        with database.engine.connect() as connection:
            return connection.exec_driver_sql("SELECT count(*) FROM customer").scalar()
    finally:
        close_workspace(workspace, database)


def empty(workspace: Workspace) -> None:
    workspace.database.write_bytes(b"")


def remove(workspace: Workspace) -> None:
    workspace.database.unlink()


@pytest.mark.parametrize("lose", [empty, remove])
def test_a_database_that_lost_its_content_is_not_taken_for_a_new_one(workspace, lose):
    lose(workspace)
    left = sorted(workspace.folder.glob("shuke.db*"))
    with pytest.raises(Damaged) as caught:
        open_workspace(workspace, CLOCK)
    [good] = backup.backups(workspace)
    assert caught.value.backup == good.folder
    assert sorted(workspace.folder.glob("shuke.db*")) == left
    restoring.restore(workspace, good.folder, CLOCK.now())
    assert customers(workspace) == 1


def test_a_workspace_whose_making_was_cut_off_is_made_at_the_next_start(tmp_path):
    workspace = Workspace(tmp_path)
    workspace.database.write_bytes(b"")
    assert customers(workspace) == 0


def test_a_database_of_another_program_is_left_alone(workspace):
    workspace.database.unlink()
    connection = sqlite.connect(str(workspace.database))
    connection.execute("CREATE TABLE customer (name)")
    connection.commit()
    connection.close()
    with pytest.raises(Unavailable, match="another program"):
        open_workspace(workspace, CLOCK)
    connection = sqlite.connect(str(workspace.database))
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("customer",)]
    connection.close()


@pytest.mark.parametrize(
    "address",
    ["garbage", "nosuch://a@b/c", "mysql://a@b/c", "postgresql+psycopg://a@localhost:port/c"],
)
def test_an_address_that_means_nothing_gets_a_sentence(workspace, address):
    save(Settings(database_url=address), workspace.settings)
    with pytest.raises(Unavailable, match="address"):
        open_workspace(workspace, CLOCK)
    if address.startswith("postgresql"):
        with pytest.raises(Unavailable):
            WorkspaceService(CLOCK).try_server(address)


def test_a_name_that_no_folder_can_have_gets_a_sentence(tmp_path):
    workspace = Workspace(tmp_path / ("a" * 300))
    assert not workspace.exists()
    for create in (False, True):
        with pytest.raises(UserError):
            open_workspace(workspace, CLOCK, create=create)


def test_a_mark_that_cannot_be_left_gets_a_sentence(workspace):
    shutil.rmtree(workspace.folder / in_use.FOLDER)
    (workspace.folder / in_use.FOLDER).write_text("in the way")
    with pytest.raises(Unavailable, match="cannot be opened"):
        open_workspace(workspace, CLOCK)


# --- restoring ---------------------------------------------------------------


HOLDER = """
import sys
from pathlib import Path
from app.clock import Clock
from app.config import Workspace
from app.db.workspace import open_workspace
opened = open_workspace(Workspace(Path(sys.argv[1])), Clock())
connection = opened.database.engine.connect()
connection.exec_driver_sql("SELECT 1 FROM customer").all()
print("open", flush=True)
sys.stdin.read()
"""


def test_nothing_is_restored_while_another_program_has_the_workspace_open(workspace):
    [good] = backup.backups(workspace)
    project = Path(__file__).parents[2]
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(workspace.folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=project,
    )  # fmt: skip
    assert holder.stdout.readline() == "open\n"
    # the file decides, not a mark that might be missing or bear the number of another program
    shutil.rmtree(workspace.folder / in_use.FOLDER)
    with pytest.raises(Unavailable, match="another window"):
        restoring.restore(workspace, good.folder, CLOCK.now())
    holder.communicate("")
    (workspace.folder / in_use.FOLDER).mkdir()
    (workspace.folder / in_use.FOLDER / str(os.getppid())).touch()
    restoring.restore(workspace, good.folder, CLOCK.now())
    assert customers(workspace) == 1


def test_restoring_twice_in_a_second_keeps_both_files_that_were_there(workspace):
    [good] = backup.backups(workspace)
    first = restoring.restore(workspace, good.folder, CLOCK.now())
    second = restoring.restore(workspace, good.folder, CLOCK.now())
    assert first != second
    assert all((one / "shuke.db").is_file() for one in (first, second))


def test_a_restore_cut_off_between_two_files_is_finished_by_the_next_start(workspace):
    [good] = backup.backups(workspace)
    shutil.copyfile(good.database, workspace.folder / "shuke.db.restoring")
    workspace.database.rename(workspace.folder / "aside.db")
    Path(f"{workspace.database}-wal").write_bytes(b"of the database that was here before")
    assert customers(workspace) == 1
    assert not (workspace.folder / "shuke.db.restoring").exists()


def test_a_restore_cut_off_while_copying_changes_nothing(workspace):
    (workspace.folder / "shuke.db.part").write_bytes(b"half")
    assert customers(workspace) == 1
    workspace.database.unlink()
    shutil.rmtree(workspace.backups)
    with pytest.raises(NotFound):
        open_workspace(workspace, CLOCK)


# --- backups -----------------------------------------------------------------


def test_what_a_killed_backup_left_is_swept_away_after_a_day(workspace):
    old, new = (
        workspace.backups / f"{(CLOCK.now() - ago).strftime(backup.STAMP)}-123.part"
        for ago in (timedelta(days=2), timedelta(minutes=2))
    )
    for folder in (old, new):
        folder.mkdir()
        (folder / "shuke.db").write_bytes(b"half")
    backup.make(workspace, CLOCK.now())
    assert not old.exists()
    assert new.exists()
    assert len(backup.backups(workspace)) == 2


def test_two_backups_in_one_second_are_two_backups(workspace):
    made = [backup.make(workspace, CLOCK.now()) for _ in range(2)]
    assert len({one.folder for one in made}) == 2
    assert all(backup.quick_check(one.database) is None for one in made)


def test_a_backup_from_the_future_does_not_keep_others_from_being_made(workspace):
    backup.make(workspace, CLOCK.now() + timedelta(days=3000))
    shutil.rmtree(backup.backups(workspace)[-1].folder)
    assert backup.due(workspace, CLOCK.now())


def test_a_copy_that_fails_leaves_no_file_that_looks_like_a_backup(workspace, tmp_path):
    with pytest.raises(Unavailable):
        backup.copy_database(workspace.database, tmp_path / "no" / "copy.db")
    with workspace.database.open("rb+") as stream:
        stream.seek(4096 * 8)
        stream.write(os.urandom(4096 * 20))
    with pytest.raises(Damaged):
        backup.copy_database(workspace.database, tmp_path / "copy.db")
    assert not list(tmp_path.glob("copy.db*"))


WRITER = """
import sys
import sqlcipher3.dbapi2 as sqlite
connection = sqlite.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode = WAL")
print("writing", flush=True)
while True:
    connection.execute("INSERT INTO alembic_version VALUES (hex(randomblob(8)))")
"""


def test_a_backup_ends_while_another_program_writes_without_pause(workspace, tmp_path):
    connection = sqlite.connect(str(workspace.database))
    connection.execute("CREATE TABLE ballast AS SELECT zeroblob(40000000) AS weight")
    connection.commit()
    connection.close()
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(workspace.database)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout.readline() == "writing\n"
    steps = []
    try:
        backup.copy_database(
            workspace.database, tmp_path / "copy.db", lambda *step: steps.append(step)
        )
    finally:
        writer.kill()
        writer.communicate()
    # the whole file once: were it begun anew after every write, it would take many more
    assert len(steps) <= 2 + steps[-1][1] // backup.PAGES_A_STEP
