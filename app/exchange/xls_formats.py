"""What a figure in an .xls cell means: its number format makes it a date, a time, or neither."""

import re
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from typing import Final

from app.exchange.grids import duration, plain_number
from app.exchange.tables import Cell

_DAY_MS: Final = 86_400_000
_LAST_DAY: Final = date.max.toordinal()
_FIRST_1904: Final = date(1904, 1, 1).toordinal()
_FIRST_1900: Final = date(1899, 12, 30).toordinal()
_LEAP_ERROR: Final = 60  # the 29th of February 1900, which there never was

_MIDNIGHT: Final = datetime.combine(date(1900, 1, 1), time())

_NO_SIGN: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.I)
_ELAPSED: Final = re.compile(r"\[(?:h+|m+|s+)\]", re.I)
_MOMENT: Final = re.compile(r"[ymdhs]", re.I)


class Meaning(IntEnum):
    """What a cell's figure is."""

    FIGURE = 0
    MOMENT = 1
    ELAPSED = 2


# Formats that every workbook has without saying so; from 27 on, those of East Asian editions.
_BUILT_IN: Final = dict.fromkeys(
    [*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)], Meaning.MOMENT
) | {46: Meaning.ELAPSED}


def meaning(index: int, formats: dict[int, str]) -> Meaning:
    """Of figures in the format of this number; `formats` are the workbook's own."""
    code = formats.get(index)
    if code is None:
        return _BUILT_IN.get(index, Meaning.FIGURE)
    signs = _NO_SIGN.sub("", code.partition(";")[0])
    if _ELAPSED.search(signs):
        return Meaning.ELAPSED
    if signs.strip().lower() in ("general", "standard"):
        return Meaning.FIGURE
    return Meaning.MOMENT if _MOMENT.search(signs) else Meaning.FIGURE


def shown(value: float, of: Meaning, *, from_1904: bool) -> Cell:
    """The figure as what it means: a date, a moment, a time of day or a span of time as text."""
    if of is Meaning.FIGURE or not 0 <= value < _LAST_DAY:
        return plain_number(value)
    if of is Meaning.ELAPSED:
        return duration(timedelta(days=value))
    days, milliseconds = divmod(round(value * _DAY_MS), _DAY_MS)
    moment = timedelta(milliseconds=milliseconds)
    if not days and not from_1904:
        return (_MIDNIGHT + moment).time().isoformat()
    if from_1904:
        days += _FIRST_1904
    else:
        days += _FIRST_1900 + (days < _LEAP_ERROR)
    if days > _LAST_DAY:
        return plain_number(value)
    day = date.fromordinal(days)
    return datetime.combine(day, time()) + moment if milliseconds else day
