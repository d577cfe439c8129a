"""Calendars for other programs, read back by a reader that is not ours, and by our own."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Unavailable
from app.exchange.calendar_entries import Entry, Repeat, Trigger
from app.exchange.calendar_files import read_calendar
from app.exchange.calendar_writer import write_calendar
from app.exchange.content_lines import MOST_OCTETS

MADE = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")

CALL = Entry(
    uid="reminder-1@shuke",
    text="给王伟打电话, 带报价; 样品\\目录",
    start=datetime(2026, 11, 23, 7, tzinfo=UTC),
    about="上次说过:\n价格太高",
    place="北京",
    alarms=(Trigger(timedelta(minutes=15)), Trigger(timedelta())),
    changed=datetime(2026, 11, 20, 1, tzinfo=UTC),
)
WEEKLY = Entry(
    uid="reminder-2@shuke",
    text="Weekly call",
    start=datetime(2026, 3, 23, 9, tzinfo=BERLIN),
    repeat=Repeat(
        "FREQ=WEEKLY;BYDAY=MO",
        more_on=(datetime(2026, 12, 24, 9, tzinfo=BERLIN),),
        not_on=(datetime(2026, 3, 30, 9, tzinfo=BERLIN),),
    ),
)
MOON = Entry(
    uid="reminder-3@shuke",
    text="送月饼",
    start=date(2026, 9, 25),
    repeat=Repeat(more_on=(date(2027, 9, 15), date(2028, 10, 3)), own="LUNAR;MONTH=8;DAY=15"),
    alarms=(Trigger(timedelta(hours=15)), Trigger(timedelta(hours=-9))),
)
TASK = Entry(uid="4", text="Send", start=date(2026, 12, 1), task=True, done=True)
FLOATING = Entry(uid="5", text="Tea", start=datetime(2026, 12, 1, 15), cancelled=True)
ALL = (CALL, WEEKLY, MOON, TASK, FLOATING)


def written(tmp_path, *entries):
    path = tmp_path / "out.ics"
    assert write_calendar(path, entries, name="熟客", made=MADE).rows == len(entries)
    return path


def theirs(path):
    return icalendar.Calendar.from_ical(path.read_bytes())


def test_another_reader_reads_all_of_it(tmp_path):
    read = theirs(written(tmp_path, *ALL))
    assert str(read["X-WR-CALNAME"]) == "熟客"
    call, weekly, moon, floating = read.walk("VEVENT")
    (task,) = read.walk("VTODO")
    assert not any(one.errors for one in (call, weekly, moon, floating, task))
    assert str(call["SUMMARY"]) == CALL.text
    assert str(call["DESCRIPTION"]) == CALL.about
    assert call["DTSTART"].dt == CALL.start
    assert [one["TRIGGER"].dt for one in call.walk("VALARM")] == [
        timedelta(minutes=-15),
        timedelta(),
    ]
    assert weekly["DTSTART"].dt == WEEKLY.start
    assert str(weekly["DTSTART"].params["TZID"]) == "Europe/Berlin"
    assert weekly["RRULE"].to_ical().decode() == "FREQ=WEEKLY;BYDAY=MO"
    assert moon["DTSTART"].dt == MOON.start
    assert [one.dts[0].dt for one in moon["RDATE"]] == list(MOON.repeat.more_on)
    assert task["DUE"].dt == TASK.start
    assert str(task["STATUS"]) == "COMPLETED"
    assert floating["DTSTART"].dt == FLOATING.start


def test_what_is_written_is_read_back_as_it_was(tmp_path):
    found = read_calendar(written(tmp_path, *ALL))
    assert (found.name, found.problems, found.notes) == ("熟客", (), ())
    assert [one for one in found.entries if one.changed == CALL.changed] == [CALL]
    assert {one.uid: one.repeat for one in found.entries} == {one.uid: one.repeat for one in ALL}
    assert {one.uid: one.start for one in found.entries} == {one.uid: one.start for one in ALL}
    assert {one.uid: one.alarms for one in found.entries} == {one.uid: one.alarms for one in ALL}


def test_writing_twice_gives_the_same_bytes(tmp_path):
    first = written(tmp_path, *ALL).read_bytes()
    found = read_calendar(tmp_path / "out.ics")
    write_calendar(tmp_path / "again.ics", found.entries, name=found.name, made=MADE)
    assert (tmp_path / "again.ics").read_bytes() == first


@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK, SHANGHAI, ZoneInfo("Africa/Casablanca")])
def test_the_zone_that_is_described_is_the_zone(tmp_path, zone):
    start = datetime(2026, 1, 5, 9, tzinfo=zone)
    one = Entry("1", "x", start, repeat=Repeat("FREQ=DAILY"))
    (described,) = theirs(written(tmp_path, one)).walk("VTIMEZONE")
    rules = described.to_tz(lookup_tzid=False)
    for days in range(0, 3 * 365, 3):
        moment = start.replace(tzinfo=None) + timedelta(days=days)
        assert moment.replace(tzinfo=rules).utcoffset() == moment.replace(tzinfo=zone).utcoffset()


def test_a_change_of_the_clock_is_written_in_the_time_that_held_until_then(tmp_path):
    one = Entry("1", "x", datetime(2026, 1, 5, 9, tzinfo=BERLIN), repeat=Repeat("FREQ=DAILY"))
    lines = written(tmp_path, one).read_bytes().decode().split("\r\n")
    assert "DTSTART:20260329T020000" in lines
    assert "DTSTART:20261025T030000" in lines


def test_a_weekly_call_stays_at_nine_in_summer(tmp_path):
    (event,) = theirs(written(tmp_path, WEEKLY)).walk("VEVENT")
    start = event["DTSTART"].dt
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=start)
    assert [one.hour for one in rule.between(start, start + timedelta(days=60), inc=True)] == [
        9
    ] * 9


def test_no_line_is_longer_than_the_format_allows(tmp_path):
    long = Entry("1", "拜访" * 500, date(2026, 12, 1), about="x" * 5_000)
    path = written(tmp_path, long)
    lines = path.read_bytes().split(b"\r\n")
    assert max(map(len, lines)) <= MOST_OCTETS
    assert read_calendar(path).entries[0].text == long.text


@given(st.text(min_size=1).filter(str.strip), st.text())
def test_any_text_ends_no_line_and_begins_no_entry(tmp_path_factory, text, about):
    path = tmp_path_factory.mktemp("any") / "x.ics"
    one = Entry("1", "x" + text, date(2026, 12, 1), about=about)
    write_calendar(path, [one, one], name=text, made=MADE)
    (event, _) = theirs(path).walk("VEVENT")
    assert event["DTSTART"].dt == one.start
    found = read_calendar(path)
    assert not found.problems
    assert len(found.entries) == 1  # of one uid


def test_a_file_that_cannot_be_written_is_a_sentence_and_the_old_one_stays(tmp_path):
    with pytest.raises(Unavailable):
        write_calendar(tmp_path / "none" / "x.ics", ALL, name="", made=MADE)
