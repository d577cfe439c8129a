"""Calendars of other programs, as entries; what cannot be read says why."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Refused, UserError
from app.exchange.calendar_entries import Repeat, Trigger
from app.exchange.calendar_files import MOST_ENTRIES, is_calendar, read_calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")

GOOGLE = """BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:PUBLISH
X-WR-CALNAME:客户拜访
X-WR-TIMEZONE:Europe/Berlin
BEGIN:VEVENT
DTSTART:20260615T070000Z
DTEND:20260615T080000Z
DTSTAMP:20261122T093100Z
LAST-MODIFIED:20261122T093000Z
UID:7kukuqrfedlm2f9t8@google.com
SUMMARY:Call Grace
STATUS:CONFIRMED
RRULE:FREQ=WEEKLY;BYDAY=MO
EXDATE:20260622T070000Z
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:This is an event reminder
TRIGGER:-P0DT0H30M0S
END:VALARM
BEGIN:VALARM
ACTION:EMAIL
TRIGGER:-P1D
END:VALARM
END:VEVENT
END:VCALENDAR
"""

OUTLOOK = """BEGIN:VCALENDAR
PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN
VERSION:2.0
METHOD:PUBLISH
BEGIN:VTIMEZONE
TZID:China Standard Time
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:+0800
TZOFFSETTO:+0800
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
CLASS:PUBLIC
DTEND;TZID="China Standard Time":20261123T160000
DTSTART;TZID="China Standard Time":20261123T150000
SUMMARY;LANGUAGE=zh-cn:拜访王伟
UID:040000008200E00074C5B7101A82E008
X-ALT-DESC;FMTTYPE=text/html:<html><body>一</body></html>
DESCRIPTION:带样品\\, 报价单\\n二楼
LOCATION:北京\\; 朝阳
BEGIN:VALARM
TRIGGER:-PT15M
ACTION:DISPLAY
DESCRIPTION:Reminder
END:VALARM
END:VEVENT
BEGIN:VEVENT
DTSTART;TZID="China Standard Time":20261225T000000
DTEND;TZID="China Standard Time":20261226T000000
X-MICROSOFT-CDO-ALLDAYEVENT:TRUE
SUMMARY:圣诞节
UID:2
END:VEVENT
END:VCALENDAR
"""

APPLE = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Apple Inc.//macOS 14.1//EN
CALSCALE:GREGORIAN
BEGIN:VEVENT
DTSTART;VALUE=DATE:20260917
DTEND;VALUE=DATE:20260918
RRULE:FREQ=YEARLY;UNTIL=20300917
SUMMARY:Mid-Autumn gift for Ms. Miller\\, Berlin
UID:9A6B2F6C-0D0B-4F8E-9B0E-000000000001
SEQUENCE:1
BEGIN:VALARM
ACTION:NONE
TRIGGER;VALUE=DATE-TIME:19760401T005545Z
X-APPLE-DEFAULT-ALARM:TRUE
END:VALARM
BEGIN:VALARM
ACTION:AUDIO
TRIGGER:PT9H
END:VALARM
END:VEVENT
BEGIN:VTODO
UID:todo
SUMMARY:Send sample
DUE;TZID=Asia/Shanghai:20261130T180000
STATUS:COMPLETED
COMPLETED:20261121T010000Z
END:VTODO
END:VCALENDAR
"""


def read(tmp_path, text, written="utf-8", **more):
    path = tmp_path / "some.ics"
    path.write_bytes(text.replace("\n", "\r\n").encode(written))
    return read_calendar(path, **more)


def calendar(*lines):
    return "\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""))


def event(*lines):
    return calendar("BEGIN:VEVENT", *lines, "END:VEVENT")


def only(tmp_path, *lines):
    found = read(tmp_path, event("SUMMARY:x", "UID:1", *lines))
    assert not found.problems
    (one,) = found.entries
    return one


def reason(tmp_path, *lines):
    found = read(tmp_path, event("SUMMARY:Lunch", "UID:1", *lines))
    assert not found.entries
    (one,) = found.problems
    assert (one.number, one.text) == (1, "Lunch")
    return str(one.reason)


def test_google_repeats_by_the_clock_of_the_calendars_zone(tmp_path):
    found = read(tmp_path, GOOGLE)
    assert (found.name, found.problems, found.notes) == ("客户拜访", (), ())
    (one,) = found.entries
    berlin = ZoneInfo("Europe/Berlin")
    assert one.start == datetime(2026, 6, 15, 9, tzinfo=berlin)
    assert one.start.tzinfo == berlin
    assert one.repeat == Repeat(
        "FREQ=WEEKLY;BYDAY=MO", not_on=(datetime(2026, 6, 22, 9, tzinfo=berlin),)
    )
    assert one.alarms == (Trigger(timedelta(minutes=30)), Trigger(timedelta(days=1)))
    assert one.changed == datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    assert one.uid == "7kukuqrfedlm2f9t8@google.com"


def test_outlook_names_zones_as_windows_does_and_writes_days_as_moments(tmp_path):
    meeting, christmas = read(tmp_path, OUTLOOK).entries
    assert meeting.start == datetime(2026, 11, 23, 15, tzinfo=SHANGHAI)
    assert meeting.about == "带样品, 报价单\n二楼"
    assert meeting.place == "北京; 朝阳"
    assert meeting.alarms == (Trigger(timedelta(minutes=15)),)
    assert christmas.start == date(2026, 12, 25)
    assert not isinstance(christmas.start, datetime)


def test_apple_switches_its_own_alarms_off_and_has_tasks(tmp_path):
    gift, sample = read(tmp_path, APPLE).entries
    assert gift.text == "Mid-Autumn gift for Ms. Miller, Berlin"
    assert gift.repeat == Repeat("FREQ=YEARLY;UNTIL=20300917")
    assert gift.alarms == (Trigger(timedelta(hours=-9)),)
    assert (sample.task, sample.done) == (True, True)
    assert sample.start == datetime(2026, 11, 30, 18, tzinfo=SHANGHAI)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_every_encoding_is_found_out(tmp_path, encoding):
    assert read(tmp_path, OUTLOOK, encoding).entries[0].text == "拜访王伟"


def test_the_wrong_encoding_is_refused_or_reads_badly_and_nothing_worse(tmp_path):
    with pytest.raises(Refused):
        read(tmp_path, OUTLOOK, "gb18030", encoding="no such")
    assert len(read(tmp_path, OUTLOOK, "gb18030", encoding="cp1252").entries) == 2


def test_lines_are_put_together_even_if_folded_inside_a_character(tmp_path):
    path = tmp_path / "some.ics"
    text = "SUMMARY:拜访王伟".encode()
    head, tail = event("UID:1", "DTSTART:20261123T070000Z", "@").encode().split(b"@")
    path.write_bytes(head + text[:10] + b"\r\n " + text[10:] + tail)
    assert read_calendar(path).entries[0].text == "拜访王伟"


def test_bare_line_breaks_in_a_text_belong_to_it(tmp_path):
    one = only(tmp_path, "DTSTART:20261123T070000Z", "DESCRIPTION:first", "and second, 第三")
    assert one.about == "first\nand second, 第三"


@pytest.mark.parametrize(
    ("line", "start"),
    [
        ("DTSTART;VALUE=DATE:20261123", date(2026, 11, 23)),
        ("DTSTART:20261123", date(2026, 11, 23)),
        ("DTSTART:2026-11-23", date(2026, 11, 23)),
        ("DTSTART:20261123T070000Z", datetime(2026, 11, 23, 7, tzinfo=UTC)),
        ("DTSTART:20261123T0700Z", datetime(2026, 11, 23, 7, tzinfo=UTC)),
        ("DTSTART:2026-11-23T15:00:00+08:00", datetime(2026, 11, 23, 7, tzinfo=UTC)),
        ("DTSTART:20261123T070000", datetime(2026, 11, 23, 7)),
        ("DTSTART:20261123T240000", datetime(2026, 11, 24)),
        ("DTSTART;TZID=Asia/Shanghai:20261123T150000", datetime(2026, 11, 23, 7, tzinfo=UTC)),
        (
            "DTSTART;TZID=/mozilla.org/20070129_1/Asia/Shanghai:20261123T150000",
            datetime(2026, 11, 23, 7, tzinfo=UTC),
        ),
        (
            "DTSTART;TZID=/freeassociation.sourceforge.net/Tzfile/Asia/Shanghai:20261123T150000",
            datetime(2026, 11, 23, 7, tzinfo=UTC),
        ),
        (
            'DTSTART;TZID="(UTC+08:00) Beijing, Chongqing, Hong Kong, Urumqi":20261123T150000',
            datetime(2026, 11, 23, 7, tzinfo=UTC),
        ),
        (
            "DTSTART;TZID=America/Argentina/Buenos_Aires:20261123T150000",
            datetime(2026, 11, 23, 18, tzinfo=UTC),
        ),
        ("dtstart;tzid=Tokyo Standard Time:20261123T150000", datetime(2026, 11, 23, 6, tzinfo=UTC)),
    ],
)
def test_days_and_moments(tmp_path, line, start):
    found = only(tmp_path, line).start
    assert found == start
    assert isinstance(found, datetime) == isinstance(start, datetime)


def test_a_zone_that_nobody_knows_is_what_the_file_says_it_is(tmp_path):
    zone = (
        "BEGIN:VTIMEZONE",
        "TZID:Our office",
        "BEGIN:STANDARD",
        "DTSTART:16011028T030000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "END:STANDARD",
        "BEGIN:DAYLIGHT",
        "DTSTART:16010325T020000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "END:DAYLIGHT",
        "END:VTIMEZONE",
    )
    events = [
        line
        for number, day in enumerate(("20260701", "20261201"))
        for line in (
            "BEGIN:VEVENT",
            f"UID:{number}",
            "SUMMARY:x",
            f"DTSTART;TZID=Our office:{day}T120000",
            "END:VEVENT",
        )
    ]
    # it may stand after the entries
    summer, winter = read(tmp_path, calendar(*events, *zone)).entries
    assert summer.start == datetime(2026, 7, 1, 10, tzinfo=UTC)
    assert winter.start == datetime(2026, 12, 1, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=MINUTELY;COUNT=99999999", "nonsense", "FREQ=YEARLY"]
)
def test_a_zone_that_would_never_be_worked_out_is_not_followed(tmp_path, rule):
    zone = (
        "BEGIN:VTIMEZONE",
        "TZID:Trap",
        "BEGIN:STANDARD",
        "DTSTART:16011028T030000",
        f"RRULE:{rule}",
        "TZOFFSETFROM:garbage",
        "TZOFFSETTO:+0100",
        "END:STANDARD",
        "END:VTIMEZONE",
        "BEGIN:VEVENT",
        "SUMMARY:x",
        "DTSTART;TZID=Trap:20260701T120000",
        "END:VEVENT",
    )
    found = read(tmp_path, calendar(*zone))
    assert not found.entries
    assert "Trap" in str(found.problems[0].reason)


def test_a_time_without_a_zone_is_in_that_of_the_calendar(tmp_path):
    text = event("SUMMARY:x", "DTSTART:20261123T150000").replace(
        "VERSION", "X-WR-TIMEZONE:Asia/Shanghai\nVERSION"
    )
    assert read(tmp_path, text).entries[0].start == datetime(2026, 11, 23, 7, tzinfo=UTC)


def test_an_unknown_zone_of_the_calendar_is_said(tmp_path):
    text = event("SUMMARY:x", "DTSTART:20261123T150000").replace(
        "VERSION", "X-WR-TIMEZONE:Middle/Earth\nVERSION"
    )
    found = read(tmp_path, text)
    assert found.entries[0].start == datetime(2026, 11, 23, 15)
    assert "Middle/Earth" in str(found.notes[0])


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ((), "no date"),
        (("DTSTART:garbage",), "“garbage”"),
        (("DTSTART:20260231",), "“20260231”"),
        (("DTSTART:99991231T235959Z",), "99991231"),
        (("DTSTART:00010101",), "00010101"),
        (("DTSTART:",), "no date"),
        (("DTSTART;TZID=Middle/Earth:20261123T150000",), "Middle/Earth"),
        (("DTSTART:20261123", "RRULE:garbage"), "garbage"),
        (("DTSTART:20261123", "RRULE:FREQ=FORTNIGHTLY"), "FORTNIGHTLY"),
        (("DTSTART:20261123", "RRULE:FREQ=DAILY;INTERVAL=0"), "INTERVAL=0"),
        (("DTSTART:20261123", "RRULE:FREQ=MONTHLY;BYMONTHDAY=32"), "BYMONTHDAY=32"),
        (("DTSTART:20261123", "RRULE:FREQ=MONTHLY;BYDAY=1XX"), "1XX"),
        (("DTSTART:20261123", "RRULE:FREQ=DAILY;COUNT=3;UNTIL=20270101"), "COUNT"),
        (("DTSTART:20261123", "RRULE:FREQ=SECONDLY"), "several times a day"),
        (("DTSTART:20261123T090000Z", "RRULE:FREQ=DAILY;BYHOUR=9,15"), "several times of a day"),
        (("DTSTART:20261123", "RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY"), "several rules"),
        (("DTSTART:20261123", "RRULE:FREQ=DAILY", "EXRULE:FREQ=WEEKLY"), "several rules"),
        (("DTSTART:20261123", "RRULE:FREQ=DAILY", "EXDATE:yesterday"), "yesterday"),
        (("DTSTART:20261123", "DURATION:long"), "long"),
        (("DTSTART:20261123", "RECURRENCE-ID;RANGE=THISANDFUTURE:20261123"), "later days"),
        (("DTSTART:20261123", "RECURRENCE-ID:"), "no date"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path, lines, words):
    assert words in reason(tmp_path, *lines)


def test_one_bad_entry_does_not_cost_the_others(tmp_path):
    text = GOOGLE.replace(
        "END:VCALENDAR", "BEGIN:VEVENT\nDTSTART:never\nSUMMARY:Bad\nEND:VEVENT\nEND:VCALENDAR"
    )
    found = read(tmp_path, text)
    assert len(found.entries) == 1
    assert [(one.number, one.text) for one in found.problems] == [(2, "Bad")]


_BEGUN = len("BEGIN:VCALENDAR")


@pytest.mark.parametrize("length", range(0, _BEGUN, 5))
def test_a_file_that_breaks_off_at_once_is_no_calendar(tmp_path, length):
    with pytest.raises(Refused, match="BEGIN:VCALENDAR"):
        read(tmp_path, GOOGLE[:length])


@pytest.mark.parametrize("length", range(_BEGUN, len(GOOGLE) - 20, 37))
def test_a_file_may_break_off_anywhere(tmp_path, length):
    found = read(tmp_path, GOOGLE[:length])
    whole = length >= GOOGLE.index("END:VEVENT") + len("END:VEVENT")
    assert bool(found.entries) == whole
    assert "breaks off" in str(found.notes[0])


def test_an_entry_without_an_end_does_not_swallow_the_next(tmp_path):
    text = calendar(
        "BEGIN:VEVENT",
        "SUMMARY:Cut",
        "DTSTART:20261123",
        "BEGIN:VALARM",
        "BEGIN:VEVENT",
        "SUMMARY:Whole",
        "DTSTART:20261124",
        "END:VEVENT",
    )
    found = read(tmp_path, text)
    assert [one.text for one in found.entries] == ["Whole"]
    assert [one.text for one in found.problems] == ["Cut"]


@pytest.mark.parametrize(
    "data", [b"", b"Name,Phone\r\n", b"BEGIN:VCARD\r\nEND:VCARD\r\n", b"\x89PNG\r\n\x1a\n\0\0"]
)
def test_what_is_no_calendar_is_refused(tmp_path, data):
    path = tmp_path / "some.ics"
    path.write_bytes(data)
    with pytest.raises(Refused, match="no calendar"):
        read_calendar(path)


def test_the_old_form_is_named(tmp_path):
    with pytest.raises(Refused, match="old form"):
        read(tmp_path, OUTLOOK.replace("VERSION:2.0", "VERSION:1.0"))


def test_a_missing_file_is_a_sentence(tmp_path):
    with pytest.raises(UserError):
        read_calendar(tmp_path / "none.ics")


def test_an_entry_without_uid_gets_the_same_one_each_time(tmp_path):
    text = event("SUMMARY:x", "DTSTART:20261123").replace(
        "DTSTART", "DTSTAMP:20261122T000000Z\nDTSTART"
    )
    first = read(tmp_path, text).entries[0].uid
    later = read(tmp_path, text.replace("20261122T", "20261123T")).entries[0].uid
    other = read(tmp_path, text.replace("SUMMARY:x", "SUMMARY:y")).entries[0].uid
    assert first == later
    assert first
    assert first != other


def test_a_moved_occurrence_leaves_its_day_and_stands_alone(tmp_path):
    text = calendar(
        "BEGIN:VEVENT",
        "UID:1",
        "SUMMARY:Moved",
        "RECURRENCE-ID;TZID=Asia/Shanghai:20261130T150000",
        "DTSTART;TZID=Asia/Shanghai:20261201T100000",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:1",
        "SUMMARY:Series",
        "DTSTART;TZID=Asia/Shanghai:20261123T150000",
        "RRULE:FREQ=WEEKLY",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:1",
        "SUMMARY:Cancelled",
        "STATUS:CANCELLED",
        "RECURRENCE-ID;TZID=Asia/Shanghai:20261207T150000",
        "DTSTART;TZID=Asia/Shanghai:20261207T150000",
        "END:VEVENT",
    )
    series, moved = read(tmp_path, text).entries
    assert series.repeat.not_on == (
        datetime(2026, 11, 30, 15, tzinfo=SHANGHAI),
        datetime(2026, 12, 7, 15, tzinfo=SHANGHAI),
    )
    assert (moved.text, moved.uid, moved.repeat) == ("Moved", "1/20261130T070000Z", None)


def test_of_two_versions_the_newer_counts(tmp_path):
    parts = [
        ("BEGIN:VEVENT", "UID:1", f"SUMMARY:{text}", f"SEQUENCE:{version}", "DTSTART:20261123")
        for text, version in (("Newer", 2), ("Older", 1))
    ]
    text = calendar(*(line for part in parts for line in (*part, "END:VEVENT")))
    assert [one.text for one in read(tmp_path, text).entries] == ["Newer"]


def test_days_left_out_and_added_become_of_the_kind_of_the_start(tmp_path):
    one = only(
        tmp_path,
        "DTSTART;TZID=Asia/Shanghai:20261123T150000",
        "RRULE:FREQ=DAILY;UNTIL=20261231;BYHOUR=15;BYMINUTE=0;X-FOO=1",
        "EXDATE;VALUE=DATE:20261124,20261125",
        "RDATE;VALUE=PERIOD:20270101T070000Z/PT1H",
    )
    assert one.repeat.rule == "FREQ=DAILY;UNTIL=20261231T155959Z"
    assert one.repeat.not_on == (
        datetime(2026, 11, 24, 15, tzinfo=SHANGHAI),
        datetime(2026, 11, 25, 15, tzinfo=SHANGHAI),
    )
    assert one.repeat.more_on == (datetime(2027, 1, 1, 15, tzinfo=SHANGHAI),)


def test_an_alarm_that_counts_from_the_end_counts_from_the_start(tmp_path):
    one = only(
        tmp_path,
        "DTSTART:20261123T070000Z",
        "DTEND:20261123T090000Z",
        "BEGIN:VALARM",
        "TRIGGER;RELATED=END:-PT30M",
        "END:VALARM",
        "BEGIN:VALARM",
        "TRIGGER:soon",
        "END:VALARM",
        "BEGIN:VALARM",
        "TRIGGER;VALUE=DATE-TIME:20261123T060000Z",
        "END:VALARM",
    )
    assert one.alarms == (
        Trigger(timedelta(minutes=-90)),
        Trigger(at=datetime(2026, 11, 23, 6, tzinfo=UTC)),
    )


def test_the_chinese_calendar_of_rfc_7529_is_kept(tmp_path):
    rule = "RRULE:RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=8L"
    one = only(tmp_path, "DTSTART;VALUE=DATE:20260925", rule)
    assert one.repeat.rule == "FREQ=YEARLY;RSCALE=CHINESE;BYMONTH=8L"


def test_a_cancellation_cancels(tmp_path):
    assert read(tmp_path, GOOGLE.replace("PUBLISH", "CANCEL")).entries[0].cancelled


def test_what_is_more_than_can_be_read_is_said(tmp_path):
    one = "BEGIN:VEVENT\nUID:{0}\nSUMMARY:x\nDTSTART:20261123\nEND:VEVENT"
    count = MOST_ENTRIES + 2
    found = read(tmp_path, calendar(*(one.format(number) for number in range(count))))
    assert len(found.entries) == MOST_ENTRIES
    assert f"{count}" in str(found.notes[0])


def test_a_calendar_is_known_by_its_first_line_or_its_name(tmp_path):
    assert is_calendar(tmp_path / "x", b"\xef\xbb\xbfBEGIN:VCALENDAR\r\n")
    assert is_calendar(tmp_path / "x", "BEGIN:VCALENDAR".encode("utf-16"))
    assert is_calendar(tmp_path / "x.ics", b"")
    assert not is_calendar(tmp_path / "x.csv", b"Name")


@given(st.lists(st.sampled_from(GOOGLE.splitlines() + OUTLOOK.splitlines()), max_size=60))
def test_lines_in_any_order_never_raise_anything_but_a_sentence(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("any") / "x.ics"
    path.write_text("\n".join(lines), encoding="utf-8")
    with suppress(UserError):
        read_calendar(path)


@given(st.binary(max_size=300))
def test_any_bytes_in_an_entry_never_raise_anything_but_a_sentence(tmp_path_factory, noise):
    path = tmp_path_factory.mktemp("any") / "x.ics"
    head, tail = event("SUMMARY:x", "DTSTART:20261123", "@").encode().split(b"@")
    path.write_bytes(head + noise + tail)
    with suppress(UserError):
        read_calendar(path)
