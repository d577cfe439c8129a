"""Any report as a workbook: summary, a sheet a table with its chart, definitions.

Totals are formulas that carry their value too, so that a preview shows what Excel works out.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, Final, cast

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableColumn, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from app.exchange.workbook_writer import free_title
from app.exchange.writing import replacing
from app.i18n import Message, tr
from app.reports.base import UNITS, Cell, Column, Table, as_text, period_text
from app.reports.runner import Loaded
from app.reports.workbook_cells import Look, put, put_number, put_text
from app.reports.workbook_charts import add_chart
from app.reports.workbook_values import Values, with_values

HEADER_ROW: Final = 3
_FORMATS: Final = {"text": "General", "count": "#,##0", "share": "0.0%"}
_SPECIAL: Final = re.compile(r"[\[\]#']")
_QUOTE: Final = r"'\g<0>"
"""Before what would end the name of a column in a formula."""
_WIDEST, _NARROWEST = 48, 10
_A4: Final = 9


@dataclass
class _Book:
    """The workbook being filled, and the values of its formulas by sheet and cell."""

    loaded: Loaded[Any]
    look: Look
    book: Workbook = field(default_factory=Workbook)
    titles: list[str] = field(default_factory=list)
    values: Values = field(default_factory=dict)
    totals: dict[str, str] = field(default_factory=dict)
    """Figure name → reference to the cell that adds it up."""

    def sheet(self, title: str) -> Worksheet:
        """A new sheet of this title, set up to be printed on A4 across."""
        self.titles.append(free_title(title, self.titles))
        made: Any = self.book.create_sheet(self.titles[-1])
        made.sheet_view.showGridLines = False
        made.page_setup.orientation = "landscape"
        made.page_setup.paperSize = _A4
        made.page_setup.fitToWidth = 1
        made.page_setup.fitToHeight = 0
        made.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        made.oddFooter.left.text = str(self.loaded.report.title).replace("&", "&&")
        made.oddFooter.right.text = "&P / &N"
        return cast("Worksheet", made)

    def formula(self, sheet: Worksheet, place: str, text: str, value: float) -> None:
        """A formula with what it comes to."""
        cell: Any = sheet[place]
        cell.value = text
        self.values.setdefault(sheet.title, {})[place] = value


def write_workbook(path: Path, loaded: Loaded[Any], tokens: Mapping[str, str]) -> None:
    """Write the report; `tokens` are the colours of the look. The file appears whole or not at all.

    Raises Unavailable when it cannot be written.
    """
    made = _Book(loaded, Look(tokens))
    made.book.remove(made.book.worksheets[0])
    summary = made.sheet(tr("Summary"))
    for table in loaded.report.tables(loaded.data):
        _table_sheet(made, table)
    _summary(made, summary)
    _definitions(made)
    made.book.calculation.fullCalcOnLoad = True
    content = BytesIO()
    made.book.save(content)
    with replacing(path) as stream:
        stream.write(with_values(content.getvalue(), made.titles, made.values))


# ---- a table


def _table_sheet(made: _Book, table: Table) -> None:
    sheet = made.sheet(str(table.title))
    put_text(sheet.cell(1, 1), str(table.title), made.look.title)
    about = " · ".join(f"{name} {text}" for name, text in _about(made.loaded))
    put_text(sheet.cell(2, 1), about, made.look.muted)
    titles = [str(column.title) for column in table.columns]
    _header(sheet, HEADER_ROW, titles, range(2, len(titles) + 1), made.look)
    if not table.rows:
        put_text(sheet.cell(HEADER_ROW + 1, 1), tr("Nothing to show yet"), made.look.muted)
        return
    for number, row in enumerate(table.rows, HEADER_ROW + 1):
        for place, (cell, column) in enumerate(zip(row, table.columns, strict=True), 1):
            put(sheet.cell(number, place), cell, _FORMATS[column.kind], made.look)
    last = HEADER_ROW + len(table.rows)
    _totals(made, sheet, table, last)
    sheet.add_table(_excel_table(table, last))
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    _fit(sheet, table)
    add_chart(sheet, table, made.look)


def _header(sheet: Worksheet, row: int, titles: Sequence[str], figures: range, look: Look) -> None:
    """`figures` are the places of the columns that hold figures, which stand at the right."""
    for place, title in enumerate(titles, 1):
        cell: Any = sheet.cell(row, place)
        put_text(cell, title, look.strong)
        cell.border = look.below
        if place in figures:
            cell.alignment = look.right


def _totals(made: _Book, sheet: Worksheet, table: Table, last: int) -> None:
    put_text(sheet.cell(last + 1, 1), tr("Total"), made.look.strong)
    for place, column in enumerate(table.columns, 1):
        cell: Any = sheet.cell(last + 1, place)
        cell.font, cell.border = made.look.strong, made.look.above
        if column.total:
            made.formula(
                sheet,
                cell.coordinate,
                f"=SUBTOTAL(109,{_table_name(table)}[{_SPECIAL.sub(_QUOTE, str(column.title))}])",
                sum(_number(row[place - 1]) for row in table.rows),
            )
            cell.number_format = _FORMATS[column.kind]
            quoted = sheet.title.replace("'", "''")
            made.totals.setdefault(column.total, f"'{quoted}'!{cell.coordinate}")


def _excel_table(table: Table, last: int) -> ExcelTable:
    right = get_column_letter(len(table.columns))
    return ExcelTable(
        displayName=_table_name(table),
        ref=f"A{HEADER_ROW}:{right}{last + 1}",
        totalsRowCount=1,
        autoFilter=AutoFilter(ref=f"A{HEADER_ROW}:{right}{last}"),
        tableColumns=[
            _table_column(place, column) for place, column in enumerate(table.columns, 1)
        ],
        tableStyleInfo=TableStyleInfo(name="TableStyleLight1", showRowStripes=True),
    )


def _table_name(table: Table) -> str:
    # the names of cells, such as A1 or R1C1, are taken
    return f"t_{table.name}"


def _table_column(place: int, column: Column) -> TableColumn:
    made = TableColumn(id=place, name=str(column.title))
    if place == 1:
        made.totalsRowLabel = tr("Total")
    elif column.total:
        made.totalsRowFunction = "sum"
    return made


def _number(cell: Cell) -> float:
    return cell if isinstance(cell, int | float) else 0


def _fit(sheet: Worksheet, table: Table) -> None:
    for place, column in enumerate(table.columns):
        texts = [str(column.title), *(as_text(row[place], column.kind) for row in table.rows)]
        longest = max(_shown_width(text) for text in texts)
        width = min(max(longest + 4, _NARROWEST), _WIDEST)
        sheet.column_dimensions[get_column_letter(place + 1)].width = width


def _shown_width(text: str) -> int:
    return sum(2 if sign > "⺀" else 1 for sign in text)


# ---- summary and definitions


def _summary(made: _Book, sheet: Worksheet) -> None:
    loaded, look = made.loaded, made.look
    put_text(sheet.cell(1, 1), str(loaded.report.title), look.title)
    for row, (name, text) in enumerate(_about(loaded), 2):
        put_text(sheet.cell(row, 1), name, look.muted)
        put_text(sheet.cell(row, 2), text, look.plain)
    first = sheet.max_row + 2
    titles = (
        tr("Figure"), tr("Value"), tr("Low"), tr("High"), tr("Cases (n)"), tr("Unit"),
    )  # fmt: skip
    _header(sheet, first, titles, range(2, 6), look)
    labels = loaded.report.labels()
    for row, (name, figure) in enumerate(loaded.report.figures(loaded.data).items(), first + 1):
        shape = _FORMATS["share" if figure.unit == "share" else "count"]
        put_text(sheet.cell(row, 1), str(labels[name]), look.plain)
        put_number(sheet.cell(row, 2), figure.value, shape, look.plain)
        if name in made.totals and figure.value is not None:
            made.formula(sheet, f"B{row}", f"={made.totals[name]}", figure.value)
        put_number(sheet.cell(row, 3), figure.low, shape, look.plain)
        put_number(sheet.cell(row, 4), figure.high, shape, look.plain)
        put_number(sheet.cell(row, 5), figure.n, _FORMATS["count"], look.plain)
        put_text(sheet.cell(row, 6), str(UNITS[figure.unit]), look.plain)
    for letter, width in zip("ABCDEF", (36, 24, 12, 12, 12, 14), strict=True):
        sheet.column_dimensions[letter].width = width


def _about(loaded: Loaded[Any]) -> list[tuple[str, str]]:
    return [
        (tr("Period"), period_text(loaded.asked.period)),
        (tr("Filter"), loaded.filter or tr("none")),
        (tr("As of"), f"{loaded.at.astimezone():%Y-%m-%d %H:%M}"),
    ]


def _definitions(made: _Book) -> None:
    sheet, loaded, look = made.sheet(tr("Definitions")), made.loaded, made.look
    put_text(sheet.cell(1, 1), tr("Definitions"), look.title)
    titles = (
        tr("Term"), tr("Formula"), tr("Source"), tr("Period"), tr("Filter"), tr("Cases (n)"),
    )  # fmt: skip
    _header(sheet, HEADER_ROW, titles, range(6, 7), look)
    figures = loaded.report.figures(loaded.data)
    period, filter_text = (text for _, text in _about(loaded)[:2])
    for row, one in enumerate(loaded.report.definitions(), HEADER_ROW + 1):
        texts: Sequence[str | Message] = (one.term, one.formula, one.source, period, filter_text)
        for place, text in enumerate(texts, 1):
            cell: Any = sheet.cell(row, place)
            put_text(cell, str(text), look.plain)
            cell.alignment = look.wrapped
        cases = next((figures[name].n for name in one.names if name in figures), None)
        put_number(sheet.cell(row, 6), cases, _FORMATS["count"], look.plain)
        sheet.cell(row, 6).alignment = look.wrapped
    for letter, width in zip("ABCDEF", (22, 64, 26, 22, 26, 10), strict=True):
        sheet.column_dimensions[letter].width = width
