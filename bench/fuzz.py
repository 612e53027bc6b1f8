"""Random and mutated bytes for everything that the controller reads from strangers: `python -m bench.fuzz`.

Whatever the bytes are, only exceptions of ours may come, soon, and without much memory. The same targets are tried in
small by `tests/hostile/test_fuzz.py`.
"""

from __future__ import annotations

import argparse
import bz2
import contextlib
import functools
import gzip
import io
import lzma
import os
import random
import resource
import signal
import struct
import sys
import tarfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from bench.basics import basics
from bench.machine import described
from grader.codec import decode, to_bytes
from grader.course.document import read
from grader.course.folder import Course
from grader.course.key import SCHEMA, AnswerKey, Assignment, Handout
from grader.course.specification import course_spec, exercise_spec, remarks
from grader.errors import CourseError, NotJudged, WireError
from grader.grading.author_code import authors_observer
from grader.grading.compile import compile_key
from grader.judge.judge_case import judge_case
from grader.judge.result import Result
from grader.judge.reveal import Reveal, project
from grader.judge.score import exercise_result
from grader.observation import Observation, Raised, Status, Warned
from grader.observe.archive import Member, read_archive
from grader.observe.compressed import ArchiveError, OverLimit, Unread
from grader.observe.conversation import Conversation, Failed
from grader.observe.frame import Reader
from grader.observe.intake import read_bytes
from grader.observe.questions import Questions
from grader.observe.wire import (
    Answer,
    Ask,
    Call,
    Definition,
    Facts,
    FileFacts,
    Load,
    Loaded,
    Performed,
    Refused,
    Running,
    Source,
    SyntaxFault,
    WireMessage,
)
from grader.report import github, junit
from grader.report import json as report_json
from grader.report.page import plain_console
from grader.report.text import render
from grader.values import Opaque, Plain

__all__ = ["TARGETS", "Target", "mutated"]

TOO_LONG = 10  # seconds for one input
MOST_MEMORY = 6 << 30  # of this process: past it there is a MemoryError, which is none of ours
_EVERY_SEED = 4  # one input in so many is made of nothing but chance


@dataclass(frozen=True)
class Target:
    """Something that reads bytes. `eat` raises `ours` or nothing."""

    name: str
    seeds: Callable[[], tuple[bytes, ...]]
    eat: Callable[[bytes], object]
    ours: tuple[type[Exception], ...]
    make: Callable[[random.Random], bytes] | None = None  # of chance alone, and yet in the right form


@functools.cache
def key() -> AnswerKey:
    """The answer key of one of the example course's exercises."""
    course = Course(basics())
    with authors_observer() as observer:
        return compile_key(course.spec(), course.exercise("softmax"), observer)


# Messages of a child.

VALUES: tuple[Any, ...] = (
    None,
    True,
    -1,
    1 << 80,
    2.5,
    1 - 2j,
    "text",
    b"bytes",
    [1, (2.0, {"a": [None]})],
    {1: "one", (2, 3): np.float32(4)},
    np.arange(6.0).reshape(2, 3),
    np.array(["ab", "c"]),
    np.array([True, False]),
    np.zeros((0, 3)),
    Opaque("generator"),
    [np.ones(3), np.ones((2, 2), dtype=complex)],
)


def messages() -> tuple[WireMessage, ...]:
    error = Raised("ValueError", "no", 3, 5, None, "x = 1", "f")
    observations = [Observation(Status.RETURNED, value=Plain(value), printed="said") for value in VALUES]
    observations.append(Observation(Status.RAISED, error=error, warnings=(Warned("W", "w", 1),), threads=1))
    observations.append(Observation(Status.OUT_OF_MEMORY, changed=Plain({"x": np.ones((2, 3))})))
    definition = Definition("f", "function", 1, None, ("x",), 1, False, "digest", False)
    return (
        Facts((FileFacts((definition,), (SyntaxFault("bad", 1, 2, None, "x =", ("g",)),)),)),
        Running(1, 2, None),
        Loaded((error,), ("f", "g")),
        Refused("no"),
        *(Performed(observation) for observation in observations),
        *(Ask("half", Plain([value]), Plain({"x": value})) for value in VALUES),
    )


def payloads() -> tuple[bytes, ...]:
    return tuple(to_bytes(message) for message in messages())


def eat_frames(data: bytes) -> None:
    questions = Questions({"half": lambda positional, named, seconds: Answer(Plain([positional, named]))})
    for kind in (Facts | Refused, Running | Loaded | Ask | Refused, Performed | Ask | Refused, Performed):
        with contextlib.suppress(WireError):
            message = decode(data, kind)  # type: ignore[type-var]
            if isinstance(message, Ask):
                questions.answered(message, 0.0)


def eat_judged(data: bytes) -> None:
    """A message that decodes is judged against a key, told, and shown in every form."""
    observation = decode(data, Performed).observation
    if observation.status not in (Status.RETURNED, Status.RAISED, Status.OUT_OF_MEMORY):
        return
    tests = [judge_case(case, key(), observation) for case in key().cases[:4]]
    result = Result((exercise_result(key(), tests, file="a.py"),), "none", {})
    for told in (result, project(result, Reveal.HINT)):
        render(told, plain_console(io.StringIO()))
        report_json.dumps(told)
        junit.dumps(told)
        github.commands(told)


# Trees in the form that values have, with anything in them.

_LEAVES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1 << 63, -(1 << 63), 0.0, -0.0, float("nan"), float("inf"), 1e308, 5e-324),
    *("", "a", "\x1b[2J\u202e", "\udfff".encode("utf-8", "replace").decode(), "x" * 5000, b"", b"\xff" * 40),
)
_DTYPES = ("|b1", "|i1", "<i8", "<u8", "<f2", "<f4", "<f8", "<c8", "<c16", "<U1", "<U9")


def odd_tree(chance: random.Random, buffers: list[bytes], depth: int = 0) -> Any:
    """What stands for a value, right or nearly right; its arrays' bytes are added to `buffers`."""

    def some() -> list[Any]:
        return [odd_tree(chance, buffers, depth + 1) for _ in range(chance.choice((0, 1, 2, 3)) if depth < 4 else 0)]

    wrong = chance.random() < 0.02
    match chance.randrange(9):
        case 0:
            return [chance.choice(("list", "tuple")), some()]
        case 1:
            values = some()
            return ["dict", [chance.choice(_LEAVES) for _ in values] + [None] * wrong, values]
        case 2:
            return ["int", "z" if wrong else chance.choice(("0x10", "-0x" + "f" * 30, "0x" + "f" * 1020))]
        case 3:
            return ["opaque", chance.choice(("generator", "\x1b[2J", "n" * 99)), chance.choice(("", "d"))]
        case 4:
            return ["complex", chance.choice((0.0, float("nan"))), 1 if wrong else 2.0]
        case 5 | 6:
            return _odd_array(chance, buffers, wrong=wrong)
    return [] if wrong else chance.choice(_LEAVES)


def _odd_array(chance: random.Random, buffers: list[bytes], *, wrong: bool) -> list[Any]:
    name = chance.choice(("|O", "<M8", ">f8", "") if wrong else _DTYPES)
    shape = chance.choice(([], [0], [2], [3], [2, 2], [1, 3], [2, 0, 2]))
    size = 8 if wrong else np.dtype(name).itemsize * int(np.prod(shape))
    fill = bytes if name in ("|b1", "<U1", "<U9") else chance.choice((bytes, chance.randbytes))
    buffers.append(fill(size))
    return ["array" if shape else "scalar", name, [-1] if wrong else shape]


def odd_performed(chance: random.Random) -> bytes:
    """An answer to a call in which only the form is sure to be right."""
    buffers: list[bytes] = []
    status = chance.choice(("returned", "raised", "out_of_memory"))
    number = chance.choice((None, 0, -1, 1, 7, 1 << 40, 1 << 63))
    text = chance.choice(
        ("", "ValueError", "TypeError", "\x1b[2J\u202e\n::error::", "f() takes 1 positional argument", "x" * 1999)
    )
    error = chance.choice((None, [text, text], [text, text, number, number, number, text, text]))
    observation = [
        status,
        odd_tree(chance, buffers),
        odd_tree(chance, buffers),
        error,
        [[text, text, number]] * 3,
        number or 0,
        text,
        number,
    ]
    header = msgspec.msgpack.encode(["Performed", observation])
    payload = (
        struct.pack("<II", len(header), len(buffers)) + struct.pack(f"<{len(buffers)}Q", *map(len, buffers)) + header
    )
    for buffer in buffers:
        payload += bytes(-len(payload) % 16) + buffer
    return payload


def eat_keys(data: bytes) -> None:
    for kind in (AnswerKey, Handout):
        with contextlib.suppress(WireError):
            decode(data, kind)


def key_seeds() -> tuple[bytes, ...]:
    short = msgspec.structs.replace(key(), cases=key().cases[:2], misconceptions=(), points=Fraction(1))
    return to_bytes(short), to_bytes(Handout(SCHEMA, "t", "en", Assignment("a", "t", ("softmax",)), (short,)))


# A child that says these things.


class _Channel:
    """Of a child that has said everything already."""

    nonce = bytes(16)
    most = 1 << 30

    def __init__(self, frames: list[bytes]) -> None:
        self._frames = frames

    def send(self, *payloads: object) -> None:
        pass

    def expect_silence(self) -> None:
        pass

    def receive(self, deadline: float, *, behind: int = 0) -> bytearray:
        if not self._frames:
            raise WireError("a frame cut short")
        return bytearray(self._frames.pop(0))

    def printed(self) -> str:
        return ""

    def close(self) -> None:
        pass


class _Child:
    def __init__(self, frames: list[bytes]) -> None:
        self.channel = _Channel(frames)

    def wait(self, timeout: float) -> int | None:
        return 0

    def suspect(self) -> None:
        pass

    def close(self) -> None:
        pass


def eat_conversation(data: bytes) -> None:
    """The bytes are cut into frames, which answer one question after the other."""
    frames = [frame for frame in data.split(_CUT) if frame]
    conversation = Conversation(_Child(frames), 1 << 30)  # type: ignore[arg-type]
    calls = [(0, Call("f", Plain({"x": np.ones((2, 2))}), 1))] * 3
    questions: tuple[Callable[[], object], ...] = (
        lambda: conversation.hello([Source("a.py", ())], 1.0),
        lambda: conversation.load(Load(0), 1.0, lambda running: None),
        lambda: conversation.send(calls),
        *[lambda: conversation.performed(1.0, 1.0)] * len(calls),
    )
    for question in questions:
        with contextlib.suppress(Failed, NotJudged):
            question()


_CUT = b"\0cut here\0"


def dialogues() -> tuple[bytes, ...]:
    facts, running, loaded, refused, *performed = payloads()
    return (
        _CUT.join([facts, running, loaded, performed[3], performed[4]]),
        _CUT.join([facts, loaded, *performed[:3]]),
        _CUT.join([facts, refused, running, running, loaded, performed[-1]]),
    )


def eat_stream(data: bytes) -> None:
    """The bytes as they come out of a pipe."""
    ours, theirs = os.pipe()
    try:
        os.set_blocking(theirs, False)
        with contextlib.suppress(BlockingIOError):
            os.write(theirs, data[:60_000])
        os.close(theirs)
        reader = Reader(ours)
        while (payload := reader.read()) is not None:
            eat_frames(bytes(payload))
    finally:
        os.close(ours)


def streams() -> tuple[bytes, ...]:
    every = [struct.pack("<Q", len(payload)) + payload for payload in payloads()]
    return (b"".join(every), every[0], every[-1], struct.pack("<Q", 1 << 30) + bytes(100))


# Files.


def eat_specification(data: bytes) -> None:
    with contextlib.suppress(CourseError):
        course_spec(read(data, "a.yaml"), title="t")
    with contextlib.suppress(CourseError):
        document = read(data, "a.yaml")
        remarks(document, exercise_spec(document, name="f"))


def specifications() -> tuple[bytes, ...]:
    folder = basics()
    return tuple(file.read_bytes() for file in sorted([*folder.glob("exercises/*.yaml"), folder / "course.yaml"]))


def eat_source(data: bytes) -> None:
    read_bytes("a.py", data)


def eat_notebook(data: bytes) -> None:
    read_bytes("a.ipynb", data)


def notebooks() -> tuple[bytes, ...]:
    cell = {"cell_type": "code", "source": ["def f(x):\n", "    return x"], "outputs": [{"text": "t"}], "metadata": {}}
    old = {"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": "x = 1"}]}]}
    return tuple(map(msgspec.json.encode, ({"nbformat": 4, "metadata": {"a": [1]}, "cells": [cell, cell]}, old)))


def eat_archive(data: bytes) -> None:
    for member in read_archive(io.BytesIO(data), directory=1 << 20, files=100, passed=Most(4 << 20)):
        if isinstance(member, Member):
            with contextlib.suppress(Unread):
                most = Most(1 << 20)
                for chunk in member.chunks():
                    most(len(chunk))


class Most:
    """So many bytes, and then no more."""

    def __init__(self, left: int) -> None:
        self.left = left

    def __call__(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise OverLimit("too much")


def archives() -> tuple[bytes, ...]:
    zipped, tarred = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"student {number}/wörk.py", b"def f(x):\n    return x\n" * 20)
    for form in (tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        with tarfile.open(fileobj=tarred, mode="w", format=form) as packed:
            for name in ("a/work.py", "ü" * 120 + ".py"):
                entry = tarfile.TarInfo(name)
                entry.size, entry.pax_headers = 30, {"comment": "c" * 20}
                packed.addfile(entry, io.BytesIO(b"x" * 30))
    tar = tarred.getvalue()
    return zipped.getvalue(), tar, gzip.compress(tar), bz2.compress(tar), lzma.compress(tar)


TARGETS = (
    Target("frames", payloads, eat_frames, (), odd_performed),
    Target("judged", payloads, eat_judged, (WireError,), odd_performed),
    Target("keys", key_seeds, eat_keys, ()),
    Target("conversation", dialogues, eat_conversation, ()),
    Target("stream", streams, eat_stream, (WireError,)),
    Target("specification", specifications, eat_specification, ()),
    Target("source", specifications, eat_source, ()),
    Target("notebook", notebooks, eat_notebook, ()),
    Target("archive", archives, eat_archive, (ArchiveError,)),
)

# What readers of numbers, lengths and nesting stumble over.
_ODD = (
    *(
        bytes([byte])
        for byte in (0x00, 0x7F, 0x80, 0x90, 0xC0, 0xC1, 0xC4, 0xC9, 0xCA, 0xCB, 0xCF, 0xD3, 0xDD, 0xDF, 0xFF)
    ),
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff\xff\xff\xff\xff",
    b"\xdd\x7f\xff\xff\xff",
    b"\xcb\x7f\xf8\0\0\0\0\0\0",
    b"\xa4dict",
    b"\xa5array",
    b"\xa3int",
    b"\xa3<U4",
    b"\xa3<f8",
    b"\xa3|O8",
    b"\x92\xa4list\x91" * 40,
    b"[" * 500,
    b"{" * 500,
    b"&a *a ",
    b"!!python/name:os ",
    b": ",
    b"\n- ",
    b"\n  ",
    b"'\"",
    b"PK\x01\x02",
    b"PK\x05\x06",
    b"-1",
    b"1e999",
    b".nan",
    "\u202e\u2028\ufeff".encode(),
    b"\xed\xa0\x80",
)


def mutated(seed: bytes, chance: random.Random) -> bytes:
    """The bytes with a few things wrong with them."""
    data = bytearray(seed)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(7):
            case 0 if data:
                data[at % len(data)] = chance.randrange(256)
            case 1 if data:
                data[at % len(data)] ^= 1 << chance.randrange(8)
            case 2:
                data[at:at] = chance.choice(_ODD)
            case 3:
                odd = chance.choice(_ODD)
                data[at : at + len(odd)] = odd
            case 4:
                del data[at : at + chance.randrange(1, 20)]
            case 5:
                piece = data[at : at + chance.randrange(1, 60)]
                data[at:at] = piece * chance.choice((1, 2, 50))
            case 6:
                del data[at:]
    return bytes(data)


@dataclass
class _Tally:
    tried: Counter[str] = field(default_factory=Counter)
    accepted: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, str, bytes] = (0.0, "", b"")
    faults: list[tuple[str, bytes, str]] = field(default_factory=list)


class _TooLong(BaseException):
    """One input took longer than any may."""


def _inputs(target: Target, chance: random.Random) -> Iterator[bytes]:
    seeds = target.seeds()
    yield from seeds
    while True:
        if target.make is not None and chance.randrange(2):
            yield target.make(chance)
        elif chance.randrange(_EVERY_SEED) == 0:
            yield b"".join(chance.choice((*_ODD, chance.randbytes(4))) for _ in range(chance.randrange(40)))
        else:
            yield mutated(chance.choice(seeds), chance)


def _try(target: Target, data: bytes, tally: _Tally) -> None:
    begun = time.perf_counter()
    signal.setitimer(signal.ITIMER_REAL, TOO_LONG)
    try:
        target.eat(data)
        tally.accepted[target.name] += 1
    except target.ours:
        pass
    except (_TooLong, Exception):  # noqa: BLE001 — that is what is looked for
        tally.faults.append((target.name, data, traceback.format_exc()))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    tally.tried[target.name] += 1
    tally.slowest = max(tally.slowest, (time.perf_counter() - begun, target.name, data))


def _ring(number: int, frame: object) -> None:
    raise _TooLong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=None, help="to try the same inputs again")
    parser.add_argument("--keep", type=Path, default=None, help="a folder for inputs that found a fault")
    options = parser.parse_args()
    seed = random.SystemRandom().randrange(1 << 32) if options.seed is None else options.seed
    chance, tally = random.Random(seed), _Tally()
    key()  # before there are limits
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    signal.signal(signal.SIGALRM, _ring)
    inputs = {target.name: _inputs(target, chance) for target in TARGETS}
    before, end = _peak(), time.monotonic() + options.seconds
    while time.monotonic() < end:
        for target in TARGETS:
            _try(target, next(inputs[target.name]), tally)
    _report(tally, seed, before)
    if options.keep is not None:
        options.keep.mkdir(parents=True, exist_ok=True)
        for number, (name, data, _) in enumerate(tally.faults):
            (options.keep / f"{name}-{number}").write_bytes(data)
    sys.exit(1 if tally.faults else 0)


def _report(tally: _Tally, seed: int, before: int) -> None:
    print(f"{described()}; seed {seed}\n")
    for target in TARGETS:
        accepted = f", {tally.accepted[target.name]:,} of them accepted" if target.ours else ""
        print(f"{target.name:14} {tally.tried[target.name]:9,} inputs{accepted}")
    seconds, name, data = tally.slowest
    print(f"\nin all         {sum(tally.tried.values()):9,} inputs")
    print(f"slowest        {seconds * 1e3:9.1f} ms ({name}, {len(data):,} bytes)")
    print(f"peak memory    {_peak():9,} MiB ({before:,} before)")
    print(f"other faults   {len(tally.faults):9,}")
    for name, data, trace in tally.faults[:5]:
        print(f"\n{name}: {data[:200]!r}\n{trace}")


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


if __name__ == "__main__":
    main()
