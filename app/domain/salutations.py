"""How somebody is spoken to in a letter: 尊敬的陈总, Dear Ms Miller.

Whether a person is a man or a woman is never guessed from a name. It is known where the name says
so (王女士, Mr Miller); else the form is used that suits everybody: a post where one is spoken to by
it (陈总, 李主任), else the whole name. The language is that of the letter, a key of i18n.LANGUAGES.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from app.domain.script import is_han, simplify
from app.domain.surnames import parted
from app.i18n import Message


class Tone(StrEnum):
    """How near one is to somebody."""

    FORMAL = "formal"
    FRIENDLY = "friendly"


TONES: Final[Mapping[Tone, Message]] = MappingProxyType(
    {Tone.FORMAL: Message("Formal"), Tone.FRIENDLY: Message("Friendly")}
)


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a letter goes to: a person (`name`), or all of a `company` where no name is known.

    `position` is what the person is there: 采购经理, Buyer; or how they are addressed: 女士, Ms.
    """

    name: str = ""
    position: str = ""
    company: str = ""


_COURTESY: Final = ("女士", "先生", "小姐", "太太", "夫人")
# What is said after a surname, and where it stands in the name of a post.
_POSTS: Final = (
    ("董", r"董事长|chair(?:man|woman|person)?\b"),
    (
        "总",
        (
            r"总经理|总裁|总监|总工|首席|执行官|创始人|合伙人|副总|\bc[eoft]o\b|\bpresident\b"
            r"|\bdirector\b|\bfounder\b|\bgeneral manager\b|\bowner\b"
        ),
    ),
    ("老板", r"老板"),
    ("厂长", r"厂长"),
    ("店长", r"店长"),
    ("院长", r"院长"),
    ("校长", r"校长"),
    ("局长", r"局长"),
    ("处长", r"处长"),
    ("科长", r"科长"),
    ("部长", r"部长"),
    ("主任", r"主任"),
    ("主管", r"主管|\bsupervisor\b"),
    ("教授", r"教授|\bprofessor\b|\bprof\b"),
    ("老师", r"老师|教师|\bteacher\b"),
    ("医生", r"医生|医师|大夫|\bphysician\b"),
    ("律师", r"律师|\blawyer\b|\battorney\b"),
    ("工", r"工程师|\bengineer\b"),
    ("师傅", r"师傅"),
    ("经理", r"经理|\bmanager\b"),
)
# 王总助理 is not spoken to as the one whom he assists
_ASSISTS: Final = re.compile(r"助理|秘书|司机|assistant|secretary", re.I)
_TRADITIONAL: Final = str.maketrans("总经长处师傅务医厂员", "總經長處師傅務醫廠員")
_SAID: Final = re.compile(
    "(?:" + "|".join((*_COURTESY, *(said for said, _ in _POSTS), "总监", "总经理", "董事长")) + ")$"
)
_PREFIX: Final = re.compile(r"(mrs|miss|ms|mr|mx|dr|prof)\b\.?\s*", re.I)
_PREFIXES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "mr": ("Mr", "先生"),
        "mrs": ("Mrs", "女士"),
        "ms": ("Ms", "女士"),
        "miss": ("Ms", "女士"),
        "mx": ("Mx", ""),
        "dr": ("Dr", "博士"),
        "prof": ("Professor", "教授"),
    }
)
_ENGLISH: Final[Mapping[str, str]] = MappingProxyType(
    {"女士": "Ms", "小姐": "Ms", "太太": "Mrs", "夫人": "Mrs", "先生": "Mr", "教授": "Professor"}
)
_LINES: Final[Mapping[tuple[str, Tone], tuple[str, str]]] = MappingProxyType(
    {
        ("en", Tone.FORMAL): ("Dear {name},", "Dear {company} team,"),
        ("en", Tone.FRIENDLY): ("Hello {name},", "Hello everyone at {company},"),
        ("zh_CN", Tone.FORMAL): ("尊敬的{name}：", "尊敬的{company}各位同仁："),
        ("zh_CN", Tone.FRIENDLY): ("{name}，您好！", "{company}的朋友们，大家好！"),
        ("zh_TW", Tone.FORMAL): ("{name} 您好：", "{company} 諸位先進："),
        ("zh_TW", Tone.FRIENDLY): ("{name}，您好！", "{company}的朋友們，大家好！"),
    }
)
"""To a person, and to a company as a whole."""


def salutation(who: Addressee, language: str, tone: Tone = Tone.FORMAL) -> str:
    """The first line of a letter, as in the module's own first line."""
    to_person, to_company = _LINES[language if (language, tone) in _LINES else "en", tone]
    if who.name.strip():
        return to_person.format(name=called(who, language, tone))
    return to_company.format(company=who.company.strip())


def called(who: Addressee, language: str, tone: Tone = Tone.FORMAL) -> str:
    """How somebody is called: 陈总, 王女士, 王伟; Ms Miller, Grace Miller; or the company."""
    name = " ".join(who.name.split())
    if not name:
        return who.company.strip()
    if language.startswith("zh"):
        return _in_chinese(name, who.position, language)
    return _in_english(name, who.position, tone)


def language_of(who: Addressee, usual: str) -> str:
    """The language of a letter: Chinese to who writes their name so, else English.

    `usual` is the language of the program, and decides between simplified and traditional ones.
    """
    name = who.name.strip() or who.company.strip()
    if not any(is_han(sign) for sign in name):
        return "en"
    return usual if usual.startswith("zh") else "zh_CN"


def _in_chinese(name: str, position: str, language: str) -> str:
    prefix, rest = _without_prefix(name)
    if prefix:
        said = _PREFIXES[prefix][1]
        return f"{rest.split()[-1]}{' ' if rest[-1].isascii() else ''}{said}" if said else rest
    said = _said(name)
    stem = name[: len(name) - len(said)]
    surname, given = parted(stem)
    if said:
        # 王伟先生 is 王先生; what is no Chinese name stays whole
        return (surname or stem) + said
    post = _post(position, traditional=language == "zh_TW")
    return surname + post if surname and given and post else name


def _said(name: str) -> str:
    """How the name itself says that its bearer is called; "" if it does not."""
    found = _SAID.search(simplify(name))
    return name[found.start() :] if found and found.start() > 0 else ""


def _post(position: str, *, traditional: bool) -> str:
    """What is said after the surname of somebody in this post; "" for nothing."""
    plain = simplify(position.strip()).lower()
    if plain in _COURTESY:
        return position.strip()
    if not plain or _ASSISTS.search(plain):
        return ""
    if prefix := _PREFIX.fullmatch(plain):
        return _PREFIXES[prefix[1]][1]
    said = next((said for said, where in _POSTS if re.search(where, plain)), "")
    return said.translate(_TRADITIONAL) if traditional else said


def _in_english(name: str, position: str, tone: Tone) -> str:
    prefix, rest = _without_prefix(name)
    if not prefix and (found := _PREFIX.fullmatch(position.strip())):
        prefix = found[1].lower()
    if any(is_han(sign) for sign in rest):
        return _chinese_name_in_english(rest)
    words = rest.split()
    if len(words) == 1:
        return f"{_PREFIXES[prefix][0]} {rest}" if prefix else rest
    if tone is Tone.FRIENDLY:
        return words[0]
    return f"{_PREFIXES[prefix][0]} {words[-1]}" if prefix else rest


def _chinese_name_in_english(name: str) -> str:
    said = _said(name)
    english = _ENGLISH.get(simplify(said), "")
    return f"{english} {name[: len(name) - len(said)]}" if english else name


def _without_prefix(name: str) -> tuple[str, str]:
    """Mr, Ms … in small letters and the name without it; "Miller, Grace" is turned round."""
    last, comma, first = (part.strip() for part in name.partition(","))
    if comma and first and last:
        name = f"{first} {last}"
    found = _PREFIX.match(name)
    if found is None or not name[found.end() :]:
        return "", name
    return found[1].lower(), name[found.end() :]
