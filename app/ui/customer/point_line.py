"""A contact point while it is edited: its kind, what it is, and what is wrong with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain import contact_points
from app.domain.customer import PointDraft
from app.domain.vocabulary import LABELS, PointKind
from app.i18n import tr
from app.ui.widgets.button import Button
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.field import LineEdit
from app.ui.widgets.layout import col, row
from app.ui.widgets.text import Label


class PointLine(QWidget):
    """Kind and value; an empty value counts for nothing."""

    removed = Signal(object)

    def __init__(self, point: PointDraft, region: str) -> None:
        super().__init__()
        self._point, self._region = point, region
        self.kind = ComboBox(
            tr("Kind of contact point"), [(str(LABELS[one]), one) for one in PointKind]
        )
        self.value = LineEdit(tr("Contact point"), placeholder=tr("Number or address"))
        self._remove = Button(
            "", "quiet", glyph="x", size="small", name=tr("Take off this contact point")
        )
        self.kind.setObjectName("point_kind")
        self.value.setObjectName("point_value")
        self._remove.setObjectName("remove_point")
        self._note = Label("", "small", "danger_ink").wrapped()
        self._note.hide()
        self.kind.set_value(point.kind)
        self.value.setText(point.raw)
        self.value.textChanged.connect(self._typed)
        self.value.editingFinished.connect(self.check)
        self.kind.currentIndexChanged.connect(self.check)
        self._remove.clicked.connect(self._take_off)
        line = row(self.kind, (self.value, 1), self._remove, gap=4)
        self.setLayout(col(line, self._note, gap=2))

    def _take_off(self) -> None:
        self.removed.emit(self)

    def _typed(self) -> None:
        # what was said was about other words
        self.set_wrong("")

    def set_wrong(self, wrong: str) -> None:
        """Say what is wrong; nothing when it is right."""
        self._note.setText(wrong)
        self._note.setVisible(bool(wrong))
        self.value.set_wrong(wrong)

    def wrong(self) -> str:
        """What is said to be wrong."""
        return self._note.text()

    def check(self) -> None:
        """Say at once what is wrong with it; what was there before was accepted once."""
        now = self.draft()
        same = now is None or (now.kind, now.raw) == (self._point.kind, self._point.raw)
        if now is None or same:
            self.set_wrong("")
            return
        found = contact_points.problem(now.kind, now.raw, self._region)
        self.set_wrong(str(found) if found else "")

    def draft(self) -> PointDraft | None:
        """The contact point; None while it is empty."""
        raw = self.value.text().strip()
        if not raw:
            return None
        return PointDraft(PointKind(self.kind.value()), raw, None, self._point.id)
