"""The kinds of chart that reports draw: bars side by side, a line through time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.i18n import Message, number, tr
from app.reports.base import Month, share_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import FigureBase

    from app.reports.style import Style

MOST_BARS: Final = 10
_MOST_SIGNS: Final = 18
_MOST_TICKS: Final = 7
_BAR: Final = 0.62
_LEAST_ROWS: Final = 6
_ROOM: Final = 1.28
"""How far the axis goes beyond the longest bar, for the words at its end."""


@dataclass(frozen=True, slots=True)
class Bar:
    """`colour` is a token."""

    label: str | Message
    count: int
    colour: str = "series1"


@dataclass(frozen=True, slots=True)
class Point:
    month: Month
    count: int


def bars(figure: "FigureBase", style: "Style", rows: Sequence[Bar], total: int) -> None:
    """Lying bars, the first on top, each with its figure and its part of the total at its end.

    What is beyond MOST_BARS is drawn as one bar.
    """
    shown = _shortened(rows)
    if not total:
        empty(figure, style)
        return
    axes = style.axes(figure)
    places = range(len(shown))
    axes.barh(
        places,
        [row.count for row in shown],
        height=_BAR,
        color=[style.colour(row.colour) for row in shown],
        zorder=2,
    )
    axes.set_yticks(places, [fitting(str(row.label)) for row in shown])
    axes.tick_params(axis="y", labelcolor=style.colour("text"))
    # few bars stay as thick as many, and begin at the top
    axes.set_ylim(max(len(shown), _LEAST_ROWS) - 0.5, -0.5)
    axes.set_xticks([])
    axes.set_xlim(0, max(row.count for row in shown) * _ROOM)
    for place, row in enumerate(shown):
        note(
            axes, style, row.count, place,
            f"{number(row.count)} · {share_text(row.count / total)}",
        )  # fmt: skip


def _shortened(rows: Sequence[Bar]) -> list[Bar]:
    if len(rows) <= MOST_BARS:
        return list(rows)
    rest = rows[MOST_BARS - 1 :]
    label = Message("{count} other", "{count} others", {"count": len(rest)})
    return [*rows[: MOST_BARS - 1], Bar(label, sum(row.count for row in rest), "series0")]


def fitting(label: str) -> str:
    """A label as long as there is room for."""
    text = " ".join(label.split())
    # a dollar sign begins a formula
    return (text if len(text) <= _MOST_SIGNS else f"{text[: _MOST_SIGNS - 1]}…").replace("$", r"\$")


def note(axes: "Axes", style: "Style", x: float, y: float, words: str) -> None:
    """Words behind the end of a bar."""
    axes.annotate(
        words,
        (x, y),
        xytext=(6, 0),
        textcoords="offset points",
        va="center",
        fontsize=11,
        fontfamily=list(style.families),
        color=style.colour("muted"),
        annotation_clip=False,
    )


def line(
    figure: "FigureBase", style: "Style", points: Sequence[Point], *, unfinished: bool
) -> None:
    """A line through the months; the one still going on is dashed, with a hollow point."""
    if not points:
        empty(figure, style)
        return
    from matplotlib.ticker import MaxNLocator

    axes = style.axes(figure, grid="y")
    x = list(range(len(points)))
    y = [point.count for point in points]
    colour = style.colour("series1")
    whole = len(points) - 1 if unfinished else len(points)
    axes.plot(
        x[:whole], y[:whole], color=colour, linewidth=2, zorder=4,
        marker="o" if whole == 1 else None, markersize=6, solid_capstyle="round",
    )  # fmt: skip
    if unfinished:
        axes.plot(x[-2:], y[-2:], color=colour, linewidth=2, linestyle=(0, (2, 2)), zorder=4)
        axes.plot(
            x[-1:], y[-1:], "o", markersize=7, zorder=5,
            markerfacecolor=style.colour("surface"), markeredgecolor=colour, markeredgewidth=2,
        )  # fmt: skip
    month_axis(axes, [point.month for point in points])
    axes.set_ylim(0, max(*y, 1) * 1.15)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True, min_n_ticks=1))
    axes.yaxis.set_major_formatter(lambda value, _place: number(int(value)))


def month_axis(axes: "Axes", months: Sequence[Month]) -> None:
    """Names of months below the points 0, 1, 2 …, as many as there is room for."""
    step = -(-len(months) // _MOST_TICKS)
    # counted from the end, so that the last month is always named
    ticks = list(range(len(months) - 1, -1, -step))[::-1]
    axes.set_xticks(ticks, [str(months[place]) for place in ticks])
    edge = max(0.5, len(months) * 0.03)
    axes.set_xlim(-edge, len(months) - 1 + edge)


def empty(figure: "FigureBase", style: "Style") -> None:
    """Says that there is nothing to draw."""
    axes = style.axes(figure)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.text(
        0.5,
        0.5,
        tr("Nothing to show yet"),
        transform=axes.transAxes,
        ha="center",
        va="center",
        fontsize=13,
        fontfamily=list(style.families),
        color=style.colour("muted"),
    )
