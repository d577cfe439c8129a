"""Correcting what is on record: an interaction, a note."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.customer import ContactDraft
from app.domain.interactions import LABELS, Channel, Direction, Step
from app.domain.script import fold
from app.i18n import Message, tr
from app.services.interactions import RATINGS, InteractionDraft
from app.services.notes import NoteDraft
from app.services.products import ProductRow
from app.services.timeline import NoteEntry
from app.ui.context import Context
from app.ui.entry_dialog import EntryDialog
from app.ui.typed_time import moment, read_time
from app.ui.widgets.check import CheckBox
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.date_field import DateEdit
from app.ui.widgets.field import Field, LineEdit, TextArea
from app.ui.widgets.layout import row_top
from app.ui.widgets.tag_edit import TagEdit


class InteractionEdit(EntryDialog):
    """Everything about an interaction but who logged it."""

    def __init__(
        self,
        parent: QWidget,
        context: Context,
        interaction_id: int,
        before: InteractionDraft,
        contacts: Sequence[ContactDraft],
        products: Sequence[ProductRow],
    ) -> None:
        super().__init__(parent, context, tr("Edit this entry"), "interaction_edit")
        self._id, self._before = interaction_id, before
        self._products = {fold(one.name): one.id for one in products}
        here = before.at.astimezone()
        self.channel = ComboBox(tr("Channel"), [(str(LABELS[one]), one) for one in Channel])
        self.direction = ComboBox(tr("Direction"), [(str(LABELS[one]), one) for one in Direction])
        known = [(one.name, one.id) for one in contacts if one.id is not None]
        self.contact = ComboBox(tr("Contact"), [(tr("Nobody named"), None), *known])
        self.day = DateEdit(tr("Day"), context.services.clock.today())
        self.time = LineEdit(tr("Time"), placeholder="15:20")
        self.minutes = LineEdit(tr("Minutes"))
        self.summary = TextArea(tr("What was said"), lines=5)
        ratings = [(tr("Not rated"), None), *((f"{one} / 5", one) for one in RATINGS)]
        self.rating = ComboBox(tr("Rating"), ratings)
        steps = [(tr("No step"), None), *((str(LABELS[one]), one) for one in Step)]
        self.step = ComboBox(tr("Purchase step"), steps)
        self.unhappy = CheckBox(tr("Sounds unhappy"))
        self.products = TagEdit(tr("Products"), tr("Type a product"))
        self.products.set_known([one.name for one in products])
        self._fill(before, here, {one.id: one.name for one in products})
        self._shown = self._state()
        self._arrange()

    def _fill(self, before: InteractionDraft, here: datetime, names: Mapping[int, str]) -> None:
        self.channel.set_value(before.channel)
        self.direction.set_value(before.direction)
        self.contact.set_value(before.contact_id)
        self.day.set_value(here.date())
        self.time.setText(f"{here:%H:%M}")
        self.minutes.setText("" if before.minutes is None else str(before.minutes))
        self.summary.setPlainText(before.summary)
        self.rating.set_value(before.rating)
        self.step.set_value(before.step)
        self.unhappy.setChecked(before.unhappy)
        self.products.set_tags([names[one] for one in before.product_ids if one in names])
        # one that is off the list stays with what was said about it
        self._off_list = tuple(one for one in before.product_ids if one not in names)

    def _arrange(self) -> None:
        places = {
            "channel": (tr("Channel"), self.channel),
            "direction": (tr("Direction"), self.direction),
            "contact_id": (tr("Contact"), self.contact),
            "at": (tr("Day"), self.day),
            "time": (tr("Time"), self.time),
            "minutes": (tr("Minutes"), self.minutes),
            "summary": (tr("What was said"), self.summary),
            "rating": (tr("Rating"), self.rating),
            "step": (tr("Purchase step"), self.step),
            "product_ids": (tr("Products"), self.products),
        }
        for name, (title, entry) in places.items():
            entry.setObjectName(name)
            self.fields[name] = Field(title, entry)
        self.unhappy.setObjectName("unhappy")
        line = self.fields
        self.put(
            line["summary"],
            row_top((line["channel"], 1), (line["direction"], 1), (line["contact_id"], 1), gap=12),
            row_top((line["at"], 1), (line["time"], 1), (line["minutes"], 1), gap=12),
            row_top((line["rating"], 1), (line["step"], 1), gap=12),
            self.unhappy,
            line["product_ids"],
        )

    def _state(self) -> tuple[object, ...]:
        return (
            self.channel.value(), self.direction.value(), self.contact.value(), self.day.text(),
            self.time.text(), self.minutes.text(), self.summary.text(), self.rating.value(),
            self.step.value(), self.unhappy.isChecked(), self.products.tags(),
        )  # fmt: skip

    @override
    def is_changed(self) -> bool:
        return self._state() != self._shown

    def typed(self) -> InteractionDraft:
        """What would be saved; only where `problems` finds nothing."""
        day, at, before = self.day.value(), read_time(self.time.text()), self._before
        kept = (self.day.text(), self.time.text()) == (self._shown[3], self._shown[4])
        minutes = fold(self.minutes.text()).strip()
        tags = [fold(one) for one in self.products.tags()]
        known = [self._products[one] for one in tags if one in self._products]
        step = self.step.value()
        return replace(
            before,
            # a box hands out plain text in place of the members of an enum
            channel=Channel(self.channel.value()),
            direction=Direction(self.direction.value()),
            contact_id=self.contact.value(),
            at=before.at if kept or day is None or at is None else moment(day, at),
            minutes=int(minutes) if minutes.isdecimal() else None,
            summary=self.summary.text(),
            rating=self.rating.value(),
            step=Step(step) if step else None,
            unhappy=self.unhappy.isChecked(),
            product_ids=(*known, *self._off_list),
        )

    @override
    def problems(self) -> Mapping[str, Message]:
        found: dict[str, Message] = {}
        if self.day.value() is None:
            found["at"] = self.day.problem() or Message("The day is missing.")
        if read_time(self.time.text()) is None:
            found["time"] = Message("Write the time like 15:20.")
        minutes = fold(self.minutes.text()).strip()
        if minutes and not minutes.isdecimal():
            found["minutes"] = Message("Write the minutes as a whole number.")
        unknown = [one for one in self.products.tags() if fold(one) not in self._products]
        if unknown:
            found["product_ids"] = Message(
                "There is no product “{name}”.", params={"name": unknown[0]}
            )
        return found or self._context.services.interactions.problems(self.typed())

    @override
    def work(self) -> Callable[[], object]:
        service, actor = self._context.services.interactions, self._context.actor
        changed, typed = self._id, self.typed()
        return lambda: service.save(actor, changed, typed)

    @override
    def saved(self) -> Message:
        return Message("The entry was changed.")


class NoteEdit(EntryDialog):
    """A note's words."""

    def __init__(self, parent: QWidget, context: Context, note: NoteEntry) -> None:
        super().__init__(parent, context, tr("Edit this note"), "note_edit")
        self._note = note
        self.text = TextArea(tr("Note"), lines=5)
        self.text.setObjectName("text")
        self.text.setPlainText(note.text)
        self.fields["text"] = Field(tr("Note"), self.text)
        self.put(self.fields["text"])

    @override
    def is_changed(self) -> bool:
        return self.text.text() != self._note.text

    @override
    def problems(self) -> Mapping[str, Message]:
        return {} if self.text.text().strip() else {"text": Message("The note is empty.")}

    @override
    def work(self) -> Callable[[], object]:
        service, actor = self._context.services.notes, self._context.actor
        changed, typed = self._note.id, NoteDraft(self.text.text())
        return lambda: service.save(actor, changed, typed)

    @override
    def saved(self) -> Message:
        return Message("The note was changed.")
