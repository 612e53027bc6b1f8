"""What can be said of patterns in results: which rule gives what came back from what was expected.

Numbers and shapes are of cases that the student sees. Below the level at which everything is told, hidden tests get the
message in `general`.
"""

from __future__ import annotations

from typing import Final

from grader.judge.sizes import Measure, Scale
from grader.message import MessageType, Origin, declare
from grader.observation import SlipKind

__all__ = [
    "ALL_AT_ONCE",
    "ALONG_AXIS",
    "ALONG_THE_ROWS",
    "AXES_ELSEWHERE",
    "AXIS_MISSING",
    "AXIS_MISSING_IN",
    "AXIS_TOO_MANY",
    "AXIS_TOO_MANY_IN",
    "BASES",
    "BY_SIGN",
    "CHANGES",
    "CLIPPED",
    "COLUMN_FOR_ROW",
    "CONSTANT",
    "CONSTANT_NUMBER",
    "CONSTANT_ROUNDED",
    "CONSTANT_ROUNDED_BY",
    "CUMULATIVE",
    "CUT_SHORT",
    "DEGREES_OF_FREEDOM",
    "DONE",
    "DOWN_THE_COLUMNS",
    "FACTOR",
    "FACTOR_AND_SIZE",
    "FACTOR_IS",
    "FACTOR_MEANS",
    "FACTOR_OVER_SIZE",
    "FIRST",
    "FIRST_LEFT_OUT",
    "FIRST_ONES",
    "FIRST_SO_MANY",
    "FLATTENED",
    "FLATTENED_FROM",
    "GROWN",
    "GROWN_TO",
    "HARD_CODED",
    "INVERTED",
    "IN_PARTS",
    "KNOWN_FACTORS",
    "LAST",
    "LAST_LEFT_OUT",
    "LENGTHS",
    "LENGTH_OF_AXIS",
    "LIKE",
    "NAMED_FACTORS",
    "NOT_REDUCED",
    "NOT_REDUCED_ALONG",
    "OFFSET",
    "ONE_RIGHT",
    "ONE_RIGHT_OTHERS_WRONG",
    "ONE_WRONG",
    "ORDERS",
    "ORDER_AND_SHAPE",
    "OTHER_DIVISOR",
    "OTHER_DIVISOR_IS",
    "PARTS",
    "PARTS_REORDERED",
    "PARTS_SWAPPED",
    "PART_OF_AXIS",
    "PART_OF_LIKE",
    "PLACES",
    "PLACES_COUNTED",
    "PLACES_OF_CASE",
    "QUANTITY",
    "QUANTITY_OF_OTHER",
    "REDUCED",
    "REDUCED_TOO_FAR",
    "REDUCED_TOO_FAR_ALONG",
    "RESHAPED",
    "RESHAPED_TO",
    "RETURNED_ARGUMENT",
    "ROUNDED",
    "ROUNDED_ONE_WAY",
    "ROUNDED_TO",
    "ROUNDED_TO_WHOLE",
    "ROW_FOR_COLUMN",
    "SCALED",
    "SCALED_BY",
    "SCALED_BY_SIZE",
    "SHAPE_WRITTEN_IN",
    "SIGN",
    "SIZE_FOR_SOME",
    "SIZE_FOR_SOME_IS",
    "SIZE_IS_WRITTEN_IN",
    "SIZE_WRITTEN_IN",
    "SLIPS",
    "SOME_PLACES",
    "SOME_RIGHT",
    "SOME_RIGHT_OTHERS_WRONG",
    "SO_MANY_RIGHT",
    "STATISTICS",
    "STEPS",
    "STEP_ORDER",
    "TIMES",
    "TOO_LARGE",
    "TOO_SMALL",
    "TRANSPOSED",
    "TRUNCATED",
    "TRUNCATED_INTEGERS",
    "UNUSED",
]

_PUBLIC: Final = Origin.PUBLIC
_CASE: Final = Origin.CASE
_SOURCE: Final = Origin.SOURCE


def _each(prefix: str, *names: str) -> dict[str, MessageType]:
    return {name: declare(f"{prefix}.{name}") for name in names}


# Where in a result. All but the first are phrases.
IN_PARTS: Final = declare("pattern.in_parts", where=_PUBLIC, said=_PUBLIC)
PLACES: Final = declare("pattern.places", places=_PUBLIC)  # that the exercise's signature names
LIKE: Final = declare("pattern.place.like", whole=_PUBLIC, pattern=_PUBLIC)  # phrases, as is the next
PART_OF_LIKE: Final = declare("pattern.place.like.part", whole=_PUBLIC, pattern=_PUBLIC, part=_PUBLIC)
SOME_PLACES: Final = declare("pattern.places.some")
PLACES_OF_CASE: Final = declare("pattern.places.of_case", general=SOME_PLACES, places=_CASE)
PLACES_COUNTED: Final = declare("pattern.places.counted", general=SOME_PLACES, count=_CASE)

# One change of every number.
CHANGES: Final = _each(
    "pattern", "negated", "reciprocal", "squared", "rooted", "logarithm", "exponential", "absolute", "complement"
)
INVERTED: Final = declare("pattern.inverted")
SIGN: Final = declare("pattern.sign")
CLIPPED: Final = declare("pattern.clipped")
TRUNCATED: Final = declare("pattern.truncated")
TRUNCATED_INTEGERS: Final = declare("pattern.truncated.integers")
ROUNDED: Final = declare("pattern.rounded")
ROUNDED_TO: Final = declare("pattern.rounded.to", general=ROUNDED, places=_CASE)
ROUNDED_TO_WHOLE: Final = declare("pattern.rounded.whole", general=ROUNDED)
ROUNDED_ONE_WAY: Final = _each("pattern", "rounded_down", "rounded_up")

# An amount, or a factor, for all numbers.
OFFSET: Final = declare("pattern.offset")
TOO_LARGE: Final = declare("pattern.offset.too_large", general=OFFSET, amount=_CASE)
TOO_SMALL: Final = declare("pattern.offset.too_small", general=OFFSET, amount=_CASE)
FACTOR: Final = declare("pattern.factor")
CONSTANT_ROUNDED: Final = declare("pattern.constant_rounded")
CONSTANT_ROUNDED_BY: Final = declare("pattern.constant_rounded.by", general=CONSTANT_ROUNDED, factor=_CASE)
FACTOR_IS: Final = declare("pattern.factor.is", general=FACTOR, times=_CASE)
FACTOR_MEANS: Final = declare("pattern.factor.means", general=FACTOR, times=_CASE, meaning=_CASE)
FACTOR_OVER_SIZE: Final = declare("pattern.factor.over_size", general=FACTOR, times=_CASE, size=_CASE, length=_CASE)
FACTOR_AND_SIZE: Final = declare("pattern.factor.and_size", general=FACTOR, times=_CASE, length=_CASE)

# Phrases: what a factor is called, and what is known of it.
TIMES: Final = declare("pattern.times", factor=_CASE)
NAMED_FACTORS: Final = {
    factor: declare(f"pattern.times.{name}")
    for factor, name in (
        (0.5, "half"),
        (2.0, "twice"),
        (3.0, "three"),
        (10.0, "ten"),
        (0.1, "tenth"),
        (0.25, "quarter"),
        (4.0, "four"),
    )
}
KNOWN_FACTORS: Final = {
    factor: declare(f"pattern.factor.{name}")
    for factor, name in (
        (0.4342944819, "log10_for_log"),
        (1.4426950409, "log2_for_log"),
        (2.302585093, "log_for_log10"),
        (0.6931471806, "log_for_log2"),
        (57.295779513, "degrees_for_radians"),
        (0.01745329252, "radians_for_degrees"),
    )
}

# A factor that goes with a size.
DEGREES_OF_FREEDOM: Final = declare("pattern.degrees_of_freedom")
SCALED: Final = {
    scale: declare(f"pattern.scaled.{scale.name.lower()}")
    for scale in (
        Scale.OVER,
        Scale.TIMES,
        Scale.HALF_OVER,
        Scale.TWICE_TIMES,
        Scale.TWICE_OVER,
        Scale.HALF_TIMES,
        Scale.OVER_SQUARE,
        Scale.TIMES_SQUARE,
        Scale.OVER_ROOT,
        Scale.TIMES_ROOT,
    )
}
SCALED_BY: Final = {
    scale: declare(f"{general.id}.by", general=general, factor=_CASE, size=_CASE, length=_CASE)
    for scale, general in SCALED.items()
    if scale is not Scale.TIMES
}
SCALED_BY_SIZE: Final = declare("pattern.scaled.times.by", general=SCALED[Scale.TIMES], size=_CASE, length=_CASE)
OTHER_DIVISOR: Final = declare("pattern.other_divisor")
OTHER_DIVISOR_IS: Final = declare(
    "pattern.other_divisor.is", general=OTHER_DIVISOR, size=_CASE, length=_CASE, wrong=_CASE
)
SIZE_WRITTEN_IN: Final = declare("pattern.size_written_in")
SIZE_IS_WRITTEN_IN: Final = declare("pattern.size_written_in.is", general=SIZE_WRITTEN_IN, size=_CASE, length=_CASE)
SHAPE_WRITTEN_IN: Final = declare("pattern.shape_written_in")

# Phrases: how long an argument is.
LENGTHS: Final = {
    measure: declare(f"pattern.length.{measure.value}", name=_PUBLIC, size=_CASE)
    for measure in (Measure.ELEMENTS, Measure.ROWS, Measure.COLUMNS)
}
LENGTH_OF_AXIS: Final = declare("pattern.length.axis", axis=_CASE, name=_PUBLIC, size=_CASE)

# Shapes and axes.
TRANSPOSED: Final = declare("pattern.transposed")
ROW_FOR_COLUMN: Final = declare("pattern.transposed.row")
COLUMN_FOR_ROW: Final = declare("pattern.transposed.column")
AXIS_MISSING: Final = declare("pattern.axis_missing")
AXIS_MISSING_IN: Final = declare("pattern.axis_missing.in", general=AXIS_MISSING, count=_CASE, came=_CASE, due=_CASE)
AXIS_TOO_MANY: Final = declare("pattern.axis_too_many")
AXIS_TOO_MANY_IN: Final = declare("pattern.axis_too_many.in", general=AXIS_TOO_MANY, count=_CASE, came=_CASE, due=_CASE)
AXES_ELSEWHERE: Final = declare("pattern.axes_elsewhere")
FLATTENED: Final = declare("pattern.flattened")
FLATTENED_FROM: Final = declare("pattern.flattened.from", general=FLATTENED, axes=_CASE)
RESHAPED: Final = declare("pattern.reshaped")
RESHAPED_TO: Final = declare("pattern.reshaped.to", general=RESHAPED, came=_CASE, due=_CASE)
GROWN: Final = declare("pattern.grown")
GROWN_TO: Final = declare("pattern.grown.to", general=GROWN, came=_CASE, due=_CASE)
ALL_AT_ONCE: Final = declare("pattern.axis.all_at_once", name=_PUBLIC)
DOWN_THE_COLUMNS: Final = declare("pattern.axis.columns", name=_PUBLIC)
ALONG_THE_ROWS: Final = declare("pattern.axis.rows", name=_PUBLIC)
ALONG_AXIS: Final = declare("pattern.axis.other", axis=_PUBLIC, name=_PUBLIC)  # the same one in every call

# One step more, or one less; the first two are phrases.
DONE: Final = _each("pattern.done", "sum", "mean", "max", "min", "prod")
REDUCED: Final = _each("pattern.reduced", "sum", "mean", "max", "min", "prod")
NOT_REDUCED: Final = declare("pattern.not_reduced", done=_PUBLIC)
NOT_REDUCED_ALONG: Final = declare("pattern.not_reduced.along", done=_PUBLIC, axis=_PUBLIC)
REDUCED_TOO_FAR: Final = declare("pattern.reduced_too_far", reduced=_PUBLIC)
REDUCED_TOO_FAR_ALONG: Final = declare("pattern.reduced_too_far.along", reduced=_PUBLIC, axis=_PUBLIC)
CUMULATIVE: Final = declare("pattern.cumulative")

# Which numbers came back.
ORDERS: Final = _each("pattern.order", "backwards", "sorted", "first_axis_fastest", "other")
RETURNED_ARGUMENT: Final = declare("pattern.returned_argument", name=_PUBLIC)
HARD_CODED: Final = declare("pattern.hard_coded")
CONSTANT: Final = declare("pattern.constant")
CONSTANT_NUMBER: Final = declare("pattern.constant.number")

# Which numbers are wrong.
BY_SIGN: Final = {sign: declare(f"pattern.{sign}_inputs", name=_PUBLIC) for sign in ("negative", "positive")}
ONE_RIGHT: Final = declare("pattern.one_right", first=_PUBLIC)
SOME_RIGHT: Final = declare("pattern.some_right")
SO_MANY_RIGHT: Final = declare("pattern.some_right.count", general=SOME_RIGHT, first=_PUBLIC, count=_CASE)
ONE_RIGHT_OTHERS_WRONG: Final = declare("pattern.others_wrong.one", first=_PUBLIC)
SOME_RIGHT_OTHERS_WRONG: Final = declare("pattern.others_wrong", first=_PUBLIC)
LAST_LEFT_OUT: Final = declare("pattern.last_left_out", last=_PUBLIC)
FIRST_LEFT_OUT: Final = declare("pattern.first_left_out", first=_PUBLIC)
ONE_WRONG: Final = declare("pattern.one_wrong", which=_PUBLIC)
CUT_SHORT: Final = _each("pattern.cut_short", "last", "first")

# Phrases: one or several of them.
FIRST: Final = _each("pattern.first", "row", "column", "element")
LAST: Final = _each("pattern.last", "row", "column", "element")
FIRST_ONES: Final = _each("pattern.first_ones", "row", "column", "element")
FIRST_SO_MANY: Final = {
    noun: declare(f"{general.id}.count", general=general, count=_CASE) for noun, general in FIRST_ONES.items()
}

# Other sums of the same: what came back is a known quantity of an argument. All but the first are phrases.
QUANTITY: Final = declare("pattern.quantity", base=_PUBLIC, statistic=_PUBLIC, part=_PUBLIC)
QUANTITY_OF_OTHER: Final = declare(
    "pattern.quantity.of_other", base=_PUBLIC, statistic=_PUBLIC, part=_PUBLIC, other=_PUBLIC
)
BASES: Final = {
    name: declare(f"pattern.base.{name}", name=_PUBLIC)
    for name in (
        "itself",
        "exponential",
        "sizes",
        "exponential_of_sizes",
        "squares",
        "clipped",
        "exponential_clipped",
        "less_column_means",
        "less_row_means",
        "less_mean",
    )
}
STATISTICS: Final = _each(
    "pattern.statistic", "sum", "mean", "max", "min", "largest", "length", "range", "std", "sum_of_sizes"
)
PARTS: Final = _each("pattern.part", "column", "row", "all")
PART_OF_AXIS: Final = declare("pattern.part.axis", axis=_PUBLIC)

# Two steps, each done in the other's place. The arguments are phrases.
STEP_ORDER: Final = declare("pattern.step_order", first=_PUBLIC, then=_PUBLIC)
STEPS: Final = _each("pattern.step", "square", "absolute", "root", "exponential", "logarithm")

# Parts of a result at other places.
PARTS_SWAPPED: Final = declare("pattern.parts_swapped", one=_PUBLIC, other=_PUBLIC)
PARTS_REORDERED: Final = declare("pattern.parts_reordered")
ORDER_AND_SHAPE: Final = declare("pattern.order_and_shape", said=_PUBLIC)

# A literal size.
SIZE_FOR_SOME: Final = declare("pattern.size_for_some")
SIZE_FOR_SOME_IS: Final = declare("pattern.size_for_some.is", general=SIZE_FOR_SOME, number=_CASE)

# What a function's text shows by itself.
SLIPS: Final = {
    kind: declare(f"pattern.slip.{kind.value}", place=_SOURCE)
    for kind in (SlipKind.RETURN_IN_LOOP, SlipKind.DIVIDED_BY_ONE, SlipKind.TIMES_ONE)
}
UNUSED: Final = declare("pattern.slip.unused", place=_SOURCE, name=_SOURCE, instead=_SOURCE)
