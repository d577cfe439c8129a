"""Recurrences as people read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import i18n
from app.domain.recurrence import Freq, after_done, describe, lunar_yearly, parse
from app.errors import Refused


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("FREQ=DAILY", "Every day"),
        ("FREQ=DAILY;INTERVAL=3", "Every 3 days"),
        ("FREQ=WEEKLY", "Every week"),
        ("FREQ=WEEKLY;BYDAY=MO,TH", "Every week on Monday and Thursday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "Every 2 weeks on Friday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Every day from Monday to Friday"),
        ("FREQ=MONTHLY", "Every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "Every month on day 15"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15,-1", "Every month on day 1, day 15, and the last day"),
        ("FREQ=MONTHLY;BYMONTHDAY=-3", "Every month on day 3 from the end"),
        (
            "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1",
            "Every month on day 30, or the last day",
        ),
        ("FREQ=MONTHLY;BYDAY=2TU", "Every month on the second Tuesday"),
        ("FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1", "Every month on the last Friday"),
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=5MO", "Every 3 months on Monday number 5"),
        ("FREQ=MONTHLY;BYDAY=-2SU", "Every month on Sunday number 2 from the end"),
        ("FREQ=YEARLY", "Every year"),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15", "Every year on 15 March"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", "Every year on the last day of February"),
        ("FREQ=YEARLY;BYMONTH=5;BYDAY=2SU", "Every year on the second Sunday of May"),
        ("FREQ=YEARLY;BYMONTH=1,7", "Every year on January and July"),
        ("FREQ=YEARLY;BYWEEKNO=20", "Every year, by the rule FREQ=YEARLY;BYWEEKNO=20"),
        ("FREQ=MONTHLY;X-WORKDAY=-1", "Every month on the last working day"),
        ("FREQ=MONTHLY;X-WORKDAY=-2", "Every month on the last working day but one"),
        ("FREQ=MONTHLY;X-WORKDAY=3", "Every month on working day 3"),
        (
            "FREQ=MONTHLY;BYMONTH=3,6;X-WORKDAY=-1",
            "Every month on the last working day of March and June",
        ),
        ("FREQ=DAILY;COUNT=1", "Every day, 1 time in all"),
        ("FREQ=DAILY;COUNT=5", "Every day, 5 times in all"),
        ("FREQ=WEEKLY;UNTIL=20271231", "Every week, until 31 December 2027"),
    ],
)
def test_a_rule_reads_like_a_sentence(text, words):
    assert describe(parse(text)) == words


def test_lunar_days_and_what_comes_after_it_was_done():
    assert describe(lunar_yearly(8, 15)) == "Every year on lunar 8/15"
    leap = "Every year on lunar 4/3 of the leap month"
    assert describe(lunar_yearly(4, 3, leap=True)) == leap
    assert describe(after_done(30, Freq.DAILY)) == "30 days after it was last done"
    assert describe(after_done(1, Freq.MONTHLY)) == "1 month after it was last done"


@pytest.mark.parametrize("language", ["zh_CN", "zh_TW"])
def test_in_chinese_days_have_their_chinese_names(language):
    i18n.use(language)
    try:
        assert "八月十五" in describe(lunar_yearly(8, 15))
        assert "星期一" in describe(parse("FREQ=WEEKLY;BYDAY=MO,TH"))
        assert "3月15日" in describe(parse("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15"))
    finally:
        i18n.use("en")


PARTS = st.lists(
    st.sampled_from(
        ["BYMONTH=2", "BYMONTHDAY=1,-1", "BYDAY=MO,-1FR", "BYDAY=SU", "BYSETPOS=1", "COUNT=2",
         "BYYEARDAY=9", "X-WORKDAY=2", "INTERVAL=2", "BYSETPOS=-1,2"]
    ),
    max_size=4,
)  # fmt: skip


@given(st.sampled_from(Freq), PARTS)
def test_every_rule_that_can_be_has_words(freq, parts):
    try:
        rule = parse(";".join([f"FREQ={freq}", *parts]))
    except Refused:
        return
    assert describe(rule).startswith("Every")
