from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event, select

from app.domain.customer import ContactDraft, CustomerDraft, PointDraft
from app.domain.lists import ListQuery
from app.domain.vocabulary import Grade, Kind, PointKind, Role, Stage
from app.errors import NotFound, Refused
from app.i18n import Message
from app.models import ContactPoint
from app.services.customer_editing import CustomerEditing, EditConflict
from app.services.customers import CustomerService
from tests import factories

WHOLE = CustomerDraft(
    name="华信科技有限公司",
    kind=Kind.COMPANY,
    other_names=("华信", "Huaxin Tech"),
    code="C-001",
    grade=Grade.A,
    stage=Stage.GROWING,
    source="展会",
    region="上海",
    address="浦东新区张江路 88 号",
    tax_id="91350100M000100Y43",
    notes="发票只收电子专票\n不要再问",
    since=date(2024, 2, 29),
    last_contact=date(2026, 11, 20),
    tags=("vip", "老客户"),
    contacts=(ContactDraft("陈雅琳", "采购总监"), ContactDraft("Grace Lin")),
    points=(
        PointDraft(PointKind.PHONE, "010-65521234转8001", 0),
        PointDraft(PointKind.EMAIL, "yalin@huaxin.example", 0),
        PointDraft(PointKind.WECHAT, "huaxin_2024"),
    ),
)


def plain(draft: CustomerDraft) -> CustomerDraft:
    """Without ids and owner, as it was typed."""
    return replace(
        draft,
        owner_id=None,
        tags=tuple(sorted(draft.tags)),
        contacts=tuple(replace(one, id=None) for one in draft.contacts),
        points=tuple(replace(one, id=None) for one in draft.points),
    )


@pytest.fixture
def actor(db):
    return factories.director(db)


def test_every_field_of_a_customer_comes_back_as_it_was_typed(db, actor):
    one = CustomerEditing(db).add(actor, WHOLE)
    found = CustomerService(db).get(actor, one)
    assert plain(found.draft) == plain(WHOLE)
    assert found.draft.owner_id == actor.id
    assert found.owner == actor.name


def test_a_line_of_the_list_shows_company_contact_phone_and_tags(db, actor):
    service = CustomerService(db)
    company = CustomerEditing(db).add(actor, WHOLE)
    person = factories.customer(db, actor, "陈国强", kind=Kind.PERSON, parent_id=company)
    rows = service.rows(actor, [person, 999, company])
    assert rows[1] is None
    assert rows[0].under == "华信科技有限公司"
    assert (rows[2].under, rows[2].phone) == ("陈雅琳", "010-65521234转8001")
    assert set(rows[2].tags) == {"vip", "老客户"}


def test_chinese_names_stand_in_pinyin_order_among_latin_ones(db, actor):
    names = ["张三", "Zoe", "李四", "Anna", "王伟", "曾乐", "bob", "陳雅琳"]
    for name in names:
        factories.customer(db, actor, name)
    service = CustomerService(db)
    ids = service.ids(actor, ListQuery())
    shown = [row.name for row in service.rows(actor, ids)]
    assert shown == ["Anna", "bob", "陳雅琳", "李四", "王伟", "曾乐", "张三", "Zoe"]
    backwards = service.ids(actor, ListQuery(sort="-name"))
    assert backwards.tolist() == ids.tolist()[::-1]
    assert service.first_page(actor, ListQuery(), 3).ids.tolist() == ids.tolist()[:3]


@pytest.fixture
def shelf(db, actor):
    other = factories.staff(db, "周凯", Role.SALESPERSON)
    make = {
        "甲": {"stage": Stage.KEEPING, "last_contact": date(2026, 9, 1), "grade": Grade.A},
        "乙": {"stage": Stage.KEEPING, "last_contact": date(2026, 11, 20), "region": "上海"},
        "丙": {"stage": Stage.LOST, "tags": ("vip",), "owner_id": other.id},
        "丁": {"stage": Stage.GROWING, "last_contact": date(2026, 10, 23), "code": "X-1"},
    }
    return {name: factories.customer(db, actor, name, **fields) for name, fields in make.items()}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("stage = keeping", "甲乙"),
        ("stage = keeping and last_contact < -30d", "甲"),
        ("last_contact < -30d", "甲"),
        ("last_contact <= -30d", "甲丁"),
        ("last_contact is empty", "丙"),
        ("not last_contact < -30d", "乙丙丁"),
        ("grade = A or tag = vip", "甲丙"),
        ("grade != A", "乙丙丁"),
        ("owner = me", "甲乙丁"),
        ("owner = 周凯", "丙"),
        ("owner in (周凯, me)", "甲乙丙丁"),
        ("tag is empty", "甲乙丁"),
        ("tag != vip", "甲乙丁"),
        ("region is not empty", "乙"),
        ("region contains 海", "乙"),
        ("code starts x", "丁"),
        ("name in (甲, 丙)", "甲丙"),
        ("created = today", "甲乙丙丁"),
        ("created < today", ""),
        ("阶段 ＝ 维护 且 负责人 ＝ 我", "甲乙"),
        ("not (stage = keeping or stage = lost)", "丁"),
    ],
)
def test_filters_pick_the_customers_they_describe(db, actor, shelf, text, names):
    found = CustomerService(db).ids(actor, ListQuery(text))
    assert sorted(found.tolist()) == sorted(shelf[name] for name in names)
    assert CustomerService(db).count(actor, text) == len(names)


def test_a_filter_that_cannot_be_read_is_refused_with_a_sentence(db, actor):
    with pytest.raises(Refused, match="stag"):
        CustomerService(db).ids(actor, ListQuery("stag = keeping"))


@pytest.mark.parametrize("sort", ["owner", "-owner", "stage", "region", "-last_contact", "created"])
def test_every_order_shows_every_customer_once(db, actor, shelf, sort):
    found = CustomerService(db).ids(actor, ListQuery(sort=sort)).tolist()
    assert sorted(found) == sorted(shelf.values())


def test_customers_without_a_date_stand_last_in_both_directions(db, actor, shelf):
    service = CustomerService(db)
    assert service.ids(actor, ListQuery(sort="last_contact")).tolist()[-1] == shelf["丙"]
    assert service.ids(actor, ListQuery(sort="-last_contact")).tolist()[-1] == shelf["丙"]


def test_what_is_wrong_with_a_draft_is_said_field_by_field(db, actor):
    draft = CustomerDraft(
        name="  ",
        tax_id="91350100M000100Y44",
        points=(PointDraft(PointKind.PHONE, "1380013800"), PointDraft(PointKind.EMAIL, "no at")),
    )
    with pytest.raises(Refused) as caught:
        CustomerEditing(db).add(actor, draft)
    assert set(caught.value.fields) == {"name", "tax_id", "points.0", "points.1"}


def test_a_second_edit_of_the_same_field_is_noticed_and_nothing_overwritten(db, actor):
    service, editing = CustomerService(db), CustomerEditing(db)
    one = factories.customer(db, actor, "华信", region="上海")
    form = service.get(actor, one).draft
    editing.save(actor, one, form, replace(form, region="成都", grade=Grade.B))
    with pytest.raises(EditConflict) as caught:
        editing.save(actor, one, form, replace(form, region="北京"))
    [conflict] = caught.value.fields
    assert (conflict.before, conflict.theirs, conflict.mine) == ("上海", "成都", "北京")
    editing.save(actor, one, form, replace(form, notes="另一处"))
    after = service.get(actor, one).draft
    assert (after.region, after.grade, after.notes) == ("成都", Grade.B, "另一处")


def test_a_customer_that_is_gone_cannot_be_saved(db, actor):
    editing = CustomerEditing(db)
    one = factories.customer(db, actor)
    form = CustomerService(db).get(actor, one).draft
    editing.delete(actor, one)
    with pytest.raises(NotFound):
        editing.save(actor, one, form, replace(form, name="new"))


def test_a_code_is_free_again_once_its_customer_is_deleted(db, actor):
    first = factories.customer(db, actor, "旧", code="C-1")
    CustomerEditing(db).delete(actor, first)
    factories.customer(db, actor, "新", code="C-1")


def test_loading_a_page_of_rows_takes_the_same_few_statements_for_any_number(db, actor):
    ids = [factories.customer(db, actor, f"客户{n}", tags=("vip",)) for n in range(12)]
    service = CustomerService(db)
    counts = []
    for some in (ids[:1], ids):
        statements: list[str] = []
        listener = lambda *args: statements.append(args[2])  # noqa: E731, B023
        event.listen(db.engine, "before_cursor_execute", listener)
        service.rows(actor, some)
        event.remove(db.engine, "before_cursor_execute", listener)
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 6


def test_a_number_that_was_accepted_once_does_not_stand_in_the_way_of_other_changes(db, actor):
    service, editing = CustomerService(db), CustomerEditing(db)
    one = factories.customer(db, actor, points=(PointDraft(PointKind.PHONE, "13812345678"),))
    with db.write(actor, Message("Import")) as session:
        point = session.scalars(select(ContactPoint)).one()
        point.raw = "1381234567"
    form = service.get(actor, one).draft
    editing.save(actor, one, form, replace(form, region="上海"))
    other = PointDraft(PointKind.PHONE, "138123456")
    with pytest.raises(Refused):
        editing.save(actor, one, form, replace(form, points=(*form.points, other)))


def test_stages_are_ordered_as_the_lifecycle_goes(db, actor, shelf):
    service = CustomerService(db)
    rows = service.rows(actor, service.ids(actor, ListQuery(sort="stage")))
    places = [list(Stage).index(row.stage) for row in rows]
    assert places == sorted(places)
