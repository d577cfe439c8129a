"""The working week, the hours of each day, quiet hours, and whether reminders pop up."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.config import Settings
from app.domain.working_hours import (
    USUAL_WEEK,
    Hours,
    Week,
    read_hours,
    read_quiet,
    read_week,
    write_hours,
    write_quiet,
    write_week,
)
from app.errors import Refused
from app.i18n import locale_code, number, tr
from app.ui.settings.section import Section, setting
from app.ui.widgets.check import CheckBox
from app.ui.widgets.field import LineEdit
from app.ui.widgets.layout import STRETCH, col, fix, hold, row
from app.ui.widgets.text import Label, muted

_NAME: Final = 112
_ENTRY: Final = 264
_HOUR: Final = 60


def weekday_name(day: int) -> str:
    """Monday (0) to Sunday (6) in the language in use."""
    # a start without the settings need not spend the time that Babel takes
    from babel.dates import get_day_names

    return str(get_day_names("wide", "stand-alone", locale=locale_code())[day])


class HoursLine(QWidget):
    """The hours of one day of the week, written as they are read, and what they come to."""

    settled = Signal()

    def __init__(self, day: int, hours: Hours, *, may_change: bool) -> None:
        super().__init__()
        self.setObjectName(f"day_{day + 1}")
        name = weekday_name(day)
        self.hours = hours
        self.entry = LineEdit(name, placeholder=tr("Day off"))
        self.entry.setObjectName(f"hours_{day + 1}")
        self.entry.setReadOnly(not may_change)
        self.note = muted().wrapped()
        title = fix(Label(name), _NAME)
        beside = hold(col(STRETCH, self.note, STRETCH, gap=0))
        self.setLayout(row(title, fix(self.entry, _ENTRY), (beside, 1), gap=12))
        self.show_hours(hours)
        self.entry.editingFinished.connect(self._settle)

    def show_hours(self, hours: Hours) -> None:
        """Show these."""
        self.hours = hours
        self.entry.setText(write_hours(hours).replace(",", ", "))
        self.say(_words(hours))

    def say(self, words: str, *, wrong: bool = False) -> None:
        """What stands beside the hours."""
        self.note.setText(words)
        self.note.set_tone("danger_ink" if wrong else "muted")
        self.entry.set_wrong(words if wrong else "")

    def _settle(self) -> None:
        try:
            hours = read_hours(self.entry.text())
        except Refused as refused:
            self.say(str(refused), wrong=True)
            return
        before = self.hours
        self.show_hours(hours)
        if hours != before:
            self.settled.emit()


def _words(hours: Hours) -> str:
    worked = sum(one.end - one.start for one in hours)
    return tr("{hours} h", hours=number(_plain(worked / _HOUR))) if hours else ""


def _plain(hours: float) -> float:
    return int(hours) if hours == int(hours) else round(hours, 2)


class HoursSection(Section):
    """Every line is kept as soon as it is left; only managers change the week."""

    def __init__(
        self,
        settings: Callable[[], Settings],
        save: Callable[[Settings], None],
        *,
        may_change: bool,
    ) -> None:
        super().__init__(tr("Working hours and popups"), "hours")
        self._settings, self._save = settings, save
        now = settings()
        week = _week(now)
        self.lines = tuple(
            HoursLine(day, hours, may_change=may_change) for day, hours in enumerate(week)
        )
        words = tr(
            "Due times, reminders on working days and answers to complaints are counted by these "
            "hours. A day without hours is off; write several spans with commas."
        )
        only = muted(tr("Only managers change the working calendar."))
        self.quiet = LineEdit(tr("Quiet hours"), placeholder=tr("None set"))
        self.quiet.setObjectName("quiet_hours")
        self.quiet.setText(now.quiet_hours)
        self._quiet_words = muted().wrapped()
        self.popups = CheckBox(tr("Show them"), tr("Popups"))
        self.popups.setObjectName("popups")
        self.popups.setChecked(now.popups)
        self.put(
            muted(words).wrapped(),
            hold(col(*self.lines, gap=4)),
            only,
            setting(
                tr("Quiet hours"),
                tr("Reminders that call meanwhile wait until they are over. Empty means never."),
                fix(self.quiet, 160),
            ),
            self._quiet_words,
            setting(
                tr("Popups"),
                tr("A small window in the corner when a reminder calls. You can type on."),
                self.popups,
            ),
        )
        only.setVisible(not may_change)
        self._quiet_words.hide()
        for line in self.lines:
            line.settled.connect(self._keep_week)
        self.quiet.editingFinished.connect(self._keep_quiet)
        self.popups.toggled.connect(self._choose_popups)

    def _keep(self, **values: Any) -> None:
        changed = replace(self._settings(), **values)
        if changed != self._settings():
            self._save(changed)

    def _keep_week(self) -> None:
        week = cast("Week", tuple(line.hours for line in self.lines))
        if not any(week):
            before = _week(self._settings())
            for line, hours in zip(self.lines, before, strict=True):
                if line.hours != hours:
                    line.show_hours(hours)
                    line.say(tr("One day of the week has to be worked."), wrong=True)
            return
        self._keep(working_week=write_week(week))

    def _keep_quiet(self) -> None:
        try:
            quiet = read_quiet(self.quiet.text())
        except Refused as refused:
            self._say_quiet(str(refused))
            return
        self._say_quiet("")
        self.quiet.setText(write_quiet(quiet))
        self._keep(quiet_hours=write_quiet(quiet))

    def _say_quiet(self, wrong: str) -> None:
        self._quiet_words.setText(wrong)
        self._quiet_words.set_tone("danger_ink" if wrong else "muted")
        self._quiet_words.setVisible(bool(wrong))
        self.quiet.set_wrong(wrong)

    def _choose_popups(self, wanted: object) -> None:
        self._keep(popups=bool(wanted))


def _week(settings: Settings) -> Week:
    # what cannot be read keeps its default, as everything in the settings does
    try:
        return read_week(settings.working_week)
    except Refused:
        return USUAL_WEEK
