"""Sample people and firms: names with their spelling, and where they are."""

from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import Final

from app.domain import sample_names as names
from app.domain import sample_places as places
from app.domain import sample_trades as trades
from app.domain.pinyin import of_name
from app.domain.sample_draw import Draw, Weighted


class Culture(Enum):
    MAINLAND = auto()
    TAIWAN = auto()
    HONG_KONG = auto()
    AMERICA = auto()


@dataclass(frozen=True, slots=True)
class Person:
    """`family` and `given` in Latin letters, as an e-mail address has them; `english`: beside."""

    name: str
    family: str
    given: str
    english: str = ""


@dataclass(frozen=True, slots=True)
class Firm:
    """`domain` without its ending; `head` runs it; `short` is what everybody says."""

    name: str
    short: str
    domain: str
    head: Person
    go_between: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """Somewhere within a place."""

    place: places.Place
    district: places.District
    address: str


@dataclass(frozen=True, slots=True)
class _People:
    surnames: Weighted[str]
    given: tuple[tuple[str, ...], tuple[str, ...]]
    parts: tuple[tuple[str, str], tuple[str, str]]


PLACES: Final = {
    Culture.MAINLAND: places.MAINLAND,
    Culture.TAIWAN: places.TAIWAN,
    Culture.HONG_KONG: places.HONG_KONG,
    Culture.AMERICA: places.AMERICA,
}
_WHERE: Final = {
    culture: Weighted.of((place, place.weight) for place in found)
    for culture, found in PLACES.items()
}
_MAINLAND: Final = _People(
    names.MAINLAND_SURNAMES,
    (names.MAINLAND_MEN, names.MAINLAND_WOMEN),
    (names.MAINLAND_MEN_PARTS, names.MAINLAND_WOMEN_PARTS),
)
_TAIWAN: Final = _People(
    names.TAIWAN_SURNAMES,
    (names.TAIWAN_MEN, names.TAIWAN_WOMEN),
    (names.TAIWAN_MEN_PARTS, names.TAIWAN_WOMEN_PARTS),
)
_SHORT: Final = (names.MAINLAND_MEN_SHORT, names.MAINLAND_WOMEN_SHORT)
CHINESE: Final = frozenset({Culture.MAINLAND, Culture.TAIWAN, Culture.HONG_KONG})


def person(draw: Draw, culture: Culture) -> Person:
    woman = draw.chance(0.45)
    if culture is Culture.AMERICA:
        given = draw.pick(names.ENGLISH_WOMEN if woman else names.ENGLISH_MEN)
        family = draw.weighted(names.ENGLISH_SURNAMES)
        return Person(f"{given} {family}", family.lower(), given.lower())
    people = _MAINLAND if culture is Culture.MAINLAND else _TAIWAN
    family = draw.weighted(people.surnames)
    given = _given(draw, people, culture, woman=woman)
    latin = spelling(family + given)
    count = len(family)
    english = ""
    if culture is not Culture.MAINLAND and draw.chance(0.3):
        english = f"{draw.pick(names.ENGLISH_BESIDE_CHINESE)} {''.join(latin[:count]).title()}"
    return Person(family + given, "".join(latin[:count]), "".join(latin[count:]), english)


def _given(draw: Draw, people: _People, culture: Culture, *, woman: bool) -> str:
    if culture is Culture.MAINLAND and draw.chance(0.22):
        return draw.pick(_SHORT[woman])
    if draw.chance(0.55):
        return draw.pick(people.given[woman])
    first, last = people.parts[woman]
    while True:
        made = draw.pick(first), draw.pick(last)
        if made[0] != made[1]:
            return "".join(made)


def spelling(name: str) -> tuple[str, ...]:
    """The usual pinyin of every character."""
    return tuple(options[0] if options else "" for options in of_name(name))


def firm(draw: Draw, culture: Culture, spot: Spot, *, go_between: bool = False) -> Firm:
    head = person(draw, culture)
    if culture is Culture.AMERICA:
        return _english_firm(draw, head, go_between=go_between)
    brand = _brand(draw, head, traditional=culture is not Culture.MAINLAND)
    trade, form = _business(draw, culture, go_between=go_between)
    city = spot.place.city.rstrip("市") if culture is Culture.MAINLAND else ""
    ahead = city if city and form and draw.chance(0.4) else ""
    domain = "".join(spelling(brand))
    domain += draw.pick(("", "", str(1 + draw.below(99)), "".join(spelling(trade))[:6]))
    return Firm(f"{ahead}{brand}{trade}{form}", brand + trade, domain, head, go_between)


def _business(draw: Draw, culture: Culture, *, go_between: bool) -> tuple[str, str]:
    """Trade and form."""
    if culture is Culture.MAINLAND:
        if go_between:
            return "", draw.pick(trades.MAINLAND_GO_BETWEENS)
        return draw.pick(trades.MAINLAND_TRADES), draw.pick(trades.MAINLAND_FORMS)
    if go_between:
        return "", draw.pick(trades.TAIWAN_GO_BETWEENS)
    if culture is Culture.HONG_KONG:
        return draw.pick(trades.TAIWAN_TRADES), draw.pick(trades.HONG_KONG_FORMS)
    return draw.pick(trades.TAIWAN_TRADES), draw.pick(trades.TAIWAN_FORMS)


def _brand(draw: Draw, head: Person, *, traditional: bool) -> str:
    given = head.name[-2:]
    if len(head.name) == 3 and draw.chance(0.12):
        return given
    while True:
        first = draw.below(len(names.BRAND_FIRST[0]))
        last = draw.below(len(names.BRAND_LAST[0]))
        made = names.BRAND_FIRST[0][first] + names.BRAND_LAST[0][last]
        if made[0] != made[1] and made not in names.KNOWN_BRANDS:
            if traditional:
                return names.BRAND_FIRST[1][first] + names.BRAND_LAST[1][last]
            return made


def _english_firm(draw: Draw, head: Person, *, go_between: bool) -> Firm:
    words = trades.ENGLISH_GO_BETWEENS if go_between else trades.ENGLISH_TRADES
    trade, form = draw.pick(words), draw.pick(trades.ENGLISH_FORMS)
    family = head.name.partition(" ")[2]
    if draw.chance(0.25):
        brand, form = draw.pick((f"{family} & Sons", f"{family} Brothers", family)), ""
    else:
        brand = draw.pick(names.ENGLISH_BRANDS).replace("%", " ")
    short = f"{brand} {trade}"
    letters = "".join(char for char in short.lower() if char.isalnum())
    return Firm(f"{short} {form}".strip(), short, letters, head, go_between)


def spot(draw: Draw, culture: Culture) -> Spot:
    return spot_in(draw, culture, draw.weighted(_WHERE[culture]))


def spot_in(draw: Draw, culture: Culture, place: places.Place) -> Spot:
    """An address in this place."""
    district = draw.pick(place.districts)
    return Spot(place, district, _address(draw, culture, place, district))


def _address(draw: Draw, culture: Culture, place: places.Place, district: places.District) -> str:
    street, number = draw.pick(district.streets), 1 + draw.below(980)
    floor = 2 + draw.below(18)
    match culture:
        case Culture.MAINLAND:
            inside = draw.pick(("", f" {1 + draw.below(12)} 幢", f" {floor} 楼", f" {floor}02 室"))
            city = "" if district.name.endswith("市") else place.city
            return f"{city}{district.name}{street} {number} 号{inside}"
        case Culture.TAIWAN:
            inside = draw.pick(("", "", f" {floor} 樓", f" {floor} 樓之 {1 + draw.below(5)}"))
            return f"{district.code} {place.city}{district.name}{street} {number} 號{inside}"
        case Culture.HONG_KONG:
            return f"{district.name}{street} {number} 號 {floor} 樓"
        case Culture.AMERICA:
            inside = draw.pick(("", "", f", Suite {floor}{draw.below(10)}0", f", Floor {floor}"))
            return f"{number} {street}{inside}, {place.city}, {district.name} {district.code}"


def known_place(culture: Culture, region: str) -> places.Place:
    return _by_region()[culture, region]


@cache
def _by_region() -> dict[tuple[Culture, str], places.Place]:
    return {(culture, one.region): one for culture, found in PLACES.items() for one in found}
