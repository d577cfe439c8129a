from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from app.db import migrate
from app.migrations import HEAD
from app.models import Base, joined_models, journalled_models


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
