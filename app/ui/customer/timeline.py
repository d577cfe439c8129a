"""What happened with the customer in one stream, narrowed by kind and by words."""

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLayout, QSizePolicy, QStackedWidget, QWidget
from typing_extensions import override

from app.i18n import Message, tr
from app.services.customer_page import CustomerPage
from app.services.timeline import PAGE, Entry, EntryKind, TimelinePage
from app.ui.context import Context
from app.ui.customer import timeline_print
from app.ui.customer.card import Card
from app.ui.customer.entry_actions import EntryActions
from app.ui.customer.timeline_view import TimelineView
from app.ui.theme import follow, tokens
from app.ui.widgets.button import Button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.field import SearchField
from app.ui.widgets.layout import STRETCH, col, row
from app.ui.widgets.segmented import SegmentedControl

_PAUSE: Final = 150  # milliseconds after the last key until it is searched
_LEAST: Final = 340
_KINDS: Final[tuple[tuple[EntryKind, ...], ...]] = (
    tuple(EntryKind),
    (EntryKind.INTERACTION,),
    (EntryKind.PROMISE,),
    (EntryKind.NOTE, EntryKind.FILE),
    (EntryKind.CHANGE,),
)


class TimelineCard(Card):
    """The stream with its filter.

    `log_asked`: somebody wants to log the first thing; `file_asked`: to open a file (a FileRow).
    """

    log_asked = Signal()
    file_asked = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__(context, "timeline", tr("Timeline"))
        self.count.hide()
        self.add.hide()
        self._edition = 0
        self._loading = False
        self._last: Entry | None = None
        self._to_end = False
        self.doing = EntryActions(self, context)
        self.kinds = SegmentedControl(self._segments(counted=True), tr("Show"))
        self.kinds.setObjectName("timeline_kinds")
        self.kinds.chosen.connect(self._narrow)
        self.search_button = Button("", "quiet", glyph="search", size="small", name=tr("Search"))
        self.search_button.setObjectName("timeline_search_button")
        self.search_button.setToolTip(tr("Search the timeline (Ctrl+F)"))
        self.search_button.clicked.connect(self.start_search)
        self.head.insertWidget(2, self.kinds)
        self.head.addWidget(self.search_button)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._narrow)
        self.search.textChanged.connect(self._typed)
        self.search.down_pressed.connect(self._to_stream)
        self.search.installEventFilter(self)
        self.doing.file_asked.connect(self.file_asked)
        self.view.asked.connect(self.doing.do)
        self.view.menu_asked.connect(self.doing.open_menu)
        self.view.near_end.connect(self._load_next)
        self.view.all_asked.connect(self._load_rest)
        follow(self._fit)

    @override
    def body(self) -> QWidget | QLayout:
        self.view = TimelineView(self.context.services.clock)
        self.search = SearchField(tr("Search the timeline"), tr("Words, names, files"))
        self.search.setObjectName("timeline_search")
        self.search.hide()
        log = Button(tr("Log what was said"), "primary", glyph="pencil")
        log.setObjectName("timeline_log")
        log.clicked.connect(self.log_asked)
        self._nothing = EmptyState("history", tr("Nothing on record yet"), "", log)
        every = Button(tr("Show everything"))
        every.setObjectName("timeline_show_all")
        every.clicked.connect(self.show_everything)
        self._not_found = EmptyState("search", tr("Nothing found"), "", every)
        self.stack = QStackedWidget()
        for part in (self.view, self._nothing, self._not_found):
            self.stack.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._second = row(STRETCH, gap=8)
        return col(self._second, self.search, (self.stack, 1), gap=8)

    # ---- what is shown

    @override
    def show_page(self, page: CustomerPage) -> None:
        if self.page is None or self.page.record.id != page.record.id:
            self._begin(page)
        super().show_page(page)

    def _begin(self, page: CustomerPage) -> None:
        """Another customer: everything of it, from the newest on."""
        self._pause.stop()
        with QSignalBlocker(self.kinds), QSignalBlocker(self.search):
            self.kinds.set_current(0)
            self.search.clear()
        self.search.hide()
        self.view.begin()
        self.view.set_entries((), more=False)
        self.doing.customer_id = page.record.id

    @override
    def fill(self, page: CustomerPage) -> None:
        self.doing.contacts, self.doing.files = page.record.draft.contacts, page.files
        self._fit()
        self._edition += 1
        self._loading = self._to_end = False
        before = self.view.entries()
        wanted = self.view.reach()
        if self._is_narrowed():
            self._read(wanted)
            return
        first, end = page.timeline.entries, page.timeline.last
        # what is seen further down stays until it has been read anew
        deep = end is not None and wanted > len(first)
        rest = [one for one in before if _is_older(one, end)] if end is not None and deep else []
        more = end is not None and (not rest or self._last is not None)
        self._last = (rest[-1] if rest else end) if more else None
        self.view.set_entries((*first, *rest), more=more)
        self._show_part()
        if rest:
            self._read(wanted)

    def _segments(self, *, counted: bool) -> list[tuple[str, int | None]]:
        counts = self.page.counts if self.page else {}
        words = (
            tr("All"),
            tr("Interactions"),
            tr("Promises"),
            tr("Notes"),
            tr("Changes"),
        )
        numbers = [sum(counts.get(kind, 0) for kind in kinds) for kinds in _KINDS]
        return [
            (word, count if counted else None) for word, count in zip(words, numbers, strict=True)
        ]

    def _fit(self) -> None:
        """Counts only where there is room for them; a line of its own where there is none."""
        if not hasattr(self, "search_button"):
            return
        tok = tokens()
        self.setMinimumWidth(tok.px(_LEAST))  # not the width of everything in one line
        room = self.width() - 2 * tok.px(16)
        gap = 2 * self.head.spacing()
        title = self.head.itemAt(0)
        beside = (title.sizeHint().width() if title else 0) + gap
        beside += self.search_button.sizeHint().width()
        self.kinds.set_segments(self._segments(counted=False))
        fits = beside + self.kinds.width() <= room
        self.kinds.set_segments(self._segments(counted=True))
        if self.kinds.width() + (beside if fits else 0) > room:
            self.kinds.set_segments(self._segments(counted=False))
        if fits and self._second.indexOf(self.kinds) >= 0:
            self._second.removeWidget(self.kinds)
            self.head.insertWidget(2, self.kinds)
        elif not fits and self._second.indexOf(self.kinds) < 0:
            self.head.removeWidget(self.kinds)
            self._second.insertWidget(0, self.kinds)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _show_part(self) -> None:
        part: QWidget = self.view
        if not self.view.entries():
            part = self._not_found if self._is_narrowed() else self._nothing
        self.stack.setCurrentWidget(part)

    # ---- reading

    def _is_narrowed(self) -> bool:
        return bool(self.kinds.current() or self.search.text().strip())

    def _narrow(self) -> None:
        """Another kind or other words: from the newest on."""
        self._pause.stop()
        self._edition += 1
        self._loading = self._to_end = False
        self.view.begin()
        self._read(PAGE)

    def _ask(self, after: Entry | None, wanted: int) -> "partial[list[TimelinePage]]":
        page = self.page
        customer_id = page.record.id if page is not None else 0
        kinds, text = _KINDS[self.kinds.current()], self.search.text().strip()
        load = partial(
            self.context.services.timeline.page, self.context.actor, customer_id, kinds, text
        )
        return partial(_pages, load, after, wanted)

    def _read(self, wanted: int) -> None:
        """Read so many entries from the newest on, and show them in place of what is there."""
        if self.page is None:
            return
        edition, found = self._edition, self.search.text().strip()
        self._loading = True

        def came(pages: list[TimelinePage]) -> None:
            if edition == self._edition:
                self._loading = False
                self._last = pages[-1].last
                entries = [one for page in pages for one in page.entries]
                self.view.set_entries(entries, more=self._last is not None, found=found)
                self._show_part()

        self.context.tasks.run(self, self._ask(None, wanted), came, partial(self._failed, edition))

    def _load_next(self) -> None:
        self._load(1)

    def _load_rest(self) -> None:
        """Everything there is, to go to the very first."""
        self._to_end = True
        self._load(-1)

    def _load(self, wanted: int) -> None:
        if self._loading or self._last is None:
            return
        edition, self._loading = self._edition, True

        def came(pages: list[TimelinePage]) -> None:
            if edition == self._edition:
                self._loading = False
                self._last = pages[-1].last
                entries = [one for page in pages for one in page.entries]
                self.view.append(entries, more=self._last is not None)
                self._go_on_to_end()

        work = self._ask(self._last, wanted)
        self.context.tasks.run(self, work, came, partial(self._failed, edition))

    def _go_on_to_end(self) -> None:
        """A page was on its way already when somebody asked for the very first entry."""
        if not self._to_end:
            return
        if self._last is not None:
            self._load(-1)
            return
        self._to_end = False
        self.view.set_current(len(self.view.entries()) - 1)

    def _failed(self, edition: int, error: BaseException) -> None:
        if edition == self._edition:
            self._loading = False
            self.context.tasks.failed.emit(error)

    def print_shown(self) -> None:
        """Write what is shown, to its last entry, as PDF."""
        if self.page is None or not self.view.entries():
            self.context.show_message(Message("There is nothing to print here."), None, "info")
            return
        name = self.page.record.draft.name
        target = timeline_print.ask_file(self, name)
        if target is not None:
            work = self._ask(None, -1)
            load = partial(_entries, work)
            timeline_print.write(self, self.context, name, load, target)

    # ---- searching

    def start_search(self) -> None:
        """Search what was said."""
        self.search.show()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def show_everything(self) -> None:
        """Every kind, and no words to search for."""
        self.search.clear()
        self.search.hide()
        self.kinds.set_current(0)
        self._narrow()
        self.view.setFocus()

    def _typed(self) -> None:
        self._pause.start()

    def _to_stream(self) -> None:
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent):
            leaves = event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape
            if leaves and not self.search.text():
                self.search.hide()
                self._to_stream()
                return True
        return super().eventFilter(watched, event)


def _is_older(one: Entry, than: Entry) -> bool:
    """Whether an entry stands further down the stream."""
    if one.at != than.at:
        return one.at < than.at
    ranks = list(EntryKind)
    if one.kind is not than.kind:
        return ranks.index(one.kind) > ranks.index(than.kind)
    return one.id < than.id


def _entries(read: "partial[list[TimelinePage]]") -> list[Entry]:
    return [one for page in read() for one in page.entries]


def _pages(load: "partial[TimelinePage]", after: Entry | None, wanted: int) -> list[TimelinePage]:
    """Pages until there are so many entries, or no more; -1: all."""
    pages = [load(after)]
    count = len(pages[0].entries)
    while pages[-1].last is not None and (wanted < 0 or count < wanted):
        pages.append(load(pages[-1].last))
        count += len(pages[-1].entries)
    return pages
