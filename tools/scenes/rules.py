"""Rules that make reminders, in the settings."""

from functools import partial
from typing import TYPE_CHECKING, Final

from app.domain.reminders import ReminderKind
from app.ui.settings.rules import RulesSection
from app.ui.settings.screen import SettingsScreen
from app.ui.theme import tokens
from tools.scenes.stage import Scene

if TYPE_CHECKING:
    from tools.scenes.stage import Stage


def _section(stage: "Stage") -> RulesSection:
    stage.go("settings")
    screen = stage.shell.front()
    if not isinstance(screen, SettingsScreen):
        raise TypeError("the settings are not shown")
    screen.sections.verticalScrollBar().setValue(screen.rules.y() - tokens().px(16))
    stage.settle()
    return screen.rules


def _list(stage: "Stage") -> None:
    section = _section(stage)
    if not section.lines():
        section.add_usual()
        stage.settle()
    _section(stage)


def _none(stage: "Stage") -> None:
    for line in _section(stage).lines():
        _section(stage).delete(line.rule)
        stage.settle()


def _form(kind: ReminderKind, stage: "Stage") -> None:
    _list(stage)
    _section(stage).open_new(kind)
    stage.settle()


SCENES: Final = (
    Scene("rules_list", _list),
    Scene("rules_empty", _none, "empty"),
    Scene("rules_birthday", partial(_form, ReminderKind.BIRTHDAY)),
    Scene("rules_silence", partial(_form, ReminderKind.SILENCE)),
    Scene("rules_festival", partial(_form, ReminderKind.FESTIVAL)),
    Scene("rules_thanks", partial(_form, ReminderKind.THANKS)),
)
