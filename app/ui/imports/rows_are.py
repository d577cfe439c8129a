"""What the rows of a file are, and what to take where interactions leave something out."""

from dataclasses import replace
from typing import Final, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.i18n import tr
from app.services.import_drafts import Into
from app.services.import_plan import ImportOptions, Missing
from app.ui.context import Context
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.customer_edit import CustomerEdit
from app.ui.widgets.date_field import DateEdit
from app.ui.widgets.field import Field
from app.ui.widgets.layout import STRETCH, fix, row
from app.ui.widgets.segmented import SegmentedControl

_KINDS: Final[tuple[Into, ...]] = ("customers", "interactions")


class RowsAre(QWidget):
    """For interactions: whose they are, of which day, and who may be missing.

    `kind`, the choice between customers and interactions, stands elsewhere on the page.
    """

    changed = Signal()  # the proposal may be another one

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("rows_are")
        self.kind = SegmentedControl([tr("Customers"), tr("Interactions")], tr("The rows are"))
        self.kind.setObjectName("rows_kind")
        self.customer = CustomerEdit(context, tr("If no customer is named"))
        self.customer.setObjectName("default_customer")
        self.day = DateEdit(tr("If no date is given"), context.services.clock.today())
        self.day.setObjectName("default_day")
        self.missing = ComboBox(
            tr("If a customer is unknown"),
            [(tr("Refuse these rows"), "refuse"), (tr("Add them"), "create")],
        )
        self.missing.setObjectName("missing_customers")
        fields = (
            Field(tr("If no customer is named"), self.customer),
            Field(tr("If no date is given"), self.day),
            Field(tr("If a customer is unknown"), self.missing),
        )
        self.setLayout(row(*((fix(one, width=200)) for one in fields), STRETCH, gap=16))
        self._busy = False
        self.kind.chosen.connect(self._changed)
        self.customer.chosen.connect(self._changed)

    def into(self) -> Into:
        """What the rows are."""
        return _KINDS[self.kind.current()]

    def show_options(self, options: ImportOptions, customer_name: str) -> None:
        """Show what is chosen."""
        self._busy = True
        self.kind.set_current(_KINDS.index(options.into))
        self.customer.set_value(options.customer_id, customer_name)
        self.day.set_value(options.day)
        self.missing.set_value(options.missing)
        self._busy = False

    def chosen(self, options: ImportOptions) -> ImportOptions:
        """The options as chosen here."""
        into = self.into()
        if into == "customers":
            return replace(options, into=into, customer_id=None, day=None, missing="refuse")
        return replace(
            options,
            into=into,
            customer_id=self.customer.value(),
            day=self.day.value(),
            missing=cast("Missing", self.missing.value()),
        )

    def _changed(self) -> None:
        if not self._busy:
            self.changed.emit()
