from __future__ import annotations

import pytest

from grader.observe.pasted import without_session
from grader.observe.program import compile_source
from grader.observe.wire import Block, Source


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (">>> def tot(x):\n...     return sum(x)\n...\n", "def tot(x):\n    return sum(x)\n\n"),
        ("In [3]: def tot(x):\n   ...:     return sum(x)\n", "def tot(x):\n    return sum(x)\n"),
        ("In [3]: def tot(x):\n    return sum(x)\n", "def tot(x):\n    return sum(x)\n"),
        (">>> tot([1])\n1\n>>> z = 2", "tot([1])\n\nz = 2"),
        (">>> x\narray([[1, 2],\n       [3, 4]])\n>>> z = 2", "x\n\n\nz = 2"),
        (">>> x\n[[1 2]\n [3 4]]\n>>> z = 2", "x\n\n\nz = 2"),
        ("In [1]: x\n\nOut[1]: 3\n\nIn [2]: import a", "x\n\n\n\nimport a"),
        ("import numpy\n\n>>> x\na b\n\ny = 1", "import numpy\n\nx\n\n\ny = 1"),
        ("In [1]: %matplotlib inline\nIn [2]: x", "%matplotlib inline\nx"),
        (">>> x = 1\ndef f():\n    return 1", "x = 1\ndef f():\n    return 1"),
        (">>> x = (\n>>> y = 1", "x = (\ny = 1"),
    ],
)
def test_prompts_and_what_was_printed_are_left_out(text: str, code: str) -> None:
    assert without_session(text) == code


@pytest.mark.parametrize(
    "text",
    [
        '"""Sum.\n\n>>> tot([1])\n1\n"""\nx = 1',
        '"""Sum.\n\n>>> tot([1])\n1\n"""\nx = (',
        'def f():\n    """\n    >>> f()\n    """\n    return (',
        "x = 1 >>> 2",
        "x = [\n...\n]",
    ],
)
def test_what_is_no_session_stays(text: str) -> None:
    assert without_session(text) == text


def test_a_session_in_a_script_keeps_its_lines() -> None:
    text = ">>> import numpy as np\n>>> np.ones(2)\n[1. 1.]\n>>> def tot(x):\n...     return sum(x)\n"
    facts = compile_source(Source("work.py", (Block(text),)), "work.py").facts
    assert not facts.faults
    assert [(one.name, one.line) for one in facts.definitions if one.kind == "function"] == [("tot", 4)]
