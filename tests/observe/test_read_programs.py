"""Whether a program that was handed on does what it does where it was made."""

from __future__ import annotations

import traceback

import pytest

from grader.observe.program import Program, compile_source
from grader.observe.read_programs import packed_programs, unpacked_programs
from grader.observe.wire import Block, Source
from grader.observe.workspace import Workspace

CELLS = Source(
    "work.ipynb",
    (
        Block("import math\n%matplotlib inline\nstep = 2", 1),
        Block("%%time\ndef f(x):\n    return x / (step - 2)", 2),
        Block("%%writefile helper.py\ndef half(x):\n    return x / 2", 3),
    ),
)


@pytest.fixture
def program() -> Program:
    return compile_source(CELLS, "work.ipynb")


def test_it_has_the_same_statements_and_lines(program: Program) -> None:
    (read,) = unpacked_programs(packed_programs([program]))

    assert read.name == program.name
    assert read.statements == program.statements
    assert read.source_map == program.source_map


@pytest.mark.usefixtures("imports_restored")
def test_what_it_raises_is_told_of_the_same_line(program: Program) -> None:
    raised = []
    for each in ([program], unpacked_programs(packed_programs([program]))):
        workspace = Workspace(each)
        workspace.load(0, lambda running: None)
        with pytest.raises(ZeroDivisionError) as error:
            workspace.namespace(0)["f"](1)
        raised.append(traceback.format_exception(error.value)[-3:])

    assert raised[0] == raised[1]
    assert "return x / (step - 2)" in "".join(raised[1])
