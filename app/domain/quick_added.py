"""What a line to be reminded of says: what domain.quick_add makes of it.

Apart from it, so that who shows it need not load all its words.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.interactions import Channel
from app.domain.quick_line import Span
from app.domain.reminders import Alarm
from app.i18n import Message


class AddKind(StrEnum):
    """What the line makes."""

    REMINDER = "reminder"
    PROMISE = "promise"


@dataclass(frozen=True, slots=True)
class QuickAdd:
    """What a line says.

    `due` is a day, or a moment in the time zone of the `now` it was counted from (none if that had
    none); of what repeats it is the first one. `deadline`: by then. `rule` is recurrence text, ""
    for once. `who` names a customer or contact as it was typed, "" for nobody. `alarms` say when it
    calls where the line says so, besides the usual. `text` may be "" (remind me in 2 hours).
    `spans` are in order of place, not overlapping.
    """

    kind: AddKind
    text: str
    due: date | datetime
    deadline: bool = False
    rule: str = ""
    who: str = ""
    channel: Channel | None = None
    alarms: tuple[Alarm, ...] = ()
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why a line was not understood; and what of it was, for a dialog that asks for the rest."""

    problem: Message
    text: str
    kind: AddKind = AddKind.REMINDER
    who: str = ""
    channel: Channel | None = None
    spans: tuple[Span, ...] = ()
