"""What is remembered per machine."""

from app.config import Machine, Workspace, load, save


def test_a_machine_remembers_the_calendar_file_of_each_workspace(tmp_path):
    one, other = Workspace(tmp_path / "one"), Workspace(tmp_path / "other")
    file = tmp_path / "home" / "machine.toml"
    machine = Machine().with_calendar_file(one, tmp_path / "my.ics")
    save(machine, file)
    read = load(Machine, file)
    assert read.calendar_file(one) == tmp_path / "my.ics"
    assert read.calendar_file(other) is None
    assert read.with_calendar_file(one, None).calendar_file(one) is None
