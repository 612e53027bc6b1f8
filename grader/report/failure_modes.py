"""Failure modes: submissions to an exercise grouped by the symptoms that its tests show."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Final, Generic, TypeAlias, TypeVar, final

from grader.judge.result import Outcome, Rule, TestResult
from grader.report.groups import is_to_tell

__all__ = ["FailureMode", "FailureModes", "Symptom", "Symptoms", "symptoms_of"]

K = TypeVar("K", bound=Hashable)
E = TypeVar("E")

_MOST_KEPT: Final = 2_000


@final
@dataclass(frozen=True, slots=True)
class Symptom:
    """What one test says of a submission: its outcome, the rule that is broken, the diagnosis."""

    test: str
    outcome: Outcome
    rule: Rule | None
    diagnosis: str | None


Symptoms: TypeAlias = tuple[Symptom, ...]


def symptoms_of(tests: Iterable[TestResult]) -> Symptoms:
    """The symptoms by which submissions are put together; advice is left out."""
    return tuple(_symptom(test) for test in tests if not test.advice)


def _symptom(test: TestResult) -> Symptom:
    finding = test.finding if is_to_tell(test) else None
    if finding is None:
        return Symptom(test.name, test.outcome, None, None)
    return Symptom(test.name, test.outcome, finding.rule, finding.diagnosis)


@final
@dataclass(frozen=True, slots=True)
class FailureMode(Generic[K, E]):
    """How many submissions fail in one way, and the first of them as an example."""

    kind: K
    count: int
    example: E


@final
class FailureModes(Generic[K, E]):
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
        failure_modes = self.commonest()
        self.others += sum(mode.count for mode in failure_modes[self._most // 2 :])
        self._found = {mode.kind: (mode.count, mode.example) for mode in failure_modes[: self._most // 2]}

    def commonest(self) -> list[FailureMode[K, E]]:
        """The kinds that are kept, the commonest first; of equal ones, the one met first."""
        failure_modes = [FailureMode(kind, count, example) for kind, (count, example) in self._found.items()]
        return sorted(failure_modes, key=lambda mode: -mode.count)
