"""Every text about a submission, word for word: read them aloud before you change one."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.course.binding import bind
from grader.course.disagreement import Disagreement
from grader.course.key import AnswerKey, Comparison, Dtype, Parameter
from grader.course.signature import Kind, Leaf, parse
from grader.judge import feedback, unwritten
from grader.judge.compare import Difference, compare
from grader.judge.differences import difference_messages
from grader.judge.elsewhere import stands_elsewhere
from grader.judge.result import Outcome, Rule
from grader.message import Message
from grader.observation import Place, Raised, Status
from grader.observe.refusals import FORBIDDEN
from grader.observe.wire import Definition, Elsewhere, Replaced, SyntaxFault
from grader.values import Opaque, Value
from grader.words.text import lines

FLOATS = Leaf(Kind.FLOAT, "...")
GRID = np.arange(15.0).reshape(3, 5)
FIRST_ROW = np.array([[1.0], [0.0], [0.0]])
OFF = GRID + np.array([[0.31, 0, 0, 0, 0], [0, 0, 1e-7, 0, 0], [0, 0, 0, 0, -5]])
NAN_AT_4 = np.where(GRID == 4.0, np.nan, GRID)
WHY_NAN = (
    "nan comes of 0/0, of 0 * inf and inf - inf, of roots and logarithms of negative numbers, "
    "and of anything with a nan in it."
)
WHY_INF = "inf comes of dividing by 0, of the logarithm of 0, and of numbers too large, such as np.exp(1000.0)."


def difference(expected: Value, actual: Value, kind: Kind = Kind.FLOAT, dtype: Dtype = Dtype.KIND) -> Difference:
    found = compare(expected, actual, Comparison(dtype=dtype), Leaf(kind, "..."))
    assert found is not None
    return found


def argument(before: Value, after: Value) -> Difference:
    found = compare(before, after, Comparison(0.0, 0.0, Dtype.EXACT), FLOATS, "x")
    assert found is not None
    return found


def disagreement(signature: str, value: Value) -> Disagreement:
    with pytest.raises(Disagreement) as error:
        bind(parse(signature), value, {}, "result")
    return error.value


DIFFERENCES = {
    "a field of another name": (
        difference(np.zeros(2, [("a", int), ("b", int)]), np.zeros(2, [("A", int), ("b", int)])),
        "The field 'a' of the structured array is missing: is 'A' meant to be it?",
    ),
    "a field missing": (
        difference(np.zeros(2, [("a", int), ("b", int)]), np.zeros(2, [("b", int)])),
        "The field 'a' of the structured array is missing.",
    ),
    "a field too many": (
        difference((1, np.zeros(2, [("b", int)])), (1, np.zeros(2, [("a", int), ("b", int)]))),
        "The field 'a' of the structured array `result[1]` is not asked for.",
    ),
    "some numbers": (
        difference(GRID, OFF),
        (
            "2 of 15 numbers differ; the first is `result[0, 0]`: 0.31 came back, 0.0 was expected.\n"
            "The largest error is 5.0."
        ),
    ),
    "all numbers": (
        difference(GRID, GRID + 1),
        (
            "All 15 numbers differ; the first is `result[0, 0]`: 1.0 came back, 0.0 was expected.\n"
            "The largest error is 1.0."
        ),
    ),
    "one of many": (
        difference(GRID, np.where(GRID == 4.0, 5.5, GRID)),
        "1 of 15 numbers differs, `result[0, 4]`: 5.5 came back, 4.0 was expected.",
    ),
    "one of one": (
        difference(np.array([1.0]), np.array([2.0])),
        "1 of 1 number differs, `result[0]`: 2.0 came back, 1.0 was expected.",
    ),
    "one number": (difference(1 / 3, 0.333334), "0.333334 came back, but 0.333333 was expected."),
    "one number of a tuple": (
        difference((1.0, 2.0), (1.0, 3.0)),
        "`result[1]` is 3.0, but 2.0 was expected.",
    ),
    "bools": (
        difference(np.array([True, False]), np.array([True, True])),
        "1 of 2 values differs, `result[1]`: True came back, False was expected.",
    ),
    "strings": (
        difference(np.array(["a", "b"]), np.array(["c", "d"])),
        "Both strings differ; the first is `result[0]`: 'c' came back, 'a' was expected.",
    ),
    "strings that speak of numbers": (
        difference(np.array(["a", "b"]), np.array(["a", "info"])),
        "1 of 2 strings differs, `result[1]`: 'info' came back, 'b' was expected.",
    ),
    "text": (difference("abc", "abd"), "'abd' came back, but 'abc' was expected."),
    "long text": (
        difference("a" * 100 + "b", "a" * 100 + "c"),
        (
            "…'aaaaaaaaaaaaaaaaaaaac' came back, but …'aaaaaaaaaaaaaaaaaaaab' was expected.\n"
            "They differ from character 101 on."
        ),
    ),
    "nan": (difference(GRID, NAN_AT_4), f"`result[0, 4]` is nan, but 4.0 was expected.\n{WHY_NAN}"),
    "nan and more": (
        difference(GRID, NAN_AT_4 + FIRST_ROW),
        f"`result[0, 4]` is nan, but 4.0 was expected.\n{WHY_NAN}\nIn all, 5 of 15 numbers differ.",
    ),
    "no nan": (difference(NAN_AT_4, GRID), "`result[0, 4]` is 4.0, but nan was expected."),
    "one nan": (difference(1.0, math.nan), f"nan came back, but 1.0 was expected.\n{WHY_NAN}"),
    "inf": (
        difference(GRID, np.where(GRID > 3, -np.inf, GRID)),
        f"`result[0, 4]` is -inf, but 4.0 was expected.\n{WHY_INF}\nIn all, 11 of 15 numbers differ.",
    ),
    "shape": (difference(np.zeros((4, 3)), np.zeros(3)), "The shape is (3,), but should be (4, 3)."),
    "shape of a part": (
        difference((1.0, np.zeros((4, 3))), (1.0, np.zeros(3))),
        "The shape of `result[1]` is (3,), but should be (4, 3).",
    ),
    "an array for a number": (
        difference(1.0, np.zeros(1)),
        "An array of shape (1,) came back, but one number is asked for.",
    ),
    "a number for an array": (
        difference(np.zeros(3), 1.0),
        "One number came back, but an array of shape (3,) is asked for.",
    ),
    "complex": (
        difference(GRID, GRID + 0j),
        (
            "The dtype is complex128, but real numbers (float) are asked for: "
            "take the real part with .real, if the imaginary parts are 0."
        ),
    ),
    "float for int": (
        difference(3, 3.0, Kind.INT),
        (
            "The type is float, but whole numbers (int) are asked for: "
            "use // for whole division, or .astype(int) where the numbers are whole already."
        ),
    ),
    "a float that is cut to the int": (
        difference(np.array([1, 2]), np.array([1.5, 2.0]), Kind.INT),
        (
            "The dtype is float64, but whole numbers (int) are asked for: "
            "use // for whole division, or .astype(int) where the numbers are whole already."
        ),
    ),
    "a float that is another number": (
        difference(np.array([3, 0]), np.array([0.75, 0.25]), Kind.INT),
        "The dtype is float64, but whole numbers (int) are asked for.",
    ),
    "a nan for an int": (difference(3, np.nan, Kind.INT), "The type is float, but whole numbers (int) are asked for."),
    "int for bool": (
        difference(np.array([True]), np.array([1]), Kind.BOOL),
        (
            "The dtype is int64, but True or False (bool) are asked for: "
            "a comparison such as `x > 0` gives True and False."
        ),
    ),
    "strings for numbers": (
        difference(GRID, GRID.astype(str)),
        "The dtype is str, but real numbers (float) are asked for.",
    ),
    "exact dtype": (
        difference(GRID.astype("f4"), GRID, dtype=Dtype.EXACT),
        "The dtype is float64, but should be float32.",
    ),
    "None": (difference(GRID, None), "Nothing came back (None): is there a `return`?"),
    "None in a part": (
        difference((1.0, GRID), (1.0, None)),
        "`result[1]` is None, but an array of shape (3, 5) is asked for.",
    ),
    "something for None": (
        difference(None, GRID),
        "An array of shape (3, 5) came back, but nothing (None) is asked for.",
    ),
    "a list for an array": (
        difference(GRID, GRID.tolist()),
        "A list came back, but an array of shape (3, 5) is asked for: wrap it in np.array(...).",
    ),
    "a list deep inside": (
        difference((1.0, {"W": GRID}), (1.0, {"W": GRID.tolist()})),
        "`result[1]['W']` is a list, but an array of shape (3, 5) is asked for: wrap it in np.array(...).",
    ),
    "an array for a list": (
        difference([1.0], np.array([1.0])),
        "An array of shape (1,) came back, but a list is asked for: make it one with .tolist().",
    ),
    "a list for a tuple": (
        difference((1.0, 2.0), [1.0, 2.0]),
        "A list came back, but a tuple of 2 is asked for: write (a, b) in place of [a, b].",
    ),
    "a tuple for a list": (
        difference([1.0, 2.0], (1.0, 2.0)),
        "A tuple of 2 came back, but a list is asked for: write [a, b] in place of (a, b).",
    ),
    "a string": (difference(1.0, "1.0"), "A string came back, but one number is asked for."),
    "matrix": (
        difference(GRID, Opaque("numpy.matrix")),
        (
            "A numpy.matrix came back, but an array of shape (3, 5) is asked for: "
            "make it an ordinary array with np.asarray(...)."
        ),
    ),
    "masked": (
        difference(GRID, Opaque("numpy.MaskedArray")),
        (
            "A masked array came back, but an array of shape (3, 5) is asked for: "
            "fill the masked places with .filled(...)."
        ),
    ),
    "generator": (
        difference(GRID, Opaque("generator")),
        (
            "A generator came back, but an array of shape (3, 5) is asked for: "
            "collect what it yields with np.array(list(...))."
        ),
    ),
    "function": (
        difference(GRID, Opaque("function")),
        "A function came back, but an array of shape (3, 5) is asked for.\nAre the brackets of a call missing?",
    ),
    "instance": (
        difference(GRID, Opaque("Layer")),
        "An object of type Layer came back, but an array of shape (3, 5) is asked for.",
    ),
    "object array": (
        difference(GRID, np.array([1, "a", None], dtype=object)),
        (
            "An array of objects of shape (3,) came back, but an array of shape (3, 5) is asked for: "
            "its elements are no plain numbers, or its rows are not equally long."
        ),
    ),
    "object array of numbers": (
        difference(GRID, GRID.astype(object)),
        (
            "An array of objects of shape (3, 5) came back, but an array of shape (3, 5) is asked for: "
            "its dtype is object, though it holds numbers; make them floats with .astype(float)."
        ),
    ),
    "object array of ints": (
        difference(np.arange(3), np.arange(3).astype(object), Kind.INT),
        (
            "An array of objects of shape (3,) came back, but an array of shape (3,) is asked for: "
            "its dtype is object, though it holds numbers; make them ints with .astype(int)."
        ),
    ),
    "object array of strings": (
        difference(np.array(["a", "b"]), np.array(["a", "b"], dtype=object), Kind.STR),
        (
            "An array of objects of shape (2,) came back, but an array of strings of shape (2,) is asked for: "
            "its dtype is object, though it holds strings; make it an array of strings with .astype(str)."
        ),
    ),
    "object array of bools": (
        difference(np.array([True, False]), np.array([True, False], dtype=object), Kind.BOOL),
        (
            "An array of objects of shape (2,) came back, but an array of bools of shape (2,) is asked for: "
            "its dtype is object, though it holds True and False; make it an array of bools with .astype(bool)."
        ),
    ),
    "object array of complex numbers": (
        difference(np.array([1j]), np.array([1j], dtype=object), Kind.COMPLEX),
        (
            "An array of objects of shape (1,) came back, but an array of shape (1,) is asked for: "
            "its dtype is object, though it holds numbers; make them complex numbers with .astype(complex)."
        ),
    ),
    "object array of complex numbers for floats": (
        difference(np.array([1.0]), np.array([np.complex128(1j)], dtype=object)),
        "An array of objects of shape (1,) came back, but an array of shape (1,) is asked for.",
    ),
    "object array of fractions for ints": (
        difference(np.array([1, 2]), np.array([1.5, 2.5], dtype=object), Kind.INT),
        "An array of objects of shape (2,) came back, but an array of shape (2,) is asked for.",
    ),
    "object array of lists for strings": (
        difference(np.array(["a", "b"]), np.array([["a"], None], dtype=object), Kind.STR),
        "An array of objects of shape (2,) came back, but an array of strings of shape (2,) is asked for.",
    ),
    "too large": (
        difference(1.0, Opaque("int", "too large to send")),
        "An integer too large to look at came back, but one number is asked for.",
    ),
    "too many to look at": (
        difference((1.0, 2.0), Opaque("tuple", "too large to send", (2000,))),
        "A tuple of 2,000 too large to look at came back, but a tuple of 2 is asked for.",
    ),
    "too few parts": (difference((1.0, 2.0, 3.0), (1.0, 2.0)), "The result has 2 parts, but should have 3."),
    "too many elements": (
        difference((1.0, [2.0]), (1.0, [2.0, 3.0])),
        "`result[1]` has 2 elements, but should have 1.",
    ),
    "one part only": (
        difference((GRID, GRID), GRID),
        (
            "An array of shape (3, 5) came back, but a tuple of 2 is asked for.\n"
            "Give back all of its parts, with commas between them, as in `return a, b`."
        ),
    ),
    "a comma too many": (
        difference(GRID, (GRID,)),
        (
            "A tuple of 1 came back, but an array of shape (3, 5) is asked for.\n"
            "Is there a comma too many behind the value that is returned?"
        ),
    ),
    "a key misspelt": (
        difference({"dW": 1.0, "db": 2.0}, {"dw": 1.0, "db": 2.0}),
        "The key 'dW' is missing: is 'dw' meant to be it?",
    ),
    "keys missing in a part": (
        difference([dict.fromkeys("abcde", 1.0)], [{}]),
        (
            "The key 'a' of `result[0]` is missing.\nThe key 'b' of `result[0]` is missing.\n"
            "The key 'c' of `result[0]` is missing.\nSo are 2 more."
        ),
    ),
    "keys of another type": (
        difference({"W1": 1, "b1": 2}, {1: 1, "b1": 2}),
        "The key 'W1' is missing.\nThe key 1 is not asked for.",
    ),
    "one key more is missing": (
        difference(dict.fromkeys("abcd", 1.0), {}),
        "The key 'a' is missing.\nThe key 'b' is missing.\nThe key 'c' is missing.\nSo is 1 more.",
    ),
    "a key too many": (difference({}, {"a": 1.0}), "The key 'a' is not asked for."),
    "keys too many": (
        difference({}, dict.fromkeys("abcde", 1.0)),
        "The keys 'a', 'b', 'c' and 2 more are not asked for.",
    ),
}


@pytest.mark.parametrize(("found", "text"), DIFFERENCES.values(), ids=DIFFERENCES.keys())
def test_differences(found: Difference, text: str) -> None:
    messages = difference_messages(found)
    assert lines(messages) == text
    assert feedback.wrong_value(found) == messages
    assert len(messages) == text.count("\n") + 1


SOFTMX = Definition("softmx", "function", 12, None, ("x",), 1)
NO_CELL = Raised("ValueError", "operands could not be broadcast together with shapes (3,) (4,) ", 7)
IN_CELL = Raised("ModuleNotFoundError", "No module named 'torch'", 1, cell=3)

HERE = "{}.{}".format(*sys.version_info)
TEXTS: list[tuple[Callable[..., Message | tuple[Message, ...]], tuple[Any, ...], str]] = [
    (
        feedback.class_for_function,
        ("f",),
        "`f` is a class here: write a function, `def f(...):`, that returns the result.",
    ),
    (
        feedback.raised,
        (Raised("EOFError", "EOF when reading a line"),),
        "It asks for input with `input()`, but nobody is there to type: use the parameters.",
    ),
    (
        feedback.statement_failed,
        (Raised("SystemExit", "0", line=7),),
        "Line 7 ended the program (`exit`, `quit` or `sys.exit`). The rest of the file was loaded all the same.",
    ),
    (feedback.missing, ("softmax",), "`softmax` was not found."),
    (
        stands_elsewhere,
        (Elsewhere("softmax", Place.FUNCTION, 3, 2, "main"),),
        (
            "`softmax` was not found.\nIt stands inside the function `main` (line 3 of cell 2), where nothing outside "
            "can call it. Move it to the left margin, out of `main`."
        ),
    ),
    (
        stands_elsewhere,
        (Elsewhere("softmax", Place.MARKDOWN, None, 0), "work.ipynb"),
        (
            "`softmax` was not found.\nIt stands in the first cell of work.ipynb, which is a Markdown cell: text, "
            "which is not run. Make it a code cell."
        ),
    ),
    (
        stands_elsewhere,
        (Elsewhere("softmax", Place.MAGIC, None, 4, "sql"),),
        (
            "`softmax` was not found.\nIt stands in cell 4, under `%%sql`, which was not run: it is not Python for the "
            "notebook itself. Move it into a cell of its own, without `%%sql`."
        ),
    ),
    (
        feedback.needs_python,
        ("work.py", "3.99"),
        (
            f"work.py needs Python 3.99 or newer, and here is Python {HERE}. Write that line as Python {HERE} has it, "
            "or ask for a newer Python here."
        ),
    ),
    (
        feedback.syntax,
        (SyntaxFault("invalid syntax", 2, source_line="type X = int", needs="3.99"),),
        (
            "Line 2 cannot be read as Python: this is written as only Python 3.99 and newer can read it, and here is "
            f"Python {HERE}."
        ),
    ),
    (
        feedback.syntax,
        (SyntaxFault("invalid syntax", 1, source_line=">>> x = 1"),),
        (
            "Line 1 cannot be read as Python: `>>>` is what Python's prompt prints, and no part of the code; take it "
            "away in every line."
        ),
    ),
    (
        feedback.missing,
        ("softmax", (SOFTMX, Definition("Softmax", "class", 2, 3))),
        (
            "`softmax` was not found.\n`softmx` is defined on line 12: is it meant to be `softmax`?\n"
            "`Softmax` is defined on line 2 of cell 3: is it meant to be `softmax`?"
        ),
    ),
    (
        feedback.not_a_function,
        (Definition("softmax", "name", 9, 2),),
        "`softmax` is not a function: line 9 of cell 2 gives the name to something else.",
    ),
    (
        feedback.syntax,
        (SyntaxFault("Maybe you meant '==' instead of '='?", 7),),
        "Line 7 cannot be read as Python: Maybe you meant '==' instead of '='?",
    ),
    (
        feedback.syntax_left_out,
        (SyntaxFault("Did you mean print(...)?", 7),),
        "Line 7 cannot be read as Python: Did you mean print(...)? The rest of the file was read all the same.",
    ),
    (
        feedback.syntax,
        (SyntaxFault("'(' was never closed", 7),),
        "Line 7 cannot be read as Python: '(' was never closed.",
    ),
    (
        feedback.syntax,
        (SyntaxFault("invalid syntax", 2, cell=3),),
        "Line 2 of cell 3 cannot be read as Python: invalid syntax.",
    ),
    (feedback.syntax, (SyntaxFault(""),), "This file cannot be read as Python: the syntax is wrong."),
    (
        feedback.syntax_left_out,
        (SyntaxFault("invalid syntax", 9),),
        "Line 9 cannot be read as Python: invalid syntax. The rest of the file was read all the same.",
    ),
    (
        feedback.load_failed,
        ("softmax", IN_CELL),
        "`softmax` was never defined, for line 1 of cell 3 stopped with ModuleNotFoundError: No module named 'torch'.",
    ),
    (
        feedback.load_stopped,
        ("softmax", Status.TIMED_OUT, 3),
        "`softmax` was never defined, for line 3 did not finish in time (a loop that never ends?).",
    ),
    (
        feedback.name_failed,
        ("k", Raised("EOFError", "EOF when reading a line", line=3)),
        "Line 3, which should make `k`, asks for input with `input()`, but nobody is there to type.",
    ),
    (
        feedback.name_stopped,
        ("k", Status.TIMED_OUT, 3),
        "Line 3, which should make `k`, did not finish in time (a loop that never ends?).",
    ),
    (
        feedback.statement_failed,
        (IN_CELL,),
        (
            "Line 1 of cell 3 stopped with ModuleNotFoundError: No module named 'torch'. "
            "The rest of the file was loaded all the same."
        ),
    ),
    (
        feedback.statement_stopped,
        (Status.TIMED_OUT, 3),
        "Line 3 did not finish in time (a loop that never ends?); it was left out.",
    ),
    (feedback.statement_stopped, (Status.OUT_OF_MEMORY, 3), "Line 3 needed too much memory; it was left out."),
    (feedback.statement_stopped, (Status.CRASHED, 3), "Line 3 crashed Python; it was left out."),
    (feedback.statement_stopped, (Status.EXITED, 3, 1), "Line 3 of cell 1 ended Python; it was left out."),
    (feedback.statement_stopped, (Status.FLOODED, 3), "Line 3 printed far too much; it was left out."),
    (unwritten.not_attempted, ("softmax",), "`softmax` has no code of yours yet."),
    (
        unwritten.replaced,
        ("softmax", Definition("softmax", "function", 5, 2, blank=True, replaces=Replaced(1, 1))),
        (
            "What you wrote for `softmax` (line 1 of cell 1) is replaced by an empty `softmax` below it "
            "(line 5 of cell 2): Python keeps the last. Delete the empty one."
        ),
    ),
    (feedback.nothing_from_call, (), "The exercise's own call gave None. Is there a `return` in what it calls?"),
    (
        feedback.raised_in_call,
        (Raised("TypeError", "'NoneType' object is not subscriptable"),),
        (
            "The exercise's own call could not go on with what your code gave it: "
            "TypeError: 'NoneType' object is not subscriptable. Is that what is asked for?"
        ),
    ),
    (
        feedback.raised_in_call,
        (Raised("AttributeError", "'Counter' object has no attribute 'total'"),),
        "The exercise looks for `total` in your `Counter`, which has nothing of that name.",
    ),
    (
        feedback.raised_in_call,
        (Raised("AttributeError", "'Counter' object has no attribute 'total'", near=("t",)),),
        (
            "The exercise looks for `total` in your `Counter`, which has nothing of that name. "
            "It has `t`: is that what should have this name?"
        ),
    ),
    (
        unwritten.never_runs,
        (5, None),
        (
            "`raise NotImplementedError` on line 5 stops the function there, so that the code below it never runs. "
            "Delete that line."
        ),
    ),
    (
        unwritten.never_set,
        ("softmax", ("s", "t")),
        "`softmax` gives back `s` and `t`, to which no lines of yours have given values yet.",
    ),
    (
        unwritten.empty_sides,
        (SyntaxFault("invalid syntax", 2, blank=True),),
        "On line 2, nothing stands to the right of `=` yet.",
    ),
    (
        feedback.unreadable,
        ("softmax.py", FORBIDDEN()),
        "softmax.py could not be read: it may not be read; change its permissions",
    ),
    (
        feedback.raised,
        (NO_CELL,),
        "It stopped with ValueError: operands could not be broadcast together with shapes (3,) (4,).",
    ),
    (feedback.raised, (Raised("AssertionError", ""),), "It stopped with AssertionError."),
    (
        feedback.raised,
        (Raised("ValueError", "one\n\x1b[31mtwo \u202e three!"),),
        "It stopped with ValueError: one [31mtwo three!",
    ),
    (
        feedback.raised,
        (Raised("SystemExit", "0"),),
        "It ended the program (`exit`, `quit` or `sys.exit`): give the result back with `return` instead.",
    ),
    (
        feedback.raised,
        (Raised("NotImplementedError", ""),),
        "`raise NotImplementedError` is still there: remove that line now that there is code of yours.",
    ),
    (
        feedback.not_raised,
        ("ValueError", np.array([0.25, 0.5])),
        "ValueError should be raised for these arguments, but [0.25, 0.5] came back.",
    ),
    (
        feedback.not_raised,
        ("ValueError", None),
        "ValueError should be raised for these arguments, but nothing (None) came back.",
    ),
    (
        feedback.raised_instead,
        ("ValueError", Raised("KeyError", "'a'")),
        "ValueError should be raised for these arguments, but it stopped with KeyError: 'a'.",
    ),
    (
        feedback.overdue,
        (10.0,),
        "It was not finished: all calls of this exercise together took more than 10 s.",
    ),
    (feedback.timed_out, (2.0,), "It did not finish within 2 s: a loop that never ends?"),
    (feedback.unrun, (), "Not tried, since two other calls of this exercise had to be ended."),
    (
        feedback.out_of_memory,
        (1 << 30,),
        "It needed more than 1 GiB of memory: is an array far larger than it is meant to be?",
    ),
    (
        feedback.out_of_memory,
        (256 << 20,),
        "It needed more than 256 MiB of memory: is an array far larger than it is meant to be?",
    ),
    (
        feedback.crashed,
        (-11,),
        (
            "Python crashed during the call: a segmentation fault, "
            "which a function that calls itself without end can cause."
        ),
    ),
    (feedback.crashed, (-6,), "Python crashed during the call: it was aborted by a library."),
    (feedback.crashed, (-9,), "Python crashed during the call: it was killed from outside."),
    (feedback.crashed, (-1,), "Python crashed during the call: signal SIGHUP."),
    (feedback.crashed, (-4000,), "Python crashed during the call: signal 4000."),
    (feedback.crashed, (None,), "Python crashed during the call: nobody knows why."),
    (feedback.crashed, (3,), "Python crashed during the call: exit status 3."),
    (feedback.crashed, (0xC00000FD,), "Python crashed during the call: a function called itself too often."),
    (
        feedback.ended_python,
        (0,),
        "It ended Python itself with exit status 0, as `os._exit` does: give the result back with `return` instead.",
    ),
    (
        feedback.ended_python,
        (None,),
        "It ended Python itself, as `os._exit` does: give the result back with `return` instead.",
    ),
    (
        feedback.flooded,
        (),
        "It printed far more than anybody can read, and was ended: is there a `print` inside a loop?",
    ),
    (
        feedback.printed_instead,
        (),
        "What is asked for was printed, but not given back: `return` is missing. Write `return` where `print` is.",
    ),
    (feedback.not_held, ("result.sum() == 1",), "What came back does not fulfil `result.sum() == 1`."),
    (feedback.not_held, ("after.x[0] == 1", "x"), "What the call left in `x` does not fulfil `after.x[0] == 1`."),
    (feedback.not_as_asked, ("x",), "What the call left in `x` is not all that is asked for."),
    (feedback.not_as_asked, (), "What came back is not all that is asked for."),
    (
        feedback.not_declared,
        (disagreement("float (n,)", [1.0, 2.0]),),
        "What came back is a list of 2; asked for is float (n,).",
    ),
    (
        feedback.not_declared,
        (disagreement("tuple: [any, float]", (1.0, "2")),),
        "`result[1]` is a string; asked for is float.",
    ),
    (
        feedback.changed_argument,
        ("x", np.array([[3]]), argument(np.array([[3]]), np.array([[4]]))),
        (
            "The call changed its argument `x`, which should stay as it is.\n"
            "`x[0, 0]` was 3 before the call and is 4 after it.\n"
            "Work on a copy (`x = x.copy()`), and remember that `x += 1` and its like change it."
        ),
    ),
    (
        feedback.changed_argument,
        ("x", [1], argument([1], [1, 2])),
        (
            "The call changed its argument `x`, which should stay as it is.\n"
            "Work on a copy (`x = x.copy()`), and remember that `x.append(...)`, `x.sort()` and `x[0] = ...` change it."
        ),
    ),
    (feedback.also_changed, (["x"],), "Also, the call changed `x`, which should stay as it is."),
    (feedback.also_changed, (["x", "y"],), "Also, the call changed `x` and `y`, which should stay as they are."),
    (feedback.argument_unchanged, ("x",), "The call should change `x` in place, but it is as it was before."),
    (
        feedback.argument_not_right,
        ("x", argument(np.array([1.0, 2.0]), np.array([1.0, 5.0]))),
        (
            "The call should change `x` in place, but did not make it what it should be.\n"
            "1 of 2 numbers differs, `x[1]`: 5.0 is there, 2.0 was expected."
        ),
    ),
    (feedback.category, (Rule.MISSING, Outcome.FAILED), "What the exercise asks for was not found."),
    (feedback.category, (Rule.SYNTAX, Outcome.FAILED), "Python cannot read the file."),
    (feedback.category, (Rule.IMPORT, Outcome.FAILED), "The file stopped while it was loading."),
    (
        feedback.category,
        (Rule.SIGNATURE, Outcome.FAILED),
        "The function does not take the arguments that the exercise gives it.",
    ),
    (feedback.category, (Rule.NOT_ATTEMPTED, Outcome.FAILED), "Not attempted yet."),
    (feedback.category, (Rule.RAISED, Outcome.ERRORED), "It stopped with an error that is not asked for."),
    (feedback.category, (Rule.RAISED, Outcome.FAILED), "It gave something back where an error is asked for."),
    (feedback.category, (Rule.TYPE, Outcome.FAILED), "What came back is not the type of value that is asked for."),
    (feedback.category, (Rule.STRUCTURE, Outcome.FAILED), "What came back does not have the parts that are asked for."),
    (feedback.category, (Rule.SHAPE, Outcome.FAILED), "What came back does not have the right shape."),
    (feedback.category, (Rule.DTYPE, Outcome.FAILED), "What came back has the wrong kind of numbers (dtype)."),
    (
        feedback.category,
        (Rule.NAN, Outcome.FAILED),
        "NaN (not a number) stands where a number is due, or a number where NaN is due.",
    ),
    (feedback.category, (Rule.VALUE, Outcome.FAILED), "What came back has wrong values."),
    (feedback.category, (Rule.CHANGED_ARGUMENT, Outcome.FAILED), "An argument is not as it should be after the call."),
    (feedback.category, (Rule.TIMED_OUT, Outcome.FAILED), "It did not finish in time."),
    (feedback.category, (Rule.OUT_OF_MEMORY, Outcome.FAILED), "It needed too much memory."),
    (feedback.category, (Rule.CRASHED, Outcome.FAILED), "It crashed Python, or ended it."),
    (feedback.category, (Rule.OUTPUT, Outcome.FAILED), "It printed far too much."),
    (feedback.category, (Rule.STYLE, Outcome.FAILED), "A rule of how to write it is not kept."),
]

AXIS = Parameter("axis", Leaf(Kind.INT), "int", optional=True)
TEXTS_ON_A_KEY: list[tuple[Callable[..., Message | tuple[Message, ...]], dict[str, Any], tuple[Any, ...], str]] = [
    (
        feedback.parameters,
        {},
        (Definition("softmax", "function", 1, None, ("x", "axis"), 2),),
        (
            "`softmax` takes 2 parameters here (x, axis); the exercise calls it with 1: x.\n"
            "It should begin with `def softmax(x):`."
        ),
    ),
    (
        feedback.parameters,
        {},
        (Definition("softmax", "function", 1, by_name=("x",)),),
        (
            "`softmax` takes `x` by name only, for it stands behind `*`; the exercise calls it with 1: x.\n"
            "It should begin with `def softmax(x):`."
        ),
    ),
    (
        feedback.parameters,
        {},
        (Definition("softmax", "function", 1, None, ("a",), 1, by_name=("x", "y")),),
        (
            "`softmax` takes 1 parameter here (a), and `x` and `y` by name only, for they stand behind `*`; "
            "the exercise calls it with 1: x.\nIt should begin with `def softmax(x):`."
        ),
    ),
    (
        feedback.parameters,
        {"parameters": (Parameter("x", FLOATS, "float"), AXIS)},
        (Definition("softmax", "function", 1),),
        (
            "`softmax` takes no parameters here; the exercise calls it with 2: x, axis.\n"
            "It should begin with `def softmax(x, axis=…):`."
        ),
    ),
    (
        feedback.parameters,
        {"parameters": ()},
        (Definition("softmax", "function", 1, None, ("x",), 1),),
        (
            "`softmax` takes 1 parameter here (x); the exercise calls it with none.\n"
            "It should begin with `def softmax():`."
        ),
    ),
    (
        feedback.call_misfit,
        {},
        (),
        "`softmax` does not take the arguments that the exercise gives it.\nIt should begin with `def softmax(x):`.",
    ),
    (
        feedback.call_misfit,
        {"function": None},
        (),
        "What is called here does not take the arguments that the exercise gives it.",
    ),
]


@pytest.mark.parametrize(("say", "given", "text"), TEXTS)
def test_texts(say: Callable[..., Message | tuple[Message, ...]], given: tuple[Any, ...], text: str) -> None:
    told = say(*given)
    assert lines([told] if isinstance(told, Message) else told) == text


@pytest.mark.parametrize(("say", "fields", "given", "text"), TEXTS_ON_A_KEY)
def test_texts_on_a_key(
    make_key: Callable[..., AnswerKey],
    say: Callable[..., Message | tuple[Message, ...]],
    fields: dict[str, Any],
    given: tuple[Any, ...],
    text: str,
) -> None:
    told = say(make_key(**fields), *given)
    assert lines([told] if isinstance(told, Message) else told) == text


def test_no_text_is_left_out() -> None:
    told = {say for say, *_ in TEXTS} | {say for say, *_ in TEXTS_ON_A_KEY} | {feedback.wrong_value}
    assert told == {getattr(module, name) for module in (feedback, unwritten) for name in module.__all__} | {
        stands_elsewhere
    }
    assert {given[0] for say, given, _ in TEXTS if say is feedback.category} == set(Rule)
    assert {found.rule for found, _ in DIFFERENCES.values()} == {
        Rule.STRUCTURE,
        Rule.TYPE,
        Rule.SHAPE,
        Rule.DTYPE,
        Rule.NAN,
        Rule.VALUE,
    }


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        (
            None,
            "ine 1 cannot be read as Python: `pip install numpy` is a command for a terminal, and no Python: type it",
        ),
        (
            2,
            "Jupyter takes it for one where it stands alone in its cell; beside other code, write `%pip install numpy`",
        ),
    ],
)
def test_a_command_for_a_terminal_is_told_as_one(cell: int | None, says: str) -> None:
    fault = SyntaxFault("invalid syntax", 1, cell=cell, source_line="pip install numpy")
    assert says in lines(feedback.syntax(fault))
