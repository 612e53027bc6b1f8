"""Zygotes that are forked from one process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.observation import Status
from grader.observe import ancestor as module
from grader.observe.ancestor import Ancestor, use_ancestor
from grader.observe.observer import Observer
from grader.observe.walls.proof import Unproved
from grader.observe.wire import Block, Call, Limits, Source
from grader.observe.zygote import warm_observer
from grader.values import Plain

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="zygotes are Linux's")]

ROUTE = "import os\ndef f(): return os.getppid()\n"


@pytest.fixture
def ancestor(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ancestor]:
    monkeypatch.setattr(module, "_ancestor", None)
    begun = Ancestor()
    use_ancestor(os.dup(begun.descriptor))
    yield begun
    assert module._ancestor is not None
    module._ancestor.close()
    begun.close()


def observed(observer: Observer, limits: Limits, text: str = ROUTE) -> object:
    with observer.session([Source("work.py", (Block(text),))]) as session:
        (seen,) = session.perform(0, [Call("f", Plain({}), seed=1)], limits)
    return seen.value.value if seen.status is Status.RETURNED else seen.status


def parent_of(process: int) -> int:
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])


def zygote_of(observer: Observer) -> int:
    number = observer._launcher._zygote._process.pid  # type: ignore[attr-defined]
    assert isinstance(number, int)
    return number


def opened(level: str) -> Observer:
    observer = warm_observer(level)
    try:
        assert observer.evidence.level.value == level
    except Unproved:
        pytest.skip(f"no {level} here")
    return observer


@pytest.mark.parametrize("level", ["none", "standard"])
def test_zygotes_of_several_observers_are_forked_from_it(level: str, ancestor: Ancestor, patient: Limits) -> None:
    with opened(level) as one, opened(level) as other:
        zygotes = [observed(observer, patient) for observer in (one, other, one)]
        assert zygotes == [zygote_of(one), zygote_of(other), zygote_of(one)]
        assert zygotes[0] != zygotes[1]
        assert {parent_of(number) for number in zygotes[:2]} == {ancestor._process.pid}  # type: ignore[arg-type]
    assert ancestor._process.poll() is None
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{number}").exists() for number in zygotes[:2]):  # it is the ancestor that waits for them
        assert time.monotonic() < deadline
        os.sched_yield()


def test_at_strict_zygotes_are_their_own(ancestor: Ancestor, patient: Limits) -> None:
    with opened("strict") as observer:
        assert isinstance(observed(observer, patient), int)
        assert parent_of(zygote_of(observer)) == os.getpid()


def test_one_that_dies_is_replaced_by_another_of_its_kind(ancestor: Ancestor, patient: Limits) -> None:
    with warm_observer() as observer:
        first = observed(observer, patient)
        os.kill(zygote_of(observer), signal.SIGKILL)
        second = observed(observer, patient)
        assert second == zygote_of(observer) != first
        assert parent_of(zygote_of(observer)) == ancestor._process.pid


def test_without_it_zygotes_are_started_again(ancestor: Ancestor, patient: Limits) -> None:
    with warm_observer() as observer:
        first = observed(observer, patient)
        ancestor._process.kill()
        ancestor._process.wait()
        assert observed(observer, patient) == first  # it outlives it
        observer._launcher.close()
        assert observed(observer, patient) == zygote_of(observer) != first
        assert parent_of(zygote_of(observer)) == os.getpid()


def test_it_does_not_keep_what_it_has_forked(ancestor: Ancestor, patient: Limits) -> None:
    def descriptors() -> int:
        return len(os.listdir(f"/proc/{ancestor._process.pid}/fd"))  # noqa: PTH208 — numbers, not paths

    for _ in range(3):
        with warm_observer() as observer:
            observed(observer, patient)
            least = descriptors()
    with warm_observer() as observer:
        observed(observer, patient)
        assert descriptors() <= least


def test_one_that_is_begun_early_is_the_next_that_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_early", None)
    module.begin_early()
    early = module._early
    module.begin_early()
    assert module._early is early is module.begun()
    assert not module.is_begun()
    assert early is not None
    early.close()


def test_one_that_nobody_asks_for_ends_with_who_began_it() -> None:
    code = "from grader.observe import ancestor as a\na.begin_early()\nprint(a._early._process.pid)"
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True)
    assert not Path(f"/proc/{done.stdout.strip()}").exists()
