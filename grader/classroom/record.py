"""Results as the gradebook keeps them; also as versions before kept them, whose findings and remarks were sentences."""

from __future__ import annotations

import contextlib
import re
import zlib
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from typing import Final

import msgspec

from grader import codec
from grader.course.key import Comparison, Role
from grader.errors import GraderError, WireError
from grader.judge.messages import earlier
from grader.judge.messages.source import MISSING
from grader.judge.result import Evidence, ExerciseResult, Finding, Mismatch, Outcome, Result, Rule, TestResult
from grader.message import Message, Wording, verbatim
from grader.observation import Warned
from grader.values import Plain

__all__ = [
    "packed",
    "packed_reason",
    "packed_remarks",
    "packed_wording",
    "unpacked",
    "unpacked_reason",
    "unpacked_remarks",
    "unpacked_wording",
]

_QUICK: Final = 1  # of zlib: a record shrinks to a quarter in a fifth of a millisecond
_SMALL: Final = 16 << 10  # bytes of a record that is kept for others like it,
_MOST_KEPT: Final = 128  # and of how many
_SCHEMA: Final = 2


class _Record(msgspec.Struct, frozen=True):
    schema: int
    result: Result


def packed(result: Result) -> bytes:
    """A result, as it is kept. Raises `ValueTooLarge` where its values are too many together."""
    data = codec.to_bytes(_Record(_SCHEMA, result))
    return _compressed_again(data) if len(data) <= _SMALL else zlib.compress(data, _QUICK)


@lru_cache(maxsize=_MOST_KEPT)
def _compressed_again(data: bytes) -> bytes:
    """Most results of a class are like others."""
    return zlib.compress(data, _QUICK)


def unpacked(record: bytes) -> Result:
    """What `packed` made, or an older version of it. Raises `GraderError` for anything else."""
    data = zlib.decompress(record)
    with contextlib.suppress(WireError):
        kept = codec.decode(data, _Record)
        if kept.schema == _SCHEMA:
            return kept.result
    with contextlib.suppress(WireError):
        return _result(codec.decode(data, _OldResult))
    raise GraderError("a result in this gradebook cannot be read; a newer numgrade may have written it: use that one")


def packed_remarks(remarks: Iterable[Message]) -> str:
    """Remarks as one text; an empty one where there are none."""
    kept = list(remarks)
    return msgspec.json.encode(kept).decode() if kept else ""


def unpacked_remarks(text: str) -> tuple[Message, ...]:
    """What `packed_remarks` made; an older version kept sentences, one a line."""
    try:
        return msgspec.json.decode(text, type=tuple[Message, ...])
    except msgspec.DecodeError:
        return tuple(map(verbatim, text.splitlines()))


def packed_reason(reason: Wording) -> str:
    """Why a file is left out, as one text; sentences stay as they are, as in versions that kept nothing else."""
    return reason if isinstance(reason, str) else packed_wording(reason)


def unpacked_reason(text: str) -> Wording:
    """What `packed_reason` made."""
    with contextlib.suppress(msgspec.DecodeError):
        return msgspec.json.decode(text, type=Message)
    return text


def packed_wording(wording: Wording) -> str:
    """A title as one text, in all of its languages."""
    return msgspec.json.encode(wording).decode()


def unpacked_wording(text: str) -> Wording:
    """What `packed_wording` made."""
    return msgspec.json.decode(text, type=Wording)


# Schema 1, in which the first kept results were written. It is read for good: a course keeps its gradebooks.


class _OldFinding(msgspec.Struct, frozen=True):
    rule: Rule
    message: str
    diagnosis: str | None = None
    hint: str | None = None
    line: int | None = None
    column: int | None = None
    cell: int | None = None
    source_line: str | None = None


class _OldTest(msgspec.Struct, frozen=True):
    name: str
    index: int
    role: Role
    advice: bool
    outcome: Outcome
    points: Fraction
    max_points: Fraction
    call: str | None = None
    path: str | None = None
    expected: Plain | None = None
    actual: Plain | None = None
    mismatch: Mismatch | None = None
    stdout: str | None = None
    warnings: tuple[Warned, ...] = ()
    finding: _OldFinding | None = None
    compare: Comparison | None = None
    size: int = 0


class _OldExercise(msgspec.Struct, frozen=True):
    name: str
    title: str
    key: str
    file: str | None
    outcome: Outcome
    points: Fraction
    max_points: Fraction
    undecided_points: Fraction
    tests: tuple[_OldTest, ...]
    remarks: tuple[str, ...] = ()


class _OldResult(msgspec.Struct, frozen=True):
    exercises: tuple[_OldExercise, ...]
    isolation: str
    versions: dict[str, str]
    remarks: tuple[str, ...] = ()
    evidence: Evidence = Evidence()


# The sentences by which older versions knew what had happened.
_LEFT_OUT: Final = "it was left out."
_READ_ALL_THE_SAME: Final = "The rest of the file was read all the same."
_LOADED_ALL_THE_SAME: Final = "The rest of the file was loaded all the same."
_UNRUN: Final = (
    "Not tried, since two other calls of this exercise had to be ended.",
    "Not tried, since two other calls of this exercise had not finished in time.",
)
_UNCHANGED: Final = "The call should change"
_MISSING: Final = re.compile(r"`(\w+)` was not found\.")


def _fields(old: msgspec.Struct) -> dict[str, object]:
    return {name: getattr(old, name) for name in old.__struct_fields__}


def _result(old: _OldResult) -> Result:
    exercises = tuple(map(_exercise, old.exercises))
    return Result(**{**_fields(old), "exercises": exercises, "remarks": tuple(map(_remark, old.remarks))})  # type: ignore[arg-type]


def _exercise(old: _OldExercise) -> ExerciseResult:
    tests, remarks = tuple(map(_test, old.tests)), tuple(map(_remark, old.remarks))
    return ExerciseResult(**{**_fields(old), "tests": tests, "remarks": remarks})  # type: ignore[arg-type]


def _test(old: _OldTest) -> TestResult:
    finding = None if old.finding is None else _finding(old.finding)
    return TestResult(**{**_fields(old), "finding": finding})  # type: ignore[arg-type]


def _finding(old: _OldFinding) -> Finding:
    hint = None if old.hint is None else verbatim(old.hint)
    fields = _fields(old)
    message = _message(str(fields.pop("message")))
    return Finding(**{**fields, "hint": hint, "messages": (message,)})  # type: ignore[arg-type]


def _message(text: str) -> Message:
    if missing := _MISSING.fullmatch(text):
        return MISSING(name=missing[1])
    if text in _UNRUN:
        return earlier.UNRUN(text=text)
    return earlier.SHOULD_CHANGE(text=text) if _UNCHANGED in text else verbatim(text)


def _remark(text: str) -> Message:
    if text.endswith((_LEFT_OUT, _READ_ALL_THE_SAME)):
        return earlier.LEFT_OUT(text=text)
    return earlier.STATEMENT_FAILED(text=text) if text.endswith(_LOADED_ALL_THE_SAME) else verbatim(text)
