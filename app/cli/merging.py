"""Two customers made one, from the command line."""

import argparse
from typing import Any, Final

from app.cli.output import say, say_json, say_table
from app.domain.vocabulary import Actor
from app.i18n import tr
from app.services.merge_comparison import Comparison, Side, Take
from app.services.registry import Services

_LONGEST: Final = 40


def merge_customers(services: Services, actor: Actor, arguments: argparse.Namespace) -> None:
    """Compare, merge unless it is a dry run, and say what was kept of what."""
    merging = services.merging
    held = merging.compare(actor, arguments.keep, arguments.other)
    takes = merging.checked(held, {field: Take(whose) for field, whose in arguments.take})
    made: int | None = None
    if not arguments.dry_run:
        made = merging.merge(actor, arguments.keep, arguments.other, takes, held)
    if arguments.json:
        say_json(
            {
                "change_set": made,
                "dry_run": arguments.dry_run,
                "kept": _side(held.first),
                "other": _side(held.second),
                "fields": _fields(held, takes),
                "people": [
                    {"key": one.key, "name": one.name, "take": takes[one.key].value}
                    for one in held.people
                ],
            }
        )
        return
    _tell(held, takes)
    if made is None:
        say(tr("Nothing was changed: this was a dry run."))
        return
    params = {"other": held.second.name, "kept": held.first.name, "number": made}
    say(tr("{other} has become part of {kept}, as change {number}.", **params))


def _side(one: Side) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "code": one.code, "rows": dict(one.counts)}


def _fields(held: Comparison, takes: dict[str, Take]) -> list[dict[str, Any]]:
    return [
        {
            "field": one.key,
            "title": one.title,
            "first": one.first,
            "second": one.second,
            "take": takes[one.key].value,
        }
        for one in held.differing
    ]


def _tell(held: Comparison, takes: dict[str, Take]) -> None:
    columns = (tr("Field"), tr("In words"), held.first.name, held.second.name, tr("Value kept"))
    rows = [
        (
            one.key,
            one.title,
            _short(one.words(one.first)),
            _short(one.words(one.second)),
            takes[one.key].value,
        )
        for one in held.differing
    ]
    for person in held.people:
        title = tr("Contact {name}", name=person.name)
        rows.append((person.key, title, person.name, person.name, takes[person.key].value))
    if rows:
        say_table(columns, rows)


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
