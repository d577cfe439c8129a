"""One greeting: for whom, from which template, with which words."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget
from typing_extensions import override

from app.domain.salutations import TONES, Tone
from app.i18n import tr
from app.services.greeting_lines import GreetingLine
from app.ui.greetings.desk import Desk
from app.ui.greetings.words import against, template_words, under, whom
from app.ui.theme import tokens
from app.ui.widgets.button import Button
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.field import LineEdit, TextArea
from app.ui.widgets.layout import STRETCH, col, hold, row
from app.ui.widgets.message_strip import MessageStrip
from app.ui.widgets.segmented import SegmentedControl
from app.ui.widgets.surface import card
from app.ui.widgets.text import Elided, muted

if TYPE_CHECKING:
    from app.services.greeting_templates import Template

_TONES = tuple(Tone)


class GrowingText(TextArea):
    """Takes the room that is left, and no less than its lines."""

    def __init__(self, name: str, *, lines: int) -> None:
        super().__init__(name, lines=lines)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @override
    def retheme(self) -> None:
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * 5 + tokens().px(20))


class GreetingEditor(QWidget):
    """Shows the greeting of a line of the desk; `changed` says that its words are others now."""

    changed = Signal()
    finished = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._line: GreetingLine | None = None
        self._templates: list[Template] = []
        self._filling = False
        self._whom = Elided("", "strong", "text")
        self._under = Elided("", "small", "muted")
        self.strip = MessageStrip()
        self.template = ComboBox(tr("Template"))
        self.template.setObjectName("template")
        self.tone = SegmentedControl([str(TONES[one]) for one in _TONES], tr("Tone"))
        self.tone.setObjectName("tone")
        self.added = LineEdit(
            tr("A line of your own"), placeholder=tr("A line of your own, for this customer only")
        )
        self.added.setObjectName("added")
        self.text = GrowingText(tr("Words of the greeting"), lines=8)
        self.text.setObjectName("words")
        self.again = Button(tr("Start again from the template"), "quiet", glyph="rotate-ccw",
                            size="small")  # fmt: skip
        self.again.setObjectName("start_again")
        self._length = muted("")
        self._stack = QStackedWidget()
        self._stack.addWidget(
            hold(
                col(
                    col(self._whom, self._under, gap=2),
                    self.strip,
                    row((self.template, 1), self.tone, gap=12),
                    self.added,
                    (self.text, 1),
                    row(self._length, STRETCH, self.again),
                    gap=12,
                )
            )
        )
        self._empty = EmptyState("party-popper", "", "", kind="calm")
        self._stack.addWidget(self._empty)
        inside = card((self._stack, 1), name="greeting")
        self.setLayout(col((inside, 1)))
        self.template.activated.connect(self._chosen)
        self.tone.chosen.connect(self._chosen)
        self.added.textEdited.connect(self._chosen)
        self.text.textChanged.connect(self._typed)
        self.text.finished.connect(self.finished)
        self.again.clicked.connect(self._start_again)

    def line(self) -> GreetingLine | None:
        """The line that is shown."""
        return self._line

    def show_line(self, line: GreetingLine | None) -> None:
        """Show this greeting; None shows that there is nothing to do."""
        self._line = line
        self._stack.setCurrentIndex(0 if line is not None else 1)
        if line is None:
            return
        self._whom.set_text(whom(line))
        self._under.set_text(under(line))
        self._templates = self._desk.templates_for(line)
        self._filling = True
        self.template.set_entries(
            [(template_words(one), place) for place, one in enumerate(self._templates)]
        )
        self._filling = False
        self._show_words()
        reason = against(line)
        if reason is None:
            self.strip.dismiss()
        else:
            self.strip.say(str(reason), "danger" if line.problem is reason else "warn")

    def show_empty(self, title: str, words: str) -> None:
        """Say why there is nothing to show."""
        self._empty.set_words(title, words)
        self.show_line(None)

    def _show_words(self) -> None:
        line = self._line
        draft = self._desk.draft(line) if line is not None else None
        if line is None or draft is None:
            return
        words, problem = self._desk.text(line)
        self._filling = True
        if draft.template in self._templates:
            self.template.set_value(self._templates.index(draft.template))
        self.tone.set_current(_TONES.index(draft.own.tone))
        if self.added.text() != draft.own.line:
            self.added.setText(draft.own.line)
        if self.text.text() != words:
            self.text.setPlainText(words)
        self._filling = False
        if problem is not None:
            self.strip.say(str(problem), "danger")
        self._show_state(words)

    def _show_state(self, words: str) -> None:
        line = self._line
        edited = line is not None and self._desk.is_edited(line)
        hint = tr("The words were edited. Start again to change this.") if edited else ""
        # what was written by hand is never overwritten by a click
        for one in (self.template, self.tone, self.added):
            one.setEnabled(not edited)
            one.setToolTip(hint)
        self.again.setVisible(edited)
        self._length.setText(tr("{count} characters", count=len(words)))

    def _chosen(self, *_what: object) -> None:
        line, place = self._line, self.template.value()
        if self._filling or line is None or not isinstance(place, int):
            return
        tone = _TONES[self.tone.current()]
        self._desk.choose(line, self._templates[place], tone, self.added.text())
        self._show_words()
        self.changed.emit()

    def _typed(self) -> None:
        if self._filling or self._line is None:
            return
        words = self.text.text()
        self._desk.type_text(self._line, words)
        self._show_state(words)
        self.changed.emit()

    def _start_again(self) -> None:
        if self._line is not None:
            self._desk.start_again(self._line)
            self._show_words()
            self.text.setFocus()
            self.changed.emit()
