from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from textwrap import dedent

import msgspec
import numpy as np
import pytest

from grader.codec import to_bytes
from grader.observation import Observation, Status
from grader.observe import rounds
from grader.observe.conversation import Conversation
from grader.observe.observer import Observer
from grader.observe.replies import RememberedReplies
from grader.observe.rounds import FileCall, Later, Rounds, patience
from grader.observe.session import Session
from grader.observe.time_budget import TimeBudget
from grader.observe.together import plain_answers
from grader.observe.wire import Block, Call, FileFacts, Limits, MadeTogether, Performed, Source, Tell
from grader.values import Plain, Value, fingerprint

SHORT = Limits(call=0.4, load=5.0)


def f(function: str = "f", **arguments: Value) -> Call:
    return Call(function, Plain(arguments), seed=7)


CALLS = [f(x=np.full(3, float(number))) for number in range(12)]
FACTS = (FileFacts(keep_nothing=("f",)),)
OTHERS = [f("g", x=float(number)) for number in range(5)]
DOES_ALL = """
import numpy as np
def f(x):
    if x[0] == 1:
        raise ValueError(f"one of {x.size}")
    if x[0] == 2:
        print("two\\udc80", x)
    if x[0] == 3:
        x[0] = 7
    if x[0] == 4:
        return np.log(x - 5), "four"
    if x[0] == 5:
        return missing_here(x)
    return x / 2
def missing_here(x):
    print("no end", end="")
    return {"five": x.tolist(), "again": None}
def g(x):
    return x + 1
"""


@dataclass
class Asked:
    """How many answers came to each round (a busy machine may make two of one), and how many calls went one by one."""

    rounds: list[int] = field(default_factory=list)
    alone: int = 0

    @property
    def together(self) -> int:
        return sum(self.rounds)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    found = Asked()
    round_, performed, at_hand = Conversation.round, Conversation.performed, Conversation.at_hand

    def together(self: Conversation, request: bytes, calls: list[Call], seconds: float) -> list[Observation]:
        found.rounds.append(0)
        answers = round_(self, request, calls, seconds)
        found.rounds[-1] = len(answers)
        return answers

    def by_itself(self: Conversation, seconds: float, together: float) -> Observation:
        found.alone += 1
        return performed(self, seconds, together)

    def at_once(self: Conversation) -> Observation | None:
        observation = at_hand(self)
        found.alone += observation is not None
        return observation

    monkeypatch.setattr(Conversation, "round", together)
    monkeypatch.setattr(Conversation, "at_hand", at_once)
    monkeypatch.setattr(Conversation, "performed", by_itself)
    return found


@pytest.fixture
def begin(observer: Observer) -> Iterator[Callable[..., Session]]:
    opened: list[Session] = []

    def begun(text: str, tell: Tell = Tell.COMPUTES) -> Session:
        opened.append(observer.session([Source("work.py", (Block(dedent(text)),))], tell=(tell,)))
        return opened[-1]

    yield begun
    for one in opened:
        one.close()


def told(observations: list[Observation]) -> list[object]:
    """All that is said of calls."""
    return [
        (
            *(one.status, one.error, one.warnings, one.printed, one.exit_status, one.threads),
            *(fingerprint(one.value.value), fingerprint(one.changed.value)),
        )
        for one in observations
    ]


def then(calls: list[Call]) -> list[list[FileCall]]:
    return [[(0, call) for call in calls]]


def test_a_round_does_the_same_as_calls_one_by_one(
    begin: Callable[..., Session], asked: Asked, patient: Limits
) -> None:
    alone = list(begin(DOES_ALL, Tell.DEFINITIONS).perform(0, CALLS, patient))
    assert (asked.rounds, asked.alone) == ([], len(CALLS))

    together = list(begin(DOES_ALL).perform(0, CALLS, patient))

    assert told(together) == told(alone)
    assert (asked.together, asked.alone) == (len(CALLS), len(CALLS))
    assert [one.printed for one in together[2:6]] == ["two\\udc80 [2. 2. 2.]\n", "", "", "no end"]


def test_the_exercises_to_come_are_part_of_it(begin: Callable[..., Session], asked: Asked, patient: Limits) -> None:
    session = begin(DOES_ALL)
    first = list(session.perform(0, CALLS, patient, then=then(OTHERS)))

    assert [one.value.value for one in session.perform(0, OTHERS, patient)] == [1.0, 2.0, 3.0, 4.0, 5.0]
    assert (len(first), asked.together, asked.alone) == (12, 17, 0)


def test_a_file_that_may_do_more_is_called_one_by_one(
    begin: Callable[..., Session], asked: Asked, patient: Limits
) -> None:
    text = "count = []\ndef f(x):\n    count.append(x)\n    return len(count)\n"
    seen = list(begin(text).perform(0, CALLS, patient))

    assert [one.value.value for one in seen] == [*range(1, 13)]
    assert not asked.rounds


def test_functions_that_keep_something_are_called_one_by_one_beside_others(
    begin: Callable[..., Session], asked: Asked, patient: Limits
) -> None:
    text = DOES_ALL + (
        "seen = []\ndef h(x):\n    seen.append(x)\n    if x == 2: return np.zeros(10**13)\n    return len(seen)\n"
        "def k(x):\n    return h(x)\n"
    )
    calls = [f(name, x=float(number)) for name in ("h", "k") for number in range(5)]
    session = begin(text)
    seen = list(session.perform(0, [*OTHERS, *calls[:5]], patient, then=then(calls[5:])))
    seen += session.perform(0, calls[5:], patient)

    assert session.facts[0].keep_nothing == ("f", "missing_here", "g")
    assert [one.value.value for one in seen[5:]] == [1, 2, None, 4, 5, 1, 2, None, 4, 5]
    assert asked.together == len(OTHERS)


@pytest.mark.parametrize(
    ("does", "status", "together"),
    [
        ("while True: pass", Status.TIMED_OUT, 0),
        ("while True: print('x' * 1000)", Status.FLOODED, 0),
        ("return np.zeros(10**13)", Status.OUT_OF_MEMORY, 6),
        ("return [[0] * 1000] * 1000000", Status.RETURNED, 12),
        ("return np.zeros(200_000)", Status.RETURNED, 6),
    ],
)
def test_what_does_not_come_back_as_a_small_value_is_told_of_the_call_that_it_is_about(
    does: str, status: Status, together: int, begin: Callable[..., Session], asked: Asked
) -> None:
    text = f"import numpy as np\ndef f(x):\n    if x[0] == 6:\n        {does}\n    return 2 * x\n"
    limits = msgspec.structs.replace(SHORT, call=2.0) if status is Status.FLOODED else SHORT
    seen = list(begin(text).perform(0, CALLS, limits))

    assert seen[6].status is status
    assert asked.together == together
    assert told(seen) == told(list(begin(text, Tell.DEFINITIONS).perform(0, CALLS, limits)))


def test_two_hangs_end_an_exercise_as_ever(begin: Callable[..., Session]) -> None:
    seen = list(begin("def f(x):\n    while x[0] > 3: pass\n    return x\n").perform(0, CALLS, SHORT))

    assert [one.status for one in seen[3:7]] == [Status.RETURNED, Status.TIMED_OUT, Status.TIMED_OUT, Status.UNRUN]


def test_an_exercise_that_has_had_its_time_takes_nothing(
    begin: Callable[..., Session], asked: Asked, patient: Limits
) -> None:
    session, spent = begin(DOES_ALL), TimeBudget(1.0)
    list(session.perform(0, CALLS, patient, then=then(OTHERS)))
    spent.charge(2.0)

    seen = list(session.perform(0, OTHERS, patient, time_budget=spent))

    assert {one.status for one in seen} == {Status.OVERDUE}
    assert asked.together == 17


def test_its_time_is_shared_out(begin: Callable[..., Session], patient: Limits) -> None:
    session, first, second = begin(DOES_ALL), TimeBudget(), TimeBudget()
    list(session.perform(0, CALLS, patient, time_budget=first, then=then(OTHERS)))
    list(session.perform(0, OTHERS, patient, time_budget=second))

    assert 0 < second.spent < first.spent < 5


def test_a_new_child_makes_its_own_calls(begin: Callable[..., Session], asked: Asked, patient: Limits) -> None:
    session = begin(DOES_ALL)
    list(session.perform(0, CALLS, patient, then=then(OTHERS)))
    session.renew()
    list(session.perform(0, OTHERS, patient))

    assert asked.together == 22


def test_a_call_that_counts_for_more_than_its_value_goes_by_itself(
    begin: Callable[..., Session], asked: Asked, patient: Limits
) -> None:
    printed = msgspec.structs.replace(CALLS[2], printed=True)
    counted = msgspec.structs.replace(CALLS[0], counted=True)
    seen = list(begin(DOES_ALL).perform(0, [*CALLS[:2], printed, counted, *CALLS[3:6]], patient))

    assert asked.together == 2  # what comes behind it has been sent by then
    assert seen[2].value.value == "two\\udc80 [2. 2. 2.]\n"
    assert seen[3].steps


def test_large_calls_go_by_themselves(begin: Callable[..., Session], asked: Asked, patient: Limits) -> None:
    large = [f("g", x=np.zeros(12_000)) for _ in range(3)]
    assert len(list(begin(DOES_ALL).perform(0, [*OTHERS, *large], patient))) == 8
    assert asked.together <= 6
    assert asked.alone >= 2


def test_much_that_is_printed_is_kept_as_of_one_call(begin: Callable[..., Session], patient: Limits) -> None:
    text = "def f(x):\n    print('é' * int(x[0]) * 10_000)\n"
    seen = list(begin(text).perform(0, CALLS[:6], patient))

    assert [len(one.printed.encode()) for one in seen] == [1, 20_001, 40_001, 60_001, 65_536, 65_536]


def test_a_child_that_answers_more_than_it_was_asked_is_not_believed(
    begin: Callable[..., Session], monkeypatch: pytest.MonkeyPatch, patient: Limits
) -> None:
    """Here the controller forgets half of what it asked for."""
    round_ = Conversation.round
    monkeypatch.setattr(
        Conversation, "round", lambda self, request, calls, seconds: round_(self, request, calls[:6], seconds)
    )

    seen = list(begin(DOES_ALL).perform(0, CALLS, patient))

    assert [one.value.value[0] for one in seen[6:]] == [3.0, 3.5, 4.0, 4.5, 5.0, 5.5]


def test_what_is_said_to_be_printed_is_held_to_what_may_be() -> None:
    plain = to_bytes(Performed(Observation(Status.RETURNED, Plain(1))))
    made = MadeTogether((plain, plain, plain), 0, {0: "one", 1: "x" * 70_000})

    assert [one.printed for one in plain_answers(CALLS[:3], made, RememberedReplies())] == ["one"]


def test_a_round_is_packed_once_for_a_class(monkeypatch: pytest.MonkeyPatch) -> None:
    packed: list[int] = []
    pack = rounds._packed
    monkeypatch.setattr(rounds, "_packed", lambda source, calls: [packed.append(len(calls)), pack(source, calls)][1])
    calls = [f(x=np.full(5, float(number))) for number in range(7)]
    waiting = [(0, call) for call in calls]

    for _ in range(3):
        first = Rounds(FACTS).to_ask(waiting, Later(()))
        assert first is not None
        assert first.calls == tuple(calls)
    other = Rounds(FACTS * 2).to_ask([(1, call) for call in calls], Later(()))

    assert packed == [7, 7]
    assert other is not None
    assert other.source == 1


def test_what_is_kept_packed_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "_packed_rounds", rounds._PackedRounds())
    monkeypatch.setattr(rounds, "_MOST", 2)
    calls = [f(x=np.zeros(4_000)) for _ in range(100)]
    for number in range(0, 100, 2):
        assert Rounds(FACTS).to_ask([(0, call) for call in calls[number : number + 2]], Later(())) is not None

    known = rounds._packed_rounds._known
    assert sum(len(one.payload) for _, one in known.values()) <= 1 << 20
    assert 10 < len(known) < 50


def test_of_calls_that_go_by_themselves_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "_packed_rounds", rounds._PackedRounds())
    for size in (3, 40_000):
        for calls in ([f(x=np.zeros(size))], [f(x=np.zeros(40_000)), f(x=np.zeros(size))]):
            assert Rounds(FACTS).to_ask([(0, call) for call in calls], Later(())) is None

    assert not rounds._packed_rounds._known


def test_it_is_waited_for_a_part_of_the_time_of_a_call() -> None:
    assert patience(0.4) == 0.1
    assert patience(20.0) == 0.25
