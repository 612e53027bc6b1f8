from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.key import AnswerKey, Case, Parameter
from grader.course.signature import Kind, Leaf
from grader.judge.calls import call_size, call_text, short_literal
from grader.values import Opaque, Value, equal

ANYTHING = Leaf(Kind.ANY, "...")
PARAMETERS = tuple(Parameter(name, ANYTHING, "any") for name in ("x", "axis", "keepdims"))
MISSING = object()


@pytest.mark.parametrize(
    "value",
    [Opaque("generator"), [Opaque("generator")], "a" * 500, b"a" * 500, np.full(30, 1 / 3), np.zeros(201), 1 << 4000],
)
def test_what_is_too_long_for_a_call(value: Value) -> None:
    assert short_literal(value) is None


SMALL, LARGE = np.array([[1, 2], [3, 4]]), np.zeros((4, 30))
YHAT, Y = np.array([0.9, 0.2, 0.1, 0.4, 0.9]), np.array([1, 0, 0, 1, 1])
CALLS = [
    ({"x": SMALL}, {}, "softmax(np.array([[1, 2], [3, 4]]))"),
    (
        {"x": YHAT, "axis": Y},
        {},
        "x = np.array([0.9, 0.2, 0.1, 0.4, 0.9])\naxis = np.array([1, 0, 0, 1, 1])\nsoftmax(x, axis)",
    ),
    ({"x": YHAT * 1.1, "axis": 1}, {}, f"x = np.array({(YHAT * 1.1).tolist()})\nsoftmax(x, 1)"),
    ({"x": YHAT * 1.1, "keepdims": True}, {}, f"x = np.array({(YHAT * 1.1).tolist()})\nsoftmax(x, keepdims=True)"),
    ({"x": LARGE}, {}, "# x.shape == (4, 30)\nsoftmax(x)"),
    ({"x": LARGE, "axis": 1}, {}, "# x.shape == (4, 30)\nsoftmax(x, 1)"),
    (
        {"x": LARGE, "axis": Y},
        {},
        "# x.shape == (4, 30)\naxis = np.array([1, 0, 0, 1, 1])\nsoftmax(x, axis)",
    ),
    ({"x": Opaque("function")}, {}, "# type(x) is function\nsoftmax(x)"),
    ({"x": [1.5] * 300}, {}, "# type(x) is list and len(x) == 300\nsoftmax(x)"),
    ({"x": "x" * 50, "axis": [1.5] * 9}, {}, f"x = '{'x' * 50}'\naxis = {[1.5] * 9}\nsoftmax(x, axis)"),
    ({}, {}, "softmax()"),
    ({"x": SMALL}, {"code": "len(softmax(x))\n"}, "x = np.array([[1, 2], [3, 4]])\nlen(softmax(x))"),
    ({"x": LARGE}, {"code": "a = softmax(x)\na + 1"}, "# x.shape == (4, 30)\na = softmax(x)\na + 1"),
    ({}, {"code": "Layer(3).weights"}, "Layer(3).weights"),
]


@pytest.mark.parametrize(("arguments", "fields", "text"), CALLS)
def test_calls(
    make_case: Callable[..., Case],
    make_key: Callable[..., AnswerKey],
    arguments: dict[str, Value],
    fields: dict[str, Any],
    text: str,
) -> None:
    case = make_case(1.0, arguments, **fields)
    assert call_text(make_key(case, parameters=PARAMETERS), case) == text


# Of each length and kind that calls are written otherwise for; that literals are the values is held elsewhere.
VALUES = st.sampled_from(
    [
        None,
        True,
        -7,
        0.1 + 0.2,
        "it's",
        "x" * 50,
        b"x",
        (2.5,),
        [1.5] * 9,
        {"a": [1]},
        SMALL,
        Y,
        YHAT * 1.1,
        np.zeros(0),
    ]
)


@given(st.fixed_dictionaries({}, optional={"x": VALUES, "axis": VALUES, "keepdims": VALUES}))
def test_a_call_can_be_pasted(
    make_case: Callable[..., Case], make_key: Callable[..., AnswerKey], values: dict[str, Value]
) -> None:
    arguments = {parameter.name: values[parameter.name] for parameter in PARAMETERS if parameter.name in values}
    case = make_case(1.0, arguments)
    text = call_text(make_key(case, parameters=PARAMETERS), case)
    received: list[dict[str, Value]] = []

    def softmax(x: Value = MISSING, axis: Value = MISSING, keepdims: Value = MISSING) -> None:
        every = {"x": x, "axis": axis, "keepdims": keepdims}
        received.append({name: value for name, value in every.items() if value is not MISSING})

    described = [name for name, value in arguments.items() if short_literal(value) is None]
    exec(text, {"np": np, "softmax": softmax, **dict.fromkeys(described, None)})
    assert equal(received[0], {name: None if name in described else value for name, value in arguments.items()})


@pytest.mark.parametrize(
    ("arguments", "size"),
    [
        ({}, 0),
        ({"x": 3.0}, 1),
        ({"x": LARGE, "axis": 1}, 121),
        ({"x": [SMALL, (1, "four")], "axis": {"a": None}}, 4 + 1 + 4 + 2),
        ({"x": ""}, 1),
        ({"x": Opaque("function")}, 1),
    ],
)
def test_the_size_of_a_call(make_case: Callable[..., Case], arguments: dict[str, Value], size: int) -> None:
    assert call_size(make_case(1.0, arguments)) == size


def test_the_documents_call(make_case: Callable[..., Case], make_key: Callable[..., AnswerKey]) -> None:
    case = make_case(1.1, {"yhat": YHAT, "y": Y})
    key = make_key(case, function="L1", parameters=tuple(Parameter(name, ANYTHING, "any") for name in ("yhat", "y")))
    document = (Path(__file__).parents[2] / "docs" / "results.md").read_text(encoding="utf-8")
    assert f"```python\n{call_text(key, case)}\n```" in document
