"""How customers are said and coloured wherever they appear."""

from functools import lru_cache
from typing import Final

from app.domain import phones
from app.domain.vocabulary import Grade, Stage
from app.domain.vocabulary import Kind as CustomerKind
from app.ui.theme import Kind
from app.ui.widgets.avatar import Shape

STAGES: Final[dict[Stage, Kind]] = {
    Stage.ACQUIRING: "calm",
    Stage.KEEPING: "info",
    Stage.GROWING: "good",
    Stage.WINNING_BACK: "warn",
    Stage.LOST: "plain",
}
GRADES: Final[dict[Grade, Kind]] = {Grade.A: "warn", Grade.B: "info", Grade.C: "plain"}


def shape_of(kind: CustomerKind) -> Shape:
    """Round for a person, square for everything else."""
    return "circle" if kind is CustomerKind.PERSON else "square"


@lru_cache(maxsize=4096)
def phone_words(raw: str, region: str) -> str:
    """A phone as it reads best; as typed where it has no better form."""
    return phones.display(phones.parse(raw, region)) if raw else ""
