"""A mail as .eml: for those within a mail of Outlook, which no other program could open."""

from email import message_from_bytes
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.base import MIMEBase
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime

from app.exchange.mail_parts import Address, Mail, MailFile


def as_eml(mail: Mail) -> bytes:
    """The mail's text and files with the usual lines above them."""
    root = MIMEMultipart()
    root["Subject"] = _encoded(mail.subject)
    if mail.sender is not None:
        root["From"] = _person(mail.sender)
    for head, people in (("To", mail.to), ("Cc", mail.cc)):
        if people:
            root[head] = ", ".join(map(_person, people))
    if mail.at is not None:
        root["Date"] = format_datetime(mail.at)
    root.attach(MIMEText(mail.text, "plain", "utf-8"))
    for file in mail.attachments:
        root.attach(_part(file))
    return root.as_bytes()


def _part(file: MailFile) -> MIMEBase:
    part: MIMEBase
    if file.media_type == "message/rfc822":
        part = MIMEMessage(message_from_bytes(file.data))
    else:
        part = MIMEApplication(file.data)
        part.replace_header("Content-Type", file.media_type)
    part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", file.name))
    return part


def _person(one: Address) -> str:
    if one.email is None:
        return _encoded(one.name)
    if not one.email.isascii():
        return _encoded(f"{one.name} <{one.email}>")
    return f"{_encoded(one.name)} <{one.email}>" if one.name else one.email


def _encoded(text: str) -> str:
    return Header(text, "utf-8").encode()
