"""`grader check` on exercises without tests of their own: what is drawn catches what hides behind sizes and order.

The exercises are those of `drawn/`; beside them stands what checking says. `NUMGRADE_GOLDEN=write` writes it anew.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest
from spread import spread

from grader.authoring.course_check import check_course
from grader.course.folder import Course
from grader.observe.observer import Observer
from grader.report.check import render_check
from grader.report.page import plain_console

pytestmark = pytest.mark.slow

DRAWN = Path(__file__).parent / "drawn"
NAMES = tuple(sorted(file.stem for file in (DRAWN / "exercises").glob("*.yaml")))


@pytest.mark.skipif(sys.platform != "linux", reason="a warm observer needs Linux")
@pytest.mark.parametrize("name", spread(NAMES, every=3))
def test_what_is_drawn_catches_each_mistake(name: str, observer: Observer) -> None:
    checked = check_course(Course(DRAWN), (name,), observer)
    out = io.StringIO()
    render_check(checked, plain_console(out))
    golden = DRAWN / f"{name}.txt"
    if os.environ.get("NUMGRADE_GOLDEN") == "write":
        golden.write_text(out.getvalue(), encoding="utf-8")

    (exercise,) = checked.exercises
    assert all(one.caught for one in exercise.misconceptions)
    assert exercise.mutants is not None
    assert not exercise.mutants.survivors
    assert out.getvalue() == golden.read_text(encoding="utf-8")
