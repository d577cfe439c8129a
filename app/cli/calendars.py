"""Calendar files on the command line: reminders out, entries in."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.cli.output import Progress, say, say_json, say_table
from app.domain.vocabulary import Actor
from app.errors import Refused
from app.i18n import Message, ntr, number, tr
from app.services.registry import Services

if TYPE_CHECKING:
    from app.services.calendar_import import CalendarImport, ImportedEntry

_SHOWN: Final = 20

Arguments = argparse.Namespace


def is_calendar_file(path: Path) -> bool:
    """Whether the name says that it is one."""
    return path.suffix.lower() == ".ics"


def write_calendar(services: Services, actor: Actor, arguments: Arguments) -> None:
    """Write the actor's reminders to a file."""
    from app.services.calendar_exchange import Days

    days = None
    if arguments.begin or arguments.end:
        first = arguments.begin or services.clock.today()
        last = arguments.end or first
        if first > last:
            raise Refused(Message("The first day is after the last one. Nothing was written."))
        days = Days(first, last)
    made = services.calendar_files.export(actor, arguments.ics, days)
    if arguments.json:
        say_json({"file": str(made.path), "reminders": made.entries})
        return
    say(
        ntr(
            "{count} reminder written to {path}",
            "{count} reminders written to {path}",
            made.entries,
            path=made.path,
        )
    )


def take_in_calendar(services: Services, actor: Actor, path: Path, arguments: Arguments) -> bool:
    """Make reminders of a file's entries, or say what would be; whether any was accepted."""
    from app.services.calendar_import import FATES, Fate

    progress = Progress(sys.stderr)
    exchange = services.calendar_files
    take = exchange.look if arguments.dry_run else exchange.run
    found = take(actor, path, progress)
    if arguments.json:
        say_json(
            {
                **{fate.value: found.count(fate) for fate in Fate},
                "entries": [_plain(one) for one in found.entries],
                "notes": [str(one) for one in found.notes],
                "change_set": found.change_set_id,
            }
        )
    else:
        say_table(
            (tr("Result"), ""), [(str(FATES[fate]), number(found.count(fate))) for fate in Fate]
        )
        _say_reasons(found)
    return not found.entries or found.count(Fate.LEFT_OUT) < len(found.entries)


def _plain(one: "ImportedEntry") -> dict[str, Any]:
    return {
        "fate": one.fate.value,
        "text": one.text,
        "due": None if one.due is None else one.due.isoformat(),
        "rule": one.rule,
        "reason": None if one.reason is None else str(one.reason),
        "notes": [str(note) for note in one.notes],
    }


def _say_reasons(found: "CalendarImport") -> None:
    told = [
        (one.text, reason) for one in found.entries for reason in (one.reason, *one.notes) if reason
    ]
    if told:
        say("")
        say_table((tr("Entry"), tr("Reason")), told[:_SHOWN])
        if len(told) > _SHOWN:
            say("…")
    for note in found.notes:
        say(str(note))
    if found.change_set_id is not None:
        say(tr("It can be taken back with: undo {number}", number=found.change_set_id))
