"""A line while it is read: what has been understood is marked in its folded text."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.domain.folded import Folded, read
from app.i18n import Message


class SpanKind(StrEnum):
    """What a stretch of the line became."""

    KIND = "kind"
    WHEN = "when"
    REPEAT = "repeat"
    LEAD = "lead"
    WHO = "who"


@dataclass(frozen=True, slots=True)
class Span:
    """line[start:end] was understood."""

    kind: SpanKind
    start: int
    end: int


@dataclass(slots=True)
class Line:
    """`text` is folded; places in it and in what was `typed` differ."""

    typed: str
    folded: Folded
    text: str
    now: datetime
    spans: list[Span] = field(default_factory=list)

    @classmethod
    def of(cls, typed: str, now: datetime) -> "Line":
        folded = read(typed)
        return cls(typed, folded, folded.text, now)

    def mark(self, kind: SpanKind, start: int, end: int, mark: str) -> None:
        """text[start:end] is understood as `kind`, and not read again."""
        if start < end:
            self.text = self.text[:start] + mark * (end - start) + self.text[end:]
            self.spans.append(Span(kind, *self.folded.typed(start, end)))

    def said(self, start: int, end: int) -> str:
        """What was typed for text[start:end]."""
        first, last = self.folded.typed(start, end)
        return self.typed[first:last].strip()

    def capital(self, place: int) -> bool:
        """Was the character at this place of the text typed as a capital letter?"""
        first, last = self.folded.typed(place, place + 1)
        return self.typed[first:last].isupper()

    def as_typed(self, message: Message) -> Message:
        """The message with the words of the line as they were typed, not as they are folded."""
        return message.filled(**{key: self._typed(value) for key, value in message.params.items()})

    def _typed(self, value: object) -> object:
        if not isinstance(value, str) or not value:
            return value
        place = self.folded.text.find(value)
        return value if place < 0 else self.said(place, place + len(value))
