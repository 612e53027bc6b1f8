"""Where sentences may stand, and that nobody asks one what it means."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from shape import Module, read

A_SENTENCE = re.compile(r"[A-Za-z`']+ [a-z`']+ [a-z`']+")  # three words at least

# What of this is no sentence of ours for students: parts of a module's text, by what they are.
OTHER_TEXTS = {
    "grader.judge.feedback": "what Python says at the end of input",
    "grader.judge.numpy_names": "lines of code",
    "grader.judge.plain_errors": "what Python and numpy say, as regular expressions",
    "grader.grading.author_code": "errors of authors",
    "grader.grading.budget": "errors of authors",
    "grader.grading.doubtful_answers": "code that turns a sign",
    "grader.grading.inputs": "a description of a parameter",
    "grader.grading.mutation": "code that `check` proposes",
    "grader.grading.reference": "errors of authors",
    "grader.grading.round_off": "findings of `check`",
    "grader.grading.shrink": "a fault of ours",
    "grader.grading.smallest": "the name of a test",
    "grader.grading.suggest_tests": "proposals of `check`",
}
WORDS = ("text", "lines")  # the functions of grader.words.text
SEARCHES = {"startswith", "endswith", "partition", "rpartition", "find", "index", "count", "split", "search", "match"}
RECORDS = "grader.classroom.record"  # alone reads sentences, of gradebooks that hold some


@pytest.fixture(scope="module")
def modules() -> dict[str, Module]:
    return read()


def literals(tree: ast.Module) -> Iterator[ast.Constant]:
    """Texts in the code, without docstrings and what errors say: those are for authors, teachers and programmers."""
    left_out: set[ast.AST] = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            left_out.add(body[0].value)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("Error", "NotJudged", "re.compile")):
            left_out.update(ast.walk(node))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in left_out:
            yield node


def test_judging_and_grading_hold_no_sentence_for_students(modules: dict[str, Module]) -> None:
    held = {
        module.name: [f"{module.name}, line {each.lineno}: {each.value[:60]!r}" for each in literals(module.tree)
                      if A_SENTENCE.search(each.value)]
        for module in modules.values()
        if module.room in ("judge", "grading")
    }  # fmt: skip
    assert not [place for name, places in held.items() if name not in OTHER_TEXTS for place in places]
    assert not [name for name in OTHER_TEXTS if not held.get(name)], "take it from the list"


def is_words(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in WORDS


def asked(tree: ast.Module) -> Iterator[int]:
    """The lines in which the text of a message is compared, or something is looked for in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and any(map(is_words, [node.left, *node.comparators])):
            yield node.lineno
        is_search = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SEARCHES
        if is_search and any(map(is_words, [node.func.value, *node.args])):
            yield node.lineno


def test_nobody_compares_or_searches_the_text_of_a_message(modules: dict[str, Module]) -> None:
    others = [module for module in modules.values() if module.room != "words" and module.name != RECORDS]
    assert not [f"{module.name}, line {line}" for module in others for line in asked(module.tree)]


@pytest.mark.parametrize(
    "code", ["text(a) == 'x'", "'x' in lines(a)", "text(a).endswith('x')", "re.search('x', text(a))", "lines(a) != b"]
)
def test_asking_is_seen(code: str) -> None:
    assert list(asked(ast.parse(code))) == [1]


def test_a_sentence_is_seen() -> None:
    code = "def f():\n    'A docstring of several words.'\n    return 'It came back wrong.', KeyError('no such thing')"
    tree = ast.parse(code)
    assert [each.value for each in literals(tree) if A_SENTENCE.search(each.value)] == ["It came back wrong."]
