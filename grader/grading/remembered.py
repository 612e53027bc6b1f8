"""What was concluded from the same replies before: the result of a case, and why an exercise is wrong.

Both are functions of the replies and the answer key, where nothing that stands outside of a reply plays a part.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import is_
from typing import Final, NamedTuple, TypeAlias, TypeVar, final

from grader.course.key import AnswerKey, Case
from grader.grading.retained import Retained
from grader.grading.work import Work
from grader.judge.judge_case import judge_case
from grader.judge.result import TestResult
from grader.judge.trial import Trial
from grader.memory_size import memory_size
from grader.observation import Observation, Status
from grader.observe.replies import Notes, RememberedReplies
from grader.observe.wire import Definition
from grader.values import Opaque

__all__ = ["judged", "judged_trial", "judged_trials", "of_all_replies", "says_all", "says_all_with_its_output"]

_SMALL: Final = 8 << 10  # bytes

T = TypeVar("T")
_Conclusion: TypeAlias = tuple[AnswerKey, object, Sequence[Trial], T]


@final
class _Together(NamedTuple):
    """The trials of some cases of a key, of what was observed of them, and what they take (`Retained`)."""

    key: AnswerKey
    observations: tuple[Observation, ...]
    trials: tuple[Trial, ...]
    observed: int
    shown: int


def judged(
    case: Case,
    key: AnswerKey,
    observation: Observation,
    held: tuple[bool | None, ...] | None,
    definition: Definition | None,
    replies: RememberedReplies,
) -> TestResult:
    """The result of one case: as when the same reply came to it before, where that says all."""
    notes = replies.notes(observation) if says_all(case, observation, definition) else None
    known: tuple[Case, TestResult] | None = None if notes is None else notes.get(id(case))
    if known is not None and known[0] is case:
        return known[1]
    result = judge_case(case, key, observation, held, definition=definition)
    if notes is not None:
        notes[id(case)] = case, result
    return result


def judged_trial(
    work: Work, number: int, observation: Observation, held: tuple[bool | None, ...] | None, replies: RememberedReplies
) -> Trial:
    """The trial of a case: the very one that came of the same reply before, where that says all."""
    case, definition, answers = work.key.cases[number], work.found.definition, work.remaining.answers
    notes = replies.notes(observation) if says_all(case, observation, definition) else None
    known: Retained | None = None if notes is None else notes.get(("trial", id(case)))
    if known is not None and known.trial.case is case and answers.takes(known.observed, known.shown):
        return known.trial
    result = judged(case, work.key, observation, held, definition, replies)
    retained = answers.retained(number, case, observation, result)
    if notes is not None and retained.is_whole:
        notes["trial", id(case)] = retained
    return retained.trial


def judged_trials(
    work: Work, numbers: Sequence[int], observations: Sequence[Observation], replies: RememberedReplies
) -> tuple[Trial, ...]:
    """The trials of the cases of these numbers: the very ones that came of the same replies before, if all of them did.

    Nothing of these observations is for the author's code to say.
    """
    definition, answers = work.found.definition, work.remaining.answers
    every = [replies.notes(observation) for observation in observations]
    first = None if definition.blank or definition.unset or not every else every[0]
    name = "trials", id(work.key), *numbers
    known: _Together | None = None if first is None else first.get(name)
    is_known = known is not None and known.key is work.key and all(map(is_, known.observations, observations))
    if known is not None and is_known and answers.takes(known.observed, known.shown):
        return known.trials
    trials = tuple(
        judged_trial(work, number, observation, None, replies)
        for number, observation in zip(numbers, observations, strict=True)
    )
    retained = [one for one in map(_retained, every, trials) if one is not None]
    if first is not None and len(retained) == len(trials):
        observed, shown = sum(one.observed for one in retained), sum(one.shown for one in retained)
        first[name] = _Together(work.key, tuple(observations), trials, observed, shown)
    return trials


def _retained(notes: Notes | None, trial: Trial) -> Retained | None:
    """What is remembered of a reply for the case of this trial, where it is this very trial."""
    found: Retained | None = None if notes is None else notes.get(("trial", id(trial.case)))
    return found if found is not None and found.trial is trial else None


def says_all(case: Case, observation: Observation, definition: Definition | None) -> bool:
    """Whether the result hangs on nothing but the reply, of which what was printed is no part."""
    return not observation.printed and says_all_with_its_output(case, observation, definition)


def says_all_with_its_output(case: Case, observation: Observation, definition: Definition | None) -> bool:
    """Whether the result hangs on nothing but the reply and what was printed.

    It may hang on the author's conditions, and, of a stub, an exception or an object, on what the text of the function
    says.
    """
    return (
        case.holds is None
        and observation.status is Status.RETURNED
        and type(observation.value.value) is not Opaque
        and not (definition is not None and (definition.blank or definition.unset))
    )


def of_all_replies(
    key: AnswerKey,
    trials: Sequence[Trial],
    replies: RememberedReplies,
    conclude: Callable[[], T],
    *,
    beside: object = None,
) -> T:
    """What `conclude` makes of the trials of an exercise: now, or when each case had the same reply and result.

    `beside`: what else it looks at.
    """
    every = (replies.notes(one.observation) for one in trials)
    notes = next((one for one in every if one is not None), None)
    if notes is None or not all(_may_be_kept(one.observation, replies) for one in trials):
        return conclude()
    known: _Conclusion[T] | None = notes.get(("all", id(key)))
    if known is not None and known[0] is key and known[1] == beside and _are_alike(known[2], trials):
        return known[3]
    conclusion = conclude()
    notes["all", id(key)] = key, beside, trials, conclusion
    return conclusion


def _may_be_kept(observation: Observation, replies: RememberedReplies) -> bool:
    """Whether it is kept in any case, or takes little memory: an equal function's warnings, at the lines of here."""
    return not observation.printed and (
        replies.notes(observation) is not None
        or memory_size(observation.value.value) + memory_size(observation.changed.value) <= _SMALL
    )


def _are_alike(these: Sequence[Trial], those: Sequence[Trial]) -> bool:
    return len(these) == len(those) and all(
        one.case is other.case
        and _is_same_reply(one.observation, other.observation)
        and (one.result.outcome, one.result.finding) == (other.result.outcome, other.result.finding)
        for one, other in zip(these, those, strict=True)
    )


def _is_same_reply(one: Observation, other: Observation) -> bool:
    """Whether both are of the same reply, but for lines of warnings, of which nothing is concluded."""
    return one.value is other.value or (
        one.status is other.status is Status.RETURNED
        and one.value.value is other.value.value
        and one.changed is other.changed
    )
