from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import i18n
from app.domain.dates import (
    LATEST_YEAR,
    Order,
    Relative,
    guess_order,
    parse,
    parse_relative,
    problem,
    read_relative,
)

TODAY = date(2026, 8, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-08", "2026/2/8", "2026.2.8", "2026 02 08", "20260208", "20260208103000",
        "2026年2月8日", "2026 年 2 月 8 号", "２０２６年２月８日", "２０２６／２／８",
        "民國115年2月8日", "中華民國 115 年 2 月 8 日", "民国115.2.8", "115/2/8", "115年2月8日",
        "2026-02-08T10:00:00Z", "2026-02-08T23:30:00.123456+08:00", "2026-02-08 00:00:00",
        "2026/2/8 下午3:05", "2026年2月8日 15时30分", "2026年2月8日15:30", "2026年2月8日 15点",
        "2026-02-08 星期日", "2026/2/8(日)", "2026年2月8日 周日 10:00",
        "Sunday, February 8, 2026", "Feb 8th, 2026", "8 Feb 2026", "8th of February 2026",
        "2026-Feb-08", "08-Feb-2026", "8-Feb-26", "  2026-02-08\t",
    ],
)  # fmt: skip
def test_every_form_people_write_is_read(text: str) -> None:
    assert parse(text, TODAY) == date(2026, 2, 8)
    assert problem(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2/28/2026", "auto", date(2026, 2, 28)),
        ("28/2/2026 3:05 PM", "auto", date(2026, 2, 28)),
        ("5/5/2026", "auto", date(2026, 5, 5)),
        ("8/2/2026", "auto", None),
        ("8/2/2026", "dmy", date(2026, 2, 8)),
        ("8/2/2026", "mdy", date(2026, 8, 2)),
        ("2/28/2026", "dmy", None),
        ("8.2.26", "dmy", date(2026, 2, 8)),
        ("8/2/26", "mdy", date(2026, 8, 2)),
        ("26/8/2", "ymd", date(2026, 8, 2)),
        ("26年8月2日", "ymd", date(2026, 8, 2)),
        ("8/2/26", "auto", None),
        ("26年8月2日", "auto", None),
        ("1/2/46", "dmy", date(2046, 2, 1)),
        ("1/2/47", "dmy", date(1947, 2, 1)),
        ("2026-08-02", "dmy", date(2026, 8, 2)),
    ],
)
def test_days_and_months_are_told_apart_or_asked_for(
    text: str, order: Order, day: date | None
) -> None:
    assert parse(text, TODAY, order) == day
    assert (problem(text, TODAY, order) is None) == (day is not None)


@pytest.mark.parametrize(
    ("text", "order", "said"),
    [
        ("2026-02-30", "auto", "2026-02 has 28 days"),
        ("2026-13-01", "auto", "no such day"),
        ("31/2/2026", "auto", "no such day"),
        ("2/28/2026", "dmy", "not in the order day, month, year"),
        ("28/2/2026", "mdy", "not in the order month, day, year"),
        ("0026-02-08", "auto", "The year 26"),
        ("8/2/2026", "auto", "can be 2026-02-08 or 2026-08-02"),
        ("8/2/26", "auto", "with four digits"),
        ("2026-2", "auto", "not a date"),
        ("2/8", "auto", "not a date"),
        ("2026-02/08", "auto", "not a date"),
        ("2026-02-28 25:99", "auto", "not a date"),
        ("下周", "auto", "not a date"),
        ("9" * 10**6, "auto", "not a date"),
    ],
)
def test_what_is_wrong_is_said(text: str, order: Order, said: str) -> None:
    i18n.use("en")
    assert said in str(problem(text, TODAY, order))
    assert parse(text, TODAY, order) is None


def test_no_text_is_no_problem() -> None:
    assert parse(" ") is None
    assert problem(" ") is None


@pytest.mark.parametrize(
    ("samples", "order"),
    [
        (["8/2/2026", "28/2/2026"], "dmy"),
        (["8/2/2026", "2/28/2026"], "mdy"),
        (["8/2/2026", "1/1/2026"], "auto"),
        (["28/2/2026", "2/28/2026"], "auto"),
        (["2026-02-08", "2026/2/8", "", "未知"], "auto"),
        (["2026-02-08", "13/1/2026", "n/a"], "dmy"),
        (["99/1/31"], "ymd"),
        (["31/1/20", "1/1/99"], "dmy"),
        ([], "auto"),
    ],
)
def test_a_column_tells_its_order(samples: list[str], order: Order) -> None:
    assert guess_order(samples) == order


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("today", date(2026, 3, 31), date(2026, 3, 31)),
        ("Yesterday", date(2026, 3, 1), date(2026, 2, 28)),
        ("tomorrow", date(2026, 12, 31), date(2027, 1, 1)),
        ("-30d", date(2026, 3, 31), date(2026, 3, 1)),
        ("+2w", date(2026, 3, 31), date(2026, 4, 14)),
        ("-1m", date(2026, 3, 31), date(2026, 2, 28)),
        ("-3m", date(2026, 1, 15), date(2025, 10, 15)),
        ("+1m", date(2026, 12, 31), date(2027, 1, 31)),
        ("-1y", date(2024, 2, 29), date(2023, 2, 28)),
        ("+4y", date(2024, 2, 29), date(2028, 2, 29)),
        ("−30 days", date(2026, 3, 31), date(2026, 3, 1)),
        ("30天前", date(2026, 3, 31), date(2026, 3, 1)),
        ("2周以后", date(2026, 3, 31), date(2026, 4, 14)),
        ("1个月前", date(2026, 3, 31), date(2026, 2, 28)),
        ("昨天", date(2026, 3, 1), date(2026, 2, 28)),
        ("-0w", date(2026, 3, 1), date(2026, 3, 1)),
        ("30d", date(2026, 3, 1), None),
        ("-201y", date(2026, 3, 1), None),
        ("-1h", date(2026, 3, 1), None),
        ("", date(2026, 3, 1), None),
    ],
)
def test_relative_dates_count_from_today(text: str, today: date, day: date | None) -> None:
    assert parse_relative(text, today) == day


def test_relative_dates_stop_at_the_ends_of_the_calendar() -> None:
    assert Relative(-10_000, "d").on(date.min) == date.min
    assert Relative(200, "y").on(date.max) == date.max
    assert Relative(-5, "m").on(date.min) == date.min


DAYS = st.dates(date(1800, 1, 1), date(LATEST_YEAR, 12, 31))


@given(DAYS)
def test_every_day_in_every_full_form_reads_as_itself(day: date) -> None:
    forms = [
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%d %B %Y}",
        f"{day:%b %d, %Y}",
        datetime(day.year, day.month, day.day, 23, 59, 59).isoformat(),
    ]
    assert {parse(form) for form in forms} == {day}
    assert parse(f"{day.day}/{day.month}/{day.year}", order="dmy") == day
    assert parse(f"{day.month}/{day.day}/{day.year}", order="mdy") == day


@given(DAYS, st.integers(-10_000, 10_000))
def test_days_and_weeks_are_plain_differences(day: date, amount: int) -> None:
    assert parse_relative(f"{amount:+d}d", day) == day + timedelta(days=amount)
    assert Relative(amount, "w").on(date(2026, 1, 1)) == date(2026, 1, 1) + timedelta(weeks=amount)


@given(DAYS, st.integers(-1200, 1200))
def test_a_month_away_is_in_the_right_month_and_never_a_later_day(day: date, amount: int) -> None:
    there = Relative(amount, "m").on(day)
    assert (there.year - day.year) * 12 + there.month - day.month == amount
    assert there.day == day.day or (
        there.day < day.day and (there + timedelta(days=1)).month != there.month
    )


MESSY = st.text(max_size=60) | st.text(
    alphabet="0123456789-/.年月日 T:民國+dwmyFebPM前天", max_size=25
)


@given(MESSY, st.sampled_from(["auto", "dmy", "mdy", "ymd"]), st.dates())
def test_no_text_makes_reading_a_date_fail(text: str, order: Order, today: date) -> None:
    day = parse(text, today, order)
    reason = problem(text, today, order)
    assert (day is None and bool(text.strip())) == (reason is not None)
    str(reason)
    relative = read_relative(text)
    if relative:
        relative.on(today)
        assert read_relative(str(relative)) == relative
    guess_order([text])
