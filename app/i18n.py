"""One catalogue for every text a user reads: window, reports, workbooks, command line.

English is the source. Nothing is translated at import: what is kept (column titles, errors,
change-set titles) is a `Message`, translated when it is shown.
"""

import gettext
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from typing_extensions import override

LANGUAGES: Final = {"en": "English", "zh_CN": "简体中文", "zh_TW": "繁體中文"}
PSEUDO: Final = "pseudo"
DOMAIN: Final = "shuke"
FOLDER: Final = Path(__file__).resolve().parent.parent / "resources" / "locale"


class _Pseudo(gettext.NullTranslations):
    """Every text 40 % longer and marked, so that what is cut off or untranslated shows."""

    @override
    def gettext(self, message: str) -> str:
        return f"⟦{message}{'·' * round(len(message) * 0.4)}⟧"

    @override
    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


class _Language:
    """The language in use. It is the process's, as it is the user's."""

    code = "en"
    texts: gettext.NullTranslations = gettext.NullTranslations()


def use(code: str) -> None:
    """Show everything in `code` from now on; an unknown code means English."""
    _Language.code = code if code in LANGUAGES or code == PSEUDO else "en"
    if code == PSEUDO:
        _Language.texts = _Pseudo()
    else:
        _Language.texts = gettext.translation(DOMAIN, FOLDER, [_Language.code], fallback=True)


def language() -> str:
    """Code of the language in use: a key of LANGUAGES, or PSEUDO."""
    return _Language.code


def tr(msgid: str, /, **params: object) -> str:
    """The text in the language in use; `{name}` is filled from `params` after the look-up."""
    text = _Language.texts.gettext(msgid)
    return text.format(**params) if params else text


def ntr(msgid: str, plural: str, count: int, /, **params: object) -> str:
    """As `tr`, in the form that `count` asks for; `{count}` is filled with the grouped figure."""
    text = _Language.texts.ngettext(msgid, plural, count)
    return text.format(**{"count": number(count), **params})


def unfilled(message: "Message") -> str:
    """The text of a message (the form for many, where there are two), its places left empty."""
    if message.plural is None:
        return _Language.texts.gettext(message.msgid)
    return _Language.texts.ngettext(message.msgid, message.plural, 2)


@dataclass(frozen=True, slots=True)
class Message:
    """A text to be shown later, perhaps in another language: translated by `str()`.

    With `plural`, `params["count"]` chooses the form. A parameter may itself be a Message.
    """

    msgid: str
    plural: str | None = None
    params: Mapping[str, Any] = field(default_factory=dict)

    @override
    def __str__(self) -> str:
        params = dict(self.params)
        if self.plural is not None:
            return ntr(self.msgid, self.plural, int(params.pop("count")), **params)
        return tr(self.msgid, **params)

    def in_english(self) -> str:
        """The text as the program's own files have it, for what other programs read."""
        one = self.plural is None or self.params["count"] == 1
        return (self.msgid if one else str(self.plural)).format(**self.params)

    def filled(self, **params: object) -> "Message":
        """The same text with these values in its places."""
        return replace(self, params=params)

    def to_json(self) -> str:
        """As text for the journal; dates and the like become their ISO text."""
        return json.dumps(_plain(self), ensure_ascii=False, default=str)

    @classmethod
    def from_json(cls, text: str) -> "Message":
        return _message(json.loads(text))


def _plain(message: Message) -> dict[str, Any]:
    params = {
        key: _plain(value) if isinstance(value, Message) else value
        for key, value in message.params.items()
    }
    return {"msgid": message.msgid, "plural": message.plural, "params": params}


def _message(plain: dict[str, Any]) -> Message:
    params = {
        key: _message(value) if isinstance(value, dict) and "msgid" in value else value
        for key, value in plain["params"].items()
    }
    return Message(plain["msgid"], plain["plural"], params)


def locale_code() -> str:
    """The Babel locale of the language in use."""
    return {"zh_CN": "zh_Hans_CN", "zh_TW": "zh_Hant_TW"}.get(_Language.code, "en")


def number(value: float) -> str:
    """Grouped as the language does it: 1,000,000."""
    if isinstance(value, int):
        return f"{value:,}"
    from babel.numbers import format_decimal

    return str(format_decimal(value, locale=locale_code()))
