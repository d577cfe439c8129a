"""Drawing lots for sample data: quick, and the same for the same seed everywhere."""

from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import log
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Weighted(Generic[T]):
    """Things, each as likely as its weight says."""

    things: tuple[T, ...]
    bounds: tuple[float, ...]

    @classmethod
    def of(cls, pairs: Iterable[tuple[T, float]]) -> "Weighted[T]":
        things, weights = zip(*pairs, strict=True)
        return cls(things, tuple(accumulate(weights)))


def words(text: str) -> tuple[str, ...]:
    """A list written as one text."""
    return tuple(text.split())


class Draw:
    """`part` names an independent stream of the same seed."""

    def __init__(self, seed: int, part: int) -> None:
        # Only random() is used: its values are the same in every version of Python.
        self._random = Random(f"{seed}:{part}").random  # noqa: S311 - nothing is secret

    def chance(self, share: float) -> bool:
        return self._random() < share

    def below(self, limit: int) -> int:
        """0 to limit - 1."""
        return int(self._random() * limit)

    def pick(self, things: Sequence[T]) -> T:
        return things[int(self._random() * len(things))]

    def weighted(self, choice: Weighted[T]) -> T:
        return choice.things[bisect(choice.bounds, self._random() * choice.bounds[-1])]

    def waiting(self, mean: float) -> float:
        """Exponential with this mean: many short times, few long ones."""
        return -log(1.0 - self._random()) * mean

    def digits(self, count: int) -> str:
        return f"{int(self._random() * 10**count):0{count}d}"
