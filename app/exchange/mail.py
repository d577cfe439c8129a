"""The one door for reading a mail: the content tells .eml and .msg apart, not the name."""

from pathlib import Path
from typing import Final

from app.errors import Refused
from app.exchange.files import reading
from app.exchange.mail_mime import read_mime
from app.exchange.mail_parts import LARGEST, Address, Mail, MailFile
from app.exchange.mail_replies import fresh
from app.i18n import Message

__all__ = ["Address", "Mail", "MailFile", "fresh", "read_mail"]

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_mail(source: Path | bytes) -> Mail:
    """The mail in a file, or in bytes that were dropped: .eml or Outlook's .msg.

    Nothing in it is run or fetched. What a damaged mail still holds is read, and `notices` say
    what is missing.

    Raises:
        Refused: one sentence: the file is no mail, too large, not to be read, or made to harm.
    """
    name: object = Message("The mail")
    if isinstance(source, Path):
        name = source.name
        with reading(source) as stream:
            data = stream.read(LARGEST + 1)
    else:
        data = source
    if len(data) > LARGEST:
        raise Refused(_too_large(name))
    if not data.strip():
        raise Refused(Message("“{file}” is empty: there is no mail in it.", params={"file": name}))
    if data.startswith(_OLE):
        from app.exchange.mail_outlook import read_outlook

        return read_outlook(data, name)
    return read_mime(data, name)


def _too_large(name: object) -> Message:
    return Message(
        "“{file}” is larger than {most} MB and was not opened. Save its attachments from your "
        "mail program, make the large ones smaller, and add them one by one.",
        params={"file": name, "most": LARGEST // 1024**2},
    )
