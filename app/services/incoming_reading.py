"""Mails and conversations as entries that can be put on record."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path
from typing import Final

from app.domain.interactions import Channel, Direction
from app.errors import Refused
from app.exchange.chat import Chat, ChatMessage, read_chat
from app.exchange.mail import Mail, fresh, read_mail
from app.i18n import Message
from app.models.base import TEXT_LIMIT
from app.services.incoming_people import US, KnownPeople, Party, Who

_MAILS: Final = frozenset({".eml", ".msg"})
_NOON: Final = time(12)


@dataclass(frozen=True, slots=True)
class ChatText:
    """A conversation as it was copied."""

    text: str


@dataclass(frozen=True, slots=True)
class MailBytes:
    """A mail that came without a file, as when it is dragged out of a mail program."""

    data: bytes


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file to be kept: where it lies, or its bytes."""

    name: str
    content: Path | bytes

    @property
    def size(self) -> int:
        """Bytes; 0 for a file that is gone."""
        if isinstance(self.content, bytes):
            return len(self.content)
        return self.content.stat().st_size if self.content.is_file() else 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture from the clipboard (PNG), which has no name but its time."""

    data: bytes
    at: datetime

    def file(self) -> IncomingFile:
        """With a name by its time: 2026-11-22 15.41.07.png."""
        return IncomingFile(f"{self.at.astimezone():%Y-%m-%d %H.%M.%S}.png", self.data)


Source = Path | MailBytes | ChatText | Picture


@dataclass(frozen=True, slots=True)
class IncomingEntry:
    """One mail, or one day of a conversation.

    Attributes:
        at: when it began; `dated` if it says so itself.
        parties: those who speak, whoever speaks first at the head; in a mail the sender, then
            those it went to whom we know.
        spoke: how often each party speaks, by key.
        duplicate: the same stands on record already.
        notices: what of it could not be read.
    """

    channel: Channel
    at: datetime
    dated: bool
    title: str
    summary: str
    parties: tuple[Party, ...]
    spoke: Mapping[str, int]
    files: tuple[IncomingFile, ...] = ()
    duplicate: bool = False
    notices: tuple[Message, ...] = ()

    def known(self) -> "IncomingEntry":
        """The same, marked as being on record already."""
        return replace(self, duplicate=True)

    def spoken(self, who: Mapping[str, Who]) -> tuple[Direction, int | None]:
        """Who began, and the contact it was with; `who` holds before what was matched."""
        meant = {one.key: who.get(one.key, one.who) for one in self.parties}
        first = meant[self.parties[0].key] if self.parties else None
        direction = Direction.OUT if first == US else Direction.IN
        times: Counter[int] = Counter()
        for key, one in meant.items():
            if isinstance(one, int):
                times[one] += self.spoke.get(key, 0)
        return direction, times.most_common(1)[0][0] if times else None


def is_mail(path: Path) -> bool:
    """Whether a file is to be read as a mail."""
    return path.suffix.lower() in _MAILS


def entries_of(
    source: Path | MailBytes | ChatText, known: KnownPeople, now: datetime
) -> list[IncomingEntry]:
    """What a mail or a conversation is put on record as. Raises Refused."""
    if isinstance(source, ChatText):
        chat = read_chat(source.text, now=now.astimezone())
        if chat is None:
            raise Refused(Message("This text is not a conversation. Nothing was taken from it."))
        return list(_days(chat, known, now))
    return [_mail(read_mail(source.data if isinstance(source, MailBytes) else source), known, now)]


def _mail(mail: Mail, known: KnownPeople, now: datetime) -> IncomingEntry:
    notices = list(mail.notices)
    at = mail.at
    if at is None or at > now + timedelta(days=1):
        notices.append(
            Message("The mail does not say when it was sent. It is logged with the time of now.")
            if at is None
            else Message("The mail is dated in the future. It is logged with the time of now.")
        )
        at = None
    parties: dict[str, Party] = {}
    if mail.sender is None:
        notices.append(Message("The mail does not say who sent it. Choose who it is from."))
        parties[""] = Party("", "", None)
    else:
        sender = known.by_address(mail.sender.email or "", mail.sender.name)
        parties[sender.key] = sender
    for one in (*mail.to, *mail.cc):
        party = known.by_address(one.email or "", one.name)
        if party.key not in parties and party.who not in (None, US):
            parties[party.key] = party
    first = next(iter(parties.values()))
    if first.who is None and len(parties) > 1:  # it went to the customer, so we have sent it
        parties[first.key] = replace(first, who=US)
    text = fresh(mail.text)
    return IncomingEntry(
        Channel.EMAIL,
        at or now,
        at is not None,
        mail.subject,
        _fitting("\n".join(filter(None, (mail.subject, text)))),
        tuple(parties.values()),
        {key: len(parties) - place for place, key in enumerate(parties)},
        tuple(IncomingFile(one.name, one.data) for one in mail.attachments),
        notices=tuple(notices),
    )


def _days(chat: Chat, known: KnownPeople, now: datetime) -> Iterator[IncomingEntry]:
    """One entry for each day; what has no time belongs to the day of what stands before it."""
    today = now.astimezone().date()
    days: list[tuple[date | None, ChatMessage]] = []
    day: date | None = None
    for message in chat.messages:
        if message.at is not None:
            day = _day(message.at)
        days.append((day, message))
    speakers = {one.name: known.by_speaker(one.name) for one in chat.messages}
    parties = _guessed({party.key: party for party in speakers.values()})
    speakers = {name: parties[party.key] for name, party in speakers.items()}
    first = next((one for one, _ in days if one is not None), None)
    dated = [(one or first, message) for one, message in days]
    ordered = sorted(dated, key=lambda one: one[0] or today)
    for on, group in groupby(ordered, key=lambda one: one[0]):
        messages = [message for _, message in group]
        yield _day_entry(on, messages, speakers, now)


def _day_entry(
    on: date | None, messages: Sequence[ChatMessage], speakers: Mapping[str, Party], now: datetime
) -> IncomingEntry:
    times = [one.at for one in messages if isinstance(one.at, datetime)]
    at = times[0] if times else _noon(on, now)
    notices: tuple[Message, ...] = ()
    if on is None or at > now + timedelta(days=1):
        at = now
        notices = (
            Message("The conversation does not say when it was. It is logged with today's date."),
        )
    parties = {speakers[one.name].key: speakers[one.name] for one in messages}
    spoke = Counter(speakers[one.name].key for one in messages)
    return IncomingEntry(
        Channel.WECHAT,
        at,
        bool(times),
        "",
        _fitting("\n".join(map(_said, messages))),
        tuple(parties.values()),
        dict(spoke),
        notices=notices,
    )


def _guessed(parties: dict[str, Party]) -> dict[str, Party]:
    """Of two who talk, one of whom is the customer's, the other is one of us."""
    whos = [one.who for one in parties.values()]
    if len(whos) != 2 or whos.count(None) != 1 or US in whos:
        return parties
    return {key: replace(one, who=US) if one.who is None else one for key, one in parties.items()}


def _said(message: ChatMessage) -> str:
    when = f" {message.at:%H:%M}" if isinstance(message.at, datetime) else ""
    return f"{message.name}{when}: {message.text}"


def _noon(on: date | None, now: datetime) -> datetime:
    if on is None:
        return now
    return min(datetime.combine(on, _NOON).astimezone(), now)


def _day(at: datetime | date) -> date:
    return at.astimezone().date() if isinstance(at, datetime) else at


def _fitting(text: str) -> str:
    """As much as a text field holds, in whole characters."""
    data = text.encode()
    return text if len(data) <= TEXT_LIMIT else data[:TEXT_LIMIT].decode(errors="ignore")
