"""What goes to a worker process, and what comes back from it: plain data that can be pickled. Loads no grading."""

from __future__ import annotations

import enum
import platform
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import final

import numpy as np

import grader
from grader.course.variant import ONLY, Variant
from grader.judge.result import Outcome
from grader.message import Message

__all__ = ["Environment", "Graded", "Job", "Judged", "Judging", "Refused", "Setup", "versions"]


@final
@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker process has to know before its first job.

    `answers`: the course's folder, or its answer keys themselves (`grading.pack`) where the worker may not see that.
    """

    answers: Path | bytes
    isolation: str
    variants: tuple[tuple[Variant, bytes], ...] = ()  # where these are no folder's: those of each


class Judging(enum.Enum):
    """Whose calls a submission is judged by: also those of equal functions of others, or its own alone."""

    SHARED = "shared"
    ALONE = "alone"


@final
@dataclass(frozen=True, slots=True)
class Job:
    """A submission: the digest of its files, and their names and contents, oldest first.

    It is judged on `exercises`. `keys` names all exercises of the assignment (the function of one is no near miss of
    another), each with the identity of the key that it is judged by.
    """

    digest: str
    files: tuple[tuple[str, bytes], ...]
    exercises: tuple[str, ...]
    keys: tuple[tuple[str, str], ...]
    judging: Judging = Judging.SHARED
    variant: Variant = ONLY


@final
@dataclass(frozen=True, slots=True)
class Environment:
    """What else than submission and key may decide a result."""

    grader: str
    python: str
    numpy: str
    isolation: str


@final
@dataclass(frozen=True, slots=True)
class Judged:
    """One exercise of a submission. `record` is all that is known of it (`classroom.record`).

    `remarks` are about the submission: files of it that could not be read.
    """

    exercise: str
    key: str
    outcome: Outcome
    points: Fraction
    max_points: Fraction
    undecided: Fraction
    remarks: tuple[Message, ...]
    record: bytes


@final
@dataclass(frozen=True, slots=True)
class Graded:
    """A job, done."""

    digest: str
    environment: Environment
    exercises: tuple[Judged, ...]
    judging: Judging = Judging.SHARED


@final
@dataclass(frozen=True, slots=True)
class Refused:
    """Why a worker will not grade; for people."""

    why: str


def versions() -> tuple[str, str, str]:
    """Of numgrade, Python and numpy, in this process."""
    return grader.__version__, platform.python_version(), np.__version__
