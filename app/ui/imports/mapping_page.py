"""The second step: what the file's columns are."""

from collections.abc import Mapping as Pairs
from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from app.exchange.mapping import SEVERAL, Mapping
from app.exchange.tables import NO_HEADER, Row, Table
from app.i18n import Message, tr
from app.services.import_drafts import text_of
from app.services.import_plan import ImportOptions
from app.services.imports import FileLook
from app.ui.context import Context
from app.ui.imports.rows_are import RowsAre
from app.ui.imports.words import fields_offered
from app.ui.theme import follow, tokens
from app.ui.widgets.avatar import IconView
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.layout import STRETCH, col, fix, hold, row
from app.ui.widgets.surface import Line, Scroll, Surface
from app.ui.widgets.text import Elided, Label, caption, muted

_SAMPLES: Final = 4  # different values shown of a column
_HEADER_ROWS: Final = 12
_LEAVE_OUT: Final = ""
_FREE: Final = {*SEVERAL, _LEAVE_OUT}  # what more than one column may be


class MappingPage(QWidget):
    """One line a column: its title, some values, the field it goes into."""

    layout_changed = Signal()  # another sheet or header row: read the file anew
    mapping_changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("import_mapping")
        self._header: tuple[str, ...] = ()
        self.touched = False  # by the user, so that no other proposal takes its place
        self.fields: list[ComboBox] = []
        self._busy = False
        self.sheet = ComboBox(tr("Sheet"))
        self.sheet.setObjectName("sheet")
        self.header_row = ComboBox(tr("Row with the headings"))
        self.header_row.setObjectName("header_row")
        self.rows_are = RowsAre(context)
        self._sheets = hold(row(muted(tr("Sheet")), self.sheet, gap=8), "sheets")
        self._remembered = Label("", "small", "muted").wrapped()
        self._warning = Label("", "small", "warn_ink").wrapped()
        self._lines = QWidget()
        self._scroll = Scroll(self._lines, "import_columns")
        self._headings = hold(row(muted(tr("Headings are in")), self.header_row, gap=8), "headings")
        self._layout = hold(
            row(
                muted(tr("The rows are")),
                self.rows_are.kind,
                STRETCH,
                self._sheets,
                self._headings,
                gap=12,
                margins=(16, 12, 16, 12),
            ),
            "table_layout",
        )
        self._talks = hold(col(self.rows_are, margins=(16, 0, 16, 8)), "talk_layout")
        self._above = hold(col(margins=(0, 14, 0, 0)))  # in place of the choices
        body = Surface("card", "mapping_card")
        body.setLayout(
            col(
                self._layout,
                self._above,
                self._talks,
                hold(col(self._remembered, self._warning, gap=4, margins=(16, 0, 16, 8))),
                Line(),
                (self._scroll, 1),
                gap=0,
                margins=(1, 1, 1, 8),
            )
        )
        self.setLayout(col((body, 1)))
        self.rows_are.changed.connect(self.layout_changed)
        self.sheet.currentIndexChanged.connect(self._layout_chosen)
        self.header_row.currentIndexChanged.connect(self._layout_chosen)

    def show_look(self, look: FileLook, options: ImportOptions, customer: str = "") -> None:
        """Show a file's columns with the mapping to begin with.

        `customer` is the name of the one under whom interactions go.
        """
        self._busy = True
        self.touched = False
        table = look.table
        self.rows_are.show_options(options, customer)
        self._talks.setVisible(options.into == "interactions")
        self._show_choices(table)
        self._remembered.setText(_whence(look))
        self._warning.setText(" ".join(map(str, table.warnings)))
        self._warning.setVisible(bool(table.warnings))
        self._header = table.columns
        self._show_lines(table.columns, look.sample, look.mapping.columns)
        self._busy = False

    def _show_choices(self, table: Table) -> None:
        self._layout.setVisible(not table.cards)
        self._above.setVisible(table.cards)
        self.sheet.clear()
        self.sheet.set_entries(
            [
                (tr("{name} (hidden)", name=one.name) if one.hidden else one.name, one.name)
                for one in table.sheets
            ]
        )
        self.sheet.set_value(table.sheet)
        self._sheets.setVisible(len(table.sheets) > 1)
        self.header_row.clear()
        rows = range(1, max(_HEADER_ROWS, table.header_row) + 1)
        self.header_row.set_entries(
            [
                *((tr("row {row}", row=number), number) for number in rows),
                (tr("no row: there are none"), NO_HEADER),
            ]
        )
        self.header_row.set_value(table.header_row)

    def _show_lines(
        self, columns: Sequence[str], sample: Sequence[Row], chosen: Pairs[int, str]
    ) -> None:
        entries = [(tr("Leave out"), _LEAVE_OUT)]
        entries += [
            (str(title), field) for field, title in fields_offered(self.rows_are.into()).items()
        ]
        self.fields = []
        grid = _Grid()
        heads = (Message("Column of the file"), Message("Some of its values"), Message("Goes into"))
        for place, words in zip((0, 1, 3), heads, strict=True):
            grid.addWidget(caption(str(words)), 0, place)
        for at, title in enumerate(columns):
            box = ComboBox(tr("Field for the column “{column}”", column=title), entries)
            box.setObjectName(f"field_{at}")
            box.set_value(chosen.get(at, _LEAVE_OUT))
            box.currentIndexChanged.connect(partial(self._field_chosen, at))
            self.fields.append(box)
            grid.addWidget(Elided(title, "medium"), at + 1, 0)
            grid.addWidget(Elided(_values(sample, at), "body", "muted"), at + 1, 1)
            grid.addWidget(IconView("arrow-right", "muted", 16), at + 1, 2)
            grid.addWidget(fix(box, width=280), at + 1, 3)
        grid.setRowStretch(len(columns) + 1, 1)
        lines = QWidget()
        lines.setLayout(grid)
        before = self._scroll.takeWidget()
        self._scroll.setWidget(lines)
        lines.setAutoFillBackground(False)
        if before is not None:
            before.deleteLater()
        self._lines = lines

    def mapping(self) -> Mapping:
        """The mapping as chosen."""
        return Mapping(
            self._header,
            {at: box.value() for at, box in enumerate(self.fields) if box.value()},
        )

    def choose(self, column: int, field: str) -> None:
        """Put a column into a field; unless it takes several, the one before is left out."""
        self.fields[column].set_value(field)

    def _field_chosen(self, column: int, _index: int) -> None:
        if self._busy:
            return
        self._busy = True
        self.touched = True
        field = self.fields[column].value()
        for at, box in enumerate(self.fields):
            if at != column and field not in _FREE and box.value() == field:
                box.set_value(_LEAVE_OUT)
        self._busy = False
        self.mapping_changed.emit()

    def _layout_chosen(self, _index: int) -> None:
        if not self._busy:
            self.layout_changed.emit()

    @override
    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        if self.fields:
            self.fields[0].setFocus(reason)


class _Grid(QGridLayout):
    """Columns of the file, their values, their fields."""

    def __init__(self) -> None:
        super().__init__()
        self.setColumnStretch(0, 2)
        self.setColumnStretch(1, 3)
        follow(self.retheme)

    def retheme(self) -> None:
        """Take over the zoom."""
        tok = tokens()
        self.setContentsMargins(tok.px(16), tok.px(12), tok.px(16), tok.px(12))
        self.setHorizontalSpacing(tok.px(16))
        self.setVerticalSpacing(tok.px(8))


def _whence(look: FileLook) -> str:
    """Where the choices come from."""
    if look.remembered and look.table.cards:
        return tr("You imported cards like these before; the same choices are used again.")
    if look.remembered:
        return tr("You imported a file with these headings before; its choices are used again.")
    if look.table.cards:
        return tr("What the cards of this address book say, and where it goes. Correct it freely.")
    if not look.mapping.columns:
        return tr("None of these columns is known here. Choose on the right what they are.")
    return tr("Proposed from the headings and the values. Correct what is not right.")


def _values(sample: Sequence[Row], at: int) -> str:
    found: dict[str, None] = {}
    for one in sample:
        text = " ".join(text_of(one.cells[at]).split())
        if text:
            found[text[:60]] = None
        if len(found) == _SAMPLES:
            break
    return " · ".join(found) or tr("nothing in the first rows")
