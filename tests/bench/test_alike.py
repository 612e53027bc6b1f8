from __future__ import annotations

import ast

import pytest

from bench.classes import as_in_life
from bench.looks import other_looks
from bench.page import alike_part
from grader.observe.equal_functions import Function
from grader.observe.program import compile_source
from grader.observe.wire import Block, Source, Tell

TEXT = """import numpy as np


def softmax(x):
    "One of each row."
    e = np.exp(x - np.max(x, axis=1, keepdims=True))  # shifted
    return e / np.sum(e, axis=1, keepdims=True)
"""


def digest(text: str) -> bytes | None:
    source = Source("work.py", (Block(text),))
    found = Function.of("softmax", compile_source(source, "work.py", tell=(Tell.DEFINITIONS, Tell.REACH)).facts, source)
    return found and found.digest


def test_other_looks_are_of_the_same_program() -> None:
    looks = [other_looks(TEXT, seed) for seed in range(20)]

    assert len({*looks, TEXT}) == 21
    assert {digest(text) for text in looks} == {digest(TEXT)}
    assert digest(TEXT) is not None
    assert any(" e = " not in text for text in looks)  # it has another name there


def test_what_is_no_script_has_no_looks() -> None:
    with pytest.raises(SyntaxError):
        other_looks("def f(:\n", 0)


def test_a_class_as_in_life_has_few_answers_and_many_looks() -> None:
    texts = [text for _, text in as_in_life(40)]

    assert len(set(texts)) > 30
    assert len({digest(text) for text in texts}) < 15
    assert all(ast.parse(text) for text in texts)
    assert len(as_in_life(240)) == 240  # of which some do not parse
    assert [text for _, text in as_in_life(3)] == texts[:3]


def test_the_table_has_a_row_for_each_way() -> None:
    text = alike_part([("shared", 10.0), ("alone", 25.0)], 200, "here")

    assert "| calls (200 submissions) |" in text
    assert "| alone | 25.0 ms | 2.50 |" in text
