from datetime import date

import pytest

from app.domain.customer import ContactDraft, PointDraft
from app.domain.lists import ListQuery
from app.domain.vocabulary import PointKind, Role
from app.errors import Conflict, Forbidden, NotFound, Refused
from app.services.bulk import AddTag, BulkService, Delete, RemoveTag, SetField
from app.services.customers import CustomerService
from app.services.history import HistoryService
from app.services.recycle_bin import RecycleBin
from app.services.views import ViewService
from tests import factories


@pytest.fixture
def actor(db):
    return factories.director(db)


@pytest.fixture
def ids(db, actor):
    return [
        factories.customer(
            db,
            actor,
            f"客户{n}",
            tags=("vip",) if n < 2 else (),
            contacts=(ContactDraft("陈雅琳"),),
            points=(PointDraft(PointKind.PHONE, f"1380000000{n}", 0),),
        )
        for n in range(5)
    ]


def state(db, actor):
    service = CustomerService(db)
    return [service.get(actor, one) for one in service.ids(actor, ListQuery()).tolist()]


@pytest.mark.parametrize(
    ("change", "touched"),
    [
        (SetField("grade", "A"), 5),
        (SetField("stage", "lost"), 5),
        (SetField("stage", "acquiring"), 0),
        (SetField("region", "上海"), 5),
        (SetField("since", date(2025, 1, 31)), 5),
        (SetField("owner", None), 5),
        (AddTag("vip"), 3),
        (AddTag("新客"), 5),
        (RemoveTag("vip"), 2),
        (Delete(), 5),
    ],
)
def test_a_bulk_change_does_what_its_preview_says_and_undo_gives_all_back(
    db, actor, ids, change, touched
):
    before = state(db, actor)
    service = BulkService(db)
    preview = service.preview(actor, [*ids, 999], change)
    assert (len(preview.changed), preview.unchanged, preview.hidden) == (touched, 5 - touched, 1)
    assert state(db, actor) == before
    result = service.apply(actor, [*ids, 999], change)
    assert result.rows == touched
    assert len(service.preview(actor, ids, change).changed) == 0
    if result.change_set_id is not None:
        HistoryService(db).undo(actor, result.change_set_id)
    assert state(db, actor) == before


def test_the_preview_shows_before_and_after(db, actor, ids):
    other = factories.staff(db, "周凯", Role.SALESPERSON)
    rows = BulkService(db).preview_rows(actor, ids[:2], SetField("owner", other.id))
    assert [(row.name, row.before, row.after) for row in rows] == [
        ("客户0", actor.name, "周凯"),
        ("客户1", actor.name, "周凯"),
    ]
    [row] = BulkService(db).preview_rows(actor, ids[:1], SetField("stage", "lost"))
    assert (row.before, row.after) == ("Acquiring", "Lost")


def test_a_bulk_change_reads_its_count_in_the_history(db, actor, ids):
    result = BulkService(db).apply(actor, ids, SetField("grade", "A"))
    assert str(result.title) == "Set the grade of 5 customers"
    assert HistoryService(db).last(actor).id == result.change_set_id


def test_customers_cannot_be_given_to_somebody_who_is_not_there(db, actor, ids):
    with pytest.raises(NotFound):
        BulkService(db).apply(actor, ids, SetField("owner", 999))
    with pytest.raises(Refused):
        BulkService(db).apply(actor, ids, SetField("name", "x"))


def test_restoring_from_the_bin_brings_everything_back(db, actor, ids):
    before = state(db, actor)
    BulkService(db).apply(actor, ids[:3], Delete())
    recycle = RecycleBin(db)
    assert sorted(recycle.ids(actor).tolist()) == sorted(ids[:3])
    row = recycle.rows(actor, [ids[0]])[0]
    assert (row.name, row.deleted_by, row.owner) == ("客户0", actor.name, actor.name)
    result = recycle.restore(actor, ids[:3])
    assert result.rows == 3
    assert state(db, actor) == before
    assert recycle.ids(actor).tolist() == []
    assert CustomerService(db).ids(actor, ListQuery(search="13800000001")).tolist() == [ids[1]]


def test_purging_is_final_and_leaves_nothing_behind(db, actor, ids):
    child = factories.customer(db, actor, "子公司", parent_id=ids[0])
    deleted = BulkService(db).apply(actor, ids[:2], Delete())
    purged = RecycleBin(db).purge(actor, ids)
    assert purged.rows == 2
    assert RecycleBin(db).ids(actor).tolist() == []
    assert CustomerService(db).get(actor, child).draft.parent_id is None
    for change_set in (deleted.change_set_id, purged.change_set_id):
        try:
            HistoryService(db).undo(actor, change_set)
        except Conflict:
            continue
        assert len(CustomerService(db).ids(actor, ListQuery())) == 4
    assert len(CustomerService(db).ids(actor, ListQuery())) == 4


def test_only_a_manager_deletes_for_good_and_only_what_is_in_the_bin(db, actor, ids):
    salesperson = factories.staff(db, "周凯", Role.SALESPERSON)
    with pytest.raises(Forbidden):
        RecycleBin(db).purge(salesperson, ids)
    assert RecycleBin(db).purge(actor, ids).rows == 0


def test_somebody_elses_change_is_undone_by_a_manager_only(db, actor, ids):
    change_set = BulkService(db).apply(actor, ids, SetField("grade", "A")).change_set_id
    salesperson = factories.staff(db, "周凯", Role.SALESPERSON)
    with pytest.raises(Forbidden):
        HistoryService(db).undo(salesperson, change_set)
    manager = factories.staff(db, "李娜", Role.MANAGER)
    HistoryService(db).undo(manager, change_set)


def test_views_are_kept_by_name_and_belong_to_somebody(db, actor):
    views = ViewService(db)
    query = ListQuery("last_contact < -30d", "-last_contact")
    one = views.save(actor, "30 天未联系", query, ("name", "owner"), shared=True)
    salesperson = factories.staff(db, "周凯", Role.SALESPERSON)
    [seen] = views.all(salesperson)
    assert (seen.name, seen.query, seen.columns, seen.shared) == (
        "30 天未联系", query, ("name", "owner"), True,
    )  # fmt: skip
    with pytest.raises(Forbidden):
        views.delete(salesperson, one)
    views.save(salesperson, "我的", ListQuery("owner = me"))
    assert [view.name for view in views.all(actor)] == ["30 天未联系"]
    with pytest.raises(Refused):
        views.save(actor, "坏", ListQuery("nonsense ="))
    views.delete(actor, one)
    with pytest.raises(NotFound):
        views.named(actor, "30 天未联系")
