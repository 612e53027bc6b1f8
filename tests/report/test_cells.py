from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.report.cells import Table, paired_tables, table


def texts(drawn: Table) -> list[list[str]]:
    return [[cell.text for cell in cells] for _, cells in drawn.rows]


def wrong(drawn: Table) -> list[list[bool]]:
    return [[cell.wrong for cell in cells] for _, cells in drawn.rows]


def test_a_matrix_has_its_indices() -> None:
    drawn = table(np.array([[1.0, 2.5], [3.0, 4.0]]))
    assert drawn.columns == (0, 1)
    assert [index for index, _ in drawn.rows] == [0, 1]
    assert texts(drawn) == [["1.0", "2.5"], ["3.0", "4.0"]]
    assert drawn.part is None


def test_one_axis_has_no_rows_to_number() -> None:
    drawn = table(np.array([1, 2, 3]))
    assert [index for index, _ in drawn.rows] == [None]


def test_nothing_is_said_to_be_nothing() -> None:
    drawn = table(np.zeros((0, 3)))
    assert drawn.rows == ()
    assert drawn.part == "(no elements) of shape (0, 3)"


def test_a_large_array_is_cut_around_what_differs_and_says_so() -> None:
    expected = np.zeros((40, 50))
    actual = expected.copy()
    actual[30, 41] = 7.0
    left, right = paired_tables(actual, expected, actual != expected)
    assert left.part == right.part == "[26:34, 36:46] of shape (40, 50)"
    (row,) = [cells for index, cells in left.rows if index == 30]
    assert [cell.text for cell in row if cell.wrong] == ["7.0"]
    assert left.columns[[cell.wrong for cell in row].index(True)] == 41


def test_numbers_that_differ_look_different() -> None:
    left, right = paired_tables(np.array([1.0, 2.0]), np.array([1.0, 2.000001]), np.array([False, True]))
    assert texts(left)[0][1] != texts(right)[0][1]


@given(
    hnp.arrays(
        np.float64,
        hnp.array_shapes(max_dims=4, max_side=12),
        elements=st.floats(-1e6, 1e6),
    ),
    st.data(),
)
def test_the_first_that_differs_is_always_shown(array: np.ndarray, data: st.DataObject) -> None:
    place = data.draw(st.tuples(*(st.integers(0, side - 1) for side in array.shape)))
    other = array.copy()
    other[place] += 1.0
    left, right = paired_tables(other, array, other != array)
    assert sum(map(sum, wrong(left))) == 1
    assert not any(map(any, wrong(right)))
    assert len(left.rows) <= 8
    assert len(left.columns) <= 10
    assert {len(row) for row in texts(left)} == {len(left.columns)}
