"""The choices beside a dry run: encoding, duplicates, order of dates, columns left out."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from app.domain.dates import ask_for_order
from app.exchange.encodings import Candidate
from app.i18n import Message, ntr, tr
from app.services.import_plan import ImportPlan
from app.ui.imports.words import encoding_name
from app.ui.widgets.avatar import IconView
from app.ui.widgets.button import Button
from app.ui.widgets.check import Radio
from app.ui.widgets.hanging import HangingScroll
from app.ui.widgets.layout import STRETCH, Box, col, fix, row
from app.ui.widgets.pill import Pill
from app.ui.widgets.surface import Surface, card
from app.ui.widgets.text import Elided, Label, muted

_MOST: Final = 6  # columns left out that are listed one by one

_DUPLICATES: Final = (
    (
        "skip",
        Message("Leave these rows out"),
        Message("No customer of yours is touched"),
    ),
    (
        "fill",
        Message("Fill in what is empty"),
        Message("What is there stays as it is"),
    ),
    (
        "update",
        Message("Take over what the file says"),
        Message("Blank cells never erase anything"),
    ),
    (
        "create",
        Message("Add them all the same"),
        Message("You get the same customer twice"),
    ),
)
_ON_RECORD: Final = (
    (
        "skip",
        Message("Leave these rows out"),
        Message("Nothing stands on record twice"),
    ),
    (
        "create",
        Message("Add them all the same"),
        Message("You get the same interaction twice"),
    ),
)
_ALIKE: Final = (
    (
        "create",
        Message("Add them"),
        Message("Look them over later, two by two"),
    ),
    (
        "skip",
        Message("Leave them out"),
        Message("Nobody is in your list twice"),
    ),
)
_ORDERS: Final = (
    ("dmy", Message("Day first"), Message("31/12/2026")),
    ("mdy", Message("Month first"), Message("12/31/2026")),
)


class Options(Surface):
    """A card with a title and one of several to choose, each with a line under it."""

    chosen = Signal(str)

    def __init__(self, name: str, hint: str = "") -> None:
        super().__init__("card", name)
        self._title = Label("", "title")
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._clicked)
        self._values: list[str] = []
        self._offered: list[tuple[str, str, str, str]] = []
        self._lines: Box = col(gap=6)
        self.setLayout(
            col(
                # a long hint takes two lines instead of pushing the cards out of sight
                row(self._title, STRETCH if not hint else (muted(hint).wrapped().right(), 1)),
                self._lines,
                gap=10,
                margins=16,
            )
        )

    def set_title(self, title: str) -> None:
        """What the choice is about."""
        self._title.setText(title)

    def offer(self, options: Sequence[tuple[str, str, str, str]], current: str) -> None:
        """Offer values, each with its words, a line under them and words of a pill."""
        if list(options) != self._offered:  # another file has other words under the same values
            self._rebuild(options)
        for place, value in enumerate(self._values):
            if value == current:
                self._group.button(place).setChecked(True)

    def _rebuild(self, options: Sequence[tuple[str, str, str, str]]) -> None:
        for button in self._group.buttons():
            self._group.removeButton(button)
        _clear(self._lines)
        self._offered = list(options)
        self._values = [value for value, *_ in options]
        for place, (_, words, under, pill) in enumerate(options):
            radio = Radio(words, f"{words}, {under}")
            radio.setObjectName(f"{self.objectName()}_{place}")
            self._group.addButton(radio, place)
            line = row(radio, STRETCH, Pill(pill, "good") if pill else None)
            self._lines.put(col(line, row(26, (Elided(under, "small", "muted"), 1), gap=0), gap=0))

    def choose(self, value: str) -> None:
        """Choose as a click would."""
        self._group.button(self._values.index(value)).click()

    def value(self) -> str:
        """What is chosen."""
        return self._values[self._group.checkedId()]

    def _clicked(self, place: int) -> None:
        self.chosen.emit(self._values[place])


class LeftOut(Surface):
    """The columns of the file that go nowhere."""

    noted = Signal(int)
    mapping_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("card", "left_out")
        self._title = Label("", "title")
        self._lines: Box = col(gap=8)
        more = Button(tr("Choose fields…"), "accent", size="small")
        more.setObjectName("choose_fields")
        more.clicked.connect(self.mapping_wanted)
        self.setLayout(
            col(row(self._title, STRETCH), self._lines, row(more, STRETCH), gap=8, margins=16)
        )

    def show_plan(self, plan: ImportPlan) -> None:
        """List the columns; each may become a line of the notes."""
        mapping = plan.mapping
        left = [at for at in range(len(mapping.header)) if at not in mapping.columns]
        self.setVisible(bool(left))
        self._title.setText(ntr("{count} column left out", "{count} columns left out", len(left)))
        _clear(self._lines)
        for at in left[:_MOST]:
            title = Elided(mapping.header[at], "body", "muted")
            self._lines.put(row((title, 1), self._note_button(at)))

    def _note_button(self, at: int) -> Button:
        made = Button(tr("Keep as note"), size="small")
        made.setObjectName(f"note_{at}")
        made.setProperty("column", at)
        made.clicked.connect(self._note)
        return made

    def _note(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.noted.emit(int(sender.property("column")))


class Newcomers(Surface):
    """Owners and authors who become staff with this import."""

    def __init__(self) -> None:
        super().__init__("card", "newcomers")
        self._title = Label("", "title")
        self._names = muted().wrapped()
        words = tr("The file names them. Undo takes them away again with the rest.")
        self.setLayout(col(self._title, self._names, muted(words).wrapped(), gap=6, margins=16))

    def show_plan(self, plan: ImportPlan) -> None:
        """Name them."""
        count = len(plan.staff)
        self.setVisible(bool(count))
        self._title.setText(
            ntr("{count} new member of staff", "{count} new members of staff", count)
        )
        some = tr(", ").join(plan.staff[:_MOST])
        more = count - _MOST
        self._names.setText(some if more <= 0 else tr("{names} and {count} more", names=some,
                                                      count=more))  # fmt: skip


class Aside(HangingScroll):
    """All the cards, one under the other."""

    def __init__(self) -> None:
        content = QWidget()
        super().__init__(content, "import_aside")
        self.encodings = Options("encodings", tr("Which line can you read?"))
        self.encodings.set_title(tr("Encoding"))
        self.duplicates = Options("duplicates")
        self.alike = Options("look_alikes")
        self.orders = Options("date_order")
        self.orders.set_title(tr("Dates such as 3/2/2026"))
        self.left_out = LeftOut()
        self.newcomers = Newcomers()
        self._undo = muted().wrapped()
        self.undo_card = card(
            row(IconView("undo-2", "accent_ink"), Label(tr("All of it can be undone"), "strong"),
                STRETCH),
            self._undo,
            gap=4,
            name="undo_hint",
        )  # fmt: skip
        content.setLayout(
            col(
                self.encodings,
                self.orders,
                self.duplicates,
                self.alike,
                self.newcomers,
                self.undo_card,
                self.left_out,
                STRETCH,
                gap=12,
            )
        )
        fix(self, width=312)
        self._candidates: Sequence[Candidate] = ()

    def set_candidates(self, candidates: Sequence[Candidate]) -> None:
        """The encodings the file may be in; none for a workbook."""
        self._candidates = candidates

    def show_plan(self, plan: ImportPlan) -> None:
        """Show the choices of a dry run."""
        self._show_encodings(plan.table.encoding)
        self._show_duplicates(plan)
        self._show_alike(plan)
        self._show_orders(plan)
        self.left_out.show_plan(plan)
        self.newcomers.show_plan(plan)
        count = plan.counts.accepted
        self.undo_card.setVisible(bool(count))
        self._undo.setText(
            ntr(
                "Ctrl+Z takes the {count} row back at once. What was changed later is listed and "
                "stays.",
                "Ctrl+Z takes all {count} rows back at once. What was changed later is listed and "
                "stays.",
                count,
            )
        )

    def _show_encodings(self, current: str | None) -> None:
        shown = current is not None and len(self._candidates) > 1
        self.encodings.setVisible(shown)
        if shown:
            options = [
                (one.encoding, encoding_name(one.encoding), one.sample,
                 tr("Likely") if place == 0 else "")
                for place, one in enumerate(self._candidates)
            ]  # fmt: skip
            self.encodings.offer(options, str(current))

    def _show_duplicates(self, plan: ImportPlan) -> None:
        talks, count = plan.options.into == "interactions", _matched(plan)
        chosen = plan.options.duplicates
        self.duplicates.set_title(_matched_words(count, talks=talks))
        self.duplicates.setVisible(bool(count) or chosen == "create")
        offered = _ON_RECORD if talks else _DUPLICATES
        self.duplicates.offer(
            [(value, str(words), str(under), "") for value, words, under in offered],
            chosen if chosen in {value for value, _, _ in offered} else "skip",
        )

    def _show_alike(self, plan: ImportPlan) -> None:
        count = plan.counts.alike
        self.alike.setVisible(bool(count))
        self.alike.set_title(ntr("{count} look-alike row", "{count} look-alike rows", count))
        options = [(value, str(words), str(under), "") for value, words, under in _ALIKE]
        self.alike.offer(options, plan.options.alike)

    def _show_orders(self, plan: ImportPlan) -> None:
        asked = any(ask_for_order(problem.reason) for _, problem in plan.errors)
        self.orders.setVisible(asked or plan.options.order != "auto")
        options: list[tuple[Any, str, str, str]] = [
            (value, str(words), str(under), "") for value, words, under in _ORDERS
        ]
        self.orders.offer(options, plan.options.order)


def _matched(plan: ImportPlan) -> int:
    counts = plan.counts
    left_out = counts.alike if plan.options.alike == "skip" else 0
    return (
        counts.skipped - left_out + (counts.updated if plan.options.duplicates != "create" else 0)
    )


def _matched_words(count: int, *, talks: bool) -> str:
    if not count:  # they are to be added, so that none counts as a duplicate
        return tr("Duplicate rows")
    if talks:
        return ntr("{count} row on record already", "{count} rows on record already", count)
    return ntr("{count} duplicate row", "{count} duplicate rows", count)


def _clear(box: Box) -> None:
    """Take everything out of a layout."""
    while (item := box.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif isinstance(inner, Box):
            _clear(inner)
            inner.deleteLater()
