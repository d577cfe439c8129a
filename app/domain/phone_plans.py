"""Numbers that are sure to be valid, told by the phone library's own tables without asking it.

The library takes some 80 µs to take a number apart, and an import has tens of thousands. What is
not told here (empty) is for the library to say: numbers with a prefix to be taken off, those of a
country's lesser regions, and those that are not valid.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

_CODE: Final = 3  # digits of a country's code at most
_KINDS: Final = (
    "mobile", "fixed_line", "toll_free", "premium_rate", "shared_cost", "voip",
    "personal_number", "pager", "uan", "voicemail",
)  # fmt: skip


def sure(candidate: str, region: str) -> str:
    """E.164 of digits with + in front, or as dialled within `region`; empty when not sure."""
    if candidate[:1] == "+":
        return candidate if _is_valid(candidate[1:]) else ""
    plan = _plan(region)
    if plan is None or not plan.is_dialled(candidate):
        return ""
    return f"+{plan.code}{candidate[1:]}" if plan.has(candidate[1:]) else ""


def _is_valid(digits: str) -> bool:
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    for length in range(1, _CODE + 1):
        regions = COUNTRY_CODE_TO_REGION_CODE.get(int(digits[:length] or "0"))
        if regions:
            plan = _plan(regions[0])
            return plan is not None and plan.has(digits[length:])
    return False


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which numbers a region has, without the country's code and what is dialled before them."""

    code: int
    numbers: tuple[tuple[frozenset[int], re.Pattern[str]], ...]
    trunk: re.Pattern[str] | None

    def has(self, number: str) -> bool:
        """Whether it is one, and nothing could be meant to be taken off its front."""
        if number[:1] == "0" or (self.trunk is not None and self.trunk.match(number)):
            return False
        (lengths, general), *kinds = self.numbers
        return (
            len(number) in lengths
            and general.fullmatch(number) is not None
            and any(len(number) in some and kind.fullmatch(number) for some, kind in kinds)
        )

    def is_dialled(self, candidate: str) -> bool:
        """Whether it begins with a 0 for the trunk line and nothing else in front."""
        if candidate[:1] != "0" or self.trunk is None:
            return False
        found = self.trunk.match(candidate)
        return found is not None and found.end() == 1


@lru_cache(maxsize=512)
def _plan(region: str) -> _Plan | None:
    """None for a region without numbers, or whose numbers are rewritten when they are read."""
    from phonenumbers import PhoneMetadata

    # what the library keeps, untyped
    found: Any = PhoneMetadata.metadata_for_region(region, None)
    if found is None or found.national_prefix_transform_rule or found.leading_digits:
        return None
    kinds = [getattr(found, kind) for kind in _KINDS]
    prefix = found.national_prefix_for_parsing
    return _Plan(
        found.country_code,
        tuple(_described(one) for one in (found.general_desc, *filter(None, kinds)) if one),
        re.compile(prefix) if prefix else None,
    )


def _described(one: Any) -> tuple[frozenset[int], re.Pattern[str]]:
    return frozenset(one.possible_length), re.compile(one.national_number_pattern or r"(?!)")
