"""Saved views: save what the list shows, rename, share, delete."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.lists import ListQuery
from app.i18n import Message, tr
from app.services.views import View
from app.ui.context import Context
from app.ui.widgets.check import CheckBox
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.field import Field, LineEdit
from app.ui.widgets.menu import Menu
from app.ui.widgets.text import muted

AREA = "customers"


@dataclass(frozen=True)
class Shown:
    """What the list shows at the moment, and the view that was opened last."""

    query: ListQuery
    columns: tuple[str, ...]
    view: View | None

    def differs(self) -> bool:
        """Whether it is not as the view has it."""
        if self.view is None:
            return False
        kept, query = self.view.query, self.query
        columns = self.view.columns
        return (kept.filter, kept.sort) != (query.filter, query.sort) or bool(
            columns and columns != self.columns
        )


class ViewDialog(Dialog):
    """Asks for the name of a view, and for whom it is."""

    named = Signal(str, bool)  # name, shared

    def __init__(self, parent: QWidget, title: str, view: View | None, *, may_share: bool) -> None:
        super().__init__(parent, title, "view_dialog", do=tr("Save"))
        self.edit = LineEdit(tr("Name of the view"), placeholder=tr("Due this week"))
        self.edit.setObjectName("view_name")
        self.edit.setMaxLength(80)
        self._field = Field(tr("Name of the view"), self.edit)
        self.shared = CheckBox(tr("Everybody sees it"))
        self.shared.setObjectName("view_shared")
        self.shared.setEnabled(may_share)
        if not may_share:
            self.shared.setToolTip(tr("Only a manager may share a view with everybody."))
        if view is not None:
            self.edit.setText(view.name)
            self.shared.setChecked(view.shared)
        self.put(
            self._field,
            self.shared,
            muted(tr("The view keeps filter, order and columns. It stands in the side bar.")),
        )
        self.edit.setFocus()
        self.edit.selectAll()

    @override
    def submit(self) -> None:
        if not self.edit.text().strip():
            self._field.set_wrong(tr("Give the view a name."))
            self.edit.setFocus()
            return
        self.named.emit(self.edit.text(), self.shared.isChecked())
        self.accept()


class Views(QObject):
    """Writes views in the background and says what was done."""

    saved = Signal(object)  # View, as it is now
    gone = Signal(int)

    def __init__(self, context: Context, screen: QWidget, shown: Callable[[], Shown]) -> None:
        super().__init__(screen)
        self._context, self._screen, self._shown = context, screen, shown
        self._menu = Menu(screen, tr("Saved view"))

    def open_menu(self, button: QWidget) -> None:
        """What can be done with the open view."""
        shown = self._shown()
        if shown.view is None:
            return
        self._menu.empty()
        keep = self._menu.put(tr("Save changes"), self.keep_changes, glyph="save")
        keep.setEnabled(shown.differs())
        self._menu.put(tr("Rename or share…"), self.rename, glyph="pencil")
        self._menu.put(tr("Save as another view…"), self.save_as, glyph="star")
        self._menu.addSeparator()
        self._menu.put(tr("Delete view"), self.delete, glyph="trash-2", tone="danger_ink")
        self._menu.open_under(button)

    def save_as(self) -> None:
        """Keep what is shown under a new name."""
        may = self._context.actor.sees_all
        dialog = ViewDialog(self._screen, tr("Save as view"), None, may_share=may)
        dialog.named.connect(self._add)
        dialog.open()

    def rename(self) -> None:
        """Another name, or other people."""
        view = self._shown().view
        if view is None:
            return
        may = self._context.actor.sees_all
        dialog = ViewDialog(self._screen, tr("Rename view"), view, may_share=may)
        dialog.named.connect(self._rename)
        dialog.open()

    def keep_changes(self) -> None:
        """The open view becomes what is shown."""
        shown = self._shown()
        if shown.view is not None:
            self._write(shown.view.name, shown.query, shown.columns, shown.view)

    def delete(self) -> None:
        """Take the open view out of the side bar; the customers stay as they are."""
        view = self._shown().view
        if view is None:
            return
        views, history, actor = self._context.services.views, self._history, self._context.actor
        view_id = view.id

        def work() -> int | None:
            views.delete(actor, view_id)
            return history()

        def done(change_set: int | None) -> None:
            self.gone.emit(view_id)
            self._context.show_message(Message("The view was deleted."), change_set)

        self._context.tasks.run(self, work, done, lane="write")

    def _history(self) -> int | None:
        last = self._context.services.history.last(self._context.actor)
        return last.id if last else None

    def _add(self, name: str, shared: bool) -> None:  # noqa: FBT001 - a signal's
        shown = self._shown()
        view = View(0, name, shown.query, shown.columns, shared)
        self._write(name, shown.query, shown.columns, view, new=True)

    def _rename(self, name: str, shared: bool) -> None:  # noqa: FBT001 - a signal's
        view = self._shown().view
        if view is not None:
            changed = View(view.id, name, view.query, view.columns, shared)
            self._write(name, view.query, view.columns, changed)

    def _write(
        self,
        name: str,
        query: ListQuery,
        columns: tuple[str, ...],
        view: View,
        *,
        new: bool = False,
    ) -> None:
        views, actor = self._context.services.views, self._context.actor
        plain = ListQuery(query.filter, query.sort)

        def work() -> View:
            made = views.save(
                actor,
                name,
                plain,
                columns,
                shared=view.shared,
                view_id=None if new else view.id,
                area=AREA,
            )
            return View(made, " ".join(name.split()), plain, columns, view.shared)

        def done(saved: View) -> None:
            self.saved.emit(saved)
            words = Message("The view “{name}” is saved.", params={"name": saved.name})
            self._context.show_message(words, None)

        self._context.tasks.run(self, work, done, lane="write")
