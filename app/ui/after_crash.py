"""What is said when the program ended suddenly the last time."""

from app.i18n import Message
from app.ui.theme import Kind


def after_crash(findings: int) -> tuple[Message, Kind]:
    """The words, and how grave they are, after a check that found so many problems."""
    if not findings:
        return Message(
            "The program ended suddenly last time. Everything that was saved is here and "
            "checked; what was not finished left nothing behind."
        ), "good"
    return Message(
        "The program ended suddenly last time, and the check found {count} problem. "
        "Settings shows it and offers the last good backup.",
        "The program ended suddenly last time, and the check found {count} problems. "
        "Settings shows them and offers the last good backup.",
        {"count": findings},
    ), "danger"
