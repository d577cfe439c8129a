"""Two customers side by side: which one stays, and which values it keeps."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QDialog, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget
from shiboken6 import isValid
from typing_extensions import override

from app.domain.vocabulary import Kind
from app.errors import Conflict
from app.i18n import Message, tr
from app.services.merge_comparison import FLIPPED, ComparedField, Comparison, SamePerson, Side, Take
from app.ui.context import Context
from app.ui.merge_words import alike_words, moving_words, side_words
from app.ui.theme import tokens
from app.ui.widgets.button import Button
from app.ui.widgets.choice_card import ChoiceCard
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.hanging import HangingScroll
from app.ui.widgets.layout import STRETCH, Item, col, hold, row, row_top
from app.ui.widgets.option import Option
from app.ui.widgets.surface import Line
from app.ui.widgets.text import Elided, Label, muted

_CAPTION: Final = 124
_LOWEST: Final = 96  # of the page that scrolls
_ANY_HEIGHT: Final = 16_777_215  # Qt's word for no limit
_LONGEST: Final = 24  # characters of a name on the button
Merged = Callable[[int], None]


def open_merge(
    owner: QWidget,
    context: Context,
    first_id: int,
    second_id: int,
    merged: Merged | None = None,
) -> None:
    """Look at both in the background, then show them side by side over the window of `owner`.

    `merged` is told the id of the customer that stays. What may not be merged is said instead.
    """
    merging, actor = context.services.merging, context.actor

    def came(held: Comparison) -> None:
        MergeDialog(owner, context, held, merged).open()

    context.tasks.run(owner, lambda: merging.compare(actor, first_id, second_id), came)


class MergeDialog(Dialog):
    """The proposal is ready: Enter merges. The cards above say which customer stays.

    Args:
        owner: the screen that waits for the merge.
        held: the two as they were compared.
        merged: is told the id of the customer that stays.
        chosen: what was chosen before, where the dialog is opened anew.
        said: why it is opened anew.
    """

    def __init__(
        self,
        owner: QWidget,
        context: Context,
        held: Comparison,
        merged: Merged | None = None,
        *,
        chosen: Mapping[str, Take] | None = None,
        said: str = "",
    ) -> None:
        super().__init__(
            owner,
            tr("Merge two customers into one"),
            "merge",
            do=tr("Merge"),
            words=tr(
                "Everything that belongs to either stays. What you do not take is written down on"
                " the timeline. Undo brings both back, even weeks later."
            ),
        )
        self._owner, self._context, self._held, self._merged = owner, context, held, merged
        self._working = False
        self._chosen = dict(chosen or {})  # by somebody, apart from what is proposed
        self._kept = held.suggested
        self.cards = {one.id: _card(one) for one in (held.first, held.second)}
        self._group = QButtonGroup(self)
        for one in self.cards.values():
            self._group.addButton(one)
            one.clicked.connect(self._card_clicked)
        self.rows = [*map(_field_row, held.differing), *map(_person_row, held.people)]
        for place, line in enumerate(self.rows):
            line.picked.connect(self._pick)
            line.left.connect(partial(self._go_on, place))
        self._inner = hold(col(*self._lines(), STRETCH, gap=4), "fields")
        self._scroll = HangingScroll(self._inner, "merging")
        self.moving = muted("", "body").wrapped()
        self.moving.setObjectName("moving")
        self.swap_button = Button(tr("Keep the other one"), glyph="arrow-left-right")
        self.swap_button.setObjectName("swap")
        self.swap_button.clicked.connect(self.swap)
        self.left_buttons.put(self.swap_button)
        if said:
            self.put(Label(said, "medium", "warn_ink").wrapped())
        head = (Label(tr("Which one stays"), "small", "muted").wrapped().wide(_CAPTION),)
        cards = [(one, 1) for one in self.cards.values()]
        self.put(row(*head, *cards, gap=8), (self._scroll, 1), Line(), self.moving)
        self._show()
        self.retheme()

    @override
    def retheme(self) -> None:
        super().retheme()
        self.setMinimumSize(tokens().px(640), tokens().px(400))

    @override
    def fit(self) -> None:
        """As high as the fields need, but not higher than the window below all dialogs."""
        width = tokens().px(828)
        inner, outer = self._inner.layout(), self.layout()
        if inner is None or outer is None:
            return
        # held at what it needs while the layout is asked; a page that scrolls names no height
        wrapped = inner.totalHeightForWidth(width - tokens().px(48))
        plain = inner.totalSizeHint().height()
        self._scroll.setFixedHeight(wrapped if inner.hasHeightForWidth() else plain)
        outer.invalidate()
        needed = outer.totalHeightForWidth(width)
        self._scroll.setMinimumHeight(tokens().px(_LOWEST))
        self._scroll.setMaximumHeight(_ANY_HEIGHT)
        most = max(self.minimumHeight(), _lowest(self._owner).height() - tokens().px(64))
        self.resize(width, min(most, needed))

    def _lines(self) -> Sequence[Item]:
        parts: list[Item] = []
        for one in self.rows:
            parts += [one, Line()]
        if not self.rows:
            parts += [8, Label(tr("The two do not contradict each other."), "medium"), 8, Line()]
        alike = alike_words(self._held)
        if alike:
            parts += [8, muted(tr("Nothing to choose here")), 4]
        for title, words in alike:
            value = Elided(" · ".join(words.splitlines()), "small", "muted")
            parts.append(row(Label(title, "small", "muted").wide(_CAPTION), (value, 1), gap=8))
        return parts

    def _show(self) -> None:
        """Say which one stays, and what is taken."""
        held, takes = self._held, self.takes()
        self.cards[self._kept].setChecked(True)
        for one in self.rows:
            one.show_take(takes[one.key])
        first_stays = self._kept == held.first.id
        kept, other = (held.first, held.second) if first_stays else (held.second, held.first)
        self.moving.setText(moving_words(other))
        name = kept.name if len(kept.name) <= _LONGEST else f"{kept.name[: _LONGEST - 1]}…"
        self.do_button.set_words(tr("Merge into {name}", name=name))

    # ---- what is chosen

    @property
    def kept_id(self) -> int:
        """The customer that stays."""
        return self._kept

    def takes(self) -> dict[str, Take]:
        """What is taken of every field and person, FIRST being the one at the left."""
        held = self._held
        proposed = {one.key: one.take for one in held.people}
        proposed |= {one.key: one.take for one in held.differing}
        if self._kept != held.first.id:
            turned = held.swapped().differing
            proposed |= {one.key: FLIPPED[one.take] for one in turned}
        return {key: self._chosen.get(key, take) for key, take in proposed.items()}

    def swap(self) -> None:
        """Let the other one stay. What was chosen by hand is still chosen."""
        self._keep(next(one for one in self.cards if one != self._kept))

    def _card_clicked(self) -> None:
        self._keep(next(one for one, card in self.cards.items() if card.isChecked()))

    def _keep(self, customer_id: int) -> None:
        self._kept = customer_id
        self._show()

    def _pick(self, key: str, take: Take) -> None:
        self._chosen[key] = take

    def _go_on(self, place: int, step: int) -> None:
        """From a row to the one above or below it, as an arrow key asks."""
        beside = place + step
        if 0 <= beside < len(self.rows):
            line = self.rows[beside]
            line.current().setFocus(Qt.FocusReason.TabFocusReason)
            self._scroll.ensureWidgetVisible(line)

    # ---- doing it

    @override
    def submit(self) -> None:
        if self._working:
            return
        self._working = True
        self.do_button.setEnabled(False)
        held, takes = self._held, self.takes()
        people = {one.key for one in held.people}
        if self._kept != held.first.id:
            # one person is one person, whoever stays
            joined = {key: take for key, take in takes.items() if key in people}
            named = held.swapped_choices(joined)
            rest = {key: take for key, take in takes.items() if key not in people}
            held, takes = held.swapped(), held.swapped_choices(rest) | named
        merging, actor = self._context.services.merging, self._context.actor
        first, second = held.first, held.second

        def work() -> int:
            return merging.merge(actor, first.id, second.id, takes, held)

        done = partial(self._done, first, second)
        self._context.tasks.run(
            self._owner, work, done, self._failed, title=Message("Merging customers"), lane="write"
        )

    def _done(self, kept: Side, other: Side, change_set_id: int) -> None:
        params = {"kept": kept.name, "other": other.name}
        said = Message("{other} has become part of {kept}.", params=params)
        self._context.show_message(said, change_set_id)
        if isValid(self):
            self.accept()
        if self._merged is not None:
            self._merged(kept.id)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Conflict) and isValid(self):
            self._look_again(str(error.message))
            return
        self._context.tasks.failed.emit(error)
        if isValid(self):
            self._working = False
            self.do_button.setEnabled(True)

    def _look_again(self, said: str) -> None:
        """Show the two as they are now, with what was chosen so far."""
        merging, context, owner = self._context.services.merging, self._context, self._owner
        pair, chosen, merged = (
            (self._held.first.id, self._held.second.id),
            self._chosen,
            self._merged,
        )
        kept = self._kept

        def came(held: Comparison) -> None:
            again = MergeDialog(owner, context, held, merged, chosen=chosen, said=said)
            if again.kept_id != kept:
                again.swap()
            again.open()

        context.tasks.run(owner, lambda: merging.compare(context.actor, *pair), came)
        self.reject()

    @override
    def _inputs(self) -> list[QLineEdit | QPlainTextEdit]:
        return []


class ChoiceRow(QWidget):
    """A field with the values to choose from; the whole of a value can be clicked."""

    picked = Signal(str, object)  # key and Take
    left = Signal(int)  # an arrow key asks for the row above or below

    def __init__(self, key: str, title: str, options: Mapping[Take, tuple[str, bool]]) -> None:
        """`options` are words by what is taken, and whether they say that there is no value."""
        super().__init__()
        self.key = key
        self.setObjectName(f"row_{key}")
        self.options = {
            take: Option(words, f"{title}: {words}", quiet=quiet)
            for take, (words, quiet) in options.items()
        }
        for take, one in self.options.items():
            one.setObjectName(f"{key}_{take.value}")
            one.clicked.connect(partial(self._clicked, take))
            one.left.connect(self.left)
        shown = list(self.options.values())
        beside = row(*((one, 1) for one in shown[:2]), gap=8)
        below = [row((one, 1)) for one in shown[2:]]
        named = col(Label(title, "small", "muted").wrapped().wide(_CAPTION), margins=(0, 9, 0, 0))
        self.setLayout(row_top(hold(named), (col(beside, *below, gap=2), 1), gap=8))

    def show_take(self, take: Take) -> None:
        """Mark what is taken."""
        self.options[take].setChecked(True)

    def current(self) -> Option:
        """The value that is taken."""
        return next(one for one in self.options.values() if one.isChecked())

    def _clicked(self, take: Take, _checked: object = None) -> None:
        self.picked.emit(self.key, take)


def _lowest(widget: QWidget) -> QWidget:
    """The window over which all the dialogs lie; the list of pairs is a small one of them."""
    window = widget.window()
    while isinstance(window, QDialog) and (below := window.parentWidget()) is not None:
        window = below.window()
    return window


def _card(one: Side) -> ChoiceCard:
    made = ChoiceCard(None, one.name, side_words(one), f"keep_{one.id}")
    made.shape = "circle" if one.kind is Kind.PERSON else "square"
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made


def _field_row(one: ComparedField) -> ChoiceRow:
    first, second = one.words(one.first), one.words(one.second)
    options = {
        Take.FIRST: (first or tr("empty"), not first),
        Take.SECOND: (second or tr("empty"), not second),
    }
    if one.may_take_both:
        options[Take.BOTH] = (tr("Both, one below the other"), False)
    return ChoiceRow(one.key, one.title, options)


def _person_row(one: SamePerson) -> ChoiceRow:
    joined = (
        tr("One person: both have {shared}", shared=one.shared)
        if one.shared
        else tr("One person in both")
    )
    options = {Take.FIRST: (joined, False), Take.BOTH: (tr("Two people of one name"), False)}
    return ChoiceRow(one.key, tr("Contact {name}", name=one.name), options)
