"""What differs: one fact a message, in terms of what came back and what was expected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from grader.course.binding import RESULT
from grader.course.signature import Kind
from grader.figures import figure
from grader.judge.compare import Difference, by_field
from grader.judge.matching import keys_missing
from grader.judge.messages import differences as say
from grader.judge.messages import values
from grader.judge.messages.calls import CHANGED_PLACE
from grader.judge.printed_lines import Apart
from grader.judge.result import Mismatch, Rule
from grader.judge.wording import SHORT_WIDTH, Phrase, differing_texts, of_type, pair, shape, short, thing
from grader.kinds.arrays import ARRAY, OBJECTS, STRUCTURED
from grader.kinds.containers import DICT, LIST, SET, TUPLE
from grader.kinds.numbers import NUMBER
from grader.kinds.single import BYTES, TEXT
from grader.kinds.table import kind_of
from grader.message import Message, MessageType
from grader.near import nearest
from grader.values import Opaque, Value

__all__ = ["changed_place", "difference_messages"]

_MOST_KEYS: Final = 3

_MAKE_AN_ARRAY: Final = {
    "numpy.matrix": "asarray",
    "numpy.MaskedArray": "filled",
    "generator": "collect_yielded",
    "map": "collect",
    "zip": "collect",
    "filter": "collect",
    "range": "to_array",
    "set": "no_order",
}
_NOT_CALLED: Final = frozenset({"function", "builtin_function_or_method", "method", "numpy.ufunc", "type"})
_KIND_ADVICE: Final = {
    (Kind.FLOAT, "c"): "real_part",
    (Kind.INT, "f"): "whole",
    (Kind.BOOL, "i"): "comparison",
    (Kind.BOOL, "f"): "comparison",
}
_OF_OBJECTS: Final = {  # by the dtype that is due: what the objects have to be, and what to do about it
    "b": (bool | np.bool_, "objects_to_bool"),
    "i": (int | np.integer, "objects_to_int"),
    "u": (int | np.integer, "objects_to_int"),
    "f": (int | float | np.integer | np.floating, "objects_to_float"),
    "c": (int | float | complex | np.number, "objects_to_complex"),
    "U": (str, "objects_to_str"),
}
_SIZED: Final = {
    LIST: values.LIST_OF,
    TUPLE: values.TUPLE_OF,
    DICT: values.DICT_OF,
    TEXT: values.STRING_OF,
    BYTES: values.BYTES_OF,
}


def difference_messages(difference: Difference) -> tuple[Message, ...]:
    """Why a value is not right, in one to three messages."""
    return tuple(_MESSAGES[difference.rule](difference))


def changed_place(difference: Difference) -> Message | None:
    """Where an argument was changed: what stood there before and what stands there after the call, if that is short."""
    if difference.index is None:
        return None
    before, after = _written(difference)
    return CHANGED_PLACE(path=difference.path, before=before, after=after)


def _asked(d: Difference, due: Phrase, advice: Message | None = None) -> Message:
    """What came is another sort of thing than what is asked for."""
    came = thing(d.actual)
    if advice is None:
        return _of(d, say.ASKED, say.ASKED_PART, came=came, due=due)
    return _of(d, say.ASKED_ADVISED, say.ASKED_ADVISED_PART, came=came, due=due, advice=advice)


def _of(d: Difference, whole: MessageType, part: MessageType, **args: Any) -> Message:
    """What is said of the whole result, or of the part of it in question."""
    return whole(**args) if d.place == RESULT else part(place=d.place, **args)


def _structure(d: Difference) -> list[Message]:
    due, came = kind_of(d.expected), kind_of(d.actual)
    if due is came is DICT:
        return _keys(d, d.expected, d.actual, say.KEYS)
    if due is came is STRUCTURED:
        return _keys(d, by_field(d.expected), by_field(d.actual), say.FIELDS)
    if type(d.actual) is Opaque and d.actual.shape is not None:
        sized = _SIZED.get(due)
        return [_asked(d, thing(d.expected) if sized is None else sized(count=len(d.expected)))]
    if due is came:
        length = say.LENGTH_OF_TUPLE if due is TUPLE else say.LENGTH_OF_LIST
        return [length(whole=_of(d, say.RESULT, say.PART), count=len(d.actual), due=len(d.expected))]
    messages = [_asked(d, thing(d.expected))]
    if due is TUPLE and d.place == RESULT:
        messages.append(say.RETURN_ALL())
    if came is TUPLE and len(d.actual) == 1:
        messages.append(say.COMMA_TOO_MANY())
    return messages


def _keys(d: Difference, due: dict[Any, Value], came: dict[Any, Value], sayings: say.OfKeys) -> list[Message]:
    if not d.missing:
        return [_keys_extra(d, d.extra, sayings)]
    extra = keys_missing(came, due)
    messages = [_key_missing(d, key, extra, sayings) for key in d.missing[:_MOST_KEYS]]
    more = len(d.missing) - _MOST_KEYS
    messages += [say.KEYS_MORE(count=more)] if more > 0 else []
    odd = [key for key in d.extra if type(key) is not str]  # no slip of the pen, and the very keys it may be
    return [*messages, _keys_extra(d, odd, sayings)] if odd else messages


def _key_missing(d: Difference, key: Value, extra: list[Value], sayings: say.OfKeys) -> Message:
    near = nearest(key, [other for other in extra if type(other) is str]) if type(key) is str else ()
    if not near:
        return _of(d, *sayings.missing, key=short(key))
    return _of(d, *sayings.misspelt, key=short(key), near=short(near[0]))


def _keys_extra(d: Difference, extra: Sequence[Value], sayings: say.OfKeys) -> Message:
    return _of(d, *sayings.extra, keys=_few(extra), count=len(extra))


def _type(d: Difference) -> list[Message]:
    if d.exact is not None:
        came, due = map(of_type, d.exact)
        return [_of(d, say.EXACTLY, say.EXACTLY_PART, came=came, due=due)]
    if d.expected is None:
        return [_asked(d, values.NOTHING())]
    if d.actual is None and d.place == RESULT:
        return [say.NO_RETURN()]
    advice = _type_advice(d.expected, d.actual)
    message = _asked(d, thing(d.expected), None if advice is None else say.ADVICE[advice]())
    not_called = type(d.actual) is Opaque and d.actual.name in _NOT_CALLED
    return [message, say.CALL_MISSING()] if not_called else [message]


def _type_advice(expected: Value, actual: Value) -> str | None:
    due, came = kind_of(expected), kind_of(actual)
    if type(actual) is Opaque and actual.name == "coroutine":
        return "plain_def"
    is_large = type(actual) is Opaque and actual.shape is not None
    if due is ARRAY and (came is LIST or (is_large and actual.name == "list")):
        return "wrap"
    if due is ARRAY and came is OBJECTS:
        return _advice_on_objects(expected, actual)
    if due is ARRAY and type(actual) is Opaque and not is_large:
        return _MAKE_AN_ARRAY.get(actual.name)
    if due is LIST and came is ARRAY:
        return "to_list"
    if due is TUPLE and came is LIST:
        return "to_tuple"
    if due is LIST and came is TUPLE:
        return "brackets"
    return None


def _advice_on_objects(expected: Any, actual: Any) -> str | None:
    """What to do about an array of objects: one of what is due lacks nothing but the dtype."""
    elements = list(actual.reshape(-1))
    types, advice = _OF_OBJECTS.get(expected.dtype.kind, ((), ""))
    if elements and all(isinstance(one, types) for one in elements):
        return advice
    is_of_numbers = all(kind_of(one) is NUMBER for one in elements)
    return "uneven" if expected.dtype.kind in "biufc" and not is_of_numbers else None


def _shape(d: Difference) -> list[Message]:
    if NUMBER in (kind_of(d.expected), kind_of(d.actual)):
        return [_asked(d, thing(d.expected))]
    return [_of(d, say.SHAPE, say.SHAPE_PART, came=shape(d.actual), due=shape(d.expected))]


def _dtype(d: Difference) -> list[Message]:
    whole, part = (say.DTYPE, say.DTYPE_PART) if hasattr(d.actual, "dtype") else (say.TYPE, say.TYPE_PART)
    what, came = _of(d, whole, part), _dtype_name(d.actual)
    if d.due is None:
        return [say.DTYPE_EXACT(what=what, came=came, due=_dtype_name(d.expected))]
    due, advice = values.ALL_OF_KIND[d.due](), _KIND_ADVICE.get((d.due, _dtype_kind(d.actual)))
    if advice is None or (advice == "whole" and not _would_be_right(d)):
        return [say.DTYPE_KIND(what=what, came=came, due=due)]
    return [say.DTYPE_KIND_ADVISED(what=what, came=came, due=due, advice=say.ADVICE[advice]())]


def _would_be_right(d: Difference) -> bool:
    """Whether the floats are the whole numbers that are due, or would be with `//`: else neither helps."""
    due, came = np.asarray(d.expected), np.asarray(d.actual)
    if due.shape != came.shape or due.dtype.kind not in "iu":
        return False
    return np.allclose(came, due) or np.array_equal(np.floor(came), due)


def _dtype_name(value: Value) -> str:
    if _dtype_kind(value) in "US":
        return {"U": "str", "S": "bytes"}[_dtype_kind(value)]
    return str(value.dtype.name) if hasattr(value, "dtype") else type(value).__name__


def _dtype_kind(value: Value) -> str:
    if hasattr(value, "dtype"):
        return str(value.dtype.kind)
    return {bool: "b", int: "i", float: "f", complex: "c"}[type(value)]


def _nan(d: Difference) -> list[Message]:
    because = [say.FROM_NAN()] if _is(np.isnan, _elements(d)[1]) else []
    return [_came(d), *because, *_in_all(d)]


def _value(d: Difference) -> list[Message]:
    if d.printed is not None:
        return [_printed(d, d.printed)]
    kind = kind_of(d.expected)
    if kind in (TEXT, BYTES):
        return _text(d)
    if kind is SET:
        return _elements_of_set(d)
    expected, actual = _elements(d)
    if _is(np.isinf, actual) and not _is(np.isinf, expected):
        return [_came(d), say.FROM_INF(), *_in_all(d)]
    mismatch = d.mismatch
    if mismatch is None or d.mask is None:
        return [_came(d)]
    messages = [_differ(d, mismatch)]
    if mismatch.count > 1 and mismatch.largest is not None:
        messages.append(say.LARGEST(error=figure(mismatch.largest, 3)))
    return messages


def _printed(d: Difference, apart: Apart) -> Message:
    """The first line, or word, that differs."""
    if not d.actual.strip():
        return say.NOT_PRINTED()
    if apart.due is None:
        return say.PRINTED_TOO_MUCH[apart.unit](number=apart.number, came=short(apart.came))
    if apart.came is None:
        return say.PRINTED_TOO_LITTLE[apart.unit](number=apart.number, due=short(apart.due))
    due, came, _ = differing_texts(apart.due, apart.came)
    return say.PRINTED[apart.unit](number=apart.number, came=came, due=due)


def _elements_of_set(d: Difference) -> list[Message]:
    told = ((say.SET_LACKS, say.SET_LACKS_PART, d.missing), (say.SET_HAS, say.SET_HAS_PART, d.extra))
    return [_of(d, whole, part, elements=_few(some), count=len(some)) for whole, part, some in told if some]


def _few(parts: Sequence[Value]) -> tuple[Phrase, ...]:
    """The first of them, and how many more there are."""
    more = len(parts) - _MOST_KEYS
    return (*map(short, parts[:_MOST_KEYS]), *([say.KEYS_OTHER(count=more)] if more > 0 else []))


def _is(what: Any, element: Value) -> bool:
    """Whether a number is nan or infinite, as `what` says; integers, which may be too large for numpy, never are."""
    return kind_of(element) is NUMBER and type(element) is not int and bool(what(element))


def _differ(d: Difference, mismatch: Mismatch) -> Message:
    expected, actual = _written(d)
    of_result = d.place.partition("[")[0] == RESULT
    if mismatch.count > 1:
        sentence = say.DIFFER if of_result else say.DIFFER_IN_ARGUMENT
    else:
        sentence = say.DIFFERS if of_result else say.DIFFERS_IN_ARGUMENT
    return sentence(how_many=_how_many(d, mismatch), path=d.path, came=actual, due=expected)


def _how_many(d: Difference, mismatch: Mismatch) -> Message:
    noun, count, size = _noun(d.expected), mismatch.count, mismatch.size
    if count == 1:
        return say.ONE_DIFFERS[noun](size=size)
    if count < size:
        return say.SOME_DIFFER[noun](count=count, size=size)
    return say.BOTH_DIFFER[noun]() if size == 2 else say.ALL_DIFFER[noun](size=size)


def _came(d: Difference) -> Message:
    expected, actual = _written(d)
    if d.path == RESULT:
        return say.CAME(came=actual, due=expected)
    return say.CAME_PART(path=d.path, came=actual, due=expected)


def _in_all(d: Difference) -> list[Message]:
    if d.mismatch is None or d.mismatch.count < 2:
        return []
    return [say.IN_ALL[_noun(d.expected)](count=d.mismatch.count, size=d.mismatch.size)]


def _noun(value: Value) -> str:
    return {"U": "strings", "b": "values", "S": "values", "M": "values", "m": "values"}.get(
        _dtype_kind(value), "numbers"
    )


def _text(d: Difference) -> list[Message]:
    texts = _decoded(d.expected), _decoded(d.actual)
    _, _, at = differing_texts(*texts)
    is_cut = max(map(len, texts)) > SHORT_WIDTH
    return [_came(d), say.DIFFER_FROM(character=at + 1)] if is_cut else [_came(d)]


def _decoded(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _elements(d: Difference) -> tuple[Value, Value]:
    """The expected and the actual element at the first difference."""
    return (d.expected[d.index], d.actual[d.index]) if d.index else (d.expected, d.actual)


def _written(d: Difference) -> tuple[Phrase, Phrase]:
    """The same two, told apart."""
    expected, actual = _elements(d)
    if kind_of(expected) is BYTES and max(len(expected), len(actual)) <= SHORT_WIDTH:
        return repr(bytes(expected)), repr(bytes(actual))
    if kind_of(expected) in (TEXT, BYTES):
        wanted, came, _ = differing_texts(_decoded(expected), _decoded(actual))
        return wanted, came
    return pair(expected, actual) if kind_of(expected) is NUMBER else (short(expected), short(actual))


_MESSAGES: Final = {
    Rule.STRUCTURE: _structure,
    Rule.TYPE: _type,
    Rule.SHAPE: _shape,
    Rule.DTYPE: _dtype,
    Rule.NAN: _nan,
    Rule.VALUE: _value,
}
