"""What was typed for each customer and not saved yet, and as plain values to be kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from app.domain.interactions import Channel, Direction, Step
from app.ui.customer.quick_draft import NONE, Corrections, Date, Slot

MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it was left; `started` is when its typing began."""

    text: str
    started: datetime
    corrections: Corrections = NONE


class KeptLines:
    """One line a customer; the longest untouched goes when there are too many."""

    def __init__(self) -> None:
        self._lines: dict[int, Line] = {}

    def put(self, customer_id: int, line: Line | None) -> None:
        """Keep a line; None or an empty one lets go."""
        self._lines.pop(customer_id, None)
        if line is not None and line.text.strip():
            self._lines[customer_id] = line
            for oldest in list(self._lines)[:-MOST]:
                del self._lines[oldest]

    def of(self, customer_id: int) -> Line | None:
        """What was typed for this customer."""
        return self._lines.get(customer_id)

    def state(self) -> list[dict[str, Any]]:
        """Plain values."""
        return [_plain(customer_id, line) for customer_id, line in self._lines.items()]

    def restore(self, state: object) -> None:
        """As `state()` said; what cannot be read is passed over."""
        for one in state if isinstance(state, list) else []:
            try:
                self._lines[int(one["customer"])] = _line(one)
            except (KeyError, TypeError, ValueError):
                continue


def _plain(customer_id: int, line: Line) -> dict[str, Any]:
    made = line.corrections
    return {
        "customer": customer_id,
        "text": line.text,
        "started": line.started.isoformat(),
        "values": {slot.value: _plain_value(value) for slot, value in made.values.items()},
        "removed": {slot.value: words for slot, words in made.removed.items()},
        "dates": {words: _plain_date(one) for words, one in made.dates.items()},
        "added": _plain_date(made.added),
        "products": list(made.product_ids),
        "call": made.call,
    }


def _plain_value(value: Any) -> Any:
    return [str(one) for one in value if one] if isinstance(value, tuple) else value


def _plain_date(one: Date | None) -> list[Any] | None:
    return None if one is None else [one[0].isoformat(), one[1]]


def _line(plain: Mapping[str, Any]) -> Line:
    corrections = Corrections(
        {Slot(slot): _value(Slot(slot), value) for slot, value in plain["values"].items()},
        {Slot(slot): str(words) for slot, words in plain["removed"].items()},
        {str(words): _date(one) for words, one in plain["dates"].items()},
        _date(plain["added"]),
        tuple(int(one) for one in plain["products"]),
        bool(plain["call"]),
    )
    started = datetime.fromisoformat(plain["started"])
    if started.tzinfo is None:
        raise ValueError(started)
    return Line(str(plain["text"]), started, corrections)


def _value(slot: Slot, value: Any) -> Any:
    match slot:
        case Slot.CHANNEL:
            return Channel(value[0]), Direction(value[1]) if value[1:] else None
        case Slot.STEP:
            return Step(value)
        case Slot.UNHAPPY:
            return bool(value)
        case _:
            return None if value is None else int(value)


def _date(plain: Any) -> Date | None:
    if plain is None:
        return None
    text, deadline = plain
    due = datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    return due, bool(deadline)
