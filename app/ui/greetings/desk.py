"""What is on the desk: the greetings of some days, and what was done to each so far."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.domain.greetings import How
from app.domain.merging_text import BadText
from app.domain.salutations import Tone
from app.domain.vocabulary import Actor
from app.i18n import Message
from app.services.greeting_lines import GreetingLine
from app.services.greeting_templates import Template
from app.services.greetings import GreetingList, GreetingService, HandedOut, Own

Key = tuple[int, int | None, str, int]
_PLAIN: Final = Own()


@dataclass(frozen=True, slots=True)
class Draft:
    """The words of one greeting. `typed` is None as long as nobody edited them."""

    template: Template
    own: Own = _PLAIN
    typed: str | None = None


class Desk:
    """Greetings by their place in the list. Words are filled in when they are looked at.

    `drafts` is what was chosen and written before: it is kept when the dialog is closed.
    """

    def __init__(self, service: GreetingService, actor: Actor, drafts: dict[Key, Draft]) -> None:
        self._service, self._actor, self._drafts = service, actor, drafts
        self._templates: Sequence[Template] = ()
        self.lines: Sequence[GreetingLine] = ()
        self.handed_out = 0
        self.more = 0

    def show(self, found: GreetingList, templates: Sequence[Template]) -> None:
        """Another list; what was written by hand stays."""
        self._templates = templates
        self.lines, self.handed_out, self.more = found.lines, found.handed_out, found.more
        gone = [
            key
            for key, draft in self._drafts.items()
            if draft.typed is None and draft.template not in templates
        ]
        for key in gone:
            del self._drafts[key]

    def templates_for(self, line: GreetingLine) -> list[Template]:
        """Those for its occasion, of its language first."""
        found = [one for one in self._templates if one.occasion == line.occasion]
        return sorted(found, key=lambda one: one.language != line.language)

    def draft(self, line: GreetingLine) -> Draft | None:
        """Its words as they stand; None where there is no template for it."""
        held = self._drafts.get(line.key)
        if held is not None:
            return held
        usual = next(iter(self.templates_for(line)), None)
        return None if usual is None else Draft(usual)

    def put(self, line: GreetingLine, draft: Draft) -> None:
        """Keep its words."""
        self._drafts[line.key] = draft

    def is_edited(self, line: GreetingLine) -> bool:
        """Whether its words were written by hand."""
        held = self._drafts.get(line.key)
        return held is not None and held.typed is not None

    def text(self, line: GreetingLine) -> tuple[str, Message | None]:
        """Its words, or "" and why there are none."""
        draft = self.draft(line)
        if draft is None:
            return "", Message("There is no template for this occasion.")
        if draft.typed is not None:
            return draft.typed, None
        try:
            return self._service.text(self._actor, line, draft.template, draft.own), None
        except BadText as bad:
            return "", bad.message

    def choose(self, line: GreetingLine, template: Template, tone: Tone, added: str) -> None:
        """Fill it anew from a template."""
        self.put(line, Draft(template, Own(added, tone)))

    def type_text(self, line: GreetingLine, text: str) -> None:
        """Take words written by hand; those of the template again if they are the same."""
        draft = self.draft(line)
        if draft is None:
            return
        self.put(line, replace(draft, typed=None))
        if self.text(line)[0] != text:
            self.put(line, replace(draft, typed=text))

    def start_again(self, line: GreetingLine) -> None:
        """Forget what was written by hand."""
        draft = self.draft(line)
        if draft is not None:
            self.put(line, replace(draft, typed=None))

    def ready(self) -> list[GreetingLine]:
        """Those against which nothing speaks, and that have words."""
        return [one for one in self.lines if one.ready and self.text(one)[0]]

    def handed(self, lines: Iterable[GreetingLine], how: How) -> list[HandedOut]:
        """They, to be kept as handed out with the words they have now."""
        return [HandedOut(one, self.text(one)[0], how) for one in lines]
