"""A rule that makes reminders: its form, and beside it whom it would remind of."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.rules import COUNTED, NAMES, PLACES, TEXTS, RuleDraft
from app.domain.vocabulary import LABELS, Role
from app.errors import Refused, UserError
from app.i18n import Message, tr, unfilled
from app.services.rules import RuleLine
from app.ui.context import Context
from app.ui.settings.rule_forms import DateField, NumberEdit, form_of
from app.ui.settings.rule_preview import PreviewPanel
from app.ui.theme import tokens
from app.ui.widgets.check import CheckBox
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.field import Field, LineEdit
from app.ui.widgets.layout import STRETCH, col, hold, row_top
from app.ui.widgets.message_strip import MessageStrip
from app.ui.widgets.suggest import KnownEdit

_OWNER: Final = "owner"
_WIDTH: Final = 860


@dataclass(frozen=True)
class Offered:
    """What the form offers: staff by name, custom fields that hold dates, filters in use."""

    staff: Sequence[tuple[int, str]]
    dates: Sequence[DateField]
    filters: Sequence[str]


class RuleDialog(Dialog):
    """`line` is the rule to change; `draft` is what a new one begins with."""

    def __init__(
        self,
        parent: QWidget,
        context: Context,
        draft: RuleDraft,
        offered: Offered,
        line: RuleLine | None = None,
    ) -> None:
        title = tr("Add rule: {kind}", kind=NAMES[draft.kind]) if line is None else line.name
        super().__init__(
            parent,
            title,
            "rule_form",
            do=tr("Add") if line is None else tr("Save"),
            about=str(line.id) if line else draft.kind.value,
        )
        self._context, self._line, self._draft = context, line, draft
        self._saving = False
        self._make_fields(offered)
        self.form = form_of(draft.kind, offered.dates)
        self.preview = PreviewPanel(context)
        self.strip = MessageStrip()
        self._entries: dict[str, Field] = {**self._common, **self.form.fields}
        self._arrange()
        self._fill(draft)
        self._listen()
        self.preview.ask(self.draft())

    # ---- the fields

    def _make_fields(self, offered: Offered) -> None:
        kind = self._draft.kind
        self.name = LineEdit(tr("Name of the rule"), placeholder=str(NAMES[kind]))
        self.name.setObjectName("name")
        self.segment = KnownEdit(tr("Which customers"))
        self.segment.setPlaceholderText(tr("All customers"))
        self.segment.setObjectName("filter")
        self.segment.set_known(offered.filters)
        self.lead = NumberEdit(tr("Days ahead"), "lead_days")
        self.most = NumberEdit(tr("At most a day"), "most")
        roles = [(str(LABELS[one]), one.value) for one in Role]
        people = [(name, str(one)) for one, name in offered.staff]
        self.whom = ComboBox(
            tr("Whom it reminds"), [(tr("Who looks after them"), _OWNER), *people, *roles]
        )
        self.whom.setObjectName("whom")
        self.words = LineEdit(tr("What it says"), placeholder=unfilled(TEXTS[kind]))
        self.words.setObjectName("text")
        self.workdays = CheckBox(tr("On days off, remind on the workday before"))
        self.workdays.setObjectName("workdays")
        places = ", ".join(f"{{{one}}}" for one in PLACES[kind])
        self._common = {
            "name": Field(tr("Name of the rule"), self.name),
            "filter": Field(
                tr("Which customers"), self.segment, tr("A filter, such as grade in (A, B)")
            ),
            "lead_days": Field(tr("Days ahead"), self.lead),
            "most": Field(tr("At most a day"), self.most),
            "whom": Field(tr("Whom it reminds"), self.whom),
            "text": Field(tr("What it says"), self.words, tr("Filled in: {places}", places=places)),
        }

    def _arrange(self) -> None:
        shown = self._common
        counted = self._draft.kind in COUNTED
        amount = shown["most"] if counted else shown["lead_days"]
        left = col(
            shown["name"],
            self.form,
            shown["filter"],
            row_top((amount, 1), (shown["whom"], 2), gap=10),
            shown["text"],
            self.workdays,
            STRETCH,
            gap=12,
        )
        for name in ("lead_days",) if counted else ("most",):
            shown[name].setParent(self)
            shown[name].hide()
        self.put(self.strip, row_top((hold(left), 1), self.preview, gap=20))

    def _fill(self, draft: RuleDraft) -> None:
        self.name.setText(draft.name)
        self.segment.setText(draft.filter)
        self.lead.set_number(draft.lead_days)
        self.most.set_number(draft.params.most)
        self.words.setText(draft.text)
        self.workdays.setChecked(draft.params.workdays)
        whom = _OWNER
        if draft.staff_id is not None:
            whom = str(draft.staff_id)
        elif draft.role is not None:
            whom = draft.role.value
        self.whom.set_value(whom)
        self.form.fill(draft.params)

    def _listen(self) -> None:
        for edit in (self.segment, self.lead, self.most, self.words):
            edit.textChanged.connect(self._changed)
        self.whom.currentIndexChanged.connect(self._changed)
        self.workdays.toggled.connect(self._changed)
        self.form.changed.connect(self._changed)

    def _changed(self) -> None:
        self.preview.ask(self.draft())

    def draft(self) -> RuleDraft:
        """What is typed."""
        params = replace(
            self.form.params(self._draft.params),
            most=self.most.number(),
            workdays=self.workdays.isChecked(),
        )
        whom = str(self.whom.value() or _OWNER)
        roles = {one.value: one for one in Role}
        return replace(
            self._draft,
            params=params,
            name=self.name.text(),
            text=self.words.text(),
            filter=self.segment.text(),
            lead_days=self.lead.number(),
            staff_id=int(whom) if whom.isdecimal() else None,
            role=roles.get(whom),
        )

    @override
    def retheme(self) -> None:
        super().retheme()
        self.setMinimumWidth(tokens().px(_WIDTH))

    # ---- saving

    @override
    def submit(self) -> None:
        if self._saving:
            return
        self._wait(saving=True)
        services, actor, line = self._context.services, self._context.actor, self._line
        draft = self.draft()

        def write() -> None:
            if line is None:
                services.rules.add(actor, draft)
            else:
                services.rules.save(actor, line.id, draft)

        work = partial(services.history.made_by, actor, write)
        self._context.tasks.run(self, work, self._done, self._failed, lane="write")

    def _wait(self, *, saving: bool) -> None:
        self._saving = saving
        self.do_button.setEnabled(not saving)

    def _done(self, change_set: int | None) -> None:
        name = self.draft().shown_name
        words = (
            Message("The rule {name} was added.", params={"name": name})
            if self._line is None
            else Message("The rule {name} was saved.", params={"name": name})
        )
        self._context.show_message(words, change_set)
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self._wait(saving=False)
        match error:
            case Refused(fields=problems) if problems:
                self._show_problems(problems)
            case UserError():
                self.strip.say(str(error), "danger")
            case _:
                self._context.tasks.failed.emit(error)

    def _show_problems(self, problems: dict[str, Message]) -> None:
        for name, one in self._entries.items():
            one.set_wrong(str(problems.get(name, "")))
        wrong = [one for name, one in self._entries.items() if name in problems]
        if wrong:
            wrong[0].entry.setFocus()
        else:
            self.strip.say(str(next(iter(problems.values()))), "danger")
        self.fit()
