"""What time it is, asked and never taken for granted: tests hand in another clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """`now()` is an aware UTC time; `today()` is the date where the user sits."""

    now: Callable[[], datetime] = _utc_now

    def today(self) -> date:
        return self.now().astimezone().date()
