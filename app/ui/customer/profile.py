"""Everything else that is known, editable in place."""

from collections.abc import Hashable, Iterator, Sequence
from functools import partial
from math import ceil
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QLayout, QWidget
from typing_extensions import override

from app.i18n import ntr, tr
from app.services.customer_page import CustomerPage
from app.ui.context import Context
from app.ui.customer.card import Card
from app.ui.customer.looked_at import paint_grounds
from app.ui.customer.profile_line import ProfileLine
from app.ui.customer.profile_links import ProfileLinks
from app.ui.customer.profile_subjects import FIELDS, AddedSubject, OwnSubject, Subject
from app.ui.theme import tokens
from app.ui.widgets.button import Button
from app.ui.widgets.layout import STRETCH, Box, col, hold, row
from app.ui.widgets.menu import Menu
from app.ui.widgets.text import caption

_NAMES: Final = 104  # the column of names is never wider
_ABOVE: Final = 3  # how far the ground of a line reaches over and under its words


class ProfileCard(Card):
    """Lines of name and value; what is empty is folded away. One line is changed at a time."""

    def __init__(self, context: Context) -> None:
        self._lines: dict[str, ProfileLine] = {}
        self._headings: dict[str, QWidget] = {}
        self._arranged: Hashable = None
        self._unfolded = False
        self._fold = Button("", "accent", glyph="chevron-right", size="small")
        self._fold.setObjectName("empty_fields")
        self._fold.clicked.connect(self._turn)
        self.links = ProfileLinks(context)
        super().__init__(context, "profile", tr("Details"))
        self.menu = Menu(self, tr("Field"))

    @override
    def body(self) -> QWidget | QLayout:
        self._box: Box = col(gap=5)
        return col(self._box, row(self._fold, STRETCH), self.links, gap=8)

    # ---- what is shown

    @override
    def fill(self, page: CustomerPage) -> None:
        self._arrange(page)
        for line in self._lines.values():
            line.show_page(page)
        self._set_widths(page)
        self.links.show_page(page)
        self._show_fold()

    def _arrange(self, page: CustomerPage) -> None:
        """Make the lines; again only when managers changed the fields."""
        fields = tuple(one.field for one in page.custom)
        if fields == self._arranged:
            return
        self._arranged = fields
        before, self._lines = self._lines, {}
        self._clear_box()
        for key in FIELDS:
            self._put(before.get(key) or self._line(OwnSubject(key)))
        for heading, subjects in _grouped([AddedSubject(one) for one in fields]).items():
            self._put_heading(heading)
            for subject in subjects:
                self._put(self._kept(before.get(subject.key), subject))
        for key, line in before.items():
            if key not in self._lines:
                self._let_go(line)

    def _clear_box(self) -> None:
        # not by takeAt: an item that Python still holds keeps the sizes of a line that goes on
        for widget in (*self._lines_in_box(), *self._headings.values()):
            self._box.removeWidget(widget)
        for words in self._headings.values():
            words.hide()
            words.deleteLater()
        self._headings = {}

    def _lines_in_box(self) -> list[ProfileLine]:
        items = [self._box.itemAt(place) for place in range(self._box.count())]
        widgets = [item.widget() for item in items if item is not None]
        return [one for one in widgets if isinstance(one, ProfileLine)]

    def _put_heading(self, heading: str) -> None:
        if heading:
            words = caption(heading)
            words.setProperty("typed", True)  # noqa: FBT003 - Qt's property: the user's own text
            self._headings[heading] = hold(col(6, words, gap=0))
            self._box.put(self._headings[heading])

    def _put(self, line: ProfileLine) -> None:
        self._lines[line.subject.key] = line
        self._box.put(line)

    def _kept(self, line: ProfileLine | None, subject: AddedSubject) -> ProfileLine:
        """The line that is there, also where its field was renamed while somebody types in it."""
        if line is None:
            return self._line(subject)
        line.subject = subject
        return line

    def _let_go(self, line: ProfileLine) -> None:
        """A field that was deleted; what is typed in it stays to be read."""
        if line.unsaved():
            self._put(line)
        else:
            line.hide()
            line.deleteLater()

    def _line(self, subject: Subject) -> ProfileLine:
        made = ProfileLine(self.context, subject)
        made.began.connect(self._began)
        made.stepped.connect(self._stepped)
        made.edit_next.connect(self._edit_next)
        made.menu_asked.connect(self.open_menu)
        made.looked_at.connect(self.update)
        return made

    def _set_widths(self, page: CustomerPage) -> None:
        """The names stand in a column as wide as they need, for the values need the room."""
        metrics = QFontMetrics(tokens().role_font("small"))
        titles = [str(line.subject.title(page)) for line in self._lines.values()]
        widest = max(metrics.horizontalAdvance(title) for title in titles)
        width = min(_NAMES, ceil(widest / tokens().zoom) + 4)
        for line in self._lines.values():
            line.set_name_width(width)

    def _show_fold(self) -> None:
        empty = [line for line in self._lines.values() if line.is_empty()]
        for line in self._lines.values():
            opened = line.editing is not None
            line.setVisible(self._unfolded or opened or not line.is_empty())
        for heading, caption_line in self._headings.items():
            caption_line.setVisible(any(self._under(heading)))
        count = len(empty)
        self._fold.set_words(ntr("{count} empty field", "{count} empty fields", count))
        self._fold.setAccessibleDescription(
            tr("Shown; press to fold away") if self._unfolded else tr("Folded away; press to show")
        )
        self._fold.set_glyph("chevron-down" if self._unfolded else "chevron-right")
        self._fold.setVisible(count > 0)

    def _under(self, heading: str) -> Iterator[bool]:
        for line in self._lines.values():
            if isinstance(line.subject, AddedSubject) and line.subject.field.heading == heading:
                yield not line.isHidden()

    def _turn(self) -> None:
        self._unfolded = not self._unfolded
        self._show_fold()

    @override
    def unsaved(self) -> frozenset[int]:
        return frozenset().union(*(one.unsaved() for one in self._lines.values()))

    # ---- lines

    def line(self, key: str) -> ProfileLine:
        """The line of a field: a name of CustomerDraft, or field_ and the id of an added one."""
        return self._lines[key]

    def start(self) -> None:
        """Put the keyboard on the first line."""
        for line in self._shown()[:1]:
            line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _shown(self) -> list[ProfileLine]:
        return [one for one in self._lines.values() if not one.isHidden()]

    def _began(self, line: ProfileLine) -> None:
        """One at a time: what another line holds is saved."""
        for other in self._lines.values():
            if other is not line:
                other.submit()

    def _beside(self, line: ProfileLine, step: int) -> ProfileLine | None:
        shown = self._shown()
        place = shown.index(line) + step
        return shown[place] if 0 <= place < len(shown) else None

    def _stepped(self, line: ProfileLine, step: int) -> None:
        beside = self._beside(line, step)
        if beside is not None:
            beside.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edit_next(self, line: ProfileLine, step: int) -> None:
        beside = self._beside(line, step)
        if beside is not None:
            beside.edit()
        else:
            line.leave_keys()

    # ---- menu

    def open_menu(self, line: ProfileLine, at: QPoint) -> None:
        """What can be done with a line."""
        self.menu.empty()
        self.menu.put(tr("Edit"), line.edit, glyph="pencil", key="F2")
        if not line.is_empty():
            self.menu.put(tr("Copy"), line.copy, glyph="copy", key="Ctrl+C")
        self.menu.put(tr("Earlier values"), partial(self.show_history, line), glyph="history")
        self.menu.popup(at)

    def show_history(self, line: ProfileLine) -> None:
        """What the field held before, and who changed it."""
        if self.page is None:
            return
        # loaded when it is asked for: the page opens sooner
        from app.ui.customer.field_history import FieldHistory
        from app.ui.customer.remembered import RememberedField

        FieldHistory(self, self.context, self.page, RememberedField(line.subject)).open()

    # ---- what Qt asks

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_grounds(self, (one for one in self._shown() if one.editing is None), _ABOVE)


def _grouped(subjects: Sequence[AddedSubject]) -> dict[str, list[AddedSubject]]:
    """By heading, the headings in the order in which they first come; those without one first."""
    found: dict[str, list[AddedSubject]] = {"": []}
    for one in subjects:
        found.setdefault(one.field.heading, []).append(one)
    return found
