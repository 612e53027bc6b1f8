"""The calls of some cases of an exercise, observed and judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager

from grader.course.key import AnswerKey, Case
from grader.grading.author import holds
from grader.grading.calls import limits_of
from grader.grading.work import Work, asked
from grader.judge.evidence import Trial
from grader.judge.observed import judge_case
from grader.observation import Observation, Status
from grader.observe.session import Observer, Session
from grader.observe.wire import Call

__all__ = ["trials"]

Authors = Callable[[], AbstractContextManager[Observer]]


def trials(
    work: Work, numbers: Sequence[int], *, session: Session, authors: Authors, then: Sequence[tuple[int, Call]] = ()
) -> tuple[Trial, ...]:
    """The cases of those numbers: each is judged as its answer comes, while the next call is under way.

    `then`: calls (of a file) that will come next and may be sent ahead. `authors` opens the observer for `holds:`.
    """
    key, found = work.key, work.found
    calls = [call for _, call in asked(work, numbers)]
    late = sum(trial.observation.status is Status.TIMED_OUT for trial in work.own)
    observations: Iterable[Observation] = session.perform(found.file, calls, limits_of(key), timeouts=late, then=then)
    cases = [key.cases[number] for number in numbers]
    held: Mapping[int, bool | None] = {}
    if any(case.holds is not None for case in cases):
        observations = list(observations)
        held = _held(key, cases, observations, authors)
    done = []
    for place, (number, observation) in enumerate(zip(numbers, observations, strict=True)):
        case = key.cases[number]
        result = judge_case(case, key, observation, held.get(place), definition=found.definition)
        done.append(Trial(number, case, observation, result))
    return tuple(done)


def _held(
    key: AnswerKey, cases: Sequence[Case], observations: Sequence[Observation], authors: Authors
) -> dict[int, bool | None]:
    """By place: whether the author's expressions hold of what was returned."""
    questions = [
        (place, (case.holds, {**case.arguments.value, "result": observation.value.value}))
        for place, (case, observation) in enumerate(zip(cases, observations, strict=True))
        if case.holds is not None and observation.status is Status.RETURNED
    ]
    if not questions:
        return {}
    with authors() as observer:
        answers = holds(observer, limits_of(key), [question for _, question in questions])
    return {place: answer for (place, _), answer in zip(questions, answers, strict=True)}
