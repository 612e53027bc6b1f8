"""A size that is written in, by the shapes that arrays could not be given: what fits one input fails the others."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, final

import numpy as np

from grader.judge.diagnosis_input import LEAST_EVIDENCE
from grader.judge.messages import patterns
from grader.judge.trial import Trial
from grader.message import Message
from grader.observation import Status

__all__ = ["size_written_in"]

_RESHAPE: Final = re.compile(r"cannot reshape array of size (\d{1,9}) into shape (\([-\w, ]*\))")
_LITERAL: Final = re.compile(r"(?<![\w.\]])(?:[2-9]|[1-9]\d{1,4})(?![\w.\]])")


@final
@dataclass(frozen=True, slots=True)
class _Failure:
    """An array that could not be given a shape: its size, the shape in words, its lengths that are known."""

    size: int
    shape: str
    lengths: tuple[int, ...]
    line: str

    @property
    def has_free_axis(self) -> bool:
        """Whether one length was left open; numpy writes that as -1, as newaxis, or, at the front, not at all."""
        hidden = len(self.lengths) == 1 and "," not in self.shape
        return hidden or "newaxis" in self.shape or "-1" in self.shape


def size_written_in(wrong: Sequence[Trial]) -> Message | None:
    """What is to be said of it; None where it is not certain."""
    failures = list(_failures(wrong))
    raised = [trial for trial in wrong if trial.observation.status is Status.RAISED]
    if len(failures) != len(raised) or len(failures) < LEAST_EVIDENCE or len({one.line for one in failures}) != 1:
        return None
    if not all(_keeps_all(trial) for trial in wrong if trial.observation.status is not Status.RAISED):
        return None
    fitting = [literal for literal in _literals(failures[0].line) if _is_to_blame(literal, failures)]
    if fitting:
        return patterns.SIZE_FOR_SOME_IS(number=fitting[0]) if len(set(fitting)) == 1 else patterns.SIZE_FOR_SOME()
    sizes, shapes = {one.size for one in failures}, {one.shape for one in failures}
    is_one_shape = len(sizes) > 1 and len(shapes) == 1 and not failures[0].has_free_axis
    return patterns.SHAPE_WRITTEN_IN() if is_one_shape else None


def _failures(wrong: Sequence[Trial]) -> Iterator[_Failure]:
    for trial in wrong:
        error = trial.observation.error
        match = None if error is None else _RESHAPE.search(error.message)
        if error is not None and match is not None:
            lengths = tuple(int(number) for number in re.findall(r"(?<![-\d])\d{1,9}", match[2]))
            yield _Failure(int(match[1]), match[2], lengths, error.source_line)


def _keeps_all(trial: Trial) -> bool:
    """Whether all the numbers that were expected came back, in whatever shape."""
    due, came = trial.case.expected.value.value, trial.observation.value.value
    return isinstance(due, np.ndarray) and isinstance(came, np.ndarray) and due.size == came.size


def _literals(line: str) -> list[int]:
    return [int(match) for match in _LITERAL.findall(line)]


def _is_to_blame(literal: int, failures: Sequence[_Failure]) -> bool:
    """Whether with other numbers in its place each array would have had its shape, and not with one for all."""
    needed = set()
    for one in failures:
        places = math.prod(one.lengths)
        if not places or places % literal or (one.has_free_axis and places != literal):
            return False
        if not one.has_free_axis:
            if one.size * literal % places:
                return False
            needed.add(one.size * literal // places)
    return len(needed) > 1 or (not needed and len({one.size for one in failures}) > 1)
