"""Run by Alembic; the connection is handed in by `app.db.migrate`, which owns the transaction."""

from alembic import context

from app.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
context.run_migrations()
