"""Contact points of sample customers, as people write them, and tax ids that pass every check."""

from typing import Final

from app.domain.sample_draw import Draw, words
from app.domain.sample_parties import Culture, Firm, Person, Spot
from app.domain.tax_ids import ALPHABET, check_character
from app.domain.vocabulary import PointKind

Point = tuple[PointKind, str, str]
"""Kind, as typed, and normalised as `domain.contact_points` does it."""

MOBILE_STARTS: Final = words(
    "138 139 136 137 135 158 159 150 151 187 188 182 186 185 133 189 180 181 199 176 177 178 152"
    " 130 131 132 155 156 134 191 198"
)
_ORGANISATION_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
_LETTERS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Multiplying by a number prime to the size of the space visits every place once.
_STRIDE: Final = 387_420_491
_HONG_KONG_STARTS: Final = words(
    "512 516 527 531 541 601 602 612 613 621 623 631 642 651 671 681 691 902 912 916 923 932 942"
    " 946 952 961 972 981 984"
)
_SEVEN_DIGITS: Final = frozenset({"0592"})
_SHORT_LINES: Final = {"03": "3", "06": "2", "07": "3"}


def mobile(draw: Draw, culture: Culture, spot: Spot) -> Point:
    match culture:
        case Culture.MAINLAND:
            start, middle, last = draw.pick(MOBILE_STARTS), draw.digits(4), draw.digits(4)
            shape = draw.pick(
                ("{}{}{}", "{}{}{}", "{}{}{}", "{} {} {}", "{}-{}-{}", "+86 {} {} {}")
            )
            whole = f"+86{start}{middle}{last}"
            return PointKind.PHONE, shape.format(start, middle, last), whole
        case Culture.TAIWAN:
            start, middle, last = f"9{draw.digits(2)}", draw.digits(3), draw.digits(3)
            shape = draw.pick(("+886 {}-{}-{}", "+886 {} {} {}"))
            whole = f"+886{start}{middle}{last}"
            return PointKind.PHONE, shape.format(start, middle, last), whole
        case Culture.HONG_KONG:
            start, last = draw.pick(_HONG_KONG_STARTS) + draw.digits(1), draw.digits(4)
            return PointKind.PHONE, f"+852 {start} {last}", f"+852{start}{last}"
        case Culture.AMERICA:
            return _american(draw, spot.place.area)


def landline(draw: Draw, culture: Culture, spot: Spot) -> Point:
    area = spot.place.area
    match culture:
        case Culture.MAINLAND:
            first, last = f"{draw.pick('568')}{1 + draw.below(9)}{draw.digits(2)}", draw.digits(4)
            first = f"5{first[2:]}" if area in _SEVEN_DIGITS else first
            extension = 801 + draw.below(99)
            shape = draw.pick(
                ("{a}-{f}{l}", "{a}-{f}{l}", "({a}) {f} {l}", "{a}-{f}{l}-{e}", "{a}-{f}{l}转{e}")
            )
            raw = shape.format(a=area, f=first, l=last, e=extension)
            return PointKind.PHONE, raw, f"+86{area[1:]}{first}{last}"
        case Culture.TAIWAN:
            return _taiwan_line(draw, area)
        case Culture.HONG_KONG:
            first, last = f"2{3 + draw.below(6)}{draw.digits(2)}", draw.digits(4)
            return PointKind.PHONE, f"+852 {first} {last}", f"+852{first}{last}"
        case Culture.AMERICA:
            return _american(draw, area)


def _taiwan_line(draw: Draw, area: str) -> Point:
    begin = _SHORT_LINES.get(area, "2") + str(2 + draw.below(7))
    first = begin + draw.digits(1 if area in _SHORT_LINES else 2)
    last = draw.digits(4)
    extension = draw.pick(("", "", f" #{10 + draw.below(90)}"))
    raw = f"+886-{area[1:]}-{first}-{last}{extension}"
    return PointKind.PHONE, raw, f"+886{area[1:]}{first}{last}"


def _american(draw: Draw, area: str) -> Point:
    line = draw.digits(4)
    shape = draw.pick(("+1 ({}) 555-{}", "+1 {}-555-{}", "+1 {} 555 {}"))
    return PointKind.PHONE, shape.format(area, line), f"+1{area}555{line}"


def mail(draw: Draw, person: Person, domain: str) -> Point:
    """At a firm's `domain`, or at a provider where that is empty."""
    if not domain:
        domain = draw.pick(("mail", "post", "inbox"))
        local = draw.pick((f"{person.family}{person.given}", f"{person.given}.{person.family}"))
        local += str(1 + draw.below(999))
    else:
        local = f"{person.given}.{person.family}"
    address = f"{local}@{domain}.example"
    return PointKind.EMAIL, address, address


def office_mail(draw: Draw, firm: Firm) -> Point:
    address = f"{draw.pick(('info', 'office', 'sales', 'order'))}@{firm.domain}.example"
    return PointKind.EMAIL, address, address


def website(firm: Firm) -> Point:
    address = f"www.{firm.domain}.example"
    return PointKind.WEBSITE, address, address


def wechat(draw: Draw, person: Person) -> Point:
    letters = f"{person.family}{person.given}"[:14]
    shape = draw.pick(("{0}{1}", "{0}_{1}", "{2}-{1}", "wx{0}{1}"))
    name = shape.format(letters, 10 + draw.below(990), f"{person.family}{person.given[:1]}gz")
    return PointKind.WECHAT, name, name


def tax_id(number: int, culture: Culture, spot: Spot) -> str:
    """One of its own for every `number` of a firm; empty where firms have none."""
    if culture is Culture.MAINLAND:
        return credit_code(number, spot.district.code)
    if culture is Culture.TAIWAN:
        return taiwan_id(number)
    return ""


def credit_code(number: int, place_code: str) -> str:
    """统一社会信用代码 of an enterprise (GB 32100-2015), the organisation within by GB 11714."""
    space = len(ALPHABET) ** 6
    rest, body = number * _STRIDE % space, ""
    for _ in range(6):
        rest, place = divmod(rest, len(ALPHABET))
        body = ALPHABET[place] + body
    organisation = f"MA{body}"
    total = sum(
        _LETTERS.index(char) * weight
        for char, weight in zip(organisation, _ORGANISATION_WEIGHTS, strict=True)
    )
    check = "0123456789X0"[11 - total % 11]
    first = f"91{place_code}{organisation}{check}"
    return first + check_character(first)


def taiwan_id(number: int) -> str:
    """統一編號: six digits of our own, then the two that make the sum divisible by 10."""
    digits = f"{number * 7_654_321 % 10**6:06d}"
    total = sum(_digit_sum(int(d) * w) for d, w in zip(digits, (1, 2, 1, 2, 1, 2), strict=True))
    # The seventh digit (weight 4) is never 7, which has rules of its own.
    seventh = number // 10**6 % 7
    total += _digit_sum(seventh * 4)
    return f"{digits}{seventh}{-total % 10}"


def _digit_sum(value: int) -> int:
    return value // 10 + value % 10
