"""The ways to begin, in words and icons."""

from typing import Literal

from app.i18n import tr

Choice = Literal["empty", "sample", "file", "team"]


def offered(*, sample: bool, can_import: bool) -> list[Choice]:
    """The ways there are."""
    known: list[tuple[Choice, bool]] = [
        ("empty", True),
        ("sample", sample),
        ("file", can_import),
        ("team", True),
    ]
    return [choice for choice, there in known if there]


def words_of(choice: Choice) -> tuple[str, str, str]:
    """Icon, title and what it means."""
    return {
        "empty": (
            "file-plus",
            tr("Empty workspace"),
            tr("Begin with nothing and add customers as they come."),
        ),
        "sample": (
            "sparkles",
            tr("Sample workspace"),
            tr("Look around among invented customers. They can be removed in one step."),
        ),
        "file": (
            "file-spreadsheet",
            tr("Import a file"),
            tr("Bring the customers you have from a workbook or a CSV file."),
        ),
        "team": (
            "users",
            tr("Join a team"),
            tr("Work together on a PostgreSQL server that somebody has set up."),
        ),
    }[choice]


def do_words(choice: Choice) -> str:
    """Words on the button."""
    return {
        "empty": tr("Create workspace"),
        "sample": tr("Create sample"),
        "file": tr("Create and import"),
        "team": tr("Join"),
    }[choice]
