"""Calls that are sent before those ahead of them are answered: each still costs, prints and takes what is its own."""

from __future__ import annotations

import contextlib
import itertools
import time
from collections.abc import Callable, Iterator
from textwrap import dedent
from typing import Any

import msgspec
import numpy as np
import pytest

from grader.observation import Status
from grader.observe.conversation import AHEAD
from grader.observe.fresh import fresh_observer
from grader.observe.observer import Observer
from grader.observe.session import Session
from grader.observe.time_budget import TimeBudget
from grader.observe.wire import Block, Call, Limits, Source
from grader.values import Plain, Value

pytestmark = pytest.mark.slow

Begin = Callable[[str], Session]
MANY = 3 * AHEAD

COUNTING = """
import os, sys, time
import numpy as np
count = 0
def f(n, do=""):
    global count
    count += 1
    print("call", n)
    if do == "hang":
        while True: pass
    if do == "exit": os._exit(4)
    if do == "crash": os.abort()
    if do == "flood":
        while True: print("x" * 1000)
    if do == "memory": raise MemoryError
    return n, count
"""

FORGING = """
import os, sys
from grader.codec import encode
from grader.observation import Observation, Status
from grader.observe import frame
from grader.observe.output import mark
from grader.observe.wire import Performed
from grader.values import Plain

def worker():
    place = sys._getframe()
    while "self" not in place.f_locals or not hasattr(place.f_locals["self"], "_nonce"):
        place = place.f_back
    return place.f_locals["self"]

def f(n, do=""):
    ours = worker()
    forged = Performed(Observation(Status.RETURNED, Plain("forged")), ours._answers + (do == "early"))
    if do in ("twice", "early"): frame.write(ours._replies, encode(forged))
    if do == "next mark": os.write(1, b"a" + mark(ours._nonce, ours._answers + 1) + b"b")
    if do == "too long":
        os.write(1, mark(ours._nonce, ours._answers) + mark(ours._nonce, ours._answers + 1))
        frame.write(ours._replies, [b"".join(encode(forged))])
        os.write(ours._replies, bytes([255] * 8))
    if do == "own mark": os.write(1, b"a" + mark(ours._nonce, ours._answers) + b"b")
    print("call", n)
    return n
"""


@pytest.fixture
def begin(observer: Observer) -> Iterator[Begin]:
    with contextlib.ExitStack() as stack:
        yield lambda text: stack.enter_context(observer.session([Source("work.py", (Block(dedent(text)),))]))


def f(**arguments: Value) -> Call:
    return Call("f", Plain(arguments), seed=7)


def numbered(count: int, **odd: str) -> list[Call]:
    """So many calls, some of which do something odd: `_2="hang"` for the third."""
    return [f(n=n, do=odd.get(f"_{n}", "")) for n in range(count)]


def results(session: Session, calls: list[Call], limits: Limits) -> list[Any]:
    """The value of each call, or how it ended in place of one."""
    seen = session.perform(0, calls, limits)
    return [each.value.value if each.status is Status.RETURNED else each.status for each in seen]


@pytest.mark.parametrize(
    ("do", "status", "exit_status"),
    [
        ("hang", Status.TIMED_OUT, None),
        ("exit", Status.EXITED, 4),
        ("crash", Status.CRASHED, -6),
        ("flood", Status.FLOODED, None),
    ],
)
def test_what_ends_the_third_of_ten_calls_costs_it_alone(
    do: str, status: Status, exit_status: int | None, begin: Begin, patient: Limits
) -> None:
    limits = msgspec.structs.replace(patient, call=1.0) if do == "hang" else patient
    seen = list(begin(COUNTING).perform(0, numbered(10, _2=do), limits))
    assert [each.status for each in seen] == [Status.RETURNED] * 2 + [status] + [Status.RETURNED] * 7
    assert (seen[2].exit_status, seen[2].printed[:7]) == (exit_status, "call 2\n")
    # Those behind it had been sent to the first child, which did not run them.
    done = [each.value.value for each in seen if each.status is Status.RETURNED]
    assert done == [(0, 1), (1, 2), *((n, n - 2) for n in range(3, 10))]
    assert [each.printed for each in seen if each.status is Status.RETURNED] == [f"call {n}\n" for n, _ in done]


def test_calls_behind_one_that_ran_out_of_memory_go_on_in_the_same_child(begin: Begin, patient: Limits) -> None:
    session = begin(COUNTING)
    seen = results(session, numbered(10, _2="memory"), patient)
    assert seen == [(n, n + 1) if n != 2 else Status.OUT_OF_MEMORY for n in range(10)]
    assert results(session, numbered(1), patient) == [(0, 1)]  # and another exercise in a new one


def test_several_may_be_lost(begin: Begin, patient: Limits) -> None:
    seen = results(begin(COUNTING), numbered(40, _0="exit", _1="exit", _20="flood", _39="crash"), patient)
    assert [seen.index(status) for status in (Status.EXITED, Status.FLOODED, Status.CRASHED)] == [0, 20, 39]
    assert seen[1] is Status.EXITED
    assert seen[2:20] == [(n, n - 1) for n in range(2, 20)]
    assert seen[21:39] == [(n, n - 20) for n in range(21, 39)]


def test_two_timeouts_end_an_exercise_and_nothing_behind_them_is_run(begin: Begin) -> None:
    seen = results(begin(COUNTING), numbered(10, _1="hang", _3="hang"), Limits(call=0.5))
    assert seen == [(0, 1), Status.TIMED_OUT, (2, 1), Status.TIMED_OUT, *[Status.UNRUN] * 6]


def test_each_call_has_its_own_time(begin: Begin, patient: Limits) -> None:
    """Ten together take longer than one may."""
    session = begin("import time\ndef f(n):\n    time.sleep(0.2)\n    return n\n")
    assert results(session, [f(n=n) for n in range(10)], msgspec.structs.replace(patient, call=1.5)) == [*range(10)]


def test_a_call_has_its_time_from_when_the_answer_before_it_was_taken(observer: Observer, patient: Limits) -> None:
    """Also where that answer had been here for long, and came like that before."""
    text = "import time\ndef f(seconds):\n    time.sleep(seconds)\n    return 1\n"
    calls = [f(seconds=seconds) for seconds in (0.0, 0.1, 0.2, 0.9)]
    limits = msgspec.structs.replace(patient, call=1.2)
    for _ in range(2):
        with observer.session([Source("work.py", (Block(text),))]) as session:
            seen = []
            for observation in session.perform(0, calls, limits):
                seen.append(observation.status)
                time.sleep(0.6 * (len(seen) == 1))
            assert seen == [Status.RETURNED] * 4


def test_answers_that_are_here_and_came_before_are_taken_with_what_they_print(
    observer: Observer, patient: Limits
) -> None:
    calls = numbered(MANY, _5="memory", _20="memory", _21="hang", _30="exit")
    quick = msgspec.structs.replace(patient, call=1.0)
    texts = COUNTING, COUNTING.replace('print("call", n)', 'n % 3 or print("call", n)')
    for text in (*texts, *texts):
        with observer.session([Source("work.py", (Block(text),))]) as session:
            seen = []
            for observation in session.perform(0, calls, quick):
                seen.append((observation.status, observation.printed))
                time.sleep(0.01)
        odd = {5: Status.OUT_OF_MEMORY, 20: Status.OUT_OF_MEMORY, 21: Status.TIMED_OUT, 30: Status.EXITED}
        says = [n for n in range(MANY) if text is COUNTING or n % 3 == 0]
        assert [status for status, _ in seen] == [odd.get(n, Status.RETURNED) for n in range(MANY)]
        assert [printed for _, printed in seen] == [f"call {n}\n" if n in says else "" for n in range(MANY)]


def test_what_each_call_printed_is_its_own(begin: Begin, patient: Limits) -> None:
    session = begin(
        """
        import os, sys
        def f(n):
            if n % 5 == 0: return
            print("call", n)
            if n % 5 == 1: os.write(1, b"raw %d" % n)
            if n % 5 == 2: print("no end", n, end="", file=sys.stderr)
            if n % 5 == 3: print("y" * 100_000)
            if n % 5 == 4: sys.stdout = None
        """
    )
    printed = [each.printed for each in session.perform(0, [f(n=n) for n in range(MANY)], patient)]
    long = "y" * 100_000
    more = ["", "raw {n}", "no end {n}", long, ""]
    wanted = [f"call {n}\n{more[n % 5].format(n=n)}"[: 64 * 1024] if n % 5 else "" for n in range(MANY)]
    assert printed == wanted


def test_what_was_printed_while_loading_is_not_a_calls(begin: Begin, patient: Limits) -> None:
    session = begin("print('loading')\ndef f(n): print(n)\n")
    assert session.load(0, patient).printed == "loading\n"
    assert [each.printed for each in session.perform(0, [f(n=1), f(n=2)], patient)] == ["1\n", "2\n"]


def test_marks_do_not_depend_on_what_a_submission_does_to_its_output(begin: Begin, patient: Limits) -> None:
    session = begin(
        """
        import contextlib, os
        def f(n):
            with contextlib.suppress(OSError):
                print("call", n)
                if n == 1: os.closerange(0, 100)
            return n
        """
    )
    seen = list(session.perform(0, [f(n=n) for n in range(MANY)], patient))
    assert [each.value.value for each in seen] == [*range(MANY)]
    assert [each.printed for each in seen[:4]] == ["call 0\n", "call 1\n", "", ""]


def test_a_mark_waits_where_a_submission_has_filled_its_output_and_will_not_wait(begin: Begin, patient: Limits) -> None:
    session = begin(
        """
        import contextlib, os
        def f(n):
            os.set_blocking(1, False)
            with contextlib.suppress(BlockingIOError):
                for _ in range(500): os.write(1, b"x" * 8192)
            return n
        """
    )
    seen = list(session.perform(0, [f(n=n) for n in range(MANY)], patient))
    assert [each.value.value for each in seen] == [*range(MANY)]
    assert {each.printed[:9] for each in seen} == {"x" * 9}


@pytest.mark.parametrize("do", ["own mark", "next mark"])
def test_a_forged_mark_garbles_only_what_the_forger_printed(do: str, begin: Begin, patient: Limits) -> None:
    session = begin(FORGING)
    seen = list(session.perform(0, numbered(6, _2=do), patient))
    assert [each.value.value for each in seen] == [*range(6)]
    assert [each.printed for each in seen[:2]] == ["call 0\n", "call 1\n"]
    assert seen[2].printed[0] == "a"


def test_an_answer_too_many_ends_the_child_at_the_next_call(begin: Begin, patient: Limits) -> None:
    seen = results(begin(FORGING), numbered(6, _2="twice"), patient)
    assert seen == [0, 1, "forged", Status.CRASHED, 4, 5]


def test_a_frame_too_long_that_is_here_already_ends_the_child(begin: Begin, patient: Limits) -> None:
    session, seen = begin(FORGING), []
    for observation in session.perform(0, numbered(6, _2="too long"), patient):
        time.sleep(0.1)
        seen.append(observation.value.value if observation.status is Status.RETURNED else observation.status)
    assert seen == [0, 1, "forged", Status.CRASHED, 4, 5]


def test_an_answer_to_another_call_ends_the_child(begin: Begin, patient: Limits) -> None:
    assert results(begin(FORGING), numbered(6, _2="early"), patient) == [0, 1, Status.CRASHED, 3, 4, 5]


def test_an_answer_too_many_to_the_last_call_is_refused_before_the_next_exercise(begin: Begin, patient: Limits) -> None:
    session = begin(FORGING)
    assert results(session, numbered(2, _1="twice"), patient) == [0, "forged"]
    assert results(session, numbered(2), patient) == [Status.CRASHED, 1]


def test_who_stops_early_leaves_a_session_that_can_be_used(begin: Begin, patient: Limits) -> None:
    session = begin(COUNTING)
    observations = session.perform(0, numbered(10, _9="hang"), patient)
    assert [next(observations).value.value for _ in range(3)] == [(0, 1), (1, 2), (2, 3)]
    observations.close()  # type: ignore[attr-defined]
    assert results(session, numbered(3), patient) == [(0, 1), (1, 2), (2, 3)]
    assert results(session, numbered(3), patient) == [(0, 4), (1, 5), (2, 6)]  # nothing was left: the same child


def test_two_exercises_may_be_asked_in_turns(begin: Begin, patient: Limits) -> None:
    session = begin(COUNTING)
    one, other = (session.perform(0, numbered(20), patient) for _ in range(2))
    seen = [next(each).value.value[0] for _ in range(20) for each in (one, other)]
    assert seen == [n for n in range(20) for _ in range(2)]


def test_a_file_may_be_loaded_while_calls_on_another_are_on_their_way(observer: Observer, patient: Limits) -> None:
    sources = [Source(name, (Block(f"def f(n): return n, '{name}'"),)) for name in ("a.py", "b.py")]
    with observer.session(sources) as session:
        observations = session.perform(0, [f(n=n) for n in range(5)], patient)
        assert next(observations).value.value == (0, "a.py")
        assert session.load(1, patient).names == ("f",)
        assert [each.value.value for each in observations] == [(n, "a.py") for n in range(1, 5)]


def test_calls_are_taken_from_an_endless_supply_as_they_are_needed(begin: Begin, patient: Limits) -> None:
    supply = itertools.count()
    observations = begin(COUNTING).perform(0, (f(n=n) for n in supply), patient)
    for n in range(40):
        assert next(observations).value.value == (n, n + 1)
    assert next(supply) <= 40 + AHEAD


def test_no_calls_need_no_child(begin: Begin, patient: Limits) -> None:
    assert results(begin("import os\nos._exit(1)"), [], patient) == []


def test_much_may_go_both_ways_at_once(begin: Begin, patient: Limits) -> None:
    session = begin("def f(x):\n    print('z' * 200_000)\n    return x + 1\n")
    large = [np.full(150_000, float(n)) for n in range(MANY)]
    seen = session.perform(0, (f(x=x) for x in large), patient)
    for each, x in zip(seen, large, strict=True):
        assert np.array_equal(each.value.value, x + 1)
        assert len(each.printed) == 64 * 1024


def test_a_channel_with_threads_goes_ahead_as_well(monkeypatch: pytest.MonkeyPatch, patient: Limits) -> None:
    from grader.observe import fresh
    from grader.observe.threaded import ThreadedChannel

    monkeypatch.setattr(fresh, "open_channel", ThreadedChannel.open)
    with fresh_observer() as observer, observer.session([Source("work.py", (Block(COUNTING),))]) as session:
        seen = list(session.perform(0, numbered(MANY, _2="exit", _9="flood"), patient))
    assert [(n, each.status.value) for n, each in enumerate(seen) if each.status is not Status.RETURNED] == [
        (2, "exited"),
        (9, "flooded"),
    ]
    assert [each.printed for each in seen if each.status is Status.RETURNED] == [
        f"call {n}\n" for n in range(MANY) if n not in (2, 9)
    ]


def then(calls: list[Call], source: int = 0) -> list[list[tuple[int, Call]]]:
    """As the one exercise that comes next."""
    return [[(source, call) for call in calls]]


def test_the_next_exercise_goes_on_in_the_same_child_with_what_was_sent_ahead(begin: Begin, patient: Limits) -> None:
    session, first, second = begin(COUNTING), numbered(3), numbered(5)
    assert [each.value.value for each in session.perform(0, first, patient, then=then(second))] == [
        (0, 1),
        (1, 2),
        (2, 3),
    ]
    seen = list(session.perform(0, second, patient))
    assert [each.value.value for each in seen] == [(n, n + 4) for n in range(5)]
    assert [each.printed for each in seen] == [f"call {n}\n" for n in range(5)]


@pytest.mark.parametrize("do", ["hang", "exit", "memory"])
def test_what_ends_the_last_call_costs_nothing_of_the_exercise_behind_it(
    do: str, begin: Begin, patient: Limits
) -> None:
    limits = msgspec.structs.replace(patient, call=1.0) if do == "hang" else patient
    session, second = begin(COUNTING), numbered(4)
    last = list(session.perform(0, numbered(2, _1=do), limits, then=then(second)))[-1]
    assert last.status is not Status.RETURNED
    assert results(session, second, limits) == [(n, n + 1) for n in range(4)]


def test_other_calls_than_those_sent_ahead_are_asked_of_a_new_child(begin: Begin, patient: Limits) -> None:
    session = begin(COUNTING)
    assert results(session, numbered(2), patient) == [(0, 1), (1, 2)]
    list(session.perform(0, numbered(2), patient, then=then(numbered(5))))
    assert results(session, numbered(3), patient) == [(n, n + 1) for n in range(3)]  # equal, and not the same


def test_a_call_sent_ahead_has_its_time_from_when_somebody_waits_for_it(begin: Begin, patient: Limits) -> None:
    session, second = begin(COUNTING), numbered(2)
    short = msgspec.structs.replace(patient, call=0.5)
    list(session.perform(0, numbered(1), short, then=then(second)))
    time.sleep(0.7)  # the controller is busy with something else
    assert results(session, second, short) == [(0, 2), (1, 3)]


def test_an_exercise_that_has_had_its_timeouts_leaves_nothing_behind(begin: Begin, patient: Limits) -> None:
    session, second = begin(COUNTING), numbered(2)
    list(session.perform(0, numbered(1), patient, then=then(second)))
    spent = TimeBudget()
    for _ in range(2):
        spent.note(Status.TIMED_OUT)
    assert [each.status for each in session.perform(0, second, patient, time_budget=spent)] == [Status.UNRUN] * 2
    assert results(session, numbered(2), patient) == [(0, 1), (1, 2)]
