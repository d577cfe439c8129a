"""Numbers and amounts of money as people write them, and as they are kept.

Read are 1234.5, 1,234.5, 1.2万, 3亿, full-width figures; for money also ¥1,234.50, 300元,
NT$ 300, USD 20, 100万美元. A comma groups by three: 1,5 is refused, it can be meant in two ways.
Minor units: ISO 4217, table A.1 (2024).
"""

import re
import unicodedata
from decimal import Decimal
from typing import Final

from app.i18n import Message

MINOR: Final = {
    "CNY": 2, "TWD": 2, "HKD": 2, "MOP": 2, "USD": 2, "EUR": 2, "GBP": 2, "JPY": 0, "KRW": 0,
    "SGD": 2, "MYR": 2, "THB": 2, "VND": 0, "AUD": 2, "NZD": 2, "CAD": 2, "CHF": 2,
}  # fmt: skip
"""Decimal places of the currencies that can be used."""
HOME: Final = {"CN": "CNY", "TW": "TWD", "HK": "HKD", "MO": "MOP", "SG": "SGD", "MY": "MYR"}
"""Currency of an amount without any, by country; elsewhere CNY."""
LARGEST: Final = Decimal(10) ** 15

_SYMBOLS: Final = {
    "CNY": "¥", "TWD": "NT$", "HKD": "HK$", "USD": "US$", "EUR": "€", "GBP": "£", "JPY": "JP¥",
}  # fmt: skip
_WORDS: Final = {
    "人民币": "CNY", "人民幣": "CNY", "RMB": "CNY", "¥": "CNY",
    "新台币": "TWD", "新臺幣": "TWD", "新台幣": "TWD", "台币": "TWD", "台幣": "TWD", "NT$": "TWD",
    "NTD": "TWD", "港币": "HKD", "港幣": "HKD", "港元": "HKD", "HK$": "HKD",
    "美元": "USD", "美金": "USD", "US$": "USD", "欧元": "EUR", "歐元": "EUR", "€": "EUR",
    "英镑": "GBP", "英鎊": "GBP", "£": "GBP", "日元": "JPY", "日圆": "JPY", "日圓": "JPY",
    "JP¥": "JPY",
}  # fmt: skip
_YUAN: Final = ("元", "圆", "圓", "块", "塊")  # of whatever country it is
_WITH_YUAN: Final = frozenset({"CNY", "TWD", "HKD", "MOP", "SGD"})
_DOLLARS: Final = frozenset({"TWD", "HKD", "MOP", "SGD"})
_NAMES: Final = sorted({**_WORDS, **{one: one for one in MINOR}}, key=len, reverse=True)
_TIMES: Final = {"": 1, "千": 10**3, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_NUMBER: Final = re.compile(
    r"([+-]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,18}|(?=\.[0-9]))(?:\.([0-9]{0,9}))?([千万萬亿億]?)"
)
_KEPT: Final = re.compile(r"([A-Z]{3}) (-?[0-9]+)")
_CODE: Final = re.compile(r"[-+]?([A-Z]{3})[-+0-9.,]+|[-+0-9.,]+([A-Z]{3})")


def number(text: str) -> str | Message:
    """The number in its plain form (1234.5), or why it is none."""
    found = _value(_plain(text))
    if found is None:
        return Message("“{text}” is no number. Write it like 1234.5.", params={"text": text[:40]})
    return _too_large() if abs(found) >= LARGEST else _bare(found)


def show_number(kept: str) -> str:
    """Grouped: 1,234.5."""
    return f"{Decimal(kept):,f}"


def money(text: str, currency: str) -> str | Message:
    """Code and minor units (CNY 123450), or why it is no amount."""
    plain = _plain(text).upper().removesuffix("整")
    code, figures = _split(plain, currency)
    value = _value(figures)
    if value is None:
        return _no_amount(plain, text)
    minor = value.scaleb(MINOR[code])
    if abs(minor) >= LARGEST:
        return _too_large()
    if minor != minor.to_integral_value():
        return Message(
            "{currency} has no more than {places} decimal places.",
            params={"currency": code, "places": MINOR[code]},
        )
    return f"{code} {int(minor)}"


def amount(kept: str) -> tuple[str, Decimal] | None:
    """Code and amount in whole units of the currency; None for what is not kept like this."""
    found = _KEPT.fullmatch(kept)
    if found is None or found[1] not in MINOR:
        return None
    return found[1], Decimal(found[2]).scaleb(-MINOR[found[1]])


def show_money(kept: str) -> str:
    """With the sign of its currency: ¥1,234.50; whole amounts without decimals: NT$300."""
    found = amount(kept)
    if found is None:
        raise ValueError(kept)
    code, value = found
    whole = value == value.to_integral_value()
    figures = f"{abs(value):,.{0 if whole else MINOR[code]}f}"
    return f"{'-' if value < 0 else ''}{_SYMBOLS.get(code, code + ' ')}{figures}"


def _no_amount(plain: str, text: str) -> Message:
    coded = _CODE.fullmatch(plain)
    code = (coded[1] or coded[2]) if coded else None
    if code is not None and code not in MINOR:
        return Message("The currency {code} is not known here.", params={"code": code})
    return Message("“{text}” is no amount. Write it like 1234.50.", params={"text": text[:40]})


def _plain(text: str) -> str:
    """Half width, without spaces; every dash is a minus."""
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return re.sub("[−–—]", "-", folded)


def _split(plain: str, currency: str) -> tuple[str, str]:
    """The currency that is named, else `currency`; and the figures."""
    sign, body = ("-", plain[1:]) if plain.startswith("-") else ("", plain)
    code = currency if currency in MINOR else "CNY"
    for name in _NAMES:
        if body.startswith(name) or body.endswith(name):
            code = _WORDS.get(name, name)
            body = body.removeprefix(name) if body.startswith(name) else body.removesuffix(name)
            break
    else:
        if body.startswith("$"):
            code, body = (code if code in _DOLLARS else "USD"), body[1:]
        elif body.endswith(_YUAN):
            code = code if code in _WITH_YUAN else "CNY"
    if body.endswith(_YUAN):
        body = body[:-1]
    return code, sign + body


def _value(plain: str) -> Decimal | None:
    found = _NUMBER.fullmatch(plain)
    if not found:
        return None
    sign, whole, part, times = found.groups()
    figures = Decimal(f"{sign}{whole.replace(',', '') or '0'}.{part or '0'}")
    return figures * _TIMES[times]


def _bare(value: Decimal) -> str:
    words = f"{value:f}"
    words = words.rstrip("0").rstrip(".") if "." in words else words
    return "0" if words == "-0" else words


def _too_large() -> Message:
    return Message("This is too large to be right.")
