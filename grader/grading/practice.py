"""Practice: cases that only explain why an exercise is wrong, the smallest of which a student is shown in full.

What is shown in full never comes from a process that has seen a hidden input: it could be carried out that way. So
practice has a process of its own, after the hidden cases, or it comes before them. It comes before them where an
example is wrong already and no call of the function changes what another does: then a submission needs one process.
Whatever comes of that counts only when the hidden cases are judged, and takes nothing from their time and their room.
Where one of them runs out of memory they are tried again in a new process: what practice has used may not be free yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Final, final

import msgspec

from grader.course.key import AnswerKey, Case, Role
from grader.grading.accepted import judged_in_form
from grader.grading.author_code import LastingAuthors
from grader.grading.calls import call_of, limits_of, size_limit_of
from grader.grading.protocol import Answers
from grader.grading.trials import trials
from grader.grading.work import Work, asked
from grader.judge.result import Outcome, TestResult
from grader.judge.trial import Trial
from grader.observation import Observation
from grader.observe.observer import Observer

if TYPE_CHECKING:
    from grader.grading.expected import Expecting
    from grader.observe.sharing import AnySession

__all__ = ["Practice"]

_OF_MEMORY: Final = (Outcome.OUT_OF_MEMORY, Outcome.CRASHED)  # which may come of too little of it
_SECONDS: Final = 0.25  # that it may take before the hidden cases: what takes longer is done again after them


@final
class Practice:
    """That of one submission, in its session."""

    def __init__(self, session: AnySession, observer: Observer, answers: Answers, authors: LastingAuthors) -> None:
        self._session = session
        self._observer = observer
        self._answers = answers
        self._authors = authors
        self._early: dict[str, Work] = {}  # by exercise
        self._came_early = False

    def before_hidden(self, work: Work) -> Work:
        """The work as it is. Where its examples are wrong, practice is tried, if that can change nothing."""
        self._early.pop(work.key.name, None)
        calls = asked(work, _numbers(work.key)) if work.wants_practice else []
        if calls and all(self._session.keeps_nothing(*call) for call in calls):
            self._came_early = True
            try:
                self._try_early(work)
            except Exception:  # noqa: BLE001 — it is done again after the hidden cases, and its failure said
                self._session.renew()  # a call may still be under way
        return work

    def _try_early(self, work: Work) -> None:
        remaining = work.remaining.apart(_SECONDS)
        early = self._tried(msgspec.structs.replace(work, remaining=remaining))
        was_ended = any(trial.result.outcome.was_ended for trial in early.practice)
        if not (was_ended or remaining.time_budget.is_spent or remaining.time_budget.has_hung_twice):
            self._early[work.key.name] = early

    def may_have_cost(self, work: Work) -> bool:
        """Whether hidden cases may have lacked memory that was not given back after practice in their process."""
        return self._came_early and any(trial.result.outcome in _OF_MEMORY for trial in work.own)

    def needs_process(self, works: Sequence[Work]) -> bool:
        """Whether some of it is left to do, in a process that has seen nothing hidden."""
        return any(work.wants_practice and work.key.name not in self._early for work in works)

    def of(self, work: Work) -> Work:
        """The work with its practice, if that is wanted."""
        early = self._early.pop(work.key.name, None)
        if not work.wants_practice:
            return work
        if early is None:
            return self._tried(work)
        work.remaining.time_budget.charge(early.remaining.time_budget.spent)
        retained = work.remaining.answers.again
        practice, smallest = tuple(map(retained, early.practice)), early.smallest and retained(early.smallest)
        return msgspec.structs.replace(work, practice=practice, smallest=smallest)

    def _tried(self, work: Work) -> Work:
        numbers = _numbers(work.key)
        practice = trials(work, numbers, session=self._session, authors=self._authors)
        work = msgspec.structs.replace(work, practice=practice)
        return msgspec.structs.replace(work, smallest=self._smallest(work))

    def _smallest(self, work: Work) -> Trial | None:
        """A failing case that may be shown, made smaller, where there is a reference to ask."""
        key, file, definition = work.key, work.found.file, work.found.definition

        def ask(case: Case) -> tuple[Observation, TestResult]:
            call = call_of(case, key.function, key.parameters, size_limit_of(key))
            answered = self._session.perform(file, [call], limits_of(key), time_budget=work.remaining.time_budget)
            return judged_in_form(key, case, next(iter(answered)), authors, definition)

        try:
            from grader.grading.smallest import smallest

            with self._authors() if key.accept else nullcontext(self._observer) as authors:
                found = smallest(key, [*work.own, *work.practice], ask, self._reference)
            return found and work.remaining.answers.again(found)
        except Exception:  # noqa: BLE001 — what only explains a result must never cost it
            return None

    def _reference(self, key: AnswerKey) -> Expecting | None:
        """The reference, in a process of its own beside the submission's."""
        from grader.grading.expected import expecting

        solution = self._answers.solution(key)
        return None if solution is None else expecting(key, solution, self._observer)


def _numbers(key: AnswerKey) -> list[int]:
    return [number for number, case in enumerate(key.cases) if case.role is Role.PRACTICE and not case.advice]
