"""Of exceptions: what Python means, and what it often comes of."""

from __future__ import annotations

from typing import Final

from grader.words.catalogue import Plural, Texts

__all__ = ["ERRORS"]

# Some things are said of several kinds of error.
_NONE: Final = "Something here is None. Does a function of yours end without `return`, or was a line left as `None`?"
_FUNCTION: Final = "A function itself is used here, not what it gives: are the brackets of a call missing?"
_NUMBER_INDEXED: Final = "This is a single number, so there is nothing to index. Was something summed up already?"
_MATCHING: Final = "numpy matches shapes from the right, and lengths must be equal or 1"
_CHANGED_IN_PART: Final = "cannot be changed in part. Make a new one, or use an array or a list."

ERRORS: Final[Texts] = {
    # In general.
    "error.name": "A name is used that Python does not know. Is it misspelt, or not imported?",
    "error.before_assignment": "A variable is used before it has a value.",
    "error.attribute": "Something is not what the code takes it for: it lacks an attribute that is asked of it.",
    "error.shapes": "Two shapes do not fit together. Print the shapes of both sides.",
    "error.product": "Two shapes do not fit for a matrix product. Print them before the product.",
    "error.reshape": "A reshape asks for another number of places than there are numbers. Is a size written in?",
    "error.axis": "An axis is asked for that the array does not have. How many axes has it?",
    "error.index": "An index goes past the end. Does a loop run too far, or is a size written in?",
    "error.too_many_indices": "There are more indices than the array has axes.",
    "error.number_indexed": "A single number is indexed as if it were an array.",
    "error.index_kind": "An index is not a whole number.",
    "error.call": "Something is called with round brackets that is no function. Is a `*` or a comma missing?",
    "error.brackets": "Square brackets stand behind something that takes none.",
    "error.caret": "A power is written `**` in Python; `^` is something else.",
    "error.operands": "An operation is asked for between things that do not go together.",
    "error.not_numbers": "A numpy function got something else than numbers.",
    "error.one_number": "A function that takes one number got an array.",
    "error.in_place": "Decimals are written into an array of whole numbers. Make a new array instead.",
    "error.keyword": "A function got an argument under a name that it does not have.",
    "error.arguments": "A function got too many or too few arguments.",
    "error.unhashable": "Something that can change is used as a key of a dictionary, or in a set.",
    "error.truth": "An `if` or `while` looks at a whole array, where it wants one yes or no.",
    "error.shape_as_numbers": "A shape has to be one tuple: `np.zeros((2, 3))`, with two pairs of brackets.",
    "error.whole_number": "A whole number is wanted, and a float was given.",
    "error.not_iterable": "A loop or `sum` runs over a single number.",
    "error.no_length": "`len` is asked of a single number.",
    "error.element_sequence": "An array or a list is put in the place of one number.",
    "error.unpacking": "Another number of values comes than there are names for them.",
    "error.assignment": "Something is assigned to a part of a thing that cannot be changed.",
    "error.read_only": "Something is written into an array that may only be read.",
    "error.zero_division": "Something is divided by 0.",
    "error.math_domain": "A root or logarithm is taken of a number that has none.",
    "error.overflow": "A number gets too large for a float.",
    "error.recursion": "A function calls itself without end.",
    "error.negative_power": "Whole numbers cannot be raised to negative powers; floats can.",
    "error.import": "A module is imported that is not here.",
    # Names.
    "error.name.not_imported": "`{name}` has not been imported: put `{line}` at the top.",
    "error.name.near": "There is no `{name}`: is `{near}` meant?",
    "error.name.of_numpy": "There is no `{name}` of Python's own: is numpy's meant, `np.{name}`?",
    "error.name.blank": "`{blank}` is a blank that is still to be filled: write your code in its place.",
    "error.name.unknown": (
        "Nothing has been called `{name}` before this line. Is it misspelt, or computed somewhere else?"
    ),
    "error.name.other_versions": (
        "The numpy that runs here has no `{name}`; older or newer versions do. Write `{instead}` in its place."
    ),
    "error.name.line_failed": "{place:capital}, which should make `{name}`, {what}",
    "error.name.line_stopped": "{place:capital}, which should make `{name}`, {what}.",
    "error.name.not_in_numpy": (
        "numpy has nothing that is called `{name}`. Look the name up, or write it out with operations that you know."
    ),
    "error.name.append": "An array cannot grow like a list: make one of the full length first, or collect in a list.",
    "error.name.no_method": (
        "`{name}` is a function of numpy's, not of the array: write `np.{name}(x)`, not `x.{name}()`."
    ),
    "error.before_assignment.name": (
        "`{name}` is used before it has a value. Give it one first, outside of any loop or `if`."
    ),
    "error.import.name": "There is no module `{name}` here. The exercise needs numpy only.",
    "error.attribute.list": "A list has no `.{name}`, an array has. Make one with `np.array(...)`.",
    "error.attribute.tuple": "A tuple has no `.{name}`, an array has. Make one with `np.array(...)`.",
    "error.attribute.number": (
        "A plain number has no `.{name}`, an array has. Use numpy's functions, which take both."
    ),
    "error.attribute.other": "This is no array, so it has no `.{name}`. Print what it is.",
    "error.attribute.none": _NONE,
    "error.attribute.function": _FUNCTION,
    # Shapes.
    "error.shapes.rule": f"{_MATCHING}.",
    "error.shapes.keepdims": (
        f"{_MATCHING}. To go with the rows of {{matrix}}, {{vector}} has to be {{column}}: `keepdims`?"
    ),
    "error.shapes.lengths": f"{_MATCHING}: here {{one}} meets {{other}}. Print the shapes of both sides.",
    "error.shapes.output": (
        "The result is larger than the array that it is written into. Write `a = a + b`, not `a += b`?"
    ),
    "error.shapes.place": (
        "What is assigned has the shape {came}, its place the shape {place}. Which of the two is not as you think?"
    ),
    "error.shapes.concatenate": (
        "Arrays that are joined must have the same lengths along all other axes. Print their shapes."
    ),
    "error.product.shapes": (
        "For a matrix product the first must have as many columns as the second has rows: "
        "{one} and {other} do not fit. Is a `.T` missing, or `*` meant?"
    ),
    "error.product.sizes": (
        "For `@` the columns of the first ({columns}) must be as many as the rows of the second ({rows}). "
        "Is a `.T` missing, or `*` meant?"
    ),
    "error.product.number": "`@` multiplies matrices and vectors; for a single number, use `*`.",
    "error.reshape.size": Plural(
        "size",
        "{size:,} number cannot fill a shape {shape}, which has {places}. Is a size written in?",
        "{size:,} numbers cannot fill a shape {shape}, which has {places}. Is a size written in?",
    ),
    "error.places": Plural("count", "{count:,} place", "{count:,} places"),
    "error.reshape.rest": Plural(
        "size",
        "{size:,} number cannot be laid out evenly as {shape}. Which sizes should the shape be made of?",
        "{size:,} numbers cannot be laid out evenly as {shape}. Which sizes should the shape be made of?",
    ),
    # Indices and axes.
    "error.index.axis": Plural(
        "size",
        "Axis {axis} has {size:,} element, numbered from 0 to {last}, so there is no {index}.",
        "Axis {axis} has {size:,} elements, numbered from 0 to {last}, so there is no {index}.",
    ),
    "error.index.nothing": "Axis {axis} has no elements at all, so there is none to take.",
    "error.index.shape": "The shape has fewer axes than the index asks for; they are numbered from 0.",
    "error.index.list": "The list is shorter than the index asks for; elements are numbered from 0.",
    "error.index.tuple": "The tuple is shorter than the index asks for; elements are numbered from 0.",
    "error.index.string": "The string is shorter than the index asks for; elements are numbered from 0.",
    "error.too_many_indices.count": Plural(
        "ndim",
        "The array has {ndim} axis, and {count} indices were given. Is it the array that you think?",
        "The array has {ndim} axes, and {count} indices were given. Is it the array that you think?",
    ),
    "error.too_many_indices.number": _NUMBER_INDEXED,
    "error.number_indexed.number": _NUMBER_INDEXED,
    "error.index_kind.here": (
        "An index has to be a whole number. Is it a float, or are there two indices for a list of lists?"
    ),
    "error.axis.array": (
        "The array has {ndim} axes, numbered from 0 to {last}, so there is no axis {axis}. "
        "Is it the array that you think?"
    ),
    "error.axis.vector": (
        "The array has 1 axis, numbered 0, so there is no axis {axis}. Is it the array that you think?"
    ),
    "error.axis.number": (
        "A single number has no axes, so there is no axis {axis}. Should several arguments be one list?"
    ),
    # Calls and brackets.
    "error.call.module": "A module cannot be called: name the function in it, as in `np.array(...)`.",
    "error.call.array": (
        "An array is no function: `[...]` takes elements of it, `*` multiplies it. Is one of them meant?"
    ),
    "error.call.tuple": (
        "A tuple is no function: `x.shape[0]` has square brackets. Or is a comma missing between two brackets?"
    ),
    "error.call.list": (
        "A list is no function: square brackets take elements of it. Or is a comma missing between two brackets?"
    ),
    "error.call.number": (
        "A number is no function: is a `*` missing in front of a bracket, or a name taken for two things?"
    ),
    "error.call.numpy_number": "A number is no function: is a `*` missing in front of a bracket?",
    "error.call.string": "A text is no function. Is a name taken for two things?",
    "error.call.none": _NONE,
    "error.brackets.function": "A function is called with round brackets: `f(x)`, not `f[x]`.",
    "error.brackets.none": _NONE,
    "error.brackets.number": _NUMBER_INDEXED,
    "error.keyword.near": "There is no argument `{name}`: is `{near}` meant?",
    "error.keyword.unknown": "`{function}` has no argument called `{name}`.",
    "error.arguments.count": (
        "Count what stands between the brackets of `{function}`. Should several things be one list, or is one missing?"
    ),
    # What things are.
    "error.caret.here": "In Python a power is written `**`: `x ** 2`. `^` works on single bits.",
    "error.operands.list": (
        "Lists do not calculate element by element; arrays do. Make an array with `np.array(...)` first."
    ),
    "error.operands.string": ("There is a text among the numbers. Does something stand in quotes that should not?"),
    "error.operands.none": _NONE,
    "error.operands.function": _FUNCTION,
    "error.not_numbers.here": "A numpy function got something else than numbers. Print what you give it.",
    "error.not_numbers.none": _NONE,
    "error.one_number.here": (
        "One number is wanted here, and a whole array was given. Does `float` or `int` stand around an array? "
        "An array with one element is an array too: `x.item()` takes the number out of it."
    ),
    "error.one_number.math": (
        "`math.{function}` takes one number only. `np.{function}` works on every element of an array."
    ),
    "error.in_place.here": (
        "The array holds whole numbers, and decimals cannot be written into it. "
        "Make a new array: `x = x / 2`, not `x /= 2`, which would change the caller's array too."
    ),
    "error.unhashable.array": (
        "An array cannot be a key of a dictionary, or stand in a set. Do curly brackets stand where others are meant?"
    ),
    "error.unhashable.other": (
        "A {what} cannot be a key of a dictionary, or stand in a set. Do curly brackets stand where others are meant?"
    ),
    "error.truth.here": (
        "`if`, `while`, `and`, `or`, `max` and `min` want one yes or no, and an array has one for each element. "
        "Is `np.where`, `np.maximum` or `.any()` meant?"
    ),
    "error.shape_as_numbers.here": (
        "Several sizes or elements have to be one argument: `np.zeros((2, 3))`, `np.array([1, 2])`."
    ),
    "error.whole_number.here": (
        "A whole number is wanted here, and a float was given. Use `//` in place of `/` for sizes and counts."
    ),
    "error.not_iterable.here": ("This is a single number, so there is nothing to go through. Is `range(...)` missing?"),
    "error.no_length.here": "A single number has no length. What is `len` meant to count?",
    "error.element_sequence.here": (
        "One place of an array holds one number, and an array or a list was given: `x.item()` takes the number out of "
        "an array with a single element. Or rows are not equally long."
    ),
    "error.unpacking.fewer": Plural(
        "count",
        "{count:,} name on the left, but fewer values on the right. Print the right side: is it a shape?",
        "{count:,} names on the left, but fewer values on the right. Print the right side: is it a shape?",
    ),
    "error.unpacking.more": Plural(
        "count",
        "{count:,} name on the left, but more values on the right. Print the right side: is it a shape?",
        "{count:,} names on the left, but more values on the right. Print the right side: is it a shape?",
    ),
    "error.assignment.tuple": f"A tuple {_CHANGED_IN_PART}",
    "error.assignment.str": f"A text {_CHANGED_IN_PART}",
    "error.assignment.number": f"A single number {_CHANGED_IN_PART}",
    "error.read_only.here": "This array may only be read. Work on a copy: `x = x.copy()`.",
    # Numbers.
    "error.zero_division.here": "The divisor is 0 for these arguments. Where does it come from?",
    "error.math_domain.here": (
        "A root of a negative number, or a logarithm of one that is not positive. Is a sign wrong?"
    ),
    "error.overflow.here": "The number is too large for a float. `math.exp` ends at about 709.",
    "error.recursion.here": (
        "The function calls itself and never stops. Which call has to give an answer without another call?"
    ),
    "error.negative_power.here": "Whole numbers cannot be raised to negative powers. Use a float: `10.0 ** -2`.",
}
