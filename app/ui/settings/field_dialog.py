"""A field that managers add to customers: its form, and the question before it goes."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.custom_fields import LABELS, FieldDraft, FieldKind
from app.errors import Refused, UserError
from app.i18n import Message, ntr, tr
from app.services.custom_fields import FieldRow
from app.ui.context import Context
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.field import Field, LineEdit, TextArea
from app.ui.widgets.message_strip import MessageStrip
from app.ui.widgets.suggest import KnownEdit

_KINDS = tuple(FieldKind)


class FieldDialog(Dialog):
    """Name, kind, heading, and the choices of a choice."""

    def __init__(
        self, parent: QWidget, context: Context, field: FieldRow | None, headings: Sequence[str]
    ) -> None:
        super().__init__(
            parent,
            tr("Add a field") if field is None else tr("Change a field"),
            "field_form",
            do=tr("Add") if field is None else tr("Save"),
            about=str(field.id) if field else "",
        )
        self._context, self._field = context, field
        self._saving = False
        self.name = LineEdit(tr("Name of the field"))
        self.name.setObjectName("name")
        kinds = [(str(LABELS[one]), place) for place, one in enumerate(_KINDS)]
        self.kind = ComboBox(tr("Kind"), kinds)
        self.kind.setObjectName("kind")
        self.heading = KnownEdit(tr("Heading"))
        self.heading.setObjectName("heading")
        self.heading.set_known(headings)
        self.choices = TextArea(tr("Choices"), lines=4)
        self.choices.setObjectName("choices")
        self._entries = {
            "name": Field(tr("Name of the field"), self.name),
            "kind": Field(tr("Kind"), self.kind),
            "choices": Field(tr("Choices"), self.choices, tr("Each on a line of its own")),
            "heading": Field(tr("Heading"), self.heading, tr("Groups fields; may stay empty")),
        }
        self.strip = MessageStrip()
        self.put(self.strip, *self._entries.values())
        if field is not None:
            self._fill(field.draft)
        self.kind.currentIndexChanged.connect(self._kind_changed)
        self._kind_changed()

    def _fill(self, draft: FieldDraft) -> None:
        self.name.setText(draft.name)
        self.kind.setCurrentIndex(_KINDS.index(draft.kind))
        self.heading.setText(draft.heading)
        self.choices.setPlainText("\n".join(draft.choices))

    def _kind_changed(self) -> None:
        chosen = _KINDS[self.kind.currentIndex()]
        self._entries["kind"].set_wrong("")
        self._entries["choices"].setVisible(chosen is FieldKind.CHOICE)
        if self.isVisible():
            self.fit()

    def draft(self) -> FieldDraft:
        """What is typed."""
        kind = _KINDS[self.kind.currentIndex()]
        choices = tuple(self.choices.text().splitlines())
        return FieldDraft(self.name.text(), kind, self.heading.text(), choices)

    @override
    def submit(self) -> None:
        if self._saving:
            return
        self._wait(saving=True)
        services, actor, field = self._context.services, self._context.actor, self._field
        draft = self.draft()

        def write() -> None:
            if field is None:
                services.fields.add(actor, draft)
            else:
                services.fields.save(actor, field.id, draft)

        work = partial(services.history.made_by, actor, write)
        self._context.tasks.run(self, work, self._done, self._failed, lane="write")

    def _wait(self, *, saving: bool) -> None:
        self._saving = saving
        self.do_button.setEnabled(not saving)

    def _done(self, change_set: int | None) -> None:
        name = " ".join(self.name.text().split())
        words = (
            Message("The field {name} was added.", params={"name": name})
            if self._field is None
            else Message("The field {name} was saved.", params={"name": name})
        )
        self._context.show_message(words, change_set)
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self._wait(saving=False)
        match error:
            case Refused(fields=problems) if problems:
                for name, one in self._entries.items():
                    one.set_wrong(str(problems.get(name, "")))
                next(
                    one for name, one in self._entries.items() if name in problems
                ).entry.setFocus()
                self.fit()
            case UserError():
                self.strip.say(str(error), "danger")
            case _:
                self._context.tasks.failed.emit(error)


class DeleteFieldDialog(Dialog):
    """Says how many customers hold a value."""

    def __init__(self, parent: QWidget, field: FieldRow, count: int) -> None:
        super().__init__(
            parent,
            tr("Delete the field {name}?", name=field.name),
            "delete_field",
            do=tr("Delete"),
            kind="danger",
            words=ntr(
                "{count} customer holds a value in it. It goes, too; Undo brings both back.",
                "{count} customers hold a value in it. They go, too; Undo brings all back.",
                count,
            ),
        )
        self.leave_button.setDefault(True)
