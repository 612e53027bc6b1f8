"""Values made of other values: lists, tuples, dictionaries and sets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from grader.kinds.kind import PART_BYTES, Compared, Json, ValueKind, joined
from grader.kinds.single import text_json
from grader.named_tuple import Named
from grader.values import Value

__all__ = ["DICT", "FIRST_ELEMENTS", "LIST", "MOST_ELEMENTS", "SET", "TUPLE"]

MOST_ELEMENTS: Final = 1000  # of an array or a list that is written into JSON whole
FIRST_ELEMENTS: Final = 100  # that are written of a longer one
# Keys by which an object of JSON says what it stands for.
_JSON_NAMES: Final = frozenset(
    {
        "array", "bytes", "complex", "date", "datetime", "decimal", "fields", "fraction", "list", "pairs", "range",
        "set", "time", "timedelta", "type",
    }
)  # fmt: skip


def _none(value: Value) -> int:
    return 0


def _of_container(value: Value) -> int:
    return PART_BYTES


def _sequence_json(value: Any, inner: Callable[[Value], Json]) -> Json:
    if len(value) > MOST_ELEMENTS:
        return {"list": len(value), "first": [inner(part) for part in value[:FIRST_ELEMENTS]]}
    return [inner(part) for part in value]


def _tuple_code(value: Value, texts: Sequence[str]) -> str:
    if type(value) is Named:
        return f"collections.namedtuple({value.name!r}, {list(value.fields)!r}){joined(texts, '()')}"
    return joined(texts, "()")


def _tuple_brief(value: Value, texts: Sequence[str], digits: int) -> str:
    if type(value) is not Named:
        return joined(texts, "()")
    named = [f"{field}={text}" for field, text in zip(value.fields, texts, strict=False)]
    return f"{value.name}({', '.join([*named, *texts[len(named) :]])})"


def _rebuilt_tuple(value: Value, parts: list[Value]) -> Value:
    return Named.of(value.name, value.fields, parts) if type(value) is Named else tuple(parts)


def _pairs(parts: Sequence[Any]) -> Iterable[tuple[Any, Any]]:
    return zip(parts[::2], parts[1::2], strict=False)


def _dict_text(value: Value, texts: Sequence[str], digits: int = 0) -> str:
    pairs = [f"{key}: {part}" for key, part in _pairs(texts)]
    return joined([*pairs, *texts[2 * len(pairs) :]], "{}")


def _dict_json(value: dict[Value, Value], inner: Callable[[Value], Json]) -> Json:
    """An object where all keys are texts and none could be taken for a name of ours, else its pairs."""
    if all(type(key) is str and key not in _JSON_NAMES for key in value):
        named = {text_json(key): inner(part) for key, part in value.items()}
        if len(named) == len(value):
            return named
    return {"pairs": [[inner(key), inner(part)] for key, part in value.items()]}


def _set_text(value: Value, texts: Sequence[str], digits: int = 0) -> str:
    if type(value) is frozenset:
        return f"frozenset({_set_text(set(value), texts)})" if texts else "frozenset()"
    return joined(texts, "{}") if texts else "set()"


def _in_order(value: Any) -> list[Value]:
    """The elements of a set from the least on, where they have an order, else by their texts."""
    try:
        return sorted(value)
    except TypeError:
        return sorted(value, key=repr)


LIST: Final = ValueKind(
    "list",
    Compared.IN_ORDER,
    code=lambda value, texts: joined(texts, "[]"),
    json=_sequence_json,
    brief=lambda value, texts, digits: joined(texts, "[]"),
    parts=list,
    rebuilt=lambda value, parts: parts,
    size=_none,
    memory=_of_container,
)
TUPLE: Final = ValueKind(
    "tuple",
    Compared.IN_ORDER,
    code=_tuple_code,
    json=_sequence_json,
    brief=_tuple_brief,
    parts=list,
    rebuilt=_rebuilt_tuple,
    size=_none,
    memory=_of_container,
    module=lambda value: "collections" if type(value) is Named else None,
)
DICT: Final = ValueKind(
    "dict",
    Compared.BY_KEY,
    code=_dict_text,
    json=_dict_json,
    brief=_dict_text,
    parts=lambda value: [part for pair in value.items() for part in pair],
    rebuilt=lambda value, parts: dict(_pairs(parts)),
    size=_none,
    memory=_of_container,
)
SET: Final = ValueKind(
    "set",
    Compared.AS_SET,
    code=_set_text,
    json=lambda value, inner: {"set": [inner(part) for part in _in_order(value)]},
    brief=_set_text,
    parts=_in_order,
    rebuilt=lambda value, parts: type(value)(parts),
    size=_none,
    memory=_of_container,
)
