"""Mails as they travel (.eml): heads, parts within parts, and everything that goes wrong in them.

The parser of the standard library builds the tree. Its reading of heads is not used: it gives up
on some of the damage that is common in mails, takes very long over some that is made on purpose,
and knows nothing of text in another encoding than the one said (see `mail_decoding`).
"""

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import (
    CloseBoundaryNotFoundDefect,
    MessageError,
    StartBoundaryNotFoundDefect,
)
from email.message import Message as Part
from email.parser import BytesParser
from email.policy import EmailPolicy
from email.utils import parsedate_to_datetime
from typing import Final, cast

from typing_extensions import override

from app.errors import Refused
from app.exchange.mail_addresses import addresses
from app.exchange.mail_decoding import decoded, head_text, raw_decoded, words_decoded
from app.exchange.mail_parts import (
    DEEPEST,
    MOST_PARTS,
    Address,
    Mail,
    MailFile,
    clean,
    file_name,
    nested_too_deep,
    one_line,
    shortened,
)
from app.exchange.plain_html import plain_text
from app.i18n import Message

_MOST_WORK: Final = 20_000_000  # lines, times the parts that hold others: some seconds
_HOLDERS: Final = re.compile(rb"^content-type:\s{0,40}(?:multipart|message)/", re.I | re.M)
_LONGEST_HEAD: Final = 200_000
_LONGEST_PARAMETERS: Final = 4_000
_TELLING: Final = frozenset(
    {"from", "to", "subject", "date", "received", "message-id", "mime-version", "return-path"}
    | {"sender", "cc", "reply-to", "delivered-to", "x-mailer", "content-type"}
)
_LEAST_TELLING: Final = 2
_META: Final = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_-]{1,40})", re.I)
_SIGNATURE: Final = "-- "
_CUT_OFF: Final = (CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect)


class _AsTheyStand(EmailPolicy):
    """The modern policy, but head lines are handed out as they stand in the file."""

    @override
    def header_fetch_parse(self, name: str, value: str) -> str:
        plain = "".join(value.splitlines())
        if name.lower() in {"content-type", "content-disposition"}:
            return plain[:_LONGEST_PARAMETERS]
        return plain[:_LONGEST_HEAD]


_POLICY: Final = _AsTheyStand(refold_source="none")


def read_mime(data: bytes, name: object) -> Mail:
    """The mail in the bytes of an .eml; `name` is what to call it in errors.

    Raises:
        Refused: it is no mail, or one made to choke on.
    """
    octets = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n\t ")
    holders = sum(1 for _ in _HOLDERS.finditer(octets))
    if (octets.count(b"\n") + octets.count(b"\r")) * (holders + 1) > _MOST_WORK:
        raise nested_too_deep(name)
    try:
        root = BytesParser(policy=_POLICY).parsebytes(octets)
        if len(_TELLING & {head.lower() for head in root.keys()}) < _LEAST_TELLING:  # noqa: SIM118 not a dict
            raise Refused(no_mail(name))
        return _Reader(name).mail(root)
    except RecursionError as error:
        raise nested_too_deep(name) from error


def no_mail(name: object) -> Message:
    """What is said of a file that is something else."""
    return Message(
        "“{file}” is not a mail. Choose a mail that was saved as .eml or .msg, or drag it out of "
        "your mail program.",
        params={"file": name},
    )


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a mail's text."""

    sender: Address | None
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    at: datetime | None


def read_head(text: str) -> Head:
    """The head of a mail that came without its body."""
    plain = text.lstrip("\ufeff\r\n\t ").encode("utf-8", "replace")
    root = BytesParser(policy=_POLICY).parsebytes(plain[:_LONGEST_HEAD], headersonly=True)
    return _head(root)


def _head(root: Part) -> Head:
    senders = addresses(root.get("From")) or addresses(root.get("Sender"))
    return Head(
        sender=next(iter(senders), None),
        to=_everybody(root, "To"),
        cc=_everybody(root, "Cc"),
        subject=one_line(head_text(root.get("Subject") or "")),
        at=_moment(root.get("Date")),
    )


def _moment(value: str | None) -> datetime | None:
    """The time in a Date line, with its zone; None if there is none that can be understood."""
    try:
        at = parsedate_to_datetime(head_text(value or "")[:200])
        at = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
        at.astimezone(UTC)  # fails at the ends of the calendar
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return at


class _Reader:
    """Goes through one mail's parts and collects."""

    def __init__(self, name: object) -> None:
        self._name = name
        self._parts = 0
        self._files: list[MailFile] = []
        self._cut_off = False

    def mail(self, root: Part) -> Mail:
        text, notices = shortened(clean("\n\n".join(filter(None, self._texts(root, 0)))))
        if self._cut_off:
            notices = (*notices, _cut_off())
        head = _head(root)
        return Mail(
            sender=head.sender,
            to=head.to,
            cc=head.cc,
            subject=head.subject,
            at=head.at,
            text=text,
            attachments=tuple(self._files),
            notices=notices,
        )

    def _texts(self, part: Part, depth: int) -> Iterator[str]:
        """The texts to be read in a part, in order; its files go to the others."""
        self._count(part, depth)
        held = _held(part)
        if not held:
            yield from self._leaf(part)
        elif part.get_content_maintype() != "multipart":
            self._keep(part, self._source(part))
        elif part.get_content_subtype() == "alternative":
            yield self._best_of(held, depth)
        else:
            for one in held:
                yield from self._texts(one, depth + 1)

    def _count(self, part: Part, depth: int) -> None:
        self._parts += 1
        if depth > DEEPEST or self._parts > MOST_PARTS:
            raise nested_too_deep(self._name)
        self._cut_off |= any(isinstance(defect, _CUT_OFF) for defect in part.defects)

    def _best_of(self, choices: list[Part], depth: int) -> str:
        """One text out of several that say the same: the plain one, if it says anything."""
        said: dict[bool, str] = {}
        for choice in choices:
            text = "\n\n".join(filter(None, self._texts(choice, depth + 1)))
            is_plain = choice.get_content_type() == "text/plain"
            said[is_plain] = said.get(is_plain) or text
        plain = said.get(True, "")
        return plain if plain.strip() else said.get(False, "")

    def _leaf(self, part: Part) -> Iterator[str]:
        kind = part.get_content_type()
        data = _octets(part)
        is_file = part.get_content_disposition() == "attachment" or bool(_said_name(part))
        if kind == "text/html" and not is_file:
            yield html_text(data, part.get_content_charset())
        elif (kind == "text/plain" and not is_file) or part.get_content_maintype() == "multipart":
            text = decoded(data, part.get_content_charset())
            flowed = str(part.get_param("format")).lower() == "flowed"
            delete_space = str(part.get_param("delsp")).lower() == "yes"
            yield clean(_unflowed(text, delete_space=delete_space) if flowed else text)
        elif data or is_file:
            self._keep(part, data)

    def _source(self, part: Part) -> bytes:
        """A mail within the mail as it would travel alone."""
        try:
            source = b"\n".join(one.as_bytes() for one in _held(part))
            return _unwrapped(source, (part.get("Content-Transfer-Encoding") or "").strip().lower())
        except (MessageError, UnicodeError, LookupError, binascii.Error):
            self._cut_off = True
            return b""

    def _keep(self, part: Part, data: bytes) -> None:
        kind = part.get_content_type()
        said = _said_name(part)
        if not said and kind == "message/rfc822":
            subject = one_line(head_text(str(_held(part)[0].get("Subject") or "")))
            said = f"{subject}.eml" if subject else ""
        name = file_name(said, kind, len(self._files) + 1)
        self._files.append(MailFile(name, kind, data))


def _unflowed(text: str, *, delete_space: bool) -> str:
    """Paragraphs whole again where the sender broke them at spaces (RFC 3676)."""
    lines: list[str] = []
    open_depth: int | None = None  # of quotes, where the line above goes on
    for line in text.splitlines():
        rest = line.lstrip(">")
        depth = len(line) - len(rest)
        rest = rest.removeprefix(" ")
        if depth == open_depth and rest != _SIGNATURE:
            lines[-1] += rest
        else:
            lines.append(f"{'>' * depth} {rest}" if depth else rest)
        goes_on = rest.endswith(" ") and rest != _SIGNATURE
        open_depth = depth if goes_on else None
        if goes_on and delete_space:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def html_text(data: bytes, said: str | None) -> str:
    """The words of a mail's HTML; without an encoding said outside, the one said inside counts."""
    inside = _META.search(data[:4_000]) if said is None else None
    charset = said if inside is None else inside[1].decode("ascii")
    return clean(plain_text(decoded(data, charset)))


def _everybody(root: Part, head: str) -> tuple[Address, ...]:
    return tuple(one for value in root.get_all(head, []) for one in addresses(value))


def _held(part: Part) -> list[Part]:
    """The parts within a part; none where it is text or a file."""
    return cast("list[Part]", part.get_payload()) if part.is_multipart() else []


def _unwrapped(source: bytes, encoding: str) -> bytes:
    """A mail within the mail must not travel as base64, but some programs send it so."""
    if encoding == "base64":
        return binascii.a2b_base64(source)
    return quopri.decodestring(source) if encoding == "quoted-printable" else source


def _octets(part: Part) -> bytes:
    """The part's bytes, as far as they can be undone from the way they travelled in."""
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _said_name(part: Part) -> str:
    """What the mail calls a file, in any of the ways in which names are written."""
    for head, parameter in (("Content-Disposition", "filename"), ("Content-Type", "name")):
        said = part.get_param(parameter, header=head)
        if isinstance(said, tuple):  # RFC 2231: encoding, language, bytes
            charset, _, value = said
            return decoded(value.encode("raw-unicode-escape"), charset)
        if isinstance(said, str) and said.strip():
            return words_decoded(raw_decoded(said))
    return ""


def _cut_off() -> Message:
    return Message(
        "The mail breaks off before its end: its last file may be incomplete, and files may be "
        "missing."
    )
