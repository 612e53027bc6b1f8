"""The variants of an assignment: the same exercises with other hidden inputs and other practice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, final

__all__ = ["ONLY", "Variant", "variants"]


@final
@dataclass(frozen=True, slots=True)
class Variant:
    """Number `number`, from 0, of `count`."""

    number: int = 0
    count: int = 1

    @property
    def labels(self) -> tuple[str | int, ...]:
        """What tells its seeds from those of another; the first has those of an assignment without variants."""
        return ("variant", self.number) if self.number else ()

    @property
    def others(self) -> tuple[Variant, ...]:
        return tuple(one for one in variants(self.count) if one != self)


ONLY: Final = Variant()


def variants(count: int) -> tuple[Variant, ...]:
    """All of them."""
    return tuple(Variant(number, count) for number in range(count))
