"""A line to be reminded of: the tables beside this file say what comes out of it."""

from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.domain.quick_add import AddKind, QuickAdd, SpanKind, Unclear, understand
from app.domain.recurrence import parse
from app.domain.reminders import Alarm, store_alarms
from app.domain.working_time import DayKind, SpecialDay, WorkingCalendar

NOW = datetime(2026, 11, 22, 15, 41)


def table(name: str) -> list[str]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def said(found: QuickAdd) -> str:
    """As the tables write it."""
    shape = "%Y-%m-%d %H:%M" if isinstance(found.due, datetime) else "%Y-%m-%d"
    words = [("by " if found.deadline else "on ") + found.due.strftime(shape)]
    if found.kind is AddKind.PROMISE:
        words.insert(0, "promise")
    if found.rule:
        words.append(found.rule)
    if found.who:
        words.append(f"@{found.who}")
    if found.channel:
        words.append(found.channel)
    if found.alarms:
        words.append(f"lead {store_alarms(found.alarms)}")
    return " · ".join(words)


PHRASES = [*table("quick_add_chinese.txt"), *table("quick_add_english.txt")]
UNCLEAR = table("quick_add_unclear.txt")


@pytest.mark.parametrize("row", PHRASES)
def test_a_phrase_is_understood(row: str) -> None:
    phrase, meaning, text = (one.strip() for one in row.split("|"))
    found = understand(phrase, NOW)
    assert isinstance(found, QuickAdd), str(found.problem)
    assert (said(found), found.text) == (meaning, text)


@pytest.mark.parametrize("row", UNCLEAR)
def test_what_is_not_sure_is_not_understood_and_says_why(row: str) -> None:
    phrase, answer = (one.strip() for one in row.split("|"))
    found = understand(phrase, NOW)
    assert isinstance(found, Unclear)
    assert str(found.problem) == answer


def test_the_tables_hold_as_many_phrases_as_were_asked_for() -> None:
    assert len(PHRASES) >= 250
    assert len(UNCLEAR) >= 60
    assert len({row.split("|")[0] for row in (*PHRASES, *UNCLEAR)}) == len(PHRASES) + len(UNCLEAR)


@pytest.mark.parametrize("row", PHRASES)
def test_every_rule_is_one_that_reminders_can_follow(row: str) -> None:
    found = understand(row.split("|")[0].strip(), NOW)
    assert isinstance(found, QuickAdd)
    if found.rule:
        parse(found.rule)


def spans(phrase: str) -> list[tuple[str, str]]:
    return [(one.kind.value, phrase[one.start : one.end]) for one in understand(phrase, NOW).spans]


def test_spans_show_what_became_what() -> None:
    assert spans("明天下午3点給王偉打電話") == [("when", "明天下午3点"), ("who", "王偉")]
    assert spans("promised Grace the quote by Friday") == [
        ("kind", "promised "),
        ("who", "Grace"),
        ("when", "by Friday"),
    ]
    assert spans("每周一上午9点开例会，提前10分钟提醒我") == [
        ("repeat", "每周一"),
        ("when", "上午9点"),
        ("lead", "，提前10分钟提醒我"),
    ]


def test_what_was_not_understood_keeps_who_and_what() -> None:
    found = understand("过几天给王伟打电话", NOW)
    assert isinstance(found, Unclear)
    assert (found.who, found.text, found.spans[0].kind) == (
        "王伟",
        "过几天给王伟打电话",
        SpanKind.WHO,
    )


def test_the_working_calendar_decides_which_workday_is_the_last() -> None:
    off = SpecialDay(DayKind.OFF, "stocktaking")
    calendar = WorkingCalendar(special={date(2026, 11, 30): off})
    found = understand("每月最后一个工作日对账", NOW, calendar)
    assert isinstance(found, QuickAdd)
    assert found.due == date(2026, 11, 27)


def test_a_moment_has_the_zone_of_the_time_it_is_counted_from() -> None:
    now = datetime(2026, 11, 22, 15, 41, tzinfo=ZoneInfo("Asia/Shanghai"))
    found = understand("明天下午3点给王伟打电话", now)
    assert isinstance(found, QuickAdd)
    assert found.due == datetime(2026, 11, 23, 15, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert isinstance(found.due, datetime)
    assert found.due.tzinfo is now.tzinfo


def test_what_repeats_begins_today_only_while_its_hour_is_to_come() -> None:
    early, late = (understand(text, NOW) for text in ("每天下午4点盘点", "每天下午3点盘点"))
    assert isinstance(early, QuickAdd)
    assert isinstance(late, QuickAdd)
    assert early.due == datetime(2026, 11, 22, 16)
    assert late.due == datetime(2026, 11, 23, 15)


def test_leads_are_alarms() -> None:
    found = understand("周三下午2点拜访李总，提前1天提醒我，提前半小时", NOW)
    assert isinstance(found, QuickAdd)
    assert [one.days for one in found.alarms] == [1, 0]
    assert found.alarms[1] == Alarm(minutes=30)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
@example("每" * 60)
@example("明天" * 200)
@example("农历闰月初三十")
@example("every " * 70)
@example("“”…ﬁ½İ")
def test_any_line_has_an_answer_and_spans_in_order(line: str) -> None:
    found = understand(line, NOW)
    for one, other in pairwise(found.spans):
        assert one.start < one.end <= other.start
    if isinstance(found, Unclear):
        assert str(found.problem)
        assert found.text or not line.strip()


WORDS = (
    "明天 下周一 每周五 下午3点 给王伟 打电话 提醒我 答应 前 农历八月十五 中秋节 前三天 和 到 的 "
    "call Grace every Friday at 3 tomorrow by promised until next after 31 11-23 4/12 , 。"
)
PIECES = st.sampled_from(WORDS.split())


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=8))
def test_no_mixture_of_words_is_too_much(pieces: list[str]) -> None:
    for line in ("".join(pieces), " ".join(pieces)):
        found = understand(line, NOW)
        if isinstance(found, QuickAdd):
            moment = isinstance(found.due, datetime)
            assert found.due >= (NOW if moment else NOW.date())
