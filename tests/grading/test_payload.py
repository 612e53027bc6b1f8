from __future__ import annotations

import numpy as np
import pytest

from grader.errors import WireError
from grader.grading.payload import packed, unpacked
from grader.judge.mutants import MistakeKind, MutantAnswers
from grader.values import Plain, Value


def test_a_message_within_a_message() -> None:
    message = MutantAnswers((MistakeKind("axis"),), (b"\0\1",))
    assert unpacked(packed(message), MutantAnswers) == message


@pytest.mark.parametrize("value", [None, "text", np.zeros(3), np.zeros((2, 2), np.uint8), np.zeros(3, np.uint8)])
def test_anything_else_is_refused(value: Value) -> None:
    with pytest.raises(WireError):
        unpacked(Plain(value), MutantAnswers)
