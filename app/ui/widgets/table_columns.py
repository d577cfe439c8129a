"""Which columns of a list are shown, in which order and how wide."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.ui.table_model import ListModel
from app.ui.theme import tokens
from app.ui.widgets.table_header import TableHeader


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column as the user arranged it; `width` in pixels at zoom 1."""

    key: str
    width: int


class ColumnArrangement:
    """Arranges the sections of a heading.

    The column called `grows`, by default the first one, takes the room that is left.
    """

    def __init__(self, header: TableHeader, model: ListModel[Any], grows: str = "") -> None:
        self._header, self._model, self._grows = header, model, grows
        self._widths = {column.key: column.width for column in model.columns}
        self.busy = False  # sections change by program, not by the user

    def show(self, columns: Sequence[ShownColumn]) -> None:
        """Show these columns in this order and hide the others; unknown keys are passed over."""
        self.busy = True
        shown: list[int] = []
        for column in columns:
            section = self._model.column_index(column.key)
            if section is not None:
                self._widths[column.key] = column.width
                self._header.moveSection(self._header.visualIndex(section), len(shown))
                shown.append(section)
        for section in range(len(self._model.columns)):
            self._header.setSectionHidden(section, section not in shown)
        self.busy = False

    def shown(self) -> list[ShownColumn]:
        """The columns as they are arranged now."""
        keys = [self._model.columns[section].key for section in self.visible()]
        return [ShownColumn(key, self._widths[key]) for key in keys]

    def visible(self) -> list[int]:
        """The sections that are shown, from left to right."""
        header = self._header
        order = [header.logicalIndex(place) for place in range(header.count())]
        return [section for section in order if not header.isSectionHidden(section)]

    def take_width(self, section: int, pixels: int) -> None:
        """The user pulled a section to this width, in pixels at the zoom in use."""
        self._widths[self._model.columns[section].key] = round(pixels / tokens().zoom)

    def fit(self, room: int) -> None:
        """Give every column its width; `room` is that of the viewport in pixels."""
        sections, tok = self.visible(), tokens()
        growing = self._model.column_index(self._grows)
        if growing not in sections:
            growing = sections[0] if sections else None
        self.busy = True
        for section in sections:
            width = tok.px(self._widths[self._model.columns[section].key])
            if section != growing:
                self._header.resizeSection(section, width)
                room -= width
        if growing is not None:
            least = tok.px(self._widths[self._model.columns[growing].key])
            self._header.resizeSection(growing, max(least, room))
        self.busy = False
