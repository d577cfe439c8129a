"""What was dropped or pasted, shown before it is put on record: what, from whom, when."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from app.domain.interactions import LABELS
from app.errors import UserError
from app.i18n import Message, ntr, tr
from app.services.incoming import (
    SOMEBODY,
    US,
    Incoming,
    IncomingEntry,
    IncomingFile,
    Kept,
    Party,
    Who,
)
from app.ui.context import Context
from app.ui.customer.file_words import size_words
from app.ui.widgets.check import CheckBox
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.layout import STRETCH, col, fix, hold, row
from app.ui.widgets.surface import Line, Scroll
from app.ui.widgets.text import Elided, Label, caption, muted

_PREVIEW: Final = 2  # lines of a text
_LISTED: Final = 4  # names of files
_HEIGHT: Final = 360
_WIDTH: Final = 620


class IncomingDialog(Dialog):
    """Everything is one change set; what is not ticked is left out."""

    def __init__(
        self, parent: QWidget, context: Context, customer_id: int, incoming: Incoming
    ) -> None:
        super().__init__(
            parent,
            tr("Put on record"),
            "incoming",
            do=tr("Put on record"),
            words=tr("This is what will be kept. Nothing is saved before you say so."),
        )
        self._context, self._customer_id, self._incoming = context, customer_id, incoming
        self._waiting = False
        self._who: dict[str, ComboBox] = {}
        self._ticks: list[tuple[CheckBox, IncomingEntry | IncomingFile]] = []
        self._wrong = Label("", "small", "danger_ink").wrapped()
        self._wrong.setObjectName("wrong")
        self._wrong.hide()
        for sentence in incoming.unread:
            self.put(Label(str(sentence), "small", "warn_ink").wrapped())
        if incoming.parties:
            self.put(self._people(incoming))
        lines = [self._entry(one, place) for place, one in enumerate(incoming.entries)]
        lines += [self._file(one, place) for place, one in enumerate(incoming.files)]
        content = hold(col(*lines, STRETCH, gap=12, margins=(0, 0, 12, 0)))
        tall = content.sizeHint().height() > _HEIGHT
        self.put(fix(Scroll(content, "incoming_list"), height=_HEIGHT) if tall else content)
        self.put(self._wrong)
        fix(self, width=_WIDTH)
        self._ticked()

    def _people(self, incoming: Incoming) -> QWidget:
        lines = [row((caption(tr("Who is who")), 1))]
        for place, party in enumerate(incoming.parties):
            box = ComboBox(
                tr("Who is {name}?", name=_name(party)), self._choices(incoming), tr("Choose…")
            )
            box.setObjectName(f"who_{place}")
            box.set_value(party.who)
            self._who[party.key] = box
            name = Elided(_name(party), "medium", "text" if party.who else "warn_ink")
            lines.append(row((name, 1), fix(box, width=260), gap=12))
        return hold(col(*lines, Line(), gap=8), "who_is_who")

    def _choices(self, incoming: Incoming) -> list[tuple[str, Who]]:
        people: list[tuple[str, Who]] = [(name, one) for one, name in incoming.people.items()]
        return [*people, (tr("Somebody else there"), SOMEBODY), (tr("One of us"), US)]

    def _entry(self, entry: IncomingEntry, place: int) -> QWidget:
        speaker = _name(entry.parties[0]) if entry.parties else ""
        when = f"{entry.at.astimezone():%Y-%m-%d %H:%M}"
        head = " · ".join(filter(None, (str(LABELS[entry.channel]), when, speaker)))
        tick = self._tick(head, f"entry_{place}", entry)
        tick.setChecked(not entry.duplicate)
        lines: list[QWidget] = []
        if entry.duplicate:
            said = tr("The same is on record already. Tick it to keep it once more.")
            lines.append(Label(said, "small", "warn_ink").wrapped())
        lines += [Label(str(one), "small", "warn_ink").wrapped() for one in entry.notices]
        text = [one for one in entry.summary.split("\n") if one.strip()]
        # saying that there is one more line would take as much room as the line
        shown = text if len(text) <= _PREVIEW + 1 else text[:_PREVIEW]
        lines += [Elided(one[:400]) for one in shown]
        if more := len(text) - len(shown):
            lines.append(muted(ntr("and {count} more line", "and {count} more lines", more)))
        if entry.files:
            lines.append(Elided(_files(entry.files), "small", "muted"))
        return hold(col(tick, row(32, (col(*lines, gap=2), 1), gap=8), gap=4))

    def _file(self, file: IncomingFile, place: int) -> QWidget:
        words = f"{file.name} · {size_words(file.size)}"
        tick = self._tick(words, f"file_{place}", file)
        tick.setChecked(True)
        return tick

    def _tick(self, words: str, name: str, what: IncomingEntry | IncomingFile) -> CheckBox:
        tick = CheckBox(words, words)
        tick.setObjectName(name)
        tick.toggled.connect(self._ticked)
        self._ticks.append((tick, what))
        return tick

    def _ticked(self) -> None:
        wanted = any(tick.isChecked() for tick, _ in self._ticks)
        self.do_button.setEnabled(wanted and not self._waiting)

    # ---- keeping

    @override
    def submit(self) -> None:
        if self._waiting:
            return
        wanted = [what for tick, what in self._ticks if tick.isChecked()]
        incoming = replace(
            self._incoming,
            entries=tuple(one for one in wanted if isinstance(one, IncomingEntry)),
            files=tuple(one for one in wanted if isinstance(one, IncomingFile)),
        )
        who: dict[str, Who] = {key: box.value() for key, box in self._who.items()}
        service, actor = self._context.services.incoming, self._context.actor
        customer_id = self._customer_id
        self._waiting = True
        self._ticked()
        self._context.tasks.run(
            self,
            lambda: service.keep(actor, customer_id, incoming, who),
            self._done,
            self._failed,
            title=Message("Putting on record"),
            lane="write",
        )

    def _done(self, kept: Kept) -> None:
        count = len(kept.interaction_ids)
        said = Message("Logged {count} entry", "Logged {count} entries", {"count": count})
        if not count:
            files = len(kept.attachment_ids)
            said = Message("Kept {count} file", "Kept {count} files", {"count": files})
        self._context.show_message(said, kept.change_set_id)
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self._waiting = False
        self._ticked()
        if isinstance(error, UserError):
            self._wrong.setText(str(error))
            self._wrong.show()
            self.fit()
        else:
            self._context.tasks.failed.emit(error)

    @override
    def _inputs(self) -> list[QLineEdit | QPlainTextEdit]:
        """Nothing that is chosen for one file is meant for the next."""
        return []


def _name(party: Party) -> str:
    return party.words or tr("Sender not named")


def _files(files: Sequence[IncomingFile]) -> str:
    names = tr(", ").join(one.name for one in files[:_LISTED])
    more = len(files) - _LISTED
    words = ntr("{count} file: {names}", "{count} files: {names}", len(files), names=names)
    return f"{words} …" if more > 0 else words
