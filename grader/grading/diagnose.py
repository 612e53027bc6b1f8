"""The mutants of a reference that is at hand: each is asked for a case when that is needed, and its answer kept."""

from __future__ import annotations

import ast
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final, final

import msgspec

from grader import codec
from grader.course.expression_mutations import REPLACEMENT_FUNCTIONS
from grader.course.key import AnswerKey
from grader.course.mutants import Mutant, mutants, on_other_arguments
from grader.errors import NotJudged
from grader.grading.calls import calls_of, limits_of
from grader.judge.diagnosis_input import LEAST_EVIDENCE
from grader.judge.key_answers import wrong_answer
from grader.judge.mutants import UNKNOWN, Column, MistakeKind, MutantAnswers, column_of, packed, still_fitting
from grader.judge.recognise import acts_alike
from grader.judge.trial import Trial
from grader.memory_size import memory_size
from grader.observation import Observation, Status
from grader.observe.author_calls import perform_many
from grader.observe.wire import Block, Limits, Source

if TYPE_CHECKING:
    from grader.observe.observer import Observer
    from grader.observe.session import Session

__all__ = ["AskedMutants", "kind_of"]

_SECONDS: Final = 0.5  # that a call of a mutant may take,
_SLOWER: Final = 10  # or so many times as long as the reference takes here and now
_AT_ONCE: Final = 3.0  # seconds in which all mutants are asked for all cases, if that is enough
_FOR_ONE: Final = 20.0  # seconds that may be waited for what one submission needs
_FEW: Final = 3  # mutants that are left of many: probably those that the submission is like
_MOST_TIMEOUTS: Final = 8
_MOST_BYTES: Final = 32 << 20  # of what all mutants answer: whoever judges has it in memory
_TOLD_OTHERWISE: Final = frozenset({"printed"})  # what was printed is looked for without a mutant
_UNRUN: Final = Observation(Status.UNRUN)


@dataclass(frozen=True, slots=True, eq=False)
class _Observed:
    kind: MistakeKind
    answers: tuple[Observation, ...]


class _OutOfTimeError(Exception):
    pass


@final
class AskedMutants:
    """The mutants of a reference, and what they did on the cases of `key` as far as they were asked.

    The first submission that needs them waits for all of them, if that is quick. Those of a reference that trains a
    model would take minutes: then each is asked for only as many cases as it takes to tell it from the submission.

    They share a process, for they are the author's own code with one mutation each. After several that never end, no
    others are asked, and what takes more memory than is left for all together is not kept.

    Parameters
    ----------
    key, solution
        An answer key, and the text of its reference.
    observers
        Opens the observer for the author's code.
    known
        What they answered before, if that was kept.
    keep
        Called with all that is known, whenever that is more than before.
    """

    def __init__(
        self,
        key: AnswerKey,
        solution: str,
        observers: Callable[[], AbstractContextManager[Observer]],
        *,
        known: MutantAnswers | None = None,
        keep: Callable[[MutantAnswers], None] = lambda known: None,
    ) -> None:
        self._key = key
        self._solution = solution
        self._observers = observers
        self._keep = keep
        self._is_new = known is None
        self._known = self._nothing() if known is None else known
        self._timeouts = 0
        self._room = _MOST_BYTES - sum(map(len, self._known.columns))

    def fitting(self, key: AnswerKey, trials: Sequence[Trial]) -> list[MistakeKind]:
        """The kinds of those that did on every trial what the submission did; none where to find out takes too long."""
        before = self._known
        if self._is_new:
            self._is_new = False
            self._ask(self._unasked(), time.monotonic() + _AT_ONCE)
        column_of_left = partial(self._column, until=time.monotonic() + _FOR_ONE)
        found: list[int] = []
        with suppress(_OutOfTimeError):
            found = still_fitting(len(self._known.kinds), key, trials, column_of_left)
        self._keep_more_than(before)
        return [self._known.kinds[one] for one in found]

    def all(self) -> MutantAnswers:
        """What they did on all cases, for a place without a reference; only those by which somebody could be known."""
        before = self._known
        is_complete = self._ask(self._unasked(), float("inf"))
        self._keep_more_than(before)
        if not is_complete:  # its process was lost
            return MutantAnswers()
        cases = self._key.cases
        rows = zip(self._known.kinds, self._known.rows(), strict=True)
        asked = [
            _Observed(kind, answers)
            for kind, answers in rows
            if all(one.status is not Status.UNRUN or case.samples for one, case in zip(answers, cases, strict=True))
        ]
        found = list(_told_apart(self._key, asked))
        return packed([one.kind for one in found], [one.answers for one in found])

    def _keep_more_than(self, before: MutantAnswers) -> None:
        if self._known is not before:
            self._keep(self._known)

    @cached_property
    def _made(self) -> list[Mutant]:
        """None where the reference does not parse, or has no such function."""
        key = self._key
        try:
            made = [one for one in mutants(self._solution, key.function) if one.edit not in _TOLD_OTHERWISE]
            if key.function is not None:
                made += on_other_arguments(self._solution, key.function, key.parameters)
        except (LookupError, SyntaxError):
            return []
        return made

    def _nothing(self) -> MutantAnswers:
        """Nobody was asked yet; for a case of many samples, nobody will be."""
        kinds = tuple(map(kind_of, self._made))
        columns = (column_of([_UNRUN if case.samples else None] * len(kinds)) for case in self._key.cases)
        return MutantAnswers(kinds, tuple(map(codec.to_bytes, columns)))

    def _unasked(self) -> dict[int, list[int]]:
        """By mutant, the cases for which it was not asked."""
        columns = [self._known.column(number).places for number in range(len(self._known.columns))]
        unasked = {
            mutant: [number for number, places in enumerate(columns) if places[mutant] == UNKNOWN]
            for mutant in range(len(self._known.kinds))
        }
        return {mutant: numbers for mutant, numbers in unasked.items() if numbers}

    def _column(self, number: int, left: Sequence[int], *, until: float) -> Column:
        """A case, with what those that are left did on it. Raises `_OutOfTimeError`."""
        places = self._known.column(number).places
        unasked = {mutant: [number] for mutant in left if places[mutant] == UNKNOWN}
        if len(left) <= _FEW:  # they will be asked for the other cases too, and each time a process is started
            every = self._unasked()
            unasked = {mutant: every[mutant] for mutant in unasked}
        if unasked and not self._ask(unasked, until):
            raise _OutOfTimeError
        return self._known.column(number)

    def _ask(self, wanted: Mapping[int, Sequence[int]], until: float) -> bool:
        """Ask mutants for cases, up to a point in time; whether all could be asked."""
        if not wanted:
            return True
        found: dict[int, dict[int, Observation]] = {}  # by case and mutant
        mutated = (Source(f"mutant_{mutant}.py", (Block(self._made[mutant].source),)) for mutant in wanted)
        sources = [Source("reference.py", (Block(self._solution),)), *mutated]
        asked = 0
        with (
            suppress(NotJudged),
            self._observers() as observer,
            observer.session(sources, tell=(), packages=self._key.packages) as session,
        ):
            limits = self._limits(session, {number for numbers in wanted.values() for number in numbers})
            for place, (mutant, numbers) in enumerate(wanted.items(), 1):
                if time.monotonic() > until:
                    break
                for number, answer in zip(numbers, self._answers(session, place, numbers, limits), strict=True):
                    found.setdefault(number, {})[mutant] = answer
                asked += 1
        columns = list(self._known.columns)
        for number, answers in found.items():
            columns[number] = codec.to_bytes(column_of(_with(self._known.column(number), answers)))
        self._known = msgspec.structs.replace(self._known, columns=tuple(columns)) if found else self._known
        return asked == len(wanted)

    def _limits(self, session: Session, numbers: Collection[int]) -> Limits:
        """What holds for mutants: most that take far longer than the reference on these cases never end."""
        key, calls = self._key, calls_of(self._key)
        session.load(0, limits_of(key))
        slowest, begun = 0.0, time.monotonic()
        for _ in session.perform(0, [calls[number] for number in numbers], limits_of(key)):
            begun, before = time.monotonic(), begun
            slowest = max(slowest, begun - before)
        longest = min(max(_SECONDS, _SLOWER * slowest), key.budget.call)
        return Limits(call=longest, load=key.budget.load, memory=key.budget.memory)

    def _answers(self, session: Session, place: int, numbers: Sequence[int], limits: Limits) -> list[Observation]:
        """What the mutant at that place among the session's files does; `UNRUN` where it is not asked, or not kept."""
        key = self._key
        report = session.load(place, limits)
        if report.lost is not None or report.stops or self._timeouts > _MOST_TIMEOUTS:
            return [_UNRUN] * len(numbers)
        calls, answers = calls_of(key), list[Observation]()
        observed = perform_many(session, place, [calls[number] for number in numbers], limits)
        for number, one in zip(numbers, observed, strict=True):
            answer = wrong_answer(one, key.cases[number])
            weight = memory_size(answer.value.value) + memory_size(answer.changed.value)
            if weight > self._room:
                answers.append(_UNRUN)
                continue
            answers.append(answer)
            self._room -= weight
        self._timeouts += any(answer.status is Status.TIMED_OUT for answer in answers)
        return answers


def _with(column: Column, answers: Mapping[int, Observation]) -> list[Observation | None]:
    """What each mutant did on a case, with what some of them were found to do."""
    before = [None if place == UNKNOWN else column.answers[place] for place in column.places]
    return [answers.get(mutant, known) for mutant, known in enumerate(before)]


def kind_of(mutant: Mutant) -> MistakeKind:
    """All that is kept of a mutant, for students may be told it: nothing of the reference, be it a name or a number."""
    return MistakeKind(mutant.edit, _taken(mutant) if mutant.edit == "function" else "")


def _taken(mutant: Mutant) -> str:
    """The function that a mutant calls by mistake, `np.mean` or `mean`: its name alone, whatever it is a method of."""
    try:
        call = ast.parse(mutant.after, mode="eval").body
    except SyntaxError:
        return ""
    match call:
        case ast.Call(func=ast.Attribute(value=ast.Name("np"), attr=name)) if name in REPLACEMENT_FUNCTIONS:
            return f"np.{name}"
        case ast.Call(func=ast.Attribute(attr=name)) if name in REPLACEMENT_FUNCTIONS:
            return name
    return ""


def _told_apart(key: AnswerKey, observed: Iterable[_Observed]) -> Iterator[_Observed]:
    """Without those that give no evidence, and without the doubles of one kind."""
    kept: dict[MistakeKind, list[_Observed]] = {}
    for one in observed:
        like = kept.setdefault(one.kind, [])
        if _is_evidence(key, one) and not any(_alike(key, one, other) for other in like):
            like.append(one)
            yield one


def _is_evidence(key: AnswerKey, one: _Observed) -> bool:
    differing = (
        case
        for case, answer in zip(key.cases, one.answers, strict=True)
        if not case.advice and answer.status is Status.RETURNED and not acts_alike(key, case, case.expected, answer)
    )
    return sum(1 for _ in differing) >= LEAST_EVIDENCE


def _alike(key: AnswerKey, one: _Observed, other: _Observed) -> bool:
    return all(
        case.advice or acts_alike(key, case, answer, another)
        for case, answer, another in zip(key.cases, one.answers, other.answers, strict=True)
    )
