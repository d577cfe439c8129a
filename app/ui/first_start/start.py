"""Which workspace to work in: an empty one, the sample, a file's, the team's, or one there is."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QWidget

from app.config import Settings, Workspace, default_workspace
from app.domain.server_address import full_address
from app.errors import UserError
from app.i18n import Message, tr
from app.services.workspaces import OpenWorkspace, WorkspaceService
from app.ui.first_start.choices import Choice, do_words, offered, words_of
from app.ui.first_start.frame import StartFrame
from app.ui.tasks import Progress, Tasks
from app.ui.widgets.button import Button
from app.ui.widgets.choice_card import CardGrid, ChoiceCard
from app.ui.widgets.field import Field, LineEdit
from app.ui.widgets.layout import STRETCH, hold, row
from app.ui.widgets.surface import card
from app.ui.widgets.text import Label, caption
from app.ui.widgets.work_status import WorkStatus

Sample = Callable[[OpenWorkspace, Progress], None]
"""Fills an empty workspace with generated customers; says how far it is."""

_RECENT_SHOWN: Final = 3
_TABLES: Final = "*.xlsx *.xlsm *.xls *.ods *.csv *.tsv *.txt *.vcf"


class _Recent(Button):
    """Opens a workspace that was used before."""

    def __init__(self, page: "StartPage", workspace: Workspace) -> None:
        super().__init__(workspace.folder.name, glyph="folder")
        self.setToolTip(str(workspace.folder))
        self.setObjectName("recent")
        self._page, self._workspace = page, workspace
        self.clicked.connect(self._open)

    def _open(self) -> None:
        self._page.open_existing(self._workspace)


class StartPage(StartFrame):
    """Makes or opens the workspace in the background and announces it."""

    opened = Signal(object)  # OpenWorkspace
    import_wanted = Signal(object)  # Path; announced before `opened`

    def __init__(
        self,
        workspaces: WorkspaceService,
        tasks: Tasks,
        settings: Settings,
        sample: Sample | None = None,
        *,
        can_import: bool = False,
    ) -> None:
        super().__init__(
            tr("Welcome to Shuke"),
            tr("Everything you enter stays in one folder on this computer. How do you begin?"),
            "start",
        )
        self._workspaces, self._tasks = workspaces, tasks
        self._settings, self._sample = settings, sample
        self._choices = offered(sample=sample is not None, can_import=can_import)
        self._group = QButtonGroup(self)
        self.folder = _entry(tr("Folder"), "folder", str(_free(default_workspace()).folder))
        self.file = _entry(tr("File"), "file")
        self.address = _entry(tr("Address of the server"), "address")
        self.address.setPlaceholderText("name:password@server/database")
        self.test = _small(tr("Test"), "test", "network")
        self.go = Button("", "primary")
        self.go.setObjectName("go")
        self._said = Label("", "body", "muted").wrapped()
        self._fields = self._make_fields()
        self._spare = QWidget()
        self._put_together()
        self._group.buttonClicked.connect(self._show_form)
        self.test.clicked.connect(self.test_server)
        self.go.clicked.connect(self.begin)
        self.entered.connect(self.go.click)
        for entry in (self.folder, self.file, self.address):
            entry.textEdited.connect(self._edited)
        self.choose("empty")

    # ---- putting it together

    def _make_fields(self) -> dict[str, Field]:
        browse_file = _small(tr("Browse…"), "browse_file", "file")
        browse_file.clicked.connect(self._ask_file)
        browse_folder = _small(tr("Browse…"), "browse_folder", "folder-open")
        browse_folder.clicked.connect(self._ask_folder)
        parts = (
            ("file", tr("File"), self.file, browse_file),
            ("address", tr("Address of the server"), self.address, self.test),
            ("folder", tr("Folder"), self.folder, browse_folder),
        )
        return {
            name: Field(title, hold(row((entry, 1), button)))
            for name, title, entry, button in parts
        }

    def _put_together(self) -> None:
        cards = []
        for place, choice in enumerate(self._choices):
            made = ChoiceCard(*words_of(choice), f"choice_{choice}")
            self._group.addButton(made, place)
            cards.append(made)
        recent = [_Recent(self, one) for one in self._workspaces.recent()[:_RECENT_SHOWN]]
        self.open_other = Button(tr("Open its folder…"), "accent", glyph="folder-open")
        self.open_other.setObjectName("open_other")
        self.open_other.clicked.connect(self._ask_existing)
        buttons = row((self._said, 1), self.go, gap=16)
        self.put(
            hold(CardGrid(cards)),
            card(*self._fields.values(), buttons, gap=12),
            WorkStatus(self._tasks),
            12,
            caption(tr("Used before") if recent else tr("Do you have a workspace already?")),
            row(*recent, self.open_other, STRETCH),
            self._spare,
        )
        cards[0].setFocus()

    def choice(self) -> Choice:
        """The way that is chosen."""
        return self._choices[self._group.checkedId()]

    def choose(self, choice: Choice) -> None:
        """Choose a way to begin."""
        self._group.button(self._choices.index(choice)).setChecked(True)
        self._show_form()

    def _show_form(self) -> None:
        choice = self.choice()
        self._fields["file"].setVisible(choice == "file")
        self._fields["address"].setVisible(choice == "team")
        # the page stands in the middle: it would move with the height of the form
        self._spare.setFixedHeight(self._fields["file"].sizeHint().height())
        self._spare.setVisible(choice not in ("file", "team"))
        self.go.set_words(do_words(choice))
        self._say("")

    def _edited(self, _text: str) -> None:
        """What was wrong is being put right: the words about it go."""
        self._say("")

    def _say(self, words: str, tone: str = "muted") -> None:
        self._said.setText(words)
        self._said.set_tone(tone)

    # ---- asking

    def _ask_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("Import a file"), str(Path.home()), f"{tr('Tables')} ({_TABLES})"
        )
        if chosen:
            self.file.setText(chosen)

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Folder"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _ask_existing(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Open a workspace"), str(Path.home()))
        if chosen:
            self.open_existing(Workspace(Path(chosen)))

    def test_server(self) -> None:
        """Connect to the server once and say whether it answers."""
        address = full_address(self.address.text())
        self._say(tr("Connecting…"))
        self.address.setFocus()  # a button that is switched off hands the focus to anybody
        self.test.setEnabled(False)
        self._tasks.run(
            self, lambda: self._workspaces.try_server(address), self._reached, self._failed
        )

    def _reached(self, _nothing: None) -> None:
        self.test.setEnabled(True)
        self._say(tr("The server answers. You can join."), "good_ink")

    # ---- doing

    def workspace(self) -> Workspace:
        """The folder that is written in the form."""
        return Workspace(Path(self.folder.text().strip()).expanduser())

    def open_existing(self, workspace: Workspace) -> None:
        """Open a workspace that is there."""
        self._run(lambda _progress: self._workspaces.open(workspace), Message("Opening"))

    def begin(self) -> None:
        """Do what is chosen."""
        choice, place = self.choice(), self.workspace()
        {"file": self.file, "team": self.address}.get(choice, self.folder).setFocus()
        if not self.folder.text().strip():
            self._say(tr("Choose a folder first."), "danger_ink")
            return
        if choice == "file" and not Path(self.file.text().strip()).is_file():
            self._say(self._no_file(), "danger_ink")
            return
        if choice == "team":
            address = full_address(self.address.text())
            self._run(
                lambda _progress: self._workspaces.join(place, address, self._settings),
                Message("Joining the team"),
            )
        else:
            self._create(place, self._sample if choice == "sample" else None)

    def _no_file(self) -> str:
        """What is wrong with the file that is written in the form."""
        written = self.file.text().strip()
        if not written:
            return tr("Choose the file to import first.")
        return tr("There is no file {file}.", file=written)

    def _create(self, place: Workspace, sample: Sample | None) -> None:
        def create(progress: Progress) -> OpenWorkspace:
            made = self._workspaces.create(place, self._settings)
            try:
                if sample is not None:
                    sample(made, progress)
            except BaseException:
                made.close()
                raise
            return made

        self._run(create, Message("Making the workspace"))

    def _run(self, work: Callable[[Progress], OpenWorkspace], title: Message) -> None:
        self._say("")
        self.go.setEnabled(False)
        self._tasks.run_long(self, work, self._made, self._failed, title=title, lane="write")

    def _made(self, opened: OpenWorkspace) -> None:
        if self.choice() == "file":
            self.import_wanted.emit(Path(self.file.text().strip()))
        self.opened.emit(opened)

    def _failed(self, error: BaseException) -> None:
        self.go.setEnabled(True)
        self.test.setEnabled(True)
        if isinstance(error, UserError):
            self._say(str(error), "danger_ink")
        else:
            self._tasks.failed.emit(error)


def _entry(name: str, object_name: str, text: str = "") -> LineEdit:
    made = LineEdit(name)
    made.setObjectName(object_name)
    made.setText(text)
    return made


def _small(words: str, name: str, glyph: str) -> Button:
    made = Button(words, glyph=glyph)
    made.setObjectName(name)
    return made


def _free(workspace: Workspace) -> Workspace:
    """The first folder of this name that holds no workspace yet."""
    number, free = 2, workspace
    while free.exists():
        free = Workspace(workspace.folder.with_name(f"{workspace.folder.name} {number}"))
        number += 1
    return free
