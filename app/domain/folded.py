"""A line folded for reading, and where each piece of it stands in what was typed."""

from dataclasses import dataclass

from app.domain.script import fold_with_positions

LONGEST = 400
"""Characters of a line that are read: a line is written by hand; the rest stays as it is."""


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is the folded line; `places[i]` is the range of the line that text[i] came from."""

    text: str
    places: tuple[tuple[int, int], ...]

    def typed(self, start: int, end: int) -> tuple[int, int]:
        """The range of the line that text[start:end] came from; not empty."""
        return self.places[start][0], self.places[end - 1][1]


def read(line: str) -> Folded:
    """Fold the first LONGEST characters of `line`."""
    text, places = fold_with_positions(line[:LONGEST])
    return Folded(text, tuple(places))
