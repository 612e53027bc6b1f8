"""What is said of the errors that beginners of numpy really get: what Python means, and what it often comes of."""

from __future__ import annotations

from typing import Final

from grader.judge.wording import quantity

__all__ = [
    "ARRAY_APPEND",
    "CARET",
    "CONCATENATE",
    "ELEMENT_SEQUENCE",
    "FUNCTION_INDEXED",
    "FUNCTION_USED",
    "GENERAL",
    "INDEX_KIND",
    "IN_PLACE",
    "LIST_ARITHMETIC",
    "MATH_DOMAIN",
    "MODULE_CALLED",
    "NEGATIVE_POWER",
    "NONE_USED",
    "NOT_CALLED",
    "NOT_ITERABLE",
    "NOT_NUMBERS",
    "NO_LENGTH",
    "NUMBER_INDEXED",
    "ONE_NUMBER",
    "OUTPUT_GROWS",
    "OVERFLOW",
    "PRODUCT_NUMBER",
    "READ_ONLY",
    "RECURSION",
    "SHAPE_AS_NUMBERS",
    "STRING_USED",
    "TRUTH",
    "WHOLE_NUMBER",
    "ZERO_DIVISION",
    "alias_gone",
    "argument_count",
    "assignment",
    "axis",
    "before_assignment",
    "broadcast",
    "does_not_fit_in",
    "function_not_method",
    "index",
    "math_of_array",
    "near_keyword",
    "near_name",
    "no_module",
    "not_an_array",
    "not_callable",
    "not_imported",
    "not_in_numpy",
    "of_numpy",
    "product",
    "product_sizes",
    "reshape",
    "reshape_rest",
    "sequence_index",
    "too_many_indices",
    "unhashable",
    "unknown_keyword",
    "unknown_name",
    "unpacking",
]

GENERAL: Final = {
    "name": "A name is used that Python does not know. Is it misspelt, or not imported?",
    "before_assignment": "A variable is used before it has a value.",
    "attribute": "Something is not what the code takes it for: it lacks an attribute that is asked of it.",
    "shapes": "Two shapes do not fit together. Print the shapes of both sides.",
    "product": "Two shapes do not fit for a matrix product. Print them before the product.",
    "reshape": "A reshape asks for another number of places than there are numbers. Is a size written in?",
    "axis": "An axis is asked for that the array does not have. How many axes has it?",
    "index": "An index goes past the end. Does a loop run too far, or is a size written in?",
    "too_many_indices": "There are more indices than the array has axes.",
    "number_indexed": "A single number is indexed as if it were an array.",
    "index_kind": "An index is not a whole number.",
    "call": "Something is called with round brackets that is no function. Is a `*` or a comma missing?",
    "brackets": "Square brackets stand behind something that takes none.",
    "caret": "A power is written `**` in Python; `^` is something else.",
    "operands": "An operation is asked for between things that do not go together.",
    "not_numbers": "A numpy function got something else than numbers.",
    "one_number": "A function that takes one number got an array.",
    "in_place": "Decimals are written into an array of whole numbers. Make a new array instead.",
    "keyword": "A function got an argument under a name that it does not have.",
    "arguments": "A function got too many or too few arguments.",
    "unhashable": "Something that can change is used as a key of a dictionary, or in a set.",
    "truth": "An `if` or `while` looks at a whole array, where it wants one yes or no.",
    "shape_as_numbers": "A shape has to be one tuple: `np.zeros((2, 3))`, with two pairs of brackets.",
    "whole_number": "A whole number is wanted, and a float was given.",
    "not_iterable": "A loop or `sum` runs over a single number.",
    "no_length": "`len` is asked of a single number.",
    "element_sequence": "Something longer than one number is put in the place of one number.",
    "unpacking": "Another number of values comes than there are names for them.",
    "assignment": "Something is assigned to a part of a thing that cannot be changed.",
    "read_only": "Something is written into an array that may only be read.",
    "zero_division": "Something is divided by 0.",
    "math_domain": "A root or logarithm is taken of a number that has none.",
    "overflow": "A number gets too large for a float.",
    "recursion": "A function calls itself without end.",
    "negative_power": "Whole numbers cannot be raised to negative powers; floats can.",
    "import": "A module is imported that is not here.",
}

ARRAY_APPEND: Final = "An array cannot grow like a list: make one of the full length first, or collect in a list."
NONE_USED: Final = (
    "Something here is None. Does a function of yours end without `return`, or was a line left as `None`?"
)
FUNCTION_USED: Final = "A function itself is used here, not what it gives: are the brackets of a call missing?"
OUTPUT_GROWS: Final = "The result is larger than the array that it is written into. Write `a = a + b`, not `a += b`?"
CONCATENATE: Final = "Arrays that are joined must have the same lengths along all other axes. Print their shapes."
PRODUCT_NUMBER: Final = "`@` multiplies matrices and vectors; for a single number, use `*`."
NUMBER_INDEXED: Final = "This is a single number, so there is nothing to index. Was something summed up already?"
INDEX_KIND: Final = "An index has to be a whole number. Is it a float, or are there two indices for a list of lists?"
MODULE_CALLED: Final = "A module cannot be called: name the function in it, as in `np.array(...)`."
FUNCTION_INDEXED: Final = "A function is called with round brackets: `f(x)`, not `f[x]`."
CARET: Final = "In Python a power is written `**`: `x ** 2`. `^` works on single bits."
LIST_ARITHMETIC: Final = (
    "Lists do not calculate element by element; arrays do. Make an array with `np.array(...)` first."
)
STRING_USED: Final = "There is a text among the numbers. Does something stand in quotes that should not?"
NOT_NUMBERS: Final = "A numpy function got something else than numbers. Print what you give it."
ONE_NUMBER: Final = (
    "One number is wanted here, and a whole array was given. Does `float` or `int` stand around an array?"
)
IN_PLACE: Final = (
    "The array holds whole numbers, and decimals cannot be written into it. "
    "Make a new array: `x = x / 2`, not `x /= 2`, which would change the caller's array too."
)
TRUTH: Final = (
    "`if`, `while`, `and`, `or`, `max` and `min` want one yes or no, and an array has one for each element. "
    "Is `np.where`, `np.maximum` or `.any()` meant?"
)
SHAPE_AS_NUMBERS: Final = "Several sizes or elements have to be one argument: `np.zeros((2, 3))`, `np.array([1, 2])`."
WHOLE_NUMBER: Final = (
    "A whole number is wanted here, and a float was given. Use `//` in place of `/` for sizes and counts."
)
NOT_ITERABLE: Final = "This is a single number, so there is nothing to go through. Is `range(...)` missing?"
NO_LENGTH: Final = "A single number has no length. What is `len` meant to count?"
ELEMENT_SEQUENCE: Final = "One place of an array holds one number, and more was given; or rows are not equally long."
READ_ONLY: Final = "This array may only be read. Work on a copy: `x = x.copy()`."
ZERO_DIVISION: Final = "The divisor is 0 for these arguments. Where does it come from?"
MATH_DOMAIN: Final = "A root of a negative number, or a logarithm of one that is not positive. Is a sign wrong?"
OVERFLOW: Final = "The number is too large for a float. `math.exp` ends at about 709."
RECURSION: Final = "The function calls itself and never stops. Which call has to give an answer without another call?"
NEGATIVE_POWER: Final = "Whole numbers cannot be raised to negative powers. Use a float: `10.0 ** -2`."

NOT_CALLED: Final = {
    "numpy.ndarray": "An array is no function: `[...]` takes elements of it, `*` multiplies it. Is one of them meant?",
    "tuple": "A tuple is no function: `x.shape[0]` has square brackets. Or is a comma missing between two brackets?",
    "list": "A list is no function: square brackets take elements of it. Or is a comma missing between two brackets?",
    "int": "A number is no function: is a `*` missing in front of a bracket, or a name taken for two things?",
    "float": "A number is no function: is a `*` missing in front of a bracket, or a name taken for two things?",
    "numpy.float64": "A number is no function: is a `*` missing in front of a bracket?",
    "numpy.int64": "A number is no function: is a `*` missing in front of a bracket?",
    "NoneType": NONE_USED,
    "str": "A text is no function. Is a name taken for two things?",
}


def not_callable(what: str) -> str:
    """Round brackets behind something that is no function."""
    return NOT_CALLED[what]


def not_imported(name: str, line: str) -> str:
    """A module's name without its import."""
    return f"`{name}` has not been imported: put `{line}` at the top."


def near_name(name: str, near: str) -> str:
    """A name, and the one that it looks like."""
    return f"There is no `{name}`: is `{near}` meant?"


def of_numpy(name: str) -> str:
    """A function of numpy without its `np.`."""
    return f"There is no `{name}` of Python's own: is numpy's meant, `np.{name}`?"


def unknown_name(name: str) -> str:
    """A name that looks like nothing known."""
    return f"Nothing has been called `{name}` before this line. Is it misspelt, or computed somewhere else?"


def alias_gone(name: str) -> str:
    """`np.float` and the like."""
    return f"`np.{name}` is gone from numpy. Write `{name}`, without `np.`."


def not_in_numpy(name: str) -> str:
    """Nothing in numpy looks like it."""
    return (
        f"numpy has nothing that is called `{name}`. Look the name up, or write it out with operations that you know."
    )


def function_not_method(name: str) -> str:
    """`x.exp()`."""
    return f"`{name}` is a function of numpy's, not of the array: write `np.{name}(x)`, not `x.{name}()`."


def not_an_array(owner: str, name: str) -> str:
    """`.shape` of a list or a number."""
    if owner in ("list", "tuple"):
        return f"A {owner} has no `.{name}`, an array has. Make one with `np.array(...)`."
    if owner in ("int", "float"):
        return f"A plain number has no `.{name}`, an array has. Use numpy's functions, which take both."
    return f"This is no array, so it has no `.{name}`. Print what it is."


def before_assignment(name: str) -> str:
    """A local variable without a value."""
    return f"`{name}` is used before it has a value. Give it one first, outside of any loop or `if`."


def broadcast(one: tuple[int, ...], other: tuple[int, ...]) -> str:
    """Two shapes that numpy cannot bring together."""
    fact = "numpy matches shapes from the right, and lengths must be equal or 1"
    short, long = sorted((one, other), key=len)
    if len(short) == 1 and len(long) == 2 and short[0] == long[0]:
        return f"{fact}. To go with the rows of {long}, {short} has to be {(*short, 1)}: `keepdims`?"
    pairs = list(zip(reversed(one), reversed(other), strict=False))
    a, b = next(((a, b) for a, b in pairs if a != b and 1 not in (a, b)), (0, 0))
    return f"{fact}: here {a} meets {b}. Print the shapes of both sides." if a != b else f"{fact}."


def does_not_fit_in(came: str, place: str) -> str:
    """A row assigned that is longer than the row it goes to."""
    return f"What is assigned has the shape {came}, its place the shape {place}. Which of the two is not as you think?"


def product(shapes: str) -> str:
    """`np.dot` of two matrices that do not fit."""
    return (
        f"For a matrix product the first must have as many columns as the second has rows: {shapes} do not fit. "
        "Is a `.T` missing, or `*` meant?"
    )


def product_sizes(columns: str, rows: str) -> str:
    """`@` of two matrices that do not fit."""
    return (
        f"For `@` the columns of the first ({columns}) must be as many as the rows of the second ({rows}). "
        "Is a `.T` missing, or `*` meant?"
    )


def reshape(size: int, shape: str, places: int) -> str:
    """A new shape with another number of places."""
    numbers, room = quantity(size, "number"), quantity(places, "place")
    return f"{numbers} cannot fill a shape {shape}, which has {room}. Is a size written in?"


def reshape_rest(size: int, shape: str) -> str:
    """A new shape with -1 that does not come out even."""
    return f"{quantity(size, 'number')} cannot be laid out evenly as {shape}. Which sizes should the shape be made of?"


def index(number: int, axis: int, size: int) -> str:
    """An index past the end."""
    if not size:
        return f"Axis {axis} has no elements at all, so there is none to take."
    return f"Axis {axis} has {quantity(size, 'element')}, numbered from 0 to {size - 1}, so there is no {number}."


def sequence_index(what: str, source: str) -> str:
    """An index past the end of a list or tuple."""
    if what == "tuple" and ".shape" in source:
        return "The shape has fewer axes than the index asks for; they are numbered from 0."
    return f"The {what} is shorter than the index asks for; elements are numbered from 0."


def too_many_indices(ndim: int, count: int) -> str:
    """More indices than axes."""
    if not ndim:
        return NUMBER_INDEXED
    return f"The array has {_axes(ndim)}, and {count} indices were given. Is it the array that you think?"


def axis(number: int, ndim: int) -> str:
    """An axis that is not there."""
    if not ndim:
        return f"A single number has no axes, so there is no axis {number}. Should several arguments be one list?"
    numbered = "numbered 0" if ndim == 1 else f"numbered from 0 to {ndim - 1}"
    return f"The array has {_axes(ndim)}, {numbered}, so there is no axis {number}. Is it the array that you think?"


def _axes(ndim: int) -> str:
    return "1 axis" if ndim == 1 else f"{ndim} axes"


def near_keyword(name: str, near: str) -> str:
    """`keepdim=True`."""
    return f"There is no argument `{name}`: is `{near}` meant?"


def unknown_keyword(function: str, name: str) -> str:
    """An argument that the function does not have."""
    return f"`{function.split('.')[-1]}` has no argument called `{name}`."


def argument_count(function: str) -> str:
    """Too many or too few arguments for a function that the student called."""
    return (
        f"Count what stands between the brackets of `{function}`. Should several things be one list, or is one missing?"
    )


def unhashable(what: str) -> str:
    """An array in a set."""
    noun = "An array" if what == "numpy.ndarray" else f"A {what}"
    return f"{noun} cannot be a key of a dictionary, or stand in a set. Do curly brackets stand where others are meant?"


def math_of_array(function: str) -> str:
    """`math.exp(x)` of an array."""
    return f"`math.{function}` takes one number only. `np.{function}` works on every element of an array."


def unpacking(count: int, way: str) -> str:
    """`m, n = x.shape` of a vector."""
    fewer = "fewer" if way == "not enough" else "more"
    return (
        f"{quantity(count, 'name')} on the left, but {fewer} values on the right. Print the right side: is it a shape?"
    )


def assignment(what: str) -> str:
    """`x.shape[0] = 3`, and elements of numbers."""
    noun = {"tuple": "A tuple", "str": "A text"}.get(what, "A single number")
    return f"{noun} cannot be changed in part. Make a new one, or use an array or a list."


def no_module(name: str) -> str:
    """An import inside the function."""
    return f"There is no module `{name}` here. The exercise needs numpy only."
