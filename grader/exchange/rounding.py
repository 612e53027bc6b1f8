"""Points as other systems take them: two decimals, rounded from the exact fraction, ties to the even digit."""

from __future__ import annotations

from fractions import Fraction

__all__ = ["decimals", "number", "scaled"]


def scaled(points: Fraction, factor: int) -> int:
    """The whole number nearest to `points * factor`; of two that are equally near, the even one."""
    return round(points * factor)


def decimals(points: Fraction) -> str:
    """`52.00`, `3.33`."""
    cents = scaled(points, 100)
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole}.{rest:02d}"


def number(points: Fraction) -> int | float:
    """The same as a JSON number: `52`, `3.33`."""
    cents = scaled(points, 100)
    return cents // 100 if cents % 100 == 0 else cents / 100
