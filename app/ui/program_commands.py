"""Commands of the program as a whole: look, language, size, workspace."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from app.config import Settings
from app.i18n import LANGUAGES, Message
from app.ui.commands import Command
from app.ui.theme import ZOOMS

LOOK = Message("Look and language")
PROGRAM = Message("Program")


class Program(Protocol):
    """What the commands act on."""

    @property
    def settings(self) -> Settings: ...

    def save_settings(self, settings: Settings) -> None: ...

    def change_workspace(self) -> None: ...

    def leave(self) -> None: ...


class ProgramCommands:
    def __init__(self, program: Program) -> None:
        self._program = program

    def all(self) -> Sequence[Command]:
        """The commands, in the order of the sheet."""
        return (
            Command("zoom.in", Message("Larger"), LOOK, "Ctrl++, Ctrl+=", "zoom-in", self.larger),
            Command("zoom.out", Message("Smaller"), LOOK, "Ctrl+-", "zoom-out", self.smaller),
            Command("zoom.reset", Message("Usual size"), LOOK, "Ctrl+0", "search", self.usual_size),
            self._set("theme.light", Message("Light theme"), "sun", theme="light"),
            self._set("theme.dark", Message("Dark theme"), "moon", theme="dark"),
            self._set("theme.system", Message("Theme of the system"), "monitor", theme="system"),
            *(
                self._set(
                    f"language.{code}",
                    Message("Language: {name}", params={"name": name}),
                    "languages",
                    language=code,
                )
                for code, name in LANGUAGES.items()
            ),
            Command(
                "workspace", Message("Another workspace…"), PROGRAM, "", "folder-open",
                self._program.change_workspace,
            ),
            Command("leave", Message("Close Shuke"), PROGRAM, "Ctrl+Q", "power",
                    self._program.leave),
        )  # fmt: skip

    def larger(self) -> None:
        """The next larger size."""
        now = self._program.settings.zoom
        self._zoom(min((size for size in ZOOMS if size > now), default=ZOOMS[-1]))

    def smaller(self) -> None:
        """The next smaller size."""
        now = self._program.settings.zoom
        self._zoom(max((size for size in ZOOMS if size < now), default=ZOOMS[0]))

    def usual_size(self) -> None:
        """As it was made to be seen."""
        self._zoom(1.0)

    def _zoom(self, size: float) -> None:
        self._program.save_settings(replace(self._program.settings, zoom=size))

    def _set(self, name: str, title: Message, glyph: str, **values: Any) -> Command:
        return Command(name, title, LOOK, "", glyph, _Set(self._program, values))


class _Set:
    """Changes settings to these values."""

    def __init__(self, program: Program, values: dict[str, Any]) -> None:
        self._program, self._values = program, values

    def __call__(self) -> None:
        self._program.save_settings(replace(self._program.settings, **self._values))
