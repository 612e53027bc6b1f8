"""Of patterns in results: a fact in one short sentence, and a question."""

from __future__ import annotations

from typing import Final

from grader.words.catalogue import Plural, Texts

__all__ = ["PATTERNS"]

PATTERNS: Final[Texts] = {
    "pattern.in_parts": "In {where}: {said}",
    "pattern.places": "{places:code}",
    "pattern.place.like": "each key of `{whole}` like `{pattern}`",
    "pattern.place.like.part": "`{part}` of each key of `{whole}` like `{pattern}`",
    "pattern.places.some": "some parts",
    "pattern.places.of_case": "{places:code}",
    "pattern.places.counted": "{count} parts",
    "pattern.negated": "Every number has the wrong sign. Which of two terms is to be taken from the other?",
    "pattern.reciprocal": "Every number is 1 over what it should be. Is a fraction upside down?",
    "pattern.squared": ("Every number is the square of what it should be. Is a root missing, or a square too many?"),
    "pattern.rooted": (
        "Every number is the square root of what it should be. Is a square missing, or a root too many?"
    ),
    "pattern.logarithm": "Every number is the logarithm of what it should be. Does the task ask for one?",
    "pattern.exponential": "Every number is e to the power of what it should be. Is a logarithm missing?",
    "pattern.absolute": "The sizes are right, but every minus sign is gone. Does the task ask for absolute values?",
    "pattern.complement": "Every number is 1 minus what it should be. Which of the two is asked for?",
    "pattern.inverted": "True and False have changed places everywhere. Which way round does the comparison go?",
    "pattern.sign": (
        "Right up to the sign: some numbers have a minus too many, or one too few. Where does a sign get lost?"
    ),
    "pattern.clipped": (
        "Where a negative number is due, 0 came back. Is something cut off at 0, or does a maximum begin there?"
    ),
    "pattern.truncated": (
        "The decimals have been cut off. Is the result put into an array of whole numbers, or made with `int` or `//`?"
    ),
    "pattern.truncated.integers": (
        "The decimals are cut off where the arguments are whole numbers. "
        "Is the result written into an array that was made like an argument, and has its dtype?"
    ),
    "pattern.rounded": "All numbers are rounded. Does the task ask for that?",
    "pattern.rounded.to": Plural(
        "places",
        "All numbers are rounded to 1 decimal place. Does the task ask for that?",
        "All numbers are rounded to {places:,} decimal places. Does the task ask for that?",
    ),
    "pattern.rounded.whole": "All numbers are rounded to whole ones. Does the task ask for that?",
    "pattern.rounded_down": "All numbers are rounded down. Does the task ask for whole numbers?",
    "pattern.rounded_up": "All numbers are rounded up. Does the task ask for whole numbers?",
    "pattern.offset": ("All numbers are wrong by one and the same amount. What is added once too often, or left out?"),
    "pattern.offset.too_large": ("Every number is {amount} too large. What is added once too often, or left out?"),
    "pattern.offset.too_small": ("Every number is {amount} too small. What is added once too often, or left out?"),
    "pattern.factor": (
        "All numbers are wrong by one and the same factor. What is multiplied or divided once too often?"
    ),
    "pattern.constant_rounded": (
        "All numbers are nearly right, and wrong by one and the same factor. "
        "Is a constant rounded, such as 3.14 for `np.pi`, or written with too few digits?"
    ),
    "pattern.constant_rounded.by": (
        "Every number is {factor} times what it should be: nearly right. "
        "Is a constant rounded, such as 3.14 for `np.pi`, or written with too few digits?"
    ),
    "pattern.factor.is": ("Every number is {times} what it should be. Which factor is missing, or one too many?"),
    "pattern.factor.means": "Every number is {times} what it should be, {meaning}.",
    "pattern.factor.over_size": (
        "Every number is {times} what it should be: 1/{size}, and {length}. "
        "Is something divided by it, as in a mean, that should not be?"
    ),
    "pattern.factor.and_size": (
        "Every number is {times} what it should be, and {length}. Is a division by it missing, as in a mean?"
    ),
    "pattern.times": "{factor} times",
    "pattern.times.half": "half of",
    "pattern.times.twice": "twice",
    "pattern.times.three": "three times",
    "pattern.times.ten": "ten times",
    "pattern.times.tenth": "a tenth of",
    "pattern.times.quarter": "a quarter of",
    "pattern.times.four": "four times",
    "pattern.factor.log10_for_log": "which is what `np.log10` gives in place of `np.log`",
    "pattern.factor.log2_for_log": "which is what `np.log2` gives in place of `np.log`",
    "pattern.factor.log_for_log10": "which is what `np.log` gives in place of `np.log10`",
    "pattern.factor.log_for_log2": "which is what `np.log` gives in place of `np.log2`",
    "pattern.factor.degrees_for_radians": "which is degrees in place of radians",
    "pattern.factor.radians_for_degrees": "which is radians in place of degrees",
    "pattern.degrees_of_freedom": (
        "Every number is what it would be if something were divided by n in place of n - 1, or the other way round. "
        "Which of the two does the task ask for (`ddof`)?"
    ),
    "pattern.scaled.over": (
        "The result is divided by the number of elements, and should not be. "
        "Is something divided by it, as in a mean, that should not be?"
    ),
    "pattern.scaled.over.by": (
        "Every number is {factor} times what it should be: 1/{size}, and {length}. "
        "Is something divided by it, as in a mean, that should not be?"
    ),
    "pattern.scaled.times": (
        "The result is not divided by the number of elements, and should be. Is a division by it missing, as in a mean?"
    ),
    "pattern.scaled.times.by": (
        "Every number is {size} times what it should be, and {length}. Is a division by it missing, as in a mean?"
    ),
    "pattern.scaled.half_over": (
        "The result is too small by twice the factor of how many numbers there are. "
        "Was half a mean taken in place of a sum?"
    ),
    "pattern.scaled.half_over.by": (
        "Every number is {factor} times what it should be, where {length}: too small by twice the factor {size}. "
        "Was half a mean taken in place of a sum?"
    ),
    "pattern.scaled.twice_times": (
        "The result is too large by twice the factor of how many numbers there are. Is a division missing?"
    ),
    "pattern.scaled.twice_times.by": (
        "Every number is {factor} times what it should be, where {length}: too large by twice the factor {size}. "
        "Is a division missing?"
    ),
    "pattern.scaled.twice_over": (
        "The result is too small by half the factor of how many numbers there are. "
        "Is something divided that should not be?"
    ),
    "pattern.scaled.twice_over.by": (
        "Every number is {factor} times what it should be, where {length}: too small by half the factor {size}. "
        "Is something divided that should not be?"
    ),
    "pattern.scaled.half_times": (
        "The result is too large by half the factor of how many numbers there are. Is a division missing?"
    ),
    "pattern.scaled.half_times.by": (
        "Every number is {factor} times what it should be, where {length}: too large by half the factor {size}. "
        "Is a division missing?"
    ),
    "pattern.scaled.over_square": (
        "The result is too small by the square of the factor of how many numbers there are. Is something divided twice?"
    ),
    "pattern.scaled.over_square.by": (
        "Every number is {factor} times what it should be, where {length}: "
        "too small by the square of the factor {size}. Is something divided twice?"
    ),
    "pattern.scaled.times_square": (
        "The result is too large by the square of the factor of how many numbers there are. Is a division missing?"
    ),
    "pattern.scaled.times_square.by": (
        "Every number is {factor} times what it should be, where {length}: "
        "too large by the square of the factor {size}. Is a division missing?"
    ),
    "pattern.scaled.over_root": (
        "The result is too small by the root of the factor of how many numbers there are. Is a root taken of a mean?"
    ),
    "pattern.scaled.over_root.by": (
        "Every number is {factor} times what it should be, where {length}: too small by the root of the factor {size}. "
        "Is a root taken of a mean?"
    ),
    "pattern.scaled.times_root": (
        "The result is too large by the root of the factor of how many numbers there are. "
        "Is a division under the root missing?"
    ),
    "pattern.scaled.times_root.by": (
        "Every number is {factor} times what it should be, where {length}: too large by the root of the factor {size}. "
        "Is a division under the root missing?"
    ),
    "pattern.other_divisor": (
        "Every number is what comes of dividing by another size than is due. "
        "Of how many numbers is the mean taken, and along which axis do they stand?"
    ),
    "pattern.other_divisor.is": (
        "This is what comes of dividing by {wrong} where {size} is due: {length}. "
        "Of how many numbers is the mean taken?"
    ),
    "pattern.size_written_in": (
        "The numbers are right for one size of the arguments only. Is a size written in as a number?"
    ),
    "pattern.size_written_in.is": (
        "The numbers are right where {length}, and nowhere else. Is {size} written in as a number?"
    ),
    "pattern.shape_written_in": (
        "The array is always given the same shape, whatever its size is. "
        "Where can the function read the sizes it needs?"
    ),
    "pattern.length.elements": Plural("size", "`{name}` has {size} element", "`{name}` has {size} elements"),
    "pattern.length.rows": Plural("size", "`{name}` has {size} row", "`{name}` has {size} rows"),
    "pattern.length.columns": Plural("size", "`{name}` has {size} column", "`{name}` has {size} columns"),
    "pattern.length.axis": "axis {axis} of `{name}` has the length {size}",
    "pattern.transposed": (
        "This is the right answer, transposed: its axes have changed places. Is there a `.T` too many, or one missing?"
    ),
    "pattern.transposed.row": "These are the right numbers, but in a row; they should stand in a column.",
    "pattern.transposed.column": "These are the right numbers, but in a column; they should stand in a row.",
    "pattern.axis_missing": (
        "The numbers are right, but an axis of length 1 is missing. What keeps it: `keepdims`, `reshape`?"
    ),
    "pattern.axis_missing.in": Plural(
        "count",
        "The numbers are right, but an axis of length 1 is missing ({came:code}, not {due:code}). "
        "What keeps it: `keepdims`, `reshape`?",
        "The numbers are right, but {count} axes of length 1 are missing ({came:code}, not {due:code}). "
        "What keeps them: `keepdims`, `reshape`?",
    ),
    "pattern.axis_too_many": (
        "The numbers are right, but there is an axis of length 1 too many. Where does it come from?"
    ),
    "pattern.axis_too_many.in": Plural(
        "count",
        "The numbers are right, but there is an axis of length 1 too many ({came:code}, not {due:code}). "
        "Where does it come from?",
        "The numbers are right, but there are {count} axes of length 1 too many ({came:code}, not {due:code}). "
        "Where do they come from?",
    ),
    "pattern.axes_elsewhere": (
        "The numbers are right, but the axes of length 1 stand in other places. Where should they be?"
    ),
    "pattern.flattened": (
        "All numbers are there and in order, but they are laid out along one axis. Which shape is asked for?"
    ),
    "pattern.flattened.from": (
        "All numbers are there and in order, but they are laid out along one axis; it should have {axes}. "
        "Which shape is asked for?"
    ),
    "pattern.reshaped": ("All numbers are there and in order, but in another shape. Which axes should be left?"),
    "pattern.reshaped.to": (
        "All numbers are there and in order, but in another shape: {came:code}, not {due:code}. "
        "Which axes should be left?"
    ),
    "pattern.grown": (
        "n numbers have grown to n by n: that comes of putting shapes `(n,)` and `(n, 1)` together. "
        "Which of your arrays has which shape?"
    ),
    "pattern.grown.to": (
        "{due:code} has grown to {came:code}: that comes of putting shapes `(n,)` and `(n, 1)` together. "
        "Which of your arrays has which shape?"
    ),
    "pattern.axis.all_at_once": (
        "This is what comes of taking all of `{name}` at once. Along which axis should it be done?"
    ),
    "pattern.axis.columns": (
        "This was done down the columns (axis 0) of `{name}`; it should be done along the rows (axis 1)."
    ),
    "pattern.axis.rows": (
        "This was done along the rows (axis 1) of `{name}`; it should be done down the columns (axis 0)."
    ),
    "pattern.axis.other": "This was done along axis {axis} of `{name}`. Along which axis should it be done?",
    "pattern.done.sum": "summed up",
    "pattern.done.mean": "averaged",
    "pattern.done.max": "reduced to the largest",
    "pattern.done.min": "reduced to the smallest",
    "pattern.done.prod": "multiplied together",
    "pattern.reduced.sum": "the sum",
    "pattern.reduced.mean": "the mean",
    "pattern.reduced.max": "the largest",
    "pattern.reduced.min": "the smallest",
    "pattern.reduced.prod": "the product",
    "pattern.not_reduced": "{done:capital}, this would be right. Is that last step missing?",
    "pattern.not_reduced.along": ("{done:capital} along axis {axis}, this would be right. Is that last step missing?"),
    "pattern.reduced_too_far": (
        "This is {reduced} of all the numbers that should have come back. Over what should it run?"
    ),
    "pattern.reduced_too_far.along": (
        "This is {reduced}, along axis {axis}, of the numbers that should have come back. Over what should it run?"
    ),
    "pattern.cumulative": "The last of these numbers is the right answer. Are they totals on the way to it?",
    "pattern.order.backwards": "The right numbers, but backwards. In which order are they asked for?",
    "pattern.order.sorted": "The right numbers, but sorted. In which order are they asked for?",
    "pattern.order.first_axis_fastest": (
        "The right numbers, but in the order in which the first axis runs fastest. "
        "Is there a transpose, or an `order='F'`, too many?"
    ),
    "pattern.order.other": "The right numbers, but in another order. In which order are they asked for?",
    "pattern.returned_argument": (
        "`{name}` itself came back, unchanged. Is the result computed, but something else returned?"
    ),
    "pattern.hard_coded": (
        "The example's answer comes back, whatever the arguments are. How does the result depend on what is given?"
    ),
    "pattern.constant": (
        "The same answer comes back, whatever the arguments are. Which line makes the result depend on what is given?"
    ),
    "pattern.constant.number": (
        "One and the same number comes back everywhere, whatever the arguments are. "
        "Which line should put something else into the result?"
    ),
    "pattern.negative_inputs": (
        "Only where `{name}` is negative is the result wrong. What does the code do with negative numbers?"
    ),
    "pattern.positive_inputs": (
        "Only where `{name}` is positive is the result wrong. What does the code do with positive numbers?"
    ),
    "pattern.one_right": ("Only {first} is right. Does a loop end too early, or a `return` stand inside it?"),
    "pattern.some_right": (
        "Only the first ones are right, and always as many of them. Is a size written in as a number?"
    ),
    "pattern.some_right.count": "Only {first} are right. Is {count} written in as a size?",
    "pattern.others_wrong.one": "Only {first} is right. What is different about those after it?",
    "pattern.others_wrong": "Only {first} are right. What is different about those after them?",
    "pattern.last_left_out": "Only {last} is wrong. Does a loop, or a slice, end one too early?",
    "pattern.first_left_out": "Only {first} is wrong. Does a loop, or a slice, begin one too late?",
    "pattern.one_wrong": "Only {which} is wrong. What is different about it?",
    "pattern.cut_short.last": (
        "The numbers are right, but the last are missing. Does a loop, or a slice, end too early?"
    ),
    "pattern.cut_short.first": (
        "The numbers are right, but the first are missing. Does a loop, or a slice, begin too late?"
    ),
    "pattern.first.row": "the first row",
    "pattern.first.column": "the first column",
    "pattern.first.element": "the first element",
    "pattern.last.row": "the last row",
    "pattern.last.column": "the last column",
    "pattern.last.element": "the last element",
    "pattern.first_ones.row": "the first rows",
    "pattern.first_ones.row.count": "the first {count} rows",
    "pattern.first_ones.column": "the first columns",
    "pattern.first_ones.column.count": "the first {count} columns",
    "pattern.first_ones.element": "the first elements",
    "pattern.first_ones.element.count": "the first {count} elements",
    "pattern.quantity": "What came back is {base}, divided by {statistic} of {part}. Is that what the task asks for?",
    "pattern.quantity.of_other": (
        "What came back is {base}, divided by {statistic} of {part} of {other}. Is that what the task asks for?"
    ),
    "pattern.base.itself": "`{name}`",
    "pattern.base.exponential": "e to the power of `{name}`",
    "pattern.base.sizes": "the absolute value of `{name}`",
    "pattern.base.exponential_of_sizes": "e to the power of the absolute value of `{name}`",
    "pattern.base.squares": "the square of `{name}`",
    "pattern.base.clipped": "`{name}` with 0 for what is negative",
    "pattern.base.exponential_clipped": "e to the power of `{name}` with 0 for what is negative",
    "pattern.base.less_column_means": "`{name}` less the mean of each column",
    "pattern.base.less_row_means": "`{name}` less the mean of each row",
    "pattern.base.less_mean": "`{name}` less its mean",
    "pattern.statistic.sum": "the sum",
    "pattern.statistic.mean": "the mean",
    "pattern.statistic.max": "the largest number, sign and all,",
    "pattern.statistic.min": "the smallest number",
    "pattern.statistic.largest": "the largest absolute value",
    "pattern.statistic.length": "the length",
    "pattern.statistic.range": "the range (largest less smallest)",
    "pattern.statistic.std": "the standard deviation",
    "pattern.statistic.sum_of_sizes": "the sum of the absolute values",
    "pattern.part.column": "each column",
    "pattern.part.row": "each row",
    "pattern.part.all": "all",
    "pattern.part.axis": "each line along axis {axis}",
    "pattern.step_order": (
        "Here the numbers are {first} before {then} is taken. The other way round it would be right. "
        "Which of the two is done to each number?"
    ),
    "pattern.step.square": "the square",
    "pattern.step.absolute": "the absolute value",
    "pattern.step.root": "the square root",
    "pattern.step.exponential": "e to the power of it",
    "pattern.step.logarithm": "the logarithm",
    "pattern.parts_swapped": "`{one}` and `{other}` have changed places. In which order are they asked for?",
    "pattern.parts_reordered": "The parts are right, but in another order. In which order are they asked for?",
    "pattern.order_and_shape": "{said} The shape is another one as well.",
    "pattern.size_for_some": (
        "A number is written in as a size, which fits arrays of that size only. Where can the function read it?"
    ),
    "pattern.size_for_some.is": (
        "{number} is written in as a size, and not every array has that size. Where can the function read it?"
    ),
    "pattern.slip.return_in_loop": (
        "The `return` on {place} stands inside the loop, and ends it in its first turn. How far should it be indented?"
    ),
    "pattern.slip.divided_by_one": (
        "On {place} something is divided by 1 alone, for Python divides before it adds. "
        "What has to be in brackets, so that all of it stands under the line?"
    ),
    "pattern.slip.times_one": (
        "On {place} something is multiplied by 1 alone, for Python multiplies before it adds or subtracts. "
        "What has to be in brackets?"
    ),
    "pattern.slip.unused": (
        "`{name}` is computed on {place} and never used. Is it meant to stand where `{instead}` does?"
    ),
}
