"""Replies that were read before: the same bytes are decoded once, and what was concluded from them is kept beside them.

In a class the same answers come again and again. What is remembered is a function of the whole reply, byte by byte: an
answer that differs in a warning, a line or the last bit of a number is another one. Longer replies are not remembered.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Final, final

from grader.observation import Observation
from grader.observe.wire import Performed
from grader.size_limit import SizeLimit

__all__ = ["Notes", "RememberedReplies"]

Notes = dict[Any, Any]  # what a user of a reply wants to know of it the next time

_ROOM: Final = 3 << 20  # bytes, as far as one can tell
_LONGEST: Final = 8 << 10
_OVERHEAD: Final = 2 << 10  # of a reply beside its bytes: objects made of it and of what was concluded
_TIMES: Final = 8  # so many times the bytes of a reply is what is made of it


@final
class RememberedReplies:
    """The replies read last, for one controller. Not for several threads at a time.

    A reply is taken for what it was only under the same size limit, for that is what it was held to.
    """

    def __init__(self, room: int = _ROOM) -> None:
        self._left = room
        self._known: OrderedDict[tuple[bytes, SizeLimit], Performed] = OrderedDict()
        self._notes: dict[int, Notes] = {}  # by the identity of a reply's value, which the reply keeps alive

    def performed(
        self,
        payload: bytearray | bytes,
        size_limit: SizeLimit,
        decode: Callable[[bytearray | bytes, SizeLimit], Performed | Any],
    ) -> Performed | Any:
        """The message of a payload, decoded now or when the same bytes last came."""
        known = self.known(payload, size_limit)
        if known is not None:
            return known
        if len(payload) > _LONGEST:
            return decode(payload, size_limit)
        key = bytes(payload), size_limit
        message = decode(key[0], size_limit)  # its arrays are views of what nobody can change
        if type(message) is Performed:
            self._keep(key, message)
        return message

    def known(self, payload: bytearray | bytes, size_limit: SizeLimit) -> Performed | None:
        """The message of a payload whose bytes came before."""
        if len(payload) > _LONGEST:
            return None
        key = bytes(payload), size_limit
        known = self._known.get(key)
        if known is not None:
            self._known.move_to_end(key)
        return known

    def notes(self, observation: Observation) -> Notes | None:
        """What is kept beside the reply that said this; None where that is not remembered."""
        return self._notes.get(id(observation.value))

    def _keep(self, key: tuple[bytes, SizeLimit], message: Performed) -> None:
        self._left -= _size(key[0])
        self._known[key] = message
        self._notes[id(message.observation.value)] = {}
        while self._left < 0 and self._known:
            (payload, _), oldest = self._known.popitem(last=False)
            self._left += _size(payload)
            del self._notes[id(oldest.observation.value)]


def _size(payload: bytes) -> int:
    return _OVERHEAD + _TIMES * len(payload)
