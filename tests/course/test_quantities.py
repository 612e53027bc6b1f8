import contextlib
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.quantities import QuantityError, due, duration, extension, memory, points, share


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        (2, Fraction(2)), (0, Fraction(0)), (0.1, Fraction(1, 10)), (2.5, Fraction(5, 2)), ("1/3", Fraction(1, 3)),
        (" 2 / 3 ", Fraction(2, 3)), ("0.5", Fraction(1, 2)), ("10", Fraction(10)), (Fraction(1, 7), Fraction(1, 7)),
        (1e-9, Fraction(1, 10**9)),
    ],
)  # fmt: skip
def test_points(raw, number):
    assert points(raw) == number
    assert type(points(raw)) is Fraction


@pytest.mark.parametrize(
    "raw",
    [-1, -0.5, "-1/3", "1/0", float("nan"), float("inf"), True, None, [], "ten", "1/2/3", "1e5", "", 10**7, 1e-12,
     "9" * 5000, "1 2", "½", "0x1"],
)  # fmt: skip
def test_what_are_no_points(raw):
    with pytest.raises(QuantityError):
        points(raw)


@given(st.integers(0, 10**6), st.integers(0, 999))
def test_decimal_points_are_exact(whole, thousandths):
    raw = float(f"{whole}.{thousandths:03}")
    assert raw > 10**6 or points(raw) == Fraction(whole) + Fraction(thousandths, 1000)


@pytest.mark.parametrize(
    ("raw", "size"),
    [
        ("512 MiB", 512 << 20), ("512MiB", 512 << 20), ("2 gib", 2 << 30), ("0.5 GiB", 512 << 20),
        ("600 MB", 600 * 10**6), (1 << 20, 1 << 20), ("2097152", 2 << 20), ("4096 KiB", 4 << 20),
    ],
)  # fmt: skip
def test_memory(raw, size):
    assert memory(raw) == size


@pytest.mark.parametrize("raw", ["much", "512 Mi", "-1 GiB", -5, True, None, [], "1 TiB", "", 10**15, "5000 GiB"])
def test_what_is_no_memory(raw):
    with pytest.raises(QuantityError):
        memory(raw)


def test_a_bare_number_is_bytes_and_probably_not_meant():
    with pytest.raises(QuantityError) as caught:
        memory(512)
    assert caught.value.advice == "Give at least 1 MiB. Did you mean 512 MiB?"


@pytest.mark.parametrize(
    "raw",
    ["2026-12-01T23:59+01:00", "2026-12-01 23:59+01:00", "2026-12-01T22:59Z", "2026-12-01 23:59 Europe/Berlin",
     "2026-12-01T23:59:00 Europe/Berlin", " 2026-12-01 22:59  UTC "],
)  # fmt: skip
def test_due(raw):
    assert due(raw) == datetime(2026, 12, 1, 22, 59, tzinfo=UTC)


def test_due_knows_summer_time():
    assert due("2026-07-01 12:00 Europe/Berlin").utcoffset() == timedelta(hours=2)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("2026-12-01 23:59", "has no time zone"),
        ("2026-12-01", "has no time zone"),
        ("2026-12-01 23:59+01:00 Europe/Berlin", "has two time zones"),
        ("2026-12-01 23:59 Europe/Belin", "did you mean 'Europe/Berlin'"),
        ("2026-12-01 23:59 ../../etc/passwd", "no date and time"),
        ("2026-12-01 23:59 Europe", "no time zone 'Europe'"),
        ("2026-13-01 23:59 UTC", "no date and time"),
        ("tomorrow", "no date and time"),
        ("", "no date and time"),
        (20261201, "a date, a time and a time zone"),
        (None, "a date, a time and a time zone"),
    ],
)
def test_what_is_no_moment(raw, message):
    with pytest.raises(QuantityError, match=message) as caught:
        due(raw)
    assert caught.value.advice


@given(st.text(max_size=30))
def test_any_text_is_a_quantity_or_is_not(text):
    for read in (points, memory, due):
        with contextlib.suppress(QuantityError):
            assert read(text) is not None


@pytest.mark.parametrize(
    ("raw", "part"),
    [("10 %", "1/10"), ("12.5%", "1/8"), (0.1, "1/10"), ("1/3", "1/3"), (0, "0"), (1, "1"), ("100 %", "1")],
)
def test_shares(raw, part):
    assert share(raw) == Fraction(part)


@pytest.mark.parametrize("raw", ["110 %", 2, "-5 %", "ten", None, True, "%"])
def test_what_are_no_shares(raw):
    with pytest.raises(QuantityError):
        share(raw)


@pytest.mark.parametrize(
    ("raw", "span"),
    [("15 min", timedelta(minutes=15)), ("2hours", timedelta(hours=2)), ("3 days", timedelta(days=3)),
     ("1 week", timedelta(days=7))],
)  # fmt: skip
def test_durations(raw, span):
    assert duration(raw) == span == extension(raw)


@pytest.mark.parametrize("raw", ["15", 15, "soon", "-3 days", "3 fortnights", None])
def test_what_are_no_durations(raw):
    with pytest.raises(QuantityError):
        duration(raw)


def test_an_extension_may_be_a_date():
    assert extension("2026-12-09T12:00+01:00") == due("2026-12-09T12:00+01:00")
    with pytest.raises(QuantityError, match="has no time zone"):
        extension("2026-12-09 12:00")
