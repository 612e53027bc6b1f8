from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from grader.course.key import AnswerKey, Case
from grader.course.signature import Kind, Leaf
from grader.judge.judge_case import judge_case
from grader.judge.trial import Trial
from grader.judge.written_sizes import size_written_in
from grader.observation import Observation, Raised, Status
from grader.values import Plain
from grader.words.text import text

Say = Callable[[str, Callable[[np.ndarray], np.ndarray], Sequence[tuple[int, ...]]], "str | None"]
SHAPES = ((2, 3, 4), (3, 2, 5), (2, 2, 3), (1, 4, 2))


@pytest.fixture
def say(make_case: Callable[..., Case], make_key: Callable[..., AnswerKey]) -> Say:
    """What is said where `change`, on `line`, is made of arrays of these shapes, of which columns are due."""

    def of(
        line: str, change: Callable[[np.ndarray], np.ndarray], shapes: Sequence[tuple[int, ...]] = SHAPES
    ) -> str | None:
        wrong = []
        for number, shape in enumerate(shapes):
            x = np.arange(float(np.prod(shape))).reshape(shape)
            case = make_case(x.reshape(-1, 1), {"x": x})
            key = make_key(case, returns=Leaf(Kind.ANY, "..."))
            try:
                seen = Observation(Status.RETURNED, Plain(change(x)))
            except ValueError as error:
                seen = Observation(Status.RAISED, error=Raised("ValueError", str(error), 3, source_line=line))
            result = judge_case(case, key, seen)
            trial = Trial(number, case, seen, result)
            wrong += [trial] if trial.is_wrong else []
        message = size_written_in(wrong)
        return None if message is None else text(message)

    return of


@pytest.mark.parametrize(
    ("line", "change", "words"),
    [
        ("x.reshape(h * w, 2)", lambda x: x.reshape(x.shape[0] * x.shape[1], 2), "2 is written in as a size"),
        ("x.reshape(h * w * 3, 1)", lambda x: x.reshape(x.shape[0] * x.shape[1] * 3, 1), "3 is written in as a size"),
        ("x.reshape(-1, 7)", lambda x: x.reshape(-1, 7), "7 is written in as a size"),
        ("x.reshape(24, 1)", lambda x: x.reshape(24, 1), "24 is written in as a size"),
        ("x.reshape(n, 1)", lambda x: x.reshape(24, 1), "The array is always given the same shape"),
    ],
)
def test_a_size_that_fits_some_inputs_only(
    say: Say, line: str, change: Callable[[np.ndarray], np.ndarray], words: str
) -> None:
    assert (say(line, change, SHAPES) or "").startswith(words)


@pytest.mark.parametrize(
    ("line", "change", "shapes"),
    [
        ("x.reshape(x.shape[2], 1)", lambda x: x.reshape(x.shape[2], 1), SHAPES),  # no number to blame
        ("x.reshape(h * w, 2)", lambda x: x.reshape(x.shape[0] * x.shape[1], 2), SHAPES[:1]),  # one error
        ("x.reshape(h * w + 2, 1)", lambda x: x.reshape(x.shape[0] * x.shape[1] + 2, 1), SHAPES),
        ("2 * x.reshape(h * w, 3)", lambda x: 2 * x.reshape(x.shape[0] * x.shape[1], -1)[:1], SHAPES),
    ],
)
def test_nothing_is_said_that_is_not_certain(
    say: Say, line: str, change: Callable[[np.ndarray], np.ndarray], shapes: Sequence[tuple[int, ...]]
) -> None:
    assert say(line, change, shapes) is None
