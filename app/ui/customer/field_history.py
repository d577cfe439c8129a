"""The earlier values of a field or a contact: who wrote them and when; each can be put back."""

from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.errors import UserError
from app.i18n import Message, tr
from app.services.custom_fields import ValueConflict
from app.services.customer_editing import EditConflict
from app.services.customer_page import CustomerPage
from app.services.earlier_values import EarlierValue
from app.ui.context import Context
from app.ui.customer.entry_words import stamp
from app.ui.customer.remembered import Remembered, put_back_words
from app.ui.theme import tokens
from app.ui.widgets.button import Button
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.layout import STRETCH, Box, Item, col, hold, row_top
from app.ui.widgets.message_strip import MessageStrip
from app.ui.widgets.surface import Line, Scroll
from app.ui.widgets.text import Label, caption, muted

_LONGEST = 400


class FieldHistory(Dialog):
    """`page` is what is shown of the customer: what was written since is not overwritten."""

    def __init__(
        self, parent: QWidget, context: Context, page: CustomerPage, remembered: Remembered
    ) -> None:
        title = tr("Earlier values: {field}", field=remembered.title(page))
        super().__init__(parent, title, "field_history", do="", leave=tr("Close"))
        self._context, self._page, self._remembered = context, page, remembered
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
        load = self._remembered.load
        services, actor, customer_id = (
            self._context.services, self._context.actor, self._page.record.id,
        )  # fmt: skip
        self._context.tasks.run(
            self, lambda: load(services, actor, customer_id), self._show, self._failed
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
        name, words = self._remembered.name(one), self._remembered.words(one)[:_LONGEST]
        value = Label(words or tr("empty"), "strong", "text" if words else "muted")
        back = Button(tr("Put back"), glyph="undo-2", size="small")
        back.setObjectName("put_back")
        back.setAccessibleName(put_back_words(name, words))
        back.clicked.connect(partial(self._put_back, one))
        self.buttons.append(back)
        parts: list[Item] = [caption(name)] if name else []
        parts += [value.wrapped(), muted(said).wrapped() if said else None]
        return row_top((col(*parts, muted(until).wrapped(), gap=2), 1), back, gap=12)

    def _put_back(self, one: EarlierValue) -> None:
        if self._waiting:
            return
        self._waiting = True
        services, actor, page = self._context.services, self._context.actor, self._page
        put_back = self._remembered.put_back

        write = partial(put_back, services, actor, page, one)
        work = partial(services.history.made_by, actor, write)
        self._context.tasks.run(self, work, self._done, self._failed, lane="write")

    def _done(self, change_set_id: int | None) -> None:
        self._waiting = False
        if change_set_id is None:
            self.strip.say(tr("This value is there already."), "info")
        else:
            self._context.show_message(Message("The earlier value is back."), change_set_id)
            self.accept()

    def _failed(self, error: BaseException) -> None:
        self._waiting = False
        match error:
            case EditConflict() | ValueConflict():
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
