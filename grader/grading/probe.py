"""Solutions put to the cases of one exercise: the reference, its mutants, and whatever else is known to be wrong."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from types import TracebackType
from typing import Final, Self, final

import msgspec
import numpy as np

from grader.course.key import AnswerKey, Case
from grader.errors import AuthorError
from grader.grading.accepted import in_the_form_asked_for
from grader.grading.author_code import evaluate, held_of
from grader.grading.calls import call_of, limits_of
from grader.grading.inputs import fulfils
from grader.grading.raise_statements import raised_by
from grader.grading.remembered import judged
from grader.grading.samples import ATTEMPTS, may_try_again
from grader.identity_cache import IdentityCache
from grader.judge.judge_case import without_call
from grader.judge.result import Outcome, TestResult
from grader.judge.surely_wrong import surely_wrong
from grader.kinds.arrays import ARRAY
from grader.kinds.numbers import NUMBER
from grader.kinds.table import kind_of
from grader.observation import Observation, Status
from grader.observe.author_calls import perform_many
from grader.observe.observer import Observer
from grader.observe.wire import Block, Limits, Source, Tell
from grader.values import Value

__all__ = ["Probe", "is_as_meant", "is_usual", "source_of"]

_TOGETHER: Final = 8  # cases whose conditions are asked about at once: a process is started for them
_CALLS: Final = 4_096  # that are remembered
_LONGER: Final = 2.0  # times the time of a call that is tried once more


def source_of(name: str, text: str) -> Source:
    """A solution as a submission of one file."""
    return Source(f"{name}.py", (Block(text),))


@final
class Probe:
    """A session with one solution, or with others beside it that share its process. A context manager."""

    def __init__(
        self,
        key: AnswerKey,
        text: str,
        observer: Observer,
        *,
        limits: Limits | None = None,
        others: Sequence[str] = (),
    ) -> None:
        self._key = key
        self._observer = observer
        self._limits = limits or limits_of(key)
        self._number = 0
        # The same objects for all solutions, so that each is sent once.
        self._calls = IdentityCache(partial(call_of, function=key.function, parameters=key.parameters), _CALLS)
        sources = [source_of(f"{key.name}_{number}", other) for number, other in enumerate(others, 1)]
        self.session = observer.session(
            [source_of(key.name, text), *sources], tell=(Tell.COMPUTES,), packages=key.packages
        )

    def of(self, number: int) -> Probe:
        """The same with another of its solutions, from 0: closed with this one."""
        other = copy.copy(self)
        other._number = number
        return other

    def with_time(self, times: float) -> Probe:
        """The same, where each call may take so many times as long: closed with this one."""
        other = copy.copy(self)
        other._limits = msgspec.structs.replace(self._limits, call=times * self._limits.call)
        return other

    def settled(self, cases: Sequence[Case]) -> Iterator[TestResult]:
        """What comes of each case, with all the attempts that it has.

        One that took too long is tried once more, for the machine may have been busy.
        """
        for case, result in zip(cases, self.judged(cases), strict=True):
            if result.outcome is Outcome.TIMED_OUT:
                (result,) = self.with_time(_LONGER).judged([case])
            for attempt in range(1, ATTEMPTS):
                if may_try_again(case, result):
                    (result,) = self.judged([case], attempt=attempt)
            yield result

    def observe(self, cases: Sequence[Case], *, attempt: int = 0) -> Iterator[Observation]:
        """What the solution does on each case; the next is only tried when it is asked for."""
        if attempt:
            calls = [call_of(case, self._key.function, self._key.parameters, attempt=attempt) for case in cases]
            return self.session.perform(self._number, calls, self._limits)
        return perform_many(self.session, self._number, list(map(self._calls.of, cases)), self._limits)

    def judged(self, cases: Sequence[Case], *, attempt: int = 0) -> Iterator[TestResult]:
        """What comes of each case, one after the other. Of one that is wrong, not always why."""
        answers = zip(cases, self.observe(cases, attempt=attempt), strict=True)
        if not self._key.accept and all(case.holds is None for case in cases):
            for case, observation in answers:
                if surely_wrong(case, self._key, observation):
                    yield without_call(case, Outcome.FAILED, None)
                else:
                    yield judged(case, self._key, observation, None, None, self.session.replies)
            return
        size = _TOGETHER if any(case.holds is not None for case in cases) else 1
        while group := list(itertools.islice(answers, size)):
            read = in_the_form_asked_for(self._key, group, self._observer)
            every = held_of(self._observer, self._limits, self._key, group)
            for (case, _), observation, held in zip(group, read, every, strict=True):
                yield judged(case, self._key, observation, held, None, self.session.replies)

    def first_wrong(self, cases: Sequence[Case]) -> int | None:
        """The number of the first case that the solution does not pass."""
        wrong = (number for number, result in enumerate(self.settled(cases)) if result.outcome.is_lost)
        return next(wrong, None)

    def expecting(self, cases: Sequence[Case]) -> list[Case]:
        """The cases with what this solution does as what is right."""
        return [
            msgspec.structs.replace(case, expected=observation)
            for case, observation in zip(cases, self.observe(cases), strict=True)
        ]

    def meeting_conditions(self, cases: Sequence[Case]) -> list[Case]:
        """Those of the cases, each with what this solution does as `expected`, that meet the author's `holds`."""
        held = held_of(self._observer, self._limits, self._key, [(case, case.expected) for case in cases])
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


def is_as_meant(solution: str, function: str | None, expected: Observation) -> bool:
    """Whether a reference that did this meant it: as usual, or by a `raise` of its own."""
    return is_usual(expected) or raised_by(solution, function, expected) is not None


def _is_finite(value: Value) -> bool:
    kind = kind_of(value)
    if kind not in (NUMBER, ARRAY):
        return all(map(_is_finite, kind.parts(value)))
    array = np.asarray(value)
    return array.dtype.kind not in "fc" or bool(np.isfinite(array).all())
