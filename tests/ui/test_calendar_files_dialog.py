"""Calendar files in the window: written, kept up to date, looked at and taken in."""

from datetime import timedelta

import pytest

from app import i18n
from app.config import HOME
from app.domain.vocabulary import Role
from app.exchange.calendar_files import read_calendar
from app.services.due import DueService
from app.services.reminders import ReminderDraft
from app.ui.calendar_files_dialog import export_calendar, import_calendar
from app.ui.calendar_follower import CalendarFileFollower
from app.ui.screen import Screen
from app.ui.theme import theme
from tests import factories
from tests.ui.screens import make_stage

EVENTS = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1@example.com
SUMMARY:拜访王伟
DTSTART;VALUE=DATE:20261201
END:VEVENT
BEGIN:VEVENT
UID:2@example.com
SUMMARY:Past
DTSTART;VALUE=DATE:20200101
END:VEVENT
"""


@pytest.fixture
def stage(qtbot, db, tmp_path, monkeypatch):
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    i18n.use("en")
    theme().apply("light", zoom=1.0, motion=False)
    made = make_stage(qtbot, db, tmp_path, factories.staff(db, "李娜", Role.SALESPERSON))
    yield made
    made.tasks.shut_down()


@pytest.fixture
def screen(stage):
    return stage.show(Screen())


def remind(stage, text="寄样品", days=0):
    today = stage.services.clock.today()
    stage.services.reminders.add(stage.actor, ReminderDraft(text, today + timedelta(days=days)))


def texts(path):
    return [one.text for one in read_calendar(path).entries]


def test_what_is_open_or_what_is_soon_is_written(stage, screen, tmp_path):
    remind(stage)
    remind(stage, "明年", 200)
    export_calendar(screen, stage.context)
    dialog = stage.dialog("calendar_export")
    assert dialog.days() is None
    dialog.export_to(tmp_path / "all")
    stage.until(lambda: stage.said() == [f"2 reminders written to {tmp_path / 'all.ics'}."])
    dialog.choose(1)
    dialog.export_to(tmp_path / "soon.ics")
    stage.until(lambda: len(stage.said()) == 2)
    assert texts(tmp_path / "soon.ics") == ["寄样品"]
    dialog.reject()


def test_a_file_that_cannot_be_written_is_said(stage, screen, tmp_path):
    export_calendar(screen, stage.context)
    dialog = stage.dialog("calendar_export")
    dialog.export_to(tmp_path / "none" / "all.ics")
    stage.until(lambda: stage.failures)
    assert "none" in str(stage.failures[0])
    dialog.reject()


def test_a_kept_file_follows_every_reminder_until_it_is_stopped(stage, screen, tmp_path):
    path = tmp_path / "mine.ics"
    follower = CalendarFileFollower(screen, stage.context)
    remind(stage)
    export_calendar(screen, stage.context)
    dialog = stage.dialog("calendar_export")
    dialog.keep_up_to_date(path)
    stage.until(lambda: path.exists() and texts(path) == ["寄样品"])
    assert dialog.kept.text() == str(path)
    remind(stage, "对账")
    stage.until(lambda: texts(path) == ["寄样品", "对账"])
    dialog.stop_button.click()
    assert dialog.kept.text() == "No file is kept up to date."
    remind(stage, "不写")
    stage.settle()
    assert len(texts(path)) == 2
    dialog.reject()
    assert follower.parent() is screen


def test_a_kept_file_that_cannot_be_written_is_said_once(stage, screen, tmp_path):
    folder = tmp_path / "gone"
    folder.mkdir()
    remind(stage)
    export_calendar(screen, stage.context)
    dialog = stage.dialog("calendar_export")
    dialog.keep_up_to_date(folder / "mine.ics")
    stage.until(lambda: (folder / "mine.ics").exists())
    stage.until(lambda: len(stage.said()) == 1)
    dialog.reject()
    (folder / "mine.ics").unlink()
    folder.rmdir()
    follower = CalendarFileFollower(screen, stage.context)
    stage.until(lambda: len(stage.said()) == 2)
    assert "gone" in stage.said()[1]
    follower.refresh()
    stage.settle()
    assert len(stage.said()) == 2


def test_a_place_where_nothing_can_be_written_is_not_kept(stage, screen, tmp_path):
    export_calendar(screen, stage.context)
    dialog = stage.dialog("calendar_export")
    dialog.keep_up_to_date(tmp_path / "none" / "mine.ics")
    stage.until(lambda: stage.failures)
    assert dialog.kept.text() == "No file is kept up to date."
    dialog.reject()


def test_an_import_shows_what_would_happen_and_does_it(stage, screen, tmp_path):
    path = tmp_path / "some.ics"
    path.write_text(EVENTS + "END:VCALENDAR\n", encoding="utf-8")
    import_calendar(screen, stage.context, path)
    dialog = stage.dialog("calendar_import")
    shown = [dialog.model.index(row, 2).data() for row in range(2)]
    assert shown == ["", "It is over."]
    assert dialog.do_button.text() == "Import 1 reminder"
    dialog.do_button.click()
    stage.until(lambda: stage.said() == ["1 reminder imported."])
    last = stage.services.clock.today() + timedelta(days=30)
    lines = DueService(stage.services.database).lines(stage.actor, last)
    assert [one.text for one in lines] == ["拜访王伟"]
    stage.undo_last()
    assert DueService(stage.services.database).lines(stage.actor, last) == []


def test_where_there_is_nothing_to_import_there_is_no_button(stage, screen, tmp_path):
    path = tmp_path / "some.ics"
    path.write_text(EVENTS, encoding="utf-8")
    stage.services.calendar_files.run(stage.actor, path)
    import_calendar(screen, stage.context, path)
    dialog = stage.dialog("calendar_import")
    assert not dialog.do_button.isVisible()
    assert dialog.leave_button.text() == "Close"
    dialog.reject()


def test_what_is_no_calendar_is_said(stage, screen, tmp_path):
    path = tmp_path / "some.ics"
    path.write_text("hello", encoding="utf-8")
    import_calendar(screen, stage.context, path)
    stage.until(lambda: stage.failures)
    assert "no calendar" in str(stage.failures[0])
