"""The size limit of values that are sent from one process to another."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["MAX_SIZE", "SizeLimit"]


class SizeLimit(NamedTuple):
    """How much a value may take: bytes of arrays and texts, and parts, of which ten numbers in a list count as one."""

    bytes: int
    parts: int


MAX_SIZE: Final = SizeLimit(1 << 30, 200_000)
