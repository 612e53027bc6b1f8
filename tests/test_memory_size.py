from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from grader.memory_size import memory_size, own_copy
from grader.named_tuple import Named
from grader.values import equal

BUFFER = bytearray(80)


def view() -> Any:
    return np.frombuffer(BUFFER, dtype=np.float64)


def objects(*parts: Any) -> Any:
    made = np.empty(len(parts), dtype=object)
    for number, part in enumerate(parts):
        made[number] = part
    return made


@pytest.mark.parametrize(
    ("value", "least"),
    [
        (np.zeros(1000), 8000),
        ("x" * 1000, 1000),
        (b"x" * 1000, 1000),
        pytest.param(1 << 80_000, 10_000, id="a long integer"),
        pytest.param(Fraction(1, 1 << 8000), 1000, id="a long fraction"),
        ([np.zeros(1000)], 8000),
        ({"a": np.zeros(1000)}, 8000),
        ({"x" * 1000, "y" * 1000}, 2000),
        (objects(np.zeros(1000), "x" * 1000), 9000),
        (Named.of("Point", ("x",), (np.zeros(1000),)), 8000),
    ],
)
def test_what_takes_memory_is_counted(value: Any, least: int) -> None:
    assert least <= memory_size(value) <= 5 * least + 3000


@pytest.mark.parametrize(
    "value",
    [view(), [view()], (view(), 1), {"a": [view()]}, objects(view()), Named.of("Point", ("x", "y"), (view(), 2)), {3}],
)
def test_a_copy_is_the_same_and_owns_its_memory(value: Any) -> None:
    copy = own_copy(value)

    assert equal(copy, value)
    assert not any(np.shares_memory(part, BUFFER) for part in arrays(copy))


def arrays(value: Any) -> list[Any]:
    if isinstance(value, np.ndarray) and value.dtype != object:
        return [value]
    parts = value.values() if isinstance(value, dict) else value
    return [array for part in parts for array in arrays(part)] if hasattr(parts, "__iter__") else []
