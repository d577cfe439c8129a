"""From the cells of a row to an interaction: read, tidied and checked, without the database."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple, TypeVar

from app.domain import times
from app.domain.interactions import Channel, Direction
from app.exchange.tables import Cell
from app.i18n import Message
from app.services import import_talk_words as words
from app.services.interactions import MOST_MINUTES

_COMES_IN: Final = frozenset({Channel.WEB, Channel.COUNTER, Channel.LETTER})
_AHEAD: Final = timedelta(days=1)
_HOUR: Final = re.compile(r"[01]?[0-9]|2[0-3]")
_SERIAL: Final = re.compile(r"(?:[0-9]{5}|0)?(\.[0-9]+)")  # a spreadsheet's day, and share of it
_EARLIEST: Final = 1900

NO_DATE: Final = Message("The row has no date. Say which day to take for rows without one.")
LONG_AGO: Final = Message("The date is before 1900.")
FUTURE: Final = Message("The date is in the future.")
NO_RATING: Final = Message("“{text}” is no rating from 1 to 5.")
NO_STEP: Final = Message("“{text}” is no purchase step.")
NO_TICK: Final = Message("“{text}” is neither yes nor no.")
NO_MINUTES: Final = Message("“{text}” is no length of time of at most a day.")
T = TypeVar("T")


class Talk(NamedTuple):
    """An interaction as a row says it. `at` is aware; `author`, who of us, is a name as written.

    `contact`, who of them, and `products` are names, too. `timed`: the row says more than the day.
    """

    at: datetime
    timed: bool
    channel: str
    direction: str
    summary: str = ""
    author: str = ""
    contact: str = ""
    minutes: int | None = None
    rating: int | None = None
    unhappy: bool = False
    step: str | None = None
    products: tuple[str, ...] = ()

    @property
    def day(self) -> date:
        """The local day."""
        return self.at.astimezone().date()


class TalkReader:
    """Reads what one row says of an interaction.

    Args:
        texts: the row's texts by field.
        cells: its cells by field, where they are more than text.
        day_of: reads the date in a field; None where it cannot and has said so.
        refuse: takes a field and a reason for which the row must be refused.
        title: says what the file calls the column of a field.
    """

    def __init__(
        self,
        texts: Mapping[str, str],
        cells: Mapping[str, Cell],
        day_of: Callable[[str], date | None],
        refuse: Callable[[str, Message], None],
        title: Callable[[str], str],
    ) -> None:
        self._texts = texts
        self._cells = cells
        self._day_of = day_of
        self._refuse = refuse
        self._title = title

    def read(self, lines: Sequence[str], default: date | None, today: date) -> Talk | None:
        """The interaction; None where there is none, or where a reason to refuse it was said.

        Args:
            lines: what is kept below the summary.
            default: the day where the row says none.
            today: an interaction is not later than tomorrow.
        """
        below = list(lines)
        channel, direction = self._way(below)
        minutes = self._minutes()
        rating = self._understood("rating", words.rating, NO_RATING)
        step = self._understood("step", words.step, NO_STEP)
        unhappy = self._understood("unhappy", words.unhappy, NO_TICK)
        when = self._at(default, below)
        if when is None:
            return None
        at, timed = when
        if at.astimezone().date() > today + _AHEAD:
            self._refuse("at", FUTURE)
        return Talk(
            at,
            timed,
            channel.value,
            (direction or (Direction.IN if channel in _COMES_IN else Direction.OUT)).value,
            "\n".join(filter(None, (self._texts.get("summary", ""), *below))),
            " ".join(self._texts.get("author", "").split()),
            " ".join(self._texts.get("contact_name", "").split()),
            minutes,
            rating,
            bool(unhappy),
            step.value if step is not None else None,
            (self._texts["product"],) if "product" in self._texts else (),
        )

    def _at(self, default: date | None, below: list[str]) -> tuple[datetime, bool] | None:
        day = default
        if "at" in self._texts:
            day = self._day_of("at")
            if day is None:
                return None
        if day is None:
            self._refuse("at", NO_DATE)
            return None
        if day.year < _EARLIEST:
            self._refuse("at", LONG_AGO)
            return None
        clock = self._own_clock(below) if "time" in self._texts else None
        if clock is None and "at" in self._texts:
            clock = self._clock("at")
        return times.moment(day, clock), clock is not None

    def _own_clock(self, below: list[str]) -> time | None:
        """The time in a column of its own; what is none there is kept."""
        text = self._texts["time"]
        if _HOUR.fullmatch(text) is not None:
            return time(int(text))
        clock = self._clock("time")
        if clock is None and not isinstance(self._cells["time"], date):
            below.append(self._line("time"))
        return clock

    def _clock(self, field: str) -> time | None:
        """The time of day in a field; midnight is what a spreadsheet shows for none."""
        cell, text = self._cells[field], self._texts[field]
        if isinstance(cell, datetime):
            return cell.time().replace(microsecond=0) if cell.time() != time() else None
        if isinstance(cell, date):
            return None
        serial = _SERIAL.fullmatch(text)
        if serial is None:
            return times.at_end(text)
        found = times.of_share(float(serial[1]))
        return found if found != time() else None

    def _line(self, field: str) -> str:
        return f"{self._title(field)}: {self._texts[field]}"

    def _way(self, below: list[str]) -> tuple[Channel, Direction | None]:
        channel: Channel | None = None
        direction: Direction | None = None
        for field in ("channel", "direction"):
            text = self._texts.get(field, "")
            if not text:
                continue
            found, said = words.channel(text)
            said = words.direction(text) or said
            if found is None and said is None:
                below.append(self._line(field))
            channel, direction = channel or found, said or direction
        said_first = words.channel_in(self._texts.get("summary", ""))
        return channel or said_first or Channel.PHONE, direction

    def _minutes(self) -> int | None:
        text = self._texts.get("minutes", "")
        found = words.minutes(text, words.unit(self._title("minutes"))) if text else None
        if text and (found is None or found > MOST_MINUTES):
            self._refuse("minutes", NO_MINUTES.filled(text=text[:40]))
        return found

    def _understood(
        self, field: str, read: Callable[[str], T | None], problem: Message
    ) -> T | None:
        text = self._texts.get(field, "")
        found = read(text) if text else None
        if text and found is None:
            self._refuse(field, problem.filled(text=text[:40]))
        return found
