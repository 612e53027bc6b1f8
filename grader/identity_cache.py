"""A cache by identity: what was made of an object, for the next time that the same object comes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar, final

__all__ = ["IdentityCache"]

T = TypeVar("T")
V = TypeVar("V")


@final
class IdentityCache(Generic[T, V]):
    """An LRU cache of `make` for the last `most` objects, by their identity, for objects that have no hash.

    It keeps the objects alive, so that no other object can get the identity of one that is cached. Several threads may
    use it: at worst something is made twice.
    """

    def __init__(self, make: Callable[[T], V], most: int) -> None:
        self._make = make
        self._most = most
        self._made: OrderedDict[int, tuple[T, V]] = OrderedDict()

    def of(self, it: T) -> V:
        """What is made of `it`: now, or when it last came."""
        known = self._made.get(id(it))
        if known is not None:
            try:  # noqa: SIM105 — every call comes by here
                self._made.move_to_end(id(it))
            except KeyError:
                pass  # another thread has let go of it
            return known[1]
        value = self._make(it)
        self._made[id(it)] = it, value
        if len(self._made) > self._most:
            self._made.popitem(last=False)
        return value
