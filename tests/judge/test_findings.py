from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from said import said

from grader.course.key import AnswerKey
from grader.judge import findings
from grader.judge.result import Finding, Rule
from grader.observation import Raised, Status
from grader.observe.wire import Definition, SyntaxFault


@dataclass(frozen=True)
class Stop:
    status: Status
    line: int
    cell: int | None


def place(finding: Finding) -> tuple[Rule, int | None, int | None, int | None, str | None]:
    return finding.rule, finding.line, finding.column, finding.cell, finding.source_line


def test_findings_say_where(make_key: Callable[..., AnswerKey]) -> None:
    key = make_key()
    fault = SyntaxFault("'(' was never closed", 7, 3, None, "s = (")
    assert place(findings.syntax(fault)) == (Rule.SYNTAX, 7, 3, None, "s = (")
    error = Raised("NameError", "name 'a' is not defined", 3, 1, 2, "a")
    assert place(findings.load_failed("softmax", error)) == (Rule.IMPORT, 3, 1, 2, "a")
    assert place(findings.load_stopped(key, Stop(Status.TIMED_OUT, 4, 1))) == (Rule.IMPORT, 4, None, 1, None)
    assert place(findings.missing("softmax")) == (Rule.MISSING, None, None, None, None)
    assert place(findings.unreadable("softmax.py", "it is empty.")) == (Rule.SYNTAX, None, None, None, None)
    assert place(findings.not_attempted(key)) == (Rule.NOT_ATTEMPTED, None, None, None, None)


@pytest.mark.parametrize(
    ("definition", "line"),
    [
        (Definition("softmax", "function", 12, None, ("x", "y"), 2), 12),
        (Definition("Softmax", "class", 12), None),
        (Definition("softmax", "name", 12), None),
        (None, None),
    ],
)
def test_a_misfit_names_the_parameters_of_a_function_alone(
    make_key: Callable[..., AnswerKey], definition: Definition | None, line: int | None
) -> None:
    finding = findings.misfit(make_key(), definition)
    assert (finding.rule, finding.line) == (Rule.SIGNATURE, line)
    assert ("(x, y)" in said(finding)) == (line is not None)
