"""The whole page by keyboard: everything is reached with Tab and has a name."""

import pytest

from app.domain.customer import ContactDraft, CustomerDraft
from tests.ui.test_application import reachable, tour


@pytest.fixture
def page(program, qtbot):
    contacts = (ContactDraft("陈国强", "总经理"),)
    made = program.services.editing.add(program.actor, CustomerDraft("国强建材", contacts=contacts))
    program.application.window.activateWindow()
    program.shell.navigate("customer", made)
    page = program.shell.front()
    qtbot.waitUntil(lambda: page.quick_log._page is not None)
    qtbot.waitUntil(program.application.tasks.idle)
    return page


def test_tab_reaches_everything_on_the_page_while_a_line_is_typed(program, page, qtbot):
    page.quick_log.line.insertPlainText("called 陈总, rating 4, call back Friday 3pm")
    window = program.application.window
    wanted = reachable(window)
    assert set(page.quick_log.pills.buttons()) <= wanted
    nameless = [one for one in wanted if not one.accessibleName()]
    assert nameless == []
    assert wanted - tour(window) == set()
