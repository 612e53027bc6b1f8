"""What a worker prints, and the marks in it: a worker sets one before each of its answers, for it may be ahead.

A mark is the nonce of the child's channel and the number of the answer. A submission that forges one garbles only what
it printed itself.
"""

from __future__ import annotations

import os
from collections import deque
from typing import Final, final

__all__ = ["KEPT_OUTPUT", "Output", "mark", "new_nonce"]

KEPT_OUTPUT: Final = 64 * 1024
MAX_OUTPUT: Final = 8 << 20
_NONCE_BYTES: Final = 16
_NUMBER_BYTES: Final = 4


def new_nonce() -> bytes:
    return os.urandom(_NONCE_BYTES)


def mark(nonce: bytes, number: int) -> bytes:
    """What ends the output that belongs to the answer of this number, from 0."""
    return nonce + number.to_bytes(_NUMBER_BYTES, "little")


@final
class _Piece:
    """The output of one answer. The beginning is kept, the rest only counted."""

    __slots__ = ("count", "kept")

    def __init__(self) -> None:
        self.kept = b""
        self.count = 0

    def add(self, data: bytes) -> None:
        if data:
            self.kept += data[: KEPT_OUTPUT - len(self.kept)]
            self.count += len(data)

    @property
    def is_flood(self) -> bool:
        return self.count > MAX_OUTPUT


@final
class Output:
    """What was printed and not yet taken, in pieces: the first belongs to the answer that is the next to be heard."""

    def __init__(self, nonce: bytes) -> None:
        self._nonce = nonce
        self._mark = mark(nonce, 0)  # the next
        self._marks = 0
        self._pieces = deque([_Piece()])  # the last of them has no mark yet
        self._rest = b""  # behind the last piece: it may be the beginning of a mark

    def add(self, data: bytes) -> None:
        data, start = self._rest + data, 0
        while (end := data.find(self._mark, start)) >= 0:
            self._pieces[-1].add(data[start:end])
            self._pieces.append(_Piece())
            start = end + len(self._mark)
            self._marks += 1
            self._mark = mark(self._nonce, self._marks)
        end = max(start, len(data) - len(self._mark) + 1)
        self._pieces[-1].add(data[start:end])
        self._rest = data[end:]

    @property
    def is_whole(self) -> bool:
        """Whether all that was printed before the next answer is here."""
        return len(self._pieces) > 1

    @property
    def is_silent(self) -> bool:
        """Whether it is known that nothing was printed before the next answer."""
        return len(self._pieces) > 1 and not self._pieces[0].count

    @property
    def is_flood(self) -> bool:
        """Whether more was printed before the next answer than may be."""
        return self._pieces[0].is_flood

    @property
    def is_full(self) -> bool:
        """Whether nothing that comes now is worth reading."""
        return self._pieces[-1].is_flood

    def take(self) -> str:
        """What was printed before the next answer, or up to now where there is none; at most 64 KiB of it."""
        if not self.is_whole:
            self._pieces[0].add(self._rest)
            self._pieces.append(_Piece())
            self._rest = b""
        return self._pieces.popleft().kept.decode("utf-8", "replace")
