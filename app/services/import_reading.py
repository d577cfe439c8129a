"""From the cells of one row to a customer or an interaction."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from app.domain import contact_points, emails, phones, tax_ids
from app.domain.customer import SHORT, too_long
from app.domain.vocabulary import Kind, PointKind
from app.exchange.joined import NAME_PARTS
from app.exchange.mapping import TALK_FIELDS, Mapping
from app.exchange.tables import Cell, CellError, Row
from app.i18n import Message
from app.services.import_dates import BIRTHDAYS, SERIAL_DAYS, birthday, serial_day
from app.services.import_drafts import Draft, Point, Problem, several, text_of
from app.services.import_talks import Talk, TalkReader
from app.services.import_words import unknown

if TYPE_CHECKING:
    from app.services.import_rows import RowReader

CHOICES: Final = ("kind", "stage", "grade")
PHONES: Final = ("phone", "phone2", "phone3")
EMAILS: Final = ("email", "email2")
_PLAIN_POINTS: Final = (("wechat", PointKind.WECHAT), ("website", PointKind.WEBSITE))
_POINT_FIELDS: Final = frozenset({*PHONES, *EMAILS, "wechat", "website"})
WHO: Final = ("name", *NAME_PARTS, "contact_name", "parent", *EMAILS, *PHONES, "wechat")
"""The fields that name somebody."""
_IDENTIFYING: Final = ("id", "code", "tax_id", *(one for one in WHO if one != "contact_name"))
_SAYING: Final = ("channel", "direction", "minutes", "product", "rating", "step", "unhappy")
_SHORTEST_PHONE: Final = 5  # digits: fewer are an extension, or no number at all
_LONGEST: Final = 1_000_000  # bytes of a text field

NOBODY: Final = Message("The row names nobody: no name, no phone and no e-mail.")
SILENT: Final = Message("The row says nothing of what was said or done.")
_NO_DAY: Final = Message("What was said has no date; it goes into the notes.")


class Reading:
    """One row on its way to a draft."""

    def __init__(self, reader: "RowReader", cells: dict[str, Cell]) -> None:
        self._reader = reader
        self._cells = cells
        self._texts: dict[str, str] = {}
        self.problems: list[Problem] = []
        self.notices: list[Message] = []
        self._lines: list[str] = []
        for field, cell in cells.items():
            if isinstance(cell, CellError):
                self._refuse(field, cell.message())
            text = text_of(cell)
            if text:
                self._texts[field] = text
        self._check_texts()

    def shown(self) -> str:
        """What to call the row in a list, though it is no customer."""
        return next((self._texts[field] for field in WHO if field in self._texts), "")

    def lines(self, row: Row, mapping: Mapping) -> list[str]:
        """The columns that each become a line, with their titles."""
        found = []
        for title, cell in mapping.titled_lines(row.cells):
            text = text_of(cell)
            problem = _text_problem(text)
            if problem is not None:
                self.problems.append(Problem(title, problem))
            elif text:
                found.append(f"{title}: {text}")
        return found

    def names_somebody(self) -> bool:
        """Whether the row says anything of who the customer is."""
        return any(field in self._texts for field in _IDENTIFYING)

    def talk(self, lines: Sequence[str], day: date | None, today: date) -> Talk | None:
        """The interaction that the row is."""
        found = self._talks().read(lines, day, today)
        if found is not None and not found.summary and self._texts.keys().isdisjoint(_SAYING):
            self._refuse("summary", SILENT)
        return found

    def talk_beside(self, day: date | None, today: date) -> Talk | None:
        """The interaction beside a customer; a text without a date is a note of the customer."""
        texts = self._texts
        if "at" not in texts and not (day is not None and "summary" in texts):
            told = [field for field in TALK_FIELDS if field in texts]
            for field in told:
                self._keep(field, texts[field])
            if told:
                self.notices.append(_NO_DAY)
            return None
        if "owner" in texts and not self._reader.names_authors:
            texts["author"] = texts["owner"]
        return self._talks().read((), day, today)

    def _talks(self) -> TalkReader:
        return TalkReader(self._texts, self._cells, self._day, self._refuse, self._reader.title)

    def draft(self, lines: Sequence[str] = ()) -> Draft | None:
        texts = self._texts
        self._lines += lines
        points = tuple(self._points()) if self._has_points() else ()
        name = " ".join(texts.get("name", "").split())
        contact = " ".join(texts.get("contact_name", "").split())
        parent = " ".join(texts.get("parent", "").split())
        if not name:
            name, contact, parent = self._instead(contact, parent, points)
        if not name and not self._reader.is_known_otherwise(texts):
            self._refuse("name", NOBODY)
            return None
        position = texts.get("contact_position", "")
        if position and not contact:
            self._keep("contact_position", position)
            position = ""
        firm = not texts.get("name") and bool(texts.get("parent"))
        guessed = self._reader.guessed(
            name, has_contact=firm or bool(contact), has_parent=bool(parent)
        )
        choices = {field: self._choice(field) for field in CHOICES if field in texts}
        days = {field: self._day(field) for field in ("since", "last_contact") if field in texts}
        draft = Draft(
            name,
            guessed,
            contact,
            position,
            self._id() if "id" in texts else None,
            choices.get("kind"),
            choices.get("stage"),
            choices.get("grade"),
            several(texts["other_names"]) if "other_names" in texts else (),
            texts.get("code", ""),
            " ".join(texts.get("owner", "").split()),
            texts.get("source", ""),
            " ".join(texts.get("referred_by", "").split()),
            parent,
            texts.get("region", ""),
            texts.get("address", ""),
            self._tax_id() if "tax_id" in texts else "",
            texts.get("notes", ""),
            tuple(self._lines),
            days.get("since"),
            days.get("last_contact"),
            self._reader.tags(texts["tags"]) if "tags" in texts else (),
            points,
        )
        return draft if texts.keys().isdisjoint(BIRTHDAYS) else self._with_birthdays(draft)

    def _with_birthdays(self, draft: Draft) -> Draft:
        """One birthday of a row that is about two belongs to whoever is a person."""
        own, other = (self._birthday(field) for field in BIRTHDAYS)
        firm = (draft.kind or draft.guessed) != Kind.PERSON.value
        if draft.contact and firm and not self._reader.title("contact_birthday"):
            own, other = "", own
        if other and not draft.contact:
            self._keep("contact_birthday", self._texts["contact_birthday"])
            draft, other = draft._replace(lines=tuple(self._lines)), ""
        return draft._replace(birthday=own, contact_birthday=other)

    def _refuse(self, field: str, reason: Message) -> None:
        self.problems.append(Problem(self._reader.title(field), reason))

    def _keep(self, field: str, text: str) -> None:
        self._lines.append(f"{self._reader.title(field)}: {text}")

    def _check_texts(self) -> None:
        for field, text in self._texts.items():
            if text.isascii() and "\0" not in text and len(text) <= _LONGEST:
                continue
            problem = _text_problem(text)
            if problem is not None:
                self._refuse(field, problem)
        for field in ("code", "source"):
            if len(self._texts.get(field, "")) > SHORT:
                self._refuse(field, too_long())
        if any(len(tag) > SHORT for tag in self._reader.tags(self._texts.get("tags", ""))):
            self._refuse("tags", too_long())

    def _instead(self, contact: str, parent: str, points: Sequence[Point]) -> tuple[str, str, str]:
        """Name, contact and company of a row without a name: whoever else it names."""
        if parent:
            return parent, contact, ""
        if contact and not self._reader.calls_customers:
            return contact, "", ""
        for kind in (PointKind.EMAIL, PointKind.PHONE, PointKind.WECHAT):
            found = next((point.raw for point in points if point.kind == kind), "")
            if found:
                return found, "", ""
        return "", "", ""

    def _id(self) -> int | None:
        text = self._texts["id"].removesuffix(".0")
        if text.isascii() and text.isdecimal() and len(text) < 19:
            return int(text)
        params = {"text": text[:40]}
        self._refuse("id", Message("“{text}” is no Shuke id: it must be a number.", params=params))
        return None

    def _choice(self, field: str) -> str | None:
        text = self._texts[field]
        found = self._reader.choice(field, text)
        if found is None:
            self._refuse(field, unknown(field, text))
        return found

    def _day(self, field: str) -> date | None:
        cell = self._cells[field]
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        text = self._texts[field]
        serial = serial_day(text, SERIAL_DAYS)
        if serial is not None:
            return serial
        found = self._reader.day(field, text)
        if found is None:
            self._refuse(field, self._reader.day_problem(field, text))
        return found

    def _birthday(self, field: str) -> str:
        text = self._texts.get(field, "")
        found = birthday(text, self._reader.order(field)) if text else ""
        if isinstance(found, Message):
            self._refuse(field, found)
            return ""
        return found

    def _tax_id(self) -> str:
        problem = tax_ids.problem(self._texts["tax_id"])
        if problem is not None:
            self._refuse("tax_id", problem)
        return tax_ids.normalise(self._texts["tax_id"])

    def _has_points(self) -> bool:
        keys = self._texts.keys()
        return not keys.isdisjoint(_POINT_FIELDS)

    def _points(self) -> Iterable[Point]:
        seen: set[tuple[str, str]] = set()
        for point in self._all_points():
            if (point.kind, point.normalised) not in seen:
                seen.add((point.kind, point.normalised))
                yield point

    def _all_points(self) -> Iterable[Point]:
        texts = self._texts
        for field in PHONES:
            if field in texts:
                yield from self._phones(field, texts[field])
        for field in EMAILS:
            if field in texts:
                yield from self._emails(field, texts[field])
        for field, kind in _PLAIN_POINTS:
            if field in texts:
                for raw in filter(None, map(str.strip, texts[field].splitlines())):
                    yield Point(kind.value, raw, contact_points.normalise(kind, raw))

    def _phones(self, field: str, text: str) -> Iterable[Point]:
        found = phones.parse(text)
        if found.is_valid and not found.extension and len(text) <= len("+86 138 1234 5678"):
            yield Point(PointKind.PHONE.value, text, found.normalised)
            return
        for raw in (raw for line in text.splitlines() for raw in phones.split_many(line)):
            problem = self._reader.phone_problem(raw)
            normalised = contact_points.normalise(PointKind.PHONE, raw)
            if problem is None:
                yield Point(PointKind.PHONE.value, raw, normalised)
            elif problem.plural is not None:
                # Counted digits: a mobile number with one too many or too few, so a slip.
                self._refuse(field, problem)
            elif sum(map(str.isdecimal, raw)) >= _SHORTEST_PHONE:
                self.notices.append(_kept_phone(raw))
                yield Point(PointKind.PHONE.value, raw, normalised)
            else:
                self.notices.append(_noted_phone(raw))
                self._keep(field, raw)

    def _emails(self, field: str, text: str) -> Iterable[Point]:
        for raw in several(text):
            problem = emails.problem(raw)
            if problem is not None:
                self._refuse(field, problem)
            else:
                yield Point(PointKind.EMAIL.value, raw, emails.normalise(raw))


def _text_problem(text: str) -> Message | None:
    if "\0" in text:
        return Message("The cell holds a NUL character, which cannot be stored. Remove it.")
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        return Message("The cell holds half a character (a lone surrogate). Type it again.")
    if size > _LONGEST:
        return Message("The cell is longer than 1 MB. Shorten it or keep it as a file.")
    return None


def _kept_phone(raw: str) -> Message:
    return Message(
        "“{text}” is not a valid phone number; it is kept as it stands.", params={"text": raw[:40]}
    )


def _noted_phone(raw: str) -> Message:
    return Message(
        "“{text}” is no phone number; it goes into the notes.", params={"text": raw[:40]}
    )
