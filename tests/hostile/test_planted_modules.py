"""Files that bear the names of modules: none of them ever runs for the observer, for numpy or for a library."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import numpy as np
import pytest
from hostile.levels import LEVELS, observer_at

from grader.observation import Observation, Status
from grader.observe.observer import Observer
from grader.observe.wire import Block, Call, Limits, Source
from grader.values import Plain

LIMITS = Limits(call=30.0, load=30.0)
# Everything that this process has loaded is more than a worker has, and all that Python brings is more again.
_KNOWN = {name.partition(".")[0] for name in sys.modules} | sys.stdlib_module_names
NAMES = sorted(name for name in _KNOWN - {"sys", "numpy"} if name.isidentifier())
PLANTED = """
import sys
sys.ran = getattr(sys, "ran", 0) + 1
frame = sys._getframe(0)
while frame is not None:
    file = frame.f_code.co_filename
    if not file.startswith("<") and "observe" not in file:
        sys.ran += 1000
    frame = frame.f_back
"""
IMPORTS_NONE = """
import sys
import numpy as np, numpy.testing, numpy.polynomial, numpy.ma, numpy.lib.scimath
async def two():
    return 2
TWO = await two()
def f(x):
    np.log(np.zeros(1))
    return TWO * x + getattr(sys, "ran", 0)
"""
IMPORTS_ALL = f"""
import sys
import {", ".join(NAMES)}
def f(x):
    return 2 * x + sys.ran
"""


@pytest.fixture(params=LEVELS)
def observer(request: pytest.FixtureRequest) -> Iterator[Observer]:
    opened = observer_at(request.param)
    if isinstance(opened, str):
        pytest.skip(opened)
    with opened:
        yield opened


def test_a_module_of_every_name_is_in_nobodys_way(observer: Observer) -> None:
    planted = [Source(f"{name}.py", (Block(PLANTED),)) for name in NAMES]

    seen = asked(observer, Source("main.ipynb", (Block(IMPORTS_NONE, 1),)), planted)

    assert [warned.category for warned in seen.warnings] == ["RuntimeWarning"]
    assert np.array_equal(seen.value.value, [2.0, 4.0])


@pytest.mark.parametrize("observer", ["none"], indirect=True)
def test_each_is_its_own_students_module_and_no_more(observer: Observer) -> None:
    planted = [Source(f"{name}.py", (Block(PLANTED),)) for name in NAMES]

    seen = asked(observer, Source("main.py", (Block(IMPORTS_ALL),)), planted)

    assert np.array_equal(seen.value.value, np.array([2.0, 4.0]) + len(NAMES))


def asked(observer: Observer, main: Source, planted: list[Source]) -> Observation:
    with observer.session([main, *planted]) as session:
        report = session.load(0, LIMITS)
        assert (report.faults, report.stops) == ((), ())
        seen = next(session.perform(0, [Call("f", Plain({"x": np.array([1.0, 2.0])}), seed=1)], LIMITS))
    assert seen.status is Status.RETURNED, seen
    return seen
