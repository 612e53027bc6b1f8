"""The answers of a reference's mutants, stored by case: the first case alone rules out most mutants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from grader import codec
from grader.course.key import AnswerKey
from grader.judge.diagnosis_input import LEAST_EVIDENCE, Trial
from grader.judge.messages import mutants as messages
from grader.judge.recognise import acts_alike
from grader.message import Message
from grader.observation import Observation

__all__ = ["MUTANT", "MistakeKind", "MutantAnswers", "packed", "said"]

MUTANT: Final = "mutant"  # the diagnosis is this and the kind of mistake


class _Column(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What every mutant did on one case."""

    answers: tuple[Observation, ...]


class MistakeKind(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A mutant's kind of mistake, and the function that is taken by mistake, where it is about one: names, no code."""

    edit: str
    detail: str = ""


class MutantAnswers(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """The mutants of one exercise that a submission could be recognised by; `columns` has a payload for each case."""

    kinds: tuple[MistakeKind, ...] = ()
    columns: tuple[bytes, ...] = ()

    def rows(self) -> list[tuple[Observation, ...]]:
        """What each mutant did, case by case."""
        return list(zip(*(codec.decode(column, _Column).answers for column in self.columns), strict=True))

    def fitting(self, key: AnswerKey, trials: Sequence[Trial]) -> list[MistakeKind]:
        """The kinds of those that did on every trial what the submission did."""
        if sum(trial.is_evidence for trial in trials) < LEAST_EVIDENCE:
            return []
        left = list(range(len(self.kinds)))
        for trial in sorted(trials, key=lambda trial: not trial.is_evidence):
            if not left:
                break
            answers = codec.decode(self.columns[trial.number], _Column).answers
            left = [one for one in left if acts_alike(key, trial.case, answers[one], trial.observation)]
        return [self.kinds[one] for one in left]


def packed(kinds: Sequence[MistakeKind], answers: Sequence[Sequence[Observation]]) -> MutantAnswers:
    """`answers`: for each mutant, one for each case of the key."""
    columns = (_Column(tuple(column)) for column in zip(*answers, strict=True))
    return MutantAnswers(tuple(kinds), tuple(codec.to_bytes(column) for column in columns))


def said(edit: str, detail: str = "") -> Message | None:
    """What is said of a mistake. `detail`: the name of the function that it takes; None of kinds that have no words."""
    if edit == "function":
        return messages.FUNCTION(name=detail) if detail else messages.ANOTHER_FUNCTION()
    kind = messages.KINDS.get(edit)
    return None if kind is None else kind()
