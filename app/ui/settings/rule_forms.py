"""What each kind of rule needs to know, as fields to fill in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.festivals import FESTIVALS
from app.domain.interactions import LABELS as CHANNELS
from app.domain.interactions import Channel
from app.domain.reminders import ReminderKind
from app.domain.rules import SINCE_FIELD, WHOSE, RuleParams
from app.domain.vocabulary import LABELS, Grade, Stage
from app.i18n import tr
from app.ui.widgets.check import CheckBox
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.field import Field, LineEdit
from app.ui.widgets.flow import FlowBox
from app.ui.widgets.layout import col, row_top
from app.ui.widgets.text import muted

NONE: Final = -1
"""What stands for a number that is none: the rule refuses it at its field."""
_VISITS: Final = (Channel.VISIT, Channel.PHONE, Channel.WECHAT, Channel.EMAIL)
_STAGES: Final = (Stage.ACQUIRING, Stage.KEEPING, Stage.GROWING, Stage.WINNING_BACK)
_PLACES: Final = (1, 2, 3, 5, 10, -1)


class NumberEdit(LineEdit):
    """A whole number; empty or nonsense is NONE."""

    def __init__(self, name: str, object_name: str, placeholder: str = "") -> None:
        super().__init__(name, placeholder=placeholder)
        self.setObjectName(object_name)
        self.setMaxLength(5)

    def number(self) -> int:
        """What is typed."""
        text = self.text().strip()
        return int(text) if text.isdecimal() else NONE

    def set_number(self, value: int | None) -> None:
        """Show a number, or nothing."""
        self.setText("" if value is None else str(value))


@dataclass(frozen=True)
class DateField:
    """A source of anniversaries: what it is called, and how a rule names it."""

    name: str
    source: str


class RuleForm(QWidget):
    """The fields of one kind. `changed` comes whenever one of them is."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}

    def fill(self, params: RuleParams) -> None:
        """Show what a rule says."""
        raise NotImplementedError

    def params(self, before: RuleParams) -> RuleParams:
        """`before` with what is in the fields."""
        raise NotImplementedError

    def _number(self, title: str, name: str, hint: str = "") -> NumberEdit:
        made = NumberEdit(title, name)
        made.textChanged.connect(self._told)
        self.fields[name] = Field(title, made, hint)
        return made

    def _choice(self, title: str, name: str, entries: Sequence[tuple[str, object]]) -> ComboBox:
        made = ComboBox(title, entries)
        made.setObjectName(name)
        made.currentIndexChanged.connect(self._told)
        self.fields[name] = Field(title, made)
        return made

    def _told(self) -> None:
        self.changed.emit()


class BirthdayForm(RuleForm):
    def __init__(self) -> None:
        super().__init__()
        self.whose = self._choice(
            tr("Whose birthdays"), "whose", [(str(words), one) for one, words in WHOSE.items()]
        )
        words = tr("Lunar birthdays, leap months and short months are taken care of.")
        self.setLayout(col(self.fields["whose"], muted(words).wrapped(), gap=6))

    @override
    def fill(self, params: RuleParams) -> None:
        self.whose.set_value(params.whose)

    @override
    def params(self, before: RuleParams) -> RuleParams:
        return replace(before, whose=self.whose.value())


class FestivalForm(RuleForm):
    def __init__(self) -> None:
        super().__init__()
        self.boxes = {key: CheckBox(str(one.name)) for key, one in FESTIVALS.items()}
        flow = FlowBox(gap=10, name="festivals")
        flow.set_items(list(self.boxes.values()))
        for key, box in self.boxes.items():
            box.setObjectName(key)
            box.toggled.connect(self._told)
        self.fields["festivals"] = Field(tr("Festivals"), flow)
        self.wished = CheckBox(tr("Only customers who said that they wish it"))
        self.wished.setObjectName("wished")
        self.wished.toggled.connect(self._told)
        self.setLayout(col(self.fields["festivals"], self.wished, gap=8))

    @override
    def fill(self, params: RuleParams) -> None:
        for key, box in self.boxes.items():
            box.setChecked(key in params.festivals)
        self.wished.setChecked(params.wished)

    @override
    def params(self, before: RuleParams) -> RuleParams:
        chosen = tuple(key for key, box in self.boxes.items() if box.isChecked())
        return replace(before, festivals=chosen, wished=self.wished.isChecked())


class SilenceForm(RuleForm):
    def __init__(self) -> None:
        super().__init__()
        self.days = self._number(tr("Days without contact"), "days")
        self.grades = {
            one: self._number(tr("Grade {grade}", grade=LABELS[one]), f"grade_{one.value}")
            for one in Grade
        }
        self.stages = {one: self._number(str(LABELS[one]), f"stage_{one.value}") for one in _STAGES}
        words = tr(
            "Counted from the last real contact, never from edits. Where grade and stage say"
            " different things, the shorter time holds; empty means as usual."
        )
        first = [self.fields["days"], *(self.fields[f"grade_{one.value}"] for one in Grade)]
        second = [self.fields[f"stage_{one.value}"] for one in _STAGES]
        self.setLayout(
            col(
                row_top(*((one, 1) for one in first), gap=10),
                row_top(*((one, 1) for one in second), gap=10),
                muted(words).wrapped(),
                gap=8,
            )
        )

    @override
    def fill(self, params: RuleParams) -> None:
        self.days.set_number(params.days)
        for grade, edit in self.grades.items():
            edit.set_number(params.by_grade.get(grade))
        for stage, edit in self.stages.items():
            edit.set_number(params.by_stage.get(stage))

    @override
    def params(self, before: RuleParams) -> RuleParams:
        grades = {one: edit.number() for one, edit in self.grades.items() if edit.text().strip()}
        stages = {one: edit.number() for one, edit in self.stages.items() if edit.text().strip()}
        return replace(before, days=self.days.number(), by_grade=grades, by_stage=stages)


class AnniversaryForm(RuleForm):
    def __init__(self, dates: Sequence[DateField]) -> None:
        super().__init__()
        own = [(one.name, one.source) for one in dates]
        self.source = self._choice(
            tr("Which date"), "source", [(tr("Customer since"), SINCE_FIELD), *own]
        )
        self.yearly = self._choice(
            tr("Frequency"),
            "yearly",
            [(tr("Every year"), True), (tr("Once, on its day"), False)],
        )
        shown = row_top((self.fields["source"], 1), (self.fields["yearly"], 1), gap=10)
        self.setLayout(shown)

    @override
    def fill(self, params: RuleParams) -> None:
        self.source.set_value(params.source)
        self.yearly.set_value(params.yearly)

    @override
    def params(self, before: RuleParams) -> RuleParams:
        return replace(before, source=self.source.value(), yearly=bool(self.yearly.value()))


class CareForm(RuleForm):
    def __init__(self) -> None:
        super().__init__()
        self.days = self._number(tr("Every so many days"), "days")
        entries = [(str(CHANNELS[one]), one) for one in _VISITS]
        self.channel = self._choice(tr("How"), "channel", [(tr("Anyhow"), None), *entries])
        words = tr("Counted from the last real contact; any contact begins the time anew.")
        self.setLayout(
            col(
                row_top((self.fields["days"], 1), (self.fields["channel"], 1), gap=10),
                muted(words).wrapped(),
                gap=6,
            )
        )

    @override
    def fill(self, params: RuleParams) -> None:
        self.days.set_number(params.days)
        self.channel.set_value(params.channel)

    @override
    def params(self, before: RuleParams) -> RuleParams:
        return replace(before, days=self.days.number(), channel=self.channel.value())


class ThanksForm(RuleForm):
    def __init__(self) -> None:
        super().__init__()
        self.months = self._number(tr("Every so many months"), "months")
        self.place = self._choice(
            tr("From which day on"), "place", [(_place_words(one), one) for one in _PLACES]
        )
        self.setLayout(row_top((self.fields["months"], 1), (self.fields["place"], 2), gap=10))

    @override
    def fill(self, params: RuleParams) -> None:
        self.months.set_number(params.months)
        self.place.set_value(params.place)

    @override
    def params(self, before: RuleParams) -> RuleParams:
        return replace(before, months=self.months.number(), place=self.place.value())


def _place_words(place: int) -> str:
    if place == NONE:
        return tr("Last workday of the month")
    if place == 1:
        return tr("First workday of the month")
    return tr("Workday {place} of the month", place=place)


def form_of(kind: ReminderKind, dates: Sequence[DateField]) -> RuleForm:
    """The fields of a kind; `dates` are the custom fields that hold dates."""
    if kind is ReminderKind.ANNIVERSARY:
        return AnniversaryForm(dates)
    makers: Mapping[ReminderKind, type[RuleForm]] = {
        ReminderKind.BIRTHDAY: BirthdayForm,
        ReminderKind.FESTIVAL: FestivalForm,
        ReminderKind.SILENCE: SilenceForm,
        ReminderKind.CARE: CareForm,
        ReminderKind.THANKS: ThanksForm,
    }
    return makers[kind]()
