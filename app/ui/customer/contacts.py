"""The people at a customer, and how to reach them."""

from collections.abc import Hashable, Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.domain import birthdays
from app.domain.customer import ContactDraft, CustomerDraft, PointDraft
from app.domain.field_words import FIELD_NAMES, birthday_words
from app.domain.vocabulary import LABELS, PointKind
from app.errors import Refused, UserError
from app.i18n import Message, ntr, tr
from app.services.customer_editing import EditConflict, tidy
from app.services.customer_page import CustomerPage
from app.ui.context import Context
from app.ui.customer import people
from app.ui.customer.contact_edit import OWN, ContactEditor
from app.ui.customer.editor import Editor
from app.ui.customer.line import ActiveLine, LineButton
from app.ui.customer.line_card import LineCard, Part
from app.ui.customer.people import Person
from app.ui.widgets.avatar import Avatar, IconView
from app.ui.widgets.customer_words import phone_words
from app.ui.widgets.duplicate_hint import DuplicateHint
from app.ui.widgets.layout import STRETCH, Item, col, fix, hold, row
from app.ui.widgets.reach import reach
from app.ui.widgets.text import Elided, Label, muted

GLYPHS: Final[dict[PointKind, str]] = {
    PointKind.PHONE: "phone",
    PointKind.EMAIL: "mail",
    PointKind.WECHAT: "message-circle",
    PointKind.WEBSITE: "globe",
    PointKind.ADDRESS: "map-pin",
}
REACHED: Final = (PointKind.PHONE, PointKind.EMAIL)
_AVATAR: Final = 36
SOON: Final = 14
"""Days before a birthday from which it is said how many are left."""
_NAMED_FIRST: Final = 3  # shares of a line: the name may take more of it than the rest


class ContactsCard(LineCard):
    """The customer's own points first, then its people."""

    add_words = Message("Add a contact")

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            "contacts",
            tr("Contacts"),
            tr("Nobody is known here yet. Add whom to call."),
        )
        self._region = context.settings.region

    # ---- what is shown

    @override
    def parts(self, page: CustomerPage) -> Sequence[Part]:
        draft = page.record.draft
        self.show_count(len(draft.contacts))
        today = self.context.services.clock.today()
        own = [one for one in draft.points if one.contact is None]
        made = [Part(OWN, own, partial(self._own, own))] if own else []
        for place, one in enumerate(draft.contacts):
            points = [point for point in draft.points if point.contact == place]
            made.append(Part(one.id, (one, points, today), partial(self._contact, one, points)))
        return made

    def _own(self, points: Sequence[PointDraft]) -> QWidget:
        return hold(col(*(self._point(one) for one in points), gap=10), "own_points")

    def _point(self, point: PointDraft) -> QWidget:
        words = self._words(point)
        name = f"{LABELS[point.kind]}: {words}"
        line = ActiveLine(("point", point.id), name, partial(self._point_buttons, point))
        lead = IconView(GLYPHS[point.kind], name=str(LABELS[point.kind]))
        # words stand on one edge with the names of the people beneath
        held = fix(hold(row(STRETCH, lead, STRETCH)), _AVATAR)
        line.arrange(row(held, (_typed(Elided(words)), 1), gap=12))
        return line

    def _point_buttons(self, point: PointDraft) -> list[LineButton]:
        copy = LineButton("copy", tr("Copy {text}", text=point.raw))
        copy.setObjectName("copy")
        copy.clicked.connect(partial(self._copy, point))
        return [copy, *self._reaching([point])]

    def _reaching(self, points: Sequence[PointDraft]) -> list[LineButton]:
        """Call the first phone, write to the first address."""
        made = []
        for kind in REACHED:
            point = next((one for one in points if one.kind is kind), None)
            if point is None:
                continue
            words = self._reach_words(point)
            button = LineButton(GLYPHS[kind], words)
            button.setObjectName(f"reach_{kind.value}")
            button.clicked.connect(partial(self._reach, point))
            made.append(button)
        return made

    def _reach_words(self, point: PointDraft) -> str:
        if point.kind is PointKind.PHONE:
            return tr("Call {number}", number=self._words(point))
        return tr("Write to {address}", address=point.raw)

    def _words(self, point: PointDraft) -> str:
        phone = point.kind is PointKind.PHONE
        return phone_words(point.raw, self._region) if phone else point.raw

    def _contact(self, contact: ContactDraft, points: Sequence[PointDraft]) -> QWidget:
        labels = [str(LABELS[one]) for one in (contact.role, contact.influence) if one]
        job = " · ".join(filter(None, (contact.title, *labels)))
        name = _typed(Elided(contact.name, "strong"))
        name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        first = next((one for one in points if one.kind is PointKind.PHONE), None)
        shown = first or next(iter(points), None)
        extras = self._extras(contact, points, shown)
        lines: list[Item] = [row((name, _NAMED_FIRST), (Elided(job, "small", "muted"), 2), gap=8)]
        if shown is not None:
            extra = extras.pop(0) if extras else None
            lines.append(row(self._first(shown), STRETCH, extra, gap=8))
        lines += [row(one, STRETCH) for one in extras]
        buttons = partial(self._reaching, points)
        line = ActiveLine(contact.id, f"{contact.name} {job}".strip(), buttons)
        line.setAccessibleDescription(", ".join(self._words(one) for one in points))
        line.setToolTip("\n".join(f"{LABELS[one.kind]}: {self._words(one)}" for one in points))
        words = col(STRETCH, *lines, STRETCH, gap=2)
        line.arrange(row(Avatar(contact.name, _AVATAR), (words, 1), gap=12))
        return line

    def _first(self, point: PointDraft) -> QWidget:
        """The way to reach somebody; a number is never cut."""
        if point.kind is PointKind.PHONE:
            return Label(self._words(point), "small")
        made = _typed(Elided(point.raw, "small"))
        made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        return made

    def _extras(
        self, contact: ContactDraft, points: Sequence[PointDraft], shown: PointDraft | None
    ) -> list[QWidget]:
        """Birthday, WeChat and what to mind, in the order of what is needed first."""
        found: list[QWidget] = []
        words, when = self._birthday(contact.birthday)
        wechat = next((one for one in points if one.kind is PointKind.WECHAT), None)
        if wechat is not None and wechat is not shown:
            found.append(_aside(tr("WeChat {name}", name=wechat.raw)))
        if contact.note:
            found.append(_aside(contact.note))
        if words:
            parts: list[Item] = [IconView("cake", size=14), _aside(words)]
            if when:
                parts.append(muted(f"· {when}"))  # never cut: it is what one looks for
            cake = hold(row(*parts, gap=4), "birthday")
            cake.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            found.insert(0 if when else len(found), cake)
        return found

    def _birthday(self, stored: str) -> tuple[str, str]:
        """How it is said, and when it is kept where that is near; nothing where none is known."""
        words, left = birthday_words(stored), days_left(stored, self.context.services.clock.today())
        if left is None or left > SOON:
            return words, ""
        near = {0: tr("today"), 1: tr("tomorrow")}
        return words, near.get(left) or ntr("in {count} day", "in {count} days", left)

    # ---- what is done

    @override
    def start(self) -> None:
        """Begin to add a contact, or a point of the customer's own."""
        if self.page is None:
            return
        self.menu.empty()
        self.menu.put(tr("Contact"), self.add_contact, glyph="user-plus")
        self.menu.put(tr("Contact point of the customer"), self.add_point, glyph="phone")
        words = tr("Earlier contact points of the customer")
        self.menu.put(words, partial(self.show_history, OWN), glyph="history")
        self.menu.open_under(self.add)
        self.menu.setActiveAction(self.menu.actions()[0])

    def add_contact(self) -> None:
        """Begin to add a person."""
        self._edit(Person(ContactDraft(""), ()), None)

    def add_point(self) -> None:
        """Begin to add a point that belongs to no person."""
        self.choose(OWN)

    @override
    def choose(self, key: Hashable) -> None:
        if self.page is None:
            return
        contact = key if isinstance(key, int) else None
        held = people.person(self.page.record.draft, contact)
        if held is not None:
            self._edit(held, OWN if contact is None else contact)

    def _edit(self, held: Person, key: Hashable) -> None:
        hint = DuplicateHint(self.context, self.page.record.id if self.page else None)
        editor = ContactEditor(held, key, self._region, hint)
        editor.points_typed.connect(partial(_look_for_others, editor, hint))
        editor.keep_asked.connect(partial(self._keep_mine, editor))
        editor.theirs_asked.connect(partial(self.close_editor, editor))
        self.edit(editor)

    @override
    def line(self, key: Hashable) -> ActiveLine | None:
        if key == OWN:
            return next((one for one in self.lines() if isinstance(one.key, tuple)), None)
        return super().line(key)

    @override
    def fill_menu(self, key: Hashable) -> None:
        points = self._points(key)
        for point in points:
            if point.kind in REACHED:
                words = self._reach_words(point)
                self.menu.put(words, partial(self._reach, point), glyph=GLYPHS[point.kind])
        for point in points:
            words = tr("Copy {text}", text=self._words(point))
            self.menu.put(words, partial(self._copy, point), glyph="copy")
        self.menu.addSeparator()
        self.menu.put(tr("Edit"), partial(self.choose, key), glyph="pencil", key="Enter")
        self.menu.put(tr("Earlier values"), partial(self.show_history, key), glyph="history")
        self.menu.put(tr("Remove"), partial(self.delete, key), glyph="trash-2", key="Del")

    def show_history(self, key: Hashable) -> None:
        """What was known of a contact, or how the customer itself was reached, before."""
        if self.page is None:
            return
        # loaded when it is asked for: the page opens sooner
        from app.ui.customer.field_history import FieldHistory
        from app.ui.customer.remembered import RememberedPerson

        person = RememberedPerson(key if isinstance(key, int) else None)
        FieldHistory(self, self.context, self.page, person).open()

    def _points(self, key: Hashable) -> list[PointDraft]:
        draft = self._draft()
        if draft is None:
            return []
        if isinstance(key, int):
            place = people.place_of(draft, key)
            return [one for one in draft.points if one.contact == place and place is not None]
        return [one for one in draft.points if ("point", one.id) == key]

    def _draft(self) -> CustomerDraft | None:
        return self.page.record.draft if self.page else None

    def _reach(self, point: PointDraft, _checked: object = None) -> None:
        reach(self.context, point)

    def _copy(self, point: PointDraft, _checked: object = None) -> None:
        QGuiApplication.clipboard().setText(point.raw)
        words = Message("{text} was copied.", params={"text": self._words(point)})
        self.context.show_message(words, None, "info")

    @override
    def delete(self, key: Hashable) -> None:
        draft = self._draft()
        if draft is None or self.page is None:
            return
        if isinstance(key, int):
            after, one = people.without_person(draft, key), people.person(draft, key)
            name = one.contact.name if one and one.contact else ""
        else:
            points = self._points(key)
            after, name = draft, ""
            for point in points:
                after, name = people.without_point(after, point.id or 0), self._words(point)
        words = Message("{name} was removed.", params={"name": name})
        editing, actor = self.context.services.editing, self.context.actor
        self.write(partial(editing.save, actor, self.page.record.id, draft, after), words)

    # ---- saving

    @override
    def save_editor(self, editor: Editor) -> None:
        if not isinstance(editor, ContactEditor) or self.page is None:
            return
        if not editor.is_changed():
            self.close_editor(editor)
        elif not editor.find_wrong():
            self._save(editor, self.page.record.id, self.page.record.draft)

    def _save(self, editor: ContactEditor, customer_id: int, latest: CustomerDraft) -> None:
        """On top of what is saved now; asks where somebody else changed the same thing."""
        mine = editor.typed()
        theirs = _theirs(editor, latest)
        if theirs is None:
            editor.wait(saving=False)
            editor.ask_whose(None)
            return
        together, clash = people.merged(editor.before, theirs, mine)
        if clash:
            editor.wait(saving=False)
            editor.ask_whose(theirs)
        else:
            self._write(editor, customer_id, latest, together)

    def _keep_mine(self, editor: ContactEditor) -> None:
        if self.page is None or editor.find_wrong():
            return
        latest = self.page.record.draft
        theirs, mine = _theirs(editor, latest), editor.typed()
        together = people.merged(editor.before, theirs, mine)[0] if theirs else mine
        self._write(editor, self.page.record.id, latest, together)

    def _write(
        self, editor: ContactEditor, customer_id: int, latest: CustomerDraft, mine: Person
    ) -> None:
        after = tidy(people.with_person(latest, mine))
        editing, actor = self.context.services.editing, self.context.actor
        found = editing.problems(after, latest)
        if found:
            self._show_problems(editor, found, after)
            return
        editor.wait(saving=True)
        name = mine.contact.name if mine.contact else after.name
        self.write(
            partial(editing.save, actor, customer_id, latest, after),
            Message("{name} was saved.", params={"name": name}),
            partial(self._saved, editor),
            partial(self._refused, editor, customer_id, after),
        )

    def _saved(self, editor: ContactEditor) -> None:
        if self.is_open(editor):
            editor.wait(saving=False)
            self.finish(editor)

    def _refused(
        self, editor: ContactEditor, customer_id: int, after: CustomerDraft, error: BaseException
    ) -> None:
        if not self.is_open(editor):
            self.context.tasks.failed.emit(error)
            return
        editor.wait(saving=False)
        match error:
            case EditConflict():
                self._save(editor, customer_id, error.theirs.draft)
            case Refused(fields=fields) if fields:
                self._show_problems(editor, fields, after)
            case UserError():
                editor.say(str(error))
            case _:
                self.context.tasks.failed.emit(error)

    def _show_problems(
        self, editor: ContactEditor, found: dict[str, Message], after: CustomerDraft
    ) -> None:
        points: dict[PointDraft, Message] = {}
        others: list[str] = []
        for field, problem in found.items():
            kind, _, place = field.partition(".")
            if kind == "points":
                points[_bare(after.points[int(place)])] = problem
            else:
                others.append(f"{FIELD_NAMES[kind]}: {problem}")
        editor.say("\n".join(others))
        editor.show_point_problems(points)


def _theirs(editor: ContactEditor, latest: CustomerDraft) -> Person | None:
    """What is saved now of the one that is edited; of a new one, what it began with."""
    if editor.key is None:
        return editor.before
    return people.person(latest, editor.key if isinstance(editor.key, int) else None)


def _bare(point: PointDraft) -> PointDraft:
    return PointDraft(point.kind, point.raw, None, point.id)


def days_left(stored: str, today: date) -> int | None:
    """Days until a stored birthday is kept; None where none is known, or it cannot be told."""
    if not stored:
        return None
    try:
        return (birthdays.next_on(birthdays.load(stored), today) - today).days
    except ValueError:
        return None


def _typed(words: Elided) -> Elided:
    """Marks what users typed: it is never a text of the program, even when it reads like one."""
    words.setProperty("typed", True)  # noqa: FBT003 - Qt's property
    return words


def _aside(words: str) -> Elided:
    made = _typed(Elided(words, "small", "muted"))
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


def _look_for_others(editor: ContactEditor, hint: DuplicateHint) -> None:
    """Say whose the points are already that were typed."""
    points = editor.new_points()
    if points:
        hint.look_for(CustomerDraft("", points=points))
    else:
        hint.clear()
