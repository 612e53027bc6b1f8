from __future__ import annotations

from fractions import Fraction

from grader import codec
from grader.judge.result import ExerciseResult, Outcome, Result
from grader.message import verbatim


def exercise(name: str, points: Fraction, undecided: Fraction = Fraction()) -> ExerciseResult:
    return ExerciseResult(name, name, "sha256:0", None, Outcome.FAILED, points, Fraction(2), undecided, ())


def test_points_add_up_exactly() -> None:
    parts = (exercise("a", Fraction(1, 3)), exercise("b", Fraction(2, 3), Fraction(1, 2)))
    result = Result(parts, "none", {})

    assert (result.points, result.max_points, result.undecided_points) == (1, 4, Fraction(1, 2))
    assert Result((), "none", {}).points == Fraction()


def test_a_result_survives_being_kept() -> None:
    result = Result((exercise("a", Fraction(1, 3)),), "strict", {"numpy": "2"}, remarks=(verbatim("left out"),))

    assert codec.decode(codec.to_bytes(result), Result) == result
