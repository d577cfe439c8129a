"""How a file is imported, as plain values that the window keeps."""

from datetime import date
from typing import TYPE_CHECKING, cast

from app.services.import_plan import ImportOptions
from app.ui.screen import State

if TYPE_CHECKING:
    from app.domain.dates import Order
    from app.services.import_drafts import Into
    from app.services.import_plan import Duplicates, LookAlike, Missing

_NONE = -1


def to_state(options: ImportOptions) -> State:
    """The options as plain values."""
    return {
        "mapping": options.mapping or "",
        "sheet": options.sheet or "",
        "encoding": options.encoding or "",
        "header_row": _NONE if options.header_row is None else options.header_row,
        "duplicates": options.duplicates,
        "order": options.order,
        "alike": options.alike,
        "into": options.into,
        "customer": _NONE if options.customer_id is None else options.customer_id,
        "day": options.day.isoformat() if options.day else "",
        "missing": options.missing,
    }


def from_state(state: State) -> ImportOptions:
    """The inverse of `to_state`; what is missing is as at first."""
    header_row, customer = int(state.get("header_row", _NONE)), int(state.get("customer", _NONE))
    day = str(state.get("day", ""))
    return ImportOptions(
        into=cast("Into", state.get("into", "customers")),
        customer_id=None if customer == _NONE else customer,
        day=date.fromisoformat(day) if day else None,
        missing=cast("Missing", state.get("missing", "refuse")),
        mapping=str(state.get("mapping", "")) or None,
        sheet=str(state.get("sheet", "")) or None,
        encoding=str(state.get("encoding", "")) or None,
        header_row=None if header_row == _NONE else header_row,
        duplicates=cast("Duplicates", state.get("duplicates", "skip")),
        order=cast("Order", state.get("order", "auto")),
        alike=cast("LookAlike", state.get("alike", "create")),
    )
