"""Rules in the words of the settings."""

from datetime import date

from app.domain.recurrence import Freq, Recurrence, daily, describe
from app.domain.reminders import ReminderKind
from app.domain.rules import RuleDraft
from app.domain.vocabulary import LABELS
from app.i18n import locale_code, ntr, tr
from app.services.rules import Preview, RuleLine

GLYPHS = {
    ReminderKind.BIRTHDAY: "cake",
    ReminderKind.FESTIVAL: "party-popper",
    ReminderKind.SILENCE: "bell-off",
    ReminderKind.ANNIVERSARY: "calendar-heart",
    ReminderKind.CARE: "refresh-cw",
    ReminderKind.THANKS: "message-square-heart",
}


def about(line: RuleLine, staff: str) -> str:
    """What a rule does, in one line; `staff` is the name of whom it reminds, "" for owners."""
    draft = line.draft
    parts = [when(draft), draft.filter, staff or (str(LABELS[draft.role]) if draft.role else "")]
    if line.waiting:
        parts.append(ntr("{count} still to be done", "{count} still to be done", line.waiting))
    return " · ".join(filter(None, parts))


def when(draft: RuleDraft) -> str:
    """When it reminds."""
    params = draft.params
    match draft.kind:
        case ReminderKind.SILENCE:
            days = (params.days, *params.by_grade.values(), *params.by_stage.values())
            least, most = min(days), max(days)
            if least == most:
                return ntr("After {count} day", "After {count} days", most)
            return tr("After {least} to {most} days", least=least, most=most)
        case ReminderKind.CARE:
            return describe(daily(params.days))
        case ReminderKind.THANKS:
            return describe(Recurrence(freq=Freq.MONTHLY, interval=params.months))
        case _:
            return lead(draft.lead_days)


def lead(days: int) -> str:
    """How long ahead."""
    return ntr("{count} day ahead", "{count} days ahead", days) if days else tr("On the day")


def day(at: date) -> str:
    """A day with its weekday, as the language writes it."""
    from babel.dates import format_skeleton

    return str(format_skeleton("MMMEd", at, locale=locale_code()))


def counted(found: Preview) -> str:
    """How many reminders a rule would make."""
    last = day(found.last)
    if not found.count:
        return tr("Nobody until {day}", day=last)
    return ntr(
        "{count} reminder until {day}", "{count} reminders until {day}", found.count, day=last
    )


def busiest(found: Preview) -> str:
    """How many of them come at once, and how many for one person."""
    if not found.count:
        return ""
    today = ntr("{count} of them now", "{count} of them now", found.today)
    most = ntr(
        "at most {count} a day for one person", "at most {count} a day for one person", found.most
    )
    return tr("{first}; {second}", first=today, second=most)
