"""What a typed line means, and days of the lunar calendar: without a workspace."""

import argparse
import re
from datetime import date, datetime
from typing import Final

from app.cli.output import say, say_json
from app.cli.parser import BadUsage
from app.clock import Clock
from app.domain import birthdays, lunar, recurrence
from app.domain.birthdays import Birthday, NoSuchBirthday
from app.domain.lunar import LunarDate
from app.domain.quick_add import AddKind, QuickAdd, Unclear, understand
from app.errors import Refused
from app.i18n import Message, tr

_LUNAR: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})(L?)-([0-9]{1,2})", re.IGNORECASE)
_KINDS: Final = {AddKind.REMINDER: Message("Reminder"), AddKind.PROMISE: Message("Promise")}


def parse_line(arguments: argparse.Namespace) -> None:
    """Say what quick add understands. Raises Refused with what is missing or not sure.

    A moment is printed as on the clock where the user sits, with an offset only if `--now` has one.
    """
    now = arguments.now or Clock().now().astimezone().replace(tzinfo=None)
    found = understand(" ".join(arguments.text), now)
    if isinstance(found, Unclear):
        raise Refused(found.problem)
    if arguments.json:
        say_json(
            {
                "kind": found.kind.value,
                "customer": found.who or None,
                "due": found.due.isoformat(),
                "rule": found.rule or None,
                "text": found.text or None,
            }
        )
        return
    for line in _lines(found):
        say(line)


def _lines(found: QuickAdd) -> list[str]:
    due = f"{found.due:%Y-%m-%d}" + (
        f" {found.due:%H:%M}" if isinstance(found.due, datetime) else ""
    )
    lines = [f"{_KINDS[found.kind]}: {found.text}" if found.text else str(_KINDS[found.kind])]
    if found.who:
        lines.append(tr("For: {name}", name=found.who))
    lines.append(tr("By: {day}", day=due) if found.deadline else tr("When: {day}", day=due))
    if found.rule:
        words = recurrence.describe(recurrence.parse(found.rule))
        lines.append(tr("Repeats: {rule}", rule=words))
    return lines


def convert_day(arguments: argparse.Namespace) -> None:
    """A solar day as a lunar one, or the other way. Raises Refused for days that are not known."""
    if (arguments.day is None) == (arguments.to_solar is None):
        raise BadUsage(tr("Give either a day, or a lunar day with --to-solar."))
    if arguments.day is not None:
        _say_lunar(arguments.day, as_json=arguments.json)
    else:
        _say_solar(arguments.to_solar, as_json=arguments.json)


def _say_lunar(day: date, *, as_json: bool) -> None:
    if not lunar.FIRST_DAY <= day <= lunar.LAST_DAY:
        raise Refused(
            Message(
                "The lunar calendar is known from {first} to {last}.",
                params={"first": lunar.FIRST_DAY, "last": lunar.LAST_DAY},
            )
        )
    found = lunar.from_solar(day)
    if as_json:
        say_json({"year": found.year, "month": found.month, "day": found.day, "leap": found.leap})
        return
    shown = Birthday(found.month, found.day, found.year, found.leap, lunar=True)
    say(birthdays.describe(shown))


def _say_solar(text: str, *, as_json: bool) -> None:
    found = _LUNAR.fullmatch(text)
    if found is None:
        raise BadUsage(
            tr("“{text}” is no lunar day: write 2028-05-03, or 2028-05L-03 for a leap month.",
               text=text)
        )  # fmt: skip
    year, month, leap, day = int(found[1]), int(found[2]), bool(found[3]), int(found[4])
    try:
        Birthday(month, day, year, leap, lunar=True)
    except NoSuchBirthday as impossible:
        raise Refused(impossible.message) from None
    solar = lunar.to_solar(LunarDate(year, month, day, leap))
    if as_json:
        say_json(
            {"date": solar.isoformat(), "year": solar.year, "month": solar.month, "day": solar.day}
        )
    else:
        say(solar.isoformat())
