from __future__ import annotations

import cmath
import copy
import math
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.course.key import Comparison, Dtype
from grader.course.signature import Kind, Leaf, ListOf, Record, Signature, Tuple
from grader.judge.compare import Difference, compare
from grader.judge.differences import difference_messages
from grader.judge.result import Mismatch, Rule
from grader.named_tuple import Named
from grader.values import Opaque, Value, sketch
from grader.words.text import text

case = pytest.param
ANYTHING = Leaf(Kind.ANY, "...")
FLOATS = Leaf(Kind.FLOAT, "...")
USUAL = Comparison()
EXACT = Comparison(dtype=Dtype.EXACT)
ANY_DTYPE = Comparison(dtype=Dtype.ANY)

DTYPES = st.sampled_from(
    ["?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16", "U4"],
).map(np.dtype)
SHAPES = hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3)
ARRAYS = DTYPES.flatmap(lambda dtype: hnp.arrays(dtype, SHAPES))
SCALARS = DTYPES.flatmap(lambda dtype: hnp.arrays(dtype, ())).map(lambda array: array[()])
NUMBERS = st.one_of(
    st.booleans(),
    st.integers(-(1 << 4000), 1 << 4000),
    st.integers(-5, 5),
    st.floats(),
    st.complex_numbers(),
)
LEAVES = st.one_of(
    st.none(),
    NUMBERS,
    st.text(max_size=8),
    st.binary(max_size=8),
    SCALARS,
    ARRAYS,
)
WHOLE = [0, 1, 2, 3, 50, 100]
REAL = [*WHOLE, -1, -0.5, 1.25, math.nan, math.inf, -math.inf]
NICE = {  # numbers with which rounding plays no part
    "b": st.booleans(),
    "u": st.sampled_from(WHOLE),
    "i": st.sampled_from([*WHOLE, -1, -100]),
    "f": st.sampled_from(REAL),
    "c": st.builds(complex, st.sampled_from(REAL), st.sampled_from(REAL)),
}
TUPLES = st.tuples(st.floats(), st.text(max_size=1))
KEYS = st.one_of(st.none(), st.integers(-3, 3), st.floats(), st.text(max_size=3), TUPLES)
VALUES = st.recursive(
    LEAVES,
    lambda parts: st.one_of(
        st.lists(parts, max_size=3),
        st.lists(parts, max_size=3).map(tuple),
        st.dictionaries(KEYS, parts, max_size=3),
    ),
    max_leaves=8,
)
COMPARISONS = st.builds(
    Comparison,
    rtol=st.sampled_from([0.0, 1e-6, 0.1]),
    atol=st.sampled_from([0.0, 1e-9, 1.0]),
    dtype=st.sampled_from(Dtype),
)
SIGNATURES = st.sampled_from(
    [Leaf(kind, "...") for kind in Kind if kind is not Kind.OPAQUE]
    + [ListOf(FLOATS), Tuple((FLOATS, ANYTHING)), Record({"a": FLOATS})]
)


def difference(
    expected: Value, actual: Value, comparison: Comparison = USUAL, signature: Signature = ANYTHING
) -> Difference:
    found = compare(expected, actual, comparison, signature)
    assert found is not None
    return found


@given(VALUES, COMPARISONS, SIGNATURES)
def test_a_value_equals_itself(value: Value, comparison: Comparison, signature: Signature) -> None:
    assert compare(value, copy.deepcopy(value), comparison, signature) is None


@given(VALUES, VALUES, COMPARISONS, SIGNATURES)
def test_any_two_values_compare_and_are_put_in_words(
    expected: Value, actual: Value, comparison: Comparison, signature: Signature
) -> None:
    found = compare(expected, actual, comparison, signature)
    if found is not None:
        texts = list(map(text, difference_messages(found)))
        assert texts
        assert all(each.isprintable() and each for each in texts)
        if found.mask is not None:
            assert found.mismatch is not None
            assert found.mask.shape == np.shape(found.expected)
            assert found.mask[found.mismatch.first]
            assert found.mask.sum() == found.mismatch.count <= found.mismatch.size


@given(
    hnp.arrays(np.float64, hnp.array_shapes(max_dims=3, max_side=4), elements=st.floats(-1e6, 1e6)),
    st.data(),
)
def test_a_single_change_beyond_the_tolerance_is_found(array: Any, data: st.DataObject) -> None:
    index = data.draw(st.tuples(*(st.integers(0, length - 1) for length in array.shape)))
    sign = data.draw(st.sampled_from([-1, 1]))
    actual = array.copy()
    actual[index] += sign * (2.1e-9 + 2.1e-6 * abs(array[index]))
    found = difference({"a": (1, array)}, {"a": (1, actual)})
    assert found.rule is Rule.VALUE
    assert found.path == f"result['a'][1][{', '.join(map(str, index))}]"
    assert found.index == index
    assert found.expected is array
    assert found.actual is actual
    assert found.mismatch == Mismatch(1, array.size, index, pytest.approx(abs(actual[index] - array[index])))
    assert found.mask is not None
    assert np.argwhere(found.mask).tolist() == [list(index)]


@given(
    hnp.arrays(np.float64, hnp.array_shapes(max_dims=3, max_side=4), elements=st.floats(-1e6, 1e6)),
    st.data(),
)
def test_a_change_within_the_tolerance_is_none(array: Any, data: st.DataObject) -> None:
    noise = data.draw(hnp.arrays(np.float64, array.shape, elements=st.floats(-0.9, 0.9)))
    assert compare(array, array + noise * (1e-9 + 1e-6 * np.abs(array)), USUAL, FLOATS) is None


@given(st.sampled_from(["i1", "i8", "u1", "u8"]), st.data())
def test_integers_are_compared_to_the_unit(dtype: str, data: st.DataObject) -> None:
    info = np.iinfo(dtype)
    whole = st.integers(int(info.min), int(info.max))
    expected, actual = data.draw(whole), data.draw(whole)
    found = compare(np.array([expected], dtype), np.array([actual], dtype), Comparison(0.0, 0.0), ANYTHING)
    assert (found is None) == (expected == actual)
    if found is not None:
        assert found.mismatch is not None
        assert found.mismatch.largest == float(abs(expected - actual))


@given(
    st.sampled_from(["i1", "i8", "u8", "f2", "f4", "f8", "c8", "c16"]),
    st.sampled_from(["?", "i1", "i8", "u8", "f2", "f4", "f8", "c8", "c16"]),
    st.sampled_from(
        [Comparison(1e-6, 1e-9, Dtype.ANY), Comparison(0.45, 0.0, Dtype.ANY), Comparison(0.0, 2.0, Dtype.ANY)]
    ),
    st.data(),
)
def test_elements_are_told_apart_as_the_rule_says_it(due: str, came: str, comparison: Comparison, data: Any) -> None:
    expected, actual = (np.array(data.draw(st.tuples(*[NICE[np.dtype(of).kind]] * 3))).astype(of) for of in (due, came))
    found = compare(expected, actual, comparison, ANYTHING)
    marked = [False] * 3 if found is None or found.mask is None else found.mask.tolist()
    assert marked == [not same(e, a, comparison) for e, a in zip(expected.tolist(), actual.tolist(), strict=True)]


def same(expected: complex, actual: complex, comparison: Comparison) -> bool:
    """The rule, number by number."""
    if type(expected) is int and isinstance(actual, int):
        return expected == actual
    if cmath.isnan(expected) or cmath.isnan(actual):
        return cmath.isnan(expected) and cmath.isnan(actual)
    parts = [(expected.real, actual.real), (expected.imag, actual.imag)]
    if any(math.isinf(e) or math.isinf(a) for e, a in parts):
        alike = all(e == a or (math.isfinite(e) and math.isfinite(a)) for e, a in parts)
        left = [(e, a) for e, a in parts if math.isfinite(e) and math.isfinite(a)]
    else:
        alike, left = True, parts
    squared = sum(((Fraction(a) - Fraction(e)) ** 2 for e, a in left), Fraction())
    size = math.hypot(*(e for e, _ in left))
    tolerance = Fraction(comparison.atol) + Fraction(comparison.rtol) * Fraction(size)
    if int in (type(expected), type(actual)):
        tolerance = min(tolerance, max(Fraction(0.49), 4 * Fraction(2.0**-52) * Fraction(size)))
    return alike and squared <= tolerance**2


@given(SHAPES, SHAPES)
def test_shapes_differ_both_ways_or_neither(one: tuple[int, ...], other: tuple[int, ...]) -> None:
    there = compare(np.zeros(one), np.zeros(other), USUAL, FLOATS)
    back = compare(np.zeros(other), np.zeros(one), USUAL, FLOATS)
    assert (there is None) == (back is None) == (one == other)
    assert there is None or there.rule is Rule.SHAPE


@given(st.dictionaries(st.text(max_size=3), st.integers()), st.data())
def test_a_missing_key_is_found_and_the_order_of_keys_is_free(values: dict[str, int], data: st.DataObject) -> None:
    shuffled = dict(data.draw(st.permutations(list(values.items()))))
    assert compare(values, shuffled, USUAL, ANYTHING) is None
    if values:
        gone = data.draw(st.sampled_from(sorted(values)))
        found = difference(values, {key: value for key, value in shuffled.items() if key != gone})
        assert found.rule is Rule.STRUCTURE
        assert found.path == f"result[{gone!r}]"


DAYS = np.array(["2026-01-02", "2026-01-03"], dtype="M8[D]")
RECORDS = np.array([(1, 2.0), (3, 4.0)], dtype=[("a", "<i8"), ("b", "<f8")])
RIGHT = [
    case(0.5, np.float64(0.5), USUAL, FLOATS, id="numpy scalar for a number"),
    case(0.5, np.array(0.5), USUAL, FLOATS, id="0-d array for a number"),
    case(np.array(0.5), 0.5, USUAL, FLOATS, id="number for a 0-d array"),
    case(np.float64(3.0), 3, USUAL, FLOATS, id="int for float"),
    case(np.array([1.0, 2.0]), np.array([1, 2]), USUAL, FLOATS, id="ints for floats"),
    case(np.array([1.0, 0.0]), np.array([True, False]), USUAL, FLOATS, id="bools for floats"),
    case(np.array([1.0]), np.array([1.0], np.float16), USUAL, FLOATS, id="float16 for float64"),
    case(np.array([1]), np.array([1.0]), USUAL, FLOATS, id="the reference gave ints where floats may be"),
    case(np.array([1.5]), np.array([1.5]), USUAL, Leaf(Kind.INT, ("n",)), id="the reference's kind is allowed"),
    case(np.array([1j]), np.array([1j], np.complex64), USUAL, Leaf(Kind.COMPLEX, ("n",)), id="complex"),
    case(np.array([1.0]), np.array([1 + 0j]), ANY_DTYPE, FLOATS, id="any dtype"),
    case(1.0, 1.0, EXACT, FLOATS, id="exact, Python's own"),
    case(np.float64(1.0), 1.0, EXACT, FLOATS, id="exact, Python's float is float64"),
    case(np.array([np.nan, 1.0]), np.array([np.nan, 1.0]), USUAL, FLOATS, id="nan at the same place"),
    case(np.array([np.inf, -np.inf]), np.array([np.inf, -np.inf]), USUAL, FLOATS, id="inf"),
    case(math.nan, np.float32("nan"), USUAL, FLOATS, id="nan as a number"),
    case(np.array([complex(math.inf, 1.0)]), np.array([complex(math.inf, 1.0)]), USUAL, ANYTHING, id="complex inf"),
    case(np.zeros((0, 3)), np.zeros((0, 3)), USUAL, FLOATS, id="empty"),
    case(0.0, -0.0, USUAL, FLOATS, id="both zeros"),
    case(1 << 80, 1 << 80, USUAL, ANYTHING, id="huge integers"),
    case(float(1 << 80), 1 << 80, USUAL, FLOATS, id="a huge integer for a float"),
    case(np.array(["a", "b"]), np.array(["a", "b"], "U9"), EXACT, ANYTHING, id="strings of other widths"),
    case("a", np.str_("a"), USUAL, ANYTHING, id="numpy string"),
    case(Fraction(1, 2), Fraction(2, 4), USUAL, ANYTHING, id="fractions"),
    case(Decimal("1.0"), Decimal("1.00"), USUAL, ANYTHING, id="decimals"),
    case(Decimal("nan"), Decimal("nan"), USUAL, ANYTHING, id="a decimal that is none"),
    case({1, "a", (2, 3)}, frozenset({(2, 3), "a", 1}), USUAL, ANYTHING, id="sets"),
    case({0.3, 1.0}, {0.1 + 0.2, 1.0}, USUAL, ANYTHING, id="sets of numbers with rounding"),
    case({math.nan}, {math.nan}, USUAL, ANYTHING, id="sets with NaN"),
    case((1.0, 2.0), Named.of("Point", ("x", "y"), (1.0, 2.0)), USUAL, ANYTHING, id="a named tuple"),
    case(date(2026, 1, 2), date(2026, 1, 2), USUAL, ANYTHING, id="dates"),
    case(np.array(["2026-01-02"], "M8[D]"), np.array(["2026-01-02"], "M8[ns]"), USUAL, ANYTHING, id="units of time"),
    case(np.array(["2026-01"], "M8[M]"), np.array(["2026-01-01T00"], "M8[h]"), USUAL, ANYTHING, id="months and hours"),
    case(np.array(["NaT"], "M8[D]"), np.array(["NaT"], "M8[s]"), USUAL, ANYTHING, id="NaT"),
    case(np.array([(1, 2.0)], "i8,f8"), np.array([(1, 2.0 + 1e-12)], "i8,f8"), USUAL, ANYTHING, id="structured arrays"),
    case(np.array([1, "a"], object), np.array([1, "a"], object), USUAL, ANYTHING, id="arrays of objects"),
    case({math.nan: 1}, {float("nan"): 1}, USUAL, ANYTHING, id="nan as a key"),
    case({1: 2}, {np.int64(1): 2}, USUAL, ANYTHING, id="numpy integer as a key"),
    case((0.5, Opaque("Cache")), (0.5, None), USUAL, Tuple((FLOATS, Leaf(Kind.OPAQUE))), id="an opaque part"),
    case((0.5, [1, 2]), (0.5, "mine"), USUAL, Tuple((FLOATS, Leaf(Kind.OPAQUE))), id="a part of their own"),
]


@pytest.mark.parametrize(("expected", "actual", "comparison", "signature"), RIGHT)
def test_right(expected: Value, actual: Value, comparison: Comparison, signature: Signature) -> None:
    assert compare(expected, actual, comparison, signature) is None


ONES = np.ones((2, 3))
WRONG = [
    case((1, 2, 3), (1, 2), FLOATS, Rule.STRUCTURE, "result", id="tuple too short"),
    case([1, 2], [1, 2, 3], FLOATS, Rule.STRUCTURE, "result", id="list too long"),
    case((1, 2), 1, FLOATS, Rule.STRUCTURE, "result", id="one number for a tuple"),
    case(ONES, (ONES, ONES), FLOATS, Rule.STRUCTURE, "result", id="a tuple for an array"),
    case({"dW": 1}, {"dw": 1}, FLOATS, Rule.STRUCTURE, "result['dW']", id="key misspelt"),
    case({"a": 1}, {"a": 1, "b": 2}, FLOATS, Rule.STRUCTURE, "result['b']", id="key too many"),
    case(({"a": 1},), ((1,),), FLOATS, Rule.STRUCTURE, "result[0]", id="tuple for dictionary"),
    case(ONES, ONES.tolist(), FLOATS, Rule.TYPE, "result", id="list for array"),
    case([1.0], np.array([1.0]), FLOATS, Rule.TYPE, "result", id="array for list"),
    case((1, 2), [1, 2], FLOATS, Rule.TYPE, "result", id="list for tuple"),
    case(1.0, [1.0], FLOATS, Rule.TYPE, "result", id="list for number"),
    case(ONES, None, FLOATS, Rule.TYPE, "result", id="None"),
    case((ONES, ONES), None, FLOATS, Rule.TYPE, "result", id="None for a tuple"),
    case(None, 1, FLOATS, Rule.TYPE, "result", id="something for None"),
    case(1.0, "1.0", FLOATS, Rule.TYPE, "result", id="string for number"),
    case("ab", b"ab", FLOATS, Rule.TYPE, "result", id="bytes for string"),
    case(ONES, Opaque("numpy.matrix"), FLOATS, Rule.TYPE, "result", id="matrix"),
    case(Opaque("Layer"), Opaque("Layer"), FLOATS, Rule.TYPE, "result", id="nobody can tell what is opaque"),
    case({1, 2}, {1, 3}, ANYTHING, Rule.VALUE, "result", id="sets of other elements"),
    case({1, 2}, {1}, ANYTHING, Rule.VALUE, "result", id="a set with too few"),
    case({1}, [1], ANYTHING, Rule.TYPE, "result", id="a list for a set"),
    case(Fraction(1, 2), 0.5, ANYTHING, Rule.TYPE, "result", id="a float for a fraction"),
    case(Fraction(1, 2), Fraction(1, 3), ANYTHING, Rule.VALUE, "result", id="another fraction"),
    case(Decimal("1"), Decimal("nan"), ANYTHING, Rule.NAN, "result", id="a decimal that is none"),
    case(
        date(2026, 1, 2),
        datetime(2026, 1, 2, tzinfo=UTC),
        ANYTHING,
        Rule.TYPE,
        "result",
        id="a date with a time for a date",
    ),
    case(range(3), [0, 1, 2], ANYTHING, Rule.TYPE, "result", id="a list for a range"),
    case(b"ab", b"ac", ANYTHING, Rule.VALUE, "result", id="other bytes"),
    case(np.array([b"a", b"b"]), np.array([b"a", b"c"]), ANYTHING, Rule.VALUE, "result[1]", id="arrays of bytes"),
    case(DAYS, DAYS + np.timedelta64(1, "D"), ANYTHING, Rule.VALUE, "result[0]", id="other days"),
    case(DAYS, DAYS[:1], ANYTHING, Rule.SHAPE, "result", id="fewer days"),
    case(DAYS, DAYS - DAYS, ANYTHING, Rule.DTYPE, "result", id="differences of time for dates"),
    case(DAYS, np.array(["NaT", "2026-01-03"], "M8[D]"), ANYTHING, Rule.NAN, "result[0]", id="no date"),
    case(
        np.array(["3000-01-01"], "M8[D]"),
        np.array(["1830-11-23T00:50:52.580896768"], "M8[ns]"),
        ANYTHING,
        Rule.VALUE,
        "result[0]",
        id="a date that wraps around in other units",
    ),
    case(DAYS, np.array([1.0, 2.0]), ANYTHING, Rule.TYPE, "result", id="numbers for dates"),
    case(np.array([1], "m8[Y]"), np.array([365], "m8[D]"), ANYTHING, Rule.VALUE, "result[0]", id="years and days"),
    case(RECORDS, RECORDS[:1], ANYTHING, Rule.SHAPE, "result", id="fewer records"),
    case(RECORDS, RECORDS[["a"]], ANYTHING, Rule.STRUCTURE, "result['b']", id="a field is missing"),
    case(RECORDS, np.array([(1, 2.0), (3, 5.0)], RECORDS.dtype), ANYTHING, Rule.VALUE, "result['b'][1]", id="records"),
    case(np.array([1, "a"], object), np.array([1, "b"], object), ANYTHING, Rule.VALUE, "result[1]", id="other objects"),
    case(1.0, np.array([1.0]), FLOATS, Rule.SHAPE, "result", id="an array of one for a number"),
    case(np.array([1.0]), 1.0, FLOATS, Rule.SHAPE, "result", id="a number for an array of one"),
    case(np.zeros((0, 3)), np.zeros((0, 4)), FLOATS, Rule.SHAPE, "result", id="empty of other shape"),
    case(np.zeros(0), np.zeros(1), FLOATS, Rule.SHAPE, "result", id="empty equals nothing else"),
    case(ONES, ONES + 0j, FLOATS, Rule.DTYPE, "result", id="complex for real"),
    case(3, 3.0, Leaf(Kind.INT), Rule.DTYPE, "result", id="float for int"),
    case(np.array([True]), np.array([1]), Leaf(Kind.BOOL, ("n",)), Rule.DTYPE, "result", id="int for bool"),
    case(np.array([1.0]), np.array(["1"]), FLOATS, Rule.DTYPE, "result", id="strings for numbers"),
    case(np.array(["1"]), np.array([1.0]), Leaf(Kind.STR, "..."), Rule.DTYPE, "result", id="numbers for strings"),
    case(np.array([0.0, 1.0]), np.array([0.0, np.nan]), FLOATS, Rule.NAN, "result[1]", id="nan"),
    case(np.array([0.0, np.nan]), np.array([0.0, 1.0]), FLOATS, Rule.NAN, "result[1]", id="no nan"),
    case(1 << 80, math.nan, FLOATS, Rule.NAN, "result", id="nan for a huge integer"),
    case(1.0, math.inf, FLOATS, Rule.VALUE, "result", id="inf"),
    case(1 << 80, math.inf, FLOATS, Rule.VALUE, "result", id="inf for a huge integer"),
    case(math.inf, -math.inf, FLOATS, Rule.VALUE, "result", id="inf of the other sign"),
    case(math.inf, 1e308, FLOATS, Rule.VALUE, "result", id="a number for inf"),
    case(1e308, -1e308, FLOATS, Rule.VALUE, "result", id="a difference that overflows"),
    case(complex(1, math.inf), complex(1, -math.inf), ANYTHING, Rule.VALUE, "result", id="complex inf"),
    case(1.7e308 * (1 + 1j), 0j, ANYTHING, Rule.VALUE, "result", id="complex beyond the largest float"),
    case(1 << 80, (1 << 80) + (1 << 62), FLOATS, Rule.VALUE, "result", id="huge integers"),
    case(np.array([0], "u1"), np.array([255], "u1"), FLOATS, Rule.VALUE, "result[0]", id="uint8 wraps around"),
    case(np.array([-(2**63)]), np.array([2**64 - 1], "u8"), FLOATS, Rule.VALUE, "result[0]", id="int64, uint64"),
    case(np.array([True, False]), np.array([True, True]), ANYTHING, Rule.VALUE, "result[1]", id="bools"),
    case("ab", "ac", ANYTHING, Rule.VALUE, "result", id="strings"),
    case(np.array(["a", "b"]), np.array(["a", "c"]), ANYTHING, Rule.VALUE, "result[1]", id="array of strings"),
    case(
        [0, {"W": (1.0, ONES)}], [0, {"W": (1.0, 2 * ONES)}], FLOATS, Rule.VALUE, "result[1]['W'][1][0, 0]", id="deep"
    ),
]


@pytest.mark.parametrize(("expected", "actual", "signature", "rule", "path"), WRONG)
def test_wrong(expected: Value, actual: Value, signature: Signature, rule: Rule, path: str) -> None:
    found = difference(expected, actual, signature=signature)
    assert (found.rule, found.path) == (rule, path)


def test_rules_are_told_in_their_order_wherever_they_are_broken() -> None:
    values = [
        ((1.0, {}), Rule.STRUCTURE),
        ((1.0, [1.0]), Rule.TYPE),
        ((1.0, 1.0), Rule.SHAPE),
        ((1.0, np.array([1j])), Rule.DTYPE),
        ((1.0, np.array([np.nan])), Rule.NAN),
        ((1.0, np.array([np.inf])), Rule.VALUE),
        ((1.0, np.array([2.0])), Rule.VALUE),
    ]
    expected = tuple((0.0, np.array([1.0])) for _ in values)
    signature = Tuple(tuple(Tuple((FLOATS, FLOATS)) for _ in values))
    for first, (_, rule) in enumerate(values):
        actual = tuple((0.0, np.array([1.0])) if i < first else value for i, (value, _) in enumerate(values))
        found = difference(expected, tuple(reversed(actual)), signature=signature)
        assert found.rule is rule
    assert difference((1.0, 1.0), (2.0, math.inf)).path == "result[1]"


def test_the_tolerance_grows_with_what_is_expected_and_never_with_what_came() -> None:
    loose = Comparison(rtol=0.1, atol=0.0)
    assert compare(100.0, 110.0, loose, FLOATS) is None
    assert compare(100.0, 111.0, loose, FLOATS) is not None
    assert compare(1.0, 1e300, Comparison(rtol=0.9, atol=0.0), FLOATS) is not None
    assert compare(0.0, 1e-300, Comparison(rtol=0.5, atol=0.0), FLOATS) is not None


def test_exact_dtypes() -> None:
    found = difference(np.array([1.0], np.float32), np.array([1.0]), EXACT, FLOATS)
    assert (found.rule, found.due) == (Rule.DTYPE, None)
    assert compare(1, 1.0, EXACT, FLOATS) is not None


def test_every_element_that_differs_is_marked_and_the_first_is_of_the_rule() -> None:
    found = compare(np.array([1.0, 2.0, 3.0, 4.0]), np.array([9.0, 2.0, np.inf, np.nan]), USUAL, FLOATS, "x")
    assert found is not None
    assert (found.rule, found.path, found.index) == (Rule.NAN, "x[3]", (3,))
    assert found.mask is not None
    assert found.mask.tolist() == [True, False, True, True]
    assert found.mismatch == Mismatch(3, 4, (3,), 8.0)


def test_parts_have_the_kinds_of_their_own_signatures() -> None:
    signature = Record({"n": Leaf(Kind.INT), "w": ListOf(FLOATS)})
    assert compare({"n": 1, "w": [1.0]}, {"n": 1, "w": [1]}, USUAL, signature) is None
    assert difference({"n": 1, "w": [1.0]}, {"n": 1.0, "w": [1.0]}, signature=signature).path == "result['n']"
    assert difference({"n": 1, "w": [1.0]}, {"n": 1, "w": [1j]}, signature=signature).path == "result['w'][0]"


def test_long_keys_are_cut_in_paths() -> None:
    path = difference({"a" * 500: 1}, {"a" * 500: 2}).path
    assert len(path) < 100


def test_paths_can_be_printed() -> None:
    found = difference({Opaque("Layer\x1b[31m"): 1}, {Opaque("Layer\x1b[31m"): 2})
    assert found.path == "result[<Layer�[31m>]"


@pytest.mark.parametrize(
    ("expected", "actual", "rule"),
    [
        (np.zeros(4), np.zeros((4, 900)), Rule.SHAPE),
        (1.5, np.zeros((4, 900)), Rule.SHAPE),
        (np.zeros(4), np.zeros(4), Rule.TYPE),
        (np.zeros(4), [0.0] * 900, Rule.TYPE),
        ([1.0], [0.0] * 900, Rule.STRUCTURE),
        ((1.0, 2.0), (0.0,) * 900, Rule.STRUCTURE),
        ({"a": 1.0}, dict.fromkeys(range(900)), Rule.STRUCTURE),
        ({"a": 1.0}, {"a": 1.0}, Rule.TYPE),
        ("abc", "x" * 900, Rule.TYPE),
    ],
)
def test_what_was_too_large_to_send_is_told_by_its_shape(expected: Value, actual: Value, rule: Rule) -> None:
    found = compare(expected, sketch(actual), Comparison(), Leaf(Kind.ANY, "..."))
    assert found is not None
    assert found.rule is rule
    assert difference_messages(found)
