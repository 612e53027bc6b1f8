"""The smallest input on which a submission goes wrong in the same way: a failing case, made smaller while it lasts.

The reference says what is due on each input that is tried, in a process of its own. Only cases that a
student may see are made smaller, so that nothing of a hidden test can show.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, TypeAlias, final

import msgspec

from grader.course.key import AnswerKey, Case, Role
from grader.grading.expected import Expecting
from grader.grading.probe import is_usual
from grader.grading.shrink import Arguments, shrunk
from grader.judge.calls import with_calls
from grader.judge.result import Outcome, TestResult
from grader.judge.trial import Trial
from grader.observation import Observation, Status
from grader.values import Plain, fingerprint

__all__ = ["NAME", "Ask", "References", "smallest"]

Ask: TypeAlias = Callable[[Case], tuple[Observation, TestResult]]
References: TypeAlias = Callable[[AnswerKey], Expecting | None]

NAME: Final = "smallest failing input"
_SECONDS: Final = 2.0  # a safety: what is found should not hang on how busy the machine is
_ATTEMPTS: Final = 120
_ENDED_WELL: Final = (Status.RETURNED, Status.RAISED)
_TOLD: Final = (Outcome.FAILED, Outcome.ERRORED)


def smallest(key: AnswerKey, trials: Sequence[Trial], ask: Ask, references: References) -> Trial | None:
    """The first failing case that is visible, made smaller; None where there is none, or none that is smaller.

    `ask` puts a case to the submission. What does not end well ends the search, and so does its time.
    """
    visible = [trial for trial in trials if trial.case.role is not Role.HIDDEN and _can_shrink(trial)]
    if not visible:
        return None
    first = min(visible, key=lambda trial: trial.case.size)
    expecting = references(key)
    if expecting is None:
        return None
    with expecting as reference:
        search = _Search(first, ask, reference)
        arguments = shrunk(
            first.case.arguments.value,
            key.parameters,
            search.shows,
            attempts=_ATTEMPTS,
            domain=first.case.domain,
            redraw=partial(reference.drawn, first.case),
        )
        if fingerprint(arguments) == fingerprint(first.case.arguments.value) or search.has_failed:
            return None
        (case,) = with_calls(msgspec.structs.replace(key, cases=(search.case(arguments),))).cases
        case = reference.of(case)
    observation, result = ask(case)
    return Trial(first.number, case, observation, result) if search.is_alike(observation, result) else None


def _can_shrink(trial: Trial) -> bool:
    return (
        not trial.case.advice
        and trial.case.holds is None
        and trial.result.outcome in _TOLD
        and trial.observation.status in _ENDED_WELL
        and trial.case.expected.status is Status.RETURNED
    )


@final
class _Search:
    """One failing case and what is like it."""

    def __init__(self, first: Trial, ask: Ask, reference: Expecting) -> None:
        self._first = first
        self._ask = ask
        self._reference = reference
        self._until = time.monotonic() + _SECONDS
        self.has_failed = False

    def case(self, arguments: Arguments) -> Case:
        return msgspec.structs.replace(
            self._first.case, test=NAME, index=1, role=Role.PRACTICE, hint=None, arguments=Plain(arguments)
        )

    def shows(self, arguments: Arguments) -> bool:
        """Whether the submission goes wrong with these arguments as it did, where the reference is at home."""
        if self.has_failed or time.monotonic() > self._until:
            return False
        case = self.case(arguments)
        if not self._reference.fulfils(case):
            return False
        case = self._reference.of(case)
        if not is_usual(case.expected):
            return False
        observation, result = self._ask(case)
        self.has_failed = observation.status not in _ENDED_WELL
        return self.is_alike(observation, result)

    def is_alike(self, observation: Observation, result: TestResult) -> bool:
        was, now = self._first.result.finding, result.finding
        if result.outcome is not self._first.result.outcome or was is None or now is None:
            return False
        return (was.rule, _error(self._first.observation)) == (now.rule, _error(observation))


def _error(observation: Observation) -> tuple[str, int | None]:
    error = observation.error
    return ("", None) if error is None else (error.type, error.line)
