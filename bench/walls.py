"""What walls cost: a child started, a file loaded and five calls made at each level, in turns."""

from __future__ import annotations

import contextlib
import statistics
import time

import numpy as np

from bench.machine import described
from grader.observation import Status
from grader.observe.observer import Observer
from grader.observe.walls.levels import Level
from grader.observe.wire import Block, Call, Limits, Source
from grader.observe.zygote import warm_observer
from grader.values import Plain

ROUNDS = 150
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


def _milliseconds(observer: Observer) -> float:
    start = time.perf_counter()
    _submission(observer)
    return (time.perf_counter() - start) * 1e3


def _submission(observer: Observer) -> None:
    with observer.session([Source("work.py", (Block(TEXT),))]) as session:
        seen = list(session.perform(0, CALLS, Limits()))
    assert all(observation.status is Status.RETURNED for observation in seen)


if __name__ == "__main__":
    main()
