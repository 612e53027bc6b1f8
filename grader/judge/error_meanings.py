"""What an exception means: from what a rule has read in its text to what is said of it.

Shapes, axes and indices are in `error_shapes`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from re import Match
from typing import Final, TypeAlias, final

from grader.judge.messages import errors
from grader.judge.numpy_names import MODULES, has_numpy, near_attribute, near_numpy, near_word
from grader.judge.numpy_renames import FUNCTIONS, LINALG, METHODS
from grader.judge.wording import clean
from grader.message import Message, MessageType
from grader.observation import Raised

__all__ = [
    "Meaning",
    "Seen",
    "always",
    "arguments",
    "array_attribute",
    "assignment",
    "attribute",
    "before_assignment",
    "blank",
    "brackets",
    "call",
    "gone_attribute",
    "imported",
    "keyword",
    "loop",
    "name",
    "numpy_attribute",
    "one_number",
    "operands",
    "unhashable",
    "unpacking",
]

_OF_MATH: Final = "exp|expm1|log|log2|log10|log1p|sqrt|sin|cos|tan|sinh|cosh|tanh|floor|ceil|trunc|fabs"
_KEYWORDS: Final = ("axis", "keepdims", "dtype", "out", "order", "ord", "where", "initial", "shape")
_OF_ARRAYS: Final = frozenset(
    ["shape", "reshape", "T", "sum", "dot", "size", "ndim", "mean", "astype", "ravel", "flatten", "copy"]
)
_ATTRIBUTES: Final = {
    "list": errors.ATTRIBUTE_OF_LIST,
    "tuple": errors.ATTRIBUTE_OF_TUPLE,
    "int": errors.ATTRIBUTE_OF_NUMBER,
    "float": errors.ATTRIBUTE_OF_NUMBER,
}
_CALLED: Final = {
    "module": errors.MODULE_CALLED,
    "numpy.ndarray": errors.ARRAY_CALLED,
    "tuple": errors.TUPLE_CALLED,
    "list": errors.LIST_CALLED,
    "int": errors.NUMBER_CALLED,
    "float": errors.NUMBER_CALLED,
    "numpy.float64": errors.NUMPY_NUMBER_CALLED,
    "numpy.int64": errors.NUMPY_NUMBER_CALLED,
    "NoneType": errors.NONE_USED["call"],
    "str": errors.STRING_CALLED,
}


@final
@dataclass(frozen=True, slots=True)
class Seen:
    """An exception whose text a rule has read. `names` are those that the student can have meant."""

    match: Match[str]
    error: Raised
    names: tuple[str, ...]

    def __getitem__(self, group: int | str) -> str:
        return clean(self.match[group] or "", 60)

    @property
    def source(self) -> str:
        """The line that raised."""
        return self.error.source_line


Meaning: TypeAlias = Callable[[Seen], Message | None]  # None where nothing is known that helps


def always(kind: MessageType) -> Meaning:
    """The same, whatever the text says."""
    return lambda seen: kind()


# Names.


def blank(seen: Seen) -> Message:
    """A name of underscores alone, which stands for what is to be written."""
    return errors.BLANK_LEFT(blank=seen["name"])


def name(seen: Seen) -> Message:
    """A name that Python does not know."""
    name = seen["name"]
    if name in MODULES:
        return errors.NOT_IMPORTED(name=name, line=MODULES[name])
    if has_numpy(name):
        return errors.OF_NUMPY(name=name)
    own = near_word(name, (*_near(seen), *seen.names, *_words(seen)))
    return errors.UNKNOWN_NAME(name=name) if own is None else errors.NEAR_NAME(name=name, near=own)


def _near(seen: Seen) -> tuple[str, ...]:
    """The names that look like it where it stands."""
    return tuple(clean(one, 60) for one in seen.error.near if one.isidentifier())


def _words(seen: Seen) -> list[str]:
    """The other names on the line, without those that stand behind a dot."""
    return [word for word in re.findall(r"(?<![\w.])[A-Za-z_]\w*", seen.source) if word != seen["name"]]


def numpy_attribute(seen: Seen) -> Message:
    """`np.` and a name that numpy, or this part of it, does not have."""
    part, name = seen["part"], seen["name"]
    written = _in_numpy(name, part)
    instead = _instead(seen, name, part)
    if instead is not None:
        return errors.OTHER_VERSIONS(name=written, instead=instead)
    elsewhere = next((other for other in ("", "linalg", "random") if other != part and has_numpy(name, other)), None)
    if elsewhere is not None:
        return errors.NEAR_NAME(name=written, near=_in_numpy(name, elsewhere))
    near = near_numpy(name, part)
    return errors.NEAR_NAME(name=written, near=_in_numpy(near, part)) if near else errors.NOT_IN_NUMPY(name=written)


def _instead(seen: Seen, name: str, part: str) -> str | None:
    """What to write for a name that other versions of numpy have."""
    if name == "math" and not part:
        used = re.search(r"\bmath\.(\w+)", seen.source)
        return f"np.{used[1]}" if used is not None and has_numpy(used[1]) else "import math"
    if part == "linalg":
        return LINALG.get(name)
    return None if part else FUNCTIONS.get(name)


def gone_attribute(seen: Seen) -> Message:
    """A name that numpy itself says it no longer has."""
    instead, written = _instead(seen, seen["name"], ""), _in_numpy(seen["name"], "")
    if instead is None:
        return errors.NOT_IN_NUMPY(name=written)
    return errors.OTHER_VERSIONS(name=written, instead=instead)


def _in_numpy(name: str, part: str) -> str:
    return f"np.{part}.{name}" if part else f"np.{name}"


def array_attribute(seen: Seen) -> Message | None:
    """A name that arrays do not have."""
    name = seen["name"]
    if name == "append":
        return errors.ARRAY_APPEND()
    if name in METHODS:
        return errors.OTHER_VERSIONS(name=f".{name}", instead=METHODS[name])
    near = near_attribute(name)
    if near is not None:
        return errors.NEAR_NAME(name=f".{name}", near=f".{near}")
    return errors.FUNCTION_NOT_METHOD(name=name) if has_numpy(name) else None


def attribute(seen: Seen) -> Message | None:
    """A name that something else does not have."""
    owner, name = seen["owner"], seen["name"]
    if owner == "NoneType":
        return errors.NONE_USED["attribute"]()
    if "function" in owner.lower() or owner in ("method", "numpy.ufunc", "builtin_function_or_method"):
        return errors.FUNCTION_USED["attribute"]()
    return _ATTRIBUTES.get(owner, errors.ATTRIBUTE_OF_OTHER)(name=name) if name in _OF_ARRAYS else None


def before_assignment(seen: Seen) -> Message:
    """A local variable without a value."""
    near = near_word(seen["name"], _near(seen)) if seen.error.near else None
    return errors.USED_BEFORE(name=seen["name"]) if near is None else errors.NEAR_NAME(name=seen["name"], near=near)


def imported(seen: Seen) -> Message:
    """A module that is not here."""
    return errors.NO_MODULE(name=seen["name"])


# Calls.


def call(seen: Seen) -> Message | None:
    """Round brackets behind something that is no function."""
    called = _CALLED.get(seen["what"])
    return called() if called is not None else None


def brackets(seen: Seen) -> Message | None:
    """Square brackets behind something that takes none."""
    what = seen["what"]
    if what == "NoneType":
        return errors.NONE_USED["brackets"]()
    if "function" in what.lower() or what in ("method", "type", "numpy.ufunc"):
        return errors.FUNCTION_INDEXED()
    is_number = what in ("int", "float", "numpy.float64", "numpy.int64")
    return errors.NUMBER_INDEXED["brackets"]() if is_number else None


def keyword(seen: Seen) -> Message:
    """An argument under a name that the function does not have."""
    name = seen["name"]
    near = near_word(name, (*_KEYWORDS, *seen.names))
    if near == name or near is None or near in ("abs", "any", "all"):
        return errors.UNKNOWN_KEYWORD(function=_last(seen["function"]), name=name)
    return errors.NEAR_KEYWORD(name=name, near=near)


def arguments(seen: Seen) -> Message:
    """Too many or too few arguments for a function that the student called."""
    return errors.ARGUMENT_COUNT(function=_last(seen["function"]))


def _last(name: str) -> str:
    """Of `Layer.forward`, `forward`."""
    return name.split(".")[-1]


# What things are.


def operands(seen: Seen) -> Message | None:
    """An operation between things that do not go together."""
    one, other = seen["one"], seen["other"]
    if "NoneType" in (one, other):
        return errors.NONE_USED["operands"]()
    if "function" in f"{one} {other}" or "method" in (one, other):
        return errors.FUNCTION_USED["operands"]()
    if "str" in (one, other):
        return errors.STRING_USED()
    return errors.LIST_ARITHMETIC() if {one, other} & {"list", "tuple"} else None


def loop(seen: Seen) -> Message:
    """A numpy function that got something else than numbers."""
    return errors.NONE_USED["not_numbers"]() if seen["what"] == "NoneType" else errors.NOT_NUMBERS()


def one_number(seen: Seen) -> Message:
    """An array where one number is wanted."""
    called = re.search(r"\bmath\.(\w+)", seen.source)
    if called is None and re.search(r"\b(?:float|int)\s*\(", seen.source) is None:
        called = re.search(rf"(?<![\w.])({_OF_MATH})\s*\(", seen.source)  # as of `from math import exp`
    return errors.MATH_OF_ARRAY(function=called[1]) if called else errors.ONE_NUMBER()


def unhashable(seen: Seen) -> Message:
    """An array in a set."""
    what = seen["what"]
    return errors.ARRAY_UNHASHABLE() if what == "numpy.ndarray" else errors.UNHASHABLE(what=what)


def unpacking(seen: Seen) -> Message:
    """`m, n = x.shape` of a vector."""
    told = errors.FEWER_VALUES if seen["way"] == "not enough" else errors.MORE_VALUES
    return told(count=int(seen["count"]))


def assignment(seen: Seen) -> Message:
    """`x.shape[0] = 3`, and elements of numbers."""
    return errors.NOT_CHANGED_IN_PART.get(seen["what"], errors.NUMBER_CHANGED_IN_PART)()
