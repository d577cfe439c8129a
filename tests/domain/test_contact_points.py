import pytest

from app.domain.contact_points import normalise, problem
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


@pytest.mark.parametrize("typed", ["chen@huaxin.example", "mailto:chen@huaxin.example"])
def test_an_e_mail_address_is_no_website(typed):
    assert problem(PointKind.WEBSITE, typed) is not None


@pytest.mark.parametrize("typed", ["huaxin.example", "https://me@huaxin.example/a", "", "@huaxin"])
def test_a_website_may_be_written_as_people_write_it(typed):
    assert problem(PointKind.WEBSITE, typed) is None
