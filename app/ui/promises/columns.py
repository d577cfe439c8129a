"""The columns of the list of promises."""

from collections.abc import Sequence
from typing import Final

from app.clock import Clock
from app.domain.promises import LABELS
from app.i18n import Message
from app.services.promise_lists import PromiseLine
from app.ui.promises.words import STATES, due_words, firm_kind, is_late, moves_words
from app.ui.table_model import Cell, Column
from app.ui.when import moment_words
from app.ui.widgets.customer_words import shape_of
from app.ui.widgets.table import ShownColumn

USUAL: Final = ("customer", "text", "due", "firm", "state", "maker", "moves")
"""The columns that are shown until somebody chooses others."""


def columns(clock: Clock) -> Sequence[Column[PromiseLine]]:
    """To whom, what, until when, how firm, how it stands, who said it, how often it was moved."""

    def due(line: PromiseLine) -> Cell:
        now = clock.now()
        late = is_late(line, now)
        over = line.closed_at is not None
        tone = "danger_ink" if late else "muted" if over else "text"
        return Cell(due_words(line, now), tone=tone, strong=late)

    def made(line: PromiseLine) -> Cell:
        return Cell(moment_words(line.at, clock.now()), tone="muted")

    return (
        Column("customer", Message("Customer"), lambda r: r.customer, paint="name", width=176,
               cell=_customer),
        Column("text", Message("What was promised"), lambda r: r.text, width=168, sortable=False,
               cell=lambda r: Cell(" ".join(r.text.split()))),
        Column("due", Message("Due"), lambda r: r.due, width=104, cell=due),
        Column("firm", Message("How firm"), lambda r: r.firm, paint="pill", width=96,
               sortable=False,
               cell=lambda r: Cell(str(LABELS[r.firm]), kind=firm_kind(r.firm))),
        Column("state", Message("State"), lambda r: r.state, paint="pill", width=104,
               sortable=False, cell=_state),
        Column("maker", Message("Promised by"), lambda r: r.maker, width=88,
               cell=lambda r: Cell(r.maker, tone="muted")),
        Column("moves", Message("Moved"), lambda r: r.moves, width=72, sortable=False,
               cell=lambda r: Cell(moves_words(r.moves), tone="warn_ink" if r.moves > 1
                                   else "muted")),
        Column("made", Message("Made"), lambda r: r.at, width=104, cell=made),
        Column("contact", Message("Contact"), lambda r: r.contact, width=104, sortable=False,
               cell=lambda r: Cell(r.contact, tone="muted")),
        Column("reason", Message("Reason"), lambda r: r.reason, width=176, sortable=False,
               cell=lambda r: Cell(" ".join(r.reason.split()), tone="muted")),
    )  # fmt: skip


def arrangement(
    keys: Sequence[str], given: Sequence[Column[PromiseLine]], pulled: dict[str, int]
) -> list[ShownColumn]:
    """These columns with their widths; the customer is always there and first."""
    known = {**{one.key: one.width for one in given}, **pulled}
    rest = [key for key in keys if key != "customer" and key in known]
    return [ShownColumn(key, known[key]) for key in ("customer", *rest)]


def _customer(line: PromiseLine) -> Cell:
    return Cell(line.customer, line.contact, shape=shape_of(line.customer_kind))


def _state(line: PromiseLine) -> Cell:
    kind, mark = STATES[line.state]
    return Cell(str(LABELS[line.state]), kind=kind, mark=mark)
