"""Rules that make reminders, from the command line: listed, tried, run."""

import argparse
from typing import Any

from app.cli.output import say, say_json, say_table
from app.domain.script import fold
from app.domain.vocabulary import Actor
from app.errors import NotFound
from app.i18n import Message, ntr, tr
from app.services.registry import Services
from app.services.rules import Preview, RuleLine


def rules(services: Services, actor: Actor, arguments: argparse.Namespace) -> None:
    """Run them, show whom one would remind, or list them."""
    if arguments.run:
        _run(services, actor, as_json=arguments.json)
    elif arguments.preview:
        line = _named(services.rules.all(actor), arguments.preview)
        found = services.rules.preview(actor, line.draft)
        _show(line, found, as_json=arguments.json)
    else:
        _list(services.rules.all(actor), as_json=arguments.json)


def _run(services: Services, actor: Actor, *, as_json: bool) -> None:
    result = services.rules.run(actor)
    if as_json:
        say_json(
            {
                "made": result.made,
                "withdrawn": result.withdrawn,
                "change_set": result.change_set_id,
            }
        )
        return
    say(ntr("{count} reminder was made", "{count} reminders were made", result.made))
    if result.withdrawn:
        say(
            ntr(
                "{count} reminder lost its reason and was taken back",
                "{count} reminders lost their reason and were taken back",
                result.withdrawn,
            )
        )


def _named(lines: list[RuleLine], name: str) -> RuleLine:
    wanted = fold(" ".join(name.split()))
    for one in lines:
        if wanted in (fold(one.name), str(one.id)):
            return one
    known = ", ".join(one.name for one in lines)
    raise NotFound(
        Message(
            "There is no rule called {name}. There are: {known}",
            params={"name": name, "known": known},
        )
    )


def _show(line: RuleLine, found: Preview, *, as_json: bool) -> None:
    if as_json:
        say_json({"rule": _plain(line), "preview": _preview(found)})
        return
    if found.lines:
        columns = (tr("Reminds on"), tr("Day"), tr("Customer"), tr("Contact"), tr("Whom"))
        say_table(columns, [(o.calls, o.day, o.customer, o.contact, o.whose) for o in found.lines])
    say(
        ntr(
            "{count} reminder until {last}",
            "{count} reminders until {last}",
            found.count,
            last=found.last.isoformat(),
        )
    )


def _preview(found: Preview) -> dict[str, Any]:
    return {
        "count": found.count,
        "today": found.today,
        "until": found.last.isoformat(),
        "most_a_day": found.most,
        "first": [
            {
                "reminds_on": one.calls.isoformat(),
                "day": one.day.isoformat(),
                "customer_id": one.customer_id,
                "customer": one.customer,
                "contact": one.contact,
                "whose": one.whose,
                "text": one.text,
            }
            for one in found.lines
        ],
    }


def _list(lines: list[RuleLine], *, as_json: bool) -> None:
    if as_json:
        say_json({"rules": [_plain(one) for one in lines]})
    elif lines:
        columns = (
            tr("Number"),
            tr("Rule"),
            tr("Switched on"),
            tr("Still to be done"),
            tr("Customers"),
        )
        say_table(
            columns,
            [
                (o.id, o.name, tr("yes") if o.draft.active else tr("no"), o.waiting, o.draft.filter)
                for o in lines
            ],
        )
    else:
        say(tr("There are no rules yet."))


def _plain(one: RuleLine) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "kind": one.draft.kind.value,
        "active": one.draft.active,
        "filter": one.draft.filter,
        "lead_days": one.draft.lead_days,
        "waiting": one.waiting,
    }
