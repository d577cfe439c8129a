"""Settings, in sections, from the look to the sample customers."""

from typing import Final

from typing_extensions import override

from app.i18n import Message, tr
from app.ui.context import Context
from app.ui.screen import Screen, State
from app.ui.settings.backups import BackupSection
from app.ui.settings.calendars import CalendarSection
from app.ui.settings.fields import FieldsSection
from app.ui.settings.hours import HoursSection
from app.ui.settings.look import LookSection
from app.ui.settings.products import ProductSection
from app.ui.settings.reminders import RemindersSection
from app.ui.settings.rules import RulesSection
from app.ui.settings.sample import SampleSection
from app.ui.settings.staff import StaffSection
from app.ui.settings.workspace import WorkspaceSection
from app.ui.widgets.layout import STRETCH, col, fix, hold, row
from app.ui.widgets.surface import Scroll

WIDTH: Final = 820


class SettingsScreen(Screen):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("settings")
        self._context = context
        settings = context.current_settings
        self.look = LookSection(settings, context.save_settings)
        self.workspace = WorkspaceSection(
            context.services.workspace, settings, context.save_settings
        )
        self.hours = HoursSection(
            settings, context.save_settings, may_change=context.actor.sees_all
        )
        self.reminders = RemindersSection(
            context.services.workspace, settings, context.save_settings
        )
        self.calendars = CalendarSection(context)
        self.backups = BackupSection(context)
        in_charge = context.services.staff.may_change(context.actor)
        self.staff = StaffSection(context) if in_charge else None
        self.rules = RulesSection(context)
        self.fields = FieldsSection(context)
        self.products = ProductSection(context)
        self.sample = SampleSection(context)
        column = hold(
            col(
                self.look, self.workspace, self.hours, self.reminders, self.calendars,
                self.backups, self.staff, self.rules, self.fields, self.products, self.sample,
                STRETCH,
                gap=16, margins=(0, 0, 12, 0),
            )
        )  # fmt: skip
        fix(column, WIDTH)
        self.sections = Scroll(hold(row(column, STRETCH)), "settings_page")
        self.setLayout(col((self.sections, 1)))
        self.sample.gone.connect(self.products.take_focus)
        context.theme.changed.connect(self.look.refresh)

    @override
    def title(self) -> Message:
        return Message("Settings")

    @override
    def subtitle(self) -> str:
        return tr("For this workspace and this computer")

    @override
    def focus_search(self) -> None:
        self.look.language.setFocus()

    @override
    def state(self) -> State:
        return {"scrolled": self.sections.verticalScrollBar().value()}

    @override
    def restore(self, state: State) -> None:
        self.sections.verticalScrollBar().setValue(int(state.get("scrolled", 0)))
