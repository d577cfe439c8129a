"""A key figure with its name and what it is compared with or how sure it is."""

from app.ui.widgets.avatar import IconView
from app.ui.widgets.layout import STRETCH, col, row
from app.ui.widgets.surface import Surface
from app.ui.widgets.text import Label, muted


class Tile(Surface):
    """Name, figure, and a third line; a figure without the third line says too little."""

    def __init__(
        self,
        name: str,
        figure: str,
        note: str,
        *,
        unit: str = "",
        note_tone: str = "muted",
        glyph: str | None = None,
    ) -> None:
        super().__init__("card")
        self._name = name
        self._figure = Label(figure, "figure")
        self._note = Label(note, "small", note_tone)
        self._unit = muted(unit)
        self._unit.setVisible(bool(unit))
        self.setLayout(
            col(
                row(muted(name), STRETCH, IconView(glyph) if glyph else None),
                row(self._figure, self._unit, STRETCH, gap=4),
                self._note,
                gap=4,
                margins=(16, 12, 16, 12),
            )
        )
        self._say()

    def set_figure(self, figure: str, note: str, note_tone: str = "muted") -> None:
        """Show another figure."""
        self._figure.setText(figure)
        self._note.setText(note)
        self._note.set_tone(note_tone)
        self._say()

    def _say(self) -> None:
        words = (self._figure.text(), self._unit.text(), self._note.text())
        self.setAccessibleName(f"{self._name}: " + " ".join(word for word in words if word))
