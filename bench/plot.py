"""Two plots beside each other, time and memory against size, as SVG: logarithmic axes, a few lines of our own."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

__all__ = ["Point", "figure", "short"]

_WIDTH: Final = 360
_HEIGHT: Final = 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 20, 34, 46
_LETTERS: Final = {9: "G", 6: "M", 3: "k", 0: "", -3: "m", -6: "µ"}


@dataclass(frozen=True, slots=True)
class Point:
    """What one size cost: seconds and bytes."""

    size: int
    seconds: float
    bytes: int


def figure(points: Sequence[Point], what: str) -> str:
    """Both plots; `what` names the size."""
    seconds = _panel([(point.size, point.seconds) for point in points], what, "seconds")
    memory = _panel([(point.size, point.bytes / 2**20) for point in points], what, "MiB")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * _WIDTH} {_HEIGHT}" width="{2 * _WIDTH}" '
        f'font-family="sans-serif" font-size="12" role="img" aria-label="{escape(what)}: seconds and MiB">\n'
        f'<rect width="100%" height="100%" fill="#fff"/>\n{seconds}<g transform="translate({_WIDTH})">\n{memory}</g>\n'
        "</svg>\n"
    )


def short(number: float) -> str:
    """A power of ten as it stands at an axis: 1, 100, 10k, 1M, 10m."""
    exponent = math.floor(math.log10(number) + 1e-9)
    letter = max(power for power in _LETTERS if power <= max(exponent, min(_LETTERS)))
    return f"{number / 10**letter:.3g}{_LETTERS[letter]}"


def _panel(values: Sequence[tuple[float, float]], what: str, unit: str) -> str:
    across = _Axis.around([size for size, _ in values], _LEFT, _WIDTH - _RIGHT)
    up = _Axis.around([value for _, value in values], _HEIGHT - _BOTTOM, _TOP)
    places = [(across.place(size), up.place(value)) for size, value in values]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="#1a4f8b"/>' for x, y in places)
    words = (
        f'<text x="{_LEFT}" y="18" font-weight="bold">{unit}</text>'
        f'<text x="{(_LEFT + _WIDTH - _RIGHT) / 2}" y="{_HEIGHT - 10}" text-anchor="middle">{escape(what)}</text>'
    )
    grid = "".join((*_upright(across), *_level(up)))
    return f'{grid}\n<polyline points="{line}" fill="none" stroke="#1a4f8b" stroke-width="2"/>\n{dots}\n{words}\n'


def _upright(axis: _Axis) -> Iterator[str]:
    for value in axis.marks():
        x = axis.place(value)
        yield f'<path d="M{x:.1f} {_TOP}V{_HEIGHT - _BOTTOM}" stroke="#ccc"/>'
        yield f'<text x="{x:.1f}" y="{_HEIGHT - _BOTTOM + 16}" text-anchor="middle">{short(value)}</text>'


def _level(axis: _Axis) -> Iterator[str]:
    for value in axis.marks():
        y = axis.place(value)
        yield f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="#ccc"/>'
        yield f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{short(value)}</text>'


@dataclass(frozen=True, slots=True)
class _Axis:
    """Whole powers of ten from `low` to `high`, drawn from `begin` to `end`."""

    low: int
    high: int
    begin: float
    end: float

    @classmethod
    def around(cls, values: Sequence[float], begin: float, end: float) -> _Axis:
        low = math.floor(math.log10(min(values)))
        return cls(low, max(low + 1, math.ceil(math.log10(max(values)))), begin, end)

    def place(self, value: float) -> float:
        return self.begin + (math.log10(value) - self.low) / (self.high - self.low) * (self.end - self.begin)

    def marks(self) -> list[float]:
        return [10.0**power for power in range(self.low, self.high + 1)]
