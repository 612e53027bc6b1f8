"""The English texts of messages about a submission's source."""

from __future__ import annotations

from typing import Final

from grader.words.catalogue import Plural, Texts

__all__ = ["SOURCE"]

SOURCE: Final[Texts] = {
    "place.file": "this file",
    "place.statement": "a statement",
    "place.line": "line {line}",
    "place.cell": "line {line} of cell {cell}",
    "missing": "`{name}` was not found.",
    "near": "`{other}` is defined on {place}: is it meant to be `{name}`?",
    "near_in_file": "`{other}` is defined on {place} of {file}: is it meant to be `{name}`?",
    "not_a_function": "`{name}` is not a function: {place} gives the name to something else.",
    "not_attempted": "`{name}` has no code of yours yet.",
    "never_runs": (
        "`raise NotImplementedError` on {place} stops the function there, so that the code below it never runs. "
        "Delete that line."
    ),
    "never_set": Plural(
        "count",
        "`{name}` gives back {names:code}, to which no line of yours has given a value yet.",
        "`{name}` gives back {names:code}, to which no lines of yours have given values yet.",
    ),
    "empty_sides": "On {place}, nothing stands to the right of `=` yet.",
    "unreadable": "{file} could not be read: {reason}",
    "syntax": "{place:capital} cannot be read as Python: {reason}.",
    "syntax.left_out": (
        "{place:capital} cannot be read as Python: {reason}. The rest of the file was read all the same."
    ),
    "syntax.empty_side": "Nothing stands to the right of `=`. What is `{name}` to be?",
    "syntax.dot_for_times": "A dot is no sign for a product. Python writes it with a star: `{left} * {right}`.",
    "syntax.number_beside_name": "A product needs its sign: `{number} * {name}`.",
    "syntax.sign.times": "Python multiplies with `*`.",
    "syntax.sign.divided": "Python divides with `/`.",
    "syntax.sign.minus": "This dash is another character than the minus on the keyboard, `-`.",
    "syntax.sign.square": "A power is written `**`: `x ** 2`.",
    "syntax.sign.root": "A root is written `np.sqrt(x)`.",
    "syntax.sign.quote": "These quotation marks come from a text: Python needs straight ones, `'` or `\"`.",
    "syntax.sign.compare": "Python compares with `<=`, `>=` and `!=`.",
    "syntax.unknown": "the syntax is wrong",
    "syntax.limit.nesting": "nested too deeply for Python to read",
    "syntax.limit.crash": "Python itself fails on this text; it is nested too deeply, or too large",
    "stopped.exit": "ended the program (`exit`, `quit` or `sys.exit`).",
    "stopped.input": "asks for input with `input()`, but nobody is there to type.",
    "stopped.error": "stopped with {error}",
    "stop.timed_out": "did not finish in time (a loop that never ends?)",
    "stop.out_of_memory": "needed too much memory",
    "stop.crashed": "crashed Python",
    "stop.flooded": "printed far too much",
    "stop.ended": "ended Python",
    "load.failed": "`{name}` was never defined, for {place} {what}",
    "load.stopped": "`{name}` was never defined, for {place} {what}.",
    "statement.failed": "{place:capital} {what} The rest of the file was loaded all the same.",
    "statement.stopped": "{place:capital} {what}; it was left out.",
    "takes": Plural("count", "{count:,} parameter here ({names})", "{count:,} parameters here ({names})"),
    "takes.none": "no parameters here",
    "called_with": "{count}: {names}",
    "called_with.none": "none",
    "parameters": "`{name}` takes {takes}; the exercise calls it with {called_with}.",
    "should_begin": "It should begin with `def {name}({parameters}):`.",
    "wrong_arguments": "`{name}` does not take the arguments that the exercise gives it.",
    "wrong_arguments.other": "What is called here does not take the arguments that the exercise gives it.",
}
