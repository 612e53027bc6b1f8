"""Children that ask: what they get, and what becomes of those that ask for what they may not."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from textwrap import dedent
from typing import Any

import numpy as np
import pytest

from grader.observation import Observation, Status
from grader.observe import questions as module
from grader.observe.observer import Observer
from grader.observe.questions import Questions
from grader.observe.session import Session
from grader.observe.wire import Answer, Ask, Block, Call, Limits, Source
from grader.values import Plain, Value

ASKING = """
import os, struct, sys
from grader.codec import to_bytes
from grader.observe.wire import Ask
from grader.values import Plain

def worker():
    place = sys._getframe()
    while "self" not in place.f_locals or not hasattr(place.f_locals["self"], "_nonce"):
        place = place.f_back
    return place.f_locals["self"]

def ask(function="half", positional=[1.0], named={}, times=1):
    payload = to_bytes(Ask(function, Plain(positional), Plain(named)))
    os.write(worker()._replies, (struct.pack("<Q", len(payload)) + payload) * times)  # all together
    worker()._requests.read()
"""


def half(positional: list[Value], named: dict[str, Value], seconds: float) -> Answer:
    (x,) = [*positional, *named.values()]
    return Answer(Plain(x / 2)) if np.all(x) else Answer(error="ValueError" if named else "MyOwnError")


Begin = Callable[..., Session]


@pytest.fixture
def begin(observer: Observer) -> Iterator[Begin]:
    """A session of these files that may ask for `half`."""
    with contextlib.ExitStack() as stack:

        def start(*texts: str, **answerers: Any) -> Session:
            names = ("work.py", "other.py")
            sources = [Source(name, (Block(dedent(text)),)) for name, text in zip(names, texts, strict=False)]
            questions = Questions(answerers or {"half": half})
            return stack.enter_context(observer.session(sources, questions=questions))

        yield start


def observed(session: Session, limits: Limits, *inputs: Value) -> list[Observation]:
    return list(session.perform(0, [Call("f", Plain({"x": x}), seed=7) for x in inputs], limits))


def values(session: Session, limits: Limits, *inputs: Value) -> list[Any]:
    seen = observed(session, limits, *inputs)
    return [each.value.value if each.status is Status.RETURNED else each.status for each in seen]


WAYS = {
    "its own": "def half(x): return 99\ndef f(x): return half(x) + half(half(x))",
    "its own, defined below": "def f(x): return half(x) + half(half(x))\ndef half(x): return 99",
    "none": "def f(x): return half(x) + half(half(x))",
    "an import that fails": "from half import half\ndef f(x): return half(x) + half(half(x))",
    "another file's": "from other import half\ndef f(x): return half(x) + half(half(x))",
    "another file's, renamed": "from other import half as h\ndef f(x): return h(x) + h(h(x))",
    "another file": "import other\ndef f(x): return other.half(x) + other.half(other.half(x))",
    "a default": "def half(x): return 99\ndef f(x, h=half): return h(x) + h(h(x))",
    "a table": "def half(x): return 99\ntable = {'h': half}\ndef f(x): return table['h'](x) + table['h'](half(x))",
    "a number of that name": "half = 0.5\ndef f(x): return half(x) + half(half(x))",
}


@pytest.mark.parametrize("way", WAYS)
def test_a_right_one_stands_in_for(way: str, begin: Begin, patient: Limits) -> None:
    session = begin(WAYS[way], "def half(x): return 99")
    assert values(session, patient, 4.0, 8.0) == [3.0, 6.0]
    (array,) = values(session, patient, np.array([4.0, 8.0]))
    assert array.tolist() == [3.0, 6.0]


def test_a_module_of_the_helpers_name_stays_one(observer: Observer, patient: Limits) -> None:
    texts = {"work.py": "import half\ndef f(x): return half.half(x)", "half.py": "def half(x): return 99"}
    sources = [Source(name, (Block(text),)) for name, text in texts.items()]
    with observer.session(sources, questions=Questions({"half": half})) as session:
        assert values(session, patient, 4.0) == [2.0]


def test_statements_may_ask_while_a_file_is_loaded(begin: Begin, patient: Limits) -> None:
    session = begin("print(half(4.0))\nQUARTER = half(0.5)\ndef f(x): return QUARTER")
    assert session.load(0, patient).printed == "2.0\n"
    assert values(session, patient, 1.0) == [0.25]


def test_what_comes_back_is_the_askers_own(begin: Begin, patient: Limits) -> None:
    session = begin("def f(x):\n    y = half(x)\n    y += 1\n    y.resize(3)\n    return y")
    (array,) = values(session, patient, np.array([2.0, 4.0]))
    assert array.tolist() == [2.0, 3.0, 0.0]


@pytest.mark.parametrize(
    ("how", "error"), [("half(0)", "RuntimeError"), ("half(x=0)", "ValueError"), ("half('a', 'b')", "TypeError")]
)
def test_an_error_is_told_by_its_type_alone(how: str, error: str, begin: Begin, patient: Limits) -> None:
    def refuse(positional: list[Value], named: dict[str, Value], seconds: float) -> Answer:
        return Answer(error="TypeError") if len(positional) > 1 else half(positional, named, seconds)

    (seen,) = observed(begin(f"def f(x): return {how}", half=refuse), patient, 1.0)
    assert seen.error is not None
    assert (seen.error.type, seen.error.message) == (error, "half fails with these arguments")


LIES = {
    "another function": "ask('other')",
    "no list": "ask(positional=3)",
    "no dictionary": "ask(named=[1])",
    "names that are none": "ask(named={1: 2.0})",
    "two at once": "ask(times=2)",
    "too much": "half(np.zeros(1 << 20))",
}


@pytest.mark.parametrize("lie", LIES)
def test_a_question_that_is_none_ends_the_child(lie: str, begin: Begin, patient: Limits) -> None:
    session = begin(f"{ASKING}\ndef f(x):\n    if x: {LIES[lie]}\n    return half(2.0)")
    assert values(session, patient, 0, 1, 0) == [1.0, Status.CRASHED, 1.0]


def test_who_may_ask_nothing_may_not_ask(observer: Observer, patient: Limits) -> None:
    with observer.session([Source("work.py", (Block(f"{ASKING}\ndef f(x):\n    if x: ask()\n    return x"),))]) as one:
        assert values(one, patient, 0, 1, 0) == [0, Status.CRASHED, 0]


def test_only_so_many_questions_are_answered(begin: Begin, patient: Limits, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_QUESTIONS", 10)
    session = begin("def f(x):\n    for _ in range(x): half(1.0)\n    return x")
    assert values(session, patient, 4, 6, 1) == [4, 6, Status.CRASHED]


def test_an_answer_that_is_too_large_is_an_error(begin: Begin, patient: Limits) -> None:
    def large(positional: list[Value], named: dict[str, Value], seconds: float) -> Answer:
        return Answer(Plain(np.zeros(1 << 20)))

    session = begin("def f(x):\n    try: return half(x)\n    except MemoryError: return 'too large'", half=large)
    assert values(session, patient, 1.0) == ["too large"]


def test_the_time_of_a_call_goes_on_while_it_is_answered(begin: Begin) -> None:
    given: list[float] = []

    def slow(positional: list[Value], named: dict[str, Value], seconds: float) -> Answer:
        given.append(seconds)
        time.sleep(0.3)
        return Answer(Plain(1.0))

    session = begin("def f(x):\n    while x: half(x)\n    return x", half=slow)
    assert values(session, Limits(call=0.8, load=30.0), 0.0, 1.0, 0.0) == [0.0, Status.TIMED_OUT, 0.0]
    assert given == sorted(given, reverse=True)
    assert given[0] < 0.8
    assert len(given) < 4


def test_a_copy_of_the_process_cannot_ask(begin: Begin, patient: Limits) -> None:
    session = begin(
        """
        import os
        def f(x):
            child = os.fork()
            if child: return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), half(x)
            try: half(x)
            except RuntimeError: os._exit(7)
            os._exit(0)
        """
    )
    assert values(session, patient, 4.0) == [(7, 2.0)]


def test_questions_count_wherever_they_come_from() -> None:
    questions = Questions({"half": half})
    assert questions.functions == ("half",)
    assert questions.answered(Ask("half", Plain([4.0]), Plain({})), 0.0) == Answer(Plain(2.0))
    assert questions.answered(Ask("half", Plain((4.0,)), Plain({})), 0.0) is None
    assert questions.answered(Ask("third", Plain([4.0]), Plain({})), 0.0) is None
