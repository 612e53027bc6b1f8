"""Follow-through: where one exercise uses another's function, a wrong helper costs its own points only.

Work that loses points with the student's own helper is judged once more, in a child of its own that has to ask what a
right helper answers. The reference answers in an author's process; neither its text nor what it says when it fails
goes to the child. All that is kept of the second attempt is which tests it passed: what it prints or raises could carry
something out that it has asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Final, TypeAlias, final

import msgspec

from grader.course.key import AnswerKey, Parameter, Role
from grader.errors import ValueTooLarge, reason_of
from grader.grading.author_code import LastingAuthors, load, observe_one
from grader.grading.calls import limits_of
from grader.grading.protocol import Answers, Helper
from grader.judge import score
from grader.judge.remarks import followed, will_follow
from grader.judge.result import ExerciseResult, Outcome, TestResult
from grader.judge.style import scored_again
from grader.observation import Status
from grader.observe.observer import Observer
from grader.observe.questions import MAX_QUESTION_BYTES, Questions
from grader.observe.session import Session
from grader.observe.wire import Answer, Call, Limits
from grader.size_limit import SizeLimit
from grader.values import Plain, Value

__all__ = ["Following"]

_MEMORY: Final = 128 << 20  # of a reference that answers: it may be asked for `zeros(10**9)`
_ANSWER_LIMIT: Final = SizeLimit(MAX_QUESTION_BYTES, 20_000)  # for what it answers
_LEAST: Final = 0.01  # seconds for an answer, where hardly any are left


First: TypeAlias = Callable[[Sequence[AnswerKey]], tuple[ExerciseResult, ...]]
Again: TypeAlias = Callable[[AnswerKey, Questions], Sequence[TestResult]]


@final
class Following:
    """One submission. `first` judges exercises with the student's own helpers, `again` with those that are asked."""

    def __init__(self, answers: Answers, authors: LastingAuthors, *, first: First, again: Again, files: int) -> None:
        self._answers = answers
        self._authors = authors
        self._first = first
        self._again = again
        self._files = files
        self._known: dict[str, ExerciseResult] = {}

    def note(self, judged: Sequence[ExerciseResult]) -> None:
        """What first attempts have come to."""
        self._known.update({result.name: result for result in judged})

    def followed(self, key: AnswerKey, result: ExerciseResult) -> ExerciseResult:
        """The result of `key`, or a better one where wrong helpers are what it lost points by."""
        if result.outcome is Outcome.NOT_JUDGED or result.outcome.is_absent or not _is_lost(key, result):
            return result
        try:
            wrong = self._wrong(key)
            return self._with_right(key, result, wrong) if wrong else result
        except Exception as error:  # noqa: BLE001 — the course's fault or ours, and no submission's
            return score.not_judged(key, reason=reason_of(error))

    def _wrong(self, key: AnswerKey) -> dict[str, Helper]:
        """By their functions: the helpers that are not right in this submission."""
        declared = [self._answers.helper(name) for name in key.uses]
        usable = (helper for helper in declared if helper is not None and helper.key.function not in (None, *key.needs))
        return {helper.key.function or "": helper for helper in usable if _is_lost(helper.key, self._own(helper.key))}

    def _own(self, key: AnswerKey) -> ExerciseResult:
        if key.name not in self._known:
            self._known[key.name] = self._first([key])[0]
        return self._known[key.name]

    def _with_right(self, key: AnswerKey, result: ExerciseResult, wrong: Mapping[str, Helper]) -> ExerciseResult:
        if any(helper.solution is None for helper in wrong.values()):
            return msgspec.structs.replace(result, remarks=(*result.remarks, will_follow(tuple(wrong))))
        with self._authors() as observer, _answering(wrong, observer) as questions:
            passed = [test for test in self._again(key, questions) if test.outcome is Outcome.PASSED]
        tests = scored_again(key, _better(result.tests, passed))
        if sum(test.points for test in tests) == result.points:
            return result
        missing = all(self._own(helper.key).outcome.is_absent for helper in wrong.values())
        remark = followed(tuple(wrong), missing=missing, files=self._files)
        return score.exercise_result(key, tests, file=result.file, remarks=(*result.remarks, remark))


def _is_lost(key: AnswerKey, result: ExerciseResult) -> bool:
    """Whether a test that counts was lost; not how something is written, which no helper mends."""
    return any(
        test.outcome.is_lost and not test.advice and test.role is not Role.STYLE and (key.public or test.max_points > 0)
        for test in result.tests
    )


def _better(tests: Sequence[TestResult], passed: Sequence[TestResult]) -> list[TestResult]:
    """The tests, each as in the better attempt; of one that was passed in the second, that it was.

    A practice case is shown for what is still wrong.
    """
    better = {_identity(test): test for test in passed}
    kept = [test if test.outcome is Outcome.PASSED else _bare(better.get(_identity(test)), test) for test in tests]
    left = {test.name for test in kept if test.role is not Role.PRACTICE and test.outcome.is_lost}
    return [test for test in kept if test.role is not Role.PRACTICE or test.name in left]


def _identity(test: TestResult) -> tuple[Role, str, int]:
    return test.role, test.name, test.index


def _bare(passed: TestResult | None, test: TestResult) -> TestResult:
    if passed is None:
        return test
    return TestResult(
        name=test.name,
        index=test.index,
        role=test.role,
        advice=test.advice,
        outcome=passed.outcome,
        points=passed.points,
        max_points=passed.max_points,
        call=passed.call,
        size=passed.size,
    )


@contextmanager
def _answering(helpers: Mapping[str, Helper], observer: Observer) -> Iterator[Questions]:
    """Questions to the references of `helpers`, each in a process of its own."""
    from grader.grading.probe import source_of

    with ExitStack() as stack:
        answerers = {}
        for function, helper in helpers.items():
            source = source_of(helper.key.name, helper.solution or "")
            session = stack.enter_context(observer.session([source], tell=(), packages=helper.key.packages))
            limits = msgspec.structs.replace(limits_of(helper.key), memory=_MEMORY)
            load(session, limits, f"solutions/{source.name}")
            answerers[function] = partial(_answered, helper.key, session, limits)
        yield Questions(answerers)


def _answered(
    key: AnswerKey, session: Session, limits: Limits, positional: list[Value], named: dict[str, Value], seconds: float
) -> Answer:
    """What the reference does with these arguments: its value, or the type of what it raises, and no more."""
    arguments = _bound(key.parameters, positional, named)
    if arguments is None:
        return Answer(error="TypeError")
    call = Call(key.function, Plain(arguments), 0, keywords=tuple(named), size_limit=_ANSWER_LIMIT)
    limits = msgspec.structs.replace(limits, call=max(min(limits.call, seconds), _LEAST))
    try:
        observation = observe_one(session, limits, call)
    except ValueTooLarge:
        return Answer(error="MemoryError")
    if observation.status is Status.RETURNED:
        return Answer(observation.value)
    return Answer(error=observation.error.type if observation.error is not None else "RuntimeError")


def _bound(
    parameters: Sequence[Parameter], positional: list[Value], named: dict[str, Value]
) -> dict[str, Value] | None:
    """The arguments by name; None where there are too many, or one twice, or one that there is not."""
    names = [parameter.name for parameter in parameters]
    if len(positional) > len(names) or not set(named) <= set(names[len(positional) :]):
        return None
    return dict(zip(names, positional, strict=False)) | named
