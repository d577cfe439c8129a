"""What a card says of a person or a company, sorted into the columns of a table.

What has no column becomes a line of the notes; only what is about the card itself (its id, the
program that wrote it) and pictures are left out.
"""

import re
from collections.abc import Callable
from typing import Final

from app.exchange import vcard_words as words
from app.exchange.encodings import MARK
from app.exchange.joined import full_name, is_chinese
from app.exchange.vcard_lines import Property, RawCard, cards_of
from app.exchange.vcard_parts import CardText, birthday, distinct, plain_uid
from app.exchange.vcard_values import Decoder, is_unreadable, shown, split, unescaped
from app.exchange.vcard_ways import Labels, Ways
from app.i18n import Message

LONGEST: Final = 1_000_000  # bytes of a text field
_PREVIEW: Final = 1_000  # characters shown of a longer one
_GROUP_KINDS: Final = frozenset({"GROUP"})
_COMPANY_KINDS: Final = frozenset({"ORG", "ORGANIZATION"})
_SYSTEM_GROUPS: Final = frozenset({"my contacts", "mycontacts"})
_PICTURES: Final = re.compile("PHOTO|LOGO|X-.*(?:PICTURE|PHOTO|LOGO).*")
_ANDROID: Final = "vnd.android.cursor.item/"


Handler = Callable[[Property, str], None]


def read_card(raw: RawCard, decoder: Decoder) -> CardText:
    """What the card says."""
    return _Reading(decoder).card(raw)


class _Reading:
    """One card on its way to texts."""

    def __init__(self, decoder: Decoder) -> None:
        self._decoder = decoder
        self._made = CardText()
        self._lines: list[str] = []
        self._formatted = ""
        self._parts = [""] * 5
        self._kinds: set[str] = set()
        self._organisations: list[list[str]] = []
        self._titles: list[str] = []
        self._phonetic: dict[str, str] = {}
        self._labels = Labels()
        self._ways = Ways(self._made, self._labels, self._line)
        self._handlers = self._all_handlers()

    def card(self, raw: RawCard) -> CardText:
        made = self._made
        for one in raw.properties:
            if one.name == "X-ABLABEL" and one.group:
                self._labels.add(one.group, self._text(one))
        for one in raw.properties:
            self._property(one)
        for agent in raw.agents:
            self._agent(agent)
        self._who()
        self._ways.finish()
        self._phonetic_line()
        made.notes += self._lines
        if made.problem is None:
            made.problem = _problem(raw)
        return made

    def _all_handlers(self) -> dict[str, Handler]:
        ways = self._ways
        return {
            "FN": self._formatted_name,
            "N": self._name,
            "NICKNAME": self._nickname,
            "X-NICKNAME": self._nickname,
            "ORG": self._organisation,
            "TITLE": self._title,
            "NOTE": self._note,
            "CATEGORIES": self._categories,
            "X-CATEGORIES": self._categories,
            "KIND": self._kind,
            "X-ADDRESSBOOKSERVER-KIND": self._kind,
            "X-ABSHOWAS": self._show_as,
            "UID": self._uid,
            "MEMBER": self._member,
            "X-ADDRESSBOOKSERVER-MEMBER": self._member,
            "TEL": ways.phone,
            "EMAIL": ways.email,
            "IMPP": ways.messenger,
            "X-WECHAT": ways.wechat,
            "X-WEIXIN": ways.wechat,
            "X-TENCENT-WECHAT": ways.wechat,
            "X-SOCIALPROFILE": ways.profile,
            "URL": ways.website,
            "ADR": ways.address,
            "LABEL": ways.address_label,
            "BDAY": self._birthday,
            "X-ABDATE": self._labelled,
            "X-ABRELATEDNAMES": self._labelled,
            "RELATED": self._related,
            "X-ANDROID-CUSTOM": self._android,
            "AGENT": self._agent_text,
        }

    # --- one property

    def _property(self, one: Property) -> None:
        self._made.pictures |= bool(one.is_binary and _PICTURES.fullmatch(one.name))
        if one.cut:
            self._too_long(one)
            return
        if one.is_binary:
            return
        handler = self._handlers.get(one.name)
        text = self._text(one)
        if not text.strip():
            return
        if len(text) * 4 > LONGEST and len(text.encode("utf-8", "replace")) > LONGEST:
            self._too_long(one)
        elif handler is not None:
            handler(one, text)
        elif one.name.startswith("X-PHONETIC-"):
            self._phonetic[one.name.removeprefix("X-PHONETIC-")] = unescaped(text).strip()
        elif not words.is_technical(one.name):
            self._other(one, text)

    def _text(self, one: Property) -> str:
        """The value, escapes and all."""
        text = self._decoder.text(one)
        if MARK in text and not words.is_technical(one.name):
            self._made.damaged = self._made.damaged or one.name
            if is_unreadable(text) and self._made.problem is None:
                self._made.problem = Message(
                    "The card holds bytes that cannot be read. Is it in another encoding?"
                )
        if "\0" in text:
            text = text.replace("\0", "")
            self._made.problem = Message("The card holds NUL bytes: the file is damaged here.")
        return shown(text)

    def _too_long(self, one: Property) -> None:
        start = self._decoder.text(one)[:_PREVIEW]
        self._line(words.title(one.name), f"{shown(unescaped(start))}…")
        self._made.problem = Message(
            "“{property}” holds more than 1 MB of text. Shorten it or keep it as a file.",
            params={"property": one.name},
        )

    def _line(self, title: Message | str, value: str) -> None:
        plain = value.strip()
        if plain:
            self._lines.append(f"{title}: {plain}")

    def _other(self, one: Property, text: str) -> None:
        value = ", ".join(part for part in split(text, ";") if part)
        self._line(self._labels.of(one) or words.title(one.name), value)

    def _formatted_name(self, _one: Property, text: str) -> None:
        self._formatted = self._formatted or " ".join(unescaped(text).split())

    def _name(self, _one: Property, text: str) -> None:
        if not any(self._parts):
            parts = [" ".join(part.split()) for part in split(text, ";")]
            self._parts = [*parts, *[""] * 5][:5]

    def _nickname(self, _one: Property, text: str) -> None:
        self._made.other_names += split(text, ",")

    def _organisation(self, _one: Property, text: str) -> None:
        self._organisations.append([" ".join(part.split()) for part in split(text, ";")])

    def _title(self, _one: Property, text: str) -> None:
        self._titles.append(unescaped(text).strip())

    def _note(self, _one: Property, text: str) -> None:
        self._made.notes.append(unescaped(text).strip())

    def _categories(self, _one: Property, text: str) -> None:
        found = split(text, ",")
        self._made.tags += [one for one in found if one.casefold() not in _SYSTEM_GROUPS]

    def _kind(self, _one: Property, text: str) -> None:
        self._kinds.add(text.strip().upper())

    def _show_as(self, _one: Property, text: str) -> None:
        if text.strip().upper() == "COMPANY":
            self._kinds.add("ORG")

    def _uid(self, _one: Property, text: str) -> None:
        self._made.uid = plain_uid(text)

    def _member(self, _one: Property, text: str) -> None:
        self._made.members = [*(self._made.members or []), plain_uid(text)]

    # --- days and people

    def _birthday(self, _one: Property, text: str) -> None:
        found = birthday(unescaped(text).strip())
        if found and not self._made.birthday:
            self._made.birthday = found
        elif found != self._made.birthday or not found:
            self._line(words.BIRTHDAY, unescaped(text))

    def _labelled(self, one: Property, text: str) -> None:
        self._line(self._labels.of(one) or words.title(one.name), unescaped(text))

    def _related(self, one: Property, text: str) -> None:
        types = one.params.get("TYPE", ())
        value = unescaped(text).strip().removeprefix("urn:uuid:")
        self._line(words.label_words(types[0]) if types else words.RELATED, value)

    def _android(self, _one: Property, text: str) -> None:
        """vnd.android.cursor.item/contact_event;1980-03-15;3 and its like."""
        found = split(text, ";")
        kind, values = found[0], [*found[1:], "", ""]
        if kind == f"{_ANDROID}nickname":
            self._made.other_names.append(values[0])
        elif kind == f"{_ANDROID}contact_event" and values[1] == "3":
            self._made.birthday = self._made.birthday or birthday(values[0])
        elif kind.lower().endswith("lunarbirthday"):
            self._made.birthday = self._made.birthday or birthday(f"农历{values[0]}")
        else:
            self._line(kind.rpartition("/")[2], values[0])

    def _agent_text(self, _one: Property, text: str) -> None:
        """A card inside a value, as 3.0 has it, or simply a name."""
        whole = unescaped(text)
        inside = list(cards_of(whole.encode("utf-8", "replace")))
        for agent in inside:
            self._agent(agent)
        if not inside:
            self._line(words.AGENT, whole)

    def _agent(self, raw: RawCard) -> None:
        agent = read_card(raw, self._decoder)
        parts = (agent.name or agent.company, agent.position, *agent.phones, *agent.emails)
        self._line(words.AGENT, ", ".join(filter(None, parts)))

    # --- all of it together

    def _phonetic_line(self) -> None:
        order = ("FIRST-NAME", "MIDDLE-NAME", "LAST-NAME", "ORG")
        self._line(words.PHONETIC, " ".join(filter(None, map(self._phonetic.get, order))))

    def _who(self) -> None:
        """Name, company and position."""
        made = self._made
        self._employers()
        person = self._composed()
        firm = made.company or self._formatted
        named = any(self._parts[:3])
        if self._kinds & _GROUP_KINDS:
            made.members = made.members or []
        else:
            made.members = None
        if self._kinds & _COMPANY_KINDS or (made.company == firm and self._is_firm(named=named)):
            made.company = firm
            contact = self._from_parts()
            made.contact = "" if contact == firm else contact
        else:
            made.name = person
        held = (made.name, made.contact)
        made.other_names = distinct([one for one in made.other_names if one not in held])

    def _is_firm(self, *, named: bool) -> bool:
        company = self._made.company
        return bool(company) and not named and self._formatted in ("", company)

    def _employers(self) -> None:
        made = self._made
        for place, (name, *units) in enumerate(self._organisations):
            if place == 0:
                made.company = name
            elif name != made.company:
                self._line(words.COMPANY, name)
            self._line(words.DEPARTMENT, ", ".join(filter(None, units)))
        titles = distinct(self._titles)
        made.position = titles[0] if titles else ""
        for further in titles[1:]:
            self._line(words.POSITION, further)

    def _composed(self) -> str:
        """The name as it is shown; a Chinese one in the right order whatever the phone made of it.

        Many programs write 伟 张 or 张 伟 as the formatted name of N:张;伟.
        """
        whole = self._from_parts()
        _, _, _, before, after = self._parts
        same = sorted(self._formatted.replace(" ", "")) == sorted(whole.replace(" ", ""))
        if self._formatted and not (same and is_chinese([whole])):
            return self._formatted
        if self._formatted or is_chinese([whole]):
            self._line(words.FORM_OF_ADDRESS, " ".join(filter(None, (before, after))))
            return whole
        return " ".join(filter(None, (before, whole, after)))

    def _from_parts(self) -> str:
        family, given, middle, _, _ = self._parts
        parts = {"family_name": family, "given_name": given, "middle_name": middle}
        return full_name({part: value for part, value in parts.items() if value})


def _problem(raw: RawCard) -> Message | None:
    if not raw.ended:
        return Message(
            "The card has no END:VCARD: the file is damaged here, or it breaks off. Look whether "
            "anything is missing, then import this row from the file with the refused rows."
        )
    if not raw.properties:
        return Message("The card is empty.")
    return None
