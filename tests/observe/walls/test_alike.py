"""Honest work is observed alike at every level."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import indent

import msgspec
import numpy as np
import pytest
from spread import only

from grader.observation import Observation, Status
from grader.observe.walls.levels import Level
from grader.observe.wire import Limits
from grader.values import equal

pytestmark = pytest.mark.slow

WORK = {
    "numpy": "return np.linalg.inv(x) @ x",
    "random": "import random; return random.random(), np.random.rand(3), np.random.default_rng(1).normal()",
    "standard library": "import json, re, time, math, itertools, collections, statistics, fractions, decimal, string\n"
    "return json.dumps({'a': 1}), re.sub('a', 'b', 'aa'), fractions.Fraction(1, 3).denominator",
    "rarer modules": "import ssl, sqlite3, multiprocessing, concurrent.futures, socket, zoneinfo, csv, unittest.mock\n"
    "return zoneinfo.ZoneInfo('UTC').key",
    "time": "import time, datetime\nreturn time.localtime(0).tm_year, datetime.datetime(2020, 1, 1).isoformat()",
    "warnings": "return np.log(np.zeros(2)), np.array([1.0]) / 0",
    "errors": "return x @ np.ones(5)",
    "system errors": "raise SystemExit(3)",
    "output": "print('hello'); import sys; print('there', file=sys.stderr); return None",
    "nowhere": "import contextlib, os\n"
    "with open(os.devnull, 'w') as f, contextlib.redirect_stdout(f): print(1)\nreturn 1",
    "threads": "import threading\nfound = []\n"
    "threads = [threading.Thread(target=found.append, args=(i,)) for i in range(4)]\n"
    "[t.start() for t in threads]; [t.join() for t in threads]\nreturn sorted(found)",
    "pools of threads": "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(4) as pool:\n"
    "    return list(pool.map(abs, [-1, -2]))",
    "a thread left behind": "import threading\n"
    "threading.Thread(target=threading.Event().wait, daemon=True).start()\nreturn 1",
    "large arrays": "return float(np.ones((2000, 2000)).sum())",
    "too much memory": "return np.ones(1 << 33).sum()",
    "recursion": "def g(n): return g(n + 1)\nreturn g(0)",
    "a crash": "import ctypes; ctypes.string_at(0)",
    "an abort": "import os; os.abort()",
    "an exit": "import os; os._exit(7)",
    "a hang": "while True: pass",
    "a flood": "while True: print('x' * 9999)",
    "changed arguments": "x[0, 0] = 9; return x",
    "its folder": "import os; return os.listdir('.'), os.environ['HOME'] == os.getcwd()",
    "processors": "import os; return os.cpu_count() >= 1",
    "memory of its own": "import gc, sys, mmap; gc.collect(); return len(mmap.mmap(-1, 4096)), sys.getsizeof(1) > 0",
    "a timer": "import signal, time\ndef late(*a): raise TimeoutError\nsignal.signal(signal.SIGALRM, late)\n"
    "signal.setitimer(signal.ITIMER_REAL, 0.01)\ntime.sleep(5)",
    "a pipe": "import os; r, w = os.pipe(); os.write(w, b'x'); return os.read(r, 9).decode()",
}
WALLED = (Level.STANDARD, Level.STRICT)
# Ended from outside, or by a signal; then only how it ended is alike.
ENDS = {
    "a crash": Status.CRASHED,
    "an abort": Status.CRASHED,
    "an exit": Status.EXITED,
    "a hang": Status.TIMED_OUT,
    "a flood": Status.FLOODED,
}


# Each at one of the two, in turns; what ends a process at both.
TRIED = only(
    [pytest.param(level, work, id=f"{level.value}-{work}") for work in WORK for level in WALLED],
    lambda one: one.values[1] in ENDS or WALLED[list(WORK).index(one.values[1]) % 2] is one.values[0],
)


@pytest.mark.parametrize(("walled", "work"), TRIED, indirect=["walled"])
def test_as_without_walls(work: str, walled: Level, observe: Callable[..., Observation]) -> None:
    text = f"def f(x):\n{indent(WORK[work], '    ')}\n"
    limits = Limits(call=0.3 if work == "a hang" else 30.0, load=30.0)
    bare, seen = (observe(level, text, limits, x=np.eye(3) * 2) for level in (Level.NONE, walled))

    if work in ENDS:
        assert bare.status is seen.status is ENDS[work]
    else:
        assert equal(bare.value.value, seen.value.value)
        assert equal(bare.changed.value, seen.changed.value)
        assert without_values(bare) == without_values(seen)


def without_values(observation: Observation) -> Observation:
    empty = Observation(observation.status)
    return msgspec.structs.replace(observation, value=empty.value, changed=empty.changed)


def test_a_signal_to_oneself(level: Level, observe: Callable[..., Observation]) -> None:
    """The first process of a namespace does not hear it: the one thing in which `strict` is not alike."""
    seen = observe(level, "import signal\ndef f(): signal.raise_signal(signal.SIGSEGV)\n")
    assert seen.status is (Status.RETURNED if level is Level.STRICT else Status.CRASHED)


@pytest.mark.parametrize(
    "work",
    ["open('x', 'w')", "np.save('x', np.ones(2))", "import os; os.mkdir('x')", "import tempfile; tempfile.mkdtemp()"],
)
def test_a_file_that_cannot_be_written_is_an_error_that_says_so(
    work: str, walled: Level, observe: Callable[..., Observation]
) -> None:
    seen = observe(walled, f"def f(): {work}\n")
    assert seen.status is Status.RAISED
    assert seen.error is not None
    assert seen.error.type in ("PermissionError", "FileNotFoundError")  # tempfile's: no folder can be written to


def test_a_statement_that_writes_costs_itself_alone(walled: Level, observe: Callable[..., Observation]) -> None:
    seen = observe(walled, "open('notes.txt', 'w').write('x')\ndef f(): return 1\n")
    assert seen.value.value == 1
