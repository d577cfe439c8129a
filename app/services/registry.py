"""Every service of an open workspace, in one place for those who need several."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from app.clock import Clock
from app.config import Settings, Workspace
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
    from app.services.exports import ExportService
    from app.services.imports import ImportService


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

    # Reading and writing files is loaded when it is asked for: the start need not wait for it.

    @cached_property
    def imports(self) -> "ImportService":
        """Files taken in."""
        from app.services.imports import ImportService

        return ImportService(self.database, self.region)

    @cached_property
    def exports(self) -> "ExportService":
        """Lists written as files."""
        from app.services.exports import ExportService

        return ExportService(self.database, self.clock)


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
