"""The commands that read or write files: lists in and out, reports."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.cli.output import Progress, say, say_json, say_table
from app.domain.lists import ListQuery
from app.domain.vocabulary import Actor
from app.errors import Refused
from app.i18n import Message, ntr, number, tr
from app.reports.base import Figure, Period, as_text, share_text
from app.reports.runner import ReportRunner
from app.services.registry import Services

if TYPE_CHECKING:
    from app.reports.runner import Loaded
    from app.services.imports import ImportOutcome

_ERRORS_SHOWN: Final = 20

Arguments = argparse.Namespace


def import_file(services: Services, actor: Actor, arguments: Arguments) -> bool:
    """Bring in a file's rows; whether any of them was accepted."""
    from app.services.import_plan import ImportOptions

    options = ImportOptions(
        into=arguments.into,
        mapping=None if arguments.mapping is None else _mapping(arguments.mapping),
        sheet=arguments.sheet,
        duplicates=arguments.duplicates,
        customer=arguments.customer,
        missing="create" if arguments.create_customers else "refuse",
        day=arguments.date,
        dry_run=arguments.dry_run,
        encoding=arguments.encoding,
        header_row=arguments.header_row,
        alike=arguments.alike,
    )
    made = services.imports.run(actor, arguments.file, options, Progress(sys.stderr))
    if arguments.json:
        say_json(
            {
                "rows": made.rows,
                "created": made.created,
                "updated": made.updated,
                "skipped": made.skipped,
                "refused": made.refused,
                "errors": [
                    {"row": one.row, "column": one.column, "reason": str(one.reason)}
                    for one in made.errors
                ],
                "encoding": made.encoding,
                "sheet": made.sheet,
                "header_row": made.header_row,
                "change_set": made.change_set,
                "alike": made.alike,
            }
        )
    else:
        _say_import(made)
    return made.rows > made.refused


def _mapping(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(
            Message(
                "The mapping “{file}” cannot be read. Nothing was changed.",
                params={"file": str(path)},
            )
        ) from error


def _say_import(made: "ImportOutcome") -> None:
    figures = (
        (tr("Rows"), made.rows),
        (tr("New"), made.created),
        (tr("Updated"), made.updated),
        (tr("Skipped"), made.skipped),
        (tr("Refused"), made.refused),
        (tr("Look like a customer here"), made.alike),
    )
    say_table((tr("Result"), ""), [(name, number(count)) for name, count in figures])
    if made.errors:
        say("")
        shown = [(one.row, one.column, one.reason) for one in made.errors[:_ERRORS_SHOWN]]
        say_table((tr("Row"), tr("Column"), tr("Reason")), shown)
        if len(made.errors) > _ERRORS_SHOWN:
            say("…")
    for warning in made.warnings:
        say(str(warning))
    if made.change_set is not None:
        say(tr("It can be taken back with: undo {number}", number=made.change_set))


def export_customer(services: Services, actor: Actor, arguments: Arguments) -> None:
    """Write all of one customer to a file."""
    if arguments.id is None:
        raise Refused(Message("Say which customer: export customer ID --to FILE."))
    made = services.whole_files.write(actor, arguments.id, arguments.to)
    if arguments.json:
        say_json({"file": str(arguments.to), "rows": made.rows, "sheets": made.sheets})
        return
    say(tr("The customer was written to {path}", path=arguments.to))
    for notice in made.notices:
        say(str(notice))


def export_list(services: Services, actor: Actor, arguments: Arguments) -> None:
    """Write a list to a file."""
    query = ListQuery(arguments.where)
    columns: tuple[str, ...] | None = None
    if arguments.view:
        view = services.views.named(actor, arguments.view)
        query = replace(view.query, filter=_both(view.query.filter, arguments.where))
        columns = view.columns or None
    made = services.exports.customers(
        actor, arguments.to, query, columns, progress=Progress(sys.stderr)
    )
    if arguments.json:
        say_json({"file": str(made.path), "rows": made.rows, "columns": list(made.columns)})
        return
    say(
        ntr(
            "{count} customer written to {path}",
            "{count} customers written to {path}",
            made.rows,
            path=made.path,
        )
    )
    for notice in made.notices:
        say(str(notice))


def _both(first: str, second: str) -> str:
    """A filter that lets in what both let in."""
    return f"({first}) and ({second})" if first and second else first or second


def write_report(runner: ReportRunner, actor: Actor, arguments: Arguments) -> None:
    """Work out a report and put it where the arguments say: workbook, picture, output."""
    from app.reports.registry import named

    report = named(arguments.name)
    period = Period(arguments.begin, arguments.end)
    if period.begin and period.end and period.begin > period.end:
        raise Refused(Message("The first day is after the last one. Nothing was worked out."))
    _require_ending(arguments.xlsx, ".xlsx")
    _require_ending(arguments.png, ".png")
    loaded = runner.load(report, actor, period, arguments.where)
    if arguments.xlsx is not None:
        from app.reports.workbook import write_workbook

        write_workbook(arguments.xlsx, loaded, _light())
    if arguments.png is not None:
        from app.reports.picture import write_picture
        from app.reports.style import make_style

        write_picture(arguments.png, loaded, make_style(_light()))
    if arguments.json:
        from app.reports.as_json import as_json

        say_json(as_json(loaded))
    elif arguments.xlsx is None and arguments.png is None:
        _say_report(loaded)
    else:
        for path in (arguments.xlsx, arguments.png):
            if path is not None:
                say(tr("Written: {path}", path=path))


def _require_ending(path: Path | None, ending: str) -> None:
    # a file is opened by what its name says it is
    if path is not None and path.suffix.lower() != ending:
        raise Refused(
            Message(
                "The name of the file must end in {ending}, and “{file}” does not."
                " Nothing was written.",
                params={"ending": ending, "file": path.name},
            )
        )


def _light() -> Any:
    from app.ui.tokens import LIGHT

    return LIGHT


def _say_report(loaded: "Loaded[Any]") -> None:
    labels = loaded.report.labels()
    figures = loaded.report.figures(loaded.data)
    rows = [(labels[name], _figure_text(one)) for name, one in figures.items()]
    say_table((tr("Figure"), tr("Value")), rows)
    for table in loaded.report.tables(loaded.data):
        say("")
        say(str(table.title))
        say_table(
            [str(column.title) for column in table.columns],
            [
                [
                    as_text(cell, column.kind)
                    for cell, column in zip(row, table.columns, strict=True)
                ]
                for row in table.rows
            ],
        )


def _figure_text(figure: Figure) -> str:
    if figure.value is None:
        return tr("too few")
    return share_text(figure.value) if figure.unit == "share" else number(figure.value)
