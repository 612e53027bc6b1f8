"""What is said of patterns: a fact in one short sentence, and a question.

Numbers and shapes in them are of cases that the student sees; where there is none of these, the general words are used.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final, TypeAlias

from grader.figures import figure
from grader.judge.diagnosis_input import Candidate
from grader.judge.sizes import Scale
from grader.judge.wording import and_list, quantity

__all__ = [
    "CHANGES",
    "CLIPPED",
    "CONSTANT",
    "CONSTANT_NUMBER",
    "CUMULATIVE",
    "HARD_CODED",
    "INVERTED",
    "ORDERS",
    "ROUNDED_ONE_WAY",
    "SIGN",
    "TRUNCATED",
    "TRUNCATED_INTEGERS",
    "by_sign",
    "cut_short",
    "factor",
    "first_left_out",
    "flattened",
    "grown",
    "in_parts",
    "keepdims",
    "last_left_out",
    "not_reduced",
    "offset",
    "one_wrong",
    "only_first",
    "other_axis",
    "others_wrong",
    "reduced_too_far",
    "reshaped",
    "returned_argument",
    "rounded",
    "scaled",
    "size_written_in",
    "transposed",
]

Shapes: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]  # that came back, and that was expected

CHANGES: Final = {
    "negated": "Every number has the wrong sign. Which of two terms is to be taken from the other?",
    "reciprocal": "Every number is 1 over what it should be. Is a fraction upside down?",
    "squared": "Every number is the square of what it should be. Is a root missing, or a square too many?",
    "rooted": "Every number is the square root of what it should be. Is a square missing, or a root too many?",
    "logarithm": "Every number is the logarithm of what it should be. Does the task ask for one?",
    "exponential": "Every number is e to the power of what it should be. Is a logarithm missing?",
    "absolute": "The sizes are right, but every minus sign is gone. Does the task ask for absolute values?",
    "complement": "Every number is 1 minus what it should be. Which of the two is asked for?",
}
INVERTED: Final = "True and False have changed places everywhere. Which way round does the comparison go?"
SIGN: Final = "Right up to the sign: some numbers have a minus too many, or one too few. Where does a sign get lost?"
TRUNCATED: Final = (
    "The decimals have been cut off. Is the result put into an array of whole numbers, or made with `int` or `//`?"
)
TRUNCATED_INTEGERS: Final = (
    "The decimals are cut off where the arguments are whole numbers. "
    "Is the result written into an array that was made like an argument, and has its dtype?"
)
ROUNDED_ONE_WAY: Final = {
    "rounded_down": "All numbers are rounded down. Does the task ask for whole numbers?",
    "rounded_up": "All numbers are rounded up. Does the task ask for whole numbers?",
}
HARD_CODED: Final = (
    "The example's answer comes back, whatever the arguments are. How does the result depend on what is given?"
)
CLIPPED: Final = (
    "Where a negative number is due, 0 came back. Is something cut off at 0, or does a maximum begin there?"
)
CONSTANT: Final = (
    "The same answer comes back, whatever the arguments are. Which line makes the result depend on what is given?"
)
CONSTANT_NUMBER: Final = (
    "One and the same number comes back everywhere, whatever the arguments are. "
    "Which line should put something else into the result?"
)
CUMULATIVE: Final = "The last of these numbers is the right answer. Are they totals on the way to it?"
ORDERS: Final = {
    "backwards": "The right numbers, but backwards. In which order are they asked for?",
    "sorted": "The right numbers, but sorted. In which order are they asked for?",
    "first_axis_fastest": (
        "The right numbers, but in the order in which the first axis runs fastest. "
        "Is there a transpose, or an `order='F'`, too many?"
    ),
    "other": "The right numbers, but in another order. In which order are they asked for?",
}
_FACTORS: Final = {
    0.5: "half of",
    2.0: "twice",
    3.0: "three times",
    10.0: "ten times",
    0.1: "a tenth of",
    0.25: "a quarter of",
    4.0: "four times",
}
_KNOWN_FACTORS: Final = (
    (0.4342944819, "which is what `np.log10` gives in place of `np.log`"),
    (1.4426950409, "which is what `np.log2` gives in place of `np.log`"),
    (2.302585093, "which is what `np.log` gives in place of `np.log10`"),
    (0.6931471806, "which is what `np.log` gives in place of `np.log2`"),
    (57.295779513, "which is degrees in place of radians"),
    (0.01745329252, "which is radians in place of degrees"),
)
_DONE: Final = {
    "sum": "Summed up",
    "mean": "Averaged",
    "max": "Reduced to the largest",
    "min": "Reduced to the smallest",
    "prod": "Multiplied together",
}
_RESULTS: Final = {
    "sum": "the sum",
    "mean": "the mean",
    "max": "the largest",
    "min": "the smallest",
    "prod": "the product",
}
_SCALES: Final = {
    Scale.OVER: (
        "mean_for_sum",
        "too small by the factor",
        "Is something divided by it, as in a mean, that should not be?",
    ),
    Scale.TIMES: ("sum_for_mean", "too large by the factor", "Is a division by it missing, as in a mean?"),
    Scale.HALF_OVER: ("mean_for_sum", "too small by twice the factor", "Was half a mean taken in place of a sum?"),
    Scale.TWICE_TIMES: ("constant_factor", "too large by twice the factor", "Is a division missing?"),
    Scale.TWICE_OVER: ("constant_factor", "too small by half the factor", "Is something divided that should not be?"),
    Scale.HALF_TIMES: ("constant_factor", "too large by half the factor", "Is a division missing?"),
    Scale.OVER_SQUARE: ("constant_factor", "too small by the square of the factor", "Is something divided twice?"),
    Scale.TIMES_SQUARE: ("constant_factor", "too large by the square of the factor", "Is a division missing?"),
    Scale.OVER_ROOT: ("constant_factor", "too small by the root of the factor", "Is a root taken of a mean?"),
    Scale.TIMES_ROOT: (
        "constant_factor",
        "too large by the root of the factor",
        "Is a division under the root missing?",
    ),
}
_TRANSPOSED: Final = (
    "This is the right answer, transposed: its axes have changed places. Is there a `.T` too many, or one missing?"
)
_ONE_LESS: Final = (
    "Every number is what it would be if something were divided by n in place of n - 1, or the other way round. "
    "Which of the two does the task ask for (`ddof`)?"
)


def in_parts(candidate: Candidate, places: list[str]) -> Candidate:
    """The same, said of parts of the result."""
    where = and_list([f"`{place}`" for place in places[:3]]) if len(places) <= 3 else f"{len(places)} parts"

    def said(text: str | None) -> str | None:
        return None if text is None else f"In {where}: {text}"

    return Candidate(candidate.id, said(candidate.text), said(candidate.general))


def factor(value: float | None, size: tuple[str, int] | None = None) -> str:
    """One factor for all numbers; `size` is what it may come from: a phrase with {n}, and n."""
    if value is None:
        return "All numbers are wrong by one and the same factor. What is multiplied or divided once too often?"
    if size is not None:
        over = f": 1/{size[1]}" if value < 1 else ""
        asked = _SCALES[Scale.OVER if value < 1 else Scale.TIMES][2]
        return f"Every number is {_times(value)} what it should be{over}, and {size[0].format(n=size[1])}. {asked}"
    for known, meaning in _KNOWN_FACTORS:
        if abs(value / known - 1) < 1e-6:
            return f"Every number is {_times(value)} what it should be, {meaning}."
    return f"Every number is {_times(value)} what it should be. Which factor is missing, or one too many?"


def _times(value: float) -> str:
    named = next((words for known, words in _FACTORS.items() if abs(value / known - 1) < 1e-6), None)
    return named or f"{_plain(value)} times"


def _plain(value: float) -> str:
    """A short number, or a simple fraction: `0.2`, `1/3`, `-2`."""
    near = Fraction(value).limit_denominator(1000 if abs(value) < 0.1 else 20)
    if near.numerator in (1, -1) and near.denominator > 20 and abs(float(near) / value - 1) < 1e-6:
        return f"{near.numerator}/{near.denominator}"
    if near and abs(float(near) / value - 1) < 1e-6:
        decimal = f"{float(near):.6g}"
        return decimal if len(decimal) <= 5 else f"{near.numerator}/{near.denominator}"
    return figure(float(f"{value:.4g}"))


def scaled(scale: Scale, visible: tuple[str, int, float] | None) -> Candidate:
    """A factor that goes with a size; `visible`: that size's phrase, the size and the factor in a case that is seen."""
    if scale not in _SCALES:
        return Candidate("degrees_of_freedom", _ONE_LESS, _ONE_LESS)
    name, how, asked = _SCALES[scale]
    general = f"The result is {how} of how many numbers there are. {asked}"
    if scale is Scale.OVER:
        general = f"The result is divided by the number of elements, and should not be. {asked}"
    elif scale is Scale.TIMES:
        general = f"The result is not divided by the number of elements, and should be. {asked}"
    if visible is None:
        return Candidate(name, general, general)
    phrase, size, value = visible
    where = phrase.format(n=size)
    if scale is Scale.OVER:
        return Candidate(
            name, f"Every number is {_plain(value)} times what it should be: 1/{size}, and {where}. {asked}", general
        )
    if scale is Scale.TIMES:
        return Candidate(name, f"Every number is {size} times what it should be, and {where}. {asked}", general)
    return Candidate(
        name, f"Every number is {_plain(value)} times what it should be, where {where}: {how} {size}. {asked}", general
    )


def size_written_in(size: int, visible: tuple[str, int, float] | None) -> Candidate:
    """A size of one case is used for all."""
    general = "The numbers are right for one size of the arguments only. Is a size written in as a number?"
    if visible is None:
        return Candidate("size_hard_coded", general, general)
    text = (
        f"The numbers are right where {visible[0].format(n=size)}, and nowhere else. Is {size} written in as a number?"
    )
    return Candidate("size_hard_coded", text, general)


def offset(value: float | None) -> str:
    """The same number too much or too little everywhere."""
    if value is None:
        return "All numbers are wrong by one and the same amount. What is added once too often, or left out?"
    way = "too large" if value > 0 else "too small"
    return f"Every number is {_plain(abs(value))} {way}. What is added once too often, or left out?"


def rounded(places: int) -> str:
    """Numbers rounded that should not be."""
    if not places:
        return "All numbers are rounded to whole ones. Does the task ask for that?"
    return f"All numbers are rounded to {quantity(places, 'decimal place')}. Does the task ask for that?"


def transposed(shapes: Shapes | None) -> str:
    """Rows and columns have changed places. `shapes`: where all that is wrong is a row for a column, or the reverse."""
    if shapes is not None:
        came, due = ("row", "column") if shapes[0][0] == 1 else ("column", "row")
        return f"These are the right numbers, but in a {came}; they should stand in a {due}."
    return _TRANSPOSED


def keepdims(shapes: Shapes | None, fewer: bool, more: bool) -> str:
    """An axis of length 1 more or less."""
    if fewer:
        shown = f" ({_shape(shapes[0])}, not {_shape(shapes[1])})" if shapes else ""
        return (
            f"The numbers are right, but an axis of length 1 is missing{shown}. What keeps it: `keepdims`, `reshape`?"
        )
    if more:
        shown = f" ({_shape(shapes[0])}, not {_shape(shapes[1])})" if shapes else ""
        return f"The numbers are right, but there is an axis of length 1 too many{shown}. Where does it come from?"
    return "The numbers are right, but the axes of length 1 stand in other places. Where should they be?"


def flattened(shapes: Shapes | None) -> str:
    """All in one axis."""
    shown = f"; it should have {len(shapes[1])}" if shapes else ""
    return f"All numbers are there and in order, but they are laid out along one axis{shown}. Which shape is asked for?"


def reshaped(shapes: Shapes | None) -> str:
    """The same numbers, counted off otherwise."""
    shown = f": {_shape(shapes[0])}, not {_shape(shapes[1])}" if shapes else ""
    return f"All numbers are there and in order, but in another shape{shown}. Which axes should be left?"


def grown(shapes: Shapes | None) -> str:
    """(n,) and (n, 1) made (n, n)."""
    shown = f"{_shape(shapes[1])} has grown to {_shape(shapes[0])}" if shapes else "n numbers have grown to n by n"
    return f"{shown}: that comes of putting shapes `(n,)` and `(n, 1)` together. Which of your arrays has which shape?"


def _shape(shape: tuple[int, ...]) -> str:
    return f"`{shape}`"


def not_reduced(name: str, axis: int | None) -> str:
    """The step that is left."""
    along = "" if axis is None else f" along axis {axis}"
    return f"{_DONE[name]}{along}, this would be right. Is that last step missing?"


def reduced_too_far(name: str, axis: int | None) -> str:
    """One step too many."""
    along = " of all" if axis is None else f", along axis {axis}, of"
    return f"This is {_RESULTS[name]}{along} the numbers that should have come back. Over what should it run?"


def other_axis(name: str, due: int, came: int | None, ndim: int) -> str:
    """Done along one axis in place of another."""
    if came is None:
        return f"This is what comes of taking all of `{name}` at once. Along which axis should it be done?"
    if ndim == 2:
        down, across = "down the columns (axis 0)", "along the rows (axis 1)"
        return f"This was done {across if came else down} of `{name}`; it should be done {across if due else down}."
    return f"This was done along axis {came} of `{name}`. Along which axis should it be done?"


def returned_argument(name: str) -> str:
    """What went in came out."""
    return f"`{name}` itself came back, unchanged. Is the result computed, but something else returned?"


def by_sign(name: str, sign: str) -> str:
    """Wrong for one sign only."""
    return f"Only where `{name}` is {sign} is the result wrong. What does the code do with {sign} numbers?"


def only_first(good: int, noun: str) -> str:
    """Right at the beginning."""
    first = f"Only the first {noun} is right" if good == 1 else f"Only the first {good} {noun}s are right"
    asked = (
        "Does a loop end too early, or a `return` stand inside it?" if good == 1 else f"Is {good} written in as a size?"
    )
    return f"{first}. {asked}"


def others_wrong(good: int, noun: str) -> str:
    """Right at the beginning, and something else was computed for the rest."""
    first = f"Only the first {noun} is right" if good == 1 else f"Only the first {good} {noun}s are right"
    return f"{first}. What does the code do otherwise with those after it?"


def last_left_out(noun: str) -> str:
    """Nothing was done at the end."""
    return f"Only the last {noun} is wrong. Does a loop, or a slice, end one too early?"


def first_left_out(noun: str) -> str:
    """Nothing was done at the beginning."""
    return f"Only the first {noun} is wrong. Does a loop, or a slice, begin one too late?"


def one_wrong(which: str, noun: str) -> str:
    """Something else was computed for the first or last one."""
    return f"Only the {which} {noun} is wrong. What does the code do otherwise with it?"


def cut_short(which: str) -> str:
    """Right numbers, but the first or last ones are not there."""
    way = "end too early" if which == "last" else "begin too late"
    return f"The numbers are right, but the {which} are missing. Does a loop, or a slice, {way}?"
