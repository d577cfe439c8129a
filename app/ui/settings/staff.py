"""Who works here: added, renamed, given a role and a team, gone and back."""

from collections.abc import Callable, Sequence
from typing import Final

from typing_extensions import override

from app.domain.vocabulary import LABELS, Role
from app.i18n import Message, number, tr
from app.services.staff import StaffMember
from app.ui.context import Context
from app.ui.settings.list_section import ListSection, ListWords
from app.ui.table_model import Cell, Column
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.field import Field, LineEdit
from app.ui.widgets.suggest import KnownEdit

_ROLES: Final = tuple(Role)


def _columns(me: int | None) -> tuple[Column[StaffMember], ...]:
    def name(one: StaffMember) -> Cell:
        words = tr("{name} (you)", name=one.name) if one.id == me else one.name
        return Cell(words, tone=_tone(one), strong=one.id == me)

    return (
        Column("name", Message("Full name"), lambda one: one.name, cell=name, sortable=False),
        Column("role", Message("Role"), lambda one: one.role, cell=_role, sortable=False),
        Column("team", Message("Team"), lambda one: one.team, cell=_team, width=160,
               sortable=False),
        Column("stand_in", Message("Stand-in"), lambda one: one.stand_in, cell=_stand_in, width=120,
               sortable=False),
        Column("customers", Message("Customers"), lambda one: one.customers, number, "number",
               width=104, sortable=False),
        Column("active", Message("Active"), lambda one: one.active, cell=_active, width=112,
               sortable=False),
    )  # fmt: skip


def _tone(one: StaffMember) -> str:
    return "text" if one.active else "muted"


def _role(one: StaffMember) -> Cell:
    return Cell(str(LABELS[one.role]), tone=_tone(one))


def _team(one: StaffMember) -> Cell:
    return Cell(one.team, tone=_tone(one))


def _stand_in(one: StaffMember) -> Cell:
    return Cell(one.stand_in, tone=_tone(one))


def _active(one: StaffMember) -> Cell:
    return Cell(tr("yes") if one.active else tr("has left"), tone=_tone(one))


class StaffSection(ListSection[StaffMember]):
    """For managers. Nobody is deleted: who has left keeps customers and history."""

    table_name = "staff"

    def __init__(self, context: Context) -> None:
        self.name = LineEdit(tr("Full name"))
        self.name.setObjectName("staff_name")
        self.role = ComboBox(tr("Role"), [(str(LABELS[role]), role) for role in _ROLES])
        self.role.setObjectName("staff_role")
        self.team = KnownEdit(tr("Team"))
        self.team.setObjectName("staff_team")
        self.stand_in = KnownEdit(tr("Stand-in"))
        self.stand_in.setObjectName("staff_stand_in")
        words = ListWords(
            tr("Staff"),
            "staff",
            tr("Add"),
            ("users", tr("Nobody works here yet"), tr("Add who looks after customers.")),
        )
        fields = {
            "name": (Field(tr("Full name"), self.name), 2),
            "role": (Field(tr("Role"), self.role), 0),
            "team": (Field(tr("Team"), self.team), 1),
            "stand_in": (Field(tr("Stand-in"), self.stand_in), 1),
        }
        super().__init__(context, words, _columns(context.actor.id), fields)
        self.name.returnPressed.connect(self.save)
        self.team.returnPressed.connect(self.save)
        self.stand_in.returnPressed.connect(self.save)
        self._begin()
        self.refresh()

    @override
    def reader(self) -> Callable[[], Sequence[StaffMember]]:
        staff, actor = self._context.services.staff, self._context.actor
        return lambda: staff.all(actor)

    @override
    def came(self, lines: Sequence[StaffMember]) -> None:
        self.team.set_known(sorted({one.team for one in lines if one.team}))
        self.stand_in.set_known([one.name for one in lines if one.active])

    @override
    def fill(self, line: StaffMember | None) -> None:
        self.name.setText(line.name if line else "")
        self.role.set_value(line.role if line else Role.SALESPERSON)
        self.team.setText(line.team if line else "")
        self.stand_in.setText(line.stand_in if line else "")
        self.stand_in.setEnabled(line is not None)
        self.name.selectAll()
        gone = line is not None and not line.active
        self.remove.set_kind("plain" if gone else "danger")
        self.remove.set_glyph("user-check" if gone else "user-x")
        self.remove.set_words(tr("Reactivate") if gone else tr("Deactivate"))

    @override
    def writer(self, changing: int | None) -> tuple[Callable[[], object], Message | None]:
        name, role, team = self.name.text(), Role(self.role.value()), self.team.text()
        staff, actor = self._context.services.staff, self._context.actor
        params = {"name": " ".join(name.split())}
        if changing is None:
            said = Message("{name} is on the team now.", params=params)
            return lambda: staff.add(actor, name, role, team), said
        said = Message("{name} was saved.", params=params)
        stand_in = self.stand_in.text()

        def save() -> None:
            staff.save(actor, changing, name=name, role=role, team=team, stand_in=stand_in)

        return save, said

    @override
    def take(self, line: StaffMember) -> tuple[Callable[[], object], Message]:
        staff, actor, chosen = self._context.services.staff, self._context.actor, line.id
        params = {"name": line.name}
        if line.active:
            said = Message(
                "{name} has left. Customers and history stay under this name.", params=params
            )
            return lambda: staff.deactivate(actor, chosen), said
        return lambda: staff.reactivate(actor, chosen), Message("{name} is back.", params=params)
