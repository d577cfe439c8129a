"""The file that calendar programs subscribe to is written while no window is open."""

import logging

import pytest

from app.config import Machine, load, machine_file, save
from app.exchange.calendar_files import read_calendar


def keep(stage, path):
    workspace = stage.services.workspace
    save(load(Machine, machine_file()).with_calendar_file(workspace, path), machine_file())


def texts(path):
    return [one.text for one in read_calendar(path).entries]


def test_it_follows_what_is_written_elsewhere(stage, tmp_path):
    path = tmp_path / "mine.ics"
    keep(stage, path)
    agent, _, _ = stage.agent()
    stage.remind("对账")
    agent.turn()
    assert texts(path) == ["对账"]
    stage.remind("寄样品")
    agent.turn()
    assert set(texts(path)) == {"对账", "寄样品"}


def test_nobody_wants_it_unless_they_said_so(stage, tmp_path):
    agent, _, _ = stage.agent()
    stage.remind("对账")
    agent.turn()
    assert list(tmp_path.rglob("*.ics")) == []


class Said(logging.Handler):
    """What the agent logs."""

    def __init__(self):
        super().__init__()
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage())


@pytest.fixture
def said(monkeypatch):
    handler, log = Said(), logging.getLogger("shuke.agent")
    # what configures logging elsewhere switches those off that are there already
    monkeypatch.setattr(log, "disabled", False)
    log.addHandler(handler)
    yield handler.lines
    log.removeHandler(handler)


def test_reminding_goes_on_where_it_cannot_be_written(stage, tmp_path, said):
    keep(stage, tmp_path / "none" / "mine.ics")
    agent, paper, _ = stage.agent()
    stage.remind("对账")
    agent.turn()
    stage.remind("寄样品")
    agent.turn()
    assert set(paper.all) == {"对账", "寄样品"}
    assert [one for one in said if "calendar" in one] == ["The calendar file cannot be written"]
