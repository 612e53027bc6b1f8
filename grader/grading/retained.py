"""The answers that are retained once they are judged: every finding, and values as long as there is memory for them."""

from __future__ import annotations

from typing import Final, final

import msgspec

from grader.course.key import Case
from grader.judge.result import TestResult
from grader.judge.trial import Trial
from grader.memory_size import memory_size, own_copy
from grader.observation import Observation
from grader.values import Opaque, Plain

__all__ = ["Retained", "RetainedAnswers"]

_NO_LONGER: Final = Plain(Opaque("value", "not kept"))
_TEXT: Final = 4  # bytes of a character, at most
_WARNING: Final = 200  # bytes of a warning without its texts


@final
class Retained(msgspec.Struct, frozen=True):
    """A trial, with the bytes of the values that diagnoses rest on and of those that reports show.

    `is_whole`: there was room for all of them.
    """

    trial: Trial
    observed: int
    shown: int
    is_whole: bool


@final
class RetainedAnswers:
    """The answers to one exercise: `observed` bytes of what diagnoses rest on, `shown` bytes of what reports show."""

    def __init__(self, observed: int, shown: int) -> None:
        self._observed = observed
        self._shown = shown
        self._granted = observed + shown
        self.has_refused = False  # for want of room

    @property
    def taken(self) -> int:
        """Bytes of what is retained."""
        return self._granted - self._observed - self._shown

    def trial(self, number: int, case: Case, observation: Observation, result: TestResult) -> Trial:
        """A case that was judged, without the values that there is no room for. Its finding stays."""
        return self.retained(number, case, observation, result).trial

    def again(self, trial: Trial) -> Trial:
        """One that was judged apart from these, as far as there is room for it here."""
        return self.trial(trial.number, trial.case, trial.observation, trial.result)

    def retained(self, number: int, case: Case, observation: Observation, result: TestResult) -> Retained:
        """The same, with what it takes."""
        observed, shown = self._observed, self._shown
        trial = Trial(number, case, self._observation(observation), self._result(result))
        is_whole = trial.observation is observation and (trial.result.actual is None) is (result.actual is None)
        return Retained(trial, observed - self._observed, shown - self._shown, is_whole)

    def takes(self, observed: int, shown: int) -> bool:
        """Whether there is room for so much that was retained before, for another submission; it is taken then."""
        if observed > self._observed or shown > self._shown:
            return False
        self._observed -= observed
        self._shown -= shown
        return True

    def _observation(self, observation: Observation) -> Observation:
        size = memory_size(observation.value.value) + memory_size(observation.changed.value) + _texts(observation)
        if size > self._observed:
            self.has_refused = True
            changed = observation.changed.value
            names = Plain(dict.fromkeys(changed, _NO_LONGER.value) if type(changed) is dict else {})
            return msgspec.structs.replace(observation, value=_NO_LONGER, changed=names, printed="", warnings=())
        self._observed -= size
        return observation

    def _result(self, result: TestResult) -> TestResult:
        size = memory_size(result.actual.value) if result.actual is not None else 0
        size += _TEXT * len(result.stdout or "") + sum(_WARNING + _TEXT * len(one.message) for one in result.warnings)
        if size > self._shown:
            self.has_refused = True
            return msgspec.structs.replace(result, actual=None, expected=None, stdout=None, warnings=())
        self._shown -= size
        if result.actual is None:
            return result
        return msgspec.structs.replace(result, actual=Plain(own_copy(result.actual.value)))


def _texts(observation: Observation) -> int:
    """Bytes of all that was said in words."""
    said = len(observation.printed) + sum(len(one.message) + len(one.category) for one in observation.warnings)
    return _TEXT * said + _WARNING * len(observation.warnings)
