"""Greetings of some days: the list at the left, the words of one at the right."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QShortcut
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from app.domain.greetings import EVERY, How
from app.i18n import Message, ntr, tr
from app.services.greeting_lines import GreetingLine
from app.services.greeting_templates import Template
from app.services.greetings import GreetingList, HandedOut
from app.ui.context import Context
from app.ui.greetings.desk import Desk
from app.ui.greetings.editor import GreetingEditor
from app.ui.greetings.paper import write_greetings
from app.ui.greetings.templates_dialog import TemplatesDialog
from app.ui.greetings.words import columns, whom
from app.ui.table_model import Ids, ListModel, RowSource
from app.ui.theme import tokens
from app.ui.widgets.button import Button
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.layout import STRETCH, col, fix, hold, row
from app.ui.widgets.message_strip import Action, MessageStrip
from app.ui.widgets.segmented import SegmentedControl
from app.ui.widgets.surface import Surface
from app.ui.widgets.table import BigTable
from app.ui.widgets.text import Elided
from app.ui.wishes_dialog import open_wishes

_SPANS: Final = (1, 3, 7)
_LIST: Final = 400
_AREAS: Final = frozenset(
    {"greeting", "greeting_template", "greeting_choice", "customer", "contact"}
)


def open_greetings(owner: QWidget, context: Context) -> None:
    """Show whom to greet today; from Today and the palette."""
    GreetingsDialog(owner, context).open()


class GreetingsDialog(Dialog):
    """Nothing is sent: greetings are copied or printed, and marked as done."""

    def __init__(self, owner: QWidget, context: Context) -> None:
        super().__init__(
            owner, tr("Greetings"), "greetings", do=tr("Copy and mark done"), leave=tr("Close")
        )
        self._owner, self._context = owner, context
        self.desk = Desk(
            context.services.greetings,
            context.actor,
            context.unsaved.setdefault("greetings", {}),
        )
        self.span = SegmentedControl(
            [tr("Today"), tr("3 days"), tr("7 days")], tr("For how many days")
        )
        self.span.setObjectName("span")
        self._counts = Elided("", "small", "muted")
        self._counts.setObjectName("counts")
        self.strip = MessageStrip()
        self.model: ListModel[GreetingLine] = ListModel(
            columns(self.desk.is_edited), RowSource(self._rows), parent=self
        )
        self.table = BigTable(self.model, "greeting_list", grows="whom")
        self.table.setAccessibleName(tr("Whom to greet"))
        self.editor = GreetingEditor(self.desk)
        self.copy = _button(tr("Copy"), "copy", "copy")
        self.never = _button(tr("Wants no greetings"), "bell-off", "never")
        self.wishes = _button(tr("Wishes…"), "list-checks", "wishes_of")
        self.leave_out = _button(tr("Leave out this year"), "ban", "leave_out")
        self.copy_all = _button(tr("Copy all"), "clipboard-copy", "copy_all")
        self.print_all = _button(tr("Print all…"), "printer", "print_all")
        self.templates = _button(tr("Templates…"), "text", "templates")
        self.left_buttons.put(self.templates)
        self.left_buttons.put(self.copy_all)
        self.left_buttons.put(self.print_all)
        listed = Surface("card", "greeting_card")
        listed.setLayout(col((self.table, 1), margins=(1, 1, 1, 8)))
        right = col(
            (self.editor, 1),
            row(STRETCH, self.wishes, self.never, self.leave_out, self.copy),
            gap=12,
        )
        self.put(
            row(self.span, (self._counts, 1), gap=16),
            self.strip,
            (row(fix(listed, width=_LIST), (hold(right), 1), gap=12), 1),
        )
        self.do_button.setDefault(False)  # Enter in a field hands nothing out
        self._connect()
        self._show_buttons()
        self.retheme()

    def _connect(self) -> None:
        self.span.chosen.connect(self.look)
        self.table.current_changed.connect(self._current_changed)
        self.editor.changed.connect(self._words_changed)
        self.editor.finished.connect(self.submit)
        self.copy.clicked.connect(self.copy_one)
        self.leave_out.clicked.connect(self._leave_out)
        self.never.clicked.connect(self.change_wish)
        self.wishes.clicked.connect(self._open_wishes)
        self.copy_all.clicked.connect(self.copy_everything)
        self.print_all.clicked.connect(self._print)
        self.templates.clicked.connect(self._open_templates)
        keys = QShortcut(Qt.Modifier.CTRL | Qt.Key.Key_Return, self)
        keys.activated.connect(self.submit)
        self._context.changes.changed.connect(self._changed)

    @override
    def retheme(self) -> None:
        super().retheme()
        self.setMinimumSize(tokens().px(860), tokens().px(520))

    @override
    def fit(self) -> None:
        """Most of the window it lies over."""
        over = self._owner.window()
        width = min(tokens().px(1120), over.width() - tokens().px(48))
        height = min(tokens().px(720), over.height() - tokens().px(48))
        self.resize(max(self.minimumWidth(), width), max(self.minimumHeight(), height))

    @override
    def open(self) -> None:
        super().open()
        self.table.setFocus()
        self.look()

    @override
    def _inputs(self) -> list[QLineEdit | QPlainTextEdit]:
        return []  # the desk keeps what was written, for each greeting

    # ---- the list

    def look(self, _place: object = None) -> None:
        """Find out whom to greet."""
        services, actor = self._context.services, self._context.actor
        first = services.clock.today()
        last = first + timedelta(days=_SPANS[self.span.current()] - 1)

        def work() -> tuple[GreetingList, list[Template]]:
            return services.greetings.on(actor, first, last), services.greeting_templates.all(actor)

        self._context.tasks.run(self, work, self._show)

    def _changed(self, areas: frozenset[str]) -> None:
        if areas & _AREAS:
            self.look()

    def _show(self, found: tuple[GreetingList, list[Template]]) -> None:
        before = self._place()
        self.desk.show(*found)
        self.model.set_ids(np.arange(len(self.desk.lines), dtype=np.int64))
        self._counts.set_text(self._said())
        self._show_buttons()
        if not self.desk.lines:
            self.editor.show_empty(*_nothing(self.desk.handed_out))
            return
        self.table.go_to(min(before, len(self.desk.lines) - 1))
        self._current_changed(self.table.current_id())

    def _rows(self, ids: Ids) -> list[GreetingLine | None]:
        lines = self.desk.lines
        return [lines[one] if one < len(lines) else None for one in ids.tolist()]

    def _place(self) -> int:
        return self.table.current_id() or 0

    def _said(self) -> str:
        if not self.desk.lines:
            return ""
        ready = sum(one.ready for one in self.desk.lines)
        parts = [ntr("{count} to greet", "{count} to greet", ready)]
        rest = len(self.desk.lines) - ready
        if rest:
            parts.append(
                ntr("{count} held back or left out", "{count} held back or left out", rest)
            )
        if self.desk.handed_out:
            done = self.desk.handed_out
            parts.append(ntr("{count} done before", "{count} done before", done))
        if self.desk.more:
            parts.append(ntr("{count} more not shown", "{count} more not shown", self.desk.more))
        return " · ".join(parts)

    def _current_changed(self, place: object) -> None:
        known = isinstance(place, int) and 0 <= place < len(self.desk.lines)
        if known and isinstance(place, int):
            self.editor.show_line(self.desk.lines[place])
        self._show_buttons()

    def _words_changed(self) -> None:
        self.table.viewport().update()
        self._show_buttons()

    def _show_buttons(self) -> None:
        line = self.editor.line()
        has_words = line is not None and bool(self.desk.text(line)[0])
        for one in (self.copy, self.do_button):
            one.setEnabled(has_words)
            one.setToolTip("" if has_words else tr("There are no words to copy."))
        unwanted = line is not None and line.left_out is not None
        self.leave_out.setEnabled(line is not None and not unwanted)
        self.never.setEnabled(line is not None)
        self.wishes.setEnabled(line is not None)
        self.never.set_words(tr("Greet again") if unwanted else tr("Wants no greetings"))
        self.never.set_glyph("bell" if unwanted else "bell-off")
        some = bool(self.desk.ready())
        for each in (self.copy_all, self.print_all):
            each.setEnabled(some)
            each.setToolTip("" if some else tr("Nobody is ready to be greeted."))

    # ---- what is done with them

    @override
    def submit(self) -> None:
        line = self.editor.line()
        if line is not None and self.do_button.isEnabled():
            self.copy_one()
            self.mark([line], How.COPIED)

    def copy_one(self) -> None:
        """Put the words that are shown on the clipboard."""
        line = self.editor.line()
        if line is not None:
            QGuiApplication.clipboard().setText(self.desk.text(line)[0])
            self.strip.say(tr("The words for {name} are on the clipboard.", name=whom(line)))

    def copy_everything(self) -> None:
        """Put the words for all against whom nothing speaks on the clipboard, with their names."""
        ready = self.desk.ready()
        texts = [f"【{whom(one)}】\n{self.desk.text(one)[0]}" for one in ready]
        QGuiApplication.clipboard().setText("\n\n".join(texts))
        self.strip.say(
            ntr(
                "{count} greeting is on the clipboard.",
                "{count} greetings are on the clipboard.",
                len(ready),
            ),
            action=Action(tr("Mark as done"), _Mark(self, ready, How.COPIED)),
        )

    def _leave_out(self) -> None:
        line = self.editor.line()
        if line is not None:
            self.mark([line], How.LEFT_OUT)

    def change_wish(self) -> None:
        """Keep that the customer wants no greetings at all; or that they are welcome again."""
        line = self.editor.line()
        if line is None:
            return
        service, actor = self._context.services.greetings, self._context.actor
        welcome = line.left_out is not None
        said = (
            tr("{name} is greeted again.", name=line.customer)
            if welcome
            else tr("{name} gets no greetings any more.", name=line.customer)
        )

        def work() -> int | None:
            if not welcome:
                return service.wish(actor, line.customer_id, EVERY, wanted=False)
            return service.welcome(actor, line.customer_id, line.occasion)

        self._context.tasks.run(self, work, _SayDone(self, said), lane="write")

    def mark(self, lines: Sequence[GreetingLine], how: How) -> None:
        """Keep that they were handed out; they leave the list."""
        done = self.desk.handed(lines, how)
        service, actor = self._context.services.greetings, self._context.actor
        self._context.tasks.run(
            self,
            lambda: service.hand_out(actor, done),
            _SayDone(self, _marked(done)),
            lane="write",
        )

    def say_done(self, said: str, change_set: int | None) -> None:
        """Say what was kept, with the way back."""
        self.look()
        if change_set is not None:
            self.strip.say(said, action=Action(tr("Undo"), _Undo(self._context, change_set)))

    def _print(self) -> None:
        name = f"{tr('Greetings')} {self._context.services.clock.today()}.pdf"
        found, _ = QFileDialog.getSaveFileName(
            self, tr("Print greetings"), str(Path.home() / name), tr("PDF (*.pdf)")
        )
        if found:
            path = Path(found)
            right = path.suffix.lower() == ".pdf"
            self.print_to(path if right else path.with_name(f"{path.name}.pdf"))

    def print_to(self, target: Path) -> None:
        """Write all against whom nothing speaks as PDF, a page each."""
        ready = self.desk.ready()
        done = self.desk.handed(ready, How.PRINTED)
        said = ntr(
            "{count} greeting was written to {file}.",
            "{count} greetings were written to {file}.",
            len(done),
            file=str(target),
        )
        action = Action(tr("Mark as done"), _Mark(self, ready, How.PRINTED))
        self._context.tasks.run(
            self,
            lambda: write_greetings(done, target),
            lambda _none: self.strip.say(said, action=action),
            title=Message("Writing {file}", params={"file": target.name}),
        )

    def _open_wishes(self) -> None:
        line = self.editor.line()
        if line is not None:
            open_wishes(self, self._context, line.customer_id, line.customer)

    def _open_templates(self) -> None:
        line = self.editor.line()
        draft = None if line is None else self.desk.draft(line)
        TemplatesDialog(self, self._context, None if draft is None else draft.template).open()


class _Mark:
    """Marks these as done, when the button in the strip is pressed."""

    def __init__(self, dialog: GreetingsDialog, lines: Sequence[GreetingLine], how: How) -> None:
        self._dialog, self._lines, self._how = dialog, lines, how

    def __call__(self) -> None:
        self._dialog.mark(self._lines, self._how)


class _SayDone:
    """Says in the dialog what was kept."""

    def __init__(self, dialog: GreetingsDialog, said: str) -> None:
        self._dialog, self._said = dialog, said

    def __call__(self, change_set: int | None) -> None:
        self._dialog.say_done(self._said, change_set)


class _Undo:
    """Takes a change back."""

    def __init__(self, context: Context, change_set: int) -> None:
        self._context, self._change_set = context, change_set

    def __call__(self) -> None:
        self._context.undo(self._change_set)


def _button(words: str, glyph: str, name: str) -> Button:
    made = Button(words, glyph=glyph)
    made.setObjectName(name)
    made.setAutoDefault(False)
    return made


def _marked(done: Sequence[HandedOut]) -> str:
    if len(done) == 1 and done[0].how is How.LEFT_OUT:
        return tr("{name} is left out this year.", name=whom(done[0].line))
    if len(done) == 1:
        return tr("{name} is done; it is on the timeline.", name=whom(done[0].line))
    return ntr("{count} is done.", "{count} are done; they are on the timelines.", len(done))


def _nothing(handed_out: int) -> tuple[str, str]:
    """Title and words of an empty list."""
    if handed_out:
        return tr("Everybody is greeted"), ntr(
            "{count} greeting was handed out for these days.",
            "{count} greetings were handed out for these days.",
            handed_out,
        )
    return tr("Nobody to greet"), tr(
        "Birthdays, anniversaries and festivals of the customers you look after appear here."
    )
