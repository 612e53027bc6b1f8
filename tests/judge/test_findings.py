from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from said import said

from grader.course.key import AnswerKey
from grader.judge import findings
from grader.judge.result import Finding, Rule
from grader.message import Message
from grader.observation import ParserLimit, Raised, Status
from grader.observe.refusals import EMPTY, NOT_UTF_8, NOTEBOOK
from grader.observe.wire import Definition, SyntaxFault
from grader.words.text import lines, text


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
    assert place(findings.unreadable("softmax.py", EMPTY())) == (Rule.SYNTAX, None, None, None, None)
    assert place(findings.not_attempted(key)) == (Rule.NOT_ATTEMPTED, None, None, None, None)


@pytest.mark.parametrize(
    ("reason", "says"),
    [
        (EMPTY(), "work.py could not be read: it is empty; save your work in your editor, then try again"),
        (
            NOT_UTF_8(line=3, byte="0xe9"),
            "work.py could not be read: it is not UTF-8: line 3 has the byte 0xe9; save it as UTF-8",
        ),
        (
            NOTEBOOK(name="a\n\x1b[31mb.ipynb"),
            "work.py could not be read: it holds a notebook, not Python text; rename it to a [31mb.ipynb",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_told_with_the_reason(reason: Message, says: str) -> None:
    assert lines(findings.unreadable("work.py", reason).messages) == says


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (SyntaxFault("'(' was never closed", 7), "Line 7 cannot be read as Python: '(' was never closed."),
        (SyntaxFault(""), "This file cannot be read as Python: the syntax is wrong."),
        (
            SyntaxFault("", 4, limit=ParserLimit.NESTING),
            "Line 4 cannot be read as Python: nested too deeply for Python to read.",
        ),
        (
            SyntaxFault("", 1, limit=ParserLimit.CRASH),
            "Line 1 cannot be read as Python: Python itself fails on this text; it is nested too deeply, or too large.",
        ),
    ],
)
def test_text_that_does_not_parse_is_told_with_the_reason(fault: SyntaxFault, says: str) -> None:
    (message,) = findings.syntax(fault).messages
    assert text(message) == says


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


def test_the_marks_of_a_merge_are_told_as_that() -> None:
    fault = SyntaxFault("a merge conflict", 4, None, None, "<<<<<<< HEAD")

    assert "Line 4 cannot be read as Python: `<<<<<<<` was put there by git" in said(findings.syntax(fault))


def test_a_fence_of_markdown_is_told_as_that() -> None:
    fault = SyntaxFault("invalid syntax", 1, None, None, "```python")

    assert "a Markdown fence, and no part of the code: remove the line" in said(findings.syntax(fault))


@pytest.mark.parametrize("sign", ["U+00A0", "U+200B", "U+3000"])
def test_what_cannot_be_seen_is_told_with_advice(sign: str) -> None:
    fault = SyntaxFault(f"invalid non-printable character {sign}", 2, 1, None, "    return x")

    assert "type the spaces of this line anew" in said(findings.syntax(fault))
