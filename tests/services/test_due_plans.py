"""What is due is found by an index, whatever the planner knows of the tables."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from app.domain.vocabulary import SYSTEM, Role
from app.services.due import DueService
from app.services.reminders import Assignee, ReminderDraft, ReminderService
from app.services.sample import SampleService
from app.services.staff import StaffService
from tests.databases import NOW

TODAY = NOW.astimezone().date()
QUESTIONS = {
    "calling": lambda due, actor: due.calling(actor),
    "next_call": lambda due, actor: due.next_call(actor),
    "lines": lambda due, actor: due.lines(actor, TODAY),
    "between": lambda due, actor: due.between(actor, TODAY, TODAY + timedelta(30)),
    "of_customer": lambda due, actor: due.of_customer(actor, 1),
    "counts": lambda due, actor: due.counts(actor),
    "shown": lambda due, actor: due.shown(actor),
}


@pytest.fixture
def staff(db):
    SampleService(db).generate(SYSTEM, 60, 1)
    service = StaffService(db)
    return {role: service.actor(one) for one, _, role in service.choices()}


@pytest.mark.sqlite
@pytest.mark.parametrize("role", [Role.SALESPERSON, Role.LEAD, Role.DIRECTOR])
@pytest.mark.parametrize("question", QUESTIONS)
def test_no_question_reads_all_reminders(db, staff, role, question):
    asked = []

    def note(_connection, _cursor, statement, parameters, _context, _many):
        asked.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    QUESTIONS[question](DueService(db), staff[role])
    event.remove(db.engine, "before_cursor_execute", note)
    with db.read(SYSTEM) as session:
        plans = [
            row[3]
            for statement, parameters in asked
            if "reminder" in statement
            for row in session.connection().exec_driver_sql(
                f"EXPLAIN QUERY PLAN {statement}", parameters
            )
        ]
    assert any(one.startswith("SEARCH reminder") for one in plans)
    assert [one for one in plans if one.startswith(("SCAN reminder", "SCAN delivery"))] == []


def test_work_by_name_and_by_role_open_and_over_is_there_once_and_in_order(db, staff):
    lead, boss = staff[Role.LEAD], staff[Role.DIRECTOR]
    reminders, due = ReminderService(db), DueService(db)
    far = TODAY + timedelta(days=500)
    mine, role = Assignee(lead.id), Assignee(role=Role.LEAD)
    drafts = (
        ReminderDraft("第三天", far + timedelta(days=2), assignee=role),
        ReminderDraft("第一天", far, assignee=mine),
        ReminderDraft("第二天", far + timedelta(days=1), assignee=role),
        ReminderDraft("第四天", far + timedelta(days=3), assignee=mine),
        ReminderDraft("别人的", far, assignee=Assignee(boss.id)),
    )
    made = [reminders.add(boss, one).ids[0] for one in drafts]
    reminders.done(boss, made[:2])
    found = due.between(lead, far, far + timedelta(days=9))
    assert [one.text for one in found] == ["第一天", "第二天", "第三天", "第四天"]
    still = [one.text for one in due.lines(lead, far + timedelta(days=9)) if one.due_on >= far]
    assert still == ["第二天", "第四天"]


def test_of_very_much_work_the_earliest_is_shown(db, staff, monkeypatch):
    monkeypatch.setattr("app.services.due.MOST", 3)
    lead = staff[Role.LEAD]
    far = TODAY + timedelta(days=500)
    for number in (4, 2, 0, 3, 1):
        whose = Assignee(lead.id) if number % 2 else Assignee(role=Role.LEAD)
        typed = ReminderDraft(f"{number}", far + timedelta(days=number), assignee=whose)
        ReminderService(db).add(lead, typed)
    found = DueService(db).between(lead, far, far + timedelta(days=9))
    assert [one.text for one in found] == ["0", "1", "2"]
