import pytest

from app import bootstrap
from app.domain.vocabulary import SYSTEM
from tests.cli.running import parsed


@pytest.fixture
def usual_rules(workspace):
    with bootstrap.open_services(workspace) as services:
        assert services.rules.add_usual(SYSTEM) == 6


def test_rules_are_listed_tried_and_run_once(shuke):
    assert parsed(shuke("rules", "--json")) == {"rules": []}
    assert "no rules yet" in shuke("rules", "--list")[1]
    first = parsed(shuke("rules", "--run", "--json"))
    assert first["made"] == 0


def test_a_rule_is_found_by_its_name_and_shows_whom_it_would_remind(shuke, usual_rules):
    listed = parsed(shuke("rules", "--list", "--json"))["rules"]
    assert [one["kind"] for one in listed][:2] == ["birthday", "festival"]
    assert "Silent customers" in shuke("rules")[1]
    found = parsed(shuke("rules", "--preview", "silent customers", "--json"))
    assert found["rule"]["kind"] == "silence"
    assert found["preview"]["count"] >= found["preview"]["today"]
    assert len(found["preview"]["first"]) <= found["preview"]["count"]
    by_number = parsed(shuke("rules", "--preview", found["rule"]["id"], "--json"))
    assert by_number == found
    code, _, complaint = shuke("rules", "--preview", "nonsense")
    assert code == 1
    assert "Birthdays" in complaint


def test_running_twice_makes_nothing_new_and_only_managers_run_them(shuke, usual_rules):
    first = parsed(shuke("rules", "--run", "--json"))
    assert first.keys() == {"made", "withdrawn", "change_set"}
    again = parsed(shuke("rules", "--run", "--json"))
    assert (again["made"], again["change_set"]) == (0, None)
    assert "0 reminders were made" in shuke("rules", "--run")[1]
    staff = parsed(shuke("staff", "--json"))["staff"]
    seller = next(one["name"] for one in staff if one["role"] == "salesperson")
    assert shuke("rules", "--run", "--as", seller)[0] == 1
    assert shuke("rules", "--run", "--list")[0] == 2
