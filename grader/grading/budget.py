"""The budget of an exercise: what its author says, what its course says, and what its reference needs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from grader.course.key import LEAST_CALLS, Budget
from grader.errors import AuthorError
from grader.observe.wire import Limits

if TYPE_CHECKING:
    from grader.course.folder import Exercise
    from grader.course.model import CourseSpec

__all__ = ["budget_of", "limits_for"]

_USUAL: Final = 10.0  # seconds for all calls of an exercise
_SLOWER: Final = 5  # times as long as the reference that a submission may take
_STEPS: Final = (1, 2, 5, 10)  # so that the same exercise has the same budget, whatever the machine was doing


def limits_for(course: CourseSpec, exercise: Exercise) -> Limits:
    """What holds for each process that runs the exercise."""
    chosen = exercise.spec.limits.over(course.defaults.limits)
    usual = Limits()
    return Limits(chosen.call or usual.call, chosen.load or usual.load, chosen.memory or usual.memory)


def budget_of(course: CourseSpec, exercise: Exercise, took: float) -> Budget:
    """The budget that goes into the key, where the reference `took` so many seconds for all cases.

    Raises `AuthorError` where the time for all calls is written down and is too short for two calls, or for the
    reference. Where it is not, it is what both need, and at least ten seconds.
    """
    limits = limits_for(course, exercise)
    written = exercise.spec.limits.over(course.defaults.limits).exercise
    least, needed = LEAST_CALLS * limits.call, _rounded(_SLOWER * took)
    if written is None:
        return _budget(limits, max(_USUAL, least, needed))
    together = f"{_place(exercise)}: all calls of the exercise together have {written:g} s"
    if written < least:
        raise AuthorError(
            f"{together}, and one alone {limits.call:g} s; write `exercise: {least:g}` or more in its `limits:`"
        )
    if written < took:
        raise AuthorError(
            f"{together}, and the reference solution takes {took:.3g} s for all cases; "
            f"write `exercise: {needed:g}` in its `limits:`, or fewer cases"
        )
    return _budget(limits, written)


def _budget(limits: Limits, seconds: float) -> Budget:
    return Budget(limits.call, limits.load, limits.memory, seconds)


def _place(exercise: Exercise) -> str:
    limits = exercise.spec.limits
    keys = next((("limits", name) for name in ("exercise", "call") if getattr(limits, name) is not None), ())
    return exercise.where(*keys)


def _rounded(seconds: float) -> float:
    """Up to the next of 1, 2, 5, 10, 20, 50, …"""
    if seconds <= 0:
        return 0.0
    magnitude = 10.0 ** math.floor(math.log10(seconds))
    return next(step * magnitude for step in _STEPS if seconds <= step * magnitude)
