"""What is said of files beside the functions that are judged, above all of those that nothing is judged from."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from said import remarks_of

from grader.course.key import AnswerKey
from grader.grading.absent import Submission
from grader.grading.grade import grade
from grader.grading.protocol import KeysAlone
from grader.judge.result import Result
from grader.observe.observer import Observer
from grader.observe.wire import Block, Source

Compile = Callable[..., AnswerKey]

BOTH = "def double(x):\n    return 2 * x\ndef total(x):\n    return 2 * x\n"


def _graded(compiled: Compile, observer: Observer, *texts: str) -> Result:
    key = compiled()
    both = {"double": key, "total": msgspec.structs.replace(key, name="total", function="total", needs=("total",))}
    sources = tuple(Source(f"{name}.py", (Block(text),)) for name, text in zip("ab", texts, strict=False))
    return grade(Submission(sources), KeysAlone(both), ["double", "total"], observer)


UNREAD = {
    "numbered lines": "1 import numpy as np\n2 \n3 def double(x):\n4     return 2 * x\n",
    "a diff": "--- a/double.py\n+++ b/double.py\n@@ -1 +1,2 @@\n+def double(x):\n+    return 2 * x\n",
    "a page": "<!DOCTYPE html>\n<html><body>def double(x): return 2 * x</body></html>\n",
    "a prompt": "In [ ]: def double(x):\n    return 2 * x\n",
    "no line ends": "import numpy as npdef double(x):    return 2 * x",
}


@pytest.mark.parametrize("text", UNREAD.values(), ids=UNREAD)
@pytest.mark.parametrize("names", [["double"], None], ids=["asked for", "looked for"])
def test_where_nothing_is_found_it_is_said_what_cannot_be_read(
    compiled: Compile, observer: Observer, text: str, names: list[str] | None
) -> None:
    keys = {"double": compiled()}
    result = grade(Submission((Source("a.py", (Block(text),)),)), KeysAlone(keys), names, observer)

    assert "cannot be read as Python" in remarks_of(result)[0]


def test_where_nothing_is_found_it_is_said_what_does_not_end(compiled: Compile, observer: Observer) -> None:
    key = compiled()
    short = msgspec.structs.replace(key, budget=msgspec.structs.replace(key.budget, load=1.0))
    sources = (Source("a.py", (Block("while True:\n    pass\n"),)),)
    result = grade(Submission(sources), KeysAlone({"double": short}), ["double"], observer)

    assert ["Line 1" in remark for remark in remarks_of(result)] == [True]


def test_of_what_is_judged_elsewhere_the_other_files_are_not_said(compiled: Compile, observer: Observer) -> None:
    both = _graded(compiled, observer, BOTH, "1 import numpy\n")
    one = _graded(compiled, observer, "def double(x):\n    return 2 * x\n", "1 import numpy\n")

    assert not remarks_of(both)
    assert [remark.startswith("b.py: Line 1 cannot be read") for remark in remarks_of(one)] == [True]


def test_what_a_finding_says_of_a_file_is_not_said_again(compiled: Compile, observer: Observer) -> None:
    result = _graded(compiled, observer, "def double(x:\n    return 2 * x\n")

    assert not remarks_of(result)
