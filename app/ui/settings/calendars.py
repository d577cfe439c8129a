"""Days off and make-up workdays of a year: filled from a kept library, added, changed, deleted."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from app.domain.public_holidays import COVERAGE
from app.domain.working_time import DAY_KINDS, DayKind
from app.errors import UserError
from app.i18n import Message, locale_code, ntr, tr
from app.services.working_days import Filled, WorkingDayRow, WorkingYear
from app.ui.context import Context
from app.ui.settings.list_section import ListSection, ListWords
from app.ui.settings.workspace import REGIONS
from app.ui.table_model import Cell, Column
from app.ui.widgets.button import Button
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.date_field import DateEdit
from app.ui.widgets.field import Field, LineEdit
from app.ui.widgets.layout import STRETCH, fix, hold, row
from app.ui.widgets.text import muted

if TYPE_CHECKING:
    from app.ui.theme import Kind

_BEFORE: Final = 2
_AHEAD: Final = 4
"""Years before and after this one that are offered."""
_DAY: Final = 140


def day_of_week(day: date) -> str:
    """Thu 1 Oct, 10月1日周四."""
    from babel.dates import format_skeleton

    locale = {"en": "en_GB"}.get(locale_code(), locale_code())
    return str(format_skeleton("MMMEd", day, locale=locale))


def country_name(code: str) -> str:
    """In the language in use; an unknown code is its own name."""
    from babel import Locale

    return str(Locale.parse(locale_code()).territories.get(code, code))


def _kind(one: WorkingDayRow) -> Cell:
    kind: Kind = "info" if one.kind is DayKind.WORK else "plain"
    return Cell(str(DAY_KINDS[one.kind]), kind=kind)


def _whose(one: WorkingDayRow) -> Cell:
    return Cell(tr("Our own") if one.own else tr("Library"), tone="muted")


_COLUMNS: Final = (
    Column[WorkingDayRow]("day", Message("Day"), lambda one: one.day, day_of_week, sortable=False),
    Column[WorkingDayRow]("kind", Message("Kind"), lambda one: one.kind, paint="pill", cell=_kind,
                          width=156, sortable=False),
    Column[WorkingDayRow]("name", Message("Occasion"), lambda one: one.name, width=260,
                          sortable=False),
    Column[WorkingDayRow]("whose", Message("Source"), lambda one: one.own, cell=_whose, width=140,
                          sortable=False),
)  # fmt: skip


class CalendarSection(ListSection[WorkingDayRow]):
    """One year at a time; only managers change it."""

    table_name = "working_day"

    def __init__(self, context: Context) -> None:
        self._service = context.services.working_days
        self._may = context.actor.sees_all
        self._today = today = context.services.clock.today()
        self._focus_due = False
        self._looked_at = 0
        self.year = ComboBox(tr("Year"), [(str(one), one) for one in _years(today.year)])
        self.year.setObjectName("calendar_year")
        self.year.set_value(today.year)
        self.country = ComboBox(tr("Country"), _countries(self._service.country()))
        self.country.setObjectName("calendar_country")
        self.country.set_value(self._service.country())
        self.fill_button = Button(tr("Fill from the library"), glyph="calendar-plus")
        self.fill_button.setObjectName("fill_calendar")
        self.known = muted().wrapped()
        self.day = DateEdit(tr("Day"), today)
        self.day.setObjectName("calendar_day")
        kinds = [(str(DAY_KINDS[one]), one) for one in DayKind]
        self.kind = ComboBox(tr("Kind"), kinds)
        self.kind.setObjectName("calendar_kind")
        self.name = LineEdit(tr("Occasion"))
        self.name.setObjectName("calendar_name")
        words = ListWords(
            tr("Calendars"),
            "calendars",
            tr("Add day"),
            (
                "calendar-days",
                tr("No days off in this year yet"),
                tr("Fill it from the library, or add days of your own."),
            ),
        )
        fields = {
            "day": (Field(tr("Day"), fix(self.day, _DAY)), 0),
            "kind": (Field(tr("Kind"), self.kind), 0),
            "name": (Field(tr("Occasion"), self.name), 1),
        }
        head = hold(row(self.year, self.country, STRETCH, self.fill_button, gap=8))
        super().__init__(context, words, _COLUMNS, fields, (head, self.known))
        self.remove.set_words(tr("Delete"))
        self.remove.set_glyph("trash-2")
        self.day.returnPressed.connect(self.save)
        self.name.returnPressed.connect(self.save)
        self.year.activated.connect(self._choose_year)
        self.country.activated.connect(self._choose_country)
        self.fill_button.clicked.connect(self.fill_year)
        self._begin()
        self._show_rights()
        self.refresh()

    def _show_rights(self) -> None:
        only = muted(tr("Only managers change the working calendar."))
        self.put(only)
        only.setVisible(not self._may)
        self.country.setEnabled(self._may)
        for part in (self.fill_button, self.add, *self.fields.values()):
            part.setVisible(self._may)

    # ---- the year

    def shown(self) -> int:
        """The year that is shown."""
        return int(self.year.value())

    @override
    def refresh(self) -> None:
        actor, year = self._context.actor, self.shown()
        self.fill_button.setEnabled(False)
        self._context.tasks.run(self, lambda: self._service.year(actor, year), self._show_year)

    def _show_year(self, found: WorkingYear) -> None:
        if found.year != self.shown():
            return  # another one was chosen meanwhile
        self.known.setText(_known(found))
        open_ones = found.missing + found.obsolete
        self.fill_button.setEnabled(open_ones > 0)
        self.fill_button.setToolTip(
            "" if open_ones else tr("All that the library knows of this year is there.")
        )
        self._show(found.days)
        self._look_ahead(found)
        if self._focus_due:
            self._focus_due = False
            self.take_focus()

    def _look_ahead(self, found: WorkingYear) -> None:
        """Of a year that is seen for the first time, show what is still to come."""
        if self._looked_at == found.year or not found.days:
            return
        self._looked_at = found.year
        passed = sum(one.day < self._today for one in found.days)
        place = self._model.index(min(passed, len(found.days) - 1), 0)
        self.table.scrollTo(place, self.table.ScrollHint.PositionAtTop)

    def _choose_year(self) -> None:
        self._begin()
        self.refresh()

    def _choose_country(self) -> None:
        settings = replace(
            self._context.current_settings(), holiday_country=str(self.country.value())
        )
        self._context.save_settings(settings)
        self._begin()
        self.refresh()

    def fill_year(self) -> None:
        """Take the year from the library, and say what that did."""
        actor, year = self._context.actor, self.shown()
        self.fill_button.setEnabled(False)
        self._context.tasks.run(
            self,
            lambda: self._service.fill(actor, year),
            self._filled,
            self._not_filled,
            lane="write",
        )

    def _filled(self, done: Filled) -> None:
        params = {
            "year": str(self.shown()),
            "added": done.added,
            "changed": done.changed,
            "removed": done.removed,
        }
        self._context.show_message(
            Message(
                "{year}: {added} days added, {changed} changed, {removed} removed.", params=params
            ),
            done.change_set_id,
        )
        self._focus_due = True  # on the list, once it is there
        self.refresh()

    def _not_filled(self, error: BaseException) -> None:
        self.refresh()
        if isinstance(error, UserError):
            self._context.show_message(error.message, None, "warn")
        else:
            self._context.tasks.failed.emit(error)

    # ---- days

    @override
    def change(self, line_id: int) -> None:
        if self._may:
            super().change(line_id)

    @override
    def take_current(self) -> None:
        if self._may:
            super().take_current()

    @override
    def fill(self, line: WorkingDayRow | None) -> None:
        self.day.set_value(line.day if line else None)
        self.kind.set_value(line.kind if line else DayKind.OFF)
        self.name.setText(line.name if line else "")
        self.day.selectAll()

    @override
    def writer(self, changing: int | None) -> tuple[Callable[[], object], Message | None]:
        day, kind, name = self.day.value(), DayKind(self.kind.value()), self.name.text()
        days, actor = self._service, self._context.actor
        if changing is None:
            return lambda: days.add(actor, day, kind, name), Message("The day was added.")
        said = Message("The day was saved. Filling the year leaves it as it is.")
        return lambda: days.save(actor, changing, day, kind, name), said

    @override
    def _saved(self) -> None:
        day = self.day.value()
        super()._saved()
        if day is not None and day.year != self.shown() and day.year in _years(self._today.year):
            self.year.set_value(day.year)
            self.refresh()

    @override
    def take(self, line: WorkingDayRow) -> tuple[Callable[[], object], Message]:
        days, actor = self._service, self._context.actor
        return lambda: days.delete(actor, line.id), Message("The day was deleted.")


def _years(this: int) -> range:
    return range(this - _BEFORE, this + _AHEAD + 1)


def _countries(chosen: str) -> Sequence[tuple[str, str]]:
    codes = dict.fromkeys([*(code for code, _ in REGIONS), chosen])
    return [(country_name(code), code) for code in codes]


def _known(found: WorkingYear) -> str:
    parts = [str(COVERAGE[found.coverage].filled(year=str(found.year)))]
    if found.by_region:
        parts.append(tr("Days of single states or regions are not among them."))
    if found.missing:
        parts.append(
            ntr(
                "{count} day of the library is not in the table yet.",
                "{count} days of the library are not in the table yet.",
                found.missing,
            )
        )
    if found.obsolete:
        parts.append(
            ntr(
                "{count} day of the table is no longer in the library.",
                "{count} days of the table are no longer in the library.",
                found.obsolete,
            )
        )
    return " ".join(parts)
