"""One line typed after a call, understood: channel, person, rating, minutes, mood, what is next.

`understand` never guesses at meaning: what is not one of the forms below stays text.

- Channel: at the head of the line or of a segment, as a word that stands for the contact itself
  (电话, 微信问…, visited Grace, email in from Tom:), never as part of another (电话号码改了,
  the call centre moved). The first one counts. Direction only where it is said: 来电, from,
  Grace called, web and walk-in are in; 打电话, called, a channel followed by whom (电话陈总) out.
- Person: see quick_people. The one beside the channel counts, else the first one at the head of
  the line, else the only one named.
- Rating 1 to 5: 满意4, 4分, 四星, ★★★★, rating 4, 4/5, 4 out of 5, 4 stars. The first counts.
- Minutes: 20分钟, 8 min, 半小时, standing by itself, not waiting, being late, "every" or "in".
- Unhappy: said of somebody, not denied (没有不高兴), not supposed (如果生气).
- Step: only with the word step, stage, 步骤, 阶段.
- Follow-up: see quick_follow; dates see when. Only today and later.

`summary` is the line without the spans of the parts that are `cut`: channel, rating, minutes, and a
person that is named beside the channel or stands alone. Each run of white space becomes one space;
where something was cut, separators (SEPARATORS and a dash between spaces) go too that are left at
the start, at the end or behind another separator. Every other character stays, in its order.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from app.domain import numerals, quick_words
from app.domain.folded import Folded, read
from app.domain.interactions import Channel, Direction, Step
from app.domain.quick_follow import Day, Task, tasks
from app.domain.quick_people import Mention, Person, mentions
from app.domain.quick_summary import SEPARATORS, left_over, without
from app.domain.quick_words import DATE, PAST, PERSON, VALUE
from app.domain.when import find_in
from app.domain.when_days import Clue

__all__ = ["FollowUp", "Part", "PartKind", "Person", "Understood", "understand"]

LONGEST_TALK: Final = 24 * 60


class PartKind(StrEnum):
    """What a stretch of the line became."""

    CHANNEL = "channel"
    PERSON = "person"
    RATING = "rating"
    MINUTES = "minutes"
    UNHAPPY = "unhappy"
    STEP = "step"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Part:
    """line[start:end] was understood; `cut` if the summary does without it."""

    kind: PartKind
    start: int
    end: int
    cut: bool


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What is to be done, on a day or at a moment, or until then if `deadline`.

    `text` may be empty ("答应周一前"); `promised` if the customer was promised it.
    """

    due: date | datetime
    deadline: bool
    text: str
    promised: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """What a line says. None where it does not; `parts` in order of place, not overlapping."""

    summary: str
    channel: Channel | None = None
    direction: Direction | None = None
    person_id: int | None = None
    rating: int | None = None
    unhappy: bool = False
    minutes: int | None = None
    step: Step | None = None
    follow_ups: tuple[FollowUp, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def follow_up(self) -> FollowUp | None:
        """The first one; a line may say more."""
        return self.follow_ups[0] if self.follow_ups else None


@dataclass(frozen=True, slots=True)
class _Found:
    """A part in the folded text."""

    kind: PartKind
    start: int
    end: int
    cut: bool = False


def understand(line: str, now: datetime, people: Sequence[Person]) -> Understood:
    """Read `line` as said at `now` (local time, with a zone or without) of one customer.

    `people` are the customer's contacts. Of a long line only the start is read (folded.LONGEST).
    """
    folded = read(line)
    named = mentions(folded.text, people)
    text = _marked(folded.text, named, PERSON)
    dates = find_in(text, now)
    days = _coming(dates, now)
    text = _marked(text, dates, PAST)
    text = _marked(text, [day for day in days if not day.today], DATE)
    rating = _rating(text)
    text = _marked(text, [rating[1]] if rating else [], VALUE)
    minutes = _minutes(text)
    text = _marked(text, [minutes[1]] if minutes else [], VALUE)
    todo = tasks(text, days)
    channel = _channel(text, todo)
    person = _person(text, named, channel[2] if channel else None)
    unhappy = _unhappy(text)
    step = _step(text)

    found = [one[-1] for one in (rating, minutes, channel, person, step) if one]
    found += [unhappy] if unhappy else []
    found += [_Found(PartKind.DUE, dates[one.date].start, dates[one.date].end) for one in todo]
    parts = _parts(folded, found)
    return Understood(
        summary=without(line, [(part.start, part.end) for part in parts if part.cut]),
        channel=channel[0] if channel else None,
        direction=channel[1] if channel else None,
        person_id=person[0] if person else None,
        rating=rating[0] if rating else None,
        unhappy=unhappy is not None,
        minutes=minutes[0] if minutes else None,
        step=step[0] if step else None,
        follow_ups=tuple(
            FollowUp(
                dates[one.date].value,
                dates[one.date].deadline,
                _task_text(line, folded, one, dates[one.date], parts),
                one.promised,
            )
            for one in todo
        ),
        parts=parts,
    )


def _marked(text: str, spans: Sequence[Mention | Clue | Day | _Found], mark: str) -> str:
    for span in spans:
        text = text[: span.start] + mark * (span.end - span.start) + text[span.end :]
    return text


def _coming(dates: Sequence[Clue], now: datetime) -> list[Day]:
    return [
        Day(clue.start, clue.end, place, clue.deadline, clue.value == now.date())
        for place, clue in enumerate(dates)
        if (clue.value > now if isinstance(clue.value, datetime) else clue.value >= now.date())
    ]


def _rating(text: str) -> tuple[int, _Found] | None:
    for found in quick_words.RATING.finditer(text):
        if quick_words.NOT_RATING_BEFORE.search(text, 0, found.start()):
            continue
        said = next(group for group in found.groups() if group)
        value = len(said) if said.startswith("★") else numerals.value(said)
        if value:
            return value, _Found(PartKind.RATING, *_bracketed(text, found), cut=True)
    return None


def _bracketed(text: str, found: re.Match[str]) -> tuple[int, int]:
    """The range of the match, with the brackets that hold nothing else: (12 min)."""
    start, end = found.span()
    within = text[start - 1 : start] == "(" and text[end : end + 1] == ")"
    return (start - 1, end + 1) if within else (start, end)


def _minutes(text: str) -> tuple[int, _Found] | None:
    for found in quick_words.MINUTES.finditer(text):
        amount = _talk(found)
        if amount and amount <= LONGEST_TALK and _stands_alone(text, found):
            return amount, _Found(PartKind.MINUTES, *_bracketed(text, found), cut=True)
    return None


def _talk(found: re.Match[str]) -> int | None:
    """Minutes of a match of quick_words.MINUTES."""
    hours, half, more, few, unit, half_hour, figure, english, rest, half_an, one, and_half = (
        found.groups()
    )
    if half_hour or half_an:
        return 30
    if one:
        return 90 if and_half else 60
    if few:
        return _product(few, 15 if unit == "刻钟" else 1)
    if hours:
        whole = _product(hours, 60)
        extra = 30 if half else _product(more, 1) if more else 0
        return None if whole is None or extra is None else whole + extra
    whole = _product(figure, 60 if english.startswith("h") else 1)
    return None if whole is None else whole + int(rest or 0)


def _product(figure: str, unit: int) -> int | None:
    if figure.endswith(".5"):
        return int(figure[:-2]) * unit + unit // 2
    value = numerals.value(figure)
    return None if value is None else value * unit


_ALONE_BEFORE: Final = re.compile(rf"(?:^|[,;:.。、!?(]|[{PERSON}{VALUE}{PAST}])\s?$")
_ALONE_AFTER: Final = re.compile(rf"\s?(?:$|[,;:.。、!?)]|[{PERSON}{DATE}{VALUE}{PAST}])")


def _stands_alone(text: str, found: re.Match[str]) -> bool:
    """How long we talked, not how long something takes: see the head of the module."""
    start, end = found.span()
    if quick_words.NOT_MINUTES_BEFORE.search(text[max(0, start - 20) : start]):
        return False
    if quick_words.NOT_MINUTES_AFTER.match(text, end):
        return False
    if quick_words.MINUTES_SAID.search(found[0]) or _ALONE_BEFORE.search(text[:start]):
        return True
    before = text[start - 1]
    if before == " " and not text[start - 2].isascii():
        return text[end : end + 1] in {"", " "} or bool(_ALONE_AFTER.match(text, end))
    if _channel_ends(text, start):
        return True
    return before == " " and bool(_ALONE_AFTER.match(text, end))


def _channel_ends(text: str, place: int) -> bool:
    """电话20分钟, call 8 min: does a channel's word stand before?"""
    marked = text[:place] + VALUE
    return any(
        found.end() in {place, place - 1}
        for _, _, pattern in quick_words.CHANNELS
        for found in pattern.finditer(marked)
    )


def _channel(text: str, todo: Sequence[Task]) -> tuple[Channel, Direction | None, _Found] | None:
    """The first one said outside of what is to be done; of two at one place the longer one."""
    best: tuple[Channel, Direction | None, _Found] | None = None
    for channel, direction, pattern in quick_words.CHANNELS:
        for found in pattern.finditer(text):
            if any(one.start <= found.start() < one.end for one in todo):
                continue
            start, end = _trimmed(found)
            if best is None or (start, -end) < (best[2].start, -best[2].end):
                best = channel, direction, _Found(PartKind.CHANNEL, start, end, cut=True)
            break
    return best


def _trimmed(found: re.Match[str]) -> tuple[int, int]:
    """Without spaces at its ends."""
    said = found[0]
    return (
        found.start() + len(said) - len(said.lstrip()),
        found.end() - len(said) + len(said.rstrip()),
    )


_ALONE: Final = re.compile(r"\s*(?:$|[,;:.。、!?])")


def _person(
    text: str, named: Sequence[Mention], channel: _Found | None
) -> tuple[int, _Found] | None:
    if not named:
        return None
    for one in named:
        if channel and _beside(text, channel, one):
            inside = channel.start <= one.start and one.end <= channel.end
            return one.id, _Found(PartKind.PERSON, one.start, one.end, cut=not inside)
    first = named[0]
    if not text[: first.start].strip() or len({one.id for one in named}) == 1:
        return first.id, _Found(PartKind.PERSON, first.start, first.end, cut=_apart(text, first))
    return None


def _beside(text: str, channel: _Found, one: Mention) -> bool:
    if channel.start <= one.start and one.end <= channel.end:
        return True
    between = text[channel.end : one.start] if one.start >= channel.end else "?"
    behind = text[one.end : channel.start] if one.end <= channel.start else "?"
    return between.strip() in {"", ":", ","} or behind.strip() == ""


def _apart(text: str, one: Mention) -> bool:
    """Does the person stand between spaces or separators in Chinese, or separators in English?"""
    before, after = text[: one.start].rstrip(), text[one.end :]
    if before and before[-1] not in SEPARATORS + VALUE:
        return False
    return bool(_ALONE.match(after)) or (after[:1] == " " and not after[1:2].isascii())


def _unhappy(text: str) -> _Found | None:
    for found in quick_words.UNHAPPY.finditer(text):
        if not quick_words.NOT_UNHAPPY_BEFORE.search(
            text[max(0, found.start() - 30) : found.start()]
        ):
            return _Found(PartKind.UNHAPPY, *found.span())
    return None


def _step(text: str) -> tuple[Step, _Found] | None:
    found = quick_words.STEP.search(text)
    return (quick_words.step(found), _Found(PartKind.STEP, *found.span())) if found else None


def _parts(folded: Folded, found: Sequence[_Found]) -> tuple[Part, ...]:
    """In the line as typed; what lies within another (给陈总打电话) splits it."""
    parts: list[Part] = []
    for one in _split(found):
        start, end = folded.typed(one.start, one.end)
        if not parts or parts[-1].end <= start:
            parts.append(Part(one.kind, start, end, one.cut))
    return tuple(parts)


def _split(found: Sequence[_Found]) -> Iterator[_Found]:
    place = 0
    ordered = sorted(found, key=lambda one: (one.start, -one.end))
    for number, one in enumerate(ordered):
        start = max(place, one.start)
        inner = [other for other in ordered[number + 1 :] if other.end <= one.end]
        for other in inner:
            if start < other.start:
                yield _Found(one.kind, start, other.start, one.cut)
            start = max(start, other.end)
            yield _Found(other.kind, other.start, other.end, other.cut or one.cut)
        if start < one.end:
            yield _Found(one.kind, start, one.end, one.cut)
        place = max(place, one.end, start)


_TEXT_START: Final = re.compile(
    r"^(?:(?:to|that|and|on|at|by|me|us|:)\s|[说讲](?!明)|[在于会要]\s)+", re.IGNORECASE
)


def _task_text(line: str, folded: Folded, task: Task, due: Clue, parts: Sequence[Part]) -> str:
    """What to do, as typed, without its date, the word that says so and what was cut."""
    if task.start >= task.end:
        return ""
    start, end = folded.typed(task.start, task.end)
    gone = [(part.start, part.end) for part in parts if part.cut]
    gone.append(folded.typed(due.start, due.end))
    if task.word[0] < task.word[1]:
        gone.append(folded.typed(*task.word))
    return _TEXT_START.sub("", left_over(line, start, end, gone))
