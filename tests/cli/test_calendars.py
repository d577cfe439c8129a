"""Calendar files and greetings on the command line."""

import json
from datetime import date, timedelta

import pytest

from app.bootstrap import open_services
from app.domain.customer import CustomerDraft
from app.domain.vocabulary import Kind, Origin
from app.services.reminders import ReminderDraft
from tests.cli.running import parsed

EVENT = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1@example.com
SUMMARY:拜访王伟
DTSTART;VALUE=DATE:{day}
END:VEVENT
BEGIN:VEVENT
UID:2@example.com
SUMMARY:Bad
DTSTART:never
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def calendar(tmp_path):
    path = tmp_path / "some.ics"
    day = date.today() + timedelta(days=400)
    path.write_text(EVENT.format(day=f"{day:%Y%m%d}"), encoding="utf-8")
    return path


def test_a_calendar_comes_in_once_and_goes_out_again(team_shuke, calendar, tmp_path):
    dry = parsed(team_shuke("calendar", "--import", calendar, "--dry-run", "--json"))
    assert (dry["new"], dry["left_out"], dry["change_set"]) == (1, 1, None)
    assert dry["entries"][1]["reason"] == "“never” is no date that exists."
    made = parsed(team_shuke("calendar", "--import", calendar, "--json"))
    assert made["new"] == 1
    again = parsed(team_shuke("import", calendar, "--json"))
    assert (again["new"], again["there"], again["change_set"]) == (0, 1, None)
    out = tmp_path / "out.ics"
    written = parsed(team_shuke("calendar", "--ics", out, "--json"))
    assert written["reminders"] >= 1
    assert "拜访王伟" in out.read_text(encoding="utf-8")
    parsed(team_shuke("undo", made["change_set"], "--json"))
    assert parsed(team_shuke("import", calendar, "--dry-run", "--json"))["new"] == 1


def test_a_calendar_of_some_days_has_those_only(shuke, tmp_path, calendar):
    parsed(shuke("calendar", "--import", calendar, "--json"))
    out = tmp_path / "out.ics"
    day = date.today() + timedelta(days=400)
    some = ("--from", day.isoformat(), "--to", day.isoformat())
    assert parsed(shuke("calendar", "--ics", out, *some, "--json"))["reminders"] == 1
    code, _, complaint = shuke("calendar", "--ics", out, "--from", day.isoformat(), "--to", "today")
    assert code == 1
    assert "first day is after" in complaint


def test_in_words_it_says_what_became_of_each(shuke, calendar, tmp_path):
    code, output, _ = shuke("calendar", "--import", calendar)
    assert code == 0
    assert "“never” is no date that exists." in output
    assert "undo" in output
    code, output, _ = shuke("calendar", "--ics", tmp_path / "out.ics")
    assert code == 0
    assert "written to" in output


def test_what_is_no_calendar_or_no_order_is_refused(shuke, tmp_path):
    path = tmp_path / "x.ics"
    path.write_text("hello")
    code, output, _ = shuke("calendar", "--import", path, "--json")
    assert code == 1
    assert json.loads(output)["error"]["kind"] == "refused"
    assert shuke("calendar")[0] == 2
    assert shuke("calendar", "--ics", "a.ics", "--import", "b.ics")[0] == 2


def test_a_calendar_of_bad_entries_only_fails(shuke, tmp_path):
    path = tmp_path / "x.ics"
    path.write_text(EVENT.format(day="20200101"), encoding="utf-8")
    assert shuke("import", path)[0] == 1


def test_greetings_of_a_day_are_printed_and_nothing_is_sent(workspace, shuke):
    with open_services(workspace) as services:
        actor = services.staff.actor_named("李娜", Origin.COMMAND_LINE)
        draft = CustomerDraft("赵敏", Kind.PERSON, owner_id=actor.id, birthday="--11-22")
        services.editing.add(actor, draft)
    one = ("greet", "--dry-run", "--on", "2027-11-22", "--as", "李娜")
    found = parsed(shuke(*one, "--json"))
    (line,) = [line for line in found["greetings"] if line["customer"] == "赵敏"]
    assert line["occasion"] == "birthday"
    assert line["day"] == "2027-11-22"
    assert "生日快乐" in line["text"]
    code, output, _ = shuke(*one)
    assert code == 0
    assert "  尊敬的赵敏：" in output
    assert "to greet" in output
    assert parsed(shuke(*one, "--days", 3, "--json"))["to"] == "2027-11-24"


def test_greetings_are_not_sent(shuke):
    code, _, complaint = shuke("greet")
    assert code == 1
    assert "--dry-run" in complaint


def test_a_recurring_reminder_survives_the_round_trip(workspace, shuke, tmp_path):
    with open_services(workspace) as services:
        actor = services.staff.actor_named("李娜", Origin.COMMAND_LINE)
        rule = "RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=15;SKIP=BACKWARD"
        services.reminders.add(actor, ReminderDraft("送月饼", date(2027, 9, 15), rule=rule))
    out = tmp_path / "out.ics"
    parsed(shuke("calendar", "--ics", out, "--as", "李娜", "--json"))
    assert "X-SHUKE-RULE" in out.read_text(encoding="utf-8")
    found = parsed(shuke("calendar", "--import", out, "--as", "李娜", "--json"))
    assert found["new"] == found["changed"] == 0
