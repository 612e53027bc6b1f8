"""What is built for a call, as it can be pasted."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import numpy as np
import pytest

from grader.course.key import AnswerKey, Case, Comparison, Role
from grader.judge.built import build_lines, inlined, package_lines
from grader.observation import Observation, Status
from grader.values import Plain


def case_with(build: dict[str, str], **arguments: object) -> Case:
    return Case(
        test="t", index=1, role=Role.HIDDEN, points=0, advice=False, arguments=Plain(arguments), seed=11,
        expected=Observation(Status.RETURNED), compare=Comparison(), build=build,
    )  # fmt: skip


def run(lines: list[str], **names: object) -> dict[str, object]:
    known: dict[str, object] = {"np": np, **names}
    exec("\n".join(lines), known)
    return known


def test_each_line_makes_one_thing() -> None:
    case = case_with({"y": "x + seed", "z": "[y,\n y]"}, x=3)
    assert build_lines(case) == ["seed = 11", "y = x + seed", "z = [y, y]"]
    assert run(build_lines(case), x=3)["z"] == [14, 14]


@pytest.mark.parametrize(
    ("build", "value"),
    [
        ({"f": "lambda t: t * f"}, 6),
        ({"g": "x", "f": "lambda t: t * f + g"}, 7),
        ({"f": "lambda t: t * x", "x": "x + 1"}, 2),
        ({"f": "lambda t: sum(t for _ in range(f))"}, 6),
    ],
)
def test_a_function_keeps_what_it_was_made_of(build: dict[str, str], value: int) -> None:
    made = run(build_lines(case_with(build, f=3, x=1)), f=3, x=1)
    assert made["f"](2) == value  # type: ignore[operator]


def test_as_one_expression_it_has_literals_in_it() -> None:
    case = case_with({"y": "x + seed", "z": "max([y for x in [1]])"}, x=3)
    assert inlined(case, {"x": "3"}) == {"y": "3 + 11", "z": "max([3 + 11 for x in [1]])"}


def test_packages_are_imported_where_they_are_named(make_key: Callable[..., AnswerKey]) -> None:
    known = msgspec.structs.replace(
        make_key(), packages={"pd": "pandas", "statistics": "statistics", "sp": "scipy.sparse"}
    )
    assert package_lines(known, ["pd.Series(x)", "statistics.mean(x)"]) == ["import pandas as pd", "import statistics"]
