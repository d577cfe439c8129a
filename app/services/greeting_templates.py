"""Templates of greetings: those that come with the program, and one's own beside or over them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import select

from app.db import journal
from app.db.database import Database
from app.db.scope import ActorSession
from app.domain import greetings
from app.domain.greetings import NAMES, OCCASIONS
from app.domain.merging_text import BadText, filled, problem
from app.domain.names import is_invisible
from app.domain.salutations import Addressee, Tone, called, salutation
from app.domain.vocabulary import Actor
from app.errors import NotFound, Refused
from app.i18n import LANGUAGES, Message
from app.models import GreetingTemplate

_FOLDER: Final = (
    Path(__file__).resolve().parent.parent.parent / "resources" / "templates" / "greetings"
)
_EXAMPLES: Final[Mapping[str, Addressee]] = MappingProxyType(
    {
        "en": Addressee("Ms Grace Miller", "Buyer", "Miller Ltd"),
        "zh_CN": Addressee("陈国强", "总经理", "宏达商行"),
        "zh_TW": Addressee("陳國強", "總經理", "宏達商行"),
    }
)


@dataclass(frozen=True, slots=True)
class Template:
    """A text for an occasion in a language. `id` is None for one that came with the program."""

    name: str
    occasion: str
    language: str
    body: str
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is filled into a template."""

    who: Addressee
    customer: str
    sender: str
    day: date
    years: int = 0
    line: str = ""
    tone: Tone = Tone.FORMAL


class GreetingTemplateService:
    def __init__(self, db: Database) -> None:
        self._db = db

    def all(self, actor: Actor) -> list[Template]:
        """Every template: for each occasion and language one's own first, then the given one."""
        with self._db.read(actor) as session:
            return templates_of(session)

    def save(self, actor: Actor, typed: Template) -> int:
        """Write a template of one's own, or change it; returns its id.

        A given one is left as it is: saving it makes one of one's own. Raises Refused, NotFound.
        """
        if found := self.problems(typed):
            raise Refused(Message("Some fields need another look. Nothing was saved yet."), found)
        title = Message("Save a greeting: {name}", params={"name": typed.name.strip()})
        with self._db.write(actor, title) as session:
            one = _held(session, typed.id) if typed.id is not None else GreetingTemplate()
            one.name, one.occasion = typed.name.strip(), typed.occasion
            one.language, one.body = typed.language, typed.body
            session.add(one)
            session.flush()
            return one.id

    def delete(self, actor: Actor, template_id: int) -> None:
        """Put a template of one's own into the recycle bin. Raises NotFound."""
        with self._db.write(actor, Message("Delete a greeting")) as session:
            journal.delete(session, _held(session, template_id))

    def problems(self, typed: Template) -> dict[str, Message]:
        """What would be refused, by field."""
        found: dict[str, Message] = {}
        if is_invisible(typed.name):
            found["name"] = Message("The name is missing.")
        if typed.occasion not in OCCASIONS:
            found["occasion"] = Message("Choose an occasion.")
        if typed.language not in LANGUAGES:
            found["language"] = Message("Choose a language.")
        if not typed.body.strip():
            found["body"] = Message("Write down what is to be said.")
        elif (bad := check(typed.body)) is not None:
            found["body"] = bad.message
        return found


def check(body: str) -> BadText | None:
    """What is wrong with a text; None if it can be filled."""
    return problem(body, NAMES)


def preview(template: Template, sender: str, day: date) -> str:
    """A template filled for somebody who does not exist. Raises BadText."""
    who = _EXAMPLES.get(template.language, _EXAMPLES["en"])
    return fill(template, Particulars(who, who.company, sender, day, years=5))


def fill(template: Template, said: Particulars) -> str:
    """The text of a template for somebody. Raises BadText."""
    language = template.language
    return filled(
        template.body,
        {
            "salutation": salutation(said.who, language, said.tone),
            "name": called(said.who, language, said.tone),
            "contact": said.who.name,
            "customer": said.customer,
            "sender": said.sender,
            "line": said.line,
            "years": said.years,
            "zodiac": _zodiac(said.day, language),
            "date": _date(said.day, language),
        },
    )


def templates_of(session: ActorSession) -> list[Template]:
    """Every template, in the order of `GreetingTemplateService.all`."""
    own = [
        Template(one.name, one.occasion, one.language, one.body, one.id)
        for one in session.scalars(select(GreetingTemplate).order_by(GreetingTemplate.id.desc()))
    ]
    places = {key: place for place, key in enumerate(OCCASIONS)}
    languages = {key: place for place, key in enumerate(LANGUAGES)}
    return sorted(
        [*own, *_given()],
        key=lambda one: (places.get(one.occasion, len(places)), languages.get(one.language, 0)),
    )


def usual_templates(session: ActorSession) -> Mapping[tuple[str, str], Template]:
    """For each occasion and language the template that is taken: one's own newest, or the given."""
    found: dict[tuple[str, str], Template] = {}
    for one in templates_of(session):
        found.setdefault((one.occasion, one.language), one)
    return found


def _held(session: ActorSession, template_id: int) -> GreetingTemplate:
    one = session.get(GreetingTemplate, template_id)
    if one is None:
        raise NotFound(Message("This greeting is no longer there. Nothing was changed."))
    return one


@cache
def _given() -> tuple[Template, ...]:
    return tuple(
        Template("", occasion, language, body.strip())
        for language in LANGUAGES
        for occasion, body in _file(language)["greetings"].items()
    )


@cache
def _file(language: str) -> Mapping[str, Any]:
    return tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def _zodiac(day: date, language: str) -> str:
    try:
        place = greetings.zodiac(day)
    except ValueError:
        return ""  # the lunar calendar is not known so far
    return str(_file(language if language in LANGUAGES else "en")["zodiac"][place])


def _date(day: date, language: str) -> str:
    from babel.dates import format_date

    locale = {"zh_CN": "zh_Hans_CN", "zh_TW": "zh_Hant_TW"}.get(language, "en_GB")
    return str(format_date(day, "long", locale=locale))
