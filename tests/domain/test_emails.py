import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import i18n
from app.domain.emails import normalise, problem


@pytest.mark.parametrize(
    ("raw", "address"),
    [
        (" Li.Lei@Example.COM ", "li.lei@example.com"),
        ("lilei＠example。com", "lilei@example.com"),
        ("李雷 <lilei@example.com>", "lilei@example.com"),
        ("mailto:lilei@example.com?subject=x", "lilei@example.com"),
        ("\ufefflilei@example.com\u200b", "lilei@example.com"),
        ("李雷@例子.中国", "李雷@例子.中国"),
        ("", ""),
    ],
)
def test_one_address_written_in_many_ways_is_one_address(raw: str, address: str) -> None:
    assert normalise(raw) == address
    assert problem(raw) is None


@pytest.mark.parametrize(
    "raw",
    ["a@b.co", "first.last+tag@sub.example-site.com.cn", "o'neil@example.ie", "123456@qq.com",
     "user_name@163.com", "x" * 64 + "@example.com"],
)  # fmt: skip
def test_good_addresses_are_no_problem(raw: str) -> None:
    assert problem(raw) is None


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("lilei", "no @"),
        ("lilei.example.com", "no @"),
        ("a@b.com;c@d.com", "more than one @"),
        ("li lei@example.com", "a space"),
        ("@example.com", "before and after"),
        (".lilei@example.com", "before the @"),
        ("li..lei@example.com", "before the @"),
        ("li,lei@example.com", "before the @"),
        ("x" * 65 + "@example.com", "before the @"),
        ("lilei@example", "no ending"),
        ("lilei@", "before and after"),
        ("lilei@.com", "after the @"),
        ("lilei@example..com", "after the @"),
        ("lilei@-example.com", "after the @"),
        ("lilei@192.168.1.1", "after the @"),
        ("lilei@exa_mple.c{o}m", "after the @"),
        ("x@" + "y" * 300 + ".com", "at most 254"),
        ("x" * 10**6, "at most 254"),
    ],
)
def test_what_is_wrong_is_said(raw: str, said: str) -> None:
    i18n.use("en")
    assert said in str(problem(raw))


@given(st.text(max_size=80) | st.text(alphabet="ab@.<> -_＠。ı", max_size=20))
def test_any_text_is_checked_and_normalising_twice_changes_nothing(raw: str) -> None:
    problem(raw)
    address = normalise(raw)
    if problem(raw) is None:
        assert normalise(address) == address
