"""An example as a session at Python's prompt, with what the reference answered.

Answers are rounded in the call itself, so that they read the same whatever the version of numpy and the last bit.
"""

from __future__ import annotations

import ast
import math
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import numpy as np

from grader.course.key import AnswerKey, Case
from grader.judge.built import build_lines, on_one_line, package_lines, used_by_build
from grader.kinds.kind import Unshowable
from grader.literals import literal, modules
from grader.observation import Observation, Raised, Status
from grader.values import Opaque, Value

__all__ = ["Example", "Line", "assignment_lines", "example_of"]

_WIDTH: Final = 75
_MANY: Final = 100  # elements; of a larger array only the shape is shown
_SMALL: Final = 1e-10
_PLACES: Final = 4
_GLUED: Final = "\0=\0"  # Python ends a statement where this would be broken


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a session: what is typed has a prompt, what comes back has none."""

    prompt: str
    text: str

    def __str__(self) -> str:
        return self.prompt + self.text


@dataclass(frozen=True, slots=True)
class Example:
    """A call, as it is typed, and what it answers."""

    name: str
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return "\n".join(map(str, self.lines))


def example_of(case: Case, key: AnswerKey) -> Example:
    """The session of `case`. Raises `Unshowable` where an argument or the answer has no form that can be typed."""
    arguments: dict[str, Value] = case.arguments.value
    lines = [line for module in sorted(modules(arguments)) for line in _typed(f"import {module}")]
    lines += [line for statement in package_lines(key, _expressions(case)) for line in _typed(statement)]
    written = used_by_build(case) | set(arguments if case.code else ())
    lines += [
        line for name in arguments if name in written or _is_long(arguments[name]) for line in _given(name, arguments)
    ]
    lines += [line for statement in build_lines(case) for line in _typed(statement)]
    if case.code:
        statements, call = _split(case.code)
        lines += [line for statement in statements for line in _typed(statement)]
    elif key.function is None:
        raise Unshowable("there is nothing to call")
    else:
        call = f"{key.function}({', '.join(_passed(case, key))})"
    if case.view is not None:
        lines += _typed(f"result = {call}")
        call = on_one_line(case.view.code)
    if case.samples:
        return Example(case.test, (*lines, Line(">>> ", f"{call}  # doctest: +SKIP")))
    return Example(case.test, (*lines, *_answer(call, case.expected)))


_SELF_EXPLAINING: Final = (Fraction, Decimal, date, time, timedelta, range)  # a datetime is a date


def _is_long(value: Value) -> bool:
    return isinstance(value, np.ndarray | list | tuple | dict)


def _given(name: str, arguments: dict[str, Value]) -> Iterator[Line]:
    yield from _typed("\n".join(assignment_lines(name, arguments[name], _WIDTH)))


def assignment_lines(name: str, value: Value, width: int) -> list[str]:
    """`name = value` in lines of at most `width` where that can be done, the rows of a matrix below each other."""
    text = f"{name} = {literal(value)}"
    if len(text) <= width or '"' in text or "'" in text:
        return [text]
    pieces = [text]
    if isinstance(value, np.ndarray) and value.ndim > 1 and value.size:
        rows = [literal(row) for row in value.tolist()]
        opening = f"{name} = np.array(["
        pieces = [f"{opening}{rows[0]},", *(" " * len(opening) + row + "," for row in rows[1:])]
        pieces[-1] = pieces[-1][:-1] + "]" + text[text.rindex("]") + 1 :]
    return [line for piece in pieces for line in _folded(piece, width)]


def _folded(line: str, width: int) -> list[str]:
    start = len(line) - len(line.lstrip())
    indent = " " * (line.rfind("[", 0, width // 2) + 1 or start)
    lines = textwrap.wrap(
        line.lstrip().replace(" = ", _GLUED),
        width,
        initial_indent=line[:start],
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [folded.replace(_GLUED, " = ") for folded in lines]


def _typed(statement: str) -> Iterator[Line]:
    first, *rest = statement.split("\n")
    yield Line(">>> ", first)
    for line in rest:
        yield Line("... ", line)


def _expressions(case: Case) -> list[str]:
    return [*case.build.values(), *(() if case.view is None else (case.view.code,))]


def _passed(case: Case, key: AnswerKey) -> Iterator[str]:
    arguments: dict[str, Value] = case.arguments.value
    gap = False
    for name in (parameter.name for parameter in key.parameters):
        if name in case.build or name in arguments:
            text = name if name in case.build or _is_long(arguments[name]) else literal(arguments[name])
            yield f"{name}={text}" if gap else text
        else:
            gap = True


def _split(code: str) -> tuple[list[str], str]:
    """The statements of `code` and the expression at its end."""
    *statements, last = ast.parse(code).body
    if not isinstance(last, ast.Expr):
        raise Unshowable("its code does not end in an expression")
    whole = [ast.unparse(node) + ("\n" if hasattr(node, "body") else "") for node in statements]
    return whole, ast.unparse(last)


def _answer(call: str, expected: Observation) -> Iterator[Line]:
    if expected.status is Status.RAISED and expected.error is not None:
        yield from _raised(call, expected.error)
        return
    if expected.status is not Status.RETURNED:
        raise Unshowable("it does not return")
    value = expected.value.value
    if value is None and expected.changed.value:
        yield Line(">>> ", call)
    else:
        yield from _shown(call, value)
    for name, changed in expected.changed.value.items():
        yield from _shown(name, changed)


def _raised(call: str, error: Raised) -> Iterator[Line]:
    yield Line(">>> ", f"{call}  # doctest: +IGNORE_EXCEPTION_DETAIL")
    yield Line("", "Traceback (most recent call last):")
    yield Line("", "    ...")
    yield Line("", error.type)


def _shown(call: str, value: Value) -> Iterator[Line]:
    """Statements that show `value`, the answer to `call`, and what they print."""
    if isinstance(value, list | tuple | dict) and not _is_plain(value):
        yield from _shown_in_parts(call, value)
        return
    statement, shown = _statement(call, value)
    yield Line(">>> ", statement)
    yield from (Line("", line) for line in shown.split("\n"))


def _shown_in_parts(call: str, value: Any) -> Iterator[Line]:
    name = call
    if not call.isidentifier() and not call.startswith("result["):
        yield Line(">>> ", f"result = {call}")
        name = "result"
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    shown = [line for key, part in parts if not isinstance(part, Opaque) for line in _shown(f"{name}[{key!r}]", part)]
    if not shown:
        raise Unshowable("its answer cannot be shown")
    yield from shown


def _is_plain(value: Value) -> bool:
    """Whether `value` prints the same everywhere."""
    if isinstance(value, list | tuple):
        return all(map(_is_plain, value))
    if isinstance(value, dict):
        return all(_is_plain(part) for part in (*value.keys(), *value.values()))
    return value is None or type(value) in (bool, int, str, bytes)


def _statement(call: str, value: Value) -> tuple[str, str]:
    """What to type to see `value` in a form that is the same everywhere, and that form."""
    if isinstance(value, Opaque):
        raise Unshowable(f"a {value.name} cannot be shown")
    if value is None:
        return f"{call} is None", "True"
    if isinstance(value, np.ndarray) and value.ndim:
        return _array_statement(call, value)
    if isinstance(value, set | frozenset):
        return f"sorted({call})", repr(_sorted(value))
    if isinstance(value, _SELF_EXPLAINING):
        return call, repr(value)
    plain = value.item() if isinstance(value, np.ndarray | np.generic) else value
    places = _places(np.asarray(plain)) if isinstance(plain, float | complex) else 0
    match plain:
        case bool() | int():
            return f"{type(plain).__name__}({call})", repr(plain)
        case float():
            zero = " + 0" if math.copysign(1, round(plain, places)) < 0 and not round(plain, places) else ""
            return f"round(float({call}), {places}){zero}", repr(round(plain, places) + 0.0)
        case complex():
            return f"complex(np.round({call}, {places}))", repr(complex(np.round(plain, places)))
    return f"{type(plain).__name__}({call})", repr(plain)


def _sorted(value: set[Value] | frozenset[Value]) -> list[Value]:
    """In the one order that prints the same everywhere."""
    try:
        return sorted(value)
    except TypeError:
        raise Unshowable("a set whose elements have no order cannot be shown") from None


def _array_statement(call: str, value: np.ndarray) -> tuple[str, str]:
    if value.size > _MANY:
        return f"{call}.shape", repr(value.shape)
    with np.printoptions(precision=8, linewidth=_WIDTH, floatmode="maxprec", suppress=False):
        if value.dtype.kind not in "fc":
            return call, repr(value)
        places = _places(value)
        rounded = np.round(value, places)
        if _has_negative_zero(rounded):  # which of the two zeros comes out hangs on the last bit
            return f"{call}.round({places}) + 0", repr(rounded + 0)
        if np.allclose(rounded, value, rtol=0, atol=_SMALL, equal_nan=True):
            return call, repr(rounded)
        return f"{call}.round({places})", repr(rounded)


def _has_negative_zero(value: np.ndarray) -> bool:
    return any(bool(np.any((part == 0) & np.signbit(part))) for part in (value.real, value.imag))


def _places(value: np.ndarray) -> int:
    """Decimals that show four digits of the largest element, and where no element is on the verge of the next digit."""
    finite = np.abs(np.append(value.real.ravel(), value.imag.ravel()))
    finite = finite[np.isfinite(finite)]
    largest = float(np.max(finite, initial=0))
    places = max(_PLACES, _PLACES - 1 - math.floor(math.log10(largest))) if largest else _PLACES
    while places < 2 * _PLACES and bool(np.any(np.abs(finite * 10**places % 1 - 0.5) < 1e-6)):
        places += 1
    return places
