import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import i18n
from app.domain.tax_ids import ALPHABET, check_character, normalise, problem

# As printed in GB 32100-2015, table 3.
PRINTED_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


@pytest.mark.parametrize(
    "code",
    [
        "91350100M000100Y43",  # the example in the standard
        "91110000802100433B",  # companies that publish theirs
        "9144030071526726XG",
        "914403001922038216",
        "91100000100003962T",
        "91330100799655058B",
        "91310110666007217T",
        " 9135 0100 m000 100y 43 ",
        "９１３５０１００Ｍ０００１００Ｙ４３",
        "22099131",  # Taiwan
        "04541302",
        "97176270",
        "84149961",
        "04595252",
        "04595257",  # valid only since 2023
        "10458575",  # 7th digit 7, its product counted as 0
        "10458574",  # 7th digit 7, its product counted as 1
        "",
        "  ",
    ],
)
def test_published_ids_are_valid(code: str) -> None:
    assert problem(code) is None


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("91350100M000100Y44", "after 91350100M000100Y4 comes 3, not 4"),
        ("91350211M00013FA1N", "check character"),  # a real one of a trial district
        (
            "9135O100M000100Y43",
            "Character 5 is the letter O, which never occurs: is it the digit 0",
        ),
        (
            "91350100MI00100Y43",
            "Character 10 is the letter I, which never occurs: is it the digit 1",
        ),
        ("91350100M000100V43", "“V”, which never occurs"),
        ("91350100M000100人43", "“人”, which never occurs"),
        ("9135010AM000100Y43", "Characters 3 to 8"),
        ("91350100M000100Y4", "17 characters"),
        ("440301103097413", "old registration number"),
        ("1", "1 character:"),
        ("22099132", "check digit of this Taiwan tax id"),
        ("10458576", "check digit of this Taiwan tax id"),
        ("9" * 10**6, "1,000,000 characters"),
    ],
)
def test_the_message_says_which_rule_failed(code: str, said: str) -> None:
    i18n.use("en")
    assert said in str(problem(code))


@st.composite
def codes(draw: st.DrawFn) -> str:
    head = draw(st.text(ALPHABET, min_size=2, max_size=2))
    place = draw(st.text("0123456789", min_size=6, max_size=6))
    body = draw(st.text(ALPHABET, min_size=9, max_size=9))
    return head + place + body + check_character(head + place + body)


@given(codes())
def test_the_weighted_sum_of_a_valid_code_is_divisible_by_31(code: str) -> None:
    values = [ALPHABET.index(c) for c in code]
    weighted = sum(v * w for v, w in zip(values, PRINTED_WEIGHTS, strict=False))
    assert (weighted + values[-1]) % 31 == 0
    assert problem(code) is None


@given(codes(), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_noticed(code: str, at: int, wrong: str) -> None:
    changed = code[:at] + wrong + code[at + 1 :]
    assert (problem(changed) is None) == (changed == code)


def test_every_change_of_one_character_of_the_standards_example_is_noticed() -> None:
    code = "91350100M000100Y43"
    wrong = [code[:i] + c + code[i + 1 :] for i in range(18) for c in ALPHABET if c != code[i]]
    assert len(wrong) == 18 * 30
    assert all(problem(changed) for changed in wrong)


@given(st.text(max_size=40) | codes())
def test_any_text_is_checked_and_a_valid_code_is_already_normal_once_normalised(raw: str) -> None:
    if problem(raw) is None:
        assert normalise(normalise(raw)) == normalise(raw)
