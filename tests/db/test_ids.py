import pytest

from app.db import ids


@pytest.mark.parametrize("few", [0, 1_000])
@pytest.mark.parametrize(
    ("given", "found"),
    [
        ([], []),
        ([5], [(5, 5)]),
        ([3, 1, 2, 2], [(1, 3)]),
        ([9, 1, 2, 7, 8, 20], [(1, 2), (7, 9), (20, 20)]),
    ],
)
def test_blocks_of_ids_are_found_in_few_and_in_many(monkeypatch, given, found, few):
    monkeypatch.setattr(ids, "_FEW", few)
    assert list(ids.runs(given)) == found
    assert list(ids.runs(iter(given))) == found
    assert list(ids.runs(ids.parsed_ids(",".join(map(str, given))))) == found
