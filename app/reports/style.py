"""The look of charts: colours handed in as tokens, the program's fonts, sizes in pixels.

Drawn at 72 dots an inch one point is one pixel; a screen of twice the density doubles the dots.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from app import i18n

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure, FigureBase

DPI: Final = 72
TITLE, BODY, SMALL, CAPTION = 15, 13, 12, 11
FONTS: Final = Path(__file__).resolve().parent.parent.parent / "resources" / "fonts"
BAND_LIGHT, BAND_DARK = 0.16, 0.24
_LATIN: Final = "Inter"
_BUNDLED_CHINESE: Final = "WenQuanYi Micro Hei"
_SIMPLIFIED: Final = ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei")
_TRADITIONAL: Final = (
    "Noto Sans CJK TC", "Source Han Sans TC", "PingFang TC", "Microsoft JhengHei",
)  # fmt: skip


@dataclass(frozen=True)
class Style:
    """`tokens` are the colours of the look by name, as #RRGGBB; `families` the fonts to try."""

    tokens: Mapping[str, str]
    families: tuple[str, ...]

    def colour(self, token: str) -> str:
        """The colour of a token."""
        return self.tokens[token]

    def axes(self, figure: "FigureBase", *, grid: Literal["x", "y"] | None = None) -> "Axes":
        """Axes without a frame, ticks without lines, hairlines in one direction (x or y)."""
        made: Axes = figure.add_subplot()
        made.set_facecolor(self.tokens["surface"])
        for side in made.spines.values():
            side.set_visible(False)
        made.tick_params(
            length=0,
            labelcolor=self.tokens["muted"],
            labelsize=CAPTION,
            labelfontfamily=list(self.families),
            pad=6,
        )
        if grid is not None:
            made.grid(axis=grid, color=self.tokens["grid"], linewidth=1, zorder=0)
        made.set_axisbelow(True)
        return made


def make_style(tokens: Mapping[str, str]) -> Style:
    """The style in these colours and the language in use."""
    preferred = _TRADITIONAL if i18n.language() == "zh_TW" else _SIMPLIFIED
    known = _known_families()
    chinese = [name for name in preferred if name in known][:1]
    return Style(tokens, (_LATIN, *chinese, _BUNDLED_CHINESE, "DejaVu Sans"))


@cache
def _known_families() -> frozenset[str]:
    """Make the program's fonts known to matplotlib; every family it can draw with."""
    from matplotlib.font_manager import fontManager

    # Chinese fonts have two weights only; that the nearest is taken is no news to a user.
    logging.getLogger(fontManager.__module__).setLevel(logging.ERROR)
    for file in sorted((*FONTS.glob("*.otf"), *FONTS.glob("*.ttc"))):
        fontManager.addfont(file)
    return frozenset(entry.name for entry in fontManager.ttflist)


def new_figure(style: Style, width: int, height: int, scale: float = 1.0) -> "Figure":
    """An empty figure of so many logical pixels, to be drawn with Agg."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    made = Figure(
        figsize=(width / DPI, height / DPI),
        dpi=DPI * scale,
        layout="constrained",
        facecolor=style.tokens["surface"],
    )
    FigureCanvasAgg(made)
    return made
