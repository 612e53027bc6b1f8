"""An observer at each level that this machine reaches; what it does not reach is skipped, with the reason."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from textwrap import dedent

import pytest

from grader.observation import Observation
from grader.observe.observer import Observer
from grader.observe.walls.levels import Level
from grader.observe.wire import Block, Call, Limits, Source
from grader.values import Plain, Value

if sys.platform != "linux":
    collect_ignore_glob = ["test_*.py"]

ObserverAt = Callable[[Level], Observer]
Observe = Callable[..., Observation]


@pytest.fixture(scope="session")
def observer_at() -> Iterator[ObserverAt]:
    from grader.observe.walls.proof import Unproved
    from grader.observe.zygote import warm_observer

    made: dict[Level, Observer | str] = {}
    with ExitStack() as opened:

        def at(level: Level) -> Observer:
            if level not in made:
                observer = opened.enter_context(warm_observer(level.value))
                try:
                    assert observer.evidence.level is level
                    made[level] = observer
                except Unproved as error:
                    made[level] = str(error)
            found = made[level]
            if isinstance(found, str):
                pytest.skip(found)
            return found

        yield at


@pytest.fixture(params=list(Level), ids=lambda level: level.value)
def level(request: pytest.FixtureRequest) -> Level:
    assert isinstance(request.param, Level)
    return request.param


@pytest.fixture(params=[Level.STANDARD, Level.STRICT], ids=lambda level: level.value)
def walled(request: pytest.FixtureRequest) -> Level:
    assert isinstance(request.param, Level)
    return request.param


@pytest.fixture
def observe(observer_at: ObserverAt) -> Observe:
    """What one call of `f` does at a level, in a file with this text."""

    def run(level: Level, text: str, limits: Limits | None = None, **arguments: Value) -> Observation:
        source = Source("work.py", (Block(dedent(text)),))
        limits = limits or Limits(call=30.0, load=30.0)
        with observer_at(level).session([source]) as session:
            return next(session.perform(0, [Call("f", Plain(arguments), seed=7)], limits))

    return run
