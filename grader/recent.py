"""What was made of an object, kept for the next time that the same object comes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar, final

__all__ = ["Recent"]

T = TypeVar("T")
V = TypeVar("V")


@final
class Recent(Generic[T, V]):
    """Remembers what `make` made of the last `most` objects, by their identity; it keeps the objects alive."""

    def __init__(self, make: Callable[[T], V], most: int) -> None:
        self._make = make
        self._most = most
        self._made: OrderedDict[int, tuple[T, V]] = OrderedDict()

    def of(self, it: T) -> V:
        """What is made of `it`: now, or when it last came."""
        if id(it) in self._made:
            self._made.move_to_end(id(it))
        else:
            self._made[id(it)] = it, self._make(it)
            if len(self._made) > self._most:
                self._made.popitem(last=False)
        return self._made[id(it)][1]
