import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

from app.db import migrate
from app.db.engine import WRITER, make_engine
from app.migrations import HEAD
from app.models import Base, joined_models, journalled_models
from tests import postgres


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
    """A database of the revision before the names' keys, with a customer in it."""
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
