from __future__ import annotations

import io
import os
from fractions import Fraction
from pathlib import Path

import msgspec
import numpy as np
import pytest

from grader.course.key import AnswerKey, Budget, Case, Comparison, Domain, Misconception, Parameter, Role
from grader.course.ranges import Range
from grader.course.signature import Kind, Leaf
from grader.judge.calls import with_calls
from grader.observation import Observation, Raised, Status
from grader.report.answers import render_key, tells_apart
from grader.report.page import plain_console
from grader.values import Plain, Value

GOLDEN = Path(__file__).parent / "key"


def returned(value: Value) -> Observation:
    return Observation(Status.RETURNED, Plain(value))


def a_case(test: str, index: int, role: Role, x: Value, expected: Observation, points: int = 0, **more: object) -> Case:
    return Case(
        test=test,
        index=index,
        role=role,
        points=Fraction(points),
        advice=bool(more.pop("advice", False)),
        arguments=Plain({"x": x}),
        seed=1,
        expected=expected,
        compare=Comparison(),
        hint=str(more["hint"]) if "hint" in more else None,
    )


def a_key() -> AnswerKey:
    small, large = np.array([3.0, 4.0]), np.linspace(0, 1, 99).reshape(9, 11)
    refused = Observation(Status.RAISED, error=Raised("ValueError", "no elements"))
    cases = (
        a_case("example 1", 1, Role.EXAMPLE, small, returned(5.0)),
        a_case("any", 1, Role.HIDDEN, large, returned(np.float64(5.7735)), 4),
        a_case("any", 2, Role.HIDDEN, small * 2, returned(10.0), 4),
        a_case("no elements", 1, Role.HIDDEN, np.zeros(0), refused, 2, hint="What is the length of $\\vec{0}$?"),
        a_case("large", 1, Role.HIDDEN, small * 1e200, returned(5e200), advice=True),
        *(a_case("practice", i, Role.PRACTICE, small + i, returned(float(i))) for i in range(1, 6)),
    )
    summed = tuple(returned(np.sum(case.arguments.value["x"])) for case in cases)
    squared = tuple(returned(100.0) if case.index == 2 and case.test == "any" else case.expected for case in cases)
    key = AnswerKey(
        schema=1,
        id="sha256:0",
        name="norm",
        title="Length of a vector",
        needs=("norm",),
        function="norm",
        parameters=(Parameter("x", Leaf(Kind.FLOAT, "..."), "float (...)"),),
        returns=Leaf(Kind.FLOAT),
        returns_text="float",
        points=Fraction(10),
        undecided=Fraction(0),
        public=False,
        cases=cases,
        misconceptions=(
            Misconception("sum", "The numbers themselves were added, not their squares.", summed),
            Misconception("no_root", "Squares were added. What undoes a square?", squared),
        ),
        hints=("Square, add, and then?", "There is a function for it: $\\sqrt{x}$ is `np.sqrt(x)`."),
        changes=(),
        budget=Budget(2.0, 10.0, 1 << 30),
        stub_digest="",
        versions={},
    )
    return with_calls(key)


@pytest.mark.parametrize("width", [80, 40])
def test_golden(width: int) -> None:
    stream = io.StringIO()
    render_key(a_key(), plain_console(stream, width=width))
    file = GOLDEN / f"norm-{width}.txt"
    if os.environ.get("NUMGRADE_GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(stream.getvalue(), encoding="utf-8")
    assert stream.getvalue() == file.read_text(encoding="utf-8")


def test_what_is_drawn_is_shown() -> None:
    bounded = Parameter("x", Leaf(Kind.FLOAT, ("n",)), "float (n,)", within=Range(0, 1))
    how = Parameter("how", Leaf(Kind.STR), "str", within=Range(choices=Plain(["a", "b"])))
    domain = Domain({"n": Range(2, 9)}, "x[0] > 0")
    cases = tuple(msgspec.structs.replace(case, domain=domain) for case in a_key().cases)
    stream = io.StringIO()
    render_key(msgspec.structs.replace(a_key(), parameters=(bounded, how), cases=cases), plain_console(stream))
    text = stream.getvalue()
    assert "x         float (n,). Numbers from 0 to 1.\n" in text
    assert "how       str. One of 'a' or 'b'.\n" in text
    assert "n         A whole number from 2 to 9.\n" in text
    assert "where     x[0] > 0\n" in text


def test_which_cases_tell_a_misconception_apart() -> None:
    key = a_key()
    by_sum, by_root = key.misconceptions
    assert [tells_apart(key, by_sum, number) for number in range(4)] == [True] * 4
    assert [tells_apart(key, by_root, number) for number in range(4)] == [False, False, True, False]


def test_what_is_nested_is_shown_whole() -> None:
    numbers = np.arange(40.0).reshape(8, 5)
    before, after = {"W": np.ones(2)}, {"W": np.full(2, 7.5)}
    answer = Observation(Status.RETURNED, Plain((numbers, {"text": "a" * 300})), changed=Plain({"x": after}))
    case = a_case("any", 1, Role.HIDDEN, before, answer, 10)
    key = msgspec.structs.replace(a_key(), cases=(case,), misconceptions=(), changes=("x",))
    stream = io.StringIO()
    render_key(key, plain_console(stream))
    text = stream.getvalue()
    assert "[0]: array of float64, shape (8, 5)" in text
    assert "39" in text
    assert text.replace("\n", "").count("a") > 200
    assert "x['W']: array of float64, shape (2,)" in text
    assert "7.5   7.5" in text
