import gc
import weakref

import pytest
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from app.ui import theme as look
from app.ui.theme import DARK, KINDS, LIGHT, SEMI, Tokens, contrast, ink_on, mix, theme, tokens

INKS = ["text", "muted", "accent_ink", *(f"{kind}_ink" for kind in KINDS)]
GROUNDS = ["bg", "side", "surface", "raised", "sunken", "hover", "sel"]
TEXT_PAIRS = [
    *((ink, ground) for ink in INKS for ground in GROUNDS),
    ("text", "press"),
    ("accent_ink", "accent_soft"),
    ("text", "accent_soft"),
    ("muted", "accent_soft"),
    *((f"{kind}_ink", f"{kind}_soft") for kind in KINDS),
    *((ink, f"{kind}_soft") for ink in ("text", "muted") for kind in KINDS),
    *(("on_accent", fill) for fill in ("accent", "accent_hover", "accent_press", "danger_fill")),
]
MARKS = ["icon", "focus", "series1", "series2", "series3", "series4"]
MARK_PAIRS = [(mark, "surface") for mark in [*MARKS, *(f"{kind}_solid" for kind in KINDS)]]


@pytest.fixture
def looks(qapp):
    theme().apply("light", zoom=1.0, motion=True)
    yield theme()
    theme().apply("light", zoom=1.0, motion=True)


def test_both_palettes_have_the_same_names():
    assert LIGHT.keys() == DARK.keys()


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXT_PAIRS, 4.5), (MARK_PAIRS, 3.0)])
def test_words_and_marks_stand_out_from_every_ground(palette, pairs, least):
    weak = {
        (ink, ground): round(contrast(palette[ink], palette[ground]), 2)
        for ink, ground in pairs
        if contrast(palette[ink], palette[ground]) < least
    }
    assert weak == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_avatars_risk_heads_and_heat_cells_are_readable(looks, scheme):
    looks.apply(scheme)
    tok = tokens()
    for letter in "ABCDEF":
        ground, ink = tok.avatar(letter)
        assert contrast(ink, ground) >= 4.5
    for kind in KINDS:
        assert contrast(tok.hex(f"{kind}_ink"), tok.risk_head(kind)) >= 4.5
    for step in range(21):
        ground = mix(tok.hex("heat_low"), tok.hex("heat_high"), step / 20)
        assert contrast(ink_on(ground), ground) >= 4.5


def test_contrast_agrees_with_the_published_extremes():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_zoom_scales_measures_and_fonts_and_stays_within_its_limits(looks):
    looks.apply(zoom=1.4)
    assert tokens().px(32) == 45
    assert tokens().font(20, SEMI).pixelSize() == 28
    looks.apply(zoom=9)
    assert tokens().zoom == 1.6


def test_no_hairline_vanishes_when_zoomed_out(looks):
    looks.apply(zoom=0.8)
    assert tokens().px(1) == 1
    assert tokens().px(0) == 0


def test_a_choice_of_scheme_keeps_zoom_and_motion(looks):
    looks.apply(zoom=1.2, motion=False)
    looks.apply("dark")
    assert (tokens().scheme, tokens().zoom, tokens().motion) == ("dark", 1.2, False)
    assert tokens().milliseconds(180) == 0


def test_the_bundled_fonts_are_the_ones_used(looks):
    assert QFontInfo(tokens().font(13)).family() == "Inter"
    assert QFontInfo(tokens().font(13, SEMI)).weight() == SEMI


def test_every_token_of_the_style_sheet_exists_and_measures_follow_the_zoom(looks):
    looks.apply(zoom=1.6)
    sheet = look.style_sheet(tokens())
    assert "@" not in sheet
    assert "min-height: 48px" in sheet
    assert "border: 1px solid" in sheet


def test_an_unknown_token_is_an_error(looks):
    with pytest.raises(KeyError):
        tokens().colour("mauve")


class Follower(QLabel):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[Tokens] = []
        look.follow(self.retheme)

    def retheme(self) -> None:
        self.seen.append(tokens())


def test_a_widget_follows_the_theme_and_is_not_kept_alive_by_it(looks):
    follower = Follower()
    looks.apply("dark")
    assert [tok.scheme for tok in follower.seen] == ["light", "dark"]
    gone = weakref.ref(follower)
    del follower
    gc.collect()
    assert gone() is None
    looks.apply("light")


def test_switching_the_theme_repaints_plain_qt_widgets_in_the_new_colours(looks, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    entry = QLineEdit("words")
    layout.addWidget(entry)
    window.show()
    looks.apply("dark")
    picture = window.grab().toImage()
    assert picture.pixelColor(1, 1).name().upper() == DARK["bg"]
    middle = entry.mapTo(window, entry.rect().center())
    assert picture.pixelColor(middle).name().upper() == DARK["surface"]
