"""The foot of the list: how many are chosen, what can be done with them, where the keys are."""

from typing import Final

from PySide6.QtCore import QSize, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QWidget
from typing_extensions import override

from app.i18n import Message, number, tr
from app.ui.widgets.button import Button
from app.ui.widgets.layout import STRETCH, fix, row
from app.ui.widgets.pill import KeyCap
from app.ui.widgets.text import muted

# What can be done with the chosen customers: name, words, icon.
ACTIONS: Final = (
    ("owner", Message("Owner"), "user"),
    ("grade", Message("Grade"), "star"),
    ("stage", Message("Stage"), "target"),
    ("tag", Message("Tags"), "tag"),
)
PAIR: Final = 2  # so many can be merged


class Foot(QWidget):
    """A line of 44 pixels whether or not anything is chosen, so that the list never jumps."""

    asked = Signal(str)  # name of an action: those of ACTIONS, "merge", "more" and "delete"
    import_asked = Signal()
    export_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("foot")
        self._count = muted()
        self._count.setObjectName("count")
        self._buttons: list[Button] = []
        self._words: dict[Button, str] = {}
        self._offers: bool | None = None  # whether the buttons are shown: there are chosen ones
        self._fitted = (0, 0, 0)  # for which room the buttons have their words or icons
        for name, words, glyph in ACTIONS:
            button = Button(str(words), glyph=glyph, size="small")
            self._words[button] = str(words)
            self._add(name, button)
        self._add("merge", Button(tr("Merge…"), glyph="merge", size="small"))
        self._words[self._buttons[-1]] = tr("Merge…")
        self._add("more", Button("", glyph="ellipsis", size="small", name=tr("Other fields")))
        self._add("delete", Button("", "danger", glyph="trash-2", size="small", name=tr("Delete")))
        self._keys = (muted(tr("Shortcuts")), KeyCap("?"))
        self._files = (
            self._file_button(tr("Import a table"), "file-up", "foot_import", self.import_asked),
            self._file_button(tr("Export the list"), "download", "foot_export", self.export_asked),
        )
        fix(self, height=44)
        self._line = row(
            self._count,
            8,
            *self._buttons,
            STRETCH,
            *self._keys,
            8,
            *self._files,
            gap=6,
            margins=(16, 0, 12, 0),
        )
        self._line.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setLayout(self._line)
        self.show_count(0, 0)

    def _add(self, name: str, button: Button) -> None:
        button.setObjectName(f"bulk_{name}")
        button.setProperty("asked", name)
        button.clicked.connect(self._ask)
        self._buttons.append(button)

    def _file_button(self, words: str, glyph: str, name: str, asked: SignalInstance) -> Button:
        made = Button(words, "quiet", glyph=glyph, size="small")
        made.setObjectName(name)
        made.clicked.connect(asked)
        self._words[made] = words
        return made

    def button(self, name: str) -> Button:
        """The button of an action: a menu opens under it."""
        return next(one for one in self._buttons if one.property("asked") == name)

    def show_count(self, chosen: int, total: int) -> None:
        """Say how many of how many are chosen."""
        words = tr("Selected {chosen} / {total}", chosen=number(chosen), total=number(total))
        self._count.setText(words)
        if self._offers != (chosen > 0):
            self._offers = chosen > 0
            for button in self._buttons:
                button.setVisible(chosen > 0)
            for part in self._keys:
                part.setVisible(chosen == 0)
        self.button("merge").setVisible(chosen == PAIR)
        self._fit()

    def _fit(self) -> None:
        """Where there is no room for the words of the buttons, their icons have to do."""
        offered = sum(not one.isHidden() for one in self._buttons)
        room = (self.width(), self._count.sizeHint().width(), offered)
        if room == self._fitted:
            return
        self._fitted = room
        for button, words in self._words.items():
            self._show(button, words)
        for some in (self._files, self._buttons):
            if self._line.sizeHint().width() > self.width():
                for button in self._words.keys() & some:
                    self._show(button, "")

    def _show(self, button: Button, words: str) -> None:
        if button.text() != words:
            button.setText(words)
            button.setToolTip("" if words else self._words[button])
            button.retheme()
            self._line.invalidate()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.height())

    def words(self) -> str:
        """What is said."""
        return self._count.text()

    def _ask(self) -> None:
        self.asked.emit(self.sender().property("asked"))
