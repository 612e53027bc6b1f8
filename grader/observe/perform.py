"""One call, and what it did."""

from __future__ import annotations

import ast
import os
import random
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from types import CodeType, FrameType
from typing import Any, Final, TypeVar, final

import msgspec
import numpy as np
import numpy.random

from grader.errors import ValueTooLarge
from grader.named_tuple import Named
from grader.observation import MAX_WARNINGS, Observation, Raised, Status
from grader.observe.kept import Kept
from grader.observe.process_setup import flush
from grader.observe.recording import LastingRecording, recording
from grader.observe.source_map import SourceMap, raised
from grader.observe.truncation import Truncation
from grader.observe.wire import Call
from grader.size_limit import SizeLimit
from grader.values import Plain, Value, equal

__all__ = ["Steps", "fresh", "is_quick", "perform", "perform_quickly", "sendable"]

T = TypeVar("T")

# Held here so that a submission that patches modules only patches what it sees itself.
_seed_python = random.seed
_seed_numpy = numpy.random.seed
_count_threads = threading.active_count
_set_trace = sys.settrace
_set_profile = sys.setprofile
_dup, _dup2, _open, _close = os.dup, os.dup2, os.open, os.close
_ndarray = np.ndarray
_copy_array = np.ndarray.copy
_bytes_of = np.ndarray.tobytes
_indices = np.ndindex

_CODE_FILE: Final = "<call>"
_AUTHORS_FILE: Final = "<specification>"
_SEEDS: Final = 1 << 32  # what numpy takes
_ERRORS: Final = 2  # the descriptor of the error stream


@final
class Steps:
    """How many steps Python takes in a call: lines begun and functions entered, in whatever code it runs.

    A comprehension takes a step for each turn, and a function that numpy calls for each element takes one for each
    call. The submission's own process counts them, so that what comes of it is advice.
    """

    def __init__(self) -> None:
        self.taken = 0

    def counting(self, run: Callable[[], T]) -> Callable[[], T]:
        """`run`, with its steps counted."""

        def counted() -> T:
            _set_trace(self._count)
            try:
                return run()
            finally:
                _set_trace(None)

        return counted

    def _count(self, frame: FrameType, event: str, argument: Any) -> Callable[..., Any]:
        if event in ("line", "call"):
            self.taken += 1
        return self._count


def perform(
    call: Call,
    namespace: dict[str, Any],
    source_map: SourceMap,
    kept: Kept,
    *,
    on_sample: Callable[[], None] = lambda: None,
) -> Observation:
    """Make one call and write down what it did. Its author's expressions see what was `kept`.

    `on_sample` is called after each of several samples. One that does not return is what all of them did.
    """
    if call.each:
        return _each(call, namespace, source_map, kept)
    if not call.samples:
        return _performed(call, namespace, source_map, kept)
    made: list[Observation] = []
    for seed in call.samples:
        one = _performed(msgspec.structs.replace(call, seed=seed, samples=()), namespace, source_map, kept)
        if one.status is not Status.RETURNED:
            return one
        made.append(_copied(one))
        on_sample()
    return _together(made, call.arguments.value)


def is_quick(call: Call) -> bool:
    """Whether `perform_quickly` can make the call: plain arguments go in, and nothing but what comes back counts."""
    return call.is_plain and call.code is None and not call.counted


def perform_quickly(
    call: Call, namespace: dict[str, Any], source_map: SourceMap, lasting: LastingRecording
) -> Observation:
    """As `perform`, on a submission that only computes: it draws no random numbers, and starts no threads."""
    sent = call.arguments.value
    arguments = {name: fresh(value) for name, value in sent.items()}
    with lasting as warned:
        status, value, error = _outcome(_prepared(call, namespace, arguments), source_map)
    return Observation(status, Plain(value), Plain(_changed(sent, arguments)), error, tuple(warned))


def _each(call: Call, namespace: dict[str, Any], source_map: SourceMap, kept: Kept) -> Observation:
    """What each piece of code gives."""
    found = []
    for code in call.each:
        one = _performed(msgspec.structs.replace(call, code=code, each=()), namespace, source_map, kept)
        error = (one.error.type, one.error.message) if one.error is not None else ("", "")
        found.append([one.status.value, one.value.value, *error])
    return Observation(Status.RETURNED, Plain(found))


def _copied(one: Observation) -> Observation:
    """With copies of its values: the next call may change what this one gave. What cannot be copied stays."""
    try:
        changed = {name: fresh(value) for name, value in one.changed.value.items()}
        return msgspec.structs.replace(one, value=Plain(fresh(one.value.value)), changed=Plain(changed))
    except Exception:  # noqa: BLE001 — a boundary: its classes may be the student's
        return one


def _together(made: list[Observation], sent: dict[str, Value]) -> Observation:
    """All samples as one observation: lists of what came back and, of arguments that some sample changed, after it."""
    changed = dict.fromkeys(name for one in made for name in one.changed.value)
    after = {name: [one.changed.value.get(name, sent[name]) for one in made] for name in changed}
    return Observation(
        status=Status.RETURNED,
        value=Plain([one.value.value for one in made]),
        changed=Plain(after),
        warnings=tuple(dict.fromkeys(warned for one in made for warned in one.warnings))[:MAX_WARNINGS],
        threads=sum(one.threads for one in made),
    )


def _performed(
    call: Call,
    namespace: dict[str, Any],
    source_map: SourceMap,
    kept: Kept,
) -> Observation:
    sent = call.arguments.value
    arguments = {name: fresh(value) for name, value in sent.items()}
    given = arguments
    if call.build:
        status, built, error = _outcome(lambda: _built(call, kept), source_map)
        if status is not Status.RETURNED:
            return Observation(Status.UNBUILT if status is Status.RAISED else status, error=error)
        given = {**arguments, **built}
    run, steps = _prepared(call, namespace, given), Steps() if call.counted else None
    run = run if steps is None else steps.counting(run)
    threads = _count_threads()
    with recording(source_map) as warned:
        _seed_python(call.seed)
        _seed_numpy(call.seed % _SEEDS)
        if not call.printed:
            status, value, error = _outcome(run, source_map)
        else:
            with _errors_apart():
                status, _, error = _outcome(run, source_map)
            value = None  # what is printed comes in its place
    if call.view is not None and status is Status.RETURNED:
        status, value, error = _viewed(call, value, kept, source_map)
    return Observation(
        status=status,
        value=Plain(value),
        changed=Plain(_changed(sent, arguments)),
        error=error,
        warnings=tuple(warned),
        threads=max(_count_threads() - threads, 0),
        steps=None if steps is None else steps.taken,
    )


def _built(call: Call, kept: Kept) -> dict[str, Any]:
    """What the author's expressions make of copies of the arguments, so that nothing of it shares memory with those."""
    if not call.build:
        return {}
    made: dict[str, Any] = {}
    names = {**kept.namespace(), "seed": call.seed, **_copies(call)}
    with kept.in_place():
        for name, code in call.build.items():
            # Each has names of its own: a function goes on with what they were when it was made.
            names[name] = made[name] = _value_of(code, dict(names))
    return made


def _viewed(call: Call, result: Any, kept: Kept, source_map: SourceMap) -> tuple[Status, Value, Raised | None]:
    """What the author looks at of a result; that result itself where this raises."""

    def view() -> Value:
        with kept.in_place():
            return _value_of(call.view or "", {**kept.namespace(), **_copies(call), "result": result})

    status, value, error = _outcome(view, source_map)
    return (Status.UNVIEWED, result, error) if status is Status.RAISED else (status, value, error)


def _copies(call: Call) -> dict[str, Value]:
    return {name: fresh(value) for name, value in call.arguments.value.items()}


def _value_of(code: str, names: dict[str, Any]) -> Any:
    return eval(_expression(code), names)  # noqa: S307 — the author's


@lru_cache(maxsize=64)
def _expression(code: str) -> CodeType:
    return compile(f"(\n{code}\n)", _AUTHORS_FILE, "eval", dont_inherit=True)


@contextmanager
def _errors_apart() -> Iterator[None]:
    """What goes to the error stream goes nowhere: the pipe that output goes to is one for both."""
    flush()
    errors, nowhere = _dup(_ERRORS), _open(os.devnull, os.O_WRONLY)
    _dup2(nowhere, _ERRORS)
    try:
        yield
    finally:
        flush()
        _dup2(errors, _ERRORS)
        _close(errors)
        _close(nowhere)


def sendable(observation: Observation, size_limit: SizeLimit) -> Observation:
    """The same; of the values that do not go into `size_limit` only what they are: type, shape, length."""
    truncation = Truncation(size_limit)
    for name in observation.changed.value:
        truncation.of(name)  # names are sent in any case
    value = truncation.of(observation.value.value)
    changed = {name: truncation.of(part) for name, part in observation.changed.value.items()}
    return msgspec.structs.replace(observation, value=Plain(value), changed=Plain(changed))


def _outcome(run: Callable[[], Value], source_map: SourceMap) -> tuple[Status, Value, Raised | None]:
    try:
        try:
            value = run()
        finally:
            _set_trace(None)  # at once: what is left behind would see, and could break, what follows
            _set_profile(None)
        return Status.RETURNED, value, None
    except MemoryError as error:
        return Status.OUT_OF_MEMORY, None, raised(error, source_map)
    except BaseException as error:  # noqa: BLE001 — a boundary: whatever the submission raises is noted
        return Status.RAISED, None, raised(error, source_map)


def _prepared(call: Call, namespace: dict[str, Any], arguments: dict[str, Value]) -> Callable[[], Value]:
    if call.code is not None:
        code = call.code
        return lambda: _evaluated(code, {**namespace, **arguments})
    if not call.passed and not call.keywords:
        return lambda: _found(call.function, namespace)(*arguments.values())
    passed = call.passed or tuple(arguments)
    positional = [arguments[name] for name in passed if name not in call.keywords]
    keywords = {name: arguments[name] for name in passed if name in call.keywords}
    return lambda: _found(call.function, namespace)(*positional, **keywords)


def _found(name: str | None, namespace: dict[str, Any]) -> Any:
    if name not in namespace:
        raise NameError(f"name '{name}' is not defined")
    return namespace[name]


def _evaluated(code: str, namespace: dict[str, Any]) -> Value:
    """Run the lines; the value of the last one, if it is an expression."""
    lines, expression = _compiled(code)
    exec(lines, namespace)  # noqa: S102 — this is the process for it
    return None if expression is None else eval(expression, namespace)  # noqa: S307 — the same


@lru_cache(maxsize=64)
def _compiled(code: str) -> tuple[CodeType, CodeType | None]:
    """The lines, and the expression behind them: inputs are drawn by the same code again and again."""
    tree = ast.parse(code, _CODE_FILE)
    last = tree.body[-1] if tree.body else None
    if isinstance(last, ast.Expr):
        tree.body.pop()
    lines = compile(tree, _CODE_FILE, "exec", dont_inherit=True)
    if not isinstance(last, ast.Expr):
        return lines, None
    return lines, compile(ast.Expression(last.value), _CODE_FILE, "eval", dont_inherit=True)


def fresh(value: Value) -> Value:
    """A copy that shares nothing with what was sent and whose arrays own their memory."""
    match value:
        case _ndarray():
            return _fresh_array(value)
        case list():
            return [fresh(part) for part in value]
        case Named():
            return _fresh_named(value)
        case tuple():
            return tuple(fresh(part) for part in value)
        case dict():
            return {fresh(name): fresh(part) for name, part in value.items()}
        case set() | frozenset():
            return type(value)(map(fresh, value))
    return value


def _fresh_named(value: Named) -> Value:
    parts = [fresh(part) for part in value]
    try:
        return Named.of(value.name, value.fields, parts).as_namedtuple()
    except Exception:  # noqa: BLE001 — of a submission that broke what Python makes such classes with
        return tuple(parts)


def _fresh_array(array: Any) -> Any:
    made = _copy_array(array)
    if array.dtype.kind == "O":
        for index in _indices(array.shape):
            made[index] = fresh(array[index])
    elif array.dtype.hasobject:
        for name in array.dtype.names:
            made[name] = fresh(array[name])
    return made


def _changed(sent: dict[str, Value], arguments: dict[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in arguments.items() if not _is_unchanged(sent[name], value)}


def _is_unchanged(before: Value, after: Value) -> bool:
    if type(before) is _ndarray is type(after) and after.dtype == before.dtype and after.shape == before.shape:
        return _bytes_of(before) == _bytes_of(after)
    try:
        return equal(before, after)
    except ValueTooLarge:
        return False
