"""Comparing two plain values, with the path of the first difference.

The rules, in this order over the whole value, the first that is broken anywhere being the one that is told:

    structure   a tuple's or list's length, a dictionary's keys, one value where several parts are due
    type        a list for an array or a tuple, a string for a number, None, anything that has no plain form
    shape       exact; one number has the shape (), so an array of shape (1,) is not one number
    dtype       `kind`: of the signature's kind or a narrower one (bool < int < float < complex), so that a bool is
                right for the float 1.0, and complex numbers are wrong where real ones are due, even if all their
                imaginary parts are 0; `exact`: the reference's; `any`. Strings are never numbers.
    nan         the same places
    value       infinities at the same places with the same signs, then `|a - e| <= atol + rtol * |e|`; integers are
                equal or not, unless the exercise has a tolerance of its own

Where the signature says less than the reference did (a float came from the reference where the signature says int), the
reference counts: it is never wrong by its own measure. A part whose signature is `opaque` is never looked at.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any, Final, TypeAlias, final

import msgspec
import numpy as np
import numpy.typing as npt

from grader.course.binding import RESULT
from grader.course.element_kinds import ELEMENT_KINDS, NUMBERS, of_dtype
from grader.course.exact_types import type_of
from grader.course.key import Comparison, Dtype
from grader.course.parts import part_of
from grader.course.signature import Exactly, Kind, Leaf, Signature
from grader.judge.elements import Elementwise, Step, compare_elements
from grader.judge.matching import by_identity, is_not_itself, odd_keys, unmatched
from grader.judge.places import element_path, key_path
from grader.judge.printed_lines import Apart, first_apart
from grader.judge.result import Mismatch, Rule
from grader.kinds.arrays import ARRAY, TIMES
from grader.kinds.containers import DICT, LIST, TUPLE
from grader.kinds.kind import Compared
from grader.kinds.numbers import NUMBER
from grader.kinds.table import kind_of
from grader.values import Opaque, Value

__all__ = ["Difference", "by_field", "compare"]

_ANYTHING: Final = Leaf(Kind.ANY, "...")
_KINDS: Final = (Kind.BOOL, *NUMBERS)  # from the narrowest on
_PYTHON_DTYPES: Final = {bool: np.dtype(np.bool_), int: np.dtype(np.int64), float: np.dtype(np.float64)}


_TOO_LARGE: Final = {
    "numpy.ndarray": (ARRAY, NUMBER, TIMES),
    "list": (LIST,),
    "tuple": (TUPLE,),
    "dict": (DICT,),
}
_OF_ONE_PIECE: Final = {Compared.WHOLE, Compared.AS_SET, Compared.NOT}


@final
class Difference(msgspec.Struct, frozen=True, eq=False):
    """The first thing that differs.

    `place` leads to the array or other value in question, of which `expected` and `actual` are the two versions; `path`
    goes on to the element (`result[1]['dW'][2, 0]`) or the key. `mask` marks every element that differs. `due` is the
    kind of numbers that the rule `dtype` wants, None where it wants one dtype exactly.
    """

    rule: Rule
    place: str
    path: str
    expected: Value
    actual: Value
    due: Kind | None = None
    index: tuple[int, ...] | None = None
    mismatch: Mismatch | None = None
    mask: npt.NDArray[np.bool_] | None = None
    exact: tuple[str, str] | None = None  # the types that came and is due, where nothing but these is wrong
    printed: Apart | None = None
    missing: tuple[Value, ...] = ()  # elements of a set, or keys
    extra: tuple[Value, ...] = ()


class _Rank(enum.IntEnum):
    STRUCTURE = 0
    TYPE = 1
    SHAPE = 2
    DTYPE = 3
    NAN = 4
    INF = 5
    VALUE = 6


_RULES: Final = {
    _Rank.STRUCTURE: Rule.STRUCTURE,
    _Rank.TYPE: Rule.TYPE,
    _Rank.SHAPE: Rule.SHAPE,
    _Rank.DTYPE: Rule.DTYPE,
    _Rank.NAN: Rule.NAN,
    _Rank.INF: Rule.VALUE,
    _Rank.VALUE: Rule.VALUE,
}
_STEPS: Final = {Step.NAN: _Rank.NAN, Step.INF: _Rank.INF, Step.VALUE: _Rank.VALUE}

_Found: TypeAlias = Iterator[tuple[_Rank, Difference]]


def compare(
    expected: Value, actual: Value, comparison: Comparison, signature: Signature, name: str = RESULT
) -> Difference | None:
    """The first difference between two plain values, or None where `actual` is right.

    Differences are looked for in this order: structure, type, shape, dtype, NaN, infinity, value. It neither raises nor
    warns, whatever the values are.

    Parameters
    ----------
    expected, actual
        Plain values, of any shapes.
    comparison
        The tolerances, and how strict dtypes are. Numbers are equal where
        ``abs(actual - expected) <= atol + rtol * abs(expected)``, the rule of `numpy.isclose`.
    signature
        The signature of `expected`, which says what kinds of numbers its parts have.
    name
        What the value is called in the paths of a difference: ``result[1]['dW'][2, 0]``.

    Returns
    -------
    Difference or None
        With a mask of all elements that differ, in the shape of the array that they are in.
    """
    found = min(_walk(expected, actual, comparison, signature, name), key=lambda pair: pair[0], default=None)
    return None if found is None else found[1]


def _difference(rank: _Rank, place: str, expected: Value, actual: Value, **more: Any) -> tuple[_Rank, Difference]:
    path = more.pop("path", place)
    return rank, Difference(rule=_RULES[rank], place=place, path=path, expected=expected, actual=actual, **more)


def _walk(expected: Value, actual: Value, comparison: Comparison, signature: Signature, place: str) -> _Found:
    if isinstance(signature, Exactly):
        yield from _of_one_type(expected, actual, comparison, signature, place)
        return
    if isinstance(signature, Leaf) and signature.kind is Kind.OPAQUE:
        return
    if isinstance(signature, Leaf) and signature.kind is Kind.PRINTED and type(expected) is type(actual) is str:
        yield from _printed(expected, actual, comparison, place)
        return
    due, came = kind_of(expected), kind_of(actual)
    if due in _NUMERIC and came in _NUMERIC:
        yield from _arrays(expected, actual, comparison, signature, place)
    elif due is not came:
        yield _difference(_misfit(expected, actual), place, expected, actual)
    else:
        yield from _WALKS[due.compared](expected, actual, comparison, signature, place)


_NUMERIC: Final = (NUMBER, ARRAY)


def _printed(expected: str, actual: str, comparison: Comparison, place: str) -> _Found:
    """Of what calls printed: the first line that differs, as far as spaces count."""
    apart = first_apart(expected, actual, comparison.spaces)
    if apart is not None:
        yield _difference(_Rank.VALUE, place, expected, actual, printed=apart)


def _of_one_type(expected: Value, actual: Value, comparison: Comparison, signature: Exactly, place: str) -> _Found:
    """Whoever gives another sort of thing, or another shape, is told of that; of types, where nothing else is wrong."""
    found = list(_walk(expected, actual, comparison, signature.signature, place))
    came, due = type_of(actual), type_of(expected)
    if came != due and all(rank > _Rank.SHAPE for rank, _ in found):
        yield _difference(_Rank.TYPE, place, expected, actual, exact=(came, due))
    yield from found


def _nothing_alike(expected: Value, actual: Value, comparison: Comparison, signature: Signature, place: str) -> _Found:
    """Two values without a plain form: whether they are the same, nobody can tell."""
    yield _difference(_Rank.TYPE, place, expected, actual)


def _wholes(expected: Value, actual: Value, comparison: Comparison, signature: Signature, place: str) -> _Found:
    if is_not_itself(expected) or is_not_itself(actual):
        if is_not_itself(expected) is not is_not_itself(actual):
            yield _difference(_Rank.NAN, place, expected, actual)
    elif bool(expected != actual):
        yield _difference(_Rank.VALUE, place, expected, actual)


def _elements(expected: Value, actual: Value, comparison: Comparison, signature: Signature, place: str) -> _Found:
    """Of arrays of times or bytes."""
    if np.shape(expected) != np.shape(actual):
        yield _difference(_Rank.SHAPE, place, expected, actual)
        return
    due, came = expected.dtype, actual.dtype
    if due.kind != came.kind or (comparison.dtype is Dtype.EXACT and due != came):
        yield _difference(_Rank.DTYPE, place, expected, actual)
        return
    found = compare_elements(np.asarray(expected), np.asarray(actual), comparison)
    if found is not None:
        yield _elementwise(found, expected, actual, place)


def _sets(expected: Any, actual: Any, comparison: Comparison, signature: Signature, place: str) -> _Found:
    missing, extra = unmatched(expected, actual, comparison)
    if missing or extra:
        yield _difference(_Rank.VALUE, place, expected, actual, missing=tuple(missing), extra=tuple(extra))


def _fields(expected: Any, actual: Any, comparison: Comparison, signature: Signature, place: str) -> _Found:
    """Of structured arrays: each field is an array, and its name a key."""
    if np.shape(expected) != np.shape(actual):
        yield _difference(_Rank.SHAPE, place, expected, actual)
        return
    due, came = by_field(expected), by_field(actual)
    odd = odd_keys(due, came, signature)
    if any(odd):
        yield _of_keys(expected, actual, place, *odd)
    else:
        yield from _dicts(due, came, comparison, signature, place)


def by_field(array: Any) -> dict[str, Value]:
    """The fields of a structured array, under their names."""
    return {name: array[name] for name in array.dtype.names}


def _objects(expected: Any, actual: Any, comparison: Comparison, signature: Signature, place: str) -> _Found:
    if expected.shape != actual.shape:
        yield _difference(_Rank.SHAPE, place, expected, actual)
        return
    for index in np.ndindex(expected.shape):
        yield from _walk(expected[index], actual[index], comparison, _ANYTHING, element_path(place, index))


def _misfit(expected: Value, actual: Value) -> _Rank:
    due, came = kind_of(expected), kind_of(actual)
    if type(actual) is Opaque and actual.shape is not None and due in _TOO_LARGE.get(actual.name, ()):
        return _misfit_in_size(expected, actual)
    kinds = {due, came}
    if any(kind.compared in _OF_ONE_PIECE for kind in kinds) or kinds == {LIST, TUPLE}:
        return _Rank.TYPE
    return _Rank.STRUCTURE if kinds & {TUPLE, DICT} else _Rank.TYPE


def _misfit_in_size(expected: Value, actual: Opaque) -> _Rank:
    """Of the right kind and too large to send: wrong by its shape or length, or by what it is made of."""
    if kind_of(expected) in (ARRAY, NUMBER, TIMES):
        return _Rank.SHAPE if actual.shape != np.shape(expected) else _Rank.TYPE
    return _Rank.STRUCTURE if actual.shape != (len(expected),) else _Rank.TYPE


def _sequences(expected: Any, actual: Any, comparison: Comparison, signature: Signature, place: str) -> _Found:
    if len(expected) != len(actual):
        yield _difference(_Rank.STRUCTURE, place, expected, actual)
        return
    for i, (e, a) in enumerate(zip(expected, actual, strict=True)):
        yield from _walk(e, a, comparison, part_of(signature, i), f"{place}[{i}]")


def _dicts(
    expected: dict[Any, Value], actual: dict[Any, Value], comparison: Comparison, signature: Signature, place: str
) -> _Found:
    odd = odd_keys(expected, actual, signature)
    if any(odd):
        yield _of_keys(expected, actual, place, *odd)
        return
    values = by_identity(actual)
    for identity, (key, e) in by_identity(expected).items():
        if identity in values:
            _, a = values[identity]
            yield from _walk(e, a, comparison, part_of(signature, key), key_path(place, key))


def _of_keys(
    expected: Value, actual: Value, place: str, missing: list[Value], extra: list[Value]
) -> tuple[_Rank, Difference]:
    path = key_path(place, [*missing, *extra][0])
    return _difference(_Rank.STRUCTURE, place, expected, actual, path=path, missing=tuple(missing), extra=tuple(extra))


def _arrays(expected: Value, actual: Value, comparison: Comparison, signature: Signature, place: str) -> _Found:
    if np.shape(expected) != np.shape(actual):
        yield _difference(_Rank.SHAPE, place, expected, actual)
        return
    due, came = _dtype(expected), _dtype(actual)
    wrong, kind = _dtype_fault(due, came, comparison.dtype, signature)
    if wrong:
        yield _difference(_Rank.DTYPE, place, expected, actual, due=kind)
    elif _is_huge(expected) or _is_huge(actual):
        yield from _huge(expected, actual, comparison, place)
    else:
        found = compare_elements(np.asarray(expected, due), np.asarray(actual, came), comparison)
        if found is not None:
            yield _elementwise(found, expected, actual, place)


def _dtype(value: Value) -> np.dtype[Any]:
    return value.dtype if hasattr(value, "dtype") else _python_dtype(value)


def _python_dtype(value: Value) -> np.dtype[Any]:
    if type(value) is int and value >= 1 << 63:
        return np.dtype(np.uint64)
    return _PYTHON_DTYPES.get(type(value), np.dtype(np.complex128))


def _dtype_fault(
    due: np.dtype[Any], came: np.dtype[Any], policy: Dtype, signature: Signature
) -> tuple[bool, Kind | None]:
    if due.kind == "U":
        return came.kind != "U", Kind.STR
    declared = ELEMENT_KINDS[signature.kind].width if isinstance(signature, Leaf) else len(_KINDS) - 1
    width = max(declared or 0, _width(due))
    if came.kind == "U":
        return True, _KINDS[width]
    if policy is Dtype.EXACT:
        return due != came, None
    return policy is Dtype.KIND and _width(came) > width, _KINDS[width]


_WALKS: Final[dict[Compared, Callable[[Any, Any, Comparison, Signature, str], _Found]]] = {
    Compared.NOT: _nothing_alike,
    Compared.WHOLE: _wholes,
    Compared.ELEMENTS: _elements,
    Compared.IN_ORDER: _sequences,
    Compared.BY_KEY: _dicts,
    Compared.AS_SET: _sets,
    Compared.BY_FIELD: _fields,
    Compared.AS_OBJECTS: _objects,
}


def _width(dtype: np.dtype[Any]) -> int:
    kind = of_dtype(dtype.kind)
    return (ELEMENT_KINDS[kind].width if kind is not None else None) or 0


def _elementwise(found: Elementwise, expected: Value, actual: Value, place: str) -> tuple[_Rank, Difference]:
    mismatch = Mismatch(int(np.count_nonzero(found.mask)), int(found.mask.size), found.first, found.largest)
    return _difference(
        _STEPS[found.step],
        place,
        expected,
        actual,
        path=element_path(place, found.first),
        index=found.first,
        mismatch=mismatch,
        mask=found.mask if found.mask.ndim else None,
    )


def _is_huge(value: Value) -> bool:
    """Whether it is an integer that no dtype holds."""
    return type(value) is int and not -(1 << 63) <= value < 1 << 64


def _huge(expected: Value, actual: Value, comparison: Comparison, place: str) -> _Found:
    try:
        e, a = _python(expected), _python(actual)
        error = abs(Fraction(a) - Fraction(e))
        atol, rtol = _tolerances(e, a, comparison)
        if error <= Fraction(atol) + Fraction(rtol) * abs(Fraction(e)):
            return
    except (TypeError, ValueError, OverflowError):  # complex, NaN, infinite: not the same as an integer
        error = None
    rank = _Rank.NAN if bool(expected != expected) or bool(actual != actual) else _Rank.VALUE
    mismatch = Mismatch(1, 1, (), _as_float(error))
    yield _difference(rank, place, expected, actual, index=(), mismatch=mismatch)


def _tolerances(expected: Any, actual: Any, comparison: Comparison) -> tuple[float, float]:
    """A float that comes near to an integer past 64 bits cannot come nearer than its own digits go."""
    if type(expected) is type(actual) is int:
        return comparison.whole_atol, comparison.whole_rtol
    return comparison.atol, comparison.rtol


def _python(value: Value) -> Any:
    return value.item() if isinstance(value, (np.generic, np.ndarray)) else value


def _as_float(error: Fraction | None) -> float | None:
    try:
        return None if error is None else float(error)
    except OverflowError:
        return None
