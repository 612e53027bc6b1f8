"""The answers of a reference's mutants, stored by case: the first case alone rules out most mutants."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from typing import Final, Protocol

import msgspec

from grader import codec
from grader.course.key import AnswerKey
from grader.errors import WireError
from grader.identity_cache import IdentityCache
from grader.judge.diagnosis_input import LEAST_EVIDENCE
from grader.judge.messages import mutants as messages
from grader.judge.recognise import acts_alike
from grader.judge.trial import Trial
from grader.message import Message
from grader.observation import Observation
from grader.values import fingerprint

__all__ = [
    "UNKNOWN",
    "Column",
    "MistakeKind",
    "MutantAnswers",
    "Mutants",
    "column_of",
    "packed",
    "said",
    "still_fitting",
]

UNKNOWN: Final = -1  # in a column, the place of a mutant that was not asked
_MOST_BYTES: Final = 64 << 20
_MOST_COLUMNS: Final = 64  # that are kept as they were read


class Column(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What the mutants did on one case: most do what the reference does, or what others do.

    `which` are the numbers of each one's answer, or `UNKNOWN`; where there are none, each has its own.
    """

    answers: tuple[Observation, ...]
    which: tuple[int, ...] = ()

    @property
    def places(self) -> Sequence[int]:
        """Where in `answers` that of each mutant stands."""
        return self.which or range(len(self.answers))


class MistakeKind(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A mutant's kind of mistake, and the function that is taken by mistake, where it is about one: names, no code."""

    edit: str
    detail: str = ""


class MutantAnswers(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """The mutants of one exercise that a submission could be recognised by; `columns` has a payload for each case.

    In handouts the payloads are compressed: their arrays are small, and stand far apart.
    """

    kinds: tuple[MistakeKind, ...] = ()
    columns: tuple[bytes, ...] = ()
    is_compressed: bool = False

    def rows(self) -> list[tuple[Observation, ...]]:
        """What each mutant did, case by case, where every one was asked."""
        columns = list(map(self.column, range(len(self.columns))))
        return list(zip(*([one.answers[place] for place in one.places] for one in columns), strict=True))

    def fitting(self, key: AnswerKey, trials: Sequence[Trial]) -> list[MistakeKind]:
        """The kinds of those that did on every trial what the submission did."""
        found = still_fitting(len(self.kinds), key, trials, lambda number, left: self.column(number))
        return [self.kinds[one] for one in found]

    def compressed(self) -> MutantAnswers:
        """The same in less space."""
        return self if self.is_compressed else MutantAnswers(self.kinds, tuple(map(zlib.compress, self.columns)), True)

    def column(self, number: int) -> Column:
        """What they did on one case."""
        return (_compressed_columns if self.is_compressed else _columns).of(self.columns[number])


class Mutants(Protocol):
    """The mutants of a reference, by which wrong work is recognised."""

    def fitting(self, key: AnswerKey, trials: Sequence[Trial]) -> list[MistakeKind]:
        """The kinds of those that did on every trial what the submission did."""
        ...


def still_fitting(
    count: int, key: AnswerKey, trials: Sequence[Trial], column_of: Callable[[int, Sequence[int]], Column]
) -> list[int]:
    """The numbers of those of `count` mutants that did on every trial what the submission did.

    The trials that tell most come first: after one or two of them few mutants are left. `column_of` a case is asked for
    those that are left; the others need not be in it. None where fewer than two values came back that are not the
    reference's.
    """
    if sum(trial.is_evidence for trial in trials) < LEAST_EVIDENCE:
        return []
    left = list(range(count))
    for trial in sorted(trials, key=lambda trial: not trial.is_evidence):
        if not left:
            break
        column = column_of(trial.number, left)
        places = column.places
        alike = {
            place: place != UNKNOWN and acts_alike(key, trial.case, column.answers[place], trial.observation)
            for place in {places[one] for one in left}
        }
        left = [one for one in left if alike[places[one]]]
    return left


def _read(payload: bytes) -> Column:
    return codec.decode(payload, Column)


def _expanded(payload: bytes) -> bytes:
    """Raises `WireError` where it is damaged, or far more than all mutants together may answer."""
    expander = zlib.decompressobj()
    try:
        found = expander.decompress(payload, _MOST_BYTES)
    except zlib.error as error:
        raise WireError(f"answers that do not expand: {error}") from None
    if not expander.eof:
        raise WireError("answers cut short, or too large")
    return found


# Of a class, many submissions to one exercise come one after the other, and ask for the same few columns.
_columns: Final[IdentityCache[bytes, Column]] = IdentityCache(_read, most=_MOST_COLUMNS)
_compressed_columns: Final[IdentityCache[bytes, Column]] = IdentityCache(
    lambda payload: _read(_expanded(payload)), most=_MOST_COLUMNS
)


def packed(kinds: Sequence[MistakeKind], answers: Sequence[Sequence[Observation]]) -> MutantAnswers:
    """`answers`: for each mutant, one for each case of the key."""
    return MutantAnswers(
        tuple(kinds), tuple(codec.to_bytes(column_of(column)) for column in zip(*answers, strict=True))
    )


def column_of(answers: Sequence[Observation | None]) -> Column:
    """`answers`: of each mutant its own; None of those that were not asked."""
    known: dict[tuple[object, ...], int] = {}
    distinct: list[Observation] = []
    which: list[int] = []
    for answer in answers:
        if answer is None:
            which.append(UNKNOWN)
            continue
        told = (
            answer.status,
            fingerprint(answer.value.value),
            fingerprint(answer.changed.value),
            answer.error,
            answer.printed,
        )
        if told not in known:
            known[told] = len(distinct)
            distinct.append(answer)
        which.append(known[told])
    return Column(tuple(distinct), tuple(which) if len(distinct) < len(answers) else ())


def said(edit: str, detail: str = "") -> Message | None:
    """What is said of a mistake. `detail`: the name of the function that it takes; None of kinds that have no words."""
    if edit == "function":
        return messages.FUNCTION(name=detail) if detail else messages.ANOTHER_FUNCTION()
    kind = messages.KINDS.get(edit)
    return None if kind is None else kind()
