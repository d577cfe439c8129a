import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.statistics.proportions import wilson


def test_it_agrees_with_published_figures():
    # ten of ten: methods of NIST and of Agresti and Coull give .722; Wald gives no width at all
    found = wilson(10, 10)
    assert found is not None
    assert (round(found.low, 3), found.high) == (0.722, 1.0)
    # Newcombe 1998, table I: 81 of 263
    found = wilson(81, 263)
    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)
    # Newcombe 1998, table I: 15 of 148, and 0 of 20
    found = wilson(15, 148)
    assert (round(found.low, 4), round(found.high, 4)) == (0.0624, 0.1605)
    found = wilson(0, 20)
    assert (found.low, round(found.high, 4)) == (0.0, 0.1611)


def test_of_nothing_nothing_is_known():
    assert wilson(0, 0) is None
    with pytest.raises(ValueError, match="3 of 2"):
        wilson(3, 2)


@given(st.integers(1, 10_000), st.data())
def test_the_share_lies_within_its_interval(cases, data):
    hits = data.draw(st.integers(0, cases))
    found = wilson(hits, cases)
    assert 0 <= found.low <= hits / cases <= found.high <= 1
