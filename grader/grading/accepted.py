"""Results in another form than the one asked for, which their exercise accepts as right too.

What is compared, and diagnosed, is what the author's expression makes of such a result. An expression that raises, or
does not say exactly True, accepts nothing: the result is judged as it came.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from grader.course.key import AnswerKey, Case, Misconception
from grader.errors import AuthorError
from grader.grading.author_code import Scaffold, answered, condition_names, how_it_ended, is_of_the_author, is_true
from grader.grading.calls import limits_of
from grader.judge.compare import compare
from grader.judge.judge_case import judge_case
from grader.judge.result import Outcome, TestResult
from grader.observation import Observation, Status
from grader.observe.observer import Observer
from grader.observe.wire import Definition

if TYPE_CHECKING:
    from grader.course.folder import Exercise

__all__ = ["as_it_came", "check_forms", "in_the_form_asked_for", "judged_in_form", "may_be_accepted"]

_Answer: TypeAlias = tuple[Case, Observation]


def may_be_accepted(key: AnswerKey, case: Case, observation: Observation) -> bool:
    """Whether a result is not right as it stands, and its exercise has other forms."""
    if not key.accept or observation.status is not Status.RETURNED or case.expected.status is not Status.RETURNED:
        return False
    due, came = case.expected.value.value, observation.value.value
    return compare(due, came, case.compare, key.returns_of(case)) is not None


def in_the_form_asked_for(key: AnswerKey, answers: Sequence[_Answer], authors: Observer) -> list[Observation]:
    """The observations with the results in the form that is asked for, where they have another that is accepted."""
    seen = [observation for _, observation in answers]
    open_ones = [number for number, one in enumerate(answers) if may_be_accepted(key, *one)]
    if not open_ones:
        return seen
    when = _asked(key, answers, [(number, form.when) for number in open_ones for form in key.accept], authors)
    told = [is_true(answer) is True for answer in when]
    chosen = []
    for place, number in enumerate(open_ones):
        row = told[place * len(key.accept) : (place + 1) * len(key.accept)]
        chosen += [(number, key.accept[row.index(True)].form)] if True in row else []
    for (number, _), made in zip(chosen, _asked(key, answers, chosen, authors), strict=True):
        if made.status is Status.RETURNED:
            seen[number] = msgspec.structs.replace(seen[number], value=made.value)
    return seen


def check_forms(key: AnswerKey, exercise: Exercise, authors: Observer) -> None:
    """Whether the author's expressions leave the reference's own results what they are, and wrong ones wrong.

    Raises `AuthorError` where one does not.
    """
    returned = [case for case in key.cases if case.expected.status is Status.RETURNED]
    answers = [(case, case.expected) for case in returned]
    for number, form in enumerate(key.accept):
        place = exercise.where("accept", number)
        when = _asked(key, answers, [(at, form.when) for at in range(len(answers))], authors)
        for answer in when:
            if answer.error is not None and is_of_the_author(answer.error):
                raise AuthorError(f"{place}: `when: {form.when}` {how_it_ended(answer)}")
        taken = [at for at, answer in enumerate(when) if is_true(answer) is True]
        made = _asked(key, answers, [(at, form.form) for at in taken], authors)
        for at, one in zip(taken, made, strict=True):
            _check_reference(key, returned[at], one, f"{place}: `when: {form.when}`")
    for number, known in enumerate(key.misconceptions):
        if _passes(key, known, authors):
            place = exercise.where("misconceptions", number)
            raise AuthorError(f"{place}: `accept:` lets misconception {known.id!r} pass; let its `when:` ask for more")


def _check_reference(key: AnswerKey, case: Case, made: Observation, told: str) -> None:
    if made.status is not Status.RETURNED:
        raise AuthorError(
            f"{told} is True of the reference's own result ({case.test!r}): its `as:` {how_it_ended(made)}"
        )
    if compare(case.expected.value.value, made.value.value, case.compare, key.returns_of(case)) is not None:
        raise AuthorError(
            f"{told} is True of the reference's own result ({case.test!r}): its `as:` makes another of it"
        )


def _passes(key: AnswerKey, known: Misconception, authors: Observer) -> bool:
    """Whether a wrong solution fails a scored test, and none any more once its results are read in other forms."""
    scored = [(case, one) for case, one in zip(key.cases, known.answers, strict=True) if case.points]
    if all(judge_case(case, key, one).outcome is Outcome.PASSED for case, one in scored):
        return False  # no test fails it: that is told of the tests
    read = in_the_form_asked_for(key, scored, authors)
    return all(
        judge_case(case, key, one).outcome is Outcome.PASSED for (case, _), one in zip(scored, read, strict=True)
    )


def _asked(
    key: AnswerKey, answers: Sequence[_Answer], questions: Sequence[tuple[int, str]], authors: Observer
) -> list[Observation]:
    named = [(code, condition_names(*answers[at])) for at, code in questions]
    return answered(authors, limits_of(key), Scaffold("", key.packages), named) if named else []


def judged_in_form(
    key: AnswerKey, case: Case, observation: Observation, authors: Observer, definition: Definition
) -> tuple[Observation, TestResult]:
    """One answer in the form that is asked for, and what comes of it."""
    (read,) = in_the_form_asked_for(key, [(case, observation)], authors)
    return read, as_it_came(judge_case(case, key, read, definition=definition), observation, read)


def as_it_came(result: TestResult, observation: Observation, read: Observation) -> TestResult:
    """The result of a case whose answer was `read` in another form, with the answer as it came."""
    if read is observation or result.actual is None:
        return result
    return msgspec.structs.replace(result, actual=observation.value)
