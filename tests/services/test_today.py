from datetime import timedelta

import pytest

from app.domain.reminders import ReminderKind, Whose, local_moment
from app.domain.rules import RuleDraft
from app.domain.vocabulary import Role, Stage
from app.services.due import DueService
from app.services.reminders import Assignee, ReminderDraft, ReminderService
from app.services.rules import RuleService
from app.services.today import Section, TodayService, choices
from tests import factories
from tests.databases import NOW

TODAY = NOW.astimezone().date()


def day(ahead):
    return TODAY + timedelta(days=ahead)


@pytest.fixture
def lina(db):
    return factories.staff(db, "李娜", Role.SALESPERSON, "东区")


@pytest.fixture
def zhou(db):
    return factories.staff(db, "周凯", Role.SALESPERSON, "东区")


@pytest.fixture
def reminders(db):
    return ReminderService(db)


@pytest.fixture
def today(db):
    return TodayService(db)


def write(db, actor, text, ahead=0, **fields):
    return ReminderService(db).add(actor, ReminderDraft(text, day(ahead), **fields)).ids[0]


def shown(page):
    return {section: [one.text for one in of_it] for section, of_it in page.sections}


def test_every_line_stands_where_it_belongs(db, lina, zhou, today):
    write(db, lina, "对账单", -2)
    write(db, lina, "打电话")
    write(db, lina, "寄样品", 1, kind=ReminderKind.PROMISE)
    write(db, lina, "生日", kind=ReminderKind.BIRTHDAY)
    write(db, lina, "没有联系", kind=ReminderKind.SILENCE)
    write(db, lina, "谁有空谁去", 2, assignee=Assignee(role=Role.SALESPERSON))
    write(db, zhou, "请你看看", 3, assignee=Assignee(lina.id))
    write(db, lina, "月底对账", 4)
    write(db, lina, "下周的事", 9)
    assert shown(today.load(lina)) == {
        Section.LATE: ["对账单"],
        Section.DUE: ["打电话"],
        Section.PROMISED: ["寄样品"],
        Section.CELEBRATED: ["生日"],
        Section.SILENT: ["没有联系"],
        Section.WAITING: ["谁有空谁去", "请你看看"],
        Section.AHEAD: ["月底对账"],
    }


def test_the_week_counts_what_is_due_on_each_day(db, lina, today):
    write(db, lina, "打电话")
    write(db, lina, "寄样品", 1, kind=ReminderKind.PROMISE)
    write(db, lina, "生日", 1, kind=ReminderKind.BIRTHDAY)
    write(db, lina, "对账", 1)
    week = today.load(lina).week
    assert [one.day for one in week] == [day(ahead) for ahead in range(7)]
    assert (week[0].reminders, week[0].promises, week[0].celebrations) == (1, 0, 0)
    assert (week[1].reminders, week[1].promises, week[1].celebrations) == (1, 1, 1)


def test_another_day_of_the_week_shows_only_its_own(db, lina, today):
    write(db, lina, "打电话")
    write(db, lina, "对账", 1)
    page = today.load(lina, day(1))
    assert page.day == day(1)
    assert shown(page) == {Section.AHEAD: ["对账"]}
    assert today.load(lina, day(40)).day == TODAY


def test_what_is_put_off_to_another_day_is_not_due_today(db, lina, reminders, today):
    made = write(db, lina, "打电话", -1)
    soon = write(db, lina, "下午再说", 0)
    reminders.snooze(lina, [made], local_moment(day(2), NOW.time()))
    reminders.snooze(lina, [soon], NOW + timedelta(minutes=10))
    page = today.load(lina)
    assert shown(page) == {Section.DUE: ["下午再说"], Section.AHEAD: ["打电话"]}
    assert (page.counts.late, page.counts.today) == (0, 1)
    assert shown(today.load(lina, day(2))) == {Section.AHEAD: ["打电话"]}


def test_what_was_done_today_is_counted_by_kind(db, lina, zhou, reminders, today):
    first, second, third = (write(db, lina, text) for text in "甲乙丙")
    promise = write(db, lina, "寄样品", kind=ReminderKind.PROMISE)
    reminders.done(lina, [first, second, promise])
    reminders.skip(lina, [third])
    page = today.load(lina)
    assert dict(page.achieved) == {ReminderKind.NOTE: 2, ReminderKind.PROMISE: 1}
    assert page.counts.ended == 4
    assert dict(today.load(zhou).achieved) == {}


def test_the_next_thing_after_today_is_named(db, lina, today):
    write(db, lina, "打电话")
    assert today.load(lina).next is None
    write(db, lina, "下个月", 30)
    assert today.load(lina).next.text == "下个月"


def test_a_lead_sees_the_team_and_a_manager_everybody(db, lina, zhou, today):
    lead = factories.staff(db, "组长", Role.LEAD, "东区")
    boss = factories.director(db)
    other = factories.staff(db, "外地", Role.SALESPERSON, "西区")
    for actor, text in ((lina, "李娜的"), (zhou, "周凯的"), (other, "外地的"), (lead, "组长的")):
        write(db, actor, text)
    assert shown(today.load(lead)) == {Section.DUE: ["组长的"]}
    team = shown(today.load(lead, whose=Whose.TEAM))[Section.DUE]
    assert sorted(team) == sorted(["李娜的", "周凯的", "组长的"])
    assert len(shown(today.load(boss, whose=Whose.ALL))[Section.DUE]) == 4
    assert shown(today.load(lina, whose=Whose.ALL)) == {Section.DUE: ["李娜的"]}
    assert DueService(db).counts(boss, Whose.ALL).today == 4


def test_what_can_be_chosen_depends_on_the_role(db, lina):
    lead = factories.staff(db, "组长", Role.LEAD, "东区")
    assert choices(lina) == (Whose.MINE,)
    assert choices(lead) == (Whose.MINE, Whose.TEAM)
    assert choices(factories.director(db)) == (Whose.MINE, Whose.ALL)


def test_silent_customers_are_those_of_mine_without_a_contact_for_a_month(db, lina, zhou, today):
    for name, days, owner, stage in (
        ("安静一", 41, lina, Stage.KEEPING),
        ("安静二", 31, lina, None),
        ("刚联系", 30, lina, Stage.KEEPING),
        ("流失的", 90, lina, Stage.LOST),
        ("别人的", 50, zhou, Stage.KEEPING),
    ):
        factories.customer(db, lina, name, last_contact=day(-days), owner_id=owner.id, stage=stage)
    page = today.load(lina)
    assert [(one.name, one.days) for one in page.silent] == [("安静二", 31), ("安静一", 41)]
    assert page.silent_count == 2


def test_celebrations_of_the_week_are_listed(db, lina, today):
    write(db, lina, "王伟的生日", 3, kind=ReminderKind.BIRTHDAY)
    write(db, lina, "以后的生日", 8, kind=ReminderKind.BIRTHDAY)
    assert [one.text for one in today.load(lina).celebrations] == ["王伟的生日"]


def test_where_a_rule_says_when_somebody_is_silent_it_decides(db, lina, today):
    RuleService(db).add(factories.director(db), RuleDraft(ReminderKind.SILENCE))
    factories.customer(db, lina, "一年没联系", last_contact=day(-365), owner_id=lina.id)
    factories.customer(db, lina, "上周联系过", last_contact=day(-7), owner_id=lina.id)
    page = today.load(lina)
    assert [(one.name, one.days) for one in page.silent] == [("一年没联系", 365)]
    assert page.silent_count == 1
