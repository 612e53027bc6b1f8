from __future__ import annotations

import pytest

from grader.judge import remarks


def test_the_file_that_was_judged_is_told_with_the_others() -> None:
    assert remarks.taken_from("b.py", ["a.py"], has_its_name=False) == [
        "Taken from b.py, the newest; a.py defines it too."
    ]
    assert remarks.taken_from("a.py", ["a.py", "c.py"], has_its_name=True)[0] == (
        "Taken from a.py, which has its name; another a.py and c.py define it too."
    )


def test_many_of_them_are_hardly_one_students() -> None:
    told = remarks.taken_from("a.py", ["b.py", "c.py", "d.py", "e.py"], has_its_name=True)

    assert told[0].endswith("b.py, c.py, d.py and 1 other define it too.")
    assert "`grader run FOLDER`" in told[1]


@pytest.mark.parametrize(
    ("missing", "files", "why"),
    [(True, 1, "there is none in this file"), (False, 2, "the one in these files is wrong")],
)
def test_a_right_function_in_place_of_ones_own_is_told(missing: bool, files: int, why: str) -> None:
    assert remarks.followed(["f"], missing=missing, files=files) == (
        f"Judged with a right `f`, for {why}: that costs points once, in its own exercise."
    )


def test_names_of_files_cannot_draw_on_the_screen() -> None:
    assert "\x1b" not in remarks.of_file("a\x1b[31m.py", "empty")
