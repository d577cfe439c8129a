"""The commands that read or write files: lists in and out, reports."""

import argparse
from typing import TYPE_CHECKING, Any

from app.cli.output import say, say_json, say_table
from app.domain.vocabulary import Actor
from app.errors import Refused
from app.i18n import Message, number, tr
from app.reports.base import Figure, Period, as_text, share_text
from app.reports.runner import ReportRunner

if TYPE_CHECKING:
    from app.reports.runner import Loaded

Arguments = argparse.Namespace


def write_report(runner: ReportRunner, actor: Actor, arguments: Arguments) -> None:
    """Work out a report and put it where the arguments say: workbook, picture, output."""
    from app.reports.registry import named

    report = named(arguments.name)
    period = Period(arguments.begin, arguments.end)
    if period.begin and period.end and period.begin > period.end:
        raise Refused(Message("The first day is after the last one. Nothing was worked out."))
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
