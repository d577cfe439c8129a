import random

import phonenumbers
import pytest
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

from app.domain import phone_plans

REGIONS = ("CN", "TW", "US", "GB", "JP", "IT", "AR", "XX")


def examples():
    """Numbers that the library gives for every region, and such with a slip in them."""
    draw = random.Random(7)
    for code, regions in COUNTRY_CODE_TO_REGION_CODE.items():
        for region in regions:
            found = PhoneMetadata.metadata_for_region(region, None)
            for kind in ("mobile", "fixed_line", "toll_free", "voip"):
                described = getattr(found, kind, None)
                number = described and described.example_number
                for text in (number, number and slipped(draw, number)) if number else ():
                    yield from (f"+{code}{text}", f"0{text}", text, f"+{code}0{text}")


def slipped(draw, number):
    at = draw.randrange(len(number))
    return f"{number[:at]}{draw.randrange(10)}{number[at + 1 :]}"


def by_the_library(candidate, region):
    try:
        number = phonenumbers.parse(candidate, region)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def test_what_is_sure_is_what_the_library_says():
    sure = 0
    for place, candidate in enumerate(examples()):
        region = REGIONS[place % len(REGIONS)]
        found = phone_plans.sure(candidate, region)
        if found:
            sure += 1
            assert found == by_the_library(candidate, region), (candidate, region)
    assert sure > 500


@pytest.mark.parametrize(
    ("candidate", "region", "expected"),
    [
        ("+8613812345678", "US", "+8613812345678"),
        ("01065521234", "CN", "+861065521234"),
        ("+442071838750", "CN", "+442071838750"),
        ("+12065550391", "CN", "+12065550391"),
        ("+4402071838750", "CN", ""),  # the library takes the 0 off
        ("001065521234", "CN", ""),
        ("+390612345678", "CN", ""),  # here the 0 stays: for the library to know
        ("+8612", "CN", ""),
        ("+", "CN", ""),
        ("", "CN", ""),
    ],
)
def test_numbers_with_something_to_take_off_are_left_to_the_library(candidate, region, expected):
    assert phone_plans.sure(candidate, region) == expected
