"""Solutions put to the cases of one exercise: the reference, its mutants, and whatever else is known to be wrong."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import Final, Self, final

import msgspec
import numpy as np

from grader.course.key import AnswerKey, Case
from grader.errors import AuthorError
from grader.grading.author_code import condition_names, evaluate, holds, scaffold_of
from grader.grading.calls import call_of, limits_of
from grader.grading.inputs import fulfils
from grader.judge.judge_case import judge_case
from grader.judge.result import TestResult
from grader.kinds.arrays import ARRAY
from grader.kinds.numbers import NUMBER
from grader.kinds.table import kind_of
from grader.observation import Observation, Status
from grader.observe.observer import Observer
from grader.observe.wire import Block, Limits, Source
from grader.values import Value

__all__ = ["Probe", "is_usual", "source_of"]

_TOGETHER: Final = 8  # cases whose conditions are asked about at once: a process is started for them


def source_of(name: str, text: str) -> Source:
    """A solution as a submission of one file."""
    return Source(f"{name}.py", (Block(text),))


@final
class Probe:
    """A session with one solution. A context manager."""

    def __init__(self, key: AnswerKey, text: str, observer: Observer, *, limits: Limits | None = None) -> None:
        self._key = key
        self._observer = observer
        self._limits = limits or limits_of(key)
        self.session = observer.session([source_of(key.name, text)], packages=key.packages)

    def observe(self, cases: Sequence[Case]) -> Iterator[Observation]:
        """What the solution does on each case; the next is only tried when it is asked for."""
        calls = [call_of(case, self._key.function, self._key.parameters) for case in cases]
        return self.session.perform(0, calls, self._limits)

    def judged(self, cases: Sequence[Case]) -> Iterator[TestResult]:
        """What comes of each case, one after the other."""
        answers = zip(cases, self.observe(cases), strict=True)
        size = _TOGETHER if any(case.holds is not None for case in cases) else 1
        while group := list(itertools.islice(answers, size)):
            for (case, observation), held in zip(group, self._held(group), strict=True):
                yield judge_case(case, self._key, observation, held)

    def first_wrong(self, cases: Sequence[Case]) -> int | None:
        """The number of the first case that the solution does not pass."""
        wrong = (number for number, result in enumerate(self.judged(cases)) if result.outcome.is_lost)
        return next(wrong, None)

    def expecting(self, cases: Sequence[Case]) -> list[Case]:
        """The cases with what this solution does as what is right."""
        return [
            msgspec.structs.replace(case, expected=observation)
            for case, observation in zip(cases, self.observe(cases), strict=True)
        ]

    def meeting_conditions(self, cases: Sequence[Case]) -> list[Case]:
        """Those of the cases, each with what this solution does as `expected`, that meet the author's `holds`."""
        held = self._held([(case, case.expected) for case in cases])
        return [case for case, answers in zip(cases, held, strict=True) if answers is None or all(answers)]

    def fulfils(self, case: Case) -> bool:
        """Whether the case's inputs are as its author's condition on inputs has it; not so where nobody can tell."""
        if case.domain.where is None:
            return True
        names = {**case.domain.defaults.value, **case.arguments.value}
        try:
            return fulfils(case.domain.where, names, self._value)
        except AuthorError:
            return False

    def drawn(self, case: Case, name: str, names: Mapping[str, Value]) -> Value:
        """An argument drawn anew by its author's expression, which sees `names`: sizes, and the arguments above it."""
        return self._value(case.domain.drawn[name], names, case.seed)

    def _value(self, code: str, names: Mapping[str, Value], chosen: int | None) -> Value:
        return evaluate(self.session, self._limits, code, names, chosen)

    def _held(self, answers: Sequence[tuple[Case, Observation]]) -> list[tuple[bool | None, ...] | None]:
        """Of each answer whether the author's conditions hold; None where there are none, or nothing came back."""
        asked = {
            number: (case.holds, condition_names(case, observation))
            for number, (case, observation) in enumerate(answers)
            if case.holds is not None and observation.status is Status.RETURNED
        }
        if not asked:
            return [None] * len(answers)
        found = holds(self._observer, self._limits, scaffold_of(self._key), list(asked.values()))
        held = dict(zip(asked, found, strict=True))
        return [held.get(number) for number in range(len(answers))]

    def close(self) -> None:
        self.session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def is_usual(expected: Observation) -> bool:
    """Whether a reference that did this was at home with its input: it returned, nothing warned, all is finite."""
    return expected.status is Status.RETURNED and not expected.warnings and _is_finite(expected.value.value)


def _is_finite(value: Value) -> bool:
    kind = kind_of(value)
    if kind not in (NUMBER, ARRAY):
        return all(map(_is_finite, kind.parts(value)))
    array = np.asarray(value)
    return array.dtype.kind not in "fc" or bool(np.isfinite(array).all())
