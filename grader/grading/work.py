"""The state of an exercise while a submission is graded, and which of its cases run in which round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import final

import msgspec

from grader.course.key import AnswerKey, Growth, Role
from grader.grading.calls import calls_of
from grader.grading.find import Found
from grader.grading.remaining_budget import RemainingBudget
from grader.judge.trial import Trial
from grader.message import Message
from grader.observe.wire import Call

__all__ = ["Work", "after_right_ones", "asked", "changed_in", "hidden", "is_wrong", "shown"]


@final
class Work(msgspec.Struct, frozen=True):
    """An exercise that the submission defines, so far: its own cases first, then those that only explain."""

    key: AnswerKey
    found: Found
    file: str | None
    remarks: tuple[Message, ...]
    remaining: RemainingBudget
    unmade: Mapping[str, Message] = msgspec.field(default_factory=dict)  # names whose line failed, and how
    own: tuple[Trial, ...] = ()
    practice: tuple[Trial, ...] = ()
    steps: Sequence[tuple[Growth, int]] | None = None
    smallest: Trial | None = None
    keeps_state: bool = False  # a call that is wrong after others is right in a new process

    @property
    def wants_practice(self) -> bool:
        """In a course, where something is wrong: the practice cases too, the smallest of which can be shown in full."""
        if self.key.public or not is_wrong(self):
            return False
        was_ended = any(trial.result.outcome.was_ended for trial in self.own)
        return not was_ended and not self.remaining.time_budget.is_half_spent

    def having(self, trials: Iterable[Trial]) -> Work:
        """The same with these as its own, by the numbers of their cases."""
        return msgspec.structs.replace(self, own=tuple(sorted(trials, key=lambda trial: trial.number)))


def shown(key: AnswerKey) -> list[int]:
    """The numbers of the cases that a student is shown in full."""
    return [number for number, case in enumerate(key.cases) if case.role is Role.EXAMPLE or key.public]


def hidden(key: AnswerKey) -> list[int]:
    return [number for number, case in enumerate(key.cases) if case.role is Role.HIDDEN and not key.public]


def asked(work: Work, numbers: Sequence[int]) -> list[tuple[int, Call]]:
    """The calls of those cases, with the file that they are of."""
    calls = calls_of(work.key)
    return [(work.found.file, calls[number]) for number in numbers]


def after_right_ones(work: Work) -> Trial | None:
    """A wrong call before which another was right: what stayed behind may be the reason.

    Best one of the same lines as the first, which was right, for others may be wrong in a new process too; then one
    that may be shown.
    """
    if not work.own or work.own[0].is_wrong or any(trial.result.outcome.was_ended for trial in work.own):
        return None
    later = [trial for trial in (*work.own[1:], *work.practice[1:]) if trial.is_wrong and not trial.case.advice]
    first = work.own[0].case.code
    return min(later, key=lambda one: (one.case.code != first, one.case.role is Role.HIDDEN), default=None)


def changed_in(work: Work) -> tuple[str, ...]:
    """The arguments that are not as they were after some call that counts."""
    changes = [trial.observation.changed.value for trial in work.own if not trial.case.advice]
    return tuple(dict.fromkeys(name for changed in changes if type(changed) is dict for name in changed))


def is_wrong(work: Work) -> bool:
    return any(trial.is_wrong and not trial.case.advice for trial in work.own)
