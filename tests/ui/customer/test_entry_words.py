from datetime import UTC, datetime, timedelta

from app.ui.customer.entry_words import stamp


def test_an_entry_of_which_only_the_day_is_known_shows_no_hour():
    now = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    day = datetime(2026, 3, 5).astimezone()
    assert ":" not in stamp(day, now)
    assert stamp(day + timedelta(hours=9), now).endswith("09:00")
