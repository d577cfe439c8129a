from pathlib import Path

import pytest

from app.domain.customer import CustomerDraft
from app.services.workspaces import WorkspaceService
from app.ui.starting import Start, area_of, told_by
from tests.databases import CLOCK


@pytest.mark.parametrize(
    ("target", "area", "number"),
    [
        ("customer:12", "customer", 12),
        ("today", "today", None),
        ("", "", None),
        ("customer:", "customer", None),
        ("customer:x", "customer", None),
        ("customer:²", "customer", None),
    ],
)
def test_a_target_names_an_area_and_what_is_to_be_seen_there(target, area, number):
    assert area_of(target) == (area, number)


def test_what_another_start_wanted_arrives_as_it_was():
    start = Start(files=(Path("/客户.xlsx"),), target="customer:12")
    told = told_by(start.telling())
    assert (told.files, told.target) == (start.files, start.target)
    assert told_by(Start().telling()) == Start()


def test_a_file_is_handed_over_by_its_whole_path():
    assert Path(Start(files=(Path("a.csv"),)).telling()[0]).is_absolute()


@pytest.fixture
def customer(program):
    return program.services.editing.add(program.actor, CustomerDraft("华信科技"))


def test_a_second_start_shows_what_it_names(program, customer):
    program.application.instance.handed_over.emit([f"show:customer:{customer}"])
    assert program.shell.current == "customer"
    assert program.shell.front().customer_id == customer


@pytest.mark.parametrize("target", ["show:nowhere", "show:customer", "show:", "show:nowhere:3"])
def test_what_there_is_not_changes_nothing(program, target):
    before = program.shell.current
    program.application.instance.handed_over.emit([target])
    assert program.shell.current == before


def test_the_window_begins_at_what_is_named(application, workspace, qtbot):
    from app.domain.vocabulary import SYSTEM, Role

    opened = WorkspaceService(CLOCK).open(workspace)
    opened.services.staff.add(SYSTEM, "李娜", Role.DIRECTOR)
    opened.close()
    application.begin(Start(workspace, "李娜", target="settings"))
    assert application.shell.current == "settings"
