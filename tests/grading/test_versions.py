"""Keys that were made with another numpy than the one that runs here."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import numpy as np
import pytest
from said import remarks_of

from grader.course.key import AnswerKey
from grader.grading.answers import File, judge_files
from grader.grading.protocol import KeysAlone
from grader.grading.public import public_part
from grader.observe.observer import Observer

MAJOR = int(np.__version__.partition(".")[0])


@pytest.mark.parametrize(
    ("made", "is_told"), [(np.__version__, False), (f"{MAJOR}.0.1", False), (f"{MAJOR - 1}.26.4", True), ("", False)]
)
def test_another_major_version_of_numpy_is_told(
    compiled: Callable[..., AnswerKey], observer: Observer, made: str, is_told: bool
) -> None:
    key = public_part(compiled())
    key = msgspec.structs.replace(key, versions={**key.versions, "numpy": made})

    result = judge_files(
        KeysAlone({key.name: key}),
        [File("double.py", b"def double(x): return 2 * x\n")],
        observer,
        exercises=["double"],
    )

    remarks = remarks_of(result)
    assert len(remarks) == is_told
    if is_told:
        assert f"made with numpy {made}, and numpy {np.__version__} runs here" in remarks[0]
