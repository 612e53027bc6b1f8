"""A language in which every text of a catalogue is written otherwise: what is still English has gone past it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest

from grader.judge.result import Result
from grader.judge.reveal import Reveal
from grader.message import Message
from grader.report.class_page import ListedStudent, ToDo, class_context
from grader.report.class_summary import ClassSummary, FirstFew
from grader.report.feedback import feedback_html, hints_html
from grader.report.page import plain_console
from grader.report.plain_text import describe_test
from grader.report.student import Heading, student_context
from grader.report.text import render
from grader.words import text as words
from grader.words.catalogue import Plural
from grader.words.language import Language
from grader.words.rendered import rendered

from .conftest import student_of

Gallery = dict[str, Callable[[], Result]]
ELSEWHERE = str.maketrans("abcdefghijklmnopqrstuvwxyz", "αβψδεφγηιξκλμνοπθρστυωςχζη")
KEPT = re.compile(r"(`[^`]*`|\{[^{}]*\})")
CODE = {"array", "list", "tuple", "dict", "set", "str", "float", "int", "bool", "bytes", "grade", "NaN", "nan", "inf",
        "None", "True", "False", "numgrade", "grader", "python", "numpy", "np", "class", "html", "py"}  # fmt: skip


def disguised(language: Language, name: str, entry: str | Plural, count: Any) -> str:
    entry = entry if isinstance(entry, str) else entry.one if count == 1 else entry.other
    parts = KEPT.split(entry.replace("Python", "Πython".lower()))
    return "".join(part if number % 2 else part.lower().translate(ELSEWHERE) for number, part in enumerate(parts))


@pytest.fixture(autouse=True)
def pseudo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "translated", disguised)


def data(value: Any) -> Iterator[str]:
    """The texts that a result holds: names, code, what a student or an author wrote."""
    if isinstance(value, Message):
        yield from data([arg for _, arg in value.args])
    elif isinstance(value, msgspec.Struct):
        yield from data([getattr(value, name) for name in value.__struct_fields__])
    elif isinstance(value, dict):
        yield from data([*value, *value.values()])
    elif isinstance(value, tuple | list):
        for part in value:
            yield from data(part)
    else:
        yield str(value)


def english(shown: str, *known: Any) -> set[str]:
    """Words of three letters and more that come from no catalogue, and are neither data nor code."""
    allowed = set(re.findall("[A-Za-z]+", " ".join(data(list(known))))) | CODE
    shown = re.sub(r"<style>.*?</style>|<head>.*?<title>|<!--.*?-->", " ", shown, flags=re.DOTALL)
    attributes = re.findall(r'(?:aria-label|title|alt)="([^"]*)"', shown)
    plain = re.sub(r"<code>.*?</code>|<[^>]*>|&\w+;|&#\d+;", " ", shown) if "</" in shown else shown
    plain = re.sub(r"`[^`]*`", " ", " ".join([plain, *attributes]))
    return {word for word in re.findall("[A-Za-z]{3,}", plain) if word not in allowed and word.lower() not in allowed}


def test_the_terminal(named_result: tuple[str, Result]) -> None:
    _, result = named_result
    render(result, plain_console(stream := io.StringIO(), width=100))
    assert not english(stream.getvalue(), result)


def test_a_students_page_and_the_feedback_in_a_notebook(named_result: tuple[str, Result]) -> None:
    _, result = named_result
    student = student_of(result)
    page = rendered("student.html.j2", **student_context(student, Heading("Κ", "Α"), Reveal.ALL))
    assert not english(page, result, student.name)
    assert not english(feedback_html(result), result)
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
    context = class_context(
        summary, Heading("Κ", "Α"), [ToDo("Τ", "Σ", found)], [ListedStudent("Ω", "1", "2", "p.html")]
    )
    page = rendered("class.html.j2", **context, rosters=())
    assert not english(page, results, "Ngozi Abara", [mode for each in context["faults"] for mode in [each.diagnosis]])


def test_what_is_english_is_seen() -> None:
    assert english("<p>Worth knowing <code>x</code></p>") == {"Worth", "knowing"}
    assert not english("ωορτη `knowing`")
