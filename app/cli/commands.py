"""Every command: what it does, and what it prints."""

import argparse
import errno
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from app import bootstrap
from app.cli import parser
from app.cli.calendars import is_calendar_file, take_in_calendar, write_calendar
from app.cli.files import export_customer, export_list, import_file, write_report
from app.cli.greeting import list_greetings
from app.cli.merging import merge_customers
from app.cli.output import Progress, complain, say, say_error, say_json, say_table, speak_utf8
from app.cli.reminding import say_deliveries, say_due
from app.cli.rules import rules
from app.cli.understanding import convert_day, parse_line
from app.domain.vocabulary import LABELS, Actor, Origin, Role
from app.errors import Damaged, UserError
from app.i18n import Message, ntr, tr
from app.services.backups import Finding
from app.services.registry import Services

if TYPE_CHECKING:
    from app.services.duplicate_pairs import DuplicatePair, Side

DONE, FAILED, BAD_USAGE = 0, 1, 2

Arguments = argparse.Namespace


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments ask for; returns the exit code."""
    speak_utf8()
    try:
        code = _done(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # who reads has had enough
        code = FAILED
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        sys.stderr.write(tr("The output could not be written: the disk is full.") + "\n")
        code = FAILED
    _let_go()
    return code


def _let_go() -> None:
    """Drop what could not be written; Python would try again while it ends, and complain."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _done(arguments: Sequence[str]) -> int:
    bootstrap.use_language(bootstrap.workspace(_named_workspace(arguments)))
    as_json = "--json" in arguments
    try:
        read = parser.read(arguments)
        if read.command is None:
            return bootstrap.run_window(read.workspace, read.staff, read.open or "")
        return _COMMANDS[read.command](read)
    except parser.BadUsage as error:
        if as_json:
            say_error("bad_usage", str(error))
        sys.stderr.write(f"{error}\n")
        return BAD_USAGE
    except UserError as error:
        complain(error, as_json=as_json)
        return FAILED
    except KeyboardInterrupt:
        if as_json:
            say_error("cancelled", tr("Stopped."))
        sys.stderr.write(tr("Stopped.") + "\n")
        return FAILED
    except SystemExit:
        # help was asked for and printed
        return DONE


def _named_workspace(arguments: Sequence[str]) -> Path | None:
    """The folder after --workspace, found before there is a parser: its language is needed."""
    for place, argument in enumerate(arguments):
        name, mark, value = argument.partition("=")
        if name == "--workspace":
            value = value if mark else "".join(arguments[place + 1 : place + 2])
            return Path(value) if value else None
    return None


@contextmanager
def _at_work(arguments: Arguments, *, create: bool = False) -> Iterator[tuple[Services, Actor]]:
    """The services of the workspace named, and who is at work."""
    with bootstrap.open_services(arguments.workspace, create=create) as services:
        yield services, services.staff.actor_named(arguments.staff, Origin.COMMAND_LINE)


def _import(arguments: Arguments) -> int:
    with _at_work(arguments) as (services, actor):
        if is_calendar_file(arguments.file):
            taken = take_in_calendar(services, actor, arguments.file, arguments)
        else:
            taken = import_file(services, actor, arguments)
        return DONE if taken else FAILED


def _calendar(arguments: Arguments) -> int:
    if (arguments.ics is None) == (arguments.taken is None):
        raise parser.BadUsage(
            tr("Say --ics FILE to write a calendar, or --import FILE to read one.")
        )
    with _at_work(arguments) as (services, actor):
        if arguments.taken is not None:
            taken = take_in_calendar(services, actor, arguments.taken, arguments)
            return DONE if taken else FAILED
        write_calendar(services, actor, arguments)
    return DONE


def _greet(arguments: Arguments) -> int:
    with _at_work(arguments) as (services, actor):
        list_greetings(services, actor, arguments)
    return DONE


def _export(arguments: Arguments) -> int:
    with _at_work(arguments) as (services, actor):
        write = export_customer if arguments.what == "customer" else export_list
        write(services, actor, arguments)
    return DONE


def _report(arguments: Arguments) -> int:
    with _at_work(arguments) as (services, actor):
        write_report(bootstrap.make_reports(services), actor, arguments)
    return DONE


def _find(arguments: Arguments) -> int:
    text = " ".join(arguments.text)
    with _at_work(arguments) as (services, actor):
        hits = services.find.find(actor, text, arguments.limit)
        total = services.find.count(actor, text)
    if arguments.json:
        found = [
            {
                "id": hit.id,
                "name": hit.name,
                "kind": hit.kind.value,
                "owner": hit.owner,
                "matched": [{"field": one.field, "text": one.text} for one in hit.matched],
            }
            for hit in hits
        ]
        say_json({"results": found, "total": total})
        return DONE
    if hits:
        rows = [
            (hit.id, hit.name, LABELS[hit.kind], hit.owner, _first_line(hit.matched))
            for hit in hits
        ]
        columns = (tr("Number"), tr("Name"), tr("Kind"), tr("Owner"), tr("Found in"))
        say_table(columns, rows)
    say(ntr("{count} customer found", "{count} customers found", total))
    return DONE


def _first_line(matched: Sequence[Any]) -> str:
    shown = " · ".join(one.text for one in matched[:2])
    return shown if len(shown) <= 60 else f"{shown[:59]}…"


def _duplicates(arguments: Arguments) -> int:
    with _at_work(arguments) as (services, actor):
        pairs = services.pairs.pairs(actor, arguments.limit, Progress(sys.stderr))
    if arguments.json:
        say_json({"pairs": [_pair(one) for one in pairs]})
        return DONE
    if pairs:
        rows = [
            (
                f"{one.value:.0%}",
                *(_side(side) for side in (one.first, one.second)),
                tr(", ").join(str(reason.words) for reason in one.reasons),
            )
            for one in pairs
        ]
        say_table((tr("How sure"), tr("One"), tr("Other"), tr("Why")), rows)
    say(ntr("{count} pair found", "{count} pairs found", len(pairs)))
    return DONE


def _pair(one: "DuplicatePair") -> dict[str, Any]:
    first, second = (
        {"id": side.customer_id, "name": side.name, "owner": side.owner}
        for side in (one.first, one.second)
    )
    reasons = [{"key": reason.key, "reason": str(reason.words)} for reason in one.reasons]
    return {"value": round(one.value, 3), "first": first, "second": second, "reasons": reasons}


def _side(side: "Side") -> str:
    """A customer in one cell; of one out of sight only whose it is."""
    if side.customer_id is None:
        return tr("A customer of {owner}", owner=side.owner or tr("Nobody"))
    return f"{side.customer_id} {side.name}"


def _undo(arguments: Arguments) -> int:
    with _at_work(arguments) as (services, actor):
        result = services.history.undo(actor, arguments.change_set)
    if arguments.json:
        say_json(
            {
                "change_set": result.change_set_id,
                "title": str(result.title),
                "rows": result.rows,
                "kept": [{"record": one.record, "field": one.field} for one in result.kept],
                "kept_count": result.kept_count,
            }
        )
        return DONE
    say(tr("Done, as change {number}: {title}", number=result.change_set_id, title=result.title))
    if result.kept_count:
        say(
            ntr(
                "{count} value was changed again later and stays as it is:",
                "{count} values were changed again later and stay as they are:",
                result.kept_count,
            )
        )
        say_table((tr("Record"), tr("Field")), [(one.record, one.field) for one in result.kept])
    return DONE


def _merge(arguments: Arguments) -> int:
    with _at_work(arguments) as (services, actor):
        merge_customers(services, actor, arguments)
    return DONE


def _check(arguments: Arguments) -> int:
    try:
        with _at_work(arguments) as (services, _):
            found = services.backups.check(Progress(sys.stderr))
    except Damaged as error:
        # it cannot even be opened, which is what was asked
        complain(error, as_json=False)
        chosen = bootstrap.workspace(arguments.workspace)
        found = [Finding(Message("Damaged file"), chosen.database.name, 1)]
    if arguments.json:
        # what programs read is the same in every language
        plain = [{"what": f.what.in_english(), "where": f.where, "count": f.count} for f in found]
        say_json({"ok": not found, "findings": plain})
    elif found:
        columns = (tr("What"), tr("Where"), tr("How often"))
        say_table(columns, [(one.what, one.where, one.count) for one in found])
    else:
        say(tr("The workspace is sound."))
    return FAILED if found else DONE


def _backup(arguments: Arguments) -> int:
    progress = Progress(sys.stderr)
    with _at_work(arguments) as (services, _):
        if arguments.to is None:
            made = services.backups.make(progress)
            where, size = made.folder, made.size
        else:
            services.backups.make_to(arguments.to, progress)
            where, size = arguments.to, arguments.to.stat().st_size
    if arguments.json:
        say_json({"backup": str(where), "bytes": size})
    else:
        say(tr("The backup is whole and checked: {path}", path=where))
    return DONE


def _restore(arguments: Arguments) -> int:
    aside = bootstrap.restore(arguments.workspace, arguments.file)
    if arguments.json:
        kept = None if aside is None else str(aside)
        say_json({"restored": str(arguments.file), "kept_aside": kept})
        return DONE
    say(tr("The backup is in place."))
    if aside is not None:
        say(tr("What was there before is kept in {folder}", folder=aside))
    return DONE


def _rules(arguments: Arguments) -> int:
    with _at_work(arguments) as (services, actor):
        rules(services, actor, arguments)
    return DONE


def _sample(arguments: Arguments) -> int:
    with _at_work(arguments, create=True) as (services, actor):
        progress = Progress(sys.stderr)
        made = bootstrap.add_sample(services, actor, arguments.customers, arguments.seed, progress)
        folder = services.workspace.folder
    if arguments.json:
        say_json(
            {
                "workspace": str(folder),
                "customers": made.customers,
                "staff": made.staff,
                "seed": arguments.seed,
                "change_set": made.change_set_id,
            }
        )
    else:
        say(f"{made.title}: {folder}")
    return DONE


def _popup(arguments: Arguments) -> int:
    return bootstrap.run_popup(arguments.workspace, arguments.staff)


def _remind(arguments: Arguments) -> int:
    with _at_work(arguments) as (services, actor):
        say_reminders = say_deliveries if arguments.log else say_due
        say_reminders(services, actor, as_json=arguments.json)
    return DONE


def _agent(arguments: Arguments) -> int:
    if arguments.nightly:
        bootstrap.run_nightly(arguments.workspace)
    elif not bootstrap.run_agent(arguments.workspace, arguments.staff):
        say(tr("An agent looks after this workspace already."))
    return DONE


def _staff(arguments: Arguments) -> int:
    with _at_work(arguments) as (services, actor):
        if arguments.add:
            services.staff.add(actor, arguments.add, Role(arguments.role))
        members = services.staff.all(actor)
    if arguments.json:
        say_json(
            {
                "staff": [
                    {
                        "id": one.id,
                        "name": one.name,
                        "role": one.role.value,
                        "team": one.team,
                        "active": one.active,
                        "customers": one.customers,
                    }
                    for one in members
                ]
            }
        )
        return DONE
    columns = (tr("Number"), tr("Staff member"), tr("Role"), tr("Team"), tr("Customers"))
    say_table(columns, [(o.id, o.name, LABELS[o.role], o.team, o.customers) for o in members])
    return DONE


def _parse(arguments: Arguments) -> int:
    parse_line(arguments)
    return DONE


def _lunar(arguments: Arguments) -> int:
    convert_day(arguments)
    return DONE


_COMMANDS: Final[Mapping[str, Callable[[Arguments], int]]] = MappingProxyType(
    {
        "import": _import,
        "export": _export,
        "find": _find,
        "merge": _merge,
        "duplicates": _duplicates,
        "undo": _undo,
        "report": _report,
        "check": _check,
        "backup": _backup,
        "restore": _restore,
        "rules": _rules,
        "sample": _sample,
        "staff": _staff,
        "popup": _popup,
        "remind": _remind,
        "agent": _agent,
        "parse": _parse,
        "lunar": _lunar,
        "calendar": _calendar,
        "greet": _greet,
    }
)
