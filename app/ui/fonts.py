"""The fonts: Inter, the system's Chinese face, and a bundled one when there is none."""

from pathlib import Path
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

from app import i18n

FOLDER: Final = Path(__file__).resolve().parent.parent.parent / "resources" / "fonts"
LATIN: Final = "Inter"
BUNDLED_CHINESE: Final = "WenQuanYi Micro Hei"
BUNDLED_CHINESE_FILE: Final = FOLDER / "wqy-microhei.ttc"
FILES: Final = (
    FOLDER / "Inter-Regular.otf",
    FOLDER / "Inter-Medium.otf",
    FOLDER / "Inter-SemiBold.otf",
    BUNDLED_CHINESE_FILE,
)

# The first one that the system has is taken. The same code point is drawn differently in
# mainland China and in Taiwan, so the order depends on the language.
_SIMPLIFIED: Final = ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei UI")
_TRADITIONAL: Final = (
    "Noto Sans CJK TC",
    "Source Han Sans TC",
    "PingFang TC",
    "Microsoft JhengHei UI",
)
_HINTS: Final = {"zh_TW": QFont.StyleHint.SansSerif}


class MissingFont(RuntimeError):
    """A font file of the program is absent or damaged: the installation is broken."""


def install() -> None:
    """Make the bundled fonts known to Qt; needs the QApplication."""
    for file in FILES:
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise MissingFont(file.name)


def families(language: str) -> list[str]:
    """Font families in the order in which glyphs are looked for in `language`."""
    preferred = _TRADITIONAL if language == "zh_TW" else _SIMPLIFIED
    known = set(QFontDatabase.families())
    return [LATIN, *(name for name in preferred if name in known), BUNDLED_CHINESE]


def base_font(pixels: int) -> QFont:
    """The application font in the language in use: figures of one width, outlines unhinted."""
    made = QFont()
    language = i18n.language()
    made.setFamilies(families(language))
    # Qt keeps a loaded face with its fallbacks under the first family alone. The hint keeps those
    # of Taiwan apart from those of the mainland: else the first language shown would win.
    made.setStyleHint(_HINTS.get(language, QFont.StyleHint.AnyStyle))
    made.setPixelSize(pixels)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setFeature(QFont.Tag("tnum"), 1)
    # what is typed is what is seen: Inter would draw the x of 8x8 as ×, and -> as →
    made.setFeature(QFont.Tag("calt"), 0)
    return made
