"""Practice cases take over recipes, never what an author wrote for a hidden test alone."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from grader import codec
from grader.course.key import AnswerKey, Role
from grader.grading.public import public_part

Compile = Callable[..., AnswerKey]

SPECIFICATION = """
title: Scaled
args: {{x: "float (n,)", k: float, mode: {{type: str, default: up}}}}
returns: float (n,)
task: Scale $x$ by $k$, up or down.
examples:
  - args: {{x: [1, 2], k: 2}}
tests:
  - name: the test
    args: {args}
"""
SOLUTION = "def double(x, k, mode='up'):\n    return x * k if mode != 'down' else x / k\n"


@pytest.mark.parametrize(
    ("args", "secret"),
    [
        ("{k: 918273645}", np.float64(918273645).tobytes()),
        ("{k: 0.123456}", np.float64(0.123456).tobytes()),
        ("{x: '=rng.normal(size=n) + 31.41592'}", None),
        ("{x: [27.1828, 3]}", np.float64(27.1828).tobytes()),
        ("{mode: 'a secret word'}", b"a secret word"),
    ],
)
def test_what_was_written_for_a_hidden_test_stays_there(compiled: Compile, args: str, secret: bytes | None) -> None:
    key = compiled(SPECIFICATION.format(args=args), SOLUTION)
    practice = [case for case in key.cases if case.role is Role.PRACTICE]

    assert practice
    assert {case.test for case in practice}.isdisjoint({"the test"})
    if secret is not None:
        assert secret not in codec.to_bytes(public_part(key))


@pytest.mark.parametrize("args", ["{}", "{k: 0}", "{k: 0.5}", "{x: '=1000 * rng.normal(size=n)'}", "{mode: down}"])
def test_plain_recipes_are_practised(compiled: Compile, args: str) -> None:
    key = compiled(SPECIFICATION.format(args=args), SOLUTION)

    assert {case.test for case in key.cases if case.role is Role.PRACTICE} == {"the test"}
