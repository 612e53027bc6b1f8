"""Suggested tests that kill surviving mutants, as YAML; they are compiled and run before they are suggested."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from grader.course.domains import domain_of, parameters_of
from grader.course.draw import size_ranges
from grader.course.key import AnswerKey
from grader.course.ranges import ANYTHING
from grader.course.sizes import size_symbols
from grader.errors import AuthorError
from grader.grading.checked import Proposal
from grader.grading.compile import compile_key
from grader.grading.mutation import (
    MutantStatus,
    MutationReport,
    TestedMutant,
    counterexample,
    run_mutants,
    scored_cases,
)
from grader.grading.probe import Probe
from grader.grading.search import may_draw

if TYPE_CHECKING:
    from grader.course.folder import Exercise
    from grader.course.model import CourseSpec, ExerciseSpec, TestSpec
    from grader.observe.observer import Observer

__all__ = ["propose_tests"]

_ROUNDS: Final = 4
_REPEAT: Final = 6  # sizes of every kind


def propose_tests(course: CourseSpec, exercise: Exercise, mutation: MutationReport, observer: Observer) -> Proposal:
    """Tests that, added to `exercise`, leave no survivor of `mutation`: drawn ones where those do, else written ones.

    The exercise is compiled with them, and all mutants are tried again; `left` says how many survive even so.
    """
    suggestion = _Suggestion(course, exercise, observer)
    chosen = list(suggestion.basis)
    for _ in range(_ROUNDS):
        survivors = mutation.of(MutantStatus.SURVIVED)
        if not survivors:
            break
        chosen += suggestion.choose(chosen, survivors)
        mutation = suggestion.tried(chosen)
    advice = ""
    if suggestion.takes_points:
        advice = "The other tests' own points take all there are: leave some for these."
    elif exercise.spec.tests is None:
        advice = "They take the place of the set drawn from the signature, which has no `tests:`."
    return Proposal(
        "tests:\n" + "".join(_indented(item) for item in chosen), len(mutation.of(MutantStatus.SURVIVED)), advice
    )


def _indented(item: str) -> str:
    return "".join(f"  {line}" for line in item.splitlines(keepends=True))


class _Suggestion:
    def __init__(self, course: CourseSpec, exercise: Exercise, observer: Observer) -> None:
        self._course = course
        self._exercise = exercise
        self._observer = observer
        self._names = {test.name for test in (*exercise.spec.examples, *(exercise.spec.tests or ()))}
        self.basis = tuple(self._drawn()) if exercise.spec.tests is None else ()
        self.takes_points = _is_spent(exercise.spec)

    def _drawn(self) -> Iterator[str]:
        """Tests whose inputs are drawn: of any size, and with each size 1."""
        spec = self._exercise.spec
        yield f"- name: {self._name('any input')}\n  repeat: {_REPEAT}\n"
        drawn = [parameter for parameter in parameters_of(spec) if parameter.is_drawn]
        symbols = size_symbols(drawn, spec.returns)
        ranges = size_ranges(drawn, symbols, domain_of(spec).sizes)
        for symbol in symbols:
            if symbol.isidentifier() and ranges.get(symbol, ANYTHING).holds(1):
                yield f"- name: {self._name(f'{symbol} of 1')}\n  sizes: {{{symbol}: 1}}\n"

    def _name(self, wanted: str) -> str:
        """A name that no test has yet. It says nothing of the mistake: students may read it."""
        number, name = 1, wanted
        while name in self._names:
            number += 1
            name = f"{wanted} {number}"
        self._names.add(name)
        return name

    def choose(self, chosen: Sequence[str], survivors: Sequence[TestedMutant]) -> list[str]:
        """The fewest further tests that kill the survivors, as far as going from the best to the next finds them."""
        drawn = list(self._drawn()) if may_draw(self._exercise.spec) and not self.basis else []
        written = [counterexample(one, self._name("small input")) for one in survivors]
        items = [*drawn, *(item for item in written if not item.startswith("#"))]
        try:
            key = self._compiled([*chosen, *items])
        except AuthorError:  # a drawn input that the reference is not meant for
            items = items[len(drawn) :]
            key = self._compiled([*chosen, *items])
        kills = {item: self._kills(key, _test_name(item), survivors) for item in items}
        return list(_cover(kills))

    def _kills(self, key: AnswerKey, name: str, survivors: Sequence[TestedMutant]) -> frozenset[str]:
        cases = [case for case in scored_cases(key) if case.test == name]
        killed = set()
        for one in survivors:
            with Probe(key, one.mutant.source, self._observer) as probe:
                if probe.first_wrong(cases) is not None:
                    killed.add(one.mutant.source)
        return frozenset(killed)

    def tried(self, chosen: Sequence[str]) -> MutationReport:
        """All mutants, tried on the exercise with these tests added."""
        exercise = self._with(chosen)
        return run_mutants(self._course, exercise, self._compiled(chosen), self._observer)

    def _compiled(self, items: Sequence[str]) -> AnswerKey:
        return compile_key(self._course, self._with(items), self._observer)

    def _with(self, items: Sequence[str]) -> Exercise:
        spec = self._exercise.spec
        old = spec.tests or ()
        if self.takes_points:
            old = tuple(test.model_copy(update={"points": None}) if test.points else test for test in old)
        tests = (*old, *_parsed(items))
        return dataclasses.replace(self._exercise, spec=spec.model_copy(update={"tests": tests}))


def _cover(kills: dict[str, frozenset[str]]) -> Iterator[str]:
    """The keys that cover everything, the best first; of equals the one that stands first."""
    left = frozenset[str]().union(*kills.values())
    while left:
        best = max(kills, key=lambda item: len(kills[item] & left))
        yield best
        left -= kills[best]


def _parsed(items: Sequence[str]) -> tuple[TestSpec, ...]:
    """The tests that these items are, read as an author's file is."""
    from grader.course.document import read
    from grader.course.model import TestSpec

    raw = read(("tests:\n" + "".join(items)).encode(), "proposed tests").value
    return tuple(TestSpec.model_validate(test) for test in raw["tests"])


def _test_name(item: str) -> str:
    return _parsed([item])[0].name


def _is_spent(spec: ExerciseSpec) -> bool:
    """Whether the tests' own points leave nothing for a further one."""
    own = [test.points for test in spec.tests or () if test.points is not None]
    return bool(spec.tests) and sum(own, Fraction()) == spec.tested_points
