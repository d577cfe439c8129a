"""The workspace as the agent has it: open while it is needed, and looked at again now and then."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.config import Settings, Workspace
from app.domain.vocabulary import Actor, Origin
from app.errors import NotFound, Unavailable
from app.i18n import Message
from app.services.change_mark import ChangeMark
from app.services.registry import Services
from app.services.workspaces import OpenWorkspace, WorkspaceService

_LOG: Final = logging.getLogger("shuke.agent")


@dataclass(frozen=True, slots=True)
class Desk:
    """What the agent works with: for whom, and how it is to be done."""

    services: Services
    actor: Actor
    settings: Settings


class Door:
    """Opens the workspace when it is asked for, and anew when its file was put in its place."""

    def __init__(
        self,
        workspace: Workspace,
        workspaces: WorkspaceService,
        staff: str,
        speak: Callable[[Settings], None],
    ) -> None:
        self.workspace = workspace
        self._workspaces = workspaces
        self._staff = staff
        self._speak = speak
        self._open: OpenWorkspace | None = None
        self._mark: ChangeMark | None = None
        self._file = 0
        self._entered = False
        self._desk: Desk | None = None

    def desk(self) -> Desk | None:
        """The open workspace; None while nobody is known to sit here. Raises UserError."""
        if self._open is not None and self._file != _identity(self._file_of(self._open.settings)):
            # removed, or another one in its place; SQLite would go on with the one that is gone
            self.close()
        if self._open is None:
            self._enter()
        return self._desk

    def moved(self) -> bool:
        """Whether anything was written, or it was opened, since the last call. Raises UserError."""
        entered, self._entered = self._entered, False
        return entered or (self._mark is not None and self._mark.moved())

    def look_again(self) -> None:
        """Read the settings anew, and who sits here. Raises UserError."""
        if self._open is not None:
            self._settle(self._open)

    def close(self) -> None:
        """Let go of the workspace: whoever wants it for themselves finds it free."""
        opened, self._open, self._desk = self._open, None, None
        if self._mark is not None:
            self._mark.close()
            self._mark = None
        if opened is not None:
            opened.close()

    # ---- opening

    def _enter(self) -> None:
        opened = self._workspaces.look_in(self.workspace)
        self._open, self._entered = opened, True
        self._file = _identity(self._file_of(opened.settings))
        self._mark = ChangeMark(opened.services.database)
        self._settle(opened)

    def _settle(self, opened: OpenWorkspace) -> None:
        settings = self._workspaces.settings(self.workspace)
        if settings.database_url != opened.settings.database_url:
            self.close()
            raise Unavailable(Message("The workspace's data is in another place now."))
        self._speak(settings)
        actor = self._actor(opened)
        before = self._desk
        self._desk = None if actor is None else Desk(opened.services, actor, settings)
        if (self._desk is None) != (before is None):
            _LOG.info("Somebody sits here." if self._desk else "Nobody is known to sit here.")

    def _actor(self, opened: OpenWorkspace) -> Actor | None:
        staff = opened.services.staff
        try:
            if self._staff:
                return staff.actor_named(self._staff, Origin.AGENT)
            known = self._workspaces.remembered_actor(self.workspace)
            return None if known is None else staff.actor(known, origin=Origin.AGENT)
        except NotFound:
            # who left, or has another name now
            return None

    def _file_of(self, settings: Settings) -> Path:
        return self.workspace.settings if settings.database_url else self.workspace.database


def _identity(file: Path) -> int:
    """Which file it is; 0 for none. Settings are written anew each time, so only there or not."""
    try:
        found = file.stat()
    except OSError:
        return 0
    return found.st_ino if file.suffix == ".db" else 1
