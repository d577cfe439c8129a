"""On which occasions a customer is greeted: chosen in one dialog, taken back at once."""

import pytest

from app import i18n
from app.domain.greetings import BIRTHDAY, EVERY, OCCASIONS
from app.domain.vocabulary import Role
from app.ui.screen import Screen
from app.ui.theme import theme
from app.ui.wishes_dialog import open_wishes
from tests import factories
from tests.ui.screens import make_stage


@pytest.fixture
def stage(qtbot, db, tmp_path):
    i18n.use("en")
    theme().apply("light", zoom=1.0, motion=False)
    made = make_stage(qtbot, db, tmp_path, factories.staff(db, "李娜", Role.SALESPERSON))
    yield made
    made.tasks.shut_down()


def test_wishes_are_shown_changed_and_taken_back(stage):
    screen = stage.show(Screen())
    customer = factories.customer(stage.services.database, stage.actor, "华信科技")
    service = stage.services.greetings
    service.wish(stage.actor, customer, "christmas", wanted=True)
    open_wishes(screen, stage.context, customer, "华信科技")
    dialog = stage.dialog("wishes")
    assert set(dialog.choices) == {EVERY, *OCCASIONS}
    assert dialog.wanted() == {"christmas": True}
    dialog.choices["christmas"].set_current(0)
    dialog.choices[BIRTHDAY].set_current(2)
    dialog.do_button.click()
    stage.until(lambda: stage.said() == ["The greetings for 华信科技 were saved."])
    assert service.wishes(stage.actor, customer) == {BIRTHDAY: False}
    stage.undo_last()
    assert service.wishes(stage.actor, customer) == {"christmas": True}


def test_nothing_is_written_where_nothing_was_changed(stage):
    screen = stage.show(Screen())
    customer = factories.customer(stage.services.database, stage.actor, "华信科技")
    open_wishes(screen, stage.context, customer, "华信科技")
    stage.dialog("wishes").do_button.click()
    stage.until(lambda: stage.no_dialog("wishes"))
    stage.settle()
    assert stage.said() == []


def test_a_customer_who_is_gone_is_said(stage):
    screen = stage.show(Screen())
    open_wishes(screen, stage.context, 999_999, "华信科技")
    stage.until(lambda: stage.failures)
    assert "no longer there" in str(stage.failures[0])
