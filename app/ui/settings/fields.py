"""Fields that managers add to customers: a list to order, change and add to."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.custom_fields import LABELS
from app.errors import NotFound, UserError
from app.i18n import Message, tr
from app.services.custom_fields import FieldRow
from app.ui.context import Context
from app.ui.settings.field_dialog import DeleteFieldDialog, FieldDialog
from app.ui.settings.section import Section
from app.ui.settings.writing import write
from app.ui.widgets.button import Button
from app.ui.widgets.layout import STRETCH, Box, col, hold, row
from app.ui.widgets.text import Elided, muted

_STEPS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class FieldsSection(Section):
    """The list of fields; only managers change it."""

    def __init__(self, context: Context) -> None:
        super().__init__(tr("Fields of customers"), "fields")
        self._context = context
        self._may = context.actor.sees_all
        self._fields: tuple[FieldRow, ...] = ()
        self._lines: Box = col(gap=4)
        self._held: QWidget = hold(col())
        self._lines.put(self._held)
        words = tr("What you want to know of every customer beside the usual. Shown on its page.")
        self._none = muted(tr("No fields were added yet."), "body")
        self.add = Button(tr("Add a field"), glyph="plus")
        self.add.setObjectName("add_field")
        self.invoice = Button(tr("Add invoice details"), glyph="receipt")
        self.invoice.setObjectName("add_invoice")
        self.invoice.setToolTip(
            tr("Title, bank, account, address, phone and kind of invoice, ready-made")
        )
        self._only = muted(tr("Only managers define fields."))
        buttons = hold(row(self.add, self.invoice, STRETCH, gap=8))
        self.put(muted(words).wrapped(), self._lines, self._none, buttons, self._only)
        buttons.setVisible(self._may)
        self._only.setVisible(not self._may)
        self.add.clicked.connect(self.open_new)
        self.invoice.clicked.connect(self.add_invoice)
        context.changes.changed.connect(self._changed)
        self.refresh()

    def _changed(self, areas: frozenset[str]) -> None:
        if "custom_field" in areas:
            self.refresh()

    def refresh(self) -> None:
        """Ask for the fields again."""
        fields, actor = self._context.services.fields, self._context.actor
        self._context.tasks.run(self, lambda: fields.all(actor), self._show)

    def _show(self, fields: Sequence[FieldRow]) -> None:
        keys = self._keys_at()
        self._fields = tuple(fields)
        self._lines.removeWidget(self._held)
        self._held.hide()
        self._held.deleteLater()
        lines = [self._line(place, one) for place, one in enumerate(fields)]
        self._held = hold(col(*lines, gap=4))
        self._lines.put(self._held)
        self._held.setVisible(bool(fields))
        self._none.setVisible(not fields)
        self._bring_keys(*keys)

    def _line(self, place: int, field: FieldRow) -> "FieldLine":
        line = FieldLine(field, may_change=self._may)
        line.up.setEnabled(place > 0)
        line.down.setEnabled(place + 1 < len(self._fields))
        line.moved.connect(self.move_field)
        line.edit_asked.connect(self.open_field)
        line.delete_asked.connect(self.delete)
        return line

    def lines(self) -> list["FieldLine"]:
        """The lines, from the top."""
        return self._held.findChildren(FieldLine)

    def _keys_at(self) -> tuple[int, str]:
        """Field and name of the button that has the keyboard."""
        for line in self.lines():
            for button in line.buttons():
                if button.hasFocus():
                    return line.field.id, button.objectName()
        return 0, ""

    def _bring_keys(self, field_id: int, name: str) -> None:
        """The keyboard goes with the field."""
        for line in self.lines():
            if line.field.id == field_id:
                wanted = [one for one in line.buttons() if one.objectName() == name]
                able = [one for one in (*wanted, *line.buttons()) if one.isEnabled()]
                able[0].setFocus(Qt.FocusReason.OtherFocusReason)
                return
        if field_id:  # it was deleted
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- what is done

    def open_new(self) -> None:
        """An empty form."""
        FieldDialog(self, self._context, None, self._headings()).open()

    def open_field(self, field: FieldRow) -> None:
        """The form of a field."""
        FieldDialog(self, self._context, field, self._headings()).open()

    def _headings(self) -> list[str]:
        return list(dict.fromkeys(one.heading for one in self._fields if one.heading))

    def move_field(self, field: FieldRow, step: int) -> None:
        """One place up (-1) or down (1)."""
        ids = [one.id for one in self._fields]
        if field.id not in ids:
            return
        place = ids.index(field.id)
        if not 0 <= place + step < len(ids):
            return
        ids[place], ids[place + step] = ids[place + step], ids[place]
        fields, actor = self._context.services.fields, self._context.actor
        self._write(lambda: fields.order(actor, ids), None)

    def add_invoice(self) -> None:
        """Add the ready-made group."""
        fields, actor = self._context.services.fields, self._context.actor
        self._write(lambda: fields.add_invoice(actor), Message("The invoice details are there."))

    def delete(self, field: FieldRow) -> None:
        """At once where nobody holds a value; else after saying how many do."""
        fields, actor = self._context.services.fields, self._context.actor

        def counted(count: int) -> None:
            if not count:
                self._delete(field)
                return
            asked = DeleteFieldDialog(self, field, count)
            asked.accepted.connect(partial(self._delete, field))
            asked.open()

        self._context.tasks.run(self, lambda: fields.held(actor, field.id), counted)

    def _delete(self, field: FieldRow) -> None:
        fields, actor = self._context.services.fields, self._context.actor
        words = Message("The field {name} was deleted.", params={"name": field.name})
        self._write(lambda: fields.delete(actor, field.id), words)

    def _write(self, do: Callable[[], object], words: Message | None) -> None:
        write(self, self._context, do, words, self._failed)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, UserError) and not isinstance(error, NotFound):
            self._context.show_message(error.message, None, "warn")
        else:
            self._context.tasks.failed.emit(error)


class FieldLine(QWidget):
    """One field. F2 changes it, Alt with an arrow moves it, Del takes it away."""

    moved = Signal(object, int)  # field; -1 up, 1 down
    edit_asked = Signal(object)
    delete_asked = Signal(object)

    def __init__(self, field: FieldRow, *, may_change: bool) -> None:
        super().__init__()
        self.field = field
        self.setObjectName(f"field_{field.id}")
        self.up = Button("", "quiet", glyph="arrow-up", name=tr("Move {name} up", name=field.name))
        self.down = Button(
            "", "quiet", glyph="arrow-down", name=tr("Move {name} down", name=field.name)
        )
        self.edit = Button("", "quiet", glyph="pencil", name=tr("Change {name}", name=field.name))
        self.remove = Button(
            "", "quiet", glyph="trash-2", name=tr("Delete {name}", name=field.name)
        )
        names = ("up", "down", "edit", "delete")
        for button, name in zip(self.buttons(), names, strict=True):
            button.setObjectName(name)
            button.installEventFilter(self)
            if not may_change:
                button.hide()  # never shown by hand: without a parent yet it would be a window
        self.up.clicked.connect(partial(self.moved.emit, field, -1))
        self.down.clicked.connect(partial(self.moved.emit, field, 1))
        self.edit.clicked.connect(partial(self.edit_asked.emit, field))
        self.remove.clicked.connect(partial(self.delete_asked.emit, field))
        name_line = Elided(field.name, "medium")
        name_line.setProperty("typed", True)  # noqa: FBT003 - Qt's property: the user's own text
        under = Elided(_about(field), "small", "muted")
        words = hold(col(name_line, under, gap=0))
        self.setLayout(row((words, 1), self.up, self.down, self.edit, self.remove, gap=2))

    def buttons(self) -> tuple[Button, Button, Button, Button]:
        """Up, down, change, delete."""
        return self.up, self.down, self.edit, self.remove

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the line, before a button takes an arrow for its own."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and event.key() in _STEPS:
            self.moved.emit(self.field, _STEPS[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_F2:
            self.edit_asked.emit(self.field)
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit(self.field)
        else:
            return False
        return True


def _about(field: FieldRow) -> str:
    parts = (str(LABELS[field.kind]), field.heading, tr(", ").join(field.choices))
    return " · ".join(filter(None, parts))
