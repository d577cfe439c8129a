"""Writing down a fact, or changing what it says, in its place."""

from datetime import date

from typing_extensions import override

from app.domain.facts import FACT_LABELS, FactDraft, FactKind
from app.i18n import Message, tr
from app.services.facts import FactRow
from app.ui.customer.editor import Editor
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.field import Field, LineEdit
from app.ui.widgets.layout import row


class FactEditor(Editor):
    """Kind, words and source; Enter saves. Without a fact it adds one after the other."""

    def __init__(self, fact: FactRow | None, today: date) -> None:
        super().__init__("fact_editor", fact.id if fact else None, "" if fact else tr("Add"))
        self._heard_on = fact.heard_on if fact else today
        self._interaction_id = fact.interaction_id if fact else None
        self.kind = ComboBox(tr("Kind of fact"), [(str(FACT_LABELS[one]), one) for one in FactKind])
        self.text = LineEdit(
            tr("What the customer told us"),
            placeholder=tr("For example: no deliveries on Friday afternoons"),
        )
        self.source = LineEdit(tr("Source"), placeholder=tr("Who said it, or where"))
        for edit, name in (
            (self.kind, "fact_kind"),
            (self.text, "fact_text"),
            (self.source, "fact_source"),
        ):
            edit.setObjectName(name)
        self.kind.set_value(fact.kind if fact else FactKind.NEED)
        self.text.setText(fact.text if fact else "")
        self.source.setText(fact.source if fact else "")
        self._before = self._typed()
        self.text_field = Field(tr("What they told us"), self.text)
        self.arrange(self.text_field, row(self.kind, (self.source, 1)))
        self.text.textChanged.connect(self._changed)

    def _changed(self) -> None:
        self.say("")

    def _typed(self) -> tuple[str, str, str]:
        return str(self.kind.value()), self.text.text().strip(), self.source.text().strip()

    @override
    def is_changed(self) -> bool:
        if self.key is None:
            return bool(self.text.text().strip())
        return self._typed() != self._before

    @override
    def start(self) -> None:
        self.text.setFocus()

    @override
    def wait(self, *, saving: bool) -> None:
        # the next fact begins with its words, wherever this one was ended
        parts = (self.kind, self.source, self.save)
        if saving and self.key is None and any(one.hasFocus() for one in parts):
            self.start()
        super().wait(saving=saving)

    def draft(self) -> FactDraft:
        """What is typed."""
        kind, text, source = self._typed()
        return FactDraft(FactKind(kind), text, self._heard_on, source, self._interaction_id)

    def show_problem(self, problem: Message) -> None:
        """Say at the words what is wrong with them."""
        self.text_field.set_wrong(str(problem))
        self.text.setFocus()

    def begin_next(self) -> None:
        """One is saved: ready for another of the same kind and source."""
        self.text.clear()
        self._before = self._typed()
        self.wait(saving=False)
