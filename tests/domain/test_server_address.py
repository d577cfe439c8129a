import pytest

from app.domain.server_address import full_address

FULL = "postgresql+psycopg://li:secret@db.example:5432/shuke"


@pytest.mark.parametrize(
    "typed",
    [
        FULL,
        "postgresql://li:secret@db.example:5432/shuke",
        "postgres://li:secret@db.example:5432/shuke",
        "PostgreSQL://li:secret@db.example:5432/shuke",
        "  li:secret@db.example:5432/shuke\n",
    ],
)
def test_an_address_is_taken_as_people_write_it(typed):
    assert full_address(typed) == FULL


@pytest.mark.parametrize("typed", ["", "mysql://li@db.example/shuke", "http://db.example"])
def test_what_is_no_address_of_a_team_stays_as_it_is(typed):
    assert full_address(typed) == typed
