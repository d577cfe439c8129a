"""What a mail is to us, whatever program wrote it, and what every reader of mails shares."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.errors import Refused
from app.i18n import Message

LARGEST: Final = 80 * 1024**2  # bytes of a mail's file
LONGEST_TEXT: Final = 1_000_000  # characters: what a text field holds
MOST_PARTS: Final = 1_000
DEEPEST: Final = 20  # parts within parts
_LONGEST_NAME: Final = 120
_MARKS: Final = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_NO_NAME: Final = re.compile(r'[\x00-\x1f\x7f<>:"|?*]')
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_BREAKS: Final = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_ENDINGS: Final = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/bmp": ".bmp",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/html": ".html",
    "text/calendar": ".ics",
    "message/rfc822": ".eml",
}


@dataclass(frozen=True, slots=True)
class Address:
    """Somebody in a mail's head. `email` is as written, None where only a name is known."""

    name: str
    email: str | None


@dataclass(frozen=True, slots=True)
class MailFile:
    """A file that came with a mail; `name` may stand in any folder, and is never empty.

    `media_type` is what the mail says (image/png), which need not be true. A mail within a mail is
    a file, too: name.eml, message/rfc822.
    """

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as it can be kept: who, when, what, and the files.

    `at` is when it was sent, with its zone; a mail that does not name its zone is taken for UTC.
    `text` has line breaks as LF; of HTML only the words are left, and where its links lead.
    `notices` say what of the mail could not be read; they are to be shown and stop nothing.
    """

    sender: Address | None
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    at: datetime | None
    text: str
    attachments: tuple[MailFile, ...]
    notices: tuple[Message, ...] = ()


def nested_too_deep(name: object) -> Refused:
    """For a mail that no mail program makes: parts within parts within parts, or very many."""
    return Refused(
        Message(
            "“{file}” holds more parts within parts than any mail does. It was not opened. Copy "
            "what you need from your mail program.",
            params={"file": name},
        )
    )


def shortened(text: str) -> tuple[str, tuple[Message, ...]]:
    """A text that a field can hold, and the notice if it had to be cut."""
    if len(text) <= LONGEST_TEXT:
        return text, ()
    message = Message(
        "The text of the mail is longer than {most} characters. The rest was left out; keep the "
        "file of the mail.",
        params={"most": LONGEST_TEXT},
    )
    return text[:LONGEST_TEXT], (message,)


def clean(text: str) -> str:
    """A text of several lines without what no text should hold; lone surrogates become �."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    lines = _CONTROLS.sub("", _BREAKS.sub("\n", whole)).split("\n")
    return "\n".join([line.rstrip() for line in lines]).strip("\n")


def one_line(text: str) -> str:
    """A text for one line: a subject, a name. Marks that turn the direction of writing are gone."""
    return " ".join(_MARKS.sub("", clean(text)).split())


def file_name(said: str, media_type: str, number: int) -> str:
    """A name that a file may have in any folder, from what the mail calls its `number`th file."""
    last = re.split(r"[/\\]", one_line(said))[-1]
    name = _NO_NAME.sub("_", unicodedata.normalize("NFC", last)).strip(" .")
    if not name:
        return f"attachment-{number}{_ENDINGS.get(media_type, '')}"
    stem, dot, ending = name.rpartition(".")
    if len(name) > _LONGEST_NAME and dot and len(ending) <= 10:
        return f"{stem[: _LONGEST_NAME - len(ending)]}.{ending}"
    return name[:_LONGEST_NAME]
