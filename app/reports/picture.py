"""All charts of a report on one page, as a PNG file."""

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from app.exchange.writing import replacing
from app.i18n import tr
from app.reports.runner import Loaded
from app.reports.style import DPI, SMALL, TITLE, Style, new_figure

if TYPE_CHECKING:
    from matplotlib.figure import FigureBase

CHART_WIDTH, CHART_HEIGHT = 640, 360
COLUMNS: Final = 2
_HEADER: Final = 56
_MARGIN: Final = 16


def write_picture(path: Path, loaded: Loaded[Any], style: Style, scale: float = 2.0) -> None:
    """Draw every chart with its title; the file appears whole or not at all.

    Raises Unavailable when it cannot be written.
    """
    charts = loaded.report.charts(loaded.data)
    rows = -(-len(charts) // COLUMNS)
    width, height = CHART_WIDTH * COLUMNS, CHART_HEIGHT * rows
    page = new_figure(style, width, _HEADER + height, scale)
    layout: Any = page.get_layout_engine()
    layout.set(w_pad=_MARGIN / DPI, h_pad=_MARGIN / DPI / 2)
    head, body = _split(page, style, (_HEADER, height))
    at = f"{loaded.at.astimezone():%Y-%m-%d %H:%M}"
    edge = _MARGIN / width
    _words(head, style, (edge, 0.5), str(loaded.report.title), 20, "text")
    _words(head, style, (1 - edge, 0.5), tr("As of {moment}", moment=at), SMALL, "muted", "right")
    for part, chart in zip(_grid(body, rows), charts, strict=False):
        above, below = _split(part, style, (_HEADER, CHART_HEIGHT - _HEADER))
        edge = _MARGIN / CHART_WIDTH
        _words(above, style, (edge, 0.62), str(chart.title), TITLE, "text")
        _words(above, style, (edge, 0.2), str(chart.subtitle), SMALL, "muted")
        chart.draw(below, style)
    content = BytesIO()
    page.savefig(content, format="png", dpi=DPI * scale, facecolor=page.get_facecolor())
    with replacing(path) as stream:
        stream.write(content.getvalue())


def _grid(body: "FigureBase", rows: int) -> "list[FigureBase]":
    parts: Any = body.subfigures(rows, COLUMNS, squeeze=False)
    return list(parts.flat)


def _split(
    figure: "FigureBase", style: Style, heights: tuple[int, int]
) -> "tuple[FigureBase, FigureBase]":
    parts: Any = figure.subfigures(2, 1, height_ratios=heights, facecolor=style.colour("surface"))
    above, below = parts
    return above, below


def _words(
    figure: "FigureBase",
    style: Style,
    place: tuple[float, float],
    words: str,
    size: int,
    ink: str,
    side: Literal["left", "right"] = "left",
) -> None:
    figure.text(
        *place,
        words.replace("$", r"\$"),
        va="center",
        ha=side,
        fontsize=size,
        fontweight=600 if ink == "text" else 400,
        fontfamily=list(style.families),
        color=style.colour(ink),
    )
