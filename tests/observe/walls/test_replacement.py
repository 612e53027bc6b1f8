"""When the process that starts submissions is replaced, and that nothing is lost or observed twice by it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable

import pytest

from grader.observation import Status
from grader.observe import zygote as module
from grader.observe.observer import Observer
from grader.observe.walls import canary
from grader.observe.walls.levels import Level
from grader.observe.wire import Block, Call, Limits, Source
from grader.observe.zygote import warm_observer
from grader.values import Plain

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="zygotes are Linux's"),
    pytest.mark.usefixtures("own_zygotes"),
]
HONEST = "def f(n): return n + 1\n"


def observed(observer: Observer, text: str = HONEST, count: int = 3, seconds: float = 30.0) -> list[object]:
    """What came back, or how it ended, call by call."""
    calls = [Call("f", Plain({"n": number}), seed=1) for number in range(count)]
    with observer.session([Source("work.py", (Block(text),))]) as session:
        seen = list(session.perform(0, calls, Limits(call=seconds)))
    return [one.value.value if one.status is Status.RETURNED else one.status.value for one in seen]


def process_of(observer: Observer) -> int:
    number = observer._launcher._zygote._process.pid  # type: ignore[attr-defined]
    assert isinstance(number, int)
    return number


LIE = """
import fcntl, os, stat
def f(n):
    for number in range(3, 256):
        try:
            if stat.S_ISFIFO(os.fstat(number).st_mode) and fcntl.fcntl(number, fcntl.F_GETFL) & 3 == os.O_WRONLY:
                os.write(number, bytes(64))
        except OSError:
            pass
    return n
"""


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("import ctypes\ndef f(n): ctypes.string_at(0)\n", "crashed"),
        ("def f(n):\n    while True: pass\n", "timed_out"),
        ("import os, signal\ndef f(n): os.kill(os.getpid(), signal.SIGKILL)\n", "out_of_memory"),
        ("def f(n):\n    while True: print('x' * 100_000)\n", "flooded"),
        (LIE, "crashed"),
    ],
)
def test_after_what_honest_work_does_not_do_the_next_submission_has_another(text: str, ends: str) -> None:
    with warm_observer() as observer:
        assert observed(observer) == [1, 2, 3]
        before = process_of(observer)
        assert observed(observer, text, 1, 0.2 if ends == "timed_out" else 30.0) == [ends]
        assert process_of(observer) == before  # the same submission would go on with the same
        assert observed(observer) == [1, 2, 3]
        assert process_of(observer) != before


@pytest.mark.parametrize(
    "text",
    [
        "def f(n): return n + 1",
        "def f(n): raise ValueError",
        "import os\ndef f(n): os._exit(1)",
        "def f(n): return bytearray(1 << 40)",  # of which a child can say itself that it is too much
    ],
)
def test_after_ordinary_work_it_stays(text: str) -> None:
    with warm_observer() as observer:
        observed(observer)
        before = process_of(observer)
        observed(observer, text)
        observed(observer)
        assert process_of(observer) == before


def test_the_next_one_begins_before_it_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MAX_CHILDREN", 8)
    monkeypatch.setattr(module, "_NOTICE", 2)
    with warm_observer() as observer:
        launcher = observer._launcher
        for number in range(8):
            assert observed(observer) == [1, 2, 3]
            assert (launcher._spare is not None) == (number >= 6)  # type: ignore[attr-defined]
        waiting = launcher._spare._process.pid  # type: ignore[attr-defined]
        assert observed(observer) == [1, 2, 3]
        assert process_of(observer) == waiting
        assert launcher._spare is None  # type: ignore[attr-defined]


def test_a_spare_that_has_died_is_not_taken(observer_at: Callable[[Level], Observer], walled: Level) -> None:
    observer_at(walled)
    with warm_observer(walled.value) as observer:
        assert observed(observer, "import ctypes\ndef f(n): ctypes.string_at(0)\n", 1) == ["crashed"]
        spare = observer._launcher._spare._process  # type: ignore[attr-defined]
        os.killpg(spare.pid, signal.SIGKILL)
        os.waitid(os.P_PID, spare.pid, os.WEXITED | os.WNOWAIT)
        assert observed(observer) == [1, 2, 3]


def test_a_suspect_is_replaced_by_one_that_proves_itself(
    monkeypatch: pytest.MonkeyPatch, observer_at: Callable[[Level], Observer], walled: Level
) -> None:
    observer_at(walled)
    proofs = []
    original = canary.canary_checks
    monkeypatch.setattr(
        "grader.observe.walls.proof.canary_checks", lambda *given: (proofs.append(1), original(*given))[1]
    )
    with warm_observer(walled.value) as observer:
        assert observed(observer) == [1, 2, 3]
        assert observed(observer, "import ctypes\ndef f(n): ctypes.string_at(0)\n") == ["crashed"] * 3
        assert len(proofs) == 1
        assert observed(observer) == [1, 2, 3]
    assert len(proofs) == 2


def test_a_class_goes_on_where_it_ends(observer_at: Callable[[Level], Observer], walled: Level) -> None:
    """It dies between two submissions, and in the middle of a third: each call is answered, and once."""
    observer_at(walled)
    answers: list[list[object]] = []
    with warm_observer(walled.value) as observer:
        for number in range(6):
            answers.append(observed(observer, f"def f(n): return n + {number}\n"))
            if number in (1, 2):
                os.killpg(process_of(observer), signal.SIGKILL)
        with observer.session([Source("work.py", (Block("seen = 0\n" + HONEST),))]) as session:
            coming = session.perform(0, [Call("f", Plain({"n": n}), seed=1) for n in range(40)], Limits(call=30.0))
            seen = [next(coming).value.value]
            os.killpg(process_of(observer), signal.SIGKILL)
            seen += [observation.value.value for observation in coming]
        answers.append(observed(observer))
    assert answers == [*([number + n for n in range(3)] for number in range(6)), [1, 2, 3]]
    assert seen == [n + 1 for n in range(40)]
