from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent

import msgspec
import numpy as np
import pytest
from spread import only

from grader.errors import NotJudged
from grader.observation import Observation, Status
from grader.observe.child import Lost
from grader.observe.conversation import Conversation, Failed
from grader.observe.loads import LoadReport
from grader.observe.observer import Observer
from grader.observe.session import Session
from grader.observe.time_budget import TimeBudget
from grader.observe.wire import Block, Call, Limits, Load, Loaded, Running, Source
from grader.values import Opaque, Plain, Value

SHORT = Limits(call=0.4, load=0.5)
HANG = "while True: pass"
CRASH = "import ctypes; ctypes.string_at(0)"
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals")

# Each is the body of `f(x)`; what it does has to be the same in both kinds of child.
BEHAVIOURS = {
    "returns": "return x * 2",
    "returns_nothing": "x = x + 1",
    "returns_much": "return {'a': [1, (2.0, 'three')], 'b': np.float32(4), 5: None}",
    "returns_numpy_scalar": "return x.sum()",
    "returns_integers": "return x.astype(int)",
    "raises": "return x @ np.ones(99)",
    "raises_deep": "def inner(n):\n        return 1 / n\n    return [inner(n) for n in (2, 1, 0)]",
    "raises_its_own": "class Oh(Exception):\n        def __str__(self): raise ValueError\n    raise Oh('dear')",
    "recursion": "return f(x)",
    "sys_exit": "import sys; sys.exit(3)",
    "keyboard_interrupt": "raise KeyboardInterrupt",
    "generator_exit": "raise GeneratorExit",
    "os_exit": "import os; os._exit(3)",
    "segfault": CRASH,
    "abort": "import os; os.abort()",
    "loop": HANG,
    "flood": "while True: print('x' * 1000)",
    "memory": "return np.ones(10 * 1024**3 // 8)",
    "memory_list": "return [0] * (10 * 1024**3)",
    "generator": "return (n for n in x)",
    "class": "class Layer: pass\n    return Layer()",
    "class_itself": "return dict",
    "function": "return f",
    "patches_fractions": "from fractions import Fraction\n    Fraction.__new__ = Fraction.numerator = 1; return 1",
    "matrix": "return np.matrix(x)",
    "masked": "return np.ma.masked_array(x, x > 2)",
    "complex": "return x * 1j",
    "text": "return 'a\\u00e9\\ud800'",
    "bytes": "return b'abc'",
    "big_integer": "return 10 ** 30",
    "too_big_integer": "return 1 << 200_000",
    "self_referring": "a = []; a.append(a); return a",
    "too_deep": "a = []\n    for _ in range(99): a = [a]\n    return a",
    "changes_its_argument": "x[0, 0] = -1; return x",
    "prints": "print('seen', x.shape)\n    print('end', end='')\n    import sys; print('err', file=sys.stderr)",
    "prints_to_descriptor": "import os; os.write(1, b'raw \\xff')",
    "warns": "import warnings; warnings.warn('mind'); return 1 / np.zeros(2)",
    "random": "import random; return random.random(), np.random.rand(2), {'b', 'a', 'c'} and str({'b', 'a', 'c', 'd'})",
    "thread": "import threading; threading.Thread(target=threading.Event().wait).start(); return 1",
    "daemon_thread": "import threading; threading.Thread(target=threading.Event().wait, daemon=True).start()",
    "replaces_stdout": "import sys, io; sys.stdout = io.StringIO(); print('lost'); return 1",
    "closes_stdout": "import sys; sys.stdout.close(); return 1",
    "closes_descriptors": "import os; os.closerange(0, 100); return 1",
    "deletes_builtins": "import builtins; vars(builtins).clear(); return 1",
    "replaces_builtins": "import builtins; builtins.len = builtins.isinstance = builtins.type = None; return 1",
    "patches_numpy": "np.array = np.ndarray = np.frombuffer = np.dtype = np.random.seed = None; return 1",
    "patches_modules": "import warnings, random, threading\n    warnings.catch_warnings = random.seed = None; return 1",
    "clears_modules": "import sys; sys.modules.clear(); return 1",
    "low_recursion_limit": "import sys; sys.setrecursionlimit(40); return 1",
    "traces": "import sys; sys.settrace(lambda *a: 1 / 0); return 1",
    "reads_input": "return input()",
    "kills_itself": "import os; os.kill(os.getpid(), 9)",
    "forks": "import os; return os.fork() and 1",
    "alters_environment": "import os; os.environ.clear(); os.chdir('/'); return 1",
    "patches_float_errors": "np.seterr(all='raise'); return 1",
}
POSIX_ONLY = {"kills_itself", "forks", "segfault", "memory", "memory_list"}
# These leave a child as it was: one of each kind can be asked for all of them.
HARMLESS = (
    *("returns", "returns_nothing", "returns_much", "returns_numpy_scalar", "returns_integers", "raises"),
    *("raises_deep", "raises_its_own", "recursion", "sys_exit", "keyboard_interrupt", "generator_exit", "generator"),
    *("class", "class_itself", "function", "matrix", "masked", "complex", "text", "bytes", "big_integer"),
    *("too_big_integer", "self_referring", "too_deep", "changes_its_argument", "prints", "warns", "random"),
    "reads_input",
)
HARMFUL = [name for name in BEHAVIOURS if name not in HARMLESS and (sys.platform == "linux" or name not in POSIX_ONLY)]

# One of each way in which the next call could be another: it ends, does not end, leaves a thread or a process,
# closes what is open, replaces what Python or numpy has.
TELLING = (
    *("os_exit", "segfault", "loop", "memory", "thread", "closes_descriptors", "deletes_builtins", "patches_numpy"),
    *("forks", "alters_environment"),
)


def work(text: str, name: str = "work.py") -> Source:
    return Source(name, (Block(dedent(text)),))


def behaving(body: str) -> str:
    return f"import numpy as np\ndef f(x):\n    {body}\ndef fine(x):\n    return x + 1\n"


def f(**arguments: Value) -> Call:
    return Call("f", Plain(arguments), seed=7)


def code(lines: str, **arguments: Value) -> Call:
    return Call(None, Plain(arguments), seed=7, code=dedent(lines))


@pytest.fixture
def session(observer: Observer) -> Iterator[Callable[..., Session]]:
    with contextlib.ExitStack() as stack:
        yield lambda *sources: stack.enter_context(
            observer.session([work(each) if isinstance(each, str) else each for each in sources])
        )


def asked(session: Session, *calls: Call, limits: Limits) -> list[Observation]:
    return list(session.perform(0, calls, limits))


def test_both_kinds_of_child_see_the_same_in_a_row(fresh: Observer, warm: Observer, patient: Limits) -> None:
    text = "".join(f"def {name}(x):\n    f = {name}\n    {BEHAVIOURS[name]}\n" for name in HARMLESS)
    matrix = np.arange(6.0).reshape(2, 3)
    calls = [Call(name, Plain({"x": matrix}), seed=7) for name in HARMLESS]
    seen = []
    for observer in (fresh, warm):
        with observer.session([work(f"import numpy as np\n{text}")]) as session:
            seen.append(dict(zip(HARMLESS, asked(session, *calls, limits=patient), strict=True)))
    assert {each.status for each in seen[0].values()} == {Status.RETURNED, Status.RAISED}
    assert seen[0] == seen[1]


@pytest.mark.slow
@pytest.mark.parametrize("name", only(HARMFUL, lambda name: name in TELLING))
def test_both_kinds_of_child_see_the_same_and_the_next_call_is_well(
    name: str, fresh: Observer, warm: Observer, patient: Limits
) -> None:
    limits = msgspec.structs.replace(patient, call=0.5) if name == "loop" else patient
    matrix = np.arange(6.0).reshape(2, 3)
    calls = [f(x=matrix), Call("fine", Plain({"x": matrix}), seed=1)]
    seen = []
    for observer in (fresh, warm):
        with observer.session([work(behaving(BEHAVIOURS[name]))]) as session:
            first, second = asked(session, *calls, limits=limits)
        assert second.status is Status.RETURNED, second
        assert np.array_equal(second.value.value, matrix + 1)
        seen.append(first)
    assert seen[0] == seen[1]


@pytest.mark.parametrize(
    ("name", "status", "exit_status"),
    [
        ("returns", Status.RETURNED, None),
        ("recursion", Status.RAISED, None),
        ("sys_exit", Status.RAISED, None),
        ("keyboard_interrupt", Status.RAISED, None),
        ("os_exit", Status.EXITED, 3),
        pytest.param("segfault", Status.CRASHED, -11, marks=posix),
        pytest.param("abort", Status.CRASHED, -6, marks=posix),
        pytest.param("kills_itself", Status.OUT_OF_MEMORY, -9, marks=posix),
        pytest.param("memory", Status.OUT_OF_MEMORY, None, marks=posix),
        pytest.param("memory_list", Status.OUT_OF_MEMORY, None, marks=posix),
        ("flood", Status.FLOODED, None),
        ("thread", Status.RETURNED, None),
        ("generator", Status.RETURNED, None),
        ("closes_descriptors", Status.RETURNED, None),
        ("deletes_builtins", Status.RETURNED, None),
        ("patches_numpy", Status.RETURNED, None),
        ("patches_fractions", Status.RETURNED, None),
        pytest.param("forks", Status.RETURNED, None, marks=posix),
        ("reads_input", Status.RAISED, None),
    ],
)
def test_how_a_call_ended(
    name: str, status: Status, exit_status: int | None, observe: Callable[..., Observation]
) -> None:
    seen = observe(behaving(BEHAVIOURS[name]), x=np.ones((2, 3)))
    assert (seen.status, seen.exit_status) == (status, exit_status)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("generator", Opaque("generator")),
        ("class", Opaque("f.<locals>.Layer")),
        ("class_itself", Opaque("type")),
        ("matrix", Opaque("numpy.matrix")),
        ("masked", Opaque("numpy.MaskedArray")),
        ("self_referring", [[Opaque("list", "too large to send", (1,))]]),
        ("too_deep", [[Opaque("list", "too large to send", (1,))]]),
        ("too_big_integer", Opaque("int", "too large to send")),
        ("big_integer", 10**30),
        ("text", "aé\ufffd\ufffd\ufffd"),
    ],
)
def test_what_has_no_plain_form_is_told_by_its_type(
    name: str, value: Value, observe: Callable[..., Observation]
) -> None:
    assert observe(behaving(BEHAVIOURS[name]), x=np.ones((2, 3))).value == Plain(value)


def test_a_hang_costs_its_own_call_only_and_two_end_the_exercise(session: Callable[..., Session]) -> None:
    submission = session(f"def f(n):\n    if n == 1:\n        {HANG}\n    return n\n")
    statuses = [seen.status.value for seen in asked(submission, *(f(n=n) for n in (0, 1, 2, 1, 0, 0)), limits=SHORT)]
    assert statuses == ["returned", "timed_out", "returned", "timed_out", "unrun", "unrun"]
    assert [seen.value.value for seen in asked(submission, f(n=5), limits=SHORT)] == [5]  # the next exercise goes on
    time_budget = TimeBudget()
    time_budget.note(Status.TIMED_OUT)
    late = submission.perform(0, [f(n=1), f(n=0)], SHORT, time_budget=time_budget)  # in another round
    assert [seen.status.value for seen in late] == ["timed_out", "unrun"]


def test_two_floods_end_an_exercise_as_two_hangs_do(session: Callable[..., Session], patient: Limits) -> None:
    submission = session("def f(n):\n    while n == 1: print('x' * 60_000)\n    return n\n")
    statuses = [seen.status.value for seen in asked(submission, *(f(n=n) for n in (1, 0, 1, 0)), limits=patient)]
    assert statuses == ["flooded", "returned", "flooded", "unrun"]


def test_all_calls_of_an_exercise_have_one_budget(session: Callable[..., Session], patient: Limits) -> None:
    submission = session("import time\ndef f(n):\n    time.sleep(n)\n    return n\n")
    time_budget = TimeBudget(1.0)
    slow = submission.perform(0, [f(n=n) for n in (0.0, 60.0, 0.0)], patient, time_budget=time_budget)
    assert [seen.status.value for seen in slow] == ["returned", "overdue", "overdue"]
    assert time_budget.is_spent
    again = submission.perform(0, [f(n=0.0)], patient, time_budget=time_budget)  # whatever it is asked for
    assert [seen.status.value for seen in again] == ["overdue"]
    assert [seen.value.value for seen in asked(submission, f(n=0.0), limits=patient)] == [0.0]  # another has its own


def test_slow_answers_that_are_in_time_are_paid_for(session: Callable[..., Session], patient: Limits) -> None:
    submission = session("import time\ndef f(n):\n    time.sleep(n)\n    return n\n")
    time_budget = TimeBudget(60.0)
    assert [seen.status.value for seen in submission.perform(0, [f(n=0.2)] * 2, patient, time_budget=time_budget)] == [
        "returned",
        "returned",
    ]
    assert time_budget.left <= 59.6
    assert not time_budget.is_half_spent


def seconds_given(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A list that grows by the seconds of each load."""
    given: list[float] = []
    load = Conversation.load

    def timed(
        self: Conversation, request: Load, seconds: float, on_statement: Callable[[Running], None]
    ) -> tuple[Loaded, str]:
        given.append(seconds)
        return load(self, request, seconds, on_statement)

    monkeypatch.setattr(Conversation, "load", timed)
    return given


def test_all_loads_of_a_file_have_one_budget(
    session: Callable[..., Session], patient: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = seconds_given(monkeypatch)
    submission = session("import time\ntime.sleep(0.3)\ndef f(n):\n    return n\n")
    time_budget = TimeBudget(20.0)
    limits = msgspec.structs.replace(patient, load=20.0)
    for _ in range(3):
        assert [seen.value.value for seen in submission.perform(0, [f(n=1)], limits, time_budget=time_budget)] == [1]
        submission.renew()
    assert given == [10.0] * 3
    file = submission._files[0]
    assert 0.9 <= file.spent < 20.0
    assert time_budget.left > 15.0  # the file has paid
    file.spent = 20.0
    list(submission.perform(0, [f(n=1)], limits, time_budget=time_budget))
    assert time_budget.left < 20.0 - 0.3  # and who needs it again pays when the file has had its time


def test_a_load_that_nobody_can_pay_for_costs_who_asked_alone(session: Callable[..., Session], patient: Limits) -> None:
    submission = session("import time\ntime.sleep(0.3)\ndef f(n):\n    return n\n")
    assert [seen.value.value for seen in asked(submission, f(n=1), limits=patient)] == [1]
    submission._files[0].spent = patient.load
    submission.renew()
    poor = submission.perform(0, [f(n=1)], patient, time_budget=TimeBudget(0.05))
    assert [seen.status.value for seen in poor] == ["overdue"]
    assert [seen.value.value for seen in asked(submission, f(n=2), limits=patient)] == [2]
    assert submission.load(0, patient).stops == ()


def test_after_a_renewal_nothing_is_remembered(session: Callable[..., Session], patient: Limits) -> None:
    submission = session("seen = []\ndef f(n):\n    seen.append(n)\n    return list(seen)\n")
    assert [one.value.value for one in asked(submission, f(n=1), f(n=2), limits=patient)] == [[1], [1, 2]]
    submission.renew()
    assert [one.value.value for one in asked(submission, f(n=3), limits=patient)] == [[3]]


def test_crashes_and_floods_cost_their_own_calls_only(session: Callable[..., Session], patient: Limits) -> None:
    submission = session(
        """
        import os
        def f(n):
            print("n is", n)
            if n == 1: os._exit(4)
            if n == 2:
                while True: print("x" * 1000)
            return n
        """
    )
    seen = asked(submission, *(f(n=n) for n in (0, 1, 0, 2, 0)), limits=patient)
    assert [each.status.value for each in seen] == ["returned", "exited", "returned", "flooded", "returned"]
    assert [each.printed for each in seen][:3] == ["n is 0\n", "n is 1\n", "n is 0\n"]
    assert seen[3].printed.startswith("n is 2\nxxx")
    assert len(seen[3].printed) == 64 * 1024
    assert seen[1].exit_status == 4


def test_the_next_exercise_gets_a_new_child_after_anything_abnormal(
    session: Callable[..., Session], patient: Limits
) -> None:
    submission = session(
        """
        import os, threading
        def f(do):
            if do == "thread": threading.Thread(target=threading.Event().wait, daemon=True).start()
            if do == "memory": raise MemoryError
            return os.getpid()
        """
    )
    first, second = asked(submission, f(do=""), f(do=""), limits=patient)
    assert first == second
    for spoiling in ("thread", "memory"):
        before, spoilt, after = asked(submission, f(do=""), f(do=spoiling), f(do=""), limits=patient)
        assert before == after
        assert spoilt.status is Status.OUT_OF_MEMORY or spoilt.threads == 1
        assert asked(submission, f(do=""), limits=patient) != [after]


def test_loading_goes_on_after_what_fails_hangs_or_crashes(session: Callable[..., Session]) -> None:
    submission = session(
        f"""
        print("begin")
        undefined_name
        for _ in [1]:
            {HANG}
        def f():
            return helper() + later
        if True:
            import os; os._exit(5)
        later = 1
        def helper():
            return 41
        if __name__ == "__main__":
            {HANG}
        name = input("your name? ")
        import a_module_that_nobody_has
        """
    )
    report = submission.load(0, SHORT)
    assert [(stop.status.value, stop.line) for stop in report.stops] == [("timed_out", 4), ("exited", 8)]
    assert [(fault.type, fault.line) for fault in report.faults] == [
        ("NameError", 3),
        ("EOFError", 15),
        ("ModuleNotFoundError", 16),
    ]
    assert report.faults[0].source_line == "undefined_name"
    assert report.printed == "begin\nyour name? "
    assert report.names == ("f", "helper")
    assert report.lost is None
    assert submission.load(0, SHORT) is report
    assert asked(submission, f(), limits=SHORT)[0].value.value == 42


def test_after_three_stops_only_what_cannot_hang_is_run(session: Callable[..., Session]) -> None:
    crash = "if True: import os; os._exit(1)\n"
    submission = session(crash * 5 + "def f():\n    return 1\n")
    report = submission.load(0, SHORT)
    assert len(report.stops) == 3
    assert report.names == ("f",)
    assert asked(submission, f(), limits=SHORT)[0].value.value == 1


def test_behind_a_statement_without_end_the_others_get_the_time_of_a_call(
    session: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = seconds_given(monkeypatch)
    report = session(f"{HANG}\n{HANG}\ndef f():\n    return 1\n").load(0, Limits(call=0.4, load=3.0))
    assert [stop.line for stop in report.stops] == [1, 2]
    assert report.names == ("f",)
    assert given[0] == 1.5  # half of what there is for all
    assert len(given) == 3
    assert all(0.4 <= seconds < 1.5 for seconds in given[1:])


def test_a_file_that_cannot_be_loaded_at_all_says_so(
    session: Callable[..., Session], patient: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    requests: list[Load] = []

    def load(self: Conversation, request: Load, *_: object) -> None:
        requests.append(request)
        raise Failed(Status.CRASHED, -11)

    monkeypatch.setattr(Conversation, "load", load)
    submission = session("x = 1")
    assert submission.load(0, patient) == LoadReport(lost=Status.CRASHED)
    assert [request.sure_only for request in requests] == [False, True]
    assert asked(submission, f(), f(), limits=patient) == [Observation(Status.CRASHED, exit_status=-11)] * 2
    assert len(requests) == 2


def test_a_child_that_talks_out_of_turn_has_crashed(session: Callable[..., Session], patient: Limits) -> None:
    submission = session(
        """
        import os
        def f(kind):
            data = {"noise": b"\\xff" * 64, "short": b"\\x02" + bytes(7) + b"hi", "early": bytes(8) * 2}[kind]
            for descriptor in range(100, 110):
                try:
                    os.write(descriptor, data)
                except OSError:
                    pass
        def fine():
            return 1
        """
    )
    fine = Call("fine", Plain({}), seed=1)
    for kind in ("noise", "short", "early"):
        seen = asked(submission, f(kind=kind), fine, limits=patient)
        assert seen[0].status is Status.CRASHED
        assert seen[1].value.value == 1


def test_a_child_that_answers_what_it_was_not_asked_has_crashed(
    session: Callable[..., Session], patient: Limits
) -> None:
    submission = session(
        """
        import os
        from grader.codec import encode
        from grader.observation import Observation, Status
        from grader.observe import frame
        from grader.observe.wire import Loaded, Performed
        def f(forged):
            message = Loaded() if forged == "loaded" else Performed(Observation(Status(forged)))
            frame.write(101, encode(message))
        """
    )
    for forged in ("loaded", "unrun", "timed_out"):
        assert asked(submission, f(forged=forged), limits=patient)[0].status is Status.CRASHED


def test_an_answer_of_our_own_failing_is_not_judged(session: Callable[..., Session], patient: Limits) -> None:
    submission = session(
        """
        import grader.observe.worker
        def f():
            grader.observe.worker.Performed = None
        def fine():
            return 1
        """
    )
    with pytest.raises(NotJudged, match="TypeError"):
        asked(submission, f(), limits=patient)
    assert asked(submission, Call("fine", Plain({}), seed=1), limits=patient)[0].value.value == 1


def test_an_interpreter_that_does_not_start_is_not_judged(
    fresh: Observer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nothing"))
    with pytest.raises(NotJudged, match="could not be started"):
        fresh.session([work("")])
    monkeypatch.setattr(sys, "executable", "")
    with pytest.raises(NotJudged, match=r"sys\.executable"):
        fresh.session([work("")])


def test_a_call_is_made_again_where_its_child_was_lost(
    session: Callable[..., Session], patient: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    submission = session("def f():\n    return 1\n")
    real, lost = Conversation.performed, [Lost("gone")]

    def performed(self: Conversation, seconds: float, together: float) -> Observation:
        if lost:
            raise lost.pop()
        return real(self, seconds, together)

    monkeypatch.setattr(Conversation, "performed", performed)
    assert asked(submission, f(), limits=patient)[0].value.value == 1
    assert not lost


def test_a_dead_zygote_is_replaced(warm: Observer, patient: Limits) -> None:
    with (
        warm.session(
            [work("import os, signal\ndef f():\n    os.kill(os.getppid(), signal.SIGKILL)\n    signal.pause()\n")]
        ) as session,
        pytest.raises(NotJudged, match="ended"),
    ):
        asked(session, f(), limits=patient)
    with warm.session([work("def f():\n    return 1\n")]) as session:
        assert asked(session, f(), limits=patient)[0].value.value == 1


def test_each_file_has_its_own_namespace_and_all_are_asked_in_one_session(
    session: Callable[..., Session], patient: Limits
) -> None:
    submission = session(work("def f(): return 'a', __name__", "a.py"), work("x = 1\ndef f(): return 'b', x", "b.py"))
    assert [facts.definitions[-1].name for facts in submission.facts] == ["f", "f"]
    first = next(submission.perform(0, [f()], patient))
    second = next(submission.perform(1, [f()], patient))
    assert (first.value.value[0], second.value.value) == ("a", ("b", 1))
    assert first.value.value[1] != "__main__"


def test_a_file_that_breaks_the_parser_costs_only_itself(session: Callable[..., Session], patient: Limits) -> None:
    submission = session(
        work("x = " + "-" * 200_000 + "1", "deep.py"), work("def f(): return 1", "fine.py"), work("(" * 9999, "open.py")
    )
    (deep,) = submission.facts[0].faults
    assert (deep.message, deep.limit is None) == ("", False)
    assert submission.facts[2].faults
    assert next(submission.perform(1, [f()], patient)).value.value == 1


def test_memory_of_an_exercise_may_differ(session: Callable[..., Session], patient: Limits) -> None:
    if sys.platform != "linux":
        pytest.skip("memory is limited on Linux only")
    submission = session("import numpy as np\ndef f():\n    return np.ones(40 * 2**17).sum()\n")
    small, large = (msgspec.structs.replace(patient, memory=size << 20) for size in (16, 256))
    assert asked(submission, f(), limits=small)[0].status is Status.OUT_OF_MEMORY
    assert asked(submission, f(), limits=large)[0].status is Status.RETURNED


def test_where_the_limits_are_known_the_process_that_reads_the_files_goes_on(observer: Observer) -> None:
    limits = Limits(call=30.0, load=30.0, memory=512 << 20)
    goes_on = []
    for known in (limits, None):
        with observer.session([work("x = 1\n")], limits=known) as session:
            first = session._conversation
            session.load(0, limits)
            goes_on.append(session._conversation is first)
    assert goes_on == [True, False]
