"""Rules that make reminders: a list to switch on and off, change and add to."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.custom_fields import FieldKind
from app.domain.reminders import ReminderKind
from app.domain.rules import KINDS, NAMES, RuleDraft, usual_rules
from app.errors import NotFound, UserError
from app.i18n import Message, tr
from app.services.rules import RuleLine, RunResult
from app.ui.context import Context
from app.ui.settings import rule_words
from app.ui.settings.rule_dialog import Offered, RuleDialog
from app.ui.settings.rule_forms import DateField
from app.ui.settings.section import Section
from app.ui.settings.writing import write
from app.ui.widgets.avatar import Disc
from app.ui.widgets.button import Button
from app.ui.widgets.check import CheckBox
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.layout import STRETCH, Box, col, hold, row
from app.ui.widgets.menu import Menu
from app.ui.widgets.text import Elided, muted

_DISC: Final = 28
_AREAS: Final = frozenset({"reminder_rule", "reminder", "custom_field", "staff"})
Read = tuple[list[RuleLine], Offered]


class RulesSection(Section):
    """The list of rules; only managers change it."""

    def __init__(self, context: Context) -> None:
        super().__init__(tr("Rules that make reminders"), "rules")
        self._context = context
        self._may = context.services.rules.may_change(context.actor)
        self._rules: tuple[RuleLine, ...] = ()
        self._offered = Offered((), (), ())
        self._lines: Box = col(gap=4)
        self._held: QWidget = hold(col())
        self._lines.put(self._held)
        words = tr(
            "Every morning they make the reminders that are due. Nobody is reminded twice of the"
            " same thing, and what lost its reason goes away by itself."
        )
        self.add = Button(tr("Add a rule"), glyph="plus", trail="chevron-down")
        self.add.setObjectName("add_rule")
        self.run = Button(tr("Make reminders now"), glyph="bell")
        self.run.setObjectName("run_rules")
        self.usual = Button(tr("Add the usual rules"), "primary")
        self.usual.setObjectName("usual_rules")
        self._menu = Menu(self, tr("Add a rule"))
        for kind in KINDS:
            self._menu.put(
                str(NAMES[kind]), partial(self.open_new, kind), glyph=rule_words.GLYPHS[kind]
            )
        self._none = EmptyState(
            "bell",
            tr("No rules yet"),
            tr("Birthdays, silent customers, festivals: rules remind you by themselves."),
            self.usual if self._may else None,
        )
        if not self._may:
            self.usual.setParent(self)
            self.usual.hide()
        self._only = muted(tr("Only managers change rules."))
        self._buttons = hold(row(self.add, self.run, STRETCH, gap=8))
        self.put(muted(words).wrapped(), self._lines, self._none, self._buttons, self._only)
        self._buttons.setVisible(self._may)
        self._only.setVisible(not self._may)
        self._none.hide()
        self.add.clicked.connect(self._open_menu)
        self.run.clicked.connect(self.run_now)
        self.usual.clicked.connect(self.add_usual)
        context.changes.changed.connect(self._changed)
        self.refresh()

    def _changed(self, areas: frozenset[str]) -> None:
        if areas & _AREAS:
            self.refresh()

    def refresh(self) -> None:
        """Ask for the rules again."""
        services, actor = self._context.services, self._context.actor

        def read() -> Read:
            dates = [
                DateField(one.name, f"field_{one.id}")
                for one in services.fields.all(actor)
                if one.kind is FieldKind.DATE
            ]
            staff = [(one, name) for one, name, _ in services.staff.choices()]
            views = [one.query.filter for one in services.views.all(actor)]
            used = list(dict.fromkeys(filter(None, views)))
            return services.rules.all(actor), Offered(staff, dates, used)

        self._context.tasks.run(self, read, self._show)

    def _show(self, found: Read) -> None:
        lines, self._offered = found
        keys = self._keys_at()
        self._rules = tuple(lines)
        self._lines.removeWidget(self._held)
        self._held.hide()
        self._held.deleteLater()
        self._held = hold(col(*map(self._line, lines), gap=4))
        self._lines.put(self._held)
        self._held.setVisible(bool(lines))
        self._none.setVisible(not lines)
        self.run.setEnabled(any(one.draft.active for one in lines))
        self._bring_keys(*keys)

    def _line(self, rule: RuleLine) -> "RuleRow":
        names = dict(self._offered.staff)
        whom = names.get(rule.draft.staff_id, "") if rule.draft.staff_id is not None else ""
        line = RuleRow(rule, whom, may_change=self._may)
        line.switched.connect(self.switch)
        line.edit_asked.connect(self.open_rule)
        line.delete_asked.connect(self.delete)
        return line

    def lines(self) -> list["RuleRow"]:
        """The lines, from the top."""
        return self._held.findChildren(RuleRow)

    def _keys_at(self) -> tuple[int, str]:
        for line in self.lines():
            for control in line.controls():
                if control.hasFocus():
                    return line.rule.id, control.objectName()
        return 0, ""

    def _bring_keys(self, rule_id: int, name: str) -> None:
        """The keyboard stays with the rule."""
        for line in self.lines():
            if line.rule.id == rule_id:
                for control in line.controls():
                    if control.objectName() == name:
                        control.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        if rule_id:  # it was deleted
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- what is done

    def _open_menu(self) -> None:
        self._menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def open_new(self, kind: ReminderKind) -> None:
        """A form with what is usual for this kind."""
        draft = next(one for one in usual_rules() if one.kind is kind)
        self._open(RuleDraft(kind, draft.params, lead_days=draft.lead_days, filter=draft.filter))

    def open_rule(self, rule: RuleLine) -> None:
        """The form of a rule."""
        self._open(rule.draft, rule)

    def _open(self, draft: RuleDraft, rule: RuleLine | None = None) -> None:
        RuleDialog(self, self._context, draft, self._offered, rule).open()

    def switch(self, rule: RuleLine, active: bool) -> None:  # noqa: FBT001 - a slot of a tick
        """On or off."""
        rules, actor = self._context.services.rules, self._context.actor
        params = {"name": rule.name}
        said = (
            Message("{name}: on. It makes its reminders every morning.", params=params)
            if active
            else Message("{name}: off. Reminders that are there stay.", params=params)
        )
        self._write(lambda: rules.switch(actor, rule.id, active=active), said)

    def delete(self, rule: RuleLine) -> None:
        """At once; what it made stays, and Undo brings it back."""
        rules, actor = self._context.services.rules, self._context.actor
        said = Message(
            "The rule {name} was deleted. Its reminders stay.", params={"name": rule.name}
        )
        self._write(lambda: rules.delete(actor, rule.id), said)

    def add_usual(self) -> None:
        """Birthdays and silences switched on, the others to be switched on."""
        rules, actor = self._context.services.rules, self._context.actor
        self._write(lambda: rules.add_usual(actor), Message("The usual rules are there."))

    def run_now(self) -> None:
        """Make what is due, and say how much it was."""
        rules, actor = self._context.services.rules, self._context.actor
        self.run.setEnabled(False)
        self._context.tasks.run(
            self, lambda: rules.run(actor), self._ran, self._failed, lane="write"
        )

    def _ran(self, result: RunResult) -> None:
        self.run.setEnabled(True)
        words = Message(
            "{count} reminder was made.", "{count} reminders were made.", {"count": result.made}
        )
        if not result.made:
            words = Message("There is nothing new to remind of.")
        self._context.show_message(words, result.change_set_id)

    def _write(self, do: Callable[[], object], words: Message) -> None:
        write(self, self._context, do, words, self._failed)

    def _failed(self, error: BaseException) -> None:
        self.run.setEnabled(True)
        self.refresh()
        if isinstance(error, UserError) and not isinstance(error, NotFound):
            self._context.show_message(error.message, None, "warn")
        else:
            self._context.tasks.failed.emit(error)


class RuleRow(QWidget):
    """One rule. Space switches it, F2 changes it, Del takes it away."""

    switched = Signal(object, bool)
    edit_asked = Signal(object)
    delete_asked = Signal(object)

    def __init__(self, rule: RuleLine, whom: str, *, may_change: bool) -> None:
        super().__init__()
        self.rule = rule
        self.setObjectName(f"rule_{rule.id}")
        self.on = CheckBox("", tr("{name} is on", name=rule.name))
        self.on.setChecked(rule.draft.active)
        self.on.setEnabled(may_change)
        self.edit = Button("", "quiet", glyph="pencil", name=tr("Change {name}", name=rule.name))
        self.remove = Button("", "quiet", glyph="trash-2", name=tr("Delete {name}", name=rule.name))
        names = ("on", "edit", "delete")
        for control, name in zip(self.controls(), names, strict=True):
            control.setObjectName(name)
            control.installEventFilter(self)
        if not may_change:
            self.edit.hide()  # never shown by hand: without a parent it would be a window
            self.remove.hide()
        self.on.clicked.connect(self._switch)
        self.edit.clicked.connect(partial(self.edit_asked.emit, rule))
        self.remove.clicked.connect(partial(self.delete_asked.emit, rule))
        active = rule.draft.active
        title = Elided(rule.name, "medium", "text" if active else "muted")
        title.setProperty("typed", bool(rule.draft.name))
        under = Elided(rule_words.about(rule, whom), "small", "muted")
        under.setProperty("typed", bool(rule.draft.filter or whom))
        disc = Disc(rule_words.GLYPHS[rule.draft.kind], "calm" if active else "plain", _DISC)
        words = hold(col(title, under, gap=0))
        self.setLayout(row(self.on, disc, (words, 1), self.edit, self.remove, gap=8))

    def controls(self) -> tuple[QWidget, QWidget, QWidget]:
        """The tick, change, delete."""
        return self.on, self.edit, self.remove

    def _switch(self) -> None:
        self.switched.emit(self.rule, self.on.isChecked())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the line."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if not self.on.isEnabled():
            return False
        if event.key() == Qt.Key.Key_F2:
            self.edit_asked.emit(self.rule)
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit(self.rule)
        else:
            return False
        return True
