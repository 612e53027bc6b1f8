"""`parameters:`, the function's own, where they are not what tests draw."""

from __future__ import annotations

import pytest

from grader.course.document import read
from grader.course.model import ExerciseSpec
from grader.course.specification import exercise_spec
from grader.errors import SpecificationError

INTEGRAL = """title: Integral
function: integral
parameters:
  f: A function of one number.
  n: How many steps.
args: {n: int}
call: integral(np.cos, n)
returns: float
task: Integrate.
"""
SOLUTION = "def integral(f, n):\n    return sum(map(f, range(n))) / n\n"


def loaded(text: str, solution: str = SOLUTION) -> ExerciseSpec:
    return exercise_spec(read(text.encode(), "exercises/integral.yaml"), name="integral", solution=solution)


def test_they_are_those_of_the_reference_in_its_order() -> None:
    assert loaded(INTEGRAL).parameters == {"f": "A function of one number.", "n": "How many steps."}
    assert "parameters" not in repr(
        loaded(INTEGRAL.replace("  f: A function of one number.\n  n: How many steps.\n", " {}\n"))
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("  n: How", "  m: How", "5:3: no parameter is called 'm'"),
        ("  f: A function of one number.\n", "", "3:1: these are not all parameters in their order"),
        ("call: integral(np.cos, n)\n", "", "3:1: nothing says how `integral` is called"),
        ("function: integral", "function: null", "3:1: these are a function's parameters"),
        ("A function of one number.", "", "'f' has no value"),
    ],
)
def test_what_is_not_so_is_told_with_its_place(old: str, new: str, told: str) -> None:
    assert old in INTEGRAL
    with pytest.raises(SpecificationError) as error:
        loaded(INTEGRAL.replace(old, new))
    assert told in str(error.value)
