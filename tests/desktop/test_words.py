from datetime import date, datetime, timedelta

import pytest

from app import i18n
from app.desktop.notifier import Answer
from app.desktop.words import bubble, digest, due_words
from app.domain.reminders import Notice, ReminderKind
from tests.databases import NOW

TODAY = NOW.astimezone().date()
NOON = datetime.combine(TODAY, datetime.min.time()).astimezone() + timedelta(hours=12)


@pytest.fixture(autouse=True)
def english():
    i18n.use("en")


def notice(due, number=1, **more):
    return Notice(number, NOW, ReminderKind.NOTE, more.pop("text", f"call {number}"), due, **more)


@pytest.mark.parametrize(
    ("due", "late", "words"),
    [
        (TODAY, False, "due today"),
        (NOON, False, "due today 12:00"),
        (NOON - timedelta(days=1), True, "due since yesterday 12:00"),
        (TODAY + timedelta(days=1), False, "due tomorrow"),
        (TODAY + timedelta(days=3), False, "due Wednesday"),
        (TODAY + timedelta(days=10), False, "due Dec 2"),
        (date(2024, 2, 29), True, "due since Feb 29, 2024"),
    ],
)
def test_when_it_is_due_is_said_from_today(due, late, words):
    assert due_words(notice(due, late=late), NOON) == words


def test_a_notification_says_what_for_whom_and_when():
    made = bubble(notice(NOON, text="寄样品", customer="华信科技", about="3 块"), NOON)
    assert (made.title, made.body) == ("寄样品", "华信科技 · due today 12:00\n3 块")
    assert [answer for answer, _ in made.buttons] == [Answer.OPEN, Answer.DONE, Answer.SNOOZE]
    assert not made.urgent


def test_what_says_nothing_is_called_by_its_kind():
    assert bubble(notice(TODAY, text=""), NOON).title == "Reminder"


def test_many_share_one_notification_the_earliest_first():
    many = [notice(TODAY - timedelta(days=n), n, late=n > 0) for n in range(8)]
    made = digest(many, NOON)
    assert made.title == "8 reminders, 7 late"
    lines = made.body.splitlines()
    assert lines[0] == "call 7 · due since Nov 15"
    assert (len(lines), lines[-1]) == (6, "and 3 more")
    assert made.urgent
    assert [answer for answer, _ in made.buttons] == [Answer.OPEN]
