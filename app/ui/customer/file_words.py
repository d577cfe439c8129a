"""What kind of file something is, as far as its name tells: icon, picture, program."""

from datetime import date
from pathlib import PurePath
from typing import Final

PICTURES: Final = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp"})
"""Shown here, without another program."""
PROGRAMS: Final = frozenset(
    {
        ".app", ".apk", ".appimage", ".bat", ".bin", ".cmd", ".com", ".command", ".cpl", ".desktop",
        ".dll", ".exe", ".hta", ".jar", ".js", ".jse", ".lnk", ".msc", ".msi", ".msp", ".pif",
        ".ps1", ".py", ".pyw", ".reg", ".run", ".scr", ".sh", ".url", ".vb", ".vbe", ".vbs",
        ".ws", ".wsf", ".wsh",
    }
)  # fmt: skip
"""What would be run instead of shown when it is opened."""
_SHEETS: Final = frozenset({".xlsx", ".xls", ".csv", ".ods", ".et", ".tsv"})
_TEXTS: Final = frozenset(
    {".pdf", ".doc", ".docx", ".odt", ".txt", ".md", ".rtf", ".ppt", ".pptx", ".wps", ".html"}
)
_PACKED: Final = frozenset({".zip", ".rar", ".7z", ".gz", ".tar"})
_SOUNDS: Final = frozenset({".mp3", ".m4a", ".amr", ".wav", ".ogg", ".aac"})
_FILMS: Final = frozenset({".mp4", ".mov", ".avi", ".mkv", ".webm"})
_GLYPHS: Final = (
    (PICTURES | {".svg", ".heic", ".tif", ".tiff"}, "image"),
    (_SHEETS, "file-spreadsheet"),
    (_TEXTS, "file-text"),
    (_PACKED, "archive"),
    (_SOUNDS, "volume-2"),
    (_FILMS, "play"),
    (frozenset({".eml", ".msg"}), "mail"),
    (PROGRAMS, "file-warning"),
)


def ending(name: str) -> str:
    """The ending of a name with its dot, in small letters."""
    return PurePath(name).suffix.lower()


def glyph_of(name: str) -> str:
    """The icon for a file of this name."""
    wanted = ending(name)
    return next((glyph for endings, glyph in _GLYPHS if wanted in endings), "file")


def is_picture(name: str) -> bool:
    """Whether it can be shown here."""
    return ending(name) in PICTURES


def is_program(name: str) -> bool:
    """Whether opening it would run it."""
    return ending(name) in PROGRAMS


def short_day(day: date, today: date) -> str:
    """Month and day of this year, else the year as well."""
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"


def size_words(size: int) -> str:
    """Bytes as people say them: 12 KB, 3.4 MB."""
    if size < 1000:
        return f"{size} B"
    if size < 1_000_000:
        return f"{size / 1000:.0f} KB"
    return f"{size / 1_000_000:.1f} MB"
