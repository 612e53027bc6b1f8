"""Whether what was said of a reply before is what is said of it now."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from grader.course.key import AnswerKey
from grader.grading.absent import Submission
from grader.grading.grade import grade
from grader.grading.protocol import KeysAlone
from grader.judge.result import ExerciseResult
from grader.observe.observer import Observer
from grader.observe.opening import open_lasting
from grader.observe.replies import RememberedReplies
from grader.observe.wire import Block, Source

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
