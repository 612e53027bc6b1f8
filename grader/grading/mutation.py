"""Mutants of a reference put to its tests: what the hidden tests catch, and what they let through."""

from __future__ import annotations

import contextlib
import enum
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, final

import msgspec
import numpy as np

from grader.course.key import AnswerKey, Case, Comparison, Role
from grader.course.mutants import Mutant, hard_coded_mutants, mutants
from grader.course.spelling import Unwritable, written_test
from grader.grading.calls import limits_of
from grader.grading.probe import Probe, is_as_meant
from grader.grading.round_off import is_noise
from grader.grading.search import SearchSpace, search
from grader.grading.shrink import Arguments, shrunk
from grader.judge.calls import with_calls
from grader.judge.recognise import acts_alike
from grader.kinds.arrays import ARRAY
from grader.kinds.numbers import NUMBER
from grader.kinds.table import kind_of
from grader.observation import Status
from grader.observe.observer import Observer
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
    "steady_cases",
]

_SHORTEST: Final = 0.5  # seconds for a call of a mutant, which may well loop for ever
_SLOWER: Final = 10  # times as long as the reference a mutant may take
_SECONDS: Final = 45.0  # for all mutants of an exercise
_UNHURRIED: Final = 0.25  # of that time, in which a mutant is put to all tests, and not to the first that it fails
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
    searched; `negative` are the arguments in which the reference is at home with negative numbers; `untried` are the
    mutants for which there was no time. `searched` are the inputs that a scored test might have, `left_out` those of
    them on which the reference fails by no statement of its own.
    """

    tried: tuple[TestedMutant, ...]
    idle: tuple[str, ...]
    inputs: int
    negative: frozenset[str] = frozenset()
    untried: int = 0
    searched: tuple[Case, ...] = ()
    left_out: tuple[Case, ...] = ()

    def of(self, fate: MutantStatus) -> tuple[TestedMutant, ...]:
        return tuple(one for one in self.tried if one.fate is fate)


def scored_cases(key: AnswerKey) -> tuple[Case, ...]:
    """The cases that carry points."""
    return tuple(case for case in key.cases if case.role is Role.HIDDEN and not case.advice and case.points)


def steady_cases(key: AnswerKey) -> tuple[Case, ...]:
    """Those of them whose results do not hang on chance."""
    return tuple(case for case in scored_cases(key) if not case.samples)


def run_mutants(
    course: CourseSpec,
    exercise: Exercise,
    key: AnswerKey,
    observer: Observer,
    *,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
    seconds: float = _SECONDS,
    clock: Callable[[], float] = time.monotonic,
) -> MutationReport:
    """Observe every mutant of `exercise`'s reference until it is told from it, or until nothing is left to try.

    A mutant is killed by a scored test; or it survives them, but not the search; or advice alone tells it apart; or it
    is equivalent, as far as the search can see. `on_progress` hears how many of how many are done. After so many
    `seconds` the rest is not tried; no mutant takes the time of the others to be searched for.
    """
    start = clock()
    end, hurry = start + seconds, start + _UNHURRIED * seconds
    every = _every_mutant(exercise, key)
    tried: dict[int, TestedMutant] = {}

    def keep(number: int, found: TestedMutant) -> None:
        tried[number] = found
        on_progress(len(tried), len(every))

    on_progress(0, len(every))
    with contextlib.ExitStack() as stack:
        reference = stack.enter_context(Probe(key, exercise.solution, observer))
        solutions = _solutions(key, every, reference, observer)
        stack.enter_context(solutions)
        laboratory = _Laboratory(
            key, exercise.solution, reference, solutions, lambda: clock() > end, lambda: clock() > hurry
        )
        passing = []
        with contextlib.suppress(_OutOfTime):
            for number, mutant in enumerate(every):
                if failed := laboratory.failed(number):
                    keep(number, TestedMutant(mutant, MutantStatus.KILLED, failed=failed))
                else:
                    passing.append(number)
        share = clock() + (end - clock()) / (len(passing) + 1)
        space = search(course, exercise, key, reference, lambda: clock() > share)
        with contextlib.suppress(_OutOfTime):
            for number in passing:
                keep(number, laboratory.searched(number, every[number], space))
        on_progress(len(every), len(every))
        return laboratory.report([tried[number] for number in sorted(tried)], space, len(every) - len(tried))


class _OutOfTime(Exception):
    """The mutants have had their time."""


def _every_mutant(exercise: Exercise, key: AnswerKey) -> list[Mutant]:
    found = list(mutants(exercise.solution, key.function))
    visible = next((case for case in key.cases if case.role is Role.EXAMPLE), None)
    if key.function is not None and visible is not None and visible.expected.status is Status.RETURNED:
        arguments = visible.arguments.value
        found += hard_coded_mutants(exercise.solution, key.function, arguments, visible.expected.value.value)
    return list({mutant.source: mutant for mutant in found}.values())


def _solutions(key: AnswerKey, every: Sequence[Mutant], reference: Probe, observer: Observer) -> Probe:
    """The mutants, which share one process: they are the author's own code with one mutation each."""
    limits, slowest, last = limits_of(key), 0.0, time.perf_counter()
    for _ in reference.observe(scored_cases(key)):
        now = time.perf_counter()
        slowest, last = max(slowest, now - last), now
    limits = msgspec.structs.replace(limits, call=min(limits.call, max(_SHORTEST, _SLOWER * slowest)))
    first, *others = [mutant.source for mutant in every] or [""]
    return Probe(key, first, observer, limits=limits, others=others)


@final
class _Laboratory:
    """One exercise's tests and the field of further inputs. `solutions` are the mutants, by number."""

    def __init__(
        self,
        key: AnswerKey,
        solution: str,
        reference: Probe,
        solutions: Probe,
        is_late: Callable[[], bool],
        is_hurried: Callable[[], bool],
    ) -> None:
        self._is_late = is_late
        self._is_hurried = is_hurried
        self._knows_all_failed = True
        self._key = key
        self._solution = solution
        self._reference = reference
        self._solutions = solutions
        self._scored = scored_cases(key)
        self._steady = steady_cases(key)

    def report(self, tried: Sequence[TestedMutant], space: SearchSpace, untried: int) -> MutationReport:
        """What has come of it. Where some tests of some mutants were not tried, nothing is said of idle tests."""
        given = [case.arguments.value for case in space.usual]
        return MutationReport(
            tried=tuple(tried),
            idle=self._idle(tried) if self._knows_all_failed and not untried else (),
            inputs=len(self._scored) + len(space.usual) + len(space.unusual),
            negative=frozenset(name for arguments in given for name, value in arguments.items() if has_negative(value)),
            untried=untried,
            searched=space.usual,
            left_out=space.left_out,
        )

    def failed(self, number: int) -> frozenset[str]:
        """The scored tests that a mutant does not pass; in a hurry the first. One that is ended is not run any further.

        Raises `_OutOfTime`, as `searched` does, where that cannot be finished.
        """
        failed = set()
        for result in self._solutions.of(number).settled(self._scored):
            self._check_time()
            if result.outcome.is_lost:
                failed.add(result.name)
            if result.outcome.was_ended:
                return frozenset(case.test for case in self._scored)
            if failed and self._is_hurried():
                self._knows_all_failed = False
                break
        return frozenset(failed)

    def searched(self, number: int, mutant: Mutant, space: SearchSpace) -> TestedMutant:
        """Put a mutant that passes the scored tests to all other inputs."""
        probe = self._solutions.of(number)
        hidden = self._hides(probe)
        telling = next(filter(self._is_steady, self._wrong(probe, space.usual)), None)
        if telling is not None:
            case = self._smallest(telling, probe)
            return TestedMutant(mutant, MutantStatus.SURVIVED, case=case, within_tolerance=hidden)
        told = next(self._wrong(probe, space.unusual), None) is not None
        fate = MutantStatus.ADVICE if told else MutantStatus.EQUIVALENT
        return TestedMutant(mutant, fate, within_tolerance=hidden)

    def _is_steady(self, case: Case) -> bool:
        """Whether the reference's answer depends on more than round-off: else it tells nothing apart."""
        return bool(case.samples) or not is_noise(self._key, case, self._reference)

    def _wrong(self, probe: Probe, cases: Sequence[Case]) -> Iterator[Case]:
        """The cases that the mutant does not pass."""
        for case, result in zip(cases, probe.settled(cases), strict=True):
            self._check_time()
            if result.outcome.is_lost:
                yield case

    def _check_time(self) -> None:
        if self._is_late():
            raise _OutOfTime

    def _hides(self, probe: Probe) -> bool:
        """Whether the usual tolerance would have told it apart where the exercise's own does not."""
        loose = [case for case in self._steady if _is_loose(case)]
        if not loose:
            return False
        return probe.first_wrong([msgspec.structs.replace(case, compare=_USUAL) for case in loose]) is not None

    def _smallest(self, case: Case, probe: Probe) -> Case:
        """The case with the smallest input that still tells the mutant from the reference, and that can be written."""

        def shows(arguments: Arguments) -> bool:
            if self._is_late():
                return False
            changed = msgspec.structs.replace(case, arguments=Plain(arguments))
            if not self._reference.fulfils(changed):
                return False
            (expected,) = self._reference.expecting([changed])
            if not self._reference.meeting_conditions([expected]):
                return False
            is_known = is_as_meant(self._solution, self._key.function, expected.expected)
            return is_known and probe.first_wrong([expected]) is not None

        arguments = shrunk(
            case.arguments.value,
            self._key.parameters,
            shows,
            domain=case.domain,
            redraw=partial(self._reference.drawn, case),
        )
        small = msgspec.structs.replace(case, arguments=Plain(arguments))
        (expected,) = self._reference.expecting([small])
        small = small if self._is_steady(expected) else case
        (sized,) = with_calls(msgspec.structs.replace(self._key, cases=(small,))).cases
        return sized

    def _idle(self, tried: Sequence[TestedMutant]) -> tuple[str, ...]:
        """The scored tests that fail only what all of the others fail too."""
        names = dict.fromkeys(case.test for case in self._steady)
        wrong = [one.failed for one in tried if one.failed] + list(self._failed_by_misconceptions())
        telling = [failed for failed in wrong if len(failed) < len(names)]
        return tuple(name for name in names if len(names) > 1 and not any(name in failed for failed in telling))

    def _failed_by_misconceptions(self) -> Iterator[frozenset[str]]:
        scored = [(number, case) for number, case in enumerate(self._key.cases) if case in self._steady]
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
