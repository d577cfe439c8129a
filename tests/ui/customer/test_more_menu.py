"""The menu at the end of the head."""

import pytest
from PySide6.QtGui import QGuiApplication

from app.ui.customer.screen import CustomerScreen
from tests import factories


@pytest.fixture
def customer(db, stage):
    return factories.customer(db, stage.actor, "国强建材")


@pytest.fixture
def menu(stage, customer):
    made = CustomerScreen(stage.context)
    stage.show(made)
    made.show_target(customer)
    stage.settle()
    made.head.more.click()
    yield {one.text(): one for one in made.more.actions()}
    made.more.close()


def test_the_name_is_copied(menu):
    menu["Copy name"].trigger()
    assert QGuiApplication.clipboard().text() == "国强建材"


def test_back_to_the_list_shows_the_customer_in_it(menu, stage, customer):
    menu["Back to the list"].trigger()
    assert stage.navigated == [("customers", customer)]


def test_a_deleted_customer_leads_to_the_list_and_can_be_brought_back(menu, stage, customer):
    menu["Delete customer"].trigger()
    stage.until(lambda: stage.messages)
    stage.settle()
    assert stage.navigated == [("customers", None)]
    stage.until(lambda: stage.said() == ["国强建材 was deleted."])
    assert stage.services.customers.count(stage.actor) == 0
    stage.undo_last()
    assert stage.services.customers.get(stage.actor, customer).draft.name == "国强建材"


def test_it_is_merged_with_one_that_is_found_by_typing(menu, stage, customer, db):
    other = factories.customer(db, stage.actor, "国强建材有限公司")
    menu["Merge with…"].trigger()
    asked = stage.dialog("merge_with")
    assert not asked.do_button.isEnabled()
    asked.other.set_value(other, "国强建材有限公司")
    asked.do_button.click()
    dialog = stage.dialog("merge")
    dialog.swap()
    dialog.do_button.click()
    stage.until(lambda: stage.no_dialog("merge"))
    stage.settle()
    # the page of what has become part of another one leads to that
    assert stage.navigated[-1] == ("customer", other)
    stage.settle()
