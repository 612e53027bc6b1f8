"""Checking an exercise: its reference, its stub, its misconceptions, its hidden tests and its texts.

All of them are submissions, observed and judged like a student's.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Final, final

from grader.authoring.chance_words import chance_said
from grader.authoring.exercise_sheet import remarks
from grader.authoring.kept_property import kept_property
from grader.authoring.lint import NOTES, LintInput, line_of, lint
from grader.course.key import AnswerKey
from grader.course.random_checks import randoms_of
from grader.course.stub import stub_code
from grader.errors import GraderError, SpecificationError
from grader.grading.answers import File, judge_files
from grader.grading.branches_that_raise import raising_branches
from grader.grading.chance import Chance, chance_of
from grader.grading.checked import Checked, Lint, Mistake, MutantCount, Proposal, Score, Spared, Survivor
from grader.grading.compile import compile_key
from grader.grading.doubtful_answers import doubtful_answers
from grader.grading.mutation import (
    MutantStatus,
    MutationReport,
    TestedMutant,
    counterexample,
    run_mutants,
    scored_cases,
    steady_cases,
)
from grader.grading.probe import Probe
from grader.grading.protocol import KeysAlone
from grader.grading.round_off import RoundOffViolation, round_off_violations
from grader.grading.suggest_tests import propose_tests
from grader.judge.diagnosis_input import LEAST_EVIDENCE
from grader.judge.judge_case import judge_case
from grader.judge.recognise import recognised
from grader.judge.result import ExerciseResult, Outcome
from grader.judge.trial import Trial
from grader.observation import Observation, Status
from grader.values import fingerprint
from grader.words.text import lines, listed

if TYPE_CHECKING:
    from grader.course.folder import Course, Exercise
    from grader.observe.observer import Observer

__all__ = ["Checkup", "Progress"]

Progress = Callable[[str, int, int], None]

_FEW: Final = 10
_LONG: Final = 60.0  # seconds after which it is said why


def _silent(name: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


@final
class Checkup:
    """One exercise and everything that is checked of it, each thing when it is asked for and only once.

    Each part raises `GraderError` where the exercise does not even compile.
    """

    def __init__(
        self,
        course: Course,
        name: str,
        observer: Observer,
        *,
        on_progress: Progress = _silent,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._clock = clock
        self._course = course
        self.name = name
        self._observer = observer
        self._on_progress = on_progress

    def checked(self, *, fix: bool = False) -> Checked:
        """All parts together. What does not compile is a finding as well."""
        path = f"exercises/{self.name}.yaml"
        start = self._clock()
        self._on_progress(self.name, 0, 0)
        try:
            self.key  # noqa: B018 — everything below needs it
        except GraderError as error:
            problems = error.problems if isinstance(error, SpecificationError) else (str(error),)
            broken = tuple(Lint("specification", problem, _line_in(problem)) for problem in problems)
            return Checked(self.name, path, Score(), Score(), lint=broken)
        reference, stub = self.reference, self.stub
        found = Checked(
            name=self.name,
            path=path,
            reference=reference[0],
            stub=stub[0],
            misconceptions=self.misconceptions,
            mutants=self.mutants,
            lint=(*reference[1], *stub[1], *self.lint),
            notes=self.notes,
            remarks=self.remarks,
            proposal=self.proposal if fix else None,
        )
        took = self._clock() - start
        return found if took <= _LONG else replace(found, remarks=(*found.remarks, self._why_long(took)))

    def _why_long(self, took: float) -> str:
        return (
            f"exercises/{self.name}.yaml: checking it took {took:.0f} s, for the reference, each misconception and "
            f"each mutant is put to its {len(self.key.cases)} cases, some of which are slow; smaller inputs, or fewer, "
            "make it quicker"
        )

    @kept_property
    def exercise(self) -> Exercise:
        return self._course.exercise(self.name)

    @kept_property
    def key(self) -> AnswerKey:
        """Compiled anew, whatever may be cached: this is what says that the specification is sound."""
        return compile_key(self._course.spec(), self.exercise, self._observer)

    @kept_property
    def reference(self) -> tuple[Score, tuple[Lint, ...]]:
        """The reference's points, and why they are not all, or not the same a second time."""
        result = self._graded(self.exercise.solution)
        return Score(result.points, result.max_points), tuple(self._reference_faults(result))

    def _reference_faults(self, result: ExerciseResult) -> Iterator[Lint]:
        where = f"solutions/{self.exercise.solution_path.name}"
        if (test := self._unsteady_test()) is not None:
            message = (
                f"{where}: the reference answers '{test}' differently each time; "
                "draw random numbers from `np.random`, which is seeded before every call, or from a fixed seed; or "
                "write `random: {samples: 200}`, and conditions over all results"
            )
            yield Lint("reference", message, self._line())
        elif result.points != self.key.points:
            wrong = next((test for test in result.tests if test.points != test.max_points), None)
            told = f" ('{wrong.name}': {lines(wrong.finding.messages)})" if wrong is not None and wrong.finding else ""
            message = f"{where}: the reference does not get all points a second time{told}"
            yield Lint("reference", message, self._line())

    def _unsteady_test(self) -> str | None:
        """The first test that the reference answers in another way than when it was compiled."""
        with Probe(self.key, self.exercise.solution, self._observer) as probe:
            steady = [case for case in self.key.cases if not case.samples]
            answers = zip(steady, probe.observe(steady), strict=True)
            changed = (case.test for case, again in answers if not _is_the_same(case.expected, again))
            return next(changed, None)

    @kept_property
    def stub(self) -> tuple[Score, tuple[Lint, ...]]:
        """The untouched stub's points, and why they are not none."""
        where = f"solutions/{self.exercise.solution_path.name}"
        text = stub_code(self.exercise.solution, self.key.function, where=where)
        result = self._graded(text)
        # Untouched it is never run. What would it get once a student has touched it?
        with Probe(self.key, text, self._observer) as probe:
            points = sum((test.points for test in probe.settled(scored_cases(self.key))), result.points)
        score = Score(points, result.max_points)
        if points:
            message = (
                f"the stub gets {points} points before anything is written: what it needs is outside of the markers"
            )
            return score, (Lint("stub", message, self._line()),)
        if result.outcome is Outcome.NOT_ATTEMPTED or self.key.function is None:
            return score, ()  # without a function nothing says which piece of a stub is blank
        message = (
            f"the untouched stub is called {result.outcome.value.replace('_', ' ')}, not 'not attempted': "
            "what stands outside of the solution's markers does too much"
        )
        return score, (Lint("stub", message, self._line()),)

    @kept_property
    def misconceptions(self) -> tuple[Mistake, ...]:
        """Whether each misconception is caught, recognised, and told from the others."""
        return tuple(self.misconception(number) for number in range(len(self.key.misconceptions)))

    def misconception(self, number: int) -> Mistake:
        """One of them, by its place in the specification."""
        known = self.key.misconceptions[number]
        line = line_of(self.exercise, "misconceptions", number)
        trials = list(self._trials(number))
        if not (any(map(_is_caught, trials)) or self._loses_points(number)):
            problem = "no scored test fails it, so whoever makes this mistake gets all points; add a test that tells"
            return Mistake(known.id, caught=False, recognised=False, line=line, problem=problem)
        if not steady_cases(self.key):  # all is random, and nobody is known by what chance gave
            return Mistake(known.id, caught=True, recognised=True, line=line)
        fitting = [one.id for one in recognised(self.key.misconceptions, self.key, trials)]
        if fitting == [known.id]:
            return Mistake(known.id, caught=True, recognised=True, line=line)
        if sum(trial.is_evidence for trial in trials) < LEAST_EVIDENCE:
            problem = (
                "fewer than two hidden tests get a wrong value back, which may be chance, so nobody is told; add tests"
            )
        else:
            others = listed([f"'{other}'" for other in fitting if other != known.id])
            problem = f"on every scored test it does what {others} does; add a test that tells them apart"
        return Mistake(known.id, caught=True, recognised=False, line=line, problem=problem)

    def _loses_points(self, number: int) -> bool:
        """Whether whoever hands in this misconception does not get all points."""
        result = self._graded(self.exercise.spec.misconceptions[number].text(self.exercise.solution))
        return result.points != result.max_points

    def _trials(self, number: int) -> Iterator[Trial]:
        scored = steady_cases(self.key)
        for place, case in enumerate(self.key.cases):
            if case in scored:
                answer = self.key.misconceptions[number].answers[place]
                yield Trial(place, case, answer, judge_case(case, self.key, answer, (False,) if case.holds else None))

    @kept_property
    def mutation(self) -> MutationReport:
        return run_mutants(
            self._course.spec(),
            self.exercise,
            self.key,
            self._observer,
            on_progress=lambda done, total: self._on_progress(self.name, done, total),
        )

    @kept_property
    def mutants(self) -> MutantCount:
        """How the mutants fare."""
        tried = self.mutation
        return MutantCount(
            total=len(tried.tried) + tried.untried,
            killed=len(tried.of(MutantStatus.KILLED)),
            equivalent=tuple(map(_spared, tried.of(MutantStatus.EQUIVALENT))),
            advice=tuple(map(_spared, tried.of(MutantStatus.ADVICE))),
            survivors=tuple(
                _survivor(one, f"small input {number}") for number, one in enumerate(tried.of(MutantStatus.SURVIVED), 1)
            ),
            tried=tried.inputs,
            untried=tried.untried,
            by_conditions=all(case.holds is not None for case in scored_cases(self.key)),
        )

    @kept_property
    def chance(self) -> Chance | None:
        """How likely right work loses a point, where chance plays a part."""
        if not any(case.samples and case.points for case in self.key.cases):
            return None
        return chance_of(self.key, self.exercise.solution, self._observer)

    @property
    def _alpha(self) -> float:
        """The least that is asked for."""
        return min((one.alpha for one in randoms_of(self.exercise.spec)), default=1.0)

    def _chance_lint(self) -> Iterator[Lint]:
        if self.chance is not None and self.chance.bound > self._alpha:
            yield Lint("random", chance_said(self.chance, self._alpha), self._line())

    @property
    def lint(self) -> tuple[Lint, ...]:
        """What will not teach as it should."""
        return tuple(one for one in self._all_lint if one.rule not in NOTES)

    @property
    def notes(self) -> tuple[Lint, ...]:
        """What is worth a look, and may be right as it is."""
        return tuple(one for one in self._all_lint if one.rule in NOTES)

    @kept_property
    def _all_lint(self) -> tuple[Lint, ...]:
        scored, solution = steady_cases(self.key), self.exercise.solution
        found: tuple[RoundOffViolation, ...] = ()
        if not self.reference[1]:  # else what differs is not round-off
            with Probe(self.key, solution, self._observer) as reference:
                found = tuple(round_off_violations(self.key, scored, reference))
        doubtful = doubtful_answers(self.key, scored, solution, self._observer)
        others = frozenset(self._course.names())
        searched = self.mutation.searched, self.mutation.left_out
        raising = raising_branches(self.exercise, self.key, scored, searched, self._observer)
        given = LintInput(self._course.spec(), self.key, self.mutation, found, others, doubtful, raising)
        return (*lint(self.exercise, given), *self._chance_lint())

    @kept_property
    def remarks(self) -> tuple[str, ...]:
        """What is worth knowing and no fault."""
        few = self.mutants.total
        told = [*self.exercise.remarks, *remarks(self.exercise, self.key)]
        if any(one.variants > 1 and self.name in one.exercises for one in self._course.spec().assignments):
            told.append(
                f"exercises/{self.name}.yaml: it is in an assignment with variants, and was checked by the tests of "
                "variant 0 alone; cases that matter are better written than drawn"
            )
        if self.mutants.untried:
            samples = ", or fewer `samples:`" if any(case.samples for case in self.key.cases) else ""
            told.append(
                f"exercises/{self.name}.yaml: for {self.mutants.untried} of {few} mutants there was no time, since the "
                f"reference is slow on these inputs; with smaller ones{samples}, all are tried"
            )
        if self.chance is not None and self.chance.bound <= self._alpha:
            told.append(f"exercises/{self.name}.yaml: {chance_said(self.chance, self._alpha)}")
        if few + len(self.exercise.spec.misconceptions) < _FEW:
            told.append(
                f"exercises/{self.name}.yaml: the reference has only {few} mutants, which says little about the "
                "tests; write misconceptions"
            )
        return tuple(told)

    @kept_property
    def proposal(self) -> Proposal | None:
        """Tests that kill the survivors; None where there are none."""
        if not self.mutation.of(MutantStatus.SURVIVED):
            return None
        return propose_tests(self._course.spec(), self.exercise, self.mutation, self._observer)

    def _graded(self, text: str) -> ExerciseResult:
        file = File(f"{self.name}.py", text.encode())
        answers = KeysAlone({self.name: self.key}, authors=lambda: nullcontext(self._observer))
        result = judge_files(answers, [file], self._observer, exercises=[self.name])
        return result.exercises[0]

    def _line(self) -> int:
        return line_of(self.exercise)


def _is_caught(trial: Trial) -> bool:
    """Whether what a misconception answered when the key was made loses points by itself.

    It is asked once more only where that does not say so: of an exception the key has the type alone, conditions have
    not been asked, and nothing is known of samples and rules of style.
    """
    return trial.is_evidence and trial.case.holds is None


def _is_the_same(first: Observation, second: Observation) -> bool:
    if first.status is not second.status:
        return False
    return first.status is not Status.RETURNED or (
        fingerprint(first.value.value) == fingerprint(second.value.value)
        and fingerprint(first.changed.value) == fingerprint(second.changed.value)
    )


def _spared(tried: TestedMutant) -> Spared:
    mutant = tried.mutant
    return Spared(mutant.edit, mutant.line, mutant.before, mutant.after)


def _survivor(tried: TestedMutant, name: str) -> Survivor:
    mutant = tried.mutant
    return Survivor(mutant.edit, mutant.line, mutant.before, mutant.after, counterexample(tried, name))


def _line_in(problem: str) -> int:
    """The line that a message begins with: `exercises/softmax.yaml:7:5: …`; 1 where it names none."""
    parts = problem.split(":")
    return int(parts[1]) if len(parts) > 1 and parts[0].endswith(".yaml") and parts[1].isdigit() else 1
