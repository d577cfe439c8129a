"""Mails as Outlook saves them (.msg): an OLE file in which every property is a stream.

Sources: [MS-OXMSG] for how properties lie in storages, [MS-OXPROPS] for their numbers. A text is
UTF-16 (type 001F) or in the mail's own code page (001E). Fixed-length values stand together in
one stream of entries of 16 bytes, behind a head whose length depends on what the storage is.
"""

import re
import struct
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Final

import olefile

from app.errors import Refused
from app.exchange.mail_decoding import decoded
from app.exchange.mail_mime import Head, html_text, no_mail, read_head
from app.exchange.mail_parts import (
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
from app.exchange.mail_writer import as_eml
from app.i18n import Message

_SUBJECT, _SENT, _DELIVERED, _HEAD = 0x0037, 0x0039, 0x0E06, 0x007D
_BODY, _HTML, _RTF = 0x1000, 0x1013, 0x1009
_INTERNET_PAGE, _PAGE = 0x3FDE, 0x3FFD
_SENDER: Final = (0x5D02, 0x0065, 0x0042)  # on whose behalf: SMTP address, address, name
_SENDING: Final = (0x5D01, 0x0C1F, 0x0C1A)  # who really sent it
_RECIPIENT: Final = (0x39FE, 0x3003, 0x3001)
_RECIPIENT_KIND, _TO, _CC = 0x0C15, 1, 2
_DATA, _MEDIA_TYPE = 0x3701, 0x370E
_FILE_NAMES: Final = (0x3707, 0x3704, 0x3001)

_TEXT, _BYTE_TEXT, _BYTES, _OBJECT = 0x001F, 0x001E, 0x0102, 0x000D
_PROPERTIES: Final = "__properties_version1.0"
_ROOT_HEAD, _MAIL_HEAD, _PART_HEAD = 32, 24, 8
_EPOCH: Final = datetime(1601, 1, 1, tzinfo=UTC)
_DEEPEST: Final = 5  # mails within mails
_READ_AT_MOST: Final = 3  # times the size of the file, in all
_MEDIA: Final = re.compile(r"[a-z0-9][a-z0-9.+-]{0,60}/[a-z0-9][a-z0-9.+-]{0,100}")
_EMAIL: Final = re.compile(r"[^\s@<>]+@[^\s@<>]+")
_OLD_HEAD: Final = "Microsoft Mail Internet Headers"
_PAGES: Final = {65001: "utf-8", 54936: "gb18030", 936: "gb18030", 950: "big5", 20127: "ascii"} | {
    20932: "euc_jp", 51932: "euc_jp", 50220: "iso2022_jp", 50221: "iso2022_jp", 51949: "euc_kr"
} | {28590 + part: f"iso8859-{part}" for part in range(1, 17)}  # fmt: skip
_FAULTS: Final = (
    OSError, struct.error, IndexError, KeyError, ValueError, TypeError, AttributeError,
    OverflowError, RecursionError,
)  # fmt: skip  # what olefile raises on damaged files

_Path = tuple[str, ...]


def read_outlook(data: bytes, name: object) -> Mail:
    """The mail in the bytes of a .msg; `name` is what to call it in errors.

    Raises:
        Refused: it is another kind of OLE file, or too damaged to be read.
    """
    try:
        with olefile.OleFileIO(BytesIO(data)) as file:
            if not file.exists(_PROPERTIES):
                raise Refused(no_mail(name))
            return _Storage(_File(file, _READ_AT_MOST * len(data), name), (), _ROOT_HEAD).mail()
    except _FAULTS as error:
        raise Refused(
            Message(
                "“{file}” is damaged or incomplete: it cannot be read as a mail of Outlook. Save "
                "it again in Outlook, or as .eml.",
                params={"file": name},
            )
        ) from error


class _File:
    """An OLE file, and how much of it may still be read: streams may lie about where they are."""

    def __init__(self, file: "olefile.OleFileIO[str]", budget: int, name: object) -> None:
        self._file = file
        self._budget = budget
        self._name = name
        self._streams: dict[_Path, _Path] = {}
        self._storages: dict[_Path, list[str]] = {}
        for path in file.listdir(streams=True, storages=False):
            self._streams[tuple(part.lower() for part in path)] = tuple(path)
        for path in file.listdir(streams=False, storages=True):
            above = tuple(part.lower() for part in path[:-1])
            self._storages.setdefault(above, []).append(path[-1].lower())

    def read(self, path: _Path) -> bytes | None:
        """The stream's bytes; None if it is not there."""
        actual = self._streams.get(tuple(part.lower() for part in path))
        if actual is None:
            return None
        self._budget -= self._file.get_size(list(actual))
        if self._budget < 0:
            raise self.bomb()
        return bytes(self._file.openstream(list(actual)).read())

    def storages(self, path: _Path, start: str) -> list[_Path]:
        """The storages in one whose names begin so, in order."""
        above = tuple(part.lower() for part in path)
        found = sorted(name for name in self._storages.get(above, []) if name.startswith(start))
        if len(found) > MOST_PARTS:
            raise self.bomb()
        return [(*path, name) for name in found]

    def bomb(self) -> Refused:
        return nested_too_deep(self._name)


class _Storage:
    """A mail, a recipient or a file within the OLE file: its properties by number."""

    def __init__(self, file: _File, path: _Path, head: int, page: str | None = None) -> None:
        self._file = file
        self._path = path
        entries = (file.read((*path, _PROPERTIES)) or b"")[head:]
        whole = len(entries) // 16 * 16
        self._fixed: dict[int, bytes] = {
            tag >> 16: value for tag, _, value in struct.iter_unpack("<II8s", entries[:whole])
        }
        self._page = page or self._code_page()

    def mail(self, depth: int = 0) -> Mail:
        """The mail that this storage holds, `depth` mails below the one that was opened."""
        head = read_head(self.text(_HEAD).removeprefix(_OLD_HEAD + " Version 2.0"))
        text, notices = self._body()
        files, left_out = self._files(depth)
        return Mail(
            sender=self._sender(head),
            to=self._recipients(_TO) or head.to,
            cc=self._recipients(_CC) or head.cc,
            subject=one_line(self.text(_SUBJECT)) or head.subject,
            at=self._time(_SENT) or head.at or self._time(_DELIVERED),
            text=text,
            attachments=files,
            notices=(*notices, *left_out),
        )

    def text(self, number: int) -> str:
        """A text; "" if there is none."""
        wide = self._stream(number, _TEXT)
        if wide is not None:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        narrow = self._stream(number, _BYTE_TEXT)
        return "" if narrow is None else decoded(narrow.rstrip(b"\0"), self._page)

    def number(self, number: int) -> int:
        """A whole number; 0 if there is none."""
        return int.from_bytes(self._fixed.get(number, b"")[:4], "little")

    def person(self, numbers: Sequence[int]) -> Address | None:
        """Who stands in three properties: SMTP address, address of any kind, name."""
        smtp, address, name = [one_line(self.text(number)) for number in numbers]
        email = next((one for one in (smtp, address, name) if _is_email(one)), None)
        shown = name.strip("'\"")
        if not shown and email is None:
            return None
        return Address("" if shown == email else shown, email)

    def file(self, order: int, depth: int) -> MailFile | None:
        """The file that this storage holds; None where it is only a link to one."""
        said = next((text for text in map(self.text, _FILE_NAMES) if text.strip()), "")
        inner = (*self._path, f"__substg1.0_{_DATA:04X}{_OBJECT:04X}")
        if depth < _DEEPEST and self._file.read((*inner, _PROPERTIES)) is not None:
            held = _Storage(self._file, inner, _MAIL_HEAD).mail(depth + 1)
            name = file_name(f"{held.subject or said}.eml", "message/rfc822", order)
            return MailFile(name, "message/rfc822", as_eml(held))
        data = self._stream(_DATA, _BYTES)
        if data is None:
            return None
        kind = self.text(_MEDIA_TYPE).strip().lower()
        kind = kind if _MEDIA.fullmatch(kind) else "application/octet-stream"
        return MailFile(file_name(said, kind, order), kind, data)

    def _stream(self, number: int, kind: int) -> bytes | None:
        return self._file.read((*self._path, f"__substg1.0_{number:04X}{kind:04X}"))

    def _code_page(self) -> str:
        page = self.number(_PAGE) or self.number(_INTERNET_PAGE)
        return _PAGES.get(page, f"cp{page}")

    def _time(self, number: int) -> datetime | None:
        """A time, which is stored in units of 100 ns since 1601."""
        units = int.from_bytes(self._fixed.get(number, b""), "little")
        try:
            return _EPOCH + timedelta(microseconds=units // 10) if units else None
        except OverflowError:
            return None

    def _body(self) -> tuple[str, tuple[Message, ...]]:
        """The text and what is to be said about it: the plain one, if it says anything."""
        text = clean(self.text(_BODY))
        html = self._stream(_HTML, _BYTES)
        if not text.strip() and html is not None:
            page = self.number(_INTERNET_PAGE)
            text = html_text(html, _PAGES.get(page, f"cp{page}") if page else None)
        elif not text.strip():
            text = html_text(self.text(_HTML).encode(), "utf-8")
        if not text.strip() and self._stream(_RTF, _BYTES):
            return "", (_only_rtf(),)
        return shortened(text)

    def _sender(self, head: Head) -> Address | None:
        """Whose mail it is; where Exchange has a path for an address, the head has the real one."""
        people = [one for one in map(self.person, (_SENDER, _SENDING)) if one is not None]
        found = next((one for one in people if one.email is not None), None)
        if found is not None:
            return found
        if head.sender is not None and head.sender.email is not None:
            name = people[0].name if people else head.sender.name
            return Address(name or head.sender.name, head.sender.email)
        return people[0] if people else head.sender

    def _recipients(self, kind: int) -> tuple[Address, ...]:
        storages = self._file.storages(self._path, "__recip_version1.0_")
        parts = [_Storage(self._file, path, _PART_HEAD, self._page) for path in storages]
        people = [part.person(_RECIPIENT) for part in parts if part.number(_RECIPIENT_KIND) == kind]
        return tuple([one for one in people if one is not None])

    def _files(self, depth: int) -> tuple[tuple[MailFile, ...], tuple[Message, ...]]:
        storages = self._file.storages(self._path, "__attach_version1.0_")
        parts = [_Storage(self._file, path, _PART_HEAD, self._page) for path in storages]
        found = [part.file(order, depth) for order, part in enumerate(parts, start=1)]
        files = tuple([file for file in found if file is not None])
        lost = len(found) - len(files)
        return files, (_lost(lost),) if lost else ()


def _is_email(text: str) -> bool:
    return _EMAIL.fullmatch(text) is not None


def _only_rtf() -> Message:
    return Message(
        "The text of the mail is there only in a form that Outlook alone reads, and was left out. "
        "Save the mail as .eml, or copy its text."
    )


def _lost(count: int) -> Message:
    return Message(
        "{count} attachment is not in the file of the mail, only a link to it.",
        "{count} attachments are not in the file of the mail, only links to them.",
        {"count": count},
    )
