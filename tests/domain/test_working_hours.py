"""Hours as people type them."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.working_hours import (
    USUAL_WEEK,
    QuietHours,
    Span,
    joined,
    read_hours,
    read_quiet,
    read_week,
    write_hours,
    write_quiet,
    write_week,
)
from app.errors import Refused

MORNING, AFTERNOON = Span(540, 720), Span(810, 1080)


@pytest.mark.parametrize(
    "text",
    [
        "09:00-12:00,13:30-18:00",
        "9-12, 13:30–18",
        "13:30-18:00; 9:00 - 12:00",
        "９：００－１２：００，１３：３０－１８：００",
        "9:00到12:00、13:30至18:00",
    ],
)
def test_hours_are_read_however_they_are_typed(text):
    assert read_hours(text) == (MORNING, AFTERNOON)


def test_blank_is_a_day_off():
    assert read_hours("  ") == ()


def test_hours_that_touch_or_overlap_are_one():
    assert read_hours("9-12,12-14,13-15") == (Span(540, 900),)


@pytest.mark.parametrize("text", ["nine to five", "9-", "25-26", "12-9", "9-9", "9:70-10", "0-25"])
def test_what_are_no_hours_is_refused_with_the_text(text):
    with pytest.raises(Refused) as refused:
        read_hours(text)
    assert text in str(refused.value)


def test_a_day_of_very_many_spans_is_refused():
    with pytest.raises(Refused, match="8 spans"):
        read_hours(",".join(f"{hour}-{hour}:30" for hour in range(1, 12)))


def test_midnight_is_an_end_and_no_beginning():
    assert read_hours("18-24") == (Span(1080, 1440),)
    with pytest.raises(Refused):
        read_hours("24-25")


def test_the_usual_week_is_written_short():
    assert write_week(USUAL_WEEK) == "12345 09:00-12:00,13:30-18:00"


HOURS = st.lists(
    st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda pair: pair[0] < pair[1]),
    max_size=4,
).map(lambda pairs: joined(Span(*pair) for pair in pairs))


@given(st.tuples(*(HOURS,) * 7))
def test_a_week_is_read_as_it_was_written(week):
    assert read_week(write_week(week)) == week


@given(HOURS)
def test_hours_are_read_as_they_were_written(hours):
    assert read_hours(write_hours(hours)) == hours


@pytest.mark.parametrize("text", ["weekdays", "8 09:00-12:00", "1 9to5x", "12345"])
def test_what_is_no_week_is_refused(text):
    with pytest.raises(Refused):
        read_week(text)


def test_quiet_hours_are_read_and_written():
    quiet = read_quiet("21:00-8")
    assert quiet == QuietHours(time(21), time(8))
    assert write_quiet(quiet) == "21:00-08:00"
    assert read_quiet(write_quiet(None)) is None


@pytest.mark.parametrize("text", ["night", "24:00-08:00", "21:60-08:00", "21:00"])
def test_what_are_no_quiet_hours_is_refused(text):
    with pytest.raises(Refused, match="quiet hours"):
        read_quiet(text)
