"""Round-off error of a reference: how far its answers move when only the order or precision of arithmetic changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec
import numpy as np

from grader.course.key import AnswerKey, Case, Comparison, Dtype
from grader.grading.probe import Probe
from grader.judge.compare import compare
from grader.observation import Status
from grader.values import Value

__all__ = ["RoundOffViolation", "is_noise", "round_off_violations"]

_MARGIN: Final = 2.0
_VARIANTS: Final = {
    "computed with longdouble": "np.asarray({0}, dtype=np.longdouble)",
    "with its sums in the order of columns": "np.asfortranarray({0})",
    "with its sums in the opposite order": "np.ascontiguousarray({0}[..., ::-1])[..., ::-1]",
}
# Where a comparison is at its edge, one of the two leaves the answer as it is.
_NUDGES: Final = ("{0} * (1 + np.finfo(float).eps)", "{0} * (1 - np.finfo(float).eps)")


class RoundOffViolation(msgspec.Struct, frozen=True):
    """A test whose tolerance the reference would exceed by round-off alone, and the variant that showed it."""

    test: str
    variant: str


def round_off_violations(key: AnswerKey, cases: tuple[Case, ...], reference: Probe) -> Iterator[RoundOffViolation]:
    """The tests whose tolerance is less than twice the reference's own round-off error, each once.

    The error is estimated by computing the same call in other arithmetic: in longer precision, with arrays in column
    order, and with sums in the opposite order. None of these changes the exact result.
    """
    if key.function is None:
        return
    plain = [case for case in cases if case.code is None and case.holds is None and _returned(case)]
    told: set[str] = set()
    for variant, pattern in _VARIANTS.items():
        wide = [(case, code) for case in plain if (code := _code(key, case, pattern)) is not None]
        changed = [msgspec.structs.replace(case, code=code) for case, code in wide]
        for (case, _), seen in zip(wide, reference.observe(changed), strict=True):
            if seen.status is not Status.RETURNED or case.test in told:
                continue
            if (
                compare(case.expected.value.value, seen.value.value, _half(case.compare), key.returns_of(case))
                is not None
            ):
                told.add(case.test)
                yield RoundOffViolation(case.test, variant)


def is_noise(key: AnswerKey, case: Case, reference: Probe) -> bool:
    """Whether the reference's answer is of its own round-off: other arithmetic, or inputs that differ in the last
    place, whichever way, give another one. What differs there tells nothing.
    """
    if next(round_off_violations(key, (case,), reference), None) is not None:
        return True
    if key.function is None or case.code is not None or case.holds is not None or not _returned(case):
        return False
    codes = [_code(key, case, nudge) for nudge in _NUDGES]
    nudged = [msgspec.structs.replace(case, code=code) for code in codes if code is not None]
    answers = [seen for seen in reference.observe(nudged) if seen.status is Status.RETURNED]
    due = case.expected.value.value
    moved = [compare(due, seen.value.value, case.compare, key.returns_of(case)) is not None for seen in answers]
    return len(moved) == len(_NUDGES) and all(moved)


def _returned(case: Case) -> bool:
    return case.expected.status is Status.RETURNED


def _half(comparison: Comparison) -> Comparison:
    return Comparison(comparison.rtol / _MARGIN, comparison.atol / _MARGIN, Dtype.ANY)


def _code(key: AnswerKey, case: Case, pattern: str) -> str | None:
    """The call with each array of floats made over; None where there is none."""
    arguments: dict[str, Value] = case.arguments.value
    floats = [name for name, value in arguments.items() if _is_float_array(value)]
    if not floats:
        return None
    given = [f"{name}={pattern.format(name) if name in floats else name}" for name in arguments]
    return f"{key.function}({', '.join(given)})"


def _is_float_array(value: Value) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind == "f" and value.ndim > 0
