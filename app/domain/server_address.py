"""A team's server as people write it down for each other."""

from typing import Final

SCHEME: Final = "postgresql+psycopg://"
_WRITTEN: Final = (SCHEME, "postgresql://", "postgres://")


def full_address(typed: str) -> str:
    """The address as the database takes it: what programs add in front may be left out.

    >>> full_address(" name:password@server/database ")
    'postgresql+psycopg://name:password@server/database'

    Another kind of server (`mysql://…`) stays as typed; opening it says what is wrong.
    """
    address = typed.strip()
    for scheme in _WRITTEN:
        if address.lower().startswith(scheme):
            return SCHEME + address[len(scheme) :]
    return address if not address or "://" in address else SCHEME + address
