"""Types that a value has to be of exactly, in words."""

from __future__ import annotations

import pytest

from grader.course.exact_types import exactly
from grader.course.signature import parse
from grader.course.tree import ListOf, Record, Signature, Tuple
from grader.words.exact_types import types_in_words
from grader.words.language import Language, speaking

FLOAT, INT = exactly(parse("float"), "float"), exactly(parse("int"), "int")
ARRAY = exactly(parse("float (n,)"), "numpy.ndarray")


@pytest.mark.parametrize(
    ("signature", "words"),
    [
        (parse("float"), ""),
        (FLOAT, "Exactly a float."),
        (INT, "Exactly an int."),
        (Tuple((INT, parse("float"), ARRAY)), "[0] exactly an int; [2] exactly a numpy.ndarray."),
        (Record({"x": ListOf(FLOAT)}), "['x'][…] exactly a float."),
    ],
)
def test_in_words(signature: Signature, words: str) -> None:
    assert types_in_words(signature) == words


def test_in_another_language() -> None:
    with speaking(Language.GERMAN):
        assert types_in_words(FLOAT) == "Genau ein float."
