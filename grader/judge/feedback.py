"""What is to be told of a submission: from what was seen to messages, the most important one first.

Those about a submission's source (missing, syntax, import, signature, not attempted) are made of what was known before
any call, so they tell nothing of hidden tests; `category` says as much of all other rules, without any values.
"""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Sequence
from typing import Final

from grader.course.binding import RESULT
from grader.course.disagreement import Disagreement
from grader.course.key import AnswerKey
from grader.judge import declared
from grader.judge.compare import Difference
from grader.judge.differences import changed_place, difference_messages
from grader.judge.messages import calls, errors, source, values
from grader.judge.plain_syntax import plain_syntax
from grader.judge.result import Outcome, Rule
from grader.judge.wording import at_line, clean, short
from grader.kinds.arrays import ARRAY, OBJECTS, STRUCTURED, TIMES
from grader.kinds.containers import DICT, LIST, SET, TUPLE
from grader.kinds.table import kind_of
from grader.message import Message, MessageType
from grader.observation import Raised, Status
from grader.observe.magics import command_in
from grader.observe.merge_conflicts import mark_of
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
    "load_failed",
    "load_stopped",
    "missing",
    "name_failed",
    "name_stopped",
    "needs_python",
    "not_a_function",
    "not_as_asked",
    "not_declared",
    "not_held",
    "not_raised",
    "nothing_from_call",
    "out_of_memory",
    "overdue",
    "parameters",
    "printed_instead",
    "raised",
    "raised_in_call",
    "raised_instead",
    "statement_failed",
    "statement_stopped",
    "syntax",
    "syntax_left_out",
    "timed_out",
    "unreadable",
    "unrun",
    "wrong_value",
]

_MOST_NEAR: Final = 3
_HERE: Final = "{}.{}".format(*sys.version_info)
_LACKING: Final = re.compile(r"'(?P<owner>\w+)' object has no attribute '(?P<name>\w+)'.*", re.DOTALL)
_FENCE: Final = re.compile(r"\s*(?:`{3}|~{3})")  # as Markdown begins and ends a block of code
_PROMPT: Final = re.compile(r"\s*(>>>|In \[\d+\]:)")
_ACCESS_VIOLATION, _STACK_OVERFLOW = 0xC0000005, 0xC00000FD  # how Windows ends a process
_CHANGEABLE: Final = (ARRAY, TIMES, STRUCTURED, OBJECTS, LIST, TUPLE, DICT, SET)
_STOPS: Final = {
    Status.TIMED_OUT: source.STOP_TIMED_OUT,
    Status.OUT_OF_MEMORY: source.STOP_OUT_OF_MEMORY,
    Status.CRASHED: source.STOP_CRASHED,
    Status.FLOODED: source.STOP_FLOODED,
}


def category(rule: Rule, outcome: Outcome) -> Message:
    """What may be said of a hidden test that broke `rule` and ended so."""
    if rule is Rule.RAISED and outcome is Outcome.FAILED:
        return calls.CATEGORY_NOT_RAISED()
    return calls.CATEGORIES[rule]()


# What is wrong with the source.


def missing(name: str, near: Sequence[Definition] = (), file: str | None = None) -> tuple[Message, ...]:
    """Nothing of that name is defined; what is defined under a similar one, and in which file."""
    return (source.MISSING(name=name), *(_near(name, other, file) for other in near[:_MOST_NEAR]))


def _near(name: str, other: Definition, file: str | None) -> Message:
    place = at_line(other.line, other.cell)
    if file is None:
        return source.NEAR(other=other.name, place=place, name=name)
    return source.NEAR_IN_FILE(other=other.name, place=place, file=clean(file, 80), name=name)


def not_a_function(definition: Definition) -> Message:
    """The name stands for something else when the whole file has run."""
    return source.NOT_A_FUNCTION(name=definition.name, place=at_line(definition.line, definition.cell))


def syntax(fault: SyntaxFault) -> tuple[Message, ...]:
    """The file, or a cell of it, does not parse; and in plain words, where that is known, why."""
    plain = plain_syntax(fault.source_line, fault.message)
    said = source.SYNTAX(place=at_line(fault.line, fault.cell), reason=_reason(fault))
    return (said,) if plain is None else (said, plain)


def syntax_left_out(fault: SyntaxFault) -> Message:
    """A piece of the file, in which no exercise seems to be, does not parse; the others were read all the same."""
    return source.SYNTAX_LEFT_OUT(place=at_line(fault.line, fault.cell), reason=_reason(fault))


def _reason(fault: SyntaxFault) -> str | Message:
    if fault.limit is not None:
        return source.SYNTAX_LIMITS[fault.limit]()
    if fault.needs:
        return source.SYNTAX_NEWER(needs=clean(fault.needs, 20), here=_HERE)
    if prompt := _PROMPT.match(fault.source_line):
        return source.SYNTAX_PROMPT(prompt=prompt[1])
    if command := command_in(fault.source_line):
        said = source.SYNTAX_COMMAND if fault.cell is None else source.SYNTAX_COMMAND_IN_CELL
        return said(command=clean(command, 60))
    if _FENCE.match(fault.source_line):
        return source.SYNTAX_FENCE()
    if mark := mark_of(fault.source_line):
        return source.SYNTAX_CONFLICT(marker=mark)
    return clean(fault.message) or source.SYNTAX_UNKNOWN()


def needs_python(file: str, needs: str) -> Message:
    """A file has syntax that this Python does not have yet."""
    return source.NEEDS_PYTHON(file=clean(file, 80), needs=clean(needs, 20), here=_HERE)


def load_failed(name: str, error: Raised) -> Message:
    """A statement outside of the function raised, and so the function is not there."""
    return source.LOAD_FAILED(name=name, place=_statement(error), what=_stopped(error))


def load_stopped(name: str, status: Status, line: int, cell: int | None = None) -> Message:
    """A statement outside of the function had to be ended, and so the function is not there."""
    return source.LOAD_STOPPED(name=name, place=at_line(line, cell), what=_stop(status))


def name_failed(name: str, error: Raised) -> Message:
    """A name is not there, for the statement that should make it raised while the file was loading."""
    line = error.called_line
    place = _statement(error) if line is None else at_line(line, error.called_cell)
    return errors.LINE_FAILED(name=name, place=place, what=_stopped(error))


def name_stopped(name: str, status: Status, line: int, cell: int | None = None) -> Message:
    """A name is not there, for the statement that should make it had to be ended while the file was loading."""
    return errors.LINE_STOPPED(name=name, place=at_line(line, cell), what=_stop(status))


def statement_failed(error: Raised) -> Message:
    """A statement raised while the file was loading; the others ran all the same."""
    return source.STATEMENT_FAILED(place=_statement(error), what=_stopped(error))


def statement_stopped(status: Status, line: int, cell: int | None = None) -> Message:
    """A statement had to be ended while the file was loading, and was left out."""
    return source.STATEMENT_STOPPED(place=at_line(line, cell), what=_stop(status))


def _stop(status: Status) -> Message:
    return _STOPS.get(status, source.STOP_ENDED)()


def parameters(key: AnswerKey, definition: Definition) -> tuple[Message, ...]:
    """The function is defined with other parameters than the exercise asks for."""
    own, given = definition.parameters, [parameter.name for parameter in key.parameters]
    by_name = definition.by_name
    takes = source.TAKES(count=len(own), names=", ".join(own)) if own else source.TAKES_NONE()
    if by_name:
        named = source.TAKES_BY_NAME(count=len(by_name), names=by_name)
        takes = source.TAKES_BOTH(takes=takes, named=named) if own else named
    called = source.CALLED_WITH(count=len(given), names=", ".join(given)) if given else source.CALLED_WITH_NONE()
    name = key.function or definition.name
    return source.PARAMETERS(name=name, takes=takes, called_with=called), _should_begin(key)


def call_misfit(key: AnswerKey | None = None) -> tuple[Message, ...]:
    """A call by the exercise did not fit what it called: the key's function, or (None) something else."""
    if key is None or key.function is None:
        return (source.OTHER_MISFIT(),)
    return source.WRONG_ARGUMENTS(name=key.function), _should_begin(key)


def _should_begin(key: AnswerKey) -> Message:
    given = [f"{parameter.name}=…" if parameter.optional else parameter.name for parameter in key.parameters]
    return source.SHOULD_BEGIN(name=key.function or key.name, parameters=", ".join(given))


def unreadable(name: str, reason: Message) -> Message:
    """A file could not be read at all."""
    args = tuple((place, clean(arg, 200) if isinstance(arg, str) else arg) for place, arg in reason.args)
    return source.UNREADABLE(file=clean(name, 100), reason=Message(reason.id, args))


# What went wrong in a call.


def raised(error: Raised) -> Message:
    """An exception left the student's code."""
    if error.type == "SystemExit":
        return calls.RAISED_EXIT()
    if error.type == "NotImplementedError":
        return calls.RAISED_NOT_IMPLEMENTED()
    return calls.RAISED_INPUT() if _asks_for_input(error) else calls.RAISED(error=_error(error))


def raised_in_call(error: Raised) -> Message:
    """The exercise's own call could not do with the student's work what it was written for."""
    lacking = _LACKING.fullmatch(error.message) if error.type == "AttributeError" else None
    if lacking is None:
        return calls.RAISED_IN_CALL(error=_error(error))
    owner, name = clean(lacking["owner"], 60), clean(lacking["name"], 60)
    there = tuple(clean(one, 60) for one in error.near)
    if not there:
        return calls.LACKS_ATTRIBUTE(owner=owner, name=name)
    return calls.HAS_OTHER_ATTRIBUTES(owner=owner, name=name, names=there)


def nothing_from_call() -> Message:
    """None came of the exercise's own call, whose last line need not be the student's function."""
    return calls.NOTHING_FROM_CALL()


def not_raised(due: str, value: Value) -> Message:
    """The reference raises, the submission returned."""
    return calls.NOT_RAISED(due=clean(due, 80), came=values.NOTHING() if value is None else short(value))


def raised_instead(due: str, error: Raised) -> Message:
    """The reference raises another exception."""
    return calls.RAISED_INSTEAD(due=clean(due, 80), error=_error(error))


def timed_out(seconds: float) -> Message:
    """The deadline of a call passed."""
    return calls.TIMED_OUT(seconds=seconds)


def overdue(seconds: float) -> Message:
    """The time of all calls of an exercise together passed."""
    return calls.OVERDUE(seconds=seconds)


def unrun() -> Message:
    """A call that was not tried any more."""
    return calls.UNRUN()


def out_of_memory(memory: int) -> Message:
    """A call took more memory than it may."""
    return calls.OUT_OF_MEMORY(size=_memory(memory))


def crashed(exit_status: int | None) -> Message:
    """A call killed the process."""
    return calls.CRASHED(end=_end(exit_status))


def ended_python(exit_status: int | None) -> Message:
    """A call ended the process on purpose."""
    return calls.ENDED_PYTHON() if exit_status is None else calls.ENDED_PYTHON_WITH(status=exit_status)


def flooded() -> Message:
    """A call printed without end."""
    return calls.FLOODED()


# What is wrong with what a call did.


def wrong_value(difference: Difference) -> tuple[Message, ...]:
    """The result is not what was expected."""
    return difference_messages(difference)


def printed_instead() -> Message:
    """Nothing was returned, and the right answer was printed."""
    return calls.PRINTED_INSTEAD()


def not_declared(error: Disagreement) -> Message:
    """The result, or a part of it, is not what the exercise's signature says."""
    found, due = declared.found(error), declared.due(error)
    if error.path == RESULT:
        return calls.NOT_DECLARED(found=found, due=due)
    return calls.NOT_DECLARED_PART(path=clean(error.path, 100), found=found, due=due)


def not_held(condition: str, name: str | None = None) -> Message:
    """The result, or an argument of that name after the call, does not fulfil a `holds:` expression."""
    code = clean(condition, 200)
    return calls.NOT_HELD(condition=code) if name is None else calls.ARGUMENT_NOT_HELD(name=name, condition=code)


def not_as_asked(name: str | None = None) -> Message:
    """The same of a condition for which its author has words."""
    return calls.NOT_AS_ASKED() if name is None else calls.ARGUMENT_NOT_AS_ASKED(name=name)


def changed_argument(name: str, before: Value, difference: Difference | None) -> tuple[Message, ...]:
    """An argument that should stay as it is was changed. `difference` is from before the call to after it."""
    place = None if difference is None else changed_place(difference)
    where = () if place is None else (place,)
    return calls.CHANGED_ARGUMENT(name=name), *where, _on_a_copy(before)(name=name)


def _on_a_copy(before: Value) -> MessageType:
    """How a value of that make is copied as a whole."""
    kind = kind_of(before)
    if kind not in (LIST, TUPLE, DICT):
        return calls.WORK_ON_A_COPY
    parts = before.values() if kind is DICT else before
    if kind is TUPLE or any(kind_of(part) in _CHANGEABLE for part in parts):
        return calls.WORK_ON_A_DEEP_COPY
    return calls.WORK_ON_A_COPY_OF_A_DICT if kind is DICT else calls.WORK_ON_A_COPY_OF_A_LIST


def also_changed(names: Sequence[str]) -> Message:
    """Besides something else, arguments were changed."""
    return calls.ALSO_CHANGED(count=len(names), names=tuple(names))


def argument_unchanged(name: str) -> Message:
    """An argument that should be changed is as it was."""
    return calls.ARGUMENT_UNCHANGED(name=name)


def argument_not_right(name: str, difference: Difference) -> tuple[Message, ...]:
    """An argument that should be changed was changed to something else."""
    return calls.ARGUMENT_NOT_RIGHT(name=name), *difference_messages(difference)


def class_for_function(name: str) -> Message:
    """The name of the function is that of a class, and calling it made an object of the class."""
    return calls.CLASS_FOR_FUNCTION(name=name)


def _asks_for_input(error: Raised) -> bool:
    return error.type == "EOFError" and error.message == "EOF when reading a line"


def _stopped(error: Raised) -> Message:
    """What a statement outside of functions did when it raised."""
    if error.type == "SystemExit":
        return source.STOPPED_BY_EXIT()
    return source.STOPPED_BY_INPUT() if _asks_for_input(error) else source.STOPPED_BY_ERROR(error=_error(error))


def _error(error: Raised) -> str:
    """`ValueError: …`, ending in one full stop."""
    message = clean(error.message)
    text = f"{clean(error.type, 80)}: {message}" if message else clean(error.type, 80)
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _statement(error: Raised) -> Message:
    return source.PLACE_STATEMENT() if error.line is None else at_line(error.line, error.cell)


def _memory(size: int) -> str:
    gib = size / (1 << 30)
    return f"{gib:.3g} GiB" if gib >= 1 else f"{size / (1 << 20):.3g} MiB"


def _end(exit_status: int | None) -> Message:
    """Why a process ended; a negative status is a signal."""
    if exit_status is None:
        return calls.END_UNKNOWN()
    if exit_status >= 0:
        known = {_ACCESS_VIOLATION: calls.SIGNALS["SIGSEGV"], _STACK_OVERFLOW: calls.END_TOO_DEEP}
        return known[exit_status]() if exit_status in known else calls.END_STATUS(status=exit_status)
    try:
        name = signal.Signals(-exit_status).name
    except ValueError:
        return calls.END_SIGNAL(name=str(-exit_status))
    return calls.SIGNALS[name]() if name in calls.SIGNALS else calls.END_SIGNAL(name=name)
