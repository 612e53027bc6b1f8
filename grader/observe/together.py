"""Many calls with one message, and what they do in one answer.

Those that come again for one source after another are kept by the child, so that each is sent once, however many
sources it is made of. That is for an author's own code: a submission is sent a call when it is to make it
(`grader.observe.rounds`), and never has one to look at later.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, final

import msgspec

from grader.codec import decode, encode
from grader.errors import WireError
from grader.observation import Observation, Status
from grader.observe.frame import Piece
from grader.observe.output import KEPT_OUTPUT
from grader.observe.replies import RememberedReplies
from grader.observe.wire import Call, MadeTogether, MakeTogether, Performed
from grader.size_limit import SizeLimit

__all__ = ["MANY", "MOST_BYTES", "QUICK", "TOGETHER_LIMIT", "KeptCalls", "is_plain", "may_be_kept", "plain_answers"]

MANY: Final = 32  # calls with one message
QUICK: Final = 0.02  # seconds after which a child makes no more of them before it answers
MOST_BYTES: Final = 256 << 10  # of answers in one message, and of one that may be in it
TOGETHER_LIMIT: Final = SizeLimit(2 * MOST_BYTES, 1_000)
_MOST_KEPT: Final = 4_096
_KEPT_BYTES: Final = 16 << 20
_SHARE: Final = 16  # one part in so many, at the most, of the memory that a child may take
_BY_THEMSELVES: Final = (Status.RETURNED, Status.RAISED)


def may_be_kept(call: Call) -> bool:
    """Whether nothing but a value comes of it, and that at once."""
    return not (call.samples or call.each or call.printed or call.counted)


def is_plain(observation: Observation) -> bool:
    """Whether a call gave a value or raised, and did nothing else that counts."""
    return observation.status in _BY_THEMSELVES and observation.is_quiet


@final
class KeptCalls:
    """The calls that one child keeps, by their identity. `memory`: bytes that it may take for all it does."""

    def __init__(self, memory: int) -> None:
        self._room = min(_KEPT_BYTES, memory // _SHARE)
        self._numbers: dict[int, int] = {}
        self._calls: list[Call] = []  # kept alive, so that no other call gets the identity of one of them
        self._bytes = 0

    def request(self, source: int, calls: Sequence[Call]) -> list[Piece] | None:
        """What asks for these calls of that source; None where the child would have to keep too much."""
        new = [call for number, call in {id(call): call for call in calls}.items() if number not in self._numbers]
        if len(self._calls) + len(new) > _MOST_KEPT:
            return None
        numbers = self._numbers | {id(call): number for number, call in enumerate(new, len(self._calls))}
        payload = encode(MakeTogether(source, tuple(new), tuple(numbers[id(call)] for call in calls)))
        size = sum(map(len, payload)) if new else 0
        if self._bytes + size > self._room:
            return None
        self._numbers, self._bytes = numbers, self._bytes + size
        self._calls += new
        return payload


def plain_answers(calls: Sequence[Call], made: MadeTogether, replies: RememberedReplies) -> list[Observation]:
    """What the calls did, up to the first that may have done more than return a value, raise or print.

    Raises `WireError` where that is not what was asked for.
    """
    found = []
    for place, (call, payload) in enumerate(zip(calls, made.answers, strict=False)):
        answer = replies.performed(payload, call.size_limit, _performed)
        if answer.number is not None:
            raise WireError("an answer to another question")
        observation: Observation = answer.observation
        printed = made.printed.get(place, "")
        if not is_plain(observation) or len(printed.encode()) > KEPT_OUTPUT:
            break
        found.append(msgspec.structs.replace(observation, printed=printed) if printed else observation)
    return found


def _performed(payload: bytes | bytearray, size_limit: SizeLimit) -> Performed:
    return decode(payload, Performed, size_limit)
