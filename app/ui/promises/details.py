"""What is known of a promise beside the list: how it stands, every move, where it came from."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain import interactions
from app.domain.interactions import Direction
from app.domain.promises import LABELS
from app.i18n import ntr, tr
from app.services.promise_lists import PromiseLine, PromiseMoved, PromiseStory, SaidIn
from app.ui.channels import talk_glyph
from app.ui.context import Context
from app.ui.promises.bulk_dialog import Act
from app.ui.promises.words import (
    STATES,
    due_words,
    exact_words,
    firm_kind,
    is_late,
    state_words,
)
from app.ui.theme import Kind, tokens
from app.ui.when import moment_words
from app.ui.widgets.avatar import Avatar, IconView
from app.ui.widgets.button import Button
from app.ui.widgets.customer_words import shape_of
from app.ui.widgets.detail_panel import DetailPanel
from app.ui.widgets.flow import FlowBox
from app.ui.widgets.layout import STRETCH, Item, col, row, row_top
from app.ui.widgets.link import Link
from app.ui.widgets.pill import Pill
from app.ui.widgets.surface import Line
from app.ui.widgets.text import Elided, Label, muted

_LEAD: Final = 12
_LEAST: Final = 272


class PromiseDetails(DetailPanel):
    """A card beside the list; it is filled anew for every promise."""

    open_asked = Signal(int)  # the customer
    act_asked = Signal(str)  # one of Act, for the promise that is shown

    def __init__(self, context: Context) -> None:
        super().__init__("promise_details", "handshake", tr("No promise chosen"), _LEAST)
        self._context = context
        self._story: PromiseStory | None = None
        self.setMinimumWidth(tokens().px(_LEAST))
        self.setAccessibleName(tr("Details"))

    def promise_id(self) -> int | None:
        """Which promise is shown."""
        return self._story.line.id if self._story else None

    def show_none(self, chosen: int = 0, listed: int = 0) -> None:
        """No promise of those listed, or several."""
        self._story = None
        if chosen > 1:
            title = ntr("{count} promise chosen", "{count} promises chosen", chosen)
            hint = tr("Deal with them together with the buttons under the list.")
            self.say_nothing(title, hint)
        else:
            hint = tr("Choose a promise in the list.") if listed else ""
            self.say_nothing(tr("No promise chosen"), hint)

    def show_story(self, story: PromiseStory) -> None:
        """Show this promise."""
        same = self.promise_id() == story.line.id
        place = self.place() if same else 0
        self._story = story
        self.fill(
            "promise",
            (
                self._head(story.line),
                self._words(story.line),
                self._actions(story.line) if story.line.closed_at is None else None,
                Line(),
                *self._dates(story),
                *self._came_from(story.said_in),
            ),
            place,
        )

    # ---- parts

    def _head(self, line: PromiseLine) -> Item:
        link = Link(line.customer, tr("Open {customer}", customer=line.customer))
        link.setObjectName("open_customer")
        link.clicked.connect(partial(self._open, line.customer_id))
        under = tr("to {contact}", contact=line.contact) if line.contact else ""
        names = col(
            STRETCH,
            row((link, 100), STRETCH, gap=0),
            row(4, (_typed(Elided(under, "small", "muted")), 1), gap=0) if under else None,
            STRETCH,
            gap=0,
        )
        face = Avatar(line.customer, 40, shape_of(line.customer_kind))
        return row_top(face, (names, 1), gap=8)

    def _open(self, customer_id: int, _checked: object = None) -> None:
        self.open_asked.emit(customer_id)

    def _words(self, line: PromiseLine) -> Item:
        now = self._context.services.clock.now()
        if line.closed_at is None:
            late: Kind = "danger" if is_late(line, now) else "info"
            stands = Pill(due_words(line, now), late, "clock")
        else:
            kind, mark = STATES[line.state]
            stands = Pill(state_words(line), kind, mark)
        pills: list[QWidget] = [stands, Pill(str(LABELS[line.firm]), firm_kind(line.firm))]
        if line.deadline:
            pills.append(Pill(tr("At the latest"), "warn"))
        text = _typed(Label(line.text, "title").wrapped().selectable())
        said = tr(
            "{name}, {when}", name=line.maker or tr("Unknown"), when=moment_words(line.at, now)
        )
        return col(text, FlowBox(*pills, name="promise_pills"), muted(said), gap=8)

    def _actions(self, line: PromiseLine) -> Item:
        keep = self._button(tr("Kept"), "keep")
        move = self._button(tr("New date"), "move")
        broken = self._button(tr("Not kept"), "break")
        keep.setAccessibleName(tr("Kept: {text}", text=line.text))
        return row((keep, 1), (move, 1), (broken, 1))

    def _button(self, words: str, act: Act) -> Button:
        made = Button(words)
        made.setObjectName(f"details_{act}")
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.clicked.connect(partial(self._ask, act))
        return made

    def _ask(self, act: Act, _checked: object = None) -> None:
        self.act_asked.emit(act)

    def _dates(self, story: PromiseStory) -> Sequence[Item]:
        """Every date it had, from what was said first to how it ended."""
        line, now = story.line, self._context.services.clock.now()
        first: date | datetime = story.moves[0].before if story.moves else line.due
        items: list[Item] = [
            _step(
                "handshake",
                tr("Due {date}", date=exact_words(first)),
                _by(line.maker, line.at, now),
            )
        ]
        items += [_moved(one, now) for one in story.moves]
        if line.closed_at is not None:
            _, mark = STATES[line.state]
            by = _by(story.closed_by, line.closed_at, now)
            items.append(_step(mark, str(LABELS[line.state]), by, line.reason))
        count = len(story.moves)
        title = (
            ntr("Moved {count} time", "Moved {count} times", count) if count else tr("Never moved")
        )
        return (Label(title, "title"), col(*items, gap=12))

    def _came_from(self, said_in: SaidIn | None) -> Sequence[Item]:
        if said_in is None:
            return ()
        ends = [said_in.staff, said_in.contact]
        if said_in.direction is Direction.IN:
            ends.reverse()
        who = " → ".join(end for end in ends if end)
        now = self._context.services.clock.now()
        words = " · ".join(
            part
            for part in (str(interactions.LABELS[said_in.channel]), moment_words(said_in.at, now))
            if part
        )
        return (
            Line(),
            Label(tr("Where it comes from"), "title"),
            _step(talk_glyph(said_in.channel, said_in.direction), words, who, said_in.summary),
        )


def _moved(one: PromiseMoved, now: datetime) -> Item:
    words = tr("{before} → {after}", before=exact_words(one.before), after=exact_words(one.after))
    return _step("calendar-clock", words, _by(one.staff, one.at, now), one.why)


def _by(name: str, at: datetime, now: datetime) -> str:
    when = moment_words(at, now)
    return tr("{name}, {when}", name=name, when=when) if name else when


def _step(glyph: str, words: str, under: str, text: str = "") -> Item:
    said = _typed(Label(text.strip()).wrapped().selectable()) if text.strip() else None
    return row_top(
        IconView("circle-dot" if glyph == "dot" else glyph),
        (col(Label(words, "strong").wrapped(), muted(under).wrapped() if under else None, said,
             gap=2), 1),
        gap=_LEAD,
    )  # fmt: skip


def _typed(words: QWidget) -> QWidget:
    """Marks what users typed: it is never a text of the program, even when it reads like one."""
    words.setProperty("typed", True)  # noqa: FBT003 - Qt's property
    return words
