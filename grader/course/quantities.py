"""Points, shares, amounts of memory, durations and dates as authors write them."""

from __future__ import annotations

import math
import re
import zoneinfo
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final

from grader.course.problems import clip, did_you_mean

__all__ = ["QuantityError", "due", "duration", "extension", "memory", "points", "points_text", "share"]

MAX_POINTS: Final = 1_000_000
MIN_MEMORY: Final = 1 << 20
MAX_MEMORY: Final = 1 << 40

_FRACTION: Final = re.compile(r"\s*[0-9]{1,9}(?:\.[0-9]{1,9})?\s*(?:/\s*[0-9]{1,9}\s*)?")
_MEMORY: Final = re.compile(r"\s*([0-9]{1,12}(?:\.[0-9]{1,6})?)\s*([A-Za-z]*)\s*")
_UNITS: Final = {
    "": 1,
    "b": 1,
    "kib": 1 << 10,
    "mib": 1 << 20,
    "gib": 1 << 30,
    "kb": 10**3,
    "mb": 10**6,
    "gb": 10**9,
}
_PERCENT: Final = re.compile(r"\s*([0-9]{1,3}(?:\.[0-9]{1,6})?)\s*%\s*")
_DURATION: Final = re.compile(r"\s*([0-9]{1,5})\s*(min|minutes?|h|hours?|days?|weeks?)\s*")
_SPANS: Final = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_LOCAL: Final = re.compile(r"(\S+(?:[ T]\S+)?)\s+([A-Za-z][\w+-]*(?:/[\w+-]+)*)")


class QuantityError(ValueError):
    """A quantity that cannot be read, with advice."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice


def points(raw: object) -> Fraction:
    """Exact points: `2`, `0.5` or `"1/3"`. A float is the decimal number as written, not the nearest binary one."""
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str, Fraction)):
        raise QuantityError("points are a number such as 2, 0.5 or 1/3")
    if isinstance(raw, float) and not math.isfinite(raw):
        raise QuantityError("points are a finite number")
    if isinstance(raw, str) and not _FRACTION.fullmatch(raw):
        if raw.strip().startswith("-"):
            raise QuantityError("points cannot be negative")
        raise QuantityError(f"'{clip(raw)}' is no number of points", "Write 2, 0.5 or 1/3.")
    return _in_range(_exact(raw))


def points_text(number: Fraction) -> str:
    """Points as an author would write them."""
    decimal = f"{float(number):.9g}"
    return decimal if Fraction(decimal) == number else str(number)


def _exact(raw: float | str | Fraction) -> Fraction:
    if not isinstance(raw, str):
        return Fraction(repr(raw)) if isinstance(raw, float) else Fraction(raw)
    numerator, _, denominator = raw.partition("/")
    try:
        return Fraction(numerator.strip()) / Fraction(denominator.strip() or 1)
    except ZeroDivisionError:
        raise QuantityError("a division by zero is no number of points") from None


def _in_range(number: Fraction) -> Fraction:
    if number < 0:
        raise QuantityError("points cannot be negative")
    if number > MAX_POINTS or number.denominator > 10**9:
        raise QuantityError(f"points are at most {MAX_POINTS:,}, with at most nine decimals")
    return number


def memory(raw: object) -> int:
    """Bytes: a whole number, or a text such as `512 MiB`."""
    match = _MEMORY.fullmatch(str(raw)) if isinstance(raw, (int, float, str)) and not isinstance(raw, bool) else None
    if match is None or match[2].casefold() not in _UNITS:
        advice = "Write an amount such as 512 MiB or 2 GiB, or a whole number of bytes."
        raise QuantityError(f"'{clip(raw)}' is no amount of memory", advice)
    amount = int(Fraction(match[1]) * _UNITS[match[2].casefold()])
    if amount < MIN_MEMORY:
        meant = f" Did you mean {clip(raw)} MiB?" if not match[2] else ""
        raise QuantityError(f"{amount:,} bytes are too little for any submission", f"Give at least 1 MiB.{meant}")
    if amount > MAX_MEMORY:
        raise QuantityError("this is more than 1 TiB of memory")
    return amount


def share(raw: object) -> Fraction:
    """A part of the whole, from 0 to 1: `10 %`, `0.1` or `1/10`."""
    advice = "Write 10 %, or 0.1."
    match = _PERCENT.fullmatch(raw) if isinstance(raw, str) else None
    try:
        number = Fraction(match[1]) / 100 if match else points(raw)
    except QuantityError:
        raise QuantityError(f"'{clip(raw)}' is no share", advice) from None
    if number > 1:
        raise QuantityError(f"'{clip(raw)}' is more than the whole", advice)
    return number


def duration(raw: object) -> timedelta:
    """A span of time: `15 min`, `2 hours`, `3 days` or `1 week`."""
    match = _DURATION.fullmatch(raw) if isinstance(raw, str) else None
    if match is None:
        raise QuantityError(f"'{clip(raw)}' is no span of time", "Write 15 min, 2 hours, 3 days or 1 week.")
    return int(match[1]) * _SPANS[match[2][0]]


def extension(raw: object) -> datetime | timedelta:
    """A later due date, or how much later it is."""
    if isinstance(raw, str) and _DURATION.fullmatch(raw):
        return duration(raw)
    try:
        return due(raw)
    except QuantityError as error:
        message = error.message.replace("'due'", "an extension")
        raise QuantityError(message, f"{error.advice} Or how much later: 3 days.") from None


def due(raw: object) -> datetime:
    """A moment: `2026-12-01T23:59+01:00` or `2026-12-01 23:59 Europe/Berlin`."""
    advice = "Write 2026-12-01 23:59 Europe/Berlin, or 2026-12-01T23:59+01:00."
    if not isinstance(raw, str):
        raise QuantityError("'due' is a date, a time and a time zone", advice)
    text = raw.strip()
    zone = _LOCAL.fullmatch(text)
    try:
        moment = datetime.fromisoformat(zone[1] if zone else text)
    except ValueError:
        raise QuantityError(f"'{clip(text)}' is no date and time", advice) from None
    if zone and moment.tzinfo is None:
        return moment.replace(tzinfo=_zone(zone[2]))
    if zone or moment.utcoffset() is None:
        wrong = "has two time zones" if zone else "has no time zone, and students may be anywhere"
        raise QuantityError(f"'{clip(text)}' {wrong}", advice)
    return moment


def _zone(name: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        pass
    known = zoneinfo.available_timezones()
    if not known:
        raise QuantityError(
            "this machine has no table of time zones",
            "Write the offset from UTC, as in 2026-12-01T23:59+01:00, or `pip install tzdata`.",
        )
    raise QuantityError(
        f"there is no time zone '{clip(name)}'{did_you_mean(name, known)}", "Write it as in Europe/Berlin, or UTC."
    )
