import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QWidget

from app.ui.gallery import gallery
from app.ui.theme import theme, tokens
from app.ui.widgets.pill import Painted
from app.ui.widgets.segmented import SegmentedControl

CUTTABLE = (QLabel, QAbstractButton, Painted, SegmentedControl)


@pytest.fixture
def page(qtbot):
    theme().apply("light", zoom=1.0, motion=False)
    made = gallery()
    qtbot.addWidget(made)
    made.show()
    yield made
    theme().apply("light", zoom=1.0, motion=True)


def shown(page) -> list[QWidget]:
    return [one for one in page.findChildren(QWidget) if one.isVisible()]


def cut(page) -> list[str]:
    """Widgets with less room than their words need."""
    found = []
    for one in shown(page):
        if isinstance(one, QLabel) and one.wordWrap():
            if one.heightForWidth(one.width()) > one.height():
                found.append(one.text())
        elif isinstance(one, CUTTABLE) and one.sizeHint().width() > one.width() + 1:
            found.append(one.accessibleName() or repr(one))
    return found


def overlapping(page) -> list[str]:
    found = []
    for parent in [page, *shown(page)]:
        if isinstance(parent, QAbstractScrollArea) or parent.layout() is None:
            continue
        items = [one for one in parent.children() if isinstance(one, QWidget) and one.isVisible()]
        for place, one in enumerate(items):
            for other in items[place + 1 :]:
                common = one.geometry().intersected(other.geometry())
                if common.width() > 1 and common.height() > 1:
                    found.append(f"{one!r} and {other!r}")
            if not parent.rect().adjusted(-1, -1, 1, 1).contains(one.geometry()):
                found.append(f"{one!r} leaves {parent!r}")
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("zoom", [0.8, 1.0, 1.6])
def test_nothing_is_cut_or_overlaps_in_any_theme_and_zoom(page, scheme, zoom):
    theme().apply(scheme, zoom=zoom)
    page.resize(round(1240 * zoom), round(940 * zoom))
    page.layout().activate()
    assert cut(page) == []
    assert overlapping(page) == []
    ground = page.grab().toImage().pixelColor(2, 2).name().upper()
    assert ground == tokens().hex("bg")


def test_no_widget_has_a_style_sheet_of_its_own(page):
    assert [one for one in shown(page) if one.styleSheet()] == []


def test_everything_that_takes_the_focus_has_a_name(page):
    nameless = [
        one
        for one in shown(page)
        if one.focusPolicy() != Qt.FocusPolicy.NoFocus and not one.accessibleName()
    ]
    assert nameless == []


def test_tab_reaches_every_control_and_comes_back(page, qtbot):
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    wanted = {
        one
        for one in shown(page)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isEnabled()
    }
    seen = set()
    for _ in range(len(wanted) + 5):
        page.focusNextChild()
        seen.add(page.focusWidget())
    # of circles that belong together, Tab stops at the chosen one
    assert {type(one).__name__ for one in wanted - seen} <= {"Radio"}
