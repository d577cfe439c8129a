"""Language, theme, size and motion."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from app import i18n
from app.config import Settings
from app.i18n import LANGUAGES, tr
from app.ui.settings.section import Section, setting
from app.ui.theme import ZOOMS
from app.ui.widgets.check import CheckBox
from app.ui.widgets.segmented import SegmentedControl

THEMES: Final = ("light", "dark", "system")


class LookSection(Section):
    """Every change takes effect at once."""

    def __init__(self, settings: Callable[[], Settings], save: Callable[[Settings], None]) -> None:
        super().__init__(tr("Look and language"), "look")
        self._settings, self._save = settings, save
        now = settings()
        self.language = SegmentedControl(
            list(LANGUAGES.values()), tr("Language"), _place(tuple(LANGUAGES), i18n.language())
        )
        self.language.setObjectName("language")
        self.theme = SegmentedControl(
            [tr("Light"), tr("Dark"), tr("As the system")], tr("Theme"), _place(THEMES, now.theme)
        )
        self.theme.setObjectName("theme")
        self.zoom = SegmentedControl(
            [f"{round(size * 100)}%" for size in ZOOMS], tr("Size"), _place(ZOOMS, now.zoom)
        )
        self.zoom.setObjectName("zoom")
        self.motion = CheckBox(tr("Move"), tr("Motion"))
        self.motion.setObjectName("motion")
        self.motion.setChecked(now.motion)
        self.put(
            setting(tr("Language"), "", self.language),
            setting(tr("Theme"), "", self.theme),
            setting(tr("Size"), tr("Ctrl and + or − change it anywhere."), self.zoom),
            setting(tr("Motion"), tr("Panels and messages slide into place."), self.motion),
        )
        self.language.chosen.connect(self._choose_language)
        self.theme.chosen.connect(self._choose_theme)
        self.zoom.chosen.connect(self._choose_zoom)
        self.motion.toggled.connect(self._choose_motion)

    def refresh(self) -> None:
        """Show what was set elsewhere meanwhile."""
        now = self._settings()
        for control, place in (
            (self.language, _place(tuple(LANGUAGES), i18n.language())),
            (self.theme, _place(THEMES, now.theme)),
            (self.zoom, _place(ZOOMS, now.zoom)),
        ):
            control.blockSignals(True)  # noqa: FBT003 - Qt's own
            control.set_current(place)
            control.blockSignals(False)  # noqa: FBT003 - Qt's own

    def _keep(self, **values: Any) -> None:
        changed = replace(self._settings(), **values)
        if changed != self._settings():
            self._save(changed)

    def _choose_language(self, place: int) -> None:
        self._keep(language=tuple(LANGUAGES)[place])
        self.refresh()  # not taken over yet where something typed is not saved

    def _choose_theme(self, place: int) -> None:
        self._keep(theme=THEMES[place])

    def _choose_zoom(self, place: int) -> None:
        self._keep(zoom=ZOOMS[place])

    def _choose_motion(self, wanted: object) -> None:
        self._keep(motion=bool(wanted))


def _place(choices: tuple[Any, ...], value: Any) -> int:
    return choices.index(value) if value in choices else 0
