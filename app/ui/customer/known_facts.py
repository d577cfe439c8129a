"""Facts that come to mind while one types: what was asked already need not be asked again."""

from collections.abc import Sequence
from typing import Final

from app.domain.facts import FACT_LABELS, related
from app.i18n import tr
from app.services.facts import FactRow
from app.ui.widgets.avatar import IconView
from app.ui.widgets.layout import Box, col, hold, row
from app.ui.widgets.text import Elided

MOST: Final = 3


class KnownFacts(Box):
    """Lines under the pills, at most three; none where nothing comes to mind."""

    def __init__(self) -> None:
        super().__init__(col().direction(), 4, 0)
        self._facts: Sequence[FactRow] = ()
        self._texts: list[str] = []
        self._lines: list[tuple[Elided, IconView]] = []
        self.panel = hold(self, "known_facts")
        self.panel.setAccessibleName(tr("Already known"))
        self.panel.hide()

    def set_facts(self, facts: Sequence[FactRow]) -> None:
        """Those that hold."""
        self._facts = [one for one in facts if not one.outdated]
        self._texts = [one.text for one in self._facts]

    def come_to_mind(self, typed: str) -> None:
        """Show what has to do with what is being typed."""
        found = related(typed, self._texts)[:MOST] if typed.strip() else []
        for place, one in enumerate(found):
            self._line(place).set_text(_words(self._facts[one]))
        for place, (words, icon) in enumerate(self._lines):
            for part in (words, icon):
                part.setVisible(place < len(found))
        self.panel.setVisible(bool(found))

    def shown(self) -> list[str]:
        """What is shown at the moment."""
        return [] if self.panel.isHidden() else [
            words.text() for words, _ in self._lines if not words.isHidden()
        ]  # fmt: skip

    def _line(self, place: int) -> Elided:
        if place == len(self._lines):
            words, icon = Elided("", "small", "info_ink"), IconView("lock", "info_ink", 14)
            words.setObjectName(f"known_{place}")
            self.put(row(icon, (words, 1), gap=6))
            self._lines.append((words, icon))
        return self._lines[place][0]


def _words(fact: FactRow) -> str:
    source = " ".join(filter(None, (fact.source or fact.staff, f"{fact.heard_on:%Y-%m}")))
    return tr(
        "Already known · {kind}: {fact} ({source})",
        kind=FACT_LABELS[fact.kind],
        fact=fact.text,
        source=source,
    )
