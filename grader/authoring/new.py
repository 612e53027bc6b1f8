"""A new exercise: a specification and a reference solution that work at once, to be edited from there."""

from __future__ import annotations

import dataclasses
import keyword
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.course.signature import ANY_SHAPE, Kind, Leaf, ListOf, Record, Signature, Tuple
from grader.course.sizes import size_symbols
from grader.errors import CourseError

if TYPE_CHECKING:
    from grader.course.key import Parameter

__all__ = ["Draft", "check_name", "solution_lines", "write_exercise"]

_DTYPES: Final = {Kind.INT: ", dtype=int", Kind.BOOL: ", dtype=bool", Kind.COMPLEX: ", dtype=complex"}
_NUMBERS: Final = frozenset({Kind.INT, Kind.FLOAT, Kind.COMPLEX})
_ONE: Final = {
    Kind.FLOAT: "float({total})",
    Kind.INT: "int({total})",
    Kind.BOOL: "bool({total} > 0)",
    Kind.COMPLEX: "complex({total})",
    Kind.STR: '""',
    Kind.ANY: "{total}",
    Kind.OPAQUE: "None",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Draft:
    """What `grader new` needs to know."""

    name: str
    title: str
    parameters: tuple[Parameter, ...]
    returns: Signature
    returns_text: str


def check_name(name: str) -> str:
    """`name`, if it can be that of an exercise: it is a Python function's, and two files'. Else `CourseError`."""
    if not name.isidentifier() or keyword.iskeyword(name) or name.startswith("_"):
        close = re.sub(r"\W+", "_", name).strip("_")
        advice = f"; how about {close}?" if close.isidentifier() and not keyword.iskeyword(close) else ""
        raise CourseError(f"{name!r} cannot name an exercise: students write a Python function of that name{advice}")
    return name


def write_exercise(draft: Draft, course: Path) -> tuple[Path, Path]:
    """Write exercises/NAME.yaml and solutions/NAME.py under `course`; never over an existing file."""
    from grader.authoring.templates import render

    specification = course / "exercises" / f"{draft.name}.yaml"
    solution = course / "solutions" / f"{draft.name}.py"
    for file in (specification, solution):
        if file.exists():
            raise CourseError(f"{file} exists already, and is left as it is; choose another name or edit that one")
    lines = list(solution_lines(draft.parameters, draft.returns))
    plain = {"name": draft.name, "title": draft.title, "parameters": draft.parameters, "returns": draft.returns_text}
    symbols = [name for name in size_symbols(draft.parameters, draft.returns) if name.isidentifier()]
    texts = {
        specification: render("new-exercise.yaml.j2", course=course, symbols=symbols, **plain),
        solution: render("new-solution.py.j2", course=course, lines=lines, **plain),
    }
    try:
        for file, text in texts.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CourseError(f"{error.filename or course}: cannot be written: {error.strerror or error}") from None
    return specification, solution


def solution_lines(parameters: Sequence[Parameter], returns: Signature) -> Iterator[str]:
    """The body of a function that returns something of the declared type, from what it is given."""
    known: set[str] = set()
    for parameter in parameters:
        if isinstance(parameter.signature, Leaf) and isinstance(parameter.signature.shape, tuple):
            yield from _sizes(parameter.name, parameter.signature.shape, known, returns)
    yield f"return {_value(returns, parameters)}"


def _sizes(name: str, shape: tuple[str, ...], known: set[str], returns: Signature) -> Iterator[str]:
    wanted = set(re.findall(r"[A-Za-z_]\w*", " ".join(_dimensions(returns))))
    for axis, size in enumerate(shape):
        if size in wanted and size not in known:
            known.add(size)
            yield f"{size} = {name}.shape[{axis}]"


def _dimensions(signature: Signature) -> Iterator[str]:
    if isinstance(signature, Leaf):
        yield from signature.shape if isinstance(signature.shape, tuple) else ()
    elif isinstance(signature, ListOf):
        yield from _dimensions(signature.element)
    else:
        parts = signature.parts.values() if isinstance(signature, Record) else signature.parts
        for part in parts:
            yield from _dimensions(part)


def _value(signature: Signature, parameters: Sequence[Parameter]) -> str:
    if isinstance(signature, Tuple):
        parts = [_value(part, parameters) for part in signature.parts]
        return f"({', '.join(parts)}{',' if len(parts) == 1 else ''})"
    if isinstance(signature, Record):
        return "{" + ", ".join(f'"{name}": {_value(part, parameters)}' for name, part in signature.parts.items()) + "}"
    if isinstance(signature, ListOf):
        return f"[{_value(signature.element, parameters)}]"
    same = [parameter.name for parameter in parameters if parameter.signature == signature]
    if same and signature.kind in _NUMBERS:
        return f"2 * {same[0]}"
    if signature.shape is None or signature.shape == ANY_SHAPE:
        return _ONE[signature.kind].format(total=_total(parameters))
    shape = "".join(f"{size}, " for size in signature.shape)
    shape = shape[:-1] if len(signature.shape) == 1 else shape[:-2]
    if signature.kind is Kind.STR:
        return f'np.full(({shape}), "")'
    return f"np.zeros(({shape}){_DTYPES.get(signature.kind, '')})"


def _total(parameters: Sequence[Parameter]) -> str:
    """Something that depends on the first argument of numbers, if there is one."""
    for parameter in parameters:
        signature = parameter.signature
        if isinstance(signature, Leaf) and signature.kind in _NUMBERS:
            return parameter.name if signature.shape is None else f"np.sum({parameter.name})"
    return "0"
