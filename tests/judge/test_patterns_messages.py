"""Every text about a pattern, word for word: a change of wording is to be seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grader.judge import patterns_messages as messages
from grader.judge.diagnosis_input import Candidate
from grader.judge.messages import patterns
from grader.judge.sizes import Measure, Scale, Size
from grader.message import Message
from grader.words.text import text

SHAPES = ((3, 1), (1, 3))
FIVE = (Size("x", Measure.ROWS), 5, 0.2)
NEGATED = Candidate("negated", patterns.CHANGES["negated"]())

TEXTS: list[tuple[Callable[..., Any], tuple[Any, ...], str]] = [
    (
        messages.constant_rounded,
        (3.1415 / 3.141592653589793,),
        (
            "Every number is 0.9999705 times what it should be: nearly right. "
            "Is a constant rounded, such as 3.14 for `np.pi`, or written with too few digits?"
        ),
    ),
    (
        messages.constant_rounded,
        (1 + 5e-6,),
        (
            "Every number is 1.000005 times what it should be: nearly right. "
            "Is a constant rounded, such as 3.14 for `np.pi`, or written with too few digits?"
        ),
    ),
    (
        messages.constant_rounded,
        (None,),
        (
            "All numbers are nearly right, and wrong by one and the same factor. "
            "Is a constant rounded, such as 3.14 for `np.pi`, or written with too few digits?"
        ),
    ),
    (messages.factor, (3.7,), "Every number is 3.7 times what it should be. Which factor is missing, or one too many?"),
    (messages.factor, (0.5,), "Every number is half of what it should be. Which factor is missing, or one too many?"),
    (
        messages.factor,
        (1 / 255,),
        "Every number is 1/255 times what it should be. Which factor is missing, or one too many?",
    ),
    (
        messages.factor,
        (0.43429448190325,),
        "Every number is 0.4343 times what it should be, which is what `np.log10` gives in place of `np.log`.",
    ),
    (
        messages.factor,
        (None,),
        "All numbers are wrong by one and the same factor. What is multiplied or divided once too often?",
    ),
    (
        messages.factor,
        (0.2, FIVE[:2]),
        (
            "Every number is 0.2 times what it should be: 1/5, and `x` has 5 rows."
            " Is something divided by it, as in a mean, that should not be?"
        ),
    ),
    (
        messages.factor,
        (5.0, FIVE[:2]),
        "Every number is 5 times what it should be, and `x` has 5 rows. Is a division by it missing, as in a mean?",
    ),
    (messages.offset, (1.0,), "Every number is 1 too large. What is added once too often, or left out?"),
    (messages.offset, (-0.25,), "Every number is 0.25 too small. What is added once too often, or left out?"),
    (
        messages.offset,
        (None,),
        "All numbers are wrong by one and the same amount. What is added once too often, or left out?",
    ),
    (messages.rounded, (0,), "All numbers are rounded to whole ones. Does the task ask for that?"),
    (messages.rounded, (1,), "All numbers are rounded to 1 decimal place. Does the task ask for that?"),
    (messages.transposed, (SHAPES,), "These are the right numbers, but in a column; they should stand in a row."),
    (
        messages.transposed,
        (None,),
        "This is the right answer, transposed: its axes have changed places. Is there a `.T` too many, or one missing?",
    ),
    (
        messages.keepdims,
        (((3,), (3, 1)), True, False),
        (
            "The numbers are right, but an axis of length 1 is missing (`(3,)`, not `(3, 1)`). "
            "What keeps it: `keepdims`, `reshape`?"
        ),
    ),
    (
        messages.keepdims,
        (((1,) * 40, ()), False, True),
        (
            "The numbers are right, but there are 40 axes of length 1 too many "
            "(`(1, 1, 1, 1, …, 1, 1, 1, 1)`, not `()`). Where do they come from?"
        ),
    ),
    (
        messages.keepdims,
        (None, False, True),
        "The numbers are right, but there is an axis of length 1 too many. Where does it come from?",
    ),
    (
        messages.keepdims,
        (None, False, False),
        "The numbers are right, but the axes of length 1 stand in other places. Where should they be?",
    ),
    (
        messages.flattened,
        (None,),
        "All numbers are there and in order, but they are laid out along one axis. Which shape is asked for?",
    ),
    (
        messages.reshaped,
        (((2, 6), (3, 4)),),
        "All numbers are there and in order, but in another shape: `(2, 6)`, not `(3, 4)`. Which axes should be left?",
    ),
    (
        messages.grown,
        (((3, 3), (3,)),),
        (
            "`(3,)` has grown to `(3, 3)`: that comes of putting shapes `(n,)` and `(n, 1)` together. "
            "Which of your arrays has which shape?"
        ),
    ),
    (messages.not_reduced, ("sum", None), "Summed up, this would be right. Is that last step missing?"),
    (messages.not_reduced, ("mean", 1), "Averaged along axis 1, this would be right. Is that last step missing?"),
    (
        messages.reduced_too_far,
        ("sum", None),
        "This is the sum of all the numbers that should have come back. Over what should it run?",
    ),
    (
        messages.reduced_too_far,
        ("max", 0),
        "This is the largest, along axis 0, of the numbers that should have come back. Over what should it run?",
    ),
    (
        messages.other_axis,
        ("x", 0, 2),
        "This was done down the columns (axis 0) of `x`; it should be done along the rows (axis 1).",
    ),
    (
        messages.other_axis,
        ("x", None, 2),
        "This is what comes of taking all of `x` at once. Along which axis should it be done?",
    ),
    (messages.other_axis, ("x", 2, 3), "This was done along axis 2 of `x`. Along which axis should it be done?"),
    (
        messages.returned_argument,
        ("x",),
        "`x` itself came back, unchanged. Is the result computed, but something else returned?",
    ),
    (
        messages.by_sign,
        ("x", "negative"),
        "Only where `x` is negative is the result wrong. What does the code do with negative numbers?",
    ),
    (
        messages.only_first,
        (1, "row"),
        "Only the first row is right. Does a loop end too early, or a `return` stand inside it?",
    ),
    (messages.only_first, (2, "row"), "Only the first 2 rows are right. Is 2 written in as a size?"),
    (
        messages.only_first,
        (None, "row"),
        "Only the first ones are right, and always as many of them. Is a size written in as a number?",
    ),
    (
        messages.others_wrong,
        (None, "column"),
        "Only the first columns are right. What is different about those after them?",
    ),
    (messages.last_left_out, ("row",), "Only the last row is wrong. Does a loop, or a slice, end one too early?"),
    (messages.first_left_out, ("row",), "Only the first row is wrong. Does a loop, or a slice, begin one too late?"),
    (messages.one_wrong, ("last", "row"), "Only the last row is wrong. What is different about it?"),
    (
        messages.others_wrong,
        (1, "row"),
        "Only the first row is right. What is different about those after it?",
    ),
    (
        messages.others_wrong,
        (2, "column"),
        "Only the first 2 columns are right. What is different about those after them?",
    ),
    (
        messages.cut_short,
        ("last",),
        "The numbers are right, but the last are missing. Does a loop, or a slice, end too early?",
    ),
    (
        messages.cut_short,
        ("first",),
        "The numbers are right, but the first are missing. Does a loop, or a slice, begin too late?",
    ),
]

SECOND = frozenset({"result[1]['W*'][0]"})
CANDIDATES: list[tuple[Candidate, str, str]] = [
    (
        messages.scaled(Scale.OVER, FIVE),
        "mean_for_sum",
        (
            "Every number is 0.2 times what it should be: 1/5, and `x` has 5 rows."
            " Is something divided by it, as in a mean, that should not be?"
        ),
    ),
    (
        messages.scaled(Scale.OVER, None),
        "mean_for_sum",
        (
            "The result is divided by the number of elements, and should not be."
            " Is something divided by it, as in a mean, that should not be?"
        ),
    ),
    (
        messages.scaled(Scale.TIMES, FIVE),
        "sum_for_mean",
        "Every number is 5 times what it should be, and `x` has 5 rows. Is a division by it missing, as in a mean?",
    ),
    (
        messages.scaled(Scale.LESS_ONE, FIVE),
        "degrees_of_freedom",
        (
            "Every number is what it would be if something were divided by n in place of n - 1, or the other way round. "  # noqa: E501
            "Which of the two does the task ask for (`ddof`)?"
        ),
    ),
    (
        messages.other_divisor(((FIVE[0], 5), 4)),
        "other_divisor",
        ("This is what comes of dividing by 4 where 5 is due: `x` has 5 rows. Of how many numbers is the mean taken?"),
    ),
    (
        messages.other_divisor(((FIVE[0], 1), 2)),
        "other_divisor",
        ("This is what comes of dividing by 2 where 1 is due: `x` has 1 row. Of how many numbers is the mean taken?"),
    ),
    (
        messages.other_divisor(None),
        "other_divisor",
        (
            "Every number is what comes of dividing by another size than is due. "
            "Of how many numbers is the mean taken, and along which axis do they stand?"
        ),
    ),
    (
        messages.size_written_in(5, FIVE),
        "size_hard_coded",
        "The numbers are right where `x` has 5 rows, and nowhere else. Is 5 written in as a number?",
    ),
    (
        messages.size_written_in(5, None),
        "size_hard_coded",
        "The numbers are right for one size of the arguments only. Is a size written in as a number?",
    ),
    (
        messages.in_parts(
            NEGATED,
            ["result[0]", "result['dW']"],
            declared=frozenset({"result[0]"}),
            seen=frozenset({"result['dW']"}),
        ),
        "negated",
        (
            "In `result[0]` and `result['dW']`: Every number has the wrong sign. "
            "Which of two terms is to be taken from the other?"
        ),
    ),
    (
        messages.in_parts(
            NEGATED, ["result['b*']", "result[1]['W*'][0]"], declared=frozenset({"result['b*']"}), seen=SECOND
        ),
        "negated",
        (
            "In each key of `result` like `b*` and `[0]` of each key of `result[1]` like `W*`: Every number has the "
            "wrong sign. Which of two terms is to be taken from the other?"
        ),
    ),
    (
        messages.in_parts(NEGATED, list("abcd"), declared=frozenset("ab"), seen=frozenset("cd")),
        "negated",
        "In 4 parts: Every number has the wrong sign. Which of two terms is to be taken from the other?",
    ),
    (
        messages.in_parts(NEGATED, list("abcd"), declared=frozenset("ab"), seen=frozenset("c")),
        "negated",
        "In some parts: Every number has the wrong sign. Which of two terms is to be taken from the other?",
    ),
]


@pytest.mark.parametrize(("say", "given", "expected"), TEXTS)
def test_word_for_word(say: Callable[..., Message], given: tuple[Any, ...], expected: str) -> None:
    assert text(say(*given)) == expected


@pytest.mark.parametrize(("candidate", "name", "expected"), CANDIDATES)
def test_candidates_word_for_word(candidate: Candidate, name: str, expected: str) -> None:
    assert candidate.says is not None
    assert (candidate.id, text(candidate.says)) == (name, expected)


def test_none_is_left_out() -> None:
    told = {say for say, _, _ in TEXTS} | {
        messages.scaled,
        messages.other_divisor,
        messages.size_written_in,
        messages.in_parts,
    }
    assert told == {getattr(messages, name) for name in messages.__all__ if name.islower()}


@pytest.mark.parametrize("scale", Scale)
def test_every_scale_has_words(scale: Scale) -> None:
    for visible in (FIVE, None):
        candidate = messages.scaled(scale, visible)
        assert candidate.says is not None
        assert text(candidate.says).endswith(("?", "."))
    general = messages.scaled(scale, None).says
    assert general is not None
    assert not any(letter.isdigit() for letter in text(general).replace("n - 1", ""))


def test_a_finding_that_says_it_already_is_said_of_no_part() -> None:
    said = Candidate("nothing_returned", None)

    assert messages.in_parts(said, ["result[0]"], declared=frozenset(), seen=frozenset()) == said
