"""Where every entry of the timeline stands: estimated for all, measured for those in sight."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import accumulate
from typing import Final

from app.services.timeline import Entry
from app.ui.customer.entry_layout import Laid, guesses, lay_out
from app.ui.customer.entry_words import Key, Shown, describe, key_of

_LAID: Final = 300
"""So many entries are kept laid out."""

Anchor = tuple[Key, int]
"""An entry, and how many pixels of it are above the edge of the view."""


class Stream:
    """Entries one under the other at a width; `tops` has one figure more than there are entries."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.tops: list[int] = [0]
        self._width = 0
        self._now: datetime | None = None
        self._found = ""
        self._whole: set[Key] = set()
        self._heights: list[int] = []
        self._exact: list[bool] = []
        self._laid: dict[int, tuple[Shown, Laid]] = {}

    @property
    def height(self) -> int:
        """Of everything."""
        return self.tops[-1]

    @property
    def last(self) -> int:
        """Place of the last entry; -1 when there is none."""
        return len(self.entries) - 1

    def fill(self, entries: Iterable[Entry], now: datetime, found: str) -> None:
        """Hold other entries, as seen at this moment; `found` is marked in them."""
        self.entries, self._now, self._found = list(entries), now, found
        if self._whole:
            self._whole &= {key_of(one) for one in self.entries}
        self.forget(self._width)

    def append(self, entries: Sequence[Entry]) -> None:
        """Further entries at the end."""
        self.entries.extend(entries)
        self._heights += guesses(entries, self._width)
        self._exact += [False] * len(entries)
        self.add_up()

    def forget(self, width: int) -> None:
        """Nothing is measured any more: other entries, another width or other sizes."""
        self._width = width
        self._laid.clear()
        self._heights = guesses(self.entries, width)
        self._exact = [False] * len(self.entries)
        self.add_up()

    def add_up(self) -> None:
        """Work out where every entry begins."""
        self.tops = list(accumulate(self._heights, initial=0))

    def measured(self, place: int) -> tuple[Shown, Laid]:
        """An entry in words, and where its parts stand."""
        held = self._laid.get(place)
        if held is not None:
            return held
        entry = self.entries[place]
        shown = describe(entry, self._now or entry.at)
        whole = shown.key in self._whole
        laid = lay_out(shown, self._width, whole=whole, found=self._found)
        if len(self._laid) >= _LAID:
            for old in list(self._laid)[: _LAID // 2]:
                del self._laid[old]
        self._laid[place] = (shown, laid)
        return self._laid[place]

    def measure(self, first: int, last: int) -> bool:
        """Measure these entries; whether any of them is not as high as it was thought."""
        changed = False
        for place in range(max(0, first), min(last, self.last) + 1):
            if not self._exact[place]:
                height = self.measured(place)[1].height
                changed = changed or height != self._heights[place]
                self._heights[place], self._exact[place] = height, True
        if changed:
            self.add_up()
        return changed

    def at(self, y: float) -> int:
        """Which entry stands at this height; the nearest where there is none."""
        return max(0, min(bisect_right(self.tops, y) - 1, self.last))

    def away(self, place: int, pixels: int) -> int:
        """The entry that stands so far below another, or above; at least the next one."""
        here = max(place, 0)
        if not self.entries:
            return here
        other = self.at(self.tops[here] + pixels)
        return other if other != here else here + (1 if pixels > 0 else -1)

    def anchor(self, y: int) -> Anchor | None:
        """What stands at this height; None at the very beginning, which stays the beginning."""
        if not self.entries or y <= 0:
            return None
        place = self.at(y)
        return key_of(self.entries[place]), y - self.tops[place]

    def place_of(self, key: Key | None) -> int:
        """Where an entry stands; -1 when it is not there."""
        if key is None:
            return -1
        kind, wanted = key
        for place, one in enumerate(self.entries):
            if one.id == wanted and one.kind is kind:
                return place
        return -1

    def top_of(self, anchor: Anchor | None) -> int | None:
        """Where an anchor is now; None when its entry is not there any more."""
        place = self.place_of(anchor[0]) if anchor else -1
        if anchor is None or place < 0:
            return None
        return self.tops[place] + min(anchor[1], self._heights[place])

    def fold(self, place: int) -> None:
        """Show all of a long entry, or only its beginning again."""
        self._whole ^= {key_of(self.entries[place])}
        self._laid.pop(place, None)
        self._exact[place] = False
