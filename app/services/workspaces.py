"""Opening, making and joining workspaces: the step before there are services."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from app.clock import Clock
from app.config import Machine, Settings, Workspace, load, machine_file, save
from app.db import in_use, restoring
from app.db import workspace as doors
from app.db.engine import spare_memory
from app.errors import Refused
from app.i18n import Message
from app.services.registry import Services, make_services


@dataclass(frozen=True)
class OpenWorkspace:
    """A workspace ready for work. `unclean`: the program did not end properly last time.

    `close` lets go of the database; the services are of no use after it.
    """

    workspace: Workspace
    settings: Settings
    services: Services
    unclean: bool
    close: Callable[[], None]


class WorkspaceService:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def open(self, workspace: Workspace) -> OpenWorkspace:
        """Raises NotFound, Unavailable or Damaged (which names the newest good backup)."""
        return self._open(workspace, create=False)

    def look_in(self, workspace: Workspace) -> OpenWorkspace:
        """As `open`, for who comes and goes: that one ended suddenly is said to the next other."""
        opened = doors.open_workspace(workspace, self._clock, mark=in_use.join)
        spare_memory(opened.database.engine)
        return self._opened(workspace, opened)

    def create(self, workspace: Workspace, settings: Settings | None = None) -> OpenWorkspace:
        """Make an empty workspace in a folder that has none, and open it.

        Raises Refused where there is one already; as `open` for the rest.
        """
        if workspace.exists():
            raise Refused(
                Message(
                    "There is already a workspace in {folder}. Open it, or choose another folder.",
                    params={"folder": str(workspace.folder)},
                )
            )
        made = self._open(workspace, create=True)
        chosen = settings or Settings()
        save(chosen, workspace.settings)
        return replace(made, settings=chosen)

    def try_server(self, address: str) -> None:
        """Say on the spot whether a team's server can be joined. Raises Unavailable."""
        doors.try_server(address)

    def join(self, workspace: Workspace, address: str, settings: Settings) -> OpenWorkspace:
        """Make a workspace whose data is on a team's PostgreSQL server, and open it."""
        if workspace.exists():
            raise Refused(
                Message(
                    "There is already a workspace in {folder}. Open it, or choose another folder.",
                    params={"folder": str(workspace.folder)},
                )
            )
        doors.try_server(address)
        save(replace(settings, database_url=address), workspace.settings)
        return self._open(workspace, create=True)

    def restore(self, workspace: Workspace, source: Path) -> Path | None:
        """Put a backup in the database's place; what was there is kept aside and returned.

        Raises NotFound, Damaged, or Unavailable while anybody has the workspace open; then nothing
        was changed.
        """
        return restoring.restore(workspace, source, self._clock.now())

    def recent(self) -> list[Workspace]:
        """Workspaces used on this machine that are still there, the last one first."""
        machine = load(Machine, machine_file())
        folders = dict.fromkeys([machine.last_workspace, *machine.actors])
        known = [Workspace(Path(folder)) for folder in folders if folder]
        return [one for one in known if one.exists()]

    def remember(self, workspace: Workspace, staff_id: int | None = None) -> None:
        """Note on this machine which workspace was used last, and who sits here."""
        machine = replace(load(Machine, machine_file()), last_workspace=str(workspace.folder))
        if staff_id is not None:
            machine = machine.with_actor(workspace, staff_id)
        save(machine, machine_file())

    def settings(self, workspace: Workspace) -> Settings:
        """What its file says now. Raises Unavailable when it cannot be read."""
        return doors.settings_of(workspace)

    def remembered_actor(self, workspace: Workspace) -> int | None:
        """Who sat here last, in this workspace."""
        return load(Machine, machine_file()).actor(workspace)

    def _open(self, workspace: Workspace, *, create: bool) -> OpenWorkspace:
        return self._opened(workspace, doors.open_workspace(workspace, self._clock, create=create))

    def _opened(self, workspace: Workspace, opened: doors.Opened) -> OpenWorkspace:
        settings = load(Settings, workspace.settings)
        return OpenWorkspace(
            workspace,
            settings,
            make_services(workspace, settings, opened.database),
            opened.unclean,
            lambda: doors.close_workspace(workspace, opened.database),
        )
