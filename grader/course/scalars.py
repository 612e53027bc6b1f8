"""Plain scalars as the core schema of YAML 1.2 reads them.

`1e-8`, `0o17` and `.inf` are numbers; `yes`, `no`, `on`, `1_000`, `12:30:00` and `2026-12-01` are words.
"""

from __future__ import annotations

import math
import re
from typing import Final

__all__ = ["MAX_DIGITS", "resolve"]

MAX_DIGITS: Final = 1_000

_WORDS: Final[dict[str, object]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), math.inf),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -math.inf),
}
_INTEGERS: Final = (
    (re.compile(r"[-+]?[0-9]+"), 10),
    (re.compile(r"0o[0-7]+"), 8),
    (re.compile(r"0x[0-9a-fA-F]+"), 16),
)
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")


def resolve(text: str) -> object:
    """The value of a plain scalar: None, a bool, an int, a float or the text itself.

    Raises `ValueError` for a number that cannot be held.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    for pattern, base in _INTEGERS:
        if pattern.fullmatch(text):
            if len(text) > MAX_DIGITS:
                raise ValueError(f"a number of more than {MAX_DIGITS:,} digits")
            return int(text, base)
    if not _FLOAT.fullmatch(text):
        return text
    number = float(text)
    if math.isinf(number):
        raise ValueError("a number too large for a float; infinity is written .inf")
    return number
