"""What the database says when it fails, turned into what the user can do about it."""

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError, StatementError

from app.errors import Conflict, Damaged, Unavailable, UserError
from app.i18n import Message

_UNIQUE = {
    "greeting_choice": Message(
        "For this occasion a wish of the customer is kept already. Nothing was saved."
    ),
    "working_day": Message("This day stands in the working calendar already. Nothing was saved."),
    "code": Message("Another customer already has this code. Nothing was saved; choose another."),
    "tax_id": Message("Another customer already has this tax id. Nothing was saved."),
    "staff": Message("Another staff member already has this name. Nothing was saved."),
    "tag": Message("This tag exists already. Nothing was saved."),
    "product": Message("There is a product of this name already. Nothing was saved."),
}
_SQLITE = {
    "SQLITE_BUSY": Message(
        "Another program is holding the workspace. Nothing was saved; try again in a moment."
    ),
    "SQLITE_LOCKED": Message(
        "Another program is holding the workspace. Nothing was saved; try again in a moment."
    ),
    "SQLITE_READONLY": Message(
        "The workspace is read-only, so nothing was saved. Make its folder writable."
    ),
    "SQLITE_FULL": Message(
        "The disk is full, so nothing was saved; all earlier work is kept. Free some space."
    ),
    "SQLITE_IOERR": Message(
        "The disk does not answer, so nothing was saved. Check the drive, then try again."
    ),
    "SQLITE_CANTOPEN": Message(
        "The workspace's database cannot be opened. Check that its folder still exists."
    ),
    "SQLITE_TOOBIG": Message("A text is too long to be stored, so nothing was saved."),
}
_DAMAGED = Message("The database file is damaged. Nothing more was written; restore a backup.")
_LOST = Message("The connection to the database server was lost. Nothing was saved; try again.")
_IN_USE = Message("Something that is still in use cannot be removed. Nothing was saved.")


def translated(error: SQLAlchemyError) -> Exception:
    """The UserError that says `error` to the user; `error` itself where it is a bug of ours."""
    if isinstance(error, StatementError) and isinstance(error.orig, UserError):
        return error.orig
    if not isinstance(error, DBAPIError):
        return error
    if isinstance(error, IntegrityError):
        return _integrity(error)
    return _sqlite(error) or _postgresql(error) or error


def _integrity(error: IntegrityError) -> Exception:
    text = str(error.orig).lower()
    if "unique" in text or "duplicate key" in text:
        for key, message in _UNIQUE.items():
            if key in text:
                return Conflict(message)
    if "foreign key" in text:
        return Conflict(_IN_USE)
    return error


def _sqlite(error: DBAPIError) -> UserError | None:
    name = str(getattr(error.orig, "sqlite_errorname", "")) or _by_text(str(error.orig))
    for prefix, message in _SQLITE.items():
        if name.startswith(prefix):
            return Unavailable(message)
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return Damaged(_DAMAGED)
    return None


_TEXTS = {
    "database is locked": "SQLITE_BUSY",
    "database table is locked": "SQLITE_LOCKED",
    "readonly database": "SQLITE_READONLY",
    "disk is full": "SQLITE_FULL",
    "disk i/o error": "SQLITE_IOERR",
    "unable to open database file": "SQLITE_CANTOPEN",
    "malformed": "SQLITE_CORRUPT",
    "not a database": "SQLITE_NOTADB",
    "too big": "SQLITE_TOOBIG",
}


def _by_text(text: str) -> str:
    # The driver does not carry the error's name on every Python; its texts are SQLite's own.
    return next((name for part, name in _TEXTS.items() if part in text), "")


def _postgresql(error: DBAPIError) -> UserError | None:
    if not type(error.orig).__module__.startswith("psycopg"):
        return None
    state = getattr(error.orig, "sqlstate", None) or ""
    if state.startswith("53"):
        return Unavailable(Message("The database server has run out of room. Nothing was saved."))
    if state == "54000":
        return Unavailable(_SQLITE["SQLITE_TOOBIG"])
    if state in ("25006", "42501"):
        return Unavailable(
            Message("The database server does not let you write. Nothing was saved.")
        )
    if error.connection_invalidated or state.startswith(("08", "57P")):
        return Unavailable(_LOST)
    if type(error.orig).__name__ == "OperationalError":
        return Unavailable(_LOST)
    return None
