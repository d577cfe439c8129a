"""The pills of a line to be reminded of, in the language in use."""

from datetime import date

from app.domain import recurrence
from app.domain.interactions import LABELS
from app.domain.quick_added import AddKind, QuickAdd, Unclear
from app.i18n import tr
from app.services.finding import Named
from app.ui.channels import CHANNEL_GLYPHS
from app.ui.when import due_name
from app.ui.widgets.lead_words import lead_words
from app.ui.widgets.quick_add_panel import Mark


def named_words(one: Named) -> str:
    """The customer, and the contact where it is one."""
    return f"{one.customer} · {one.contact}" if one.contact else one.customer


def who_mark(who: str, found: list[Named] | None, chosen: Named | None) -> Mark | None:
    """For whom it is; `found` is None while it is looked up."""
    if chosen is not None:
        return Mark(named_words(chosen), "plain", "user-round")
    if not who:
        return None
    if found is None:
        return Mark(who, "plain", "search")
    if found:
        return Mark(tr("{name}: which one?", name=who), "warn", "circle-question-mark")
    return Mark(tr("No customer “{name}”", name=who), "warn", "user-round-x")


def marks_of(reading: QuickAdd | Unclear, who: Mark | None, today: date) -> list[Mark]:
    """The pills of a line, in the order in which they are shown."""
    promise = reading.kind is AddKind.PROMISE
    marks = [
        Mark(tr("Promise"), "calm", "handshake")
        if promise
        else Mark(tr("Reminder"), "info", "bell")
    ]
    if reading.channel is not None:
        marks.append(Mark(str(LABELS[reading.channel]), "plain", CHANNEL_GLYPHS[reading.channel]))
    if who is not None:
        marks.append(who)
    if isinstance(reading, QuickAdd):
        marks += _when_marks(reading, today)
    return marks


def _when_marks(reading: QuickAdd, today: date) -> list[Mark]:
    due = due_name(reading.due, today)
    words = tr("By {day}", day=due) if reading.deadline else due
    marks = [Mark(words, "good", "calendar-clock")]
    if reading.rule:
        described = recurrence.describe(recurrence.parse(reading.rule))
        marks.append(Mark(described, "good", "repeat"))
    marks += [Mark(lead_words(one), "plain", "alarm-clock") for one in reading.alarms]
    return marks
