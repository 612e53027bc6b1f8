"""numpy's arrays, by what their elements are."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import numpy as np

from grader.figures import figure
from grader.kinds.containers import FIRST_ELEMENTS, MOST_ELEMENTS
from grader.kinds.kind import FLAT_BYTES, Compared, Json, Unshowable, ValueKind, joined
from grader.kinds.numbers import DEFAULT_DTYPES, number_code, number_cost, simpler_numbers
from grader.values import Value

__all__ = ["ARRAY", "BYTES_ARRAY", "OBJECTS", "STRUCTURED", "TIMES"]

_SIMPLIFIED: Final = 24  # elements that are made simpler one by one


def _size(array: Any) -> int:
    return int(array.size)


def _memory(array: Any) -> int:
    return FLAT_BYTES + int(array.nbytes)


def _nested_code(part: Any) -> str:
    """What `tolist` of an array gives, as code."""
    if isinstance(part, list | tuple):
        return joined([_nested_code(each) for each in part], "[]" if isinstance(part, list) else "()")
    return number_code(part)


def _nested_brief(array: Any, digits: int) -> str:
    """Rows in brackets; of an array without elements only its shape says something."""
    if array.ndim == 0:
        return figure(array[()], digits)
    return joined([_nested_brief(row, digits) for row in map(np.asarray, array)], "[]")


def _array_code(array: Any, texts: Sequence[str]) -> str:
    if not array.size:
        dtype = "" if array.dtype.name == "float64" else f", dtype={array.dtype.str!r}"
        return f"np.zeros({array.shape}{dtype})"
    body = _nested_code(array.tolist())
    return f"np.array({body})" if _is_default(array) else f"np.array({body}, dtype={_dtype_code(array.dtype)})"


def _is_default(array: Any) -> bool:
    """Whether `np.array` finds the dtype by itself; of text, whether it is no wider than its longest."""
    if array.dtype.kind in "US":
        return bool(array.dtype == np.array(array.tolist()).dtype)
    return array.dtype.name in DEFAULT_DTYPES


def _dtype_code(dtype: Any) -> str:
    return f"np.{dtype.name}" if dtype.kind in "biufc" else repr(dtype.str)


def _times_code(array: Any, texts: Sequence[str]) -> str:
    """Dates as texts, differences as whole numbers; NaT is a text among dates, and the least number among others."""
    name, plain = array.dtype.name, np.datetime_as_string(array) if array.dtype.kind == "M" else array.view(np.int64)
    if not array.size:
        return f"np.zeros({array.shape}, dtype={name!r})"
    if isinstance(array, np.ndarray):
        return f"np.array({_nested_code(plain.tolist())}, dtype={name!r})"
    unit, count = np.datetime_data(array.dtype)
    step = repr(unit) if count == 1 else f"({unit!r}, {count})"
    value = repr("NaT") if np.isnat(array) else repr(plain.item())
    return f"np.{'datetime64' if array.dtype.kind == 'M' else 'timedelta64'}({value}, {step})"


def _structured_code(array: Any, texts: Sequence[str]) -> str:
    dtype = np.dtype([(name, *_field_code(array.dtype[name])) for name in array.dtype.names])
    return f"np.array({_nested_code(array.tolist())}, dtype={dtype.descr})" + ("" if np.ndim(array) else "[()]")


def _field_code(dtype: Any) -> tuple[Any, ...]:
    return dtype.subdtype if dtype.subdtype is not None else (dtype,)


def _objects_code(array: Any, texts: Sequence[str]) -> str:
    if array.ndim != 1 or any(isinstance(part, list | tuple | np.ndarray) for part in array):
        raise Unshowable("an array of objects cannot be typed in")
    return f"np.array([{', '.join(texts)}], dtype=object)"


def _array_json(array: Any, inner: Callable[[Value], Json]) -> Json:
    if array.size > MOST_ELEMENTS:
        first = [inner(element) for element in array.reshape(-1)[:FIRST_ELEMENTS]]
        return {"array": array.dtype.name, "shape": list(array.shape), "first": first}
    return _rows_json(array.tolist(), array.ndim, inner)


def _rows_json(rows: Any, axes: int, inner: Callable[[Value], Json]) -> Json:
    return [_rows_json(row, axes - 1, inner) for row in rows] if axes else inner(rows)


def _times_json(array: Any, inner: Callable[[Value], Json]) -> Json:
    array = np.asarray(array)
    texts = np.array([str(each) for each in array.reshape(-1)[: MOST_ELEMENTS + 1]], dtype=object)
    if array.size > MOST_ELEMENTS:
        return {"array": array.dtype.name, "shape": list(array.shape), "first": texts[:FIRST_ELEMENTS].tolist()}
    return _rows_json(texts.reshape(array.shape).tolist(), array.ndim, inner)


def _structured_json(array: Any, inner: Callable[[Value], Json]) -> Json:
    return {"fields": {name: inner(array[name]) for name in array.dtype.names}}


def _rebuilt_objects(array: Any, parts: list[Value]) -> Any:
    made = np.empty(len(parts), dtype=object)
    for number, part in enumerate(parts):
        made[number] = part
    return made.reshape(array.shape)


def _rebuilt_structured(array: Any, parts: list[Value]) -> Any:
    made = np.array(array, dtype=array.dtype)
    for name, part in zip(array.dtype.names, parts, strict=True):
        made[name] = part
    return made if isinstance(array, np.ndarray) else made[()]


def _structured_brief(array: Any, texts: Sequence[str], digits: int) -> str:
    named = [f"{name}: {text}" for name, text in zip(array.dtype.names, texts, strict=False)]
    return joined([*named, *texts[len(named) :]], "{}")


def _simpler(array: Any) -> Iterator[Any]:
    """With simpler numbers: counted from 1, all rounded, or one made small and whole.

    None becomes 0 and no two become alike: many functions treat 0 apart, and equal numbers hide in which order, along
    which axis and how often they were taken.
    """
    if array.dtype.kind not in "if" or not np.isfinite(array).all():
        return
    counted = np.arange(1, array.size + 1, dtype=array.dtype).reshape(array.shape)
    if np.array_equal(array, counted):
        return
    if 1 < array.size <= _SIMPLIFIED and _whole_cost(counted) < _whole_cost(array):
        yield counted
    rounded = np.round(array) + 0  # no -0.0
    if array.dtype.kind == "f" and not np.array_equal(rounded, array) and rounded[array != 0].all():
        yield rounded
    taken = set(array.ravel().tolist())
    for place in itertools.islice(np.ndindex(array.shape), _SIMPLIFIED):
        for other in simpler_numbers(float(array[place])):
            if other not in taken:
                changed = array.copy()
                changed[place] = other
                yield changed


def _whole_cost(array: Any) -> tuple[int, ...]:
    costs = [number_cost(number) for number in array.ravel().tolist()]
    return tuple(map(sum, zip(*costs, strict=True)))


def _elements_brief(array: Any, texts: Sequence[str], digits: int) -> str:
    return _nested_brief(np.asarray(array), digits)


def _objects_brief(array: Any, texts: Sequence[str], digits: int) -> str:
    """Rows in brackets, where there is a text for each element."""
    if array.ndim < 2 or len(texts) != array.size:
        return joined(texts, "[]")
    step = array.size // len(array)
    rows = (texts[start : start + step] for start in range(0, array.size, step))
    return joined([_objects_brief(row, own, digits) for row, own in zip(array, rows, strict=True)], "[]")


ARRAY: Final = ValueKind(
    "array",
    Compared.ELEMENTS,
    code=_array_code,
    json=_array_json,
    brief=_elements_brief,
    size=_size,
    simpler=_simpler,
    memory=_memory,
)
BYTES_ARRAY: Final = ValueKind(
    "bytes_array",
    Compared.ELEMENTS,
    code=_array_code,
    json=_array_json,
    brief=_elements_brief,
    size=_size,
    memory=_memory,
)
TIMES: Final = ValueKind(
    "times",
    Compared.ELEMENTS,
    code=_times_code,
    json=_times_json,
    brief=_elements_brief,
    size=_size,
    memory=_memory,
)
STRUCTURED: Final = ValueKind(
    "structured",
    Compared.BY_FIELD,
    code=_structured_code,
    json=_structured_json,
    brief=_structured_brief,
    parts=lambda array: [array[name] for name in array.dtype.names],
    rebuilt=_rebuilt_structured,
    size=lambda array: 0,
)
OBJECTS: Final = ValueKind(
    "objects",
    Compared.AS_OBJECTS,
    code=_objects_code,
    json=_array_json,
    brief=_objects_brief,
    parts=lambda array: array.reshape(-1).tolist(),
    rebuilt=_rebuilt_objects,
    size=lambda array: 0,
)
