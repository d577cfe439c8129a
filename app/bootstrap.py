"""Put the parts together: the only place, with the window's `application`, that builds things."""

import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from platform import node
from time import monotonic, sleep
from typing import TYPE_CHECKING, Final

from app import i18n
from app.clock import Clock
from app.config import Machine, Settings, Workspace, default_workspace, load, machine_file
from app.db.workspace import settings_of, with_backup
from app.desktop import presence
from app.domain.vocabulary import SYSTEM, Actor, Origin
from app.errors import Damaged, Unavailable, UserError
from app.i18n import Message
from app.services.registry import Services
from app.services.workspaces import OpenWorkspace, WorkspaceService

if TYPE_CHECKING:
    import subprocess

    from app.agent.agent import Agent
    from app.agent.showing import Showing
    from app.desktop.notifier import Heard
    from app.reports.runner import ReportRunner
    from app.services.sample import SampleResult

SAMPLE_CUSTOMERS: Final = 1_000
SAMPLE_SEED: Final = 1
AGENT_LEAVES: Final = 6.0
"""Seconds in which an agent surely notices that somebody wants the workspace for themselves."""
TURN: Final = 0.0005
"""Seconds after which a thread that computes lets another one run."""

_AGAIN: Final = 0.2
_LOG = logging.getLogger("shuke")
_TRADITIONAL: Final = ("tw", "hk", "mo", "hant")


def workspace(folder: Path | None) -> Workspace:
    """The workspace in this folder; without one the last used, or where a first one is offered."""
    if folder is not None:
        return Workspace(folder.expanduser().absolute())
    last = load(Machine, machine_file()).last_workspace
    return Workspace(Path(last)) if last else default_workspace()


def use_language(chosen: Workspace) -> None:
    """Speak the language that the workspace's settings name, or else the system's."""
    _speak(load(Settings, chosen.settings))


def system_language() -> str:
    """The language of this computer: a key of i18n.LANGUAGES."""
    names = (os.environ.get(one) for one in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    name = next((one for one in names if one), "") or _windows_language()
    parts = name.partition(":")[0].partition(".")[0].replace("-", "_").lower().split("_")
    if parts[0] != "zh":
        return "en"
    return "zh_TW" if any(part in _TRADITIONAL for part in parts) else "zh_CN"


def _windows_language() -> str:
    if sys.platform == "win32":
        import ctypes
        import locale

        number = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return locale.windows_locale.get(number, "")
    return ""


@contextmanager
def open_services(
    folder: Path | None, *, create: bool = False, clock: Clock | None = None
) -> Iterator[Services]:
    """The services of a workspace, for as long as the block lasts; `create` makes an absent one.

    When something was written and the last backup is more than a day old, one is made at the end.

    Raises:
        NotFound, Unavailable, Damaged: it cannot be opened; it is as it was.
    """
    opened = _open(workspace(folder), WorkspaceService(clock or Clock()), create=create)
    written: list[object] = []
    opened.services.on_change(written.append)
    try:
        yield opened.services
        if written:
            _back_up(opened.services)
    except Damaged as error:
        # noticed only while at work
        raise with_backup(opened.workspace, error) from error
    finally:
        opened.close()


def _open(chosen: Workspace, service: WorkspaceService, *, create: bool) -> OpenWorkspace:
    use_language(chosen)
    if chosen.exists() or not create:
        return service.open(chosen)
    made = service.create(chosen)
    if not service.recent():
        _remember(service, chosen)
    return made


def _remember(service: WorkspaceService, chosen: Workspace) -> None:
    # a help for the next start; whoever has no folder of their own works on without it
    try:
        service.remember(chosen)
    except OSError as problem:
        _LOG.warning("The last workspace cannot be remembered: %s", problem.strerror)


def _back_up(services: Services) -> None:
    # What was asked for is done and kept: a backup that fails is said, and undoes nothing.
    try:
        services.backups.make_if_due()
    except UserError as problem:
        _LOG.warning("%s", problem)


def make_reports(services: Services) -> "ReportRunner":
    """The reports of an open workspace."""
    # a start of the window need not spend the time that reports take to import
    from app.reports.runner import ReportRunner

    return ReportRunner(services.database)


def restore(folder: Path | None, source: Path, clock: Clock | None = None) -> Path | None:
    """Put a backup in the place of a workspace's database; returns where the old one is kept.

    `source` is a backup's folder, the name of one among the workspace's own, or a database file.

    Raises:
        NotFound, Damaged: the backup is of no use; nothing was changed.
        Unavailable: the workspace is open elsewhere, its data is on a server, or its settings
            cannot be read.
    """
    chosen = workspace(folder)
    use_language(chosen)
    if settings_of(chosen).database_url:
        raise Unavailable(
            Message(
                "This workspace is on a database server, which keeps its own backups."
                " Ask whoever looks after the server."
            )
        )
    own = chosen.backups / source
    wanted = own if not source.exists() and own.exists() else source
    with presence.window_of(chosen) as part:
        # as for a window, an agent that has the workspace open lets go of it
        alone = part.take()
        until = monotonic() + AGENT_LEAVES
        while True:
            try:
                return WorkspaceService(clock or Clock()).restore(chosen, wanted)
            except Unavailable:
                agent = alone and presence.agent_of(chosen).taken()
                if not agent or monotonic() >= until:
                    raise
            sleep(_AGAIN)


def run_window(folder: Path | None, staff: str, target: str = "") -> int:
    """Open the window and stay until it is closed; returns the exit code.

    `folder` is the workspace to open instead of the last one, `staff` the name of who is at work,
    `target` what to show first: an area, or an area and the id of what is to be seen there.
    """
    from app.ui.application import run

    # Whoever answers a key gets its turn at once, though another thread computes or imports.
    sys.setswitchinterval(TURN)
    return run(folder, staff, make_reports, sample=_fill_with_sample, target=target)


def run_agent(folder: Path | None, staff: str, clock: Clock | None = None) -> bool:
    """Remind while no window is open, until the system or the user ends it.

    False at once when another agent does so already. `staff` is whom to remind; "" is whoever
    sat here last.
    """
    from app.agent.agent import Agent
    from app.agent.door import Door
    from app.agent.log import logging_to

    chosen, time = workspace(folder), clock or Clock()
    with presence.agent_of(chosen) as part:
        if not part.take():
            return False
        with logging_to(chosen), ExitStack() as at_the_end:
            agent = Agent(
                Door(chosen, WorkspaceService(time), staff, _speak),
                presence.window_of(chosen),
                partial(_make_showing, chosen, at_the_end),
                time,
                (partial(_start_nightly, chosen, []),),
            )
            for name in ("SIGTERM", "SIGINT", "SIGHUP"):
                # Windows has no SIGHUP
                if number := getattr(signal, name, None):
                    signal.signal(number, partial(_end, agent))
            agent.run()
    return True


def _start_nightly(chosen: Workspace, started: "list[subprocess.Popen[bytes]]") -> None:
    # in a program of its own: what that takes is given back, and nothing comes late meanwhile
    from app.desktop import programs

    started[:] = [one for one in started if one.poll() is None]
    started.append(programs.start(programs.command(chosen, "agent", "--nightly")))


def run_nightly(folder: Path | None, clock: Clock | None = None) -> None:
    """Do what is done once a day, unless somebody did it today. Raises UserError."""
    with open_services(folder, clock=clock) as services:
        services.rules.run_if_due(node())


def _make_showing(chosen: Workspace, at_the_end: ExitStack, heard: "Heard") -> "Showing":
    from app.agent.showing import Showing
    from app.desktop import programs
    from app.desktop.notifiers import system_notifier

    notifier = system_notifier(heard)
    at_the_end.callback(notifier.close)
    can = programs.has_display()
    return Showing(chosen, notifier, programs.start, monotonic, toasts_possible=can)


def _end(agent: "Agent", *_signal: object) -> None:
    agent.stop()


def _speak(settings: Settings) -> None:
    i18n.use(settings.language or system_language())


def run_popup(folder: Path | None, staff: str, clock: Clock | None = None) -> int:
    """Show what calls as popups, and end with the last one; returns the exit code.

    `staff` is who is reminded; "" is whoever sat here last. Raises UserError.
    """
    from app.ui.popup import run

    service = WorkspaceService(clock or Clock())
    chosen = workspace(folder)
    use_language(chosen)
    opened = service.look_in(chosen)
    try:
        actor = _whom_to_remind(service, opened, staff)
        if actor is None:
            return 0
        return run(
            opened.services,
            actor,
            opened.settings,
            partial(_open_window, chosen),
            presence.window_of(chosen).taken,
        )
    finally:
        opened.close()


def _whom_to_remind(service: WorkspaceService, opened: OpenWorkspace, staff: str) -> Actor | None:
    if staff:
        return opened.services.staff.actor_named(staff, Origin.SCREEN)
    known = service.remembered_actor(opened.workspace)
    return None if known is None else opened.services.staff.actor(known)


def _open_window(chosen: Workspace, target: str) -> None:
    from app.desktop import programs

    programs.start(programs.command(chosen, "--open", target))


def _fill_with_sample(opened: OpenWorkspace, progress: Callable[[int, int], None]) -> None:
    add_sample(opened.services, SYSTEM, SAMPLE_CUSTOMERS, SAMPLE_SEED, progress)


def add_sample(
    services: Services,
    actor: Actor,
    customers: int,
    seed: int,
    progress: Callable[[int, int], None],
) -> "SampleResult":
    """Add made-up customers: the same for the same seed and day."""
    # the words that samples are made of take time that a start need not spend
    from app.services.sample import SampleService

    return SampleService(services.database).generate(actor, customers, seed, progress)
