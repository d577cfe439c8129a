from datetime import date

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

from app.db import migrate
from app.db.database import Database
from app.db.engine import WRITER, make_engine
from app.domain.promises import PromiseState
from app.domain.vocabulary import Actor, Role
from app.migrations import HEAD
from app.models import Base, joined_models, journalled_models
from app.services.due import DueService
from app.services.promises import PromiseDraft, PromiseService
from app.services.timeline import NoteEntry, TimelineService
from tests import postgres
from tests.databases import CLOCK, NOW


def _of_the_models(_object, name, kind, _reflected, _compared):
    return not (kind in ("table", "index") and str(name).startswith(("search_", "ix_search_")))


def test_the_migrations_build_exactly_the_models(db):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": _of_the_models, "compare_type": True}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_a_migrated_database_is_at_the_newest_revision(db):
    assert migrate.revision(db.engine) == HEAD


def test_every_table_that_hangs_on_a_customer_declares_how_it_joins():
    for name, model in journalled_models().items():
        keys = {
            column.name
            for column in model.__table__.columns
            for key in column.foreign_keys
            if key.column.table.name == "customer"
        }
        if name != "customer" and keys:
            assert "customer_id" in keys, name
            assert model.__joining__, name
    assert set(joined_models()) >= {"contact", "contact_point", "customer_tag"}


def test_every_journalled_table_never_uses_an_id_twice():
    for name, model in journalled_models().items():
        assert model.__table__.dialect_options["sqlite"]["autoincrement"], name


@pytest.fixture
def older(backend, request, tmp_path):
    """A database of the revision before the names' keys, with a customer and two notes in it."""
    server = None
    if backend == "sqlite":
        url = f"sqlite:///{tmp_path / 'older.db'}"
    else:
        server = request.getfixturevalue("postgres_server")
        url = postgres.fresh_database(server)
    engine = make_engine(url)
    config = Config()
    config.set_main_option("script_location", migrate.SCRIPTS)
    with engine.connect().execution_options(**{WRITER: True}) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "0006")
        connection.exec_driver_sql(
            "INSERT INTO customer (kind, name, sort_key, other_names, stage, source, region,"
            " address, notes, sample, created_at) VALUES ('company', '华信科技', '', '',"
            " 'keeping', '', '', '', '', FALSE, '2026-11-22T09:30:00.000000Z')"
        )
        connection.exec_driver_sql(
            "INSERT INTO note (customer_id, at, text, due_on, deadline, done_at) VALUES"
            " (1, '2026-11-20T09:30:00.000000Z', '以后再说', NULL, FALSE, NULL),"
            " (1, '2026-11-21T09:30:00.000000Z', '寄样品', '2026-11-25', TRUE, NULL),"
            " (1, '2026-11-21T09:30:00.000000Z', '报价', '2026-11-22', FALSE,"
            " '2026-11-22T09:30:00.000000Z')"
        )
    yield engine
    engine.dispose()
    if server is not None:
        postgres.drop_database(url)


def test_customers_of_an_older_database_get_the_keys_of_their_names(older):
    migrate.prepare(older, lambda: None)
    assert migrate.revision(older) == HEAD
    with older.connect() as connection:
        found = connection.exec_driver_sql("SELECT alike_key FROM customer").scalars().all()
    assert found == ["hua xin\ttec"]


def test_notes_with_a_date_become_promises_with_their_reminders(older):
    migrate.prepare(older, lambda: None)
    db = Database(older, CLOCK)
    boss = Actor(None, "", Role.DIRECTOR)
    found = PromiseService(db).of_customer(boss, 1)
    assert [(one.text, one.due, one.state, one.deadline) for one in found] == [
        ("寄样品", date(2026, 11, 25), PromiseState.OPEN, True),
        ("报价", date(2026, 11, 22), PromiseState.KEPT, False),
    ]
    assert found[1].closed_at == NOW
    (open_one,) = DueService(db).of_customer(boss, 1)
    assert (open_one.text, open_one.promise_id) == ("寄样品", found[0].id)
    entries = TimelineService(db).page(boss, 1).entries
    assert [one.text for one in entries if isinstance(one, NoteEntry)] == ["以后再说"]
    # ids go on where they ended
    made = PromiseService(db).make(boss, 1, PromiseDraft("再报价", date(2026, 11, 30)))
    assert made.ids == (3,)
