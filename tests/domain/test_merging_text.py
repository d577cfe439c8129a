"""Texts of users with places in them: filled, or refused with a sentence, and always soon."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.merging_text import LONGEST, BadText, filled, problem

VALUES = {"name": "王伟", "line": "", "years": 3}


def why(body):
    found = problem(body, VALUES)
    assert found is not None
    with pytest.raises(BadText) as raised:
        filled(body, VALUES)
    assert str(raised.value) == str(found)
    assert raised.value.line == found.line
    return found


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("Dear {{ name }},", "Dear 王伟,"),
        ("{{ name|upper }} {{ line|default('–', true) }}", "王伟 –"),
        ("{% if years > 1 %}many{% elif years %}one{% else %}none{% endif %}", "many"),
        ("{{ name if years == 3 and not line else '' }}", "王伟"),
        ("{{ name ~ '!' }}", "王伟!"),
        ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
        ("a{# note #}b", "ab"),
        ("a\n\n{{ line }}\n\nb", "a\n\nb"),
        ("<b>{{ name }}</b> & {{ name }}", "<b>王伟</b> & 王伟"),
        ("100 % {done}", "100 % {done}"),
        ("", ""),
    ],
)
def test_places_are_filled(body, text):
    assert problem(body, VALUES) is None
    assert filled(body, VALUES) == text


def test_a_value_is_never_taken_for_a_template():
    values = {"name": "{{ ''.__class__ }}{% for x in y %}"}
    assert filled("{{ name }}", values) == values["name"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("{% for i in range(10**9) %}x{% endfor %}", "loop"),
        ("{% for a in name %}{% for b in name %}{% endfor %}{% endfor %}", "loop"),
        ("{{ ''.__class__ }}", "“.__class__”"),
        ("{{ name.__class__.__mro__ }}", "“.__mro__”"),
        ("{{ name['__class__'] }}", "“name”"),
        ("{{ name|attr('__class__') }}", "filter “attr”"),
        ("{{ name.format(1) }}", "call “.format”"),
        ("{{ lipsum() }}", "call “lipsum”"),
        ("{{ range(9) }}", "call “range”"),
        ("{{ 'a' * 10**10 }}", "not allowed"),
        ("{{ 'a' % name }}", "not allowed"),
        ("{{ name|replace('', 'xx') }}", "filter “replace”"),
        ("{{ name|join(name) }}", "filter “join”"),
        ("{{ name|map('upper')|list }}", "filter “list”"),
        ("{% set a = 'x' %}", "not allowed"),
        ("{% set a %}x{% endset %}", "not allowed"),
        ("{% macro f() %}{{ f() }}{% endmacro %}", "not allowed"),
        ("{% include '/etc/passwd' %}", "not allowed"),
        ("{% import 'os' as os %}", "not allowed"),
        ("{% extends name %}", "not allowed"),
        ("{% block a %}{% endblock %}", "not allowed"),
        ("{% filter upper %}x{% endfilter %}", "not allowed"),
        ("{% with a = 1 %}{% endwith %}", "not allowed"),
        ("{{ [1, 2] }}", "not allowed"),
        ("{{ name[0:1] }}", "“name”"),
        ("{{ self }}", "no “self”"),
        ("{{ nmae }}", "Did you mean “name”?"),
        ("{{ zzz }}", "There are: line, name, years."),
        ("{{ name is callable }}", "test “callable”"),
        ("{{ name if name > 2 else '' }}", "cannot be filled"),
    ],
)
def test_what_is_no_filling_in_says_what_it_is(body, words):
    if "cannot be filled" in words:
        with pytest.raises(BadText, match=words):
            filled(body, VALUES)
    else:
        assert words in str(why(body))


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("one\ntwo {{ name", 2, "“{{” is opened"),
        ("{% if name %}\nx", 1, "“{% if %}” is opened"),
        ("one\n{# note", 2, "“{#” is opened"),
        ("one\ntwo\n{% bad %}", 3, "“{% bad %}” is not understood"),
        ("one\n{{ name name }}", 2, "“{{ name name }}” is not understood"),
        ("one\n\n{{ nmae }}", 3, "Line 3"),
        ("one\n{{ name.x }}", 2, "Line 2"),
        ("{% endif %}", 1, "not understood"),
    ],
)
def test_the_line_is_named(body, line, words):
    found = why(body)
    assert found.line == line or "opened" in words
    assert words in str(found)


@pytest.mark.parametrize(
    "body",
    [
        "{{ " + "(" * 3_000 + " }}",
        "{{ " + "not " * 1_500 + "name }}",
        "{% if name %}" * 300 + "{% endif %}" * 300,
        "x" * (LONGEST + 1),
        "{{ " + "name ~ " * 1_000 + "name }}{{ name }}" * 200,
    ],
)
def test_what_is_too_long_or_too_deep_is_refused(body):
    with pytest.raises(BadText):
        filled(body, VALUES)


def test_the_text_that_comes_of_it_is_no_longer_than_allowed():
    with pytest.raises(BadText, match="longer than"):
        filled("{{ name }}" * 50, {"name": "x" * 1_000})


@given(st.text(alphabet="{}%# nameifendx.'|~\n()[]", max_size=60))
def test_any_text_is_filled_or_refused(body):
    if problem(body, VALUES) is None:
        try:
            filled(body, VALUES)
        except BadText as bad:
            assert "cannot be filled" in str(bad)  # noqa: PT017 either is right
