"""Templates of greetings: changed with a live preview, and a sentence where something is wrong."""

from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from app.domain.greetings import NAMES, OCCASIONS
from app.domain.merging_text import BadText
from app.errors import Refused, UserError
from app.i18n import LANGUAGES, Message, tr
from app.i18n import language as language_in_use
from app.services.greeting_templates import Template, preview
from app.ui.context import Context
from app.ui.greetings.editor import GrowingText
from app.ui.theme import tokens
from app.ui.widgets.button import Button
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.field import Field, LineEdit
from app.ui.widgets.flow import Flow
from app.ui.widgets.layout import col, hold, row, row_top
from app.ui.widgets.message_strip import Action, MessageStrip
from app.ui.widgets.text import Label, caption, muted

_SOON = 150  # milliseconds after the last key until the preview follows


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields."""

    name: str
    body: str


class TemplatesDialog(Dialog):
    """One occasion and language at a time; a template that came with the program stays as it is."""

    def __init__(self, owner: QWidget, context: Context, shown: Template | None = None) -> None:
        super().__init__(
            owner,
            tr("Templates of greetings"),
            "greeting_templates",
            do=tr("Save"),
            leave=tr("Close"),
        )
        self._owner, self._context = owner, context
        self._templates: list[Template] = []
        self._held: Template | None = None
        self._wanted, self._first = shown, True
        # what was typed and not saved, by the template it changes
        self._unsaved: dict[Template, Typed] = context.unsaved.setdefault("greeting_templates", {})
        self.occasion = ComboBox(
            tr("Occasion"), [(str(name), key) for key, name in OCCASIONS.items()]
        )
        self.occasion.setObjectName("occasion")
        self.language = ComboBox(tr("Language"), [(name, key) for key, name in LANGUAGES.items()])
        self.language.setObjectName("language")
        self.which = ComboBox(tr("Template"))
        self.which.setObjectName("which")
        self.name = LineEdit(tr("Name of the template"), placeholder=tr("A name of your own"))
        self.name.setObjectName("template_name")
        self.body_text = GrowingText(tr("Text with places to be filled"), lines=10)
        self.body_text.setObjectName("template_body")
        self.shown = GrowingText(tr("Preview"), lines=10)
        self.shown.setObjectName("preview")
        self.shown.setReadOnly(True)
        self.problem = Label("", "small", "danger_ink").wrapped()
        self.problem.setObjectName("problem")
        self.strip = MessageStrip()
        self.delete = Button(tr("Delete"), "danger")
        self.delete.setObjectName("delete_template")
        self.left_buttons.put(self.delete)
        self.name_field = Field(tr("Name of the template"), self.name)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._build()
        self._connect()
        self.retheme()

    def _build(self) -> None:
        places = Flow(gap=6)
        for name, means in NAMES.items():
            one = Button(f"{{{{ {name} }}}}", size="small", name=str(means))
            one.setObjectName(f"place_{name}")
            one.setToolTip(str(means))
            one.setAutoDefault(False)
            one.clicked.connect(_Insert(self, name))
            places.addWidget(one)
        words = col(
            caption(tr("Text with places to be filled")), (self.body_text, 1), self.problem, gap=6
        )
        seen = col(caption(tr("Preview")), (self.shown, 1), gap=6)
        self.put(
            self.strip,
            row_top(
                Field(tr("Occasion"), self.occasion),
                Field(tr("Language"), self.language),
                (Field(tr("Template"), self.which), 1),
                (self.name_field, 1),
                gap=12,
            ),
            (row((words, 1), (seen, 1), gap=16), 1),
            col(muted(tr("Places that are filled in; a click puts one into the text")),
                hold(places, "places"), gap=6),
        )  # fmt: skip

    def _connect(self) -> None:
        self.occasion.activated.connect(self._list)
        self.language.activated.connect(self._list)
        self.which.activated.connect(self._chosen)
        self.body_text.textChanged.connect(self._soon.start)
        self._soon.timeout.connect(self.look)
        self.delete.clicked.connect(self._delete)

    @override
    def retheme(self) -> None:
        super().retheme()
        self.setMinimumSize(tokens().px(820), tokens().px(520))

    @override
    def fit(self) -> None:
        over = self._owner.window()
        self.resize(
            max(self.minimumWidth(), min(tokens().px(1000), over.width() - tokens().px(64))),
            max(self.minimumHeight(), min(tokens().px(640), over.height() - tokens().px(64))),
        )

    @override
    def open(self) -> None:
        super().open()
        self._load()

    @override
    def done(self, result: int) -> None:
        self._keep()
        super().done(result)

    @override
    def _inputs(self) -> list[QLineEdit | QPlainTextEdit]:
        return []  # kept for each template

    def _keep(self) -> None:
        """Remember what is typed for the template that is shown."""
        held = self._held
        if held is None:
            return
        typed = Typed(self.name.text(), self.body_text.text())
        if typed == Typed(held.name, held.body):
            self._unsaved.pop(held, None)
        else:
            self._unsaved[held] = typed

    # ---- which one

    def _load(self) -> None:
        service, actor = self._context.services.greeting_templates, self._context.actor
        self._context.tasks.run(self, lambda: service.all(actor), self._came)

    def _came(self, found: list[Template]) -> None:
        self._templates = found
        wanted = self._wanted
        if wanted is not None:
            self.occasion.set_value(wanted.occasion)
            self.language.set_value(wanted.language)
        elif self._first:
            spoken = language_in_use()
            self.language.set_value(spoken if spoken in LANGUAGES else next(iter(LANGUAGES)))
        self._first = False
        self._list()

    def _here(self) -> list[Template]:
        place = self.occasion.value(), self.language.value()
        return [one for one in self._templates if (one.occasion, one.language) == place]

    def _list(self, _place: object = None) -> None:
        here = self._here()
        entries = [(one.name or tr("As it came"), number) for number, one in enumerate(here)]
        self.which.set_entries(entries)
        wanted, self._wanted = self._wanted, None
        number = next((n for n, one in enumerate(here) if wanted is not None and one == wanted), 0)
        self.which.set_value(number)
        self._chosen()

    def _chosen(self, _place: object = None) -> None:
        self._keep()
        number = self.which.value()
        here = self._here()
        if not isinstance(number, int) or number >= len(here):
            return
        self._held = here[number]
        typed = self._unsaved.get(self._held, Typed(self._held.name, self._held.body))
        self.name.setText(typed.name)
        self.body_text.setPlainText(typed.body)
        self.name_field.set_wrong("")
        self.delete.setVisible(self._held.id is not None)
        self.look()

    # ---- what it says

    def typed(self) -> Template:
        """What is written; under a new id where the one that was opened came with the program."""
        name = self.name.text().strip() or tr("Our own")
        held = None if self._held is None else self._held.id
        return Template(
            name, self.occasion.value(), self.language.value(), self.body_text.text(), held
        )

    def look(self) -> None:
        """Fill the text for somebody who does not exist, or say what is wrong and where."""
        today = self._context.services.clock.today()
        try:
            self.shown.setPlainText(preview(self.typed(), self._context.actor.name, today))
        except BadText as bad:
            self._say(str(bad))
        else:
            self._say("")

    def _say(self, wrong: str) -> None:
        self.problem.setText(wrong)
        self.problem.setVisible(bool(wrong))
        self.body_text.set_wrong(wrong)
        self.do_button.setEnabled(not wrong)

    def insert(self, name: str) -> None:
        """Put a place into the text, where the cursor is."""
        self.body_text.insertPlainText(f"{{{{ {name} }}}}")
        self.body_text.setFocus()

    # ---- keeping it

    @override
    def submit(self) -> None:
        typed = self.typed()
        service, actor = self._context.services.greeting_templates, self._context.actor
        self.do_button.setEnabled(False)
        self._context.tasks.run(
            self,
            lambda: service.save(actor, typed),
            _Saved(self, typed),
            self._failed,
            lane="write",
        )

    def saved(self, typed: Template, number: int) -> None:
        """Show it as it is kept now."""
        if self._held is not None:
            self._unsaved.pop(self._held, None)
            self._held = None
        self._wanted = Template(typed.name, typed.occasion, typed.language, typed.body, number)
        self._load()
        self.strip.say(tr("“{name}” was saved.", name=typed.name))
        self.do_button.setEnabled(True)

    def _failed(self, error: BaseException) -> None:
        self.do_button.setEnabled(True)
        if isinstance(error, Refused) and error.fields:
            self.name_field.set_wrong(str(error.fields.get("name", "")))
            self._say(str(error.fields.get("body", "")))
        elif isinstance(error, UserError):
            self.strip.say(str(error), "danger")
        else:
            self._context.tasks.failed.emit(error)

    def _delete(self) -> None:
        held = self._held
        if held is None or held.id is None:
            return
        number = held.id
        services, actor = self._context.services, self._context.actor

        def work() -> int | None:
            services.greeting_templates.delete(actor, number)
            last = services.history.last(actor)
            return None if last is None else last.id

        self._context.tasks.run(self, work, self._gone, self._failed, lane="write")

    def _gone(self, change_set: int | None) -> None:
        if self._held is not None:
            self._unsaved.pop(self._held, None)
            self._held = None
        self._load()
        action = None if change_set is None else Action(tr("Undo"), _Back(self, change_set))
        self.strip.say(tr("The template was deleted."), action=action)

    def take_back(self, change_set: int) -> None:
        """Undo, and show what is there again."""
        history, actor = self._context.services.history, self._context.actor
        self._context.tasks.run(
            self, lambda: history.undo(actor, change_set), self._undone, self._failed, lane="write"
        )

    def _undone(self, _result: object) -> None:
        self._load()
        said = Message("The template is there again.")
        self.strip.say(str(said))


class _Insert:
    """Puts a place into the text."""

    def __init__(self, dialog: TemplatesDialog, name: str) -> None:
        self._dialog, self._name = dialog, name

    def __call__(self, _checked: object = None) -> None:
        self._dialog.insert(self._name)


class _Saved:
    """Says that a template was saved."""

    def __init__(self, dialog: TemplatesDialog, typed: Template) -> None:
        self._dialog, self._typed = dialog, typed

    def __call__(self, number: int) -> None:
        self._dialog.saved(self._typed, number)


class _Back:
    """Takes the deleting back."""

    def __init__(self, dialog: TemplatesDialog, change_set: int) -> None:
        self._dialog, self._change_set = dialog, change_set

    def __call__(self) -> None:
        self._dialog.take_back(self._change_set)
