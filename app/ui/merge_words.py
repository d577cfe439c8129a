"""What the dialog that merges two customers says of them."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from app.i18n import ntr, tr
from app.services.merge_comparison import Comparison, Side, heading

_COUNTED: Final[Mapping[str, Callable[[int], str]]] = {
    "contact": lambda n: ntr("{count} contact", "{count} contacts", n),
    "interaction": lambda n: ntr("{count} interaction", "{count} interactions", n),
    "note": lambda n: ntr("{count} note", "{count} notes", n),
    "fact": lambda n: ntr("{count} known fact", "{count} known facts", n),
    "promise": lambda n: ntr("{count} promise", "{count} promises", n),
    "reminder": lambda n: ntr("{count} reminder", "{count} reminders", n),
    "attachment": lambda n: ntr("{count} file", "{count} files", n),
    "contact_point": lambda n: ntr("{count} contact point", "{count} contact points", n),
    "customer_tag": lambda n: ntr("{count} tag", "{count} tags", n),
}
_SEEN: Final = frozenset({"custom_value"})  # stands among the fields


def side_words(one: Side) -> str:
    """Code, owner, how much is known of it; on a second line what was said with it."""
    known = [one.code, one.owner, tr("{percent}% complete", percent=one.percent)]
    told = []
    if one.counts.get("interaction"):
        told.append(_COUNTED["interaction"](one.counts["interaction"]))
    if isinstance(one.last_contact, date):
        told.append(tr("last contact {day}", day=one.last_contact.isoformat()))
    lines = (" · ".join(filter(None, parts)) for parts in (known, told))
    return "\n".join(filter(None, lines))


def moving_words(other: Side) -> str:
    """What goes from the one that gives way to the one that stays."""
    parts: list[str] = [
        words(other.counts[table]) for table, words in _COUNTED.items() if other.counts.get(table)
    ]
    for table, count in other.counts.items():
        title = heading(table)
        if count and table not in _COUNTED and table not in _SEEN and title is not None:
            parts.append(tr("{heading}: {count}", heading=title, count=count))
    if not parts:
        return tr("{name} has nothing that needs to move.", name=other.name)
    return tr("Moves from {name}: {what}.", name=other.name, what=tr(", ").join(parts))


def alike_words(held: Comparison) -> list[tuple[str, str]]:
    """Fields in which there is nothing to choose, with their value; empty ones are left out."""
    found: list[tuple[str, str]] = []
    for one in held.fields:
        if one.differs or one.key in ("sample", "other_names"):
            continue
        words = one.words(one.result if one.settled else one.first)
        if words:
            found.append((one.title, words))
    return found
