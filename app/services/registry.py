"""Every service of an open workspace, in one place for those who need several."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from app.clock import Clock
from app.config import Machine, Settings, Workspace, load, machine_file
from app.db.database import Announcement, Database
from app.services.backups import BackupService
from app.services.bulk import BulkService
from app.services.customer_editing import CustomerEditing
from app.services.customers import CustomerService
from app.services.finding import FindService
from app.services.history import HistoryService
from app.services.recycle_bin import RecycleBin
from app.services.staff import StaffService
from app.services.views import ViewService

if TYPE_CHECKING:
    from app.domain.working_time import WorkingCalendar
    from app.services.attachments import AttachmentService
    from app.services.calendar import CalendarService
    from app.services.calendar_exchange import CalendarExchange, CalendarFileKeeper
    from app.services.custom_fields import CustomFieldService
    from app.services.customer_page import CustomerPageService
    from app.services.due import DueService
    from app.services.duplicate_pairs import PairFinder
    from app.services.duplicates import DuplicateService
    from app.services.exports import ExportService
    from app.services.facts import FactService
    from app.services.greeting_templates import GreetingTemplateService
    from app.services.greetings import GreetingService
    from app.services.imports import ImportService
    from app.services.incoming import IncomingService
    from app.services.interactions import InteractionService
    from app.services.merging import MergeService
    from app.services.notes import NoteService
    from app.services.products import ProductService
    from app.services.promise_export import PromiseExport
    from app.services.promise_lists import PromiseLists
    from app.services.promises import PromiseService
    from app.services.putting_back import EarlierValueService
    from app.services.reminders import ReminderService
    from app.services.rules import RuleService
    from app.services.silence import SilenceService
    from app.services.timeline import TimelineService
    from app.services.today import TodayService
    from app.services.whole_file import WholeFileService
    from app.services.working_days import WorkingDayService


@dataclass(frozen=True)
class Services:
    """`on_change` registers a listener for finished writes; it is called on the writing thread.

    `database` is there for those who build more on it: reports.
    """

    workspace: Workspace
    clock: Clock
    staff: StaffService
    customers: CustomerService
    editing: CustomerEditing
    bulk: BulkService
    bin: RecycleBin
    views: ViewService
    history: HistoryService
    find: FindService
    backups: BackupService
    on_change: Callable[[Callable[[Announcement], None]], None]
    database: Database
    region: str

    # What the first screen does without is made when it is asked for.

    @cached_property
    def pages(self) -> "CustomerPageService":
        """A customer's page."""
        from app.services.customer_page import CustomerPageService

        return CustomerPageService(self.workspace, self.database)

    @cached_property
    def timeline(self) -> "TimelineService":
        """What happened with a customer."""
        from app.services.timeline import TimelineService

        return TimelineService(self.database)

    @cached_property
    def earlier(self) -> "EarlierValueService":
        """What fields of a customer were before."""
        from app.services.putting_back import EarlierValueService

        return EarlierValueService(self.database, self.editing)

    @cached_property
    def duplicates(self) -> "DuplicateService":
        """Who may be here already."""
        from app.services.duplicates import DuplicateService

        return DuplicateService(self.database)

    @cached_property
    def pairs(self) -> "PairFinder":
        """Customers that may be the same, two by two."""
        from app.services.duplicate_pairs import PairFinder

        return PairFinder(self.database)

    @cached_property
    def interactions(self) -> "InteractionService":
        """What was said, put on record."""
        from app.services.interactions import InteractionService

        return InteractionService(self.database, self.calendar)

    @cached_property
    def notes(self) -> "NoteService":
        """Notes, and what is to be followed up."""
        from app.services.notes import NoteService

        return NoteService(self.database)

    @cached_property
    def reminders(self) -> "ReminderService":
        """Reminders written, ended, put off."""
        from app.services.reminders import ReminderService

        return ReminderService(self.database, self.calendar)

    @cached_property
    def promises(self) -> "PromiseService":
        """What was promised to customers."""
        from app.services.promises import PromiseService

        return PromiseService(self.database, self.calendar)

    @cached_property
    def promise_lists(self) -> "PromiseLists":
        """Lists of what was promised."""
        from app.services.promise_lists import PromiseLists

        return PromiseLists(self.database)

    def calendar(self) -> "WorkingCalendar":
        """Which days and hours are worked, as it is now."""
        return self.working_days.calendar()

    @cached_property
    def due(self) -> "DueService":
        """What is due, and what was shown of it."""
        from app.services.due import DueService

        return DueService(self.database)

    @cached_property
    def working_days(self) -> "WorkingDayService":
        """The working calendar."""
        from app.services.working_days import WorkingDayService

        return WorkingDayService(self.database, self.workspace)

    @cached_property
    def calendars(self) -> "CalendarService":
        """Spans of days, with what is due on them."""
        from app.services.calendar import CalendarService

        return CalendarService(self.database, self.calendar)

    @cached_property
    def today(self) -> "TodayService":
        """What waits for somebody on a day."""
        from app.services.today import TodayService

        return TodayService(self.database, self.calendar)

    @cached_property
    def rules(self) -> "RuleService":
        """Rules that make reminders."""
        from app.services.rules import RuleService

        return RuleService(self.database, self.calendar)

    @cached_property
    def silence(self) -> "SilenceService":
        """Customers of one's own whom nobody spoke with for long."""
        from app.services.silence import SilenceService

        return SilenceService(self.database)

    @cached_property
    def greetings(self) -> "GreetingService":
        """Whom to greet, and what was handed out."""
        from app.services.greetings import GreetingService

        return GreetingService(self.database)

    @cached_property
    def greeting_templates(self) -> "GreetingTemplateService":
        """The words of greetings."""
        from app.services.greeting_templates import GreetingTemplateService

        return GreetingTemplateService(self.database)

    @cached_property
    def facts(self) -> "FactService":
        """What must never be asked again."""
        from app.services.facts import FactService

        return FactService(self.database)

    @cached_property
    def attachments(self) -> "AttachmentService":
        """Files of customers."""
        from app.services.attachments import AttachmentService

        return AttachmentService(self.workspace, self.database)

    @cached_property
    def whole_files(self) -> "WholeFileService":
        """All of one customer as a file."""
        from app.services.whole_file import WholeFileService

        return WholeFileService(self.workspace, self.database)

    @cached_property
    def incoming(self) -> "IncomingService":
        """Mails, conversations and files that come from elsewhere."""
        from app.services.incoming import IncomingService

        return IncomingService(self.workspace, self.database)

    @cached_property
    def merging(self) -> "MergeService":
        """Two customers that are one."""
        from app.services.merging import MergeService

        return MergeService(self.database)

    @cached_property
    def products(self) -> "ProductService":
        """What we sell."""
        from app.services.products import ProductService

        return ProductService(self.database)

    @cached_property
    def fields(self) -> "CustomFieldService":
        """Fields that managers add to customers."""
        from app.services.custom_fields import CustomFieldService

        return CustomFieldService(self.database, self.region)

    # Reading and writing files is loaded when it is asked for: the start need not wait for it.

    @cached_property
    def imports(self) -> "ImportService":
        """Files taken in."""
        from app.services.imports import ImportService

        return ImportService(self.database, self.region)

    @cached_property
    def calendar_files(self) -> "CalendarExchange":
        """Reminders as calendar files, out and in."""
        from app.services.calendar_exchange import CalendarExchange

        return CalendarExchange(self.database, self.calendar)

    @cached_property
    def calendar_keeper(self) -> "CalendarFileKeeper":
        """The calendar file that other programs on this computer subscribe to."""
        from app.services.calendar_exchange import CalendarFileKeeper

        return CalendarFileKeeper(
            self.database,
            lambda: load(Machine, machine_file()).calendar_file(self.workspace),
            self.calendar,
        )

    @cached_property
    def promise_exports(self) -> "PromiseExport":
        """Lists of promises written as files."""
        from app.services.promise_export import PromiseExport

        return PromiseExport(self.database)

    @cached_property
    def exports(self) -> "ExportService":
        """Lists written as files."""
        from app.services.exports import ExportService

        return ExportService(self.database)


def make_services(workspace: Workspace, settings: Settings, db: Database) -> Services:
    """The services on an open database."""
    return Services(
        workspace,
        db.clock,
        StaffService(db),
        CustomerService(db),
        CustomerEditing(db, settings.region),
        BulkService(db),
        RecycleBin(db),
        ViewService(db),
        HistoryService(db),
        FindService(db),
        BackupService(workspace, db, db.clock),
        db.on_change,
        db,
        settings.region,
    )
