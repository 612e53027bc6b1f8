"""What was printed, line by line or word by word."""

from __future__ import annotations

import pytest

from grader.course.key import Spaces
from grader.judge.printed_lines import Apart, first_apart


@pytest.mark.parametrize(
    ("due", "came", "spaces", "apart"),
    [
        ("a\nb\n", "a  \nb\n\n \n", Spaces.TRAILING, None),
        ("a\nb", "a\n b", Spaces.TRAILING, Apart("line", 2, " b", "b")),
        ("a\n\nb", "a\nb", Spaces.TRAILING, Apart("line", 2, "b", "")),
        ("a\r\nb", "a\nb", Spaces.TRAILING, None),
        ("a\n", "a", Spaces.EXACT, Apart("line", 2, None, "")),
        ("a", "a ", Spaces.EXACT, Apart("line", 1, "a ", "a")),
        ("a b\nc", " a\tb c\n", Spaces.ANY, None),
        ("a b", "a b c", Spaces.ANY, Apart("word", 3, "c", None)),
        ("", "\n", Spaces.TRAILING, None),
        ("", "", Spaces.EXACT, None),
    ],
)
def test_spaces_count_as_far_as_is_said(due: str, came: str, spaces: Spaces, apart: Apart | None) -> None:
    assert first_apart(due, came, spaces) == apart
