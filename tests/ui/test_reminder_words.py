from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.reminders import Notice, ReminderKind
from app.ui.reminder_words import called_words, due_words, late_words, shown, until_words

NOW = datetime(2026, 11, 20, 12, 0).astimezone().astimezone(UTC)  # a Friday
TODAY = NOW.astimezone().date()


def at(days=0, **away):
    return NOW + timedelta(days=days, **away)


def clock(moment):
    return f"{moment.astimezone():%H:%M}"


def notice(due, *, late, **more):
    return Notice(1, NOW, ReminderKind.NOTE, "寄样品", due, late=late, **more)


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (TODAY, "Today"),
        (TODAY + timedelta(days=1), "Tomorrow"),
        (TODAY - timedelta(days=1), "Yesterday"),
        (date(2026, 11, 23), "Mon"),
        (date(2026, 11, 27), "11-27"),
        (date(2027, 1, 4), "2027-01-04"),
        (at(hours=1), f"Today {clock(at(hours=1))}"),
    ],
)
def test_a_day_is_said_as_people_say_it(due, words):
    assert due_words(due, NOW) == words


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (TODAY - timedelta(days=2), "2 days late"),
        (TODAY - timedelta(days=1), "1 day late"),
        (at(minutes=-2), ""),
        (at(minutes=-20), "20 minutes late"),
        (at(hours=-3), "3 hours late"),
        (at(hours=-14), "1 day late"),
        (at(days=-4), "4 days late"),
    ],
)
def test_how_late_it_is(due, words):
    assert late_words(notice(due, late=True), NOW) == words
    assert late_words(notice(due, late=False), NOW) == ""


def test_what_was_due_shortly_before_midnight_is_not_a_day_late_after_it():
    midnight = NOW + timedelta(hours=12)
    late = notice(midnight - timedelta(minutes=10), late=True)
    assert late_words(late, midnight + timedelta(minutes=10)) == "20 minutes late"


def test_what_is_put_off_says_when_it_comes_back():
    assert until_words(at(minutes=10), NOW) == clock(at(minutes=10))
    assert until_words(at(3), NOW) == f"Mon {clock(at(3))}"
    assert until_words(at(11), NOW) == f"12-01 {clock(at(11))}"


def test_when_it_called():
    assert called_words(NOW, NOW + timedelta(seconds=30)) == "Just now"
    assert called_words(at(minutes=-5), NOW) == clock(at(minutes=-5))
    assert called_words(at(-1), NOW) == f"Yesterday {clock(at(-1))}"


def test_what_is_late_is_red_and_says_so_instead_of_its_day():
    late = shown(
        notice(TODAY - timedelta(days=2), late=True, customer="欣怡食品", about="合同"), NOW
    )
    assert (late.kind, late.late, late.words) == ("danger", "2 days late", "欣怡食品\n合同")
    in_time = shown(notice(TODAY, late=False, customer="欣怡食品"), NOW)
    assert (in_time.kind, in_time.late, in_time.words) == ("plain", "", "欣怡食品 · Today")
