"""Whether an answer is wrong beyond doubt, where nobody is to be told why: most answers of mutants are."""

from __future__ import annotations

import numpy as np

from grader.course.key import AnswerKey, Case
from grader.course.signature import Kind, Leaf
from grader.course.tree import bare
from grader.judge.elements import is_far, surely_differ
from grader.observation import Observation, Status

__all__ = ["surely_wrong"]


def surely_wrong(case: Case, key: AnswerKey, observation: Observation) -> bool:
    """Whether `judge_case` would call it failed for its value. Where it is not so, nothing is known yet."""
    if observation.status is not Status.RETURNED or case.expected.status is not Status.RETURNED:
        return False
    due, came = case.expected.value.value, observation.value.value
    is_array, is_number = type(due) is type(came) is np.ndarray, isinstance(due, float) and isinstance(came, float)
    if not (is_array or is_number) or case.samples or case.holds is not None or not _is_compared(key, case):
        return False
    return surely_differ(due, came, case.compare) if is_array else is_far(float(due), float(came), case.compare)


def _is_compared(key: AnswerKey, case: Case) -> bool:
    signature = bare(key.returns_of(case))
    return isinstance(signature, Leaf) and signature.kind is not Kind.OPAQUE
