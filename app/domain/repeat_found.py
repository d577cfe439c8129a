"""What the words for repetitions share. A rule is a pattern over folded text and what it means."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.domain.repeat_every import DayTest, Every
from app.i18n import Message


@dataclass(frozen=True, slots=True)
class Repeat:
    """text[start:end] says what repeats, or a `Message` why it cannot be said which days.

    `minutes` after midnight where the words hold a time of day; `lead` days before it calls.
    """

    start: int
    end: int
    every: Every | Message
    minutes: int | None = None
    lead: int = 0


Meaning = Callable[[re.Match[str], DayTest], Every | Message | None]


@dataclass(frozen=True, slots=True)
class RepeatRule:
    """`meaning` gives None where the words mean no repetition after all."""

    pattern: re.Pattern[str]
    meaning: Meaning

    def found(self, text: str, is_workday: DayTest) -> Iterator[Repeat]:
        for found in self.pattern.finditer(text):
            every = self.meaning(found, is_workday)
            if every is not None:
                yield Repeat(found.start(), found.end(), every)


def no_such(said: str) -> Message:
    return Message("“{text}” does not exist.", params={"text": said.strip()})


def not_said(said: str) -> Message:
    return Message("“{text}” cannot repeat like that yet.", params={"text": said.strip()})
