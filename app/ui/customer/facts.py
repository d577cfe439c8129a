"""What must never be asked again."""

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Final

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.domain.facts import FACT_LABELS, FactKind
from app.errors import Refused, UserError
from app.i18n import Message, ntr, tr
from app.services.customer_page import CustomerPage
from app.services.facts import FactRow
from app.ui.context import Context
from app.ui.customer.editor import Editor
from app.ui.customer.fact_edit import FactEditor
from app.ui.customer.line import ActiveLine
from app.ui.customer.line_card import LineCard, Part
from app.ui.when import day_words
from app.ui.widgets.avatar import Disc
from app.ui.widgets.button import Button
from app.ui.widgets.layout import STRETCH, col, hold, row, row_top
from app.ui.widgets.pill import Pill
from app.ui.widgets.text import Elided, Label, caption

GLYPHS: Final = {
    FactKind.NEED: "package",
    FactKind.PREFERENCE: "heart",
    FactKind.EXPECTATION: "flag",
    FactKind.CONSTRAINT: "ban",
}
_LONGEST: Final = 600  # characters shown of one fact; its editor has the whole
_OLD: Final = "outdated"


class FactsCard(LineCard):
    """Facts that hold, the newest first; what is outdated is folded away beneath."""

    add_words = Message("Add a fact")

    def __init__(self, context: Context) -> None:
        self._unfolded = False
        super().__init__(
            context,
            "facts",
            tr("Facts"),
            tr("What they tell us goes here, so that nobody has to ask again."),
        )
        self.count.hide()
        self.never = Pill(tr("Never ask again"), "info", "lock")
        self.head.insertWidget(1, self.never)

    # ---- what is shown

    @override
    def parts(self, page: CustomerPage) -> Sequence[Part]:
        held = [one for one in page.facts if not one.outdated]
        old = [one for one in page.facts if one.outdated]
        made = [self._part(one) for one in held]
        if old:
            fold = (len(old), self._unfolded)
            made.append(Part(_OLD, fold, partial(self._fold, len(old))))
            if self._unfolded:
                made += [self._part(one) for one in old]
        return made

    def _part(self, fact: FactRow) -> Part:
        today = self.context.services.clock.today()
        return Part(fact.id, (fact, today), partial(self._line, fact))

    def _line(self, fact: FactRow) -> ActiveLine:
        kind = str(FACT_LABELS[fact.kind])
        source = fact.source or " · ".join(filter(None, (fact.staff, f"{fact.heard_on:%Y-%m}")))
        said = f"{kind} · {self._confirmed(fact)}" if fact.confirmed_on else kind
        line = ActiveLine(fact.id, f"{kind}: {fact.text}")
        line.setAccessibleDescription(source)
        told = (fact.source, fact.staff, fact.heard_on.isoformat())
        line.setToolTip(" · ".join(filter(None, told)))
        right = Elided(source, "caption", "muted")
        right.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        shown = fact.text
        if len(shown) > _LONGEST:
            shown = f"{shown[:_LONGEST].rstrip()}…"
        text = Label(shown, "body", "muted" if fact.outdated else "text").wrapped()
        for one in (text, right):
            one.setProperty("typed", True)  # noqa: FBT003 - Qt's property
        words = col(row(caption(said), STRETCH, right, gap=12), text, gap=2)
        line.arrange(row_top(Disc(GLYPHS[fact.kind], "plain", 28), (words, 1), gap=12))
        line.yield_place(right)
        return line

    def _confirmed(self, fact: FactRow) -> str:
        day = day_words(fact.confirmed_on, self.context.services.clock.today())
        return tr("confirmed: {day}", day=day)

    def _fold(self, count: int) -> QWidget:
        words = ntr("{count} outdated", "{count} outdated", count)
        glyph = "chevron-down" if self._unfolded else "chevron-right"
        made = Button(words, "quiet", glyph=glyph, size="small")
        made.setObjectName("outdated")
        made.setAccessibleDescription(tr("Facts that hold no more"))
        made.clicked.connect(self._turn)
        return hold(row(6, made, STRETCH, gap=0))  # its words on the edge of the facts

    def _turn(self) -> None:
        self._unfolded = not self._unfolded
        if self.page is not None:
            self._parts = tuple(self.parts(self.page))
            self.refill()
            self.findChildren(Button, "outdated")[-1].setFocus()

    # ---- what is done

    @override
    def start(self) -> None:
        """Begin to add one."""
        if self.page is None:
            return
        if isinstance(self.editor, FactEditor) and self.editor.key is None:
            self.editor.start()
            self.bring(self.editor)
        else:
            self.edit(FactEditor(None, self.context.services.clock.today()))

    @override
    def choose(self, key: Hashable) -> None:
        fact = self._fact(key)
        if fact is not None:
            self.edit(FactEditor(fact, self.context.services.clock.today()))

    def _fact(self, key: Hashable) -> FactRow | None:
        facts = self.page.facts if self.page else ()
        return next((one for one in facts if one.id == key), None)

    @override
    def fill_menu(self, key: Hashable) -> None:
        fact = self._fact(key)
        if fact is None:
            return
        put = self.menu.put
        put(tr("Edit"), partial(self.choose, key), glyph="pencil", key="Enter")
        put(tr("Confirm today"), partial(self.confirm, fact.id), glyph="check")
        if not fact.outdated:
            put(tr("Outdated"), partial(self.outdate, fact.id), glyph="archive")
        put(tr("Copy"), partial(self._copy, fact.text), glyph="copy")
        self.menu.addSeparator()
        put(tr("Delete"), partial(self.delete, key), glyph="trash-2", key="Del")

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.context.show_message(Message("The fact was copied."), None, "info")

    def confirm(self, fact_id: int) -> None:
        """Note that it was checked today and holds."""
        service, actor = self.context.services.facts, self.context.actor
        words = Message("The fact is confirmed as of today.")
        self.write(partial(service.confirm, actor, fact_id), words)

    def outdate(self, fact_id: int) -> None:
        """Note that it holds no more."""
        service, actor = self.context.services.facts, self.context.actor
        words = Message("The fact is marked as outdated.")
        self.write(partial(service.outdate, actor, fact_id), words)

    @override
    def delete(self, key: Hashable) -> None:
        fact = self._fact(key)
        if fact is None:
            return
        service, actor = self.context.services.facts, self.context.actor
        self.write(partial(service.delete, actor, fact.id), Message("The fact was deleted."))

    @override
    def save_editor(self, editor: Editor) -> None:
        if not isinstance(editor, FactEditor) or self.page is None:
            return
        if not editor.is_changed() and editor.key is not None:
            self.close_editor(editor)
            return
        service, actor, draft = self.context.services.facts, self.context.actor, editor.draft()
        editor.wait(saving=True)
        do: Callable[[], object]
        if isinstance(editor.key, int):
            do = partial(service.save, actor, editor.key, draft)
            words = Message("The fact was saved.")
        else:
            do = partial(service.add, actor, self.page.record.id, draft)
            words = Message("The fact was added.")
        done, failed = partial(self._saved, editor), partial(self._refused, editor)
        self.write(do, words, done, failed)

    def _saved(self, editor: FactEditor) -> None:
        if not self.is_open(editor):
            return
        if editor.key is None and editor is self.editor:
            editor.begin_next()
        else:
            editor.wait(saving=False)
            self.finish(editor)

    def _refused(self, editor: FactEditor, error: BaseException) -> None:
        if not self.is_open(editor):
            self.context.tasks.failed.emit(error)
            return
        editor.wait(saving=False)
        match error:
            case Refused(fields={"text": problem}):
                editor.show_problem(problem)
            case UserError():
                editor.say(str(error))
            case _:
                self.context.tasks.failed.emit(error)
