"""Mutants of a reference solution, observed: what each would answer on a key's cases."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.course.expression_mutations import REPLACEMENT_FUNCTIONS
from grader.course.key import AnswerKey
from grader.course.mutants import Mutant, mutants, on_other_arguments
from grader.errors import NotJudged
from grader.grading.calls import calls_of
from grader.judge.diagnosis_input import LEAST_EVIDENCE
from grader.judge.key_answers import wrong_answer
from grader.judge.mutants import MistakeKind, MutantAnswers, packed
from grader.judge.recognise import acts_alike
from grader.memory_size import memory_size
from grader.observation import Observation, Status
from grader.observe.wire import Block, Limits, Source

if TYPE_CHECKING:
    from grader.observe.observer import Observer
    from grader.observe.session import Session

__all__ = ["kind_of", "mutant_answers"]

_SECONDS: Final = 0.5  # that a call of a mutant may take
_MOST_TIMEOUTS: Final = 8
_MOST_BYTES: Final = 32 << 20  # of what all mutants answer: whoever judges has it in memory
_TOLD_OTHERWISE: Final = frozenset({"printed"})  # what was printed is looked for without a mutant


@dataclass(frozen=True, slots=True, eq=False)
class _Observed:
    kind: MistakeKind
    answers: tuple[Observation, ...]


def mutant_answers(key: AnswerKey, solution: str, observer: Observer) -> MutantAnswers:
    """What the mutants of `solution` do on the cases of `key`, those apart that could not be told from one another.

    They share one process, for they are the author's own code with one mutation each. After several that never end, the
    rest are left out, and so is whatever takes more memory than is left for all together.
    """
    try:
        made = [mutant for mutant in mutants(solution, key.function) if mutant.edit not in _TOLD_OTHERWISE]
        if key.function is not None:
            made += on_other_arguments(solution, key.function, key.parameters)
        sources = [Source(f"mutant_{number}.py", (Block(mutant.source),)) for number, mutant in enumerate(made)]
        with observer.session(sources, packages=key.packages) as session:
            found = list(_told_apart(key, _observed(key, made, session)))
    except (LookupError, SyntaxError, NotJudged):
        return MutantAnswers()
    return packed([one.kind for one in found], [one.answers for one in found])


def _observed(key: AnswerKey, made: Sequence[Mutant], session: Session) -> Iterator[_Observed]:
    limits = Limits(call=min(_SECONDS, key.budget.call), load=key.budget.load, memory=key.budget.memory)
    calls = [call for call, case in zip(calls_of(key), key.cases, strict=True) if not case.samples]
    compared = [case for case in key.cases if not case.samples]
    timeouts, left = 0, _MOST_BYTES
    for number, mutant in enumerate(made):
        report = session.load(number, limits)
        if report.lost is not None or report.stops or timeouts > _MOST_TIMEOUTS:
            continue
        answers = _within(left, map(wrong_answer, session.perform(number, calls, limits), compared))
        left -= sum(map(_weight, answers))
        if len(answers) < len(calls):
            continue
        timeouts += any(answer.status is Status.TIMED_OUT for answer in answers)
        rest = iter(answers)
        every = (Observation(Status.UNRUN) if case.samples else next(rest) for case in key.cases)
        yield _Observed(kind_of(mutant), tuple(every))


def _within(most: int, observations: Iterator[Observation]) -> tuple[Observation, ...]:
    """All of them, or none where they take more memory than that."""
    answers = []
    for observation in observations:
        most -= _weight(observation)
        if most < 0:
            return ()
        answers.append(observation)
    return tuple(answers)


def _weight(observation: Observation) -> int:
    return memory_size(observation.value.value) + memory_size(observation.changed.value)


def kind_of(mutant: Mutant) -> MistakeKind:
    """All that is kept of a mutant, for students may be told it: nothing of the reference, be it a name or a number."""
    return MistakeKind(mutant.edit, _taken(mutant) if mutant.edit == "function" else "")


def _taken(mutant: Mutant) -> str:
    """The function that a mutant calls by mistake, `np.mean` or `mean`: its name alone, whatever it is a method of."""
    try:
        call = ast.parse(mutant.after, mode="eval").body
    except SyntaxError:
        return ""
    match call:
        case ast.Call(func=ast.Attribute(value=ast.Name("np"), attr=name)) if name in REPLACEMENT_FUNCTIONS:
            return f"np.{name}"
        case ast.Call(func=ast.Attribute(attr=name)) if name in REPLACEMENT_FUNCTIONS:
            return name
    return ""


def _told_apart(key: AnswerKey, observed: Iterator[_Observed]) -> Iterator[_Observed]:
    """Without those that give no evidence, and without the doubles of one kind."""
    kept: dict[MistakeKind, list[_Observed]] = {}
    for one in observed:
        like = kept.setdefault(one.kind, [])
        if _is_evidence(key, one) and not any(_alike(key, one, other) for other in like):
            like.append(one)
            yield one


def _is_evidence(key: AnswerKey, one: _Observed) -> bool:
    differing = (
        case
        for case, answer in zip(key.cases, one.answers, strict=True)
        if not case.advice and answer.status is Status.RETURNED and not acts_alike(key, case, case.expected, answer)
    )
    return sum(1 for _ in differing) >= LEAST_EVIDENCE


def _alike(key: AnswerKey, one: _Observed, other: _Observed) -> bool:
    return all(
        case.advice or acts_alike(key, case, answer, another)
        for case, answer, another in zip(key.cases, one.answers, other.answers, strict=True)
    )
