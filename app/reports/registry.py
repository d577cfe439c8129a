"""Every report, in the order of the screen."""

from types import MappingProxyType
from typing import Any, Final

from app.errors import NotFound
from app.i18n import Message
from app.reports.base import Report
from app.reports.customers import CustomersReport
from app.reports.promises import PromisesReport

REPORTS: Final = MappingProxyType({one.name: one for one in (CustomersReport(), PromisesReport())})


def named(name: str) -> Report[Any]:
    """The report with this name. Raises NotFound, which lists the names."""
    if name not in REPORTS:
        raise NotFound(
            Message(
                "There is no report called {name}. There are: {names}",
                params={"name": name, "names": ", ".join(REPORTS)},
            )
        )
    return REPORTS[name]
