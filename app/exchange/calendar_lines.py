"""The components of a calendar file (RFC 5545), one in memory at a time.

A file that breaks off, or one component that does, costs that component only. Text with bare line
breaks, as some programs write it, is put together again.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from app.exchange.content_lines import chunks, physical
from app.exchange.files import reading

LONGEST: Final = 1_000_000  # bytes of a property
MOST_LINES: Final = 5_000  # of a component
_DEEPEST: Final = 6
_SINGLE: Final = frozenset({"VEVENT", "VTODO", "VTIMEZONE"})
"""What stands in no other component but the calendar."""
_BOUND: Final = re.compile(rb"(BEGIN|END):\s*([A-Za-z0-9-]+)\s*", re.I)
_HEAD: Final = re.compile(
    r"(?P<name>[A-Za-z0-9-]+)(?P<params>(?:;[^=:;]+=(?:\"[^\"]*\"|[^\":;]*)(?:,(?:\"[^\"]*\"|[^\":;,]*))*)*):"
)
_STARTS: Final = re.compile(rb"[A-Za-z][A-Za-z0-9-]*[;:]")
_PARAM: Final = re.compile(r";([^=;]+)=((?:\"[^\"]*\"|[^\";])*)")


@dataclass(frozen=True, slots=True)
class Line:
    """One property: name and names of parameters in capitals, the value as it stands."""

    name: str
    params: Mapping[str, str]
    value: str


@dataclass(slots=True)
class Component:
    """What stands between BEGIN and END; `ended` says whether the END was there."""

    name: str
    raw: list[bytes] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)
    ended: bool = False

    def lines(self, encoding: str) -> Iterator[Line]:
        """Its properties in order; what is none is passed over."""
        for raw in self.raw:
            if (line := parsed(raw.decode(encoding, "replace"))) is not None:
                yield line


def parsed(text: str) -> Line | None:
    """A property of one unfolded line; None if it is none."""
    found = _HEAD.match(text)
    if found is None:
        name, colon, value = text.partition(":")
        name = name.partition(";")[0].strip().upper()
        return Line(name, MappingProxyType({}), value) if colon and name else None
    return Line(found["name"].upper(), _params(found["params"]), text[found.end() :])


@lru_cache(maxsize=512)
def _params(text: str) -> Mapping[str, str]:
    return MappingProxyType(
        {name.strip().upper(): value.strip().strip('"') for name, value in _PARAM.findall(text)}
    )


def read_components(path: Path, encoding: str) -> Iterator[Component]:
    """What stands in a file: every calendar's components, and then the calendar with its own lines.

    A component that never ends comes with `ended` False. Raises Refused if it cannot be read.
    """
    with reading(path) as stream:
        builder = _Builder()
        for line in physical(chunks(stream, encoding), LONGEST):
            yield from builder.line(line)
        yield from builder.rest()


class _Builder:
    """Puts lines together. The calendar is at the bottom of the stack, what stands in it above."""

    def __init__(self) -> None:
        self._stack: list[Component] = []
        self._skipped = 0

    def line(self, line: bytes) -> Iterator[Component]:
        """Take a line; gives the components that it ends."""
        bound = _BOUND.fullmatch(line.strip()) if len(line) < 64 else None
        if bound is None:
            self._inside(line)
        elif bound[1].upper() == b"BEGIN":
            yield from self._begin(bound[2].decode("ascii").upper())
        else:
            yield from self._end(bound[2].decode("ascii").upper())

    def rest(self) -> Iterator[Component]:
        """What the file breaks off in."""
        yield from self._cut(0)

    def _begin(self, name: str) -> Iterator[Component]:
        if name == "VCALENDAR":
            yield from self._cut(0)
        elif name in _SINGLE:
            yield from self._cut(1)
        if len(self._stack) >= _DEEPEST:
            self._skipped += 1
            return
        if not self._stack and name in _SINGLE:
            self._stack.append(Component("VCALENDAR"))
        self._stack.append(Component(name))

    def _end(self, name: str) -> Iterator[Component]:
        if self._skipped:
            self._skipped -= 1
            return
        place = next(
            (at for at in range(len(self._stack) - 1, -1, -1) if self._stack[at].name == name), None
        )
        if place is None:
            return
        yield from self._cut(place + 1)
        done = self._stack.pop()
        done.ended = True
        yield from self._given(done)

    def _cut(self, height: int) -> Iterator[Component]:
        """Let go of what is open above `height` and will not end any more."""
        while len(self._stack) > height:
            yield from self._given(self._stack.pop())
        self._skipped = 0

    def _given(self, done: Component) -> Iterator[Component]:
        if len(self._stack) > 1:
            self._stack[-1].parts.append(done)
        else:
            yield done

    def _inside(self, line: bytes) -> None:
        if not self._stack or self._skipped or not line.strip():
            return
        raw = self._stack[-1].raw
        if line[:1] in (b" ", b"\t"):
            self._add(raw, line[1:])
        elif _STARTS.match(line) or not raw:
            if len(raw) < MOST_LINES:
                raw.append(line)
        else:
            self._add(raw, b"\\n" + line)

    def _add(self, raw: list[bytes], more: bytes) -> None:
        if raw and len(raw[-1]) < LONGEST:
            raw[-1] += more
