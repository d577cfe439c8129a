import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

from app.ui import icons
from app.ui.theme import theme, tokens
from app.ui.widgets import message_strip
from app.ui.widgets.avatar import FACES

ROOT = Path(__file__).resolve().parents[2]
KNOWN = {file.stem for file in icons.FOLDER.glob("*.svg")}
# Every place where a literal names an icon: paint(painter, at, "x"), pixmap("x"), icon("x"),
# glyph="x", trail="x", icon="x", mark="x".
CALLS = re.compile(
    r"""(?:icons\.pixmap|icons\.icon|\bpixmap|IconView|Disc|EmptyState|set_icon|set_glyph)"""
    r"""\(\s*"([a-z0-9-]+)"|"""
    r"""icons\.paint\(\s*\w+,\s*(?:\w+|[\w.]+\((?:[^()]|\([^()]*\))*\)),\s*"([a-z0-9-]+)"|"""
    r"""\b(?:glyph|trail)\s*=\s*"([a-z0-9-]+)\""""
)


def names_in(text: str) -> set[str]:
    return {name for found in CALLS.findall(text) for name in found if name}


def test_every_icon_named_in_the_program_is_there():
    missing = {
        f"{file.relative_to(ROOT)}: {name}"
        for file in (ROOT / "app" / "ui").rglob("*.py")
        for name in names_in(file.read_text(encoding="utf-8")) - KNOWN
    }
    assert missing == set()


def test_icons_chosen_from_tables_are_there():
    tabled = {glyph for glyph, _ in FACES.values()} | set(message_strip._GLYPHS.values())
    assert tabled <= KNOWN


def test_the_search_for_icon_names_finds_each_way_of_naming_one():
    text = (
        'Button(glyph="plus", trail="x")\nDisc("phone")\n'
        'icons.paint(p, QPointF(1, f(2)), "sun", "icon")\nicons.paint(p, at, arrow, "muted")'
    )
    assert names_in(text) == {"plus", "x", "phone", "sun"}


def test_a_missing_icon_is_an_error(qapp):
    with pytest.raises(icons.MissingIcon, match="no-such-icon"):
        icons.pixmap("no-such-icon")


def test_an_icon_is_drawn_in_the_colour_of_its_token(qapp):
    theme().apply("light")
    picture = icons.pixmap("square", "danger_solid", 24, stroke=6).toImage()
    colours = {
        picture.pixelColor(x, y).name()
        for x in range(24)
        for y in range(24)
        if picture.pixelColor(x, y).alpha() == 255
    }
    assert colours == {QColor(tokens().hex("danger_solid")).name()}


def test_an_icon_has_the_pixels_of_the_device(qapp):
    picture = icons.pixmap("sun", size=16, ratio=2.0)
    assert picture.width() == 32
    assert picture.deviceIndependentSize().width() == 16


def test_icons_bring_their_licence():
    assert "ISC License" in (icons.FOLDER / "LICENSE").read_text(encoding="utf-8")
