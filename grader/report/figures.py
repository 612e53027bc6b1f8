"""Numbers as people read them: few digits, but enough to tell two different numbers apart."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Final

import numpy as np

from grader.report.plain import one_line

__all__ = ["FEWEST_DIGITS", "MOST_DIGITS", "digits_to_tell", "figure"]

FEWEST_DIGITS: Final = 4
MOST_DIGITS: Final = 17  # tell any two doubles apart
_POSITIONAL: Final = range(-4, 7)  # powers of ten that are written without an exponent
_TEXT_LIMIT: Final = 20


def figure(number: Any, digits: int) -> str:
    """One element of an array, or one number, to that many significant digits.

    >>> figure(2 / 3, 4), figure(9.0, 4), figure(1e-120, 4), figure(12345.678, 4)
    ('0.6667', '9.0', '1e-120', '12345.7')
    """
    if isinstance(number, (bool, np.bool_)):
        return str(bool(number))
    if isinstance(number, (int, np.integer)):
        return str(int(number))
    if isinstance(number, (float, np.floating)):
        return _real(float(number), digits)
    if isinstance(number, (complex, np.complexfloating)):
        return _complex(complex(number), digits)
    return one_line(repr(str(number)), _TEXT_LIMIT)


def _real(number: float, digits: int) -> str:
    if not math.isfinite(number):
        return str(number)
    if number == 0:
        return "-0.0" if math.copysign(1, number) < 0 else "0.0"
    power = int(f"{number:.{digits - 1}e}".partition("e")[2])
    if power not in _POSITIONAL:
        mantissa, _, exponent = f"{number:.{digits - 1}e}".partition("e")
        if "." in mantissa:
            mantissa = mantissa.rstrip("0").rstrip(".")
        return f"{mantissa}e{int(exponent):+03d}"
    text = f"{number:.{max(1, digits - 1 - power)}f}".rstrip("0")
    return text + "0" if text.endswith(".") else text


def _complex(number: complex, digits: int) -> str:
    imaginary = _real(number.imag, digits)
    sign = "" if imaginary.startswith("-") else "+"
    return f"{_real(number.real, digits)}{sign}{imaginary}j"


def digits_to_tell(pairs: Iterable[tuple[Any, Any]]) -> int:
    """The fewest digits, four at least, with which the two numbers of each pair look different."""
    digits = FEWEST_DIGITS
    for left, right in pairs:
        if figure(left, MOST_DIGITS) != figure(right, MOST_DIGITS):
            while figure(left, digits) == figure(right, digits):
                digits += 1
    return digits
