"""The customer's story: interactions, notes, facts, files, products, fields of one's own."""

import sqlalchemy as sa
from alembic import op

from app.models.base import LIVE, BigId, CleanText, Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

LIVE_ONLY = sa.text(LIVE)
# references that most rows lack: without an index, taking out their target reads the whole table
SOME = (
    ("ix_customer_referred_by", "customer", "referred_by_id"),
    ("ix_contact_point_contact", "contact_point", "contact_id"),
    ("ix_interaction_contact", "interaction", "contact_id"),
    ("ix_note_interaction", "note", "interaction_id"),
    ("ix_fact_interaction", "fact", "interaction_id"),
    ("ix_attachment_interaction", "attachment", "interaction_id"),
)


def upgrade() -> None:
    op.create_table(
        "custom_field",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("name", CleanText(), nullable=False),
        sa.Column("kind", CleanText(), nullable=False),
        sa.Column("heading", CleanText(), nullable=False),
        sa.Column("choices", CleanText(), nullable=False),
        sa.Column("position", BigId, nullable=False),
        sa.Column("deleted_in", BigId, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_custom_field"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_custom_field_name",
        "custom_field",
        ["name"],
        unique=True,
        sqlite_where=LIVE_ONLY,
        postgresql_where=LIVE_ONLY,
    )
    op.create_table(
        "product",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("name", CleanText(), nullable=False),
        sa.Column("category", CleanText(), nullable=False),
        sa.Column("sort_key", CleanText(), nullable=False),
        sa.Column("deleted_in", BigId, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_product"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_product_name",
        "product",
        ["name"],
        unique=True,
        sqlite_where=LIVE_ONLY,
        postgresql_where=LIVE_ONLY,
    )
    op.create_table(
        "custom_value",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("customer_id", BigId, nullable=False),
        sa.Column("field_id", BigId, nullable=False),
        sa.Column("value", CleanText(), nullable=False),
        sa.Column("deleted_in", BigId, nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name="fk_custom_value_customer_id_customer",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["field_id"],
            ["custom_field.id"],
            name="fk_custom_value_field_id_custom_field",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_custom_value"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_custom_value_customer", "custom_value", ["customer_id"], unique=False)
    op.create_index("ix_custom_value_field", "custom_value", ["field_id"], unique=False)
    op.create_index(
        "uq_custom_value",
        "custom_value",
        ["customer_id", "field_id"],
        unique=True,
        sqlite_where=LIVE_ONLY,
        postgresql_where=LIVE_ONLY,
    )
    op.create_table(
        "interaction",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("customer_id", BigId, nullable=False),
        sa.Column("contact_id", BigId, nullable=True),
        sa.Column("staff_id", BigId, nullable=True),
        sa.Column("channel", CleanText(), nullable=False),
        sa.Column("direction", CleanText(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("minutes", BigId, nullable=True),
        sa.Column("summary", CleanText(), nullable=False),
        sa.Column("step", CleanText(), nullable=True),
        sa.Column("rating", BigId, nullable=True),
        sa.Column("unhappy", sa.Boolean(), nullable=False),
        sa.Column("deleted_in", BigId, nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name="fk_interaction_contact_id_contact",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name="fk_interaction_customer_id_customer",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name="fk_interaction_staff_id_staff",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_interaction"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_interaction_customer", "interaction", ["customer_id", "at", "id"], unique=False
    )
    op.create_index("ix_interaction_staff", "interaction", ["staff_id", "at"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("customer_id", BigId, nullable=False),
        sa.Column("interaction_id", BigId, nullable=True),
        sa.Column("staff_id", BigId, nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("name", CleanText(), nullable=False),
        sa.Column("digest", CleanText(), nullable=False),
        sa.Column("size", BigId, nullable=False),
        sa.Column("media_type", CleanText(), nullable=False),
        sa.Column("deleted_in", BigId, nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name="fk_attachment_customer_id_customer",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interaction.id"],
            name="fk_attachment_interaction_id_interaction",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name="fk_attachment_staff_id_staff",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_attachment"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_attachment_customer", "attachment", ["customer_id", "at", "id"], unique=False
    )
    op.create_index("ix_attachment_digest", "attachment", ["digest"], unique=False)
    op.create_table(
        "fact",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("customer_id", BigId, nullable=False),
        sa.Column("kind", CleanText(), nullable=False),
        sa.Column("text", CleanText(), nullable=False),
        sa.Column("source", CleanText(), nullable=False),
        sa.Column("interaction_id", BigId, nullable=True),
        sa.Column("staff_id", BigId, nullable=True),
        sa.Column("heard_on", sa.Date(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("outdated", sa.Boolean(), nullable=False),
        sa.Column("deleted_in", BigId, nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name="fk_fact_customer_id_customer",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interaction.id"],
            name="fk_fact_interaction_id_interaction",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name="fk_fact_staff_id_staff",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_fact"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_fact_customer", "fact", ["customer_id"], unique=False)
    op.create_table(
        "interaction_product",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("customer_id", BigId, nullable=False),
        sa.Column("interaction_id", BigId, nullable=False),
        sa.Column("product_id", BigId, nullable=False),
        sa.Column("deleted_in", BigId, nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name="fk_interaction_product_customer_id_customer",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interaction.id"],
            name="fk_interaction_product_interaction_id_interaction",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name="fk_interaction_product_product_id_product",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_interaction_product"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_interaction_product_customer", "interaction_product", ["customer_id"], unique=False
    )
    op.create_index(
        "ix_interaction_product_interaction",
        "interaction_product",
        ["interaction_id"],
        unique=False,
    )
    op.create_table(
        "note",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("customer_id", BigId, nullable=False),
        sa.Column("interaction_id", BigId, nullable=True),
        sa.Column("staff_id", BigId, nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("text", CleanText(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_at", Moment(), nullable=True),
        sa.Column("deadline", sa.Boolean(), nullable=False),
        sa.Column("done_at", Moment(), nullable=True),
        sa.Column("deleted_in", BigId, nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name="fk_note_customer_id_customer",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interaction.id"],
            name="fk_note_interaction_id_interaction",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name="fk_note_staff_id_staff",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_note_customer", "note", ["customer_id", "at", "id"], unique=False)
    op.create_index("ix_note_due", "note", ["due_on"], unique=False)
    op.add_column("contact", sa.Column("role", CleanText(), server_default="", nullable=False))
    op.add_column("contact", sa.Column("influence", CleanText(), server_default="", nullable=False))
    op.add_column("contact", sa.Column("birthday", CleanText(), server_default="", nullable=False))
    op.add_column("contact", sa.Column("note", CleanText(), server_default="", nullable=False))
    op.add_column("customer", sa.Column("birthday", CleanText(), server_default="", nullable=False))
    for name, table, column in SOME:
        there = sa.text(f"{column} IS NOT NULL")
        op.create_index(name, table, [column], sqlite_where=there, postgresql_where=there)
    op.create_index("ix_interaction_product_product", "interaction_product", ["product_id"])
