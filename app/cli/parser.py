"""What may be typed after main.py, and what it means; texts in the language in use."""

import argparse
import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, NoReturn

from typing_extensions import override

from app.bootstrap import SAMPLE_CUSTOMERS, SAMPLE_SEED
from app.clock import Clock
from app.domain import dates
from app.domain.vocabulary import Role
from app.i18n import tr

ALIKE: Final = ("create", "skip")
DUPLICATES: Final = ("skip", "update", "fill", "create")
_DAYS: Final = ("--from", "--to", "--date", "--on")
_MOST_DIGITS: Final = 15
INTO: Final = ("customers", "interactions")
TAKES: Final = ("first", "second", "both")
_TARGET: Final = re.compile(r"[a-z_]+(?::[0-9]{1,15})?")


class BadUsage(Exception):
    """The arguments are none that Shuke knows; the text is for the user."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong instead of ending the process."""

    @override
    def error(self, message: str) -> NoReturn:
        sentence = tr("Shuke does not understand this command: {reason}", reason=message)
        raise BadUsage(f"{self.format_usage()}{sentence}")


class _Formatter(argparse.HelpFormatter):
    """Help in the user's language."""

    @override
    def add_usage(
        self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, tr("Usage: ") if prefix is None else prefix)


def read(arguments: Sequence[str]) -> argparse.Namespace:
    """The arguments as a namespace with `command`, None for the window.

    Raises BadUsage; SystemExit(0) after printing help.
    """
    return _parser().parse_args(_joined(arguments))


def _joined(arguments: Sequence[str]) -> list[str]:
    """`--from -30d` as `--from=-30d`: what begins with a dash would be taken for an option."""
    made: list[str] = []
    for argument in arguments:
        if made and made[-1] in _DAYS and dates.read_relative(argument):
            made[-1] = f"{made[-1]}={argument}"
        else:
            made.append(argument)
    return made


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="main.py",
        allow_abbrev=False,
        description=tr("Shuke 熟客. Without a command it opens its window."),
        formatter_class=_Formatter,
        add_help=False,
    )
    group = parser.add_argument_group(tr("Options"))
    _common(group, None, "")
    group.add_argument(
        "--open", metavar="AREA[:ID]", type=_target,
        help=tr("What the window shows first: today, or customer:12."),
    )  # fmt: skip
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title=tr("Commands"))
    for add in (
        _import, _export, _find, _duplicates, _merge, _undo, _report, _check, _backup, _restore,
        _rules, _sample, _staff, _popup, _remind, _agent, _parse, _lunar, _calendar, _greet,
    ):  # fmt: skip
        add(commands)
    return parser


def _common(group: Any, folder: Any, staff: Any) -> None:
    group.add_argument("-h", "--help", action="help", help=tr("Show this help and stop."))
    group.add_argument(
        "--workspace", metavar="FOLDER", type=_folder, default=folder,
        help=tr("The workspace to work in; otherwise the one used last."),
    )  # fmt: skip
    group.add_argument(
        "--as", metavar="STAFF", dest="staff", default=staff,
        help=tr("The name of who is at work; otherwise the first manager."),
    )  # fmt: skip


class _Command:
    """A command being described: its arguments, and after them the options of every command."""

    def __init__(self, commands: Any, name: str, text: str) -> None:
        parser = commands.add_parser(
            name, help=text, description=text, formatter_class=_Formatter, add_help=False,
            allow_abbrev=False,
        )  # fmt: skip
        self.argument = parser.add_argument_group(tr("Arguments")).add_argument
        group = parser.add_argument_group(tr("Options"))
        self.option = group.add_argument
        self.one_of = group.add_mutually_exclusive_group
        # what stands before the command holds unless it is said again after it
        _common(group, argparse.SUPPRESS, argparse.SUPPRESS)

    def json(self) -> None:
        self.option("--json", action="store_true", help=tr("Print JSON for other programs."))


def _import(commands: Any) -> None:
    made = _Command(commands, "import", tr("Bring in the rows of a spreadsheet."))
    made.argument("file", metavar="FILE", type=Path, help=tr("A workbook or delimited text."))
    made.option("--into", choices=INTO, default="customers", help=tr("What the rows are."))
    made.option("--mapping", metavar="FILE", type=Path, help=tr("Which column is which field."))
    made.option("--sheet", metavar="NAME", help=tr("The sheet of a workbook."))
    made.option("--encoding", metavar="NAME", help=tr("The encoding of a text, such as gb18030."))
    made.option("--header-row", metavar="N", type=_count, help=tr("The row of column names."))
    made.option(
        "--duplicates", choices=DUPLICATES, default="skip",
        help=tr("What to do with a row whose customer is there already."),
    )  # fmt: skip
    made.option(
        "--alike", choices=ALIKE, default="create",
        help=tr("What to do with a new row that looks like a customer who is there."),
    )  # fmt: skip
    made.option(
        "--customer", metavar="NAME", default="", help=tr("The customer of rows that name none.")
    )
    made.option(
        "--create-customers", action="store_true",
        help=tr("Add the customers of interactions who are missing."),
    )  # fmt: skip
    made.option("--date", metavar="DAY", type=_day, help=tr("The day of rows that name none."))
    made.option("--dry-run", action="store_true", help=tr("Only say what would happen."))
    made.json()


def _export(commands: Any) -> None:
    made = _Command(commands, "export", tr("Write a list, or all of one customer, to a file."))
    made.argument("what", choices=("customers", "customer"), help=tr("The list, or one of it."))
    made.argument("id", metavar="ID", nargs="?", type=_count, help=tr("The customer's number."))
    made.option(
        "--to",
        metavar="FILE",
        type=Path,
        required=True,
        help=tr("The file: .xlsx or .csv; of one customer .xlsx or .vcf."),
    )
    made.option("--view", metavar="NAME", default="", help=tr("A saved view: rows and columns."))
    made.option("--where", metavar="FILTER", default="", help=tr("Only what this filter lets in."))
    made.json()


def _find(commands: Any) -> None:
    made = _Command(commands, "find", tr("Find customers by anything that is known of them."))
    made.argument("text", metavar="TEXT", nargs="+", help=tr("What to look for."))
    made.option("--limit", metavar="N", type=_count, default=20, help=tr("At most so many."))
    made.json()


def _merge(commands: Any) -> None:
    made = _Command(commands, "merge", tr("Make one customer of two."))
    made.argument("keep", metavar="KEEP_ID", type=_count, help=tr("The one that stays."))
    made.argument("other", metavar="OTHER_ID", type=_count, help=tr("The one that gives way."))
    made.option(
        "--take", metavar="FIELD=first|second|both", action="append", type=_take, default=[],
        help=tr("Whose value of a field is kept; first is the one that stays. May be repeated."),
    )  # fmt: skip
    made.option("--dry-run", action="store_true", help=tr("Only say what would happen."))
    made.json()


def _duplicates(commands: Any) -> None:
    made = _Command(commands, "duplicates", tr("List customers that may be the same."))
    made.option("--limit", metavar="N", type=_count, default=100, help=tr("At most so many."))
    made.json()


def _undo(commands: Any) -> None:
    made = _Command(commands, "undo", tr("Take a change back."))
    made.argument("change_set", metavar="CHANGE_SET", type=_count, help=tr("Its number."))
    made.json()


def _report(commands: Any) -> None:
    made = _Command(commands, "report", tr("Work out a report."))
    made.argument("name", metavar="NAME", help=tr("Which report, for example: customers."))
    made.option("--from", metavar="DAY", dest="begin", type=_day, help=tr("The first day."))
    made.option("--to", metavar="DAY", dest="end", type=_day, help=tr("The last day."))
    made.option("--where", metavar="FILTER", default="", help=tr("Only what this filter lets in."))
    made.option("--xlsx", metavar="FILE", type=Path, help=tr("Write it as a workbook."))
    made.option("--png", metavar="FILE", type=Path, help=tr("Draw its charts."))
    made.json()


def _check(commands: Any) -> None:
    made = _Command(commands, "check", tr("Look whether the workspace is sound."))
    made.json()


def _backup(commands: Any) -> None:
    made = _Command(commands, "backup", tr("Make a backup now."))
    made.option("--to", metavar="FILE", type=Path, help=tr("Copy only the database, to this file."))
    made.json()


def _restore(commands: Any) -> None:
    made = _Command(commands, "restore", tr("Put a backup in the place of the workspace."))
    made.argument(
        "file", metavar="BACKUP", type=Path,
        help=tr("A backup's folder or its name, or a database file."),
    )  # fmt: skip
    made.json()


def _rules(commands: Any) -> None:
    made = _Command(commands, "rules", tr("List the rules that make reminders, or run them."))
    what = made.one_of()
    what.add_argument("--list", action="store_true", help=tr("List the rules, as without this."))
    what.add_argument("--run", action="store_true", help=tr("Make what is to be reminded of."))
    what.add_argument(
        "--preview", metavar="NAME", default="", help=tr("Whom this rule would remind of.")
    )
    made.json()


def _sample(commands: Any) -> None:
    made = _Command(commands, "sample", tr("Fill the workspace with customers made up by seed."))
    made.option(
        "--customers", metavar="N", type=_count, default=SAMPLE_CUSTOMERS, help=tr("How many.")
    )
    made.option(
        "--seed",
        metavar="S",
        type=int,
        default=SAMPLE_SEED,
        help=tr("The same seed, the same data."),
    )
    made.json()


def _staff(commands: Any) -> None:
    made = _Command(commands, "staff", tr("List who works here, or add somebody."))
    made.option("--add", metavar="NAME", default="", help=tr("Add a staff member of this name."))
    made.option(
        "--role", choices=tuple(role.value for role in Role), default=Role.SALESPERSON.value,
        help=tr("The role of who is added."),
    )  # fmt: skip
    made.json()


def _popup(commands: Any) -> None:
    _Command(commands, "popup", tr("Show what is due as popups, and end with the last one."))


def _remind(commands: Any) -> None:
    made = _Command(commands, "remind", tr("List reminders that are due, or those shown before."))
    made.option("--due", action="store_true", help=tr("What is due by today (the default)."))
    made.option("--log", action="store_true", help=tr("When and where each was shown."))
    made.json()


def _agent(commands: Any) -> None:
    made = _Command(commands, "agent", tr("Remind while no window is open, until it is stopped."))
    made.option(
        "--nightly", action="store_true", help=tr("Only do what is done once a day, and end.")
    )


def _target(text: str) -> str:
    if not _TARGET.fullmatch(text):
        raise argparse.ArgumentTypeError(
            tr("“{text}” does not read today or customer:12.", text=text)
        )
    return text


def _parse(commands: Any) -> None:
    made = _Command(commands, "parse", tr("Say what a line to be reminded of means."))
    made.argument("text", metavar="TEXT", nargs="+", help=tr("The line, as in quick add."))
    made.option(
        "--now", metavar="TIME", type=_moment,
        help=tr("The time from which it is counted: 2026-11-22T15:41; otherwise now."),
    )  # fmt: skip
    made.json()


def _lunar(commands: Any) -> None:
    made = _Command(commands, "lunar", tr("Convert a day to the lunar calendar, or back."))
    made.argument("day", metavar="DAY", nargs="?", type=_day, help=tr("A day: 2026-11-22."))
    made.option(
        "--to-solar", metavar="YYYY-MM[L]-DD",
        help=tr("A day of the lunar calendar, L after a leap month."),
    )  # fmt: skip
    made.json()


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            tr("“{text}” is no time: write it like 2026-11-22T15:41.", text=text)
        ) from None


def _calendar(commands: Any) -> None:
    made = _Command(commands, "calendar", tr("Write reminders as a calendar file, or read one."))
    made.option("--ics", metavar="FILE", type=Path, help=tr("Write your open reminders to a file."))
    made.option("--from", metavar="DAY", dest="begin", type=_day, help=tr("Those of these days:"))
    made.option(
        "--to", metavar="DAY", dest="end", type=_day, help=tr("from the first to the last.")
    )
    made.option(
        "--import", metavar="FILE", dest="taken", type=Path,
        help=tr("Make reminders of the entries of a calendar file (.ics)."),
    )  # fmt: skip
    made.option("--dry-run", action="store_true", help=tr("Only say what would happen."))
    made.json()


def _greet(commands: Any) -> None:
    made = _Command(commands, "greet", tr("List whom to greet, each with the words."))
    made.option("--on", metavar="DAY", type=_day, help=tr("The day; otherwise today."))
    made.option("--days", metavar="N", type=_count, default=1, help=tr("So many days from it on."))
    made.option("--dry-run", action="store_true", help=tr("Only say what would happen."))
    made.json()


def _folder(text: str) -> Path:
    # an empty variable of a script would else mean the folder where it runs
    if not text:
        raise argparse.ArgumentTypeError(tr("A folder is expected."))
    return Path(text)


def _count(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else 0
    if number < 1:
        raise argparse.ArgumentTypeError(tr("“{text}” is not a number from 1 up.", text=text))
    return number


def _take(text: str) -> tuple[str, str]:
    field, _, whose = text.partition("=")
    if not field or whose not in TAKES:
        raise argparse.ArgumentTypeError(
            tr("“{text}” does not read FIELD=first, FIELD=second or FIELD=both.", text=text)
        )
    return field, whose


def _day(text: str) -> date:
    today = Clock().today()
    found = dates.parse_relative(text, today) or dates.parse(text, today)
    if found is None:
        problem = dates.problem(text, today)
        raise argparse.ArgumentTypeError(str(problem or tr("A day is expected: 2026-02-28.")))
    return found
