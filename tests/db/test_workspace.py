"""Workspaces that are read-only, full, locked, newer, damaged, killed: a sentence, nothing lost."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import select

from app.clock import Clock
from app.config import Settings, Workspace, save
from app.db import backup, in_use, migrate, restoring, search_index
from app.db import workspace as workspaces
from app.db.check import check
from app.db.engine import make_engine
from app.db.workspace import close_workspace, open_workspace
from app.domain.lists import ListQuery
from app.errors import Damaged, NotFound, Refused, Unavailable
from app.i18n import Message
from app.migrations import HEAD, REVISIONS
from app.models import Customer
from app.services.backups import BackupService
from app.services.customers import CustomerService
from tests import databases, factories

CLOCK = databases.CLOCK
root_only = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="mounting a small disk takes root on Linux"
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "熟客 workspace")


@contextmanager
def opened(workspace: Workspace, *, create: bool = False):
    database = open_workspace(workspace, CLOCK, create=create).database
    try:
        yield database
    finally:
        close_workspace(workspace, database)


@contextmanager
def disk(folder: Path, options: str):
    """A small disk of its own at `folder`."""
    folder.mkdir(parents=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("this system does not let us mount a small disk")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def names(database, actor) -> list[str]:
    service = CustomerService(database)
    return [row.name for row in service.rows(actor, service.ids(actor, ListQuery()))]


def test_a_new_workspace_opens_again_with_everything_in_it(workspace):
    with opened(workspace, create=True) as database:
        actor = factories.director(database)
        factories.customer(database, actor, "张三")
    with opened(workspace) as database:
        assert names(database, factories.director(database)) == ["张三"]
        assert check(workspace, database) == []


def test_a_workspace_that_is_not_there_is_not_made_by_opening_it(workspace):
    with pytest.raises(NotFound):
        open_workspace(workspace, CLOCK)
    assert not workspace.folder.exists()


def test_an_unclean_end_is_noticed_once(workspace):
    with opened(workspace, create=True):
        pass
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (workspace.folder / in_use.FOLDER / str(gone.pid)).touch()
    again = open_workspace(workspace, CLOCK)
    assert again.unclean
    close_workspace(workspace, again.database)
    third = open_workspace(workspace, CLOCK)
    assert not third.unclean
    close_workspace(workspace, third.database)


def test_a_workspace_of_a_newer_version_is_left_alone(workspace):
    with opened(workspace, create=True):
        pass
    connection = sqlite.connect(str(workspace.database))
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    before = workspace.database.read_bytes()
    with pytest.raises(Unavailable, match="newer version"):
        open_workspace(workspace, CLOCK)
    assert workspace.database.read_bytes() == before


def test_a_migration_that_fails_leaves_the_workspace_as_it_was(workspace, tmp_path):
    with opened(workspace, create=True) as database:
        factories.customer(database, factories.director(database), "张三")
    scripts = tmp_path / "migrations"
    shutil.copytree(Path(migrate.__file__).parent.parent / "migrations", scripts)
    (scripts / "versions" / "9999_broken.py").write_text(
        "from alembic import op\n"
        f"revision, down_revision = '9999', '{HEAD}'\n"
        "def upgrade():\n"
        "    op.execute('ALTER TABLE customer ADD COLUMN colour TEXT')\n"
        "    op.execute('UPDATE customer SET name = NULL')\n"
    )
    engine = make_engine(f"sqlite:///{workspace.database}")
    copy = []

    def copy_first() -> Path:
        copy.append(backup.make(workspace, CLOCK.now()).folder)
        return copy[0]

    with pytest.raises(Unavailable, match="left as it was") as caught:
        migrate.prepare(engine, copy_first, scripts=str(scripts), revisions=(*REVISIONS, "9999"))
    assert str(copy[0]) in str(caught.value)
    assert migrate.revision(engine) == HEAD
    engine.dispose()
    with opened(workspace) as database:
        assert names(database, factories.director(database)) == ["张三"]
        assert check(workspace, database) == []


def test_a_workspace_of_the_first_version_is_brought_up_to_this_one(workspace, tmp_path):
    first = tmp_path / "migrations"
    shutil.copytree(Path(migrate.__file__).parent.parent / "migrations", first)
    for later in first.glob("versions/*.py"):
        if not later.name.startswith(("0001", "__init__")):
            later.unlink()
    workspace.folder.mkdir()
    save(Settings(), workspace.settings)
    engine = make_engine(f"sqlite:///{workspace.database}")
    migrate.prepare(engine, lambda: None, scripts=str(first), revisions=("0001",))
    engine.dispose()
    connection = sqlite.connect(str(workspace.database))
    connection.execute(
        "INSERT INTO customer (kind, name, sort_key, other_names, stage, source, region, address,"
        " notes, created_at, sample) VALUES"
        " ('person', '张三', 'zhangsan', '', 'keeping', '', '', '', 'VIP', '2026-01-01', 0)"
    )
    connection.execute("INSERT INTO search_state VALUES (1, 77)")
    connection.commit()
    connection.close()
    with opened(workspace) as database:
        assert migrate.revision(database.engine) == HEAD
        director = factories.director(database)
        assert names(database, director) == ["张三"]
        with database.read(director) as session:
            digest = session.scalar(select(search_index.STATE.c.digest))
            assert digest == search_index.entry(search_index.gather(session, [1])[1]).digest()
    assert len(backup.backups(workspace)) == 1


def test_a_cloud_folder_is_refused(tmp_path):
    with pytest.raises(Unavailable, match="cloud"):
        open_workspace(Workspace(tmp_path / "OneDrive" / "Shuke"), CLOCK, create=True)


@root_only
def test_a_read_only_workspace_says_so_and_stays_as_it_is(tmp_path):
    workspace = Workspace(tmp_path / "disk" / "work")
    with disk(tmp_path / "disk", "size=20m"):
        with opened(workspace, create=True) as database:
            factories.customer(database, factories.director(database), "张三")
        before = workspace.database.read_bytes()
        remount = ["mount", "-o", "remount,ro", str(tmp_path / "disk")]
        subprocess.run(remount, check=True)
        with pytest.raises(Unavailable, match="read-only"):
            open_workspace(workspace, CLOCK)
        assert workspace.database.read_bytes() == before


def fill(path: Path) -> None:
    with path.open("wb", buffering=0) as stream:
        for _ in range(10_000):
            stream.write(b"x" * 65536)
    raise OSError("this disk has too much space for the test")


@root_only
def test_a_full_disk_refuses_the_write_and_keeps_all_earlier_work(tmp_path):
    workspace = Workspace(tmp_path / "disk" / "work")
    with disk(tmp_path / "disk", "size=8m"), opened(workspace, create=True) as database:
        actor = factories.director(database)
        factories.customer(database, actor, "张三")
        filler = tmp_path / "disk" / "filler"
        with pytest.raises(OSError, match="No space"):
            fill(filler)
        with pytest.raises(Unavailable, match="disk is full"):
            factories.customer(database, actor, "李四", notes="很长" * 100_000)
        assert names(database, actor) == ["张三"]
        filler.unlink()
        factories.customer(database, actor, "李四")
        assert names(database, actor) == ["李四", "张三"]
        assert check(workspace, database) == []


@root_only
def test_a_backup_to_a_full_disk_says_so_and_leaves_no_half_copy(tmp_path):
    workspace = Workspace(tmp_path / "work")
    with opened(workspace, create=True) as database:
        factories.customer(database, factories.director(database), "张三")
        with disk(workspace.backups, "size=64k"):
            with pytest.raises(Unavailable):
                BackupService(workspace, database, CLOCK).make()
            assert backup.backups(workspace) == []
            assert list(workspace.backups.iterdir()) == []


def test_a_workspace_held_by_another_program_says_so(workspace, monkeypatch):
    monkeypatch.setattr("app.db.engine.BUSY_MS", 50)
    with opened(workspace, create=True) as database:
        actor = factories.director(database)
        holder = sqlite.connect(str(workspace.database), isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable, match="Another program"):
            factories.customer(database, actor, "张三")
        holder.execute("ROLLBACK")
        holder.close()
        factories.customer(database, actor, "张三")
        assert names(database, actor) == ["张三"]


def test_two_programs_write_to_one_workspace_side_by_side(workspace):
    with opened(workspace, create=True) as first, opened(workspace) as second:
        actor = factories.director(first)

        def work(database, name):
            for number in range(10):
                factories.customer(database, actor, f"{name}{number}")

        threads = [
            threading.Thread(target=work, args=(database, name))
            for database, name in ((first, "甲"), (second, "乙"))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(names(first, actor)) == 20
        assert check(workspace, first) == []


def damage(path: Path) -> None:
    """Overwrite the middle of the file, as a failing drive does."""
    size = path.stat().st_size
    with path.open("rb+") as stream:
        stream.seek(size // 4)
        stream.write(os.urandom(size // 2))


def test_a_damaged_file_is_noticed_and_restored_from_the_newest_good_backup(workspace):
    with opened(workspace, create=True) as database:
        actor = factories.director(database)
        for number in range(200):
            factories.customer(database, actor, f"客户{number}", notes="备注" * 200)
        good = backup.make(workspace, CLOCK.now() - timedelta(days=1))
        newer = backup.make(workspace, CLOCK.now())
    damage(newer.database)
    damage(workspace.database)
    assert backup.quick_check(workspace.database) is not None
    error = workspaces.with_backup(workspace, Damaged(Message("The database file is damaged.")))
    assert error.backup == good.folder
    aside = restoring.restore(workspace, error.backup, CLOCK.now())
    assert (aside / "shuke.db").is_file()
    with opened(workspace) as database:
        assert len(names(database, factories.director(database))) == 200
        assert check(workspace, database) == []


def test_a_file_that_is_no_database_says_that_it_is_damaged(workspace):
    with opened(workspace, create=True):
        pass
    workspace.database.write_bytes(b"not a database at all" * 1000)
    for suffix in ("-wal", "-shm"):
        Path(f"{workspace.database}{suffix}").unlink(missing_ok=True)
    with pytest.raises(Damaged):
        open_workspace(workspace, CLOCK)


def test_restoring_something_else_changes_nothing(workspace, tmp_path):
    with opened(workspace, create=True) as database:
        factories.customer(database, factories.director(database), "张三")
    other = tmp_path / "other.db"
    connection = sqlite.connect(str(other))
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    text = tmp_path / "text.db"
    text.write_text("hello")
    before = workspace.database.read_bytes()
    for source, kind in ((other, Damaged), (text, Damaged), (tmp_path / "gone", NotFound)):
        with pytest.raises(kind):
            restoring.restore(workspace, source, CLOCK.now())
    assert workspace.database.read_bytes() == before


def test_backups_rotate_by_day_week_and_month(workspace):
    with opened(workspace, create=True):
        pass
    for days in range(0, 500, 1):
        at = CLOCK.now() - timedelta(days=days)
        folder = workspace.backups / at.strftime(backup.STAMP)
        folder.mkdir(parents=True)
        shutil.copyfile(workspace.database, folder / "shuke.db")
    backup.rotate(workspace)
    kept = [one.at for one in backup.backups(workspace)]
    assert kept[:7] == [CLOCK.now() - timedelta(days=days) for days in range(7)]
    assert len({at.isocalendar()[:2] for at in kept}) >= 4
    assert len({(at.year, at.month) for at in kept}) == 12
    assert len(kept) <= 7 + 4 + 12
    assert not backup.due(workspace, CLOCK.now())
    assert backup.due(workspace, CLOCK.now() + timedelta(days=1))


def test_a_backup_is_made_while_somebody_writes(workspace):
    with opened(workspace, create=True) as database:
        actor = factories.director(database)
        writer = threading.Thread(
            target=lambda: [factories.customer(database, actor, f"客户{n}") for n in range(30)]
        )
        writer.start()
        made = backup.make(workspace, CLOCK.now())
        writer.join()
        assert len(names(database, actor)) == 30
    assert backup.quick_check(made.database) is None


def test_a_copy_never_replaces_a_file_of_the_user(workspace, tmp_path):
    with opened(workspace, create=True) as database:
        target = tmp_path / "copy.db"
        service = BackupService(workspace, database, CLOCK)
        service.make_to(target)
        with pytest.raises(Refused):
            service.make_to(target)


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from app.clock import Clock
from app.config import Workspace
from app.db.workspace import open_workspace
from app.domain.customer import CustomerDraft
from app.services.customer_editing import CustomerEditing
from app.services.staff import StaffService
database = open_workspace(Workspace(Path(sys.argv[1])), Clock()).database
staff = StaffService(database)
actor = staff.actor(staff.choices()[0][0])
editing = CustomerEditing(database)
number = 0
while True:
    editing.add(actor, CustomerDraft(f"客户{number}", tags=("vip",), notes="n" * 500))
    print(number, flush=True)
    number += 1
"""


def test_nothing_acknowledged_is_lost_when_the_program_is_killed(workspace):
    with opened(workspace, create=True) as database:
        factories.director(database)
    project = str(Path(__file__).resolve().parents[2])
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(workspace.folder), project],
        stdout=subprocess.PIPE,
        text=True,
    )
    acknowledged = -1
    for line in process.stdout:
        acknowledged = int(line)
        if acknowledged >= 40:
            process.send_signal(signal.SIGKILL)
            break
    acknowledged = max(
        [acknowledged, *(int(line) for line in process.stdout if line.endswith("\n"))]
    )
    process.stdout.close()
    process.wait()
    again = open_workspace(workspace, CLOCK)
    assert again.unclean
    actor = factories.director(again.database)
    found = set(names(again.database, actor))
    assert {f"客户{number}" for number in range(acknowledged + 1)} <= found
    assert len(found) <= acknowledged + 2
    assert check(workspace, again.database) == []
    close_workspace(workspace, again.database)


@pytest.mark.parametrize("typed", [
    "😀🎉 emoji", "مرحبا بالعالم", "a\tb\x07c\x1b[31m", "<script>alert(1)</script>",
    "'; DROP TABLE customer; --", "‮reversed", "%_\\", "e\u0301", "x" * 900_000, "=1+1",
])  # fmt: skip
def test_text_of_every_kind_is_kept_as_typed_and_found_again(db, typed):
    actor = factories.director(db)
    one = factories.customer(db, actor, "张三", notes=typed, address=typed)
    got = CustomerService(db).get(actor, one).draft
    assert got.notes == typed
    assert got.address == typed.strip()


@pytest.mark.parametrize("typed", ["a\x00b", "x" * 1_000_001, "\ud800"])
def test_text_that_cannot_be_kept_is_refused_with_a_reason(db, typed):
    actor = factories.director(db)
    with pytest.raises(Refused):
        factories.customer(db, actor, "张三", notes=typed)
    assert names(db, actor) == []


def test_the_check_finds_what_was_changed_past_the_program(workspace):
    with opened(workspace, create=True) as database:
        actor = factories.director(database)
        for number in range(5):
            factories.customer(database, actor, f"客户{number}")
        connection = sqlite.connect(str(workspace.database))
        connection.execute("UPDATE customer SET name = '改名' WHERE id = 2")
        connection.execute("DELETE FROM search_customer WHERE rowid = 3")
        connection.execute("UPDATE customer SET owner_id = 99 WHERE id = 4")
        connection.execute(
            "INSERT INTO customer SELECT 50, kind, name, sort_key, other_names, NULL, grade,"
            " owner_id, stage, source, NULL, NULL, region, address, NULL, notes, since,"
            " last_contact, created_at, sample, deleted_in, '', NULL, '' FROM customer WHERE id = 1"
        )
        connection.commit()
        connection.close()
        found = {(one.where, one.count): str(one.what) for one in check(workspace, database)}
    assert "reference" in found["customer", 1] or "journal" in found["customer", 1]
    whats = set(found.values())
    assert any("missing" in what for what in whats)
    assert any("does not say" in what for what in whats)


def test_settings_survive_and_nonsense_in_them_is_passed_over(tmp_path):
    path = tmp_path / "settings.toml"
    save(Settings(language="zh_TW", zoom=1.2, motion=False), path)
    from app.config import load

    assert load(Settings, path) == Settings(language="zh_TW", zoom=1.2, motion=False)
    path.write_text('language = 5\nzoom = "big"\ntheme = "dark"\nunknown = 1\n')
    assert load(Settings, path) == Settings(theme="dark")
    path.write_bytes(b"\xff\xfe broken")
    assert load(Settings, path) == Settings()


@pytest.mark.parametrize("words", ['database_url = "postgresql+psy', "\x00\xff[[["])
def test_settings_that_cannot_be_read_are_said_and_left_as_they_are(workspace, words):
    with opened(workspace, create=True):
        pass
    workspace.settings.write_text(words, encoding="latin-1")
    before = workspace.settings.read_bytes()
    with pytest.raises(Unavailable) as refused, opened(workspace):
        pass
    assert str(workspace.settings) in str(refused.value)
    assert workspace.settings.read_bytes() == before
    workspace.settings.unlink()
    with opened(workspace):
        pass


def test_a_backup_holds_nothing_but_the_database_and_what_hangs_on_it(workspace):
    with opened(workspace, create=True):
        made = backup.make(workspace, CLOCK.now())
    assert {one.name for one in made.folder.iterdir()} <= {"shuke.db", "attachments"}


def test_a_backup_just_made_stays_beside_one_from_a_clock_that_was_wrong(workspace):
    with opened(workspace, create=True) as database:
        later = backup.make(workspace, CLOCK.now() + timedelta(hours=1))
        service = BackupService(workspace, database, CLOCK)
        made = service.make()
        assert {later.folder, made.folder} <= {one.folder for one in backup.backups(workspace)}


@pytest.mark.postgres
def test_a_server_that_goes_away_in_the_middle_loses_nothing_and_work_goes_on(request):
    template = request.getfixturevalue("postgres_template")
    server = request.getfixturevalue("postgres_server")
    with databases.postgresql(template, server) as database:
        actor = factories.director(database)
        factories.customer(database, actor, "张三")
        assassin = make_engine(str(database.engine.url.render_as_string(hide_password=False)))

        def write_and_lose_the_server() -> None:
            with database.write(actor, Message("Test")) as session:
                session.add(Customer(name="李四", created_at=session.at))
                session.flush()
                with assassin.connect() as connection:
                    connection.exec_driver_sql(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        " WHERE pid <> pg_backend_pid() AND datname = current_database()"
                    )

        with pytest.raises(Unavailable, match="connection to the database server"):
            write_and_lose_the_server()
        assassin.dispose()
        assert names(database, actor) == ["张三"]
        factories.customer(database, actor, "李四")
        assert names(database, actor) == ["李四", "张三"]


def test_the_clock_is_asked_and_never_taken_for_granted():
    assert CLOCK.now() == databases.NOW
    assert Clock().now().tzinfo is not None
