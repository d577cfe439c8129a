"""The content of the window while a workspace is open: side bar, header, message, screens."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from app.config import Settings
from app.domain.vocabulary import Actor
from app.i18n import Message, tr
from app.services.registry import Services
from app.ui.areas import Area, adding
from app.ui.calendar_follower import CalendarFileFollower
from app.ui.changes import Changes
from app.ui.commands import Command
from app.ui.context import Context
from app.ui.everywhere import Dialogs
from app.ui.screen import Screen, State, Target
from app.ui.shell.counts import TODAY, Counts
from app.ui.shell.keys import TypingFirst, bind
from app.ui.shell.own_window import OwnWindow
from app.ui.shell.page_header import PageHeader, show_title
from app.ui.shell.side_bar import VIEWS_AREA, SideBar
from app.ui.shell.undoing import Undoing
from app.ui.tasks import Tasks
from app.ui.theme import Kind, Theme
from app.ui.trail import Trail
from app.ui.widgets.layout import col, hold, row
from app.ui.widgets.message_strip import Action, MessageStrip
from app.ui.widgets.surface import Surface
from app.ui.widgets.work_status import WorkStatus

if TYPE_CHECKING:
    from app.reports.runner import ReportRunner
    from app.ui.shell.palette import Palette

CUSTOMER_AREAS: Final = frozenset({"customers", "customer"})
RECENTS: Final = 8
_VIEWS_TABLE: Final = "saved_view"


@dataclass(frozen=True)
class Parts:
    """What the shell is put together from."""

    services: Services
    actor: Actor
    tasks: Tasks
    changes: Changes
    theme: Theme
    settings: Settings
    save_settings: Callable[[Settings], None]
    reports: "Callable[[], ReportRunner]"
    current_settings: Callable[[], Settings]
    restore_backup: Callable[[Path], None]
    areas: Sequence[Area]
    commands: Sequence[Command]


class _UndoAction:
    """The Undo of a message; holds the change set, not the screen."""

    def __init__(self, undoing: Undoing, change_set_id: int) -> None:
        self._undoing, self._change_set_id = undoing, change_set_id

    def __call__(self) -> None:
        self._undoing.undo(self._change_set_id)


class Shell(Surface):
    """Resolves `navigate`, holds one screen an area, made when it is first shown."""

    title_changed = Signal(str)
    actor_chosen = Signal(int)
    workspace_wanted = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__("page", "shell")
        self._parts = parts
        self._areas = {area.name: area for area in parts.areas}
        self._screens: dict[str, Screen] = {}
        self._left: dict[str, State] = {}  # states of screens that are not made yet
        self._current = self._before = ""
        self.recents: list[int] = []
        self.strip = MessageStrip()
        self.context = Context(
            parts.services,
            parts.actor,
            parts.tasks,
            parts.changes,
            parts.theme,
            parts.settings,
            parts.save_settings,
            self.navigate,
            self.show_message,
            parts.reports,
            parts.current_settings,
            self.undo,
            parts.restore_backup,
            self.open_window,
        )
        self._windows: list[OwnWindow] = []
        self.undoing = Undoing(self.context, self.strip, self)
        self.side_bar = SideBar(parts.areas, parts.actor)
        self.header = PageHeader()
        self.pages = QStackedWidget()
        self.pages.setObjectName("pages")
        self.work_status = WorkStatus(parts.tasks)
        page = col(
            self.header,
            self.strip,
            (self.pages, 1),
            self.work_status,
            gap=16,
            margins=(24, 20, 24, 20),
        )
        self.setLayout(row(self.side_bar, (hold(page, "page"), 1), gap=0))
        TypingFirst(self)
        self.dialogs = Dialogs(self, self.context)
        self.own_commands = [
            *self._own_commands(),
            *self.dialogs.commands(),
            *self._area_commands(),
            *parts.commands,
        ]
        self._palette: Palette | None = None  # made when it is first asked for
        self._adding: Callable[[], None] | None = None
        bind(self.own_commands, self)
        self.counts = Counts(self.context, self.side_bar) if self.has_area(TODAY) else None
        self.side_bar.went.connect(self.navigate)
        self.side_bar.actor_button.clicked.connect(self.open_actor_menu)
        parts.changes.changed.connect(self._changed)
        CalendarFileFollower(self, self.context)
        self._load_views()

    # ---- going somewhere

    def navigate(self, area: str, target: Target = None) -> None:
        """Show an area, and in it the target; an area that does not exist is a bug."""
        screen = self._screen(area)
        there = area == self._current
        if not there:
            self._before = self._current
        self._current = area
        seen = target.current if isinstance(target, Trail) else target
        if area in CUSTOMER_AREAS and isinstance(seen, int):
            self.recents = [seen, *(one for one in self.recents if one != seen)][:RECENTS]
        self.pages.setCurrentWidget(screen)
        if target is not None:
            screen.show_target(target)
        elif not there:
            screen.asked_for()
        elif screen.view_id() is not None:
            screen.show_all()
        self._show_header()
        screen.focus_search()

    def _go_back(self) -> None:
        self.navigate(self._before or next(iter(self._areas)))

    def open_window(self, area: str, target: Target = None) -> None:
        """Show an area, and in it the target, in a window of its own."""
        made = OwnWindow(self, self.context, area, self._areas[area].make)
        made.left.connect(self._windows.remove)
        self._windows.append(made)
        made.show_target(target)
        made.show()
        made.raise_()
        made.activateWindow()
        made.screen_shown.focus_search()

    def has_area(self, area: str) -> bool:
        """Whether there is such an area."""
        return area in self._areas

    def needs_target(self, area: str) -> bool:
        """Whether one has to say what is to be shown there."""
        return self._areas[area].needs_target

    @property
    def current(self) -> str:
        """Name of the area in front."""
        return self._current

    def front(self) -> Screen:
        """The screen in front."""
        return self._screens[self._current]

    def _screen(self, area: str) -> Screen:
        if area not in self._screens:
            made = self._areas[area].make(self.context)
            made.area = area
            self._screens[area] = made
            self.pages.addWidget(made)
            self.header.set_actions(area, made.header_actions())
            bind(made.commands(), made)
            made.header_changed.connect(self._show_header)
            made.leave_wanted.connect(self._go_back)
            if area in self._left:
                made.restore(self._left.pop(area))
        return self._screens[area]

    def _show_header(self) -> None:
        screen = self._screens.get(self._current)
        if screen is None:
            return
        title = str(screen.title())
        show_title(self.header, screen)
        marked = self._areas[self._current].under or self._current
        self.side_bar.set_current(marked, screen.view_id())
        self.header.set_actions(self._current, screen.header_actions())
        self.title_changed.emit(title)

    def show_unsaved(self) -> bool:
        """Show what would be lost with the windows; whether there is anything."""
        for window in self._windows:
            if window.show_unsaved():
                window.activateWindow()
                return True
        for area, screen in self._screens.items():
            if unsaved := screen.unsaved():
                typing = self.focusWidget()
                self.navigate(area, unsaved[0])
                _type_on(typing)
                return True
        return False

    # ---- saying something

    def show_message(self, message: Message, undo: int | None = None, kind: Kind = "good") -> None:
        """Say something; with `undo` offer to take that change set back."""
        action = Action(tr("Undo"), _UndoAction(self.undoing, undo)) if undo is not None else None
        self.strip.say(str(message), kind, action)

    def undo(self, change_set_id: int) -> None:
        """Take a change set back, and say what came of it."""
        self.undoing.undo(change_set_id)

    # ---- what can be done

    def commands(self) -> list[Command]:
        """Everything that can be done at the moment: here, and anywhere."""
        return [*self._screens[self._current].commands(), *self.own_commands]

    def _area_commands(self) -> list[Command]:
        group = Message("Go to")
        return [
            Command(f"go.{area.name}", area.title, group, area.keys, area.glyph, _Go(self, area))
            for area in self._areas.values()
            if not area.needs_target
        ]

    def _own_commands(self) -> list[Command]:
        group = Message("Everywhere")
        return [
            Command("palette", Message("Find or do anything"), group, "Ctrl+K", "search",
                    self.open_palette),
            Command("customers.new", Message("New customer"), group, "Ctrl+N", "plus",
                    self.new_customer, lambda: self.has_area("customers")),
            Command("customers.duplicates", Message("Possible duplicates…"), group, "", "users",
                    self.find_duplicates, lambda: self.has_area("customers")),
            Command("undo", Message("Undo the last change"), group, "Ctrl+Z", "undo-2",
                    self.undoing.undo_last),
            Command("redo", Message("Redo what was undone"), group, "Ctrl+Shift+Z, Ctrl+Y",
                    "redo-2", self.undoing.redo_last),
            Command("sheet", Message("Show the keys"), group, "?, F1", "keyboard",
                    self.open_sheet),
            Command("actor", Message("Change who is at work"), group, "", "users",
                    self.open_actor_menu),
        ]  # fmt: skip

    def find_duplicates(self) -> None:
        """The customers that may be here twice, whatever is shown."""
        from app.ui.duplicates_dialog import DuplicatesDialog

        DuplicatesDialog(self, self.context).open()

    def open_palette(self, typed: str = "") -> None:
        """Find a customer or a command; `typed` stands in the field already."""
        if self._palette is None:
            from app.ui.shell.palette import Palette

            self._palette = Palette(self, self.context, self.commands, self._seen_last)
        self._palette.open(typed)

    def new_customer(self) -> None:
        """The form of a new customer over what is shown."""
        if self._adding is None:
            self._adding = adding(self.context, self, self._show_added)
        self._adding()

    def _show_added(self, customer_id: int) -> None:
        # in the list it stands among the others; from anywhere else its page opens
        self.navigate("customers" if self._current == "customers" else "customer", customer_id)

    def overlays(self) -> list[QWidget]:
        """What lies over the screens at the moment."""
        return [one for one in (self._palette,) if one is not None and one.isVisible()]

    def close_overlays(self) -> None:
        """Close what lies over the screens."""
        if self._palette is not None and self._palette.isVisible():
            self._palette.close_palette()

    def open_sheet(self) -> None:
        """Show every key."""
        from app.ui.shell.sheet import ShortcutSheet

        ShortcutSheet(self, self.commands()).open()

    def _seen_last(self) -> list[int]:
        # not the one whose page is open: Enter leads back to the one before
        return self.recents[1:] if self._current == "customer" else self.recents

    # ---- who is at work

    def open_actor_menu(self) -> None:
        """Offer who else may be at work, and another workspace."""
        menu = self.side_bar.actor_menu
        menu.empty()
        for one, name, _role in self._parts.services.staff.choices():
            chosen = one == self._parts.actor.id
            menu.put_choice(name, _ActAs(self, one), chosen=chosen)
        menu.addSeparator()
        menu.put(tr("Another workspace…"), self.workspace_wanted.emit, glyph="folder-open")
        menu.open_over(self.side_bar.actor_button)

    # ---- saved views

    def _changed(self, areas: frozenset[str]) -> None:
        if _VIEWS_TABLE in areas:
            self._load_views()

    def _load_views(self) -> None:
        if VIEWS_AREA in self._areas:
            self.side_bar.set_views(self._parts.services.views.all(self._parts.actor))
            self._show_header()

    # ---- as it was left

    def state(self) -> dict[str, Any]:
        """Plain values: which screen, and every screen as it is."""
        screens = {**self._left, **{name: one.state() for name, one in self._screens.items()}}
        windows = [[one.area, dict(one.screen_shown.state())] for one in self._windows]
        return {
            "area": self._current,
            "screens": screens,
            "recents": self.recents,
            "windows": windows,
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Be as it was left; without a state the first area is shown."""
        screens = state.get("screens", {})
        self._left = {name: screens[name] for name in screens if name in self._areas}
        self.recents = [int(one) for one in state.get("recents", [])][:RECENTS]
        area = state.get("area")
        self.navigate(area if area in self._areas else next(iter(self._areas)))
        for name, left in state.get("windows", []):
            if name in self._areas:
                self.open_window(name)
                self._windows[-1].screen_shown.restore(left)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._palette is not None:
            self._palette.resize(self.size())

    def take_file(self, path: Path) -> None:
        """A file was dropped on the window."""
        if path.suffix.lower() == ".ics":
            self.dialogs.import_calendar(path)
        else:
            self.navigate("import", path)


class _Go:
    """Goes to an area; a command of its own so that no lambda holds the shell."""

    def __init__(self, shell: Shell, area: Area) -> None:
        self._shell, self._area = shell, area.name

    def __call__(self) -> None:
        self._shell.navigate(self._area)


class _ActAs:
    """Somebody else is at work."""

    def __init__(self, shell: Shell, staff_id: int) -> None:
        self._shell, self._staff_id = shell, staff_id

    def __call__(self) -> None:
        self._shell.actor_chosen.emit(self._staff_id)


def _type_on(held: QWidget | None) -> None:
    """Leave the keyboard where it was, if that is still in sight."""
    if held is not None and held.isVisible():
        held.setFocus()
