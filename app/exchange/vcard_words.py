"""What the lines of a note are called that hold what a card says and no field does."""

import re
from typing import Final

from app.i18n import Message

FAX: Final = Message("Fax")
PAGER: Final = Message("Pager")
EMAIL: Final = Message("E-mail")
COMPANY: Final = Message("Company")
DEPARTMENT: Final = Message("Department")
POSITION: Final = Message("Position")
BIRTHDAY: Final = Message("Birthday")
ANNIVERSARY: Final = Message("Anniversary")
FORM_OF_ADDRESS: Final = Message("Form of address")
PHONETIC: Final = Message("Phonetic name")
AGENT: Final = Message("Represented by")
RELATED: Final = Message("Related to")
HOME_ADDRESS: Final = Message("Home address")
WORK_ADDRESS: Final = Message("Work address")
OTHER_ADDRESS: Final = Message("Other address")

_WORDS: Final = {
    "ANNIVERSARY": ANNIVERSARY,
    "ASSISTANT": Message("Assistant"),
    "ASSISTANTPHONE": Message("Assistant's phone"),
    "BIRTHPLACE": Message("Place of birth"),
    "BLOG-URL": Message("Blog"),
    "CHILD": Message("Child"),
    "DEATHDATE": Message("Date of death"),
    "DEPARTMENT": DEPARTMENT,
    "EXPERTISE": Message("Expertise"),
    "FATHER": Message("Father"),
    "FRIEND": Message("Friend"),
    "GENDER": Message("Gender"),
    "HOBBY": Message("Hobby"),
    "HOMEPAGE": Message("Website"),
    "IMADDRESS": Message("Instant messages"),
    "IMPP": Message("Instant messages"),
    "INTEREST": Message("Interest"),
    "LANG": Message("Language"),
    "MAIDENNAME": Message("Maiden name"),
    "MANAGER": Message("Manager"),
    "MOTHER": Message("Mother"),
    "OFFICE": Message("Office"),
    "PARENT": Message("Mother or father"),
    "PARTNER": Message("Partner"),
    "PROFESSION": Message("Profession"),
    "REFERREDBY": Message("Referred by"),
    "ROLE": Message("Role"),
    "SOCIALPROFILE": Message("Profile"),
    "SPOUSE": Message("Spouse"),
}
_OWN: Final = {
    "AIM": "AIM",
    "GADUGADU": "Gadu-Gadu",
    "GOOGLE-TALK": "Google Talk",
    "GTALK": "Google Talk",
    "ICQ": "ICQ",
    "JABBER": "Jabber",
    "MSN": "MSN",
    "QQ": "QQ",
    "SKYPE": "Skype",
    "SKYPE-USERNAME": "Skype",
    "TWITTER": "Twitter",
    "YAHOO": "Yahoo",
}
_VENDOR: Final = re.compile("X-(?:EVOLUTION-|MS-|KADDRESSBOOK-X?-?|MOZILLA-|AB|GOOGLE-(?!TALK))?")
_BUILT_IN: Final = re.compile(r"_\$!<(.*)>!\$_")

_TECHNICAL: Final = re.compile(
    "UID|REV|PRODID|VERSION|PROFILE|CLASS|SORT-STRING|MAILER|SOURCE|NAME|XML|CLIENTPIDMAP|KEY|FBURL"
    "|CALURI|CALADRURI|CAPURI|PHOTO|LOGO|SOUND|X-AB(?:UID|ADR|LABEL|SHOWAS|PLACE.*)|X-MS-OL-.*"
    "|X-GENERATOR|X-IMAGETYPE|X-IMAGEHASH|X-SHARED-PHOTO-.*|X-SORT-STRING|X-CLASS|X-REV|X-UID"
    "|X-COUCHDB-.*|X-EVOLUTION-(?:FILE-AS|VIDEO-URL|LIST.*|WEBDAV.*|CALENDAR.*|X509.*|PGP.*)"
    "|X-MS-CARDPICTURE|X-MS-TEXT|X-ADDRESSBOOKSERVER-.*|X-APPLE-.*|X-MOZILLA-(?:HTML|PROPERTY.*)"
    "|X-ACCOUNT.*|X-CREATED.*|X-SYNC.*|X-LUID|X-FILE-AS|X-SAVED-ON|X-PHONETIC-.*|MEMBER"
)


def is_technical(name: str) -> bool:
    """Whether a property is about the card and not about whose card it is."""
    return _TECHNICAL.fullmatch(name) is not None


def title(name: str) -> str:
    """What a property is called in a note; its own name where nobody knows it."""
    key = _VENDOR.sub("", name) if name.startswith("X-") else name
    known = _WORDS.get(key)
    return str(known) if known is not None else _OWN.get(key, name)


def plain_label(label: str) -> str:
    """An Apple label without the signs that say it is built in: _$!<Spouse>!$_ is Spouse."""
    built_in = _BUILT_IN.fullmatch(label.strip())
    return built_in[1] if built_in is not None else label.strip()


def label_words(label: str) -> str:
    """A label in the language in use, where it is one of the usual ones."""
    words = plain_label(label)
    known = _WORDS.get(words.upper())
    return str(known) if known is not None else words


def is_own_label(label: str) -> bool:
    """Whether the user wrote the label."""
    words = label.strip()
    return bool(words) and words == plain_label(words) and words.upper() not in _WORDS
