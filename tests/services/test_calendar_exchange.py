"""Reminders out as calendars and in again; nothing is doubled, nothing hidden gets out."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest

from app.clock import Clock
from app.domain.recurrence import (
    Freq,
    after_done,
    lunar_yearly,
    monthly_nth,
    store,
    weekly,
    workday_of_month,
)
from app.domain.reminders import Alarm
from app.domain.vocabulary import Role
from app.errors import Refused, Unavailable
from app.exchange.calendar_files import read_calendar
from app.services.calendar_exchange import CalendarExchange, CalendarFileKeeper, Days
from app.services.calendar_import import Fate
from app.services.due import DueService
from app.services.history import HistoryService
from app.services.reminders import OWNER, Assignee, ReminderDraft, ReminderService
from tests import factories
from tests.databases import NOW

TODAY = NOW.astimezone().date()
RULES = {
    "每周一三": weekly((0, 2)),
    "每月最后一个周五": monthly_nth(-1, 4),
    "农历八月十五": lunar_yearly(8, 15),
    "每月最后一个工作日": workday_of_month(-1),
    "做完后三十天": after_done(30, Freq.DAILY),
}


@pytest.fixture
def lina(db):
    return factories.staff(db, "李娜", Role.SALESPERSON, "东区")


@pytest.fixture
def zhou(db):
    return factories.staff(db, "周凯", Role.SALESPERSON, "西区")


@pytest.fixture
def exchange(db):
    return CalendarExchange(db)


def add(db, actor, *args, **more):
    return ReminderService(db).add(actor, ReminderDraft(*args, **more)).ids[0]


def ics(tmp_path, *events, name="other.ics"):
    path = tmp_path / name
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for event in events:
        lines += ["BEGIN:VEVENT", *event, "END:VEVENT"]
    path.write_text("\r\n".join([*lines, "END:VCALENDAR", ""]), encoding="utf-8")
    return path


def shown(found):
    return [(one.fate.value, one.text) for one in found.entries]


def kept(db, actor):
    lines = DueService(db).lines(actor, TODAY + timedelta(days=4_000))
    return [(one.text, one.due, one.rule) for one in lines]


MEETING = (
    "UID:m1@example.com",
    "SUMMARY:拜访王伟",
    "DTSTART:20261124T070000Z",
    "DESCRIPTION:带样品",
    "LOCATION:北京",
    "BEGIN:VALARM",
    "TRIGGER:-PT15M",
    "END:VALARM",
)
HOLIDAY = ("UID:h1@example.com", "SUMMARY:圣诞节", "DTSTART;VALUE=DATE:20261225")
WEEKLY = (
    "UID:w1@example.com",
    "SUMMARY:Team call",
    "DTSTART:20250106T013000Z",
    "RRULE:FREQ=WEEKLY;BYDAY=MO",
)


def test_all_that_is_open_goes_out_and_nothing_else(db, lina, zhou, exchange, tmp_path):
    add(
        db,
        lina,
        "寄样品",
        TODAY,
        about="三件",
        alarms=(Alarm(clock=datetime(2026, 1, 1, 9).time()),),
    )
    over = add(db, lina, "做完了", TODAY)
    ReminderService(db).done(lina, [over])
    add(db, zhou, "别人的", TODAY)
    path = tmp_path / "out.ics"
    assert exchange.export(lina, path).entries == 1
    (entry,) = read_calendar(path).entries
    assert (entry.text, entry.about, entry.start) == ("寄样品", "三件", TODAY)
    assert [one.lead for one in entry.alarms] == [timedelta(hours=-9)]


def test_a_span_of_days_goes_out_with_what_is_over(db, lina, exchange):
    add(db, lina, "昨天", TODAY - timedelta(days=1))
    over = add(db, lina, "今天", TODAY)
    ReminderService(db).done(lina, [over])
    add(db, lina, "明天", TODAY + timedelta(days=1))
    found = exchange.entries(lina, Days(TODAY, TODAY + timedelta(days=1)))
    assert [(one.text, one.done) for one in found] == [("今天", True), ("明天", False)]


def test_a_hidden_customer_is_not_named(db, lina, zhou, exchange):
    customer = factories.customer(db, lina, "看得见的公司", owner_id=lina.id)
    add(db, lina, "自己做", TODAY, customer, assignee=OWNER)
    add(db, lina, "请你做", TODAY, customer, assignee=Assignee(zhou.id))
    assert [one.text for one in exchange.entries(lina)] == ["自己做 (看得见的公司)"]
    assert [one.text for one in exchange.entries(zhou)] == ["请你做"]


@pytest.mark.parametrize("name", RULES)
def test_a_round_trip_changes_nothing(db, lina, exchange, tmp_path, name):
    due = datetime(2026, 11, 30, 7, tzinfo=UTC)
    add(db, lina, name, due, rule=store(RULES[name]), alarms=(Alarm(15), Alarm(1440)))
    add(db, lina, name, due.date(), rule=store(RULES[name]))
    add(db, lina, "一次", due)
    before = kept(db, lina)
    path = tmp_path / "out.ics"
    exchange.export(lina, path)
    found = exchange.run(lina, path)
    assert [one.fate for one in found.entries] == [Fate.THERE] * 3
    assert found.change_set_id is None
    assert kept(db, lina) == before


@pytest.mark.parametrize("name", RULES)
def test_another_workspace_gets_the_same_recurrence(db, lina, exchange, tmp_path, name):
    due = datetime(2026, 11, 30, 7, tzinfo=UTC)
    alarms = (Alarm(15), Alarm(1440))
    add(db, lina, name, due, rule=store(RULES[name]), alarms=alarms)
    path = tmp_path / "out.ics"
    exchange.export(lina, path)
    text = path.read_bytes().decode()
    at = text.index("@") + 1
    path.write_bytes((text[:at] + "0" * 12 + text[at + 12 :]).encode())
    assert shown(exchange.run(lina, path)) == [("new", name)]
    first, second = kept(db, lina)
    assert second[:2] == first[:2]
    assert second[2].split(";")[0] == first[2].split(";")[0]
    again = exchange.entries(lina)
    assert again[0].repeat == again[1].repeat
    assert again[0].alarms == again[1].alarms


def test_a_rule_no_other_program_knows_shows_its_days(db, lina, exchange):
    add(db, lina, "送月饼", date(2026, 9, 25), rule=store(lunar_yearly(8, 15)))
    (entry,) = exchange.entries(lina)
    assert entry.repeat.own
    assert not entry.repeat.rule
    assert entry.repeat.more_on[:2] == (date(2027, 9, 15), date(2028, 10, 3))


def test_a_dry_run_says_what_would_be_and_writes_nothing(db, lina, exchange, tmp_path):
    bad = ("UID:b1", "SUMMARY:Bad", "DTSTART:never")
    past = ("UID:p1", "SUMMARY:Past", "DTSTART:20200101")
    found = exchange.look(lina, ics(tmp_path, MEETING, bad, past))
    assert shown(found) == [("new", "拜访王伟"), ("left_out", "Past"), ("left_out", "Bad")]
    assert [str(one.reason) for one in found.entries[1:]] == [
        "It is over.",
        "“never” is no date that exists.",
    ]
    assert found.change_set_id is None
    assert kept(db, lina) == []


def test_entries_become_reminders_once_and_can_be_taken_back(db, lina, exchange, tmp_path):
    path = ics(tmp_path, MEETING, HOLIDAY, WEEKLY)
    made = exchange.run(lina, path)
    assert made.count(Fate.NEW) == 3
    monday = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
    meeting = datetime(2026, 11, 24, 7, tzinfo=UTC)
    assert kept(db, lina) == [
        ("Team call", monday, "FREQ=WEEKLY;BYDAY=MO"),
        ("拜访王伟", meeting, ""),
        ("圣诞节", date(2026, 12, 25), ""),
    ]
    (one,) = [line.id for line in DueService(db).lines(lina, TODAY + timedelta(days=2))][1:]
    draft = ReminderService(db).get(lina, one)
    assert (draft.about, draft.alarms) == ("Place: 北京\n带样品", (Alarm(15),))
    again = exchange.run(lina, path)
    assert again.count(Fate.THERE) == 3
    assert again.change_set_id is None
    HistoryService(db).undo(lina, made.change_set_id)
    assert kept(db, lina) == []
    assert exchange.run(lina, path).count(Fate.NEW) == 3


def test_what_changed_in_the_file_changes_here_while_it_is_open(db, lina, exchange, tmp_path):
    exchange.run(lina, ics(tmp_path, MEETING, HOLIDAY))
    _, holiday = [one.id for one in DueService(db).lines(lina, TODAY + timedelta(days=60))]
    ReminderService(db).done(lina, [holiday])
    later = [line.replace("20261124T07", "20261125T08") for line in MEETING]
    renamed = [line.replace("圣诞节", "Christmas") for line in HOLIDAY]
    found = exchange.run(lina, ics(tmp_path, later, renamed))
    assert shown(found) == [("changed", "拜访王伟"), ("there", "Christmas")]
    assert kept(db, lina) == [("拜访王伟", datetime(2026, 11, 25, 8, tzinfo=UTC), "")]


def test_two_people_import_the_same_file_each_for_themselves(db, lina, zhou, exchange, tmp_path):
    path = ics(tmp_path, MEETING)
    exchange.run(lina, path)
    assert exchange.run(zhou, path).count(Fate.NEW) == 1
    boss = factories.director(db)
    assert exchange.run(boss, path).count(Fate.NEW) == 1


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("DTSTART:20261124", "STATUS:CANCELLED"), "cancelled"),
        (("DTSTART:20251124", "RRULE:FREQ=DAILY;COUNT=3"), "over"),
        (("DTSTART:20251124", "RRULE:FREQ=YEARLY;UNTIL=20260101"), "over"),
        (("DTSTART:20261124", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), "never"),
        (("DTSTART:20261124", "RRULE:FREQ=WEEKLY;BYMONTHDAY=3"), "go together"),
        (
            (
                "DTSTART:20261124",
                *(f"RDATE:202{n}0101" for n in range(7, 10)),
                *(f"RDATE:20{n}0101" for n in range(30, 75)),
            ),
            "one by one",
        ),
        (("DTSTART:20200101", "RDATE:20210101"), "over"),
    ],
)
def test_what_cannot_be_a_reminder_says_why(lina, exchange, tmp_path, lines, words):
    found = exchange.look(lina, ics(tmp_path, ("UID:1", "SUMMARY:x", *lines)))
    (one,) = found.entries
    assert one.fate is Fate.LEFT_OUT
    assert words in str(one.reason)


@pytest.fixture
def in_shanghai(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def evening_in_new_york(tmp_path, rule):
    lines = ("UID:1", "SUMMARY:x", "DTSTART;TZID=America/New_York:20261130T200000", f"RRULE:{rule}")
    return ics(tmp_path, lines)


def test_a_weekly_evening_elsewhere_is_the_next_morning_here(in_shanghai, lina, exchange, tmp_path):
    path = evening_in_new_york(tmp_path, "FREQ=WEEKLY;BYDAY=MO,SU")
    (one,) = exchange.look(lina, path).entries
    assert one.due == datetime(2026, 12, 1, 1, tzinfo=UTC)
    assert one.rule == "FREQ=WEEKLY;BYDAY=MO,TU"
    assert "another time zone" in str(one.notes[0])


def test_other_rules_for_another_day_elsewhere_are_left_out(in_shanghai, lina, exchange, tmp_path):
    path = evening_in_new_york(tmp_path, "FREQ=MONTHLY;BYDAY=-1MO")
    (one,) = exchange.look(lina, path).entries
    assert "another day" in str(one.reason)


def test_what_comes_again_goes_out_in_the_zone_here(in_shanghai, db, lina, exchange, tmp_path):
    add(db, lina, "对账", datetime(2026, 11, 30, 7, tzinfo=UTC), rule=store(weekly((0,))))
    path = tmp_path / "out.ics"
    exchange.export(lina, path)
    assert b"DTSTART;TZID=Asia/Shanghai:20261130T150000" in path.read_bytes()
    assert b"TZID:Asia/Shanghai" in path.read_bytes()


def test_single_days_become_a_reminder_each(db, lina, exchange, tmp_path):
    lines = ("UID:1", "SUMMARY:x", "DTSTART:20261124", "RDATE:20261201,20270105", "EXDATE:20261201")
    path = ics(tmp_path, lines)
    assert exchange.run(lina, path).count(Fate.NEW) == 2
    assert [due for _, due, _ in kept(db, lina)] == [date(2026, 11, 24), date(2027, 1, 5)]
    assert exchange.run(lina, path).count(Fate.THERE) == 2


def test_days_left_out_of_a_rule_are_said(lina, exchange, tmp_path):
    lines = ("UID:1", "SUMMARY:x", "DTSTART:20261123", "RRULE:FREQ=WEEKLY", "EXDATE:20261130")
    (one,) = exchange.look(lina, ics(tmp_path, lines)).entries
    assert one.fate is Fate.NEW
    assert "1 day is left out" in str(one.notes[0])


def test_a_chinese_calendar_rule_is_our_lunar_one(lina, exchange, tmp_path):
    lines = (
        "UID:1",
        "SUMMARY:x",
        "DTSTART;VALUE=DATE:20250906",
        "RRULE:RSCALE=CHINESE;FREQ=YEARLY",
    )
    (one,) = exchange.look(lina, ics(tmp_path, lines)).entries
    assert one.rule == store(lunar_yearly(7, 15))
    assert one.due == date(2027, 8, 16)


def test_no_calendar_and_no_place_are_sentences(lina, exchange, tmp_path):
    path = tmp_path / "x.ics"
    path.write_text("hello")
    with pytest.raises(Refused, match="no calendar"):
        exchange.run(lina, path)
    with pytest.raises(Refused, match=r"\.ics"):
        exchange.export(lina, tmp_path / "x.txt")
    with pytest.raises(Unavailable):
        exchange.export(lina, tmp_path / "none" / "x.ics")


def test_the_subscribed_file_is_written_when_a_reminder_changed_and_only_then(db, lina, tmp_path):
    path = tmp_path / "shuke.ics"
    keeper = CalendarFileKeeper(db, lambda: path)
    add(db, lina, "寄样品", TODAY)
    assert keeper.refresh_if_needed(lina)
    assert [one.text for one in read_calendar(path).entries] == ["寄样品"]
    first = path.read_bytes()
    db.clock = Clock(lambda: NOW + timedelta(hours=1))
    assert not keeper.refresh_if_needed(lina)
    factories.customer(db, lina, "新客户")
    assert not keeper.refresh_if_needed(lina)
    assert path.read_bytes() == first
    add(db, lina, "对账", TODAY)
    assert keeper.refresh_if_needed(lina)
    assert len(read_calendar(path).entries) == 2
    path.unlink()
    assert keeper.refresh_if_needed(lina)


def test_nothing_is_written_while_nobody_wants_it(db, lina):
    assert not CalendarFileKeeper(db, lambda: None).refresh_if_needed(lina)


@pytest.mark.parametrize("rule", ["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,SU", "FREQ=DAILY;COUNT=900"])
def test_a_series_that_went_on_here_is_not_taken_back(db, lina, exchange, tmp_path, rule):
    lines = ("UID:1", "SUMMARY:x", "DTSTART:20261120", f"RRULE:{rule}")
    path = ics(tmp_path, lines)
    exchange.run(lina, path)
    (first,) = DueService(db).lines(lina, TODAY + timedelta(days=1))
    ReminderService(db).done(lina, [first.id])
    before = kept(db, lina)
    assert len(before) == 1
    assert exchange.run(lina, path).count(Fate.THERE) == 1
    assert kept(db, lina) == before
    moved = ics(tmp_path, ("UID:1", "SUMMARY:y", *lines[2:]))
    assert exchange.run(lina, moved).count(Fate.CHANGED) == 1


def test_what_comes_after_it_is_done_stays_when_its_file_comes_again(db, lina, exchange, tmp_path):
    own = "X-SHUKE-RULE:FREQ=DAILY\\;INTERVAL=30\\;X-AFTER=DONE"
    path = ics(tmp_path, ("UID:1", "SUMMARY:x", "DTSTART:20261122", own))
    exchange.run(lina, path)
    (first,) = DueService(db).lines(lina, TODAY)
    ReminderService(db).done(lina, [first.id])
    before = kept(db, lina)
    assert before[0][1] == TODAY + timedelta(days=30)
    assert exchange.run(lina, path).count(Fate.THERE) == 1
    assert kept(db, lina) == before


@pytest.mark.parametrize(
    ("start", "rule"),
    [
        ("20261116", "FREQ=WEEKLY;UNTIL=20261123"),
        ("20261116", "FREQ=WEEKLY;COUNT=2"),
        ("20261123", "FREQ=WEEKLY;COUNT=1"),
        ("20261123", "FREQ=DAILY;UNTIL=20261123"),
    ],
)
def test_the_last_occurrence_comes_once(db, lina, exchange, tmp_path, start, rule):
    path = ics(tmp_path, ("UID:1", "SUMMARY:x", f"DTSTART:{start}", f"RRULE:{rule}"))
    assert exchange.run(lina, path).count(Fate.NEW) == 1
    assert kept(db, lina) == [("x", date(2026, 11, 23), "")]
    assert exchange.run(lina, path).count(Fate.THERE) == 1
