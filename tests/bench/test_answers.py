"""What one submission costs, measured: an end is made of what takes too much, or too long."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bench.answers import watched
from bench.sized import SHAPES, Shape, write
from grader.course.folder import Course

_HOLD = "import sys; held = b'x' * (64 << 20); sys.stdin.read()"

linux = pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")


def held(*, patience: float, most: float) -> str:
    with subprocess.Popen([sys.executable, "-c", _HOLD], stdin=subprocess.PIPE, text=True) as child:
        return watched(child, patience, most)


@linux
def test_what_takes_too_much_is_ended() -> None:
    assert held(patience=60, most=1 / 32).startswith("ended at 0.03125 GiB, after ")


@linux
def test_what_takes_too_long_is_ended() -> None:
    assert held(patience=0.2, most=6).startswith("no result after 0 s, and ")


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_each_course_with_large_data_can_be_read(shape: Shape, tmp_path: Path) -> None:
    course = Course(write(shape, tmp_path))
    assert course.exercise("large").spec.points == 10
