"""parse and lunar: without a workspace."""

import json

import pytest

from app.cli import main

NOW = "2026-11-20T10:00"


@pytest.fixture
def say(capsys):
    """Runs a command as it is typed: exit code, what it printed as JSON."""

    def run(*arguments):
        capsys.readouterr()
        code = main([*arguments, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return run


@pytest.mark.parametrize(
    ("line", "meaning"),
    [
        ("明天下午3点给王伟打电话", "reminder|王伟|2026-11-21T15:00:00||给王伟打电话"),
        ("下周一提醒我寄样品", "reminder||2026-11-23||寄样品"),
        ("call Grace tomorrow 9am", "reminder|Grace|2026-11-21T09:00:00||call Grace"),
        ("每月最后一个工作日对账", "reminder||2026-11-30|FREQ=MONTHLY;X-WORKDAY=-1|对账"),
        ("农历八月十五送月饼", "reminder||2027-09-15||送月饼"),
        ("promised Grace the quote by Friday", "promise|Grace|2026-11-27||the quote"),
        ("remind me in 2 hours", "reminder||2026-11-20T12:00:00||"),
    ],
)
def test_parse_prints_what_quick_add_understands(say, line, meaning):
    code, found = say("parse", line, "--now", NOW)
    assert code == 0
    names = ("kind", "customer", "due", "rule", "text")
    assert found == dict(zip(names, (one or None for one in meaning.split("|")), strict=True))


def test_parse_takes_a_line_in_several_arguments_and_a_time_with_a_zone(say):
    code, found = say("parse", "call", "Tom", "tomorrow", "at", "9", "--now", f"{NOW}+08:00")
    assert (code, found["due"]) == (0, "2026-11-21T09:00:00+08:00")


def test_what_is_not_understood_is_said_and_fails(say, capsys):
    code, found = say("parse", "过几天给王伟打电话", "--now", NOW)
    assert code == 1
    assert found["error"]["message"].startswith("“过几天” is no certain day.")
    assert main(["parse", "call Grace"]) == 1
    shown = capsys.readouterr()
    assert (shown.out, shown.err.startswith("When?")) == ("", True)


def test_parse_says_in_words_what_it_understood(capsys):
    line = "每周一上午9点给王伟打电话"
    assert main(["parse", line, "--now", NOW]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Reminder: 给王伟打电话",
        "For: 王伟",
        "When: 2026-11-23 09:00",
        "Repeats: Every week on Monday",
    ]


def test_a_time_that_is_none_is_bad_usage(say):
    code, found = say("parse", "call Tom tomorrow", "--now", "soon")
    assert (code, found["error"]["kind"]) == (2, "bad_usage")


@pytest.mark.parametrize(
    ("solar", "year", "month", "day", "leap", "written"),
    [
        ("2026-11-22", 2026, 10, 14, False, "2026-10-14"),
        ("2025-07-25", 2025, 6, 1, True, "2025-06L-01"),
        ("2026-02-16", 2025, 12, 29, False, "2025-12-29"),
    ],
)
def test_lunar_converts_both_ways(say, solar, year, month, day, leap, written):
    assert say("lunar", solar) == (0, {"year": year, "month": month, "day": day, "leap": leap})
    code, found = say("lunar", "--to-solar", written)
    assert (code, found["date"]) == (0, solar)


def test_lunar_says_it_in_words(capsys):
    assert main(["lunar", "2025-07-25"]) == 0
    assert main(["lunar", "--to-solar", "2025-06L-01"]) == 0
    assert capsys.readouterr().out == "Lunar 2025, leap month 6, day 1\n2025-07-25\n"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["2101-02-01"], 1, "known from"),
        (["1899-01-01"], 1, "known from"),
        (["--to-solar", "2026-04L-03"], 1, "has no leap month 4"),
        (["--to-solar", "2026-13-03"], 1, "no lunar month 13"),
        (["--to-solar", "2026-01-31"], 1, "no day 31"),
        (["--to-solar", "2300-01-01"], 1, "known from"),
        (["--to-solar", "someday"], 2, "is no lunar day"),
        (["2026-02-30"], 2, ""),
        ([], 2, "either a day"),
        (["2026-02-01", "--to-solar", "2026-01-01"], 2, "either a day"),
    ],
)
def test_days_that_are_none_are_said(say, arguments, code, words):
    found = say("lunar", *arguments)
    assert found[0] == code
    assert words in found[1]["error"]["message"]
