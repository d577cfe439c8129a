"""Customers that are meant by a name as people say it."""

from app.domain.customer import ContactDraft
from app.domain.vocabulary import Role
from app.services.finding import FindService
from tests import factories


def names(db, actor, who):
    return [(one.customer, one.contact) for one in FindService(db).named(actor, who)]


def test_a_contact_is_found_by_name_title_or_given_name(db):
    boss = factories.director(db)
    people = (ContactDraft("陈国强", "总经理"), ContactDraft("吴敏", "采购"))
    factories.customer(db, boss, "国强建材", contacts=people)
    factories.customer(db, boss, "Harbor Logistics", contacts=(ContactDraft("Grace Li", "Buyer"),))
    assert names(db, boss, "陈总") == [("国强建材", "陈国强")]
    assert names(db, boss, "陳國強") == [("国强建材", "陈国强")]
    assert names(db, boss, "国强建材") == [("国强建材", "")]
    assert names(db, boss, "grace") == [("Harbor Logistics", "Grace Li")]
    assert names(db, boss, "Harbor") == [("Harbor Logistics", "")]


def test_several_who_may_be_meant_are_all_offered_and_an_exact_name_alone(db):
    boss = factories.director(db)
    factories.customer(db, boss, "晨光包装", contacts=(ContactDraft("王伟"),))
    factories.customer(db, boss, "雨桐设计", contacts=(ContactDraft("王伟明"),))
    factories.customer(db, boss, "王记酒店")
    assert sorted(names(db, boss, "王总")) == [("晨光包装", "王伟"), ("雨桐设计", "王伟明")]
    assert names(db, boss, "王伟") == [("晨光包装", "王伟")]


def test_pinyin_names_who_is_written_in_chinese(db):
    boss = factories.director(db)
    factories.customer(db, boss, "晨光包装", contacts=(ContactDraft("王伟"),))
    assert names(db, boss, "Wang Wei") == [("晨光包装", "王伟")]


def test_a_whole_chinese_name_is_not_the_beginning_of_another(db):
    boss = factories.director(db)
    factories.customer(db, boss, "佳昌文化", contacts=(ContactDraft("王伟杰"),))
    factories.customer(db, boss, "王伟建材")
    assert names(db, boss, "王伟") == [("王伟建材", "")]


def test_words_in_notes_name_nobody(db):
    boss = factories.director(db)
    factories.customer(db, boss, "晨光包装", notes="李娜以前跟进")
    assert names(db, boss, "李娜") == []
    assert names(db, boss, "  ") == []


def test_only_customers_in_sight_are_named(db):
    boss = factories.director(db)
    one, other = (factories.staff(db, name, Role.SALESPERSON) for name in ("张敏", "赵磊"))
    factories.customer(db, one, "晨光包装", contacts=(ContactDraft("王伟"),))
    assert names(db, other, "王伟") == []
    assert names(db, boss, "王伟") == [("晨光包装", "王伟")]


def test_own_customers_come_first(db):
    boss = factories.director(db)
    other = factories.staff(db, "张敏", Role.MANAGER)
    for actor, name in ((other, "安达包装"), (other, "八方物流"), (boss, "卓越设计")):
        factories.customer(db, actor, name, contacts=(ContactDraft("王伟"),))
    assert names(db, boss, "王伟")[0] == ("卓越设计", "王伟")
