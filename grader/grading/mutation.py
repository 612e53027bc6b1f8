"""Mutants of a reference put to its tests: what the hidden tests catch, and what they let through."""

from __future__ import annotations

import enum
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, final

import msgspec
import numpy as np

from grader.course.key import AnswerKey, Case, Comparison, Role
from grader.course.mutants import Mutant, hard_coded_mutants, mutants
from grader.course.spelling import Unwritable, written_test
from grader.grading.calls import limits_of
from grader.grading.probe import Probe, is_usual
from grader.grading.search import SearchSpace, search
from grader.grading.shrink import Arguments, shrunk
from grader.judge.calls import with_calls
from grader.judge.recognise import acts_alike
from grader.kinds.arrays import ARRAY
from grader.kinds.numbers import NUMBER
from grader.kinds.table import kind_of
from grader.observation import Status
from grader.observe.observer import Observer
from grader.observe.wire import Limits
from grader.values import Plain, Value

if TYPE_CHECKING:
    from grader.course.folder import Exercise
    from grader.course.model import CourseSpec

__all__ = [
    "MutantStatus",
    "MutationReport",
    "TestedMutant",
    "counterexample",
    "has_negative",
    "run_mutants",
    "scored_cases",
]

_SHORTEST: Final = 0.5  # seconds for a call of a mutant, which may well loop for ever
_SLOWER: Final = 10  # times as long as the reference a mutant may take
_USUAL: Final = Comparison()


class MutantStatus(enum.Enum):
    """What becomes of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"
    ADVICE = "advice"
    EQUIVALENT = "equivalent"


@final
@dataclass(frozen=True, slots=True)
class TestedMutant:
    """A mutant and its fate. `failed`: the scored tests that fail it; `case`: the smallest input that would have."""

    mutant: Mutant
    fate: MutantStatus
    failed: frozenset[str] = frozenset()
    case: Case | None = None
    within_tolerance: bool = False  # passes only since the exercise compares more loosely than usual


@final
@dataclass(frozen=True, slots=True)
class MutationReport:
    """All mutants of a reference, tried.

    `idle` are the scored tests that fail no mutant and no misconception but those that every test fails; `inputs` were
    searched; `negative` are the arguments in which the reference is at home with negative numbers.
    """

    tried: tuple[TestedMutant, ...]
    idle: tuple[str, ...]
    inputs: int
    negative: frozenset[str] = frozenset()

    def of(self, fate: MutantStatus) -> tuple[TestedMutant, ...]:
        return tuple(one for one in self.tried if one.fate is fate)


def scored_cases(key: AnswerKey) -> tuple[Case, ...]:
    """The cases that carry points."""
    return tuple(case for case in key.cases if case.role is Role.HIDDEN and not case.advice and case.points)


def run_mutants(
    course: CourseSpec,
    exercise: Exercise,
    key: AnswerKey,
    observer: Observer,
    *,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> MutationReport:
    """Observe every mutant of `exercise`'s reference until it is told from it, or until nothing is left to try.

    A mutant is killed by a scored test; or it survives them, but not the search; or advice alone tells it apart; or it
    is equivalent, as far as the search can see. `on_progress` hears how many of how many are done.
    """
    with Probe(key, exercise.solution, observer) as reference:
        laboratory = _Laboratory(key, reference, observer, search(course, exercise, key, reference))
        every = _every_mutant(exercise, key)
        tried = []
        for number, mutant in enumerate(every):
            on_progress(number, len(every))
            tried.append(laboratory.trial(mutant))
        on_progress(len(every), len(every))
        idle = laboratory.idle(tried)
        return MutationReport(tuple(tried), idle, laboratory.inputs, laboratory.negative())


def _every_mutant(exercise: Exercise, key: AnswerKey) -> list[Mutant]:
    found = list(mutants(exercise.solution, key.function))
    visible = next((case for case in key.cases if case.role is Role.EXAMPLE), None)
    if key.function is not None and visible is not None and visible.expected.status is Status.RETURNED:
        arguments = visible.arguments.value
        found += hard_coded_mutants(exercise.solution, key.function, arguments, visible.expected.value.value)
    return list({mutant.source: mutant for mutant in found}.values())


@final
class _Laboratory:
    """One exercise's tests and the field of further inputs."""

    def __init__(self, key: AnswerKey, reference: Probe, observer: Observer, search_space: SearchSpace) -> None:
        self._key = key
        self._reference = reference
        self._observer = observer
        self._search_space = search_space
        self._scored = scored_cases(key)
        self._limits = self._short_limits()

    @property
    def inputs(self) -> int:
        """How many inputs a mutant has passed that counts as equivalent."""
        return len(self._scored) + len(self._search_space.usual) + len(self._search_space.unusual)

    def negative(self) -> frozenset[str]:
        """The arguments that hold a negative number in some usual input."""
        arguments = [case.arguments.value for case in self._search_space.usual]
        return frozenset(name for given in arguments for name, value in given.items() if has_negative(value))

    def _short_limits(self) -> Limits:
        limits, slowest, last = limits_of(self._key), 0.0, time.perf_counter()
        for _ in self._reference.observe(self._scored):
            now = time.perf_counter()
            slowest, last = max(slowest, now - last), now
        return msgspec.structs.replace(limits, call=min(limits.call, max(_SHORTEST, _SLOWER * slowest)))

    def trial(self, mutant: Mutant) -> TestedMutant:
        """Put one mutant to the scored tests, then to the rest."""
        with self._probe(mutant) as probe:
            failed = self._failed(probe)
            if failed:
                return TestedMutant(mutant, MutantStatus.KILLED, failed=failed)
            hidden = self._hides(probe)
            telling = probe.first_wrong(self._search_space.usual)
            if telling is not None:
                case = self._smallest(self._search_space.usual[telling], probe)
                return TestedMutant(mutant, MutantStatus.SURVIVED, case=case, within_tolerance=hidden)
            told = probe.first_wrong(self._search_space.unusual) is not None
            return TestedMutant(
                mutant, MutantStatus.ADVICE if told else MutantStatus.EQUIVALENT, within_tolerance=hidden
            )

    def _failed(self, probe: Probe) -> frozenset[str]:
        """The scored tests that a mutant does not pass. One that is ended from outside is not run any further."""
        failed = set()
        for result in probe.judged(self._scored):
            if result.outcome.is_lost:
                failed.add(result.name)
            if result.outcome.was_ended:
                return frozenset(case.test for case in self._scored)
        return frozenset(failed)

    def _probe(self, mutant: Mutant) -> Probe:
        return Probe(self._key, mutant.source, self._observer, limits=self._limits)

    def _hides(self, probe: Probe) -> bool:
        """Whether the usual tolerance would have told it apart where the exercise's own does not."""
        loose = [case for case in self._scored if _is_loose(case)]
        if not loose:
            return False
        return probe.first_wrong([msgspec.structs.replace(case, compare=_USUAL) for case in loose]) is not None

    def _smallest(self, case: Case, probe: Probe) -> Case:
        """The case with the smallest input that still tells the mutant from the reference, and that can be written."""

        def shows(arguments: Arguments) -> bool:
            changed = msgspec.structs.replace(case, arguments=Plain(arguments))
            (expected,) = self._reference.expecting([changed])
            return is_usual(expected.expected) and probe.first_wrong([expected]) is not None

        arguments = shrunk(case.arguments.value, self._key.parameters, shows)
        small = msgspec.structs.replace(case, arguments=Plain(arguments))
        (sized,) = with_calls(msgspec.structs.replace(self._key, cases=(small,))).cases
        return sized

    def idle(self, tried: Sequence[TestedMutant]) -> tuple[str, ...]:
        """The scored tests that fail only what all of the others fail too."""
        names = dict.fromkeys(case.test for case in self._scored)
        wrong = [one.failed for one in tried if one.failed] + list(self._failed_by_misconceptions())
        telling = [failed for failed in wrong if len(failed) < len(names)]
        return tuple(name for name in names if len(names) > 1 and not any(name in failed for failed in telling))

    def _failed_by_misconceptions(self) -> Iterator[frozenset[str]]:
        scored = [(number, case) for number, case in enumerate(self._key.cases) if case in self._scored]
        for known in self._key.misconceptions:
            yield frozenset(
                case.test
                for number, case in scored
                if not acts_alike(self._key, case, known.answers[number], case.expected)
            )


def has_negative(value: Value) -> bool:
    """Whether a value is a real number below 0, or an array or nest of values with one in it."""
    kind = kind_of(value)
    if kind not in (NUMBER, ARRAY):
        return any(map(has_negative, kind.parts(value)))
    array = np.asarray(value)
    return array.dtype.kind in "if" and bool((array < 0).any())


def _is_loose(case: Case) -> bool:
    return case.holds is None and (case.compare.rtol > _USUAL.rtol or case.compare.atol > _USUAL.atol)


def counterexample(tried: TestedMutant, name: str) -> str:
    """The test that would have killed a survivor, in YAML."""
    assert tried.case is not None
    try:
        return written_test(name, tried.case.arguments.value)
    except Unwritable as error:
        return f"# no test that can be written: {error}\n"
