import pytest

from app import i18n
from app.services.import_words import unknown


@pytest.fixture(autouse=True)
def _language():
    yield
    i18n.use("en")


@pytest.mark.parametrize(
    ("language", "known"), [("en", "A, B, C."), ("zh_CN", "A、B、C。"), ("zh_TW", "A、B、C。")]
)
def test_what_may_stand_there_is_listed_as_the_language_lists(language, known):
    i18n.use(language)
    assert str(unknown("grade", "AB")).endswith(known)
