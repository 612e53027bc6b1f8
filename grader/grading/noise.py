"""The noise of a reference: how its answers move when nothing but rounding changes."""

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

__all__ = ["Noise", "noise"]

_MARGIN: Final = 2.0
_WAYS: Final = {
    "computed with longdouble": "np.asarray({0}, dtype=np.longdouble)",
    "with its sums in the order of columns": "np.asfortranarray({0})",
    "with its sums in the opposite order": "np.ascontiguousarray({0}[..., ::-1])[..., ::-1]",
}


class Noise(msgspec.Struct, frozen=True):
    """A case whose tolerance the reference itself would break, and what was done to it."""

    test: str
    way: str


def noise(key: AnswerKey, cases: tuple[Case, ...], reference: Probe) -> Iterator[Noise]:
    """The cases whose tolerance is not twice as wide as the reference's own rounding, each once."""
    if key.function is None:
        return
    plain = [case for case in cases if case.code is None and case.holds is None and _returned(case)]
    told: set[str] = set()
    for way, pattern in _WAYS.items():
        wide = [(case, code) for case in plain if (code := _code(key, case, pattern)) is not None]
        changed = [msgspec.structs.replace(case, code=code) for case, code in wide]
        for (case, _), seen in zip(wide, reference.observe(changed), strict=True):
            if seen.status is not Status.RETURNED or case.test in told:
                continue
            if compare(case.expected.value.value, seen.value.value, _half(case.compare), key.returns) is not None:
                told.add(case.test)
                yield Noise(case.test, way)


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
