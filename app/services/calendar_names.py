"""What a workspace is called in calendar files: the same as long as it lives, unlike any other."""

import hashlib
from datetime import UTC

from sqlalchemy import select

from app.db.scope import ActorSession
from app.models import ChangeSet


def workspace_name(session: ActorSession) -> str:
    """Twelve hexadecimal figures made of the moment of the first write."""
    first = session.scalar(select(ChangeSet.at).order_by(ChangeSet.id).limit(1))
    said = "" if first is None else first.astimezone(UTC).isoformat()
    return hashlib.sha256(said.encode()).hexdigest()[:12]
