"""What rows held is walked back from what they hold, at the cost of their own changes only."""

from dataclasses import replace

import pytest
from sqlalchemy import event

from app.db.row_story import story
from app.domain.customer import CustomerDraft
from app.domain.vocabulary import SYSTEM
from app.models import CustomerTag
from app.services.bulk import AddTag, BulkService, RemoveTag
from app.services.customer_editing import CustomerEditing
from app.services.customers import CustomerService
from app.services.history import HistoryService
from tests import factories


def there(rows):
    return {"rows": tuple(one.values["tag_id"] for one in rows if one.live)}


@pytest.fixture
def actor(db):
    return factories.staff(db)


@pytest.fixture
def customer(db, actor):
    return factories.customer(db, actor)


def told(db, customer, most=None):
    with db.read(SYSTEM) as session:
        mine = CustomerTag.customer_id == customer
        return story(session, CustomerTag, mine, ("tag_id",), there, most)


def test_rows_added_deleted_and_brought_back_in_blocks_are_told(db, actor, customer):
    others = [factories.customer(db, actor, f"别家{number}") for number in range(4)]
    bulk, history = BulkService(db), HistoryService(db)
    bulk.apply(actor, [*others, customer], AddTag("展会"))
    gone = bulk.apply(actor, [*others, customer], RemoveTag("展会"))
    back = history.undo(actor, gone.change_set_id)
    history.undo(actor, back.change_set_id)
    found = told(db, customer)
    assert found.whole
    (tag,) = found.acts[0].changed["rows"][0]
    states = [one.changed["rows"] for one in found.acts]
    assert states == [((tag,), ()), ((), (tag,)), ((tag,), ()), ((), (tag,))]
    assert {one.staff for one in found.acts} == {actor.name}


def test_only_the_latest_are_looked_at_where_that_is_asked(db, actor, customer):
    for tags in (("甲",), ("甲", "乙"), ()):
        before = CustomerService(db).get(actor, customer).draft
        CustomerEditing(db).save(actor, customer, before, replace(before, tags=tags))
    found = told(db, customer, 2)
    assert not found.whole
    assert len(found.acts) == 1
    assert len(told(db, customer).acts) == 3


def test_what_has_no_rows_has_no_story(db, actor, customer):
    found = told(db, customer)
    assert (found.acts, found.whole) == ((), True)


ON_SQLITE = pytest.mark.parametrize("backend", [pytest.param("sqlite", marks=pytest.mark.sqlite)])


def plans_of(db, ask):
    """How SQLite reads the table of changes for what `ask` asks."""
    asked = []

    @event.listens_for(db.engine, "before_cursor_execute")
    def keep(_connection, _cursor, statement, parameters, _context, _many):
        asked.append((statement, parameters))

    ask()
    event.remove(db.engine, "before_cursor_execute", keep)
    with db.engine.connect() as connection:
        plans = [
            row[3]
            for statement, parameters in asked
            if statement.startswith("SELECT")
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    return [one for one in plans if " change " in one]


@ON_SQLITE
@pytest.mark.parametrize("asked", ["rows", "history"])
def test_changes_of_others_are_not_read(db, actor, asked):
    customer = CustomerEditing(db).add(actor, CustomerDraft("国强", tags=("甲", "乙")))
    ask = {
        "rows": lambda: told(db, customer),
        "history": lambda: HistoryService(db).of_customer(actor, customer),
    }
    plans = plans_of(db, ask[asked])
    assert plans
    assert all("row_id=?" in one or "rowid=?" in one or "last_id>?" in one for one in plans)


def test_the_history_of_a_customer_is_its_own_and_of_what_hangs_on_it(db, actor, customer):
    other = factories.customer(db, actor, "别家")
    bulk, history = BulkService(db), HistoryService(db)
    both = bulk.apply(actor, [customer, other], AddTag("展会")).change_set_id
    bulk.apply(actor, [other], AddTag("老客户"))
    mine = bulk.apply(actor, [customer], RemoveTag("展会")).change_set_id
    found = [one.id for one in history.of_customer(actor, customer)]
    assert found[:2] == [mine, both]
    assert len(found) == 3  # and that it was added
