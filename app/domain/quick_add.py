"""One typed line understood as a reminder or a promise: 明天下午3点给王伟打电话.

`understand` never guesses a day: a line needs a day or a repetition. What it cannot be sure of it
says (`Unclear`), so that it can be asked for, and nothing typed is lost.

- Kind: a promise where 答应, 承诺, "promised", "agreed to" say that we gave our word; what others
  promised us is a reminder, and stays in the text with who it was.
- Day: see when. The one beside 提醒我, "remind me" counts, or the only one; days that belong to a
  thing (周五的会议) stay in the text. Two that both could be meant are not understood.
- An hour without a day is the next such hour. 3点 at the head of the line is one.
- Repetition: see repeat_words; "until", 直到 end it, "from", 从…起 begin it.
- Who: see quick_names. Whether there is such a customer is for others to look up.
- Lead: 提前15分钟, "1 day ahead" say when it calls, besides.
- Text: the line without what said when, who promised and how often.
"""

import re
from datetime import datetime
from typing import Final

from app.domain import quick_add_words, quick_names
from app.domain.quick_added import AddKind, QuickAdd, Unclear
from app.domain.quick_due import due_of
from app.domain.quick_follow import PROMISE
from app.domain.quick_line import Line, Span, SpanKind
from app.domain.quick_names import Named
from app.domain.quick_summary import left_over
from app.domain.quick_words import PERSON, VALUE
from app.domain.recurrence import Workdays
from app.domain.working_time import WorkingCalendar
from app.i18n import Message

USUAL_CALENDAR: Final = WorkingCalendar()

__all__ = ["AddKind", "QuickAdd", "Span", "SpanKind", "Unclear", "understand"]


def understand(
    typed: str, now: datetime, calendar: Workdays = USUAL_CALENDAR
) -> QuickAdd | Unclear:
    """Read `typed` as said at `now` (local time, with a zone or without).

    `calendar` knows the working days. Of a long line only the start is read (folded.LONGEST); the
    rest stays in the text.
    """
    line = Line.of(typed, now)
    found = due_of(line, calendar)
    name = quick_names.name_in(line.text, line.capital)
    channel = quick_add_words.channel(line.text)
    kind = _kind(line, name)
    text = _left(line)
    spans = _ordered(line, name)
    who = line.said(name.start, name.end) if name else ""
    if isinstance(found, Message):
        return Unclear(found, text or typed.strip(), kind, who, channel, spans)
    return QuickAdd(
        kind, text, found.due, found.deadline, found.rule, who, channel, found.alarms, spans
    )


def _kind(line: Line, name: Named | None) -> AddKind:
    """A promise if we gave our word; marks the words that say so, and those of a reminder."""
    text = line.text
    if name:
        text = text[: name.start] + PERSON * (name.end - name.start) + text[name.end :]
    for found in quick_add_words.REMINDERS.finditer(text):
        line.mark(SpanKind.KIND, *found.span(), VALUE)
    for found in PROMISE.finditer(text):
        if not quick_add_words.OTHERS.search(text[: found.start()]):
            to = quick_add_words.TO_SOMEBODY.search(text[: found.start()])
            line.mark(SpanKind.KIND, to.start() if to else found.start(), found.end(), VALUE)
            return AddKind.PROMISE
    return AddKind.REMINDER


def _left(line: Line) -> str:
    """What is to be done: what was not understood as something else."""
    gone = [(span.start, span.end) for span in line.spans]
    text = left_over(line.typed, 0, len(line.typed), gone)
    bare = quick_add_words.END.sub("", quick_add_words.START.sub("", text)).strip()
    return re.sub(r"(?<=\w)\s+(?=[!?.]+$)", "", bare)


def _ordered(line: Line, name: Named | None) -> tuple[Span, ...]:
    spans = list(line.spans)
    if name:
        spans.append(Span(SpanKind.WHO, *line.folded.typed(name.start, name.end)))
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        if not kept or kept[-1].end <= span.start:
            kept.append(span)
        elif span.kind is SpanKind.WHO:  # promised Grace: the name is within the words around it
            whole = kept.pop()
            kept += [Span(whole.kind, whole.start, span.start), span]
            if span.end < whole.end:
                kept.append(Span(whole.kind, span.end, whole.end))
    return tuple(kept)
