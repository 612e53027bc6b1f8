from __future__ import annotations

from grader.cli.window import window_parts


def test_what_fits_is_one_part() -> None:
    assert window_parts("a\nb\n", 80, 24) == ("a\nb\n",)
    assert window_parts("", 80, 24) == ("",)


def test_a_part_is_no_higher_than_the_window() -> None:
    parts = window_parts("".join(f"{number}\n" for number in range(7)), 80, 3)
    assert [len(part.splitlines()) for part in parts] == [3, 3, 1]


def test_a_line_that_is_wider_takes_several_rows() -> None:
    assert window_parts("x" * 25 + "\ny\nz\n", 10, 4) == ("x" * 25 + "\ny\n", "z\n")


def test_colours_take_no_room() -> None:
    assert len(window_parts("\x1b[1;31m" + "x" * 10 + "\x1b[0m\ny\n", 10, 2)) == 1


def test_a_line_that_is_higher_than_the_window_stands_alone() -> None:
    assert window_parts("a\n" + "x" * 50 + "\nb\n", 10, 2) == ("a\n", "x" * 50 + "\n", "b\n")
