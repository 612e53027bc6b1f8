"""Arrays as small grids of text: numbers aligned, wrong elements in brackets, large arrays cut around the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
from rich.cells import cell_len

from grader.figures import FEWEST_DIGITS, digits_to_tell
from grader.report.safe_text import ELLIPSIS
from grader.report.value_text import element_text
from grader.words.text import said

__all__ = ["Grid", "Piece", "Window", "first_of", "grid", "paired_grids", "part_of", "window_of"]

Array: TypeAlias = npt.NDArray[Any]
Mask: TypeAlias = npt.NDArray[np.bool_]

MAX_ROWS: Final = 8
_GAP: Final = 1  # between columns, on top of each cell's own room for brackets
_MARGIN: Final = 4  # for the ellipses at both ends of a row
_BELOW: Final = "⋮"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a row. A wrong one carries its brackets in its text: colour is never the only mark."""

    text: str
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """An array's rows, and which part of it they are (None for all of it)."""

    rows: tuple[tuple[Piece, ...], ...]
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """What is shown of an array: one matrix of it, some rows, some columns."""

    leading: tuple[int, ...]
    rows: range
    columns: range

    def of(self, array: Array) -> Array:
        """What is seen of `array`, as a matrix."""
        plane = _as_matrix(array[self.leading] if self.leading else array)
        return plane[self.rows.start : self.rows.stop, self.columns.start : self.columns.stop]


def grid(array: Array, *, width: int, digits: int = FEWEST_DIGITS) -> Grid:
    """`array` by itself, from its first element on."""
    return _draw(array, np.zeros(array.shape, bool), (0,) * array.ndim, width=width, digits=digits, peers=())


def paired_grids(actual: Array, expected: Array, mask: Mask, *, width: int) -> tuple[Grid, Grid]:
    """Two arrays of one shape, cut alike, with the elements of `actual` that `mask` names in brackets."""
    first = first_of(mask)
    near = window_of(actual.shape, first, width)
    shown = near.of(mask)
    pairs = zip(_elements(near.of(actual)[shown]), _elements(near.of(expected)[shown]), strict=True)
    digits = digits_to_tell(pairs)
    left = _draw(actual, mask, first, width=width, digits=digits, peers=(expected,))
    right = _draw(expected, np.zeros_like(mask), first, width=width, digits=digits, peers=(actual,))
    return left, right


def first_of(mask: Mask) -> tuple[int, ...]:
    """Where `mask` is first true; the first place of all where it is nowhere."""
    return tuple(int(i) for i in np.unravel_index(int(np.argmax(mask)), mask.shape)) if mask.any() else (0,) * mask.ndim


def _draw(
    array: Array, mask: Mask, first: tuple[int, ...], *, width: int, digits: int, peers: tuple[Array, ...]
) -> Grid:
    """The grid of `array`; its columns are as wide as the widest of its own and its peers' cells."""
    if not array.size:
        return Grid(((Piece(said("elements.none")),),))
    window = window_of(array.shape, first, width)
    columns = [_columns(window.of(each), digits) for each in (array, *peers)]
    sizes = [_Size.of(cells) for cells in zip(*columns, strict=True)]
    start = first[-1] - window.columns.start if first else 0
    kept = _fitting([size.total for size in sizes], start, width - _MARGIN)
    window = Window(window.leading, window.rows, range(*(window.columns.start + i for i in (kept.start, kept.stop))))
    marks = window.of(mask)
    rows = [
        tuple(
            _row([sizes[k].cell(columns[0][k][i], wrong=bool(marks[i, k - kept.start])) for k in kept], window, array)
        )
        for i in range(len(window.rows))
    ]
    return Grid(_with_ellipses(rows, window, array.shape), part_of(window, array.shape))


def _as_matrix(plane: Array) -> Array:
    return plane.reshape(1, -1) if plane.ndim < 2 else plane


def window_of(shape: tuple[int, ...], first: tuple[int, ...], width: int) -> Window:
    """The part of an array around the place `first`, at most `width` columns wide."""
    height, breadth = (1, *shape)[-2:] if shape else (1, 1)
    row, column = (0, *first)[-2:] if first else (0, 0)
    return Window(first[:-2], _around(row, height, MAX_ROWS), _around(column, breadth, max(1, width)))


def _around(position: int, length: int, limit: int) -> range:
    """At most `limit` places of `length`, with `position` near the middle where there are more."""
    if length <= limit:
        return range(length)
    start = min(max(0, position - limit // 2), length - limit)
    return range(start, start + limit)


def _fitting(sizes: Sequence[int], start: int, room: int) -> range:
    """The columns that fit: the one at `start`, then its neighbours on both sides in turn."""
    low, high = start, start + 1
    left = room - sizes[start] - _GAP
    while True:
        before, after = low, high
        if high < len(sizes) and sizes[high] + _GAP <= left:
            left -= sizes[high] + _GAP
            high += 1
        if low > 0 and sizes[low - 1] + _GAP <= left:
            low -= 1
            left -= sizes[low] + _GAP
        if (low, high) == (before, after):
            return range(low, high)


def _columns(plane: Array, digits: int) -> list[list[str]]:
    return [[element_text(element, digits) for element in _elements(column)] for column in plane.T]


def _elements(array: Array) -> list[Any]:
    """Python's own numbers and texts; numpy's of dates, of which Python's know less."""
    return list(array) if array.dtype.kind in "Mm" else array.tolist()


@dataclass(frozen=True, slots=True)
class _Size:
    """How wide a column is before and after the decimal point, so that its numbers line up there, and in all."""

    head: int
    tail: int
    whole: int

    @classmethod
    def of(cls, columns: Sequence[Sequence[str]]) -> _Size:
        texts = [text for column in columns for text in column]
        parts = [parts for text in texts if (parts := _around_point(text)) is not None]
        head = max((before for before, _ in parts), default=0)
        tail = max((after for _, after in parts), default=0)
        return cls(head, tail, max(head + tail, *map(cell_len, texts)))

    @property
    def total(self) -> int:
        return self.whole + 2

    def cell(self, text: str, *, wrong: bool) -> tuple[str, Piece, str]:
        parts = _around_point(text)
        after = self.tail - parts[1] if parts is not None else 0
        before = self.whole - cell_len(text) - after
        return " " * before, Piece(f"[{text}]" if wrong else f" {text} ", wrong), " " * after


def _around_point(text: str) -> tuple[int, int] | None:
    """How many characters of a number stand before its decimal point and how many from there on; None without one."""
    point = text.find(".")
    return (point, len(text) - point) if point >= 0 and text[-1].isdigit() else None


def _row(cells: Sequence[tuple[str, Piece, str]], window: Window, array: Array) -> list[Piece]:
    breadth = array.shape[-1] if array.ndim else 1
    pieces = [Piece(f"{ELLIPSIS} " if window.columns.start else "")]
    for before, cell, after in cells:
        pieces += [Piece(before), cell, Piece(after + " " * _GAP)]
    pieces.append(Piece(ELLIPSIS if window.columns.stop < breadth else ""))
    return [piece for piece in pieces if piece.text]


def _with_ellipses(
    rows: list[tuple[Piece, ...]], window: Window, shape: tuple[int, ...]
) -> tuple[tuple[Piece, ...], ...]:
    height = shape[-2] if len(shape) > 1 else 1
    above = [(Piece(f" {_BELOW}"),)] if window.rows.start else []
    below = [(Piece(f" {_BELOW}"),)] if window.rows.stop < height else []
    return (*above, *rows, *below)


def part_of(window: Window, shape: tuple[int, ...]) -> str | None:
    """Which part of the array is shown, as an index of numpy's; None where it is all of it."""
    if not shape:
        return None
    ranges = [(window.rows, shape[-2])] if len(shape) > 1 else []
    ranges.append((window.columns, shape[-1]))
    if not window.leading and all(len(places) == length for places, length in ranges):
        return None
    parts = [str(i) for i in window.leading]
    parts += [":" if len(places) == length else f"{places.start}:{places.stop}" for places, length in ranges]
    return said("part.of_shape", part=f"[{', '.join(parts)}]", shape=str(shape))
