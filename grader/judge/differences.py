"""What differs, in words: one fact a line, in terms of what came back and what was expected."""

from __future__ import annotations

from typing import Any, Final

from grader.course.signature import Kind
from grader.figures import figure
from grader.judge.compare import Difference, keys_missing
from grader.judge.messages.calls import CHANGED_PLACE
from grader.judge.result import Rule
from grader.judge.sorts import Sort, sort_of
from grader.judge.wording import KINDS, and_list, capital, differing_texts, pair, quantity, shape, short, thing
from grader.message import Message
from grader.near import nearest
from grader.values import Opaque, Value

__all__ = ["changed_place", "difference_text"]

RESULT: Final = "result"
_MOST_KEYS: Final = 3

_FROM_NAN: Final = "nan comes of 0/0, of inf - inf, and of roots and logarithms of negative numbers."
_FROM_INF: Final = (
    "inf comes of dividing by 0, of the logarithm of 0, and of numbers too large, such as np.exp(1000.0)."
)

_MAKE_AN_ARRAY: Final = {
    "numpy.matrix": "make it an ordinary array with np.asarray(...)",
    "numpy.MaskedArray": "fill the masked places with .filled(...)",
    "generator": "collect what it yields with np.array(list(...))",
    "map": "collect its elements with np.array(list(...))",
    "zip": "collect its elements with np.array(list(...))",
    "filter": "collect its elements with np.array(list(...))",
    "range": "make it an array with np.array(...)",
    "set": "a set has no order; use an array from the start",
}
_CALL_IT: Final = "Are the brackets of a call missing?"
_NOT_CALLED: Final = frozenset({"function", "builtin_function_or_method", "method", "numpy.ufunc", "type"})
_KIND_ADVICE: Final = {
    (Kind.FLOAT, "c"): "take the real part with .real, if the imaginary parts are 0.",
    (Kind.INT, "f"): "use // for whole division, or .astype(int) where the numbers are whole already.",
    (Kind.BOOL, "i"): "a comparison such as `x > 0` gives True and False.",
    (Kind.BOOL, "f"): "a comparison such as `x > 0` gives True and False.",
}


def difference_text(difference: Difference) -> str:
    """Why a value is not right, in one to three lines."""
    return "\n".join(_LINES[difference.rule](difference))


def changed_place(difference: Difference) -> Message | None:
    """Where an argument was changed: what stood there before and what stands there after the call, if that is short."""
    if difference.index is None:
        return None
    before, after = _elements(difference)
    return CHANGED_PLACE(path=difference.path, before=before, after=after)


def _subject(difference: Difference) -> str:
    """`A list came back` of a whole result, `` `result[1]` is a list `` of a part."""
    what = thing(difference.actual)
    return f"{capital(what)} came back" if difference.place == RESULT else f"`{difference.place}` is {what}"


def _structure(d: Difference) -> list[str]:
    due, came = sort_of(d.expected), sort_of(d.actual)
    if due is came is Sort.DICT:
        return _keys(d)
    if type(d.actual) is Opaque and d.actual.shape is not None:
        return [f"{_subject(d)}, but {thing(d.expected)} of {len(d.expected):,} is asked for."]
    if due is came:
        whole = "the result" if d.place == RESULT else f"`{d.place}`"
        noun = "part" if due is Sort.TUPLE else "element"
        return [f"{capital(whole)} has {quantity(len(d.actual), noun)}, but should have {len(d.expected):,}."]
    lines = [f"{_subject(d)}, but {thing(d.expected)} is asked for."]
    if due is Sort.TUPLE and d.place == RESULT:
        lines.append("Give back all of its parts, with commas between them, as in `return a, b`.")
    if came is Sort.TUPLE and len(d.actual) == 1:
        lines.append("Is there a comma too many behind the value that is returned?")
    return lines


def _keys(d: Difference) -> list[str]:
    missing, extra = keys_missing(d.expected, d.actual), keys_missing(d.actual, d.expected)
    where = "" if d.place == RESULT else f" of `{d.place}`"
    lines = []
    for key in missing[:_MOST_KEYS]:
        near = nearest(key, [other for other in extra if type(other) is str]) if type(key) is str else ()
        meant = f": is {short(near[0])} meant to be it?" if near else "."
        lines.append(f"The key {short(key)}{where} is missing{meant}")
    if len(missing) > _MOST_KEYS:
        lines.append(f"So are {len(missing) - _MOST_KEYS:,} more.")
    if extra and not missing:
        names = [short(key) for key in extra[:_MOST_KEYS]]
        names += [f"{len(extra) - _MOST_KEYS:,} more"] if len(extra) > _MOST_KEYS else []
        one = len(names) == 1
        lines.append(f"The {'key' if one else 'keys'} {and_list(names)}{where} {'is' if one else 'are'} not asked for.")
    return lines


def _type(d: Difference) -> list[str]:
    if d.expected is None:
        return [f"{_subject(d)}, but nothing (None) is asked for."]
    if d.actual is None and d.place == RESULT:
        return ["Nothing came back (None): is there a `return`?"]
    advice = _type_advice(d.expected, d.actual)
    lines = [f"{_subject(d)}, but {thing(d.expected)} is asked for{': ' + advice if advice else ''}."]
    return [*lines, _CALL_IT] if type(d.actual) is Opaque and d.actual.name in _NOT_CALLED else lines


def _type_advice(expected: Value, actual: Value) -> str:
    due, came = sort_of(expected), sort_of(actual)
    if type(actual) is Opaque and actual.name == "coroutine":
        return "write `def`, not `async def`"
    is_large = type(actual) is Opaque and actual.shape is not None
    if due is Sort.ARRAY and (came is Sort.LIST or (is_large and actual.name == "list")):
        return "wrap it in np.array(...)"
    if due is Sort.ARRAY and type(actual) is Opaque and not is_large:
        if actual.name == "numpy.ndarray":
            return "its elements are no plain numbers, or its rows are not equally long"
        return _MAKE_AN_ARRAY.get(actual.name, "")
    if due is Sort.LIST and came is Sort.ARRAY:
        return "make it one with .tolist()"
    if due is Sort.TUPLE and came is Sort.LIST:
        return "write (a, b) in place of [a, b]"
    if due is Sort.LIST and came is Sort.TUPLE:
        return "write [a, b] in place of (a, b)"
    return ""


def _shape(d: Difference) -> list[str]:
    if Sort.NUMBER in (sort_of(d.expected), sort_of(d.actual)):
        return [f"{_subject(d)}, but {thing(d.expected)} is asked for."]
    whose = "shape" if d.place == RESULT else f"shape of `{d.place}`"
    return [f"The {whose} is {shape(d.actual)}, but should be {shape(d.expected)}."]


def _dtype(d: Difference) -> list[str]:
    came, what = _dtype_name(d.actual), "dtype" if hasattr(d.actual, "dtype") else "type"
    what = what if d.place == RESULT else f"{what} of `{d.place}`"
    if d.due is None:
        return [f"The {what} is {came}, but should be {_dtype_name(d.expected)}."]
    first = f"The {what} is {came}, but {KINDS[d.due]} are asked for"
    advice = _KIND_ADVICE.get((d.due, _dtype_kind(d.actual)))
    return [f"{first}: {advice}" if advice else f"{first}."]


def _dtype_name(value: Value) -> str:
    if _dtype_kind(value) == "U":
        return "str"
    return str(value.dtype.name) if hasattr(value, "dtype") else type(value).__name__


def _dtype_kind(value: Value) -> str:
    if hasattr(value, "dtype"):
        return str(value.dtype.kind)
    return {bool: "b", int: "i", float: "f", complex: "c"}[type(value)]


def _nan(d: Difference) -> list[str]:
    expected, actual = _elements(d)
    because = [_FROM_NAN] if "nan" in actual else []
    return [_came(d, actual, expected), *because, *_in_all(d)]


def _value(d: Difference) -> list[str]:
    if sort_of(d.expected) in (Sort.TEXT, Sort.BYTES):
        return _text(d)
    expected, actual = _elements(d)
    if "inf" in actual and "inf" not in expected:
        return [_came(d, actual, expected), _FROM_INF, *_in_all(d)]
    mismatch = d.mismatch
    if mismatch is None or d.mask is None:
        return [_came(d, actual, expected)]
    came = "came back" if d.place.startswith(RESULT) else "is there"
    noun, count, size = _noun(d.expected), mismatch.count, mismatch.size
    every = "Both" if size == 2 else f"All {size:,}"
    how_many = f"{every} {noun}s differ" if count == size > 1 else f"{count:,} of {quantity(size, noun)} differ"
    first = f"; the first is `{d.path}`" if count > 1 else f"s, `{d.path}`"
    lines = [f"{how_many}{first}: {actual} {came}, {expected} was expected."]
    if count > 1 and mismatch.largest is not None:
        lines.append(f"The largest error is {figure(mismatch.largest, 3)}.")
    return lines


def _came(d: Difference, actual: str, expected: str) -> str:
    came = f"{actual} came back" if d.path == RESULT else f"`{d.path}` is {actual}"
    return f"{came}, but {expected} was expected."


def _in_all(d: Difference) -> list[str]:
    if d.mismatch is None or d.mismatch.count < 2:
        return []
    return [f"In all, {d.mismatch.count:,} of {quantity(d.mismatch.size, _noun(d.expected))} differ."]


def _noun(value: Value) -> str:
    return {"U": "string", "b": "value"}.get(_dtype_kind(value), "number")


def _text(d: Difference) -> list[str]:
    expected, actual, at = differing_texts(_decoded(d.expected), _decoded(d.actual))
    lines = [_came(d, actual, expected)]
    if "…" in expected + actual:
        lines.append(f"They differ from character {at + 1:,} on.")
    return lines


def _decoded(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _elements(d: Difference) -> tuple[str, str]:
    """The expected and the actual element at the first difference, told apart."""
    index = d.index or ()
    expected, actual = (value[index] if index else value for value in (d.expected, d.actual))
    if sort_of(expected) is Sort.TEXT:
        wanted, came, _ = differing_texts(str(expected), str(actual))
        return wanted, came
    return pair(expected, actual)


_LINES: Final = {
    Rule.STRUCTURE: _structure,
    Rule.TYPE: _type,
    Rule.SHAPE: _shape,
    Rule.DTYPE: _dtype,
    Rule.NAN: _nan,
    Rule.VALUE: _value,
}
