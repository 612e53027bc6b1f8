"""What is said beside signatures."""

from __future__ import annotations

import pytest

from grader.course.exact_types import exactly
from grader.course.signature import parse
from grader.course.tree import ListOf, Record, Signature, Tuple
from grader.words.language import Language, speaking
from grader.words.signatures import signature_in_words

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
        (parse({"dict": {"W*": "float"}}), "In `'W*'`, `*` stands for any text."),
        (
            parse({"dict": {"W*": "float", "b": "float"}, "optional": ["b", "W*"], "extra": "allowed"}),
            "In `'W*'`, `*` stands for any text. `'b'` and `'W*'` may be missing. There may be further keys.",
        ),
        (
            Tuple((INT, parse({"dict": {"W": "float"}, "optional": ["W"], "extra": "allowed"}))),
            "[0] exactly an int. `[1]['W']` may be missing. There may be further keys in `[1]`.",
        ),
    ],
)
def test_in_words(signature: Signature, words: str) -> None:
    assert signature_in_words(signature) == words


def test_in_another_language() -> None:
    with speaking(Language.GERMAN):
        assert signature_in_words(FLOAT) == "Genau ein float."
