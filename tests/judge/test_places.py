"""Paths to the parts of a value."""

from __future__ import annotations

import numpy as np

from grader.judge.places import element_path, key_path


def test_paths_are_written_as_in_python() -> None:
    assert element_path("result", (2, 0)) == "result[2, 0]"
    assert element_path("result", ()) == "result"
    assert key_path("result", "dW") == "result['dW']"
    assert key_path("result", np.int64(3)) == "result[3]"


def test_a_long_key_is_cut_and_what_cannot_be_printed_replaced() -> None:
    assert key_path("result", "x" * 100) == f"result['{'x' * 59}…]"
    assert key_path("result", frozenset([1])) == "result[frozenset({1})]"
