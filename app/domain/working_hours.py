"""Opening hours of a working week, and the hours in which nobody is disturbed.

Hours of a day are written 09:00-12:00, 13:30-18:00; a week by the numbers of its days, Monday
being 1:

    12345 09:00-12:00,13:30-18:00; 6 09:00-12:00

A day that is not named is a day off.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Final

from app.domain import wall_clock
from app.errors import Refused
from app.i18n import Message

DAY: Final = 24 * 60
MOST_SPANS: Final = 8
_HOUR: Final = r"([0-9]{1,2})(?:[:.]([0-9]{2}))?"
_SPAN: Final = re.compile(rf"\s*{_HOUR}\s*(?:-|–|—|~|到|至|to)\s*{_HOUR}\s*")
_BETWEEN: Final = re.compile(r"[,;、\n]")
_GROUP: Final = re.compile(r"\s*([1-7]{1,7})\s+([^;]+?)\s*")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Open from `start` until `end`, in minutes after midnight, 24:00 included."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= DAY:
            raise ValueError(f"not a span within a day: {self.start}-{self.end}")


Hours = tuple[Span, ...]
"""Of one day, in order, not touching each other; empty on a day off."""

Week = tuple[Hours, Hours, Hours, Hours, Hours, Hours, Hours]
"""Monday to Sunday."""

USUAL_HOURS: Final[Hours] = (Span(9 * 60, 12 * 60), Span(13 * 60 + 30, 18 * 60))
USUAL_WEEK: Final[Week] = (*(USUAL_HOURS,) * 5, (), ())


def read_hours(text: str) -> Hours:
    """The hours of a day as they are typed; blank is a day off. Raises Refused."""
    plain = unicodedata.normalize("NFKC", text)
    spans = [_span(part) for part in _BETWEEN.split(plain) if part.strip()]
    if len(spans) > MOST_SPANS:
        raise Refused(
            Message("A day can have {most} spans of hours at most.", params={"most": MOST_SPANS})
        )
    return joined(spans)


def _span(part: str) -> Span:
    found = _SPAN.fullmatch(part)
    if found is None:
        raise Refused(
            Message(
                "“{text}” are no hours. Write them like 09:00-12:00, 13:30-18:00.",
                params={"text": part.strip()[:40]},
            )
        )
    hour, minute, to_hour, to_minute = (int(figure or 0) for figure in found.groups())
    start, end = hour * 60 + minute, to_hour * 60 + to_minute
    if max(minute, to_minute) > 59 or not start < end <= DAY:
        raise Refused(
            Message(
                "“{text}” are no hours of one day: they end before they begin, or do not exist.",
                params={"text": part.strip()[:40]},
            )
        )
    return Span(start, end)


def joined(spans: Iterable[Span]) -> Hours:
    """In order; those that touch or overlap become one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def write_hours(hours: Sequence[Span]) -> str:
    """The text of a day's hours: 09:00-12:00,13:30-18:00."""
    return ",".join(f"{_clock(one.start)}-{_clock(one.end)}" for one in hours)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def read_week(text: str) -> Week:
    """The week that `write_week` wrote. Raises Refused."""
    days: list[Hours] = [()] * 7
    for group in text.split(";"):
        if not group.strip():
            continue
        found = _GROUP.fullmatch(group)
        if found is None:
            raise Refused(
                Message(
                    "“{text}” is no working week. Write it like 12345 09:00-12:00,13:30-18:00.",
                    params={"text": group.strip()[:40]},
                )
            )
        for number in found[1]:
            days[int(number) - 1] = read_hours(found[2])
    return (days[0], days[1], days[2], days[3], days[4], days[5], days[6])


def write_week(week: Week) -> str:
    """The text of a working week, as the module describes it."""
    groups: dict[Hours, str] = {}
    for number, hours in enumerate(week, start=1):
        if hours:
            groups[hours] = groups.get(hours, "") + str(number)
    return "; ".join(f"{days} {write_hours(hours)}" for hours, days in groups.items())


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `start` until `end` nobody is disturbed, over midnight if `end` is earlier.

    Equal, they mean never.
    """

    start: time
    end: time

    def is_quiet(self, moment: datetime, zone: tzinfo | None = None) -> bool:
        """Whether an aware moment lies in them; `zone` None is where the user sits."""
        clock = wall_clock.shown(moment, zone).time()
        if self.start <= self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end

    def end_after(self, moment: datetime, zone: tzinfo | None = None) -> datetime:
        """When it may be disturbed again: at the moment itself if that is not quiet."""
        if not self.is_quiet(moment, zone):
            return moment
        wall = wall_clock.shown(moment, zone)
        over = self.start > self.end and wall.time() >= self.start
        until = datetime.combine(wall.date() + timedelta(days=int(over)), self.end)
        first = wall_clock.first_shown(until, zone)
        return first if first > moment else wall_clock.last_shown(until, zone)


def read_quiet(text: str) -> QuietHours | None:
    """Quiet hours from 21:00-08:00; None for a blank text. Raises Refused."""
    plain = unicodedata.normalize("NFKC", text)
    if not plain.strip():
        return None
    found = _SPAN.fullmatch(plain)
    figures = [int(figure or 0) for figure in found.groups()] if found else [99] * 4
    hour, minute, to_hour, to_minute = figures
    if max(minute, to_minute) > 59 or max(hour, to_hour) > 23:
        raise Refused(
            Message(
                "“{text}” are no quiet hours. Write them like 21:00-08:00.",
                params={"text": text.strip()[:40]},
            )
        )
    return QuietHours(time(hour, minute), time(to_hour, to_minute))


def write_quiet(quiet: QuietHours | None) -> str:
    """The text that `read_quiet` reads."""
    return "" if quiet is None else f"{quiet.start:%H:%M}-{quiet.end:%H:%M}"
