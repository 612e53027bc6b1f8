"""The trials of a function that is equal to that of another submission: taken as they are, in one step.

What equal functions do is the same (`grader.observe.sharing`), and what is judged of it hangs on nothing else, but for
a few kinds of cases (`grader.grading.remembered`). These are judged anew. Of what is taken, warnings tell a place in
the file: they are brought to the lines of the file at hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, TypeAlias, cast

import msgspec

from grader.grading.remembered import says_all_with_its_output
from grader.grading.work import Work
from grader.judge.trial import Trial
from grader.observation import Status

if TYPE_CHECKING:
    from grader.observe.sharing import AnySession, Conclusion

__all__ = ["remember_trials", "remembered_trials"]

_Trials: TypeAlias = dict[int, Trial]  # by the numbers of their cases

_OVERHEAD: Final = 1 << 10  # bytes of a trial beside the values in it
# Bytes of all trials of a function in a round: so few that none is without its values, and that nobody is charged for.
_LARGEST: Final = 64 << 10
_ENDED_BY_ITSELF: Final = frozenset({Status.RETURNED, Status.RAISED})


def remembered_trials(work: Work, numbers: Sequence[int], session: AnySession) -> _Trials:
    """Those of an equal function on the cases of these numbers, as far as they say all; none where nothing is known.

    None for a stub: what is blank or never set is read from the text, and lines that never run are no part of the code.
    """
    definition = work.found.definition
    if definition.blank or definition.unset:
        return {}
    place = (work.found.file, work.key.function)
    found = session.concluded(place, (work.key.id, *numbers), work.remaining.time_budget)
    if found is None:
        return {}
    here = {number: _placed(trial, found) for number, trial in cast("_Trials", found.value).items()}
    return {number: trial for number, trial in here.items() if trial is not None}


def _placed(trial: Trial, found: Conclusion) -> Trial | None:
    """The trial at the places of here; None where one of its warnings has no single place here."""
    if not trial.observation.warnings:
        return trial
    observation = found.placed(trial.observation)
    if observation is None:
        return None
    if observation.warnings == trial.observation.warnings:
        return trial
    result = msgspec.structs.replace(trial.result, warnings=observation.warnings)
    return msgspec.structs.replace(trial, observation=observation, result=result)


def remember_trials(work: Work, trials: Sequence[Trial], session: AnySession, *, seconds: float, size: int) -> None:
    """Keep all that can be, for equal functions: where every call ended by itself.

    `seconds`: of all calls together. `size`: bytes of what is retained of them.
    """
    if work.key.accept or any(trial.observation.status not in _ENDED_BY_ITSELF for trial in trials):
        return
    kept = {trial.number: trial for trial in trials if _is_the_same_elsewhere(work, trial)}
    size += _OVERHEAD * len(trials)
    if kept and size <= _LARGEST:
        place, name = (work.found.file, work.key.function), (work.key.id, *(trial.number for trial in trials))
        session.conclude(place, name, kept, seconds=seconds, size=size)


def _is_the_same_elsewhere(work: Work, trial: Trial) -> bool:
    is_whole = trial.result.warnings == trial.observation.warnings
    return is_whole and says_all_with_its_output(trial.case, trial.observation, work.found.definition)
