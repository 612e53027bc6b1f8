"""Whether what was said of replies before is what is said of them now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import numpy as np
import pytest

from grader.codec import decode, to_bytes
from grader.course.key import AnswerKey
from grader.grading.absent import Submission
from grader.grading.find import Found
from grader.grading.grade import grade
from grader.grading.protocol import KeysAlone
from grader.grading.remaining_budget import RemainingBudget
from grader.grading.remembered import judged_trials
from grader.grading.retained import RetainedAnswers
from grader.grading.work import Work
from grader.judge.result import ExerciseResult, Outcome
from grader.judge.trial import Trial
from grader.observation import Observation, Status
from grader.observe.observer import Observer
from grader.observe.opening import open_lasting
from grader.observe.replies import RememberedReplies
from grader.observe.time_budget import TimeBudget
from grader.observe.wire import Block, Definition, Performed, Source
from grader.size_limit import MAX_SIZE
from grader.values import Opaque, Plain

HEAD = "import numpy as np\ndef double(x):\n    "
BODIES = [
    "return 2 * x",
    "return 2 * np.asarray(x)",
    "return x ** 2",
    "y = x ** 2\n    return y",
    "print('here'); return 2 * x",
    "print('there'); return x",
    "x *= 2; return x",
    "return",
    "pass",
    "raise NotImplementedError",
    "return double",
    "return [2 * y for y in x]",
    "return 2 * x if len(x) < 3 else np.nan * x",
    "np.log(-1.0); return 2 * x",
    "y = 1\n    np.log(-1.0); return 2 * x",
    "return 1 / 0",
    "z = 1\n    return 1 / 0",
]


@pytest.fixture
def forgetful() -> Iterator[Observer]:
    with open_lasting("none") as observer:
        observer._replies = RememberedReplies(room=0)
        yield observer


@pytest.fixture
def lasting() -> Iterator[Observer]:
    with open_lasting("none") as observer:
        yield observer


@pytest.mark.slow
def test_results_are_the_same_with_every_memory_switched_off(
    compiled: Callable[..., AnswerKey], forgetful: Observer, lasting: Observer
) -> None:
    key = compiled()

    def judged(body: str, observer: Observer) -> ExerciseResult:
        submission = Submission((Source("work.py", (Block(HEAD + body),)),))
        return grade(submission, KeysAlone({key.name: key}), [key.name], observer).exercises[0]

    for _ in range(2):
        for body in BODIES:
            assert judged(body, lasting) == judged(body, forgetful), body


class Exercise:
    """An exercise, whose calls gave something before."""

    def __init__(self, key: AnswerKey) -> None:
        self.key, self.replies = key, RememberedReplies()
        self.numbers = range(len(key.cases))

    def reply(self, value: object) -> Observation:
        """As it comes from a child: the same bytes are the same observation."""
        payload = to_bytes(Performed(Observation(Status.RETURNED, Plain(value))))
        performed = self.replies.performed(payload, MAX_SIZE, lambda data, limit: decode(data, Performed, limit))
        return performed.observation  # type: ignore[no-any-return]

    def right(self) -> list[Observation]:
        return [self.reply(case.expected.value.value) for case in self.key.cases]

    def trials(self, seen: list[Observation], room: int = 1 << 20, **more: Any) -> tuple[Trial, ...]:
        found = Found(0, Definition("double", "function", 1, **more))
        remaining = RemainingBudget(TimeBudget(), RetainedAnswers(room, room))
        work = Work(self.key, found, file=None, remarks=(), remaining=remaining)
        made = judged_trials(work, self.numbers, seen, self.replies)
        assert remaining.answers.has_refused is (room < 1 << 20)
        assert remaining.answers.taken > 0 or room < 1 << 20
        return made


@pytest.fixture
def exercise(compiled: Callable[..., AnswerKey]) -> Exercise:
    return Exercise(compiled())


def test_trials_of_the_same_replies_are_the_very_same(exercise: Exercise) -> None:
    first = exercise.trials(exercise.right())

    assert exercise.trials(exercise.right()) is first
    assert {trial.result.outcome for trial in first} == {Outcome.PASSED}


def test_one_other_reply_makes_them_others(exercise: Exercise) -> None:
    right = exercise.trials(exercise.right())
    replies = [*exercise.right()[:-1], exercise.reply(np.zeros(1))]
    other = exercise.trials(replies)

    assert other[:-1] == right[:-1]
    assert other[-1].result.outcome is Outcome.FAILED
    assert exercise.trials(replies) is other
    assert exercise.trials(exercise.right())[-1].result.outcome is Outcome.PASSED


def test_what_is_printed_or_a_stub_is_judged_anew(exercise: Exercise) -> None:
    first = exercise.trials(exercise.right())
    printing = [msgspec.structs.replace(one, printed="here") for one in exercise.right()]

    assert exercise.trials(printing)[0].observation.printed == "here"
    assert exercise.trials(exercise.right(), blank=True) is not first
    assert exercise.trials(exercise.right(), unset=("x",)) is not first


def test_without_room_for_all_of_them_each_takes_what_there_is(exercise: Exercise) -> None:
    first = exercise.trials(exercise.right())
    few = exercise.trials(exercise.right(), room=200)

    assert few is not first
    assert [trial.result.outcome for trial in few] == [trial.result.outcome for trial in first]
    assert type(few[-1].observation.value.value) is Opaque
