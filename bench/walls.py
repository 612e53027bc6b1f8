"""What walls cost: a child started, a file loaded and five calls made at each level, in turns; then a cold start.

The cold start is that of an author's code: a new process that makes an observer ready, and asks it once. At
`standard` that proves the walls first. Its seconds on the processor hardly depend on what else the machine does; the
clock does.
"""

from __future__ import annotations

import contextlib
import statistics
import subprocess
import sys
import time

import numpy as np

from bench.machine import described
from bench.tree import children_seconds
from grader.observation import Status
from grader.observe.observer import Observer
from grader.observe.walls.levels import Level
from grader.observe.wire import Block, Call, Limits, Source
from grader.observe.zygote import warm_observer
from grader.values import Plain

ROUNDS = 150
COLD_ROUNDS = 15
TEXT = "def f(x):\n    return np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)\n"
CALLS = [Call("f", Plain({"x": np.ones((4, 3))}), seed) for seed in range(5)]


def main() -> None:
    with contextlib.ExitStack() as open_observers:
        observers = {level: open_observers.enter_context(warm_observer(level.value)) for level in Level}
        for observer in observers.values():
            _submission(observer)  # so that each has its zygote, and has proved its level
        rounds = [[_milliseconds(observer) for observer in observers.values()] for _ in range(ROUNDS)]
    print(f"{described()}; {ROUNDS} rounds, in turns\n")
    bare = [none for none, *_ in rounds]
    for level, times in zip(observers, zip(*rounds, strict=True), strict=True):
        quarter, median, three = statistics.quantiles(times, n=4)
        added = statistics.median(time - none for time, none in zip(times, bare, strict=True))
        print(f"{level.value:10} {median:6.2f} ms   (quartiles {quarter:.2f}-{three:.2f})   {added:+.2f} ms")
    _tell_cold()


def _tell_cold() -> None:
    """The same file and calls, each time by a new process."""
    levels = (Level.NONE, Level.STANDARD)
    rounds = [[_cold(level) for level in levels] for _ in range(COLD_ROUNDS)]
    print(f"\na cold start, {COLD_ROUNDS} rounds, in turns: medians of the clock, and of the processor")
    for level, times in zip(levels, zip(*rounds, strict=True), strict=True):
        clock, processor = map(statistics.median, zip(*times, strict=True))
        print(f"{level.value:10} {1000 * clock:6.0f} ms {1000 * processor:6.0f} ms")


def _cold(level: Level) -> tuple[float, float]:
    start, used = time.perf_counter(), children_seconds()
    subprocess.run([sys.executable, "-m", "bench.walls", level.value], check=True)
    return time.perf_counter() - start, children_seconds() - used


def _milliseconds(observer: Observer) -> float:
    start = time.perf_counter()
    _submission(observer)
    return (time.perf_counter() - start) * 1e3


def _submission(observer: Observer) -> None:
    with observer.session([Source("work.py", (Block(TEXT),))]) as session:
        seen = list(session.perform(0, CALLS, Limits()))
    assert all(observation.status is Status.RETURNED for observation in seen)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        with warm_observer(sys.argv[1]) as chosen:
            _submission(chosen)
    else:
        main()
