"""Native charts beside the tables of a workbook: editable, and filled before anything is computed.

The charts refer to the cells and carry their values too, for previews that compute nothing.
"""

from datetime import date
from typing import Any, Final

from openpyxl.chart import BarChart, LineChart
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumDataSource,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from app.reports.base import Month, Table, as_text
from app.reports.workbook_cells import MONTH_FORMAT, Look, storable

MOST_BARS: Final = 15
_WIDTH, _LEAST_HEIGHT, _BAR_HEIGHT = 18.0, 7.5, 0.9  # centimetres
_HEADER_ROW: Final = 3
_EPOCH: Final = date(1899, 12, 30)


def add_chart(sheet: Worksheet, table: Table, look: Look) -> None:
    """Draw the table's first column of counts, to the right of the table."""
    place = next((i for i, one in enumerate(table.columns) if one.kind == "count"), None)
    if place is None or not table.rows:
        return
    rows = table.rows if table.drawn == "line" else table.rows[:MOST_BARS]
    made = _line(look) if table.drawn == "line" else _bars(len(rows))
    made.series.append(_series(sheet, table, rows, place, look))
    made.title = str(table.title)
    made.legend = None
    made.width = _WIDTH
    made.x_axis.delete = False
    # a bar bears its figure, so it needs no axis to read it from
    made.y_axis.delete = table.drawn == "bars"
    made.y_axis.numFmt = "#,##0"
    sheet.add_chart(made, f"{get_column_letter(len(table.columns) + 2)}{_HEADER_ROW + 1}")


def _bars(count: int) -> Any:
    made = BarChart()
    made.type = "bar"
    made.gapWidth = 60
    made.x_axis.scaling.orientation = "maxMin"
    made.y_axis.majorGridlines = None
    made.height = max(_LEAST_HEIGHT, count * _BAR_HEIGHT)
    labels = DataLabelList()
    labels.showVal = True
    labels.showSerName = labels.showCatName = labels.showLegendKey = False
    made.dataLabels = labels
    return made


def _line(look: Look) -> Any:
    made = LineChart()
    made.x_axis.number_format = MONTH_FORMAT
    made.height = _LEAST_HEIGHT
    made.y_axis.scaling.min = 0
    hairline = LineProperties(solidFill=look.grid, w=9_525)
    made.y_axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=hairline))
    return made


def _series(
    sheet: Worksheet, table: Table, rows: tuple[Any, ...], place: int, look: Look
) -> Series:
    made = Series(
        idx=0,
        order=0,
        tx=SeriesLabel(
            strRef=StrRef(
                f=_cells(sheet, place, _HEADER_ROW, _HEADER_ROW),
                strCache=_words([str(table.columns[place].title)]),
            )
        ),
        cat=_categories(sheet, rows),
        val=NumDataSource(
            numRef=NumRef(
                f=_cells(sheet, place, _HEADER_ROW + 1, _HEADER_ROW + len(rows)),
                numCache=_numbers([row[place] for row in rows], "#,##0"),
            )
        ),
    )
    if table.drawn == "line":
        made.smooth = False
        made.graphicalProperties.line.solidFill = look.series
        made.graphicalProperties.line.width = 25_400
    else:
        made.graphicalProperties.solidFill = look.series
    return made


def _categories(sheet: Worksheet, rows: tuple[Any, ...]) -> AxDataSource:
    where = _cells(sheet, 0, _HEADER_ROW + 1, _HEADER_ROW + len(rows))
    if all(isinstance(row[0], Month) for row in rows):
        days: list[float] = [_serial(row[0]) for row in rows]
        return AxDataSource(numRef=NumRef(f=where, numCache=_numbers(days, MONTH_FORMAT)))
    words = _words([storable(as_text(row[0])) for row in rows])
    return AxDataSource(strRef=StrRef(f=where, strCache=words))


def _serial(month: Month) -> int:
    """The first day of the month as spreadsheets count days."""
    return (date(month.year, month.month, 1) - _EPOCH).days


def _cells(sheet: Worksheet, place: int, first: int, last: int) -> str:
    letter = get_column_letter(place + 1)
    return f"{quote_sheetname(sheet.title)}!${letter}${first}:${letter}${last}"


def _numbers(values: list[float], shape: str) -> NumData:
    points = [NumVal(idx=place, v=str(value)) for place, value in enumerate(values)]
    return NumData(formatCode=shape, ptCount=len(points), pt=points)


def _words(texts: list[str]) -> StrData:
    points = [StrVal(idx=place, v=text) for place, text in enumerate(texts)]
    return StrData(ptCount=len(points), pt=points)
