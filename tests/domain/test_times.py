"""The time of day with which a text ends, and the moment that it makes with its day."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import dates, times

CHINA = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14:30", time(14, 30)),
        ("2024-01-05 9:05:07", time(9, 5, 7)),
        ("2024-01-05T14:30:22.125", time(14, 30, 22)),
        ("1/5/2024 2:30 PM", time(14, 30)),
        ("1/5/2024 2:30:15 p.m.", time(14, 30, 15)),
        ("1/5/2024 12:30 AM", time(0, 30)),
        ("1/5/2024 12:30 PM", time(12, 30)),
        ("2024/1/5 上午 09:05", time(9, 5)),
        ("2024/1/5 下午 12:05:00", time(12, 5)),
        ("2024年1月5日下午2点半", time(14, 30)),
        ("2024年1月5日 下午2時30分", time(14, 30)),
        ("1月5日14点", time(14)),
        ("14时30分15秒", time(14, 30, 15)),
        ("早上8点", time(8)),
        ("中午12点半", time(12, 30)),
        ("中午1点", time(13)),
        ("晚上8:15", time(20, 15)),
        ("晚上12点", time(0)),
        ("夜里2点", time(2)),
        ("凌晨12:10", time(0, 10)),
        ("１４：３０", time(14, 30)),
        ("20240105143015", time(14, 30, 15)),
        ("2024-01-05T14:30:22Z", time(14, 30, 22, tzinfo=UTC)),
        ("2024-01-05 14:30 +0800", time(14, 30, tzinfo=CHINA)),
        ("2024-01-05 14:30+08", time(14, 30, tzinfo=CHINA)),
        ("2024-01-05 14:30 GMT+8", time(14, 30, tzinfo=CHINA)),
    ],
)
def test_the_time_at_the_end_of_a_text_is_read(text, expected):
    found = times.at_end(text)
    assert found == expected
    assert found.utcoffset() == expected.utcoffset()


@pytest.mark.parametrize(
    "text",
    ["", "2024-01-05", "25:00", "12:60", "14:30 and more", "10:00+99:00", "10:00+0860", "noon",
     "\0", " " * 200_000, "9:" * 100_000 + "x"],
)  # fmt: skip
def test_a_text_without_a_time_at_its_end_has_none(text):
    assert times.at_end(text) is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("2024-01-05 14:30", "2024-01-05"),
        ("2024-01-05T14:30:00+08:00", "2024-01-05"),
        ("2024年1月5日下午2点半", "2024年1月5日"),
        ("2024-01-05", "2024-01-05"),
        ("14:30", "14:30"),
    ],
)
def test_a_date_is_left_when_the_time_is_taken_away(text, rest):
    assert times.without(text) == rest


def test_a_moment_is_in_utc_and_a_day_alone_begins_at_its_local_midnight():
    day = date(2024, 1, 5)
    assert times.moment(day, time(14, 30, tzinfo=CHINA)) == datetime(2024, 1, 5, 6, 30, tzinfo=UTC)
    assert times.moment(day, None).astimezone().replace(tzinfo=None) == datetime(2024, 1, 5)
    assert times.moment(day, time(9)).tzinfo is UTC


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0.0, time()), (0.5, time(12)), (0.604166666, time(14, 30)), (0.9999999, time())],
)
def test_a_share_of_a_day_is_a_time(share, expected):
    assert times.of_share(share) == expected


MARKS = "".join(chr(one) for one in range(0x20, 0x7F)) + "上午下中晚凌晨点點时時分秒半：日T"


@given(st.text(MARKS, max_size=20))
def test_no_text_is_too_odd_and_what_dates_pass_over_is_a_time(text):
    times.at_end(text)
    written = f"2024-01-05 {text}"
    if dates.parse(written) is not None and ":" in text and "24" not in text:
        assert times.at_end(written) is not None
