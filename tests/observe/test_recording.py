"""Whether warnings are noted, and for whom the filters are set up once for all calls."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

import numpy as np
import pytest

from grader.observation import MAX_WARNINGS, Observation
from grader.observe.observer import Observer
from grader.observe.recording import LastingRecording, recording
from grader.observe.wire import Block, Call, Limits, Source, Tell
from grader.values import Plain

CALLS = [Call("f", Plain({"x": np.arange(float(n))}), seed=n) for n in (3, 0, 3, 1)]

ONLY_COMPUTES = {
    "nothing is wrong": "def f(x):\n    return 2 * x\n",
    "a warning": "def f(x):\n    return np.log(x - 1)\n",
    "several": "def f(x):\n    y = np.log(x - 1)\n    return y / (x - x)\n",
    "one that is asked not to come": "def f(x):\n    with np.errstate(all='ignore'):\n        return np.log(x - 1)\n",
    "an error": "def f(x):\n    return np.log(x - 1)[2] / x.missing\n",
    "a changed argument": "def f(x):\n    x /= x\n    return x\n",
}
DOES_MORE = {
    "random numbers": "def f(x):\n    return np.random.rand(), np.log(x - 1)\n",
    "Python's random numbers": "import random\ndef f(x):\n    return random.random()\n",
    "filters": "import warnings\nwarnings.simplefilter('ignore')\ndef f(x):\n    return np.log(x - 1)\n",
    "filters, in a call": "import warnings\ndef f(x):\n    warnings.simplefilter('error')\n    return np.log(x - 1)\n",
}


def seen(observer: Observer, text: str, limits: Limits, *tell: Tell) -> list[Observation]:
    with observer.session([Source("work.py", (Block(text),))], tell=tell) as session:
        return list(session.perform(0, CALLS, limits))


@pytest.mark.parametrize("text", [*ONLY_COMPUTES.values(), *DOES_MORE.values()], ids=[*ONLY_COMPUTES, *DOES_MORE])
def test_what_calls_do_is_told_as_where_each_is_set_up_anew(observer: Observer, patient: Limits, text: str) -> None:
    assert seen(observer, text, patient, *Tell) == seen(observer, text, patient, Tell.DEFINITIONS)


@pytest.fixture
def filters() -> Iterator[None]:
    with warnings.catch_warnings():
        yield


@pytest.mark.usefixtures("filters")
def test_each_call_has_its_own_warnings_and_not_too_many() -> None:
    lasting = LastingRecording({})
    for _ in range(2):
        for noting in (lasting, recording({})):
            with noting as noted:
                for number in (0, 0, *range(2 * MAX_WARNINGS)):
                    warnings.warn(f"number {number}", RuntimeWarning, stacklevel=1)
                assert [one.message for one in noted] == [f"number {number}" for number in range(MAX_WARNINGS)]
                assert {one.category for one in noted} == {"RuntimeWarning"}
