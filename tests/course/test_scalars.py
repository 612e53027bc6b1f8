import contextlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.scalars import resolve


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None), ("~", None), ("null", None), ("Null", None), ("NULL", None),
        ("true", True), ("True", True), ("FALSE", False),
        ("0", 0), ("-12", -12), ("+3", 3), ("017", 17), ("0o17", 15), ("0xfF", 255),
        ("1e-8", 1e-8), ("1E5", 1e5), (".5", 0.5), ("5.", 5.0), ("-0.25", -0.25), ("1.5e+3", 1500.0),
        (".inf", math.inf), ("-.INF", -math.inf), ("+.Inf", math.inf),
    ],
)  # fmt: skip
def test_what_the_core_schema_reads_as_values(text, value):
    found = resolve(text)
    assert found == value
    assert type(found) is type(value)


def test_nan():
    assert math.isnan(resolve(".nan"))


@pytest.mark.parametrize(
    "text",
    ["no", "Yes", "on", "off", "y", "nULL", "tRUE", "1_000", "12:30:00", "190:20", "2026-12-01", "0b101", "0o18", "0x",
     "1e", "e5", ".", "-", "+", "=1", "nan", "inf", "1/3", "1+2j", "512 MiB", "0x1F ", "--1", "１"],
)  # fmt: skip
def test_words_stay_words(text):
    assert resolve(text) == text


def test_a_number_that_cannot_be_held_is_refused():
    with pytest.raises(ValueError, match="digits"):
        resolve("9" * 5000)
    with pytest.raises(ValueError, match="infinity"):
        resolve("1e999")


@given(st.integers(-(10**900), 10**900) | st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_of_json_are_read_as_they_are(number):
    assert resolve(repr(number)) == number


@given(st.text(max_size=20))
def test_any_text_is_a_value_or_too_large(text):
    with contextlib.suppress(ValueError):
        assert isinstance(resolve(text), (str, int, float, bool, type(None)))
