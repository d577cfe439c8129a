import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app import bootstrap
from app.domain.vocabulary import Origin
from app.services.reminders import ReminderDraft
from tests.cli.running import parsed


@pytest.fixture
def at_work(team_workspace):
    """The services of the workspace, and a manager with nothing to do."""
    with bootstrap.open_services(Path(team_workspace)) as services:
        actor = services.staff.actor_named("", Origin.SCREEN)
        done = [one.id for one in services.due.lines(actor, services.clock.today())]
        services.reminders.done(actor, done)
        yield services, actor


def test_what_is_due_is_listed_in_order_with_what_is_late(at_work, team_shuke):
    services, actor = at_work
    today, now = services.clock.today(), datetime.now().astimezone().replace(microsecond=0)
    (customer,) = services.find.find(actor, "C-000001", 1)
    add = services.reminders.add
    add(actor, ReminderDraft("later", today + timedelta(days=1)))
    add(actor, ReminderDraft("today", today))
    add(actor, ReminderDraft("passed", now - timedelta(days=1)))
    add(actor, ReminderDraft("寄样品", today - timedelta(days=2), customer.id, about="3 块"))
    found = parsed(team_shuke("remind", "--due", "--json"))
    assert found["total"] == 3
    assert [one["text"] for one in found["reminders"]] == ["寄样品", "passed", "today"]
    assert [one["late"] for one in found["reminders"]] == [True, True, False]
    first, second, _ = found["reminders"]
    assert (first["customer_id"], first["customer"]) == (customer.id, customer.name)
    assert (first["kind"], first["about"]) == ("note", "3 块")
    assert first["due"] == (today - timedelta(days=2)).isoformat()
    assert datetime.fromisoformat(second["due"]) == now - timedelta(days=1)


def test_in_words_it_says_the_same(at_work, team_shuke):
    services, actor = at_work
    services.reminders.add(actor, ReminderDraft("对账", services.clock.today()))
    code, output, _ = team_shuke("remind")
    assert code == 0
    assert "对账" in output
    assert output.endswith("1 reminder is due\n")


def test_where_nothing_is_due_that_is_said(at_work, team_shuke):
    assert parsed(team_shuke("remind", "--json")) == {"reminders": [], "total": 0}
    assert team_shuke("remind")[1] == "0 reminders are due\n"


def test_the_log_proves_when_and_where_each_was_shown(at_work, team_shuke):
    services, actor = at_work
    before = len(services.due.shown(actor))
    past = services.clock.now() - timedelta(minutes=1)
    (made,) = services.reminders.add(actor, ReminderDraft("对账", past)).ids
    calling = [one for one in services.due.calling(actor) if one.reminder_id == made]
    services.due.claim(actor, calling, "native")
    services.reminders.done(actor, [made])
    found = parsed(team_shuke("remind", "--log", "--json"))["deliveries"]
    assert len(found) == before + 1
    newest = found[0]
    assert (newest["reminder_id"], newest["place"], newest["action"]) == (made, "native", "done")
    assert datetime.fromisoformat(newest["shown"]) >= past
    assert datetime.fromisoformat(newest["acted"]) >= datetime.fromisoformat(newest["shown"])
    output = team_shuke("remind", "--log")[1]
    assert "Desktop notification" in output
    assert "Done" in output


@pytest.mark.parametrize("target", ["customer:", "CUSTOMER", "customer:1:2", "a b", ""])
def test_what_the_window_cannot_open_is_bad_usage(shuke, target):
    code, output, complaint = shuke("--open", target, "--json", "staff")
    assert code == 2
    assert json.loads(output)["error"]["kind"] == "bad_usage"
    assert complaint
