"""The file that calendar programs subscribe to is written while no window is open."""

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


def test_reminding_goes_on_where_it_cannot_be_written(stage, tmp_path, caplog):
    keep(stage, tmp_path / "none" / "mine.ics")
    agent, paper, _ = stage.agent()
    stage.remind("对账")
    agent.turn()
    stage.remind("寄样品")
    agent.turn()
    assert set(paper.all) == {"对账", "寄样品"}
    said = [one.getMessage() for one in caplog.records if "calendar" in one.getMessage()]
    assert said == ["The calendar file cannot be written"]
