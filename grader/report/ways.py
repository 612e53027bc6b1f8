"""The ways in which submissions go wrong: put together by what every test of an exercise says of them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Final, Generic, TypeAlias, TypeVar, final

from grader.judge.result import Outcome, Rule, TestResult
from grader.report.groups import is_to_tell

__all__ = ["Signs", "Vector", "Way", "Ways", "signs_of"]

K = TypeVar("K", bound=Hashable)
E = TypeVar("E")

_MOST_KEPT: Final = 2_000


@final
@dataclass(frozen=True, slots=True)
class Signs:
    """What one test says of a submission."""

    test: str
    outcome: Outcome
    rule: Rule | None
    diagnosis: str | None


Vector: TypeAlias = tuple[Signs, ...]


def signs_of(tests: Iterable[TestResult]) -> Vector:
    """The vector by which submissions are put together; advice is left out."""
    return tuple(_signs(test) for test in tests if not test.advice)


def _signs(test: TestResult) -> Signs:
    finding = test.finding if is_to_tell(test) else None
    if finding is None:
        return Signs(test.name, test.outcome, None, None)
    return Signs(test.name, test.outcome, finding.rule, finding.diagnosis)


@final
@dataclass(frozen=True, slots=True)
class Way(Generic[K, E]):
    """How many there are of one kind, and the first of them that was met."""

    kind: K
    count: int
    example: E


@final
class Ways(Generic[K, E]):
    """Counts kinds and keeps one example of each, in a memory that does not grow with the class.

    Where there are too many kinds, the rarest are put together: their sum is `others`, and is never lost.
    """

    def __init__(self, most: int = _MOST_KEPT) -> None:
        self._most = most
        self._found: dict[K, tuple[int, E]] = {}
        self.others = 0

    def add(self, kind: K, example: E) -> None:
        """Count one more; the example is kept if it is the first."""
        count, first = self._found.get(kind, (0, example))
        self._found[kind] = (count + 1, first)
        if len(self._found) > self._most:
            self._forget()

    def _forget(self) -> None:
        ways = self.commonest()
        self.others += sum(way.count for way in ways[self._most // 2 :])
        self._found = {way.kind: (way.count, way.example) for way in ways[: self._most // 2]}

    def commonest(self) -> list[Way[K, E]]:
        """The kinds that are kept, the commonest first; of equal ones, the one met first."""
        ways = [Way(kind, count, example) for kind, (count, example) in self._found.items()]
        return sorted(ways, key=lambda way: -way.count)
