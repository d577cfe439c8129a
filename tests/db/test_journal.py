from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, text

from app.db import bulk, journal
from app.db.visibility import EVERYTHING
from app.domain.vocabulary import Grade
from app.errors import Conflict, NotFound
from app.i18n import Message
from app.models import Change, ChangeSet, Customer
from app.services.customer_editing import CustomerEditing
from app.services.customers import CustomerService
from app.services.history import HistoryService
from tests import factories

TITLE = Message("Test")


def rows(count: int, owner: int, at) -> list[dict]:
    return [
        {
            "name": f"客户{number}", "kind": "company", "other_names": "", "source": "",
            "region": "", "address": "", "notes": "", "stage": "keeping", "owner_id": owner,
            "created_at": at, "sample": False,
        }
        for number in range(count)
    ]  # fmt: skip


def many(db, actor, count=20) -> tuple[list[int], int]:
    """Ids of new customers, and the change set that added them."""
    with db.write(actor, TITLE) as session:
        first, last = bulk.insert_rows(session, Customer, rows(count, actor.id, session.at))
        return list(range(first, last + 1)), session.change_set_id


def changes(db, actor, change_set: int) -> list[Change]:
    with db.read(actor) as session:
        return list(
            session.scalars(
                select(Change).where(Change.change_set_id == change_set).order_by(Change.id)
            )
        )


def values(db, actor, column) -> dict[int, object]:
    with db.read(actor) as session:
        return dict(session.execute(select(Customer.id, column)).all())


def test_a_changed_record_leaves_the_changed_columns_before_and_after(db):
    actor = factories.staff(db)
    one = factories.customer(db, actor, since=date(2024, 2, 29))
    with db.write(actor, TITLE) as session:
        session.get(Customer, one).grade = "A"
        session.get(Customer, one).since = None
        session.flush()
        made = session.change_set_id
    [change] = changes(db, actor, made)
    assert (change.table_name, change.action, change.row_id) == ("customer", "update", one)
    assert change.before == {"grade": None, "since": "2024-02-29"}
    assert change.after == {"grade": "A", "since": None}


def test_looking_without_changing_leaves_no_change_set(db):
    actor = factories.staff(db)
    one = factories.customer(db, actor)
    with db.read(actor) as session:
        before = session.scalars(select(ChangeSet.id)).all()
    with db.write(actor, TITLE) as session:
        session.get(Customer, one).grade = None
    with db.read(actor) as session:
        assert session.scalars(select(ChangeSet.id)).all() == before


def test_a_block_of_new_rows_is_one_change_without_images(db):
    actor = factories.staff(db)
    ids, made = many(db, actor, 300)
    [change] = changes(db, actor, made)
    assert (change.row_id, change.last_id) == (ids[0], ids[-1])
    assert change.before is None
    assert change.after is None


def test_an_error_in_the_middle_of_a_write_leaves_nothing(db):
    actor = factories.staff(db)

    def fail_half_way() -> None:
        with db.write(actor, TITLE) as session:
            bulk.insert_rows(session, Customer, rows(5, actor.id, session.at))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert values(db, actor, Customer.name) == {}


def test_ids_of_undone_inserts_are_never_used_again(db):
    actor = factories.staff(db)
    ids, made = many(db, actor, 5)
    HistoryService(db).undo(actor, made)
    later = factories.customer(db, actor)
    more, _ = many(db, actor, 2)
    assert later > ids[-1]
    assert more[0] > later


def test_a_bulk_change_touches_only_rows_that_differ(db):
    actor, other = factories.staff(db), factories.staff(db, "周凯")
    ids, _ = many(db, actor, 10)
    with db.write(actor, TITLE) as session:
        bulk.update_rows(session, Customer, ids[:4], {"owner_id": other.id})
    with db.write(actor, TITLE) as session:
        assert bulk.update_rows(session, Customer, ids, {"owner_id": other.id}) == 6
        made = session.change_set_id
    found = changes(db, actor, made)
    assert [change.row_id for change in found] == ids[4:]
    assert all(change.before == {"owner_id": actor.id} for change in found)
    assert all(change.after == {"owner_id": other.id} for change in found)


def test_undo_of_a_bulk_change_gives_back_every_value(db):
    actor, other = factories.staff(db), factories.staff(db, "周凯")
    ids, _ = many(db, actor, 50)
    before = values(db, actor, Customer.owner_id)
    with db.write(actor, TITLE) as session:
        bulk.update_rows(session, Customer, ids, {"owner_id": other.id, "grade": "B"})
        made = session.change_set_id
    done = HistoryService(db).undo(actor, made)
    assert done.kept_count == 0
    assert values(db, actor, Customer.owner_id) == before
    assert set(values(db, actor, Customer.grade).values()) == {None}


def test_redo_is_the_undo_of_the_undo(db):
    actor = factories.staff(db)
    ids, _ = many(db, actor, 5)
    history = HistoryService(db)
    with db.write(actor, TITLE) as session:
        bulk.update_rows(session, Customer, ids, {"grade": "C"})
        made = session.change_set_id
    undone = history.undo(actor, made)
    assert history.last_undo(actor).id == undone.change_set_id
    redone = history.undo(actor, undone.change_set_id)
    assert set(values(db, actor, Customer.grade).values()) == {"C"}
    assert str(redone.title) == "Redo: Test"
    assert history.last(actor).id == made
    history.undo(actor, made)
    assert set(values(db, actor, Customer.grade).values()) == {None}


def test_a_value_changed_later_is_kept_and_listed(db):
    actor = factories.staff(db)
    one = factories.customer(db, actor, "华信")
    editing, customers = CustomerEditing(db), CustomerService(db)
    start = customers.get(actor, one).draft
    editing.save(actor, one, start, replace(start, grade=Grade.A, region="上海"))
    first = HistoryService(db).last(actor).id
    now = customers.get(actor, one).draft
    editing.save(actor, one, now, replace(now, region="成都"))
    result = HistoryService(db).undo(actor, first)
    assert [(kept.record, kept.field) for kept in result.kept] == [("华信", "region")]
    after = customers.get(actor, one).draft
    assert (after.grade, after.region) == (None, "成都")


def test_a_later_change_that_was_undone_does_not_stand_in_the_way(db):
    actor = factories.staff(db)
    one = factories.customer(db, actor)
    history = HistoryService(db)
    made = []
    for grade in ("A", "B"):
        with db.write(actor, TITLE) as session:
            session.get(Customer, one).grade = grade
            session.flush()
            made.append(session.change_set_id)
    history.undo(actor, made[1])
    assert history.undo(actor, made[0]).kept_count == 0
    assert values(db, actor, Customer.grade) == {one: None}


def test_a_value_set_back_later_by_hand_is_still_a_later_change(db):
    actor = factories.staff(db)
    one = factories.customer(db, actor)
    made = []
    for grade in ("A", "B", "A"):
        with db.write(actor, TITLE) as session:
            session.get(Customer, one).grade = grade
            session.flush()
            made.append(session.change_set_id)
    assert HistoryService(db).undo(actor, made[0]).kept_count == 1
    assert values(db, actor, Customer.grade) == {one: "A"}


def test_a_row_changed_twice_in_one_change_set_goes_back_to_its_first_value(db):
    actor = factories.staff(db)
    one = factories.customer(db, actor)
    with db.write(actor, TITLE) as session:
        for grade in ("A", "B", "C"):
            session.get(Customer, one).grade = grade
            session.flush()
        made = session.change_set_id
    undone = HistoryService(db).undo(actor, made)
    assert values(db, actor, Customer.grade) == {one: None}
    HistoryService(db).undo(actor, undone.change_set_id)
    assert values(db, actor, Customer.grade) == {one: "C"}


def test_undoing_an_import_keeps_the_rows_that_were_worked_on_since(db):
    actor = factories.staff(db)
    ids, made = many(db, actor, 10)
    with db.write(actor, TITLE) as session:
        session.get(Customer, ids[3]).grade = "A"
    customers = CustomerService(db)
    edited = customers.get(actor, ids[5]).draft
    CustomerEditing(db).save(actor, ids[5], edited, replace(edited, tags=("vip",)))
    result = HistoryService(db).undo(actor, made)
    assert sorted(kept.record for kept in result.kept) == ["客户3", "客户5"]
    assert sorted(values(db, actor, Customer.name).values()) == ["客户3", "客户5"]


def test_deleting_keeps_what_hangs_on_the_record_and_undo_brings_all_back(db):
    actor = factories.staff(db)
    one = factories.customer(db, actor, tags=("vip", "老客户"))
    customers = CustomerService(db)
    before = customers.get(actor, one)
    CustomerEditing(db).delete(actor, one)
    with pytest.raises(NotFound):
        customers.get(actor, one)
    HistoryService(db).undo(actor, HistoryService(db).last(actor).id)
    assert customers.get(actor, one) == before


def test_a_change_set_cannot_be_undone_twice(db):
    actor = factories.staff(db)
    _, made = many(db, actor, 2)
    HistoryService(db).undo(actor, made)
    with pytest.raises(Conflict):
        HistoryService(db).undo(actor, made)


def test_derived_columns_follow_an_undo(db):
    actor = factories.staff(db)
    one = factories.customer(db, actor, "张三")
    keys = values(db, actor, Customer.sort_key)
    with db.write(actor, TITLE) as session:
        session.get(Customer, one).name = "李四"
        session.flush()
        made = session.change_set_id
    assert values(db, actor, Customer.sort_key) != keys
    HistoryService(db).undo(actor, made)
    assert values(db, actor, Customer.sort_key) == keys


def test_the_guard_catches_a_write_past_the_journal(db):
    actor = factories.staff(db)
    one = factories.customer(db, actor)
    with pytest.raises(AssertionError, match="past the journal"), db.write(actor, TITLE) as session:
        session.execute(text("UPDATE customer SET grade = 'A' WHERE id = :one"), {"one": one})


def test_journalled_records_are_not_deleted_physically(db):
    actor = factories.staff(db)
    one = factories.customer(db, actor)
    with pytest.raises(AssertionError), db.write(actor, TITLE) as session:
        session.delete(session.get(Customer, one))
    with db.write(actor, TITLE) as session:
        journal.delete(session, session.get(Customer, one))
    with db.read(actor) as session:
        kept = session.scalars(select(Customer.id), execution_options={EVERYTHING: True}).all()
    assert kept == [one]


def test_a_finished_write_announces_the_areas_it_touched(db):
    actor = factories.staff(db)
    heard = []
    db.on_change(heard.append)
    factories.customer(db, actor, tags=("vip",))
    assert heard[-1].areas == {"customer", "tag", "customer_tag"}


def test_a_title_reads_in_todays_language_and_counts_right(db):
    actor = factories.staff(db)
    title = Message("Reassign {count} customer", "Reassign {count} customers", {"count": 312})
    with db.write(actor, title) as session:
        bulk.insert_rows(session, Customer, rows(1, actor.id, session.at))
    [entry] = HistoryService(db).page(actor, limit=1)
    assert str(entry.title) == "Reassign 312 customers"
    assert entry.title == title


def test_history_is_searched_in_the_words_of_today(db):
    actor = factories.staff(db)
    factories.customer(db, actor, "华信")
    title = Message("Reassign {count} customer", "Reassign {count} customers", {"count": 2})
    with db.write(actor, title) as session:
        bulk.insert_rows(session, Customer, rows(1, actor.id, session.at))
        made = session.change_set_id
    history = HistoryService(db)
    undone = history.undo(actor, made).change_set_id
    assert [one.id for one in history.page(actor, text="reassign")] == [undone, made]
    assert [str(one.title) for one in history.page(actor, text="华信")] == ["Add customer 华信"]
    assert history.page(actor, text="nowhere") == []


def test_another_window_learns_what_was_written(db):
    actor = factories.staff(db)
    history = HistoryService(db)
    seen, _ = history.since(0)
    factories.customer(db, actor, tags=("vip",))
    newest, areas = history.since(seen)
    assert newest > seen
    assert areas == {"customer", "tag", "customer_tag"}
    assert history.since(newest) == (newest, frozenset())
