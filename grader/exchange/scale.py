"""What another system counts an assignment out of, and points as parts of that."""

from __future__ import annotations

import enum
import re
from fractions import Fraction
from typing import Final

from grader.exchange.rows import ClassRow

__all__ = ["Scale", "points_on", "written_number"]

_GROUPS: Final = re.compile(r"(?<=[0-9])[ \u00a0\u2009\u202f'\u2019](?=[0-9]{3}(?![0-9]))")
_NUMBER: Final = re.compile(r"[0-9]+(?:[.,][0-9]*)*")
_THOUSANDS: Final = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")


class Scale(enum.Enum):
    """How points are written where another system counts out of another number than the course."""

    OURS = "as they are"
    THEIRS = "as parts of its maximum"


def points_on(scale: Scale, top: Fraction | None, row: ClassRow) -> Fraction | None:
    """A student's points, to be written where the maximum is `top`."""
    if row.points is None or scale is Scale.OURS or top is None or not row.max_points:
        return row.points
    return row.points * top / row.max_points


def written_number(text: str) -> Fraction | None:
    """`10`, `10.00`, `10,5`, `1,000.00`, `1.000,00`, `1 000,00` as a number; None where it is none.

    A comma before three digits, and nothing after them, parts thousands: systems write `1,000` and `10,50`.
    """
    plain = _GROUPS.sub("", text.strip())
    if not _NUMBER.fullmatch(plain):
        return None
    signs = [c for c in plain if c in ".,"]
    last = signs[-1] if signs else ""
    if signs and (signs.count(last) > 1 or _THOUSANDS.fullmatch(plain)):
        return Fraction(re.sub("[.,]", "", plain)) if len(set(signs)) == 1 else None
    whole, _, rest = plain.rpartition(last) if last else (plain, "", "")
    return Fraction(f"{re.sub('[.,]', '', whole)}.{rest or 0}")
