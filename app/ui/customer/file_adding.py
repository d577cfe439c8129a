"""Adding several files at once: what was added, and why the rest was not."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.vocabulary import Actor
from app.errors import Cancelled, UserError
from app.i18n import Message
from app.services.attachments import KeptFile
from app.services.registry import Services
from app.ui.tasks import Progress
from app.ui.theme import Kind


@dataclass(frozen=True, slots=True)
class Added:
    """`change_set_id` takes all of it back; `refused` are the reasons of the others."""

    names: tuple[str, ...]
    refused: tuple[Message, ...]
    change_set_id: int | None
    stopped: bool

    def words(self) -> tuple[Message, Kind]:
        """What to say, and how."""
        count = len(self.names)
        params = {"count": count, "name": self.names[0] if self.names else ""}
        added = (
            Message("{name} was added.", params=params)
            if count == 1
            else Message("{count} files were added.", params=params)
        )
        if self.stopped:
            whole = Message(
                "Stopped. {count} file was added.", "Stopped. {count} files were added.", params
            )
            return whole, "info"
        if not self.refused:
            return added, "good"
        reason = self.refused[0]
        if not count and len(self.refused) == 1:
            return reason, "warn"
        return Message(
            "{added} of {all} files were added. {reason}",
            params={"added": count, "all": count + len(self.refused), "reason": reason},
        ), "warn"


def add_files(
    services: Services, actor: Actor, customer_id: int, sources: Sequence[Path], progress: Progress
) -> Added:
    """Keep a copy of each file, all in one change set; one that cannot be kept stops no other.

    Called on a worker. What was copied before somebody stops it is added.
    """
    kept = list[KeptFile]()
    refused: list[Message] = []
    stopped = False
    for source in sources:
        try:
            kept.append(services.attachments.keep(source, progress))
        except Cancelled:
            stopped = True
            break
        except UserError as error:
            refused.append(error.message)
        except OSError as error:  # a folder on the way there that may not be entered
            params = {"name": source.name, "reason": error.strerror or str(error)}
            refused.append(
                Message("{name} cannot be read: {reason}. Nothing was added.", params=params)
            )
    made = services.attachments.add_kept(actor, customer_id, kept) if kept else None
    names = tuple(one.name for one in kept)
    return Added(names, tuple(refused), made.change_set_id if made else None, stopped)
