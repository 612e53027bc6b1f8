from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.judge.sorts import Sort, sort_of


@pytest.mark.parametrize(
    ("value", "sort"),
    [
        (None, Sort.NONE),
        (True, Sort.NUMBER),
        (1, Sort.NUMBER),
        (1j, Sort.NUMBER),
        (np.float32(1), Sort.NUMBER),
        (np.array(1.0), Sort.NUMBER),
        (np.array([1.0]), Sort.ARRAY),
        (np.zeros((0, 2)), Sort.ARRAY),
        ("a", Sort.TEXT),
        (np.str_("a"), Sort.TEXT),
        (np.array("a"), Sort.TEXT),
        (np.array(["a"]), Sort.ARRAY),
        (b"a", Sort.BYTES),
        ([], Sort.LIST),
        ((), Sort.TUPLE),
        ({}, Sort.DICT),
        (np.array(["2024-01-01"], dtype="M8[D]"), Sort.OPAQUE),
        (object(), Sort.OPAQUE),
    ],
)
def test_each_value_has_one_sort(value: Any, sort: Sort) -> None:
    assert sort_of(value) is sort
