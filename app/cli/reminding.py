"""What is due, and the proof of what was shown."""

from datetime import date, datetime
from typing import Any

from app.cli.output import say, say_json, say_table
from app.domain.delivery_words import ACTIONS, PLACES
from app.domain.reminders import LABELS
from app.domain.vocabulary import Actor
from app.i18n import ntr, tr
from app.services.due import ReminderLine
from app.services.registry import Services


def say_due(services: Services, actor: Actor, *, as_json: bool) -> None:
    """What is due for the actor by the end of today, and what is late, in order."""
    now, today = services.clock.now(), services.clock.today()
    lines = services.due.lines(actor, today)
    counts = services.due.counts(actor)
    total = counts.late + counts.today
    if as_json:
        found = [_due(one, now, today) for one in lines]
        say_json({"reminders": found, "total": total})
        return
    if lines:
        columns = (tr("Number"), tr("Kind"), tr("What"), tr("Customer"), tr("Due"), tr("Late"))
        rows = [
            (
                one.id, LABELS[one.kind], one.text, one.customer, _moment(one.due),
                tr("Late") if _is_late(one, now, today) else "",
            )
            for one in lines
        ]  # fmt: skip
        say_table(columns, rows)
    say(ntr("{count} reminder is due", "{count} reminders are due", total))


def _due(one: ReminderLine, now: datetime, today: date) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind.value,
        "text": one.text,
        "about": one.about,
        "customer_id": one.customer_id,
        "customer": one.customer,
        "due": _iso(one.due),
        "late": _is_late(one, now, today),
    }


def _is_late(one: ReminderLine, now: datetime, today: date) -> bool:
    return one.due < now if isinstance(one.due, datetime) else one.due < today


def say_deliveries(services: Services, actor: Actor, *, as_json: bool) -> None:
    """When and where popups were shown to the actor, and what was done; the newest first."""
    shown = services.due.shown(actor)
    if as_json:
        found = [
            {
                "reminder_id": one.reminder_id,
                "called": _iso(one.at),
                "shown": _iso(one.shown_at),
                "place": one.place,
                "machine": one.machine,
                "staff": one.staff,
                "action": one.action,
                "acted": None if one.acted_at is None else _iso(one.acted_at),
                "kind": one.kind.value,
                "text": one.text,
                "customer_id": one.customer_id,
                "customer": one.customer,
            }
            for one in shown
        ]
        say_json({"deliveries": found})
        return
    if shown:
        columns = (
            tr("Number"), tr("What"), tr("Customer"), tr("Shown"), tr("Where"), tr("Computer"),
            tr("What was done"),
        )  # fmt: skip
        rows = [
            (
                one.reminder_id, one.text, one.customer, _moment(one.shown_at),
                PLACES.get(one.place, one.place), one.machine,
                ACTIONS.get(one.action, one.action),
            )
            for one in shown
        ]  # fmt: skip
        say_table(columns, rows)
    say(ntr("{count} was shown", "{count} were shown", len(shown)))


def _iso(due: date | datetime) -> str:
    return due.astimezone().isoformat() if isinstance(due, datetime) else due.isoformat()


def _moment(due: date | datetime) -> str:
    return f"{due.astimezone():%Y-%m-%d %H:%M}" if isinstance(due, datetime) else due.isoformat()
