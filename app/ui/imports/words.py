"""What the wizard says: fields, verdicts, and what becomes of each row."""

import re
from collections.abc import Sequence
from typing import Final

from app.domain.interactions import LABELS, Channel
from app.exchange.encodings import BIG5, GB18030, UTF_8, UTF_8_BOM, UTF_16_BE, UTF_16_LE, WESTERN
from app.exchange.gathering import LINE
from app.exchange.mapping import TALK_FIELDS
from app.i18n import Message, ntr, tr
from app.services.import_alike import Alike
from app.services.import_drafts import Into
from app.services.import_plan import Counts, Entry, Verdict
from app.services.import_talks import Talk
from app.services.imports import ImportOutcome
from app.ui.table_model import Part
from app.ui.theme import Kind

FIELD_TITLES: Final[dict[str, Message]] = {
    "name": Message("Name"),
    "family_name": Message("Family name"),
    "given_name": Message("Given name"),
    "middle_name": Message("Middle name"),
    "kind": Message("Kind"),
    "code": Message("Code"),
    "phone": Message("Phone"),
    "phone2": Message("Second phone"),
    "phone3": Message("Third phone"),
    "email": Message("E-mail"),
    "email2": Message("Second e-mail"),
    "wechat": Message("WeChat"),
    "website": Message("Website"),
    "contact_name": Message("Contact"),
    "contact_position": Message("Position of the contact"),
    "birth_year": Message("Year of birth"),
    "birth_month": Message("Month of birth"),
    "birth_day": Message("Day of birth"),
    "contact_birthday": Message("Birthday of the contact"),
    "parent": Message("Company or distributor"),
    "owner": Message("Owner"),
    "stage": Message("Stage"),
    "grade": Message("Grade"),
    "source": Message("Source"),
    "referred_by": Message("Referred by"),
    "region": Message("Region"),
    "address": Message("Address"),
    "street": Message("Street"),
    "city": Message("City"),
    "state": Message("Province or state"),
    "postcode": Message("Postcode"),
    "country": Message("Country"),
    "tax_id": Message("Tax id"),
    "other_names": Message("Other names"),
    "tags": Message("Tags"),
    "notes": Message("Notes"),
    "birthday": Message("Birthday"),
    "since": Message("Customer since"),
    "last_contact": Message("Last contact"),
    "id": Message("Shuke id"),
    "at": Message("Interaction: date"),
    "time": Message("Interaction: time"),
    "summary": Message("Interaction: what was said"),
    "channel": Message("Interaction: channel"),
    "direction": Message("Interaction: who began"),
    "author": Message("Interaction: by whom of us"),
    "minutes": Message("Interaction: minutes"),
    "product": Message("Interaction: product"),
    "step": Message("Interaction: purchase step"),
    "rating": Message("Interaction: rating"),
    "unhappy": Message("Interaction: sounds unhappy"),
    "line": Message("A line in the notes"),
}
"""Every field a column may go into, in the order in which they are offered."""

_WHO: Final = (
    *("name", "family_name", "given_name", "middle_name", "code", "phone", "phone2", "phone3"),
    *("email", "email2", "wechat", "contact_name", "tax_id", "id"),
)


def fields_offered(into: Into) -> dict[str, Message]:
    """The fields for rows of that kind, with their titles."""
    if into == "customers":
        return FIELD_TITLES
    told = {field: FIELD_TITLES[field] for field in (*TALK_FIELDS, LINE)}
    told[LINE] = Message("A line below what was said")
    return told | {field: FIELD_TITLES[field] for field in _WHO}


VERDICTS: Final[dict[Verdict, tuple[Message, Kind, str]]] = {
    Verdict.NEW: (Message("New"), "good", "circle-plus"),
    Verdict.UPDATE: (Message("Update"), "info", "pencil"),
    Verdict.DUPLICATE: (Message("Duplicate"), "warn", "copy"),
    Verdict.REFUSED: (Message("Refused"), "danger", "ban"),
}

ENCODINGS: Final = {
    UTF_8: "UTF-8",
    UTF_8_BOM: "UTF-8",
    UTF_16_LE: "UTF-16",
    UTF_16_BE: "UTF-16 BE",
    GB18030: "GB18030",
    BIG5: "Big5",
    WESTERN: "Windows-1252",
}

_SAME: Final[dict[str, Message]] = {
    "id": Message("Same Shuke id as {who}: {value}"),
    "code": Message("Same code as {who}: {value}"),
    "tax_id": Message("Same tax id as {who}: {value}"),
    "phone": Message("Same phone as {who}: {value}"),
    "email": Message("Same e-mail as {who}: {value}"),
    "name": Message("Same name as {who}"),
    "talk": Message("On record for {who} already, on {value} with the same words"),
}
_HIDDEN: Final[dict[str, Message]] = {
    "id": Message("A customer of {owner}, whom you may not see, has this Shuke id"),
    "code": Message("A customer of {owner}, whom you may not see, has the same code"),
    "tax_id": Message("A customer of {owner}, whom you may not see, has the same tax id"),
    "phone": Message("A customer of {owner}, whom you may not see, has the same phone"),
    "email": Message("A customer of {owner}, whom you may not see, has the same e-mail"),
    "name": Message("A customer of {owner}, whom you may not see, has the same name"),
}
_CHINESE: Final = re.compile("[\u3400-\u9fff]")
_PLACE: Final = "\ue000"  # private use: where the coloured words go


def encoding_name(encoding: str) -> str:
    """An encoding as people call it."""
    return ENCODINGS.get(encoding, encoding)


def name_of(entry: Entry) -> str:
    """What to call the row."""
    return entry.shown or tr("(no name)")


def under(entry: Entry) -> str:
    """The line below the name: whom or where the row is about."""
    draft = entry.draft
    if entry.talk is not None and entry.talk.contact:
        return entry.talk.contact
    if draft is None:
        return ""
    if draft.contact or draft.parent:
        return draft.contact or draft.parent
    return next((point.raw for point in draft.points if point.raw != draft.name), "")


def what_happens(entry: Entry) -> tuple[Part, ...]:
    """A row's verdict as a sentence in pieces."""
    if entry.verdict is Verdict.REFUSED:
        return _why_refused(entry)
    if entry.verdict is Verdict.NEW:
        return _new_parts(entry)
    if entry.verdict is Verdict.UPDATE:
        return _changes(entry)
    return _duplicate(entry)


def plain(parts: Sequence[Part]) -> str:
    """The pieces as one text."""
    words, last = "", ""
    for text, role in parts:
        apart = bool(words) and bool({role, last} & {"before", "after"})
        arrow = "→ " if role == "after" else ""
        words += f"{' ' if apart else ''}{arrow}{text or tr('empty')}"
        last = role
    return words


def _new_parts(entry: Entry) -> tuple[Part, ...]:
    if entry.alike is None:
        return ((_new(entry), "plain"),)
    return _alike(entry.alike)


def _alike(alike: Alike) -> tuple[Part, ...]:
    """What a new row looks like: who it may be, and why. That it is new says its verdict."""
    if alike.hidden is not None:
        return ((str(alike.hidden), "plain"),)
    why = tr(", ").join(map(str, alike.reasons))
    if alike.row:
        words = tr("Looks like row {row}, {who} · {why}", row=alike.row, who=_PLACE, why=why)
    else:
        words = tr("Looks like {who} · {why}", who=_PLACE, why=why)
    return _split(words, (alike.name, "plain" if alike.row else "link"))


def _new(entry: Entry) -> str:
    words = []
    if entry.draft is not None and entry.makes:
        draft = entry.draft
        words = [tr("A new customer"), draft.region, draft.owner, tr(", ").join(draft.tags)]
    if entry.talk is not None:
        words.append(_told(entry.talk))
    words += [str(notice) for notice in entry.notices]
    return " · ".join(filter(None, words))


def _told(talk: Talk) -> str:
    parts = (str(talk.day), str(LABELS[Channel(talk.channel)]), talk.author, _line(talk.summary))
    return " · ".join(filter(None, parts))


def _changes(entry: Entry) -> tuple[Part, ...]:
    parts: list[Part] = []
    for field, before, after in entry.changes.shown:
        parts += [
            (str(FIELD_TITLES[field]), "plain"),
            (_line(before), "before"),
            (_line(after), "after"),
        ]
    return tuple(parts)


def _line(text: str) -> str:
    return " ".join(text.split())


def _duplicate(entry: Entry) -> tuple[Part, ...]:
    if entry.alike is not None:
        return _alike(entry.alike)
    match = entry.match
    assert match is not None
    if match.row:
        who = tr("row {row}", row=match.row)
    elif not match.visible:
        return ((str(_HIDDEN[match.key].filled(owner=match.owner or tr("nobody"))), "plain"),)
    else:
        who = match.name
    sentence = str(_SAME[match.key].filled(value=_line(match.value), who=_PLACE))
    return _split(sentence, (who, "plain" if match.row else "link"))


def _split(sentence: str, who: Part) -> tuple[Part, ...]:
    """The sentence around the one it names. Between Chinese characters there is no space."""
    start, _, end = sentence.partition(_PLACE)
    if _are_chinese(start.rstrip()[-1:], who[0][:1]):
        start = start.rstrip()
    if _are_chinese(end.lstrip()[:1], who[0][-1:]):
        end = end.lstrip()
    return tuple(part for part in ((start, "plain"), who, (end, "plain")) if part[0])


def _are_chinese(one: str, other: str) -> bool:
    return bool(_CHINESE.match(one) and _CHINESE.match(other))


def _why_refused(entry: Entry) -> tuple[Part, ...]:
    reasons = []
    for column, reason in entry.problems:
        words = str(reason)
        reasons.append(tr("“{column}”: {reason}", column=column, reason=words) if column else words)
    return ((" ".join(reasons), "bad"),)


def imported_words(outcome: ImportOutcome) -> Message:
    """What is said when it is done."""
    params = {"count": outcome.created + outcome.updated}
    if outcome.into == "interactions":
        return Message("{count} interaction imported", "{count} interactions imported", params)
    if outcome.updated:  # several rows may be about the same customer
        return Message("{count} row imported", "{count} rows imported", params)
    return Message("{count} customer imported", "{count} customers imported", params)


def import_words(into: Into, counts: Counts) -> str:
    """What the button says that does it."""
    count = counts.accepted
    if into == "interactions":
        return ntr("Import {count} interaction", "Import {count} interactions", count)
    if counts.updated:
        return ntr("Import {count} row", "Import {count} rows", count)
    return ntr("Import {count} customer", "Import {count} customers", count)


def rows_words(count: int) -> str:
    """1,330 rows."""
    return ntr("{count} row", "{count} rows", count)


def save_refused_words(count: int) -> str:
    """What the button says that writes refused rows to a file."""
    return ntr("Save the {count} refused row…", "Save the {count} refused rows…", count)
