"""What is to be told of patterns: from what was found to messages.

Numbers and shapes are of cases that the student sees; where there is none of these, what is said holds in general.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final, TypeAlias

from grader.figures import figure
from grader.judge.diagnosis_input import Candidate
from grader.judge.messages import patterns
from grader.judge.sizes import Measure, Scale, Size
from grader.judge.wording import written_shape
from grader.message import Message

__all__ = [
    "Shapes",
    "SizeSeen",
    "by_sign",
    "constant_rounded",
    "cut_short",
    "factor",
    "first_left_out",
    "flattened",
    "grown",
    "in_parts",
    "keepdims",
    "last_left_out",
    "not_reduced",
    "offset",
    "one_wrong",
    "only_first",
    "other_axis",
    "other_divisor",
    "others_wrong",
    "reduced_too_far",
    "reshaped",
    "returned_argument",
    "rounded",
    "scaled",
    "size_written_in",
    "transposed",
]

Shapes: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]  # that came back, and that was expected
SizeSeen: TypeAlias = tuple[Size, int, float]  # in a case that is seen: what is so long, how long, and the factor there

_PATTERN: Final = re.compile(r"(?P<whole>.+?)\['(?P<pattern>[^'*]*\*[^']*)'\](?P<part>.*)")
_CLOSE: Final = 1e-6
_MOST_PLACES: Final = 3
_SCALES: Final = {  # what a factor is called that goes with a size
    Scale.OVER: "mean_for_sum",
    Scale.HALF_OVER: "mean_for_sum",
    Scale.TIMES: "sum_for_mean",
    Scale.LESS_ONE: "degrees_of_freedom",
    Scale.MORE_ONE: "degrees_of_freedom",
    Scale.ROOT_LESS_ONE: "degrees_of_freedom",
    Scale.ROOT_MORE_ONE: "degrees_of_freedom",
}


def in_parts(
    candidate: Candidate, places: Sequence[str], *, declared: frozenset[str], seen: frozenset[str]
) -> Candidate:
    """The same, said of parts of the result.

    `declared`: those that the exercise's signature names; `seen`: those that are wrong in a case that the student sees.
    """
    if candidate.says is None:
        return candidate
    if not (declared | seen).issuperset(places):
        where = patterns.SOME_PLACES()  # the parts of a hidden result say something of its input
    elif len(places) > _MOST_PLACES:
        where = patterns.PLACES_COUNTED(count=len(places))
    else:
        kind = patterns.PLACES if declared.issuperset(places) else patterns.PLACES_OF_CASE
        where = kind(places=tuple(map(_place, places)))
    return Candidate(candidate.id, patterns.IN_PARTS(where=where, said=candidate.says))


def _place(place: str) -> str | Message:
    """A place as it is written in Python; of all keys that are like a pattern, in words."""
    found = _PATTERN.fullmatch(place)
    if found is None:
        return place
    if not found["part"]:
        return patterns.LIKE(whole=found["whole"], pattern=found["pattern"])
    return patterns.PART_OF_LIKE(whole=found["whole"], pattern=found["pattern"], part=found["part"])


def factor(value: float | None, size: tuple[Size, int] | None = None) -> Message:
    """One factor for all numbers; `size` is what it may come from, and how long that is."""
    if value is None:
        return patterns.FACTOR()
    times = _times(value)
    if size is not None and value < 1:
        return patterns.FACTOR_OVER_SIZE(times=times, size=size[1], length=_length(*size))
    if size is not None:
        return patterns.FACTOR_AND_SIZE(times=times, length=_length(*size))
    for known, meaning in patterns.KNOWN_FACTORS.items():
        if abs(value / known - 1) < _CLOSE:
            return patterns.FACTOR_MEANS(times=times, meaning=meaning())
    return patterns.FACTOR_IS(times=times)


def constant_rounded(value: float | None) -> Message:
    """A factor that is nearly 1, as where 3.14 stands for pi."""
    return patterns.CONSTANT_ROUNDED() if value is None else patterns.CONSTANT_ROUNDED_BY(factor=_near_one(value))


def _times(value: float) -> Message:
    named = next((kind for known, kind in patterns.NAMED_FACTORS.items() if abs(value / known - 1) < _CLOSE), None)
    return patterns.TIMES(factor=_plain(value)) if named is None else named()


def _plain(value: float) -> str:
    """A short number, or a simple fraction: `0.2`, `1/3`, `-2`."""
    near = Fraction(value).limit_denominator(1000 if abs(value) < 0.1 else 20)
    if near.numerator in (1, -1) and near.denominator > 20 and abs(float(near) / value - 1) < _CLOSE:
        return f"{near.numerator}/{near.denominator}"
    if near and abs(float(near) / value - 1) < _CLOSE:
        decimal = f"{float(near):.6g}"
        return decimal if len(decimal) <= 5 else f"{near.numerator}/{near.denominator}"
    return figure(float(f"{value:.4g}"))


def _near_one(value: float) -> str:
    """With as many digits as show that it is not 1."""
    digits = 2 - math.floor(math.log10(abs(value - 1)))
    return f"{value:.{digits}g}"


def _length(size: Size, length: int) -> Message:
    if size.measure is Measure.AXIS:
        return patterns.LENGTH_OF_AXIS(axis=size.axis, name=size.argument, size=length)
    return patterns.LENGTHS[size.measure](name=size.argument, size=length)


def scaled(scale: Scale, visible: SizeSeen | None) -> Candidate:
    """A factor that goes with a size."""
    name = _SCALES.get(scale, "constant_factor")
    if scale not in patterns.SCALED:
        return Candidate(name, patterns.DEGREES_OF_FREEDOM())
    if visible is None:
        return Candidate(name, patterns.SCALED[scale]())
    size, many, value = visible
    length = _length(size, many)
    if scale is Scale.TIMES:
        return Candidate(name, patterns.SCALED_BY_SIZE(size=many, length=length))
    return Candidate(name, patterns.SCALED_BY[scale](factor=_plain(value), size=many, length=length))


def other_divisor(visible: tuple[tuple[Size, int], int] | None) -> Candidate:
    """Divided by another size than is due. `visible`: the one that is, how long it is, and what it is divided by."""
    if visible is None:
        return Candidate("other_divisor", patterns.OTHER_DIVISOR())
    (size, many), wrong = visible
    said = patterns.OTHER_DIVISOR_IS(size=many, length=_length(size, many), wrong=wrong)
    return Candidate("other_divisor", said)


def size_written_in(written: int, visible: SizeSeen | None) -> Candidate:
    """A size of one case is used for all."""
    said = patterns.SIZE_WRITTEN_IN()
    if visible is not None:
        said = patterns.SIZE_IS_WRITTEN_IN(size=written, length=_length(visible[0], written))
    return Candidate("size_hard_coded", said)


def offset(value: float | None) -> Message:
    """The same number too much or too little everywhere."""
    if value is None:
        return patterns.OFFSET()
    return (patterns.TOO_LARGE if value > 0 else patterns.TOO_SMALL)(amount=_plain(abs(value)))


def rounded(places: int | None) -> Message:
    """Numbers rounded that should not be; `places` of decimals, None where that is seen in no case."""
    if places is None:
        return patterns.ROUNDED()
    return patterns.ROUNDED_TO(places=places) if places else patterns.ROUNDED_TO_WHOLE()


def transposed(shapes: Shapes | None) -> Message:
    """Rows and columns have changed places. `shapes`: where all that is wrong is a row for a column, or the reverse."""
    if shapes is None:
        return patterns.TRANSPOSED()
    return patterns.ROW_FOR_COLUMN() if shapes[0][0] == 1 else patterns.COLUMN_FOR_ROW()


def keepdims(shapes: Shapes | None, fewer: bool, more: bool) -> Message:
    """An axis of length 1 more or less."""
    if not fewer and not more:
        return patterns.AXES_ELSEWHERE()
    if shapes is None:
        return patterns.AXIS_MISSING() if fewer else patterns.AXIS_TOO_MANY()
    count = abs(len(shapes[0]) - len(shapes[1]))
    return (patterns.AXIS_MISSING_IN if fewer else patterns.AXIS_TOO_MANY_IN)(count=count, **_shapes(shapes))


def _shapes(shapes: Shapes) -> dict[str, str]:
    return {"came": written_shape(shapes[0]), "due": written_shape(shapes[1])}


def flattened(shapes: Shapes | None) -> Message:
    """All in one axis."""
    return patterns.FLATTENED() if shapes is None else patterns.FLATTENED_FROM(axes=len(shapes[1]))


def reshaped(shapes: Shapes | None) -> Message:
    """The same numbers, counted off otherwise."""
    return patterns.RESHAPED() if shapes is None else patterns.RESHAPED_TO(**_shapes(shapes))


def grown(shapes: Shapes | None) -> Message:
    """(n,) and (n, 1) made (n, n)."""
    return patterns.GROWN() if shapes is None else patterns.GROWN_TO(**_shapes(shapes))


def not_reduced(name: str, axis: int | None) -> Message:
    """The step that is left."""
    done = patterns.DONE[name]()
    return patterns.NOT_REDUCED(done=done) if axis is None else patterns.NOT_REDUCED_ALONG(done=done, axis=axis)


def reduced_too_far(name: str, axis: int | None) -> Message:
    """One step too many."""
    reduced = patterns.REDUCED[name]()
    if axis is None:
        return patterns.REDUCED_TOO_FAR(reduced=reduced)
    return patterns.REDUCED_TOO_FAR_ALONG(reduced=reduced, axis=axis)


def other_axis(name: str, came: int | None, ndim: int) -> Message:
    """Done along one axis in place of another."""
    if came is None:
        return patterns.ALL_AT_ONCE(name=name)
    if ndim == 2:
        return (patterns.ALONG_THE_ROWS if came else patterns.DOWN_THE_COLUMNS)(name=name)
    return patterns.ALONG_AXIS(axis=came, name=name)


def returned_argument(name: str) -> Message:
    """What went in came out."""
    return patterns.RETURNED_ARGUMENT(name=name)


def by_sign(name: str, sign: str) -> Message:
    """Wrong for one sign only."""
    return patterns.BY_SIGN[sign](name=name)


def only_first(good: int | None, noun: str) -> Message:
    """Right at the beginning. `good`: None for several of which it is not seen how many they are."""
    if good == 1:
        return patterns.ONE_RIGHT(first=patterns.FIRST[noun]())
    if good is None:
        return patterns.SOME_RIGHT()
    return patterns.SO_MANY_RIGHT(first=_first_ones(good, noun), count=good)


def others_wrong(good: int | None, noun: str) -> Message:
    """Right at the beginning, and something else was computed for the rest."""
    if good == 1:
        return patterns.ONE_RIGHT_OTHERS_WRONG(first=patterns.FIRST[noun]())
    return patterns.SOME_RIGHT_OTHERS_WRONG(first=_first_ones(good, noun))


def _first_ones(good: int | None, noun: str) -> Message:
    return patterns.FIRST_ONES[noun]() if good is None else patterns.FIRST_SO_MANY[noun](count=good)


def last_left_out(noun: str) -> Message:
    """Nothing was done at the end."""
    return patterns.LAST_LEFT_OUT(last=patterns.LAST[noun]())


def first_left_out(noun: str) -> Message:
    """Nothing was done at the beginning."""
    return patterns.FIRST_LEFT_OUT(first=patterns.FIRST[noun]())


def one_wrong(which: str, noun: str) -> Message:
    """Something else was computed for the first or last one."""
    return patterns.ONE_WRONG(which=(patterns.FIRST if which == "first" else patterns.LAST)[noun]())


def cut_short(which: str) -> Message:
    """Right numbers, but the first or last ones are not there."""
    return patterns.CUT_SHORT[which]()
