"""Nothing forgotten: reminders, promises, rules, working days, greetings, deliveries."""

import sqlalchemy as sa
from alembic import op

from app.models.base import LIVE, BigId, CleanText, Image, Moment

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

LIVE_ONLY = sa.text(LIVE)
STILL_OPEN = sa.text(f"{LIVE} AND closed_at IS NULL")
ENDED = sa.text(f"{LIVE} AND closed_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("reminder_id", BigId, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("shown_at", Moment(), nullable=False),
        sa.Column("place", CleanText(), nullable=False),
        sa.Column("machine", CleanText(), nullable=False),
        sa.Column("staff_id", BigId, nullable=True),
        sa.Column("action", CleanText(), nullable=False),
        sa.Column("acted_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_delivery_staff", "delivery", ["staff_id", "shown_at"], unique=False)
    op.create_index("uq_delivery_call", "delivery", ["reminder_id", "at"], unique=True)
    op.create_table(
        "greeting_template",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("name", CleanText(), nullable=False),
        sa.Column("occasion", CleanText(), nullable=False),
        sa.Column("language", CleanText(), nullable=False),
        sa.Column("body", CleanText(), nullable=False),
        sa.Column("deleted_in", BigId, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_greeting_template"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "rule_run",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("machine", CleanText(), nullable=False),
        sa.Column("made", BigId, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rule_run"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_rule_run_day", "rule_run", ["day"], unique=True)
    op.create_table(
        "working_day",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("country", CleanText(), nullable=False),
        sa.Column("kind", CleanText(), nullable=False),
        sa.Column("name", CleanText(), nullable=False),
        sa.Column("deleted_in", BigId, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_working_day"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_working_day",
        "working_day",
        ["day", "country"],
        unique=True,
        sqlite_where=LIVE_ONLY,
        postgresql_where=LIVE_ONLY,
    )
    op.create_table(
        "reminder_rule",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("name", CleanText(), nullable=False),
        sa.Column("kind", CleanText(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("text", CleanText(), nullable=False),
        sa.Column("filter", CleanText(), nullable=False),
        sa.Column("lead_days", BigId, nullable=False),
        sa.Column("alarms", CleanText(), nullable=False),
        sa.Column("staff_id", BigId, nullable=True),
        sa.Column("for_role", CleanText(), nullable=True),
        sa.Column("params", Image(), nullable=True),
        sa.Column("deleted_in", BigId, nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name="fk_reminder_rule_staff_id_staff",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reminder_rule"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "greeting_choice",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("occasion", CleanText(), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.Column("customer_id", BigId, nullable=False),
        sa.Column("deleted_in", BigId, nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name="fk_greeting_choice_customer_id_customer",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_greeting_choice"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_greeting_choice_customer", "greeting_choice", ["customer_id"], unique=False)
    op.create_index(
        "uq_greeting_choice",
        "greeting_choice",
        ["customer_id", "occasion"],
        unique=True,
        sqlite_where=LIVE_ONLY,
        postgresql_where=LIVE_ONLY,
    )
    op.create_table(
        "greeting",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("contact_id", BigId, nullable=True),
        sa.Column("occasion", CleanText(), nullable=False),
        sa.Column("year", BigId, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("staff_id", BigId, nullable=True),
        sa.Column("how", CleanText(), nullable=False),
        sa.Column("text", CleanText(), nullable=False),
        sa.Column("customer_id", BigId, nullable=False),
        sa.Column("deleted_in", BigId, nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name="fk_greeting_contact_id_contact",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name="fk_greeting_customer_id_customer",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name="fk_greeting_staff_id_staff",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_greeting"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_greeting_contact",
        "greeting",
        ["contact_id"],
        unique=False,
        sqlite_where=sa.text("contact_id IS NOT NULL"),
        postgresql_where=sa.text("contact_id IS NOT NULL"),
    )
    op.create_index(
        "ix_greeting_customer", "greeting", ["customer_id", "occasion", "year"], unique=False
    )
    op.create_table(
        "promise",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("contact_id", BigId, nullable=True),
        sa.Column("interaction_id", BigId, nullable=True),
        sa.Column("staff_id", BigId, nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("text", CleanText(), nullable=False),
        sa.Column("first_due_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", Moment(), nullable=True),
        sa.Column("deadline", sa.Boolean(), nullable=False),
        sa.Column("firm", CleanText(), nullable=False),
        sa.Column("state", CleanText(), nullable=False),
        sa.Column("reason", CleanText(), nullable=False),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by_id", BigId, nullable=True),
        sa.Column("customer_id", BigId, nullable=False),
        sa.Column("deleted_in", BigId, nullable=True),
        sa.ForeignKeyConstraint(
            ["closed_by_id"],
            ["staff.id"],
            name="fk_promise_closed_by_id_staff",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name="fk_promise_contact_id_contact",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name="fk_promise_customer_id_customer",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interaction.id"],
            name="fk_promise_interaction_id_interaction",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name="fk_promise_staff_id_staff",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_promise"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_promise_contact",
        "promise",
        ["contact_id"],
        unique=False,
        sqlite_where=sa.text("contact_id IS NOT NULL"),
        postgresql_where=sa.text("contact_id IS NOT NULL"),
    )
    op.create_index("ix_promise_customer", "promise", ["customer_id", "at", "id"], unique=False)
    op.create_index("ix_promise_first_due", "promise", ["first_due_on"], unique=False)
    op.create_index(
        "ix_promise_interaction",
        "promise",
        ["interaction_id"],
        unique=False,
        sqlite_where=sa.text("interaction_id IS NOT NULL"),
        postgresql_where=sa.text("interaction_id IS NOT NULL"),
    )
    op.create_index(
        "ix_promise_open",
        "promise",
        ["due_on", "id"],
        unique=False,
        sqlite_where=STILL_OPEN,
        postgresql_where=STILL_OPEN,
    )
    op.create_index(
        "ix_promise_state",
        "promise",
        ["state", "due_on", "due_at", "id", "customer_id", "staff_id"],
        unique=False,
        sqlite_where=LIVE_ONLY,
        postgresql_where=LIVE_ONLY,
    )
    op.create_index(
        "ix_promise_staff",
        "promise",
        ["staff_id", "state", "due_on", "due_at", "id", "customer_id", "deleted_in"],
        unique=False,
    )
    op.create_table(
        "promise_move",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("promise_id", BigId, nullable=False),
        sa.Column("staff_id", BigId, nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("from_at", Moment(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("to_at", Moment(), nullable=True),
        sa.Column("why", CleanText(), nullable=False),
        sa.Column("customer_id", BigId, nullable=False),
        sa.Column("deleted_in", BigId, nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name="fk_promise_move_customer_id_customer",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["promise_id"],
            ["promise.id"],
            name="fk_promise_move_promise_id_promise",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name="fk_promise_move_staff_id_staff",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_promise_move"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_promise_move_customer", "promise_move", ["customer_id"], unique=False)
    op.create_index("ix_promise_move_promise", "promise_move", ["promise_id", "id"], unique=False)
    op.create_table(
        "reminder",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("contact_id", BigId, nullable=True),
        sa.Column("promise_id", BigId, nullable=True),
        sa.Column("kind", CleanText(), nullable=False),
        sa.Column("channel", CleanText(), nullable=True),
        sa.Column("text", CleanText(), nullable=False),
        sa.Column("about", CleanText(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", Moment(), nullable=True),
        sa.Column("deadline", sa.Boolean(), nullable=False),
        sa.Column("alarms", CleanText(), nullable=False),
        sa.Column("rule", CleanText(), nullable=False),
        sa.Column("series_id", BigId, nullable=True),
        sa.Column("snoozed_until", Moment(), nullable=True),
        sa.Column("closed_by_id", BigId, nullable=True),
        sa.Column("outcome", CleanText(), nullable=True),
        sa.Column("reason", CleanText(), nullable=False),
        sa.Column("rule_id", BigId, nullable=True),
        sa.Column("occasion", CleanText(), nullable=False),
        sa.Column("uid", CleanText(), nullable=False),
        sa.Column("made_by_id", BigId, nullable=True),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("next_at", Moment(), nullable=True),
        sa.Column("customer_id", BigId, nullable=True),
        sa.Column("staff_id", BigId, nullable=True),
        sa.Column("for_role", CleanText(), nullable=True),
        sa.Column("team_id", BigId, nullable=True),
        sa.Column("whose_id", BigId, nullable=True),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("deleted_in", BigId, nullable=True),
        sa.ForeignKeyConstraint(
            ["closed_by_id"],
            ["staff.id"],
            name="fk_reminder_closed_by_id_staff",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name="fk_reminder_contact_id_contact",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name="fk_reminder_customer_id_customer",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"],
            ["staff.id"],
            name="fk_reminder_made_by_id_staff",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["promise_id"],
            ["promise.id"],
            name="fk_reminder_promise_id_promise",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["rule_id"],
            ["reminder_rule.id"],
            name="fk_reminder_rule_id_reminder_rule",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name="fk_reminder_staff_id_staff",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["team_id"],
            ["team.id"],
            name="fk_reminder_team_id_team",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reminder"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_reminder_closed",
        "reminder",
        ["closed_by_id", "closed_at"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NOT NULL"),
        postgresql_where=sa.text("closed_at IS NOT NULL"),
    )
    op.create_index(
        "ix_reminder_contact",
        "reminder",
        ["contact_id"],
        unique=False,
        sqlite_where=sa.text("contact_id IS NOT NULL"),
        postgresql_where=sa.text("contact_id IS NOT NULL"),
    )
    op.create_index(
        "ix_reminder_customer", "reminder", ["customer_id", "due_on", "id"], unique=False
    )
    op.create_index(
        "ix_reminder_next",
        "reminder",
        ["whose_id", "next_at"],
        unique=False,
        sqlite_where=sa.text("next_at IS NOT NULL"),
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )
    op.create_index(
        "ix_reminder_promise",
        "reminder",
        ["promise_id"],
        unique=False,
        sqlite_where=sa.text("promise_id IS NOT NULL"),
        postgresql_where=sa.text("promise_id IS NOT NULL"),
    )
    op.create_index(
        "ix_reminder_ended",
        "reminder",
        ["whose_id", "due_on"],
        unique=False,
        sqlite_where=ENDED,
        postgresql_where=ENDED,
    )
    op.create_index(
        "ix_reminder_again",
        "reminder",
        ["whose_id", "due_on"],
        unique=False,
        sqlite_where=sa.text(f"{STILL_OPEN.text} AND rule <> ''"),
        postgresql_where=sa.text(f"{STILL_OPEN.text} AND rule <> ''"),
    )
    for name, which in (("ix_reminder_due", STILL_OPEN), ("ix_reminder_due_ended", ENDED)):
        op.create_index(
            name,
            "reminder",
            ["due_on", "id"],
            unique=False,
            sqlite_where=which,
            postgresql_where=which,
        )
    for name, column, rows in (
        ("ix_reminder_role", "due_on", STILL_OPEN.text),
        ("ix_reminder_role_ended", "due_on", ENDED.text),
        ("ix_reminder_role_next", "next_at", "next_at IS NOT NULL"),
    ):
        of_role = sa.text(f"{rows} AND for_role IS NOT NULL")
        op.create_index(
            name,
            "reminder",
            ["for_role", column],
            unique=False,
            sqlite_where=of_role,
            postgresql_where=of_role,
        )
    op.create_index(
        "ix_reminder_series",
        "reminder",
        ["series_id"],
        unique=False,
        sqlite_where=sa.text("series_id IS NOT NULL"),
        postgresql_where=sa.text("series_id IS NOT NULL"),
    )
    op.create_index(
        "ix_reminder_uid",
        "reminder",
        ["uid"],
        unique=False,
        sqlite_where=sa.text("uid <> ''"),
        postgresql_where=sa.text("uid <> ''"),
    )
    op.create_index(
        "ix_reminder_whose",
        "reminder",
        ["whose_id", "due_on", "id"],
        unique=False,
        sqlite_where=STILL_OPEN,
        postgresql_where=STILL_OPEN,
    )
    op.create_index(
        "uq_reminder_occasion",
        "reminder",
        ["rule_id", "occasion"],
        unique=True,
        sqlite_where=sa.text("rule_id IS NOT NULL"),
        postgresql_where=sa.text("rule_id IS NOT NULL"),
    )
    op.add_column("staff", sa.Column("stand_in_id", BigId, nullable=True))
    _indexes_of_rules()


def _indexes_of_rules() -> None:
    """What rules ask every night, and Today every morning."""
    born = sa.text(f"{LIVE} AND birthday <> ''")
    made = sa.text(f"{LIVE} AND closed_at IS NULL AND rule_id IS NOT NULL")
    for name, table, columns, which in (
        ("ix_customer_birthday", "customer", ["birthday"], born),
        ("ix_contact_birthday", "contact", ["birthday", "customer_id"], born),
        (
            "ix_customer_owner_contact",
            "customer",
            ["owner_id", "last_contact", "grade", "stage"],
            LIVE_ONLY,
        ),
        ("ix_reminder_rule_open", "reminder", ["rule_id", "due_on"], made),
    ):
        op.create_index(name, table, columns, sqlite_where=which, postgresql_where=which)
