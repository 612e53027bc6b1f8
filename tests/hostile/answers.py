"""Group E, continued: answers that are larger than anybody needs, or later than anybody should wait for."""

from __future__ import annotations

from hostile.attack import Attack, Gain
from hostile.channel import FRAMES

__all__ = ["ATTACKS"]

_SMALL = "the control looks at one answer at a time and forgets it"
_NO_FRAMES = "the control has no frames"
_AIMS = (Gain.MEMORY, Gain.TIME, Gain.VERDICT, Gain.BATCH)


def _answer(name: str, body: str, goal: str, **more: object) -> Attack:
    """An answer to every call, each made anew."""
    fields = {"number": 77, "shows": "the grader swells or works on", "aims": _AIMS, "unlike": _SMALL, **more}
    source = f"import numpy as np, warnings, time\ndef convert(x):\n    {body}\n"
    return Attack(name=name, goal=goal, source=source, **fields)  # type: ignore[arg-type]


def _frame(name: str, body: str, goal: str) -> Attack:
    """The same past the walls of its own process: a frame that its worker would not have written."""
    source = f"{FRAMES}\ndef convert(x):\n    {body}\n    time.sleep(9)\n"
    return Attack(
        number=77,
        name=name,
        goal=goal,
        source=source,
        shows="the grader swells or works on, or another verdict than a crash",
        aims=_AIMS,
        outcomes=(
            "crashed",
            "timed_out",
            "errored",
        ),  # where making the frame takes too long, or it is taken for output
        unlike=_NO_FRAMES,
    )


ATTACKS = (
    _answer("wide-dict", "return {f'key {n}': float(n) for n in range(60_000)}", "answer with 60,000 keys"),
    _answer("many-texts", "return ['x' * (1 << 20)] * 60", "answer with 60 texts of a mebibyte"),
    _answer("nested-floats", "return [[0.5] * 60_000] * 10", "answer with lists of lists of floats"),
    _answer("many-arrays", "return [np.zeros(1)] * 60_000", "answer with 60,000 arrays of one number"),
    _answer(
        "wide-text-array", "return np.full(x.shape[0] * 9000, 'x', '<U1024')", "answer with an array of wide texts"
    ),
    _answer("large-array", "return np.zeros(1 << 22)", "answer with 32 MiB of numbers"),
    _answer("tuple-of-large-arrays", "return (np.zeros(1 << 20),) * 30", "answer with 30 arrays of 8 MiB"),
    _answer(
        "object-array", "return np.array([{n: 'x' * 999} for n in range(9999)] + [x], object)", "answer with objects"
    ),
    _answer(
        "long-words",
        "[warnings.warn(str(n) + 'w' * (1 << 20)) for n in range(8)]; raise ValueError('x' * (1 << 22))",
        "say 4 MiB in an error, and 8 in warnings",
        outcomes=("errored", "timed_out"),
    ),
    _answer(
        "wide-changed-argument",
        "x.resize(1 << 22, refcheck=False); return x[:2]",
        "leave 32 MiB in an argument",
        outcomes=("failed", "errored"),
    ),
    _frame(
        "buffers-past-the-room",
        "send(performed(b'\\x92' + text('list') + array(60_000)), b'', (0,) * 60_000)",
        "send more arrays than there is room for",
    ),
    _frame(
        "header-past-the-room", "send(performed(b'\\xdb\\x01\\0\\0\\0' + b'x' * (16 << 20)))", "send a text of 16 MiB"
    ),
    _frame(
        "floats-past-the-room",
        "n = 500_000; send(performed(b'\\x92' + text('list') + array(n) + (b'\\xcb' + bytes(8)) * n))",
        "send half a million numbers",
    ),
    _answer(
        "never-quite-late",
        "time.sleep(0.45); return x",
        "take all the time that a call may, in every call",
        number=70,
        shows="the grader waits for each of them",
        outcomes=("failed", "timed_out"),
        unlike="the control gives a submission one time for everything",
    ),
    _answer(
        "flood-in-every-call",
        "while True: print('x' * 60_000)",
        "have every call's output drained to the end",
        number=80,
        shows="more than two calls are heard out",
        outcomes=("errored", "timed_out"),
        unlike="E80 of the plain kind is the same there",
    ),
    Attack(
        number=79,
        name="a-thousand-announcements",
        goal="have the grader note statements that there are not",
        source=FRAMES
        + """
from grader.codec import to_bytes
from grader.observe.wire import Running
payload = to_bytes(Running(1, 1))
for _ in range(20_000):
    write(struct.pack("<Q", len(payload)) + payload)
def convert(x):
    return x
""",
        shows="the grader swells or works on",
        aims=_AIMS,
        outcomes=("failed", "errored", "missing", "crashed"),
        unlike=_NO_FRAMES,
    ),
)
