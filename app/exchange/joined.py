"""Names and addresses put together from their parts, as the language does it."""

from collections.abc import Iterable
from collections.abc import Mapping as Pairs
from typing import Final

from app.exchange.tables import Cell

NAME_PARTS: Final = ("family_name", "given_name", "middle_name")
BIRTHDAY_PARTS: Final = ("birth_year", "birth_month", "birth_day")
ADDRESS_PARTS: Final = ("country", "state", "city", "street", "postcode")


def is_chinese(texts: Iterable[str]) -> bool:
    return any("㐀" <= sign <= "鿿" for text in texts for sign in text)


def full_name(parts: Pairs[str, Cell]) -> str:
    """张 + 伟 → 张伟; Smith + Ann → Ann Smith."""
    texts = {part: str(cell).strip() for part, cell in parts.items()}
    if is_chinese(texts.values()):
        return "".join(
            texts[part] for part in ("family_name", "middle_name", "given_name") if part in texts
        )
    return " ".join(
        texts[part] for part in ("given_name", "middle_name", "family_name") if part in texts
    )


def full_address(parts: Pairs[str, Cell]) -> str:
    """In Chinese from the country to the street, else from the street to the country."""
    texts = {part: str(cell).strip() for part, cell in parts.items()}
    postcode = texts.pop("postcode", "")
    if is_chinese(texts.values()):
        place = "".join(texts[part] for part in ADDRESS_PARTS if part in texts)
        return f"{place} {postcode}".strip()
    place = ", ".join(texts[part] for part in ("street", "city", "state") if part in texts)
    return ", ".join(filter(None, (f"{place} {postcode}".strip(), texts.get("country", ""))))


def full_birthday(parts: Pairs[str, Cell]) -> str:
    """1980 + 3 + 15 → 1980-3-15; without the year 3-15; "" where month or day is missing."""
    year, month, day = (str(parts.get(part) or "").strip() for part in BIRTHDAY_PARTS)
    if not (month and day):
        return ""
    return "-".join(filter(None, (year, month, day)))
