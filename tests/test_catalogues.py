import gettext
import string

import pytest
from babel.messages import Catalog

from app.i18n import DOMAIN, LANGUAGES
from tools.catalogues import (
    TEMPLATE,
    TRANSLATED,
    NotLiteral,
    as_kept,
    catalogue_path,
    compile_catalogue,
    extract,
    merge,
    read,
    texts_of,
)


@pytest.fixture(params=TRANSLATED)
def language(request):
    return request.param


@pytest.fixture
def translations(language):
    return [message for message in read(catalogue_path(language), language) if message.id]


def forms(text) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_language_but_the_source_has_a_catalogue():
    assert {*TRANSLATED, "en"} == set(LANGUAGES)
    assert [language for language in TRANSLATED if not catalogue_path(language).exists()] == []


def test_every_text_of_the_program_is_in_the_template():
    assert TEMPLATE.read_text(encoding="utf-8") == as_kept(extract())


def test_a_catalogue_holds_the_texts_of_the_program_in_the_form_it_is_kept(language):
    kept = catalogue_path(language)
    brought_in_line = merge(read(kept, language), extract(), language)
    assert kept.read_text(encoding="utf-8") == as_kept(brought_in_line)


def test_every_text_is_translated(translations):
    missing = [message.id for message in translations if not all(forms(message.string))]
    assert missing == []


def test_no_translation_is_a_guess(translations):
    assert [message.id for message in translations if message.fuzzy] == []


def test_a_translation_has_as_many_forms_as_the_language(language, translations):
    wanted = read(catalogue_path(language), language).num_plurals
    wrong = [m.id for m in translations if m.pluralizable and len(forms(m.string)) != wanted]
    assert wrong == []


def test_a_translation_has_the_placeholders_of_its_text(translations):
    different = [
        (message.id, form)
        for message in translations
        for form in forms(message.string)
        if form and placeholders(form) != placeholders(forms(message.id)[-1])
    ]
    assert different == []


def test_a_translation_begins_and_ends_with_the_same_space_as_its_text(translations):
    def edges(text):
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    different = [
        (message.id, form)
        for message in translations
        for form in forms(message.string)
        if form and _has_words(message.id) and edges(form) != edges(forms(message.id)[0])
    ]
    assert different == []


def _has_words(msgid):
    """A mark between two words, such as a comma, has the spaces of its own language."""
    return any(map(str.isalnum, forms(msgid)[0]))


def test_texts_are_found_however_they_are_written():
    code = """
tr("plain {x}", x=1)
i18n.tr("by its " "module")
ntr("{count} cat", "{count} cats", n)
Message("alone")
Message("{a} filled", params={"a": 1})
Message("{a} filled too", None, {"a": 1})
Message("{count} dog", "{count} dogs", {"count": 2})
Message("{count} hen", plural="{count} hens", params={"count": 2})
other("not for anybody")
"""
    assert [(text.msgid, text.plural) for text in texts_of(code, "here.py")] == [
        ("plain {x}", None),
        ("by its module", None),
        ("{count} cat", "{count} cats"),
        ("alone", None),
        ("{a} filled", None),
        ("{a} filled too", None),
        ("{count} dog", "{count} dogs"),
        ("{count} hen", "{count} hens"),
    ]


@pytest.mark.parametrize(
    "call",
    ['tr(f"{name} is gone")', 'tr("a" if b else "c")', "Message(title)", 'ntr("one", many, 2)'],
)
def test_a_text_put_together_while_running_is_refused(call):
    with pytest.raises(NotLiteral, match=r"here\.py:1"):
        texts_of(call, "here.py")


def test_extracting_again_keeps_translations_and_changes_nothing(tmp_path):
    kept = Catalog("zh_CN")
    kept.add("Save", "保存")
    kept.add("Gone", "没有了")
    file = tmp_path / "shuke.po"
    file.write_text(as_kept(kept), encoding="utf-8")
    template = Catalog()
    template.add(("{count} day", "{count} days"))
    template.add("Save")

    merged = merge(read(file), template, "zh_CN")
    assert {message.id: "".join(message.string) for message in merged if message.id} == {
        "Save": "保存",
        ("{count} day", "{count} days"): "",
    }
    file.write_text(as_kept(merged), encoding="utf-8")
    assert as_kept(merge(read(file), template, "zh_CN")) == file.read_text(encoding="utf-8")


def test_a_compiled_catalogue_is_what_the_program_shows(tmp_path):
    source = tmp_path / "zh_CN" / "LC_MESSAGES" / "shuke.po"
    source.parent.mkdir(parents=True)
    catalogue = Catalog("zh_CN")
    catalogue.add("Save", "保存")
    catalogue.add(("{count} customer", "{count} customers"), ("{count} 位客户",))
    source.write_text(as_kept(catalogue), encoding="utf-8")
    compile_catalogue(source)
    shown = gettext.translation(DOMAIN, tmp_path, ["zh_CN"])
    assert shown.gettext("Save") == "保存"
    assert shown.ngettext("{count} customer", "{count} customers", 1) == "{count} 位客户"
