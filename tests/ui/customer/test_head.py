"""The head of the page: who it is, how things stand."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.customer import ContactDraft, CustomerDraft
from app.domain.facts import FactDraft, FactKind
from app.domain.interactions import Channel, Direction
from app.services.interactions import InteractionDraft
from app.ui.customer.head import Head
from app.ui.widgets.text import Elided, Label
from tests.databases import CLOCK
from tests.ui.customer.cards import show_card

TODAY, NOW = CLOCK.today(), CLOCK.now()


@pytest.fixture
def customer(stage):
    drafted = CustomerDraft("国强建材", contacts=(ContactDraft("陈国强"),))
    return stage.services.editing.add(stage.actor, drafted)


class ShownHead(Head):
    """A head that says which page it shows, as the cards do."""

    page = None

    def show_page(self, page):
        super().show_page(page)
        self.page = page


@pytest.fixture
def head(stage, customer):
    return show_card(stage, ShownHead, customer)


def words(head):
    return [one.text() for one in head._how_box.itemAt(0).widget().findChildren(Elided)]


def log(stage, customer, **values):
    person = stage.services.customers.get(stage.actor, customer).draft.contacts[0].id
    draft = InteractionDraft(
        Channel.PHONE, Direction.OUT, values.pop("at", NOW), "x", person, values.pop("minutes", 8)
    )
    stage.services.interactions.log(stage.actor, customer, draft)


def test_the_last_contact_says_by_what_way_with_whom_and_how_long(stage, customer, head):
    log(stage, customer)
    stage.until(lambda: words(head)[:2] == ["Today", "Phone · 陈国强 · 8 min"])


def test_a_day_of_contact_set_by_hand_says_nothing_of_another_talk(stage, customer, head):
    log(stage, customer, at=NOW - timedelta(days=9))
    record = stage.services.customers.get(stage.actor, customer)
    mine = replace(record.draft, last_contact=TODAY)
    stage.services.editing.save(stage.actor, customer, record.draft, mine)
    stage.until(lambda: words(head)[0] == "Today")
    assert not [one for one in words(head) if one.startswith("Phone")]


def test_without_a_fact_nothing_is_said_to_be_never_asked_again(stage, customer, head):
    assert "never ask again" not in words(head)
    draft = FactDraft(FactKind.NEED, "周五不收货", TODAY, "")
    stage.services.facts.add(stage.actor, customer, draft)
    stage.until(lambda: "never ask again" in words(head))


def test_a_talk_leaves_name_and_pills_as_they_are(stage, customer, head):
    before = head._who_box.itemAt(0).widget()
    draft = FactDraft(FactKind.NEED, "周五不收货", TODAY, "")
    stage.services.facts.add(stage.actor, customer, draft)
    stage.until(lambda: "never ask again" in words(head))
    assert head._who_box.itemAt(0).widget() is before


def test_what_is_missing_is_never_cut(stage, head, qtbot):
    head.setFixedWidth(700)
    said = next(one for one in head.findChildren(Label) if one.text().startswith("missing"))
    qtbot.waitUntil(lambda: said.height() >= said.heightForWidth(said.width()))
    assert said.width() >= said.minimumSizeHint().width()
