"""Every text about a pattern, word for word: a change of wording is to be seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grader.judge import patterns_texts as texts
from grader.judge.diagnosis_input import Candidate
from grader.judge.sizes import Scale

SHAPES = ((3, 1), (1, 3))
FIVE = ("`x` has {n} rows", 5, 0.2)

TEXTS: list[tuple[Callable[..., Any], tuple[Any, ...], str]] = [
    (texts.factor, (3.7,), "Every number is 3.7 times what it should be. Which factor is missing, or one too many?"),
    (texts.factor, (0.5,), "Every number is half of what it should be. Which factor is missing, or one too many?"),
    (
        texts.factor,
        (1 / 255,),
        "Every number is 1/255 times what it should be. Which factor is missing, or one too many?",
    ),
    (
        texts.factor,
        (0.43429448190325,),
        "Every number is 0.4343 times what it should be, which is what `np.log10` gives in place of `np.log`.",
    ),
    (
        texts.factor,
        (None,),
        "All numbers are wrong by one and the same factor. What is multiplied or divided once too often?",
    ),
    (
        texts.factor,
        (0.2, FIVE[:2]),
        (
            "Every number is 0.2 times what it should be: 1/5, and `x` has 5 rows."
            " Is something divided by it, as in a mean, that should not be?"
        ),
    ),
    (
        texts.factor,
        (5.0, FIVE[:2]),
        "Every number is 5 times what it should be, and `x` has 5 rows. Is a division by it missing, as in a mean?",
    ),
    (texts.offset, (1.0,), "Every number is 1 too large. What is added once too often, or left out?"),
    (texts.offset, (-0.25,), "Every number is 0.25 too small. What is added once too often, or left out?"),
    (
        texts.offset,
        (None,),
        "All numbers are wrong by one and the same amount. What is added once too often, or left out?",
    ),
    (texts.rounded, (0,), "All numbers are rounded to whole ones. Does the task ask for that?"),
    (texts.rounded, (1,), "All numbers are rounded to 1 decimal place. Does the task ask for that?"),
    (texts.transposed, (SHAPES,), "These are the right numbers, but in a column; they should stand in a row."),
    (
        texts.transposed,
        (None,),
        "This is the right answer, transposed: its axes have changed places. Is there a `.T` too many, or one missing?",
    ),
    (
        texts.keepdims,
        (((3,), (3, 1)), True, False),
        (
            "The numbers are right, but an axis of length 1 is missing (`(3,)`, not `(3, 1)`). "
            "What keeps it: `keepdims`, `reshape`?"
        ),
    ),
    (
        texts.keepdims,
        (None, False, True),
        "The numbers are right, but there is an axis of length 1 too many. Where does it come from?",
    ),
    (
        texts.keepdims,
        (None, False, False),
        "The numbers are right, but the axes of length 1 stand in other places. Where should they be?",
    ),
    (
        texts.flattened,
        (None,),
        "All numbers are there and in order, but they are laid out along one axis. Which shape is asked for?",
    ),
    (
        texts.reshaped,
        (((2, 6), (3, 4)),),
        "All numbers are there and in order, but in another shape: `(2, 6)`, not `(3, 4)`. Which axes should be left?",
    ),
    (
        texts.grown,
        (((3, 3), (3,)),),
        (
            "`(3,)` has grown to `(3, 3)`: that comes of putting shapes `(n,)` and `(n, 1)` together. "
            "Which of your arrays has which shape?"
        ),
    ),
    (texts.not_reduced, ("sum", None), "Summed up, this would be right. Is that last step missing?"),
    (texts.not_reduced, ("mean", 1), "Averaged along axis 1, this would be right. Is that last step missing?"),
    (
        texts.reduced_too_far,
        ("sum", None),
        "This is the sum of all the numbers that should have come back. Over what should it run?",
    ),
    (
        texts.reduced_too_far,
        ("max", 0),
        "This is the largest, along axis 0, of the numbers that should have come back. Over what should it run?",
    ),
    (
        texts.other_axis,
        ("x", 1, 0, 2),
        "This was done down the columns (axis 0) of `x`; it should be done along the rows (axis 1).",
    ),
    (
        texts.other_axis,
        ("x", 1, None, 2),
        "This is what comes of taking all of `x` at once. Along which axis should it be done?",
    ),
    (texts.other_axis, ("x", 1, 2, 3), "This was done along axis 2 of `x`. Along which axis should it be done?"),
    (
        texts.returned_argument,
        ("x",),
        "`x` itself came back, unchanged. Is the result computed, but something else returned?",
    ),
    (
        texts.by_sign,
        ("x", "negative"),
        "Only where `x` is negative is the result wrong. What does the code do with negative numbers?",
    ),
    (
        texts.only_first,
        (1, "row"),
        "Only the first row is right. Does a loop end too early, or a `return` stand inside it?",
    ),
    (texts.only_first, (2, "row"), "Only the first 2 rows are right. Is 2 written in as a size?"),
    (texts.last_left_out, ("row",), "Only the last row is wrong. Does a loop, or a slice, end one too early?"),
    (texts.first_left_out, ("row",), "Only the first row is wrong. Does a loop, or a slice, begin one too late?"),
    (texts.one_wrong, ("last", "row"), "Only the last row is wrong. What does the code do otherwise with it?"),
    (
        texts.others_wrong,
        (1, "row"),
        "Only the first row is right. What does the code do otherwise with those after it?",
    ),
    (
        texts.others_wrong,
        (2, "column"),
        "Only the first 2 columns are right. What does the code do otherwise with those after it?",
    ),
    (
        texts.cut_short,
        ("last",),
        "The numbers are right, but the last are missing. Does a loop, or a slice, end too early?",
    ),
    (
        texts.cut_short,
        ("first",),
        "The numbers are right, but the first are missing. Does a loop, or a slice, begin too late?",
    ),
]

CANDIDATES: list[tuple[Candidate, str, str]] = [
    (
        texts.scaled(Scale.OVER, FIVE),
        "mean_for_sum",
        (
            "Every number is 0.2 times what it should be: 1/5, and `x` has 5 rows."
            " Is something divided by it, as in a mean, that should not be?"
        ),
    ),
    (
        texts.scaled(Scale.OVER, None),
        "mean_for_sum",
        (
            "The result is divided by the number of elements, and should not be."
            " Is something divided by it, as in a mean, that should not be?"
        ),
    ),
    (
        texts.scaled(Scale.TIMES, FIVE),
        "sum_for_mean",
        "Every number is 5 times what it should be, and `x` has 5 rows. Is a division by it missing, as in a mean?",
    ),
    (
        texts.scaled(Scale.LESS_ONE, FIVE),
        "degrees_of_freedom",
        (
            "Every number is what it would be if something were divided by n in place of n - 1, or the other way round. "  # noqa: E501
            "Which of the two does the task ask for (`ddof`)?"
        ),
    ),
    (
        texts.size_written_in(5, FIVE),
        "size_hard_coded",
        "The numbers are right where `x` has 5 rows, and nowhere else. Is 5 written in as a number?",
    ),
    (
        texts.size_written_in(5, None),
        "size_hard_coded",
        "The numbers are right for one size of the arguments only. Is a size written in as a number?",
    ),
    (
        texts.in_parts(Candidate("negated", "Wrong sign."), ["result[0]", "result['dW']"]),
        "negated",
        "In `result[0]` and `result['dW']`: Wrong sign.",
    ),
]


@pytest.mark.parametrize(("say", "given", "text"), TEXTS)
def test_word_for_word(say: Callable[..., str], given: tuple[Any, ...], text: str) -> None:
    assert say(*given) == text


@pytest.mark.parametrize(("candidate", "name", "text"), CANDIDATES)
def test_candidates_word_for_word(candidate: Candidate, name: str, text: str) -> None:
    assert (candidate.id, candidate.text) == (name, text)


def test_no_text_is_left_out() -> None:
    told = {say for say, _, _ in TEXTS} | {texts.scaled, texts.size_written_in, texts.in_parts}
    assert told == {getattr(texts, name) for name in texts.__all__ if name.islower()}


@pytest.mark.parametrize("scale", Scale)
def test_every_scale_has_words(scale: Scale) -> None:
    for visible in (FIVE, None):
        candidate = texts.scaled(scale, visible)
        assert candidate.text is not None
        assert candidate.text.endswith(("?", "."))
    general = texts.scaled(scale, None).text
    assert general is not None
    assert not any(letter.isdigit() for letter in general.replace("n - 1", ""))
