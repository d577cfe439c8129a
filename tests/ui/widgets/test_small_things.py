import gc
import weakref

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.i18n import Message
from app.ui.tasks import Tasks
from app.ui.theme import theme, tokens
from app.ui.widgets.avatar import face_of, initials
from app.ui.widgets.button import Button
from app.ui.widgets.layout import STRETCH, col, fix, hold, pair, row
from app.ui.widgets.meter import Meter, Ring, Spark
from app.ui.widgets.pill import Badge, Pill
from app.ui.widgets.progress import ProgressRow
from app.ui.widgets.steps import Steps
from app.ui.widgets.surface import Surface
from app.ui.widgets.text import Elided, Label
from app.ui.widgets.tile import Tile


@pytest.fixture(autouse=True)
def light(qapp):
    theme().apply("light", zoom=1.0)
    yield
    theme().apply("light", zoom=1.0)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("陈雅琳", "陈"),
        ("Grace Miller", "GM"),
        ("  anna  ", "A"),
        ("Jones & Co", "JC"),
        ("", "?"),
        ("😀 shop", "😀"),
        ("#1", "#"),
    ],
)
def test_initials_of_names_of_all_kinds(name, letters):
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("score", "glyph"), [(1, "angry"), (2.49, "frown"), (2.5, "meh"), (9, "laugh")]
)
def test_a_score_has_the_nearest_face(score, glyph):
    assert face_of(score)[0] == glyph


def test_spaces_and_margins_follow_the_zoom(qtbot):
    first, second, third = (fix(QWidget(), width=10, height=10) for _ in range(3))
    held = hold(row(first, second, 20, third, gap=8, margins=16))
    qtbot.addWidget(held)
    held.show()
    held.layout().activate()
    assert held.sizeHint().width() == 16 + 10 + 8 + 10 + 20 + 10 + 16
    theme().apply(zoom=1.5)
    held.layout().activate()
    assert held.sizeHint().width() == 24 + 15 + 12 + 15 + 30 + 15 + 24


def test_a_hidden_item_leaves_no_gap(qtbot):
    first, second, third = (fix(QWidget(), width=10, height=10) for _ in range(3))
    held = hold(row(first, second, third, gap=8))
    qtbot.addWidget(held)
    held.show()
    second.hide()
    assert held.layout().sizeHint().width() == 28


def test_two_lines_of_a_pair_stay_together(qtbot):
    over, under = Label("Over"), Label("Under")
    held = hold(pair(over, under))
    qtbot.addWidget(held)
    held.resize(100, 200)
    held.show()
    assert under.y() - over.geometry().bottom() <= 1
    assert abs(over.y() - (200 - under.geometry().bottom())) <= 2


def test_a_label_shows_markup_as_it_was_typed():
    label = Label("<b>bold</b>")
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.sizeHint().width() > Label("bold").sizeHint().width()


def test_an_elided_line_offers_the_whole_only_when_it_is_cut(qtbot):
    line = Elided("A rather long line of words")
    qtbot.addWidget(line)
    line.resize(400, 20)
    line.show()
    assert line.toolTip() == ""
    line.resize(60, 20)
    assert line.toolTip() == "A rather long line of words"


def test_figures_keep_their_width(qtbot):
    font = tokens().font(13)
    from PySide6.QtGui import QFontMetricsF

    metrics = QFontMetricsF(font)
    assert metrics.horizontalAdvance("1111") == pytest.approx(metrics.horizontalAdvance("8888"))


def test_painted_marks_are_named_for_screen_readers():
    assert Pill("Late", "danger").accessibleName() == "Late"
    assert Badge(3).accessibleName() == "3"
    assert Ring(0.5, "50", "Half of it").accessibleName() == "Half of it"
    assert Steps(["One", "Two"], 1).accessibleName() == "Step 2 of 2: Two"
    assert Steps(["One", "Two"], 2).accessibleName() == "All steps are done"
    tile = Tile("Retention", "78.4%", "95% interval 76.9 to 79.8")
    assert tile.accessibleName() == "Retention: 78.4% 95% interval 76.9 to 79.8"


def test_meters_and_sparks_paint_with_nothing_to_show(qtbot):
    page = Surface("card")
    page.setLayout(col(Meter("None", ()), Spark("None", (), low=0, high=1), STRETCH))
    qtbot.addWidget(page)
    page.show()
    assert not page.grab().isNull()


def test_a_progress_row_counts_and_stops(qtbot):
    tasks, release = Tasks(), []

    def work(progress):
        while not release:
            progress.check()

    task = tasks.run_long(tasks, work, print, print, title=Message("Importing"))
    shown = ProgressRow(task)
    qtbot.addWidget(shown)
    shown.show()
    task.progress.done, task.progress.total = 3400, 10_000
    shown.refresh()
    assert shown._count.text() == "3,400 of 10,000"
    qtbot.mouseClick(shown.stop, Qt.MouseButton.LeftButton)
    assert not shown.stop.isEnabled()
    qtbot.waitUntil(tasks.idle)
    tasks.shut_down()


@pytest.mark.parametrize(
    "make",
    [lambda: Button("x"), lambda: Label("x"), lambda: Pill("x"), lambda: hold(row(Label("x")))],
)
def test_widgets_are_freed_when_nobody_holds_them(make, qapp):
    gone = weakref.ref(make())
    gc.collect()
    assert gone() is None
