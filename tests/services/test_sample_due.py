"""What is to be done for sample customers, what they were promised, and their birthdays."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from app.db import check
from app.domain import birthdays
from app.domain.promises import PromiseState
from app.domain.reminders import ReminderKind, first_call, load_alarms
from app.domain.sample import block
from app.domain.sample_customer import BLOCK, Plan
from app.domain.sample_staff import STAFF
from app.domain.vocabulary import SYSTEM, Kind, Role, Stage
from app.domain.working_time import usual
from app.models import Promise, PromiseMove, Reminder
from app.services.due import DueService
from app.services.history import HistoryService
from app.services.promise_writing import LEAD
from app.services.reminders import Assignee, ReminderDraft, ReminderService
from app.services.sample import SampleService
from app.services.staff import StaffService
from tests.databases import NOW

TODAY = date(2026, 11, 22)
PLAN = Plan(BLOCK, 7, NOW, TODAY)


@pytest.fixture(scope="module")
def drawn():
    return block(PLAN, 0)


def open_ones(customers):
    return [
        due for one in customers for due in one.reminders if due.ended is None and not due.of_lead
    ]


def test_every_customer_has_about_one_thing_to_be_done_mostly_in_the_weeks_to_come(drawn):
    count = sum(not due.of_lead for one in drawn for due in one.reminders)
    assert 0.9 * BLOCK < count < 1.2 * BLOCK
    ahead = [due for due in open_ones(drawn) if due.due_on > TODAY]
    assert len(ahead) > 0.85 * len(open_ones(drawn))
    assert max(due.due_on for due in ahead) < TODAY + timedelta(days=370)
    assert {due.kind for due in open_ones(drawn)} >= {
        ReminderKind.NOTE, ReminderKind.CARE, ReminderKind.SILENCE, ReminderKind.THANKS,
        ReminderKind.PROMISE,
    }  # fmt: skip


def test_a_day_of_a_sample_of_a_thousand_can_be_done_by_its_staff():
    found = open_ones(block(Plan(1_000, 3, NOW, TODAY), 0))
    late = sum(due.due_on < TODAY for due in found)
    today = sum(due.due_on == TODAY for due in found)
    assert 2 <= late / len(STAFF) <= 5
    assert 4 <= today / len(STAFF) <= 9


def test_a_million_customers_do_not_drown_anybody():
    million = Plan(1_000_000, 7, NOW, TODAY)
    blocks = [one for index in range(0, 500, 100) for one in block(million, index)]
    late = sum(due.due_on < TODAY for due in open_ones(blocks))
    assert late / len(blocks) <= 0.002  # the sample of it is small; on average 0.04 %
    assert sum(due.due_on == TODAY for due in open_ones(blocks)) / len(blocks) <= 0.004


def test_dates_and_people_of_reminders_hang_together(drawn):
    for one in drawn:
        for due in one.reminders:
            assert one.created.date() <= due.made.astimezone().date()
            assert due.made <= NOW
            assert due.due_at is None or due.due_at.astimezone().date() == due.due_on
            assert due.contact is None or due.contact < len(one.contacts)
            assert load_alarms(due.alarms)
            if due.ended is not None:
                assert due.made <= due.ended <= NOW
                assert due.due_on < TODAY
            if due.promise is not None:
                promise = one.promises[due.promise]
                assert promise.state is PromiseState.OPEN
                assert due.text == promise.text
                assert due.due_on > promise.due_on if due.of_lead else due.due_on == promise.due_on


def test_what_comes_back_is_due_on_a_day_of_its_rule(drawn):
    back = [due for due in open_ones(drawn) if due.rule]
    assert {due.rule.split(";")[0] for due in back} == {
        "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY",
    }  # fmt: skip
    for due in back:
        day = f"BYDAY={due.due_on:%a}".upper()[:8]
        assert due.rule in {
            f"FREQ=WEEKLY;{day}", f"FREQ=MONTHLY;BYMONTHDAY={due.due_on.day}", "FREQ=YEARLY",
        }  # fmt: skip


def test_promises_hang_together_with_what_was_said(drawn):
    promised = [(one, said) for one in drawn for said in one.promises]
    assert 0.22 * BLOCK < len(promised) < 0.36 * BLOCK
    for one, said in promised:
        talk = one.talks[said.talk]
        assert (said.at, said.contact) == (talk.at, talk.contact)
        assert said.at.astimezone().date() < said.first_due_on <= said.due_on
        if said.moved is None:
            assert said.first_due_on == said.due_on
        else:
            assert said.at < said.moved.at <= NOW
            assert (said.moved.from_on, said.moved.to_on) == (said.first_due_on, said.due_on)
        if said.ended is not None:
            assert said.at < said.ended <= NOW
        assert bool(said.reason) == (said.state in {PromiseState.BROKEN, PromiseState.RELEASED})
    assert sum(said.moved is not None for _, said in promised) > BLOCK // 100


def test_four_of_five_promises_are_kept_in_time_and_open_ones_are_mostly_not_late(drawn):
    promised = [said for one in drawn for said in one.promises]
    states = Counter(said.state for said in promised)
    kept, broken = states[PromiseState.KEPT], states[PromiseState.BROKEN]
    assert 0.74 < kept / (kept + broken) < 0.86
    for said in promised:
        if said.state is PromiseState.KEPT:
            assert said.ended.astimezone().date() <= said.due_on
        if said.state is PromiseState.BROKEN and said.ended < NOW:
            assert said.ended.astimezone().date() > said.due_on
    late = [one for one in promised if one.state is PromiseState.OPEN and one.due_on < TODAY]
    assert len(late) <= states[PromiseState.OPEN] // 5


def test_who_is_lost_or_nobodys_leaves_no_work(drawn):
    idle = [one for one in drawn if one.stage is Stage.LOST or one.owner is None]
    assert idle
    assert all(not one.reminders and not one.promises for one in idle)


def test_a_fifth_have_a_birthday_solar_or_lunar_with_or_without_the_year(drawn):
    own = [one.birthday for one in drawn if one.birthday]
    people = [made for one in drawn for made in one.contacts]
    theirs = [made.birthday for made in people if made.birthday]
    assert 0.13 < len(own) / len(drawn) < 0.27
    assert 0.13 < len(theirs) / len(people) < 0.32
    read = [birthdays.load(text) for text in (*own, *theirs)]
    forms = Counter((one.lunar, one.year is None) for one in read)
    assert all(forms[form] > 20 for form in ((False, False), (False, True), (True, False)))
    assert forms[True, True] > 20
    founded = [birthdays.load(one.birthday) for one in drawn if one.kind is not Kind.PERSON
               and one.birthday]  # fmt: skip
    assert all(one.year and not one.lunar for one in founded)


def test_stored_reminders_call_when_they_should_and_are_whose_customer_it_is(db):
    SampleService(db).generate(SYSTEM, 400, 3)
    with db.read(SYSTEM) as session:
        rows = session.scalars(select(Reminder)).all()
        moves = session.scalar(select(func.count(PromiseMove.id)))
        assert len(rows) > 250
        assert moves
        for one in rows:
            assert one.next_at == first_call(
                one.due_on, one.due_at, one.alarms, one.snoozed_until, one.closed_at
            )
        assert list(check._assigned(session)) == []
        promised = {one.id: one for one in session.scalars(select(Promise))}
        linked = [one for one in rows if one.promise_id is not None]
        assert linked
        for one in linked:
            promise = promised[one.promise_id]
            assert one.customer_id == promise.customer_id
            if one.escalation:
                assert (one.for_role, one.whose_id) == (Role.LEAD.value, None)
                assert one.team_id is not None
                assert one.due_on == usual().add_workdays(promise.due_on, one.escalation)
            else:
                assert (one.whose_id, one.due_on) == (promise.staff_id, promise.due_on)
        assert {one.escalation for one in linked} == {0, LEAD}
        for one in promised.values():
            on = None if one.closed_at is None else one.closed_at.astimezone().date()
            assert one.closed_on == on
    with db.read(SYSTEM) as session:
        contacts = session.execute(
            select(Promise.customer_id, Promise.id).where(Promise.interaction_id.is_(None))
        )
        assert contacts.all() == []


def test_the_staff_of_a_sample_have_something_to_do_today(db):
    SampleService(db).generate(SYSTEM, 1_000, 1)
    staff, due = StaffService(db), DueService(db)
    found = [due.counts(staff.actor(one)) for one, _, _ in staff.choices()]
    assert 2 <= sum(one.late for one in found) / len(found) <= 5
    assert 4 <= sum(one.today for one in found) / len(found) <= 10


def test_removing_the_sample_takes_its_work_and_undo_brings_it_back(db):
    service = SampleService(db)
    service.generate(SYSTEM, 200, 1)
    before = _work(db)
    assert all(before)
    removed = service.remove(SYSTEM)
    assert _work(db) == (0, 0, 0)
    assert HistoryService(db).undo(SYSTEM, removed.change_set_id).kept == ()
    assert _work(db) == before


def test_who_has_real_work_stays_when_the_sample_is_removed(db):
    service, staff = SampleService(db), StaffService(db)
    service.generate(SYSTEM, 60, 1)
    ids = {name: one for one, name, _ in staff.choices()}
    boss = staff.actor(ids["李娜"])
    typed = ReminderDraft("盘点样品间", TODAY, assignee=Assignee(ids["陈晨"]))
    ReminderService(db).add(boss, typed)
    service.remove(boss)
    assert {name for _, name, _ in staff.choices()} == {"李娜", "陈晨"}
    chen = staff.actor(ids["陈晨"])
    assert chen.role is Role.SALESPERSON
    assert [one.text for one in DueService(db).lines(chen, TODAY)] == ["盘点样品间"]


def _work(db):
    with db.read(SYSTEM) as session:
        return tuple(
            session.scalar(select(func.count(model.id)))
            for model in (Reminder, Promise, PromiseMove)
        )
