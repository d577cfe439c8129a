"""What is typed in a field of one's own is kept in one form and shown in every language."""

from datetime import date
from decimal import Decimal

import pytest

from app import i18n
from app.domain import custom_fields
from app.domain.custom_fields import LABELS, FieldDraft, FieldKind, invoice_fields, parse, show
from app.i18n import Message

TODAY = date(2026, 11, 22)
CHOICES = ("专票", "普票", "No invoice")


@pytest.fixture(autouse=True)
def _english():
    i18n.use("en")
    yield
    i18n.use("en")


def read(kind, typed, currency="CNY"):
    return parse(kind, typed, TODAY, choices=CHOICES, currency=currency)


def test_every_kind_has_a_name():
    assert set(LABELS) == set(FieldKind)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1234.50", "1234.5"),
        ("1,234.5", "1234.5"),
        ("１２３４", "1234"),
        ("1.2万", "12000"),
        ("3亿", "300000000"),
        ("−0.0", "0"),
        (".5", "0.5"),
        ("- 7", "-7"),
        ("100", "100"),
        ("007", "7"),
    ],
)
def test_numbers_are_read_as_people_write_them(typed, kept):
    assert read(FieldKind.NUMBER, typed) == kept


@pytest.mark.parametrize("typed", ["1,5", "12,34", "abc", "1e5", "--1", ".", "1.2.3", "10%", "NaN"])
def test_what_is_no_number_or_could_be_two_is_refused(typed):
    assert isinstance(read(FieldKind.NUMBER, typed), Message)


def test_a_number_too_large_to_be_right_is_refused():
    assert "too large" in str(read(FieldKind.NUMBER, "99999999亿"))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1234.5", "CNY 123450"),
        ("¥1,234.50", "CNY 123450"),
        ("￥ 300", "CNY 30000"),
        ("300元整", "CNY 30000"),
        ("人民币100元", "CNY 10000"),
        ("100万美元", "USD 100000000"),
        ("USD 20", "USD 2000"),
        ("20usd", "USD 2000"),
        ("$20", "USD 2000"),
        ("NT$ 300", "TWD 30000"),
        ("-¥5", "CNY -500"),
        ("JPY 500", "JPY 500"),
        ("0", "CNY 0"),
    ],
)
def test_amounts_are_kept_as_currency_and_minor_units(typed, kept):
    assert read(FieldKind.MONEY, typed) == kept


@pytest.mark.parametrize(
    ("typed", "currency", "kept"),
    [("300元", "TWD", "TWD 30000"), ("$300", "TWD", "TWD 30000"), ("300", "HKD", "HKD 30000")],
)
def test_an_amount_without_a_currency_is_in_that_of_the_country(typed, currency, kept):
    assert read(FieldKind.MONEY, typed, currency) == kept


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1.234", "2 decimal places"),
        ("JPY 1.5", "0 decimal places"),
        ("ABC 100", "ABC is not known"),
        ("a lot", "no amount"),
        ("99999999亿", "too large"),
    ],
)
def test_what_is_wrong_with_an_amount_is_said(typed, words):
    assert words in str(read(FieldKind.MONEY, typed))


def test_days_are_read_in_words_too():
    assert read(FieldKind.DATE, "2026年2月28日") == "2026-02-28"
    assert read(FieldKind.DATE, "昨天") == "2026-11-21"
    assert isinstance(read(FieldKind.DATE, "2026-02-30"), Message)
    assert isinstance(read(FieldKind.DATE, "soon"), Message)


def test_a_choice_is_kept_as_it_stands_in_the_list():
    assert read(FieldKind.CHOICE, "專票") == "专票"
    assert read(FieldKind.CHOICE, "no INVOICE") == "No invoice"
    assert "专票, 普票" in str(read(FieldKind.CHOICE, "收据"))


@pytest.mark.parametrize(
    ("typed", "kept"), [("Yes", "yes"), ("是", "yes"), ("否", "no"), ("無", "no")]
)
def test_yes_and_no_are_read_in_both_languages(typed, kept):
    assert read(FieldKind.YES_NO, typed) == kept
    assert isinstance(read(FieldKind.YES_NO, "perhaps"), Message)


@pytest.mark.parametrize("kind", FieldKind)
def test_nothing_typed_is_nothing_kept(kind):
    assert read(kind, "  ") == ""


@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_TW"])
@pytest.mark.parametrize(
    ("kind", "kept"),
    [
        (FieldKind.TEXT, "西湖支行"),
        (FieldKind.NUMBER, "-1234567.25"),
        (FieldKind.MONEY, "CNY 123450"),
        (FieldKind.MONEY, "CNY 100000"),
        (FieldKind.MONEY, "CNY -5"),
        (FieldKind.MONEY, "TWD 30000"),
        (FieldKind.MONEY, "JPY 1500"),
        (FieldKind.MONEY, "HKD 15"),
        (FieldKind.MONEY, "MYR 15"),
        (FieldKind.MONEY, "USD 2000"),
        (FieldKind.DATE, "2026-02-28"),
        (FieldKind.CHOICE, "普票"),
        (FieldKind.YES_NO, "yes"),
        (FieldKind.YES_NO, "no"),
    ],
)
@pytest.mark.parametrize("currency", ["CNY", "TWD", "JPY"])
def test_what_is_shown_is_read_as_the_same(language, kind, kept, currency):
    i18n.use(language)
    assert read(kind, show(kind, kept), currency) == kept


def test_amounts_show_their_currency_and_no_needless_decimals():
    assert show(FieldKind.MONEY, "CNY 123450") == "¥1,234.50"
    assert show(FieldKind.MONEY, "TWD 30000") == "NT$300"
    assert show(FieldKind.MONEY, "CNY -500") == "-¥5"
    assert show(FieldKind.NUMBER, "1234567.5") == "1,234,567.5"


def test_a_field_needs_a_name_and_a_choice_needs_choices():
    found = custom_fields.problems(custom_fields.tidy(FieldDraft(" ", FieldKind.CHOICE)))
    assert set(found) == {"name", "choices"}
    long = custom_fields.problems(FieldDraft("x" * 501, heading="y" * 501))
    assert set(long) == {"name", "heading"}


def test_a_draft_loses_stray_spaces_and_choices_written_twice():
    clean = custom_fields.tidy(FieldDraft(" A  b ", FieldKind.CHOICE, " H ", ("x", " X ", "", "y")))
    assert clean == FieldDraft("A b", FieldKind.CHOICE, "H", ("x", "y"))
    assert custom_fields.tidy(FieldDraft("A", FieldKind.TEXT, "", ("x",))).choices == ()


def test_the_ready_made_invoice_fields_are_sound():
    made = invoice_fields()
    assert len(made) == 6
    assert len({one.heading for one in made}) == 1
    assert all(not custom_fields.problems(one) for one in made)


@pytest.mark.parametrize(
    ("kind", "kept", "value"),
    [
        (FieldKind.NUMBER, "-1234.5", Decimal("-1234.5")),
        (FieldKind.NUMBER, "月结", None),
        (FieldKind.NUMBER, "1e5", None),
        (FieldKind.MONEY, "CNY 123450", Decimal("1234.50")),
        (FieldKind.MONEY, "JPY 300", Decimal(300)),
        (FieldKind.MONEY, "XXX 300", None),
        (FieldKind.MONEY, "300", None),
        (FieldKind.DATE, "2026-02-28", date(2026, 2, 28)),
        (FieldKind.DATE, "2026-02-30", None),
        (FieldKind.YES_NO, "yes", "Yes"),
        (FieldKind.YES_NO, "maybe", None),
        (FieldKind.CHOICE, "专票", "专票"),
        (FieldKind.TEXT, "", None),
    ],
)
def test_what_is_kept_is_given_as_what_it_is(kind, kept, value):
    assert custom_fields.value(kind, kept) == value
