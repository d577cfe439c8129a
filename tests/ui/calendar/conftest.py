from datetime import timedelta

import pytest

from app import i18n
from app.services.reminders import Assignee, ReminderDraft
from app.ui.calendar.screen import CalendarScreen
from app.ui.theme import theme
from tests import factories
from tests.databases import CLOCK
from tests.ui.screens import make_stage

TODAY = CLOCK.today()  # 22 November 2026, a Sunday


@pytest.fixture
def stage(qtbot, db, tmp_path):
    i18n.use("en")
    theme().apply("light", zoom=1.0, motion=False)
    made = make_stage(qtbot, db, tmp_path, factories.director(db))
    yield made
    made.tasks.shut_down()


@pytest.fixture
def customer(db, stage):
    return factories.customer(db, stage.actor, "华信科技")


@pytest.fixture
def write(stage, customer):
    """Writes a reminder of the actor, so many days ahead; returns its id."""

    def add(text, ahead=0, **fields):
        due = fields.pop("due", TODAY + timedelta(days=ahead))
        fields.setdefault("customer_id", customer)
        draft = ReminderDraft(text, due, assignee=Assignee(stage.actor.id), **fields)
        return stage.services.reminders.add(stage.actor, draft).ids[0]

    return add


@pytest.fixture
def show(stage):
    """The calendar with what was written before."""

    def made():
        screen = CalendarScreen(stage.context)
        stage.show(screen)
        stage.until(lambda: screen.span() is not None)
        return screen

    return made
