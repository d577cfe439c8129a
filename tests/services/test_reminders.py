from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.clock import Clock
from app.domain.customer import CustomerDraft
from app.domain.reminders import Alarm, Outcome, ReminderKind
from app.domain.vocabulary import Role
from app.errors import NotFound, Refused
from app.services.bulk import BulkService, SetField
from app.services.customer_editing import CustomerEditing
from app.services.due import DueService
from app.services.history import HistoryService
from app.services.reminders import OWNER, Assignee, ReminderDraft, ReminderService
from app.services.staff import StaffService
from tests import factories
from tests.databases import NOW

TODAY = NOW.astimezone().date()


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
def due(db):
    return DueService(db)


def at(db, moment):
    db.clock = Clock(lambda: moment)


def owned(db, actor, name="华信科技"):
    return factories.customer(db, actor, name, owner_id=actor.id)


def texts(due, actor, last=TODAY + timedelta(days=30)):
    return [one.text for one in due.lines(actor, last)]


def test_a_reminder_is_found_again_as_it_was_written(db, lina, reminders):
    customer = owned(db, lina)
    typed = ReminderDraft(
        "给王伟打电话",
        NOW + timedelta(hours=3),
        customer,
        kind=ReminderKind.CARE,
        about="确认十二月排产",
        deadline=True,
        alarms=(Alarm(15), Alarm()),
        assignee=OWNER,
    )
    (made,) = reminders.add(lina, typed).ids
    assert reminders.get(lina, made) == typed


def test_ones_own_reminder_on_ones_own_customer_goes_with_the_customer(
    db, lina, zhou, reminders, due
):
    customer = owned(db, lina)
    reminders.add(lina, ReminderDraft("寄样品", TODAY, customer))
    reminders.add(lina, ReminderDraft("自己问", TODAY, customer, assignee=Assignee(lina.id)))
    reminders.add(lina, ReminderDraft("对账", TODAY))
    boss = factories.director(db)
    moved = BulkService(db).apply(boss, [customer], SetField("owner", zhou.id))
    assert texts(due, zhou) == ["寄样品"]
    assert texts(due, lina) == ["自己问", "对账"]
    HistoryService(db).undo(boss, moved.change_set_id)
    assert texts(due, zhou) == []
    assert texts(due, lina) == ["寄样品", "自己问", "对账"]


def test_it_goes_with_the_customer_when_the_form_changes_the_owner(db, lina, zhou, reminders, due):
    customer = owned(db, lina)
    reminders.add(lina, ReminderDraft("寄样品", TODAY, customer))
    editing = CustomerEditing(db)
    boss = factories.director(db)
    before = CustomerDraft("华信科技", owner_id=lina.id)
    editing.save(boss, customer, before, replace(before, owner_id=zhou.id))
    assert texts(due, zhou) == ["寄样品"]


def test_what_is_over_stays_with_whom_it_was(db, lina, zhou, reminders, due):
    customer = owned(db, lina)
    (made,) = reminders.add(lina, ReminderDraft("寄样品", TODAY, customer)).ids
    reminders.done(lina, [made])
    BulkService(db).apply(factories.director(db), [customer], SetField("owner", zhou.id))
    assert [one.text for one in due.between(lina, TODAY, TODAY)] == ["寄样品"]
    assert due.between(zhou, TODAY, TODAY) == []


def test_work_for_a_role_is_that_of_whoever_has_it_in_the_team(db, lina, reminders, due):
    lead = factories.staff(db, "赵敏", Role.LEAD, "东区")
    other = factories.staff(db, "何平", Role.LEAD, "西区")
    for_lead = Assignee(role=Role.LEAD, team_id=lead.team_id)
    reminders.add(lina, ReminderDraft("看投诉", TODAY, assignee=for_lead))
    reminders.add(lina, ReminderDraft("开会", TODAY, assignee=Assignee(role=Role.LEAD)))
    assert texts(due, lead) == ["看投诉", "开会"]
    assert texts(due, other) == ["开会"]
    assert texts(due, lina) == []


def test_others_do_not_see_what_is_not_theirs(db, lina, zhou, reminders, due):
    customer = owned(db, lina)
    (on_customer,) = reminders.add(lina, ReminderDraft("寄样品", TODAY, customer)).ids
    (alone,) = reminders.add(lina, ReminderDraft("对账", TODAY)).ids
    for one in (on_customer, alone):
        with pytest.raises(NotFound):
            reminders.get(zhou, one)
    assert reminders.done(zhou, [on_customer, alone]).ids == ()
    assert texts(due, lina) == ["寄样品", "对账"]
    assert reminders.get(factories.director(db), alone).text == "对账"


def test_a_customer_out_of_sight_is_not_named_to_who_has_the_work(db, lina, zhou, reminders, due):
    customer = owned(db, lina, "看不见的公司")
    reminders.add(lina, ReminderDraft("帮忙送货", TODAY, customer, assignee=Assignee(zhou.id)))
    (line,) = due.lines(zhou, TODAY)
    assert (line.text, line.customer) == ("帮忙送货", "")


def test_done_and_undone(db, lina, reminders, due):
    (made,) = reminders.add(lina, ReminderDraft("对账", TODAY)).ids
    written = reminders.done(lina, [made])
    assert texts(due, lina) == []
    assert due.counts(lina).ended == 1
    assert due.next_call(lina) is None
    HistoryService(db).undo(lina, written.change_set_id)
    assert texts(due, lina) == ["对账"]
    assert due.next_call(lina) is not None


def test_skipped_ones_keep_why(db, lina, reminders, due):
    (made,) = reminders.add(lina, ReminderDraft("对账", TODAY)).ids
    reminders.skip(lina, [made], "对方放假")
    (line,) = due.between(lina, TODAY, TODAY)
    assert line.outcome is Outcome.SKIPPED


def test_it_calls_at_its_lead_times_each_once(db, lina, reminders, due):
    moment = NOW + timedelta(hours=2)
    reminders.add(lina, ReminderDraft("打电话", moment, alarms=(Alarm(60), Alarm())))
    assert due.calling(lina) == []
    assert due.next_call(lina) == moment - timedelta(hours=1)
    at(db, moment - timedelta(minutes=59))
    (notice,) = due.calling(lina)
    assert notice.at == moment - timedelta(hours=1)
    assert due.claim(lina, [notice], "toast") == [notice]
    assert due.claim(lina, [notice], "native") == []
    assert due.calling(lina) == []
    assert due.next_call(lina) == moment
    at(db, moment)
    (again,) = due.calling(lina)
    assert again.at == moment
    assert due.claim(lina, [again], "toast") == [again]
    assert due.next_call(lina) is None


def test_after_a_week_off_it_calls_once_in_its_newest_state(db, lina, reminders, due):
    moment = NOW + timedelta(hours=2)
    reminders.add(lina, ReminderDraft("打电话", moment, alarms=(Alarm(60), Alarm(30), Alarm())))
    at(db, moment + timedelta(days=7))
    (notice,) = due.calling(lina)
    assert (notice.at, notice.late) == (moment, True)
    due.claim(lina, [notice], "digest")
    assert due.calling(lina) == []
    assert len(due.shown(lina)) == 1


def test_put_off_it_is_quiet_until_then(db, lina, reminders, due):
    (made,) = reminders.add(lina, ReminderDraft("打电话", NOW)).ids
    due.claim(lina, due.calling(lina), "toast")
    until = NOW + timedelta(minutes=10)
    reminders.snooze(lina, [made], until)
    assert due.calling(lina) == []
    assert due.next_call(lina) == until
    assert due.shown(lina)[0].action == "snoozed"
    at(db, until)
    (notice,) = due.calling(lina)
    assert notice.at == until
    with pytest.raises(Refused):
        reminders.snooze(lina, [made], NOW)


def test_undoing_does_not_show_a_popup_twice(db, lina, reminders, due):
    (made,) = reminders.add(lina, ReminderDraft("打电话", NOW)).ids
    due.claim(lina, due.calling(lina), "toast")
    written = reminders.done(lina, [made])
    HistoryService(db).undo(lina, written.change_set_id)
    assert due.claim(lina, due.calling(lina), "toast") == []
    assert due.calling(lina) == []
    assert due.shown(lina)[0].action == "done"


def test_moved_to_another_day_it_calls_then(db, lina, reminders, due):
    (made,) = reminders.add(lina, ReminderDraft("对账", TODAY)).ids
    reminders.move(lina, made, TODAY + timedelta(days=3))
    assert due.calling(lina) == []
    assert reminders.get(lina, made).due == TODAY + timedelta(days=3)


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (ReminderDraft("  ", TODAY), "text"),
        (ReminderDraft("x", TODAY, alarms=tuple(Alarm(n) for n in range(9))), "alarms"),
        (ReminderDraft("x", TODAY, assignee=OWNER), "assignee"),
        (ReminderDraft("x", TODAY, assignee=Assignee(999)), "assignee"),
        (ReminderDraft("x", TODAY, contact_id=999), "contact_id"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_field(lina, reminders, draft, field):
    with pytest.raises(Refused) as refused:
        reminders.add(lina, draft)
    assert set(refused.value.fields) == {field}


def test_counts_tell_late_today_and_ended(db, lina, reminders, due):
    days = (TODAY - timedelta(days=1), TODAY, TODAY, TODAY + timedelta(days=1))
    made = [reminders.add(lina, ReminderDraft(str(day), day)).ids[0] for day in days]
    reminders.done(lina, made[:1])
    found = due.counts(lina)
    assert (found.late, found.today, found.ended) == (0, 2, 1)


def test_a_moment_is_due_on_the_day_where_the_user_sits(db, lina, reminders, due):
    moment = datetime.combine(date(2026, 12, 1), datetime.min.time()).astimezone()
    reminders.add(lina, ReminderDraft("零点", moment))
    (line,) = due.between(lina, date(2026, 12, 1), date(2026, 12, 1))
    assert line.due == moment


def test_whoever_left_is_not_given_work(db, lina, zhou, reminders):
    StaffService(db).deactivate(factories.director(db), zhou.id)
    with pytest.raises(Refused):
        reminders.add(lina, ReminderDraft("x", TODAY, assignee=Assignee(zhou.id)))


def test_what_comes_back_has_its_next_occurrence_when_it_is_done(db, lina, reminders, due):
    draft = ReminderDraft("对账", date(2026, 11, 23), rule="FREQ=WEEKLY;BYDAY=MO")
    (made,) = reminders.add(lina, draft).ids
    at(db, NOW + timedelta(days=16))  # two Mondays were missed
    written = reminders.done(lina, [made])
    (line,) = due.lines(lina, date(2027, 1, 31))
    assert (line.due, line.text) == (date(2026, 12, 14), "对账")
    HistoryService(db).undo(lina, written.change_set_id)
    assert [one.due for one in due.lines(lina, date(2027, 1, 31))] == [date(2026, 11, 23)]


def test_after_the_last_time_nothing_comes_back(db, lina, reminders, due):
    draft = ReminderDraft("回访", TODAY, rule="FREQ=DAILY;COUNT=2")
    (made,) = reminders.add(lina, draft).ids
    reminders.done(lina, [made])
    (second,) = due.lines(lina, TODAY + timedelta(days=9))
    assert second.due == TODAY + timedelta(days=1)
    reminders.done(lina, [second.id])
    assert due.lines(lina, TODAY + timedelta(days=9)) == []


def test_a_rule_that_cannot_be_is_refused(lina, reminders):
    with pytest.raises(Refused):
        reminders.add(lina, ReminderDraft("x", TODAY, rule="FREQ=MONTHLY;BYMONTHDAY=99"))
