from datetime import timedelta

import pytest

from app import i18n
from app.services.reminders import Assignee, ReminderDraft
from app.ui.theme import theme
from app.ui.today.screen import TodayScreen
from tests import factories
from tests.databases import CLOCK
from tests.ui.screens import make_stage

TODAY = CLOCK.today()


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
        fields.setdefault("assignee", Assignee(stage.actor.id))
        draft = ReminderDraft(text, due, **fields)
        return stage.services.reminders.add(stage.actor, draft).ids[0]

    return add


@pytest.fixture
def show(stage):
    """The page with what was written before."""

    def made():
        screen = TodayScreen(stage.context)
        stage.show(screen)
        stage.until(lambda: screen.page() is not None)
        return screen

    return made


@pytest.fixture
def texts():
    """The lines of the page, under their heads."""

    def read(screen):
        found, head = {}, ""
        for row in screen.list.rows():
            if hasattr(row, "what"):
                found[head].append(row.what)
            else:
                head = row.words
                found[head] = []
        return found

    return read
