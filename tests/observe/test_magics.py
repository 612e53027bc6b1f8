from __future__ import annotations

import pytest

from grader.observe.magics import without_cell_magic, without_line_magics


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("%matplotlib inline", "pass"),
        ("    !pip install numpy", "    pass"),
        ("?np.dot", "pass"),
        ("np.dot?", "pass"),
        ("np.dot??", "pass"),
        ("files = !ls", "files = None"),
        ("t = %timeit -o f(x)", "t = None"),
        ("a, b = !cat x", "a, b = None"),
        ("x = y % z", "x = y % z"),
        ("if x != 1:", "if x != 1:"),
        ("print('really?')", "print('really?')"),
        ("# what?", "# what?"),
    ],
)
def test_lines(line: str, plain: str) -> None:
    assert without_line_magics(line) == plain


def test_a_line_that_goes_on() -> None:
    text = "!pip install \\\n    numpy \\\n    scipy\nx = 1"
    assert without_line_magics(text) == "pass\n\n\nx = 1"


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        ("%%time\nx = 1", "\nx = 1"),
        ("\n%%timeit -n 3\nx = 1", "\n\nx = 1"),
        ("%%capture out\nx = 1", "\nx = 1"),
        ("%%bash\nls\n", "\n\n"),
        ("%%writefile f.py\nx = 1", "\n"),
        ("x = 1\n%%time", "x = 1\n%%time"),
        ("", ""),
        ("\n \n", "\n \n"),
    ],
)
def test_cells(cell: str, plain: str) -> None:
    assert without_cell_magic(cell) == plain
