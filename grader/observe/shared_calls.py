"""What calls of shared functions did, and what was concluded from it, within a bounded memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias, final

from grader.observation import Observation
from grader.observe.equal_functions import Function, has_place

__all__ = ["Answer", "Asked", "Concluded", "SharedCalls"]

_ROOM: Final = 3 << 20  # bytes, as far as one can tell
_LARGEST: Final = 256 << 10  # of one answer, and of all that is known of equal functions before another

Asked: TypeAlias = tuple[bytes, float, int]  # a call, with the seconds and the memory that it may take


@final
@dataclass(frozen=True, slots=True)
class Answer:
    """What a call did, of which submission, and in how many seconds."""

    observation: Observation
    submission: str
    seconds: float


@final
@dataclass(frozen=True, slots=True)
class Concluded:
    """What followed from the calls of a function, of which submission, and in how many seconds these were made.

    What says a place is said of `origin`.
    """

    conclusion: object
    origin: Function
    submission: str
    seconds: float


@final
@dataclass(slots=True)
class _Known:
    """What is known of equal functions. What says a place is said of `origin`."""

    origin: Function
    answers: dict[Asked, Answer] = field(default_factory=dict)
    notes: dict[object, Concluded] = field(default_factory=dict)
    size: int = 0


@final
class SharedCalls:
    """What shared functions did, for one observer. Not for several threads at a time."""

    def __init__(self, room: int = _ROOM) -> None:
        self._left = room
        self._functions: OrderedDict[bytes, _Known] = OrderedDict()

    def knows(self, function: Function) -> bool:
        """Whether anything is known of an equal function, other than of this very one."""
        known = self._functions.get(function.digest)
        return known is not None and known.origin is not function

    def get(self, function: Function, asked: Asked) -> tuple[Function, Answer] | None:
        """What an equal function did, and in whose places it is told."""
        known = self._functions.get(function.digest)
        if known is None or asked not in known.answers:
            return None
        self._functions.move_to_end(function.digest)
        return known.origin, known.answers[asked]

    def keep(self, function: Function, asked: Asked, answer: Answer, size: int) -> None:
        """Keep an answer, of so many bytes, for equal functions that come.

        Not where its places are others than those of what is known already.
        """
        known = self._functions.get(function.digest) or _Known(function, size=function.size)
        if asked in known.answers or (has_place(answer.observation) and known.origin is not function):
            return
        if size > _LARGEST or known.size > _LARGEST:
            return
        self._left -= 0 if known.answers else known.size
        known.answers[asked] = answer
        self._functions[function.digest] = known
        self._take(function, size)

    def notes(self, function: Function) -> Mapping[object, Concluded] | None:
        """What was concluded of equal functions; None where nothing is known of any."""
        known = self._functions.get(function.digest)
        return None if known is None else known.notes

    def note(self, function: Function, name: object, conclusion: Concluded, size: int) -> None:
        """Keep a conclusion, of so many bytes, as long as what the function did is kept."""
        known = self._functions.get(function.digest)
        if known is not None and known.size + size <= _LARGEST:
            known.notes[name] = conclusion
            self._take(function, size + (0 if known.origin is function else function.size))

    def _take(self, function: Function, size: int) -> None:
        """Take so much room for what is known of it; what was of use least lately has to go for that."""
        self._functions[function.digest].size += size
        self._left -= size
        self._functions.move_to_end(function.digest)
        while self._left < 0 and self._functions:
            _, oldest = self._functions.popitem(last=False)
            self._left += oldest.size
