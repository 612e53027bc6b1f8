"""What exceptions about shapes, axes and indices mean: from what a rule has read in them to what is said."""

from __future__ import annotations

import math
import re
from typing import Final

from grader.judge.error_meanings import Seen
from grader.judge.messages import errors
from grader.message import Message

__all__ = [
    "LARGEST",
    "axis",
    "broadcast",
    "index",
    "place",
    "product",
    "product_sizes",
    "reshape",
    "sequence_index",
    "too_many_indices",
]

LARGEST: Final = 18  # digits of a length that numpy can have

_LEADING_REST: Final = re.compile(r"\breshape\((?:[^()]{1,80},)?\s*[(\[]?\s*-\s*1\s*,")


def broadcast(seen: Seen) -> Message:
    """Two shapes that numpy cannot bring together."""
    shapes = _shapes(seen["shapes"])
    if len(shapes) != 2:
        return errors.GENERAL["shapes"]()
    short, long = sorted(shapes, key=len)
    if len(short) == 1 and len(long) == 2 and short[0] == long[0]:
        return errors.KEEPDIMS(matrix=str(long), vector=str(short), column=str((*short, 1)))
    pairs = zip(*(reversed(shape) for shape in shapes), strict=False)
    unlike = next(((a, b) for a, b in pairs if a != b and 1 not in (a, b)), None)
    if unlike is None:
        return errors.SHAPES_RULE()
    one, other = map(str, unlike)
    return errors.LENGTHS_MEET(one=one, other=other)


def _shapes(text: str) -> list[tuple[int, ...]]:
    return [tuple(int(n) for n in re.findall(r"\d+", shape)) for shape in re.findall(r"\(([\d, ]*)\)", text)]


def place(seen: Seen) -> Message:
    """A row assigned that is longer than the row it goes to."""
    return errors.DOES_NOT_FIT_IN(came=seen["came"], place=seen["place"])


def product(seen: Seen) -> Message:
    """`np.dot` of two matrices that do not fit."""
    return errors.PRODUCT(one=seen["one"], other=seen["other"])


def product_sizes(seen: Seen) -> Message:
    """`@` of two matrices that do not fit."""
    return errors.PRODUCT_SIZES(columns=seen["columns"], rows=seen["rows"])


def reshape(seen: Seen) -> Message:
    """A new shape with another number of places, or one with -1 that does not come out even."""
    size, lengths = int(seen["size"]), [int(n) for n in re.findall(r"-?\d+", _written(seen))]
    shape = str(tuple(lengths))
    if -1 in lengths:
        return errors.RESHAPE_REST(size=size, shape=shape)
    places = math.prod(lengths)
    if len(str(places)) > LARGEST:
        return errors.GENERAL["reshape"]()
    return errors.RESHAPE(size=size, shape=shape, places=errors.PLACES(count=places))


def _written(seen: Seen) -> str:
    """The new shape as it was asked for: of numpy's, where a -1 is `newaxis`, those at the beginning are missing."""
    shape = seen["shape"].replace("newaxis", "-1")
    is_short = re.fullmatch(r"\(\d+\)", shape) is not None  # a shape of one length has a comma
    lacks_rest = "-1" not in shape and (is_short or _LEADING_REST.search(seen.source) is not None)
    return f"(-1,{shape[1:]}" if lacks_rest else shape


# Indices and axes.


def index(seen: Seen) -> Message:
    """An index past the end."""
    size = int(seen["size"])
    if not size:
        return errors.INDEX_OF_NOTHING(axis=seen["axis"])
    return errors.INDEX(axis=seen["axis"], size=size, last=size - 1, index=seen["index"])


def sequence_index(seen: Seen) -> Message:
    """An index past the end of a list, a tuple or a string."""
    what = seen["what"]
    return errors.AXES_MISSING() if what == "tuple" and ".shape" in seen.source else errors.SEQUENCE_INDEX[what]()


def too_many_indices(seen: Seen) -> Message:
    """More indices than axes."""
    ndim = int(seen["ndim"])
    if not ndim:
        return errors.NUMBER_INDEXED["too_many_indices"]()
    return errors.TOO_MANY_INDICES(ndim=ndim, count=int(seen["count"]))


def axis(seen: Seen) -> Message:
    """An axis that is not there."""
    number, ndim = seen["axis"], int(seen["ndim"])
    if ndim < 2:
        return errors.AXIS_OF_VECTOR(axis=number) if ndim else errors.AXIS_OF_NUMBER(axis=number)
    return errors.AXIS(ndim=ndim, last=ndim - 1, axis=number)
