"""A time of day as somebody types it."""

import re
from datetime import date, datetime, time
from typing import Final

from app.domain.script import fold

_TIME: Final = re.compile(r"([01]?[0-9]|2[0-3])[:.]?([0-5][0-9])")


def read_time(typed: str) -> time | None:
    """A time of day: 15:20, 9:05, 1520; None where it is not one."""
    found = _TIME.fullmatch(fold(typed).strip())
    return time(int(found[1]), int(found[2])) if found else None


def moment(day: date, at: time) -> datetime:
    """That time of that day where the user sits."""
    return datetime.combine(day, at).astimezone()
