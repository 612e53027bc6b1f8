"""A value that is not what a signature declares: what it is, and what is due."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from grader.course.disagreement import Disagreement, ShapeDisagreement, element_kind
from grader.course.exact_types import type_of
from grader.course.signature import Exactly, Kind, Leaf, ListOf, Open, Record, Tuple, format  # noqa: A004 (the signature's own)
from grader.judge.messages import values
from grader.judge.wording import Phrase, clean, of_type, shape, thing
from grader.message import Message

__all__ = ["due", "found"]


def found(error: Disagreement) -> Phrase:
    """What the value is: by its shape or its keys where these are what is wrong, else by the kind of its numbers."""
    value, kind = error.value, element_kind(error.value)
    if isinstance(error.due, Exactly):
        return of_type(type_of(value))
    if isinstance(error, ShapeDisagreement) and isinstance(value, np.ndarray):
        return values.ARRAY(shape=shape(value))
    if isinstance(error.due, Record | Open) and type(value) is dict:
        return values.DICT_WITH(keys=_keys(value))
    if kind is not None:
        return (values.ARRAY_OF_KIND if isinstance(value, np.ndarray) else values.ONE_OF_KIND)[kind]()
    return values.LIST_OF(count=len(value)) if type(value) is list else thing(value)


def due(error: Disagreement) -> Phrase:
    """What the signature says; of an array, with what its symbols stand for here."""
    match error.due:
        case Leaf(kind=Kind.NONE):
            return "None"
        case Leaf(kind=Kind.PRINTED):
            return values.STRING()
        case Leaf(kind=Kind.ANY, shape=None):
            return values.PLAIN()
        case Leaf():
            declared = format(error.due)
            return values.DUE_HERE(declared=declared, shape=error.here) if error.here else declared
        case Tuple(parts=parts):
            return values.TUPLE_OF(count=len(parts))
        case Record(parts=entries) | Open(parts=entries):
            return (values.ONE_WITH if type(error.value) is dict else values.DICT_WITH)(keys=_keys(entries))
        case ListOf():
            return values.LIST()
        case Exactly(name=name):
            return of_type(name)


def _keys(keys: Iterable[object]) -> Message:
    names = [repr(key) for key in keys]
    return values.KEYS(count=len(names), names=clean(", ".join(names), 170)) if names else values.KEYS_NONE()
