"""Reminders while the window is closed: the agent, who shows them, and whether they are heard."""

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from app.config import Settings, Workspace
from app.desktop import programs
from app.desktop.autostart import autostart
from app.desktop.presence import agent_of
from app.i18n import tr
from app.ui.settings.section import Section, setting
from app.ui.widgets.check import CheckBox
from app.ui.widgets.segmented import SegmentedControl
from app.ui.widgets.text import muted

_TRIED: Final = ("linux",)


class RemindersSection(Section):
    """The agent is this computer's affair, and what the system has noted is the truth of it."""

    def __init__(
        self,
        workspace: Workspace,
        settings: Callable[[], Settings],
        save: Callable[[Settings], None],
    ) -> None:
        super().__init__(tr("Reminders while the window is closed"), "reminders")
        self._settings, self._save = settings, save
        self._workspace = workspace
        self._autostart = autostart(workspace)
        now = settings()
        self.agent = CheckBox(tr("Remind me"), tr("Remind me while the window is closed"))
        self.agent.setObjectName("agent")
        self.agent.setChecked(self._is_on())
        self.native = SegmentedControl(
            [tr("The desktop"), tr("Shuke")], tr("Who shows them"), 0 if now.native else 1
        )
        self.native.setObjectName("native")
        self.sound = CheckBox(tr("Play it"), tr("Sound"))
        self.sound.setObjectName("sound")
        self.sound.setChecked(now.sound)
        self._wrong = muted().wrapped()
        self._wrong.set_tone("danger_ink")
        who = setting(
            tr("Who shows them"),
            tr("Notifications of the desktop, or popups as those of the open window."),
            self.native,
        )
        if sys.platform != "linux":
            # there is only one way
            who.hide()
        self.put(
            setting(
                tr("Remind me"),
                tr(
                    "A small program begins with your session on this computer. It uses next to "
                    "nothing, and leaves reminding to the window while that is open."
                ),
                self.agent,
            ),
            self._wrong,
            who,
            setting(
                tr("Sound"),
                tr("A short one with each popup and notification, also while the window is open."),
                self.sound,
            ),
        )
        if sys.platform not in _TRIED:
            self.put(muted(tr("Beginning with the session was not tried on this system.")))
        self._wrong.hide()
        self.agent.toggled.connect(self._choose_agent)
        self.native.chosen.connect(self._choose_native)
        self.sound.toggled.connect(self._choose_sound)

    def _is_on(self) -> bool:
        try:
            return self._autostart.on()
        except OSError:
            return False

    def _choose_agent(self, wanted: object) -> None:
        try:
            if wanted:
                self._autostart.switch_on()
                # not only from tomorrow on; one that runs already makes it end at once
                programs.start(programs.command(self._workspace, "agent"))
            else:
                self._autostart.switch_off()
                agent_of(self._workspace).end_other()
        except OSError as problem:
            self._say(
                tr(
                    "This could not be changed: {reason}. All else is as it was.",
                    reason=problem.strerror or problem,
                )
            )
        else:
            self._say("")
        self.agent.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.agent.setChecked(self._is_on())
        self.agent.blockSignals(False)  # noqa: FBT003 - Qt's own

    def _say(self, wrong: str) -> None:
        self._wrong.setText(wrong)
        self._wrong.setVisible(bool(wrong))

    def _keep(self, **values: Any) -> None:
        changed = replace(self._settings(), **values)
        if changed != self._settings():
            self._save(changed)

    def _choose_native(self, place: int) -> None:
        self._keep(native=place == 0)

    def _choose_sound(self, wanted: object) -> None:
        self._keep(sound=bool(wanted))
