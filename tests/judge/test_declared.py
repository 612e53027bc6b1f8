from __future__ import annotations

import numpy as np
import pytest

from grader.course.binding import bind
from grader.course.disagreement import Disagreement
from grader.course.signature import parse
from grader.judge import declared
from grader.judge.wording import Phrase
from grader.message import Message
from grader.values import Opaque, Value
from grader.words.text import text


def said(phrase: Phrase) -> str:
    return text(phrase) if isinstance(phrase, Message) else phrase


@pytest.mark.parametrize(
    ("signature", "value", "found", "due"),
    [
        ("float (m, n)", np.zeros(3), "an array of shape (3,)", "float (m, n), here (4, n)"),
        ("float (n,)", np.zeros(2, bool), "an array of bools", "float (n,)"),
        ("float (n,)", 2.5, "a float", "float (n,)"),
        ("none", np.zeros(3), "an array of floats", "None"),
        ("int", 2.5, "a float", "int"),
        ("int", True, "a bool", "int"),
        ("float", None, "None", "float"),
        ("float", "a", "a string", "float"),
        ("float", Opaque("generator"), "a generator", "float"),
        ("float", Opaque("Layer\x1b[2J"), "an object of type Layer [2J", "float"),
        ("float (n,)", [1.0, 2.0], "a list of 2", "float (n,)"),
        ("list: float", (1.0,), "a tuple of 1", "a list"),
        ("tuple: [float, int]", [1.0, 2], "a list of 2", "a tuple of 2"),
        ("dict: {a: float}", 3, "an int", "a dictionary with the key 'a'"),
        ("dict: {a: float}", {}, "a dictionary with no keys", "one with the key 'a'"),
        (
            "dict: {a: float, b: int}",
            {"c": 1, "d": 2},
            "a dictionary with the keys 'c', 'd'",
            "one with the keys 'a', 'b'",
        ),
    ],
)
def test_both_halves(signature: str, value: Value, found: str, due: str) -> None:
    with pytest.raises(Disagreement) as error:
        bind(parse(signature), value, {"m": 4}, "result")
    assert (said(declared.found(error.value)), said(declared.due(error.value))) == (found, due)


def test_a_key_of_a_student_stays_short_and_on_its_line() -> None:
    with pytest.raises(Disagreement) as error:
        bind(parse("dict: {a: float}"), {"\n" + "x" * 1000: 1.0}, {}, "result")
    words = said(declared.found(error.value))
    assert words.isprintable()
    assert len(words) <= 200
