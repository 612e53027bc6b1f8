"""Numbers as people read them: few digits, but enough to tell two different numbers apart."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Final, final

import msgspec
import numpy as np

__all__ = [
    "DIGITS",
    "FEWEST_DIGITS",
    "MOST_BITS",
    "MOST_DIGITS",
    "LongInteger",
    "digits_to_tell",
    "figure",
    "long_integer",
]

FEWEST_DIGITS: Final = 4  # of a number among others, in a grid or a table
DIGITS: Final = 6  # of a number in a sentence
MOST_DIGITS: Final = 17  # tell any two doubles apart
_POSITIONAL: Final = range(-4, 7)  # powers of ten that are written without an exponent
_LARGEST_WHOLE: Final = 1e9  # below it, whole numbers are written as such
_WHOLE_DIGITS: Final = 20  # of an integer that is written out
MOST_BITS: Final = 10_000  # of an integer whose digits are looked at: to find them takes long, and Python forbids more
_TEXT_LIMIT: Final = 20


def figure(number: Any, digits: int = DIGITS) -> str:
    """One number, or one element of an array, to that many significant digits; integers whole, if they can be read.

    A text is quoted, and cut; a date of numpy's is written as numpy does.

    >>> figure(2 / 3, 4), figure(9.0, 4), figure(1e-120, 4), figure(12345.678, 4)
    ('0.6667', '9.0', '1e-120', '12345.7')
    """
    if isinstance(number, np.datetime64 | np.timedelta64):
        return str(number)
    number = number.item() if isinstance(number, np.generic | np.ndarray) else number
    if isinstance(number, bool):
        return str(number)
    if isinstance(number, int):
        return _integer(number)
    if isinstance(number, float):
        return _real(number, digits)
    if isinstance(number, complex):
        return _complex(number, digits)
    text = repr((number if isinstance(number, bytes) else str(number))[: 2 * _TEXT_LIMIT])
    return text if len(text) <= _TEXT_LIMIT else f"{text[: _TEXT_LIMIT - 1]}…"


@final
class LongInteger(msgspec.Struct, frozen=True):
    """What is told of an integer that is too long to be read: how many digits it has, and the first and last of them.

    Of a very long one, these are not known, and how many there are is nearly right.
    """

    digits: int
    begins: str = ""
    ends: str = ""


def long_integer(number: int) -> LongInteger | None:
    """What is told of an integer in place of its digits; None of one that is short enough to be written out."""
    if number.bit_length() > MOST_BITS:
        return LongInteger(int(number.bit_length() * math.log10(2)))
    text = str(number)
    return None if len(text) <= _WHOLE_DIGITS else LongInteger(len(text.lstrip("-")), text[:8], text[-4:])


def digits_to_tell(pairs: Iterable[tuple[Any, Any]], fewest: int = FEWEST_DIGITS) -> int:
    """The fewest digits with which the two numbers of each pair look different, if any number of digits does that."""
    digits = fewest
    for left, right in pairs:
        if figure(left, MOST_DIGITS) != figure(right, MOST_DIGITS):
            while figure(left, digits) == figure(right, digits):
                digits += 1
    return digits


def _integer(value: int) -> str:
    long = long_integer(value)
    if long is None:
        return str(value)
    if not long.begins:
        return f"an integer of about {long.digits:,} digits"
    return f"{long.begins}…{long.ends} ({long.digits:,} digits)"


def _real(number: float, digits: int) -> str:
    if not math.isfinite(number):
        return str(number)
    if number.is_integer() and abs(number) < _LARGEST_WHOLE:
        return f"{number:.1f}"
    mantissa, _, exponent = f"{number:.{digits - 1}e}".partition("e")
    if int(exponent) not in _POSITIONAL:
        return f"{mantissa.rstrip('0').rstrip('.') if '.' in mantissa else mantissa}e{int(exponent):+03d}"
    text = f"{number:.{max(1, digits - 1 - int(exponent))}f}".rstrip("0")
    return text + "0" if text.endswith(".") else text


def _complex(number: complex, digits: int) -> str:
    imaginary = _real(number.imag, digits)
    return f"{_real(number.real, digits)}{'' if imaginary[0] == '-' else '+'}{imaginary}j"
