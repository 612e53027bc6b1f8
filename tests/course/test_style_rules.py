"""`forbid:` and `require:` as an author writes them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from grader.course.document import read
from grader.course.model import ExerciseSpec
from grader.course.specification import exercise_spec
from grader.errors import SpecificationError

BASE = 'title: T\ntask: Do it.\nargs: {x: "float (m, n)", k: int}\nreturns: float (m,)\n'


def loaded(text: str) -> ExerciseSpec:
    return exercise_spec(read((BASE + text).encode(), "exercises/f.yaml"), name="f")


def test_the_short_form_is_the_list() -> None:
    spec = loaded('forbid: [np.linalg.norm, for, "**", .sort]\n')
    assert spec.forbid is not None
    assert spec.forbid.names == ("np.linalg.norm", "for", "**", ".sort")
    assert spec.forbid.points == 0
    assert spec.tested_points == spec.points == 10


def test_points_are_part_of_the_exercises() -> None:
    spec = loaded("forbid: {names: [for], points: 1/2}\nrequire: {calls: [np.exp], vectorised: [m, n, k], points: 2}\n")
    assert spec.tested_points == Fraction(15, 2)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("forbid: [return]", "'return' cannot be asked for or forbidden"),
        ("forbid: [np.]", "'np.' is no name of a function"),
        ("forbid: []", "forbid"),
        ("require: {vectorised: [mm]}", "no size is called 'mm'"),
        ("require: {points: 2}", "there is no `calls:`"),
        ("require: {calls: [np.exp], points: 11}", "more than the exercise's 10 points"),
        ("forbid: {names: [for], pionts: 2}", "did you mean 'points'"),
        ("forbid: {names: [for], points: 4}\ntests: [{name: a, points: 7}]", "add up to 7, more than"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, message: str) -> None:
    with pytest.raises(SpecificationError) as caught:
        loaded(text + "\n")
    assert message in str(caught.value)
    assert str(caught.value).startswith("exercises/f.yaml:")
