"""Names that one numpy has and another has not: what is told is right wherever they are missing."""

from __future__ import annotations

import re

import numpy as np
import pytest

from grader.judge.numpy_names import has_numpy
from grader.judge.numpy_renames import FUNCTIONS, LINALG, METHODS
from grader.judge.plain_errors import plain_error
from grader.observation import Raised
from grader.words.text import text

# By version: the names of the table that it does not have, as `dir(numpy)` (2.5: `numpy.__all__`) has them.
_GONE_IN_2 = [
    "alltrue",
    "asfarray",
    "byte_bounds",
    "cast",
    "cfloat",
    "chararray",
    "clongfloat",
    "compare_chararrays",
    "complex_",
    "cumproduct",
    "disp",
    "fastCopyAndTranspose",
    "find_common_type",
    "float_",
    "format_parser",
    "in1d",
    "Inf",
    "Infinity",
    "infty",
    "issctype",
    "issubclass_",
    "issubsctype",
    "longcomplex",
    "longfloat",
    "mat",
    "maximum_sctype",
    "msort",
    "NAN",
    "NaN",
    "nbytes",
    "NINF",
    "NZERO",
    "obj2sctype",
    "PINF",
    "product",
    "PZERO",
    "RankWarning",
    "recfromcsv",
    "recfromtxt",
    "round_",
    "safe_eval",
    "sctype2char",
    "set_string_function",
    "singlecomplex",
    "sometrue",
    "string_",
    "trapz",
    "unicode_",
]
_LONG_GONE = ["alen", "asscalar", "bool8", "complex", "float", "int", "int0", "object", "rank", "str", "unicode"]
MISSING = {
    "1.26": {
        *_LONG_GONE,
        *[
            "acos",
            "acosh",
            "asin",
            "asinh",
            "astype",
            "atan",
            "atan2",
            "atanh",
            "bitwise_count",
            "bitwise_invert",
            "bitwise_left_shift",
            "bitwise_right_shift",
            "bool",
            "concat",
            "cumulative_prod",
            "cumulative_sum",
            "isdtype",
            "long",
            "matrix_transpose",
            "matvec",
            "permute_dims",
            "pow",
            "strings",
            "trapezoid",
            "ulong",
            "unique_all",
            "unique_counts",
            "unique_inverse",
            "unique_values",
            "unstack",
            "vecdot",
            "vecmat",
        ],
    },
    "2.4": {*_LONG_GONE, *_GONE_IN_2},
    "2.5": {*_LONG_GONE, *_GONE_IN_2, "row_stack"},
}
HERE = ".".join(np.__version__.split(".")[:2])


@pytest.mark.parametrize("version", MISSING)
def test_what_is_told_in_place_of_a_missing_name_is_there(version: str) -> None:
    for name in MISSING[version]:
        assert name in FUNCTIONS, name
        told = set(re.findall(r"np\.(\w+)", FUNCTIONS[name]))
        assert not told & MISSING[version], (name, told)


def test_no_name_stands_for_nothing() -> None:
    assert set(FUNCTIONS) - {"version"} == set().union(*MISSING.values())


@pytest.mark.skipif(HERE not in MISSING, reason="another numpy")
def test_the_names_of_this_numpy_are_as_they_are_written_here() -> None:
    assert {name for name in FUNCTIONS if not has_numpy(name)} - {"version"} == MISSING[HERE]


def told(kind: str, message: str, line: str = "") -> str:
    found = plain_error(Raised(kind, message, 3, source_line=line))
    assert found is not None
    assert found.id == "error:name"
    return text(found.told)


@pytest.mark.parametrize(
    ("kind", "message", "line", "instead"),
    [
        ("AttributeError", "module 'numpy' has no attribute 'trapz'", "", "np.trapezoid"),
        ("AttributeError", "module 'numpy' has no attribute 'trapezoid'", "", "np.trapz"),
        ("AttributeError", "module 'numpy' has no attribute 'product'. Did you mean: 'prod'?", "", "np.prod"),
        ("AttributeError", "module 'numpy' has no attribute 'in1d'", "", "np.isin"),
        ("AttributeError", "module 'numpy' has no attribute 'row_stack'", "", "np.vstack"),
        ("AttributeError", "module 'numpy' has no attribute 'concat'", "", "np.concatenate"),
        ("AttributeError", "module 'numpy' has no attribute 'long'", "", "int"),
        ("AttributeError", "module 'numpy' has no attribute 'math'", "    y = np.math.sqrt(2)", "np.sqrt"),
        ("AttributeError", "module 'numpy' has no attribute 'math'", "    y = np.math.comb(4, 2)", "import math"),
        ("AttributeError", "module 'numpy.linalg' has no attribute 'vector_norm'", "", "np.linalg.norm"),
        ("AttributeError", "`np.round_` was removed in the NumPy 2.0 release. Use `np.round` instead.", "", "np.round"),
        ("AttributeError", "`np.Inf` was removed in the NumPy 2.0 release. Use `np.inf` instead.", "", "np.inf"),
        ("AttributeError", "'numpy.ndarray' object has no attribute 'itemset'", "", "x[index] = value"),
        ("AttributeError", "'numpy.ndarray' object has no attribute 'tostring'", "", "x.tobytes()"),
        ("AttributeError", "'numpy.ndarray' object has no attribute 'ptp'", "", "np.ptp(x)"),
        ("ImportError", "cannot import name 'trapz' from 'numpy' (/usr/lib/numpy/__init__.py)", "", "np.trapezoid"),
    ],
)
def test_a_name_of_other_versions_comes_before_near_misses(kind: str, message: str, line: str, instead: str) -> None:
    assert f"Write `{instead}` in its place." in told(kind, message, line)


def test_what_numpy_has_taken_away_and_nothing_stands_in_for_is_told_as_that() -> None:
    assert "numpy has nothing that is called `np.geterrobj`" in told(
        "AttributeError", "`np.geterrobj` was removed in the NumPy 2.0 release. Use the np.errstate context manager."
    )


@pytest.mark.parametrize("name", [*METHODS, *LINALG])
def test_what_is_written_in_place_of_a_method_or_a_function_of_linalg_is_python(name: str) -> None:
    compile({**METHODS, **LINALG}[name], "<told>", "exec")
