"""A trial: one call of a submission, and what came of it."""

from __future__ import annotations

from typing import final

import msgspec

from grader.course.key import Case
from grader.judge.result import Outcome, TestResult
from grader.observation import Observation, Status

__all__ = ["Trial"]


@final
class Trial(msgspec.Struct, frozen=True, eq=False):
    """One call of a submission. `number` is that of its case in the key."""

    number: int
    case: Case
    observation: Observation
    result: TestResult

    @property
    def is_wrong(self) -> bool:
        return self.result.outcome is not Outcome.PASSED

    @property
    def is_evidence(self) -> bool:
        """Whether something other than the reference's answer came back."""
        return self.observation.status is Status.RETURNED and self.result.outcome is Outcome.FAILED
