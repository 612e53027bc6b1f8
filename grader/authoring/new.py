"""A new exercise: a specification and a reference solution that work at once, to be edited from there."""

from __future__ import annotations

import builtins
import dataclasses
import keyword
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.authoring.files import write_together
from grader.course.element_kinds import NUMBERS
from grader.course.open_dicts import has_open
from grader.course.signature import ANY_SHAPE, Exactly, Kind, Leaf, ListOf, Open, Record, Signature, Tuple
from grader.course.sizes import size_symbols
from grader.errors import CourseError

if TYPE_CHECKING:
    from grader.course.key import Parameter

__all__ = ["ExerciseDraft", "check_argument", "check_name", "solution_lines", "write_exercise"]

_DTYPES: Final = {Kind.INT: ", dtype=int", Kind.BOOL: ", dtype=bool", Kind.COMPLEX: ", dtype=complex"}
_ONE: Final = {
    Kind.FLOAT: "float({total})",
    Kind.INT: "int({total})",
    Kind.BOOL: "bool({total} > 0)",
    Kind.COMPLEX: "complex({total})",
    Kind.STR: '""',
    Kind.ANY: "{total}",
    Kind.OPAQUE: "None",
    Kind.NONE: "None",
}


@dataclasses.dataclass(frozen=True, slots=True)
class ExerciseDraft:
    """What `grader new` needs to know."""

    name: str
    title: str
    parameters: tuple[Parameter, ...]
    returns: Signature
    returns_text: str


def check_name(name: str) -> str:
    """`name`, if it can be that of an exercise: it is a Python function's, and two files'. Else `CourseError`."""
    fault = _fault(name) or ("Python itself has something of that name" if hasattr(builtins, name) else "")
    if fault:
        raise CourseError(
            f"{name!r} cannot name an exercise: students write a function of that name, and {fault}{_instead(name)}"
        )
    return name


def check_argument(name: str) -> str:
    """`name`, if it can be that of an argument; else `CourseError`."""
    fault = _fault(name) or ("the random generator of expressions has that name" if name == "rng" else "")
    if fault:
        raise CourseError(f"{name!r} cannot name an argument: {fault}{_instead(name)}")
    return name


def _fault(name: str) -> str:
    """What keeps anything from having that name; empty where nothing does."""
    if keyword.iskeyword(name):
        return "it is a word of Python itself"
    if name == "np":
        return "that is how every file calls NumPy"
    if not name.isidentifier() or name.startswith("_"):
        return "a name has letters, digits and _, and begins with a letter"
    return ""


def _instead(name: str) -> str:
    close = re.sub(r"\W+", "_", name).strip("_")
    close = close if close != name else f"my_{name}"
    return f"; how about {close}?" if close.isidentifier() and not (_fault(close) or hasattr(builtins, close)) else ""


def write_exercise(draft: ExerciseDraft, course: Path) -> tuple[Path, Path]:
    """Write exercises/NAME.yaml and solutions/NAME.py under `course`; never over an existing file."""
    from grader.course.templates import render

    _check_keys_are_fixed(draft)
    specification = course / "exercises" / f"{draft.name}.yaml"
    solution = course / "solutions" / f"{draft.name}.py"
    lines = list(solution_lines(draft.parameters, draft.returns))
    plain = {"name": draft.name, "title": draft.title, "parameters": draft.parameters, "returns": draft.returns_text}
    changes = changed_by(draft.parameters, draft.returns)
    symbols = [name for name in size_symbols(draft.parameters, draft.returns) if name.isidentifier()]
    texts = {
        specification: render("new-exercise.yaml.j2", course=course, symbols=symbols, changes=changes, **plain),
        solution: render("new-solution.py.j2", course=course, lines=lines, **plain),
    }
    write_together({file: text.encode() for file, text in texts.items()})
    return specification, solution


def solution_lines(parameters: Sequence[Parameter], returns: Signature) -> Iterator[str]:
    """The body of a function that returns something of the declared type, from what it is given."""
    if returns == Leaf(Kind.NONE):
        yield f"{changed_by(parameters, returns)[0]} *= 2"
        return
    if returns == Leaf(Kind.PRINTED):
        yield f"print({_total(parameters)})"
        return
    known: set[str] = set()
    for parameter in parameters:
        if isinstance(parameter.signature, Leaf) and isinstance(parameter.signature.shape, tuple):
            yield from _sizes(parameter.name, parameter.signature.shape, known, returns)
    yield f"return {_value(returns, parameters)}"


def changed_by(parameters: Sequence[Parameter], returns: Signature) -> tuple[str, ...]:
    """The argument that a function changes that returns nothing: the first array of numbers."""
    if returns != Leaf(Kind.NONE):
        return ()
    for parameter in parameters:
        signature = parameter.signature
        if isinstance(signature, Leaf) and signature.kind in NUMBERS and isinstance(signature.shape, tuple):
            return (parameter.name,)
    raise CourseError("a function that returns none has to change an argument: give it an array of numbers")


def _sizes(name: str, shape: tuple[str, ...], known: set[str], returns: Signature) -> Iterator[str]:
    wanted = set(re.findall(r"[A-Za-z_]\w*", " ".join(_dimensions(returns))))
    for axis, size in enumerate(shape):
        if size in wanted and size not in known:
            known.add(size)
            yield f"{size} = {name}.shape[{axis}]"


def _check_keys_are_fixed(draft: ExerciseDraft) -> None:
    for name, signature in (*((one.name, one.signature) for one in draft.parameters), ("the result", draft.returns)):
        if has_open(signature):
            raise CourseError(
                f"not every key of {name} is fixed, and there is no making up the others: leave out what is open, "
                "and write it into the file"
            )


def _dimensions(signature: Signature) -> Iterator[str]:
    if isinstance(signature, Exactly):
        yield from _dimensions(signature.signature)
    elif isinstance(signature, Leaf):
        yield from signature.shape if isinstance(signature.shape, tuple) else ()
    elif isinstance(signature, ListOf):
        yield from _dimensions(signature.element)
    else:
        parts = signature.parts if isinstance(signature, Tuple) else tuple(signature.parts.values())
        for part in parts:
            yield from _dimensions(part)


def _value(signature: Signature, parameters: Sequence[Parameter]) -> str:
    if isinstance(signature, Tuple):
        parts = [_value(part, parameters) for part in signature.parts]
        return f"({', '.join(parts)}{',' if len(parts) == 1 else ''})"
    if isinstance(signature, Record | Open):
        return "{" + ", ".join(f'"{name}": {_value(part, parameters)}' for name, part in signature.parts.items()) + "}"
    if isinstance(signature, Exactly):
        maker = signature.name.replace("numpy.ndarray", "np.asarray").replace("numpy.", "np.")
        return f"{maker}({_value(signature.signature, parameters)})"
    if isinstance(signature, ListOf):
        return f"[{_value(signature.element, parameters)}]"
    same = [parameter.name for parameter in parameters if parameter.signature == signature]
    if same and signature.kind in NUMBERS:
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
        if isinstance(signature, Leaf) and signature.kind in NUMBERS:
            return parameter.name if signature.shape is None else f"np.sum({parameter.name})"
    return "0"
