"""The last step: it is done, and what one may want next."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.i18n import ntr, tr
from app.services.imports import ImportOutcome
from app.ui.changes import WhileShown
from app.ui.context import Context
from app.ui.imports.words import imported_words, save_refused_words
from app.ui.widgets.avatar import Disc
from app.ui.widgets.button import Button
from app.ui.widgets.layout import STRETCH, col, row
from app.ui.widgets.surface import Surface
from app.ui.widgets.text import Label


class DonePage(QWidget):
    """What was imported; on to the customers, or the next file."""

    customers_wanted = Signal()
    another_wanted = Signal()
    refused_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._outcome: ImportOutcome | None = None
        self.setObjectName("import_done")
        self._title = Label("", "title").centred()
        self._words = Label("", "body", "muted").centred()
        self._words.setWordWrap(True)
        self._words.wide(520)
        self.show_button = Button(tr("Show the customers"), "primary", glyph="users")
        self.show_button.setObjectName("show_customers")
        self.another_button = Button(tr("Import another file"), glyph="file-up")
        self.another_button.setObjectName("another_file")
        self.refused_button = Button("", glyph="download")
        self.refused_button.setObjectName("save_refused_rows")
        self.show_button.clicked.connect(self.customers_wanted)
        self.refused_button.clicked.connect(self.refused_wanted)
        self.another_button.clicked.connect(self.another_wanted)
        body = Surface("card", "done_card")
        body.setLayout(
            col(
                STRETCH,
                row(STRETCH, Disc("check", "good", 48), STRETCH),
                16,
                self._title,
                8,
                row(STRETCH, self._words, STRETCH),
                16,
                row(
                    STRETCH,
                    self.refused_button,
                    self.another_button,
                    self.show_button,
                    STRETCH,
                ),
                STRETCH,
                gap=0,
                margins=24,
            )
        )
        self.setLayout(col((body, 1)))
        WhileShown(self, context.changes, self._changed)

    def show_outcome(self, outcome: ImportOutcome) -> None:
        """Say what was done; and what became of it, when it is undone and done again."""
        self._outcome = outcome
        self._title.setText(str(imported_words(outcome)))
        self.refused_button.setVisible(outcome.refused > 0)
        self.refused_button.set_words(save_refused_words(outcome.refused))
        lines = [
            *_brought(outcome),
            ntr("{count} left out", "{count} left out", outcome.skipped),
            ntr("{count} refused", "{count} refused", outcome.refused),
        ]
        kept = tr("You can take all of it back with Ctrl+Z, or any time later in the history.")
        self._words.setText(f"{' · '.join(lines)}\n{kept}")

    def _show_undone(self) -> None:
        self._title.setText(tr("The import was undone"))
        self._words.setText(
            tr("Everything is as it was before. Ctrl+Shift+Z brings the import back.")
        )

    def _changed(self, _areas: frozenset[str]) -> None:
        outcome, history = self._outcome, self._context.services.history
        if outcome is None or outcome.change_set is None:
            return
        number = outcome.change_set

        def asked(stands: bool) -> None:  # noqa: FBT001 - what a task found
            if stands:
                self.show_outcome(outcome)
            else:
                self._show_undone()

        self._context.tasks.run(self, lambda: history.stands(number), asked)


def _brought(outcome: ImportOutcome) -> list[str]:
    beside = outcome.companies
    if outcome.into == "interactions":
        made = [ntr("{count} new interaction", "{count} new interactions", outcome.created)]
        if beside:
            made.append(ntr("{count} customer added", "{count} customers added", beside))
        return made
    made = [ntr("{count} new", "{count} new", outcome.created)]
    if beside:
        made.append(ntr("{count} company added", "{count} companies added", beside))
    return [*made, ntr("{count} updated", "{count} updated", outcome.updated)]
