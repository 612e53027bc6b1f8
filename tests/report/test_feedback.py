"""Feedback in a notebook: the words of the terminal, as a piece of a page that is not ours."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable

import msgspec
import pytest

from grader.judge.result import Result
from grader.judge.reveal import Reveal, project
from grader.report.feedback import hints_html, notebook_html
from grader.report.page import plain_console
from grader.report.text import render
from grader.report.words import NOTEBOOK

Gallery = dict[str, Callable[[], Result]]
NAMES = ("whole_assignment", "wrong_value", "hidden_only", "raised_in_notebook", "undecided", "right")


def visible(text: str) -> str:
    """What is read of a page, without white space and marks of code."""
    text = re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)
    return re.sub(r"[\s`]", "", html.unescape(re.sub(r"<[^>]*>", "", text)))


def terminal(result: Result) -> list[str]:
    render(result, plain_console(stream := io.StringIO(), width=10_000), NOTEBOOK)
    return stream.getvalue().splitlines()


@pytest.mark.parametrize("name", NAMES)
def test_it_has_the_words_of_the_terminal(gallery: Gallery, name: str) -> None:
    result = project(gallery[name](), Reveal.HINT)
    shown = visible(notebook_html(result))
    lines = (line.strip().removeprefix("In brackets: what differs. ") for line in terminal(result))  # a page marks it
    sentences = [line for line in lines if line.endswith((".", "right", "points"))]
    assert sentences
    missing = [line for line in sentences if re.sub(r"[\s`]", "", line.removeprefix("hint ")) not in shown]
    assert not [line for line in missing if not line.startswith(("✗", "✓", "–", "!", "note:"))]


@pytest.mark.parametrize("name", [*NAMES, "visible_advice", "hostile", "notebook_with_remarks"])
def test_it_disturbs_nothing_around_it(gallery: Gallery, name: str) -> None:
    page = notebook_html(project(gallery[name](), Reveal.HINT))
    assert not re.search(r"<(?:script|link|img|h[1-6]|a|html|body)\b|\sid=|url\(|@import", page)
    rules = re.search(r"<style>(.*)</style>", page, re.DOTALL)
    assert rules is not None
    selectors = re.findall(r"^([^@\s{}][^{}]*)\{", rules[1], re.MULTILINE)
    assert selectors
    assert all(part.strip().startswith(".numgrade") for line in selectors for part in line.split(","))


def test_what_comes_of_a_submission_is_text(gallery: Gallery) -> None:
    result = gallery["wrong_value"]()
    exercise = msgspec.structs.replace(result.exercises[0], title="<script>alert(1)</script>", file="<b>.py")
    page = notebook_html(msgspec.structs.replace(result, exercises=(exercise,)))
    assert "<script>" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;" in page


def test_hints_are_a_paragraph_each() -> None:
    page = hints_html(["First `x`.", "Then $y$ <b>."])
    assert '<p class="lines">First <code>x</code>.</p>' in page
    assert "&lt;b&gt;" in page
