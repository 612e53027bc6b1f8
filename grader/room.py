"""How much what is sent may take."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["WIDEST", "Room"]


class Room(NamedTuple):
    """How much a value may take: bytes of arrays and texts, and parts, of which ten numbers in a list count as one."""

    bytes: int
    parts: int


WIDEST: Final = Room(1 << 30, 200_000)
