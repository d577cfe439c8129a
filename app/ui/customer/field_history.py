"""The earlier values of one field: who wrote them and when, and each can be put back."""

from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.errors import UserError
from app.i18n import Message, tr
from app.services.customer_editing import EditConflict
from app.services.customer_page import CustomerPage
from app.services.earlier_values import EarlierValue, restored
from app.ui.context import Context
from app.ui.customer.entry_words import stamp, value_words
from app.ui.theme import tokens
from app.ui.widgets.button import Button
from app.ui.widgets.customer_words import FIELD_NAMES
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.layout import STRETCH, Box, Item, col, hold, row_top
from app.ui.widgets.message_strip import MessageStrip
from app.ui.widgets.surface import Line, Scroll
from app.ui.widgets.text import Label, muted

_LONGEST = 400


class FieldHistory(Dialog):
    """`field` is a column of the customer, as in FIELD_NAMES: "stage", "owner_id", "notes"."""

    def __init__(self, parent: QWidget, context: Context, page: CustomerPage, field: str) -> None:
        name = str(FIELD_NAMES.get(field, field))
        super().__init__(
            parent, tr("Earlier values: {field}", field=name), "field_history", do="",
            leave=tr("Close"),
        )  # fmt: skip
        self._owner, self._context, self._page, self._field = parent, context, page, field
        self._waiting = False
        self.buttons: list[Button] = []
        self.strip = MessageStrip()
        self._lines: Box = col(muted(tr("Loading…"), "body"), STRETCH, gap=10)
        held = hold(self._lines, "values")
        self.put(self.strip, (Scroll(held, "earlier_values"), 1))

    @override
    def retheme(self) -> None:
        super().retheme()
        self.setMinimumSize(tokens().px(480), tokens().px(320))

    @override
    def open(self) -> None:
        timeline, actor = self._context.services.timeline, self._context.actor
        customer_id, field = self._page.record.id, self._field
        self._context.tasks.run(
            self, lambda: timeline.earlier(actor, customer_id, field), self._show, self._failed
        )
        super().open()
        self.leave_button.setFocus()

    def _show(self, values: tuple[EarlierValue, ...]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (held := item.widget()) is not None:
                held.hide()
                held.deleteLater()
        if not values:
            self._lines.put(Label(tr("This was never changed."), "body", "muted").wrapped())
        now = self._context.services.clock.now()
        for place, one in enumerate(values):
            if place:
                self._lines.put(Line())
            said = ""
            if one.at is not None:
                said = " · ".join(part for part in (one.staff, stamp(one.at, now)) if part)
            until = tr(
                "until {time}, then changed by {staff}",
                time=stamp(one.until, now),
                staff=one.replaced_by,
            )
            self._lines.put(hold(self._line(one, said, until)))
        self._lines.put(STRETCH)

    def _line(self, one: EarlierValue, said: str, until: str) -> Box:
        words = value_words(self._field, one.shown)
        value = Label(words[:_LONGEST] or tr("empty"), "strong", "text" if words else "muted")
        back = Button(tr("Put back"), glyph="undo-2", size="small")
        back.setObjectName("put_back")
        back.setAccessibleName(tr("Put back {value}", value=words[:_LONGEST] or tr("empty")))
        back.clicked.connect(partial(self._put_back, one))
        self.buttons.append(back)
        parts: list[Item] = [value.wrapped(), muted(said).wrapped() if said else None]
        return row_top((col(*parts, muted(until).wrapped(), gap=2), 1), back, gap=12)

    def _put_back(self, one: EarlierValue) -> None:
        if self._waiting:
            return
        context, before = self._context, self._page.record.draft
        typed = restored(before, {self._field: one.stored})
        if typed == before:
            self.strip.say(tr("This value is there already."), "info")
            return
        self._waiting = True
        services, actor, customer_id = context.services, context.actor, self._page.record.id

        def work() -> int | None:
            services.editing.save(actor, customer_id, before, typed)
            last = services.history.last(actor)
            return last.id if last else None

        context.tasks.run(self, work, self._done, self._failed, lane="write")

    def _done(self, change_set_id: int | None) -> None:
        self._context.show_message(Message("The earlier value is back."), change_set_id)
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self._waiting = False
        match error:
            case EditConflict():
                words = tr(
                    "Somebody else changed this meanwhile. Nothing was put back: "
                    "close this and open it again."
                )
                self.strip.say(words, "warn")
            case UserError():
                fields = getattr(error, "fields", None)
                reasons = [str(one) for one in fields.values()] if isinstance(fields, dict) else []
                self.strip.say(" ".join([str(error), *reasons]), "danger")
            case _:
                self._context.tasks.failed.emit(error)
