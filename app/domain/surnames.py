"""Where a Chinese surname ends."""

from typing import Final

from app.domain.script import is_han, simplify

_DOUBLE: Final = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 "
    "濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 令狐 百里 呼延"
)
DOUBLE_SURNAMES: Final = frozenset(_DOUBLE.split())
"""Surnames of two characters, simplified."""


def parted(name: str) -> tuple[str, str]:
    """Surname and given name of a name of Chinese characters, in the characters it is written in.

    A name of other signs, or of more than four, has no surname that is known: ("", name).
    """
    if not 1 <= len(name) <= 4 or not all(is_han(sign) for sign in name):
        return "", name
    length = 2 if simplify(name[:2]) in DOUBLE_SURNAMES else 1
    return name[:length], name[length:]
