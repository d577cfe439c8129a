import pytest
from PySide6.QtGui import QFontDatabase, QTextLayout

from app import i18n
from app.ui import fonts
from app.ui.theme import theme, tokens


@pytest.fixture
def languages(qapp):
    theme()
    yield
    i18n.use("en")
    theme().apply("light")


@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_TW"])
def test_latin_comes_first_and_the_bundled_chinese_face_last(languages, language):
    names = fonts.families(language)
    assert (names[0], names[-1]) == (fonts.LATIN, fonts.BUNDLED_CHINESE)
    assert set(names) <= set(QFontDatabase.families())


def test_taiwan_never_gets_the_forms_of_the_mainland_first(languages):
    assert not [name for name in fonts.families("zh_TW") if name.endswith(" SC")]
    assert not [name for name in fonts.families("zh_CN") if name.endswith(" TC")]


def test_a_change_of_language_reaches_the_application_font(languages):
    i18n.use("zh_TW")
    theme().apply()
    assert tokens().base.families() == fonts.families("zh_TW")


@pytest.mark.parametrize("order", [("zh_CN", "zh_TW", "zh_CN"), ("zh_TW", "en", "zh_TW")])
def test_each_language_is_drawn_in_its_own_chinese_face_whichever_was_first(languages, order):
    for language in order:
        i18n.use(language)
        drawn = {run.rawFont().familyName() for run in _laid_out("直。")}
        assert drawn == {fonts.families(language)[1]}


def test_the_scheme_of_the_system_is_taken_when_asked_for(languages):
    theme().apply("system")
    assert theme().choice == "system"
    assert tokens().scheme in ("light", "dark")


def test_fonts_bring_their_licences():
    for name in ("Inter-LICENSE.txt", "WenQuanYi-LICENSE.txt"):
        assert "License" in (fonts.FOLDER / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("typed", ["8x8", "->", "<=", "12:30"])
def test_signs_are_drawn_as_they_were_typed(languages, typed):
    drawn = [index for run in _laid_out(typed) for index in run.glyphIndexes()]
    alone = [index for sign in typed for run in _laid_out(sign) for index in run.glyphIndexes()]
    assert drawn == alone


def _laid_out(text):
    layout = QTextLayout(text, fonts.base_font(13))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return layout.glyphRuns()
