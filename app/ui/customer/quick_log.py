"""One line in which a call is on record before the next one rings."""

from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QTextCursor
from typing_extensions import override

from app.domain.facts import FACT_LABELS, FactDraft, FactKind
from app.domain.quick_log import Person, understand
from app.i18n import Message, language, tr
from app.services.customer_page import CustomerPage
from app.services.products import ProductRow
from app.services.timeline import InteractionEntry, PromiseEntry
from app.ui.context import Context
from app.ui.customer.kept_lines import KeptLines, Line
from app.ui.customer.known_facts import KnownFacts
from app.ui.customer.quick_draft import NONE, Corrections, Reading, read
from app.ui.customer.quick_line import QuickLine
from app.ui.customer.quick_pills import Pills
from app.ui.customer.quick_words import Offers
from app.ui.theme import CONTROL_SMALL, follow, tokens
from app.ui.widgets.button import Button
from app.ui.widgets.layout import col, hold, row
from app.ui.widgets.menu import Menu
from app.ui.widgets.surface import Surface
from app.ui.widgets.text import muted

if TYPE_CHECKING:
    from datetime import datetime

_FOLLOW_UP: Final = {"zh_CN": "提醒我", "zh_TW": "提醒我"}
"""The words for a follow-up that `understand` reads, by language; another one types English."""
_SHOWN_LINE: Final = 60
_ROOM_FOR_TIME: Final = 480
_PRODUCTS: Final = "product"
_UNSAVED: Final = "quick_log"
Entries = frozenset[tuple[type, int]]
"""Kind and id of what was written, as the timeline shows it."""


class QuickLog(Surface):
    """Shows as pills what it understood, and logs it with Enter.

    What is typed belongs to its customer: it comes back with the page, also after a restart.
    """

    logged = Signal(int)  # change set
    shown = Signal(float)  # milliseconds from Enter until the entry stood on the page
    pasted = Signal(object)  # QMimeData that is more than words, or a conversation

    def __init__(self, context: Context) -> None:
        super().__init__("card", "quick_log")
        self.setAccessibleName(tr("Log what was said"))
        self._context = context
        self._customer_id: int | None = None
        self._page: CustomerPage | None = None
        self._people: list[Person] = []
        self._products: tuple[ProductRow, ...] | None = None
        self._lines: KeptLines = context.unsaved.setdefault(_UNSAVED, KeptLines())
        self._touched = False  # whether the line is another than when it was taken up
        self._corrections: Corrections = NONE
        self._started: datetime | None = None
        self._reading: Reading | None = None
        self._waiting: tuple[Entries, float] | None = None
        self._enter_waits = False  # pressed before the page had come
        self.line = QuickLine()
        self.known = KnownFacts()
        self._time = muted()
        self.keep = Button(tr("Keep as a fact"), "quiet", glyph="lock", size="small")
        self.keep.setObjectName("keep_as_fact")
        self.pills = Pills(self.keep)
        self._kinds = Menu(self, tr("Kind of fact"))
        for kind in FactKind:
            self._kinds.put(str(FACT_LABELS[kind]), partial(self.keep_as_fact, kind))
        shown = row((self.pills, 1), self._time, gap=8)
        shown.setAlignment(self._time, Qt.AlignmentFlag.AlignTop)  # beside the first pills
        self._understood = hold(shown, "understood")
        self._understood.hide()
        self.setLayout(
            col(self.line, self._understood, self.known.panel, gap=8, margins=12),
        )
        self.line.textChanged.connect(self._typed)
        self.line.entered.connect(self.log)
        self.line.pasted.connect(self._paste)
        self.pills.corrected.connect(self._correct)
        self.keep.clicked.connect(self._offer_kinds)
        context.changes.changed.connect(self._changed)
        follow(self.retheme)

    def retheme(self) -> None:
        """Take over sizes."""
        self._time.setMinimumHeight(tokens().px(CONTROL_SMALL))

    # ---- whose line it is

    def show_customer(self, customer_id: int) -> None:
        """Log for this customer from now on; its page may come later."""
        if customer_id == self._customer_id:
            return
        self._keep_line()
        self._customer_id, self._page, self._people = customer_id, None, []
        self._waiting, self._enter_waits = None, False
        held = self._lines.of(customer_id)
        self._take(held)

    @property
    def customer_id(self) -> int | None:
        """Whose line it is."""
        return self._customer_id

    def show_page(self, page: CustomerPage) -> None:
        """Log for this customer, knowing its people and facts."""
        self.show_customer(page.record.id)
        self._page = page
        self._people = [
            Person(one.id, one.name, one.title)
            for one in page.record.draft.contacts
            if one.id is not None
        ]
        self.known.set_facts(page.facts)
        if self._products is None:
            self._load_products()
        if self.line.text():
            self._read_line()
        else:
            self._warm_up()
        self._notice_entry(page)
        if self._enter_waits:
            self._enter_waits = False
            self.log()

    def _take(self, held: Line | None) -> None:
        self._corrections = held.corrections if held else NONE
        self._started = held.started if held else None
        self.line.set_text(held.text if held else "")
        self._touched = False

    def _keep_line(self) -> None:
        if self._customer_id is not None and self._touched:
            started = self._started or self._context.services.clock.now()
            held = Line(self.line.text(), started, self._corrections)
            self._lines.put(self._customer_id, held)

    def state(self) -> object:
        """What is typed and not logged yet, of every customer: plain values."""
        self._keep_line()
        return self._lines.state()

    def restore(self, state: object) -> None:
        """As `state()` said; before a customer is shown."""
        self._lines.restore(state)

    # ---- starting

    def start(self) -> None:
        """Put the cursor into the line."""
        self.line.setFocus()

    def start_follow_up(self) -> None:
        """Begin with a follow-up: its words stand there, the cursor behind them."""
        words = _FOLLOW_UP.get(language(), "Remind me to ")
        typed = self.line.text()
        if not typed.rstrip().endswith(words.rstrip()):
            apart = "" if not typed.strip() else "，" if language() in _FOLLOW_UP else ", "
            self.line.moveCursor(QTextCursor.MoveOperation.End)
            self.line.insertPlainText(f"{apart}{words}")
        self.line.setFocus()

    # ---- understanding

    def _typed(self) -> None:
        self._touched = True
        if not self.line.text():
            self._corrections, self._started = NONE, None
        elif self._started is None:
            self._started = self._context.services.clock.now()
        self._read_line()

    def _read_line(self) -> None:
        line = self.line.text()
        if not line.strip():
            self._reading = None
            self._understood.hide()
            self.known.come_to_mind("")
            return
        now = self._context.services.clock.now().astimezone()
        self._reading = read(line, now, self._people, self._corrections)
        names = {one.id: one.name for one in self._people}
        offers = Offers(names, self._products or (), now.date())
        self.pills.show_reading(self._reading, self._corrections, offers)
        started = (self._started or now).astimezone()
        hour = f"{started:%H:%M}"
        today = started.date() == now.date()
        self._time.setText(tr("Today {time}", time=hour) if today else f"{started:%m-%d} {hour}")
        self._understood.show()
        self.known.come_to_mind(line)

    def _correct(self, corrections: Corrections) -> None:
        self._corrections, self._touched = corrections, True
        self._read_line()
        self.line.setFocus()

    @property
    def reading(self) -> Reading | None:
        """What the line says at the moment; None where it is empty."""
        return self._reading

    def _warm_up(self) -> None:
        # the patterns of names are made at their first use, which takes longer than a key may
        people, now = tuple(self._people), self._context.services.clock.now().astimezone()
        self._context.tasks.run(self, lambda: understand("", now, people), _nothing)

    def _load_products(self) -> None:
        self._products = ()
        products, actor = self._context.services.products, self._context.actor
        self._context.tasks.run(self, lambda: products.all(actor), self._products_came)

    def _products_came(self, products: list[ProductRow]) -> None:
        self._products = tuple(products)
        self._read_line()

    def _changed(self, areas: frozenset[str]) -> None:
        if _PRODUCTS in areas and self._products is not None:
            self._load_products()

    # ---- saving

    def log(self) -> None:
        """Put it on record; the line is free at once for the next one."""
        reading, customer_id = self._reading, self._customer_id
        if reading is None or customer_id is None:
            return
        if self._page is None:
            self._enter_waits = True
            return
        begun = perf_counter()
        services, actor = self._context.services, self._context.actor
        at = self._started or services.clock.now()
        if reading.only_follow_up:
            promises = reading.promises()

            def work() -> tuple[Entries, int | None]:
                made = services.promises.make_all(actor, customer_id, promises)
                return frozenset((PromiseEntry, one) for one in made.ids), made.change_set_id

            said = Message("Follow-up noted: {what}", params={"what": _short(promises[0].text)})
        else:
            draft = reading.interaction(at)

            def work() -> tuple[Entries, int | None]:
                made = services.interactions.log(actor, customer_id, draft)
                return frozenset({(InteractionEntry, made.interaction_id)}), made.change_set_id

            said = Message(
                "Logged: {what}", params={"what": _short(reading.summary or reading.line)}
            )

        def done(made: tuple[Entries, int | None]) -> None:
            entries, change_set_id = made
            if customer_id == self._customer_id:
                self._await(entries, begun)
            self._context.show_message(said, change_set_id)
            self.logged.emit(change_set_id)

        self._save(work, done)

    def keep_as_fact(self, kind: FactKind) -> None:
        """Write the line down as something that must never be asked again."""
        reading, customer_id = self._reading, self._customer_id
        if reading is None or customer_id is None:
            return
        services, actor = self._context.services, self._context.actor
        names = {one.id: one.name for one in self._people}
        source = names.get(reading.person_id, "") if reading.person_id is not None else ""
        text = reading.summary or reading.line
        draft = FactDraft(kind, text, services.clock.today(), source)

        def work() -> int | None:
            services.facts.add(actor, customer_id, draft)
            written = services.history.last(actor)
            return written.id if written is not None else None

        def done(change_set_id: int | None) -> None:
            said = Message("Kept as a fact: {what}", params={"what": _short(text)})
            self._context.show_message(said, change_set_id)

        self._save(work, done)

    def _save(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        """Empty the line and do the work; what could not be saved comes back."""
        customer_id = self._customer_id
        held = Line(
            self.line.text(),
            self._started or self._context.services.clock.now(),
            self._corrections,
        )

        def failed(error: BaseException) -> None:
            if customer_id is not None:
                self._give_back(customer_id, held)
            self._context.tasks.failed.emit(error)

        self.line.set_text("")
        self.line.setFocus()
        self._context.tasks.run(self, work, done, failed, lane="write")

    def _give_back(self, customer_id: int, held: Line) -> None:
        if customer_id != self._customer_id:
            since = self._lines.of(customer_id)
            text = f"{held.text}\n{since.text}" if since else held.text
            self._lines.put(customer_id, Line(text, held.started, held.corrections))
            return
        since_then = self.line.text()
        text = f"{held.text}\n{since_then}" if since_then else held.text
        self._take(Line(text, held.started, held.corrections))
        self._touched = True

    def _offer_kinds(self) -> None:
        self._kinds.open_under(self.keep)

    def _await(self, entries: Entries, begun: float) -> None:
        """Wait for the page with the entries, which may have come already."""
        self._waiting = (entries, begun)
        if self._page is not None:
            self._notice_entry(self._page)

    def _notice_entry(self, page: CustomerPage) -> None:
        """Say how long it took until what was logged stood on the page."""
        if self._waiting is None:
            return
        entries, begun = self._waiting
        if entries & {(type(one), one.id) for one in page.timeline.entries}:
            self._waiting = None
            # the timeline is given the page after the line: both stand when this turn is over
            QTimer.singleShot(0, self, partial(self._tell_shown, begun))

    def _tell_shown(self, begun: float) -> None:
        self.shown.emit((perf_counter() - begun) * 1000)

    # ---- pasting

    def _paste(self, source: QMimeData) -> None:
        self.pasted.emit(source)

    def insert(self, words: str) -> None:
        """Put words where the cursor is, as pasted."""
        self.line.insertPlainText(words)
        self.line.ensureCursorVisible()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._time.setVisible(self.width() >= tokens().px(_ROOM_FOR_TIME))

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._keep_line()  # the window may be closing

    @override
    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        least.setWidth(min(least.width(), tokens().px(320)))
        return least


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN_LINE else f"{line[:_SHOWN_LINE]}…"


def _nothing(_result: object) -> None:
    """Nobody waits for it."""
