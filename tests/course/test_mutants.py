from __future__ import annotations

import ast

import numpy as np
import pytest

from grader.course.mutants import Mutant, hard_coded_mutants, mutants

SOFTMAX = '''
import numpy as np


def softmax(x):
    """Rows to probabilities."""
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)
'''


def of(source: str, function: str | None = "f") -> list[Mutant]:
    return list(mutants(source, function))


def afters(body: str, edit: str, arguments: str = "x") -> set[str]:
    return {one.after for one in of(f"def f({arguments}):\n    {body}\n") if one.edit == edit}


def test_a_mutant_is_another_text_that_parses():
    found = of(SOFTMAX, "softmax")
    texts = [one.source for one in found]

    assert len(found) > 30
    assert len(set(texts)) == len(texts)
    assert ast.unparse(ast.parse(SOFTMAX)) not in texts
    for one in found:
        compile(one.source, "mutant", "exec")
        assert 5 <= one.line <= 8


def test_mutants_say_what_stood_where_and_what_stands_there_now():
    (first,) = [one for one in of(SOFTMAX, "softmax") if one.after == "np.sum(e, axis=0, keepdims=True)"]

    assert (first.edit, first.line, first.before) == ("axis", 8, "np.sum(e, axis=1, keepdims=True)")
    assert "return e / np.sum(e, axis=0, keepdims=True)" in first.source


def test_they_are_the_same_every_time():
    assert of(SOFTMAX, "softmax") == of(SOFTMAX, "softmax")


@pytest.mark.parametrize(
    ("body", "edit", "after"),
    [
        ("return np.sum(x, axis=0)", "axis", "np.sum(x, axis=1)"),
        ("return np.sum(x, axis=1)", "axis", "np.sum(x)"),
        ("return np.sum(x, 1)", "axis", "np.sum(x, 0)"),
        ("return x.sum(1)", "axis", "x.sum(0)"),
        ("return np.sum(x, axis=(0, 2))", "axis", "np.sum(x, axis=2)"),
        ("return np.sum(x)", "axis", "np.sum(x, axis=0)"),
        ("return np.sum(x, axis=1)", "keepdims", "np.sum(x, keepdims=True, axis=1)"),
        ("return np.sum(x, axis=1, keepdims=True)", "keepdims", "np.sum(x, axis=1)"),
        ("return np.sum(x)", "function", "np.mean(x)"),
        ("return x.max()", "function", "x.min()"),
        ("return np.argmax(x)", "function", "np.argmin(x)"),
        ("return max(x)", "function", "min(x)"),
        ("return np.exp(x)", "function", "np.log(x)"),
        ("return np.abs(x)", "function_left_out", "x"),
        ("return np.sqrt(x)", "function_left_out", "x"),
        ("return np.square(x)", "function_left_out", "x"),
        ("return np.linalg.norm(x)", "norm", "np.linalg.norm(x, ord=1)"),
        ("return x ** 2", "power", "x"),
        ("return x ** 2", "constant", "3"),
        ("return a * b", "operator", "a @ b"),
        ("return a @ b", "operator", "a * b"),
        ("return a * b", "operator", "a + b"),
        ("return a @ b", "operands", "b @ a"),
        ("return a - b", "operands", "b - a"),
        ("return np.dot(a, b)", "operands", "np.dot(b, a)"),
        ("return a < b", "comparison", "a <= b"),
        ("return x + 1", "constant", "2"),
        ("return x + 1", "constant", "0"),
        ("return -x", "sign", "x"),
        ("return np.exp(x)", "sign", "np.exp(-x)"),
        ("return x / 2", "factor", "x"),
        ("return x + 2", "term", "x"),
        ("return a * (1 - b)", "brackets", "a * 1 - b"),
        ("return x.T", "transpose", "x"),
        ("return a @ b", "transpose", "a.T @ b"),
        ("return x.reshape(2, 3)", "order", "x.reshape(2, 3, order='F')"),
        ("return x.reshape(2, 3)", "shape", "x.reshape(3, 2)"),
        ("return np.reshape(x, (2, 3))", "shape", "np.reshape(x, (3, 2))"),
        ("return np.zeros((2, 3))", "shape", "np.zeros((3, 2))"),
        ("return x.astype(float)", "dtype", "x"),
        ("return np.zeros(3, dtype=int)", "dtype", "np.zeros(3)"),
        ("return x.copy()", "copy", "x"),
        ("return np.where(x > 0, x, 0)", "condition", "np.where(x > 0, 0, x)"),
        ("return x[1:]", "index", "x"),
        ("return x[i, j]", "index", "x[j, i]"),
        ("return a * x[0]", "index", "1"),
        ("return x[i + 1]", "index", "2"),
        ("return x[:-2]", "index", "3"),
        ("return x / x.shape[0]", "constant", "1"),
        ("return x[x > 3]", "constant", "4"),
        ("return x - 1", "in_place", "x -= 1"),
        ("return np.exp(x)", "in_place", "np.exp(x, out=x)"),
        ("return np.flip(x)", "argument", "x"),
        ("return x + 1", "printed", "print(x + 1)"),
        ("return x + 1", "rounded", "np.round(x + 1, 1)"),
        ("return x + 1", "transpose", "np.transpose(x + 1)"),
        ("return x + 1", "first_row", "x[:1]"),
        ("return a, b", "order", "b, a"),
    ],
)
def test_the_mistakes_that_people_make(body: str, edit: str, after: str):
    assert after in afters(body, edit, "x, a, b, i, j")


def test_a_statement_is_dropped_and_a_result_returned_too_early():
    source = "def f(x):\n    y = x + 1\n    y = y * 2\n    return y\n"
    found = of(source)

    assert ("statement", 3, "y = y * 2", "") in [(one.edit, one.line, one.before, one.after) for one in found]
    assert "def f(x):\n    y = x + 1\n    return y" in [one.source for one in found]


def test_a_loop_is_left_too_early_and_its_steps_go_wrong():
    source = "def f(x):\n    total = 0\n    for v in x:\n        total += v\n    return total\n"
    texts = [one.source for one in of(source)]

    assert any("        total += v\n        return total" in text for text in texts)
    assert any("        total -= v" in text for text in texts)
    assert any("        total = v" in text for text in texts)


def test_what_the_function_calls_is_part_of_it_and_what_it_does_not_call_is_not():
    source = (
        "import numpy as np\ndef other(x):\n    return x + 7\n\ndef inner(x):\n    return x * 3\n\n"
        "def f(x=1 + 2):\n    'Text 5.'\n    return inner(x)\n"
    )
    found = of(source)

    assert {one.line for one in found if one.edit == "operator"} == {6}
    assert not [one for one in found if "7" in one.before or "1 + 2" in one.before or "Text" in one.before]
    assert {one.line for one in of(source, None) if one.edit == "operator"} == {3, 6}


def test_classes_are_mutated_too():
    source = """
class Layer:
    def __init__(self, n):
        self.n = n + 1

    def go(self, x):
        return self.n * x
"""
    assert {one.line for one in of(source, None)} >= {4, 7}


def test_a_name_that_is_not_there_is_said_to_be_missing():
    with pytest.raises(LookupError, match="no function g"):
        of("def f(): pass", "g")


def test_an_examples_sizes_and_its_answer_are_written_in():
    source = "def f(x):\n    m, n = x.shape\n    return x.sum() / len(x)\n"
    found = list(hard_coded_mutants(source, "f", {"x": np.ones((2, 3))}, np.float64(3.0)))

    assert [(one.edit, one.after) for one in found] == [
        ("size", "(2, 3)"),
        ("size", "2"),
        ("size", "x[:2]"),
        ("answer", "return 3.0"),
    ]
    assert "return 3.0" in found[-1].source


def test_an_answer_that_is_an_array_is_written_in_as_one():
    (answer,) = hard_coded_mutants("def f(n):\n    return n\n", "f", {"n": 2}, np.array([1.0, np.nan, -np.inf]))

    assert answer.after == "return np.array([1.0, np.nan, -np.inf])"
