"""Why a submission is wrong, where that can be said for certain.

In this order, the first that does what the submission did on every scored (or practice) case: a misconception; a mutant
of the reference; a pattern in the results. Where all failures are errors, their kind is told instead. Two candidates of
one sort that fit equally well and say different things are both left unsaid; a pattern may then still be told, for it
only says what can be seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, final

import msgspec
import numpy as np

from grader.course.key import AnswerKey, Role
from grader.judge.diagnosis_input import LEAST_EVIDENCE
from grader.judge.messages import calls as messages
from grader.judge.messages import patterns
from grader.judge.messages.known import in_general
from grader.judge.messages.mutants import MUTANT
from grader.judge.mutants import MistakeKind, Mutants, said
from grader.judge.patterns import pattern
from grader.judge.plain_errors import PlainError, plain_error
from grader.judge.recognise import recognised
from grader.judge.result import Finding, Outcome, Rule, TestResult
from grader.judge.still_open import is_of_the_call
from grader.judge.trial import Trial
from grader.judge.wording import at_line, clean
from grader.judge.written_sizes import size_written_in
from grader.kinds.arrays import ARRAY
from grader.kinds.numbers import NUMBER
from grader.kinds.table import kind_of
from grader.message import Message, verbatim
from grader.observation import SlipKind, Status
from grader.observe.wire import Slip

__all__ = ["KEPT_STATE", "Diagnosis", "diagnosed", "explained"]

_NEVER_TOLD: Final = (Outcome.NOT_JUDGED, Outcome.NOT_ATTEMPTED, Outcome.MISSING, Outcome.UNDECIDED)
_SLIPS: Final = {  # what they are called, the surest first
    SlipKind.RETURN_IN_LOOP: "return_in_loop",
    SlipKind.DIVIDED_BY_ONE: "missing_brackets",
    SlipKind.TIMES_ONE: "missing_brackets",
    SlipKind.UNUSED: "unused_variable",
}
_ONLY_FIRST: Final = "only_first_"
_DTYPE: Final = f"{MUTANT}:dtype"
_IN_PLACE: Final = "in_place"
_CHANGING: Final = (f"{MUTANT}:{_IN_PLACE}", f"{MUTANT}:copy")
_ONE_ANSWER: Final = ("hard_coded", "constant_result")  # a mutant that gives it too is no evidence


@final
@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is wrong: a name for it, and what is said to the student (None where the finding says it already).

    `for_hidden` is said of hidden tests that have no hint of their own, where `says` is None.
    """

    id: str
    says: Message | None = None
    for_hidden: Message | None = None


KEPT_STATE: Final = Diagnosis("kept_state", messages.KEPT_STATE())


def diagnosed(
    key: AnswerKey,
    trials: Sequence[Trial],
    mutants: Callable[[AnswerKey], Mutants | None] = lambda key: None,
    *,
    slips: Sequence[Slip] = (),
) -> Diagnosis | None:
    """Why the submission is wrong; None where it is not, or where that cannot be said.

    Parameters
    ----------
    key
        With the answers of the author's misconceptions.
    trials
        The exercise's cases with what the submission did and what came of it, in the order of the key.
    mutants
        What small mistakes in the reference give. It is asked only where nothing else says why; where the reference is
        not at hand, it has none.
    slips
        Those of the function's text, of which the first kind is told where nothing else is known.

    Returns
    -------
    Diagnosis or None
        Only what at least two telling cases show alike (docs/diagnosis.md).
    """
    counted = [trial for trial in trials if not trial.case.advice and not trial.case.samples]
    wrong = [trial for trial in counted if trial.is_wrong]
    if not wrong or any(trial.result.outcome in _NEVER_TOLD for trial in wrong):
        return None
    written_in = size_written_in(wrong)
    if written_in is not None:
        return Diagnosis("size_hard_coded", written_in)
    if all(_raised(trial) for trial in wrong):
        return _of_errors(wrong, key)
    if sum(trial.is_evidence for trial in wrong) < LEAST_EVIDENCE:
        return None
    known = list({one.says: one for one in recognised(key.misconceptions, key, counted)}.values())
    if known:
        return Diagnosis(known[0].id, verbatim(known[0].says)) if len(known) == 1 else None
    found = pattern(key, counted)
    own = None if found is None else Diagnosis(found.id, found.says)
    if (found is not None and (found.says is None or found.id in _ONE_ANSWER)) or _is_one_number(wrong):
        return own
    plainer = None if found is None or found.is_vague else own
    known_mutants = mutants(key)
    fitting = known_mutants.fitting(key, counted) if known_mutants else []
    if not any(trial.observation.changed.value for trial in wrong):
        fitting = [one for one in fitting if one.edit != _IN_PLACE]  # the argument is a number: nothing is overwritten
    mutant = _of_mutants(fitting, plainer)
    if mutant is not None:
        return _left_to_findings(mutant, wrong)
    return _of_a_loop_left(own, slips) or own or _of_slips(slips)


def _of_a_loop_left(own: Diagnosis | None, slips: Sequence[Slip]) -> Diagnosis | None:
    """The `return` that ends a loop in its first turn, where only the first ones are right: that is why they are."""
    if own is None or not own.id.startswith(_ONLY_FIRST):
        return None
    return _of_slips([slip for slip in slips if slip.kind is SlipKind.RETURN_IN_LOOP])


def _left_to_findings(mutant: Diagnosis, wrong: Sequence[Trial]) -> Diagnosis:
    """Without words of its own where each finding tells the same more plainly: what kind is due, what was changed."""
    seen = {trial.result.finding.rule for trial in wrong if trial.result.finding is not None}
    is_told = (mutant.id == _DTYPE and seen <= {Rule.DTYPE, Rule.TYPE}) or (
        mutant.id in _CHANGING and Rule.CHANGED_ARGUMENT in seen
    )
    return Diagnosis(mutant.id, for_hidden=mutant.says) if is_told else mutant


def _of_slips(slips: Sequence[Slip]) -> Diagnosis | None:
    """What the function's text shows by itself."""
    first = min(slips, key=lambda slip: tuple(_SLIPS).index(slip.kind), default=None)
    if first is None:
        return None
    place = at_line(first.line, first.cell)
    if first.kind is SlipKind.UNUSED:
        name, instead = (clean(name, 60) for name in (*first.names, "", "")[:2])
        return Diagnosis(_SLIPS[first.kind], patterns.UNUSED(place=place, name=name, instead=instead))
    return Diagnosis(_SLIPS[first.kind], patterns.SLIPS[first.kind](place=place))


def _is_one_number(wrong: Sequence[Trial]) -> bool:
    """Whether nothing but one number came back wherever something is wrong: many mistakes do that."""
    numbers: set[float] = set()
    for trial in wrong:
        if kind_of(trial.observation.value.value) not in (NUMBER, ARRAY):
            return False
        numbers.update(np.unique(np.asarray(trial.observation.value.value))[:2].tolist())
    return len(numbers) < LEAST_EVIDENCE


def _of_mutants(fitting: Sequence[MistakeKind], own: Diagnosis | None) -> Diagnosis | None:
    """What all fitting mutants say alike. Where a pattern fits too, its words are the plainer ones."""
    found = {(one.edit, said(one.edit, one.detail)) for one in fitting}
    if len(found) > 1:
        found = {
            (edit, says) for edit, says in found if edit != "parameters"
        }  # another's sides, or arguments, are meant
    if {edit for edit, _ in found} == {"operands", "sign"}:
        found = {("sign", said("minus"))}  # two ways to turn one sign
    if len(found) != 1:
        return None
    edit, says = found.pop()
    return None if says is None else Diagnosis(f"{MUTANT}:{edit}", says if own is None else own.says)


def _raised(trial: Trial) -> bool:
    finding = trial.result.finding
    return trial.observation.status is Status.RAISED and finding is not None and finding.rule is Rule.RAISED


def _of_errors(wrong: Sequence[Trial], key: AnswerKey) -> Diagnosis | None:
    """The kind of error, where it is one and the same everywhere."""
    names = [parameter.name for parameter in key.parameters]
    plain = [_plain(trial, names) for trial in wrong]
    kinds = {one.id: one for one in plain if one is not None}
    if len(kinds) != 1 or None in plain:
        return None
    ((kind, one),) = kinds.items()
    return Diagnosis(kind, for_hidden=in_general(one.told))


def _plain(trial: Trial, names: Sequence[str]) -> PlainError | None:
    error = trial.observation.error
    if error is None or trial.case.expected.status is Status.RAISED or is_of_the_call(trial.case, error):
        return None
    return plain_error(error, names)


def explained(test: TestResult, diagnosis: Diagnosis) -> TestResult:
    """`test` with the diagnosis in its finding, if it is one that the diagnosis is about."""
    if test.advice or test.finding is None or test.outcome is Outcome.PASSED:
        return test
    hint = diagnosis.says or test.finding.hint
    if test.role is Role.HIDDEN:
        hint = hint or diagnosis.for_hidden
    return msgspec.structs.replace(test, finding=_named(test.finding, diagnosis, hint))


def _named(finding: Finding, diagnosis: Diagnosis, hint: Message | None) -> Finding:
    return msgspec.structs.replace(finding, diagnosis=diagnosis.id, hint=hint)
