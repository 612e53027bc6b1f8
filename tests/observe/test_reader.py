"""What one process tells of the texts of many submissions: when it is asked, and that nothing else comes of it."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator

import pytest

from grader.observation import Status
from grader.observe import reader as module
from grader.observe.child import Child
from grader.observe.conversation import Conversation
from grader.observe.fresh import fresh_observer
from grader.observe.observer import Observer
from grader.observe.reader import Reader
from grader.observe.shared_calls import SharedCalls
from grader.observe.sharing import Sharing
from grader.observe.wire import Block, Call, Limits, Source, Tell
from grader.values import Plain

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux")

ALL = tuple(Tell)
TEXT = "import numpy as np\ndef f(x):\n    '''Double it.'''\n    return 2 * x\ndef g(:\n"
CALL = Call("f", Plain({"x": 3}), seed=1)


def work(text: str = TEXT, name: str = "work.py") -> list[Source]:
    return [Source(name, (Block(text),))]


@pytest.fixture
def lasting() -> Iterator[Observer]:
    from grader.observe.zygote import warm_observer

    with warm_observer() as observer:
        yield observer


@pytest.fixture
def started(lasting: Observer, monkeypatch: pytest.MonkeyPatch) -> list[Child]:
    """The children that the observer starts."""
    found: list[Child] = []
    start: Callable[[], Child] = lasting._launcher.start

    def noted() -> Child:
        found.append(start())
        return found[-1]

    monkeypatch.setattr(lasting._launcher, "start", noted)
    return found


@pytest.fixture
def reader(lasting: Observer) -> Iterator[Reader]:
    """One that has had its first submission."""
    lasting.prefetch()
    reader = Reader(lasting._launcher)
    assert reader.read(work(), ALL) is None
    yield reader
    reader.close()


def test_it_tells_what_a_submission_s_own_child_tells(reader: Reader, observer: Observer) -> None:
    several = [*work(), *work("", "empty.py"), *work("x = 1\n", "other.py")]
    for sources in (work(), several):
        read = reader.read(sources, ALL)
        assert read is not None
        with fresh_observer() as fresh, fresh.session(sources, tell=ALL) as session:
            assert read.files == session.facts


def test_one_process_reads_them_all(reader: Reader, lasting: Observer, started: list[Child]) -> None:
    for number in range(5):
        assert reader.read(work(f"x = {number}\n"), ALL) is not None
    assert len(started) == 1


def test_a_submission_runs_in_a_process_of_its_own(lasting: Observer, patient: Limits) -> None:
    text = "import os\nseen = []\ndef f(x):\n    seen.append(x)\n    return os.getpid(), len(seen)\n"
    answers = []
    for _ in range(4):
        with lasting.session(work(text), tell=ALL) as session:
            (observation,) = session.perform(0, [CALL], patient)
            answers.append(observation.value.value)
    assert len({process for process, _ in answers}) == 4
    assert {count for _, count in answers} == {1}


@pytest.mark.parametrize("why", ["it is judged alone", "it is long"])
def test_it_is_not_asked_where(reader: Reader, started: list[Child], why: str) -> None:
    text, tell = ("# long\n" * 10_000, ALL) if why == "it is long" else (TEXT, (Tell.DEFINITIONS, Tell.USES))
    assert reader.read(work(text), tell) is None
    assert not started


def test_nor_where_each_child_is_a_new_interpreter() -> None:
    with fresh_observer() as observer:
        reader = Reader(observer._launcher)
        assert [reader.read(work(), ALL) for _ in range(3)] == [None] * 3


def test_one_that_ends_costs_nobody_anything(lasting: Observer, started: list[Child], patient: Limits) -> None:
    for number in range(5):
        if number == 3:
            reads = started[1]  # which the second submission has started
            signal.pidfd_send_signal(reads._handle, signal.SIGKILL)  # type: ignore[attr-defined]
        with lasting.session(work(), tell=ALL) as session:
            assert [each.name for each in session.facts[0].definitions] == ["np", "f"]
            assert [each.status for each in session.perform(0, [CALL], patient)] == [Status.RETURNED]


def test_what_breaks_off_costs_the_next_nothing(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*given: object) -> None:
        raise KeyboardInterrupt

    assert reader.read(work("a = 1\n"), ALL) is not None
    with monkeypatch.context() as patched:
        patched.setattr(Conversation, "_answer", interrupted)
        with pytest.raises(KeyboardInterrupt):
            reader.read(work("b = 1\n"), ALL)

    read = reader.read(work("c = 1\n"), ALL)
    assert read is not None
    assert [each.name for each in read.files[0].definitions] == ["c"]


def test_an_answer_to_another_question_is_none(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [reader.read(work("a = 1\n"), ALL)]
    with monkeypatch.context() as patched:
        patched.setattr(Conversation, "_answer", lambda *given: answers[0])
        assert reader.read(work("b = 1\n"), ALL) is None


def test_it_is_replaced_after_many(reader: Reader, started: list[Child], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST", 3)
    for _ in range(6):
        assert reader.read(work(), ALL) is not None
    assert len(started) == 3


def test_it_is_replaced_with_what_it_was_forked_from(lasting: Observer, started: list[Child], patient: Limits) -> None:
    crash = "import os, signal\ndef f(x): os.kill(os.getpid(), signal.SIGSEGV)\n"
    before: set[int | None] = set()
    for text in (TEXT, TEXT, crash, TEXT, TEXT):
        with lasting.session(work(text), tell=ALL) as session:
            list(session.perform(0, [CALL], patient))
        assert lasting._reader is not None
        before.add(lasting._reader._generation)
    assert lasting._reader is not None
    assert lasting._reader._generation == lasting._launcher.generation
    assert len(before - {None}) == 2


def test_where_every_call_is_known_no_process_is_started(
    lasting: Observer, started: list[Child], patient: Limits
) -> None:
    shared = SharedCalls()
    counts = []
    for number in range(4):
        sources = work(f"# {number}\ndef f(x):\n    return 2 * x\n")
        with lasting.session(sources, tell=(Tell.DEFINITIONS, Tell.REACH)) as session:
            used = Sharing(shared, str(number)).over(session, sources)
            assert used.load(0, patient).names == ("f",)
            assert [each.value.value for each in used.perform(0, [CALL], patient)] == [6]
        counts.append(len(started))
    assert counts[0] == 1
    assert counts[1:] == [2, 2, 2]  # the second has started what reads
