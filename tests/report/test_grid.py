from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.report.grid import MAX_ROWS, Grid, grid, paired_grids


def lines(drawn: Grid) -> list[str]:
    return ["".join(piece.text for piece in row).rstrip() for row in drawn.rows]


def pair(actual: list[object], expected: list[object], *, width: int = 60) -> tuple[Grid, Grid]:
    left, right = np.array(actual), np.array(expected)
    return paired_grids(left, right, left != right, width=width)


def test_wrong_elements_stand_in_brackets_and_numbers_line_up() -> None:
    actual, expected = pair([[0.5, 10.25], [-1.0, 0.125]], [[0.5, 1.25], [-1.0, 0.25]])
    assert lines(actual) == [
        "  0.5  [10.25]",
        " -1.0   [0.125]",
    ]
    assert lines(expected) == [
        "  0.5    1.25",
        " -1.0    0.25",
    ]


def test_only_wrong_pieces_are_called_wrong() -> None:
    actual, expected = pair([1, 2, 3], [1, 5, 3])
    assert [piece.text for row in actual.rows for piece in row if piece.wrong] == ["[2]"]
    assert not any(piece.wrong for row in expected.rows for piece in row)


def test_as_many_digits_as_tell_the_difference() -> None:
    actual, expected = pair([0.1234567], [0.1234568])
    assert lines(actual) == ["[0.1234567]"]
    assert lines(expected) == [" 0.1234568"]


def test_a_large_matrix_is_cut_around_the_first_difference() -> None:
    expected = np.arange(40.0 * 300).reshape(40, 300)
    actual = expected.copy()
    actual[20, 100] += 0.5
    left, right = paired_grids(actual, expected, actual != expected, width=40)
    assert "[6100.5]" in "\n".join(lines(left))
    assert lines(left)[0].strip() == lines(left)[-1].strip() == "⋮"
    assert all(line.startswith("…") and line.endswith("…") for line in lines(left)[1:-1])
    assert left.part == right.part == "[16:24, 99:103] of shape (40, 300)"


def test_of_a_stack_of_matrices_the_one_with_the_first_difference() -> None:
    expected = np.zeros((4, 2, 2), int)
    actual = expected.copy()
    actual[2, 1, 0] = 7
    left, _ = paired_grids(actual, expected, actual != expected, width=40)
    assert lines(left) == [" 0   0", "[7]  0"]
    assert left.part == "[2, :, :] of shape (4, 2, 2)"


@pytest.mark.parametrize(
    ("array", "expected"),
    [
        (np.zeros((0, 3)), ["(no elements)"]),
        (np.array(2.5), [" 2.5"]),
        (np.array([True, False]), [" True   False"]),
        (np.array([1 + 2j]), [" 1.0+2.0j"]),
        (np.array(["a", "b\x1bc"]), [" 'a'   'b\\x1bc'"]),
        (np.array([[np.nan, 1.5], [2.25, -np.inf]]), ["  nan    1.5", " 2.25   -inf"]),
    ],
)
def test_grids_of_all_kinds(array: npt.NDArray[np.generic], expected: list[str]) -> None:
    assert [line.split() for line in lines(grid(array, width=60))] == [line.split() for line in expected]


@given(
    hnp.arrays(
        st.sampled_from([np.float64, np.int64, np.complex128, np.bool_, np.float16]),
        hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=30),
    ),
    st.integers(28, 120),
)
def test_every_array_fits(array: npt.NDArray[np.generic], width: int) -> None:
    drawn = grid(array, width=width)
    assert len(drawn.rows) <= MAX_ROWS + 2
    longest = max(len(line) for line in lines(drawn))
    one_column = max((len(line.strip("… ")) for line in lines(drawn)), default=0)
    assert longest <= max(width, one_column + 6)


@given(st.data())
def test_the_first_wrong_element_is_always_shown(data: st.DataObject) -> None:
    shape = data.draw(hnp.array_shapes(min_dims=1, max_dims=3, max_side=25))
    mask = data.draw(hnp.arrays(np.bool_, shape).filter(lambda found: bool(found.any())))
    expected = np.zeros(shape)
    actual = np.where(mask, np.arange(1.0, mask.size + 1).reshape(shape), 0.0)
    left, _ = paired_grids(actual, expected, mask, width=50)
    assert f"[{float(np.argmax(mask)) + 1}]" in "\n".join(lines(left))
