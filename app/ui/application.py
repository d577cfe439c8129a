"""The program with a window: from the first question to the shell, and back when it ends."""

import sys
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app import i18n
from app.clock import Clock
from app.config import Settings, Workspace, save
from app.domain.lists import ListQuery
from app.domain.vocabulary import Actor, Origin
from app.errors import Damaged, NotFound, UserError
from app.i18n import Message
from app.services.workspaces import OpenWorkspace, WorkspaceService
from app.ui import errors
from app.ui.after_crash import after_crash
from app.ui.areas import Area, areas
from app.ui.changes import Changes
from app.ui.environment import prepare_environment, system_language
from app.ui.first_start.fault import FaultPage
from app.ui.first_start.start import Sample, StartPage
from app.ui.first_start.who import WhoPage
from app.ui.garbage import Garbage
from app.ui.loading_late import import_late
from app.ui.main_window import MainWindow
from app.ui.memory import keep_screens, kept_screens
from app.ui.program_commands import ProgramCommands
from app.ui.qt_words import QtWords
from app.ui.reminding import Reminding, take_over
from app.ui.rule_keeping import RuleKeeping
from app.ui.safe_keeping import SafeKeeping
from app.ui.shell.shell import Parts, Shell
from app.ui.single_instance import SingleInstance
from app.ui.starting import Seat, Start, area_of, told_by
from app.ui.tasks import Progress, Tasks
from app.ui.theme import Theme, theme
from app.ui.watching import Watch
from app.ui.widgets.logo import program_icon

if TYPE_CHECKING:
    from app.reports.runner import ReportRunner
    from app.services.registry import Services

LATER: Final = 1500  # milliseconds after the start: then what is wanted soon is loaded


class Application(QObject):
    """Holds what lives as long as the program, and what lives as long as an open workspace."""

    shell_ready = Signal()
    _written = Signal(int, frozenset)
    _rebuild_due = Signal()

    def __init__(
        self,
        app: QApplication,
        workspaces: WorkspaceService,
        make_reports: "Callable[[Services], ReportRunner]",
        sample: Sample | None = None,
        make_areas: Callable[[], Sequence[Area]] = areas,
    ) -> None:
        super().__init__(app)
        self._app = app
        self._workspaces = workspaces
        self._make_reports = make_reports
        self._sample = sample
        self._make_areas = make_areas
        self._window_name = uuid.uuid4().hex
        self._open: OpenWorkspace | None = None
        self._actor: Actor | None = None
        self._settings = Settings()
        self._files: tuple[Path, ...] = ()
        self._target = ""
        self._seat = Seat()
        self._hooks: errors.Hooks | None = None
        self._watch: Watch | None = None
        self._safe: SafeKeeping | None = None
        self._rules: RuleKeeping | None = None
        self.reminding: Reminding | None = None
        self.desk: errors.ErrorDesk | None = None
        self.theme: Theme = theme()
        self._qt_words = QtWords(self)
        self._garbage = Garbage(self)
        self.tasks = Tasks(self)
        self.changes = Changes(self)
        self.instance = SingleInstance(self)
        self.window = MainWindow()
        self._commands = ProgramCommands(self)
        self.shell: Shell | None = None
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(LATER)
        self._idle.timeout.connect(self._load_while_idle)
        self._written.connect(self._announce, Qt.ConnectionType.QueuedConnection)
        self._rebuild_due.connect(self._rebuild, Qt.ConnectionType.QueuedConnection)
        self.changes.changed.connect(self._look_who_is_at_work)
        self.window.leaving.connect(self.shut_down)
        self.window.file_dropped.connect(self._take_file)
        self.instance.handed_over.connect(self._second_start)

    # ---- starting

    def begin(self, start: Start) -> bool:
        """Show the first thing to see; False when another window of this workspace does it."""
        self._files, self._target = start.files, start.target
        self._speak(system_language())
        self.theme.apply()
        self._app.setWindowIcon(program_icon())
        workspace = start.workspace or next(iter(self._workspaces.recent()), None)
        self.window.restore_place()
        if workspace is None:
            self.ask_workspace()
        elif not self.instance.claim(workspace.folder, start.telling()):
            return False
        else:
            self.open(workspace, start.staff)
        self.window.show()
        return True

    def ask_workspace(self) -> None:
        """Ask which workspace to work in."""
        can_import = any(area.name == "import" for area in self._make_areas())
        page = StartPage(
            self._workspaces, self.tasks, self._settings, self._sample, can_import=can_import
        )
        page.opened.connect(self._opened)
        page.import_wanted.connect(self._import_later)
        page.language_chosen.connect(self._start_in_language)
        self._show(page)

    def open(self, workspace: Workspace, staff: str = "") -> None:
        """Open a workspace; a fault is said with what can be done about it."""
        try:
            opened = self._workspaces.open(workspace)
        except UserError as error:
            self._show_fault(workspace, error)
            return
        self._enter(opened, staff)

    def _opened(self, opened: OpenWorkspace) -> None:
        self.instance.claim(opened.workspace.folder)
        self._enter(opened, "")

    def _show_fault(self, workspace: Workspace, error: UserError) -> None:
        page = FaultPage(error, error.backup if isinstance(error, Damaged) else None)
        page.choose.clicked.connect(self.ask_workspace)
        page.again.clicked.connect(partial(self._open_again, workspace))
        page.restore_wanted.connect(partial(self._restore, workspace))
        page.language_chosen.connect(partial(self._fault_in_language, workspace, error))
        self._show(page)

    def _open_again(self, workspace: Workspace, _checked: object = None) -> None:
        self.open(workspace)

    def _fault_in_language(self, workspace: Workspace, error: UserError, code: str) -> None:
        self._start_language(code)
        self._show_fault(workspace, error)

    def _restore(self, workspace: Workspace, backup: Path) -> None:
        try:
            kept = self._workspaces.restore(workspace, backup)
        except UserError as error:
            self._show_fault(workspace, error)
            return
        self.open(workspace)
        if self.shell is not None:
            self.shell.show_message(_restored(kept))

    def _enter(self, opened: OpenWorkspace, staff: str) -> None:
        self._leave_workspace()
        self._open, self._settings = opened, opened.settings
        self._seat.take(opened.workspace)
        self._install_errors(opened.workspace)
        opened.services.on_change(self._on_change)
        self._use_look(opened.settings)
        self._workspaces.remember(opened.workspace)
        actor = self._known_actor(opened, staff)
        if actor is None:
            self.ask_who()
        else:
            self._work_as(actor)

    def _on_change(self, announcement: Any) -> None:
        # called on the thread that wrote
        self._written.emit(announcement.change_set_id, announcement.areas)

    def _announce(self, change_set_id: int, areas: frozenset[str]) -> None:
        if self._watch is not None:
            self._watch.note_own(change_set_id)
        self.changes.announce(areas)

    def _install_errors(self, workspace: Workspace) -> None:
        self.desk, self._hooks = errors.install(self._app, workspace.logs)
        self.tasks.failed.connect(self.desk.report)

    def _known_actor(self, opened: OpenWorkspace, staff: str) -> Actor | None:
        service = opened.services.staff
        remembered = self._workspaces.remembered_actor(opened.workspace)
        try:
            if staff:
                named = service.actor_named(staff, Origin.SCREEN)
                return replace(named, window=self._window_name)
            if remembered is not None:
                return service.actor(remembered, window=self._window_name)
        except NotFound:
            return None
        return None

    # ---- who is at work

    def ask_who(self) -> None:
        """Ask who is at work; in an empty workspace for the name of the first director."""
        if self._open is None:
            return
        page = WhoPage(self._open.services.staff, self.tasks)
        page.chosen.connect(self.work_as)
        page.language_chosen.connect(self._who_in_language)
        self._show(page)

    def _who_in_language(self, code: str) -> None:
        self.save_settings(replace(self._settings, language=code))
        self.ask_who()

    def work_as(self, staff_id: int) -> None:
        """Somebody else is at work from now on; remembered on this machine."""
        self.window.give_up_then(partial(self._let_work, staff_id))

    def _let_work(self, staff_id: int) -> None:
        if self._open is None:
            return
        self._workspaces.remember(self._open.workspace, staff_id)
        self._work_as(self._open.services.staff.actor(staff_id, window=self._window_name))

    def _work_as(self, actor: Actor) -> None:
        self._actor = actor
        if self.shell is not None:
            self._build(self.shell.state())
        elif self._open is not None:
            self._build(self._first(kept_screens(self._open.workspace)))
            self._after_start()

    def _first(self, kept: Mapping[str, Any]) -> Mapping[str, Any]:
        """As it was left, but with the area in front that was asked for: no other one is made."""
        asked, _ = area_of(self._target)
        known = {one.name for one in self._make_areas() if not one.needs_target}
        return {**kept, "area": asked} if asked in known else kept

    def _look_who_is_at_work(self, areas: frozenset[str]) -> None:
        """The staff were changed: who is at work may have another name or role, or have left."""
        opened, actor = self._open, self._actor
        if opened is None or actor is None or actor.id is None or "staff" not in areas:
            return
        service, staff_id = opened.services.staff, actor.id

        def found(now: Actor) -> None:
            if self._actor is actor:
                self._show_at_work(now)

        def gone(error: BaseException) -> None:
            if not isinstance(error, NotFound):
                self.tasks.failed.emit(error)
            elif self._actor is actor:
                self.ask_who()

        self.tasks.run(self, lambda: service.actor(staff_id, window=self._window_name), found, gone)

    def _show_at_work(self, now: Actor) -> None:
        before = self._actor
        if self.shell is None or before is None or now == before:
            return
        if (now.role, now.team_id) != (before.role, before.team_id):
            self._work_as(now)
        else:
            self._actor = now
            self.shell.side_bar.actor_button.show_name(now.name)

    def _after_start(self) -> None:
        self._idle.start()
        if self._open is not None:
            self._watch = Watch(self._open.services.history, self.changes, self.tasks, self)
            self._safe = SafeKeeping(self._open.services.backups, self.tasks, self)
            services = self._open.services
            self._rules = RuleKeeping(lambda: services.rules, self.tasks, self)
        if self._open is not None and self._open.unclean:
            self._check_after_crash(self._open)
        files, self._files = self._files, ()
        for file in files[:1]:
            self._take_file(file)
        target, self._target = self._target, ""
        self._show_target(target)

    # ---- the shell

    def _build(self, state: Mapping[str, Any]) -> None:
        opened, actor = self._open, self._actor
        if opened is None or actor is None or self.desk is None:
            return
        shell = Shell(
            Parts(
                opened.services,
                actor,
                self.tasks,
                self.changes,
                self.theme,
                self._settings,
                self.save_settings,
                partial(self._make_reports, opened.services),
                self.current_settings,
                self.restore_backup,
                self._make_areas(),
                self._commands.all(),
            )
        )
        shell.actor_chosen.connect(self.work_as)
        shell.workspace_wanted.connect(self.change_workspace)
        shell.title_changed.connect(self._show_title)
        self.shell = shell
        self._show(shell)
        to_backups = partial(shell.navigate, "settings")
        self.desk.attach(self.window, shell.strip, to_backups)
        shell.restore(state)
        self.reminding = take_over(self.reminding, shell, self.window, self)
        self.window.take_files(wanted=shell.has_area("import"))
        self.shell_ready.emit()

    def _remind_no_more(self) -> None:
        if self.reminding is not None:
            self.reminding.end()
            self.reminding = None

    def _show(self, content: QWidget) -> None:
        if self.desk is not None:
            self.desk.detach()
        if content is not self.shell:
            self._remind_no_more()
            self.shell = None
            self.window.setWindowTitle(i18n.tr("Shuke"))
            self.window.take_files(wanted=False)
        show_unsaved = self.shell.show_unsaved if self.shell is not None else None
        self.window.set_content(content, show_unsaved)

    def _show_title(self, title: str) -> None:
        self.window.setWindowTitle(f"{title} · {i18n.tr('Shuke')}")

    def _rebuild(self) -> None:
        if self.shell is not None:
            self._build(self.shell.state())

    def _start_in_language(self, code: str) -> None:
        self._start_language(code)
        self.ask_workspace()

    def _start_language(self, code: str) -> None:
        self._settings = replace(self._settings, language=code)
        self._speak(code)
        self.theme.apply()

    def change_workspace(self) -> None:
        """Leave this workspace and choose another."""
        self.window.give_up_then(self._change_workspace)

    def _change_workspace(self) -> None:
        self._keep_state()
        self._leave_workspace()
        self._seat.leave()
        self._renew_tasks()
        self.instance.let_go()
        self.ask_workspace()

    def _renew_tasks(self) -> None:
        self.tasks.deleteLater()
        self.tasks = Tasks(self)

    def restore_backup(self, backup: Path) -> None:
        """Put a backup in the place of the open workspace's database, and open it again."""
        self.window.give_up_then(partial(self._restore_backup, backup))

    def _restore_backup(self, backup: Path) -> None:
        if self._open is None:
            return
        workspace = self._open.workspace
        self._keep_state()
        self._leave_workspace()
        self._renew_tasks()
        self._restore(workspace, backup)

    # ---- settings

    @property
    def settings(self) -> Settings:
        """The settings in use."""
        return self._settings

    def current_settings(self) -> Settings:
        """As `settings`, for those who ask later."""
        return self._settings

    def save_settings(self, settings: Settings) -> None:
        """Keep settings and apply what they change; another language makes the window anew."""
        if settings.language != self._settings.language:
            self.window.give_up_then(partial(self._save_settings, settings))
        else:
            self._save_settings(settings)

    def _save_settings(self, settings: Settings) -> None:
        before, self._settings = self._settings, settings
        if self._open is not None:
            save(settings, self._open.workspace.settings)
        if settings.language != before.language:
            self._use_look(settings)
            self._rebuild_due.emit()
        elif _look(settings) != _look(before):
            self._use_look(settings)

    def _use_look(self, settings: Settings) -> None:
        self._speak(settings.language or system_language())
        self.theme.apply(*_look(settings)[:1], zoom=settings.zoom, motion=settings.motion)

    def _speak(self, language: str) -> None:
        i18n.use(language)
        self._qt_words.use(language)

    # ---- as it was left

    def _keep_state(self) -> None:
        if self.shell is not None and self._open is not None:
            keep_screens(self._open.workspace, self.shell.state())

    # ---- after the start

    def _load_while_idle(self) -> None:
        if not self.tasks.idle():
            self._idle.start()
            return
        self.tasks.run(self, self._load_late, _nothing)

    def _load_late(self) -> None:
        import_late()
        opened, actor = self._open, self._actor
        if opened is not None and actor is not None:
            # the first question sets up what every later one uses
            opened.services.customers.first_page(actor, ListQuery(search="z"), 1)

    def _check_after_crash(self, opened: OpenWorkspace) -> None:
        def check(progress: Progress) -> int:
            return len(opened.services.backups.check(progress))

        self.tasks.run_long(
            self, check, self._checked, title=Message("Checking the workspace after a sudden end")
        )

    def _checked(self, findings: int) -> None:
        if self.shell is None:
            return
        words, kind = after_crash(findings)
        self.shell.show_message(words, kind=kind)

    # ---- what comes from outside

    def _second_start(self, wanted: list[str]) -> None:
        self.window.come_forward()
        told = told_by(wanted)
        for file in told.files[:1]:
            self._take_file(file)
        self._show_target(told.target)

    def _show_target(self, target: str) -> None:
        """Show an area, and in it what has this id; an area that there is not stays unshown."""
        area, number = area_of(target)
        if self.shell is None or not self.shell.has_area(area):
            return
        if number is not None or not self.shell.needs_target(area):
            self.shell.navigate(area, number)

    def _take_file(self, file: Path) -> None:
        if self.shell is not None and self.shell.has_area("import"):
            self.shell.take_file(file)

    def _import_later(self, file: Path) -> None:
        self._files = (file,)

    # ---- ending

    def leave(self) -> None:
        """Close the window, and with it the program."""
        self.window.close()

    def _leave_workspace(self) -> None:
        if self._open is None:
            return
        self._remind_no_more()
        if self.desk is not None:
            self.desk.detach()
            self.tasks.failed.disconnect(self.desk.report)
            self.desk.deleteLater()
            self.desk = None
        if self._watch is not None:
            self._watch.stop()
            self._watch.deleteLater()
            self._watch = None
        if self._safe is not None:
            self._safe.deleteLater()
            self._safe = None
        if self._rules is not None:
            self._rules.deleteLater()
            self._rules = None
        self.shell = None
        self.tasks.shut_down()
        self._open.close()
        self._open = None
        if self._hooks is not None:
            self._hooks.take_back()
            self._hooks = None

    def shut_down(self) -> None:
        """End in order: work in the background is finished or stopped, the workspace closed."""
        self._keep_state()
        self._idle.stop()
        self.instance.let_go()
        self.window.hide()
        self._remind_no_more()
        self.tasks.shut_down()
        if self._safe is not None:
            self._safe.at_close()
        self._leave_workspace()
        self._seat.leave()
        self._garbage.give_back()


def run(
    folder: Path | None,
    staff: str,
    make_reports: "Callable[[Services], ReportRunner]",
    files: Sequence[Path] = (),
    sample: Sample | None = None,
    target: str = "",
) -> int:
    """Open the window and stay until it is closed; returns the exit code."""
    prepare_environment()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("shuke")
    app.setDesktopFileName("shuke")
    application = Application(app, WorkspaceService(Clock()), make_reports, sample)
    chosen = Workspace(folder.expanduser().absolute()) if folder is not None else None
    if not application.begin(Start(chosen, staff, tuple(files), target)):
        return 0
    return app.exec()


def _look(settings: Settings) -> tuple[Any, float, bool]:
    known = settings.theme if settings.theme in ("light", "dark", "system") else "system"
    return known, settings.zoom, settings.motion


def _restored(kept: Path | None) -> Message:
    if kept is None:
        return Message("The backup was restored.")
    return Message(
        "The backup was restored. The data that was here before is kept in {folder}.",
        params={"folder": kept.name},
    )


def _nothing(_result: None) -> None:
    """Nobody waits for it."""
