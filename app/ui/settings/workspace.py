"""What holds for this workspace, whoever opens it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from app.config import Settings, Workspace
from app.i18n import Message, tr
from app.ui.settings.section import Section, setting
from app.ui.widgets.check import CheckBox
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.text import Elided

REGIONS: Final = (
    ("CN", Message("Mainland China (+86)")),
    ("TW", Message("Taiwan (+886)")),
    ("HK", Message("Hong Kong (+852)")),
    ("MO", Message("Macao (+853)")),
    ("SG", Message("Singapore (+65)")),
    ("MY", Message("Malaysia (+60)")),
    ("JP", Message("Japan (+81)")),
    ("KR", Message("South Korea (+82)")),
    ("US", Message("United States and Canada (+1)")),
    ("GB", Message("United Kingdom (+44)")),
    ("AU", Message("Australia (+61)")),
    ("DE", Message("Germany (+49)")),
)


class WorkspaceSection(Section):
    """Folder, phone numbers, and how carefully every change is stored."""

    def __init__(
        self,
        workspace: Workspace,
        settings: Callable[[], Settings],
        save: Callable[[Settings], None],
    ) -> None:
        super().__init__(tr("This workspace"), "workspace")
        self._settings, self._save = settings, save
        now = settings()
        folder = Elided(str(workspace.folder), "body", "muted")
        regions = [(str(title), code) for code, title in REGIONS]
        if now.region not in dict(REGIONS):
            regions.append((now.region, now.region))
        self.region = ComboBox(tr("Country of phone numbers"), regions)
        self.region.setObjectName("region")
        self.region.set_value(now.region)
        self.durable = CheckBox(tr("Wait"), tr("Wait for the disk"))
        self.durable.setObjectName("durable")
        self.durable.setChecked(now.durable)
        self.put(
            folder,
            setting(
                tr("Country of phone numbers"),
                tr("Numbers without a country code are read as numbers of this country."),
                self.region,
            ),
            setting(
                tr("Wait for the disk"),
                tr(
                    "Safe even when the power fails in the very moment of saving; saving takes a "
                    "little longer. Both take effect when the workspace is opened next."
                ),
                self.durable,
            ),
        )
        self.region.activated.connect(self._choose_region)
        self.durable.toggled.connect(self._choose_durable)

    def _keep(self, **values: Any) -> None:
        self._save(replace(self._settings(), **values))

    def _choose_region(self) -> None:
        self._keep(region=str(self.region.value()))

    def _choose_durable(self, wanted: object) -> None:
        self._keep(durable=bool(wanted))
