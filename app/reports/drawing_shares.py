"""Shares with their intervals: bars to a whole, and a line through the months."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.statistics.proportions import wilson
from app.i18n import Message
from app.reports.base import Month, share_text
from app.reports.drawing import empty, fitting, month_axis, note

if TYPE_CHECKING:
    from matplotlib.figure import FigureBase

    from app.reports.style import Style

MOST_ROWS: Final = 12
_BAR: Final = 0.5
_LEAST_ROWS: Final = 6


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `cases`; a month, or words."""

    label: str | Message | Month
    hits: int
    cases: int

    @property
    def value(self) -> float:
        return self.hits / self.cases if self.cases else 0.0


def share_bars(figure: "FigureBase", style: "Style", rows: Sequence[Share]) -> None:
    """Lying bars of MOST_ROWS shares with their intervals, the first on top."""
    shown = [row for row in rows if row.cases][:MOST_ROWS]
    if not shown:
        empty(figure, style)
        return
    axes = style.axes(figure)
    places = range(len(shown))
    axes.barh(places, [1.0] * len(shown), height=_BAR, color=style.colour("press"), zorder=1)
    axes.barh(
        places,
        [row.value for row in shown],
        height=_BAR,
        color=style.colour("series1"),
        zorder=2,
    )
    for place, row in enumerate(shown):
        bounds = wilson(row.hits, row.cases)
        if bounds is not None:
            axes.plot(bounds, [place, place], color=style.colour("text"), linewidth=1, zorder=3)
        note(axes, style, 1.0, place, f"{share_text(row.value)} · {row.hits}/{row.cases}")
    axes.set_yticks(places, [fitting(str(row.label)) for row in shown])
    axes.tick_params(axis="y", labelcolor=style.colour("text"))
    axes.set_ylim(max(len(shown), _LEAST_ROWS) - 0.5, -0.5)
    axes.set_xticks([])
    axes.set_xlim(0, 1.38)


def share_line(
    figure: "FigureBase", style: "Style", rows: Sequence[Share], *, unfinished: bool
) -> None:
    """A line through the months with its band; the month still going on has a hollow point."""
    shown = [row for row in rows if row.cases]
    months = [row.label for row in shown if isinstance(row.label, Month)]
    if not months:
        empty(figure, style)
        return
    axes = style.axes(figure, grid="y")
    x = list(range(len(shown)))
    y = [row.value for row in shown]
    colour = style.colour("series1")
    bounds = [wilson(row.hits, row.cases) for row in shown]
    axes.fill_between(
        x,
        [one.low if one else 0.0 for one in bounds],
        [one.high if one else 1.0 for one in bounds],
        color=colour,
        alpha=0.16,
        linewidth=0,
        zorder=2,
    )
    axes.plot(x, y, color=colour, linewidth=2, zorder=4, marker="o" if len(x) == 1 else None)
    if unfinished:
        axes.plot(
            x[-1:], y[-1:], "o", markersize=7, zorder=5,
            markerfacecolor=style.colour("surface"), markeredgecolor=colour, markeredgewidth=2,
        )  # fmt: skip
    month_axis(axes, months)
    axes.set_ylim(0, 1.05)
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1.0])
    axes.yaxis.set_major_formatter(lambda value, _place: f"{value:.0%}")
