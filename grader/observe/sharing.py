"""Shared calls: what equal functions of other submissions did with the same arguments.

Two functions are equal where they compile to the same with all that they reach (`grader.observe.reach`). Nothing of
such a function can tell one file from another, and no call leaves anything for the next, so that what a call does hangs
on that code, the arguments, the seed and the limits alone. Places are brought to the lines and cells of the file at
hand; where these do not correspond one to one, the call is made. Everything is judged anew.

Never shared: a call that did not end by itself, that took long, left a thread, tells an address, or counted its steps.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby, takewhile
from pathlib import PurePosixPath
from typing import Final, NamedTuple, TypeAlias, final

import numpy as np

from grader.identity_cache import IdentityCache
from grader.memory_size import memory_size
from grader.observation import Observation, Status
from grader.observe.equal_functions import Function, Places, has_place
from grader.observe.loads import LoadReport
from grader.observe.replies import RememberedReplies
from grader.observe.session import Session
from grader.observe.shareable_syntax import MODULES
from grader.observe.shared_calls import Answer, Asked, Concluded, SharedCalls
from grader.observe.time_budget import TimeBudget
from grader.observe.wire import Call, FileFacts, Limits, Source
from grader.values import Value, fingerprint

__all__ = ["AnySession", "Conclusion", "FileCall", "Sharing", "SharingSession"]

_OVERHEAD: Final = 1 << 10  # bytes of an answer beside what is in it
_LONG: Final = 0.25  # of the time for a call: what takes longer might be ended another time
_MODULES: Final = frozenset(name.partition(".")[0] for name in MODULES) | {"__main__"}
_ADDRESS: Final = " at 0x"
_SIZE: Final = "shareable size"  # by which it is noted beside a reply
_NUMBERS: Final = (bool, int, float, complex, np.number, np.bool_)
_OF_NAMES: Final = ("NameError", "UnboundLocalError")  # which tell of near names, those of the whole file

FileCall: TypeAlias = tuple[int, str | None]  # a function of a file, by the file's number and its own name


@final
class Conclusion(NamedTuple):
    """What followed from the calls of an equal function. `placed`: an observation of that one at the places of here.

    That is None where a place does not correspond to one here.
    """

    value: object
    placed: Callable[[Observation], Observation | None]


@final
class SharingSession:
    """A session whose calls are only made where no equal function is known to have been called so.

    `submission` is what the session's files are known by. They must say what they reach.
    """

    def __init__(self, session: Session, sources: Sequence[Source], shared: SharedCalls, submission: str) -> None:
        self._session = session
        self._sources = sources
        self._shared = shared
        self._submission = submission
        self._is_allowed = all(facts.reached for facts in session.facts) and not any(map(_hides_module, sources))
        self._sound: set[int] = set()  # files that were loaded, and of which nothing failed
        self._functions: dict[tuple[int, str], Function | None] = {}
        self._places: dict[tuple[int, bytes], Places] = {}
        self._taken_from: dict[tuple[int, str], str] = {}

    @property
    def facts(self) -> tuple[FileFacts, ...]:
        return self._session.facts

    @property
    def replies(self) -> RememberedReplies:
        return self._session.replies

    def load(self, index: int, limits: Limits) -> LoadReport:
        """As that of `Session`; what can be known from the text is not done before a call has to be made."""
        names = self.facts[index].callables
        if names is not None and self._is_allowed:
            self._sound.add(index)
            return LoadReport(names=names)
        report = self._session.load(index, limits)
        if not report.faults and not report.stops and report.lost is None:
            self._sound.add(index)
        return report

    def renew(self) -> None:
        self._session.renew()

    def concluded(self, call: FileCall, name: object, time_budget: TimeBudget) -> Conclusion | None:
        """What was noted under that name of an equal function of another submission; None where nothing was.

        The time that its calls took is charged as if they had been made. Where there is no time for them, nothing is
        known.
        """
        function = self._function(*call)
        if function is None:
            return None
        found: Concluded | None = (self._shared.notes(function) or {}).get(name)
        if found is None or found.submission == self._submission:
            return None
        if time_budget.has_hung_twice or time_budget.left <= found.seconds:
            return None
        time_budget.charge(found.seconds)
        self._taken_from.setdefault((call[0], call[1] or ""), found.submission)
        return Conclusion(found.conclusion, partial(self._placed, call[0], found.origin, function))

    def conclude(self, call: FileCall, name: object, conclusion: object, *, seconds: float, size: int) -> None:
        """Note what follows from all that a function did in so many seconds; it takes so many bytes."""
        function = self._function(*call)
        if function is not None:
            concluded = Concluded(conclusion, function, self._submission, seconds)
            self._shared.note(function, name, concluded, size)

    def taken_from(self, index: int, function: str | None) -> str | None:
        """The submission that a file's function was first called for, where not all of its calls were made."""
        return None if function is None else self._taken_from.get((index, function))

    def perform(
        self,
        index: int,
        calls: Iterable[Call],
        limits: Limits,
        *,
        time_budget: TimeBudget | None = None,
        then: Iterable[Sequence[tuple[int, Call]]] = (),
    ) -> Iterator[Observation]:
        """As that of `Session`: one observation for each call."""
        time_budget, calls = time_budget or TimeBudget(), list(calls)
        is_new = self._is_new(index, calls)
        known = [(call, None if is_new else self._recalled(index, call, limits)) for call in calls]
        then = () if any(answer for _, answer in known) else (self._unknown(coming, limits) for coming in then)
        for is_unknown, run in groupby(known, lambda pair: pair[1] is None):
            if is_unknown:
                yield from self._made(index, [call for call, _ in run], limits, time_budget, then)
            else:
                for call, answer in run:
                    assert answer is not None
                    yield from self._taken(index, call, answer, limits, time_budget)

    def _is_new(self, index: int, calls: Sequence[Call]) -> bool:
        """Whether it is plain that none of the calls is known: they are of one function, of which nothing is."""
        names = {call.function for call in calls}
        function = self._function(index, names.pop()) if len(names) == 1 else None
        return function is not None and not self._shared.knows(function)

    def _unknown(self, calls: Sequence[tuple[int, Call]], limits: Limits) -> Sequence[tuple[int, Call]]:
        """Those at the beginning that will have to be made."""
        if len({index for index, _ in calls}) == 1 and self._is_new(calls[0][0], [call for _, call in calls]):
            return calls
        return list(takewhile(lambda asked: self._recalled(*asked, limits) is None, calls))

    def _taken(
        self, index: int, call: Call, answer: Answer, limits: Limits, time_budget: TimeBudget
    ) -> Iterator[Observation]:
        """An answer that is known, unless no call would be made any more."""
        if time_budget.has_hung_twice or time_budget.is_spent:
            yield from self._session.perform(index, [call], limits, time_budget=time_budget)
            return
        time_budget.charge(answer.seconds)
        self._taken_from.setdefault((index, call.function or ""), answer.submission)
        yield answer.observation

    def _made(
        self,
        index: int,
        calls: Sequence[Call],
        limits: Limits,
        time_budget: TimeBudget,
        then: Iterable[Sequence[tuple[int, Call]]],
    ) -> Iterator[Observation]:
        observations = self._session.perform(index, calls, limits, time_budget=time_budget, then=then)
        for call in calls:
            before = time_budget.spent
            observation = next(observations)
            seconds = time_budget.spent - before
            function = self._function(index, call.function)
            if function is not None and seconds <= _LONG * limits.call and _is_of_shared_kind(call):
                size = self._shareable_size(observation)
                if size is not None:
                    answer = Answer(observation, self._submission, seconds)
                    self._shared.keep(function, _asked(call, limits), answer, size)
            yield observation
        yield from observations  # so that it comes to its end

    def _shareable_size(self, observation: Observation) -> int | None:
        """About how many bytes it takes; None where it must not be shared. Looked at once for each reply."""
        if observation.exit_status is not None:
            return None
        notes = None if observation.printed else self.replies.notes(observation)  # what is printed is not in the reply
        if notes is not None and _SIZE in notes:
            size: int | None = notes[_SIZE]
            return size
        size = _OVERHEAD + _size_of(observation) if _is_shareable(observation) else None
        if notes is not None:
            notes[_SIZE] = size
        return size

    def _recalled(self, index: int, call: Call, limits: Limits) -> Answer | None:
        """What an equal function of another submission did, told of the places of this one."""
        function = self._function(index, call.function)
        if function is None or not self._shared.knows(function) or not _is_of_shared_kind(call):
            return None
        known = self._shared.get(function, _asked(call, limits))
        if known is None or known[1].submission == self._submission:
            return None
        there, answer = known
        if not has_place(answer.observation):
            return answer
        observation = self._placed(index, there, function, answer.observation)
        return None if observation is None else Answer(observation, answer.submission, answer.seconds)

    def _placed(self, index: int, there: Function, here: Function, observation: Observation) -> Observation | None:
        """What was observed there, at the places of here; None where one of them has no single place here."""
        return self._places_of(index, there, here).observation(observation)

    def _places_of(self, index: int, there: Function, here: Function) -> Places:
        place = index, here.digest
        known = self._places.get(place)
        if known is None or known.there is not there:
            known = self._places[place] = Places(there, here)
        return known

    def keeps_nothing(self, index: int, call: Call) -> bool:
        """As that of `Session`: what may be shared leaves nothing behind."""
        return _is_of_shared_kind(call) and self._function(index, call.function) is not None

    def _function(self, index: int, name: str | None) -> Function | None:
        """What is called by that name, where that may be shared."""
        if name is None or index not in self._sound or not self._is_allowed:
            return None
        place = index, name
        if place not in self._functions:
            self._functions[place] = Function.of(name, self.facts[index], self._sources[index])
        return self._functions[place]


AnySession: TypeAlias = Session | SharingSession


@final
@dataclass(frozen=True, slots=True)
class Sharing:
    """What is known of other submissions, and what the one at hand is known by."""

    calls: SharedCalls
    submission: str

    def over(self, session: Session, sources: Sequence[Source]) -> SharingSession:
        """A session, which must say what its files reach, that makes only the calls that are not known."""
        return SharingSession(session, sources, self.calls, self.submission)


def _is_of_shared_kind(call: Call) -> bool:
    return call.is_plain and not call.counted


def _is_shareable(observation: Observation) -> bool:
    """Whether it ended by itself, and tells nothing but what was computed."""
    error = observation.error
    texts = [observation.printed, *(one.message for one in observation.warnings)]
    texts += [] if error is None else [error.message]
    return (
        observation.status in (Status.RETURNED, Status.RAISED)
        and not observation.threads
        and (error is None or error.type not in _OF_NAMES)
        and not any(_ADDRESS in text for text in texts)
        and not _tells_address(observation.value.value)
        and not (observation.changed.value and _tells_address(observation.changed.value))
    )


def _tells_address(value: Value) -> bool:
    """Whether a text in it says where something lies in memory, as that of a function does."""
    if value is None or isinstance(value, _NUMBERS) or (type(value) is np.ndarray and value.dtype.kind in "biufc"):
        return False
    data = fingerprint(value)
    return any(_ADDRESS.encode(encoding) in data for encoding in ("utf-8", "utf-32-le"))


def _hides_module(source: Source) -> bool:
    """Whether an import in one of the files would find this one in place of Python's or numpy's."""
    return any(part.partition(".")[0] in _MODULES for part in PurePosixPath(source.name).parts)


def _asked(call: Call, limits: Limits) -> Asked:
    return _contents.of(call), limits.call, limits.memory


def _contents_of(call: Call) -> bytes:
    """A digest of what a call is: equal for calls that are made anew."""
    rest = (call.function, call.seed, call.keywords, call.size_limit.bytes, call.size_limit.parts)
    return hashlib.sha256(repr(rest).encode() + fingerprint(call.arguments.value)).digest()


_contents: Final = IdentityCache(_contents_of, most=8192)


def _size_of(observation: Observation) -> int:
    error = observation.error
    texts = len(observation.printed) + (0 if error is None else len(error.message) + len(error.source_line))
    texts += sum(len(one.message) for one in observation.warnings)
    return texts + memory_size(observation.value.value) + memory_size(observation.changed.value)
