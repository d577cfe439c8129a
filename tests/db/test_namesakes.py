from datetime import date

import pytest
from sqlalchemy import select

from app.db import journal
from app.db.columns import fetch_columns
from app.db.namesakes import elusive_namesakes, holders, namesakes
from app.domain.customer import PointDraft
from app.domain.names import sort_key
from app.domain.vocabulary import SYSTEM, Kind, PointKind, Role
from app.i18n import Message
from app.models import Customer
from tests import factories

PHONE = "+8613812345678"


@pytest.fixture
def boss(db):
    return factories.staff(db)


def person(db, boss, name, *points):
    made = tuple(PointDraft(kind, raw) for kind, raw in points)
    return factories.customer(db, boss, name, kind=Kind.PERSON, points=made)


def put_into_the_bin(db, boss, customer_id):
    with db.write(boss, Message("Delete")) as session:
        journal.delete(session, session.get_one(Customer, customer_id))


def test_of_namesakes_only_those_are_elusive_who_cannot_be_reached_or_are_no_people(db, boss):
    reached = person(db, boss, "张伟", (PointKind.PHONE, "13812345678"))
    chatting = person(db, boss, "张伟", (PointKind.WECHAT, "zhangwei"))
    silent = person(db, boss, "张伟")
    firm = factories.customer(
        db, boss, "张伟", kind=Kind.COMPANY, points=(PointDraft(PointKind.PHONE, "02165521234"),)
    )
    gone = person(db, boss, "张伟")
    put_into_the_bin(db, boss, gone)
    person(db, boss, "张维")
    with db.read(SYSTEM) as session:
        key = sort_key("张伟")
        assert [tuple(row) for row in namesakes(session, {key, "nobody"})] == [
            (key, one) for one in (reached, chatting, silent, firm)
        ]
        assert [one for _, one in elusive_namesakes(session, {key})] == [chatting, silent, firm]
        assert namesakes(session, set()) == ()


def test_a_phone_is_the_oldest_living_customers_who_has_it(db, boss):
    first, second, third = (
        person(db, boss, name, (PointKind.PHONE, "138 1234 5678")) for name in ("甲", "乙", "丙")
    )
    other = person(db, boss, "丁", (PointKind.EMAIL, "D@x.example"), (PointKind.WECHAT, "d-chat"))
    asked = {PHONE, "d@x.example", "d-chat", "nobody@x.example"}
    with db.read(SYSTEM) as session:
        assert holders(session, asked) == {("phone", PHONE): first, ("email", "d@x.example"): other}
    put_into_the_bin(db, boss, first)
    put_into_the_bin(db, boss, other)
    with db.read(SYSTEM) as session:
        assert holders(session, asked) == {("phone", PHONE): second}
    put_into_the_bin(db, boss, second)
    put_into_the_bin(db, boss, third)
    with db.read(SYSTEM) as session:
        assert holders(session, asked) == {}


def test_columns_are_fetched_as_rows_are_and_only_what_the_actor_sees(db, boss):
    seller = factories.staff(db, "Grace", Role.SALESPERSON)
    factories.customer(db, seller, 'Müller "& Söhne"\n<b>', since=date(2025, 2, 8))
    factories.customer(db, boss, "华信", code="C-1")
    query = select(
        Customer.name, Customer.code, Customer.since, Customer.created_at, Customer.sample
    ).order_by(Customer.id)
    for actor in (boss, seller):
        with db.read(actor) as session:
            rows = session.execute(query).all()
            assert list(zip(*fetch_columns(session, query), strict=True)) == [*map(tuple, rows)]
    assert len(rows) == 1
    with db.read(boss) as session:
        nobody = fetch_columns(session, query.where(Customer.name == "nobody"))
        assert [list(column) for column in nobody] == [[]] * 5
