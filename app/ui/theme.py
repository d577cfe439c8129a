"""The one token table, and the theme in use: colours, sizes, fonts and motion.

No colour is written anywhere else. Painted widgets ask `tokens()` while they paint; widgets
whose size depends on the zoom pass their `retheme` method to `follow()`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal, cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from app.ui import fonts
from app.ui.tokens import DARK, LIGHT

Scheme = Literal["light", "dark"]
Choice = Literal["light", "dark", "system"]
Kind = Literal["danger", "warn", "good", "info", "calm", "plain"]
TextRole = Literal[
    "page", "title", "strong", "medium", "body", "small", "small_strong", "caption", "figure"
]

KINDS: Final[tuple[Kind, ...]] = ("danger", "warn", "good", "info", "calm", "plain")
RADIUS_SMALL: Final = 6
RADIUS: Final = 8
RADIUS_CARD: Final = 12
CONTROL: Final = 32
CONTROL_SMALL: Final = 28
NAVIGATION: Final = 36
ROW: Final = 56
ROW_SIDE: Final = 52
ROW_DENSE: Final = 44
HEADER: Final = 32
SIDE_BAR: Final = 208
ZOOMS: Final = (0.8, 0.9, 1.0, 1.1, 1.2, 1.4, 1.6)
MOTION_SHORT: Final = 120
MOTION_LONG: Final = 180

REGULAR: Final = QFont.Weight.Normal
MEDIUM: Final = QFont.Weight.Medium
SEMI: Final = QFont.Weight.DemiBold

TYPE: Final[Mapping[TextRole, tuple[int, QFont.Weight]]] = MappingProxyType(
    {
        "page": (20, SEMI),
        "title": (15, SEMI),
        "strong": (13, SEMI),
        "medium": (13, MEDIUM),
        "body": (13, REGULAR),
        "small": (12, REGULAR),
        "small_strong": (12, SEMI),
        "caption": (11, MEDIUM),
        "figure": (24, SEMI),
    }
)

# Six quiet hues for avatars: the same customer is the same hue everywhere.
_AVATARS: Final = ("#3B5BDB", "#0E8F86", "#B5632A", "#6F55C9", "#A8456F", "#2C7A9B")

_QSS: Final = Path(__file__).resolve().parent.parent.parent / "resources" / "theme.qss"


# ---- colour arithmetic


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@cache
def mix(first: str, second: str, share: float) -> str:
    """`share` (0 to 1) of `second` in `first`, as #RRGGBB."""
    parts = zip(_rgb(first), _rgb(second), strict=True)
    return "#" + "".join(f"{round(a * (1 - share) + b * share):02X}" for a, b in parts)


def _luminance(colour: str) -> float:
    channels = [value / 255 for value in _rgb(colour)]
    red, green, blue = (
        value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def ink_on(ground: str) -> str:
    """Dark or white words, whichever reads better on a cell of the heat scale."""
    return max(("#05070A", "#FFFFFF"), key=lambda ink: contrast(ink, ground))


# ---- the tokens in use


@dataclass(frozen=True)
class Tokens:
    """One look: a palette at a zoom. Replaced as a whole when anything changes."""

    scheme: Scheme
    zoom: float
    motion: bool
    base: QFont
    _colours: dict[str, QColor] = field(default_factory=dict, repr=False, compare=False)
    _fonts: dict[tuple[int, QFont.Weight], QFont] = field(
        default_factory=dict, repr=False, compare=False
    )

    @property
    def palette(self) -> Mapping[str, str]:
        """Every colour by name, as #RRGGBB."""
        return DARK if self.scheme == "dark" else LIGHT

    def hex(self, token: str) -> str:
        """A colour by its name, as #RRGGBB; an unknown name is a KeyError."""
        return self.palette[token]

    def colour(self, token: str) -> QColor:
        """A colour by its name, or a literal #RRGGBB made with `mix`. Do not change the result."""
        found = self._colours.get(token)
        if found is None:
            found = QColor(token if token.startswith("#") else self.palette[token])
            self._colours[token] = found
        return found

    def px(self, pixels: float) -> int:
        """A measure at this zoom, in logical pixels; what is not nothing stays at least 1."""
        return max(1, round(pixels * self.zoom)) if pixels else 0

    def font(self, pixels: int = 13, weight: QFont.Weight = REGULAR) -> QFont:
        """The application font in a size of the type scale at this zoom. Do not change it."""
        found = self._fonts.get((pixels, weight))
        if found is None:
            found = QFont(self.base)
            found.setPixelSize(self.px(pixels))
            found.setWeight(weight)
            self._fonts[pixels, weight] = found
        return found

    def role_font(self, role: TextRole) -> QFont:
        """The font of a text role."""
        return self.font(*TYPE[role])

    def milliseconds(self, duration: int) -> int:
        """How long a movement lasts: nothing when motion is switched off."""
        return duration if self.motion else 0

    def avatar(self, name: str) -> tuple[str, str]:
        """Ground and ink of the avatar for `name`."""
        hue = _AVATARS[sum(map(ord, name)) % len(_AVATARS)]
        surface = self.palette["surface"]
        if self.scheme == "dark":
            return mix(surface, hue, 0.34), mix(hue, "#FFFFFF", 0.68)
        return mix(surface, hue, 0.13), mix(hue, "#000000", 0.18)

    def risk_head(self, kind: Kind) -> str:
        """The darker ground under the number of a risk pill."""
        return mix(self.palette[f"{kind}_soft"], self.palette[f"{kind}_solid"], 0.16)


class Theme(QObject):
    """The look of the whole program; it belongs to the QApplication."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._choice: Choice = "light"
        fonts.install()
        self._tokens = Tokens("light", 1.0, motion=True, base=fonts.base_font(13))
        app.styleHints().colorSchemeChanged.connect(self._system_changed)

    @property
    def tokens(self) -> Tokens:
        """The tokens in use."""
        return self._tokens

    @property
    def choice(self) -> Choice:
        """What was asked for: a scheme, or that of the system."""
        return self._choice

    def apply(
        self,
        scheme: Choice | None = None,
        *,
        zoom: float | None = None,
        motion: bool | None = None,
    ) -> None:
        """Show everything in this look from now on; what is None stays as it is.

        Also called after a change of language, because the Chinese face depends on it.
        """
        now = self._tokens
        self._choice = scheme or self._choice
        size = min(max(zoom or now.zoom, ZOOMS[0]), ZOOMS[-1])
        self._tokens = Tokens(
            self._wanted(),
            size,
            motion=now.motion if motion is None else motion,
            base=fonts.base_font(max(1, round(13 * size))),
        )
        self._show()

    def _wanted(self) -> Scheme:
        if self._choice != "system":
            return self._choice
        dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return "dark" if dark else "light"

    def _system_changed(self) -> None:
        if self._choice == "system" and self._wanted() != self._tokens.scheme:
            self.apply()

    def _show(self) -> None:
        app, tok = self._app, self._tokens
        if app.style().name().lower() != "fusion":
            app.setStyle("Fusion")
        app.setFont(tok.base)
        app.setPalette(_palette(tok))
        app.setStyleSheet(style_sheet(tok))
        self.changed.emit()


def theme() -> Theme:
    """The theme of the running application; made on first use."""
    app = QApplication.instance()
    if app is None:
        raise RuntimeError("the look needs a QApplication")
    found = app.property("theme")
    if found is None:
        found = Theme(cast("QApplication", app))
        app.setProperty("theme", found)
        found.apply()
    return cast("Theme", found)


def tokens() -> Tokens:
    """The tokens in use."""
    return theme().tokens


def follow(retheme: Callable[[], None]) -> None:
    """Call a widget's method now and whenever the look changes, as long as the widget lives.

    Pass a bound method, never a lambda: a lambda would keep the widget alive.
    """
    theme().changed.connect(retheme)
    retheme()


# ---- what Qt itself draws


_ROLES: Final = (
    (QPalette.ColorRole.Window, "bg"),
    (QPalette.ColorRole.Base, "surface"),
    (QPalette.ColorRole.AlternateBase, "sunken"),
    (QPalette.ColorRole.Text, "text"),
    (QPalette.ColorRole.WindowText, "text"),
    (QPalette.ColorRole.Button, "surface"),
    (QPalette.ColorRole.ButtonText, "text"),
    (QPalette.ColorRole.BrightText, "on_accent"),
    (QPalette.ColorRole.Highlight, "accent"),
    (QPalette.ColorRole.HighlightedText, "on_accent"),
    (QPalette.ColorRole.PlaceholderText, "muted"),
    (QPalette.ColorRole.ToolTipBase, "raised"),
    (QPalette.ColorRole.ToolTipText, "text"),
    (QPalette.ColorRole.Link, "accent_ink"),
    (QPalette.ColorRole.LinkVisited, "accent_ink"),
    (QPalette.ColorRole.Light, "raised"),
    (QPalette.ColorRole.Midlight, "border"),
    (QPalette.ColorRole.Mid, "border_strong"),
    (QPalette.ColorRole.Dark, "border_strong"),
    (QPalette.ColorRole.Shadow, "scrim"),
    (QPalette.ColorRole.Accent, "accent"),
)
_WORDS: Final = (
    QPalette.ColorRole.Text,
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.ButtonText,
)


def _palette(tok: Tokens) -> QPalette:
    made = QPalette()
    for role, token in _ROLES:
        made.setColor(role, tok.colour(token))
    for role in _WORDS:
        made.setColor(QPalette.ColorGroup.Disabled, role, tok.colour("disabled"))
    return made


def style_sheet(tok: Tokens) -> str:
    """resources/theme.qss with the colours put in and every measure over 2px at the zoom."""

    def colour(found: re.Match[str]) -> str:
        return tok.hex(found[1])

    def measure(found: re.Match[str]) -> str:
        pixels = int(found[1])
        return f"{tok.px(pixels) if pixels > 2 else pixels}px"

    template = re.sub(r"/\*.*?\*/", "", _QSS.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"(\d+)px", measure, re.sub(r"@(\w+)", colour, template))
