"""The periods that a report is asked for."""

from datetime import date, timedelta

from app.i18n import Message
from app.reports.base import EVER, Period


def periods(today: date) -> tuple[tuple[str, Message, Period], ...]:
    """Key, words and days of every period on offer."""
    month = today.replace(day=1)
    year = today.replace(month=1, day=1)
    before_month = (month - timedelta(days=1)).replace(day=1)
    before_year = year.replace(year=year.year - 1)
    twelve = month.replace(year=month.year - 1)
    return (
        ("ever", Message("All the time"), EVER),
        ("month", Message("This month"), Period(month, None)),
        ("last_month", Message("Last month"), Period(before_month, month - timedelta(days=1))),
        ("year", Message("This year"), Period(year, None)),
        ("last_year", Message("Last year"), Period(before_year, year - timedelta(days=1))),
        ("twelve_months", Message("Last 12 months"), Period(twelve, None)),
    )
