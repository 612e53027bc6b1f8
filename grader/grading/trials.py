"""The calls of some cases of an exercise, observed and judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Final, TypeAlias

from grader.course.key import AnswerKey
from grader.grading.accepted import as_it_came, in_the_form_asked_for, may_be_accepted
from grader.grading.author_code import condition_names, holds
from grader.grading.calls import limits_of
from grader.grading.remembered import judged
from grader.grading.work import Work, asked
from grader.judge.diagnosis_input import Trial
from grader.memory_size import memory_size
from grader.observation import Observation, Status
from grader.observe.observer import Observer
from grader.observe.sharing import AnySession
from grader.observe.wire import Call

__all__ = ["trials"]

Authors = Callable[[], AbstractContextManager[Observer]]
_Answer: TypeAlias = tuple[int, Observation]  # to the case of that number

_MOST_WAITING: Final = 16 << 20  # bytes of answers that wait for the author's conditions


def trials(
    work: Work, numbers: Sequence[int], *, session: AnySession, authors: Authors, then: Sequence[tuple[int, Call]] = ()
) -> tuple[Trial, ...]:
    """The cases of those numbers: each is judged as its answer comes, while the next call is under way.

    `then`: calls (of a file) that will come next and may be sent ahead. `authors` opens the observer for `holds:`. What
    is kept of an answer is for the work's allowance to say.
    """
    key, found, remaining = work.key, work.found, work.remaining
    calls = [call for _, call in asked(work, numbers)]
    observations = session.perform(found.file, calls, limits_of(key), time_budget=remaining.time_budget, then=then)
    done = []
    for group in _groups(zip(numbers, observations, strict=True), key):
        held = _held(key, group, authors)
        for (number, observation), read in zip(group, _read(key, group, authors), strict=True):
            case = key.cases[number]
            result = judged(case, key, read, held.get(number), found.definition, session.replies)
            done.append(remaining.answers.trial(number, case, read, as_it_came(result, observation, read)))
    return tuple(done)


def _groups(answers: Iterable[_Answer], key: AnswerKey) -> Iterator[list[_Answer]]:
    """Answers that are judged together: each by itself, but for those about which the author's code is asked.

    A process is started for these, so they come together as far as they are small.
    """
    waiting: list[_Answer] = []
    size = 0
    for number, observation in answers:
        case = key.cases[number]
        is_asked = case.holds is not None or may_be_accepted(key, case, observation)
        if not is_asked or observation.status is not Status.RETURNED:
            yield [(number, observation)]
            continue
        waiting.append((number, observation))
        size += memory_size(observation.value.value)
        if size > _MOST_WAITING:
            yield waiting
            waiting, size = [], 0
    if waiting:
        yield waiting


def _read(key: AnswerKey, answers: Sequence[_Answer], authors: Authors) -> list[Observation]:
    """The observations, with results of other forms in the one that is asked for."""
    every = [(key.cases[number], observation) for number, observation in answers]
    if not any(may_be_accepted(key, *one) for one in every):
        return [observation for _, observation in every]
    with authors() as observer:
        return in_the_form_asked_for(key, every, observer)


def _held(key: AnswerKey, answers: Sequence[_Answer], authors: Authors) -> dict[int, tuple[bool | None, ...]]:
    """By number: whether the author's expressions hold of what was returned."""
    questions = [
        (number, (case.holds, condition_names(case.arguments.value, observation)))
        for number, observation in answers
        if (case := key.cases[number]).holds is not None and observation.status is Status.RETURNED
    ]
    if not questions:
        return {}
    with authors() as observer:
        answered = holds(observer, limits_of(key), key.seen_by_conditions, [question for _, question in questions])
    return {number: answer for (number, _), answer in zip(questions, answered, strict=True)}
