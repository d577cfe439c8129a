"""A line that is edited: with room under it for what is wrong, and a button that takes it off."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain import contact_points
from app.domain.customer import PointDraft
from app.domain.vocabulary import LABELS, PointKind
from app.i18n import tr
from app.ui.widgets.button import Button
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.field import LineEdit
from app.ui.widgets.layout import Item, col, row
from app.ui.widgets.text import Label


class EditLine(QWidget):
    """`entry` is the input that what is wrong is about."""

    changed = Signal()
    removed = Signal(object)  # this line

    def __init__(self, entry: LineEdit, remove: str) -> None:
        super().__init__()
        self.entry = entry
        self._note = Label("", "small", "danger_ink").wrapped()
        self._note.hide()
        self.remove_button = Button("", "quiet", glyph="x", size="small", name=remove)
        self.remove_button.setObjectName("remove")
        self.remove_button.clicked.connect(self._remove)

    def arrange(self, *items: Item) -> None:
        """Fill the line; the button stands at its end."""
        self.setLayout(col(row(*items, self.remove_button, gap=6), self._note, gap=2))

    def listen(self, *edits: LineEdit) -> None:
        """What is typed in these changes the line."""
        for edit in edits:
            edit.textChanged.connect(self._typed)

    def _remove(self) -> None:
        self.removed.emit(self)

    def _typed(self) -> None:
        # what was said was about other words
        if self.wrong():
            self.set_wrong("")
        self.changed.emit()

    def set_wrong(self, wrong: str) -> None:
        """Say what is wrong; nothing when it is right."""
        self._note.setText(wrong)
        self._note.setVisible(bool(wrong))
        self.entry.set_wrong(wrong)

    def wrong(self) -> str:
        """What is said to be wrong."""
        return self._note.text()


class PointLine(EditLine):
    """A contact point: its kind and what it is; an empty one counts for nothing.

    `whose` is an input that stands beside it and says to whom it belongs.
    """

    def __init__(self, point: PointDraft, region: str, whose: QWidget | None = None) -> None:
        self.value = LineEdit(tr("Contact point"), placeholder=tr("Number or address"))
        super().__init__(self.value, tr("Take off this contact point"))
        self._point, self._region = point, region
        kinds = [(str(LABELS[one]), one) for one in PointKind]
        self.kind = ComboBox(tr("Kind of contact point"), kinds)
        self.kind.setObjectName("point_kind")
        self.value.setObjectName("point_value")
        self.kind.set_value(point.kind)
        self.value.setText(point.raw)
        self.listen(self.value)
        self.value.editingFinished.connect(self.check)
        self.kind.currentIndexChanged.connect(self._kind_chosen)
        self.arrange(self.kind, (self.value, 1), whose)

    def _kind_chosen(self) -> None:
        self.check()
        self.changed.emit()

    def check(self) -> None:
        """Say at once what is wrong with it; what was there before was accepted once."""
        now = self.draft()
        if now is None or (now.kind, now.raw) == (self._point.kind, self._point.raw):
            self.set_wrong("")
            return
        found = contact_points.problem(now.kind, now.raw, self._region)
        self.set_wrong(str(found) if found else "")

    def draft(self, contact: int | None = None) -> PointDraft | None:
        """The contact point of the contact at this place; None while it is empty."""
        raw = self.value.text().strip()
        if not raw:
            return None
        return PointDraft(PointKind(self.kind.value()), raw, contact, self._point.id)
