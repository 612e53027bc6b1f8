from __future__ import annotations

from collections.abc import Callable, Iterator
from textwrap import dedent

import numpy as np
import pytest

from grader import codec
from grader.errors import WireError
from grader.observation import Observation, Status
from grader.observe import together
from grader.observe.author_calls import perform_many
from grader.observe.conversation import Conversation
from grader.observe.observer import Observer
from grader.observe.replies import RememberedReplies
from grader.observe.session import Session
from grader.observe.together import KeptCalls, may_be_kept, plain_answers
from grader.observe.wire import Block, Call, Limits, MadeTogether, MakeTogether, Performed, Source, Tell
from grader.values import Plain

SHORT = Limits(call=0.4, load=5.0)
CALLS = [Call("f", Plain({"x": np.full(3, float(number))}), seed=number) for number in range(70)]
DOUBLE = "def f(x):\n    return 2 * x\n"
DRAWS = "import numpy as np\ndef f(x):\n    return x + np.random.normal(size=3)\n"


@pytest.fixture
def messages(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many calls were asked for with each message."""
    found: list[int] = []
    asked = Conversation.together

    def counted(self: Conversation, source: int, calls: list[Call], seconds: float) -> list[Observation]:
        answers = asked(self, source, calls, seconds)
        found.append(len(answers))
        return answers

    monkeypatch.setattr(Conversation, "together", counted)
    return found


@pytest.fixture
def session(observer: Observer) -> Iterator[Callable[..., Session]]:
    opened: list[Session] = []

    def made(*texts: str) -> Session:
        sources = [Source(f"work_{number}.py", (Block(dedent(text)),)) for number, text in enumerate(texts)]
        opened.append(observer.session(sources, tell=(Tell.COMPUTES,)))
        return opened[-1]

    yield made
    for one in opened:
        one.close()


def alone(observer: Observer, text: str, limits: Limits) -> list[Observation]:
    """What the calls do where each is asked for by itself."""
    with observer.session([Source("work_0.py", (Block(text),))]) as session:
        return list(session.perform(0, CALLS, limits))


def values(seen: list[Observation]) -> list[object]:
    return [(one.status, np.asarray(one.value.value).tobytes()) for one in seen]


def test_calls_do_the_same_as_one_by_one(
    observer: Observer, session: Callable[..., Session], patient: Limits, messages: list[int]
) -> None:
    raising = "def f(x):\n    if x[0] == 40:\n        raise ValueError('forty')\n    return x\n"
    solutions = session(DOUBLE, DRAWS, raising)

    for number, text in enumerate((DOUBLE, DRAWS, raising)):
        assert values(list(perform_many(solutions, number, CALLS, patient))) == values(alone(observer, text, patient))
    assert sum(messages) == 3 * (len(CALLS) - 1)


def test_a_call_is_sent_once_for_all_sources(
    session: Callable[..., Session], patient: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    new: list[int] = []
    encode = together.encode
    monkeypatch.setattr(together, "encode", lambda message: [new.append(len(message.calls)), *encode(message)][1:])
    solutions = session(DOUBLE, DRAWS)

    for number in (0, 1):
        list(perform_many(solutions, number, CALLS, patient))

    assert sum(new) == len(CALLS) - 1
    assert not any(new[len(new) // 2 :])


@pytest.mark.parametrize(
    ("does", "status"),
    [
        ("while True: pass", Status.TIMED_OUT),
        ("import os; os._exit(3)", Status.EXITED),
        ("print('here')", Status.RETURNED),
    ],
)
def test_the_call_that_does_more_is_made_by_itself(session: Callable[..., Session], does: str, status: Status) -> None:
    text = f"def f(x):\n    if x[0] == 35:\n        {does}\n    return x\n"
    seen = list(perform_many(session(text), 0, CALLS, SHORT))

    assert [number for number, one in enumerate(seen) if one.status is not Status.RETURNED] == (
        [] if status is Status.RETURNED else [35]
    )
    assert seen[35].status is status
    assert [one.printed for one in seen[34:37]] == ["", "here\n" if status is Status.RETURNED else "", ""]


def test_what_never_ends_is_not_tried_again_and_again(session: Callable[..., Session], messages: list[int]) -> None:
    seen = list(perform_many(session("def f(x):\n    while True: pass\n"), 0, CALLS, SHORT))

    assert [one.status for one in seen[:3]] == [Status.TIMED_OUT, Status.TIMED_OUT, Status.UNRUN]
    assert not messages


def test_slow_calls_and_large_answers_come_one_by_one(
    session: Callable[..., Session], patient: Limits, messages: list[int]
) -> None:
    slow = "import time\ndef f(x):\n    time.sleep(0.03)\n    return x\n"
    large = "import numpy as np\ndef f(x):\n    return np.full(50_000, x[0])\n"
    solutions = session(slow, large)

    assert len(list(perform_many(solutions, 0, CALLS[:5], patient))) == 5
    assert messages == [1, 1, 1, 1]
    assert [one.value.value[0] for one in perform_many(solutions, 1, CALLS[:5], patient)] == [0, 1, 2, 3, 4]


def test_a_child_keeps_only_so_much(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = KeptCalls(Limits().memory)
    first = codec.decode(b"".join(kept.request(0, CALLS[:3]) or []), MakeTogether)
    second = codec.decode(b"".join(kept.request(1, CALLS[1:4]) or []), MakeTogether)

    assert (len(first.calls), first.numbers) == (3, (0, 1, 2))
    assert (len(second.calls), second.numbers) == (1, (1, 2, 3))
    monkeypatch.setattr(together, "_MOST_KEPT", 5)
    assert kept.request(0, CALLS[4:6]) is None
    assert kept.request(0, CALLS[:3]) is not None
    assert KeptCalls(memory=1_000).request(0, CALLS[:3]) is None


def test_the_same_call_twice_is_kept_once() -> None:
    request = codec.decode(b"".join(KeptCalls(Limits().memory).request(0, [CALLS[0], CALLS[0]]) or []), MakeTogether)

    assert (len(request.calls), request.numbers) == (1, (0, 0))


def test_only_what_comes_of_one_call_is_kept() -> None:
    x = Plain({"x": 1.0})

    assert may_be_kept(Call("f", x, 0))
    assert not any(map(may_be_kept, [Call("f", x, 0, printed=True), Call("f", x, 0, samples=(1, 2))]))


def test_answers_are_taken_up_to_one_that_is_not_plain() -> None:
    plain = codec.to_bytes(Performed(Observation(Status.RETURNED, Plain(1.0))))
    lost = codec.to_bytes(Performed(Observation(Status.OUT_OF_MEMORY)))
    numbered = codec.to_bytes(Performed(Observation(Status.RETURNED, Plain(1.0)), number=3))

    assert len(plain_answers(CALLS[:3], MadeTogether((plain, lost, plain), 0), RememberedReplies())) == 1
    with pytest.raises(WireError):
        plain_answers(CALLS[:1], MadeTogether((numbered,), 0), RememberedReplies())
