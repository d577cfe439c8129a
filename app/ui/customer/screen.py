"""One customer: who it is, what must never be asked again, what was last said, what comes next."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.errors import NotFound
from app.i18n import Message, number, tr
from app.services.customer_page import CustomerPage
from app.services.customers import MergedInto
from app.ui.changes import WhileShown
from app.ui.commands import Command
from app.ui.context import Context
from app.ui.customer.card import Card
from app.ui.customer.contacts import ContactsCard
from app.ui.customer.facts import FactsCard
from app.ui.customer.files import FilesCard
from app.ui.customer.head import Head
from app.ui.customer.keys import commands
from app.ui.customer.more_menu import MoreMenu
from app.ui.customer.profile import ProfileCard
from app.ui.customer.quick_log import QuickLog
from app.ui.customer.receiving import Receiving
from app.ui.customer.taking import ask_and_take
from app.ui.customer.timeline import TimelineCard
from app.ui.screen import Screen, State, Target
from app.ui.theme import follow, tokens
from app.ui.trail import Trail
from app.ui.widgets.button import Button
from app.ui.widgets.layout import STRETCH, col, hold, row
from app.ui.widgets.surface import Scroll
from app.ui.widgets.text import muted

AREAS: Final = frozenset(
    {
        "customer", "contact", "contact_point", "tag", "customer_tag", "staff", "interaction",
        "interaction_product", "note", "promise", "promise_move", "reminder", "fact", "attachment",
        "product", "custom_field", "custom_value",
    }
)  # fmt: skip
LEFT: Final = 368
GONE: Final = Message("This customer is no longer there, or you may not see it.")


class CustomerScreen(Screen):
    """Head over two columns: what is known at the left, what happened at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("customer")
        self._context = context
        self._trail: Trail | None = None
        self._customer_id: int | None = None
        # tables touched by writes that the page does not show yet
        self._waiting: frozenset[str] = frozenset()
        self._page: CustomerPage | None = None
        self._edition = 0
        self._place = muted()
        self._previous = Button("", "quiet", glyph="arrow-up", name=tr("Previous customer"))
        self._next = Button("", "quiet", glyph="arrow-down", name=tr("Next customer"))
        for button, name, step in (
            (self._previous, "previous", self.go_back),
            (self._next, "next", self.go_on),
        ):
            button.setObjectName(name)
            button.clicked.connect(step)
        self.head = Head(context)
        self.facts = FactsCard(context)
        self.contacts = ContactsCard(context)
        self.profile = ProfileCard(context)
        self.files = FilesCard(context)
        self.quick_log = QuickLog(context)
        self.receiving = Receiving(self, context, self.quick_log)
        self.timeline = TimelineCard(context)
        self.more = MoreMenu(self, context, self._forget, self._open, self.to_list)
        left = hold(
            col(self.facts, self.contacts, self.profile, self.files, STRETCH, gap=12), "left"
        )
        left.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._left = Scroll(left, "left_scroll")
        right = col(self.quick_log, (self.timeline, 1), gap=12)
        self.setLayout(col(self.head, (row(self._left, (right, 1), gap=16), 1), gap=12))
        self.head.log_asked.connect(self.quick_log.start)
        self.head.follow_up_asked.connect(self.quick_log.start_follow_up)
        self.timeline.log_asked.connect(self.quick_log.start)
        self.timeline.file_asked.connect(self.files.open_file)
        self.head.menu_asked.connect(self._open_menu)
        WhileShown(self, context.changes, self._changed)
        follow(self.retheme)
        self._show_place()

    def retheme(self) -> None:
        """Take over sizes."""
        self._left.setFixedWidth(tokens().px(LEFT))

    # ---- which customer

    @property
    def customer_id(self) -> int | None:
        """Whose page it is."""
        return self._customer_id

    @property
    def page(self) -> CustomerPage | None:
        """What is shown of it."""
        return self._page

    @override
    def show_target(self, target: Target) -> None:
        if isinstance(target, Trail):
            self._trail = target
            self._open(target.current)
        elif isinstance(target, int):
            if self._trail is not None and target != self._trail.current:
                self._trail = None
            self._open(target)

    def go_on(self) -> None:
        """The next customer of the list somebody came from."""
        self._go(1)

    def go_back(self) -> None:
        """The one before."""
        self._go(-1)

    def _go(self, step: int) -> None:
        if self._trail is None:
            return
        trail = self._trail.at(self._trail.place + step)
        if trail.place != self._trail.place:
            # through the window, so that it stands among those seen last
            self._context.navigate("customer", trail)

    def to_list(self) -> None:
        """The list, with this customer in it."""
        self._context.navigate("customers", self._customer_id)

    def take(self, ending: str) -> None:
        """All of the customer as a file: .xlsx, .pdf or .vcf."""
        if self._page is not None:
            record = self._page.record
            ask_and_take(self, self._context, (record.id, record.draft.name), ending)

    def to_window(self) -> None:
        """The same page in a window of its own."""
        if self._customer_id is not None:
            self._context.open_window("customer", self._customer_id)

    def _open_menu(self) -> None:
        self.more.open_for(self.head.more)

    def _forget(self) -> None:
        """The customer is being deleted: what is said of it is no more for this page."""
        self._edition += 1
        self._customer_id = None

    def _open(self, customer_id: int) -> None:
        self._customer_id = customer_id
        self.quick_log.show_customer(customer_id)  # what is typed from now on is theirs
        self._show_place()
        self._load()

    def _changed(self, areas: frozenset[str]) -> None:
        held, wanted = self._page, self._customer_id
        self._waiting |= areas & AREAS
        if wanted is None or not self._waiting:
            return
        if held is None or held.record.id != wanted:
            self._load()
            return
        pages, actor, touched = self._context.services.pages, self._context.actor, self._waiting
        self._read(lambda: pages.renew(actor, held, touched))

    def _load(self) -> None:
        pages, actor, wanted = self._context.services.pages, self._context.actor, self._customer_id
        if wanted is not None:
            self._read(lambda: pages.load(actor, wanted))

    def _read(self, work: Callable[[], CustomerPage]) -> None:
        self._edition += 1
        edition = self._edition

        def came(page: CustomerPage) -> None:
            if edition == self._edition:
                self._show(page)

        def failed(error: BaseException) -> None:
            if edition == self._edition:
                self._fail(error)

        self._context.tasks.run(self, work, came, failed)

    def _show(self, page: CustomerPage) -> None:
        if self._page is not None and self._page.record.id != page.record.id:
            self._left.verticalScrollBar().setValue(0)  # what is never asked again is seen first
        self._page = page
        self._waiting = frozenset()
        for part in self._parts():
            part.show_page(page)
        self.header_changed.emit()

    def _parts(self) -> Sequence[Head | QuickLog | Card | MoreMenu]:
        return (
            self.head,
            self.quick_log,
            self.timeline,
            self.facts,
            self.contacts,
            self.profile,
            self.files,
            self.more,
        )

    def _fail(self, error: BaseException) -> None:
        if not isinstance(error, NotFound):
            self._context.tasks.failed.emit(error)
            return
        self._customer_id = None
        if isinstance(error, MergedInto):
            self._trail = None
            self._context.navigate("customer", error.kept_id)
            return
        self._context.show_message(GONE, None, "warn")
        self._context.navigate("customers")

    # ---- what the window asks

    def _show_place(self) -> None:
        trail = self._trail
        for part in (self._place, self._previous, self._next):
            part.setVisible(trail is not None)
        if trail is not None:
            place = f"{number(trail.place + 1)} / {number(len(trail.ids))}"
            self._place.setText(f"{place} · {trail.name}" if trail.name else place)
            self._previous.setEnabled(trail.place > 0)
            self._next.setEnabled(trail.place + 1 < len(trail.ids))

    @override
    def title(self) -> Message:
        if self._page is None:
            return Message("Customer")
        return Message("{name}", params={"name": self._page.record.draft.name})

    @override
    def header_actions(self) -> Sequence[QWidget]:
        return (self._place, self._previous, self._next)

    @override
    def above(self) -> tuple[Message, Callable[[], None]]:
        return Message("Customers"), self.to_list

    @override
    def commands(self) -> Sequence[Command]:
        return commands(self)

    @override
    def focus_search(self) -> None:
        self.quick_log.start()

    @override
    def unsaved(self) -> Sequence[Target]:
        cards = (self.facts, self.contacts, self.profile, self.files)
        found = frozenset[int]().union(*(one.unsaved() for one in cards))
        return sorted(found, key=lambda one: (one != self._customer_id, one))

    @override
    def state(self) -> State:
        return {"customer": self._customer_id, "typed": self.quick_log.state()}

    @override
    def restore(self, state: State) -> None:
        self.quick_log.restore(state.get("typed"))
        wanted = state.get("customer")
        if isinstance(wanted, int):
            self._open(wanted)


def make(context: Context) -> CustomerScreen:
    """The page of a customer."""
    return CustomerScreen(context)
