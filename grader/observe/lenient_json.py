"""JSON as Python's own writer leaves it, made into JSON: bare NaN and infinities, and halves of surrogate pairs.

Jupyter reads and writes such notebooks. What is odd here is put right in its place, byte for byte, so that where a text
breaks is still told rightly. Two passes, each linear whatever the bytes are.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["put_right"]

_MOST: Final = 1 << 18  # of each kind: so many are no work of anybody's
_STRING: Final = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)'
# Each match goes on from the last one to the next thing that is odd, or to the end.
_NUMBER: Final = re.compile(
    rb'(?:[^"NI-]++|' + _STRING + rb"|-(?!Infinity)|N(?!aN)|I(?!nfinity))*+(-?Infinity|NaN|\Z)", re.DOTALL
)
_HEX: Final = rb"[0-9a-fA-F]{2}"
_PAIR: Final = rb"\\u[dD][89abAB]" + _HEX + rb"\\u[dD][c-fC-F]" + _HEX
_HALF: Final = rb"u[dD][89a-fA-F]" + _HEX
_SURROGATE: Final = re.compile(
    rb"(?:[^\\]++|\\(?:[^u]|\Z)|" + _PAIR + rb"|\\(?=u)(?!" + _HALF + rb"))*+(\\" + _HALF + rb"|\Z)", re.DOTALL
)


def put_right(data: bytes) -> bytes | None:
    """As many bytes, with 0 for each bare number that JSON does not have, and U+FFFD for each half of a pair.

    None where nothing is odd in these ways, or far too much.
    """
    right = bytearray(data)
    found = [_put(right, _NUMBER, b"0"), _put(right, _SURROGATE, rb"\ufffd")]
    return bytes(right) if any(found) and max(found) < _MOST else None


def _put(data: bytearray, odd: re.Pattern[bytes], instead: bytes) -> int:
    count = 0
    for match in odd.finditer(bytes(data)):
        start, end = match.span(1)
        if start == end or count == _MOST:
            break
        data[start:end] = instead.ljust(end - start)
        count += 1
    return count
