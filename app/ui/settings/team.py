"""Who is on the team; the director adds colleagues."""

from PySide6.QtWidgets import QWidget

from app.domain.vocabulary import LABELS, Role
from app.errors import UserError
from app.i18n import Message, ntr, tr
from app.services.staff import StaffMember
from app.ui.context import Context
from app.ui.settings.section import Section
from app.ui.widgets.avatar import Avatar
from app.ui.widgets.button import Button
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.field import Field, LineEdit
from app.ui.widgets.layout import Box, col, hold, row
from app.ui.widgets.text import Elided, muted


class TeamSection(Section):
    """The list, and the form of the director."""

    def __init__(self, context: Context) -> None:
        super().__init__(tr("Team"), "team")
        self._context = context
        self._lines: Box = col(gap=8)
        self._held = hold(col())
        self._lines.put(self._held)
        self.name = LineEdit(tr("Name of the colleague"))
        self.name.setObjectName("new_name")
        self.role = ComboBox(tr("Role"), [(str(LABELS[role]), role) for role in Role])
        self.role.setObjectName("new_role")
        self.add = Button(tr("Add to the team"), glyph="user-plus")
        self.add.setObjectName("add_staff")
        self._field = Field(tr("Name of the colleague"), self.name)
        self.put(self._lines)
        self._form = hold(
            row((self._field, 1), Field(tr("Role"), self.role), _level(self.add), gap=12)
        )
        self._only = muted(tr("Only the director adds staff."))
        self.put(self._form, self._only)
        may_add = context.actor.role is Role.DIRECTOR
        self._form.setVisible(may_add)
        self._only.setVisible(not may_add)
        self.name.returnPressed.connect(self.add_typed)
        self.add.clicked.connect(self.add_typed)
        context.changes.changed.connect(self._changed)
        self.refresh()

    def _changed(self, areas: frozenset[str]) -> None:
        if "staff" in areas:
            self.refresh()

    def refresh(self) -> None:
        """Ask for the team again."""
        staff, actor = self._context.services.staff, self._context.actor
        self._context.tasks.run(self, lambda: staff.all(actor), self._show)

    def _show(self, people: list[StaffMember]) -> None:
        self._lines.removeWidget(self._held)
        self._held.hide()
        self._held.deleteLater()
        self._held = hold(col(*map(_line, people), gap=8))
        self._lines.put(self._held)

    def add_typed(self) -> None:
        """Add the colleague whose name is written."""
        name, role = self.name.text(), Role(self.role.value())
        staff, actor = self._context.services.staff, self._context.actor
        self.add.setEnabled(False)
        self._context.tasks.run(
            self, lambda: staff.add(actor, name, role), self._added, self._failed, lane="write"
        )

    def _added(self, _staff_id: int) -> None:
        self.add.setEnabled(True)
        self._field.set_wrong("")
        name = " ".join(self.name.text().split())
        self._context.show_message(Message("{name} is on the team now.", params={"name": name}))
        self.name.clear()
        self.name.setFocus()

    def _failed(self, error: BaseException) -> None:
        self.add.setEnabled(True)
        if isinstance(error, UserError):
            self._field.set_wrong(str(error))
        else:
            self._context.tasks.failed.emit(error)


def _line(person: StaffMember) -> QWidget:
    role = str(LABELS[person.role])
    words = f"{role} · {person.team}" if person.team else role
    customers = ntr("{count} customer", "{count} customers", person.customers)
    if not person.active:
        words = f"{words} · {tr('has left')}"
    return hold(
        row(
            Avatar(person.name, 32),
            (hold(col(Elided(person.name, "medium"), muted(words), gap=0)), 1),
            muted(customers),
            gap=12,
        )
    )


def _level(button: Button) -> QWidget:
    """Beside fields that have a label above them."""
    return hold(col(20, button, gap=0))
