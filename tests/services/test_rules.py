from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.clock import Clock
from app.config import Workspace
from app.db import bulk
from app.db.check import check
from app.domain.custom_fields import FieldDraft, FieldKind
from app.domain.customer import ContactDraft
from app.domain.interactions import Channel, Direction
from app.domain.reminders import Outcome, ReminderKind
from app.domain.rules import RuleDraft, RuleParams, Whose
from app.domain.vocabulary import SYSTEM, Grade, Kind, Origin, Role, Stage
from app.errors import Forbidden, NotFound, Refused
from app.i18n import Message
from app.models import Customer, GreetingChoice, Reminder
from app.services.bulk import BulkService, SetField
from app.services.custom_fields import CustomFieldService
from app.services.customer_editing import CustomerEditing
from app.services.customers import CustomerService
from app.services.due import DueService
from app.services.history import HistoryService
from app.services.interactions import InteractionDraft, InteractionService
from app.services.merging import MergeService
from app.services.reminders import ReminderService
from app.services.rules import RuleService
from app.services.silence import SilenceService, usual_gap
from tests import databases, factories
from tests.databases import NOW

TODAY = NOW.astimezone().date()
BIRTHDAY, SILENCE, CARE = ReminderKind.BIRTHDAY, ReminderKind.SILENCE, ReminderKind.CARE
FESTIVAL, THANKS = ReminderKind.FESTIVAL, ReminderKind.THANKS
ANNIVERSARY = ReminderKind.ANNIVERSARY


@pytest.fixture
def boss(db):
    return factories.director(db)


@pytest.fixture
def lina(db, boss):
    return factories.staff(db, "李娜", Role.SALESPERSON, "东区")


@pytest.fixture
def rules(db):
    return RuleService(db)


@pytest.fixture
def due(db):
    return DueService(db)


def day(text):
    return date.fromisoformat(text)


def go_to(db, moment):
    """Let it be the morning of a day."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, datetime.min.time()).astimezone() + timedelta(hours=9)
    db.clock = Clock(lambda: moment)


def person(db, boss, owner, name="王伟", **fields):
    return factories.customer(db, boss, name, kind=Kind.PERSON, owner_id=owner.id, **fields)


def spoken(db, actor, customer, on):
    at = datetime.combine(on, datetime.min.time()).astimezone() + timedelta(hours=8)
    draft = InteractionDraft(Channel.PHONE, Direction.OUT, at, "近况")
    return InteractionService(db).log(actor, customer, draft)


def lines(due, actor, days=400):
    """Text and day of what is still to be done."""
    return [(one.text, one.due_on) for one in due.lines(actor, TODAY + timedelta(days=days))]


def made(db):
    """Every reminder a rule made, deleted ones apart: kind, occasion, outcome, reason."""
    with db.read(SYSTEM) as session:
        rows = session.execute(
            select(Reminder.kind, Reminder.occasion, Reminder.outcome, Reminder.reason)
            .where(Reminder.rule_id.is_not(None))
            .order_by(Reminder.id)
        )
        return [tuple(row) for row in rows]


# --- birthdays ---------------------------------------------------------------------


def test_a_birthday_is_called_ahead_and_on_the_day_and_is_made_once(db, boss, lina, rules, due):
    customer = person(db, boss, lina, birthday="1980-11-25")
    rules.add(boss, RuleDraft(BIRTHDAY, lead_days=3))
    assert rules.run(boss).made == 1
    assert lines(due, lina) == [("Wish 王伟 a happy birthday", day("2026-11-25"))]
    (line,) = due.of_customer(lina, customer)
    assert (line.kind, line.about) == (BIRTHDAY, "Turns 46 · 25 November 1980")
    (notice,) = due.calling(lina)
    assert notice.at.astimezone().date() == TODAY
    assert rules.run(boss).made == 0
    assert rules.run(boss, TODAY + timedelta(days=1)).made == 0


def test_a_birthday_further_ahead_than_the_lead_waits(db, boss, lina, rules):
    person(db, boss, lina, birthday="--11-26")
    rules.add(boss, RuleDraft(BIRTHDAY, lead_days=3))
    assert rules.run(boss).made == 0
    assert rules.run(boss, TODAY + timedelta(days=1)).made == 1


@pytest.mark.parametrize(
    ("stored", "today", "kept"),
    [
        ("L1975-10-15", "2026-11-23", "2026-11-23"),
        ("L--12-30", "2026-02-16", "2026-02-16"),  # that month has 29 days
        ("L--06+15", "2025-08-08", "2025-08-08"),  # 2025 has a leap month 6
        ("L--06+15", "2026-07-28", "2026-07-28"),  # 2026 has none
        ("2000-02-29", "2027-02-28", "2027-02-28"),
        ("--02-29", "2028-02-29", "2028-02-29"),
    ],
)
def test_every_calendar_and_every_short_month(db, boss, lina, rules, due, stored, today, kept):
    person(db, boss, lina, birthday=stored)
    rules.add(boss, RuleDraft(BIRTHDAY))
    assert rules.run(boss, day(today) - timedelta(days=1)).made == 0
    assert rules.run(boss, day(today)).made == 1
    assert [on for _, on in lines(due, lina, 4_000)] == [day(kept)]


def test_contacts_have_birthdays_of_their_own_and_companies_are_congratulated(
    db, boss, lina, rules, due
):
    people = (ContactDraft(name="陈国强", birthday="1966-11-22"),)
    factories.customer(
        db, boss, "国强建材", owner_id=lina.id, birthday="1998-11-22", contacts=people
    )
    both = rules.add(boss, RuleDraft(BIRTHDAY))
    assert rules.preview(boss, RuleDraft(BIRTHDAY, RuleParams(whose=Whose.CONTACTS))).count == 1
    rules.run(boss)
    assert sorted(lines(due, lina)) == [
        ("Congratulate 国强建材: founded on this day", TODAY),
        ("Wish 陈国强 a happy birthday", TODAY),
    ]
    rules.save(boss, both, RuleDraft(BIRTHDAY, RuleParams(whose=Whose.CUSTOMERS)))
    assert rules.run(boss).withdrawn == 1
    assert [text for text, _ in lines(due, lina)] == ["Congratulate 国强建材: founded on this day"]


def test_a_deleted_or_undone_reminder_is_not_made_again_and_neither_by_an_edited_rule(
    db, boss, lina, rules, due
):
    first = person(db, boss, lina, birthday="--11-22")
    person(db, boss, lina, "李雷", birthday="--11-23")
    rule = rules.add(boss, RuleDraft(BIRTHDAY, lead_days=1))
    result = rules.run(boss)
    assert result.made == 2
    (line,) = due.of_customer(boss, first)
    ReminderService(db).delete(boss, [line.id])
    HistoryService(db).undo(boss, result.change_set_id)
    rules.save(boss, rule, RuleDraft(BIRTHDAY, lead_days=5, name="生日提前五天"))
    rules.add(boss, RuleDraft(BIRTHDAY, lead_days=2))
    assert rules.run(boss).made == 0
    assert lines(due, lina) == []


def test_two_rules_of_a_kind_remind_of_a_birthday_once(db, boss, lina, rules, due):
    person(db, boss, lina, birthday="--11-22", grade=Grade.A)
    rules.add(boss, RuleDraft(BIRTHDAY))
    rules.add(boss, RuleDraft(BIRTHDAY, filter="grade = A", lead_days=2))
    assert rules.run(boss).made == 1


def test_a_corrected_birthday_takes_the_reminder_back_and_makes_the_right_one(
    db, boss, lina, rules, due
):
    customer = person(db, boss, lina, birthday="--11-23")
    rules.add(boss, RuleDraft(BIRTHDAY, lead_days=3))
    rules.run(boss)
    editing = CustomerEditing(db)

    def correct(birthday):
        held = CustomerService(db).get(boss, customer).draft
        editing.save(boss, customer, held, replace(held, birthday=birthday))

    correct("--11-24")
    result = rules.run(boss)
    assert (result.made, result.withdrawn) == (1, 1)
    assert [on for _, on in lines(due, lina)] == [day("2026-11-24")]
    assert made(db)[0][2:] == (Outcome.RELEASED, "The day is another one now.")
    correct("--11-23")
    rules.run(boss)
    assert [on for _, on in lines(due, lina)] == [day("2026-11-23")]


def test_a_birthday_nobody_saw_to_is_taken_back_when_the_day_is_long_past(
    db, boss, lina, rules, due
):
    person(db, boss, lina, birthday="--11-22")
    rules.add(boss, RuleDraft(BIRTHDAY))
    rules.run(boss)
    assert rules.run(boss, TODAY + timedelta(days=7)).withdrawn == 0
    assert rules.run(boss, TODAY + timedelta(days=8)).withdrawn == 1
    assert lines(due, lina) == []


def test_after_a_week_off_only_the_last_birthdays_are_made_up(db, boss, lina, rules, due):
    for number in range(1, 8):
        person(db, boss, lina, f"客户{number}", birthday=f"--11-{22 - number:02}")
    rules.add(boss, RuleDraft(BIRTHDAY))
    rules.run(boss)
    assert sorted(on for _, on in lines(due, lina)) == [
        day("2026-11-19"), day("2026-11-20"), day("2026-11-21")
    ]  # fmt: skip


def test_what_would_call_on_a_day_off_calls_on_the_workday_before(db, boss, lina, rules, due):
    # 2026-11-22 is a Sunday
    person(db, boss, lina, birthday="--11-22")
    rules.add(boss, RuleDraft(BIRTHDAY, RuleParams(workdays=True)))
    assert rules.run(boss, day("2026-11-19")).made == 0
    assert rules.run(boss, day("2026-11-20")).made == 1
    (notice,) = due.calling(lina)
    assert notice.at.astimezone().date() == day("2026-11-20")
    assert lines(due, lina) == [("Wish 王伟 a happy birthday", day("2026-11-22"))]


def test_lost_customers_unowned_ones_and_who_wants_no_greetings_are_left_alone(
    db, boss, lina, rules
):
    person(db, boss, lina, "流失", birthday="--11-22", stage=Stage.LOST)
    nobodys = factories.customer(db, boss, "公海", birthday="--11-22")
    BulkService(db).apply(boss, [nobodys], SetField("owner", None))
    refusing = person(db, boss, lina, "不要", birthday="--11-22")
    wishing = person(db, boss, lina, "只要生日", birthday="--11-22")
    with db.write(boss, Message("Wishes")) as session:
        for customer, occasion, wanted in (
            (refusing, "birthday", False),
            (wishing, "all", False),
            (wishing, "birthday", True),
        ):
            session.add(GreetingChoice(customer_id=customer, occasion=occasion, wanted=wanted))
    preview = rules.preview(boss, RuleDraft(BIRTHDAY))
    assert [one.customer for one in preview.lines] == ["只要生日"]
    to_leads = RuleDraft(BIRTHDAY, role=Role.LEAD)
    assert {one.customer for one in rules.preview(boss, to_leads).lines} == {"只要生日", "公海"}


def test_a_rule_may_remind_a_person_or_a_role_instead(db, boss, lina, rules, due):
    person(db, boss, lina, birthday="--11-22")
    zhou = factories.staff(db, "周凯", Role.SALESPERSON)
    rules.add(boss, RuleDraft(BIRTHDAY, staff_id=zhou.id))
    rules.run(boss)
    assert len(lines(due, zhou)) == 1
    assert lines(due, lina) == []
    (line,) = due.lines(zhou, TODAY)
    assert line.whose == "周凯"


# --- festivals ---------------------------------------------------------------------


def test_a_festival_reminds_of_the_segment_and_of_who_wishes_it(db, boss, lina, rules, due):
    best = person(db, boss, lina, "甲", grade=Grade.A)
    person(db, boss, lina, "乙", grade=Grade.B)
    with db.write(boss, Message("Wishes")) as session:
        session.add(GreetingChoice(customer_id=best, occasion="mid_autumn", wanted=True))
    moon = ("mid_autumn", "spring_festival")
    rule = RuleDraft(FESTIVAL, RuleParams(festivals=moon), lead_days=7, filter="grade in (A, B)")
    go_to(db, day("2026-09-17"))
    preview = rules.preview(boss, rule)
    assert (preview.count, preview.today, preview.most) == (4, 0, 2)
    assert [one.day for one in preview.lines] == [day("2026-09-25")] * 2 + [day("2027-02-06")] * 2
    wished = RuleDraft(FESTIVAL, RuleParams(festivals=moon, wished=True), lead_days=7)
    rules.add(boss, wished)
    assert rules.run(boss).made == 0
    go_to(db, day("2026-09-18"))
    assert rules.run(boss).made == 1
    assert lines(due, lina) == [("Mid-Autumn Festival: greet 甲", day("2026-09-25"))]
    with db.write(boss, Message("Wishes")) as session:
        session.scalars(select(GreetingChoice)).one().wanted = False
    assert rules.run(boss).withdrawn == 1


# --- silence -----------------------------------------------------------------------


def silence(**more):
    params = RuleParams(days=90, by_grade={Grade.A: 30}, by_stage={Stage.WINNING_BACK: 14}, **more)
    return RuleDraft(SILENCE, params)


def test_silence_is_counted_from_contacts_and_reminded_of_once(db, boss, lina, rules, due):
    customer = person(db, boss, lina, grade=Grade.A, stage=Stage.KEEPING)
    spoken(db, lina, customer, TODAY - timedelta(days=29))
    rules.add(boss, silence())
    assert rules.run(boss).made == 0
    BulkService(db).apply(boss, [customer], SetField("source", "展会"))
    go_to(db, TODAY + timedelta(days=1))
    assert rules.run(boss).made == 1
    assert lines(due, lina) == [
        ("Get in touch with 王伟: silent for 30 days", TODAY + timedelta(days=1))
    ]
    for later in (1, 2, 40):
        go_to(db, TODAY + timedelta(days=later))
        assert rules.run(boss).made == 0


def test_contact_is_what_a_silence_asked_for_and_the_next_one_asks_again(
    db, boss, lina, rules, due
):
    customer = person(db, boss, lina, grade=Grade.A)
    spoken(db, lina, customer, TODAY - timedelta(days=30))
    rules.add(boss, silence())
    rules.run(boss)
    logged = spoken(db, lina, customer, TODAY)
    assert lines(due, lina) == []
    assert made(db)[0][2] == Outcome.DONE
    HistoryService(db).undo(lina, logged.change_set_id)
    assert len(lines(due, lina)) == 1
    spoken(db, lina, customer, TODAY)
    go_to(db, TODAY + timedelta(days=30))
    result = rules.run(boss)
    assert (result.made, result.withdrawn) == (1, 0)
    assert len(lines(due, lina)) == 1


def test_what_was_imported_or_corrected_ends_a_silence_the_next_night_and_begins_it_again(
    db, boss, lina, rules, due
):
    customer = person(db, boss, lina, grade=Grade.A)
    spoken(db, lina, customer, TODAY - timedelta(days=30))
    rules.add(boss, silence())
    rules.run(boss)

    def contact(on):
        with db.write(boss, Message("Import")) as session:
            bulk.update_rows(session, Customer, [customer], {"last_contact": on})

    contact(TODAY)
    assert rules.run(boss).withdrawn == 1
    assert made(db)[0][2:] == (Outcome.RELEASED, "There was contact meanwhile.")
    contact(TODAY - timedelta(days=30))
    assert rules.run(boss).made == 0
    assert len(lines(due, lina)) == 1


def test_the_shorter_of_grade_and_stage_holds(db, boss, lina, rules):
    for name, days, fields in (
        ("甲", 30, {"grade": Grade.A}),
        ("乙", 29, {"grade": Grade.A}),
        ("丙", 14, {"grade": Grade.A, "stage": Stage.WINNING_BACK}),
        ("丁", 89, {"grade": Grade.C}),
        ("戊", 90, {}),
    ):
        spoken(db, lina, person(db, boss, lina, name, **fields), TODAY - timedelta(days=days))
    rules.add(boss, silence())
    assert rules.run(boss).made == 3
    assert {text.split(":")[0] for text, _ in lines(DueService(db), lina)} == {
        "Get in touch with 甲", "Get in touch with 丙", "Get in touch with 戊"
    }  # fmt: skip


def test_no_morning_is_flooded_and_the_longest_silent_come_first(db, boss, lina, rules, due):
    zhou = factories.staff(db, "周凯", Role.SALESPERSON)
    for owner in (lina, zhou):
        for number in range(7):
            customer = person(db, boss, owner, f"{owner.name}{number}", grade=Grade.A)
            spoken(db, owner, customer, TODAY - timedelta(days=30 + number))
    long_ago = person(db, boss, lina, "早就不来", grade=Grade.A)
    spoken(db, lina, long_ago, TODAY - timedelta(days=200))
    rules.add(boss, silence(most=3))
    assert rules.run(boss).made == 6
    assert rules.run(boss).made == 0
    assert [text[18:21] for text, _ in lines(due, lina)] == ["李娜6", "李娜5", "李娜4"]
    go_to(db, TODAY + timedelta(days=1))
    assert rules.run(boss).made == 6
    go_to(db, TODAY + timedelta(days=2))
    assert rules.run(boss).made == 2
    assert rules.preview(boss, silence()).count == 0


def test_who_was_never_spoken_with_is_silent_since_they_were_added(db, boss, lina, rules, due):
    person(db, boss, lina, grade=Grade.A)
    rules.add(boss, silence())
    go_to(db, TODAY + timedelta(days=29))
    assert rules.run(boss).made == 0
    go_to(db, TODAY + timedelta(days=30))
    assert rules.run(boss).made == 1
    assert lines(due, lina)[0][0] == "Get in touch with 王伟: no contact yet"


def test_a_merged_customer_is_not_reminded_of_again(db, boss, lina, rules, due):
    first = person(db, boss, lina, "王伟", birthday="--11-22", grade=Grade.A)
    second = person(db, boss, lina, "王伟 ", birthday="--11-22", grade=Grade.A)
    for one in (first, second):
        spoken(db, lina, one, TODAY - timedelta(days=30))
    rules.add(boss, RuleDraft(BIRTHDAY, filter="name contains 王伟"))
    rules.add(boss, silence())
    rules.run(boss)
    merging = MergeService(db)
    merging.merge(boss, second, first, {}, merging.compare(boss, second, first))
    assert rules.run(boss).made == 0


def test_a_deleted_customer_takes_its_reminders_along_and_back(db, boss, lina, rules, due):
    customer = person(db, boss, lina, birthday="--11-22")
    rules.add(boss, RuleDraft(BIRTHDAY))
    rules.run(boss)
    CustomerEditing(db).delete(boss, customer)
    assert rules.run(boss).withdrawn == 0
    assert lines(due, lina) == []
    HistoryService(db).undo(boss, HistoryService(db).last(boss).id)
    assert len(lines(due, lina)) == 1


def test_a_lost_customer_takes_its_reminders_back(db, boss, lina, rules, due):
    customer = person(db, boss, lina, birthday="--11-23")
    rules.add(boss, RuleDraft(BIRTHDAY, lead_days=2))
    rules.run(boss)
    BulkService(db).apply(boss, [customer], SetField("stage", Stage.LOST))
    assert rules.run(boss).withdrawn == 1
    BulkService(db).apply(boss, [customer], SetField("stage", Stage.KEEPING))
    rules.run(boss)
    assert len(lines(due, lina)) == 1


# --- care, thanks, anniversaries ---------------------------------------------------


def test_a_care_plan_returns_every_so_many_days_after_the_last_contact(db, boss, lina, rules, due):
    customer = person(db, boss, lina)
    spoken(db, lina, customer, TODAY - timedelta(days=10))
    rules.add(boss, RuleDraft(CARE, RuleParams(days=10, channel=Channel.VISIT)))
    assert rules.run(boss).made == 1
    (line,) = due.lines(lina, TODAY)
    assert (line.channel, line.text) == (
        Channel.VISIT, "Look after 王伟: last contact 10 days ago",
    )  # fmt: skip
    go_to(db, TODAY + timedelta(days=10))
    assert rules.run(boss).made == 0  # the first is still to be done
    ReminderService(db).done(lina, [line.id])
    assert rules.run(boss).made == 1
    spoken(db, lina, customer, TODAY + timedelta(days=10))
    assert due.lines(lina, TODAY + timedelta(days=30)) == []
    go_to(db, TODAY + timedelta(days=20))
    assert rules.run(boss).made == 1


def test_thank_you_calls_begin_on_a_workday_and_are_spread(db, boss, lina, rules, due):
    for number in range(4):
        person(db, boss, lina, f"客户{number}", grade=Grade.A)
    person(db, boss, lina, "乙", grade=Grade.B)
    params = RuleParams(months=2, place=1, most=3)
    rules.add(boss, RuleDraft(THANKS, params, filter="grade = A"))
    for when, count in (
        ("2026-12-31", 0), ("2027-01-01", 3), ("2027-01-01", 0), ("2027-01-04", 1),
        ("2027-01-05", 0), ("2027-02-01", 0),
    ):  # fmt: skip
        go_to(db, day(when))
        assert rules.run(boss).made == count, when
    ReminderService(db).done(lina, [one.id for one in due.lines(lina, day("2027-06-01"))])
    go_to(db, day("2027-03-01"))
    assert rules.run(boss).made == 3


def test_a_customer_of_many_years_and_a_date_of_a_field_of_ones_own(db, boss, lina, rules, due):
    customer = person(db, boss, lina, since=day("2016-11-22"))
    person(db, boss, lina, "新客户", since=TODAY)
    fields = CustomFieldService(db)
    field = fields.add(boss, FieldDraft("下次联系", FieldKind.DATE))
    fields.set(boss, customer, field, "", "2026-11-24")
    rules.add(boss, RuleDraft(ANNIVERSARY))
    once = RuleParams(source=f"field_{field}", yearly=False)
    rules.add(boss, RuleDraft(ANNIVERSARY, once, lead_days=2))
    assert rules.run(boss).made == 2
    assert lines(due, lina) == [
        ("王伟 has been a customer for 10 years", TODAY),
        ("下次联系 of 王伟: Tue, Nov 24", day("2026-11-24")),
    ]
    fields.set(boss, customer, field, "2026-11-24", "2026-11-23")
    result = rules.run(boss)
    assert (result.made, result.withdrawn) == (1, 1)
    assert lines(due, lina)[-1][1] == day("2026-11-23")


# --- keeping them ------------------------------------------------------------------


def test_a_rule_is_found_again_as_it_was_written(db, boss, rules):
    typed = RuleDraft(
        SILENCE,
        RuleParams(
            days=45, by_grade={Grade.B: 20}, by_stage={Stage.KEEPING: 9}, most=7, workdays=True
        ),
        "沉默",
        "联系 {contact}",
        "grade in (A, B)",
        role=Role.LEAD,
        active=False,
    )
    made_rule = rules.add(boss, typed)
    (line,) = rules.all(boss)
    assert (line.id, line.draft, line.name) == (made_rule, typed, "沉默")
    rules.switch(boss, made_rule, active=True)
    assert rules.all(boss)[0].draft.active
    rules.delete(boss, made_rule)
    assert rules.all(boss) == []
    HistoryService(db).undo(boss, HistoryService(db).last(boss).id)
    assert len(rules.all(boss)) == 1


def test_a_changed_rule_is_taken_back_and_done_again_with_all_it_says(db, boss, rules):
    before = silence(most=7)
    after = replace(silence(workdays=True), name="沉默", lead_days=2)
    rule = rules.add(boss, before)
    rules.save(boss, rule, after)
    history = HistoryService(db)
    undone = history.undo(boss, history.last(boss).id)
    assert rules.all(boss)[0].draft == before
    history.undo(boss, undone.change_set_id)
    assert rules.all(boss)[0].draft == after
    rules.save(boss, rule, RuleDraft(SILENCE))
    history.undo(boss, history.last(boss).id)
    assert rules.all(boss)[0].draft == after


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (RuleDraft(BIRTHDAY, filter="grade = Z"), "filter"),
        (RuleDraft(BIRTHDAY, filter="grade = A and owner = me"), "filter"),
        (RuleDraft(BIRTHDAY, text="Hi {nobody}"), "text"),
        (RuleDraft(BIRTHDAY, lead_days=-1), "lead_days"),
        (RuleDraft(BIRTHDAY, staff_id=99), "whom"),
        (RuleDraft(FESTIVAL), "festivals"),
        (RuleDraft(FESTIVAL, RuleParams(festivals=("no_such",))), "festivals"),
        (RuleDraft(SILENCE, RuleParams(days=0)), "days"),
        (RuleDraft(SILENCE, RuleParams(by_grade={Grade.A: 99_999})), "days"),
        (RuleDraft(CARE, RuleParams(most=0)), "most"),
        (RuleDraft(THANKS, RuleParams(months=0)), "months"),
        (RuleDraft(THANKS, RuleParams(place=0)), "place"),
        (RuleDraft(ANNIVERSARY, RuleParams(source="field_4711")), "source"),
    ],
)
def test_impossible_rules_are_refused_at_the_field(db, boss, rules, typed, field):
    assert set(rules.problems(boss, typed)) == {field}
    with pytest.raises(Refused) as refused:
        rules.add(boss, typed)
    assert set(refused.value.fields) == {field}
    assert rules.all(boss) == []


def test_only_managers_change_rules_or_run_them(db, boss, lina, rules):
    rule = rules.add(boss, RuleDraft(BIRTHDAY))
    for attempt in (
        lambda: rules.add(lina, RuleDraft(BIRTHDAY)),
        lambda: rules.save(lina, rule, RuleDraft(BIRTHDAY)),
        lambda: rules.switch(lina, rule, active=False),
        lambda: rules.delete(lina, rule),
        lambda: rules.add_usual(lina),
        lambda: rules.run(lina),
    ):
        with pytest.raises(Forbidden):
            attempt()
    with pytest.raises(NotFound):
        rules.switch(boss, 999, active=True)
    assert len(rules.all(lina)) == 1


def test_a_preview_counts_exactly_and_shows_the_first_in_order(db, boss, lina, rules):
    for number in range(1, 61):
        when = TODAY + timedelta(days=number)
        person(db, boss, lina, f"客户{number}", birthday=f"--{when:%m-%d}")
    preview = rules.preview(boss, RuleDraft(BIRTHDAY, lead_days=3))
    assert (preview.count, preview.today, preview.most) == (33, 3, 3)
    assert [one.customer for one in preview.lines[:4]] == ["客户1", "客户2", "客户3", "客户4"]
    assert preview.lines[3].calls == TODAY + timedelta(days=1)
    assert preview.lines[3].whose == "李娜"
    assert made(db) == []


# --- every night -------------------------------------------------------------------


def test_a_new_workspace_gets_the_usual_rules_on_the_first_day_only(db, boss, rules):
    assert rules.run_if_due("a") is not None
    assert [(one.draft.kind, one.draft.active) for one in rules.all(boss)] == [
        (BIRTHDAY, True), (FESTIVAL, False), (SILENCE, True), (ANNIVERSARY, False),
        (CARE, False), (THANKS, False),
    ]  # fmt: skip
    for one in rules.all(boss):
        rules.delete(boss, one.id)
    go_to(db, TODAY + timedelta(days=1))
    assert rules.run_if_due("a") is not None
    assert rules.all(boss) == []
    assert rules.add_usual(boss) == 6
    assert rules.add_usual(boss) == 0


def test_rules_run_once_a_day_whichever_program_comes_first(db, boss, lina, rules):
    person(db, boss, lina, birthday="--11-22")
    rules.add(boss, RuleDraft(BIRTHDAY))
    result = rules.run_if_due("window")
    assert (result.made, result.withdrawn) == (1, 0)
    person(db, boss, lina, "后来的", birthday="--11-22")
    assert RuleService(db).run_if_due("agent") is None
    go_to(db, TODAY - timedelta(days=1))  # the clock was set back
    assert rules.run_if_due("agent").made == 0
    go_to(db, TODAY + timedelta(days=1))
    assert rules.run_if_due("agent").made == 1


def test_what_rules_make_is_one_change_that_can_be_taken_back(db, boss, lina, rules, due, tmp_path):
    for number in range(30):
        person(db, boss, lina, f"客户{number}", birthday="--11-22")
    rules.add(boss, RuleDraft(BIRTHDAY))
    result = rules.run_if_due()
    assert result.made == 30
    (entry,) = [one for one in HistoryService(db).page(boss) if one.id == result.change_set_id]
    assert entry.origin is Origin.AGENT
    assert check(Workspace(tmp_path), db) == []
    HistoryService(db).undo(boss, result.change_set_id)
    assert lines(due, lina) == []
    assert check(Workspace(tmp_path), db) == []


@pytest.fixture(scope="module")
def prepared(sqlite_template, tmp_path_factory):
    """A workspace with customers of all sorts, and rules of every kind that crosses another."""
    folder = tmp_path_factory.mktemp("prepared")
    with databases.sqlite(sqlite_template, folder) as db:
        boss = factories.director(db)
        lina = factories.staff(db, "李娜", Role.SALESPERSON)
        for number in range(4):
            when = TODAY + timedelta(days=9 * number)
            customer = person(
                db, boss, lina, f"客户{number}", birthday=f"--{when:%m-%d}", grade=Grade.A
            )
            spoken(db, lina, customer, TODAY - timedelta(days=7 * number))
        for draft in (
            RuleDraft(BIRTHDAY, lead_days=5),
            RuleDraft(BIRTHDAY, RuleParams(workdays=True), lead_days=2),
            silence(most=2),
            RuleDraft(CARE, RuleParams(days=15)),
            RuleDraft(THANKS, RuleParams(months=1, most=2)),
            RuleDraft(FESTIVAL, RuleParams(festivals=("christmas", "new_year")), lead_days=10),
        ):
            RuleService(db).add(boss, draft)
    return folder / "shuke.db"


@pytest.mark.sqlite
@settings(max_examples=8)
@given(days=st.lists(st.integers(-40, 60), min_size=1, max_size=6))
def test_on_any_sequence_of_days_every_occasion_is_made_once(prepared, tmp_path_factory, days):
    with databases.sqlite(prepared, tmp_path_factory.mktemp("days")) as db:
        boss = factories.director(db)
        for step in days:
            go_to(db, TODAY + timedelta(days=step))
            RuleService(db).run(boss)
        found = [(kind, occasion) for kind, occasion, *_ in made(db)]
        assert len(found) == len(set(found))


# --- silent customers for Today ----------------------------------------------------


def test_silent_customers_are_compared_with_what_their_rule_allows(db, boss, lina, rules):
    rules.add(boss, silence())
    for name, grade, gaps in (
        ("李慧", Grade.A, (41, 53, 65)),  # every 12 days, silent for 41
        ("黄志豪", Grade.C, (120, 150, 210)),
        ("赵敏", Grade.A, (29, 30, 31)),
        ("偶尔", Grade.A, (35,)),
    ):
        customer = person(db, boss, lina, name, grade=grade)
        for gap in gaps:
            spoken(db, lina, customer, TODAY - timedelta(days=gap))
    person(db, boss, boss, "别人的", grade=Grade.A)
    found = SilenceService(db).silent(lina, 5)
    assert found.count == 3
    assert [(one.customer, one.days, one.allowed, one.usual) for one in found.lines] == [
        ("李慧", 41, 30, 12), ("黄志豪", 120, 90, 45), ("偶尔", 35, 30, None),
    ]  # fmt: skip
    assert SilenceService(db).silent(lina, 1).count == 3
    assert SilenceService(db).silent(boss).count == 0


def test_the_usual_gap_is_the_median():
    days = {TODAY - timedelta(days=one) for one in (0, 10, 12, 100)}
    assert usual_gap(days) == 10


def test_nobody_is_silent_without_a_rule_and_who_is_so_by_two_rules_counts_once(
    db, boss, lina, rules
):
    customer = person(db, boss, lina, grade=Grade.A)
    spoken(db, lina, customer, TODAY - timedelta(days=40))
    assert SilenceService(db).silent(lina).count == 0
    rules.add(boss, silence())
    rules.add(boss, replace(silence(), filter="grade = A"))
    found = SilenceService(db).silent(lina)
    assert (found.count, len(found.lines)) == (1, 1)
