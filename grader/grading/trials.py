"""The calls of some cases of an exercise, observed and judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Final, TypeAlias

from grader.course.key import AnswerKey, Case
from grader.grading.accepted import as_it_came, in_the_form_asked_for, may_be_accepted
from grader.grading.author_code import held_of, is_asked
from grader.grading.calls import call_of, limits_of, size_limit_of
from grader.grading.remembered import judged, judged_trial, judged_trials
from grader.grading.remembered_trials import remember_trials, remembered_trials
from grader.grading.samples import ATTEMPTS, may_try_again
from grader.grading.work import Work, asked
from grader.judge.trial import Trial
from grader.memory_size import memory_size
from grader.observation import Observation
from grader.observe.observer import Observer
from grader.observe.wire import Call

if TYPE_CHECKING:
    from grader.observe.sharing import AnySession

__all__ = ["trials"]

Authors = Callable[[], AbstractContextManager[Observer]]
Then: TypeAlias = Iterable[Sequence[tuple[int, Call]]]
_Answer: TypeAlias = tuple[int, Observation]  # to the case of that number

_MOST_WAITING: Final = 16 << 20  # bytes of answers that wait for the author's conditions


def trials(
    work: Work, numbers: Sequence[int], *, session: AnySession, authors: Authors, then: Then = ()
) -> tuple[Trial, ...]:
    """The cases of those numbers: each is judged as its answer comes, while the next call is under way.

    `then`: the calls (of a file) of each exercise to come, which may be sent ahead. `authors` opens the observer for
    `holds:`. What is kept of an answer is for the work's allowance to say. A case of many samples that fails is done
    again with other seeds, as often as it may.
    """
    key = work.key
    time_budget, answers = work.remaining.time_budget, work.remaining.answers
    spent, taken = time_budget.spent, answers.taken
    known = remembered_trials(work, numbers, session)
    new = [number for number in numbers if number not in known]
    first = [(number, call) for number, (_, call) in zip(new, asked(work, new), strict=True)]
    is_sampled = any(key.cases[number].samples for number in numbers)
    if is_sampled or known:
        then = ()  # what is sent ahead has to come next, and a further attempt may, or nothing of this file at all
    made = _tried(work, first, session=session, authors=authors, then=then) if new else ()
    done = known | {trial.number: trial for trial in made}
    if not (known or is_sampled or answers.has_refused):
        remember_trials(work, made, session, seconds=time_budget.spent - spent, size=answers.taken - taken)
    for attempt in range(1, ATTEMPTS):
        left = [number for number in numbers if may_try_again(key.cases[number], done[number].result)]
        if not left:
            break
        calls = [(number, _call(key, number, attempt)) for number in left]
        done |= {trial.number: trial for trial in _tried(work, calls, session=session, authors=authors)}
    return tuple(done[number] for number in numbers)


def _call(key: AnswerKey, number: int, attempt: int) -> Call:
    return call_of(key.cases[number], key.function, key.parameters, size_limit_of(key), attempt=attempt)


def _tried(
    work: Work,
    asked: Sequence[tuple[int, Call]],
    *,
    session: AnySession,
    authors: Authors,
    then: Then = (),
) -> tuple[Trial, ...]:
    """The cases of these numbers, by these calls.

    Each is judged by itself, but for those whose replies came before, and those about which the author's code is asked:
    a process is started for these, so they come together as far as they are small.
    """
    key = work.key
    numbers, calls = [number for number, _ in asked], [call for _, call in asked]
    observations = session.perform(
        work.found.file, calls, limits_of(key), time_budget=work.remaining.time_budget, then=then
    )
    done: list[Trial] = []
    same: list[_Answer] = []
    waiting: list[_Answer] = []
    size = 0
    for number, observation in zip(numbers, observations, strict=True):
        if not _asks_author(key, key.cases[number], observation):
            if session.replies.notes(observation) is not None:
                same.append((number, observation))
            else:
                done.append(_trial(work, session, number, observation))
            continue
        waiting.append((number, observation))
        size += memory_size(observation.value.value)
        if size > _MOST_WAITING:
            done += _judged_together(work, session, waiting, authors)
            waiting, size = [], 0
    numbers, seen = [number for number, _ in same], [observation for _, observation in same]
    done += judged_trials(work, numbers, seen, session.replies)
    return (*done, *_judged_together(work, session, waiting, authors))


def _asks_author(key: AnswerKey, case: Case, observation: Observation) -> bool:
    return is_asked(case, observation) or may_be_accepted(key, case, observation)


def _judged_together(work: Work, session: AnySession, answers: Sequence[_Answer], authors: Authors) -> Iterator[Trial]:
    held = _held(work.key, answers, authors)
    for (number, observation), read in zip(answers, _read(work.key, answers, authors), strict=True):
        yield _trial(work, session, number, observation, read=read, held=held.get(number))


def _trial(
    work: Work,
    session: AnySession,
    number: int,
    observation: Observation,
    *,
    read: Observation | None = None,
    held: tuple[bool | None, ...] | None = None,
) -> Trial:
    """An answer, judged as it was `read` in the form that is asked for, if that is another."""
    if read is None or read is observation:
        return judged_trial(work, number, observation, held, session.replies)
    case = work.key.cases[number]
    result = judged(case, work.key, read, held, work.found.definition, session.replies)
    return work.remaining.answers.trial(number, case, read, as_it_came(result, observation, read))


def _read(key: AnswerKey, answers: Sequence[_Answer], authors: Authors) -> list[Observation]:
    """The observations, with results of other forms in the one that is asked for."""
    every = [(key.cases[number], observation) for number, observation in answers]
    if not any(may_be_accepted(key, *one) for one in every):
        return [observation for _, observation in every]
    with authors() as observer:
        return in_the_form_asked_for(key, every, observer)


def _held(key: AnswerKey, answers: Sequence[_Answer], authors: Authors) -> dict[int, tuple[bool | None, ...]]:
    """By number: whether the author's expressions hold of what was returned."""
    every = [(key.cases[number], observation) for number, observation in answers]
    if not any(is_asked(*one) for one in every):
        return {}
    with authors() as observer:
        held = held_of(observer, limits_of(key), key, every)
    return {number: own for (number, _), own in zip(answers, held, strict=True) if own is not None}
