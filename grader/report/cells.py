"""Arrays as the rows and cells of a table: with their indices, wrong elements marked, large arrays cut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypeAlias, final

import numpy as np
import numpy.typing as npt

from grader.figures import FEWEST_DIGITS, digits_to_tell
from grader.report.grid import Window, first_of, part_of, window_of
from grader.report.value_text import element_text
from grader.words.text import said

__all__ = ["Cell", "Table", "paired_tables", "table"]

Array: TypeAlias = npt.NDArray[Any]
Mask: TypeAlias = npt.NDArray[np.bool_]

_MOST_COLUMNS: Final = 10


@final
@dataclass(frozen=True, slots=True)
class Cell:
    """One element. A wrong one is marked by more than its colour."""

    text: str
    wrong: bool = False


@final
@dataclass(frozen=True, slots=True)
class Table:
    """What is shown of an array: rows by their index (None where there is but one axis), columns by theirs.

    part  which part of the array this is; None for all of it
    """

    columns: tuple[int, ...]
    rows: tuple[tuple[int | None, tuple[Cell, ...]], ...]
    part: str | None = None


def table(array: Array, digits: int = FEWEST_DIGITS) -> Table:
    """`array` by itself, from its first element on."""
    window = window_of(array.shape, (0,) * array.ndim, _MOST_COLUMNS)
    return _drawn(array, np.zeros(array.shape, bool), window, digits)


def paired_tables(actual: Array, expected: Array, mask: Mask) -> tuple[Table, Table]:
    """Two arrays of one shape, cut alike around the first place in `mask`, whose elements are marked in `actual`."""
    window = window_of(actual.shape, first_of(mask), _MOST_COLUMNS)
    wrong = window.of(mask)
    digits = digits_to_tell(
        zip(window.of(actual)[wrong].tolist(), window.of(expected)[wrong].tolist(), strict=True),
    )
    return _drawn(actual, mask, window, digits), _drawn(expected, np.zeros_like(mask), window, digits)


def _drawn(array: Array, mask: Mask, window: Window, digits: int) -> Table:
    if not array.size:
        return Table((), (), said("part.of_shape", part=said("elements.none"), shape=str(array.shape)))
    marks = window.of(mask).tolist()
    cells = [
        tuple(Cell(element_text(element, digits), wrong) for element, wrong in zip(row, wrongs, strict=True))
        for row, wrongs in zip(window.of(array).tolist(), marks, strict=True)
    ]
    labels = window.rows if array.ndim > 1 else [None]
    return Table(tuple(window.columns), tuple(zip(labels, cells, strict=True)), part_of(window, array.shape))
