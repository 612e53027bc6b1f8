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
    "place.whole_cell": "cell {cell}",
    "place.below_cell": "the cell below code cell {cell}",
    "place.first_cell": "the first cell",
    "place.in_file": "{place} of {file}",
    "missing": "`{name}` was not found.",
    "missing.function": (
        "It stands inside the function `{holder}` ({place}), where nothing outside can call it. "
        "Move it to the left margin, out of `{holder}`."
    ),
    "missing.global": (
        "The function `{holder}` makes it ({place}), by `global`, while it runs. What is judged has to stand in the "
        "file itself: move it to the left margin, out of `{holder}`."
    ),
    "missing.made": (
        "`{holder}` makes it ({place}), while the file runs. What is judged has to stand in the file itself: write it "
        "out at the left margin, without `{holder}`."
    ),
    "missing.deleted": "`del` takes it away again ({place}). Delete that line.",
    "missing.skipped": (
        "What defines it ({place}) was not reached, or it was undone further down. Let it stand at the left margin, "
        "below no condition."
    ),
    "missing.class": (
        "It stands inside the class `{holder}` ({place}): that makes it a method. "
        "Move it to the left margin, out of the class, and take `self` away."
    ),
    "missing.marimo": (
        "It stands inside a cell of a marimo notebook ({place}), which is a function to Python, and nothing outside "
        "can call it. Copy it to the left margin of a plain .py file."
    ),
    "missing.main": (
        "It stands below `if __name__ == ...` ({place}), which runs only when the file is started as a script. "
        "Move it above, to the left margin."
    ),
    "missing.string": "It stands inside a text ({place}), which is not run. Take the quotes around it away.",
    "missing.comment": "It stands in a comment ({place}), which is not run. Take the # signs in front of it away.",
    "missing.magic": (
        "It stands in {place}, under `%%{holder}`, which was not run: it is not Python for the notebook itself. "
        "Move it into a cell of its own, without `%%{holder}`."
    ),
    "missing.file": (
        "It stands in {place}, which is only written to the file {holder}. Hand in that file too, or move it "
        "into a cell without `%%writefile`."
    ),
    "missing.markdown": (
        "It stands in {place}, which is a Markdown cell: text, which is not run. Make it a code cell."
    ),
    "missing.raw": "It stands in {place}, which is a raw cell: text, which is not run. Make it a code cell.",
    "missing.import": (
        "On {place} it is only imported, from `{holder}`, which is not the work that was asked for. "
        "Define it here, or hand in the file that does."
    ),
    "needs_python": (
        "{file} needs Python {needs} or newer, and here is Python {here}. Write that line as Python {here} has it, or "
        "ask for a newer Python here."
    ),
    "cell_not_run": "Cell {cell} was not run: what stands below `%%{magic}` is not Python.",
    "cell_not_run.script": "What stands below `%%{magic}` was not run, for it is not Python.",
    "near": "`{other}` is defined on {place}: is it meant to be `{name}`?",
    "near_in_file": "`{other}` is defined on {place} of {file}: is it meant to be `{name}`?",
    "not_a_function": "`{name}` is not a function: {place} gives the name to something else.",
    "not_attempted": "`{name}` has no code of yours yet.",
    "never_runs": (
        "`raise NotImplementedError` on {place} stops the function there, so that the code below it never runs. "
        "Delete that line."
    ),
    "replaced": (
        "What you wrote for `{name}` ({place}) is replaced by an empty `{name}` below it ({below}): Python keeps "
        "the last. Delete the empty one."
    ),
    "never_set": Plural(
        "count",
        "`{name}` gives back {names:code}, to which no line of yours has given a value yet.",
        "`{name}` gives back {names:code}, to which no lines of yours have given values yet.",
    ),
    "empty_sides": "On {place}, nothing stands to the right of `=` yet.",
    "unreadable": "{file} could not be read: {reason}",
    "syntax": "{place:capital} cannot be read as Python: {reason:ended}",
    "syntax.left_out": (
        "{place:capital} cannot be read as Python: {reason:ended} The rest of the file was read all the same."
    ),
    "syntax.blank": "`{blank}` is a blank that is still to be filled: write your code in its place.",
    "syntax.empty_side": "Nothing stands to the right of `=`. What is `{name}` to be?",
    "syntax.dot_for_times": "A dot is no sign for a product. Python writes it with a star: `{left} * {right}`.",
    "syntax.number_beside_name": "A product needs its sign: `{number} * {name}`.",
    "syntax.python_2": "That is written for Python 2. Python 3 has `{now}`.",
    "syntax.entity": "`{entity}` is what a web page has in place of `{sign}`: write `{sign}`.",
    "syntax.wide": (
        "`{wide}` is the wide form of `{narrow}`, as Chinese and Japanese are typed: switch to English input, and type "
        "`{narrow}`."
    ),
    "syntax.sign.times": "Python multiplies with `*`.",
    "syntax.sign.divided": "Python divides with `/`.",
    "syntax.sign.minus": "This dash is another character than the minus on the keyboard, `-`.",
    "syntax.sign.square": "A power is written `**`: `x ** 2`.",
    "syntax.sign.root": "A root is written `np.sqrt(x)`.",
    "syntax.sign.quote": "These quotation marks come from a text: Python needs straight ones, `'` or `\"`.",
    "syntax.sign.compare": "Python compares with `<=`, `>=` and `!=`.",
    "syntax.sign.unseen": (
        "A character that looks like a space or cannot be seen came along with copied text: delete it, and type the "
        "spaces of this line anew."
    ),
    "syntax.unknown": "the syntax is wrong",
    "syntax.newer": "this is written as only Python {needs} and newer can read it, and here is Python {here}",
    "syntax.command": (
        "`{command}` is a command for a terminal, and no Python: type it there once, and remove the line"
    ),
    "syntax.command.cell": (
        "`{command}` is a command, and no Python. Jupyter takes it for one where it stands alone in its cell; beside "
        "other code, write `%{command}`"
    ),
    "syntax.fence": "this is a Markdown fence, and no part of the code: remove the line",
    "syntax.conflict": (
        "`{marker}` was put there by git, which could not merge two versions. Keep one of the two, and delete the "
        "lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`"
    ),
    "syntax.prompt": "`{prompt}` is what Python's prompt prints, and no part of the code; take it away in every line",
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
    "takes.by_name": Plural(
        "count",
        "{names:code} by name only, for it stands behind `*`",
        "{names:code} by name only, for they stand behind `*`",
    ),
    "takes.both": "{takes}, and {named}",
    "called_with": "{count}: {names}",
    "called_with.none": "none",
    "parameters": "`{name}` takes {takes}; the exercise calls it with {called_with}.",
    "should_begin": "It should begin with `def {name}({parameters}):`.",
    "wrong_arguments": "`{name}` does not take the arguments that the exercise gives it.",
    "wrong_arguments.other": "What is called here does not take the arguments that the exercise gives it.",
}
