"""Greetings in words: the columns of the list, and what speaks against one."""

from collections.abc import Callable

from app.domain.greetings import OCCASIONS
from app.i18n import LANGUAGES, Message, tr
from app.services.greeting_lines import GreetingLine
from app.services.greeting_templates import Template
from app.ui.table_model import Cell, Column


def whom(line: GreetingLine) -> str:
    """Who is greeted: the person, else the customer as a whole."""
    return line.who.name or line.customer


def under(line: GreetingLine) -> str:
    """At what and when, and at which customer."""
    parts = (str(OCCASIONS[line.occasion]), line.day.isoformat())
    at = line.customer if line.who.name and line.who.name != line.customer else ""
    return " · ".join(part for part in (*parts, at) if part)


def against(line: GreetingLine) -> Message | None:
    """What speaks against greeting; None for nothing."""
    return line.left_out or line.held or line.problem


def template_words(template: Template) -> str:
    """A template in a list: its own name, or that it came with the program; and the language."""
    name = template.name or tr("As it came")
    return tr("{name} ({language})", name=name, language=LANGUAGES[template.language])


def columns(is_edited: Callable[[GreetingLine], bool]) -> tuple[Column[GreetingLine], ...]:
    """The columns of the list; `is_edited` says whose words were written by hand."""

    def state(line: GreetingLine) -> Cell:
        if line.left_out is not None:
            return Cell(tr("Left out"), kind="plain", mark="ban")
        if line.held is not None:
            return Cell(tr("Held back"), kind="warn", mark="pause")
        if line.problem is not None:
            return Cell(tr("No words"), kind="danger", mark="circle-alert")
        return Cell(tr("Edited"), kind="info", mark="pencil") if is_edited(line) else Cell("")

    def name(line: GreetingLine) -> Cell:
        tone = "text" if line.ready else "muted"
        return Cell(
            whom(line),
            under(line),
            tone=tone,
            shape="circle" if line.who.name else "square",
        )

    return (
        Column("whom", Message("Whom"), whom, paint="name", cell=name, width=240, sortable=False),
        Column("state", Message("State"), lambda line: line.ready, paint="pill", cell=state,
               width=116, sortable=False),
    )  # fmt: skip
