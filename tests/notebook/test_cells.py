"""Which runs of which cells count."""

from __future__ import annotations

import pytest

from grader.notebook.cells import Run, Selected, is_ours, to_judge

SOFTMAX = "def softmax(x):\n    return x"
BETTER = "def softmax(x):\n    return x / x.sum()"
L1 = "def L1(y):\n    return abs(y)"


def runs(*texts: str | tuple[str, str | None, bool]) -> list[Run]:
    """A text is a run that went through, of no known cell; in full it is text, cell, and whether it failed."""
    parts = [(text, None, False) if isinstance(text, str) else text for text in texts]
    return [Run(number, text, cell, failed) for number, (text, cell, failed) in enumerate(parts, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "%load_ext grader",
        "%reload_ext grader\n",
        "%grade softmax",
        "%grade",
        "# how far am I?\n%grade softmax --hint  # once more",
        "grade softmax",
        "load_ext grader",
        "from grader import check",
        "from grader import check as far",
        "import grader",
        "check()",
        'check("softmax", hint=True, course="..")',
        "grader.check('softmax');",
        "%load_ext grader\ncheck('softmax')\ncheck('L1')",
        "try:\n    %load_ext grader\nexcept ModuleNotFoundError:\n    print('install numgrade')",
        "get_ipython().run_line_magic('load_ext', 'grader')",
        "get_ipython().run_line_magic('grade', 'softmax')",
    ],
)
def test_a_cell_that_only_asks_is_ours(text: str) -> None:
    assert is_ours(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# a comment",
        "x = 1\ncheck('softmax')",
        "check(softmax(x))",
        "check(x := 1)",
        "import grader, numpy as np",
        "from grader import values",
        "from .grader import check",
        "%load_ext autoreload",
        "%graded",
        "grade = 5",
        "%%grade softmax",
        "def check(x):\n    return x",
        "check('softmax'",
        "try:\n    %load_ext grader\n    x = 1\nexcept ModuleNotFoundError:\n    pass",
        "get_ipython().run_line_magic('load_ext', 'autoreload')",
        "get_ipython().run_line_magic('grade', name)",
        "(" * 1000 + "check" + ")" * 1000,
    ],
)
def test_any_other_is_not(text: str) -> None:
    assert not is_ours(text)


def test_cells_count_by_the_number_of_their_run() -> None:
    assert to_judge(runs("import numpy as np", "  ", SOFTMAX)) == Selected(("import numpy as np", "", SOFTMAX))


def test_of_a_cell_the_last_run_counts() -> None:
    told = to_judge(runs((SOFTMAX, "a", False), (L1, "b", False), (BETTER, "a", False)))
    assert told.cells == ("", L1, BETTER)
    same_text = to_judge(runs("x = x + 1", L1, "x = x + 1"))
    assert same_text.cells == ("", L1, "x = x + 1")


def test_two_cells_of_one_text_count_both_where_they_are_known() -> None:
    known = to_judge(runs(("x += 1", "a", False), ("x += 1", "b", False)))
    assert known.cells == ("x += 1", "x += 1")


def test_a_run_from_before_cells_were_known_is_of_the_cell_of_its_text() -> None:
    assert to_judge(runs(SOFTMAX, (SOFTMAX, "a", False), (BETTER, "a", False))).cells == ("", "", BETTER)


def test_a_run_that_failed_does_not_count() -> None:
    told = to_judge(runs((SOFTMAX, "a", False), (BETTER + "\n1 / 0", "a", True)))
    assert told.cells == (SOFTMAX,)
    assert told.failed == (2,)


def test_what_failed_and_went_through_since_is_not_told() -> None:
    assert to_judge(runs((BETTER + "(", None, True), BETTER)).failed == ()
    assert to_judge(runs((BETTER + "(", "a", True), (BETTER, "a", False))).failed == ()
    assert to_judge(runs(("print(softmax(1))", None, True), SOFTMAX)).failed == ()


def test_cells_that_only_ask_are_not_judged() -> None:
    assert to_judge(runs("%load_ext grader", "check()", "%grade softmax")) == Selected(())
    told = to_judge(runs("%load_ext grader", SOFTMAX, "check('softmax')", "%grade"))
    assert told.cells == ("%load_ext grader", SOFTMAX)  # what it binds may be used in a cell that is judged


@pytest.mark.parametrize(
    "texts",
    [
        ("import numpy as np", SOFTMAX, "check()", BETTER, "check()", L1),
        (SOFTMAX, SOFTMAX, L1, L1),
        (SOFTMAX, (L1, "b", True), BETTER, (L1, "b", False)),
        (("x = 1", "a", False), ("x = 2", "a", False), (L1, "b", False)),
    ],
)
def test_cells_in_the_order_of_their_first_runs_are_in_order(texts: tuple[str | tuple[str, str, bool], ...]) -> None:
    assert to_judge(runs(*texts)).reordered == ()


@pytest.mark.parametrize(
    ("texts", "counting"),
    [
        (("a = 1", "b = a", "a = 1"), (2, 3)),
        ((SOFTMAX, L1, BETTER), (1, 2, 3)),  # it has been edited
        ((("a = 1", "a", False), ("b = a", "b", False), ("a = 2", "a", False)), (2, 3)),
    ],
)
def test_a_cell_that_ran_again_after_later_ones_is_out_of_order(
    texts: tuple[str | tuple[str, str, bool], ...], counting: tuple[int, ...]
) -> None:
    assert to_judge(runs(*texts)).reordered == counting
