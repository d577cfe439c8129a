"""Stored values of a customer's fields read as people say them."""

import pytest

from app import i18n
from app.domain.customer import FIELDS
from app.domain.field_words import FIELD_NAMES, field_name, stored_words
from app.domain.vocabulary import Kind


@pytest.fixture(autouse=True)
def _english():
    i18n.use("en")


@pytest.mark.parametrize(
    ("field", "stored", "words"),
    [
        ("stage", "growing", "Growing"),
        ("grade", None, ""),
        ("role", "decides", "Decides"),
        ("influence", "", ""),
        ("notes", "one\ntwo", "one · two"),
        ("tags", ("建材", "展会"), "建材 · 展会"),
        ("tags", (), ""),
        ("birthday", "someday", "someday"),
        ("since", "2026-11-22", "2026-11-22"),
    ],
)
def test_a_stored_value_reads_as_people_say_it(field, stored, words):
    assert stored_words(field, stored) == words


def test_every_field_of_a_customer_has_a_name():
    assert set(FIELDS) <= set(FIELD_NAMES)


def test_only_people_have_birthdays():
    assert str(field_name("birthday", Kind.PERSON)) == "Birthday"
    assert {str(field_name("birthday", one)) for one in Kind if one is not Kind.PERSON} == {
        "Founded"
    }
