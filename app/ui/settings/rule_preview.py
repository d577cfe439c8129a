"""Whom a rule would remind of, while one is still writing it."""

from typing import Final

from PySide6.QtCore import QTimer

from app.domain.rules import RuleDraft
from app.errors import Refused, UserError
from app.i18n import tr
from app.services.rules import Preview, PreviewLine
from app.ui.context import Context
from app.ui.settings import rule_words
from app.ui.widgets.layout import STRETCH, Box, col, fix, hold, row
from app.ui.widgets.surface import Surface
from app.ui.widgets.text import Elided, Label, muted

SOON: Final = 300
"""Milliseconds after the last key."""
SHOWN: Final = 8
WIDTH: Final = 320


class PreviewPanel(Surface):
    """Works out anew, in the background, whatever is asked for last."""

    def __init__(self, context: Context) -> None:
        super().__init__("sunken", "preview")
        self._context = context
        self._draft: RuleDraft | None = None
        self._busy = False
        self.shown: Preview | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self._ask)
        self.count = Label(tr("Working it out …"), "medium").wrapped()
        self.under = muted("").wrapped()
        self._lines: Box = col(gap=8)
        self._held = hold(col())
        self._lines.put(self._held)
        self.setLayout(
            col(
                Label(tr("Whom it would remind of"), "small_strong"),
                self.count,
                self.under,
                self._lines,
                STRETCH,
                gap=6,
                margins=14,
            )
        )
        fix(self, WIDTH)

    def ask(self, draft: RuleDraft) -> None:
        """Show this one, soon."""
        self._draft = draft
        self._soon.start()

    def _ask(self) -> None:
        draft = self._draft
        if draft is None or self._busy:  # asked again when the one under way is there
            return
        self._busy, self._draft = True, None
        rules, actor = self._context.services.rules, self._context.actor
        self._context.tasks.run(
            self,
            lambda: rules.preview(actor, draft),
            self._show,
            self._failed,
        )

    def _over(self) -> bool:
        """Whether what came is still what was asked for last."""
        self._busy = False
        if self._draft is None:
            return True
        if not self._soon.isActive():
            self._ask()
        return False

    def _show(self, found: Preview) -> None:
        if not self._over():
            return
        self.shown = found
        self.count.setText(rule_words.counted(found))
        self.under.setText(rule_words.busiest(found))
        self.under.setVisible(bool(found.count))
        self._replace([_line(one) for one in found.lines[:SHOWN]])

    def _failed(self, error: BaseException) -> None:
        latest = self._over()
        if not isinstance(error, UserError):
            self._context.tasks.failed.emit(error)
            return
        if not latest:
            return
        self.shown = None
        problem = error.fields if isinstance(error, Refused) else {}
        self.count.setText(tr("Not yet"))
        self.under.setText(str(next(iter(problem.values()), error.message)))
        self.under.setVisible(True)
        self._replace([])

    def _replace(self, lines: list[Box]) -> None:
        self._lines.removeWidget(self._held)
        self._held.hide()
        self._held.deleteLater()
        self._held = hold(col(*lines, gap=6))
        self._lines.put(self._held)
        self._held.setVisible(bool(lines))


def _line(one: PreviewLine) -> Box:
    name = " · ".join(filter(None, (one.contact, one.customer)))
    who = Elided(name, "medium")
    who.setProperty("typed", True)  # noqa: FBT003 - Qt's property: the user's own text
    under = Elided(one.whose or tr("Whoever has the role"), "small", "muted")
    under.setProperty("typed", bool(one.whose))
    return row((hold(col(who, under, gap=0)), 1), muted(rule_words.day(one.calls)), gap=8)
