"""Nothing that reports show is English that has gone past the catalogues."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from pseudo import disguised, english

from grader.judge.result import Result
from grader.judge.reveal import Reveal
from grader.report.class_page import ToDo, class_context
from grader.report.class_summary import ClassSummary, FirstFew
from grader.report.class_table import row_of
from grader.report.feedback import hints_html, notebook_html
from grader.report.page import plain_console
from grader.report.plain_text import describe_test
from grader.report.student import Heading, student_context
from grader.report.text import render
from grader.words import text as words
from grader.words.rendered import rendered

from .conftest import student_of

Gallery = dict[str, Callable[[], Result]]


@pytest.fixture(autouse=True)
def pseudo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "translated", disguised)


def test_the_terminal(named_result: tuple[str, Result]) -> None:
    _, result = named_result
    render(result, plain_console(stream := io.StringIO(), width=100))
    assert not english(stream.getvalue(), result)


def test_a_students_page_and_the_feedback_in_a_notebook(named_result: tuple[str, Result]) -> None:
    _, result = named_result
    student = student_of(result, files=(("a.py", b"x"), ("b.ipynb", b"")))
    page = rendered("student.html.j2", **student_context(student, Heading("Κ", "Α"), Reveal.ALL))
    assert not english(page, result, student.name, "ipynb")
    assert not english(notebook_html(result), result)
    assert not english(hints_html(["Τ"]))


def test_a_test_by_itself(named_result: tuple[str, Result]) -> None:
    _, result = named_result
    for exercise in result.exercises:
        for test in exercise.tests:
            assert not english(describe_test(exercise, test), exercise)


def test_the_page_of_a_class(gallery: Gallery) -> None:
    results = [made() for made in gallery.values()]
    summary = ClassSummary()
    for result in results:
        summary.add(student_of(result))
    found = FirstFew()
    found.add("Ω")
    rows = [row_of(student_of(results[0]), "p.html")]
    context = class_context(summary, Heading("Κ", "Α"), [ToDo("Τ", "Σ", found)], rows)
    page = rendered("class.html.j2", **context, rosters=(), script="", script_digest="")
    assert not english(page, results, "Ngozi Abara", [each.diagnosis for each in context["mistakes"]])


def test_what_is_english_is_seen() -> None:
    assert english("<p>Worth knowing <code>x</code></p>") == {"Worth", "knowing"}
    assert not english("ωορτη `knowing`")
