"""Errors the user can act on. Anything else that escapes is a bug."""

from collections.abc import Mapping
from pathlib import Path

from typing_extensions import override

from app.i18n import Message


class UserError(Exception):
    """One sentence: what happened, what was kept, what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.msgid)
        self.message = message

    @override
    def __str__(self) -> str:
        return str(self.message)


class NotFound(UserError):
    """The record is gone, or the actor may not see it: the two are not told apart."""


class Refused(UserError):
    """The input breaks a rule; `fields` says which field and why."""

    def __init__(self, message: Message, fields: Mapping[str, Message] | None = None) -> None:
        super().__init__(message)
        self.fields = dict(fields or {})


class Conflict(UserError):
    """Somebody else changed the same thing meanwhile; nothing was overwritten."""


class Forbidden(UserError):
    """The actor's role does not allow it."""


class Unavailable(UserError):
    """The workspace or a server cannot be reached or written at the moment; data is as it was."""


class Damaged(UserError):
    """The database file fails its check; `backup` is the newest good copy, if there is one."""

    def __init__(self, message: Message, backup: Path | None = None) -> None:
        super().__init__(message)
        self.backup = backup


class Cancelled(UserError):
    """The user stopped a long task; nothing half done is kept."""
