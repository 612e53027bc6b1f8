"""The calls of a round, made together: of functions that keep nothing from call to call, many with one message.

What such a function does hangs on no call before (`grader.observe.reach`), so that it makes no difference whether one
was made twice, or never. An answer that does not come in time, or that tells of more than a value, an exception and
what was printed, is no answer: from then on the calls are made one by one, and all that is said of hangs, crashes and
memory is said of calls that were.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from functools import partial
from itertools import accumulate, chain, islice, takewhile, tee
from time import monotonic
from typing import Final, NamedTuple, TypeAlias, final

from grader.codec import encode, to_bytes
from grader.observation import Observation
from grader.observe.conversation import Conversation
from grader.observe.time_budget import TimeBudget
from grader.observe.wire import Call, FileFacts, MakeTogether

__all__ = ["FileCall", "Later", "Round", "Rounds", "patience"]

FileCall: TypeAlias = tuple[int, Call]  # a call, with its file

_MOST: Final = 64  # calls with one message,
_MOST_BYTES: Final = 128 << 10  # and so many bytes
_ROOM: Final = 1 << 20  # bytes of rounds that are kept as they are sent
_PATIENCE: Final = 0.25  # seconds that a round is waited for, or
_SHARE: Final = 0.25  # that part of the time for a call: what takes longer might be ended


def patience(call: float) -> float:
    """Seconds to wait for a round, where each call may take so many, before its calls are made one by one."""
    return min(_PATIENCE, _SHARE * call)


@final
class Round(NamedTuple):
    """Calls of one file, one after the other, and the message that asks for them."""

    source: int
    calls: tuple[Call, ...]
    payload: bytes


@final
class Later:
    """The calls of each exercise to come, looked at only where that is of use, and no further: there may be many."""

    def __init__(self, exercises: Iterable[Sequence[FileCall]]) -> None:
        (self._exercises,) = tee(exercises, 1)  # of which each copy begins anew

    def __iter__(self) -> Iterator[FileCall]:
        return chain.from_iterable(copy(self._exercises))

    @property
    def first(self) -> Sequence[FileCall]:
        """Those of the next exercise."""
        return next(copy(self._exercises), ())


@final
class Rounds:
    """What the calls of one submission did that were made together, until they are asked for.

    `are_made`: whether its calls are to be made so at all.
    """

    def __init__(self, files: Sequence[FileFacts]) -> None:
        self._functions = [frozenset(facts.keep_nothing) for facts in files]
        self.are_made = bool(files) and all(self._functions)  # else some file may do more than compute
        self._answers: dict[tuple[int, int], tuple[Call, Observation, float]] = {}  # the call keeps its identity

    def to_ask(self, waiting: Sequence[FileCall], later: Later) -> Round | None:
        """The calls to make now, none of which is known; None where the first of `waiting` is to be made by itself."""
        source = waiting[0][0]
        following = (call for _, call in takewhile(lambda asked: asked[0] == source, chain(waiting, later)))
        unknown = (call for call in following if (source, id(call)) not in self._answers)
        first = tuple(islice(takewhile(partial(self._may_be_in_one, source), unknown), _MOST))
        asked = _packed_rounds.get(source, first) if len(first) > 1 else None
        return asked if asked is not None and len(asked.calls) > 1 else None

    def _may_be_in_one(self, source: int, call: Call) -> bool:
        """Whether its function keeps nothing, plain arguments go in, and nothing but what comes back counts."""
        return call.function in self._functions[source] and call.is_plain and not call.counted

    def made(self, asked: Round, child: Conversation, *, seconds: float) -> list[Observation]:
        """Have a child make a round, within so many seconds, and keep what its first calls did."""
        start = monotonic()
        observations = child.round(asked.payload, asked.calls, seconds)
        share = (monotonic() - start) / max(1, len(observations))
        for call, observation in zip(asked.calls, observations, strict=False):
            self._answers[asked.source, id(call)] = call, observation, share
        return observations

    def take(self, source: int, call: Call, time_budget: TimeBudget) -> Observation | None:
        """What a call did, for its part of the time; it is asked for once."""
        found = self._answers.pop((source, id(call)), None)
        if found is None:
            return None
        _, observation, seconds = found
        time_budget.charge(seconds)
        return observation

    def forget(self) -> None:
        self._answers.clear()


@final
class _PackedRounds:
    """Rounds as they are sent, packed once for a whole class. Several threads may use it: one may be packed twice."""

    def __init__(self) -> None:
        self._left = _ROOM
        self._known: OrderedDict[tuple[int, ...], tuple[tuple[Call, ...], Round]] = OrderedDict()

    def get(self, source: int, calls: tuple[Call, ...]) -> Round:
        """That of the first of `calls`, whose identity stands for them; they are kept alive for that."""
        name = source, *map(id, calls)
        known = self._known.get(name)
        if known is not None:
            return known[1]
        made = _packed(source, calls)
        if len(made.calls) > 1:  # of no others does anything come, and they would be kept for ever
            self._known[name] = calls, made
            self._left -= len(made.payload)
            while self._left < 0:
                self._left += len(self._known.popitem(last=False)[1][1].payload)
        return made


_packed_rounds: Final = _PackedRounds()


def _packed(source: int, calls: tuple[Call, ...]) -> Round:
    sizes = accumulate(sum(map(len, encode(MakeTogether(source, (call,))))) for call in calls)
    first = calls[: sum(size <= _MOST_BYTES for size in sizes)]
    return Round(source, first, to_bytes(MakeTogether(source, first)) if len(first) > 1 else b"")
