"""The head of the page: who it is, how things stand, and what one does next."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.interactions import LABELS as CHANNELS
from app.domain.vocabulary import LABELS, PointKind
from app.i18n import ntr, tr
from app.services.customer_page import CustomerPage
from app.services.due import ReminderLine
from app.services.timeline import Entry, InteractionEntry
from app.ui.context import Context
from app.ui.theme import Kind
from app.ui.when import day_words
from app.ui.widgets.avatar import Avatar
from app.ui.widgets.button import Button
from app.ui.widgets.customer_words import GRADES, STAGES, shape_of
from app.ui.widgets.layout import STRETCH, Box, Item, col, hold, row, row_top
from app.ui.widgets.pill import Pill
from app.ui.widgets.reach import reach
from app.ui.widgets.surface import Line, Surface
from app.ui.widgets.text import Elided, Label, caption, muted

_AVATAR: Final = 56
_MISSING: Final = 6


class Head(Surface):
    """Filled anew for every customer; its buttons stay."""

    log_asked = Signal()
    follow_up_asked = Signal()
    edit_asked = Signal()
    menu_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__("card", "customer_head")
        self._context = context
        self._page: CustomerPage | None = None
        self._shown: object = None
        self.call = Button(tr("Call"), "primary", glyph="phone")
        self.log = Button(tr("Log"), glyph="pencil")
        self.follow_up = Button(tr("Follow up"), glyph="calendar-check")
        self.more = Button("", glyph="ellipsis", name=tr("More"))
        for button, name in (
            (self.call, "call"),
            (self.log, "log"),
            (self.follow_up, "follow_up"),
            (self.more, "more"),
        ):
            button.setObjectName(name)
        self.call.clicked.connect(self._call)
        self.log.clicked.connect(self.log_asked)
        self.follow_up.clicked.connect(self.follow_up_asked)
        self.more.clicked.connect(self.menu_asked)
        self._who_box, self._how_box = col(), col()
        buttons = (self.call, self.log, self.follow_up, self.more)
        self.setLayout(
            col(
                self._who_box,
                Line(),
                row((self._how_box, 1), *buttons, gap=8),
                gap=14,
                margins=16,
            )
        )

    def show_page(self, page: CustomerPage) -> None:
        """Show this customer; nothing is made anew where nothing in it is different."""
        today = self._context.services.clock.today()
        talk = _talk(page.timeline.entries, page.record.draft.last_contact)
        if self._page is None or page.record != self._page.record:
            self._show_who(page)
        shown = (page.record, page.next_step, page.facts, page.completeness, today, talk)
        if shown != self._shown:
            self._shown = shown
            _fill(self._how_box, self._how(page))
        self._page = page

    def _show_who(self, page: CustomerPage) -> None:
        phones = [one for one in page.record.draft.points if one.kind is PointKind.PHONE]
        self.call.setEnabled(bool(phones))
        self.call.setToolTip(phones[0].raw if phones else tr("No phone number is known."))
        _fill(self._who_box, self._who(page))

    def _who(self, page: CustomerPage) -> QWidget:
        draft, record = page.record.draft, page.record
        name = Label(draft.name, "page").selectable()
        name.setObjectName("customer_name")
        pills: list[Item] = [Pill(str(LABELS[draft.stage]), STAGES[draft.stage], "dot")]
        if draft.grade:
            grade = tr("Grade {grade}", grade=str(LABELS[draft.grade]))
            pills.insert(0, Pill(grade, GRADES[draft.grade], "star"))
        pills += [Pill(tag, "plain", "tag") for tag in draft.tags[:3]]
        since = tr("customer since {day}", day=draft.since.isoformat()) if draft.since else ""
        under = " · ".join(
            filter(None, (str(LABELS[draft.kind]), draft.region, draft.source, draft.code, since))
        )
        owner: list[Item] = (
            [Avatar(record.owner, 20), muted(tr("Owner")), Label(record.owner)]
            if record.owner
            else [muted(tr("Nobody looks after this customer."))]
        )
        words = col(
            row(name, *pills, STRETCH, gap=8),
            row(Elided(under, "body", "muted"), *owner, STRETCH, gap=8),
            gap=6,
        )
        return hold(row_top(Avatar(draft.name, _AVATAR, shape_of(draft.kind)), (words, 1), gap=14))

    def _how(self, page: CustomerPage) -> QWidget:
        today = self._context.services.clock.today()
        draft = page.record.draft
        held = [one for one in page.facts if not one.outdated]
        step = page.next_step
        never = tr("never ask again") if held else ""
        figures = [
            self._figure(
                tr("Last contact"),
                day_words(draft.last_contact, today) or tr("Never"),
                _talk(page.timeline.entries, draft.last_contact),
            ),
            self._figure(tr("Next step"), *_step(step, self._context)),
            self._figure(tr("Facts"), ntr("{count} fact", "{count} facts", len(held)), never),
            self._complete(page),
        ]
        return hold(row_top(*((one, 1) for one in figures), gap=16))

    def _figure(
        self, name: str, words: str, below: str | QWidget = "", kind: Kind = "plain"
    ) -> QWidget:
        tone = "text" if kind == "plain" else f"{kind}_ink"
        lines: list[Item] = [caption(name), Elided(words, "strong", tone)]
        if below:
            lines.append(below if isinstance(below, QWidget) else Elided(below, "small", "muted"))
        made = hold(col(*lines, STRETCH, gap=3))
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        return made

    def _complete(self, page: CustomerPage) -> QWidget:
        found = page.completeness
        missing = [str(one) for one in found.missing]
        below = tr("missing: {what}", what=missing[0]) if missing else tr("nothing is missing")
        words = Label(below, "small", "muted").wrapped()  # never cut: it is what one asks next
        made = self._figure(tr("Completeness"), f"{found.percent}%", words)
        made.setObjectName("completeness")
        if missing:
            made.setToolTip("\n".join(missing[:_MISSING]))
        return made

    def _call(self) -> None:
        if self._page is None:
            return
        phones = [one for one in self._page.record.draft.points if one.kind is PointKind.PHONE]
        if phones:
            reach(self._context, phones[0])


def _fill(box: Box, made: QWidget) -> None:
    before = box.takeAt(0)
    held = before.widget() if before is not None else None
    if held is not None:
        held.deleteLater()
    box.put(made)


def _talk(entries: Sequence[Entry], day: date | None) -> str:
    """By what way, with whom and for how long one spoke last; "" where that was not that day."""
    last = next((one for one in entries if isinstance(one, InteractionEntry)), None)
    if last is None or last.at.astimezone().date() != day:
        return ""
    minutes = "" if last.minutes is None else ntr("{count} min", "{count} min", last.minutes)
    return " · ".join(filter(None, (str(CHANNELS[last.channel]), last.contact, minutes)))


def _step(step: ReminderLine | None, context: Context) -> tuple[str, str, Kind]:
    if step is None:
        return tr("Nothing planned"), "", "plain"
    today = context.services.clock.today()
    kind: Kind = "danger" if step.due_on < today else "plain"
    when = day_words(step.due_on, today)
    if isinstance(step.due, datetime):
        when = f"{when} {step.due.astimezone():%H:%M}"
    return when, step.text, kind
