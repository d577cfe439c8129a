"""Time zones of calendar files: the names that programs give them, and rules of their own."""

import os
import re
import sys
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.exchange.calendar_lines import Component

_MOST_OBSERVANCES: Final = 400
_OFFSET: Final = re.compile(r"\(?(?:UTC|GMT)\s*(?:([+-])\s*([0-9]{1,2})(?::?([0-9]{2}))?)?\)?")
_REPEATS_BADLY: Final = re.compile(rb"^RRULE[^:]*:(?!.*FREQ=YEARLY)", re.I)
_ZONE_KEY: Final = r"SYSTEM\CurrentControlSet\Control\TimeZoneInformation"


class Zones:
    """The zones that a file may name.

    A name is looked for among those of the IANA and of Windows, then at the end of the longer
    names that Thunderbird and Evolution make; what is none of these is as the file defines it.
    """

    def __init__(self, defined: Iterable[Component] = (), encoding: str = "utf-8") -> None:
        self._defined = {}
        for one in defined:
            names = {line.name: line.value.strip() for line in one.lines(encoding)}
            self._defined[names.get("TZID", "").strip('"')] = (one, names.get("X-LIC-LOCATION", ""))
        self._found: dict[str, tzinfo | None] = {}
        self._encoding = encoding

    def named(self, name: str) -> tzinfo | None:
        """The zone of that name; None if nobody says what it is."""
        if name not in self._found:
            self._found[name] = known(name) or self._own(name) or _fixed(name)
        return self._found[name]

    def _own(self, name: str) -> tzinfo | None:
        one, location = self._defined.get(name, (None, ""))
        if one is None:
            return None
        return known(location) or _of_rules(one)


@lru_cache(maxsize=256)
def known(name: str) -> tzinfo | None:
    """A zone by a name that programs agree on; None for any other."""
    parts = name.strip().split("/")
    for begin in sorted({0, *range(max(0, len(parts) - 3), len(parts) - 1)}):
        if (zone := _iana("/".join(parts[begin:]))) is not None:
            return zone
    return _iana(_of_windows(name.strip()))


def _iana(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # OSError: a name that is a folder of the system's zones, as "Asia"
        return None


def _of_windows(name: str) -> str:
    # it takes a while to load, and most files name zones as the IANA does
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return WINDOWS_TO_OLSON.get(name, "")


def _fixed(name: str) -> tzinfo | None:
    """(UTC+08:00) Beijing, GMT+8: how Outlook names what is made by hand."""
    found = _OFFSET.match(name)
    if found is None:
        return None
    sign, hours, minutes = found.groups()
    if int(hours or 0) > 14 or int(minutes or 0) > 59:
        return None
    shift = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    return timezone(-shift if sign == "-" else shift)


def _of_rules(one: Component) -> tzinfo | None:
    """The zone that a VTIMEZONE describes, if its rules can be followed."""
    if len(one.parts) > _MOST_OBSERVANCES or not one.ended:
        return None
    if any(_REPEATS_BADLY.match(raw) for part in one.parts for raw in part.raw):
        return None  # followed through the centuries, it would not end
    from icalendar import Timezone

    try:
        read = Timezone.from_ical(_text(one))
        zone = read.to_tz() if isinstance(read, Timezone) else None
        datetime(2026, 1, 1, tzinfo=zone).utcoffset()
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError):
        return None  # whatever is missing in it: the entries that name it say so
    return zone


def _text(one: Component) -> bytes:
    inner = b"".join(_text(part) for part in one.parts)
    name = one.name.encode("ascii")
    lines = b"".join(raw + b"\r\n" for raw in one.raw)
    return b"BEGIN:" + name + b"\r\n" + lines + inner + b"END:" + name + b"\r\n"


def here() -> ZoneInfo | None:
    """The zone in which this machine is, by name; None if the system does not tell its name."""
    return _iana(os.environ.get("TZ", "").removeprefix(":") or _system_name())


def _system_name() -> str:
    if sys.platform == "win32":
        import winreg

        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _ZONE_KEY) as key:
            return _of_windows(str(winreg.QueryValueEx(key, "TimeZoneKeyName")[0]))
    _, found, name = str(Path("/etc/localtime").resolve()).partition("zoneinfo/")
    return name if found else "UTC" if not Path("/etc/localtime").exists() else ""
