"""What people are told about a submission: plain words, the message first, one fact a line.

The text of values is in `grader.judge.wording`, that of differences between values in `grader.judge.differences`.
Texts about a submission's source (missing, syntax, import, signature, not attempted) are made of what was known before
any call, so they tell nothing of hidden tests; `category` says as much of all other rules, without any values.
"""

from __future__ import annotations

import signal
from collections.abc import Sequence
from typing import Final

from grader.course.binding import RESULT
from grader.course.key import AnswerKey
from grader.judge.compare import Difference
from grader.judge.differences import changed_place, difference_text
from grader.judge.result import Rule
from grader.judge.wording import and_list, clean, quantity, short
from grader.observation import Raised, Status
from grader.observe.wire import Definition, SyntaxFault
from grader.values import Value

__all__ = [
    "also_changed",
    "argument_not_right",
    "argument_unchanged",
    "call_misfit",
    "category",
    "changed_argument",
    "class_for_function",
    "crashed",
    "ended_python",
    "flooded",
    "is_grave",
    "is_of_loading",
    "is_unchanged",
    "is_untried",
    "load_failed",
    "load_stopped",
    "missing",
    "not_a_function",
    "not_attempted",
    "not_declared",
    "not_explained",
    "not_held",
    "not_judged",
    "not_raised",
    "out_of_memory",
    "parameters",
    "printed_instead",
    "raised",
    "raised_instead",
    "statement_failed",
    "statement_stopped",
    "syntax",
    "text_left_out",
    "thread_left",
    "timed_out",
    "unreadable",
    "unrun",
    "wrong_value",
]

_MOST_NEAR: Final = 3
_SHOULD_CHANGE: Final = "The call should change"
_LEFT_OUT: Final = "it was left out."
_READ_ALL_THE_SAME: Final = "The rest of the file was read all the same."
_LOADED_ALL_THE_SAME: Final = "The rest of the file was loaded all the same."
_ASKS: Final = "asks for input with `input()`, but nobody is there to type"
_ACCESS_VIOLATION: Final = 0xC0000005  # how Windows ends a process that reads or writes where it must not
_STACK_OVERFLOW: Final = 0xC00000FD
_SIGNALS: Final = {
    "SIGSEGV": "a segmentation fault, which a function that calls itself without end can cause",
    "SIGBUS": "a bus error: memory was used that is not there",
    "SIGABRT": "it was aborted by a library",
    "SIGILL": "an illegal instruction",
    "SIGFPE": "an arithmetic fault in a library",
    "SIGKILL": "it was killed from outside",
    "SIGTERM": "it was told to end",
    "SIGSYS": "it tried something that is not allowed here",
    "SIGXCPU": "it used up its time on the processor",
}
_UNRUN_BEFORE: Final = "Not tried, since two other calls of this exercise had not finished in time."
_STOPPED: Final = "ended Python"
_STOPS: Final = {
    Status.TIMED_OUT: "did not finish in time (a loop that never ends?)",
    Status.OUT_OF_MEMORY: "needed too much memory",
    Status.CRASHED: "crashed Python",
    Status.FLOODED: "printed far too much",
}
_CATEGORIES: Final = {
    Rule.MISSING: "What the exercise asks for was not found.",
    Rule.SYNTAX: "Python cannot read the file.",
    Rule.IMPORT: "The file stopped while it was loading.",
    Rule.SIGNATURE: "The function does not take the arguments that the exercise gives it.",
    Rule.NOT_ATTEMPTED: "Not attempted yet.",
    Rule.RAISED: "It stopped with an error where it should not, or did not where it should.",
    Rule.TYPE: "What came back is not the type of value that is asked for.",
    Rule.STRUCTURE: "What came back does not have the parts that are asked for.",
    Rule.SHAPE: "What came back does not have the right shape.",
    Rule.DTYPE: "What came back has the wrong kind of numbers (dtype).",
    Rule.NAN: "Some of what came back is NaN (not a number), or should be.",
    Rule.VALUE: "What came back has wrong values.",
    Rule.CHANGED_ARGUMENT: "An argument is not as it should be after the call.",
    Rule.TIMED_OUT: "It did not finish in time.",
    Rule.OUT_OF_MEMORY: "It needed too much memory.",
    Rule.CRASHED: "It crashed Python, or ended it.",
    Rule.OUTPUT: "It printed far too much.",
    Rule.STYLE: "A rule of how to write it is not kept.",
}


def category(rule: Rule) -> str:
    """What may be said of a hidden test that broke `rule`."""
    return _CATEGORIES[rule]


# What is wrong with the source.


def missing(name: str, near: Sequence[Definition] = (), file: str | None = None) -> str:
    """Nothing of that name is defined; what is defined under a similar one, and in which file."""
    where = "" if file is None else f" of {clean(file, 80)}"
    lines = [f"`{name}` was not found."]
    lines += [
        f"`{other.name}` is defined {_on_line(other.line, other.cell)}{where}: is it meant to be `{name}`?"
        for other in near[:_MOST_NEAR]
    ]
    return "\n".join(lines)


def not_a_function(definition: Definition) -> str:
    """The name stands for something else when the whole file has run."""
    line = _lower(_line(definition.line, definition.cell))
    return f"`{definition.name}` is not a function: {line} gives the name to something else."


def syntax(fault: SyntaxFault) -> str:
    """The file, or a cell of it, does not parse."""
    what = "This file" if fault.line is None else _line(fault.line, fault.cell)
    return f"{what} cannot be read as Python: {clean(fault.message) or 'the syntax is wrong'}."


def text_left_out(fault: SyntaxFault) -> str:
    """A piece of the file, in which no exercise seems to be, does not parse; the others were read all the same."""
    return f"{syntax(fault)} {_READ_ALL_THE_SAME}"


def load_failed(name: str, error: Raised) -> str:
    """A statement outside of the function raised, and so the function is not there."""
    where = "a statement" if error.line is None else _line(error.line, error.cell)
    return f"`{name}` was never defined, for {_lower(where)} {_stopped(error)}"


def load_stopped(name: str, status: Status, line: int, cell: int | None = None) -> str:
    """A statement outside of the function had to be ended, and so the function is not there."""
    return f"`{name}` was never defined, for {_lower(_line(line, cell))} {_STOPS.get(status, _STOPPED)}."


def statement_failed(error: Raised) -> str:
    """A statement raised while the file was loading; the others ran all the same."""
    where = "A statement" if error.line is None else _line(error.line, error.cell)
    return f"{where} {_stopped(error)} {_LOADED_ALL_THE_SAME}"


def statement_stopped(status: Status, line: int, cell: int | None = None) -> str:
    """A statement had to be ended while the file was loading, and was left out."""
    return f"{_line(line, cell)} {_STOPS.get(status, _STOPPED)}; {_LEFT_OUT}"


def is_grave(remark: str) -> bool:
    """Whether a remark says that a part of the file was left out, and so the file is not fit to be handed in."""
    return remark.endswith((_LEFT_OUT, _READ_ALL_THE_SAME))


def is_of_loading(remark: str) -> bool:
    """Whether a remark says what went wrong beside the functions, while the file was read or loaded."""
    return remark.endswith((_LEFT_OUT, _READ_ALL_THE_SAME, _LOADED_ALL_THE_SAME))


def parameters(key: AnswerKey, definition: Definition) -> str:
    """The function is defined with other parameters than the exercise asks for."""
    name, given = key.function or definition.name, [parameter.name for parameter in key.parameters]
    count = len(definition.parameters)
    own = f"{quantity(count, 'parameter')} here ({', '.join(definition.parameters)})" if count else "no parameters here"
    called = f"{len(given)}: {', '.join(given)}" if given else "none"
    return f"`{name}` takes {own}; the exercise calls it with {called}.\n{_should_begin(key)}"


def call_misfit(key: AnswerKey | None = None) -> str:
    """A call by the exercise did not fit what it called: the key's function, or (None) something else."""
    if key is None or key.function is None:
        return "What is called here does not take the arguments that the exercise gives it."
    return f"`{key.function}` does not take the arguments that the exercise gives it.\n{_should_begin(key)}"


def _should_begin(key: AnswerKey) -> str:
    given = [f"{parameter.name}=…" if parameter.optional else parameter.name for parameter in key.parameters]
    return f"It should begin with `def {key.function or key.name}({', '.join(given)}):`."


def not_attempted(name: str) -> str:
    """The function is still as it was handed out."""
    return f"`{name}` has no code of yours yet."


def unreadable(name: str, reason: str) -> str:
    """A file could not be read at all."""
    return f"{clean(name, 100)} could not be read: {clean(reason)}"


# What went wrong in a call.


def raised(error: Raised) -> str:
    """An exception left the student's code."""
    if error.type == "SystemExit":
        return "It ended the program (`exit`, `quit` or `sys.exit`): give the result back with `return` instead."
    if error.type == "NotImplementedError":
        return "`raise NotImplementedError` is still there: remove that line now that there is code of yours."
    if _asks_for_input(error):
        return f"It {_ASKS}: use the parameters."
    return f"It stopped with {_error(error)}"


def not_raised(due: str, value: Value) -> str:
    """The reference raises, the submission returned."""
    came = "nothing (None)" if value is None else short(value)
    return f"{clean(due, 80)} should be raised for these arguments, but {came} came back."


def raised_instead(due: str, error: Raised) -> str:
    """The reference raises another exception."""
    return f"{clean(due, 80)} should be raised for these arguments, but it stopped with {_error(error)}"


def timed_out(seconds: float) -> str:
    """The deadline of a call passed."""
    return f"It did not finish within {seconds:g} s: a loop that never ends?"


def unrun() -> str:
    """A call that was not tried any more."""
    return "Not tried, since two other calls of this exercise had to be ended."


def is_untried(message: str) -> bool:
    """Whether a message says that a call was not tried; also one that is in an older gradebook."""
    return message in (unrun(), _UNRUN_BEFORE)


def out_of_memory(memory: int) -> str:
    """A call took more memory than it may."""
    return f"It needed more than {_memory(memory)} of memory: is an array far larger than it is meant to be?"


def crashed(exit_status: int | None) -> str:
    """A call killed the process."""
    return f"Python crashed during the call: {_end(exit_status)}."


def ended_python(exit_status: int | None) -> str:
    """A call ended the process on purpose."""
    status = "" if exit_status is None else f" with exit status {exit_status}"
    return f"It ended Python itself{status}, as `os._exit` does: give the result back with `return` instead."


def flooded() -> str:
    """A call printed without end."""
    return "It printed far more than anybody can read, and was ended: is there a `print` inside a loop?"


# What is wrong with what a call did.


def wrong_value(difference: Difference) -> str:
    """The result is not what was expected."""
    return difference_text(difference)


def printed_instead() -> str:
    """Nothing was returned, and the right answer was printed."""
    return "What is asked for was printed: give it back with `return` instead."


def not_declared(path: str, found: str, due: str) -> str:
    """The result, or a part of it, is not what the exercise's signature says."""
    what = "What came back" if path == RESULT else f"`{clean(path, 100)}`"
    return f"{what} is {clean(found, 200)}; asked for is {due}."


def not_held(condition: str) -> str:
    """The result does not fulfil a `holds:` expression."""
    return f"What came back does not fulfil `{clean(condition, 200)}`."


def changed_argument(name: str, difference: Difference | None) -> str:
    """An argument that should stay as it is was changed. `difference` is from before the call to after it."""
    place = None if difference is None else changed_place(difference)
    lines = [f"The call changed its argument `{name}`, which should stay as it is."]
    if place is not None:
        lines.append(place)
    lines.append(f"Work on a copy (`{name} = {name}.copy()`), and remember that `{name} += 1` and its like change it.")
    return "\n".join(lines)


def also_changed(names: Sequence[str]) -> str:
    """Besides something else, arguments were changed."""
    quoted = and_list([f"`{name}`" for name in names])
    return f"Also, the call changed {quoted}, which should stay as {'it is' if len(names) == 1 else 'they are'}."


def argument_unchanged(name: str) -> str:
    """An argument that should be changed is as it was."""
    return f"{_SHOULD_CHANGE} `{name}` in place, but it is as it was before."


def argument_not_right(name: str, difference: Difference) -> str:
    """An argument that should be changed was changed to something else."""
    first = f"{_SHOULD_CHANGE} `{name}` in place, but did not make it what it should be."
    return f"{first}\n{difference_text(difference)}"


def is_unchanged(message: str) -> bool:
    """Whether a message is about an argument that should be changed, not about one that should stay."""
    return _SHOULD_CHANGE in message


def class_for_function(name: str) -> str:
    """The name of the function is that of a class, and calling it made an object of the class."""
    return f"`{name}` is a class here: write a function, `def {name}(...):`, that returns the result."


# Remarks on an exercise.


def thread_left(name: str) -> str:
    """Something still ran after the call had returned."""
    return f"`{name}` left a thread running after it had returned; the thread was ended."


def not_explained(error: str) -> str:
    """We failed to look for the reason of a failure; the failure itself stands."""
    return f"Why this is wrong could not be looked into ({clean(error, 80)}). That fault is the grader's."


def not_judged(reason: str = "") -> str:
    """We failed, not the student."""
    because = f" ({clean(reason)})" if reason else ""
    return f"This could not be judged{because}. The fault is the grader's, not yours, and it costs no points."


def _asks_for_input(error: Raised) -> bool:
    return error.type == "EOFError" and error.message == "EOF when reading a line"


def _stopped(error: Raised) -> str:
    """What a statement outside of functions did when it raised."""
    if error.type == "SystemExit":
        return "ended the program (`exit`, `quit` or `sys.exit`)."
    return f"{_ASKS}." if _asks_for_input(error) else f"stopped with {_error(error)}"


def _error(error: Raised) -> str:
    """`ValueError: …`, ending in one full stop."""
    message = clean(error.message)
    text = f"{clean(error.type, 80)}: {message}" if message else clean(error.type, 80)
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _line(line: int, cell: int | None) -> str:
    return f"Line {line}" if cell is None else f"Line {line} of cell {cell}"


def _on_line(line: int, cell: int | None) -> str:
    return f"on line {line}" if cell is None else f"on line {line} of cell {cell}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _memory(size: int) -> str:
    gib = size / (1 << 30)
    return f"{gib:.3g} GiB" if gib >= 1 else f"{size / (1 << 20):.3g} MiB"


def _end(exit_status: int | None) -> str:
    """Why a process ended, in words; a negative status is a signal."""
    if exit_status is None:
        return "nobody knows why"
    if exit_status >= 0:
        known = {_ACCESS_VIOLATION: _SIGNALS["SIGSEGV"], _STACK_OVERFLOW: "a function called itself too often"}
        return known.get(exit_status, f"exit status {exit_status}")
    try:
        name = signal.Signals(-exit_status).name
    except ValueError:
        return f"signal {-exit_status}"
    return _SIGNALS.get(name, f"signal {name}")
