"""What is known of the customer beside the list: at a glance, ready to copy, nothing to edit."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.customer import PointDraft
from app.domain.vocabulary import LABELS, SYSTEM, PointKind
from app.i18n import ntr, tr
from app.services.customers import CustomerRecord
from app.services.history import HistoryEntry
from app.ui.context import Context
from app.ui.theme import tokens
from app.ui.when import day_words, moment_words
from app.ui.widgets.avatar import Avatar, IconView
from app.ui.widgets.button import Button
from app.ui.widgets.customer_words import GRADES, STAGES, phone_words, shape_of
from app.ui.widgets.detail_panel import DetailPanel
from app.ui.widgets.flow import FlowBox
from app.ui.widgets.layout import STRETCH, Item, col, hold, pair, row, row_top
from app.ui.widgets.link import Link
from app.ui.widgets.pill import Pill
from app.ui.widgets.reach import reach
from app.ui.widgets.surface import Line
from app.ui.widgets.text import Elided, Label, ascent, muted

GLYPHS: Final[dict[PointKind, str]] = {
    PointKind.PHONE: "phone",
    PointKind.EMAIL: "mail",
    PointKind.WECHAT: "message-circle",
    PointKind.WEBSITE: "globe",
    PointKind.ADDRESS: "map-pin",
}
_NAMES: Final = 124  # the column of the names of facts
_LEAD: Final = 28  # from the edge of the card's content to its words, whatever stands before them
_ICON: Final = 16
_AVATAR: Final = 20
_LEAST: Final = 288
_LATEST: Final = 4
_NOTES: Final = 600
_COPIED: Final = 1500  # milliseconds for which a copy button says that it has copied


@dataclass(frozen=True, slots=True)
class Known:
    """A record and what was changed of it, the newest first."""

    record: CustomerRecord
    history: tuple[HistoryEntry, ...]


class CopyButton(Button):
    """Puts a text on the clipboard and says so."""

    def __init__(self, text: str) -> None:
        words = tr("Copy {text}", text=text)
        super().__init__("", "quiet", glyph="copy", size="small", name=words)
        self.setObjectName("copy")
        self._text = text
        self.clicked.connect(self._copy)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self.set_glyph("check")
        QTimer.singleShot(_COPIED, self, self._settle)

    def _settle(self) -> None:
        self.set_glyph("copy")


class Details(DetailPanel):
    """A card beside the list; it is filled anew for every customer."""

    edit_asked = Signal(int)
    open_asked = Signal(int)  # another customer

    def __init__(self, context: Context) -> None:
        super().__init__("details", "users", tr("No customer chosen"), _LEAST)
        self._context = context
        self._known: Known | None = None
        self._whole_history = False
        self.setAccessibleName(tr("Details"))

    def customer_id(self) -> int | None:
        """Whose details are shown."""
        return self._known.record.id if self._known else None

    def show_nobody(self, chosen: int = 0, listed: int = 0) -> None:
        """No customer of those listed, or several."""
        self._known = None
        if chosen > 1:
            title = ntr("{count} customer chosen", "{count} customers chosen", chosen)
            self.say_nothing(title, tr("Change them together with the buttons under the list."))
        else:
            hint = tr("Choose one in the list.") if listed else ""
            self.say_nothing(tr("No customer chosen"), hint)

    def show_known(self, known: Known) -> None:
        """Show this customer."""
        same = self.customer_id() == known.record.id
        place = self.place() if same else 0
        self._whole_history = self._whole_history and same
        self._known = known
        self._fill(known, place)

    def _fill(self, known: Known, place: int) -> None:
        self.fill(
            "details",
            (
                self._head(known.record),
                self._actions(known.record),
                Line(),
                *self._facts(known.record),
                *self._people(known.record),
                *_notes(known.record),
                Line(),
                *self._history(known.history),
            ),
            place,
        )

    # ---- parts

    def _head(self, record: CustomerRecord) -> Item:
        draft = record.draft
        under = " · ".join(filter(None, (str(LABELS[draft.kind]), draft.region, draft.source)))
        name = Label(draft.name, "title").wrapped().selectable()
        words = col(STRETCH, name, muted(under, "body").wrapped(), STRETCH, gap=2)
        return row_top(Avatar(draft.name, 48, shape_of(draft.kind)), (words, 1), gap=12)

    def _actions(self, record: CustomerRecord) -> Item:
        call = self._contact_button(record, PointKind.PHONE, tr("Call"))
        mail = self._contact_button(record, PointKind.EMAIL, tr("Mail"))
        edit = Button(tr("Edit"), glyph="pencil")
        edit.setObjectName("edit")
        edit.clicked.connect(self._edit)
        for one in (call, mail, edit):
            one.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return row((call, 1), (mail, 1), (edit, 1))

    def _contact_button(self, record: CustomerRecord, kind: PointKind, words: str) -> Button:
        made = Button(words, glyph=GLYPHS[kind])
        made.setObjectName(f"contact_{kind.value}")
        points = [one for one in record.draft.points if one.kind is kind]
        made.setEnabled(bool(points))
        if points:
            made.setToolTip(points[0].raw)
            made.clicked.connect(partial(self._reach, points[0]))
        elif kind is PointKind.PHONE:
            made.setToolTip(tr("No phone number is known."))
        else:
            made.setToolTip(tr("No e-mail address is known."))
        return made

    def _reach(self, point: PointDraft, _checked: object = None) -> None:
        reach(self._context, point)

    def _edit(self) -> None:
        if self._known:
            self.edit_asked.emit(self._known.record.id)

    def _facts(self, record: CustomerRecord) -> Sequence[Item]:
        draft, today = record.draft, self._context.services.clock.today()
        pills: list[QWidget] = [Pill(str(LABELS[draft.stage]), STAGES[draft.stage], "dot")]
        if draft.grade:
            grade = tr("Grade {grade}", grade=str(LABELS[draft.grade]))
            pills.append(Pill(grade, GRADES[draft.grade], "star"))
        pills.extend(Pill(tag, "plain", "tag") for tag in draft.tags)
        last = day_words(draft.last_contact, today)
        since = draft.since.isoformat() if draft.since else ""
        lines = (
            ("user", tr("Owner"), record.owner or tr("Nobody")),
            ("clock", tr("Last contact"), last or tr("Never")),
            ("calendar", tr("Customer since"), since),
            ("hash", tr("Code"), draft.code),
            ("receipt", tr("Tax id"), draft.tax_id),
            ("type", tr("Other names"), " · ".join(draft.other_names)),
        )
        links = (
            ("network", tr("Belongs to"), record.parent, draft.parent_id),
            ("handshake", tr("Referred by"), record.referred_by, draft.referred_by_id),
        )
        width = _names_width([name for _, name, words, *_ in (*lines, *links) if words])
        facts = [
            _fact(name, _name(glyph, name, width), words) for glyph, name, words in lines if words
        ]
        if draft.address:
            facts.append(_text("map-pin", tr("Address"), draft.address))
        facts.extend(
            self._link(name, _name(glyph, name, width), words, target)
            for glyph, name, words, target in links
            if words
        )
        return (FlowBox(*pills, name="pills"), col(*facts, gap=8))

    def _link(self, name: str, lead: QWidget, words: str, target: int | None) -> Item:
        link = Link(words, f"{name}: {words}")
        link.setObjectName("open_customer")
        link.clicked.connect(partial(self._open, target))
        return row(lead, (link, 100), STRETCH, gap=5)  # the link brings room for its ring

    def _open(self, target: int | None, _checked: object = None) -> None:
        if target is not None:
            self.open_asked.emit(target)

    def _people(self, record: CustomerRecord) -> Sequence[Item]:
        draft = record.draft
        own = [one for one in draft.points if one.contact is None]
        items: list[Item] = [self._point(one) for one in own]
        for place, person in enumerate(draft.contacts):
            title = _typed(Elided(person.title, "small", "muted")) if person.title else None
            words = pair(_typed(Elided(person.name, "strong")), title)
            items.append(row(Avatar(person.name, _AVATAR), (words, 1), gap=_LEAD - _AVATAR))
            items.extend(self._point(one) for one in draft.points if one.contact == place)
        return (Line(), col(*items, gap=6)) if items else ()

    def _point(self, point: PointDraft) -> Item:
        region = self._context.settings.region
        phone = point.kind is PointKind.PHONE
        words = phone_words(point.raw, region) if phone else point.raw
        name = str(LABELS[point.kind])
        return row(
            IconView(GLYPHS[point.kind], name=name),
            (Elided(words), 1),
            CopyButton(point.raw),
            gap=_LEAD - _ICON,
        )

    def _history(self, entries: Sequence[HistoryEntry]) -> Sequence[Item]:
        now = self._context.services.clock.now()
        shown = entries if self._whole_history else entries[:_LATEST]
        more = self._more() if len(entries) > len(shown) else None
        lines = [_change(one, moment_words(one.at, now)) for one in shown]
        return (row(Label(tr("Latest changes"), "title"), STRETCH, more), *lines)

    def _more(self) -> Button:
        made = Button(tr("All"), "accent", size="small")
        made.setObjectName("all_changes")
        made.clicked.connect(self._show_all)
        return made

    def _show_all(self) -> None:
        if self._known:
            self._whole_history = True
            self.show_known(self._known)


def _typed(words: Elided) -> Elided:
    """Marks what users typed: it is never a text of the program, even when it reads like one."""
    words.setProperty("typed", True)  # noqa: FBT003 - Qt's property
    return words


def _names_width(names: Sequence[str]) -> int:
    """Of the column of names, at zoom 1: as wide as they need, for the values need the room."""
    metrics = QFontMetrics(tokens().role_font("small"))
    widest = max(metrics.horizontalAdvance(name) for name in names)
    return min(_NAMES, ceil(widest / tokens().zoom) + 8)


def _name(glyph: str, name: str, width: int) -> QWidget:
    return hold(row(IconView(glyph, name=name), muted(name).wide(width), gap=_LEAD - _ICON))


def _fact(name: str, lead: QWidget, words: str) -> Item:
    value = Label(words).wrapped().selectable()
    value.setAccessibleName(f"{name}: {words}")
    # Chinese stands lower in its line than Latin: both are to stand on one line
    lower = round(ascent(name, "small") - ascent(words))
    value.setContentsMargins(0, max(0, lower), 0, 0)
    lead.setContentsMargins(0, max(0, -lower), 0, 0)
    return row(col(lead, STRETCH), (value, 1), gap=8)


def _text(glyph: str, name: str, words: str) -> Item:
    value = Label(words).wrapped().selectable()
    value.setAccessibleName(f"{name}: {words}")
    return row_top(IconView(glyph, name=name), (value, 1), gap=_LEAD - _ICON)


def _notes(record: CustomerRecord) -> Sequence[Item]:
    notes = record.draft.notes.strip()
    if not notes:
        return ()
    shown = f"{notes[:_NOTES].rstrip()}…" if len(notes) > _NOTES else notes
    return (Line(), _text("sticky-note", tr("Notes"), shown))


def _change(entry: HistoryEntry, when: str) -> Item:
    actor = tr("Shuke") if entry.actor == SYSTEM.name else entry.actor
    undone = tr("{actor} · taken back", actor=actor) if entry.undone else actor
    glyph = "undo-2" if entry.undoes_id is not None else "pencil"
    words = Elided(str(entry.title), "body", "muted" if entry.undone else "text")
    return row_top(
        IconView(glyph),
        (col(words, row((Elided(undone, "small", "muted"), 1), muted(when)), gap=0), 1),
        gap=_LEAD - _ICON,
    )
