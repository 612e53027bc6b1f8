"""One observer of each kind for all tests of the room."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Callable, Iterator
from textwrap import dedent

import pytest

import grader
from grader.observation import Observation
from grader.observe.fresh import fresh_observer
from grader.observe.observer import Observer
from grader.observe.wire import Block, Call, Limits, Source
from grader.values import Plain, Value


@pytest.fixture(scope="session")
def fresh() -> Iterator[Observer]:
    with fresh_observer() as observer:
        yield observer


@pytest.fixture(scope="session")
def warm() -> Iterator[Observer]:
    if sys.platform != "linux":
        pytest.skip("needs Linux")
    from grader.observe.zygote import warm_observer

    with warm_observer() as observer:
        yield observer


@pytest.fixture(scope="session")
def observer(request: pytest.FixtureRequest) -> Observer:
    """The quicker of the two that this platform has."""
    return request.getfixturevalue("warm" if sys.platform == "linux" else "fresh")


@pytest.fixture(scope="session")
def patient() -> Limits:
    return Limits(call=30.0, load=30.0)


@pytest.fixture
def imports_restored(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """For what alters how this very process imports, as it does in a child: other tests come after."""
    monkeypatch.setitem(sys.modules, "builtins", builtins)
    monkeypatch.setitem(vars(grader), "check", None)
    finders, before = sys.meta_path[:], dict(sys.modules)
    yield
    sys.meta_path[:] = finders  # whoever has taken that list has it still
    for name in sys.modules.keys() - before.keys():
        del sys.modules[name]


@pytest.fixture
def observe(observer: Observer, patient: Limits) -> Callable[..., Observation]:
    """What one call of `f` does, in a file with this text."""

    def run(text: str, limits: Limits = patient, **arguments: Value) -> Observation:
        source = Source("work.py", (Block(dedent(text)),))
        with observer.session([source]) as session:
            return next(session.perform(0, [Call("f", Plain(arguments), seed=7)], limits))

    return run
