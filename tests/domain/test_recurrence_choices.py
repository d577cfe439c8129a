"""What is offered fits the day."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.domain.recurrence import checked, describe
from app.domain.recurrence_choices import offered
from app.domain.working_time import usual


def test_a_day_is_offered_what_it_is_in_its_month_and_lunar_year():
    assert [describe(one) for one in offered(date(2026, 9, 25))] == [
        "Every day",
        "Every day from Monday to Friday",
        "Every week on Friday",
        "Every 2 weeks on Friday",
        "Every month on day 25",
        "Every month on the fourth Friday",
        "Every month on the last working day",
        "Every 3 months on day 25",
        "Every year on 25 September",
        "Every year on lunar 8/15",
        "30 days after it was last done",
    ]


def test_a_fifth_friday_is_the_last_one():
    words = [describe(one) for one in offered(date(2026, 10, 30))]
    assert "Every month on the last Friday" in words
    assert "Every month on day 30, or the last day" in words


@given(st.dates(date(1900, 1, 1), date(2150, 12, 31)))
def test_everything_that_is_offered_can_be_chosen(day):
    for rule in offered(day):
        assert checked(rule, day, usual())


def test_far_away_no_lunar_year_is_offered():
    assert len(offered(date(2150, 1, 1))) == len(offered(date(2026, 1, 1))) - 1
