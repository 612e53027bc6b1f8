"""Whether what is taken of an equal function's trials is what they would be, and when it is not taken."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from grader.course.key import AnswerKey
from grader.grading import remembered_trials as module
from grader.grading.absent import Submission
from grader.grading.grade import grade
from grader.grading.protocol import KeysAlone
from grader.judge.result import ExerciseResult
from grader.judge.trial import Trial
from grader.observe.observer import Observer
from grader.observe.shared_calls import SharedCalls
from grader.observe.sharing import Sharing
from grader.observe.wire import Block, Source

HEAD = "import numpy as np\ndef double(x):\n    "
OTHER = "import numpy as np\n\n\n# mine\ndef double(x):\n    '''Twice that.'''\n\n    "
WHOLE = [
    "return 2 * x",
    "return x ** 2",
    "return [2 * y for y in x]",
    "x *= 2; return x",
    "print(x); return x",
    "np.log(-1.0); return 2 * x",
]
IN_PART = ["return 1 / 0", "return double"]

Judged = Callable[..., ExerciseResult]


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many trials were known, round by round."""
    counts: list[int] = []
    original = module.remembered_trials

    def noted(*given: object) -> dict[int, Trial]:
        found = original(*given)  # type: ignore[arg-type]
        counts.append(len(found))
        return found

    monkeypatch.setattr("grader.grading.trials.remembered_trials", noted)
    return counts


@pytest.fixture
def judged(compiled: Callable[..., AnswerKey], observer: Observer) -> Judged:
    key = compiled()

    def judge(text: str, shared: SharedCalls | None, name: str = "") -> ExerciseResult:
        submission = Submission((Source("work.py", (Block(text),)),))
        sharing = None if shared is None else Sharing(shared, name)
        return grade(submission, KeysAlone({key.name: key}), [key.name], observer, sharing=sharing).exercises[0]

    return judge


@pytest.mark.parametrize("body", [*WHOLE, *IN_PART])
def test_the_result_is_that_of_the_function_alone(judged: Judged, known: list[int], body: str) -> None:
    shared = SharedCalls()
    judged(HEAD + body, shared, "first")
    assert not any(known)
    known.clear()

    result = judged(OTHER + body, shared, "second")

    assert bool(sum(known)) is (body in WHOLE)
    assert result.shared_from == "first"
    assert msgspec.structs.replace(result, shared_from=None) == judged(OTHER + body, None)


def test_what_looks_unwritten_in_one_text_alone_is_judged_by_that_text(judged: Judged, known: list[int]) -> None:
    """Python leaves out what never runs, and a variable may be called as a blank is."""
    for written, unwritten in [
        ("y = None; z = x\n    return y\n    y = z", "y = None; z = x\n    return y"),
        ("t = print(x)\n    y = t\n    return y", "TODO = print(x)\n    y = TODO\n    return y"),
    ]:
        shared = SharedCalls()
        judged(HEAD + written, shared, "first")

        result = judged(OTHER + unwritten, shared, "second")

        assert result.shared_from == "first"
        assert msgspec.structs.replace(result, shared_from=None) == judged(OTHER + unwritten, None)
    assert not any(known)


def test_nothing_is_taken_from_the_submission_itself(judged: Judged, known: list[int]) -> None:
    shared = SharedCalls()
    results = [judged(HEAD + WHOLE[0], shared, "first") for _ in range(2)]
    assert results[0] == results[1]
    assert not any(known)


def test_nor_by_a_key_that_is_another(
    judged: Judged, compiled: Callable[..., AnswerKey], observer: Observer, known: list[int]
) -> None:
    shared = SharedCalls()
    judged(HEAD + WHOLE[1], shared, "first")
    other = msgspec.structs.replace(compiled(), id="sha256:other")
    submission = Submission((Source("work.py", (Block(OTHER + WHOLE[1]),)),))
    grade(submission, KeysAlone({other.name: other}), [other.name], observer, sharing=Sharing(shared, "second"))
    assert not any(known)


def test_nor_where_there_is_no_time_for_it(
    judged: Judged, compiled: Callable[..., AnswerKey], observer: Observer, known: list[int]
) -> None:
    shared = SharedCalls()
    judged(HEAD + WHOLE[0], shared, "first")
    key = compiled()
    in_haste = msgspec.structs.replace(key, budget=msgspec.structs.replace(key.budget, exercise=1e-9))
    submission = Submission((Source("work.py", (Block(OTHER + WHOLE[0]),)),))
    grade(submission, KeysAlone({key.name: in_haste}), [key.name], observer, sharing=Sharing(shared, "second"))
    assert not any(known)


def test_much_is_not_kept(judged: Judged, known: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LARGEST", 100)
    shared = SharedCalls()
    for number in range(3):
        judged(f"# {number}\n" + HEAD + WHOLE[0], shared, str(number))
    assert not any(known)
