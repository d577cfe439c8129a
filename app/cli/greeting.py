"""Greetings on the command line: whom, at what, with which words."""

import argparse
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from app.cli.output import say, say_json
from app.domain.greetings import OCCASIONS
from app.domain.vocabulary import Actor
from app.errors import Refused
from app.i18n import Message, ntr, tr
from app.services.registry import Services

if TYPE_CHECKING:
    from app.services.greeting_lines import GreetingLine

Arguments = argparse.Namespace


def list_greetings(services: Services, actor: Actor, arguments: Arguments) -> None:
    """Print the greetings of a day, or of some; nothing is sent."""
    if not arguments.dry_run:
        raise Refused(
            Message(
                "Shuke does not send greetings by itself. Look at them with --dry-run; copy or "
                "print them in the window."
            )
        )
    first = arguments.on or services.clock.today()
    found = services.greetings.on(actor, first, first + timedelta(days=arguments.days - 1))
    if arguments.json:
        say_json(
            {
                "from": found.first.isoformat(),
                "to": found.last.isoformat(),
                "greetings": [_plain(one) for one in found.lines],
                "handed_out": found.handed_out,
                "more": found.more,
            }
        )
        return
    for one in found.lines:
        _say(one)
    ready = sum(one.ready for one in found.lines)
    say(ntr("{count} customer to greet", "{count} customers to greet", ready))
    if found.more:
        say(ntr("{count} more is not shown", "{count} more are not shown", found.more))


def _plain(one: "GreetingLine") -> dict[str, Any]:
    reason = _reason(one)
    return {
        "customer_id": one.customer_id,
        "customer": one.customer,
        "contact": one.who.name or None,
        "occasion": one.occasion,
        "day": one.day.isoformat(),
        "language": one.language,
        "ready": one.ready,
        "reason": None if reason is None else str(reason),
        "text": one.text,
    }


def _reason(one: "GreetingLine") -> Message | None:
    return one.left_out or one.held or one.problem


def _say(one: "GreetingLine") -> None:
    whom = tr(" · ").join(dict.fromkeys(name for name in (one.customer, one.who.name) if name))
    say(f"{one.day.isoformat()}  {OCCASIONS[one.occasion]}  {whom}")
    reason = _reason(one)
    if reason is not None:
        say(f"  ({reason})")
    else:
        for line in one.text.splitlines():
            say(f"  {line}".rstrip())
    say("")
