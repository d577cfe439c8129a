import pytest

from app.domain.contact_points import normalise
from app.domain.vocabulary import PointKind


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("138 1234 5678", "+8613812345678"),
        ("010-65521234转8001", "+861065521234"),
        ("0933 210 700", "+886933210700"),
        ("+1 415-555-7100", "+14155557100"),
    ],
)
def test_a_number_is_compared_in_the_same_form_whatever_the_settings_say(typed, expected):
    assert normalise(PointKind.PHONE, typed).partition(";")[0] == expected


def test_other_points_are_compared_folded():
    assert normalise(PointKind.EMAIL, " Chen@Huaxin.Example ") == "chen@huaxin.example"
    assert normalise(PointKind.WECHAT, "Ｈuaxin  2024") == "huaxin 2024"
