"""Failure modes: submissions to an exercise grouped by the symptoms that its tests show."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Final, Generic, TypeAlias, TypeVar, final

from grader.judge.result import Outcome, Rule, TestResult
from grader.report.groups import is_to_tell

__all__ = ["FailureMode", "FailureModes", "Person", "Symptom", "Symptoms", "symptoms_of"]

K = TypeVar("K", bound=Hashable)
E = TypeVar("E")

_MOST_KEPT: Final = 2_000
_MOST_PEOPLE: Final = 200


@final
@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose submission it is: what they are called, and the address of their page."""

    shown: str
    page: str = ""


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
    """How many submissions fail in one way, whose the first of them are, and the first of all as an example."""

    kind: K
    count: int
    example: E
    people: tuple[Person, ...] = ()


@final
@dataclass(slots=True)
class _Found(Generic[E]):
    example: E
    count: int = 0
    people: list[Person] = field(default_factory=list)

    def add(self, person: Person) -> None:
        self.count += 1
        if self.count <= _MOST_PEOPLE:
            self.people.append(person)


@final
class FailureModes(Generic[K, E]):
    """Counts kinds and keeps one example of each and the first people, in a memory that does not grow with the class.

    Where there are too many kinds, the rarest are put together: their sum is `others`, and is never lost.
    """

    def __init__(self, most: int = _MOST_KEPT) -> None:
        self._most = most
        self._found: dict[K, _Found[E]] = {}
        self.others = 0

    def add(self, kind: K, example: E, person: Person) -> None:
        """Count one more; the example is kept if it is the first."""
        self._found.setdefault(kind, _Found(example)).add(person)
        if len(self._found) > self._most:
            self._forget()

    def _forget(self) -> None:
        failure_modes = self.commonest()
        self.others += sum(mode.count for mode in failure_modes[self._most // 2 :])
        self._found = {mode.kind: self._found[mode.kind] for mode in failure_modes[: self._most // 2]}

    def commonest(self) -> list[FailureMode[K, E]]:
        """The kinds that are kept, the commonest first; of equal ones, the one met first."""
        failure_modes = [
            FailureMode(kind, found.count, found.example, tuple(found.people)) for kind, found in self._found.items()
        ]
        return sorted(failure_modes, key=lambda mode: -mode.count)
