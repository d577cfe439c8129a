from collections import Counter
from datetime import date

import pytest
from sqlalchemy import func, select

from app.config import Workspace
from app.db import check, search_index
from app.db.visibility import EVERYTHING
from app.domain import contact_points, tax_ids
from app.domain.customer import CustomerDraft
from app.domain.lists import ListQuery
from app.domain.sample import REFERRAL, block
from app.domain.sample_customer import BLOCK, Plan
from app.domain.sample_points import credit_code, taiwan_id
from app.domain.vocabulary import SYSTEM, Kind, Role, Stage
from app.errors import Cancelled, Refused
from app.i18n import Message
from app.models import ChangeSet, Customer, SavedView, Staff, Tag, Team, joined_models
from app.services import sample
from app.services.customer_editing import CustomerEditing
from app.services.customers import CustomerService
from app.services.history import HistoryService
from app.services.sample import SampleService
from app.services.sample_tables import TABLES
from app.services.staff import StaffService
from app.services.views import ViewService
from tests.databases import NOW

PLAN = Plan(BLOCK, 7, NOW, date(2026, 11, 22))


@pytest.fixture(scope="module")
def drawn():
    return block(PLAN, 0)


def test_every_table_that_declares_a_sample_has_a_generator():
    made = {table.model for table in TABLES}
    declared = {model for model in joined_models().values() if model.__joining__.sampled}
    assert declared <= made
    assert made - declared == {Customer}


def test_the_same_seed_gives_the_same_customers_and_another_seed_others(drawn):
    assert block(PLAN, 0) == drawn
    other = block(Plan(BLOCK, 8, NOW, PLAN.today), 0)
    assert [one.name for one in other[100:]] != [one.name for one in drawn[100:]]


def test_every_contact_point_is_valid_and_normalised_as_the_program_does_it(drawn):
    points = [made.point for one in drawn for made in one.points]
    assert len(points) > 2 * BLOCK
    wrong = [
        raw
        for kind, raw, normalised in points
        if contact_points.normalise(kind, raw) != normalised or contact_points.problem(kind, raw)
    ]
    assert wrong == []


def test_tax_ids_pass_their_check_and_never_repeat():
    numbers = range(1, 30_000)
    mainland = [credit_code(number, "310115") for number in numbers]
    taiwan = [taiwan_id(number) for number in numbers]
    assert [code for code in mainland[:2_000] + taiwan[:2_000] if tax_ids.problem(code)] == []
    assert len({*mainland, *taiwan}) == 2 * len(numbers)


def test_dates_stages_and_referrals_hang_together(drawn):
    for one in drawn:
        assert one.created <= NOW
        assert (one.since is None) == (one.stage is Stage.ACQUIRING)
        assert one.since is None or one.created.date() <= one.since <= PLAN.today
        assert one.last_contact is None or one.created.date() <= one.last_contact <= PLAN.today
        if one.stage is Stage.LOST and one.since != one.last_contact:
            assert (PLAN.today - one.last_contact).days >= 100
        if one.referred_by is not None:
            assert one.source == REFERRAL
            assert drawn[one.referred_by].culture is one.culture


def test_people_belong_to_firms_of_their_place_and_firms_to_go_betweens(drawn):
    parents = [(one, drawn[one.parent]) for one in drawn if one.parent is not None]
    assert len(parents) > BLOCK // 5
    for one, parent in parents:
        assert parent.culture is one.culture
        if one.kind is Kind.PERSON:
            assert parent.kind is not Kind.PERSON
            assert parent.region == one.region
        else:
            assert parent.kind is Kind.INTERMEDIARY


def test_names_are_as_frequent_as_they_are_met(drawn):
    blocks = [
        *drawn,
        *(one for at in (1, 2, 3) for one in block(Plan(8_000, 7, NOW, PLAN.today), at)),
    ]
    people = [one.name for one in blocks if one.kind is Kind.PERSON]
    surnames = Counter(name[0] for name in people if not name.isascii())
    share = surnames["王"] / sum(surnames.values())
    assert 0.045 < share < 0.085
    assert surnames["王"] > surnames["周"] > surnames["艾"]
    assert any(name.isascii() for name in people)


def test_a_sample_stands_in_the_list_and_is_found(db):
    made = SampleService(db).generate(SYSTEM, 60, 1)
    customers = CustomerService(db)
    assert made.customers == 60
    assert len(customers.ids(SYSTEM, ListQuery())) == 60
    found = customers.ids(SYSTEM, ListQuery(search="华信科技"))
    rows = customers.rows(SYSTEM, found)
    assert {"华信科技有限公司", "陈雅琳"} <= {row.name for row in rows} | {
        row.under for row in rows
    }
    assert customers.first_page(SYSTEM, ListQuery(search="cyl"), 5).ids.size
    assert {row.code for row in customers.rows(SYSTEM, customers.ids(SYSTEM, ListQuery()))} == {
        f"C-{number:06d}" for number in range(1, 61)
    }


def test_the_index_of_a_sample_is_the_one_that_would_be_made_from_its_rows(db):
    SampleService(db).generate(SYSTEM, 300, 3)
    with db.read(SYSTEM) as session:
        ids = CustomerService(db).ids(SYSTEM, ListQuery()).tolist()
        texts = search_index.gather(session, ids)
        state = search_index.STATE
        kept = dict(session.connection().execute(select(state)).all())
    assert {one: search_index.entry(found).digest() for one, found in texts.items()} == kept


@pytest.mark.sqlite
def test_a_workspace_with_a_sample_is_sound(tmp_path, sqlite_template):
    from tests import databases

    with databases.sqlite(sqlite_template, tmp_path) as db:
        SampleService(db).generate(SYSTEM, 100, 1)
        assert check.check(Workspace(tmp_path), db) == []


@pytest.mark.sqlite
@pytest.mark.timeout(300)
def test_processes_make_the_same_sample_and_every_index_is_there_again(
    tmp_path, sqlite_template, monkeypatch
):
    from tests import databases

    rows, indexes = [], []
    for name, shared_out in (("one", 10**9), ("many", 1_000)):
        (tmp_path / name).mkdir()
        monkeypatch.setattr(sample, "SHARED_OUT", shared_out)
        with databases.sqlite(sqlite_template, tmp_path / name) as db:
            SampleService(db).generate(SYSTEM, BLOCK + 500, 5)
            with db.engine.connect() as connection:
                query = "SELECT * FROM customer ORDER BY id"
                rows.append(connection.exec_driver_sql(query).all())
                query = "SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name"
                indexes.append(connection.exec_driver_sql(query).scalars().all())
            assert check.check(Workspace(tmp_path / name), db) == []
    assert rows[0] == rows[1]
    assert indexes[0] == indexes[1]


def test_removing_takes_everything_the_sample_brought_and_undo_brings_it_back(db):
    service, history = SampleService(db), HistoryService(db)
    service.generate(SYSTEM, 50, 1)
    removed = service.remove(SYSTEM)
    assert removed.customers == 50
    assert _counts(db) == dict.fromkeys(("customer", "staff", "team", "tag", "saved_view"), 0)
    undone = history.undo(SYSTEM, removed.change_set_id)
    assert undone.kept == ()
    assert _counts(db)["customer"] == 50
    assert _counts(db)["staff"] == removed.staff


def test_removing_leaves_who_was_given_a_real_name(db):
    service, staff = SampleService(db), StaffService(db)
    service.generate(SYSTEM, 30, 1)
    ids = {name: one for one, name, _ in staff.choices()}
    boss = staff.actor(ids["李娜"])
    staff.save(boss, ids["孙静"], name="Zhao Min", role=Role.MANAGER, team="", stand_in="")
    staff.deactivate(boss, ids["周凯"])
    service.remove(boss)
    assert {one.name for one in staff.all(boss)} == {"李娜", "Zhao Min"}


def test_removing_leaves_what_is_in_use(db):
    service = SampleService(db)
    service.generate(SYSTEM, 30, 1)
    staff = StaffService(db)
    names = {name: one for one, name, _ in staff.choices()}
    boss = staff.actor(names["李娜"])
    own = CustomerEditing(db).add(
        boss, CustomerDraft("真的客户", owner_id=names["王磊"], tags=("own",))
    )
    removed = service.remove(boss)
    assert removed.customers == 30
    assert CustomerService(db).ids(boss, ListQuery()).tolist() == [own]
    assert {name for _, name, _ in staff.choices()} == {"李娜", "王磊"}
    with db.read(boss) as session:
        assert session.scalars(select(Tag.name)).all() == ["own"]
        assert session.scalars(select(Team.id)).all()


def test_removing_from_a_workspace_without_sample_writes_nothing(db):
    CustomerEditing(db).add(SYSTEM, CustomerDraft("真的客户"))
    before = _change_sets(db)
    assert SampleService(db).remove(SYSTEM).customers == 0
    assert _change_sets(db) == before


def test_a_second_sample_goes_on_counting(db):
    service = SampleService(db)
    service.generate(SYSTEM, 40, 1)
    service.generate(SYSTEM, 40, 1)
    rows = CustomerService(db).rows(SYSTEM, CustomerService(db).ids(SYSTEM, ListQuery()))
    assert len({row.code for row in rows}) == 80
    assert _counts(db)["staff"] == 9
    assert _counts(db)["saved_view"] == 3


def test_views_and_a_director_come_with_the_sample(db):
    SampleService(db).generate(SYSTEM, 200, 1)
    roles = Counter(role for _, _, role in StaffService(db).choices())
    assert roles[Role.DIRECTOR] == 1
    assert roles[Role.LEAD] == 2
    views = ViewService(db).all(SYSTEM)
    assert len(views) == 3
    assert all(CustomerService(db).ids(SYSTEM, view.query).size for view in views)


def test_a_stopped_sample_leaves_nothing(db):
    def stop(done, total):
        raise Cancelled(Message("Stopped. Nothing was changed."))

    with pytest.raises(Cancelled):
        SampleService(db).generate(SYSTEM, 30, 1, stop)
    assert _counts(db) == dict.fromkeys(("customer", "staff", "team", "tag", "saved_view"), 0)
    assert _change_sets(db) == 0


@pytest.mark.parametrize("count", [0, -1, sample.MOST + 1])
def test_an_impossible_size_is_refused(db, count):
    with pytest.raises(Refused):
        SampleService(db).generate(SYSTEM, count, 1)


def _counts(db):
    with db.read(SYSTEM) as session:
        return {
            model.__tablename__: session.scalar(select(func.count(model.id)))
            for model in (Customer, Staff, Team, Tag, SavedView)
        }


def _change_sets(db):
    with db.read(SYSTEM) as session:
        query = select(func.count(ChangeSet.id)).execution_options(**{EVERYTHING: True})
        return session.scalar(query)
