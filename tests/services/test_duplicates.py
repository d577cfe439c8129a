from dataclasses import replace

import pytest
from sqlalchemy import event

from app.domain.customer import ContactDraft, CustomerDraft, PointDraft
from app.domain.vocabulary import Kind, PointKind, Role
from app.models import Customer
from app.services.customer_editing import CustomerEditing
from app.services.duplicates import DuplicateService
from app.services.history import HistoryService
from app.services.import_alike import LookAlikes
from app.services.import_drafts import Draft, Point
from tests import factories


def _phone(raw="138 1234 5678", contact=None):
    return PointDraft(PointKind.PHONE, raw, contact)


def _mail(raw):
    return PointDraft(PointKind.EMAIL, raw)


def _keys(found):
    return [one.key for one in found.reasons]


def _words(found):
    return [str(one.words) for one in found.reasons]


@pytest.fixture
def boss(db):
    return factories.director(db)


@pytest.fixture
def service(db):
    return DuplicateService(db)


def test_the_same_phone_is_found_however_it_is_written(db, boss, service):
    made = factories.customer(db, boss, "美的", points=(_phone("+86 138-1234-5678"),))
    (found,) = service.possible(boss, "格力", [_phone("13812345678")])
    assert (found.customer_id, found.name, _words(found)) == (
        made, "美的", ["Same phone: 13812345678"],
    )  # fmt: skip


def test_the_phone_of_a_contact_counts_for_its_customer(db, boss, service):
    made = factories.customer(
        db, boss, "美的", contacts=(ContactDraft("王芳"),), points=(_phone(contact=0),)
    )
    assert service.possible(boss, "格力", [_phone()])[0].customer_id == made


def test_the_same_mail_address_is_found(db, boss, service):
    made = factories.customer(db, boss, "美的", points=(_mail("Info@Midea.com"),))
    (found,) = service.possible(boss, "", [_mail("info@midea.com")])
    assert found.customer_id == made
    assert _keys(found) == ["email"]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("华信科技", "Same name but for the legal form"),
        ("華信科技（上海）股份有限公司", "Same name but for the legal form"),
        ("北京华信科技有限公司", "Same name but for the city"),
        ("华信", "Same name, one of them shorter"),
        ("华鑫科技", "Sounds the same: 华鑫 / 华信"),
        ("Huaxin Technology", "Sounds the same: huaxin / 华信"),
        ("上海华信科技有限公司", "Same name"),
    ],
)
def test_a_name_like_it_is_found_with_the_reason(db, boss, service, typed, reason):
    made = factories.customer(db, boss, "上海华信科技有限公司")
    factories.customer(db, boss, "上海华能科技有限公司")
    factories.customer(db, boss, "北京华信贸易有限公司")
    found = [one for one in service.possible(boss, typed) if one.customer_id == made]
    assert [_words(one) for one in found] == [[reason]]


def test_a_short_name_is_known_by_a_longer_one_and_a_longer_by_a_short_one(db, boss, service):
    short = factories.customer(db, boss, "恒通")
    assert service.possible(boss, "恒通物流有限公司")[0].customer_id == short
    assert [one.customer_id for one in service.possible(boss, "恒通")] == [short]


def test_the_customer_that_is_edited_is_not_its_own_duplicate(db, boss, service):
    made = factories.customer(db, boss, "华信科技", points=(_phone(),))
    assert service.possible(boss, "华信科技", [_phone()], except_id=made) == ()


def test_the_surest_comes_first_and_there_is_but_a_handful(db, boss, service):
    for city in ("上海", "北京", "天津", "重庆", "广州", "深圳", "杭州", "苏州", "南京"):
        factories.customer(db, boss, f"华信科技（{city}）")
    made = factories.customer(db, boss, "美的", points=(_phone(),))
    found = service.possible(boss, "华信科技", [_phone()])
    assert found[0].customer_id == made
    assert len(found) == 5
    assert [one.value for one in found] == sorted((one.value for one in found), reverse=True)


def test_people_of_a_name_are_told_apart_by_their_phones(db, boss, service):
    kind = Kind.PERSON
    factories.customer(db, boss, "张伟", kind=kind, points=(_phone("13800000001"),))
    assert service.possible(boss, "章伟", kind=kind) == ()
    assert service.possible(boss, "张伟", [_phone("13900000002")], kind) == ()
    (found,) = service.possible(boss, "张伟", kind=kind)
    assert _words(found) == ["Same name"]
    (found,) = service.possible(boss, "章伟", [_phone("13800000001")], kind)
    assert _keys(found) == ["phone", "name"]


def test_a_persons_name_that_many_have_says_nothing_alone(db, boss, service):
    for _ in range(5):
        factories.customer(db, boss, "张伟", kind=Kind.PERSON, region="杭州")
    assert service.possible(boss, "张伟", kind=Kind.PERSON) == ()
    found = service.possible(boss, "张伟", kind=Kind.PERSON, region="杭州")
    assert {tuple(_keys(one)) for one in found} == {("name", "region")}


def test_firms_with_other_tax_ids_are_not_one_by_their_name(db, boss, service):
    factories.customer(db, boss, "华信科技", tax_id="91110000600037341L")
    assert service.possible(boss, "华信科技有限公司", tax_id="91310000607274935N") == ()
    (found,) = service.possible(boss, "别的", tax_id="91110000600037341L")
    assert _keys(found) == ["tax_id"]


def test_of_a_customer_out_of_sight_only_its_owner_is_told(db, boss, service):
    other = factories.staff(db, "周凯", Role.SALESPERSON)
    me = factories.staff(db, "王芳", Role.SALESPERSON)
    factories.customer(db, other, "华信科技有限公司", points=(_phone(),))
    (found,) = service.possible(me, "华信科技", [_phone("13812345678")])
    assert (found.customer_id, found.name, found.owner) == (None, "", "周凯")
    assert str(found.sentence()) == "A customer of 周凯 has this phone."
    assert _words(found) == ["Same phone", "A similar name"]
    (found,) = service.possible(me, "华鑫科技")
    assert str(found.sentence()) == "A customer of 周凯 has a name like this one."
    assert "华信" not in repr(found)


def test_what_is_in_the_recycle_bin_is_not_here(db, boss, service):
    made = factories.customer(db, boss, "华信科技", points=(_phone(),))
    CustomerEditing(db).delete(boss, made)
    assert service.possible(boss, "华信科技", [_phone()]) == ()


def test_nothing_typed_is_like_nothing(db, boss, service):
    factories.customer(db, boss, "华信科技")
    assert service.possible(boss, "", [_phone(" ")]) == ()
    assert service.possible(boss, "🙂") == ()


def test_rows_of_a_file_are_looked_up_together(db, boss):
    made = factories.customer(db, boss, "上海华信科技有限公司")
    other = factories.customer(db, boss, "美的", points=(PointDraft(PointKind.WECHAT, "midea"),))
    drafts = [
        Draft("华鑫科技", "company"),
        Draft("格力", "company"),
        Draft("美", "company", points=(Point("wechat", "Midea", "midea"),)),
        Draft("格力电器", "company"),
    ]
    with db.read(boss) as everybody, db.read(boss) as own:
        found = LookAlikes(everybody, own).find(list(enumerate(drafts, 1)))
    assert {row: one.customer_id for row, one in found.items()} == {1: made, 3: other, 4: 0}
    assert (found[4].row, found[4].name) == (2, "格力")
    assert [str(one) for one in found[4].reasons] == ["Same name, one of them shorter"]


def test_the_key_follows_the_name_and_comes_back_with_it(db, boss):
    made = factories.customer(db, boss, "华信科技")

    def key():
        with db.read(boss) as session:
            return session.get(Customer, made).alike_key

    before = key()
    assert before == "hua xin\ttec"
    editing = CustomerEditing(db)
    typed = CustomerDraft("华信科技", owner_id=boss.id)
    editing.save(boss, made, typed, replace(typed, name="美的"))
    assert key() == "de mei"
    HistoryService(db).undo(boss, HistoryService(db).last(boss).id)
    assert key() == before


def test_looking_up_takes_the_same_statements_for_one_and_for_many(db, boss):
    for name in ("华信科技", "恒通物流", "美的"):
        factories.customer(db, boss, name)
    counted = []
    drafts = [Draft("华信", "company"), Draft("恒通", "company")]

    def look(count):
        counted.clear()
        with db.read(boss) as everybody, db.read(boss) as own:
            LookAlikes(everybody, own).find(list(enumerate(drafts * count)))
        return sum("SELECT" in one for one in counted)

    event.listen(db.engine, "before_cursor_execute", lambda *a: counted.append(a[2]))
    assert look(1) == look(50) <= 6
