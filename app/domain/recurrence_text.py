"""The text in which a recurrence is stored.

It is the value of an RRULE (RFC 5545) wherever that can say it:

    FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH      FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20271231

A lunar day is written as RFC 7529 has it, 4L being the leap month 4. The two that no RFC knows
have a part of ours:

    RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=4L;BYMONTHDAY=3;SKIP=BACKWARD
    FREQ=MONTHLY;X-WORKDAY=-1               the last working day of the month
    FREQ=DAILY;INTERVAL=30;X-AFTER=DONE     30 days after it was last done
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from app.domain.recurrence_rule import (
    Freq,
    Recurrence,
    Way,
    Weekday,
    monthly_on,
    yearly_on,
)
from app.errors import Refused
from app.i18n import Message

_LONGEST: Final = 1000
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FIGURES: Final = re.compile(r"[+-]?[0-9]{1,6}")
_WEEKDAY: Final = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL: Final = re.compile(r"([0-9]{8})(?:T([0-9]{6})(Z)?)?")
_LISTS: Final = {
    "BYMONTH": "by_month",
    "BYMONTHDAY": "by_month_day",
    "BYYEARDAY": "by_year_day",
    "BYWEEKNO": "by_week_no",
    "BYSETPOS": "by_set_pos",
}
_KNOWN: Final = frozenset(
    {*_LISTS, "FREQ", "INTERVAL", "BYDAY", "WKST", "COUNT", "UNTIL", "RSCALE", "SKIP",
     "X-WORKDAY", "X-AFTER"}
)  # fmt: skip
_TOO_OFTEN: Final = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})


def parse(text: str, clock: time | None = None) -> Recurrence:
    """The recurrence a text says, as `store` wrote it or another program did. Raises Refused.

    `clock` is the time of day at which it is: an UNTIL before it ends the day before.
    """
    parts = _split(text)
    freq = _freq(parts.pop("FREQ", ""))
    found: dict[str, Any] = {"freq": freq, **_until(parts, clock)}
    for part, name in (("INTERVAL", "interval"), ("COUNT", "count"), ("X-WORKDAY", "workday")):
        if part in parts:
            found[name] = _number(parts[part])
    if "WKST" in parts:
        found["week_start"] = _weekday(parts["WKST"]).day
    if "BYDAY" in parts:
        found["by_day"] = tuple(sorted({_weekday(one) for one in parts["BYDAY"].split(",")}))
    leap = parts.get("BYMONTH", "").endswith("L")
    if leap:
        parts["BYMONTH"] = parts["BYMONTH"][:-1]
    for part, name in _LISTS.items():
        if part in parts:
            found[name] = tuple(sorted({_number(one) for one in parts[part].split(",")}))
    return _skipping(Recurrence(**found, way=_way(parts), leap=leap), parts)


def store(rule: Recurrence) -> str:
    """The text of a recurrence, as the module describes it."""
    lunar = rule.way is Way.LUNAR
    parts = ["RSCALE=CHINESE"] if lunar else []
    parts.append(f"FREQ={rule.freq}")
    if rule.interval != 1:
        parts.append(f"INTERVAL={rule.interval}")
    for part, name in _LISTS.items():
        if values := getattr(rule, name):
            leap = "L" if rule.leap and part == "BYMONTH" else ""
            parts.append(f"{part}={','.join(map(str, values))}{leap}")
    if rule.by_day:
        parts.append("BYDAY=" + ",".join(map(_stored_day, rule.by_day)))
    if rule.week_start:
        parts.append(f"WKST={_DAYS[rule.week_start]}")
    if lunar:
        parts.append("SKIP=BACKWARD")
    return ";".join([*parts, *_end(rule)])


def _end(rule: Recurrence) -> list[str]:
    parts = []
    if rule.way is Way.WORKDAY:
        parts.append(f"X-WORKDAY={rule.workday}")
    if rule.way is Way.AFTER_DONE:
        parts.append("X-AFTER=DONE")
    if rule.count is not None:
        parts.append(f"COUNT={rule.count}")
    if rule.until is not None:
        parts.append(f"UNTIL={basic(rule.until)}")
    return parts


def basic(day: date) -> str:
    """20261231: as RFC 5545 writes a day, years before 1000 too."""
    return day.isoformat().replace("-", "")


def _stored_day(one: Weekday) -> str:
    return f"{one.place or ''}{_DAYS[one.day]}"


def _split(text: str) -> dict[str, str]:
    plain = text.strip().upper().removeprefix("RRULE:").rstrip(";")
    if len(plain) > _LONGEST:
        raise _unreadable(plain)
    parts: dict[str, str] = {}
    for piece in plain.split(";"):
        name, equals, value = piece.partition("=")
        if not equals or not value or name in parts:
            raise _unreadable(piece)
        if name not in _KNOWN:
            raise Refused(
                Message(
                    "“{part}” is not understood in a rule for repeating.",
                    params={"part": piece[:40]},
                )
            )
        parts[name] = value
    return parts


def _freq(text: str) -> Freq:
    if text in _TOO_OFTEN:
        raise Refused(
            Message("A reminder repeats once a day at most. Choose days, weeks, months or years.")
        )
    try:
        return Freq(text)
    except ValueError:
        raise _unreadable(f"FREQ={text}") from None


def _until(parts: Mapping[str, str], clock: time | None) -> dict[str, date]:
    if "UNTIL" not in parts:
        return {}
    found = _UNTIL.fullmatch(parts["UNTIL"])
    if found is None:
        raise _unreadable(f"UNTIL={parts['UNTIL']}")
    day, at, utc = found.groups()
    form = "%Y%m%d%H%M%S" + ("%z" if utc else "")
    try:
        moment = datetime.strptime(f"{day}{at or '000000'}{utc or ''}", form)  # noqa: DTZ007 - wall
        local = moment.astimezone() if utc else moment
        over = at is not None and clock is not None and local.time() < clock.replace(microsecond=0)
        return {"until": local.date() - timedelta(days=int(over))}
    except (ValueError, OverflowError):
        raise _unreadable(f"UNTIL={parts['UNTIL']}") from None


def _way(parts: Mapping[str, str]) -> Way:
    scale = parts.get("RSCALE", "GREGORIAN")
    wanted = {"X-WORKDAY": Way.WORKDAY, "X-AFTER": Way.AFTER_DONE}
    ways = [way for part, way in wanted.items() if part in parts]
    ways += [Way.LUNAR] if scale == "CHINESE" else []
    if len(ways) > 1 or scale not in {"CHINESE", "GREGORIAN"}:
        raise _unreadable(f"RSCALE={scale}")
    if parts.get("X-AFTER", "DONE") != "DONE":
        raise _unreadable(f"X-AFTER={parts['X-AFTER']}")
    return ways[0] if ways else Way.RULE


def _skipping(rule: Recurrence, parts: Mapping[str, str]) -> Recurrence:
    """With SKIP: what to do in months without the day. Lunar days are always kept."""
    skip = parts.get("SKIP", "OMIT")
    if skip not in {"OMIT", "BACKWARD"} and rule.way is not Way.LUNAR:
        raise _unreadable(f"SKIP={skip}")
    if skip != "BACKWARD" or rule.way is not Way.RULE or len(rule.by_month_day) != 1:
        return rule
    day = rule.by_month_day[0]
    if rule.freq is Freq.MONTHLY and not rule.by_month and not rule.by_day:
        found = monthly_on(day, rule.interval)
    elif rule.freq is Freq.YEARLY and len(rule.by_month) == 1 and not rule.by_day:
        found = yearly_on(rule.by_month[0], day, rule.interval)
    else:
        return rule
    return Recurrence(
        found.freq, found.interval, found.by_month, found.by_month_day,
        by_set_pos=found.by_set_pos, week_start=rule.week_start, count=rule.count,
        until=rule.until,
    )  # fmt: skip


def _number(text: str) -> int:
    if not _FIGURES.fullmatch(text):
        if text.isdecimal():
            return 10**6  # too large for anything: refused as what it stands for
        raise _unreadable(text)
    return int(text)


def _weekday(text: str) -> Weekday:
    found = _WEEKDAY.fullmatch(text)
    if found is None:
        raise _unreadable(text)
    return Weekday(_DAYS.index(found[2]), int(found[1] or 0))


def _unreadable(text: str) -> Refused:
    return Refused(Message("“{text}” is no rule for repeating.", params={"text": text[:40]}))
